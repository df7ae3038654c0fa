//! Decisions, rules, drafts, comments: what every slice hangs on.

use domain::{
    Money,
    actor::{Action, NotAllowed},
    comments::CommentRefusal,
    features::{Line, Place, Proposal},
    ids::FeatureId,
    rules::Template,
};
use jiff::civil::date;
use popote_app::{
    Failure, comments,
    decisions::{NewDecision, record},
    drafts,
    features::{NewFeature, propose_feature},
    rules::change,
};
use testkit::{Grown, World, on_both};

use super::fields;

async fn a_decision_is_written_down_with_its_number(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let ctx = &world.context;
    let new = NewDecision {
        title: " Rembourser  ARN ".to_owned(),
        outcome: "Par consentement, à cinq.".to_owned(),
        decided_on: date(2025, 3, 2),
        departs: None,
    };
    let other = record(ctx, town.member(1).acting(), town.id, new.clone()).await;
    assert!(matches!(other, Err(Failure::NotAllowed(NotAllowed::Missing(Action::RecordDecision)))));
    let empty = NewDecision { title: "\n".to_owned(), outcome: " \n ".to_owned(), ..new.clone() };
    assert_eq!(
        fields(record(ctx, town.admin(), town.id, empty).await),
        ["title is missing", "outcome is missing"]
    );
    let tomorrow = NewDecision { decided_on: date(2025, 3, 4), ..new.clone() };
    assert_eq!(fields(record(ctx, town.admin(), town.id, tomorrow).await), ["decided_on is in the future"]);
    let huge = NewDecision { outcome: "x".repeat(10_000_000), ..new.clone() };
    assert_eq!(
        fields(record(ctx, town.admin(), town.id, huge).await),
        ["outcome is longer than 20000 characters"]
    );

    let (one, other) = tokio::join!(
        record(ctx, town.admin(), town.id, new.clone()),
        record(ctx, town.admin(), town.id, new.clone())
    );
    let mut numbers = [one.unwrap().1, other.unwrap().1];
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2], "two at once get two numbers");
    let mut tx = world.read().await;
    let list = store::decisions::list(&mut tx, town.id, i64::MAX, 10).await.unwrap();
    assert_eq!(list.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Rembourser ARN"; 2]);
}

async fn rules_change_by_versions(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let ctx = &world.context;
    let rules = Template::Association.rules();
    let other = change(ctx, town.member(1).acting(), town.id, 1, rules.clone(), "parce que").await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))));
    let mut bad = rules.clone();
    bad.needers = 0;
    let refused = fields(change(ctx, town.admin(), town.id, 1, bad, " ").await);
    assert_eq!(refused, ["needers is not above zero", "reason is missing"]);
    let version = async || {
        let mut tx = world.read().await;
        let row = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
        (row.version, store::collectives::rules(&mut tx, town.id).await.unwrap())
    };
    let before = version().await;
    assert_eq!(change(ctx, town.admin(), town.id, 1, rules.clone(), "assemblée du 2 mars").await.unwrap(), 2);
    let after = version().await;
    assert_eq!(after.1, (2, rules.clone()));
    assert!(after.0 > before.0, "its pages are made again");
    let stale = change(ctx, town.admin(), town.id, 1, Template::Framed.rules(), "autre").await;
    assert!(matches!(stale, Err(Failure::Stale)));
    assert_eq!(change(ctx, town.admin(), town.id, 2, rules, "rien de neuf").await.unwrap(), 2);
    let mut tx = world.read().await;
    let first = store::collectives::rules_at(&mut tx, town.id, 1).await.unwrap();
    assert_eq!(first, Template::Informal.rules(), "what began under it keeps it");
    let history = store::collectives::rules_versions(&mut tx, town.id, 10).await.unwrap();
    assert_eq!(history[0].reason, "assemblée du 2 mars");
}

async fn a_draft_is_ones_own_until_it_is_sent(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0).person, town.member(1).person);
    let form = "/c/chatons/features/new";
    let text = |text: &str| vec![("description".to_owned(), text.to_owned())];
    for typed in ["un", "un, deux"] {
        drafts::keep(ctx, ada, form, &text(typed)).await.unwrap();
    }
    assert_eq!(drafts::find(ctx, ada, form).await.unwrap(), Some((text("un, deux"), world.now())));
    assert_eq!(drafts::find(ctx, bob, form).await.unwrap(), None);
    assert!(matches!(
        drafts::keep(ctx, ada, form, &text(&"x".repeat(500_000))).await,
        Err(Failure::Invalid(_))
    ));
    drafts::forget(ctx, ada, form).await.unwrap();
    assert_eq!(drafts::find(ctx, ada, form).await.unwrap(), None);
}

/// A collective of these with a feature that is discussed there, or here.
async fn discussed(world: &World, names: &[&str], elsewhere: &str) -> (Grown, FeatureId) {
    let town = world.collective(Template::Informal, names).await;
    let (ctx, bob) = (&world.context, town.member(1));
    let price = Money::new(10_000);
    let proposal = Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Un lien suffit.".to_owned(),
        description: String::new(),
        done_when: "on entre dans un salon par un lien".to_owned(),
        worker: String::new(),
        software: String::new(),
        discussion_url: elsewhere.to_owned(),
        lines: vec![Line { label: "Développement".to_owned(), minimum: price, maximum: price }],
        incomes: Vec::new(),
        closing_on: date(2025, 5, 6),
        place: Place::Outside,
    };
    let new = NewFeature { proposal, track: None, needs: Vec::new() };
    let feature = propose_feature(ctx, bob.acting(), town.pot, new).await.unwrap().feature;
    (town, feature)
}

/// What of a comment is asked again and again: its text, and whether it is hidden.
async fn discussion(world: &World, feature: FeatureId) -> Vec<(String, bool)> {
    let list = comments::list(&mut world.read().await, feature, None, 0, 10).await.unwrap();
    list.into_iter().map(|told| (told.row.body, told.row.hidden_at.is_some())).collect()
}

async fn comments_are_for_members_where_no_forum_is(world: World) {
    let (town, feature) = discussed(&world, &["Yaal Coop", "ARN"], "").await;
    let (ctx, bob) = (&world.context, town.member(1));
    let post = async |acting, body: &str| comments::post(ctx, acting, town.id, feature, body).await;
    assert_eq!(fields(post(bob.acting(), " \n").await), ["body is missing"]);
    assert_eq!(
        fields(post(bob.acting(), &"x".repeat(10_001)).await),
        ["body is longer than 10000 characters"]
    );
    let nobody = popote_app::Acting { organisation: None, ..bob.acting() };
    assert!(matches!(post(nobody, "Oui").await, Err(Failure::NotAllowed(NotAllowed::NoMandate))));
    let nowhere = FeatureId(uuid::Uuid::from_u128(4));
    let refused = comments::post(ctx, bob.acting(), town.id, nowhere, "Oui").await;
    assert!(matches!(refused, Err(Failure::NotFound)));
    let keyed = popote_app::Acting { key: Some("k".to_owned()), ..bob.acting() };
    assert_eq!(post(keyed.clone(), "Bonne idée\r\n!").await.unwrap(), 1);
    assert_eq!(post(keyed.clone(), "Bonne idée\r\n!").await.unwrap(), 1, "sent twice, written once");
    assert!(matches!(post(keyed, "Autre").await, Err(Failure::KeyReused)));
    assert_eq!(post(town.admin(), "Non").await.unwrap(), 2);
    let text = |body: &str| (body.to_owned(), false);
    assert_eq!(discussion(&world, feature).await, [text("Bonne idée\n!"), text("Non")]);
    let rest = comments::list(&mut world.read().await, feature, None, 1, 10).await.unwrap();
    assert_eq!(rest.iter().map(|told| told.row.number).collect::<Vec<_>>(), [2]);

    let (forum, elsewhere) = discussed(&world, &["Un", "Deux"], "https://forum.example/t/1").await;
    let refused = comments::post(ctx, forum.member(1).acting(), forum.id, elsewhere, "Oui").await;
    assert!(matches!(refused, Err(Failure::Refused(CommentRefusal::Elsewhere))));
    assert_eq!(discussion(&world, elsewhere).await, []);
}

async fn a_comment_is_changed_by_who_wrote_it_and_keeps_what_it_said(world: World) {
    let (town, feature) = discussed(&world, &["Yaal Coop", "ARN"], "").await;
    let (ctx, bob) = (&world.context, town.member(1));
    let number = comments::post(ctx, bob.acting(), town.id, feature, "Bonne idée").await.unwrap();
    let which = comments::Which { collective: town.id, on: feature.into(), number };
    let edit = async |acting, seen, body: &str| comments::edit(ctx, acting, which, seen, body).await;
    let refused = edit(town.admin(), 1, "Mauvaise idée").await;
    assert!(matches!(refused, Err(Failure::Refused(CommentRefusal::NotAuthor))));
    assert_eq!(fields(edit(bob.acting(), 1, "").await), ["body is missing"]);
    edit(bob.acting(), 1, "Très bonne idée").await.unwrap();
    assert!(matches!(edit(bob.acting(), 1, "Autre").await, Err(Failure::Stale)));
    edit(bob.acting(), 2, "Très bonne idée").await.unwrap();
    let one = async |acting: Option<&popote_app::Acting>| {
        let mut tx = world.read().await;
        let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
        let reader = match acting {
            Some(acting) => {
                let standing =
                    popote_app::people::standing_in(&mut tx, acting.person, &collective, world.now()).await;
                comments::reader(Some(&standing.unwrap()), acting.organisation)
            }
            None => None,
        };
        comments::one(&mut tx, feature, number, reader.as_ref()).await.unwrap().unwrap()
    };
    let (told, changes) = one(None).await;
    assert_eq!((told.row.version, told.row.edited_at), (2, Some(world.now())), "the same text is no change");
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].fields[0].from, "Bonne idée");
    // What is hidden keeps its text and what that was for its author and those who may show it again.
    comments::hide(ctx, town.admin(), which, "Hors sujet").await.unwrap();
    let (told, changes) = one(None).await;
    assert_eq!((told.row.body.as_str(), changes.len()), ("", 0));
    assert_eq!(told.row.hidden_reason, "Hors sujet");
    for acting in [bob.acting(), town.admin()] {
        assert_eq!(one(Some(&acting)).await.1.len(), 1);
    }
    assert!(matches!(edit(bob.acting(), 2, "Autre").await, Err(Failure::Refused(CommentRefusal::Hidden))));
}

async fn a_comment_is_hidden_for_a_reason_and_shown_again(world: World) {
    let (town, feature) = discussed(&world, &["Yaal Coop", "ARN"], "").await;
    let (ctx, bob) = (&world.context, town.member(1));
    for (acting, body) in [(bob.acting(), "Oui"), (town.admin(), "Non")] {
        comments::post(ctx, acting, town.id, feature, body).await.unwrap();
    }
    world.post().await;
    let which = |number| comments::Which { collective: town.id, on: feature.into(), number };
    let refused = comments::hide(ctx, bob.acting(), which(2), "Parce que").await;
    assert!(matches!(refused, Err(Failure::NotAllowed(_))), "not one's own, and no steward");
    let missing = comments::hide(ctx, bob.acting(), which(9), "Parce que").await;
    assert!(matches!(missing, Err(Failure::NotFound)));
    assert_eq!(fields(comments::hide(ctx, town.admin(), which(1), " ").await), ["reason is missing"]);
    for _ in 0..2 {
        comments::hide(ctx, town.admin(), which(1), "Hors sujet").await.unwrap();
    }
    assert_eq!(discussion(&world, feature).await[0], (String::new(), true));
    let told = world.post().await;
    assert_eq!(told.len(), 1, "its author alone hears of it, once: {told:?}");
    assert!(told[0].text.contains("Hors sujet") && told[0].text.contains("/comments/1"), "{told:?}");
    let refused = comments::show(ctx, bob.acting(), which(1)).await;
    assert!(matches!(refused, Err(Failure::Refused(CommentRefusal::KeptHidden))));
    comments::show(ctx, town.admin(), which(1)).await.unwrap();
    assert_eq!(discussion(&world, feature).await[0], ("Oui".to_owned(), false));
    // One takes one's own back without a word, and a steward doesn't bring it back.
    comments::hide(ctx, bob.acting(), which(1), "").await.unwrap();
    let refused = comments::show(ctx, town.admin(), which(1)).await;
    assert!(matches!(refused, Err(Failure::Refused(CommentRefusal::KeptHidden))));
    assert_eq!(world.post().await, [], "nobody is told of one's own");
    comments::show(ctx, bob.acting(), which(1)).await.unwrap();
    assert_eq!(discussion(&world, feature).await[0].0, "Oui");
}

on_both![
    a_decision_is_written_down_with_its_number,
    rules_change_by_versions,
    a_draft_is_ones_own_until_it_is_sent,
    comments_are_for_members_where_no_forum_is,
    a_comment_is_changed_by_who_wrote_it_and_keeps_what_it_said,
    a_comment_is_hidden_for_a_reason_and_shown_again,
];

//! Decisions, rules, drafts, comments: what every slice hangs on.

use domain::{
    Money,
    actor::{Action, NotAllowed},
    features::{Line, Place, Proposal},
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
use testkit::{World, on_both};

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

async fn comments_are_for_members_where_no_forum_is(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, bob) = (&world.context, town.member(1));
    let price = Money::new(10_000);
    let proposal = Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Un lien suffit.".to_owned(),
        description: String::new(),
        done_when: "on entre dans un salon par un lien".to_owned(),
        worker: String::new(),
        software: String::new(),
        discussion_url: String::new(),
        lines: vec![Line { label: "Développement".to_owned(), minimum: price, maximum: price }],
        incomes: Vec::new(),
        closing_on: date(2025, 5, 6),
        place: Place::Outside,
    };
    let new = NewFeature { proposal, track: None };
    let feature = propose_feature(ctx, bob.acting(), town.pot, new).await.unwrap().feature;
    assert_eq!(fields(comments::post(ctx, bob.acting(), town.id, feature, " \n").await), ["body is missing"]);
    let nobody = bob.acting();
    let nobody = popote_app::Acting { organisation: None, ..nobody };
    let refused = comments::post(ctx, nobody, town.id, feature, "Bonne idée").await;
    assert!(matches!(refused, Err(Failure::NotAllowed(NotAllowed::NoMandate))));
    let nowhere = domain::ids::FeatureId(uuid::Uuid::from_u128(4));
    let refused = comments::post(ctx, bob.acting(), town.id, nowhere, "Bonne idée").await;
    assert!(matches!(refused, Err(Failure::NotFound)));

    let first = comments::post(ctx, bob.acting(), town.id, feature, "Bonne idée\r\n!").await.unwrap();
    let second = comments::post(ctx, town.admin(), town.id, feature, "Non").await.unwrap();
    let list = async || comments::list(&mut world.read().await, feature, None, 10).await.unwrap();
    let bodies: Vec<String> = list().await.into_iter().map(|comment| comment.body).collect();
    assert_eq!(bodies, ["Bonne idée\n!", "Non"]);
    let refused = comments::hide(ctx, bob.acting(), town.id, second).await;
    assert!(matches!(refused, Err(Failure::NotAllowed(_))), "not one's own, and no steward");
    comments::hide(ctx, bob.acting(), town.id, first).await.unwrap();
    comments::hide(ctx, town.admin(), town.id, first).await.unwrap();
    let hidden = list().await;
    assert_eq!((hidden[0].body.as_str(), hidden[0].hidden_at), ("", Some(world.now())));
}

on_both![
    a_decision_is_written_down_with_its_number,
    rules_change_by_versions,
    a_draft_is_ones_own_until_it_is_sent,
    comments_are_for_members_where_no_forum_is,
];

//! The register of software, needs, and what becomes of them.

use domain::{
    Money,
    actor::{Action, MandateKind, NotAllowed, RoleKind},
    features::{Line, Place, Proposal, State},
    ids::{OrganisationId, PersonId},
    needs::{
        ApproachEnd, ApproachKind, ApproachState, ApproachText, Help, Helps, JOINED_WITHIN, NeedRefusal,
        NeedState, NeedText, SupportText,
    },
    rules::{AmountsSeen, Template, Track},
    software::{Entry, SoftwareRefusal},
    visibility::Eyes,
};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    Acting, Failure, comments,
    features::{NewFeature, propose_feature},
    jobs::run_due,
    mandates::NewMandate,
    needs::{
        self, NewNeed, Turn, Which, add_approach, edit_approach, end_approach, follow, say_needed,
        together::{all_lines, together},
        turn, unfollow, withdraw,
    },
    software::{Hosting, describe, enter, say_hosted, stop_hosting},
    visibility::veil,
};
use store::needs::NeedRow;
use testkit::{Grown, World, on_both};

use super::{fields, readers, refusal};

fn entry(name: &str) -> Entry {
    Entry { name: name.to_owned(), ..Entry::default() }
}

fn text(title: &str, software: &str) -> NeedText {
    NeedText {
        title: title.to_owned(),
        why: "Parce que nos membres le demandent.".to_owned(),
        software: software.to_owned(),
        ..NeedText::default()
    }
}

fn support(strength: i64, amount: Option<i64>) -> SupportText {
    SupportText {
        strength,
        users: Some(10),
        words: String::new(),
        amount: amount.map(Money::new),
        help: [Help::Test].into_iter().collect::<Helps>(),
    }
}

async fn written(world: &World, town: &Grown, acting: Acting, text: NeedText) -> Which {
    let new = NewNeed { text, support: support(4, Some(5_000)) };
    let made = needs::write(&world.context, acting, town.id, new).await.unwrap();
    Which { collective: town.id, number: made.number }
}

async fn need(world: &World, which: Which) -> NeedRow {
    let mut tx = world.read().await;
    store::needs::by_number(&mut tx, which.collective, which.number).await.unwrap().unwrap()
}

async fn software_says_who_runs_it_and_honours_a_no(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, arn) = (&world.context, town.member(1));
    let slug = enter(ctx, arn.acting(), town.id, entry(" Élément  ")).await.unwrap();
    assert_eq!(slug, "element");
    assert_eq!(fields(enter(ctx, arn.acting(), town.id, entry("element")).await), ["name is already taken"]);
    let row = async || {
        let mut tx = world.read().await;
        store::software::by_slug(&mut tx, town.id, "element").await.unwrap().unwrap()
    };
    let id = row().await.id;
    let hosting = Hosting { users: Some(120), url: "arn.example".to_owned() };
    for _ in 0..2 {
        say_hosted(ctx, arn.acting(), town.id, id, hosting.clone()).await.unwrap();
    }
    assert_eq!(row().await.hosted_by, 1);
    let bad = Hosting { users: Some(-1), url: "x y".to_owned() };
    assert_eq!(fields(say_hosted(ctx, arn.acting(), town.id, id, bad).await).len(), 2);
    stop_hosting(ctx, arn.acting(), town.id, id).await.unwrap();
    assert_eq!(row().await.hosted_by, 0);
    assert_eq!(refusal(stop_hosting(ctx, arn.acting(), town.id, id).await), SoftwareRefusal::AlreadySo);

    // A text keeps what it said, a stale one is refused, and what the team doesn't want isn't funded.
    let no = Entry { opted_out: true, ..entry("Element") };
    describe(ctx, arn.acting(), town.id, (id, 1), no.clone()).await.unwrap();
    assert!(matches!(describe(ctx, arn.acting(), town.id, (id, 1), entry("E")).await, Err(Failure::Stale)));
    let lifted = describe(ctx, arn.acting(), town.id, (id, 2), entry("Element")).await;
    assert_eq!(refusal(lifted), SoftwareRefusal::StewardLifts);
    let changes = popote_app::software::changes(&mut world.read().await, &row().await).await.unwrap();
    assert_eq!(changes.len(), 1);
    let which = written(&world, &town, arn.acting(), text("Des invités", "element")).await;
    assert_eq!(need(&world, which).await.opted_out, Some(true));
    let refused = propose(&world, &town, arn.acting(), "Element", vec![]).await;
    assert_eq!(fields(refused), ["software is a software whose team wants no funded requests"]);
    let refused = propose(&world, &town, arn.acting(), "", vec![which.number]).await;
    assert_eq!(fields(refused), ["needs is a software whose team wants no funded requests"]);
    describe(ctx, town.admin(), town.id, (id, 2), entry("Element")).await.unwrap();
    propose(&world, &town, arn.acting(), "Element", vec![]).await.unwrap();
}

async fn propose(
    world: &World,
    town: &Grown,
    acting: Acting,
    software: &str,
    needs: Vec<i64>,
) -> Result<popote_app::features::Proposed, Failure<domain::features::FeatureRefusal>> {
    let price = Money::new(10_000);
    let proposal = Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Un lien suffit.".to_owned(),
        description: String::new(),
        done_when: "on entre dans un salon par un lien".to_owned(),
        worker: String::new(),
        software: software.to_owned(),
        discussion_url: String::new(),
        lines: vec![Line { label: "Développement".to_owned(), minimum: price, maximum: price }],
        incomes: Vec::new(),
        closing_on: date(2025, 5, 6),
        place: Place::Outside,
    };
    propose_feature(&world.context, acting, town.pot, NewFeature { proposal, track: None, needs }).await
}

async fn a_need_is_written_joined_and_left(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, arn, girofle) = (&world.context, town.member(1), town.member(2));
    let wrong = NewNeed { text: NeedText::default(), support: support(9, Some(0)) };
    let wrong = fields(needs::write(ctx, arn.acting(), town.id, wrong).await);
    assert_eq!(
        wrong,
        ["title is missing", "why is missing", "strength is not between 1 and 5", "amount is not above zero"]
    );
    let keyed = arn.acting().with_key("k");
    let new = || NewNeed { text: text("Des salons", "Matrix"), support: support(4, Some(5_000)) };
    let one = needs::write(ctx, keyed.clone(), town.id, new()).await.unwrap();
    assert_eq!(needs::write(ctx, keyed, town.id, new()).await.unwrap(), one, "sent twice, written once");
    let which = Which { collective: town.id, number: one.number };
    assert_eq!(which.number, 1);
    let row = need(&world, which).await;
    assert_eq!((row.supporters, row.strength, row.users), (1, 4, 10));
    assert_eq!(row.software_name.as_deref(), Some("Matrix"));

    world.post().await;
    say_needed(ctx, girofle.acting(), which, support(2, None)).await.unwrap();
    let told = world.post().await;
    assert_eq!(readers(&told).len(), 1, "whoever wrote it hears of it: {told:?}");
    assert!(told[0].text.contains("Girofle") && !told[0].text.contains("50"), "{}", told[0].text);
    say_needed(ctx, girofle.acting(), which, support(5, Some(1_000))).await.unwrap();
    assert_eq!(world.post().await, [], "said anew, nobody is told");
    let row = need(&world, which).await;
    assert_eq!((row.supporters, row.strength, row.users), (2, 9, 20));
    withdraw(ctx, girofle.acting(), which).await.unwrap();
    assert_eq!(refusal(withdraw(ctx, girofle.acting(), which).await), NeedRefusal::AlreadySo);
    assert_eq!(need(&world, which).await.supporters, 1);
    let nowhere = Which { number: 9, ..which };
    assert!(matches!(say_needed(ctx, arn.acting(), nowhere, support(1, None)).await, Err(Failure::NotFound)));
}

async fn who_moves_no_money_names_no_amount(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, arn) = (&world.context, town.member(1));
    let which = written(&world, &town, town.admin(), text("Des salons", "")).await;
    say_needed(ctx, arn.acting(), which, support(3, Some(7_000))).await.unwrap();
    world.mandate(&town, arn.acting(), contributor(arn.organisation, town.member(0).person)).await;
    let writer = Acting::by_form(town.member(0).person, Some(arn.organisation));
    let refused = say_needed(ctx, writer.clone(), which, support(3, Some(9_000))).await;
    assert!(
        matches!(refused, Err(Failure::NotAllowed(NotAllowed::Missing(Action::IntendAmount)))),
        "{refused:?}"
    );
    say_needed(ctx, writer, which, support(5, None)).await.unwrap();
    let mut tx = world.read().await;
    let row = need_of(&mut tx, which).await;
    let said = store::needs::supports::one(&mut tx, row, arn.organisation).await.unwrap().unwrap();
    assert_eq!((said.strength, said.amount), (5, Some(Money::new(7_000))), "the amount stays");
}

fn contributor(organisation: OrganisationId, person: PersonId) -> NewMandate {
    NewMandate {
        organisation,
        person,
        kind: MandateKind::Contributor,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    }
}

async fn need_of(tx: &mut store::Tx, which: Which) -> domain::ids::NeedId {
    store::needs::by_number(tx, which.collective, which.number).await.unwrap().unwrap().id
}

async fn an_edit_keeps_what_it_said_and_is_for_who_wrote_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, arn, girofle) = (&world.context, town.member(1), town.member(2));
    let which = written(&world, &town, arn.acting(), text("Des salons", "")).await;
    let other = needs::edit(ctx, girofle.acting(), which, 1, text("Autre", "")).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))));
    let links =
        NeedText { links: vec!["forum.example/1".to_owned()], ..text("Des salons ouverts", "Matrix") };
    needs::edit(ctx, arn.acting(), which, 1, links).await.unwrap();
    assert!(matches!(needs::edit(ctx, arn.acting(), which, 1, text("Autre", "")).await, Err(Failure::Stale)));
    world.grant(&town, girofle.person, RoleKind::Steward).await;
    needs::edit(ctx, girofle.acting(), which, 2, text("Des salons", "Matrix")).await.unwrap();
    let row = need(&world, which).await;
    let changes = needs::changes(&mut world.read().await, &row).await.unwrap();
    assert_eq!((row.version, changes.len()), (3, 2));
    assert!(changes[1].fields.iter().any(|field| field.name == "title" && field.from == "Des salons"));
}

async fn approaches_are_written_refused_and_opened_again(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, arn) = (&world.context, town.member(1));
    let which = written(&world, &town, town.admin(), text("Des salons", "Matrix")).await;
    let approach = |kind, url: &str| ApproachText {
        kind,
        title: "Dans Element".to_owned(),
        body: String::new(),
        url: url.to_owned(),
        known_by: "ARN".to_owned(),
        price: Some((Money::new(10_000), Money::new(20_000))),
        maintained_by: String::new(),
    };
    let nowhere = add_approach(ctx, arn.acting(), which, approach(ApproachKind::Existing, "")).await;
    assert_eq!(fields(nowhere), ["url is missing"]);
    let number = add_approach(ctx, arn.acting(), which, approach(ApproachKind::Upstream, "")).await.unwrap();
    world.post().await;
    let end = |state, evidence: &[&str]| ApproachEnd {
        state,
        reason: "Choix de produit".to_owned(),
        evidence: evidence.iter().map(|&one| one.to_owned()).collect(),
    };
    let bare = end_approach(ctx, arn.acting(), which, number, end(ApproachState::Refused, &[])).await;
    assert_eq!(fields(bare), ["evidence is missing"]);
    let links = [
        "github.com/element-hq/element-meta/discussions/728",
        "github.com/element-hq/element-meta/issues/340",
    ];
    end_approach(ctx, arn.acting(), which, number, end(ApproachState::Refused, &links)).await.unwrap();
    let told = world.post().await;
    assert!(told.iter().any(|mail| mail.text.contains("reste ouvert")), "{told:?}");
    assert_eq!(need(&world, which).await.state, NeedState::Open, "a refusal never closes the need");
    let edited = ApproachText { title: "Dans Synapse".to_owned(), ..approach(ApproachKind::Upstream, "") };
    edit_approach(ctx, town.admin(), which, (number, 1), edited.clone()).await.unwrap();
    let stale = edit_approach(ctx, town.admin(), which, (number, 1), edited).await;
    assert!(stale.is_err(), "the version that was seen is old");
    end_approach(ctx, town.admin(), which, number, end(ApproachState::Open, &[])).await.unwrap();
    let mut tx = world.read().await;
    let need = need_of(&mut tx, which).await;
    let row = store::needs::approaches::by_number(&mut tx, need, number).await.unwrap().unwrap();
    assert_eq!((row.state, row.version, row.title.as_str()), (ApproachState::Open, 2, "Dans Synapse"));
    assert_eq!(needs::approaches::changes(&mut tx, &row).await.unwrap().len(), 1);
}

async fn what_nobody_joins_falls_asleep_and_wakes(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, arn) = (&world.context, town.member(1));
    let alone = written(&world, &town, town.admin(), text("Seul", "")).await;
    let joined = written(&world, &town, town.admin(), text("À deux", "")).await;
    say_needed(ctx, arn.acting(), joined, support(3, None)).await.unwrap();
    world.wait(JOINED_WITHIN - SignedDuration::from_hours(1));
    run_due(ctx).await.unwrap();
    assert_eq!(need(&world, alone).await.state, NeedState::Open);
    world.post().await;
    world.wait(SignedDuration::from_hours(2));
    run_due(ctx).await.unwrap();
    assert_eq!(need(&world, alone).await.state, NeedState::Parked);
    assert_eq!(need(&world, joined).await.state, NeedState::Open);
    assert!(world.mails().iter().any(|mail| mail.text.contains("en sommeil")));
    turn(ctx, arn.acting(), alone, Turn::Wake, "").await.unwrap();
    assert_eq!(need(&world, alone).await.state, NeedState::Open);
    let other = turn(ctx, arn.acting(), alone, Turn::Park, "Plus tard").await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))), "whoever wrote it parks it");
    assert_eq!(fields(turn(ctx, town.admin(), alone, Turn::Park, " ").await), ["reason is missing"]);
    turn(ctx, town.admin(), alone, Turn::Park, "Plus tard").await.unwrap();
    say_needed(ctx, arn.acting(), alone, support(3, None)).await.unwrap();
    assert_eq!(need(&world, alone).await.state, NeedState::Open, "whoever joins wakes it");
    turn(ctx, town.admin(), alone, Turn::Answer, "C’est dans la version 3").await.unwrap();
    let refused = say_needed(ctx, arn.acting(), alone, support(3, None)).await;
    assert_eq!(refusal(refused), NeedRefusal::NotLive(NeedState::Answered));
}

async fn who_follows_hears_of_it_until_they_stop(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, arn) = (&world.context, town.member(1));
    let which = written(&world, &town, town.admin(), text("Des salons", "")).await;
    let id = need(&world, which).await.id;
    follow(ctx, arn.acting(), which).await.unwrap();
    follow(ctx, arn.acting(), which).await.unwrap();
    world.post().await;
    let number = comments::post(ctx, town.admin(), town.id, id, "Bonne idée").await.unwrap();
    assert_eq!(number, 1);
    let told = world.post().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains("/c/chatons/needs/1/comments/1"), "{}", told[0].text);
    unfollow(ctx, arn.acting(), which).await.unwrap();
    comments::post(ctx, town.admin(), town.id, id, "Encore").await.unwrap();
    assert_eq!(world.post().await, []);
    let elsewhere = NeedText { discussion_url: "forum.example/t".to_owned(), ..text("Ailleurs", "") };
    let which = written(&world, &town, town.admin(), elsewhere).await;
    let id = need(&world, which).await.id;
    let refused = comments::post(ctx, arn.acting(), town.id, id, "Oui").await;
    assert_eq!(refusal(refused), domain::comments::CommentRefusal::Elsewhere);
}

async fn a_feature_of_needs_begins_with_those_who_have_them(world: World) {
    let town = world.collective(Template::Association, &["Yaal Coop", "ARN", "Girofle", "Minou"]).await;
    let ctx = &world.context;
    let one = written(&world, &town, town.member(1).acting(), text("Des salons", "Matrix")).await;
    let two = written(&world, &town, town.member(2).acting(), text("Des liens", "Matrix")).await;
    say_needed(ctx, town.member(3).acting(), two, support(3, None)).await.unwrap();
    world.post().await;
    let unknown = propose(&world, &town, town.admin(), "Matrix", vec![1, 9]).await;
    assert_eq!(fields(unknown), ["needs is unknown"]);
    let made = propose(&world, &town, town.admin(), "Matrix", vec![one.number, two.number]).await.unwrap();
    let told = world.post().await;
    assert_eq!(readers(&told).len(), 3, "those who need it are told: {told:?}");
    let mut tx = world.read().await;
    let feature = store::features::by_id(&mut tx, made.feature).await.unwrap().unwrap();
    let needers = store::needers::of_feature(&mut tx, made.feature, 10).await.unwrap();
    assert_eq!(needers.len(), 4, "with whoever leads it");
    assert!(feature.track == Track::Trust || feature.state != State::Idea, "{:?}", feature.state);
    let origins = store::needs::features::of_feature(&mut tx, made.feature).await.unwrap();
    assert_eq!(origins.iter().map(|origin| origin.number).collect::<Vec<_>>(), [1, 2]);
    let need = need_of(&mut tx, two).await;
    assert_eq!(store::needs::features::of_need(&mut tx, need).await.unwrap()[0].number, feature.number);
}

async fn what_is_needed_together_tells_no_hidden_amount(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Minou"];
    let mut rules = domain::rules::Rules::from(Template::Informal);
    rules.amounts = AmountsSeen::OwnChoice;
    let town = world.collective(rules, &names).await;
    let ctx = &world.context;
    let which = written(&world, &town, town.member(1).acting(), text("Des salons", "Matrix")).await;
    say_needed(ctx, town.member(2).acting(), which, support(2, Some(30_000))).await.unwrap();
    written(&world, &town, town.member(1).acting(), text("Une corbeille", "Nextcloud")).await;
    world.chooses(&town, 1, true).await;
    world.chooses(&town, 2, false).await;
    let mut tx = world.read().await;
    let strangers = veil(&mut tx, town.id, Eyes::stranger(AmountsSeen::OwnChoice)).await.unwrap();
    let found = together(&mut tx, town.id, &strangers).await.unwrap();
    assert_eq!((found.all.needs, found.all.shared, found.all.organisations), (2, 1, 2));
    assert_eq!((found.all.strength, found.all.users), (10, 20));
    assert_eq!((found.all.amount, found.all.more), (Money::new(10_000), true), "what is hidden is in no sum");
    assert_eq!(found.rows[0].software.name.as_deref(), Some("Matrix"));
    assert_eq!(found.shared.values().copied().collect::<Vec<_>>(), [1]);
    let lines = all_lines(&mut tx, town.id, &strangers).await.unwrap();
    let hidden = lines.iter().find(|line| line.name == "Girofle").unwrap();
    assert_eq!((lines.len(), hidden.amount), (3, None));
}

on_both![
    software_says_who_runs_it_and_honours_a_no,
    a_need_is_written_joined_and_left,
    who_moves_no_money_names_no_amount,
    an_edit_keeps_what_it_said_and_is_for_who_wrote_it,
    approaches_are_written_refused_and_opened_again,
    what_nobody_joins_falls_asleep_and_wakes,
    who_follows_hears_of_it_until_they_stop,
    a_feature_of_needs_begins_with_those_who_have_them,
    what_is_needed_together_tells_no_hidden_amount,
];

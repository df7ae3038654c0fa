//! The IBAN and the page to which money is sent: another one waits for a second person, or for two days in which it may be stopped.

use domain::{
    Money,
    actor::{NotAllowed, RoleKind},
    posting::Nature,
    rules::Template,
    tasks::TaskKind,
};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    Failure,
    awaiting::{self, ToDo},
    collectives::{HostCard, describe_host},
    contributions::{NewContribution, record_contribution},
    host_targets::{self, Answer},
    roles,
};
use store::hosts::{HostRow, Target};
use testkit::{Grown, World, on_both};

use super::{fields, readers};

const FIRST: &str = "FR7630006000011234567890189";
const OTHER: &str = "FR1420041010050500013M02606";
const TWO_DAYS: SignedDuration = SignedDuration::from_hours(48);

fn about(target: Target, seen: &str, confirms: bool) -> Answer {
    Answer { target, seen: seen.to_owned(), confirms }
}

fn card(iban: &str) -> HostCard {
    HostCard {
        name: "Yaal Coop".to_owned(),
        address: String::new(),
        iban: iban.to_owned(),
        signatory: String::new(),
        fee_rate: 0,
        gifts_open: true,
        give_link: "https://dons.example/".to_owned(),
        tax_receipts: false,
    }
}

async fn writes(world: &World, town: &Grown, iban: &str) {
    describe_host(&world.context, town.admin(), town.id, town.pot, None, card(iban)).await.unwrap();
}

async fn host(world: &World, town: &Grown) -> HostRow {
    let mut tx = world.read().await;
    let pot = store::pots::by_id(&mut tx, town.pot).await.unwrap().unwrap();
    store::hosts::get(&mut tx, pot.host.unwrap()).await.unwrap().unwrap()
}

/// A collective with a second treasurer, in which one member paid in and the first IBAN is shown.
async fn town(world: &World) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle", "Framasoft"]).await;
    world.grant(&town, town.member(1).person, RoleKind::Treasurer).await;
    writes(world, &town, FIRST).await;
    let shown = host(world, &town).await;
    assert_eq!(
        (shown.iban.as_str(), shown.next_iban.as_str()),
        (FIRST, ""),
        "the first one is shown at once"
    );
    let new = NewContribution {
        organisation: town.member(2).organisation,
        amount: Money::new(10_000),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
    world.post().await;
    town
}

async fn one_admin_alone_redirects_no_money(world: World) {
    let town = town(&world).await;
    // The attack: the other treasurer's role is ended first.
    let held = roles::list(&mut world.read().await, town.id).await.unwrap();
    let other = held.iter().find(|role| role.person == town.member(1).person).unwrap().id;
    roles::end(&world.context, town.admin(), town.id, other).await.unwrap();
    world.post().await;
    writes(&world, &town, OTHER).await;
    let kept = host(&world, &town).await;
    assert_eq!((kept.iban.as_str(), kept.next_iban.as_str()), (FIRST, OTHER));
    let mails = world.post().await;
    let told = readers(&mails);
    for place in [0, 1, 2] {
        assert!(told.contains(&town.member(place).email.as_str()), "{place}: {told:?}");
    }
    assert!(!told.contains(&town.member(3).email.as_str()), "nothing of its money is there");

    let seen = || about(Target::Iban, OTHER, true);
    let own = host_targets::answer(&world.context, town.admin(), town.id, town.pot, seen()).await;
    assert!(matches!(own, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{own:?}");
    let stranger = town.member(3).acting();
    let stranger = host_targets::answer(&world.context, stranger, town.id, town.pot, seen()).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(_))), "{stranger:?}");
    // Writing it down again makes it no older, removing the former one no first one.
    writes(&world, &town, OTHER).await;
    assert_eq!(host(&world, &town).await.next_iban_from, kept.next_iban_from);
    writes(&world, &town, "").await;
    writes(&world, &town, OTHER).await;
    assert_eq!(host(&world, &town).await.iban, "");
    // Whoever lost the role is asked all the same.
    let stopped = about(Target::Iban, OTHER, false);
    let second = town.member(1).acting();
    host_targets::answer(&world.context, second, town.id, town.pot, stopped).await.unwrap();
    world.wait(TWO_DAYS);
    popote_app::jobs::run_due(&world.context).await.unwrap();
    assert_eq!(host(&world, &town).await.iban, "");
}

async fn a_second_person_shows_it_at_once(world: World) {
    let town = town(&world).await;
    writes(&world, &town, OTHER).await;
    let second = || town.member(1).acting();
    let other = about(Target::Iban, FIRST, true);
    let other = host_targets::answer(&world.context, second(), town.id, town.pot, other).await;
    assert_eq!(fields(other).len(), 1, "what was seen no longer waits");
    let seen = about(Target::Iban, OTHER, true);
    host_targets::answer(&world.context, second(), town.id, town.pot, seen).await.unwrap();
    let shown = host(&world, &town).await;
    assert_eq!((shown.iban.as_str(), shown.next_iban.as_str()), (OTHER, ""));
}

async fn what_nobody_stops_is_shown_after_two_days(world: World) {
    let town = town(&world).await;
    writes(&world, &town, OTHER).await;
    let id = host(&world, &town).await.id;
    host_targets::show_if_due(&world.context, id, Target::Iban).await.unwrap();
    assert_eq!(host(&world, &town).await.iban, FIRST, "too early");
    world.wait(TWO_DAYS);
    host_targets::show_if_due(&world.context, id, Target::Iban).await.unwrap();
    let shown = host(&world, &town).await;
    assert_eq!((shown.iban.as_str(), shown.next_iban.as_str(), shown.next_iban_from), (OTHER, "", None));
    // The one that is shown, written down again, takes back what waits.
    writes(&world, &town, FIRST).await;
    writes(&world, &town, OTHER).await;
    assert_eq!(host(&world, &town).await.next_iban, "");
}

const PAGE: &str = "https://dons.example/";
const ELSEWHERE: &str = "https://ailleurs.example/dons";

async fn leads(world: &World, town: &Grown, link: &str) {
    let card = HostCard { give_link: link.to_owned(), ..card(FIRST) };
    describe_host(&world.context, town.admin(), town.id, town.pot, None, card).await.unwrap();
}

async fn another_page_for_gifts_waits_too(world: World) {
    let town = town(&world).await;
    leads(&world, &town, ELSEWHERE).await;
    let row = host(&world, &town).await;
    assert_eq!((row.give_link.as_str(), row.next_link.as_str()), (PAGE, ELSEWHERE));
    assert_eq!(row.iban, FIRST, "nothing else waits");
    let told = world.post().await;
    let said = "n'est montrée qu'après la confirmation d'une deuxième personne".replace('\'', "’");
    assert!(told.iter().all(|mail| mail.text.contains(ELSEWHERE) && mail.text.contains(&said)), "{told:?}");
    assert_eq!(told.len(), 3);
    // Neither its writer nor the answer to an IBAN shows it; whoever may shows it at once, or stops it.
    let seen = |confirms| about(Target::Link, ELSEWHERE, confirms);
    let own = host_targets::answer(&world.context, town.admin(), town.id, town.pot, seen(true)).await;
    assert!(matches!(own, Err(Failure::NotAllowed(_))), "{own:?}");
    let second = || town.member(1).acting();
    let other = about(Target::Iban, ELSEWHERE, true);
    let other = host_targets::answer(&world.context, second(), town.id, town.pot, other).await;
    assert_eq!(fields(other).len(), 1);
    host_targets::answer(&world.context, second(), town.id, town.pot, seen(false)).await.unwrap();
    let row = host(&world, &town).await;
    assert_eq!((row.give_link.as_str(), row.next_link.as_str()), (PAGE, ""));
    leads(&world, &town, ELSEWHERE).await;
    host_targets::answer(&world.context, second(), town.id, town.pot, seen(true)).await.unwrap();
    assert_eq!(host(&world, &town).await.give_link, ELSEWHERE);
    // Removing it and writing another makes no first one; two days do.
    leads(&world, &town, "").await;
    leads(&world, &town, PAGE).await;
    assert_eq!(host(&world, &town).await.give_link, "");
    world.wait(TWO_DAYS);
    popote_app::jobs::run_due(&world.context).await.unwrap();
    let row = host(&world, &town).await;
    assert_eq!((row.give_link.as_str(), row.next_link_from), (PAGE, None));
    let report = popote_app::verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    assert_eq!(report.broken(), 0, "{report:?}");
}

/// What waits is on the list of those who may answer, and of nobody else.
async fn what_waits_awaits_those_who_may_answer(world: World) {
    let town = town(&world).await;
    let other = HostCard { give_link: ELSEWHERE.to_owned(), ..card(OTHER) };
    describe_host(&world.context, town.admin(), town.id, town.pot, None, other).await.unwrap();
    let asked = async |place: usize| {
        let found = awaiting::of_person(&world.context, town.member(place).person).await.unwrap();
        let kinds = found.todo.iter().map(ToDo::kind);
        kinds.filter(|kind| matches!(kind, TaskKind::NewIban | TaskKind::NewLink)).collect::<Vec<_>>()
    };
    assert_eq!(asked(1).await, [TaskKind::NewIban, TaskKind::NewLink]);
    assert_eq!(asked(0).await, [], "who wrote it");
    assert_eq!(asked(2).await, [], "others hold a role");
    let second = town.member(1).acting();
    let stopped = about(Target::Link, ELSEWHERE, false);
    host_targets::answer(&world.context, second, town.id, town.pot, stopped).await.unwrap();
    let found = awaiting::of_person(&world.context, town.member(1).person).await.unwrap();
    let one = found.todo.iter().find(|one| one.kind() == TaskKind::NewIban).unwrap();
    let said = awaiting::say(words::Words::new(words::Locale::Fr), one, found.today);
    assert_eq!(said.path, "/c/chatons/about#iban");
    assert!(said.what.contains("Yaal Coop") && said.why.contains("5 mars 2025"), "{said:?}");
    assert_eq!(asked(1).await, [TaskKind::NewIban]);
}

/// Money that goes to an IBAN has a way already: a page for gifts beside it is another one.
async fn a_page_beside_an_iban_is_another_way(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    leads(&world, &town, "").await;
    assert_eq!(host(&world, &town).await.iban, FIRST);
    leads(&world, &town, ELSEWHERE).await;
    let row = host(&world, &town).await;
    assert_eq!((row.give_link.as_str(), row.next_link.as_str()), ("", ELSEWHERE));
}

on_both![
    another_page_for_gifts_waits_too,
    a_page_beside_an_iban_is_another_way,
    what_waits_awaits_those_who_may_answer,
    one_admin_alone_redirects_no_money,
    a_second_person_shows_it_at_once,
    what_nobody_stops_is_shown_after_two_days,
];

//! The IBAN to which money is sent: another one waits for a second person, or for two days in which it may be stopped.

use domain::{
    Money,
    actor::{NotAllowed, RoleKind},
    posting::Nature,
    rules::Template,
};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    Failure,
    collectives::{HostCard, describe_host},
    contributions::{NewContribution, record_contribution},
    host_ibans, roles,
};
use store::hosts::HostRow;
use testkit::{Grown, World, on_both};

use super::{fields, readers};

const FIRST: &str = "FR7630006000011234567890189";
const OTHER: &str = "FR1420041010050500013M02606";
const TWO_DAYS: SignedDuration = SignedDuration::from_hours(48);

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

    let seen = || (OTHER.to_owned(), true);
    let own = host_ibans::answer(&world.context, town.admin(), town.id, town.pot, seen()).await;
    assert!(matches!(own, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{own:?}");
    let stranger = town.member(3).acting();
    let stranger = host_ibans::answer(&world.context, stranger, town.id, town.pot, seen()).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(_))), "{stranger:?}");
    // Writing it down again makes it no older, removing the former one no first one.
    writes(&world, &town, OTHER).await;
    assert_eq!(host(&world, &town).await.next_iban_from, kept.next_iban_from);
    writes(&world, &town, "").await;
    writes(&world, &town, OTHER).await;
    assert_eq!(host(&world, &town).await.iban, "");
    // Whoever lost the role is asked all the same.
    let stopped = (OTHER.to_owned(), false);
    let second = town.member(1).acting();
    host_ibans::answer(&world.context, second, town.id, town.pot, stopped).await.unwrap();
    world.wait(TWO_DAYS);
    popote_app::jobs::run_due(&world.context).await.unwrap();
    assert_eq!(host(&world, &town).await.iban, "");
}

async fn a_second_person_shows_it_at_once(world: World) {
    let town = town(&world).await;
    writes(&world, &town, OTHER).await;
    let second = || town.member(1).acting();
    let other = (FIRST.to_owned(), true);
    let other = host_ibans::answer(&world.context, second(), town.id, town.pot, other).await;
    assert_eq!(fields(other).len(), 1, "what was seen no longer waits");
    let seen = (OTHER.to_owned(), true);
    host_ibans::answer(&world.context, second(), town.id, town.pot, seen).await.unwrap();
    let shown = host(&world, &town).await;
    assert_eq!((shown.iban.as_str(), shown.next_iban.as_str()), (OTHER, ""));
}

async fn what_nobody_stops_is_shown_after_two_days(world: World) {
    let town = town(&world).await;
    writes(&world, &town, OTHER).await;
    let id = host(&world, &town).await.id;
    host_ibans::show_if_due(&world.context, id).await.unwrap();
    assert_eq!(host(&world, &town).await.iban, FIRST, "too early");
    world.wait(TWO_DAYS);
    host_ibans::show_if_due(&world.context, id).await.unwrap();
    let shown = host(&world, &town).await;
    assert_eq!((shown.iban.as_str(), shown.next_iban.as_str(), shown.next_iban_from), (OTHER, "", None));
    // The one that is shown, written down again, takes back what waits.
    writes(&world, &town, FIRST).await;
    writes(&world, &town, OTHER).await;
    assert_eq!(host(&world, &town).await.next_iban, "");
}

on_both![
    one_admin_alone_redirects_no_money,
    a_second_person_shows_it_at_once,
    what_nobody_stops_is_shown_after_two_days,
];

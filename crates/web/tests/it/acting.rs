//! Acting for one of several organisations: a form acts for the one that its page named.

use domain::actor::MandateKind;
use domain::ids::{MandateId, OrganisationId, PersonId};
use domain::rules::Template;
use domain::{AccountKind, Book, Money};
use jiff::civil::date;
use store::journal::Of;
use store::mandates::MandateRow;
use testkit::{Grown, World};

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{feature, open_and_share};

/// Makes somebody represent another organisation too.
async fn represents(world: &World, person: PersonId, organisation: OrganisationId) -> MandateId {
    let mandate = MandateRow {
        id: world.context.seed().id(world.now()),
        person,
        organisation,
        kind: MandateKind::Representative,
        starts_on: date(2025, 3, 1),
        ends_on: None,
        ended_at: None,
        granted_by: None,
        created_at: world.now(),
    };
    let row = mandate.clone();
    world
        .sql(move |tx| {
            let row = row.clone();
            Box::pin(async move { store::mandates::insert(tx, &row).await })
        })
        .await;
    mandate.id
}

/// What is left of an organisation's share, in cents.
async fn left(world: &World, town: &Grown, place: usize) -> i64 {
    let mut tx = world.read().await;
    let of = Of::Organisation(town.member(place).organisation);
    let held = store::journal::balances(&mut tx, town.pot, Book::Cash, of).await.unwrap();
    let share = held.iter().filter(|(account, _)| account.kind() == AccountKind::Share);
    Money::sum(share.map(|(_, amount)| *amount)).unwrap().minor()
}

async fn choose(who: &Visitor<'_>, organisation: OrganisationId) {
    who.submit("/me/organisation", &[("organisation", &organisation.to_string())]).await.is(303);
}

async fn a_form_acts_for_the_organisation_that_its_page_named(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    let (arn, indie) = (town.member(1).organisation, town.member(2).organisation);
    let both = represents(&world, town.member(2).person, arn).await;
    let both_person = site.member(&town, 2).await;
    choose(&both_person, arn).await;

    // Another tab chooses another organisation while each of these pages is open.
    let proposal = both_person.see("/c/chatons/features/new").await.is(200);
    choose(&both_person, indie).await;
    let mut fields = feature("Salon", "500", "f1");
    let named = proposal.hidden("for");
    fields.push(("for", &named));
    both_person.submit("/c/chatons/features/new", &fields).await.leads_to("/c/chatons/features/1");
    let other = site.member(&town, 0).await;
    other.see("/c/chatons/features/1").await.is(200).says("ARN").says_not("IndieHosters");

    choose(&both_person, arn).await;
    let round = both_person.see("/c/chatons/rounds/1").await.is(200).says("Reste à répartir pour ARN");
    let page = both_person.see("/c/chatons/features/1").await.is(200);
    choose(&both_person, indie).await;
    let (amount, seen) = (round.fields("amount-").remove(0), round.fields("seen-").remove(0));
    let (named, key) = (round.hidden("for"), round.hidden("key"));
    let put = [("for", &*named), ("key", &*key), (&*amount, "40"), (&*seen, "0")];
    for _ in 0..2 {
        both_person.submit("/c/chatons/rounds/1/allocations", &put).await.leads_to("/c/chatons/rounds/1");
        assert_eq!((left(&world, &town, 1).await, left(&world, &town, 2).await), (6_000, 10_000));
    }
    both_person.see("/c/chatons/rounds/1").await.says("Reste à répartir pour IndieHosters");
    let much = [("for", &*named), ("key", "k2"), (&*amount, "700"), (&*seen, "4000")];
    let refused = both_person.submit("/c/chatons/rounds/1/allocations", &much).await;
    let refused = refused.is(422).says("Reste à répartir pour ARN").says("value=\"700\"");
    assert_eq!(refused.hidden("for"), arn.to_string());

    let (named, key) = (page.hidden("for"), page.hidden("key"));
    let put = [("for", &*named), ("key", &*key), ("amount", "50"), ("seen", "4000")];
    both_person.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let need = [("for", &*named), ("words", "Nous aussi.")];
    both_person.submit("/c/chatons/features/1/needs", &need).await.is(422).says("déjà");
    assert_eq!((left(&world, &town, 1).await, left(&world, &town, 2).await), (5_000, 10_000));

    // A mandate that has ended meanwhile is refused; the other one is no stand-in.
    let now = world.now();
    assert!(world.sql(move |tx| Box::pin(async move { store::mandates::end(tx, both, now).await })).await);
    let late = [("for", &*named), ("key", "k3"), ("amount", "60"), ("seen", "0")];
    both_person.submit("/c/chatons/features/1/allocation", &late).await.is(403);
    both_person.submit("/c/chatons/features/1/allocation", &[("for", "x"), ("seen", "0")]).await.is(400);
    assert_eq!((left(&world, &town, 1).await, left(&world, &town, 2).await), (5_000, 10_000));
}

/// Whoever acts for another organisation than the one that may is told which is which.
async fn a_refusal_says_for_whom_one_acts_and_whose_it_is(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (arn, other) = (site.member(&town, 1).await, site.member(&town, 2).await);
    let mut fields = feature("Salon", "150", "f1");
    fields.push(("place", "outside"));
    arn.submit("/c/chatons/features/new", &fields).await.is(303);
    for path in ["/c/chatons/features/1/edit", "/c/chatons/features/1/cancellation"] {
        let page = other.see(path).await.is(403).says("Vous agissez ici pour IndieHosters.");
        page.says("Cela revient à ARN, ou à une personne qui a un rôle")
            .says_not("Agissez pour une autre structure");
        let sent = other.submit(path, &[("title", "Autre"), ("version", "1")]).await.is(403);
        sent.says("Vous agissez ici pour IndieHosters.").says("Cela revient à ARN");
    }
    let page = other.see("/c/chatons/rounds/new").await.is(403).says("Vous agissez ici pour IndieHosters.");
    page.says("une personne qui a un rôle pour cela dans le collectif");
}

testkit::on_both![
    a_refusal_says_for_whom_one_acts_and_whose_it_is,
    a_form_acts_for_the_organisation_that_its_page_named,
];

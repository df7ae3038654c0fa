//! Who does the work is whoever was named, not whoever bears the name.

use popote_app::{
    features::edit_feature,
    organisations::{OrganisationCard, describe},
    profile::describe as describe_person,
    work::{
        reports::{NewReport, report},
        worker_shown,
    },
};

use super::*;

async fn rename(world: &World, town: &Grown, place: usize, name: &str) {
    let card = OrganisationCard { name: name.to_owned(), website: String::new() };
    let own = town.member(place);
    describe(&world.context, own.acting(), town.id, own.organisation, None, card).await.unwrap();
}

async fn nobody_becomes_the_worker_by_its_name(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    rename(&world, &town, 2, "Atelier libre").await;
    let other = town.member(2).acting();
    let done = enter(&world, other.clone(), id, invoice("A-1", 100)).await;
    assert!(matches!(done, Err(Failure::NotAllowed(_))), "{done:?}");
    let said = NewReport { body: "Fini.".to_owned(), link: String::new() };
    let reported = report(&world.context, other, id, said).await;
    assert!(matches!(reported, Err(Failure::NotAllowed(_))), "{reported:?}");
    // Nor is it left to answer what is paid to the name that it took.
    let own = entered(&world, &town, id, "A-2", 100).await;
    let answered = approve_invoice(&world.context, town.member(2).acting(), own).await;
    assert_eq!(refused(answered), InvoiceRefusal::Tied);
}

async fn the_worker_stays_whatever_its_name_becomes(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let new = Proposal { worker: "girofle".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, new, None).await;
    assert_eq!(feature(&world, id).await.worker_organisation, Some(town.member(2).organisation));
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    rename(&world, &town, 2, "Nuage fleuri").await;
    let mut tx = world.read().await;
    let shown = worker_shown(&mut tx, &feature(&world, id).await).await.unwrap();
    assert_eq!(shown, "Nuage fleuri");
    drop(tx);
    enter(&world, town.member(2).acting(), id, invoice("G-1", 100)).await.unwrap();
}

async fn a_text_that_stays_means_whom_it_meant(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let text = Proposal { worker: "Atelier Libre".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, text.clone(), None).await;
    rename(&world, &town, 2, "Atelier Libre").await;
    let lead = || town.member(1).acting();
    let edit = |seen, proposal| edit_feature(&world.context, lead(), id, seen, proposal);
    edit(1, Proposal { summary: "Autrement dit.".to_owned(), ..text.clone() }).await.unwrap();
    assert_eq!(feature(&world, id).await.worker_organisation, None, "the lead named nobody else");
    edit(2, Proposal { worker: "ARN".to_owned(), ..text.clone() }).await.unwrap();
    assert_eq!(feature(&world, id).await.worker_organisation, Some(town.member(1).organisation));
    edit(3, Proposal { worker: " atelier LIBRE".to_owned(), ..text.clone() }).await.unwrap();
    assert_eq!(feature(&world, id).await.worker_organisation, Some(town.member(2).organisation));
    edit(4, Proposal { worker: String::new(), ..text }).await.unwrap();
    let row = feature(&world, id).await;
    assert_eq!((row.worker.as_str(), row.worker_organisation), ("", None));
}

async fn what_was_written_before_gets_the_one_member_of_that_name(world: World) {
    const SQL: &str = include_str!("../../../../../store/migrations/sqlite/0016_worker.sql");
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let mut ids = Vec::new();
    for worker in [" girofle", "Girofle, en interne", "Yaal Coop"] {
        let new = Proposal { worker: worker.to_owned(), ..proposal(5_000, 9_000) };
        ids.push(propose_so(&world, &town, new, None).await);
    }
    falsify(&world, "UPDATE feature SET worker_organisation = NULL").await;
    falsify(&world, "UPDATE organisation SET name = 'Yaal coop' WHERE slug = 'arn'").await;
    let update = &SQL[SQL.find("UPDATE").unwrap()..];
    falsify(&world, update.trim_end().trim_end_matches(';')).await;
    for (id, expected) in ids.into_iter().zip([Some(town.member(2).organisation), None, None]) {
        assert_eq!(feature(&world, id).await.worker_organisation, expected);
    }
}

async fn a_name_that_was_given_up_or_is_spelled_in_other_letters_still_ties(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let (context, third) = (&world.context, town.member(2));
    world.grant(&town, third.person, RoleKind::Steward).await;
    rename(&world, &town, 2, "Nuage fleuri").await;
    for name in ["Jeanne Dupont", "Quelqu’un d’autre"] {
        describe_person(context, third.person, name, "fr").await.unwrap();
    }
    for (at, payee) in ["Girofle", "GIR\u{43e}FLE SARL", "NUAGE\u{200b} fleuri", "DUPONT Jeanne", "J. Dupont"]
        .iter()
        .enumerate()
    {
        let new = NewInvoice { payee: (*payee).to_owned(), ..invoice(&format!("T-{at}"), 100) };
        let entered = enter(&world, town.member(1).acting(), id, new).await.unwrap().invoice;
        let own = approve_invoice(context, third.acting(), entered).await;
        assert_eq!(refused(own), InvoiceRefusal::Tied, "{payee}");
    }
    let new = NewInvoice { payee: "K. Dupont".to_owned(), ..invoice("T-9", 100) };
    let entered = enter(&world, town.member(1).acting(), id, new).await.unwrap().invoice;
    approve_invoice(context, third.acting(), entered).await.unwrap();
}

/// What an administration calls an organisation for a while ties nobody to that name, and a name that was given up does so
/// for a year.
async fn only_names_of_its_own_tie_and_for_a_year(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let (context, third) = (&world.context, town.member(2));
    world.grant(&town, third.person, RoleKind::Steward).await;
    let by_admin = async |name: &str| {
        world.wait(jiff::SignedDuration::from_secs(1));
        let card = OrganisationCard { name: name.to_owned(), website: String::new() };
        describe(context, town.admin(), town.id, third.organisation, None, card).await.unwrap();
    };
    let tied_to = async |reference: &str, payee: &str| {
        let new = NewInvoice { payee: payee.to_owned(), ..invoice(reference, 100) };
        let entered = enter(&world, town.member(1).acting(), id, new).await.unwrap().invoice;
        match approve_invoice(context, third.acting(), entered).await {
            Ok(_) => false,
            Err(Failure::Refused(InvoiceRefusal::Tied)) => true,
            other => panic!("{other:?}"),
        }
    };
    by_admin("Coop Nuage").await;
    assert!(tied_to("N-1", "Coop Nuage").await, "its present name");
    by_admin("Nuage fleuri").await;
    assert!(!tied_to("N-2", "Coop Nuage").await, "an administration called it so");
    assert!(tied_to("N-3", "Girofle").await, "it came with that name");
    world.wait(jiff::SignedDuration::from_secs(1));
    rename(&world, &town, 2, "Les Serres").await;
    world.wait(jiff::SignedDuration::from_secs(1));
    rename(&world, &town, 2, "Le Verger").await;
    assert!(!tied_to("N-4", "Nuage fleuri").await, "its own people only gave that up");
    assert!(tied_to("N-5", "Les Serres").await, "its own people gave it");
    world.wait(jiff::SignedDuration::from_hours(24 * 370));
    for (at, former) in ["Girofle", "Les Serres"].iter().enumerate() {
        assert!(!tied_to(&format!("O-{at}"), former).await, "{former} a year ago");
    }
    assert!(tied_to("O-9", "Le Verger").await);
}

on_both![
    only_names_of_its_own_tie_and_for_a_year,
    a_name_that_was_given_up_or_is_spelled_in_other_letters_still_ties,
    nobody_becomes_the_worker_by_its_name,
    the_worker_stays_whatever_its_name_becomes,
    a_text_that_stays_means_whom_it_meant,
    what_was_written_before_gets_the_one_member_of_that_name,
];

//! Invoices: whom a tie to the payee bars from answering, and who stands in for those who hold the roles.

use super::{invoices::may, *};

async fn who_is_tied_to_the_payee_never_answers(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    // The third member does the work: its person holds a role, and a mandate there.
    let new = Proposal { worker: "  GIROFLE ".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, new, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let worker = town.member(2).acting();
    let new = NewInvoice { payee: "Girofle".to_owned(), ..invoice("G-1", 1_000) };
    let own = enter(&world, worker.clone(), id, new.clone()).await.unwrap().invoice;
    let context = &world.context;
    assert_eq!(refused(approve_invoice(context, worker.clone(), own).await), InvoiceRefusal::EnteredByYou);
    // Entered by another, the tie still bars them; under another spelling, too.
    let new = NewInvoice {
        payee: "GIROFLÉ".replace('É', "e"),
        reference: "G-2".to_owned(),
        file: Some(file("G-2")),
        ..new
    };
    let by_lead = enter(&world, town.member(1).acting(), id, new).await.unwrap().invoice;
    assert_eq!(refused(approve_invoice(context, worker, by_lead).await), InvoiceRefusal::Tied);
    assert_eq!(row(&world, by_lead).await.payee_organisation, Some(town.member(2).organisation));
    sound(&world, &town).await;
}

async fn nobody_stands_in_for_whom_the_payee_tied_since(world: World) {
    let town = world.collective(plain(), &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    shared(&world, &town, 10_000).await;
    let new = Proposal { worker: "Girofle".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, new, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    world.grant(&town, town.member(1).person, RoleKind::Treasurer).await;
    let context = &world.context;
    let new = NewInvoice { payee: "Girofle".to_owned(), ..invoice("G-1", 1_000) };
    let entered = enter(&world, town.member(2).acting(), id, new).await.unwrap().invoice;
    // Whoever is paid offers the steward a mandate: an offer ties nobody.
    world.wait(jiff::SignedDuration::from_hours(1));
    let offer = popote_app::mandates::NewMandate {
        organisation: town.member(2).organisation,
        person: town.member(0).person,
        kind: domain::actor::MandateKind::Contributor,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    let given = popote_app::mandates::give(context, town.member(2).acting(), town.id, offer).await.unwrap();
    let stands_in = |place: usize| approve_invoice(context, town.member(place).acting(), entered);
    assert_eq!(refused(stands_in(1).await), InvoiceRefusal::RolesFirst);
    // Accepted, it ties the steward; and still nobody stands in, who would be chosen by whoever is paid.
    popote_app::mandates::accept(context, town.admin(), given.id).await.unwrap();
    assert_eq!(refused(stands_in(0).await), InvoiceRefusal::Tied);
    assert_eq!(refused(stands_in(1).await), InvoiceRefusal::RolesFirst);
    let mut tx = world.read().await;
    let row = store::invoices::by_id(&mut tx, entered).await.unwrap().unwrap();
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    let standing = popote_app::people::standing_in(&mut tx, town.member(0).person, &collective, world.now());
    let standing = standing.await.unwrap();
    let may = popote_app::invoices::page::may(&mut tx, &collective, &standing, None, &row, world.now());
    assert!(may.await.unwrap().stuck, "the page says so");
    drop(tx);
    // Presented anew, under another number and to another name, it is what it was.
    let worker = town.member(2).acting();
    withdraw_invoice(context, worker.clone(), entered, "refaite").await.unwrap();
    world.wait(jiff::SignedDuration::from_hours(1));
    let new = NewInvoice { payee: "Girofle SARL".to_owned(), ..invoice("G-2", 1_000) };
    let entered = enter(&world, worker, id, new).await.unwrap().invoice;
    let stands_in = |place: usize| approve_invoice(context, town.member(place).acting(), entered);
    assert_eq!(refused(stands_in(0).await), InvoiceRefusal::Tied);
    assert_eq!(refused(stands_in(1).await), InvoiceRefusal::RolesFirst);
    // What helps: another steward.
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    world.grant(&town, town.member(3).person, RoleKind::Treasurer).await;
    stands_in(1).await.unwrap();
}

async fn who_does_the_work_never_answers_its_invoice_to_another_name(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let new = Proposal { worker: "Girofle, avec des bénévoles".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, new, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let context = &world.context;
    for (reference, payee, organisation) in
        [("G-1", "GIROFLE S.A.R.L.", Some(town.member(2).organisation)), ("G-2", "Une cousine", None)]
    {
        let new = NewInvoice { payee: payee.to_owned(), ..invoice(reference, 1_000) };
        let entered = enter(&world, town.member(1).acting(), id, new).await.unwrap().invoice;
        let own = approve_invoice(context, town.member(2).acting(), entered).await;
        assert_eq!(refused(own), InvoiceRefusal::Tied, "{payee}");
        assert_eq!(row(&world, entered).await.payee_organisation, organisation);
    }
}

async fn who_stands_in_is_no_colleague_of_whoever_presents_it(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let context = &world.context;
    let third = town.member(2).acting();
    let first = entered(&world, &town, id, "F-1", 1_000).await;
    approve_invoice(context, third.clone(), first).await.unwrap();
    represents(&world, third.person, town.member(1).organisation).await;
    let fell = authorise_invoice(context, town.admin(), first).await;
    assert_eq!(refused(fell), InvoiceRefusal::ApprovalFell);
    assert_eq!(refused(approve_invoice(context, third.clone(), first).await), InvoiceRefusal::OwnSide);
    world.post().await;
    let second = entered(&world, &town, id, "F-2", 500).await;
    assert!(!world.post().await.iter().any(|mail| mail.to.address().contains("girofle")), "isn't asked");
    assert_eq!(refused(approve_invoice(context, third.clone(), second).await), InvoiceRefusal::OwnSide);
    // A steward answers for the collective, whoever they represent beside that: the approval holds again.
    world.grant(&town, third.person, RoleKind::Steward).await;
    authorise_invoice(context, town.admin(), first).await.unwrap();
    sound(&world, &town).await;
}

async fn a_mandate_ties_from_the_day_it_is_accepted(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Zaclys"];
    let town = world.settled_collective(plain(), &names).await;
    shared(&world, &town, 10_000).await;
    let new = Proposal { worker: "Girofle".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, new, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    world.grant(&town, town.member(3).person, RoleKind::Steward).await;
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    let next = popote_app::mandates::NewMandate {
        organisation: town.member(2).organisation,
        person: town.member(3).person,
        kind: domain::actor::MandateKind::Representative,
        starts_on: date(2025, 3, 4),
        ends_on: None,
    };
    let offer =
        popote_app::mandates::give(&world.context, town.member(2).acting(), town.id, next).await.unwrap();
    let enter_one = async |reference| {
        let new = NewInvoice { payee: "Girofle".to_owned(), ..invoice(reference, 500) };
        enter(&world, town.member(2).acting(), id, new).await.unwrap().invoice
    };
    // An offer ties nobody; accepted, it does, though it begins tomorrow.
    let before = enter_one("G-1").await;
    approve_invoice(&world.context, town.member(3).acting(), before).await.unwrap();
    popote_app::mandates::accept(&world.context, town.member(3).acting(), offer.id).await.unwrap();
    world.wait(jiff::SignedDuration::from_mins(1));
    let after = enter_one("G-2").await;
    let tied = approve_invoice(&world.context, town.member(3).acting(), after).await;
    assert_eq!(refused(tied), InvoiceRefusal::Tied);
    let fell = authorise_invoice(&world.context, town.admin(), before).await;
    assert_eq!(refused(fell), InvoiceRefusal::ApprovalFell);
    approve_invoice(&world.context, town.member(1).acting(), after).await.unwrap();
}

/// Takes the role of treasurer from a member, as another person or as they do themselves.
async fn end_treasurer(world: &World, town: &Grown, place: usize, by: Acting) {
    let roles = popote_app::roles::list(&mut world.read().await, town.id).await.unwrap();
    let person = town.member(place).person;
    let held = roles.iter().find(|role| role.person == person && role.kind == RoleKind::Treasurer).unwrap();
    popote_app::roles::end(&world.context, by, town.id, held.id).await.unwrap();
}

async fn ending_the_role_of_another_opens_no_payment(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Zaclys"];
    let town = world.settled_collective(plain(), &names).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    let stands_in = || approve_invoice(&world.context, town.member(3).acting(), invoice);
    assert_eq!(refused(stands_in().await), InvoiceRefusal::RolesFirst);
    world.post().await;
    end_treasurer(&world, &town, 2, town.admin()).await;
    let told = world.post().await;
    let mail = told.iter().find(|mail| mail.to.address().contains("girofle")).unwrap();
    assert!(mail.text.contains("Pendant 30 jours"), "{}", mail.text);
    assert_eq!(refused(stands_in().await), InvoiceRefusal::RolesFirst, "nor by the hand of who remains");
    assert!(may(&world, &town, 0, invoice).await.stuck, "the page says so");
    assert_eq!(
        refused(approve_invoice(&world.context, town.member(2).acting(), invoice).await),
        InvoiceRefusal::RolesFirst,
        "whose role is ended answers no more"
    );
    world.wait(jiff::SignedDuration::from_hours(30 * 24));
    stands_in().await.unwrap();
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
    sound(&world, &town).await;
}

async fn who_gives_up_a_role_leaves_a_way_to_pay(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Zaclys"];
    let town = world.settled_collective(plain(), &names).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    end_treasurer(&world, &town, 2, town.member(2).acting()).await;
    approve_invoice(&world.context, town.member(3).acting(), invoice).await.unwrap();
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
    sound(&world, &town).await;
}

async fn nobody_stands_in_by_a_mandate_given_for_the_occasion(world: World) {
    let town = town(&world).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    world.post().await;
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    assert!(world.post().await.iter().any(|mail| mail.to.address().contains("girofle")), "is asked");
    let from = world.now() + domain::people::WAITING;
    let stands_in = || approve_invoice(&world.context, town.member(2).acting(), invoice);
    assert_eq!(refused(stands_in().await), InvoiceRefusal::YoungMandate(from));
    let told = may(&world, &town, 2, invoice).await;
    assert_eq!((told.approve, told.why_not), (false, Some(InvoiceRefusal::YoungMandate(from))));
    world.wait(domain::people::WAITING);
    stands_in().await.unwrap();
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
}

/// Whoever presents an invoice writes whom it is for, and whoever leads writes who works: a name bars, and opens nothing.
async fn nobody_is_made_judge_by_a_name_that_others_write(world: World) {
    let town = world.settled_collective(plain(), &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    world.grant(&town, town.member(3).person, RoleKind::Treasurer).await;
    let context = &world.context;
    let presented = async |reference: &str, payee: &str| {
        let new = NewInvoice { payee: payee.to_owned(), ..invoice(reference, 500) };
        enter(&world, town.member(1).acting(), id, new).await.unwrap().invoice
    };
    for (reference, payee) in [("F-1", "Zaclys"), ("F-2", "Personne de Zaclys, artisane")] {
        let entered = presented(reference, payee).await;
        let stands_in = approve_invoice(context, town.member(2).acting(), entered).await;
        assert_eq!(refused(stands_in), InvoiceRefusal::RolesFirst, "{payee}");
        assert!(may(&world, &town, 0, entered).await.stuck, "{payee}: the page says so");
        // Nothing is paid by a refusal: the steward gives it, tied or not.
        assert!(may(&world, &town, 0, entered).await.refuse, "{payee}");
        refuse_invoice(context, town.admin(), entered, "à un autre nom").await.unwrap();
    }
    // What helps: another person gets the role.
    let entered = presented("F-3", "Zaclys").await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    approve_invoice(context, town.admin(), entered).await.unwrap();
    sound(&world, &town).await;
}

/// A member that others named as the one who works isn't gagged by it; once it says so itself, it is.
async fn a_member_that_others_named_still_objects(world: World) {
    let town = world.settled_collective(plain(), &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    shared(&world, &town, 10_000).await;
    let new = Proposal { worker: "Girofle".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(&world, &town, new, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    let mut tx = world.read().await;
    let feature = store::features::by_id(&mut tx, id).await.unwrap().unwrap();
    let worker = popote_app::work::worker_of(&mut tx, &feature).await.unwrap();
    assert_eq!((worker.organisation, worker.by_its_own_word()), (Some(town.member(2).organisation), None));
    drop(tx);
    let new = NewInvoice { payee: "Girofle".to_owned(), ..invoice("G-1", 1_000) };
    enter(&world, town.member(2).acting(), id, new).await.unwrap();
    let worker = popote_app::work::worker_of(&mut world.read().await, &feature).await.unwrap();
    assert_eq!(worker.by_its_own_word(), Some(town.member(2).organisation));
}

/// Whoever holds every role would let in whom they like: who came lately stands in for nobody while others are known.
async fn who_was_let_in_lately_is_no_second_person(world: World) {
    let town = world.settled_collective(plain(), &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    world.wait(jiff::SignedDuration::from_hours(24 * 30));
    falsify(
        &world,
        "UPDATE mandate SET ended_at = created_at WHERE organisation IN \
        (SELECT id FROM organisation WHERE name = 'Girofle')",
    )
    .await;
    represents(&world, town.member(2).person, town.member(2).organisation).await;
    world.wait(domain::people::WAITING);
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    let late = approve_invoice(&world.context, town.member(2).acting(), invoice).await;
    assert!(matches!(refused(late), InvoiceRefusal::YoungMandate(_)));
    approve_invoice(&world.context, town.member(3).acting(), invoice).await.unwrap();
    // After thirty days they are known too.
    world.wait(jiff::SignedDuration::from_hours(24 * 28));
    let next = entered(&world, &town, id, "F-2", 1_000).await;
    approve_invoice(&world.context, town.member(2).acting(), next).await.unwrap();
}

on_both![
    who_was_let_in_lately_is_no_second_person,
    nobody_is_made_judge_by_a_name_that_others_write,
    a_member_that_others_named_still_objects,
    a_mandate_ties_from_the_day_it_is_accepted,
    ending_the_role_of_another_opens_no_payment,
    who_gives_up_a_role_leaves_a_way_to_pay,
    nobody_stands_in_by_a_mandate_given_for_the_occasion,
    who_is_tied_to_the_payee_never_answers,
    nobody_stands_in_for_whom_the_payee_tied_since,
    who_does_the_work_never_answers_its_invoice_to_another_name,
    who_stands_in_is_no_colleague_of_whoever_presents_it,
];

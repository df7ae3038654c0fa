//! Invoices: what is refused, who answers, what is drawn and paid.

use super::*;

async fn an_invoice_goes_from_its_entry_to_the_statement(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    world.post().await;
    let invoice = entered(&world, &town, id, "F-1", 3_333).await;
    let asked = world.post().await;
    assert!(
        asked.iter().any(|mail| mail.to.address().contains("girofle")),
        "who stands in is asked: {asked:?}"
    );
    approve_invoice(&world.context, town.member(2).acting(), invoice).await.unwrap();
    sound(&world, &town).await;
    assert_eq!(held(&world, &town, Account::Payable(id.0.into(), invoice.0.into())).await, 0, "not due yet");
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
    sound(&world, &town).await;
    let payable = Account::Payable(id.0.into(), invoice.0.into());
    assert_eq!(held(&world, &town, payable).await, 3_333);
    let left = |place: usize| Account::Reserved(town.member(place).organisation, id, domain::Source::Own);
    // 3 333 × 2/5 = 1 333.2 and × 3/5 = 1 999.8: the cent goes to the larger remainder.
    assert_eq!(held(&world, &town, left(0)).await, 2_000 - 1_333);
    assert_eq!(held(&world, &town, left(2)).await, 3_000 - 2_000);
    let day = date(2025, 3, 3);
    pay_invoice(&world.context, town.admin(), invoice, day, "VIR 12", None).await.unwrap();
    sound(&world, &town).await;
    assert_eq!(
        (held(&world, &town, payable).await, held(&world, &town, Account::InTransit).await),
        (0, 3_333)
    );
    settle_payment(&world.context, town.admin(), invoice, day, "VIR 12").await.unwrap();
    sound(&world, &town).await;
    assert_eq!(held(&world, &town, Account::InTransit).await, 0);
    assert_eq!(row(&world, invoice).await.state, InvoiceState::Settled);
    let mut tx = world.read().await;
    let put = store::features::lists::on_feature(&mut tx, id, 10).await.unwrap();
    let put: Vec<i64> = put.iter().map(|on| on.amount.minor()).collect();
    assert_eq!(put, [3_000, 2_000], "what was drawn was put there all the same");
}

async fn an_invoice_is_within_what_was_received_and_comes_once(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let lead = town.member(1).acting();
    let first = entered(&world, &town, id, "F-1", 4_000).await;
    let above = enter(&world, lead.clone(), id, invoice("F-2", 1_001)).await;
    assert_eq!(refused(above), InvoiceRefusal::AboveRoom { room: Money::new(1_000) });
    let twice = NewInvoice { file: Some(file("autre")), ..invoice(" f-1 ", 500) };
    assert_eq!(
        field(enter(&world, lead.clone(), id, twice.clone()).await),
        [FieldError::new("reference", FieldRule::Taken)]
    );
    let same = NewInvoice { file: Some(file("F-1")), ..invoice("F-3", 500) };
    assert_eq!(refused(enter(&world, lead.clone(), id, same).await), InvoiceRefusal::SameFile);
    let bad = NewInvoice {
        iban: "FR76".to_owned(),
        dated_on: date(2025, 3, 4),
        file: None,
        payee: " ".to_owned(),
        ..invoice("", 0)
    };
    let fields: Vec<String> =
        field(enter(&world, lead.clone(), id, bad).await).into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["reference", "payee", "iban", "amount", "dated_on", "file"]);
    let stranger = enter(&world, town.member(2).acting(), id, invoice("F-4", 100)).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{stranger:?}");
    withdraw_invoice(&world.context, lead.clone(), first, "mauvais montant").await.unwrap();
    enter(&world, lead, id, twice).await.unwrap();
    sound(&world, &town).await;
}

async fn two_persons_answer_who_neither_entered_it_nor_are_paid(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let (admin, lead, third) = (town.admin(), town.member(1).acting(), town.member(2).acting());
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    let context = &world.context;
    assert_eq!(refused(approve_invoice(context, lead.clone(), invoice).await), InvoiceRefusal::EnteredByYou);
    assert_eq!(refused(approve_invoice(context, admin.clone(), invoice).await), InvoiceRefusal::NobodyLeft);
    let early = authorise_invoice(context, admin.clone(), invoice).await;
    assert_eq!(refused(early), InvoiceRefusal::NotAwaited(InvoiceState::Entered));
    let unpaid = pay_invoice(context, admin.clone(), invoice, date(2025, 3, 3), "", None).await;
    assert_eq!(refused(unpaid), InvoiceRefusal::NotAwaited(InvoiceState::Entered));
    // As soon as two persons hold the roles, nobody stands in.
    world.grant(&town, town.member(1).person, RoleKind::Treasurer).await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let other = entered(&world, &town, id, "F-2", 1_000).await;
    assert_eq!(refused(approve_invoice(context, third.clone(), other).await), InvoiceRefusal::RolesFirst);
    approve_invoice(context, admin.clone(), other).await.unwrap();
    assert_eq!(
        refused(authorise_invoice(context, admin.clone(), other).await),
        InvoiceRefusal::ApprovedByYou
    );
    assert_eq!(refused(authorise_invoice(context, lead, other).await), InvoiceRefusal::EnteredByYou);
    let again = approve_invoice(context, admin, other).await;
    assert_eq!(refused(again), InvoiceRefusal::NotAwaited(InvoiceState::Approved));
    authorise_invoice(context, third, other).await.unwrap();
    sound(&world, &town).await;
}

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

async fn an_approval_falls_with_the_role_behind_it(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    let context = &world.context;
    approve_invoice(context, town.member(2).acting(), invoice).await.unwrap();
    // Another steward comes: the representative no longer stands in for one.
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let fell = authorise_invoice(context, town.admin(), invoice).await;
    assert_eq!(refused(fell), InvoiceRefusal::ApprovalFell);
    approve_invoice(context, town.admin(), invoice).await.unwrap();
    authorise_invoice(context, town.member(2).acting(), invoice).await.unwrap();
    sound(&world, &town).await;
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

async fn may(world: &World, town: &Grown, place: usize, invoice: InvoiceId) -> acts::page::May {
    let mut tx = world.read().await;
    let (member, now) = (town.member(place), world.now());
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    let standing = popote_app::people::standing_in(&mut tx, member.person, &collective, now).await.unwrap();
    let invoice = store::invoices::by_id(&mut tx, invoice).await.unwrap().unwrap();
    let acting = Some(member.organisation);
    acts::page::may(&mut tx, &collective, &standing, acting, &invoice, now).await.unwrap()
}

async fn what_is_to_be_paid_hides_nothing_from_those_who_answer(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    authorised(&world, &town, id, "F-1", 1_000).await;
    let asked = entered(&world, &town, id, "F-2", 1_000).await;
    let found = popote_app::awaiting::of_person(&world.context, town.member(2).person).await.unwrap();
    let invoices = found.todo.iter().filter_map(|todo| match todo {
        popote_app::awaiting::ToDo::Invoice(one) => Some((one.waiting.invoice.id, one.waiting.ask)),
        popote_app::awaiting::ToDo::Task(_) => None,
    });
    let waiting: Vec<_> = invoices.collect();
    assert_eq!(waiting, [(asked, acts::page::Ask::Approve)]);
    let mut tx = world.read().await;
    let (member, now) = (town.member(2), world.now());
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    let standing = popote_app::people::standing_in(&mut tx, member.person, &collective, now).await.unwrap();
    let acting = Some(member.organisation);
    let first =
        acts::page::awaiting(&mut tx, &collective, &standing, acting, town.pot, now, 1).await.unwrap();
    assert_eq!(first.len(), 1, "an invoice that others pay takes nobody's place");
    let names = acts::page::awaited(&mut tx, &collective, &first[0].invoice, now).await.unwrap();
    assert_eq!(names.len(), 1, "whoever stands in: {names:?}");
}

async fn a_change_of_password_suspends_authorising(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    approve_invoice(&world.context, town.member(2).acting(), invoice).await.unwrap();
    // Her role is older: it isn't what suspends.
    world.wait(jiff::SignedDuration::from_hours(1));
    let from = world.now() + jiff::SignedDuration::from_hours(48);
    let person = town.member(0).person;
    world
        .sql(move |tx| Box::pin(async move { store::people::suspend(tx, person, from).await.map(drop) }))
        .await;
    let early = authorise_invoice(&world.context, town.admin(), invoice).await;
    assert_eq!(refused(early), InvoiceRefusal::Suspended(from, Suspension::Password));
    // The page says so, rather than a button that must fail.
    let may = may(&world, &town, 0, invoice).await;
    assert_eq!(
        (may.authorise, may.why_not),
        (false, Some(InvoiceRefusal::Suspended(from, Suspension::Password)))
    );
    let found = popote_app::awaiting::of_person(&world.context, person).await.unwrap();
    let told = found.todo.iter().find_map(|todo| match todo {
        popote_app::awaiting::ToDo::Invoice(one) => Some((one.waiting.ask, one.waiting.from)),
        popote_app::awaiting::ToDo::Task(_) => None,
    });
    assert_eq!(told, Some((acts::page::Ask::Authorise, Some((from, Suspension::Password)))));
    world.wait(jiff::SignedDuration::from_hours(48));
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
}

async fn a_refused_invoice_leaves_its_room(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = entered(&world, &town, id, "F-1", 5_000).await;
    world.post().await;
    assert_eq!(
        field(refuse_invoice(&world.context, town.admin(), invoice, " ").await),
        [FieldError::new("reason", FieldRule::Missing)]
    );
    refuse_invoice(&world.context, town.admin(), invoice, "trop tôt").await.unwrap();
    assert!(world.post().await.iter().any(|mail| mail.text.contains("trop tôt")));
    let again = refuse_invoice(&world.context, town.admin(), invoice, "encore").await;
    assert_eq!(refused(again), InvoiceRefusal::NotAwaited(InvoiceState::Refused));
    entered(&world, &town, id, "F-1 bis", 5_000).await;
    sound(&world, &town).await;
}

async fn a_payment_that_comes_back_is_made_again_once(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 5_000).await;
    let (context, day) = (&world.context, date(2025, 3, 3));
    let before = pay_invoice(context, town.admin(), invoice, date(2025, 3, 2), "", None).await;
    assert_eq!(field(before), [FieldError::new("paid_on", FieldRule::Before(day))]);
    let key = town.admin().with_key("virement");
    for _ in 0..2 {
        pay_invoice(context, key.clone(), invoice, day, "VIR", Some(day)).await.unwrap();
    }
    assert_eq!(
        refused(pay_invoice(context, town.admin(), invoice, day, "", None).await),
        InvoiceRefusal::NotAwaited(InvoiceState::Settled)
    );
    bounce_payment(context, town.admin(), invoice, day, "IBAN fermé").await.unwrap();
    sound(&world, &town).await;
    assert_eq!(held(&world, &town, Account::Payable(id.0.into(), invoice.0.into())).await, 5_000);
    let none = bounce_payment(context, town.admin(), invoice, day, "encore").await;
    assert_eq!(refused(none), InvoiceRefusal::NotAwaited(InvoiceState::Authorised));
    pay_invoice(context, town.admin(), invoice, day, "VIR 2", None).await.unwrap();
    bounce_payment(context, town.admin(), invoice, day, "saisi par erreur").await.unwrap();
    pay_invoice(context, town.admin(), invoice, day, "VIR 3", Some(day)).await.unwrap();
    sound(&world, &town).await;
    let payments = store::payments::of(&mut world.read().await, invoice.0).await.unwrap();
    let ends: std::collections::BTreeSet<_> = payments.iter().map(|one| one.end_to_end.clone()).collect();
    assert_eq!((payments.len(), ends.len()), (3, 3), "a name of its own for each transfer");
}

async fn two_authorise_at_once_and_it_is_drawn_once(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = entered(&world, &town, id, "F-1", 3_000).await;
    approve_invoice(&world.context, town.member(2).acting(), invoice).await.unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (context, admin) = (world.context.clone(), town.admin());
            tokio::spawn(async move { authorise_invoice(&context, admin, invoice).await.is_ok() })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += u32::from(task.await.unwrap());
    }
    assert_eq!(done, 1);
    assert_eq!(held(&world, &town, Account::Payable(id.0.into(), invoice.0.into())).await, 3_000);
    sound(&world, &town).await;
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
    an_invoice_goes_from_its_entry_to_the_statement,
    an_invoice_is_within_what_was_received_and_comes_once,
    two_persons_answer_who_neither_entered_it_nor_are_paid,
    who_is_tied_to_the_payee_never_answers,
    nobody_stands_in_for_whom_the_payee_tied_since,
    who_does_the_work_never_answers_its_invoice_to_another_name,
    an_approval_falls_with_the_role_behind_it,
    who_stands_in_is_no_colleague_of_whoever_presents_it,
    what_is_to_be_paid_hides_nothing_from_those_who_answer,
    a_change_of_password_suspends_authorising,
    a_refused_invoice_leaves_its_room,
    a_payment_that_comes_back_is_made_again_once,
    two_authorise_at_once_and_it_is_drawn_once,
];

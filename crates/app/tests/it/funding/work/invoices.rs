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

pub(super) async fn may(world: &World, town: &Grown, place: usize, invoice: InvoiceId) -> acts::page::May {
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

on_both![
    an_invoice_goes_from_its_entry_to_the_statement,
    an_invoice_is_within_what_was_received_and_comes_once,
    two_persons_answer_who_neither_entered_it_nor_are_paid,
    an_approval_falls_with_the_role_behind_it,
    what_is_to_be_paid_hides_nothing_from_those_who_answer,
    a_change_of_password_suspends_authorising,
    a_refused_invoice_leaves_its_room,
    a_payment_that_comes_back_is_made_again_once,
    two_authorise_at_once_and_it_is_drawn_once,
];

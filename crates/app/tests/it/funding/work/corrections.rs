//! What was agreed to and was wrong, or was changed behind the program's back.

use domain::{PostingKind, references::Iban};

use super::{
    reports::{days, reported},
    *,
};

const OTHER_IBAN: &str = "FR14 2004 1010 0505 0001 3M02 606";

async fn correct(
    world: &World,
    acting: Acting,
    invoice: InvoiceId,
    iban: &str,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let session = Session::begun(acting.person, world.now());
    correct_invoice(&world.context, &session, acting, invoice, "Atelier Libre", iban, "compte fermé").await
}

async fn what_was_agreed_is_looked_at_again_before_it_is_paid(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 1_000).await;
    let day = date(2025, 3, 3);
    for (falsified, mended) in [
        (
            "UPDATE invoice SET iban = iban || '0'",
            "UPDATE invoice SET iban = substr(iban, 1, length(iban) - 1)",
        ),
        (
            "UPDATE invoice SET payee = payee || 's'",
            "UPDATE invoice SET payee = substr(payee, 1, length(payee) - 1)",
        ),
    ] {
        assert_eq!(falsify(&world, falsified).await, 1);
        let paid = pay_invoice(&world.context, town.admin(), invoice, day, "", None).await;
        assert_eq!(refused(paid), InvoiceRefusal::OrderChanged, "{falsified}");
        assert_eq!(broken(&world, &town).await, ["I22", "I24"], "{falsified}");
        assert_eq!(falsify(&world, mended).await, 1);
    }
    pay_invoice(&world.context, town.admin(), invoice, day, "", None).await.unwrap();
    sound(&world, &town).await;
}

/// Writes an invoice and its transfer as they were.
struct Restore(Invoice, store::payments::Payment);

impl store::Command for Restore {
    type Done = ();
    type Error = Failure<popote_app::Never>;

    async fn run(&self, tx: &mut store::Tx) -> Result<(), Self::Error> {
        store::invoices::update(tx, &self.0).await?;
        Ok(store::payments::update(tx, &self.1).await?)
    }
}

async fn rows_that_say_otherwise_than_the_journal_are_noticed(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 1_000).await;
    let day = date(2025, 3, 3);
    pay_invoice(&world.context, town.admin(), invoice, day, "", Some(day)).await.unwrap();
    let kept = row(&world, invoice).await;
    let payment = store::payments::of(&mut world.read().await, invoice.0).await.unwrap().remove(0);
    for falsified in [
        "UPDATE invoice SET state = 'authorised'",
        "UPDATE invoice SET state = 'paid'",
        "UPDATE invoice SET state = 'withdrawn'",
        "UPDATE invoice SET approved_by = NULL",
        "UPDATE invoice SET approved_by = entered_by",
        "UPDATE invoice SET authorised_by = entered_by",
        "UPDATE invoice SET approved_hash = NULL",
        "UPDATE invoice SET due_posting = NULL",
        "UPDATE payment SET settled_on = NULL",
        "UPDATE payment SET settled_posting = NULL",
        "UPDATE payment SET settled_on = '2025-03-02'",
        "UPDATE payment SET settled_on = NULL, settled_posting = NULL",
        "UPDATE payment SET bounced_on = settled_on",
        "UPDATE payment SET bounced_on = settled_on, bounced_posting = settled_posting",
    ] {
        assert_eq!(falsify(&world, falsified).await, 1, "{falsified}");
        assert!(broken(&world, &town).await.contains(&"I22"), "{falsified}");
        world.context.db.write(Restore(kept.clone(), payment.clone())).await.unwrap();
        assert_eq!(broken(&world, &town).await, Vec::<&str>::new(), "after {falsified}");
    }
    assert_eq!(falsify(&world, "DELETE FROM payment").await, 1);
    assert_eq!(broken(&world, &town).await, ["I22", "I24"]);
}

async fn what_is_due_is_taken_back_cent_by_cent(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let kept = authorised(&world, &town, id, "F-0", 1_001).await;
    let invoice = authorised(&world, &town, id, "F-1", 3_333).await;
    let day = date(2025, 3, 3);
    let before = accounts(&world, &town).await;
    pay_invoice(&world.context, town.admin(), invoice, day, "", None).await.unwrap();
    let under_way = refuse_invoice(&world.context, town.admin(), invoice, "non").await;
    assert_eq!(refused(under_way), InvoiceRefusal::NotAwaited(InvoiceState::Paid));
    bounce_payment(&world.context, town.admin(), invoice, day, "IBAN fermé").await.unwrap();
    let by_lead = withdraw_invoice(&world.context, town.member(1).acting(), invoice, "non").await;
    assert_eq!(refused(by_lead), InvoiceRefusal::AskTreasury);
    assert_eq!(accounts(&world, &town).await, before);
    refuse_invoice(&world.context, town.admin(), invoice, "mauvais IBAN").await.unwrap();
    sound(&world, &town).await;
    let left = |place: usize| Account::Reserved(town.member(place).organisation, id, domain::Source::Own);
    let held_now = (held(&world, &town, left(0)).await, held(&world, &town, left(2)).await);
    assert_eq!(held_now.0 + held_now.1, 5_000 - 1_001);
    let put = store::features::lists::on_feature(&mut world.read().await, id, 10).await.unwrap();
    assert_eq!(put.iter().map(|on| on.amount.minor()).collect::<Vec<_>>(), [3_000, 2_000]);
    // A corrected one takes its place, with the same number.
    entered(&world, &town, id, "F-1", 3_999).await;
    let _ = kept;
    sound(&world, &town).await;
}

async fn what_is_taken_back_after_the_end_returns(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 3_333).await;
    reported(&world, &town, id).await;
    days(&world, 70).await;
    assert_eq!(state(&world, id).await, State::Delivered);
    world.post().await;
    refuse_invoice(&world.context, town.admin(), invoice, "déjà payée").await.unwrap();
    sound(&world, &town).await;
    let share = |place: usize| Account::Share(town.member(place).organisation, domain::Source::Own);
    assert_eq!(held(&world, &town, share(0)).await, 10_000);
    assert_eq!(held(&world, &town, share(2)).await, 10_000);
    assert_eq!(feature(&world, id).await.allocated_total, Money::ZERO);
    let told = world.post().await;
    let girofle = told.iter().find(|mail| mail.to.address().contains("girofle")).expect("is told");
    assert!(girofle.text.contains("20,00") && girofle.text.contains("déjà payée"), "{}", girofle.text);
}

async fn a_wrong_iban_is_corrected_and_agreed_to_anew(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 3_333).await;
    let (context, day) = (&world.context, date(2025, 3, 3));
    pay_invoice(context, town.admin(), invoice, day, "", None).await.unwrap();
    let paid = correct(&world, town.member(1).acting(), invoice, OTHER_IBAN).await;
    assert_eq!(refused(paid), InvoiceRefusal::NotAwaited(InvoiceState::Paid));
    bounce_payment(context, town.admin(), invoice, day, "IBAN fermé").await.unwrap();
    assert_eq!(
        field(correct(&world, town.member(1).acting(), invoice, "FR76").await),
        [FieldError::new("iban", FieldRule::NotAnIban)]
    );
    let stranger = correct(&world, town.member(2).acting(), invoice, OTHER_IBAN).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(_))), "{stranger:?}");
    world.post().await;
    correct(&world, town.member(1).acting(), invoice, OTHER_IBAN).await.unwrap();
    let told = world.post().await;
    assert!(told.iter().any(|mail| mail.to.address().contains("yaal") && mail.text.contains("compte fermé")));
    sound(&world, &town).await;
    let unpaid = pay_invoice(context, town.admin(), invoice, day, "", None).await;
    assert_eq!(refused(unpaid), InvoiceRefusal::NotAwaited(InvoiceState::Entered));
    let own = approve_invoice(context, town.member(1).acting(), invoice).await;
    assert_eq!(refused(own), InvoiceRefusal::EnteredByYou);
    approve_invoice(context, town.member(2).acting(), invoice).await.unwrap();
    sound(&world, &town).await;
    authorise_invoice(context, town.admin(), invoice).await.unwrap();
    assert_eq!(
        held(&world, &town, Account::Payable(id.0.into(), invoice.0.into())).await,
        3_333,
        "drawn once"
    );
    pay_invoice(context, town.admin(), invoice, day, "", Some(day)).await.unwrap();
    sound(&world, &town).await;
    assert_eq!(row(&world, invoice).await.iban, Iban::parse(OTHER_IBAN).unwrap().as_str());
    let transfers = store::payments::of(&mut world.read().await, invoice.0).await.unwrap();
    assert_eq!(transfers[0].bounced_reason, "IBAN fermé");
    assert!(transfers[1].end_to_end.starts_with("F-1 ") && transfers[1].end_to_end.ends_with("-2"));
}

/// A sign-in of eleven minutes ago.
fn old(world: &World, acting: &Acting) -> Session {
    Session::begun(acting.person, world.now() - jiff::SignedDuration::from_mins(11))
}

async fn agreeing_asks_for_a_fresh_sign_in_of_the_same_person(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let context = &world.context;
    let stale = |done: Result<Answered, Failure<InvoiceRefusal>>, why: NotAllowed| {
        assert!(matches!(&done, Err(Failure::NotAllowed(found)) if *found == why), "{done:?}");
    };
    let (lead, third, admin) = (town.member(1).acting(), town.member(2).acting(), town.admin());
    let new = invoice("F-1", 1_000);
    stale(
        acts::enter_invoice(context, &old(&world, &lead), lead.clone(), id, new).await,
        NotAllowed::NotFresh,
    );
    let one = entered(&world, &town, id, "F-1", 1_000).await;
    stale(
        acts::approve_invoice(context, &old(&world, &third), third.clone(), one).await,
        NotAllowed::NotFresh,
    );
    let another = Session::begun(admin.person, world.now());
    stale(acts::approve_invoice(context, &another, third.clone(), one).await, NotAllowed::SignedOut);
    approve_invoice(context, third, one).await.unwrap();
    stale(acts::authorise_invoice(context, &old(&world, &admin), admin, one).await, NotAllowed::NotFresh);
    let late =
        correct_invoice(context, &old(&world, &lead), lead.clone(), one, "Atelier", OTHER_IBAN, "non").await;
    stale(late, NotAllowed::NotFresh);
}

async fn a_transfer_follows_the_one_that_came_back(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 1_000).await;
    let context = &world.context;
    pay_invoice(context, town.admin(), invoice, date(2025, 3, 3), "", None).await.unwrap();
    world.wait(jiff::SignedDuration::from_hours(48));
    bounce_payment(context, town.admin(), invoice, date(2025, 3, 5), "refusé").await.unwrap();
    let before = pay_invoice(context, town.admin(), invoice, date(2025, 3, 4), "", None).await;
    assert_eq!(field(before), [FieldError::new("paid_on", FieldRule::Before(date(2025, 3, 5)))]);
    pay_invoice(context, town.admin(), invoice, date(2025, 3, 5), "", None).await.unwrap();
    settle_payment(context, town.admin(), invoice, date(2025, 3, 5), "VIR 99").await.unwrap();
    // What left is no receipt, though its line of the statement is kept.
    let receipts = store::views::receipts(&mut world.read().await, town.pot, i64::MAX, 100).await.unwrap();
    assert!(!receipts.is_empty() && receipts.iter().all(|one| one.kind == PostingKind::Contribution));
    sound(&world, &town).await;
}

async fn nobody_who_entered_or_corrected_it_answers(world: World) {
    let town = world.collective(plain(), &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let context = &world.context;
    let (lead, admin, third) = (town.member(1), town.admin(), town.member(2));
    for kind in [RoleKind::Steward, RoleKind::Treasurer] {
        world.grant(&town, lead.person, kind).await;
        world.grant(&town, third.person, kind).await;
    }
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    correct(&world, admin.clone(), invoice, OTHER_IBAN).await.unwrap();
    for acting in [lead.acting(), admin.clone()] {
        assert_eq!(refused(approve_invoice(context, acting, invoice).await), InvoiceRefusal::EnteredByYou);
    }
    correct(&world, third.acting(), invoice, IBAN).await.unwrap();
    // Three wrote it: a fourth approves.
    let fourth = town.member(3);
    world.grant(&town, fourth.person, RoleKind::Steward).await;
    let nobody = approve_invoice(context, fourth.acting(), invoice).await;
    assert_eq!(refused(nobody), InvoiceRefusal::NobodyLeft, "no treasurer but those who wrote it");
    sound(&world, &town).await;
}

on_both![
    nobody_who_entered_or_corrected_it_answers,
    what_was_agreed_is_looked_at_again_before_it_is_paid,
    rows_that_say_otherwise_than_the_journal_are_noticed,
    what_is_due_is_taken_back_cent_by_cent,
    what_is_taken_back_after_the_end_returns,
    a_wrong_iban_is_corrected_and_agreed_to_anew,
    agreeing_asks_for_a_fresh_sign_in_of_the_same_person,
    a_transfer_follows_the_one_that_came_back,
];

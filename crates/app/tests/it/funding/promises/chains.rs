//! Covers of covers, late payments, payments taken back: what is received is what is called, whoever stands in.

use domain::{Account, Creditor, Source, rules::RefundPolicy, shares::OwnGoesTo};
use jiff::SignedDuration;
use popote_app::{departures::HowToLeave, fund_calls::unpaid_if_due};
use testkit::{World, on_both};

use super::*;

/// Four members; the first three promised 100.00 each to a feature of 300.00, at most so much.
async fn three_called(world: &World, maximum: i64) -> (Grown, FeatureId) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Nuage"];
    let rules = Rules { refunds: RefundPolicy::ByDecision, ..plain() };
    let town = world.collective_with(FundMode::Pledge, rules, &names).await;
    let id = outside(world, &town, 30_000, maximum).await;
    for place in 0..3 {
        promise(world, &town, place, firm(PromiseOn::Feature(id), 0, 10_000)).await.unwrap();
    }
    (town, id)
}

/// The last day of every call passes.
async fn overdue(world: &World, id: FeatureId) {
    world.wait(SignedDuration::from_hours(24 * 40));
    for call in calls(world, id).await {
        unpaid_if_due(&world.context, call.id).await.unwrap();
    }
}

async fn sums(world: &World, id: FeatureId) -> (i64, i64) {
    let sums = store::fund_calls::sums_of_feature(&mut world.read().await, id).await.unwrap();
    (sums.called.minor(), sums.received.minor())
}

/// The first two pay; the third doesn't, the fourth covers it and doesn't pay either, the second covers that.
async fn covered_twice(world: &World, maximum: i64) -> (Grown, FeatureId) {
    let (town, id) = three_called(world, maximum).await;
    for place in [0, 1] {
        pay_call(world, &town, call_of(world, &town, id, place).await.id, 10_000).await.unwrap();
    }
    overdue(world, id).await;
    let late = call_of(world, &town, id, 2).await;
    cover_call(&world.context, town.member(3).acting(), late.id, Money::new(10_000)).await.unwrap();
    overdue(world, id).await;
    let cover = call_of(world, &town, id, 3).await;
    cover_call(&world.context, town.member(1).acting(), cover.id, Money::new(10_000)).await.unwrap();
    sound(world, &town).await;
    (town, id)
}

async fn a_late_payment_frees_the_last_of_a_chain_of_covers(world: World) {
    // Nothing above the price: what is asked twice would not even fit.
    let (town, id) = covered_twice(&world, 30_000).await;
    let late = call_of(&world, &town, id, 2).await;
    let paid = pay_call(&world, &town, late.id, 10_000).await.unwrap();
    assert_eq!((paid.late.minor(), paid.excess.minor()), (10_000, 0));
    let all = calls(&world, id).await;
    let states: Vec<CallState> = all.iter().map(|call| call.state).collect();
    use CallState::{Cancelled, Paid};
    assert_eq!(states, [Paid, Paid, Paid, Cancelled, Cancelled]);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(30_000));
    assert_eq!(sums(&world, id).await, (30_000, 30_000));
    sound(&world, &town).await;
}

async fn whoever_paid_at_the_end_of_a_chain_is_paid_back_once(world: World) {
    let (town, id) = covered_twice(&world, 40_000).await;
    let last = calls(&world, id).await.pop().unwrap();
    pay_call(&world, &town, last.id, 10_000).await.unwrap();
    assert_eq!(sums(&world, id).await, (30_000, 30_000));
    let late = call_of(&world, &town, id, 2).await;
    let coverer = town.member(1).organisation;
    for (cents, back) in [(4_000, 4_000), (6_000, 10_000)] {
        pay_call(&world, &town, late.id, cents).await.unwrap();
        assert_eq!(held(&world, &town, Account::Pool(coverer)).await, back);
        assert_eq!(sums(&world, id).await, (30_000, 30_000), "what was given back counts no more");
        sound(&world, &town).await;
    }
    assert_eq!(call(&world, last.id).await.repaid, Money::new(10_000));
    // More is nobody's but its own.
    let more = pay_call(&world, &town, late.id, 500).await.unwrap();
    assert_eq!((more.to_call.minor(), more.late.minor(), more.excess.minor()), (0, 0, 500));
    sound(&world, &town).await;
}

/// The newest receipt of a call. The next is a second younger.
async fn receipt(world: &World, call: FundCallId) -> store::fund_calls::CallReceipt {
    world.wait(SignedDuration::from_secs(1));
    store::fund_calls::receipts(&mut world.read().await, call, 10).await.unwrap().pop().unwrap()
}

async fn a_mistyped_payment_is_taken_back_while_the_money_is_there(world: World) {
    let (town, id) = three_called(&world, 40_000).await;
    let (a, b) = (call_of(&world, &town, id, 0).await, call_of(&world, &town, id, 1).await);
    let undo = |acting, call, receipt| undo_received(&world.context, acting, call, receipt);
    pay_call(&world, &town, a.id, 100_000).await.unwrap();
    assert_eq!(held(&world, &town, Account::Pool(a.organisation)).await, 90_000);
    let wrong = receipt(&world, a.id).await;
    assert_eq!((wrong.amount.minor(), wrong.excess.minor()), (10_000, 90_000));
    let payer = undo(town.member(1).acting(), a.id, wrong.id).await;
    assert!(matches!(payer, Err(Failure::NotAllowed(_))), "{payer:?}");
    undo(town.admin(), a.id, wrong.id).await.unwrap();
    assert_eq!(held(&world, &town, Account::Pool(a.organisation)).await, 0);
    let again = call(&world, a.id).await;
    assert_eq!((again.state, again.received), (CallState::Open, Money::ZERO));
    sound(&world, &town).await;
    let twice = undo(town.admin(), a.id, wrong.id).await;
    assert!(matches!(twice, Err(Failure::Refused(CallRefusal::AlreadyUndone))), "{twice:?}");
    // What is all excess, because the call was paid before, is taken back like the rest.
    pay_call(&world, &town, a.id, 10_000).await.unwrap();
    world.wait(SignedDuration::from_secs(1));
    pay_call(&world, &town, a.id, 7_000).await.unwrap();
    undo(town.admin(), a.id, receipt(&world, a.id).await.id).await.unwrap();
    assert_eq!(held(&world, &town, Account::Pool(a.organisation)).await, 0);
    assert_eq!(call(&world, a.id).await.state, CallState::Paid);
    sound(&world, &town).await;
    // Not once its excess paid another call.
    pay_call(&world, &town, b.id, 25_000).await.unwrap();
    let next = outside(&world, &town, 12_000, 12_000).await;
    promise(&world, &town, 1, firm(PromiseOn::Feature(next), 0, 12_000)).await.unwrap();
    let moved = undo(town.admin(), b.id, receipt(&world, b.id).await.id).await;
    let gone = Money::new(12_000);
    assert!(
        matches!(moved, Err(Failure::Refused(CallRefusal::Gone { missing })) if missing == gone),
        "{moved:?}"
    );
    let by_itself = call_of(&world, &town, next, 1).await;
    let by_itself = undo(town.admin(), by_itself.id, receipt(&world, by_itself.id).await.id).await;
    assert!(matches!(by_itself, Err(Failure::Refused(CallRefusal::FromPool))), "{by_itself:?}");
    sound(&world, &town).await;
}

async fn what_paid_others_back_is_not_taken_back(world: World) {
    let (town, id) = covered_twice(&world, 40_000).await;
    let late = call_of(&world, &town, id, 2).await;
    pay_call(&world, &town, late.id, 10_000).await.unwrap();
    let undone =
        undo_received(&world.context, town.admin(), late.id, receipt(&world, late.id).await.id).await;
    assert!(matches!(undone, Err(Failure::Refused(CallRefusal::PaidBack))), "{undone:?}");
    sound(&world, &town).await;
}

/// An undone receipt makes a call unpaid by its deadline, with the story and the mails of one.
async fn a_call_undone_after_its_last_day_is_told_to_be_unpaid(world: World) {
    let (town, id) = three_called(&world, 40_000).await;
    let a = call_of(&world, &town, id, 0).await;
    pay_call(&world, &town, a.id, 10_000).await.unwrap();
    overdue(&world, id).await;
    world.post().await;
    undo_received(&world.context, town.admin(), a.id, receipt(&world, a.id).await.id).await.unwrap();
    assert_eq!(call(&world, a.id).await.state, CallState::Open);
    assert!(!world.post().await.is_empty(), "its people are told");
    assert_eq!(call(&world, a.id).await.state, CallState::Unpaid);
    sound(&world, &town).await;
}

async fn the_same_payment_is_asked_about_once(world: World) {
    let (town, id) = three_called(&world, 40_000).await;
    let a = call_of(&world, &town, id, 0).await;
    let new = NewCallPayment {
        amount: Money::new(3_000),
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
        another: false,
    };
    let keyed = |key: &str| town.admin().with_key(key);
    let record = |acting, new| record_call_payment(&world.context, acting, a.id, new);
    record(keyed("1"), new.clone()).await.unwrap();
    let twin = record(keyed("2"), new.clone()).await;
    let Err(Failure::Refused(CallRefusal::Twin(twin))) = twin else { panic!("{twin:?}") };
    assert_eq!((twin.amount, twin.recorded_on), (Money::new(3_000), date(2025, 3, 3)));
    record(keyed("1"), new.clone()).await.unwrap();
    assert_eq!(call(&world, a.id).await.received, Money::new(3_000), "sent twice, it is one");
    record(keyed("2"), NewCallPayment { another: true, ..new.clone() }).await.unwrap();
    // Another day is another payment; one taken back is none.
    world.wait(SignedDuration::from_secs(1));
    record(keyed("3"), NewCallPayment { received_on: date(2025, 3, 2), ..new.clone() }).await.unwrap();
    assert_eq!(call(&world, a.id).await.received, Money::new(9_000));
    undo_received(&world.context, town.admin(), a.id, receipt(&world, a.id).await.id).await.unwrap();
    record(keyed("4"), NewCallPayment { received_on: date(2025, 3, 2), ..new }).await.unwrap();
    sound(&world, &town).await;
}

async fn leave(world: &World, town: &Grown, place: usize, own: OwnGoesTo) {
    let how = HowToLeave {
        decision: Some(decide(world, town, Some(place)).await),
        own,
        stays: false,
        confirmed: true,
    };
    let organisation = town.member(place).organisation;
    depart(&world.context, town.admin(), town.id, organisation, how).await.unwrap();
    sound(world, town).await;
}

async fn what_a_departed_organisation_pays_goes_where_its_departure_says(world: World) {
    let (town, id) = three_called(&world, 40_000).await;
    for (place, own) in [(1, OwnGoesTo::RefundDue), (2, OwnGoesTo::PoolCommon)] {
        leave(&world, &town, place, own).await;
        let organisation = town.member(place).organisation;
        let mine = call_of(&world, &town, id, place).await;
        let goes = match own {
            OwnGoesTo::RefundDue => Account::RefundDue(Creditor::Organisation(organisation)),
            OwnGoesTo::PoolCommon => Account::PoolCommon,
        };
        pay_call(&world, &town, mine.id, 15_000).await.unwrap();
        assert_eq!(held(&world, &town, goes).await, 5_000);
        sound(&world, &town).await;
        world.wait(SignedDuration::from_secs(1));
        pay_call(&world, &town, mine.id, 700).await.unwrap();
        assert_eq!(held(&world, &town, goes).await, 5_700);
        sound(&world, &town).await;
        undo_received(&world.context, town.admin(), mine.id, receipt(&world, mine.id).await.id)
            .await
            .unwrap();
        assert_eq!(held(&world, &town, goes).await, 5_000);
        sound(&world, &town).await;
    }
}

async fn a_coverer_that_left_is_paid_back_where_its_departure_says(world: World) {
    let (town, id) = covered_twice(&world, 40_000).await;
    let last = calls(&world, id).await.pop().unwrap();
    pay_call(&world, &town, last.id, 10_000).await.unwrap();
    leave(&world, &town, 1, OwnGoesTo::RefundDue).await;
    pay_call(&world, &town, call_of(&world, &town, id, 2).await.id, 10_000).await.unwrap();
    let owed = Account::RefundDue(Creditor::Organisation(last.organisation));
    assert_eq!(held(&world, &town, owed).await, 10_000);
    assert_eq!(held(&world, &town, Account::Reserved(last.organisation, id, Source::Own)).await, 10_000);
    sound(&world, &town).await;
}

/// What is done behind the program's back, and what undoes it.
const FALSIFIED: &[(&str, &str)] = &[
    (
        "UPDATE fund_call SET state = 'cancelled' WHERE number = 5",
        "UPDATE fund_call SET state = 'open' WHERE number = 5",
    ),
    (
        "UPDATE fund_call SET state = 'paid' WHERE number = 3",
        "UPDATE fund_call SET state = 'covered' WHERE number = 3",
    ),
    (
        "UPDATE fund_call SET covers = NULL WHERE number = 5",
        "UPDATE fund_call SET covers = $1 WHERE number = 5",
    ),
    ("DELETE FROM fund_call WHERE number = 5", "DELETE FROM fund_call WHERE number = 5"),
];

/// What a check finds in the calls.
async fn found(world: &World, town: &Grown) -> usize {
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    report.findings.iter().filter(|one| one.code == "I21").map(|one| one.breaches.len()).sum()
}

async fn verify_notices_a_call_that_is_gone_or_says_another_state(world: World) {
    let (town, id) = covered_twice(&world, 40_000).await;
    let covers = calls(&world, id).await.pop().unwrap().covers;
    for &(sql, back) in FALSIFIED {
        assert_eq!(found(&world, &town).await, 0);
        world.write(Changed(sql, None)).await;
        assert!(found(&world, &town).await > 0, "{sql}");
        world.write(Changed(back, covers)).await;
    }
}

/// Rows changed behind the program's back.
struct Changed(&'static str, Option<FundCallId>);

impl store::Command for Changed {
    type Done = ();
    type Error = Failure<popote_app::Never>;

    async fn run(&self, tx: &mut store::Tx) -> Result<(), Failure<popote_app::Never>> {
        let values = if self.0.contains("$1") { store::args![self.1] } else { store::args![] };
        store::execute(tx, self.0, values).await?;
        Ok(())
    }
}

on_both![
    verify_notices_a_call_that_is_gone_or_says_another_state,
    a_late_payment_frees_the_last_of_a_chain_of_covers,
    whoever_paid_at_the_end_of_a_chain_is_paid_back_once,
    a_mistyped_payment_is_taken_back_while_the_money_is_there,
    what_paid_others_back_is_not_taken_back,
    a_call_undone_after_its_last_day_is_told_to_be_unpaid,
    the_same_payment_is_asked_about_once,
    what_a_departed_organisation_pays_goes_where_its_departure_says,
    a_coverer_that_left_is_paid_back_where_its_departure_says,
];

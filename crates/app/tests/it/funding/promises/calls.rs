//! Calls for funds: partial, excess, late, unpaid, covered, repaid.

use domain::{Account, Source};
use jiff::SignedDuration;
use popote_app::fund_calls::unpaid_if_due;
use testkit::{World, on_both};

use super::*;

/// A feature of 1 000.00 to which the first and the third member promised 500.00 each.
async fn two_called(world: &World, mode: FundMode) -> (Grown, FeatureId) {
    let town = promised_town(world, mode).await;
    let id = outside(world, &town, 100_000, 120_000).await;
    for place in [0, 2] {
        promise(world, &town, place, firm(PromiseOn::Feature(id), 0, 50_000)).await.unwrap();
    }
    (town, id)
}

async fn an_order_line_is_paid_and_received(world: World) {
    let (town, id) = two_called(&world, FundMode::Direct).await;
    let mine = call_of(&world, &town, id, 2).await;
    let payer = town.member(2).acting();
    // Only the organisation called says so, only whoever does the work or a steward confirms.
    let stranger = say_paid(&world.context, town.member(1).acting(), mine.id).await;
    assert!(matches!(stranger, Err(Failure::NotFound)), "{stranger:?}");
    say_paid(&world.context, payer.clone(), mine.id).await.unwrap();
    let confirm =
        |acting, cents| confirm_received(&world.context, acting, mine.id, Money::new(cents), LAST_PAID);
    let not_mine = confirm(payer.clone(), 50_000).await;
    assert!(matches!(not_mine, Err(Failure::NotAllowed(_))), "{not_mine:?}");
    let worker = town.member(0).acting();
    let over = confirm(worker.clone(), 50_001).await;
    assert!(
        matches!(over, Err(Failure::Refused(CallRefusal::OverRest { rest })) if rest == Money::new(50_000))
    );
    confirm(worker.clone(), 20_000).await.unwrap();
    assert_eq!(call(&world, mine.id).await.state, CallState::PartlyPaid);
    confirm(worker.clone(), 30_000).await.unwrap();
    assert_eq!(call(&world, mine.id).await.state, CallState::Paid);
    let more = confirm(worker.clone(), 1).await;
    assert!(matches!(more, Err(Failure::Refused(CallRefusal::NotAwaited(CallState::Paid)))));
    let receipts = store::fund_calls::receipts(&mut world.read().await, mine.id, 10).await.unwrap();
    undo_received(&world.context, worker.clone(), mine.id, receipts[1].id).await.unwrap();
    assert_eq!(call(&world, mine.id).await.received, Money::new(20_000));
    let twice = undo_received(&world.context, worker, mine.id, receipts[1].id).await;
    assert!(matches!(twice, Err(Failure::Refused(CallRefusal::AlreadyUndone))));
    let recorded = pay_call(&world, &town, mine.id, 100).await;
    assert!(matches!(recorded, Err(Failure::Refused(CallRefusal::OtherMode))), "nobody holds money there");
    assert!(accounts(&world, &town).await.is_empty());
    sound(&world, &town).await;
}

/// Counter-example 6 of the audit: partial, over-, late payments each have a rule.
async fn every_euro_is_posted_for_its_true_amount(world: World) {
    let (town, id) = two_called(&world, FundMode::Pledge).await;
    let (a, b) = (call_of(&world, &town, id, 0).await, call_of(&world, &town, id, 2).await);
    let over = pay_call(&world, &town, a.id, 50_500).await.unwrap();
    assert_eq!((over.to_call.minor(), over.excess.minor()), (50_000, 500));
    assert_eq!(held(&world, &town, Account::Pool(a.organisation)).await, 500);
    pay_call(&world, &town, b.id, 30_000).await.unwrap();
    sound(&world, &town).await;
    unpaid_if_due(&world.context, b.id).await.unwrap();
    assert_eq!(call(&world, b.id).await.state, CallState::PartlyPaid, "its day is not over");
    let early = cover_call(&world.context, town.member(1).acting(), b.id, Money::new(1)).await;
    assert!(matches!(early, Err(Failure::Refused(CallRefusal::NotOverdue(_)))));
    world.wait(SignedDuration::from_hours(24 * 40));
    unpaid_if_due(&world.context, b.id).await.unwrap();
    assert_eq!(call(&world, b.id).await.state, CallState::Unpaid);
    let own = cover_call(&world.context, town.member(2).acting(), b.id, Money::new(1)).await;
    assert!(matches!(own, Err(Failure::Refused(CallRefusal::OwnCall))));
    let over = cover_call(&world.context, town.member(1).acting(), b.id, Money::new(20_001)).await;
    assert!(matches!(over, Err(Failure::Refused(CallRefusal::OverRest { .. }))));
    cover_call(&world.context, town.member(1).acting(), b.id, Money::new(20_000)).await.unwrap();
    assert_eq!(call(&world, b.id).await.state, CallState::Covered);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(100_000));
    sound(&world, &town).await;
    let cover = call_of(&world, &town, id, 1).await;
    pay_call(&world, &town, cover.id, 20_000).await.unwrap();
    sound(&world, &town).await;
    // The late one pays all the same: the coverer gets as much back, for its next call.
    let late = pay_call(&world, &town, b.id, 20_000).await.unwrap();
    assert_eq!(late.late, Money::new(20_000));
    assert_eq!(held(&world, &town, Account::Pool(cover.organisation)).await, 20_000);
    assert_eq!(held(&world, &town, Account::Reserved(b.organisation, id, Source::Own)).await, 50_000);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(100_000));
    assert_eq!(call(&world, b.id).await.state, CallState::Paid);
    sound(&world, &town).await;
}

async fn a_late_payment_takes_the_place_of_a_cover_that_is_not_paid(world: World) {
    let (town, id) = two_called(&world, FundMode::Pledge).await;
    let b = call_of(&world, &town, id, 2).await;
    world.wait(SignedDuration::from_hours(24 * 40));
    unpaid_if_due(&world.context, b.id).await.unwrap();
    cover_call(&world.context, town.member(1).acting(), b.id, Money::new(50_000)).await.unwrap();
    let cover = call_of(&world, &town, id, 1).await;
    pay_call(&world, &town, cover.id, 10_000).await.unwrap();
    pay_call(&world, &town, b.id, 50_000).await.unwrap();
    let after = call(&world, cover.id).await;
    assert_eq!((after.state, after.cancelled), (CallState::Cancelled, Money::new(40_000)));
    assert_eq!(held(&world, &town, Account::Pool(cover.organisation)).await, 10_000);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(100_000));
    sound(&world, &town).await;
}

async fn the_same_payment_sent_twice_is_one(world: World) {
    let (town, id) = two_called(&world, FundMode::Pledge).await;
    let a = call_of(&world, &town, id, 0).await;
    let new = NewCallPayment {
        amount: Money::new(50_000),
        received_on: date(2025, 3, 1),
        reference: "VIR".to_owned(),
        proof: None,
        another: true,
    };
    for _ in 0..2 {
        let acting = town.admin().with_key("une-fois");
        record_call_payment(&world.context, acting, a.id, new.clone()).await.unwrap();
    }
    assert_eq!(held(&world, &town, Account::Reserved(a.organisation, id, Source::Own)).await, 50_000);
    assert_eq!(held(&world, &town, Account::Pool(a.organisation)).await, 0);
    let other = record_call_payment(&world.context, town.member(2).acting(), a.id, new).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))), "the treasurer alone");
    sound(&world, &town).await;
}

const LAST_PAID: Date = date(2025, 3, 1);

on_both![
    an_order_line_is_paid_and_received,
    every_euro_is_posted_for_its_true_amount,
    a_late_payment_takes_the_place_of_a_cover_that_is_not_paid,
    the_same_payment_sent_twice_is_one,
];

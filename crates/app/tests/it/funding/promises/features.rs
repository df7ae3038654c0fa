//! Promises made to a feature outside rounds.

use domain::{Account, features::Ending};
use popote_app::closings::{Closed, cancel_feature, close_if_due};
use testkit::{World, on_both};

use super::*;

async fn promises_trigger_and_become_calls(world: World) {
    let town = promised_town(&world, FundMode::Direct).await;
    let id = outside(&world, &town, 50_000, 80_000).await;
    let on = PromiseOn::Feature(id);
    let said = PromiseWish { kind: PromiseKind::Intention, ..firm(on, 0, 90_000) };
    promise(&world, &town, 0, said).await.unwrap();
    assert_eq!(feature(&world, id).await.allocated_total, Money::ZERO, "an intention counts for nothing");
    promise(&world, &town, 0, firm(on, 0, 20_000)).await.unwrap();
    promise(&world, &town, 0, firm(on, 20_000, 15_000)).await.unwrap();
    sound(&world, &town).await;
    let stale = promise(&world, &town, 0, firm(on, 20_000, 1)).await;
    assert!(matches!(stale, Err(Failure::Refused(PromiseRefusal::Stale { .. }))), "{stale:?}");
    let over = promise(&world, &town, 1, firm(on, 0, 80_000)).await;
    let room = FundingRefusal::OverMaximum { room: Money::new(65_000), wanted: Money::new(80_000) };
    assert!(matches!(over, Err(Failure::Refused(PromiseRefusal::Funding(why))) if why == room), "{over:?}");
    let done = promise(&world, &town, 1, firm(on, 0, 35_000)).await.unwrap();
    assert!(done.triggered);
    assert_eq!(state(&world, id).await, State::Building);
    let all = calls(&world, id).await;
    let amounts: Vec<i64> = all.iter().map(|call| call.amount.minor()).collect();
    assert_eq!(amounts.iter().sum::<i64>(), 50_000);
    assert_eq!(all[0].reference, domain::references::reference("CHATONS0001"));
    let bound = promise(&world, &town, 1, firm(on, 35_000, 1)).await;
    assert!(matches!(bound, Err(Failure::Refused(PromiseRefusal::Funding(FundingRefusal::Bound { .. })))));
    // Until the closing date others still join, each called for what it adds.
    promise(&world, &town, 2, firm(on, 0, 10_000)).await.unwrap();
    assert_eq!(calls(&world, id).await.len(), 3);
    assert_eq!(right(&world, &town, Account::Triggered(id)).await, 60_000);
    assert!(accounts(&world, &town).await.is_empty(), "nobody holds money in a direct pot");
    sound(&world, &town).await;
    let subjects: Vec<String> = world.post().await.into_iter().map(|mail| mail.subject).collect();
    let called = subjects.iter().filter(|subject| subject.contains("à régler")).count();
    assert_eq!(called, 3, "{subjects:#?}");
}

async fn a_sum_that_is_not_reached_owes_nothing(world: World) {
    let town = promised_town(&world, FundMode::Pledge).await;
    let id = outside(&world, &town, 50_000, 50_000).await;
    let on = PromiseOn::Feature(id);
    promise(&world, &town, 0, firm(on, 0, 49_999)).await.unwrap();
    world.wait_until("2025-05-01T00:00:00+02:00");
    let late = promise(&world, &town, 1, firm(on, 0, 1)).await;
    let closed = FundingRefusal::Closed(LAST);
    assert!(matches!(late, Err(Failure::Refused(PromiseRefusal::Funding(why))) if why == closed));
    let closed = close_if_due(&world.context, id).await.unwrap();
    assert_eq!(closed, Closed::NotFunded(Money::new(49_999)));
    assert!(calls(&world, id).await.is_empty());
    let organisation = town.member(0).organisation;
    assert_eq!(right(&world, &town, Account::Promised(organisation)).await, 0);
    sound(&world, &town).await;
}

async fn what_is_not_paid_is_not_asked_once_the_feature_ends(world: World) {
    let town = promised_town(&world, FundMode::Pledge).await;
    let id = outside(&world, &town, 50_000, 50_000).await;
    let on = PromiseOn::Feature(id);
    promise(&world, &town, 0, firm(on, 0, 20_000)).await.unwrap();
    promise(&world, &town, 2, firm(on, 0, 30_000)).await.unwrap();
    let (paid, unpaid) = (call_of(&world, &town, id, 0).await, call_of(&world, &town, id, 2).await);
    pay_call(&world, &town, paid.id, 20_000).await.unwrap();
    pay_call(&world, &town, unpaid.id, 10_000).await.unwrap();
    sound(&world, &town).await;
    cancel_feature(&world.context, town.admin(), id, Ending::Overtaken, "déjà fait").await.unwrap();
    assert_eq!(call(&world, paid.id).await.state, CallState::Paid);
    let ended = call(&world, unpaid.id).await;
    assert_eq!((ended.state, ended.cancelled), (CallState::Cancelled, Money::new(20_000)));
    let pool = |place: usize| Account::Pool(town.member(place).organisation);
    assert_eq!(held(&world, &town, pool(0)).await, 20_000);
    assert_eq!(held(&world, &town, pool(2)).await, 10_000);
    assert_eq!(feature(&world, id).await.allocated_total, Money::ZERO);
    sound(&world, &town).await;
    // A transfer that was on its way waits for the next call, which it pays first.
    pay_call(&world, &town, unpaid.id, 20_000).await.unwrap();
    assert_eq!(held(&world, &town, pool(2)).await, 30_000);
    let next = outside(&world, &town, 25_000, 25_000).await;
    promise(&world, &town, 2, firm(PromiseOn::Feature(next), 0, 25_000)).await.unwrap();
    assert_eq!(call_of(&world, &town, next, 2).await.state, CallState::Paid);
    assert_eq!(held(&world, &town, pool(2)).await, 5_000);
    sound(&world, &town).await;
}

async fn promises_are_refused_where_they_make_no_sense(world: World) {
    let own = town(&world).await;
    let id = propose_so(&world, &own, Proposal { place: Place::Outside, ..proposal(100, 100) }, None).await;
    let refused = promise(&world, &own, 0, firm(PromiseOn::Feature(id), 0, 100)).await;
    assert!(matches!(refused, Err(Failure::Refused(PromiseRefusal::PaidInAdvance))));
    let town = world.collective_with(FundMode::Direct, plain(), &["Un", "Deux"]).await;
    let id = outside(&world, &town, 50_000, 50_000).await;
    let on = PromiseOn::Feature(id);
    for wrong in [-1, i64::MAX] {
        let refused = promise(&world, &town, 0, firm(on, 0, wrong)).await;
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{wrong}: {refused:?}");
    }
    let conditional = PromiseWish { kind: PromiseKind::Conditional, ..firm(on, 0, 500) };
    assert!(matches!(promise(&world, &town, 0, conditional).await, Err(Failure::Invalid(_))));
    let waits = PromiseWish { subject_to: Some(LAST), ..conditional };
    promise(&world, &town, 0, waits).await.unwrap();
    assert_eq!(right(&world, &town, Account::Promised(town.member(0).organisation)).await, 0);
    // Lifted: it becomes firm.
    promise(&world, &town, 0, firm(on, 0, 500)).await.unwrap();
    assert_eq!(right(&world, &town, Account::Promised(town.member(0).organisation)).await, -500);
    let acting = town.member(0).acting().with_key("une-fois");
    for _ in 0..2 {
        let again = save_promise(&world.context, acting.clone(), town.pot, firm(on, 500, 700)).await.unwrap();
        assert_eq!(again.firm, Money::new(700));
    }
    sound(&world, &town).await;
}

on_both![
    promises_trigger_and_become_calls,
    a_sum_that_is_not_reached_owes_nothing,
    what_is_not_paid_is_not_asked_once_the_feature_ends,
    promises_are_refused_where_they_make_no_sense,
];

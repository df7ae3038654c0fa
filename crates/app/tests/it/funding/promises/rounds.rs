//! Promises made for a round: each its own right, or shared out.

use domain::Account;
use jiff::SignedDuration;
use popote_app::{closings::close_round_if_due, fund_calls::unpaid_if_due};
use testkit::{World, on_both};

use super::*;

async fn round(world: &World, town: &Grown, promises: PromiseRule) -> RoundId {
    open(world, town, RoundPlan { promises, ..plan() }).await
}

async fn each_allocates_its_own_promise(world: World) {
    let town = promised_town(&world, FundMode::Direct).await;
    let round = round(&world, &town, PromiseRule::AsPutIn).await;
    let on = PromiseOn::Round(round);
    for (place, cents) in [(0, 40_000), (1, 30_000), (2, 5_000)] {
        promise(&world, &town, place, firm(on, 0, cents)).await.unwrap();
    }
    let id = propose(&world, &town, 50_000, 60_000).await;
    let by_feature = promise(&world, &town, 0, firm(PromiseOn::Feature(id), 0, 1)).await;
    assert!(matches!(by_feature, Err(Failure::Refused(PromiseRefusal::FundedByRound))));
    put(&world, &town, 0, &[wish(id, 0, 35_000)]).await.unwrap();
    let used = promise(&world, &town, 0, firm(on, 40_000, 34_999)).await;
    assert!(
        matches!(used, Err(Failure::Refused(PromiseRefusal::Used { used })) if used == Money::new(35_000))
    );
    promise(&world, &town, 0, firm(on, 40_000, 35_000)).await.unwrap();
    let over = put(&world, &town, 1, &[wish(id, 0, 30_001)]).await;
    assert!(matches!(over, Err(Failure::Refused(_))), "{over:?}");
    let saved = put(&world, &town, 1, &[wish(id, 0, 20_000)]).await.unwrap();
    assert_eq!(saved.triggered, [id]);
    assert_eq!(call_of(&world, &town, id, 0).await.amount, Money::new(35_000));
    assert_eq!(call_of(&world, &town, id, 1).await.amount, Money::new(20_000));
    put(&world, &town, 2, &[wish(id, 0, 1_000)]).await.unwrap();
    assert_eq!(call_of(&world, &town, id, 2).await.amount, Money::new(1_000));
    sound(&world, &town).await;
    world.wait_until("2025-05-01T00:00:00+02:00");
    close_round_if_due(&world.context, round).await.unwrap();
    // What nobody used isn't promised any more; what was called stands.
    assert_eq!(right(&world, &town, Account::Promised(town.member(1).organisation)).await, -20_000);
    assert_eq!(right(&world, &town, Account::Promised(town.member(2).organisation)).await, -1_000);
    sound(&world, &town).await;
}

/// Counter-example 6 of the audit: two features triggered in a shared round never call more than was promised.
async fn a_shared_round_calls_in_proportion_to_what_remains(world: World) {
    let town = promised_town(&world, FundMode::Pledge).await;
    let round = round(&world, &town, PromiseRule::Shared).await;
    let on = PromiseOn::Round(round);
    promise(&world, &town, 0, firm(on, 0, 60_000)).await.unwrap();
    promise(&world, &town, 1, firm(on, 0, 30_000)).await.unwrap();
    promise(&world, &town, 1, firm(on, 30_000, 29_999)).await.unwrap();
    promise(&world, &town, 1, firm(on, 29_999, 30_000)).await.unwrap();
    distribute(&world, &town, round).await;
    let late = promise(&world, &town, 1, firm(on, 30_000, 31_000)).await;
    assert!(matches!(late, Err(Failure::Refused(PromiseRefusal::SharedOut))));
    for place in 0..3 {
        let organisation = town.member(place).organisation;
        assert_eq!(right(&world, &town, Account::Right(organisation)).await, 30_000);
    }
    let (f, g) = (propose(&world, &town, 45_000, 45_000).await, propose(&world, &town, 40_001, 45_000).await);
    put(&world, &town, 2, &[wish(f, 0, 20_000), wish(g, 0, 10_000)]).await.unwrap();
    put(&world, &town, 1, &[wish(f, 0, 5_000), wish(g, 0, 25_000)]).await.unwrap();
    let saved = put(&world, &town, 0, &[wish(f, 0, 20_000), wish(g, 0, 5_001)]).await.unwrap();
    assert_eq!(saved.triggered.len(), 2);
    for (id, parts) in [(f, [30_000, 15_000]), (g, [26_667, 13_334])] {
        for (place, part) in parts.into_iter().enumerate() {
            assert_eq!(call_of(&world, &town, id, place).await.amount, Money::new(part));
        }
    }
    sound(&world, &town).await;
    world.wait_until("2025-05-01T00:00:00+02:00");
    close_round_if_due(&world.context, round).await.unwrap();
    assert_eq!(right(&world, &town, Account::Promised(town.member(0).organisation)).await, -56_667);
    assert_eq!(right(&world, &town, Account::Promised(town.member(1).organisation)).await, -28_334);
    sound(&world, &town).await;
}

async fn a_default_lowers_everybodys_rights_in_a_shared_round(world: World) {
    let town = promised_town(&world, FundMode::Pledge).await;
    let round = open(
        &world,
        &town,
        RoundPlan { promises: PromiseRule::Shared, closes_on: date(2025, 6, 30), ..plan() },
    )
    .await;
    let on = PromiseOn::Round(round);
    promise(&world, &town, 0, firm(on, 0, 60_000)).await.unwrap();
    promise(&world, &town, 1, firm(on, 0, 30_000)).await.unwrap();
    distribute(&world, &town, round).await;
    let f = propose(&world, &town, 30_000, 30_000).await;
    let g = propose(&world, &town, 60_000, 60_000).await;
    put(&world, &town, 0, &[wish(f, 0, 30_000)]).await.unwrap();
    put(&world, &town, 2, &[wish(g, 0, 25_000)]).await.unwrap();
    world.wait(SignedDuration::from_hours(24 * 40));
    let unpaid = call_of(&world, &town, f, 1).await;
    assert_eq!(unpaid.amount, Money::new(10_000));
    unpaid_if_due(&world.context, unpaid.id).await.unwrap();
    // 100.00 less to give: 50.00 of each of the two who still hold 300.00.
    assert_eq!(right(&world, &town, Account::Right(town.member(1).organisation)).await, 25_000);
    assert_eq!(right(&world, &town, Account::Right(town.member(2).organisation)).await, 0);
    assert_eq!(feature(&world, g).await.allocated_total, Money::new(25_000));
    sound(&world, &town).await;
    unpaid_if_due(&world.context, unpaid.id).await.unwrap();
    assert_eq!(right(&world, &town, Account::Right(town.member(1).organisation)).await, 25_000, "once");
}

on_both![
    each_allocates_its_own_promise,
    a_shared_round_calls_in_proportion_to_what_remains,
    a_default_lowers_everybodys_rights_in_a_shared_round,
];

//! What returns: to the cent, by source, at the instant said, once.

use domain::{
    Account, Source,
    actor::NotAllowed,
    features::{Ending, FeatureRefusal},
    input::FieldRule,
};
use popote_app::closings::{Closed, RoundReport, cancel_feature, close_if_due, close_round_if_due};
use testkit::{World, on_both};

use super::*;

async fn not_covered_everything_returns_to_the_cent(world: World) {
    let town = town(&world).await;
    let fund = give(&world, &town, 1_000, None).await;
    pay(&world, &town, 0, 10_000).await;
    let round = open(&world, &town, plan()).await;
    distribute(&world, &town, round).await;
    let before = accounts(&world, &town).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    for (place, cents) in [(0, 3_666), (1, 3_000), (2, 3_666)] {
        put(&world, &town, place, &[wish(id, 0, cents)]).await.unwrap();
    }
    world.wait_until("2025-05-01T00:00:00+02:00");
    let closed = close_if_due(&world.context, id).await.unwrap();
    assert_eq!(closed, Closed::NotFunded(Money::new(10_332)));
    let row = feature(&world, id).await;
    assert_eq!(
        (row.state, row.allocated_total, row.ended_at),
        (State::NotFunded, Money::ZERO, Some(world.now()))
    );
    // The same shares, of the same sources: gifts too, since nothing was triggered.
    assert_eq!(accounts(&world, &town).await, before);
    assert!(held(&world, &town, Account::Share(town.member(1).organisation, Source::Gift(fund))).await > 0);
    assert_eq!(close_if_due(&world.context, id).await.unwrap(), Closed::Already);
    sound(&world, &town).await;
}

async fn a_last_day_ends_at_midnight_in_paris_also_when_clocks_change(world: World) {
    let cases = [
        // Winter time, the short day in March, the first day of summer time, the long day in October.
        (date(2025, 3, 10), "2025-03-10T23:00:00Z"),
        (date(2025, 3, 29), "2025-03-29T23:00:00Z"),
        (date(2025, 3, 30), "2025-03-30T22:00:00Z"),
        (date(2025, 10, 25), "2025-10-25T22:00:00Z"),
        (date(2025, 10, 26), "2025-10-26T23:00:00Z"),
    ];
    let town = town(&world).await;
    for (closing_on, ends) in cases {
        let outside = Proposal { closing_on, place: Place::Outside, ..proposal(50_000, 60_000) };
        let id = propose_so(&world, &town, outside, None).await;
        let ends: jiff::Timestamp = ends.parse().unwrap();
        let due = store::deadlines::waiting(&mut world.read().await, id.0, popote_app::triggers::CLOSE).await;
        assert_eq!(due.unwrap(), Some(ends), "{closing_on}");
        world.context.clock.set(ends - jiff::SignedDuration::from_micros(1));
        assert_eq!(close_if_due(&world.context, id).await.unwrap(), Closed::Already, "{closing_on}");
        assert_eq!(state(&world, id).await, State::Funding);
        world.context.clock.set(ends);
        assert_eq!(close_if_due(&world.context, id).await.unwrap(), Closed::NotFunded(Money::ZERO));
    }
    sound(&world, &town).await;
}

async fn a_round_closes_in_order_and_carries_over(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 10_000).await;
    let covered = propose(&world, &town, 9_000, 20_000).await;
    let short = propose(&world, &town, 50_000, 60_000).await;
    let outside =
        Proposal { place: Place::Outside, closing_on: date(2025, 8, 31), ..proposal(30_000, 40_000) };
    let later = propose_so(&world, &town, outside, None).await;
    put(&world, &town, 0, &[wish(covered, 0, 9_000)]).await.unwrap();
    put(&world, &town, 1, &[wish(short, 0, 4_000), wish(later, 0, 5_000)]).await.unwrap();
    assert_eq!(close_round_if_due(&world.context, round).await.unwrap(), RoundReport::default(), "too early");
    world.wait_until("2025-05-01T00:00:00+02:00");
    let report = close_round_if_due(&world.context, round).await.unwrap();
    let returned = Money::new(4_000);
    let carried = Money::new(16_000);
    assert_eq!(report, RoundReport { not_funded: 1, returned, carried, ..RoundReport::default() });
    assert_eq!(state(&world, short).await, State::NotFunded);
    assert_eq!(state(&world, covered).await, State::Building);
    assert_eq!(state(&world, later).await, State::Funding, "outside rounds it goes on");
    let arn = town.member(1).organisation;
    assert_eq!(held(&world, &town, Account::Share(arn, Source::Own)).await, 5_000, "carried over");
    assert_eq!(close_round_if_due(&world.context, round).await.unwrap(), RoundReport::default(), "once");
    sound(&world, &town).await;
}

/// Counter-example 7 of the audit: what lapses goes back by its source, and money outside the round stays.
async fn unused_shares_lapse_by_source(world: World) {
    let town = town(&world).await;
    let fund = give(&world, &town, 300, None).await;
    pay(&world, &town, 0, 9_000).await;
    let round = open(&world, &town, RoundPlan { lapse: true, ..plan() }).await;
    distribute(&world, &town, round).await;
    let id = propose(&world, &town, 1_000, 9_000).await;
    put(&world, &town, 0, &[wish(id, 0, 2_000)]).await.unwrap();
    let outside =
        Proposal { place: Place::Outside, closing_on: date(2025, 8, 31), ..proposal(30_000, 40_000) };
    let later = propose_so(&world, &town, outside, None).await;
    put(&world, &town, 2, &[wish(later, 0, 500)]).await.unwrap();
    world.wait_until("2025-05-01T00:00:00+02:00");
    let report = close_round_if_due(&world.context, round).await.unwrap();
    assert_eq!(report.lapsed, Money::new(9_300 - 2_000 - 500));
    let accounts = accounts(&world, &town).await;
    let of = |account| accounts.get(&account).copied().unwrap_or(0);
    assert_eq!(of(Account::Pool(town.member(0).organisation)), 1_000);
    assert_eq!(of(Account::PoolCommon), 3_000 + 2_500);
    assert_eq!(of(Account::Gift(fund)), 300);
    assert!(accounts.keys().all(|account| !matches!(account, Account::Share(..))), "{accounts:#?}");
    sound(&world, &town).await;
    // The common pool feeds the next round.
    let next = RoundPlan { opens_on: date(2025, 5, 1), closes_on: date(2025, 6, 30), ..plan() };
    let next = open(&world, &town, next).await;
    distribute(&world, &town, next).await;
    assert_eq!(held(&world, &town, Account::PoolCommon).await, 0);
    sound(&world, &town).await;
}

async fn money_released_after_its_round_is_carried_over(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 9_000).await;
    let round = open(&world, &town, RoundPlan { lapse: true, ..plan() }).await;
    distribute(&world, &town, round).await;
    let outside =
        Proposal { place: Place::Outside, closing_on: date(2025, 5, 31), ..proposal(30_000, 40_000) };
    let later = propose_so(&world, &town, outside, None).await;
    put(&world, &town, 0, &[wish(later, 0, 3_000)]).await.unwrap();
    world.wait_until("2025-05-01T00:00:00+02:00");
    close_round_if_due(&world.context, round).await.unwrap();
    world.wait_until("2025-06-01T00:00:00+02:00");
    close_if_due(&world.context, later).await.unwrap();
    assert_eq!(held(&world, &town, Account::Share(town.member(0).organisation, Source::Own)).await, 3_000);
    sound(&world, &town).await;
}

async fn cancelling_returns_everything_with_a_reason(world: World) {
    let town = town(&world).await;
    let fund = give(&world, &town, 3_000, None).await;
    let _ = shared(&world, &town, 1_000).await;
    let before = accounts(&world, &town).await;
    let free = propose(&world, &town, 50_000, 60_000).await;
    let bound = propose(&world, &town, 1_500, 60_000).await;
    put(&world, &town, 0, &[wish(free, 0, 500), wish(bound, 0, 1_500)]).await.unwrap();
    assert_eq!(state(&world, bound).await, State::Building);
    let cancel = |acting, id, reason: &'static str| {
        cancel_feature(&world.context, acting, id, Ending::Abandoned, reason)
    };
    let done = cancel(town.admin(), free, "  ").await;
    let Err(Failure::Invalid(errors)) = done else { panic!("{done:?}") };
    assert_eq!((errors[0].field.as_str(), &errors[0].rule), ("reason", &FieldRule::Missing));
    let outsider = cancel(town.member(2).acting(), free, "non").await;
    assert!(matches!(outsider, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{outsider:?}");
    // Its lead cancels the one, a steward the other.
    cancel(town.member(1).acting(), free, "plus personne ne la porte").await.unwrap();
    cancel(town.admin(), bound, "fait ailleurs").await.unwrap();
    for id in [free, bound] {
        let row = feature(&world, id).await;
        assert_eq!((row.state, row.allocated_total), (State::Abandoned, Money::ZERO));
    }
    // What was bound of the gift went back to its fund, not to a share.
    let yaal = town.member(0).organisation;
    let mut expected = before;
    let used = 1_000;
    *expected.entry(Account::Share(yaal, Source::Gift(fund))).or_default() -= used;
    *expected.entry(Account::Gift(fund)).or_default() += used;
    expected.retain(|_, amount| *amount != 0);
    assert_eq!(accounts(&world, &town).await, expected);
    let again = cancel(town.admin(), free, "encore").await;
    assert!(matches!(again, Err(Failure::Refused(FeatureRefusal::Move(_)))), "{again:?}");
    sound(&world, &town).await;
}

on_both![
    not_covered_everything_returns_to_the_cent,
    a_last_day_ends_at_midnight_in_paris_also_when_clocks_change,
    a_round_closes_in_order_and_carries_over,
    unused_shares_lapse_by_source,
    money_released_after_its_round_is_carried_over,
    cancelling_returns_everything_with_a_reason,
];

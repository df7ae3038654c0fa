use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn amounts(called: i64, received: i64, covered: i64, cancelled: i64) -> CallAmounts {
    let [called, received, covered, cancelled] = [called, received, covered, cancelled].map(Money::new);
    CallAmounts { called, received, covered, cancelled, ..CallAmounts::default() }
}

#[test]
fn a_call_stands_where_its_amounts_and_its_day_say() {
    let due = date(2026, 4, 30);
    let after = date(2026, 5, 1);
    for (amounts, on_time, late) in [
        (amounts(100, 0, 0, 0), CallState::Open, CallState::Unpaid),
        (amounts(100, 30, 0, 0), CallState::PartlyPaid, CallState::Unpaid),
        (amounts(100, 100, 0, 0), CallState::Paid, CallState::Paid),
        (amounts(100, 30, 70, 0), CallState::Covered, CallState::Covered),
        (amounts(100, 30, 0, 70), CallState::Cancelled, CallState::Cancelled),
        (amounts(100, 30, 20, 50), CallState::Cancelled, CallState::Cancelled),
    ] {
        assert_eq!(amounts.state(due, due), on_time, "{amounts:?}");
        assert_eq!(amounts.state(due, after), late, "{amounts:?}");
    }
}

#[test]
fn every_cent_of_a_payment_finds_its_place() {
    let divided = |call: CallAmounts, amount: i64| {
        let d = call.divide(Money::new(amount));
        (d.to_call.minor(), d.late.minor(), d.excess.minor())
    };
    // Called 500.00, received 505.00: the counter-example of a bank transfer rounded up.
    assert_eq!(divided(amounts(50_000, 0, 0, 0), 50_500), (50_000, 0, 500));
    assert_eq!(divided(amounts(50_000, 0, 0, 0), 30_000), (30_000, 0, 0));
    // Its gap was covered, then it pays all the same.
    assert_eq!(divided(amounts(50_000, 30_000, 20_000, 0), 20_000), (0, 20_000, 0));
    assert_eq!(divided(amounts(50_000, 30_000, 15_000, 0), 25_000), (5_000, 15_000, 5_000));
    assert_eq!(divided(amounts(50_000, 0, 0, 50_000), 50_000), (0, 0, 50_000));
}

fn cover(number: u128, covers: u128, amounts: CallAmounts) -> Cover {
    let id = |number| FundCallId(Uuid::from_u128(number));
    Cover { id: id(number), covers: id(covers), amounts }
}

/// What is freed, as (call, given back, not asked any more, not covered any more).
fn freed(late: i64, covers: &[Cover]) -> Vec<(u128, i64, i64, i64)> {
    let freed = free_covers(FundCallId(Uuid::from_u128(1)), Money::new(late), covers);
    let row = |(id, freed): (FundCallId, Freed)| {
        (id.0.as_u128(), freed.repaid.minor(), freed.unasked.minor(), freed.uncovered.minor())
    };
    freed.into_iter().map(row).collect()
}

#[test]
fn coverers_are_repaid_oldest_first_and_owe_no_more_newest_first() {
    let covers = [
        cover(2, 1, amounts(30, 30, 0, 0)),
        cover(3, 1, amounts(30, 10, 0, 0)),
        cover(4, 1, amounts(40, 0, 0, 0)),
    ];
    assert_eq!(freed(35, &covers), [(2, 30, 0, 0), (3, 5, 0, 0)]);
    assert_eq!(freed(70, &covers), [(2, 30, 0, 0), (3, 10, 0, 0), (4, 0, 30, 0)]);
    // What was given back once isn't given back again.
    let again = CallAmounts { repaid: Money::new(30), ..amounts(30, 30, 0, 0) };
    assert_eq!(freed(10, &[cover(2, 1, again), covers[1]]), [(3, 10, 0, 0)]);
    // More than the covers stand for frees no more.
    assert_eq!(freed(500, &covers[..1]), [(2, 30, 0, 0)]);
}

#[test]
fn a_cover_of_a_cover_is_freed_with_the_one_above() {
    let chain = [cover(2, 1, amounts(100, 20, 80, 0)), cover(3, 2, amounts(80, 50, 0, 0))];
    assert_eq!(freed(100, &chain), [(2, 20, 0, 80), (3, 50, 30, 0)]);
    assert_eq!(freed(60, &chain), [(2, 20, 0, 40), (3, 40, 0, 0)]);
    let circle = [cover(2, 3, amounts(10, 0, 0, 0)), cover(3, 2, amounts(10, 0, 0, 0))];
    assert_eq!(freed(10, &circle), []);
}

proptest! {
    #[test]
    fn after_a_rebalance_draws_are_in_proportion(
        payments in prop::collection::vec((1_i64..100_000, 0_i64..=100), 2..8), turn in 0_u64..5,
    ) {
        let feature = FeatureId(Uuid::nil());
        let paid: Vec<Paid> = (0..).zip(&payments).map(|(n, (amount, percent))| Paid {
            organisation: OrganisationId(Uuid::from_u128(n)),
            paid: Money::new(*amount),
            reserved: Money::new(amount * percent / 100),
        }).collect();
        let mut left: BTreeMap<OrganisationId, i64> =
            paid.iter().map(|one| (one.organisation, one.reserved.minor())).collect();
        for transfer in rebalance(feature, &paid, turn).unwrap() {
            *left.get_mut(&transfer.from.organisation().unwrap()).unwrap() -= transfer.amount.minor();
            *left.get_mut(&transfer.to.organisation().unwrap()).unwrap() += transfer.amount.minor();
        }
        let total: i64 = paid.iter().map(|one| one.paid.minor()).sum();
        let drawn = total - paid.iter().map(|one| one.reserved.minor()).sum::<i64>();
        for one in &paid {
            let mine = one.paid.minor() - left[&one.organisation];
            prop_assert!(left[&one.organisation] >= 0 && mine >= 0);
            // Within a cent of the exact proportion.
            let exact = i128::from(one.paid.minor()) * i128::from(drawn);
            let difference = i128::from(mine) * i128::from(total) - exact;
            prop_assert!(difference.abs() < i128::from(total), "{mine} of {drawn}, {}/{total}", one.paid);
        }
    }
}

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn amounts(called: i64, received: i64, covered: i64, cancelled: i64) -> CallAmounts {
    let [called, received, covered, cancelled] = [called, received, covered, cancelled].map(Money::new);
    CallAmounts { called, received, covered, cancelled }
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

#[test]
fn coverers_are_repaid_oldest_first() {
    let id = |n| OrganisationId(Uuid::from_u128(n));
    let covers = [(id(1), Money::new(30)), (id(2), Money::new(30)), (id(1), Money::new(40))];
    let back = repay_coverers(Money::new(75), &covers);
    assert_eq!(back, BTreeMap::from([(id(1), Money::new(45)), (id(2), Money::new(30))]));
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

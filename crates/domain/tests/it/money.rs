//! Exact division and the bounds of amounts.

use popote_domain::money::{Currency, CurrencyError, Money, Overflow, SplitError, basis_points, split};
use proptest::prelude::*;

fn weights() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0..=1_000_000_000_i64, 1..60)
}

proptest! {
    #[test]
    fn parts_add_up_to_the_total(total in 0..=Money::MAX_ENTRY.minor(), weights in weights(), turn: u64) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let parts = split(Money::new(total), &weights, turn).expect("weights to divide by");
        prop_assert_eq!(Money::sum(parts), Ok(Money::new(total)));
    }

    #[test]
    fn each_part_is_its_quota_rounded_down_or_up(total in 0..=10_000_000_i64, weights in weights(), turn: u64) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        for (part, weight) in split(Money::new(total), &weights, turn).expect("weights").iter().zip(&weights) {
            let exact = i128::from(total) * i128::from(*weight);
            let part = i128::from(part.minor());
            prop_assert!(part * sum < exact + sum && (part + 1) * sum > exact, "{part} of {weight}");
        }
    }

    #[test]
    fn a_larger_weight_never_gets_less(total in 0..=10_000_000_i64, weights in weights(), turn: u64) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let parts = split(Money::new(total), &weights, turn).expect("weights");
        for (part, weight) in parts.iter().zip(&weights) {
            for (other, heavier) in parts.iter().zip(&weights) {
                prop_assert!(weight >= heavier || part <= other);
            }
        }
    }

    #[test]
    fn over_as_many_turns_as_members_everyone_gets_the_same(total in 0..100_000_i64, count in 1..20_usize) {
        let mut received = vec![Money::ZERO; count];
        for turn in 0..count as u64 {
            let parts = split(Money::new(total), &vec![7; count], turn).expect("weights");
            for (sum, part) in received.iter_mut().zip(parts) {
                *sum = sum.plus(part).expect("small sums");
            }
        }
        prop_assert!(received.iter().all(|sum| sum.minor() == total), "{received:?}");
    }

    #[test]
    fn the_same_turn_gives_the_same_parts(total in 0..100_000_i64, weights in weights(), turn: u64) {
        prop_assert_eq!(split(Money::new(total), &weights, turn), split(Money::new(total), &weights, turn));
    }

    #[test]
    fn a_share_in_basis_points_never_exceeds_the_amount(amount in 0..=i64::MAX, rate in 0..=10_000_u32) {
        let part = basis_points(Money::new(amount), rate).minor();
        prop_assert!((0..=amount).contains(&part));
    }
}

#[test]
fn the_cent_goes_round() {
    let thirds =
        |turn| split(Money::new(100), &[1, 1, 1], turn).expect("weights").iter().map(|m| m.minor()).collect();
    let rounds: [Vec<i64>; 4] = [thirds(0), thirds(1), thirds(2), thirds(3)];
    assert_eq!(rounds, [vec![34, 33, 33], vec![33, 34, 33], vec![33, 33, 34], vec![34, 33, 33]]);
}

#[test]
fn nothing_is_divided_by_nothing() {
    assert_eq!(split(Money::new(1), &[0, 0], 0), Err(SplitError::NoWeight));
    assert_eq!(split(Money::new(1), &[], 0), Err(SplitError::NoWeight));
    assert_eq!(split(Money::ZERO, &[], 0), Ok(vec![]));
    assert_eq!(split(Money::ZERO, &[0], 0), Ok(vec![Money::ZERO]));
    assert_eq!(split(Money::new(-1), &[1], 0), Err(SplitError::Negative));
    assert_eq!(split(Money::new(1), &[1, -1], 0), Err(SplitError::Negative));
}

#[test]
fn the_greatest_amounts_divide_without_overflow() {
    let parts = split(Money::new(i64::MAX), &[i64::MAX, i64::MAX, i64::MAX], 0).expect("weights");
    assert_eq!(Money::sum(parts), Ok(Money::new(i64::MAX)));
}

#[test]
fn sums_that_do_not_fit_are_errors() {
    let most = Money::new(i64::MAX);
    assert_eq!(most.plus(Money::new(1)), Err(Overflow));
    assert_eq!(Money::new(i64::MIN).minus(Money::new(1)), Err(Overflow));
    assert_eq!(Money::new(i64::MIN).negated(), Err(Overflow));
    assert_eq!(Money::sum([most, Money::new(-1), Money::new(2)]), Err(Overflow));
    assert_eq!(Money::new(3).less(Money::new(5)), Money::ZERO);
}

#[test]
fn currencies_are_three_capitals_and_few_decimals() {
    assert_eq!(Currency::new("EUR", 2), Ok(Currency::EUR));
    assert_eq!(Currency::new("JPY", 0).map(|yen| yen.scale()), Ok(1));
    assert_eq!(Currency::new("KWD", 3).map(|dinar| dinar.scale()), Ok(1_000));
    for code in ["eur", "EU", "EURO", "E€", ""] {
        assert_eq!(Currency::new(code, 2), Err(CurrencyError::Code), "{code}");
    }
    assert_eq!(Currency::new("EUR", 5), Err(CurrencyError::Exponent));
}

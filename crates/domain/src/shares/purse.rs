//! A share by source, and the order in which money leaves and comes back: own, pooled, gift; then the other way.

use std::cmp::Reverse;

use thiserror::Error;

use crate::{
    account::Source,
    ids::FeatureId,
    money::{Money, Overflow},
};

/// What an organisation holds of one source, in its share or on a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The source.
    pub source: Source,
    /// For a gift: the only feature that it may reach.
    pub earmark: Option<FeatureId>,
    /// How much.
    pub amount: Money,
}

/// A part of a draw or of a take-back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The source.
    pub source: Source,
    /// Above zero.
    pub amount: Money,
}

/// There is less than what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("only {left} is left")]
pub struct NotEnough {
    /// What could be moved.
    pub left: Money,
}

/// Own first, then pooled, then gifts: those earmarked to the feature before the others, each by fund.
fn order(held: &Held) -> (u8, Option<Source>) {
    match held.source {
        Source::Own => (0, None),
        Source::Pooled => (1, None),
        Source::Gift(_) if held.earmark.is_some() => (2, Some(held.source)),
        Source::Gift(_) => (3, Some(held.source)),
    }
}

/// What of a share may be put on a feature: everything but gifts earmarked to another. Errors: [`Overflow`].
pub fn usable(share: &[Held], feature: FeatureId) -> Result<Money, Overflow> {
    Money::sum(share.iter().filter(|held| reaches(held, feature)).map(|held| held.amount))
}

fn reaches(held: &Held, feature: FeatureId) -> bool {
    held.earmark.is_none_or(|earmark| earmark == feature)
}

/// The parts of a share that go to a feature. Errors: [`NotEnough`] with what could go there.
pub fn draw(share: &[Held], feature: FeatureId, amount: Money) -> Result<Vec<Part>, NotEnough> {
    let mut usable: Vec<&Held> = share.iter().filter(|held| reaches(held, feature)).collect();
    usable.sort_by_key(|held| order(held));
    take(&usable, amount)
}

/// The parts of what an organisation put on a feature that come back: gift, then pooled, then own.
/// Errors: [`NotEnough`] with what lies there.
pub fn take_back(allocated: &[Held], amount: Money) -> Result<Vec<Part>, NotEnough> {
    let mut held: Vec<&Held> = allocated.iter().collect();
    held.sort_by_key(|held| Reverse(order(held)));
    take(&held, amount)
}

fn take(from: &[&Held], amount: Money) -> Result<Vec<Part>, NotEnough> {
    let mut lacks = amount;
    let mut parts = Vec::new();
    for held in from {
        let part = held.amount.min(lacks);
        if part.is_positive() {
            parts.push(Part { source: held.source, amount: part });
            lacks = lacks.less(part);
        }
    }
    if lacks.is_positive() {
        return Err(NotEnough { left: amount.less(lacks) });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::GiftFundId;

    fn fund(number: u128) -> Source {
        Source::Gift(GiftFundId(Uuid::from_u128(number)))
    }

    fn feature(number: u128) -> FeatureId {
        FeatureId(Uuid::from_u128(number))
    }

    fn held(source: Source, amount: i64) -> Held {
        Held { source, earmark: None, amount: Money::new(amount) }
    }

    fn part(source: Source, amount: i64) -> Part {
        Part { source, amount: Money::new(amount) }
    }

    #[test]
    fn own_money_leaves_first_and_comes_back_last() {
        let share = [held(fund(1), 2_000), held(Source::Pooled, 500), held(Source::Own, 3_000)];
        let drawn = draw(&share, feature(1), Money::new(5_000)).unwrap();
        assert_eq!(drawn, [part(Source::Own, 3_000), part(Source::Pooled, 500), part(fund(1), 1_500)]);
        let allocated: Vec<Held> = drawn.iter().map(|p| held(p.source, p.amount.minor())).collect();
        let back = take_back(&allocated, Money::new(3_000)).unwrap();
        assert_eq!(back, [part(fund(1), 1_500), part(Source::Pooled, 500), part(Source::Own, 1_000)]);
    }

    #[test]
    fn an_earmarked_gift_reaches_only_its_feature() {
        let share = [
            held(Source::Own, 100),
            Held { source: fund(1), earmark: Some(feature(1)), amount: Money::new(50_000) },
            held(fund(2), 70),
        ];
        assert_eq!(draw(&share, feature(2), Money::new(200)), Err(NotEnough { left: Money::new(170) }));
        assert_eq!(usable(&share, feature(2)), Ok(Money::new(170)));
        let drawn = draw(&share, feature(1), Money::new(200)).unwrap();
        assert_eq!(drawn, [part(Source::Own, 100), part(fund(1), 100)]);
        let all = draw(&share, feature(1), Money::new(50_150)).unwrap();
        assert_eq!(all, [part(Source::Own, 100), part(fund(1), 50_000), part(fund(2), 50)]);
    }

    #[test]
    fn more_than_there_is_moves_nothing() {
        assert_eq!(draw(&[], feature(1), Money::new(1)), Err(NotEnough { left: Money::ZERO }));
        let allocated = [held(Source::Own, 10)];
        assert_eq!(take_back(&allocated, Money::new(11)), Err(NotEnough { left: Money::new(10) }));
    }

    proptest! {
        #[test]
        fn what_is_drawn_adds_up_and_can_all_come_back(
            amounts in prop::collection::vec(0_i64..1_000_000, 5),
            wanted in 0_i64..6_000_000,
        ) {
            let sources = [Source::Own, Source::Pooled, fund(1), fund(2), fund(3)];
            let share: Vec<Held> =
                sources.iter().zip(&amounts).map(|(source, amount)| held(*source, *amount)).collect();
            let total: i64 = amounts.iter().sum();
            match draw(&share, feature(1), Money::new(wanted)) {
                Ok(parts) => {
                    prop_assert_eq!(parts.iter().map(|p| p.amount.minor()).sum::<i64>(), wanted);
                    let allocated: Vec<Held> = parts.iter().map(|p| held(p.source, p.amount.minor())).collect();
                    let mut back = take_back(&allocated, Money::new(wanted)).unwrap();
                    back.reverse();
                    prop_assert_eq!(back, parts);
                }
                Err(NotEnough { left }) => {
                    prop_assert!(wanted > total);
                    prop_assert_eq!(left.minor(), total);
                }
            }
        }
    }
}

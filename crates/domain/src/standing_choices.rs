//! Standing choices (« choix permanents »): what becomes of an organisation's share in a round when nobody of it answers.
//! Made once, they spare volunteers an evening; whatever somebody does with the share in a round goes before.

use jiff::{ToSpan as _, civil::Date};
use thiserror::Error;

use crate::{
    ids::{FeatureId, OrganisationId},
    money::{Money, SplitError, split},
    posting::named,
};

/// How many days before the last day of a round standing choices are carried out: late enough that people come first, early
/// enough that what they lead to can be changed.
const BEFORE: i32 = 3;
/// The longest name of a software, in characters.
pub const LONGEST_SOFTWARE: usize = 80;

named! {
    /// What becomes of a share that nobody allocates.
    ChoiceKind {
        /// It stays in the pot, and nobody is reminded.
        Leave = "leave",
        /// It goes where another organisation puts its own, in the same proportions.
        Follow = "follow",
        /// It goes to the features of one software, in equal parts.
        Software = "software",
    }
}

/// The day on which the standing choices of a round are carried out.
#[must_use]
pub fn carried_out_on(opens_on: Date, closes_on: Date) -> Date {
    closes_on.saturating_sub(BEFORE.days()).max(opens_on)
}

/// A feature that may get something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub feature: FeatureId,
    /// The most that the organisation may put there: what is missing, and what the cap leaves.
    pub room: Money,
    /// Its part beside the others.
    pub weight: i64,
}

/// Divides an amount over features in proportion to their weights, none beyond its room: what one can't take goes to the
/// others in the same proportions, what none can take stays. Exact, by largest remainder; equal remainders take turns.
/// Features that get nothing are left out. Errors: a negative weight or amount, weights too large.
pub fn spread(amount: Money, open: &[Open], turn: u64) -> Result<Vec<(FeatureId, Money)>, SplitError> {
    let mut left = amount;
    let mut parts = Vec::new();
    let mut waiting: Vec<Open> =
        open.iter().filter(|one| one.weight != 0 && one.room.is_positive()).copied().collect();
    // Each pass fills one at least, or is the last.
    for _ in 0..open.len() {
        if waiting.is_empty() || left.is_zero() {
            break;
        }
        let weights: Vec<i64> = waiting.iter().map(|one| one.weight).collect();
        let shares = split(left, &weights, turn)?;
        let (full, rest): (Vec<_>, Vec<_>) =
            waiting.iter().zip(shares).partition(|(one, share)| *share > one.room);
        if full.is_empty() {
            parts.extend(rest.into_iter().map(|(one, share)| (one.feature, share)));
            break;
        }
        for (one, _) in &full {
            left = left.less(one.room);
            parts.push((one.feature, one.room));
        }
        waiting = rest.into_iter().map(|(one, _)| *one).collect();
    }
    parts.retain(|(_, part)| part.is_positive());
    Ok(parts)
}

/// Whether following an organisation leads back to the one that follows, over those that it follows itself.
/// `follows`: who follows whom already, at most one each.
#[must_use]
pub fn leads_back(
    from: OrganisationId,
    to: OrganisationId,
    follows: impl Fn(OrganisationId) -> Option<OrganisationId>,
    most: usize,
) -> bool {
    let mut at = Some(to);
    for _ in 0..=most {
        match at {
            Some(one) if one == from => return true,
            Some(one) => at = follows(one),
            None => return false,
        }
    }
    // Longer than there are organisations: a circle of others.
    true
}

/// Why a standing choice is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChoiceRefusal {
    /// The pot has no shares.
    #[error("the pot has no shares")]
    NoShares,
    /// Whom it would follow hides its amounts: the follower's own would tell them.
    #[error("its amounts are hidden")]
    Hidden,
    /// Whom it would follow follows it, directly or over others.
    #[error("it follows back")]
    Circle,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn feature(at: u128, room: i64, weight: i64) -> Open {
        Open { feature: FeatureId(Uuid::from_u128(at)), room: Money::new(room), weight }
    }

    fn amounts(parts: &[(FeatureId, Money)]) -> Vec<(u128, i64)> {
        let mut found: Vec<_> =
            parts.iter().map(|(feature, part)| (feature.0.as_u128(), part.minor())).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn what_one_cannot_take_goes_to_the_others() {
        let features = [feature(1, 10, 1), feature(2, 1_000, 1), feature(3, 1_000, 2)];
        let parts = spread(Money::new(100), &features, 1).unwrap();
        assert_eq!(amounts(&parts), [(1, 10), (2, 30), (3, 60)]);
        // What none can take stays.
        let parts = spread(Money::new(5_000), &features, 1).unwrap();
        assert_eq!(amounts(&parts), [(1, 10), (2, 1_000), (3, 1_000)]);
        assert_eq!(spread(Money::new(100), &[feature(1, 0, 1), feature(2, 50, 0)], 1).unwrap(), []);
        assert_eq!(spread(Money::ZERO, &features, 1).unwrap(), []);
        assert!(spread(Money::new(1), &[feature(1, 5, -1)], 1).is_err());
    }

    #[test]
    fn a_circle_is_found_however_long() {
        let [a, b, c, d] = [1, 2, 3, 4].map(|at| OrganisationId(Uuid::from_u128(at)));
        let follows = |one| [(b, c), (c, d)].into_iter().find(|(from, _)| *from == one).map(|(_, to)| to);
        assert!(!leads_back(a, b, follows, 4));
        assert!(leads_back(d, b, follows, 4));
        assert!(leads_back(a, a, follows, 4));
        let others = |one| [(b, c), (c, b)].into_iter().find(|(from, _)| *from == one).map(|(_, to)| to);
        assert!(leads_back(a, b, others, 4), "a circle of others leads nowhere");
    }

    #[test]
    fn they_are_carried_out_three_days_before_the_end_or_at_the_beginning() {
        assert_eq!(carried_out_on(date(2025, 3, 1), date(2025, 3, 31)), date(2025, 3, 28));
        assert_eq!(carried_out_on(date(2025, 3, 30), date(2025, 3, 31)), date(2025, 3, 30));
    }

    proptest! {
        #[test]
        fn nothing_is_made_or_lost(
            amount in 0_i64..1_000_000,
            features in prop::collection::vec((0_i64..200_000, 0_i64..1_000), 0..12),
            turn in 0_u64..50,
        ) {
            let open: Vec<Open> =
                (0_u128..).zip(&features).map(|(at, (room, weight))| feature(at, *room, *weight)).collect();
            let parts = spread(Money::new(amount), &open, turn).unwrap();
            let given = Money::sum(parts.iter().map(|(_, part)| *part)).unwrap();
            let takes = |one: &&Open| one.weight > 0;
            let room = Money::sum(open.iter().filter(takes).map(|one| one.room)).unwrap();
            prop_assert_eq!(given, room.min(Money::new(amount)));
            for (feature, part) in parts {
                let one = open.iter().find(|one| one.feature == feature).unwrap();
                prop_assert!(part.is_positive() && part <= one.room);
            }
        }
    }
}

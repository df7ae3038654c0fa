//! Promises: what an organisation says it will put in, to a feature outside rounds or for a round. An intention, a
//! firm promise and money received are three amounts that are never mixed: only what is firm is posted.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    features::FundingRefusal,
    ids::{FeatureId, OrganisationId, RoundId},
    input::{FieldError, FieldRule},
    money::{Money, SplitError, split},
    posting::named,
};

named! {
    /// How much a promise binds.
    PromiseKind {
        /// Said, not yet promised.
        Intention = "intention",
        /// « Sous réserve de notre assemblée du … »: an intention until it is lifted.
        Conditional = "conditional",
        /// Firm: posted in the book of promises, and called after the trigger.
        Firm = "firm",
    }
}

named! {
    /// What the promises for a round become.
    PromiseRule {
        /// Each organisation allocates its own promise and is the one called.
        AsPutIn = "as_put_in",
        /// The sum is divided into rights; what is triggered is called in proportion to what remains of the promises.
        Shared = "shared",
    }
}

/// What a promise is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseOn {
    /// A feature that is funded outside rounds.
    Feature(FeatureId),
    /// A round.
    Round(RoundId),
}

/// A promise as an organisation wishes it to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseWish {
    /// To what.
    pub on: PromiseOn,
    /// How much it binds.
    pub kind: PromiseKind,
    /// What its page showed as firm.
    pub seen: Money,
    /// The amount said; zero takes it back.
    pub amount: Money,
    /// The day of the assembly that a conditional promise waits for.
    pub subject_to: Option<Date>,
}

impl PromiseWish {
    /// Checks what doesn't depend on what is there: an amount from zero to the largest entry, and a day, not past,
    /// exactly where the promise is conditional. Errors: all that is wrong, on `amount` and `subject_to`.
    pub fn check(&self, today: Date) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        if self.amount < Money::ZERO {
            errors.push(FieldError::new("amount", FieldRule::NotPositive));
        } else if self.amount > Money::MAX_ENTRY {
            errors.push(FieldError::new("amount", FieldRule::TooLarge));
        }
        match (self.kind, self.subject_to) {
            (PromiseKind::Conditional, None) => {
                errors.push(FieldError::new("subject_to", FieldRule::Missing));
            }
            (PromiseKind::Conditional, Some(day)) if day < today => {
                errors.push(FieldError::new("subject_to", FieldRule::InThePast));
            }
            _ => {}
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// What is firm once the wish is carried out.
    #[must_use]
    pub const fn firm(&self) -> Money {
        match self.kind {
            PromiseKind::Firm => self.amount,
            PromiseKind::Intention | PromiseKind::Conditional => Money::ZERO,
        }
    }
}

/// Why a promise is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PromiseRefusal {
    /// The pot is paid in advance: nothing is promised there.
    #[error("this pot takes contributions, not promises")]
    PaidInAdvance,
    /// The feature is funded by its round: the promise is made for the round.
    #[error("funded by its round")]
    FundedByRound,
    /// The round is closed, or its last day has passed.
    #[error("the round is closed")]
    RoundClosed,
    /// Another page or person changed it meanwhile.
    #[error("{seen} was seen, {now} is there")]
    Stale {
        /// What the page showed.
        seen: Money,
        /// What is there.
        now: Money,
    },
    /// A part of it is used: put on features, or called.
    #[error("{used} of it is used")]
    Used {
        /// How much can't be taken back.
        used: Money,
    },
    /// The rights of a shared round were given out: its promises stand until it closes.
    #[error("shared out already")]
    SharedOut,
    /// The feature refuses it.
    #[error(transparent)]
    Funding(#[from] FundingRefusal),
}

/// An organisation's firm promise for a round with what was called from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// Who promised.
    pub organisation: OrganisationId,
    /// What may still be called from it.
    pub left: Money,
}

/// What each promiser gives of an amount, in proportion to what remains of its promise: how a shared round is called,
/// and how unused rights return at its close. `turn` is the number of the feature or round. Parts of zero are left out.
/// Errors: [`SplitError::NoWeight`] where less remains than that.
///
/// ```
/// # use popote_domain::{Money, ids::OrganisationId, promises::{Remaining, in_proportion}};
/// # let id = |n| OrganisationId(uuid::Uuid::from_u128(n));
/// let left = [(1, 9_000), (2, 3_000)].map(|(n, left)| Remaining { organisation: id(n), left: Money::new(left) });
/// let parts = in_proportion(Money::new(1_001), &left, 0)?;
/// assert_eq!(parts, [(id(1), Money::new(751)), (id(2), Money::new(250))]);
/// # Ok::<(), popote_domain::money::SplitError>(())
/// ```
pub fn in_proportion(
    amount: Money,
    remaining: &[Remaining],
    turn: u64,
) -> Result<Vec<(OrganisationId, Money)>, SplitError> {
    let present = Money::sum(remaining.iter().map(|one| one.left)).map_err(|_| SplitError::Overflow)?;
    if amount > present {
        return Err(SplitError::NoWeight);
    }
    let weights: Vec<i64> = remaining.iter().map(|one| one.left.minor()).collect();
    let parts = split(amount, &weights, turn)?;
    Ok(remaining
        .iter()
        .map(|one| one.organisation)
        .zip(parts)
        .filter(|(_, part)| part.is_positive())
        .collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn wish(kind: PromiseKind, amount: i64, subject_to: Option<Date>) -> PromiseWish {
        let on = PromiseOn::Feature(FeatureId(Uuid::nil()));
        PromiseWish { on, kind, seen: Money::ZERO, amount: Money::new(amount), subject_to }
    }

    #[test]
    fn only_a_firm_promise_is_firm() {
        let today = date(2026, 3, 1);
        assert_eq!(wish(PromiseKind::Firm, 500, None).firm(), Money::new(500));
        assert_eq!(wish(PromiseKind::Intention, 500, None).firm(), Money::ZERO);
        assert_eq!(wish(PromiseKind::Conditional, 500, Some(today)).firm(), Money::ZERO);
    }

    #[test]
    fn a_condition_has_a_day_to_come() {
        let today = date(2026, 3, 1);
        let rules = |wish: PromiseWish| -> Vec<(String, FieldRule)> {
            let errors = wish.check(today).err().unwrap_or_default();
            errors.into_iter().map(|error| (error.field, error.rule)).collect()
        };
        assert_eq!(rules(wish(PromiseKind::Conditional, 500, Some(today))), []);
        let missing = ("subject_to".to_owned(), FieldRule::Missing);
        assert_eq!(rules(wish(PromiseKind::Conditional, 500, None)), [missing]);
        let past = ("subject_to".to_owned(), FieldRule::InThePast);
        assert_eq!(rules(wish(PromiseKind::Conditional, 5, Some(date(2026, 2, 28)))), [past]);
        assert_eq!(rules(wish(PromiseKind::Firm, -1, None)), [("amount".to_owned(), FieldRule::NotPositive)]);
        let much = wish(PromiseKind::Intention, i64::MAX, None);
        assert_eq!(rules(much), [("amount".to_owned(), FieldRule::TooLarge)]);
    }

    #[test]
    fn more_than_remains_is_not_called() {
        let left = [Remaining { organisation: OrganisationId(Uuid::nil()), left: Money::new(99) }];
        assert_eq!(in_proportion(Money::new(100), &left, 0), Err(SplitError::NoWeight));
    }

    proptest! {
        #[test]
        fn nobody_is_called_for_more_than_remains_of_its_promise(
            left in prop::collection::vec(0_i64..1_000_000, 1..12), part in 0_i64..=100, turn in 0_u64..9,
        ) {
            let remaining: Vec<Remaining> = (0..).zip(&left).map(|(n, left)| Remaining {
                organisation: OrganisationId(Uuid::from_u128(n)), left: Money::new(*left),
            }).collect();
            let amount = Money::new(left.iter().sum::<i64>() * part / 100);
            let parts = in_proportion(amount, &remaining, turn).unwrap();
            prop_assert_eq!(parts.iter().map(|(_, part)| part.minor()).sum::<i64>(), amount.minor());
            for (organisation, part) in parts {
                let one = remaining.iter().find(|one| one.organisation == organisation).unwrap();
                prop_assert!(part <= one.left);
            }
        }
    }
}

//! What a feature costs and under which terms it is funded.

use jiff::civil::Date;
use thiserror::Error;

use crate::{
    money::{Money, Overflow},
    rules::{SurplusUse, TriggerMode},
};

/// A priced line. Zero lines make a wish without a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it pays for.
    pub label: String,
    /// The least that it takes.
    pub minimum: Money,
    /// The most that it can use, at least the minimum.
    pub maximum: Money,
}

/// The only figures that funding reads. A change with money inside is a new version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingTerms {
    /// Number, from 1.
    pub version: i64,
    /// Below this nothing is spent.
    pub floor: Money,
    /// What is aimed at.
    pub target: Money,
    /// More than this can't be put there.
    pub maximum: Money,
    /// The last day, in the collective's zone.
    pub closing_on: Date,
    /// Where what is left goes, in this order.
    pub surplus: Vec<SurplusUse>,
    /// The version of the collective's rules that holds for it.
    pub rules_version: i64,
}

/// Why lines make no terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TermsError {
    /// No line asks for anything: there is no price to reach.
    #[error("the floor is zero")]
    NoFloor,
    /// The sum is too large.
    #[error("the lines are too large")]
    TooLarge,
}

impl From<Overflow> for TermsError {
    fn from(_: Overflow) -> Self {
        Self::TooLarge
    }
}

/// The floor (sum of the minimums) and the maximum (sum of the maximums), which is also the target until there
/// are estimates. Errors: [`TermsError`].
pub fn from_lines(lines: &[Line]) -> Result<(Money, Money), TermsError> {
    let floor = Money::sum(lines.iter().map(|line| line.minimum))?;
    let maximum = Money::sum(lines.iter().map(|line| line.maximum))?;
    if maximum > Money::MAX_ENTRY {
        return Err(TermsError::TooLarge);
    }
    if !floor.is_positive() {
        return Err(TermsError::NoFloor);
    }
    Ok((floor, maximum))
}

/// What follows from what lies on a feature in `funding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// Below the floor, by so much.
    NotYet {
        /// What is missing.
        missing: Money,
    },
    /// It triggers now.
    Triggers,
    /// A steward is asked; allocations and take-backs are frozen meanwhile.
    AsksConfirmation {
        /// Days after which silence is a yes.
        days: u16,
    },
}

impl FundingTerms {
    /// What `coverage` (allocated and reserved, of all sources) leads to.
    #[must_use]
    pub fn covered(&self, coverage: Money, mode: TriggerMode) -> Covered {
        if coverage < self.floor {
            return Covered::NotYet { missing: self.floor.less(coverage) };
        }
        match mode {
            TriggerMode::AtOnce => Covered::Triggers,
            TriggerMode::Confirmed { days } => Covered::AsksConfirmation { days },
        }
    }

    /// What may still be put there.
    #[must_use]
    pub fn room(&self, coverage: Money) -> Money {
        self.maximum.less(coverage)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(minimum: i64, maximum: i64) -> Line {
        Line {
            label: "Développement".to_owned(), minimum: Money::new(minimum), maximum: Money::new(maximum)
        }
    }

    #[test]
    fn the_floor_is_the_sum_of_the_minimums() {
        assert_eq!(from_lines(&[line(100, 200), line(0, 50)]), Ok((Money::new(100), Money::new(250))));
        assert_eq!(from_lines(&[line(0, 50)]), Err(TermsError::NoFloor));
        assert_eq!(from_lines(&[]), Err(TermsError::NoFloor));
        assert_eq!(from_lines(&[line(i64::MAX, i64::MAX), line(1, 1)]), Err(TermsError::TooLarge));
    }

    #[test]
    fn the_floor_itself_is_enough_and_a_cent_less_is_not() {
        let terms = FundingTerms {
            version: 1,
            floor: Money::new(1_000),
            target: Money::new(1_500),
            maximum: Money::new(1_500),
            closing_on: date(2026, 11, 30),
            surplus: vec![SurplusUse::Back],
            rules_version: 1,
        };
        let covered = |amount, mode| terms.covered(Money::new(amount), mode);
        assert_eq!(covered(999, TriggerMode::AtOnce), Covered::NotYet { missing: Money::new(1) });
        assert_eq!(covered(1_000, TriggerMode::AtOnce), Covered::Triggers);
        let confirmed = TriggerMode::Confirmed { days: 7 };
        assert_eq!(covered(1_000, confirmed), Covered::AsksConfirmation { days: 7 });
        assert_eq!(covered(999, confirmed), Covered::NotYet { missing: Money::new(1) });
        assert_eq!(terms.room(Money::new(1_200)), Money::new(300));
    }
}

//! Rounds: a dated period of distribution, allocation and closing. One is open at a time.

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use thiserror::Error;

use crate::{
    decisions::DecisionRefusal,
    input::{FieldError, FieldRule},
    money::Money,
    posting::named,
    promises::PromiseRule,
    shares::ShareRule,
    text,
};

named! {
    /// Where a round stands.
    RoundState {
        /// From its opening to its close.
        Open = "open",
        /// Its close has begun.
        Closing = "closing",
        /// Everything was triggered or returned.
        Closed = "closed",
    }
}

/// Longest name of a round, in characters.
pub const NAME: usize = 80;
/// Longest round, in days.
const LONGEST: i32 = 800;

/// A round as somebody opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundPlan {
    /// Its name, e.g. « Printemps 2026 ».
    pub name: String,
    /// First day.
    pub opens_on: Date,
    /// Last day, at whose end everything is triggered or returns.
    pub closes_on: Date,
    /// How money becomes shares.
    pub rule: ShareRule,
    /// The most that one organisation puts on one feature, over all sources.
    pub cap: Option<Money>,
    /// Whether shares that nobody used return to the pot at its close.
    pub lapse: bool,
    /// What its promises become, in a pot that isn't paid in advance.
    pub promises: PromiseRule,
}

impl RoundPlan {
    /// The plan with its name cleaned. Errors: all that is wrong with it on that day, field by field.
    pub fn cleaned(mut self, today: Date) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, rule| errors.push(FieldError::new(field, rule));
        match text::line(&self.name, NAME) {
            Ok(name) => self.name = name,
            Err(rule) => refuse("name", rule),
        }
        if self.closes_on < today {
            refuse("closes_on", FieldRule::InThePast);
        } else if self.closes_on < self.opens_on {
            refuse("closes_on", FieldRule::Before(self.opens_on));
        } else if (self.closes_on - self.opens_on).get_days() > LONGEST {
            refuse("closes_on", FieldRule::After(self.opens_on.saturating_add(LONGEST.days())));
        }
        if !self.rule.is_sound() {
            refuse("rule", FieldRule::NotAChoice);
        }
        match self.cap {
            Some(cap) if !cap.is_positive() => refuse("cap", FieldRule::NotPositive),
            Some(cap) if cap > Money::MAX_ENTRY => refuse("cap", FieldRule::TooLarge),
            _ => {}
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// Why a round doesn't open or close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RoundRefusal {
    /// Another is open.
    #[error("round {number} is open")]
    OneIsOpen {
        /// Its number.
        number: i64,
    },
    /// It is closed already.
    #[error("closed")]
    AlreadyClosed,
    /// Money is shared, promised or put in it: only its name and its last day may change.
    #[error("begun")]
    Begun,
    /// Features are being funded in it.
    #[error("has features")]
    HasFeatures,
    /// Its close would lead to something else than what was seen.
    #[error("changed since it was seen")]
    Changed,
    /// The decision by which it would be closed before its last day won't do.
    #[error(transparent)]
    Decision(#[from] DecisionRefusal),
    /// The terms of a feature in it have changed: until the end of that day money may be taken back, and nothing ends.
    #[error("terms of a feature are open until the end of {0}")]
    TermsOpen(Date),
    /// Its last day isn't over, and closing earlier asks for a decision.
    #[error("lasts until the end of {0}")]
    NotOver(Date),
}

/// The instant at which a civil day ends in a zone: when the next one begins. A date D, « jusqu'au D inclus »,
/// lasts until then, also on days of 23 or 25 hours.
#[must_use]
pub fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.tomorrow()
        .ok()
        .and_then(|next| next.to_zoned_datetime(zone.clone()).ok())
        .map_or(Timestamp::MAX, |start| start.timestamp())
}

/// The civil day of an instant in a zone.
#[must_use]
pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned_datetime(zone.clone()).date()
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};

    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    #[test]
    fn a_day_ends_when_the_next_begins_also_when_clocks_change() {
        for (day, hours, end) in [
            (date(2026, 11, 30), 24, "2026-11-30T23:00:00Z"),
            (date(2026, 3, 29), 23, "2026-03-29T22:00:00Z"),
            (date(2026, 10, 25), 25, "2026-10-25T23:00:00Z"),
        ] {
            let start = day.to_zoned_datetime(paris()).unwrap().timestamp();
            let ends = end_of(day, &paris());
            assert_eq!(ends, end.parse().unwrap());
            assert_eq!(ends.duration_since(start).as_hours(), hours);
            assert_eq!(day_of(ends - 1.microsecond(), &paris()), day);
            assert_eq!(day_of(ends, &paris()), day.tomorrow().unwrap());
        }
    }

    #[test]
    fn a_round_says_all_that_is_wrong_with_it() {
        let today = date(2026, 5, 1);
        let plan = RoundPlan {
            name: "Printemps".to_owned(),
            opens_on: today,
            closes_on: date(2026, 6, 30),
            rule: ShareRule::EQUAL,
            cap: Some(Money::new(1)),
            lapse: false,
            promises: PromiseRule::AsPutIn,
        };
        let rules = |plan: RoundPlan| -> Vec<(String, FieldRule)> {
            plan.cleaned(today)
                .err()
                .unwrap_or_default()
                .into_iter()
                .map(|error| (error.field, error.rule))
                .collect()
        };
        assert_eq!(rules(plan.clone()), []);
        assert_eq!(
            rules(RoundPlan { name: String::new(), cap: Some(Money::ZERO), ..plan.clone() }),
            [("name".to_owned(), FieldRule::Missing), ("cap".to_owned(), FieldRule::NotPositive)]
        );
        let over = RoundPlan { closes_on: date(2026, 4, 30), ..plan.clone() };
        assert_eq!(rules(over), [("closes_on".to_owned(), FieldRule::InThePast)]);
        let turned = RoundPlan { opens_on: date(2026, 7, 1), ..plan.clone() };
        assert_eq!(rules(turned), [("closes_on".to_owned(), FieldRule::Before(date(2026, 7, 1)))]);
        let last = plan.opens_on.saturating_add(800.days());
        let endless = RoundPlan { closes_on: date(2036, 4, 30), ..plan };
        assert_eq!(rules(endless), [("closes_on".to_owned(), FieldRule::After(last))]);
    }
}

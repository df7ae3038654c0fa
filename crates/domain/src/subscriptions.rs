//! Subscriptions (« cotisations »): what an organisation pays into a pot at each period, an amount or a part of its
//! turnover that it declares itself; what was called for it, and how far that is paid.

use jiff::{ToSpan as _, civil::Date};
use thiserror::Error;

use crate::{
    fund_calls::{CallAmounts, CallState},
    input::{FieldError, FieldRule},
    money::{Money, basis_points, split},
    posting::named,
};

/// How far back a subscription may begin, in days, and how far ahead: what is called at once is a year at most.
const BEGINS_WITHIN: [i64; 2] = [366, 732];
/// Basis points in a whole.
const WHOLE: u32 = 10_000;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

named! {
    /// How often a subscription is called.
    Period {
        /// Each month.
        Month = "month",
        /// Each quarter of a year.
        Quarter = "quarter",
        /// Each year.
        Year = "year",
    }
}

impl Period {
    /// How many months it lasts.
    #[must_use]
    pub const fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// How many of them a year has.
    #[must_use]
    pub const fn in_a_year(self) -> usize {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Year => 1,
        }
    }

    /// The first day of the period of that place, from 0, of a subscription that begins on a day: counted from the
    /// beginning each time, so that one that begins on the 31st comes back to it. None where the calendar ends.
    ///
    /// ```
    /// # use popote_domain::subscriptions::Period;
    /// # use jiff::civil::date;
    /// let first = date(2026, 1, 31);
    /// assert_eq!(Period::Month.begins(first, 1), Some(date(2026, 2, 28)));
    /// assert_eq!(Period::Month.begins(first, 2), Some(date(2026, 3, 31)));
    /// ```
    #[must_use]
    pub fn begins(self, first: Date, place: i64) -> Option<Date> {
        let months = place.checked_mul(self.months())?;
        // A number of months that the calendar doesn't have is no date.
        first.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
    }

    /// Its last day.
    #[must_use]
    pub fn ends(self, first: Date, place: i64) -> Option<Date> {
        self.begins(first, place.checked_add(1)?)?.yesterday().ok()
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// For each period; of a part of the turnover: for a year.
    pub amount: Money,
    /// The part of the turnover that the amount is, in basis points; none: the amount was said itself.
    pub rate: Option<u32>,
}

/// What an organisation declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// So much for each period.
    Amount(Money),
    /// A part of a year's turnover. The turnover is the organisation's business: only what it comes to is kept.
    Turnover {
        /// What the organisation turns over in a year.
        turnover: Money,
        /// The part, in basis points.
        rate: u32,
    },
}

impl Declared {
    /// What it comes to. Errors: fields `amount`; `turnover` and `rate`.
    pub fn terms(self, period: Period) -> Result<Terms, Vec<FieldError>> {
        match self {
            Self::Amount(amount) => {
                let terms = Terms { amount, rate: None };
                bounded("amount", amount, Money::new(1)).map_or(Ok(terms), |error| Err(vec![error]))
            }
            Self::Turnover { turnover, rate } => {
                let mut errors = Vec::new();
                if rate == 0 {
                    errors.push(FieldError::new("rate", FieldRule::NotPositive));
                } else if rate > WHOLE {
                    errors.push(FieldError::new("rate", FieldRule::TooLarge));
                }
                let amount = basis_points(turnover, rate.min(WHOLE));
                // Each period of the year is asked for a cent at least.
                let least = i64::try_from(period.in_a_year()).unwrap_or(i64::MAX);
                errors.extend(bounded("turnover", amount, Money::new(least)));
                if errors.is_empty() { Ok(Terms { amount, rate: Some(rate) }) } else { Err(errors) }
            }
        }
    }
}

fn bounded(field: &str, amount: Money, least: Money) -> Option<FieldError> {
    if amount < least {
        return Some(FieldError::new(field, FieldRule::NotPositive));
    }
    (amount > Money::MAX_ENTRY).then(|| FieldError::new(field, FieldRule::TooLarge))
}

impl Terms {
    /// What is called for the period of that place: a year's amount is divided exactly over its periods.
    ///
    /// ```
    /// # use popote_domain::{Money, subscriptions::{Period, Terms}};
    /// let terms = Terms { amount: Money::new(10_000), rate: Some(50) };
    /// let year: Vec<i64> = (0..12).map(|place| terms.of(Period::Month, place).minor()).collect();
    /// assert_eq!((year[0], year[11], year.iter().sum::<i64>()), (834, 833, 10_000));
    /// ```
    #[must_use]
    pub fn of(&self, period: Period, place: i64) -> Money {
        if self.rate.is_none() {
            return self.amount;
        }
        let count = period.in_a_year();
        let parts = split(self.amount, &vec![1; count], 0).unwrap_or_default();
        let here = usize::try_from(place).unwrap_or(0) % count;
        parts.get(here).copied().unwrap_or_default()
    }
}

/// The days of a subscription, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// How often it is called.
    pub period: Period,
    /// The first day of its first period.
    pub starts_on: Date,
    /// No period that begins after this day is called.
    pub ends_on: Option<Date>,
    /// The first day of the first period that is called no more, where it was stopped.
    pub stops_on: Option<Date>,
    /// How many periods were called.
    pub called: i64,
}

impl Course {
    /// The first day of the next period to be called; none where none is.
    #[must_use]
    pub fn next(&self) -> Option<Date> {
        self.goes_on(self.called)
    }

    /// The first day of a period, if it is to be called.
    fn goes_on(&self, place: i64) -> Option<Date> {
        let begins = self.period.begins(self.starts_on, place)?;
        let over = self.ends_on.is_some_and(|last| begins > last)
            || self.stops_on.is_some_and(|first| begins >= first);
        (!over).then_some(begins)
    }

    /// From which day another may begin: what this one covers is over. None where it goes on without end.
    #[must_use]
    pub fn free_from(&self) -> Option<Date> {
        if self.ends_on.is_none() && self.stops_on.is_none() {
            return None;
        }
        let mut place = self.called;
        // An end is at most so far ahead that this is short.
        while self.goes_on(place).is_some() {
            place += 1;
        }
        self.period.begins(self.starts_on, place)
    }
}

/// What is wrong with the dates of a new subscription; empty if nothing is.
#[must_use]
pub fn check_dates(starts_on: Date, ends_on: Option<Date>, today: Date) -> Vec<FieldError> {
    let [back, ahead] = BEGINS_WITHIN;
    let (oldest, latest) = (today.saturating_sub(back.days()), today.saturating_add(ahead.days()));
    let mut errors = Vec::new();
    if starts_on < oldest {
        errors.push(FieldError::new("starts_on", FieldRule::Before(oldest)));
    } else if starts_on > latest {
        errors.push(FieldError::new("starts_on", FieldRule::After(latest)));
    }
    if let Some(end) = ends_on {
        let latest = starts_on.saturating_add(10.years());
        if end < starts_on {
            errors.push(FieldError::new("ends_on", FieldRule::Before(starts_on)));
        } else if end > latest {
            errors.push(FieldError::new("ends_on", FieldRule::After(latest)));
        }
    }
    errors
}

/// What was called and paid of subscriptions: each call with what is received for it, and what was paid beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The amounts of each call, in the order of the calls.
    pub calls: Vec<CallAmounts>,
    /// What was paid beyond all that was called: it counts for the next call.
    pub ahead: Money,
}

/// Payments count for the oldest call first, whole, then for the next: a part, a late payment, one too many all find
/// their place by themselves, and one that is reversed leaves it. `calls`: called and not asked any more, the oldest
/// first; `paid`: all that was paid.
///
/// ```
/// # use popote_domain::{Money, subscriptions::settle};
/// let ten = (Money::new(1_000), Money::ZERO);
/// let settled = settle([ten, ten, ten], Money::new(1_500));
/// let received: Vec<i64> = settled.calls.iter().map(|call| call.received.minor()).collect();
/// assert_eq!((received, settled.ahead), (vec![1_000, 500, 0], Money::ZERO));
/// ```
#[must_use]
pub fn settle(calls: impl IntoIterator<Item = (Money, Money)>, paid: Money) -> Settled {
    let mut left = paid;
    let calls = calls.into_iter().map(|(called, cancelled)| {
        let received = called.less(cancelled).min(left);
        left = left.less(received);
        CallAmounts { called, received, cancelled, ..CallAmounts::default() }
    });
    let calls = calls.collect();
    Settled { calls, ahead: left }
}

/// Why something about a subscription is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SubscriptionRefusal {
    /// Only a pot that is paid in advance has subscriptions.
    #[error("the pot holds money another way")]
    OtherMode,
    /// The organisation has one at that time; the day from which another may begin, if that has an end.
    #[error("there is one already, until {0:?}")]
    Already(Option<Date>),
    /// Nothing more is called for it.
    #[error("it is over")]
    Over,
    /// It isn't stopped.
    #[error("it goes on")]
    NotStopped,
    /// Nothing is awaited for the call any more.
    #[error("nothing is awaited: {0:?}")]
    NotAwaited(CallState),
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn course(period: Period, ends_on: Option<Date>, stops_on: Option<Date>, called: i64) -> Course {
        Course { period, starts_on: date(2026, 1, 15), ends_on, stops_on, called }
    }

    #[test]
    fn it_goes_on_until_its_end_or_its_stop() {
        assert_eq!(course(Period::Quarter, None, None, 2).next(), Some(date(2026, 7, 15)));
        let ends = course(Period::Month, Some(date(2026, 3, 15)), None, 2);
        assert_eq!((ends.next(), ends.free_from()), (Some(date(2026, 3, 15)), Some(date(2026, 4, 15))));
        assert_eq!(Course { called: 3, ..ends }.next(), None);
        let stopped = course(Period::Month, None, Some(date(2026, 2, 15)), 1);
        assert_eq!((stopped.next(), stopped.free_from()), (None, Some(date(2026, 2, 15))));
        assert_eq!(course(Period::Year, None, None, 1).free_from(), None);
    }

    #[test]
    fn only_what_a_part_of_the_turnover_comes_to_is_kept() {
        let declared = Declared::Turnover { turnover: Money::new(123_456_789), rate: 50 };
        let terms = declared.terms(Period::Quarter).unwrap();
        assert_eq!(terms, Terms { amount: Money::new(617_283), rate: Some(50) });
        let fields = |declared: Declared| {
            let errors = declared.terms(Period::Month).err().unwrap_or_default();
            errors.into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(Declared::Turnover { turnover: Money::new(2_199), rate: 50 }), ["turnover"]);
        assert_eq!(fields(Declared::Turnover { turnover: Money::new(2_400), rate: 50 }), [""; 0]);
        let none = Declared::Turnover { turnover: Money::new(2_400), rate: 0 };
        assert_eq!(fields(none), ["rate", "turnover"]);
        assert_eq!(fields(Declared::Turnover { turnover: Money::MAX_ENTRY, rate: 10_001 }), ["rate"]);
        assert_eq!(fields(Declared::Amount(Money::ZERO)), ["amount"]);
        assert_eq!(fields(Declared::Amount(Money::new(1_000_000_000_001))), ["amount"]);
    }

    #[test]
    fn payments_find_the_oldest_call_and_what_is_not_asked_any_more_is_left_out() {
        let settled = settle(
            [(500, 0), (500, 300), (500, 0)].map(|(a, c)| (Money::new(a), Money::new(c))),
            Money::new(1_300),
        );
        let received: Vec<i64> = settled.calls.iter().map(|call| call.received.minor()).collect();
        assert_eq!(
            (received, Money::sum(settled.calls.iter().map(CallAmounts::rest)).unwrap(), settled.ahead),
            (vec![500, 200, 500], Money::ZERO, Money::new(100))
        );
        let today = date(2026, 2, 2);
        assert_eq!(settled.calls[1].state(date(2026, 2, 1), today), CallState::Cancelled);
        let late = settle([(Money::new(500), Money::ZERO)], Money::new(200));
        assert_eq!(late.calls[0].state(date(2026, 2, 1), today), CallState::Unpaid);
        assert_eq!(late.calls[0].state(today, today), CallState::PartlyPaid);
    }

    #[test]
    fn dates_are_bounded() {
        let today = date(2026, 6, 1);
        let fields = |starts, ends| {
            let errors = check_dates(starts, ends, today);
            errors.into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(date(2025, 6, 1), Some(date(2025, 6, 1))), [""; 0]);
        assert_eq!(fields(date(2025, 5, 30), Some(date(2025, 5, 29))), ["starts_on", "ends_on"]);
        assert_eq!(fields(date(2029, 1, 1), None), ["starts_on"]);
        assert_eq!(fields(today, Some(date(2036, 6, 2))), ["ends_on"]);
    }
}

//! On which days deadlines fall: volunteers may gather them all on one day a month, and rest in August.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use crate::input::{FieldError, FieldRule};

/// A day of the week, by its English name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "a day of the week says what it is")]
pub enum WeekdayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl WeekdayName {
    /// Its English name in small letters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        }
    }
}

/// The n-th such day of each month: the first Tuesday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthDay {
    /// 1 to 4, so that each month has it.
    pub nth: u8,
    /// Which day.
    pub weekday: WeekdayName,
}

/// On which days deadlines fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Gathers all deadlines on one day a month; `null`: they fall when they fall.
    pub day: Option<MonthDay>,
    /// A window for an answer lasts at least so many days.
    pub shortest_window: u16,
    /// The month in which nothing falls due (8: August); `null`: no rest.
    pub rest_month: Option<i8>,
}

/// Longest window that rules may make the shortest, in days.
const LONGEST_SHORTEST: u16 = 120;

impl Calendar {
    /// Deadlines fall when they fall.
    pub const ANY_DAY: Self = Self { day: None, shortest_window: 1, rest_month: None };
    /// All on the first Tuesday of a month, after at least 35 days, never in August.
    pub const FIRST_TUESDAY: Self = Self {
        day: Some(MonthDay { nth: 1, weekday: WeekdayName::Tuesday }),
        shortest_window: 35,
        rest_month: Some(8),
    };

    /// The last day of a window of `days` that opens on `from`: not before the shortest window's end, moved
    /// later to the day of the month and out of the month of rest. A window never becomes shorter. The date
    /// ends at midnight in the collective's zone.
    #[must_use]
    pub fn last_day(&self, from: Date, days: u16) -> Date {
        let mut day = from.saturating_add(i64::from(days.max(self.shortest_window)).days());
        // Two steps at most matter: to the day of the month, then past the rest to that day again.
        for _ in 0..3 {
            if let Some(gathered) = self.day {
                day = gathered.on_or_after(day);
            }
            if self.rest_month != Some(day.month()) {
                return day;
            }
            day = day.last_of_month().saturating_add(1.day());
        }
        day
    }

    /// Whether a window from one day to another, chosen by hand, ends as the calendar would have it: long enough, on the
    /// day of the month, not in the month of rest.
    #[must_use]
    pub fn agrees(&self, from: Date, last: Date) -> bool {
        let shortest = from.saturating_add(i64::from(self.shortest_window).days());
        last >= shortest
            && self.day.is_none_or(|gathered| gathered.on_or_after(last) == last)
            && self.rest_month != Some(last.month())
    }

    pub(super) fn check(&self, errors: &mut Vec<FieldError>) {
        if self.day.is_some_and(|day| !(1..=4).contains(&day.nth)) {
            errors.push(FieldError::new("calendar.day.nth", FieldRule::NotAChoice));
        }
        if self.shortest_window == 0 {
            errors.push(FieldError::new("calendar.shortest_window", FieldRule::NotPositive));
        }
        if self.shortest_window > LONGEST_SHORTEST {
            errors.push(FieldError::new("calendar.shortest_window", FieldRule::TooLarge));
        }
        if self.rest_month.is_some_and(|month| !(1..=12).contains(&month)) {
            errors.push(FieldError::new("calendar.rest_month", FieldRule::NotAChoice));
        }
    }
}

impl MonthDay {
    /// The day in the month of `date`, which must be one of the first four of its weekday.
    fn in_month_of(self, date: Date) -> Date {
        let first = date.first_of_month();
        let ahead = first.weekday().until(self.weekday.weekday());
        first.saturating_add((i64::from(ahead) + 7 * (i64::from(self.nth) - 1)).days())
    }

    /// The next such day, `date` itself included.
    fn on_or_after(self, date: Date) -> Date {
        let here = self.in_month_of(date);
        if here >= date { here } else { self.in_month_of(date.last_of_month().saturating_add(1.day())) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn windows_end_on_the_day_of_the_month_never_earlier() {
        let calendar = Calendar::FIRST_TUESDAY;
        let cases = [
            // 35 days at least, then the next first Tuesday.
            ((date(2025, 1, 7), 7), date(2025, 3, 4)),
            ((date(2025, 1, 1), 34), date(2025, 3, 4)),
            ((date(2024, 12, 31), 35), date(2025, 2, 4)),
            // 1 July + 35 days is 5 August, a first Tuesday, but August rests.
            ((date(2025, 7, 1), 35), date(2025, 9, 2)),
            // First Tuesday on the first of the month.
            ((date(2025, 5, 1), 45), date(2025, 7, 1)),
        ];
        for ((from, days), expected) in cases {
            assert_eq!(calendar.last_day(from, days), expected, "{from} + {days}");
        }
    }

    #[test]
    fn a_day_chosen_by_hand_agrees_or_not() {
        let calendar = Calendar::FIRST_TUESDAY;
        let opens = date(2026, 11, 29);
        assert!(calendar.agrees(opens, calendar.last_day(opens, 30)));
        for other in [date(2026, 12, 10), date(2027, 1, 15), date(2026, 12, 1), date(2027, 8, 3)] {
            assert!(!calendar.agrees(opens, other), "{other}");
        }
        assert!(Calendar::ANY_DAY.agrees(opens, date(2026, 12, 10)));
    }

    #[test]
    fn without_a_day_of_the_month_a_window_is_as_long_as_said() {
        assert_eq!(Calendar::ANY_DAY.last_day(date(2025, 1, 30), 30), date(2025, 3, 1));
        assert_eq!(Calendar::ANY_DAY.last_day(date(2025, 1, 30), 0), date(2025, 1, 31));
        let rests = Calendar { rest_month: Some(8), ..Calendar::ANY_DAY };
        assert_eq!(rests.last_day(date(2025, 7, 20), 30), date(2025, 9, 1));
    }

    #[test]
    fn each_day_of_the_month_is_found_in_every_month() {
        for nth in 1..=4 {
            let day = MonthDay { nth, weekday: WeekdayName::Sunday };
            for month in 1..=12 {
                let found = day.in_month_of(date(2026, month, 17));
                assert_eq!(found.month(), month);
                assert_eq!(found.weekday(), Weekday::Sunday);
                assert_eq!((found.day() - 1) / 7 + 1, i8::try_from(nth).unwrap());
            }
        }
    }
}

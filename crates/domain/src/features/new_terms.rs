//! A new version of the terms of a feature on which money lies: everybody who put some may take it back for some days,
//! meanwhile nothing triggers, and silence keeps.

use jiff::{ToSpan as _, civil::Date};
use thiserror::Error;

use super::{state::State, terms::Line};
use crate::money::Money;

/// A feature as a new version of its terms meets it, read after its row is locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// What lies there, of everybody and all sources.
    pub allocated: Money,
    /// What it costs.
    pub lines: Vec<Line>,
    /// Its last day.
    pub closing_on: Date,
    /// The last day on which money may be taken back after the version before, if one is open.
    pub suspended_until: Option<Date>,
    /// The last day of its round, if it is funded in one.
    pub round_closes_on: Option<Date>,
    /// How many days one has to take money back.
    pub days: u16,
}

/// Why the terms don't change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NewTermsRefusal {
    /// It is not being funded: before, its price changes freely; after the trigger it is bound.
    #[error("not being funded: {0:?}")]
    NotFunding(State),
    /// Nothing lies there: its price changes freely.
    #[error("nothing lies there")]
    NothingInside,
    /// The version before still gives time to take money back.
    #[error("a version is open until {until}")]
    OneIsOpen {
        /// The last day of that time.
        until: Date,
    },
    /// Its last day has passed.
    #[error("closed since the end of {0}")]
    Closed(Date),
    /// It is what holds already.
    #[error("nothing changes")]
    Unchanged,
    /// Less time than one has to take money back lies before its last day.
    #[error("may not close before {earliest}")]
    TooSoon {
        /// The earliest last day.
        earliest: Date,
    },
    /// Its round ends before that time is over.
    #[error("its round closes on {closes_on}, before {earliest}")]
    RoundTooSoon {
        /// The last day of the round.
        closes_on: Date,
        /// The last day of that time.
        earliest: Date,
    },
    /// More lies there already.
    #[error("{allocated} lies there, {maximum} would be the most")]
    BelowAllocated {
        /// What lies there.
        allocated: Money,
        /// The maximum that was asked for.
        maximum: Money,
    },
}

impl Standing {
    /// The last day on which money may be taken back, if the terms change today.
    #[must_use]
    pub fn withdrawal_until(&self, today: Date) -> Date {
        today.saturating_add(i64::from(self.days).days())
    }

    /// Whether the terms may become these, whose own form is checked already. The last day on which money may be taken
    /// back. Errors: [`NewTermsRefusal`].
    pub fn change(&self, today: Date, lines: &[Line], closing_on: Date) -> Result<Date, NewTermsRefusal> {
        self.open(today)?;
        if lines == self.lines && closing_on == self.closing_on {
            return Err(NewTermsRefusal::Unchanged);
        }
        let until = self.withdrawal_until(today);
        if let Some(closes_on) = self.round_closes_on.filter(|last| *last < until) {
            return Err(NewTermsRefusal::RoundTooSoon { closes_on, earliest: until });
        }
        if closing_on < until {
            return Err(NewTermsRefusal::TooSoon { earliest: until });
        }
        let maximum = Money::sum(lines.iter().map(|line| line.maximum)).unwrap_or(Money::MAX_ENTRY);
        if maximum < self.allocated {
            return Err(NewTermsRefusal::BelowAllocated { allocated: self.allocated, maximum });
        }
        Ok(until)
    }

    /// Whether the terms may change today at all. Errors: [`NewTermsRefusal`].
    pub fn open(&self, today: Date) -> Result<(), NewTermsRefusal> {
        if self.state != State::Funding {
            return Err(NewTermsRefusal::NotFunding(self.state));
        }
        if today > self.closing_on {
            return Err(NewTermsRefusal::Closed(self.closing_on));
        }
        if self.allocated.is_zero() {
            return Err(NewTermsRefusal::NothingInside);
        }
        if is_suspended(self.suspended_until, today) {
            return Err(NewTermsRefusal::OneIsOpen { until: self.suspended_until.unwrap_or(today) });
        }
        Ok(())
    }
}

/// Whether nothing triggers on that day since the terms have changed, `until` being the last day to take money back. The
/// clock says so, whatever the jobs did.
#[must_use]
pub fn is_suspended(until: Option<Date>, today: Date) -> bool {
    until.is_some_and(|until| today <= until)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 3);
    const LAST: Date = date(2026, 11, 30);

    fn line(minimum: i64, maximum: i64) -> Line {
        Line {
            label: "Développement".to_owned(), minimum: Money::new(minimum), maximum: Money::new(maximum)
        }
    }

    fn standing() -> Standing {
        Standing {
            state: State::Funding,
            allocated: Money::new(600),
            lines: vec![line(1_000, 1_500)],
            closing_on: LAST,
            suspended_until: None,
            round_closes_on: Some(LAST),
            days: 7,
        }
    }

    #[track_caller]
    fn check(standing: &Standing, lines: &[Line], closing_on: Date, expected: Result<Date, NewTermsRefusal>) {
        assert_eq!(standing.change(TODAY, lines, closing_on), expected);
    }

    #[test]
    fn everybody_has_the_days_of_the_rules() {
        let until = date(2026, 11, 10);
        check(&standing(), &[line(1_200, 1_500)], LAST, Ok(until));
        check(&standing(), &[line(1_000, 1_500)], until, Ok(until));
        check(&standing(), &[line(100, 600)], LAST, Ok(until));
    }

    #[test]
    fn every_refusal_gives_the_figure_that_helps() {
        use NewTermsRefusal as R;
        let other = [line(1_200, 1_500)];
        let earliest = date(2026, 11, 10);
        check(&standing(), &[line(1_000, 1_500)], LAST, Err(R::Unchanged));
        check(&standing(), &other, date(2026, 11, 9), Err(R::TooSoon { earliest }));
        let closes_on = date(2026, 11, 9);
        let short = Standing { round_closes_on: Some(closes_on), closing_on: closes_on, ..standing() };
        check(&short, &other, earliest, Err(R::RoundTooSoon { closes_on, earliest }));
        let below = R::BelowAllocated { allocated: Money::new(600), maximum: Money::new(599) };
        check(&standing(), &[line(100, 599)], LAST, Err(below));
        let empty = Standing { allocated: Money::ZERO, ..standing() };
        check(&empty, &other, LAST, Err(R::NothingInside));
        let over = Standing { closing_on: date(2026, 11, 2), ..standing() };
        check(&over, &other, LAST, Err(R::Closed(date(2026, 11, 2))));
        let open = Standing { suspended_until: Some(TODAY), ..standing() };
        check(&open, &other, LAST, Err(R::OneIsOpen { until: TODAY }));
        let done = Standing { suspended_until: Some(date(2026, 11, 2)), ..standing() };
        check(&done, &other, LAST, Ok(earliest));
        for state in [State::Idea, State::Building, State::NotFunded] {
            check(&Standing { state, ..standing() }, &other, LAST, Err(R::NotFunding(state)));
        }
    }

    #[test]
    fn a_date_that_is_too_near_has_to_move() {
        let near = Standing { closing_on: date(2026, 11, 5), round_closes_on: None, ..standing() };
        let earliest = date(2026, 11, 10);
        let other = [line(1_200, 1_500)];
        check(&near, &other, date(2026, 11, 5), Err(NewTermsRefusal::TooSoon { earliest }));
        check(&near, &other, earliest, Ok(earliest));
    }

    #[test]
    fn the_last_day_is_still_suspended() {
        assert!(is_suspended(Some(TODAY), TODAY));
        assert!(!is_suspended(Some(date(2026, 11, 2)), TODAY));
        assert!(!is_suspended(None, TODAY));
    }
}

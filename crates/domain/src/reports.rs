//! The end of a feature of the trust track: a report, a window in which organisations may object, the stewards' answer
//! to objections, and what happens where nobody reports.

use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::Date};
use thiserror::Error;

use crate::{features::State, ids::PersonId, posting::named};

/// Longest report, in characters.
pub const LONGEST_REPORT: usize = 5_000;
/// How many organisations, spoken for by as many persons, hold a report up.
pub const OBJECTORS: usize = 2;
/// So many days late, whoever does the work is reminded.
pub const NOTICE_AFTER: u16 = 30;
/// So many days late, a last delay begins.
pub const CURE_AFTER: u16 = 60;
/// How many days the last delay has.
pub const CURE_FOR: u16 = 15;

named! {
    /// Where a report stands.
    ReportState {
        /// Organisations may object.
        Open = "open",
        /// Enough have: the stewards answer.
        Contested = "contested",
        /// Answered; the feature ends once its last invoices are.
        Accepted = "accepted",
        /// The feature has ended by it, or was given more time.
        Closed = "closed",
    }
}

impl ReportState {
    /// Whether something still follows from it.
    #[must_use]
    pub const fn stands(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

named! {
    /// How a report is answered.
    Outcome {
        /// The work goes on until another date.
        MoreTime = "more_time",
        /// It is done.
        Delivered = "delivered",
        /// A part of it is done.
        ClosedPartial = "closed_partial",
        /// It isn't done.
        ClosedFailed = "closed_failed",
    }
}

impl Outcome {
    /// The state that it leads to; none where the work goes on.
    #[must_use]
    pub const fn state(self) -> Option<State> {
        match self {
            Self::MoreTime => None,
            Self::Delivered => Some(State::Delivered),
            Self::ClosedPartial => Some(State::ClosedPartial),
            Self::ClosedFailed => Some(State::ClosedFailed),
        }
    }
}

/// Why something about a report is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReportRefusal {
    /// It is reported while it is built.
    #[error("not being built: {0:?}")]
    NotBuilding(State),
    /// A report awaits its answer already.
    #[error("a report stands")]
    Standing,
    /// Nothing was reported.
    #[error("no report stands")]
    NoReport,
    /// The window has passed, or the stewards answer already.
    #[error("no more objections")]
    WindowOver,
    /// Whoever leads the feature or does the work doesn't object to its own report.
    #[error("its own work")]
    OwnWork,
    /// The organisation was no member when the report was published.
    #[error("no member when it was published")]
    JoinedSince,
    /// The organisation objects already.
    #[error("objects already")]
    AlreadyObjected,
    /// The organisation doesn't object.
    #[error("does not object")]
    NotObjected,
    /// Nothing awaits the stewards.
    #[error("nothing awaits the stewards")]
    NotContested,
    /// The person wrote the report, or has, or had in the last months, a mandate for whoever does the work or leads the
    /// feature.
    #[error("tied to whoever does the work")]
    Tied,
    /// A steward without tie can decide, or could until another ended their role lately: no representative stands in.
    #[error("the stewards decide")]
    StewardsFirst,
    /// The mandate by which they would stand in is less than 48 hours old.
    #[error("the mandate is less than 48 hours old")]
    YoungMandate,
}

/// Who decides on the work of a feature: stewards in force, and those who are tied to it.
#[derive(Clone, Debug, Default)]
pub struct Deciders {
    /// Stewards in force.
    pub stewards: BTreeSet<PersonId>,
    /// Those whose role another person ended lately: nobody stands in for them.
    pub ended: BTreeSet<PersonId>,
    /// Those who represent a member since 48 hours, where no steward is without tie.
    pub stand_ins: BTreeSet<PersonId>,
    /// Those of the persons asked about who wrote the report, lead the feature or do the work.
    pub tied: BTreeSet<PersonId>,
    /// Those of them whose ties began after the report, or are to a worker who was only named: nobody stands in for them.
    pub late: BTreeSet<PersonId>,
}

impl Deciders {
    /// Whether a steward without tie is there, or without one that began since the report, or was until another ended their
    /// role lately. Nobody stands in then.
    #[must_use]
    pub fn has_steward(&self) -> bool {
        self.stewards
            .union(&self.ended)
            .any(|steward| !self.tied.contains(steward) || self.late.contains(steward))
    }

    /// Whether nobody can decide, because ties began since the report or are to a name alone, or roles were ended: another
    /// becomes steward.
    #[must_use]
    pub fn are_stuck(&self) -> bool {
        self.has_steward() && self.stewards.iter().all(|steward| self.tied.contains(steward))
    }

    /// Whether a person may decide: as a steward, or where no steward is without tie as the representative of another
    /// member. Errors: [`ReportRefusal`].
    pub fn may_decide(&self, person: PersonId) -> Result<(), ReportRefusal> {
        if self.tied.contains(&person) {
            return Err(ReportRefusal::Tied);
        }
        if self.stewards.contains(&person) {
            return Ok(());
        }
        if self.has_steward() {
            return Err(ReportRefusal::StewardsFirst);
        }
        if self.stand_ins.contains(&person) { Ok(()) } else { Err(ReportRefusal::YoungMandate) }
    }
}

/// How many objections, by as many persons, hold up a report to which so many members may object: two, or all of them.
#[must_use]
pub fn objections_asked(others: usize) -> usize {
    OBJECTORS.min(others).max(1)
}

/// What is to be done about work that nobody reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// Nothing yet.
    Waits,
    /// A reminder.
    Notice,
    /// A last delay.
    Cure,
    /// It is abandoned.
    Abandon,
}

/// What is to be done on a day about work that was to be done on `due_on`. A date D is over when D + 1 begins.
#[must_use]
pub fn late(due_on: Date, noticed: bool, cure_until: Option<Date>, today: Date) -> Late {
    let after = |days: u16| today > due_on.saturating_add(i64::from(days).days());
    match cure_until {
        Some(until) if today > until => Late::Abandon,
        None if after(CURE_AFTER) => Late::Cure,
        None if !noticed && after(NOTICE_AFTER) => Late::Notice,
        Some(_) | None => Late::Waits,
    }
}

/// The last day before something is to be done about late work.
#[must_use]
pub fn next_late(due_on: Date, noticed: bool, cure_until: Option<Date>) -> Date {
    let after = |days: u16| due_on.saturating_add(i64::from(days).days());
    match cure_until {
        Some(until) => until,
        None if noticed => after(CURE_AFTER),
        None => after(NOTICE_AFTER),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn late_work_is_reminded_then_given_a_last_delay_then_abandoned() {
        let due = date(2026, 1, 1);
        assert_eq!(late(due, false, None, date(2026, 1, 31)), Late::Waits);
        assert_eq!(late(due, false, None, date(2026, 2, 1)), Late::Notice);
        assert_eq!(late(due, true, None, date(2026, 3, 2)), Late::Waits);
        assert_eq!(late(due, true, None, date(2026, 3, 3)), Late::Cure);
        assert_eq!(late(due, true, Some(date(2026, 3, 18)), date(2026, 3, 18)), Late::Waits);
        assert_eq!(late(due, true, Some(date(2026, 3, 18)), date(2026, 3, 19)), Late::Abandon);
    }

    #[test]
    fn what_is_to_be_done_is_done_on_the_day_after_the_last() {
        let due = date(2026, 1, 1);
        for (noticed, cure) in [(false, None), (true, None), (true, Some(date(2026, 3, 18)))] {
            let last = next_late(due, noticed, cure);
            assert_eq!(late(due, noticed, cure, last), Late::Waits);
            assert_ne!(late(due, noticed, cure, last.saturating_add(1.day())), Late::Waits);
        }
    }

    #[test]
    fn those_at_work_never_decide_and_others_stand_in_for_the_last_steward() {
        let person = |number| PersonId(uuid::Uuid::from_u128(number));
        let two = Deciders {
            stewards: [person(1), person(2)].into(),
            tied: [person(1), person(3)].into(),
            stand_ins: [person(4)].into(),
            ..Deciders::default()
        };
        assert_eq!(two.may_decide(person(1)), Err(ReportRefusal::Tied));
        assert_eq!(two.may_decide(person(2)), Ok(()));
        assert_eq!(two.may_decide(person(4)), Err(ReportRefusal::StewardsFirst));
        let none = Deciders { stewards: [person(1)].into(), ..two };
        assert_eq!(none.may_decide(person(3)), Err(ReportRefusal::Tied));
        assert_eq!(none.may_decide(person(4)), Ok(()), "the representative of another member");
        assert_eq!(none.may_decide(person(5)), Err(ReportRefusal::YoungMandate));
        assert!(!none.are_stuck());
        let ended = Deciders { ended: [person(2)].into(), ..none.clone() };
        assert_eq!(ended.may_decide(person(4)), Err(ReportRefusal::StewardsFirst));
        assert!(ended.are_stuck());
        let late = Deciders { late: [person(1)].into(), ..none };
        assert_eq!(late.may_decide(person(1)), Err(ReportRefusal::Tied));
        assert_eq!(
            late.may_decide(person(4)),
            Err(ReportRefusal::StewardsFirst),
            "tied since the report only"
        );
        assert!(late.are_stuck());
    }

    #[test]
    fn two_objections_or_all_who_may() {
        assert_eq!([0, 1, 2, 9].map(objections_asked), [1, 1, 2, 2]);
    }

    #[test]
    fn every_answer_but_more_time_ends_the_feature() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.state().is_none(), *outcome == Outcome::MoreTime);
            assert!(outcome.state().is_none_or(State::is_end));
        }
    }
}

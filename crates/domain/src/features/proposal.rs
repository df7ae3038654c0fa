//! What somebody writes when proposing a feature, and when it may move on.

use std::collections::BTreeSet;

use jiff::civil::Date;
use thiserror::Error;

use super::{
    new_terms::NewTermsRefusal,
    state::{MoveRefusal, State},
    terms::{Line, TermsError},
};
use crate::{
    eligibility::EligibilityRefusal,
    ids::{OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    money::Money,
    rules::Track,
    text,
};

/// Lengths in characters and counts beyond which a proposal is refused.
pub mod limits {
    /// A title.
    pub const TITLE: usize = 120;
    /// A summary.
    pub const SUMMARY: usize = 400;
    /// A description in Markdown.
    pub const DESCRIPTION: usize = 20_000;
    /// « C'est fini quand… ».
    pub const DONE_WHEN: usize = 500;
    /// Who does the work.
    pub const WORKER: usize = 200;
    /// The name of a software, the label of a line.
    pub const LABEL: usize = 120;
    /// A recorded reason, the words of a need.
    pub const REASON: usize = 1_000;
    /// Priced lines.
    pub const LINES: usize = 30;
    /// Other incomes.
    pub const INCOMES: usize = 10;
}

/// Income that exists apart. It is shown and reduces nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Income {
    /// From where.
    pub label: String,
    /// Above zero.
    pub amount: Money,
}

/// Whether the feature is funded in the open round or outside rounds (« hors tour »).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the open round.
    Round,
    /// Outside rounds.
    Outside,
}

/// The text, the price and the dates of a feature, as entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// One line.
    pub title: String,
    /// What changes for users, in a few lines.
    pub summary: String,
    /// Everything else, in Markdown.
    pub description: String,
    /// « C'est fini quand… ».
    pub done_when: String,
    /// Who does the work; empty: not chosen yet.
    pub worker: String,
    /// The software's name; empty: none.
    pub software: String,
    /// Where it is discussed elsewhere; empty: here.
    pub discussion_url: String,
    /// What it costs.
    pub lines: Vec<Line>,
    /// What comes from elsewhere.
    pub incomes: Vec<Income>,
    /// The last day for funding it.
    pub closing_on: Date,
    /// In the open round or outside.
    pub place: Place,
}

impl Proposal {
    /// The sum of the maximums, zero for a wish without a price.
    #[must_use]
    pub fn maximum(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.maximum)).unwrap_or(Money::MAX_ENTRY)
    }

    /// The proposal with its texts cleaned. A date is judged against `today` and the last day of the round, if it
    /// is funded in one. Errors: all that is wrong, field by field.
    pub fn cleaned(
        mut self,
        track: Track,
        today: Date,
        round_closes_on: Option<Date>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        clean(&mut self.title, "title", &mut errors, |t| text::line(t, limits::TITLE));
        clean(&mut self.summary, "summary", &mut errors, |t| asked(text::paragraphs(t, limits::SUMMARY)?));
        clean(&mut self.description, "description", &mut errors, |t| {
            text::paragraphs(t, limits::DESCRIPTION)
        });
        clean(&mut self.done_when, "done_when", &mut errors, |t| {
            let text = text::paragraphs(t, limits::DONE_WHEN)?;
            if track == Track::Trust { asked(text) } else { Ok(text) }
        });
        clean(&mut self.worker, "worker", &mut errors, |t| text::optional_line(t, limits::WORKER));
        clean(&mut self.software, "software", &mut errors, |t| text::optional_line(t, limits::LABEL));
        clean(&mut self.discussion_url, "discussion_url", &mut errors, |t| {
            if t.trim().is_empty() { Ok(String::new()) } else { text::web_address(t) }
        });
        if self.closing_on < today {
            errors.push(FieldError::new("closing_on", FieldRule::InThePast));
        }
        if let Some(last) = round_closes_on.filter(|last| self.closing_on > *last) {
            errors.push(FieldError::new("closing_on", FieldRule::After(last)));
        }
        self.check_lines(track, &mut errors);
        self.check_incomes(&mut errors);
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    fn check_lines(&mut self, track: Track, errors: &mut Vec<FieldError>) {
        if self.lines.len() > limits::LINES {
            errors.push(FieldError::new("lines", FieldRule::TooLong(limits::LINES)));
            return;
        }
        for (at, line) in self.lines.iter_mut().enumerate() {
            clean(&mut line.label, &format!("lines.{at}.label"), errors, |t| text::line(t, limits::LABEL));
            if line.minimum < Money::ZERO {
                errors.push(FieldError::new(format!("lines.{at}.minimum"), FieldRule::NotPositive));
            }
            if line.maximum < line.minimum {
                errors.push(FieldError::new(format!("lines.{at}.maximum"), FieldRule::BelowMinimum));
            } else if line.maximum > Money::MAX_ENTRY {
                errors.push(FieldError::new(format!("lines.{at}.maximum"), FieldRule::TooLarge));
            }
        }
        let floor = Money::sum(self.lines.iter().map(|line| line.minimum));
        if self.lines.is_empty() && track == Track::Trust {
            errors.push(FieldError::new("lines", FieldRule::Missing));
        } else if !self.lines.is_empty() && floor == Ok(Money::ZERO) {
            errors.push(FieldError::new("lines.0.minimum", FieldRule::NotPositive));
        }
        if !Money::sum(self.lines.iter().map(|line| line.maximum)).is_ok_and(|sum| sum <= Money::MAX_ENTRY) {
            errors.push(FieldError::new("lines", FieldRule::TooLarge));
        }
    }

    fn check_incomes(&mut self, errors: &mut Vec<FieldError>) {
        if self.incomes.len() > limits::INCOMES {
            errors.push(FieldError::new("incomes", FieldRule::TooLong(limits::INCOMES)));
            return;
        }
        for (at, income) in self.incomes.iter_mut().enumerate() {
            clean(&mut income.label, &format!("incomes.{at}.label"), errors, |t| {
                text::line(t, limits::LABEL)
            });
            if !income.amount.is_positive() {
                errors.push(FieldError::new(format!("incomes.{at}.amount"), FieldRule::NotPositive));
            } else if income.amount > Money::MAX_ENTRY {
                errors.push(FieldError::new(format!("incomes.{at}.amount"), FieldRule::TooLarge));
            }
        }
    }
}

fn clean(
    value: &mut String,
    field: &str,
    errors: &mut Vec<FieldError>,
    how: impl FnOnce(&str) -> Result<String, FieldRule>,
) {
    match how(value) {
        Ok(cleaned) => *value = cleaned,
        Err(rule) => errors.push(FieldError::new(field, rule)),
    }
}

fn asked(text: String) -> Result<String, FieldRule> {
    if text.trim().is_empty() { Err(FieldRule::Missing) } else { Ok(text) }
}

/// Why a feature is not proposed, changed, moved or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FeatureRefusal {
    /// The way doesn't lead there, or not yet.
    #[error(transparent)]
    Move(#[from] MoveRefusal),
    /// The collective's rules don't take such a sum on that track.
    #[error("the track {track:?} goes up to {ceiling}")]
    AboveCeiling {
        /// The track asked for or held.
        track: Track,
        /// The largest maximum that it takes.
        ceiling: Money,
    },
    /// The collective doesn't use that track.
    #[error("the track {0:?} is not used here")]
    TrackNotUsed(Track),
    /// Money lies on it, and this version doesn't take that track to a payment.
    #[error("{inside} lies on it: the track {track:?} doesn't pay")]
    TrackStops {
        /// The track asked for.
        track: Track,
        /// How much lies there.
        inside: Money,
    },
    /// Fewer organisations need it than that track asks for.
    #[error("{needers} need it, not {asked}")]
    TooFewNeed {
        /// Those who do.
        needers: usize,
        /// How many are asked for.
        asked: usize,
    },
    /// It doesn't say when it is done, which that track asks for.
    #[error("no word of when it is done")]
    NoDoneWhen,
    /// Money lies on it: price, dates and promises made to those who put it stand.
    #[error("{allocated} lies on it")]
    MoneyInside {
        /// How much.
        allocated: Money,
    },
    /// It is triggered or ended: nothing of it changes here any more.
    #[error("can't be changed any more: {0:?}")]
    NotEditable(State),
    /// The lines make no price.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// The terms don't change so.
    #[error(transparent)]
    NewTerms(#[from] NewTermsRefusal),
    /// It must close before that and the day has passed: give another closing date.
    #[error("its closing date {0} has passed")]
    ClosingPassed(Date),
    /// No round is open to fund it in.
    #[error("no round is open")]
    NoRound,
    /// What was found of its software holds it back.
    #[error(transparent)]
    Software(#[from] EligibilityRefusal),
    /// The number seen on the page is not that of today: somebody changed it meanwhile.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
    /// It stands at another stage than the page showed: it was moved meanwhile, and is not moved twice.
    #[error("it stood at {from:?} and stands at {now:?}")]
    MovedMeanwhile {
        /// The stage that was seen.
        from: State,
        /// The stage at which it stands.
        now: State,
    },
    /// Nothing awaits a confirmation.
    #[error("nothing awaits a confirmation")]
    NothingToConfirm,
    /// The organisation already said that it needs it, or never did.
    #[error("already so")]
    AlreadySo,
    /// The organisation that leads it needs it by itself.
    #[error("the one that leads needs it")]
    LeadNeedsIt,
    /// Invoices await their two persons: whoever did the work is answered before the feature ends.
    #[error("{0} invoices await an answer")]
    InvoicesWait(u32),
    /// A report on the work stands: whoever objects to it, or answers it, stays the same until its outcome.
    #[error("a report stands")]
    ReportStands,
    /// Whoever leads it is there to hand it over: a steward does where nobody is left to.
    #[error("the one that leads hands it over")]
    LeadIsThere,
    /// Nothing awaits an answer: it was answered or withdrawn, or something else was proposed since.
    #[error("not proposed, or not any more")]
    NotProposed,
}

crate::posting::named! {
    /// What became of the proposal that another organisation leads a feature.
    LeadAnswer {
        /// It leads from then on.
        Accepted = "accepted",
        /// It doesn't want to.
        Declined = "declined",
        /// It was taken back, or something else proposed.
        Withdrawn = "withdrawn",
    }
}

/// Those who said that they need a feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needers {
    organisations: BTreeSet<OrganisationId>,
    persons: BTreeSet<PersonId>,
    unnamed: usize,
}

impl Needers {
    /// Adds one.
    pub fn add(&mut self, organisation: OrganisationId, person: Option<PersonId>) {
        if self.organisations.insert(organisation) {
            match person {
                Some(person) => drop(self.persons.insert(person)),
                None => self.unnamed += 1,
            }
        }
    }

    /// How many count: distinct organisations, spoken for by distinct persons.
    #[must_use]
    pub fn count(&self) -> usize {
        self.organisations.len().min(self.persons.len() + self.unnamed)
    }

    /// Whether they are `asked`, or all of the `members`, at least one.
    #[must_use]
    pub fn are(&self, asked: usize, members: usize) -> bool {
        self.count() >= asked.min(members).max(1)
    }
}

/// How many organisations must need an idea before it gathers others.
pub const FIRST_NEEDERS: usize = 2;

#[cfg(test)]
#[path = "proposal_tests.rs"]
mod tests;

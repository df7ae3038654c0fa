//! What somebody writes when proposing a feature, and when it may move on.

use std::collections::BTreeSet;

use jiff::civil::Date;
use thiserror::Error;

use super::{
    state::{MoveRefusal, State},
    terms::{Line, TermsError},
};
use crate::{
    ids::{OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    money::Money,
    rules::Track,
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
    /// An address.
    pub const URL: usize = 300;
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

    /// Everything that is wrong with the text, the lines and the date, field by field. A date is judged against
    /// `today` and the last day of the round, if it is funded in one.
    #[must_use]
    pub fn errors(&self, track: Track, today: Date, round_closes_on: Option<Date>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, rule| errors.push(FieldError::new(field, rule));
        let texts = [
            ("title", &self.title, limits::TITLE, true),
            ("summary", &self.summary, limits::SUMMARY, true),
            ("description", &self.description, limits::DESCRIPTION, false),
            ("done_when", &self.done_when, limits::DONE_WHEN, track == Track::Trust),
            ("worker", &self.worker, limits::WORKER, false),
            ("software", &self.software, limits::LABEL, false),
            ("discussion_url", &self.discussion_url, limits::URL, false),
        ];
        for (field, text, most, asked) in texts {
            if let Some(rule) = text_error(text, most, asked) {
                refuse(field, rule);
            }
        }
        if !self.discussion_url.is_empty() && !is_web_address(&self.discussion_url) {
            refuse("discussion_url", FieldRule::NotAUrl);
        }
        if self.closing_on < today {
            refuse("closing_on", FieldRule::InThePast);
        }
        if let Some(last) = round_closes_on.filter(|last| self.closing_on > *last) {
            refuse("closing_on", FieldRule::After(last));
        }
        self.price_errors(track, &mut errors);
        errors
    }

    fn price_errors(&self, track: Track, errors: &mut Vec<FieldError>) {
        let mut refuse = |field: String, rule| errors.push(FieldError::new(field, rule));
        if self.lines.len() > limits::LINES {
            refuse("lines".to_owned(), FieldRule::TooLong(limits::LINES));
        }
        for (at, line) in self.lines.iter().enumerate() {
            if let Some(rule) = text_error(&line.label, limits::LABEL, true) {
                refuse(format!("lines.{at}.label"), rule);
            }
            if line.minimum < Money::ZERO {
                refuse(format!("lines.{at}.minimum"), FieldRule::NotPositive);
            }
            if line.maximum < line.minimum {
                refuse(format!("lines.{at}.maximum"), FieldRule::BelowMinimum);
            } else if line.maximum > Money::MAX_ENTRY {
                refuse(format!("lines.{at}.maximum"), FieldRule::TooLarge);
            }
        }
        let floor = Money::sum(self.lines.iter().map(|line| line.minimum));
        let has_price = floor.is_ok_and(Money::is_positive);
        if self.lines.is_empty() && track == Track::Trust {
            refuse("lines".to_owned(), FieldRule::Missing);
        } else if !self.lines.is_empty() && !has_price {
            refuse("lines.0.minimum".to_owned(), FieldRule::NotPositive);
        }
        if Money::sum(self.lines.iter().map(|line| line.maximum)).is_ok_and(|sum| sum > Money::MAX_ENTRY) {
            refuse("lines".to_owned(), FieldRule::TooLarge);
        }
        if self.incomes.len() > limits::INCOMES {
            refuse("incomes".to_owned(), FieldRule::TooLong(limits::INCOMES));
        }
        for (at, income) in self.incomes.iter().enumerate() {
            if let Some(rule) = text_error(&income.label, limits::LABEL, true) {
                refuse(format!("incomes.{at}.label"), rule);
            }
            if !income.amount.is_positive() {
                refuse(format!("incomes.{at}.amount"), FieldRule::NotPositive);
            } else if income.amount > Money::MAX_ENTRY {
                refuse(format!("incomes.{at}.amount"), FieldRule::TooLarge);
            }
        }
    }
}

/// What is wrong with a text of at most `most` characters; `asked`: it can't be empty.
#[must_use]
pub fn text_error(text: &str, most: usize, asked: bool) -> Option<FieldRule> {
    if asked && text.trim().is_empty() {
        return Some(FieldRule::Missing);
    }
    // A character takes at most four bytes: a text of megabytes is refused without being counted.
    (text.len() > 4 * most || text.chars().count() > most).then_some(FieldRule::TooLong(most))
}

fn is_web_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            && !text.contains(|c: char| {
                c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\')
            })
    })
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
    /// It must close before that and the day has passed: give another closing date.
    #[error("its closing date {0} has passed")]
    ClosingPassed(Date),
    /// No round is open to fund it in.
    #[error("no round is open")]
    NoRound,
    /// The number seen on the page is not that of today: somebody changed it meanwhile.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
    /// Nothing awaits a confirmation.
    #[error("nothing awaits a confirmation")]
    NothingToConfirm,
    /// The organisation already said that it needs it, or never did.
    #[error("already so")]
    AlreadySo,
    /// The organisation that leads it needs it by itself.
    #[error("the one that leads needs it")]
    LeadNeedsIt,
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

//! The eligibility grid of a software: four essential criteria and five secondary ones, which a collective's rules may word
//! otherwise, weigh and add to; what reviewers found of each; and what follows before money goes there.

mod grid;
mod standing;

pub use grid::{Criterion, Grid, Level, Usual, limits};
pub use standing::{Found, Gate, Standing, Statement, Statements, standing_of};

use thiserror::Error;

use crate::{
    input::{FieldError, FieldRule},
    licences::Licence,
    posting::named,
    rules::Track,
    text,
};

named! {
    /// What a reviewer found of a criterion.
    Verdict {
        /// It is met.
        Yes = "yes",
        /// It is met in part.
        Partly = "partly",
        /// It isn't met.
        No = "no",
        /// The reviewer can't tell, or takes back what they found.
        NotAssessed = "not_assessed",
    }
}

/// What a reviewer writes of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Of which criterion: its key.
    pub criterion: String,
    /// What was found.
    pub verdict: Verdict,
    /// Why: where it may be read, in words. May be empty where nothing is found.
    pub evidence: String,
}

impl Assessment {
    /// The assessment with its text cleaned, for a grid. Errors: all that is wrong, field by field.
    pub fn cleaned(mut self, grid: &Grid) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        if grid.get(&self.criterion).is_none() {
            errors.push(FieldError::new("criterion", FieldRule::NotAChoice));
        }
        match text::paragraphs(&self.evidence, limits::EVIDENCE) {
            Ok(evidence) if evidence.trim().is_empty() && self.verdict != Verdict::NotAssessed => {
                errors.push(FieldError::new("evidence", FieldRule::Missing));
            }
            Ok(evidence) => self.evidence = evidence,
            Err(rule) => errors.push(FieldError::new("evidence", rule)),
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// What the licence says by itself of the criterion of freedom, where nobody has to judge.
#[must_use]
pub fn by_licence(licence: &Licence) -> Option<Verdict> {
    licence.is_free().map(|free| if free { Verdict::Yes } else { Verdict::No })
}

/// Whether a criterion that blocks and that nobody assessed holds a feature of this track back: the light ways go on.
#[must_use]
pub const fn waits_for_assessment(track: Track) -> bool {
    matches!(track, Track::Full | Track::Heavy)
}

/// Some criteria, for a refusal: which of the usual ones, and whether any of the collective's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    usual: u16,
    own: bool,
}

impl Criteria {
    /// Those of these keys.
    #[must_use]
    pub fn of(keys: &[String]) -> Self {
        let mut criteria = Self::default();
        for key in keys {
            match Usual::ALL.iter().position(|usual| usual.as_str() == key) {
                Some(at) => criteria.usual |= 1 << at,
                None => criteria.own = true,
            }
        }
        criteria
    }

    /// The usual ones among them.
    pub fn usual(self) -> impl Iterator<Item = Usual> {
        Usual::ALL
            .iter()
            .enumerate()
            .filter(move |(at, _)| self.usual & (1 << at) != 0)
            .map(|(_, usual)| *usual)
    }

    /// Whether one of the collective's own is among them.
    #[must_use]
    pub const fn has_own(self) -> bool {
        self.own
    }
}

/// Why something about the grid is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EligibilityRefusal {
    /// The rules hold back features of a software that doesn't meet these criteria.
    #[error("the rules hold back what doesn't meet {0:?}")]
    Blocked(Criteria),
    /// Reviewers found an essential criterion not met: it asks for a reasoned decision.
    #[error("{0:?} isn't met: it asks for a reasoned decision")]
    NeedsReason(Criteria),
    /// Reviewers agree, so that there is nothing to settle.
    #[error("there is nothing to settle")]
    NothingToSettle,
    /// No essential criterion was found not met, so that no decision is needed.
    #[error("there is nothing to decide")]
    NothingToWaive,
    /// The decision is the word of one person, who names it too, though another could have written it down.
    #[error("the decision is the word of one person")]
    ByOnePerson,
}

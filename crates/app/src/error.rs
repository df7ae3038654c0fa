//! How a use case fails: a refusal that a person can understand and mend, or a fault that the log explains.

use domain::{actor::NotAllowed, input::FieldError};
use store::WriteError;
use thiserror::Error;

/// Why a use case did nothing. `R` is the typed refusal of the slice; `words` turns it into a sentence.
#[derive(Debug, Error)]
pub enum Failure<R: std::fmt::Debug> {
    /// A rule of the domain says no.
    #[error("refused: {0:?}")]
    Refused(R),
    /// Fields that break a rule; nothing was written.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// The person may not.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// There is no such thing, or its existence is private.
    #[error("not found")]
    NotFound,
    /// What was seen has changed since; the page shows both.
    #[error("changed in the meantime")]
    Stale,
    /// The same key was used for another request.
    #[error("this key was used for another request")]
    KeyReused,
    /// Too much at once; try again.
    #[error(
        "the database is locked by another process, or too much is asked of it at once. Nothing was changed: try again"
    )]
    Busy,
    /// The disk of the database is full; nothing was written.
    #[error("the disk is full. Nothing was changed: make room, then try again")]
    Full,
    /// The database or the machine failed.
    #[error("fault: {0}")]
    Fault(String),
}

/// A slice without refusals of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {}

impl<R: std::fmt::Debug> From<store::sqlx::Error> for Failure<R> {
    fn from(error: store::sqlx::Error) -> Self {
        if store::is_full(&error) { Self::Full } else { Self::Fault(error.to_string()) }
    }
}

impl<R: std::fmt::Debug> From<WriteError> for Failure<R> {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Overloaded | WriteError::Conflict | WriteError::Closed | WriteError::Unavailable => {
                Self::Busy
            }
            WriteError::Panicked | WriteError::WentOn | WriteError::Unknown => Self::Fault(error.to_string()),
        }
    }
}

impl<R: std::fmt::Debug> Failure<R> {
    /// A single field that breaks a rule.
    pub fn field(field: impl Into<String>, rule: domain::input::FieldRule) -> Self {
        Self::Invalid(vec![FieldError::new(field, rule)])
    }

    /// The same failure for a slice with refusals of another type.
    pub fn map<S: std::fmt::Debug>(self, refusal: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Self::Refused(r) => Failure::Refused(refusal(r)),
            Self::Invalid(fields) => Failure::Invalid(fields),
            Self::NotAllowed(why) => Failure::NotAllowed(why),
            Self::NotFound => Failure::NotFound,
            Self::Stale => Failure::Stale,
            Self::KeyReused => Failure::KeyReused,
            Self::Busy => Failure::Busy,
            Self::Full => Failure::Full,
            Self::Fault(what) => Failure::Fault(what),
        }
    }
}

//! What rests on a decision of the collective: each serves one purpose, once.

use jiff::civil::Date;
use thiserror::Error;

use crate::posting::PostingKind;

/// What was done by a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Gifts were put on a feature.
    GiftsPut,
    /// An organisation put more on a triggered feature.
    ToppedUp,
    /// A round was closed before its last day.
    RoundClosed,
    /// Anything else that an entry says.
    Other,
}

impl Act {
    /// The name in words and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GiftsPut => "gifts_put",
            Self::ToppedUp => "topped_up",
            Self::RoundClosed => "round_closed",
            Self::Other => "other",
        }
    }

    /// What an entry of that kind does by the decision that it names.
    #[must_use]
    pub const fn of(kind: PostingKind) -> Self {
        match kind {
            PostingKind::Allocate | PostingKind::Add => Self::GiftsPut,
            PostingKind::TopUp => Self::ToppedUp,
            PostingKind::Release | PostingKind::Lapse => Self::RoundClosed,
            _ => Self::Other,
        }
    }
}

/// The act that a decision has served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Which.
    pub act: Act,
    /// The number of its feature, or of its round.
    pub number: Option<i64>,
    /// On which day.
    pub on: Date,
}

/// Why an act can't rest on a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DecisionRefusal {
    /// Another person must have written it down, themselves and not by a program.
    #[error("the decision is one person's word")]
    ByOnePerson,
    /// It has served already.
    #[error("the decision has served: {0:?}")]
    Used(Used),
}

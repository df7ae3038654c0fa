//! Corrections: an entry is never changed, it is mirrored by another, whole and at most once.

use thiserror::Error;

use crate::{
    money::Money,
    posting::{PostingKind, Reason},
};

/// Why an entry isn't reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReversalRefusal {
    /// Entries of that kind have their own opposite.
    #[error("{0:?} is not reversed by hand")]
    NotReversible(PostingKind),
    /// It was reversed before.
    #[error("reversed already")]
    AlreadyReversed,
    /// The money has moved on.
    #[error("{left} of {asked} is still there")]
    MovedOn {
        /// What is still where the entry put it.
        left: Money,
        /// What the entry put there.
        asked: Money,
    },
    /// Somebody has used a share since the distribution.
    #[error("shares were used since")]
    SharesUsed,
}

impl Reason {
    /// The reasons that may be given for reversing an entry of that kind.
    #[must_use]
    pub const fn for_reversing(kind: PostingKind) -> &'static [Self] {
        match kind {
            PostingKind::Distribution => &[Self::WrongDistribution],
            PostingKind::Contribution | PostingKind::Attribute => {
                &[Self::EnteredTwice, Self::WrongAmount, Self::WrongOrganisation, Self::WrongEntry]
            }
            PostingKind::Gift | PostingKind::BankFee | PostingKind::Adjustment => {
                &[Self::EnteredTwice, Self::WrongAmount, Self::WrongEntry]
            }
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_reversible_kinds_have_reasons() {
        for kind in PostingKind::ALL {
            assert_eq!(!Reason::for_reversing(*kind).is_empty(), kind.is_reversible(), "{kind:?}");
        }
    }
}

//! Gifts that a decision of the collective puts on a feature, which are never in anybody's share.

use thiserror::Error;

use crate::{decisions::DecisionRefusal, features::FundingRefusal, money::Money};

/// Why gifts aren't put on a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum GiftPutRefusal {
    /// The rules share gifts out among the members.
    #[error("gifts are shared out")]
    SharedOut,
    /// The decision won't do.
    #[error(transparent)]
    Decision(#[from] DecisionRefusal),
    /// The fund may reach another feature alone.
    #[error("earmarked to another feature")]
    Earmarked,
    /// The fund holds less.
    #[error("{left} left, {wanted} wanted")]
    NotEnough {
        /// What it holds.
        left: Money,
        /// What was asked.
        wanted: Money,
    },
    /// The organisation that leads the feature has left: somebody takes it up first.
    #[error("nobody leads the feature")]
    NobodyLeads,
    /// The pot owes more than it holds.
    #[error("a deficit of {0}")]
    Deficit(Money),
    /// The feature takes no money, or not so much.
    #[error(transparent)]
    Funding(#[from] FundingRefusal),
}

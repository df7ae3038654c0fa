//! How a pot holds money.

use thiserror::Error;

use crate::posting::named;

named! {
    /// Who holds the money of a pot, and when. Changeable until its first posting.
    FundMode {
        /// Nobody holds money: each organisation pays its part to whoever does the work.
        Direct = "direct",
        /// Nothing is held before the trigger; then a host calls what was promised.
        Pledge = "pledge",
        /// Members pay in advance; it is the host's own money.
        Own = "own",
    }
}

impl FundMode {
    /// Whether funding rests on promises that are called after the trigger, in the book of promises.
    #[must_use]
    pub const fn is_promised(self) -> bool {
        matches!(self, Self::Direct | Self::Pledge)
    }
}

/// Why a pot doesn't change how it holds money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ModeRefusal {
    /// Something is written in its accounts.
    #[error("something is posted")]
    Posted,
}

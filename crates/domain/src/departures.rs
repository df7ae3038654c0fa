//! Leaving a collective: by a decision, with nothing left behind but what an organisation chose to leave.

use thiserror::Error;

/// Why an organisation doesn't leave, or not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DepartureRefusal {
    /// It is no member.
    #[error("not a member")]
    NotAMember,
    /// The collective's rules pay nothing back.
    #[error("the rules pay nothing back")]
    NoRefunds,
    /// Nobody decided that it is paid back.
    #[error("a refund needs a decision")]
    RefundUndecided,
}

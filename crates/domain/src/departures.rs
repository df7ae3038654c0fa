//! Leaving a collective: by a decision, with nothing left behind but what an organisation chose to leave.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

/// How long an exclusion that rests on the word of one person alone waits after it was written down, where nobody else could
/// write it: as long as objections are open to a report.
pub const ANNOUNCED: SignedDuration = SignedDuration::from_hours(14 * 24);

/// From when on an exclusion may rest on the word of one person alone, written down at an instant.
#[must_use]
pub fn announced_until(written: Timestamp) -> Timestamp {
    written.saturating_add(ANNOUNCED).unwrap_or(Timestamp::MAX)
}

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
    /// Its own people don't let it be paid back: neither who decides nor who acts is of it.
    #[error("its own people don't decide on its refund")]
    OfItself,
    /// One person alone neither excludes an organisation nor pays one back, where another could write the decision down.
    #[error("another person must have written the decision down")]
    ByOnePerson,
    /// Nobody else could write the decision down, and its people were not told of it first.
    #[error("the decision must be written down and announced first")]
    Unannounced,
    /// Nobody else could write the decision down: its people are told, and it waits.
    #[error("the decision waits until {0}")]
    Announced(Timestamp),
    /// The decision is not about this departure: it names another organisation or none, is older than the membership, or
    /// a departure rests on it already.
    #[error("the decision is not about this departure")]
    NotAbout,
    /// It holds the money of a pot: another host is named first.
    #[error("it is the host")]
    IsHost,
    /// It can't be undone, and nobody said that it is meant.
    #[error("not confirmed")]
    Unconfirmed,
}

//! Two needs for the same thing become one: with the consent of whoever wrote the one that goes, or once they have kept
//! silent for a week. Everything of it moves, and can move back.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::{Money, posting::named};

/// How long whoever wrote a need may answer before it is merged all the same.
pub const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How many times an old address may lead on: a need that was merged into one that was merged…
pub const MOST_HOPS: usize = 20;
/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 1_000;

named! {
    /// Where a merge stands.
    MergeState {
        /// Whoever wrote the need is asked.
        Proposed = "proposed",
        /// They said no.
        Refused = "refused",
        /// Whoever proposed it took it back, or one of both isn't open any more.
        Withdrawn = "withdrawn",
        /// It is done.
        Done = "done",
        /// It was done, and what came has moved back.
        Undone = "undone",
    }
}

/// When silence counts as consent.
#[must_use]
pub fn silent_at(since: Timestamp) -> Timestamp {
    since.checked_add(ANSWER_WITHIN).unwrap_or(Timestamp::MAX)
}

/// What an organisation says of a need, as far as two such words are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// From 1 to 5.
    pub strength: i64,
    /// How many of its users it concerns.
    pub users: Option<i64>,
    /// In its words.
    pub words: String,
    /// What it would put.
    pub amount: Option<Money>,
}

/// What is kept where an organisation said that it needs both: the strongest, with the words of that one where it has any;
/// of two equal ones the one that stays.
#[must_use]
pub fn strongest(stays: &Said, goes: &Said) -> Said {
    let (first, second) = if goes.strength > stays.strength { (goes, stays) } else { (stays, goes) };
    Said {
        strength: first.strength,
        users: first.users.max(second.users),
        words: if first.words.is_empty() { second.words.clone() } else { first.words.clone() },
        amount: first.amount.max(second.amount),
    }
}

/// Why two needs aren't merged, or not parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MergeRefusal {
    /// A need isn't merged into itself.
    #[error("it is the same need")]
    Itself,
    /// One of both has been merged, answered, or isn't shown.
    #[error("one of both isn't open")]
    NotOpen,
    /// Whoever wrote it is being asked already.
    #[error("a merge of it is proposed already")]
    Proposed,
    /// Whoever wrote it said no to the same.
    #[error("whoever wrote it refused that already")]
    RefusedBefore,
    /// There is nothing to answer, to take back or to undo any more.
    #[error("nothing of the kind is open")]
    NothingThere,
    /// The organisation that wrote it answers.
    #[error("whoever wrote it answers")]
    NotYours,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_is_kept_and_nothing_that_one_of_both_says_is_lost() {
        let said = |strength, users, words: &str, amount: Option<i64>| Said {
            strength,
            users,
            words: words.into(),
            amount: amount.map(Money::new),
        };
        let kept = strongest(&said(3, Some(9), "ici", None), &said(5, None, "", Some(2)));
        assert_eq!(kept, said(5, Some(9), "ici", Some(2)));
        let kept = strongest(&said(4, None, "ici", Some(7)), &said(4, Some(1), "là", Some(2)));
        assert_eq!(kept, said(4, Some(1), "ici", Some(7)));
    }
}

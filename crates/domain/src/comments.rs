//! Comments: who changes, hides and shows one again.

use thiserror::Error;

use crate::ids::PersonId;

/// Longest comment, in characters.
pub const LONGEST: usize = 10_000;
/// Longest reason for which one is hidden, in characters.
pub const LONGEST_REASON: usize = 1_000;

/// What of a comment decides who does what with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who wrote it.
    pub author: PersonId,
    /// Who hid it, where it is hidden.
    pub hidden_by: Option<PersonId>,
}

/// Somebody who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub person: PersonId,
    /// Whether they may comment here today.
    pub writes: bool,
    /// Whether they are a steward here today.
    pub stewards: bool,
}

/// What somebody may do with a comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Change its text: it is their own, and shown.
    pub edit: bool,
    /// Hide it.
    pub hide: bool,
    /// Whether hiding it asks for a reason: it is somebody else's.
    pub reason: bool,
    /// Show it again: whoever wrote it, what they took back themselves; a steward, what a steward hid, their own apart.
    pub show: bool,
}

impl Standing {
    /// What somebody may do with it.
    #[must_use]
    pub fn may(&self, reader: &Reader) -> May {
        let own = self.author == reader.person;
        let (writes, stewards) = (own && reader.writes, !own && reader.stewards);
        match self.hidden_by {
            None => May { edit: writes, hide: writes || stewards, reason: !own, show: false },
            Some(by) if by == self.author => May { show: writes, ..May::default() },
            Some(_) => May { show: stewards, ..May::default() },
        }
    }
}

/// Why nothing was done with a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CommentRefusal {
    /// The discussion is led elsewhere.
    #[error("the discussion is led elsewhere")]
    Elsewhere,
    /// Somebody else wrote it.
    #[error("whoever wrote a comment alone changes it")]
    NotAuthor,
    /// It is hidden: its text stays as it is.
    #[error("the comment is hidden")]
    Hidden,
    /// Whoever hid it keeps it hidden: its author, or the stewards.
    #[error("only whoever hid the comment, or another steward, shows it again")]
    KeptHidden,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn one_changes_ones_own_and_stewards_hide_for_a_reason() {
        let (author, steward) = (person(1), person(2));
        let reader = |person, writes, stewards| Reader { person, writes, stewards };
        let shown = Standing { author, hidden_by: None };
        let own = shown.may(&reader(author, true, false));
        assert_eq!(own, May { edit: true, hide: true, reason: false, show: false });
        let other = shown.may(&reader(steward, true, true));
        assert_eq!(other, May { edit: false, hide: true, reason: true, show: false });
        assert!(!shown.may(&reader(steward, true, false)).hide, "no steward");
        let gone = shown.may(&reader(author, false, false));
        assert!(!gone.edit && !gone.hide, "whoever has no mandate any more changes nothing");
    }

    #[test]
    fn what_was_taken_back_and_what_was_hidden_come_back_by_those_who_did_it() {
        let (author, steward, other) = (person(1), person(2), person(3));
        let shows = |hidden_by, person, stewards| {
            let standing = Standing { author, hidden_by: Some(hidden_by) };
            let may = standing.may(&Reader { person, writes: true, stewards });
            assert!(!may.edit && !may.hide);
            may.show
        };
        assert!(shows(author, author, false) && !shows(author, steward, true));
        assert!(shows(steward, other, true) && !shows(steward, other, false));
        assert!(!shows(steward, author, true), "not one's own, though a steward");
    }
}

//! Yes or no: a share of the votes to reach, and a quorum, in integers, as statutes and rules of order define them
//! (*Robert's Rules of Order*, 12th edition 2020, §44: majority, two thirds, and the base on which they are computed).
//!
//! The quorum is looked at first: without it nothing is decided, neither for nor against. Abstentions are present, and so
//! count for the quorum, but are not votes expressed.
//!
//! ```
//! use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
//! // Two thirds of the votes expressed, if at least half of the members take part.
//! let rule = Rule {
//!     threshold: Share { num: 2, den: 3 }, strict: false, base: Base::Expressed, quorum: Some(Share { num: 1, den: 2 }),
//! };
//! let votes = Votes { yes: 6, no: 3, abstain: 1, electorate: 20 };
//! assert_eq!(rule.decide(votes)?.verdict, Verdict::Adopted);
//! assert_eq!(rule.decide(Votes { abstain: 0, ..votes })?.verdict, Verdict::NoQuorum);
//! assert_eq!(rule.decide(Votes { no: 4, ..votes })?.verdict, Verdict::Rejected);
//! # Ok::<(), popote_tally::threshold::ThresholdError>(())
//! ```

/// What a share is a share of.
///
/// ```
/// use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
/// let half = Share { num: 1, den: 2 };
/// let votes = Votes { yes: 6, no: 4, abstain: 4, electorate: 40 };
/// let needed = |base| Rule { threshold: half, strict: false, base, quorum: None }.decide(votes).map(|outcome| outcome.needed);
/// // Half of 10 votes expressed, of 14 present, of 40 who may vote.
/// assert_eq!((needed(Base::Expressed)?, needed(Base::Present)?, needed(Base::Electorate)?), (5, 7, 20));
/// # Ok::<(), popote_tally::threshold::ThresholdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// Votes for and against.
    Expressed,
    /// Everyone who took part, abstentions included.
    Present,
    /// Everyone who may vote.
    Electorate,
}

/// A fraction such as 2/3.
///
/// ```
/// use popote_tally::threshold::{Base, Rule, Share, ThresholdError, Votes};
/// let rule = Rule { threshold: Share { num: 4, den: 3 }, strict: false, base: Base::Present, quorum: None };
/// let votes = Votes { yes: 1, no: 0, abstain: 0, electorate: 1 };
/// assert_eq!(rule.decide(votes), Err(ThresholdError::BadShare));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Above the line.
    pub num: u64,
    /// Below the line; not 0, nor below `num`.
    pub den: u64,
}

/// What a text needs to be adopted.
///
/// ```
/// use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
/// let half = Share { num: 1, den: 2 };
/// let votes = Votes { yes: 6, no: 4, abstain: 4, electorate: 40 };
/// // A quarter must take part; more than half of the votes expressed decide.
/// let rule = Rule { threshold: half, strict: true, base: Base::Expressed, quorum: Some(Share { num: 1, den: 4 }) };
/// assert_eq!(rule.decide(votes)?.verdict, Verdict::Adopted);
/// # Ok::<(), popote_tally::threshold::ThresholdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The share of `base` that must be for it.
    pub threshold: Share,
    /// Whether the share must be passed and not only reached: a simple majority is strictly more than 1/2.
    pub strict: bool,
    /// What it is a share of.
    pub base: Base,
    /// The share of the electorate that must take part.
    pub quorum: Option<Share>,
}

/// How people voted.
///
/// ```
/// use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
/// let half = Share { num: 1, den: 2 };
/// let votes = Votes { yes: 6, no: 4, abstain: 4, electorate: 40 };
/// let rule = Rule { threshold: half, strict: true, base: Base::Present, quorum: None };
/// // Abstentions are present: 6 of 14 is not more than half.
/// assert_eq!(rule.decide(votes)?.verdict, Verdict::Rejected);
/// # Ok::<(), popote_tally::threshold::ThresholdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Votes {
    /// For.
    pub yes: u64,
    /// Against.
    pub no: u64,
    /// Neither, and present.
    pub abstain: u64,
    /// Everyone who may vote.
    pub electorate: u64,
}

/// Why votes can't be counted.
///
/// ```
/// use popote_tally::threshold::ThresholdError;
/// assert_eq!(ThresholdError::BadShare.to_string(), "a share must lie between 0 and 1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdError {
    /// More votes than people who may vote.
    #[error("there are more votes than people who may vote")]
    TooManyVotes,
    /// A share with a denominator of 0, or above one.
    #[error("a share must lie between 0 and 1")]
    BadShare,
}

/// What came out.
///
/// ```
/// use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
/// let half = Share { num: 1, den: 2 };
/// let votes = Votes { yes: 6, no: 4, abstain: 4, electorate: 40 };
/// let rule = Rule { threshold: half, strict: true, base: Base::Expressed, quorum: Some(half) };
/// // 14 of 40 took part: nothing is decided, though more were for it than against.
/// assert_eq!(rule.decide(votes)?.verdict, Verdict::NoQuorum);
/// # Ok::<(), popote_tally::threshold::ThresholdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Too few took part: there is no decision, neither for nor against.
    NoQuorum,
    /// The threshold was reached.
    Adopted,
    /// The threshold was not reached.
    Rejected,
}

/// What came out and the figures compared.
///
/// ```
/// use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
/// let half = Share { num: 1, den: 2 };
/// let votes = Votes { yes: 6, no: 4, abstain: 4, electorate: 40 };
/// let rule = Rule { threshold: half, strict: true, base: Base::Expressed, quorum: Some(Share { num: 1, den: 4 }) };
/// let outcome = rule.decide(votes)?;
/// assert_eq!((outcome.base, outcome.needed, outcome.present, outcome.quorum), (10, 6, 14, 10));
/// # Ok::<(), popote_tally::threshold::ThresholdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What came out.
    pub verdict: Verdict,
    /// Votes for that the threshold needs, given the base.
    pub needed: u64,
    /// The number of which the threshold is a share.
    pub base: u64,
    /// Voters who took part.
    pub present: u64,
    /// Voters who must take part.
    pub quorum: u64,
}

impl Rule {
    /// Decides. A text for which nobody votes is never adopted, even if its base is empty.
    ///
    /// # Errors
    /// [`ThresholdError`] for more votes than the electorate and for shares outside of 0 to 1.
    ///
    /// ```
    /// use popote_tally::threshold::{Base, Rule, Share, ThresholdError, Verdict, Votes};
    /// // A simple majority is strictly more than half: 5 against 5 is not enough.
    /// let rule = Rule { threshold: Share { num: 1, den: 2 }, strict: true, base: Base::Expressed, quorum: None };
    /// let outcome = rule.decide(Votes { yes: 5, no: 5, abstain: 2, electorate: 20 })?;
    /// assert_eq!((outcome.needed, outcome.verdict), (6, Verdict::Rejected));
    /// let crowded = Votes { yes: 15, no: 6, abstain: 0, electorate: 20 };
    /// assert_eq!(rule.decide(crowded), Err(ThresholdError::TooManyVotes));
    /// # Ok::<(), ThresholdError>(())
    /// ```
    pub fn decide(&self, votes: Votes) -> Result<Outcome, ThresholdError> {
        let shares = [Some(self.threshold), self.quorum];
        if shares.into_iter().flatten().any(|share| share.den == 0 || share.num > share.den) {
            return Err(ThresholdError::BadShare);
        }
        let expressed = votes.yes.checked_add(votes.no).ok_or(ThresholdError::TooManyVotes)?;
        let present = expressed.checked_add(votes.abstain).filter(|present| *present <= votes.electorate);
        let present = present.ok_or(ThresholdError::TooManyVotes)?;
        let base = match self.base {
            Base::Expressed => expressed,
            Base::Present => present,
            Base::Electorate => votes.electorate,
        };
        let product = |share: Share, of: u64| u128::from(share.num) * u128::from(of);
        let at_least = |share: Share, of: u64| {
            let whole = product(share, of).div_ceil(u128::from(share.den));
            u64::try_from(whole).unwrap_or(u64::MAX)
        };
        let reached = self.threshold;
        let needed = if self.strict {
            let whole = product(reached, base) / u128::from(reached.den) + 1;
            u64::try_from(whole).unwrap_or(u64::MAX)
        } else {
            at_least(reached, base).max(1)
        };
        let quorum = self.quorum.map_or(0, |share| at_least(share, votes.electorate));
        let verdict = if present < quorum {
            Verdict::NoQuorum
        } else if votes.yes >= needed {
            Verdict::Adopted
        } else {
            Verdict::Rejected
        };
        Ok(Outcome { verdict, needed, base, present, quorum })
    }
}

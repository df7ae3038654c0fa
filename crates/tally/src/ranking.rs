//! Ballots that rank options, and how many voters prefer one to another.
//!
//! A ballot is a list of levels from the best; options of one level are held equal, and what a ballot leaves out comes
//! last, below all that it ranks.
//!
//! ```
//! use popote_tally::ranking::{RankedBallot, Rankings};
//! let ballots = vec![RankedBallot::strict(3, [0, 1, 2]), RankedBallot::strict(2, [1])];
//! let rankings = Rankings::new(3, ballots)?;
//! let pairwise = rankings.pairwise();
//! assert_eq!((pairwise.votes(0, 1), pairwise.votes(1, 0)), (3, 2));
//! assert_eq!(pairwise.votes(0, 2), 3);
//! assert_eq!(pairwise.condorcet_winner(), Some(0));
//! # Ok::<(), popote_tally::ranking::RankingError>(())
//! ```

/// Most options of an election by ranking.
pub const MAX_OPTIONS: usize = 500;
/// Most voters.
pub const MAX_VOTERS: u64 = 1 << 60;
/// Most comparisons of two options on a ballot, over all ballots.
const MAX_COMPARISONS: usize = 20_000_000_000;

/// A ballot that several voters may have cast.
///
/// ```
/// use popote_tally::ranking::RankedBallot;
/// // Two voters put 1 first, hold 0 and 2 equal, and leave out what else there is.
/// let ballot = RankedBallot { count: 2, levels: vec![vec![1], vec![0, 2]] };
/// assert_ne!(ballot, RankedBallot::strict(2, [1, 0, 2]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RankedBallot {
    /// How many voters cast it.
    pub count: u64,
    /// Options from the best; those of one level are held equal.
    pub levels: Vec<Vec<u32>>,
}

impl RankedBallot {
    /// A ballot that holds no two options equal.
    ///
    /// ```
    /// use popote_tally::ranking::RankedBallot;
    /// assert_eq!(RankedBallot::strict(3, [1, 0]), RankedBallot { count: 3, levels: vec![vec![1], vec![0]] });
    /// ```
    pub fn strict(count: u64, options: impl IntoIterator<Item = u32>) -> Self {
        Self { count, levels: options.into_iter().map(|option| vec![option]).collect() }
    }
}

/// Why ballots can't be counted. Values number the ballots from 0, messages from 1.
///
/// ```
/// use popote_tally::ranking::{RankedBallot, RankingError, Rankings};
/// let refused = Rankings::new(2, vec![RankedBallot::strict(1, [0]), RankedBallot::strict(1, [5])]).unwrap_err();
/// assert_eq!(refused, RankingError::UnknownOption(1));
/// assert_eq!(refused.to_string(), "ballot 2 ranks an option that isn't there");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RankingError {
    /// A ballot for an option that isn't there.
    #[error("ballot {} ranks an option that isn't there", .0 + 1)]
    UnknownOption(usize),
    /// An option twice on one ballot.
    #[error("ballot {} ranks an option twice", .0 + 1)]
    DuplicateOption(usize),
    /// Two options of one level, where the method needs one first choice.
    #[error("ballot {} holds two options equal, which this method can't count", .0 + 1)]
    EqualRanks(usize),
    /// More than [`MAX_OPTIONS`], [`MAX_VOTERS`], or too many ballots for so many options.
    #[error("there are too many options, voters or ballots")]
    TooLarge,
    /// The lot orders another number of options.
    #[error("the lot orders another number of options")]
    Lot,
}

/// Ballots that rank a number of options.
///
/// ```
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1, 2]), RankedBallot::strict(2, [2])])?;
/// assert_eq!((rankings.options(), rankings.voters()), (3, 5));
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rankings {
    options: usize,
    ballots: Vec<RankedBallot>,
}

impl Rankings {
    /// Checks ballots over options numbered from 0.
    ///
    /// # Errors
    /// [`RankingError`] for unknown or repeated options and for more than the limits.
    ///
    /// ```
    /// use popote_tally::ranking::{RankedBallot, Rankings, RankingError};
    /// // One holds 0 and 1 equal, above 2.
    /// assert!(Rankings::new(3, vec![RankedBallot { count: 1, levels: vec![vec![0, 1], vec![2]] }]).is_ok());
    /// let twice = Rankings::new(3, vec![RankedBallot::strict(1, [0, 2, 0])]);
    /// assert_eq!(twice, Err(RankingError::DuplicateOption(0)));
    /// ```
    pub fn new(options: usize, ballots: Vec<RankedBallot>) -> Result<Self, RankingError> {
        let voters = ballots.iter().fold(0, |sum: u64, ballot| sum.saturating_add(ballot.count));
        let work = ballots.len().saturating_mul(options).saturating_mul(options);
        if options > MAX_OPTIONS || voters > MAX_VOTERS || work > MAX_COMPARISONS {
            return Err(RankingError::TooLarge);
        }
        let mut seen = vec![usize::MAX; options];
        for (index, ballot) in ballots.iter().enumerate() {
            for option in ballot.levels.iter().flatten() {
                let last = seen.get_mut(*option as usize).ok_or(RankingError::UnknownOption(index))?;
                if std::mem::replace(last, index) == index {
                    return Err(RankingError::DuplicateOption(index));
                }
            }
        }
        Ok(Self { options, ballots })
    }

    /// How many options there are.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// assert_eq!(rankings.options(), 3);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn options(&self) -> usize {
        self.options
    }

    /// The ballots as given.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// assert_eq!(rankings.ballots()[1].count, 2);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn ballots(&self) -> &[RankedBallot] {
        &self.ballots
    }

    /// How many voters there are.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// assert_eq!(rankings.voters(), 5);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.ballots.iter().map(|ballot| ballot.count).sum()
    }

    /// Compares all options two by two.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// assert_eq!(rankings.pairwise().votes(0, 1), 3);
    /// // What a ballot leaves out comes last.
    /// assert_eq!(rankings.pairwise().votes(1, 2), 5);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn pairwise(&self) -> Pairwise {
        let mut votes = vec![vec![0; self.options]; self.options];
        let mut level_of = vec![usize::MAX; self.options];
        for ballot in &self.ballots {
            level_of.fill(usize::MAX);
            for (level, options) in ballot.levels.iter().enumerate() {
                for option in options {
                    level_of[*option as usize] = level;
                }
            }
            for above in ballot.levels.iter().flatten() {
                let level = level_of[*above as usize];
                for (count, other) in votes[*above as usize].iter_mut().zip(&level_of) {
                    *count += if level < *other { ballot.count } else { 0 };
                }
            }
        }
        Pairwise { votes }
    }
}

/// For each pair of options, how many voters rank the first strictly above the second.
///
/// ```
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1, 2]), RankedBallot::strict(2, [2])])?;
/// // Three put 0 above 2, two 2 above 0.
/// assert_eq!(rankings.pairwise().rows()[0], [0, 3, 3]);
/// assert_eq!(rankings.pairwise().rows()[2], [2, 2, 0]);
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairwise {
    votes: Vec<Vec<u64>>,
}

impl Pairwise {
    /// How many options there are.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// # let pairwise = rankings.pairwise();
    /// assert_eq!(pairwise.options(), 3);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn options(&self) -> usize {
        self.votes.len()
    }

    /// Voters who rank `a` strictly above `b`; 0 for options that aren't there.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// # let pairwise = rankings.pairwise();
    /// assert_eq!((pairwise.votes(0, 1), pairwise.votes(1, 0), pairwise.votes(9, 0)), (3, 2, 0));
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn votes(&self, a: u32, b: u32) -> u64 {
        self.votes.get(a as usize).and_then(|row| row.get(b as usize)).copied().unwrap_or(0)
    }

    /// Whether more voters prefer `a` to `b` than the other way round.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// # let pairwise = rankings.pairwise();
    /// assert!(pairwise.beats(0, 1) && !pairwise.beats(2, 0));
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn beats(&self, a: u32, b: u32) -> bool {
        self.votes(a, b) > self.votes(b, a)
    }

    /// All rows, each option's votes against the others.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// # let pairwise = rankings.pairwise();
    /// assert_eq!(pairwise.rows()[1], [2, 0, 5]);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn rows(&self) -> &[Vec<u64>] {
        &self.votes
    }

    /// The option that beats every other one, if there is one.
    ///
    /// ```
    /// # use popote_tally::ranking::{RankedBallot, Rankings};
    /// # let rankings = Rankings::new(3, vec![RankedBallot::strict(3, [0, 1]), RankedBallot::strict(2, [1])])?;
    /// // Three voters rank 0, then 1; two rank 1 alone; nobody ranks 2.
    /// # let pairwise = rankings.pairwise();
    /// assert_eq!(pairwise.condorcet_winner(), Some(0));
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn condorcet_winner(&self) -> Option<u32> {
        self.indices().find(|a| self.indices().all(|b| *a == b || self.beats(*a, b)))
    }

    pub(crate) fn indices(&self) -> impl Iterator<Item = u32> + use<> {
        (0..u32::MAX).take(self.votes.len())
    }
}

/// A shortest chain of linked options from one to another, both included; empty if there is none.
pub(crate) fn shortest_chain(
    options: usize,
    from: u32,
    to: u32,
    linked: impl Fn(u32, u32) -> bool,
) -> Vec<u32> {
    let mut before: Vec<Option<u32>> = vec![None; options];
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(option) = reached.get(next).copied() {
        next += 1;
        for other in (0..u32::MAX).take(options) {
            if other != from && other != option && before[other as usize].is_none() && linked(option, other) {
                before[other as usize] = Some(option);
                reached.push(other);
            }
        }
    }
    let mut chain = vec![to];
    let mut option = to;
    while let Some(previous) = before.get(option as usize).copied().flatten() {
        chain.push(previous);
        option = previous;
    }
    chain.reverse();
    if option == from && from != to { chain } else { Vec::new() }
}

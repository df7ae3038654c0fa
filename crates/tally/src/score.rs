//! Ballots of scores: score voting (Smith, *Range Voting*, 2000), approval voting (Brams and Fishburn, *Approval Voting*,
//! American Political Science Review 1978) and STAR (Equal Vote Coalition, with its official order of ties).
//!
//! Score voting adds up the points that each option gets; approval voting counts the ballots that give an option at
//! least a threshold; STAR lets the two options of the highest totals meet, and the one that more ballots prefer wins.
//!
//! ```
//! use popote_tally::lot::Lot;
//! use popote_tally::score::Scores;
//! // Three voters score two options from 0 to 5; the third leaves the first one out, which counts as 0.
//! let scores = Scores::new(2, 5, vec![vec![(0, 5), (1, 3)], vec![(0, 4), (1, 4)], vec![(1, 2)]])?;
//! let outcome = scores.count(&Lot::by_index(2))?;
//! // 9 points each: the one with more top scores comes first.
//! assert_eq!((outcome.totals, outcome.order), (vec![9, 9], vec![0, 1]));
//! assert_eq!(scores.approvals(4, &Lot::by_index(2))?.totals, [2, 1]);
//! # Ok::<(), popote_tally::score::ScoreError>(())
//! ```

use std::cmp::Reverse;

use crate::lot::{Lot, levels_by};

/// Highest score that a scale may have.
pub const MAX_SCORE: u32 = 1_000_000;
/// Most options.
pub const MAX_OPTIONS: usize = 500;
/// Most voters: 2⁴⁰.
pub const MAX_VOTERS: u64 = 1 << 40;
/// Most scores, over all different ballots.
const MAX_CELLS: usize = 100_000_000;
/// Most comparisons of two options on a ballot.
const MAX_COMPARISONS: usize = 20_000_000_000;

/// Why ballots can't be counted. Values number the ballots from 0, messages from 1.
///
/// ```
/// use popote_tally::score::{ScoreError, Scores};
/// assert_eq!(Scores::new(1, 5, vec![vec![(0, 6)]]), Err(ScoreError::OverScale(0)));
/// assert_eq!(ScoreError::DuplicateOption(1).to_string(), "ballot 2 scores an option twice");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// A ballot for an option that isn't there.
    #[error("ballot {} scores an option that isn't there", .0 + 1)]
    UnknownOption(usize),
    /// An option twice on one ballot.
    #[error("ballot {} scores an option twice", .0 + 1)]
    DuplicateOption(usize),
    /// A score over the scale.
    #[error("ballot {} has a score over the scale", .0 + 1)]
    OverScale(usize),
    /// More than [`MAX_OPTIONS`] or [`MAX_VOTERS`], a scale over [`MAX_SCORE`], or too many ballots for so many options.
    #[error("there are too many options, voters or ballots, or the scale is too long")]
    TooLarge,
    /// The lot orders another number of options.
    #[error("the lot orders another number of options")]
    Lot,
}

/// Ballots of scores from 0 to a maximum.
///
/// ```
/// use popote_tally::score::Scores;
/// // Scores from 0 to 5 by three voters, two of whom vote alike.
/// let scores = Scores::counted(2, 5, vec![(2, vec![(0, 5), (1, 3)]), (1, vec![(1, 4)])])?;
/// assert_eq!((scores.voters(), scores.max()), (3, 5));
/// # Ok::<(), popote_tally::score::ScoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    options: usize,
    max: u32,
    /// For each ballot, how many voters cast it and the score of each option.
    ballots: Vec<(u64, Vec<u32>)>,
}

/// Totals and the ranking by them.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::score::Scores;
/// let scores = Scores::counted(2, 5, vec![(2, vec![(0, 5), (1, 3)]), (1, vec![(1, 4)])])?;
/// let outcome = scores.count(&Lot::by_index(2))?;
/// // 10 points each; option 0 has the highest score twice.
/// assert_eq!((outcome.totals, outcome.tops), (vec![10, 10], vec![2, 0]));
/// assert_eq!((outcome.levels, outcome.order), (vec![vec![0, 1]], vec![0, 1]));
/// # Ok::<(), popote_tally::score::ScoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Points (or approvals) of each option, by index.
    pub totals: Vec<u64>,
    /// How many ballots give each option the highest score.
    pub tops: Vec<u64>,
    /// Options from the best, those of one total together.
    pub levels: Vec<Vec<u32>>,
    /// The same with ties broken by more top scores, then by the lot.
    pub order: Vec<u32>,
}

/// How a STAR count ended.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::score::Scores;
/// let scores = Scores::counted(3, 5, vec![(2, vec![(0, 5), (1, 4)]), (3, vec![(1, 5), (0, 1)]), (1, vec![(2, 5)])])?;
/// let star = scores.star(&Lot::by_index(3))?;
/// assert_eq!((star.totals, star.finalists), (vec![13, 23, 5], vec![1, 0]));
/// assert_eq!((star.preferences, star.winner), ((3, 2), Some(1)));
/// # Ok::<(), popote_tally::score::ScoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star {
    /// The winner; `None` only if there is no option.
    pub winner: Option<u32>,
    /// The two options of the run-off, the first seat first; one if there is only one option.
    pub finalists: Vec<u32>,
    /// For each seat of the run-off, the options of one total that were tied for it; empty without a tie.
    pub tied: Vec<Vec<u32>>,
    /// Points of each option, by index.
    pub totals: Vec<u64>,
    /// How many voters give each option the highest score.
    pub tops: Vec<u64>,
    /// Voters who prefer the first finalist, and the second.
    pub preferences: (u64, u64),
}

impl Scores {
    /// Checks ballots of one voter each: pairs of an option and a score from 0 to `max`; what a ballot leaves out gets 0.
    ///
    /// # Errors
    /// [`ScoreError`] for unknown or repeated options, scores over `max`, and more than the limits.
    ///
    /// ```
    /// use popote_tally::score::{ScoreError, Scores};
    /// assert!(Scores::new(2, 5, vec![vec![(0, 5)], vec![(1, 3), (0, 2)]]).is_ok());
    /// assert_eq!(Scores::new(2, 5, vec![vec![(0, 5)], vec![(0, 6)]]), Err(ScoreError::OverScale(1)));
    /// ```
    pub fn new(options: usize, max: u32, ballots: Vec<Vec<(u32, u32)>>) -> Result<Self, ScoreError> {
        Self::counted(options, max, ballots.into_iter().map(|ballot| (1, ballot)).collect())
    }

    /// [`Self::new`] for ballots that several voters cast, each with their number.
    ///
    /// # Errors
    /// [`ScoreError`] for unknown or repeated options, scores over `max`, and more than the limits.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// use popote_tally::score::Scores;
    /// let scores = Scores::counted(2, 5, vec![(1_000_000, vec![(0, 5)]), (3, vec![(1, 4)])])?;
    /// assert_eq!(scores.count(&Lot::by_index(2))?.totals, [5_000_000, 12]);
    /// # Ok::<(), popote_tally::score::ScoreError>(())
    /// ```
    pub fn counted(
        options: usize,
        max: u32,
        ballots: Vec<(u64, Vec<(u32, u32)>)>,
    ) -> Result<Self, ScoreError> {
        let voters = ballots.iter().fold(0, |sum: u64, (count, _)| sum.saturating_add(*count));
        let too_many = voters > MAX_VOTERS || ballots.len().saturating_mul(options) > MAX_CELLS;
        if options > MAX_OPTIONS || max > MAX_SCORE || too_many {
            return Err(ScoreError::TooLarge);
        }
        let row = |(index, (count, ballot)): (usize, (u64, Vec<(u32, u32)>))| {
            let mut row = vec![None; options];
            for (option, score) in ballot {
                let slot = row.get_mut(option as usize).ok_or(ScoreError::UnknownOption(index))?;
                if score > max {
                    return Err(ScoreError::OverScale(index));
                }
                if slot.replace(score).is_some() {
                    return Err(ScoreError::DuplicateOption(index));
                }
            }
            Ok((count, row.into_iter().map(Option::unwrap_or_default).collect()))
        };
        let ballots = ballots.into_iter().enumerate().map(row).collect::<Result<_, _>>()?;
        Ok(Self { options, max, ballots })
    }

    /// How many voters there are.
    ///
    /// ```
    /// use popote_tally::score::Scores;
    /// assert_eq!(Scores::counted(1, 5, vec![(7, vec![(0, 5)]), (2, vec![])])?.voters(), 9);
    /// # Ok::<(), popote_tally::score::ScoreError>(())
    /// ```
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.ballots.iter().map(|(count, _)| count).sum()
    }

    /// The highest score of the scale.
    ///
    /// ```
    /// use popote_tally::score::Scores;
    /// assert_eq!(Scores::new(2, 5, vec![vec![(0, 3)]])?.max(), 5);
    /// # Ok::<(), popote_tally::score::ScoreError>(())
    /// ```
    #[must_use]
    pub fn max(&self) -> u32 {
        self.max
    }

    /// Ranks by the sum of the scores.
    ///
    /// # Errors
    /// [`ScoreError::Lot`] for a lot over another number of options.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// use popote_tally::score::Scores;
    /// let scores = Scores::new(2, 5, vec![vec![(0, 5), (1, 3)], vec![(1, 3)]])?;
    /// let outcome = scores.count(&Lot::by_index(2))?;
    /// assert_eq!((outcome.totals, outcome.levels), (vec![5, 6], vec![vec![1], vec![0]]));
    /// # Ok::<(), popote_tally::score::ScoreError>(())
    /// ```
    pub fn count(&self, lot: &Lot) -> Result<Outcome, ScoreError> {
        self.ranked(lot, u64::from)
    }

    /// Ranks by the number of ballots that give at least `threshold`: approval voting, if the scale is 0 to 1 and the
    /// threshold 1. Ties are for the lot alone.
    ///
    /// # Errors
    /// [`ScoreError::Lot`] for a lot over another number of options.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// use popote_tally::score::Scores;
    /// let scores = Scores::new(2, 1, vec![vec![(0, 1), (1, 1)], vec![(1, 1)], vec![(0, 1)]])?;
    /// // Two approvals each: the lot puts 1 first.
    /// assert_eq!(scores.approvals(1, &Lot::drawn(&[1, 0], 2).unwrap())?.order, [1, 0]);
    /// # Ok::<(), popote_tally::score::ScoreError>(())
    /// ```
    pub fn approvals(&self, threshold: u32, lot: &Lot) -> Result<Outcome, ScoreError> {
        let outcome = self.ranked(lot, |score| u64::from(score >= threshold))?;
        Ok(Outcome { order: lot.flatten(&outcome.levels), tops: outcome.totals.clone(), ..outcome })
    }

    fn ranked(&self, lot: &Lot, points: impl Fn(u32) -> u64) -> Result<Outcome, ScoreError> {
        if lot.len() != self.options {
            return Err(ScoreError::Lot);
        }
        let totals = self.sum(&points);
        let tops = self.sum(|score| u64::from(score == self.max));
        let levels = levels_by(self.options, |option| totals[option as usize]);
        let mut order = levels.concat();
        order.sort_by_key(|option| {
            let index = *option as usize;
            (Reverse((totals[index], tops[index])), lot.place(*option))
        });
        Ok(Outcome { totals, tops, levels, order })
    }

    fn sum(&self, points: impl Fn(u32) -> u64) -> Vec<u64> {
        let mut totals = vec![0; self.options];
        for (count, ballot) in &self.ballots {
            for (total, score) in totals.iter_mut().zip(ballot) {
                *total += count * points(*score);
            }
        }
        totals
    }

    /// Voters who score `a` above `b`.
    fn prefer(&self, a: u32, b: u32) -> u64 {
        let prefers = |(_, ballot): &&(u64, Vec<u32>)| ballot[a as usize] > ballot[b as usize];
        self.ballots.iter().filter(prefers).map(|(count, _)| count).sum()
    }

    /// STAR: the two highest totals meet in a run-off by preference. Ties for a seat: most victories among the tied, most
    /// top scores, lot. A tied run-off: total, top scores, lot.
    ///
    /// # Errors
    /// [`ScoreError::Lot`] for a lot over another number of options; [`ScoreError::TooLarge`] if comparing all options two
    /// by two would take too long.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// use popote_tally::score::Scores;
    /// // 12 points for option 0, 13 for option 1; but two voters of three prefer option 0.
    /// let scores = Scores::new(3, 5, vec![vec![(0, 5), (1, 4)], vec![(0, 5), (1, 4)], vec![(0, 2), (1, 5), (2, 3)]])?;
    /// let star = scores.star(&Lot::by_index(3))?;
    /// assert_eq!((star.finalists, star.preferences, star.winner), (vec![1, 0], (1, 2), Some(0)));
    /// # Ok::<(), popote_tally::score::ScoreError>(())
    /// ```
    pub fn star(&self, lot: &Lot) -> Result<Star, ScoreError> {
        let pairs = self.options.saturating_mul(self.options);
        if self.ballots.len().saturating_mul(pairs) > MAX_COMPARISONS {
            return Err(ScoreError::TooLarge);
        }
        let Outcome { totals, tops, .. } = self.count(lot)?;
        let mut left: Vec<u32> = (0..u32::MAX).take(self.options).collect();
        let (mut finalists, mut ties) = (Vec::new(), Vec::new());
        while finalists.len() < 2 && !left.is_empty() {
            let best = left.iter().map(|option| totals[*option as usize]).max().unwrap_or(0);
            let tied: Vec<u32> =
                left.iter().copied().filter(|option| totals[*option as usize] == best).collect();
            let wins = |a: u32| tied.iter().filter(|b| self.prefer(a, **b) > self.prefer(**b, a)).count();
            let rank = |option: &u32| (Reverse((wins(*option), tops[*option as usize])), lot.place(*option));
            let Some(seat) = tied.iter().copied().min_by_key(rank) else { break };
            finalists.push(seat);
            ties.push(if tied.len() > 1 { tied.clone() } else { Vec::new() });
            left.retain(|option| *option != seat);
        }
        let (winner, preferences) = match finalists[..] {
            [a, b] => {
                let preferences = (self.prefer(a, b), self.prefer(b, a));
                let rank = |option: u32, votes| {
                    let index = option as usize;
                    (votes, totals[index], tops[index], Reverse(lot.place(option)))
                };
                let first = rank(a, preferences.0) > rank(b, preferences.1);
                (Some(if first { a } else { b }), preferences)
            }
            _ => (finalists.first().copied(), (0, 0)),
        };
        Ok(Star { winner, finalists, tied: ties, totals, tops, preferences })
    }
}

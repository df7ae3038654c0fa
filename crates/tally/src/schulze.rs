//! Schulze's method, by winning votes (Schulze, *A new monotonic, clone-independent, reversal symmetric, and
//! Condorcet-consistent single-winner election method*, Social Choice and Welfare 2011).
//!
//! If majorities go round in a circle, each option is as strong against another as the weakest link of the strongest
//! chain of victories that leads to it. `a` comes before `b` if the best chain from `a` to `b` is stronger than the best
//! one back. A victory is stronger with more votes for it, and with the same number, with fewer against it. The ranking of
//! the later places uses the same chains: nothing is computed anew once the first are placed.
//!
//! ```
//! use popote_tally::lot::Lot;
//! use popote_tally::ranking::{RankedBallot, Rankings};
//! use popote_tally::schulze::count;
//! // 0 beats 1 by 7 to 3, 1 beats 2 by 6 to 4, and 2 beats 0 by 7 to 3: a circle whose weakest link is 1 over 2.
//! let ballots = vec![
//!     RankedBallot::strict(3, [0, 1, 2]), RankedBallot::strict(3, [1, 2, 0]), RankedBallot::strict(4, [2, 0, 1]),
//! ];
//! let outcome = count(&Rankings::new(3, ballots)?.pairwise(), &Lot::by_index(3))?;
//! assert_eq!(outcome.order, [2, 0, 1]);
//! # Ok::<(), popote_tally::ranking::RankingError>(())
//! ```

use std::cmp::Reverse;

use crate::lot::Lot;
use crate::ranking::{Pairwise, RankingError};

/// How strong a victory or a chain of victories is; the greater the stronger.
///
/// ```
/// use popote_tally::schulze::Strength;
/// use std::cmp::Reverse;
/// let won = |votes, against| Strength::Won { votes, against: Reverse(against) };
/// assert!(won(7, 3) > won(6, 1) && won(6, 1) > won(6, 2) && won(6, 2) > Strength::Even && Strength::Even > Strength::Lost);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// No chain of victories or even matches.
    Lost,
    /// A chain with an even match in it.
    Even,
    /// The weakest victory of the chain.
    Won {
        /// Votes for it.
        votes: u64,
        /// Votes against it: the fewer the stronger.
        against: Reverse<u64>,
    },
}

/// The ranking and how it came.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// use popote_tally::schulze::{Strength, count};
/// // Two voters put 1 first, one puts 0 first; nobody ranks 2.
/// let rankings = Rankings::new(3, vec![RankedBallot::strict(2, [1, 0]), RankedBallot::strict(1, [0, 1])])?;
/// let outcome = count(&rankings.pairwise(), &Lot::by_index(3))?;
/// assert_eq!((outcome.order, outcome.levels.len()), (vec![1, 0, 2], 3));
/// assert_eq!((outcome.paths[1][0] > outcome.paths[0][1], outcome.paths[2][0]), (true, Strength::Lost));
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Options from the best; those of one level are beaten by none of the later levels or of their own.
    pub levels: Vec<Vec<u32>>,
    /// The same with ties broken by the lot.
    pub order: Vec<u32>,
    /// For each pair of options, the strength of the best chain from the first to the second.
    pub paths: Vec<Vec<Strength>>,
}

/// Ranks all options.
///
/// # Errors
/// [`RankingError::Lot`] for a lot over another number of options.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// use popote_tally::schulze::{Strength, count};
/// // One voter prefers 0 to 1, another 1 to 0: they are tied, and the lot puts 1 first.
/// let rankings = Rankings::new(2, vec![RankedBallot::strict(1, [0, 1]), RankedBallot::strict(1, [1, 0])])?;
/// let outcome = count(&rankings.pairwise(), &Lot::drawn(&[1, 0], 2).unwrap())?;
/// assert_eq!((outcome.levels, outcome.order), (vec![vec![0, 1]], vec![1, 0]));
/// assert_eq!(outcome.paths[0][1], Strength::Even);
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
pub fn count(pairwise: &Pairwise, lot: &Lot) -> Result<Outcome, RankingError> {
    if lot.len() != pairwise.options() {
        return Err(RankingError::Lot);
    }
    let paths = strongest_paths(pairwise);
    let before = |a: u32, b: u32| paths[a as usize][b as usize] > paths[b as usize][a as usize];
    let mut left: Vec<u32> = pairwise.indices().collect();
    let mut levels = Vec::new();
    while !left.is_empty() {
        let (top, rest): (Vec<u32>, Vec<u32>) =
            left.iter().partition(|a| !left.iter().any(|b| before(*b, **a)));
        // The relation is transitive, so some option is always unbeaten.
        if top.is_empty() {
            levels.push(rest);
            break;
        }
        levels.push(top);
        left = rest;
    }
    Ok(Outcome { order: lot.flatten(&levels), levels, paths })
}

/// How strong the match of two options is, seen from the first.
fn direct(pairwise: &Pairwise, a: u32, b: u32) -> Strength {
    let (votes, against) = (pairwise.votes(a, b), pairwise.votes(b, a));
    match votes.cmp(&against) {
        std::cmp::Ordering::Greater => Strength::Won { votes, against: Reverse(against) },
        std::cmp::Ordering::Equal => Strength::Even,
        std::cmp::Ordering::Less => Strength::Lost,
    }
}

impl Outcome {
    /// A best chain from one option to another, both included; empty if there is none. Of several, a shortest.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// use popote_tally::ranking::{RankedBallot, Rankings};
    /// use popote_tally::schulze::count;
    /// let ballots = vec![
    ///     RankedBallot::strict(3, [0, 1, 2]), RankedBallot::strict(3, [1, 2, 0]), RankedBallot::strict(4, [2, 0, 1]),
    /// ];
    /// let pairwise = Rankings::new(3, ballots)?.pairwise();
    /// let outcome = count(&pairwise, &Lot::by_index(3))?;
    /// // 1 loses to 0, but beats 2, which beats 0.
    /// assert_eq!(outcome.chain(&pairwise, 1, 0), [1, 2, 0]);
    /// # Ok::<(), popote_tally::ranking::RankingError>(())
    /// ```
    #[must_use]
    pub fn chain(&self, pairwise: &Pairwise, from: u32, to: u32) -> Vec<u32> {
        let strength = self.paths.get(from as usize).and_then(|row| row.get(to as usize));
        let Some(strength) = strength.filter(|strength| **strength > Strength::Lost && from != to) else {
            return Vec::new();
        };
        let linked = |a: u32, b: u32| direct(pairwise, a, b) >= *strength;
        crate::ranking::shortest_chain(pairwise.options(), from, to, linked)
    }
}

fn strongest_paths(pairwise: &Pairwise) -> Vec<Vec<Strength>> {
    let row = |a| pairwise.indices().map(|b| direct(pairwise, a, b)).collect();
    let mut paths: Vec<Vec<Strength>> = pairwise.indices().map(row).collect();
    for middle in 0..paths.len() {
        let onward = paths[middle].clone();
        for (start, row) in paths.iter_mut().enumerate() {
            let first = row[middle];
            for (end, path) in row.iter_mut().enumerate() {
                if start != middle && end != middle && start != end {
                    *path = (*path).max(first.min(onward[end]));
                }
            }
        }
    }
    paths
}

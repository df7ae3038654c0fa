//! Ranked pairs (Tideman 1987, with Zavist and Tideman's order for ties, 1989), by winning votes.
//!
//! Victories are taken from the strongest (most votes for it; then fewest against; then the winner earlier in the lot;
//! then the loser later in the lot) and kept unless they would make a circle with those already kept. Even matches are
//! then settled by the lot in the same way, so that the result is one order.
//!
//! ```
//! use popote_tally::lot::Lot;
//! use popote_tally::ranked_pairs::count;
//! use popote_tally::ranking::{RankedBallot, Rankings};
//! let ballots = vec![
//!     RankedBallot::strict(3, [0, 1, 2]), RankedBallot::strict(3, [1, 2, 0]), RankedBallot::strict(4, [2, 0, 1]),
//! ];
//! let outcome = count(&Rankings::new(3, ballots)?.pairwise(), &Lot::by_index(3))?;
//! assert_eq!(outcome.order, [2, 0, 1]);
//! // The weakest victory of the circle, 1 over 2, was dropped.
//! assert!(outcome.pairs.iter().any(|pair| (pair.winner, pair.loser, pair.kept) == (1, 2, false)));
//! # Ok::<(), popote_tally::ranking::RankingError>(())
//! ```

use std::cmp::Reverse;

use crate::lot::Lot;
use crate::ranking::{Pairwise, RankingError};

/// A victory, or an even match that the lot decides.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// let rankings = Rankings::new(2, vec![RankedBallot::strict(2, [1, 0]), RankedBallot::strict(1, [0])])?;
/// let pair = popote_tally::ranked_pairs::count(&rankings.pairwise(), &Lot::by_index(2))?.pairs[0];
/// assert_eq!((pair.winner, pair.loser, pair.votes, pair.against, pair.kept), (1, 0, 2, 1, true));
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The option that wins.
    pub winner: u32,
    /// The option that loses.
    pub loser: u32,
    /// Votes for the winner.
    pub votes: u64,
    /// Votes for the loser; as many in an even match.
    pub against: u64,
    /// Whether it was kept; if not, it would have made a circle.
    pub kept: bool,
}

/// The ranking and how it came.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// // No ballot: the lot alone makes the order.
/// let rankings = Rankings::new(3, vec![])?;
/// let outcome = popote_tally::ranked_pairs::count(&rankings.pairwise(), &Lot::drawn(&[2, 0, 1], 3).unwrap())?;
/// assert_eq!((outcome.order, outcome.pairs.len()), (vec![2, 0, 1], 3));
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Options from the best.
    pub order: Vec<u32>,
    /// Every pair in the order in which it was looked at.
    pub pairs: Vec<Pair>,
}

/// Ranks all options.
///
/// # Errors
/// [`RankingError::Lot`] for a lot over another number of options.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranked_pairs::count;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// let rankings = Rankings::new(3, vec![RankedBallot::strict(2, [2]), RankedBallot::strict(1, [0])])?;
/// // 2 beats both others, 0 beats 1.
/// assert_eq!(count(&rankings.pairwise(), &Lot::by_index(3))?.order, [2, 0, 1]);
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
pub fn count(pairwise: &Pairwise, lot: &Lot) -> Result<Outcome, RankingError> {
    if lot.len() != pairwise.options() {
        return Err(RankingError::Lot);
    }
    let size = pairwise.options();
    // For each option, which others it is already placed above, through any chain.
    let mut above = vec![vec![false; size]; size];
    let mut pairs = Vec::new();
    for mut pair in ordered(pairwise, lot) {
        let (winner, loser) = (pair.winner as usize, pair.loser as usize);
        pair.kept = !above[loser][winner];
        pairs.push(pair);
        if !pair.kept || above[winner][loser] {
            continue;
        }
        let below = above[loser].clone();
        for (option, row) in above.iter_mut().enumerate() {
            if option == winner || row[winner] {
                row[loser] = true;
                row.iter_mut().zip(&below).for_each(|(reached, more)| *reached |= more);
            }
        }
    }
    let mut order: Vec<u32> = pairwise.indices().collect();
    order.sort_by_key(|option| Reverse(above[*option as usize].iter().filter(|reached| **reached).count()));
    Ok(Outcome { order, pairs })
}

/// Victories from the strongest, then even matches in the order of the lot.
fn ordered(pairwise: &Pairwise, lot: &Lot) -> Vec<Pair> {
    let (mut victories, mut even) = (Vec::new(), Vec::new());
    for winner in pairwise.indices() {
        for loser in pairwise.indices().filter(|loser| *loser != winner) {
            let (votes, against) = (pairwise.votes(winner, loser), pairwise.votes(loser, winner));
            let pair = Pair { winner, loser, votes, against, kept: false };
            if votes > against {
                victories.push(pair);
            } else if votes == against && lot.place(winner) < lot.place(loser) {
                even.push(pair);
            }
        }
    }
    let rank = |pair: &Pair| (lot.place(pair.winner), Reverse(lot.place(pair.loser)));
    victories.sort_by_key(|pair| (Reverse(pair.votes), pair.against, rank(pair)));
    even.sort_by_key(|pair| (lot.place(pair.winner), lot.place(pair.loser)));
    victories.extend(even);
    victories
}

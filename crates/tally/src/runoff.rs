//! Instant run-off: the first choices are counted, the last option is struck out, and its ballots pass on to their next
//! choice, until one option has the majority of the ballots that still name one (Ware 1871, after Hare's transferable vote).
//!
//! A tie for the last place strikes out the option with the fewest votes in the most recent earlier round in which the
//! tied ones differ; if there is none, the one that comes last in the lot.
//!
//! ```
//! use popote_tally::lot::Lot;
//! use popote_tally::ranking::{RankedBallot, Rankings};
//! use popote_tally::runoff::count;
//! let ballots = vec![
//!     RankedBallot::strict(4, [0, 1]), RankedBallot::strict(3, [1, 0]), RankedBallot::strict(2, [2, 1]),
//! ];
//! let outcome = count(&Rankings::new(3, ballots)?, &Lot::by_index(3))?;
//! assert_eq!(outcome.winner, Some(1));
//! assert_eq!(outcome.rounds[0].eliminated, Some(2));
//! assert_eq!(outcome.rounds[1].votes, [Some(4), Some(5), None]);
//! # Ok::<(), popote_tally::ranking::RankingError>(())
//! ```

use crate::lot::Lot;
use crate::ranking::{RankingError, Rankings};

/// One count of the first choices.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// use popote_tally::runoff::count;
/// let ballots = vec![RankedBallot::strict(2, [0]), RankedBallot::strict(2, [1]), RankedBallot::strict(1, [2])];
/// let rounds = count(&Rankings::new(3, ballots)?, &Lot::by_index(3))?.rounds;
/// // The voter of 2 names nobody else; 0 and 1 are even, and 1 comes last in the lot.
/// assert_eq!((rounds[1].exhausted, rounds[1].eliminated, rounds[1].by_lot), (1, Some(1), true));
/// assert_eq!(rounds[1].tied, [0, 1]);
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Votes for each option, by index; `None` for those struck out before.
    pub votes: Vec<Option<u64>>,
    /// Voters whose ballot names no option that is left.
    pub exhausted: u64,
    /// The option struck out after this round, if the count goes on.
    pub eliminated: Option<u32>,
    /// The options that were last together, when there were several.
    pub tied: Vec<u32>,
    /// The earlier rounds (from 0, the latest first) whose votes told some of the tied ones apart.
    pub told_apart: Vec<usize>,
    /// Whether the lot had to decide among those still tied.
    pub by_lot: bool,
}

/// The winner and how it went.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// let rankings = Rankings::new(2, vec![RankedBallot::strict(3, [1]), RankedBallot::strict(1, [0, 1])])?;
/// let outcome = popote_tally::runoff::count(&rankings, &Lot::by_index(2))?;
/// assert_eq!((outcome.winner, outcome.rounds.len()), (Some(1), 1));
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The winner; `None` only if there is no option.
    pub winner: Option<u32>,
    /// The rounds in order.
    pub rounds: Vec<Round>,
}

/// Counts ballots that hold no two options equal.
///
/// # Errors
/// [`RankingError::EqualRanks`] for one that does, [`RankingError::Lot`] for a lot over another number of options.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::ranking::{RankedBallot, Rankings};
/// use popote_tally::runoff::count;
/// // Both have one vote: the last in the lot goes out.
/// let rankings = Rankings::new(2, vec![RankedBallot::strict(1, [0]), RankedBallot::strict(1, [1])])?;
/// let outcome = count(&rankings, &Lot::by_index(2))?;
/// assert_eq!((outcome.rounds[0].eliminated, outcome.rounds[0].by_lot), (Some(1), true));
/// # Ok::<(), popote_tally::ranking::RankingError>(())
/// ```
pub fn count(rankings: &Rankings, lot: &Lot) -> Result<Outcome, RankingError> {
    if lot.len() != rankings.options() {
        return Err(RankingError::Lot);
    }
    if let Some(ballot) =
        rankings.ballots().iter().position(|ballot| ballot.levels.iter().any(|level| level.len() > 1))
    {
        return Err(RankingError::EqualRanks(ballot));
    }
    let mut left = vec![true; rankings.options()];
    let mut rounds: Vec<Round> = Vec::new();
    loop {
        let mut round = count_round(rankings, &left);
        let standing: Vec<(u32, u64)> =
            (0..).zip(&round.votes).filter_map(|(option, votes)| Some((option, (*votes)?))).collect();
        let Some((leader, most)) = standing.iter().max_by_key(|(_, votes)| *votes).copied() else {
            return Ok(Outcome { winner: None, rounds });
        };
        let active: u64 = standing.iter().map(|(_, votes)| votes).sum();
        if standing.len() == 1 || most > active / 2 {
            rounds.push(round);
            return Ok(Outcome { winner: Some(leader), rounds });
        }
        let least = standing.iter().map(|(_, votes)| *votes).min().unwrap_or(0);
        let tied: Vec<u32> =
            standing.iter().filter(|(_, votes)| *votes == least).map(|(option, _)| *option).collect();
        let (last, told_apart, by_lot) = weakest(&tied, &rounds, lot);
        (round.eliminated, round.told_apart, round.by_lot) = (last, told_apart, by_lot);
        round.tied = if tied.len() > 1 { tied } else { Vec::new() };
        rounds.push(round);
        if let Some(last) = last {
            left[last as usize] = false;
        }
    }
}

fn count_round(rankings: &Rankings, left: &[bool]) -> Round {
    let mut votes: Vec<Option<u64>> = left.iter().map(|left| left.then_some(0)).collect();
    let mut exhausted = 0;
    for ballot in rankings.ballots() {
        let choice = ballot.levels.iter().flatten().find(|option| left[**option as usize]);
        match choice.and_then(|option| votes[*option as usize].as_mut()) {
            Some(votes) => *votes += ballot.count,
            None => exhausted += ballot.count,
        }
    }
    Round { votes, exhausted, eliminated: None, tied: Vec::new(), told_apart: Vec::new(), by_lot: false }
}

/// The option to strike out, the earlier rounds that told the tied ones apart, and whether the lot decided.
fn weakest(tied: &[u32], earlier: &[Round], lot: &Lot) -> (Option<u32>, Vec<usize>, bool) {
    let mut tied = tied.to_vec();
    let mut told_apart = Vec::new();
    for (index, round) in earlier.iter().enumerate().rev() {
        let votes = |option: &u32| round.votes[*option as usize];
        let (before, least) = (tied.len(), tied.iter().map(votes).min().flatten());
        tied.retain(|option| votes(option) == least);
        if tied.len() < before {
            told_apart.push(index);
        }
    }
    let by_lot = tied.len() > 1;
    (tied.into_iter().max_by_key(|option| lot.place(*option)), told_apart, by_lot)
}

//! Majority judgment (Balinski and Laraki, *Majority Judgment*, MIT Press 2011): every voter grades every option, and
//! the option with the best median wins.
//!
//! The grade of an option is its *lower* median: the best grade that more than half of the voters give it or exceed. If
//! half give "Good" and half give less, the grade is what the better of those others gives. Two options of the same grade are told apart by
//! their larger dissatisfied or satisfied side: `p` voters above the grade and `q` below. If `p > q` the option is
//! rather better than its grade ("Good +"), else rather worse ("Good −"; equality goes to the objection). Then the
//! median's voters move over to that side and the comparison goes on, so that only options with the same votes for each
//! grade are tied. This is the same as removing median grades one by one, in a number of steps that doesn't depend on the
//! number of voters.
//!
//! ```
//! use popote_tally::lot::Lot;
//! use popote_tally::majority_judgment::{Sign, count};
//! // Votes for each of three grades, from the worst, for two options; five voters.
//! let outcome = count(&[vec![1, 3, 1], vec![2, 1, 2]], &Lot::by_index(2))?;
//! assert_eq!(outcome.levels, [[0], [1]]);
//! // Both have the middle grade. The first has one voter on either side: −1. The second has two: −2.
//! assert_eq!(outcome.options[0].key, [(1, -1), (0, 1), (2, 0)]);
//! # Ok::<(), popote_tally::majority_judgment::TallyError>(())
//! ```

use crate::lot::{Lot, levels_by};

/// Most grades of a scale.
pub const MAX_GRADES: usize = 100;
/// Most voters.
pub const MAX_VOTERS: u64 = 1 << 60;

/// The seven grades of French practice, from the worst.
///
/// ```
/// use popote_tally::majority_judgment::{GRADES_EN, GRADES_FR};
/// assert_eq!((GRADES_FR[4], GRADES_EN[4]), ("Bien", "Good"));
/// ```
pub const GRADES_FR: [&str; 7] =
    ["À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien", "Excellent"];
/// The same in English.
///
/// ```
/// assert_eq!(popote_tally::majority_judgment::GRADES_EN.first(), Some(&"To reject"));
/// ```
pub const GRADES_EN: [&str; 7] =
    ["To reject", "Poor", "Passable", "Fairly good", "Good", "Very good", "Excellent"];

/// Why tallies can't be judged.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::majority_judgment::{TallyError, count};
/// assert_eq!(count(&[vec![]], &Lot::by_index(1)), Err(TallyError::Grades));
/// assert_eq!(count(&[vec![1, 0], vec![1, 1]], &Lot::by_index(2)), Err(TallyError::Unbalanced(1)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// No grade, or more than [`MAX_GRADES`].
    #[error("a scale needs 1 to {MAX_GRADES} grades")]
    Grades,
    /// The options don't have the same number of grades or of voters.
    #[error("option {0} doesn't have as many grades or voters as the first")]
    Unbalanced(usize),
    /// More than [`MAX_VOTERS`].
    #[error("there are too many voters")]
    TooLarge,
    /// The lot orders another number of options.
    #[error("the lot orders another number of options")]
    Lot,
}

/// Which side of the median is larger.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::majority_judgment::{Sign, count};
/// // Three grades and three voters: one below the middle grade; one above; all on it.
/// let outcome = count(&[vec![1, 2, 0], vec![0, 2, 1], vec![0, 3, 0]], &Lot::by_index(3))?;
/// assert_eq!(outcome.options.iter().map(|judged| judged.sign).collect::<Vec<_>>(), [Sign::Minus, Sign::Plus, Sign::Even]);
/// # Ok::<(), popote_tally::majority_judgment::TallyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// More voters above than below.
    Plus,
    /// At least as many below as above, and some.
    Minus,
    /// All gave the same grade.
    Even,
}

/// How an option was judged.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::majority_judgment::count;
/// // Votes for four grades, from the worst: of five voters, two give the third grade and two the best.
/// let judged = &count(&[vec![1, 0, 2, 2]], &Lot::by_index(1))?.options[0];
/// assert_eq!((judged.median, judged.above, judged.below), (2, 2, 1));
/// # Ok::<(), popote_tally::majority_judgment::TallyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Votes for each grade, from the worst.
    pub tally: Vec<u64>,
    /// The majority grade, from 0 the worst.
    pub median: usize,
    /// Voters above it.
    pub above: u64,
    /// Voters below it.
    pub below: u64,
    /// Which of them are more.
    pub sign: Sign,
    /// What options are compared by, the greater the better: grades with the voters above (positive) or below
    /// (negative), step by step, `0` at the end.
    pub key: Vec<(usize, i64)>,
}

/// The ranking and how it came.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::majority_judgment::count;
/// // The first and the third have the same votes for each grade: the lot puts the third first.
/// let outcome = count(&[vec![1, 2], vec![0, 3], vec![1, 2]], &Lot::drawn(&[2, 1, 0], 3).unwrap())?;
/// assert_eq!((outcome.levels, outcome.order), (vec![vec![1], vec![0, 2]], vec![1, 2, 0]));
/// # Ok::<(), popote_tally::majority_judgment::TallyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Options from the best; those of one level have the same votes for each grade.
    pub levels: Vec<Vec<u32>>,
    /// The same with ties broken by the lot.
    pub order: Vec<u32>,
    /// Each option's judgment, by index.
    pub options: Vec<Judged>,
}

/// Votes for each grade from ballots: for each voter a grade (from 0 the worst) for each option, `None` for no grade,
/// which counts as the worst, and so does a grade beyond the scale.
///
/// ```
/// use popote_tally::majority_judgment::tallies;
/// // Two options, three grades; the second voter doesn't grade the second option, which counts as the worst grade.
/// let ballots = [vec![Some(2), Some(1)], vec![Some(1), None]];
/// assert_eq!(tallies(2, 3, ballots), [[0, 1, 1], [1, 1, 0]]);
/// ```
#[must_use]
pub fn tallies(
    options: usize,
    grades: usize,
    ballots: impl IntoIterator<Item = Vec<Option<usize>>>,
) -> Vec<Vec<u64>> {
    let mut tallies = vec![vec![0; grades]; options];
    for ballot in ballots {
        for (option, tally) in tallies.iter_mut().enumerate() {
            let grade = ballot.get(option).copied().flatten().filter(|grade| *grade < grades).unwrap_or(0);
            if let Some(votes) = tally.get_mut(grade) {
                *votes += 1;
            }
        }
    }
    tallies
}

/// Judges options by the votes for each grade, from the worst.
///
/// # Errors
/// [`TallyError`] for tallies of different sizes or sums, or beyond the limits.
///
/// ```
/// use popote_tally::lot::Lot;
/// use popote_tally::majority_judgment::{Sign, TallyError, count};
/// // Two voters give grades 0 and 2: the lower median is 0, and one voter is above it.
/// let outcome = count(&[vec![1, 0, 1]], &Lot::by_index(1))?;
/// assert_eq!((outcome.options[0].median, outcome.options[0].sign), (0, Sign::Plus));
/// // Options must have as many voters.
/// assert_eq!(count(&[vec![1, 0], vec![1, 1]], &Lot::by_index(2)), Err(TallyError::Unbalanced(1)));
/// # Ok::<(), TallyError>(())
/// ```
pub fn count(tallies: &[Vec<u64>], lot: &Lot) -> Result<Outcome, TallyError> {
    if lot.len() != tallies.len() {
        return Err(TallyError::Lot);
    }
    let voters =
        tallies.first().map_or(0, |tally| tally.iter().fold(0, |sum: u64, votes| sum.saturating_add(*votes)));
    for (option, tally) in tallies.iter().enumerate() {
        if tally.is_empty() || tally.len() > MAX_GRADES {
            return Err(TallyError::Grades);
        }
        let sum = tally.iter().fold(0, |sum: u64, votes| sum.saturating_add(*votes));
        if sum > MAX_VOTERS {
            return Err(TallyError::TooLarge);
        }
        if tally.len() != tallies[0].len() || sum != voters {
            return Err(TallyError::Unbalanced(option));
        }
    }
    let options: Vec<Judged> = tallies.iter().map(|tally| judge(tally)).collect();
    let levels = levels_by(options.len(), |option| &options[option as usize].key);
    Ok(Outcome { order: lot.flatten(&levels), levels, options })
}

fn judge(tally: &[u64]) -> Judged {
    let key = key(tally);
    let median = key.first().map_or(0, |(grade, _)| *grade);
    let below = tally[..median].iter().sum();
    let above = tally[median + 1..].iter().sum();
    let sign = match (above, below) {
        (0, 0) => Sign::Even,
        _ if above > below => Sign::Plus,
        _ => Sign::Minus,
    };
    Judged { tally: tally.to_vec(), median, above, below, sign, key }
}

fn key(tally: &[u64]) -> Vec<(usize, i64)> {
    let mut votes = tally.to_vec();
    let voters: u64 = votes.iter().sum();
    let half = voters.div_ceil(2);
    let mut key = Vec::new();
    for _ in 0..votes.len() {
        let mut sum = 0;
        let reached = votes.iter().position(|count| {
            sum += count;
            sum >= half
        });
        let median = reached.unwrap_or(0);
        let below: u64 = votes[..median].iter().sum();
        let above: u64 = votes[median + 1..].iter().sum();
        let signed = |count| i64::try_from(count).unwrap_or(i64::MAX);
        let heir = if above > below {
            key.push((median, signed(above)));
            (median + 1..votes.len()).find(|grade| votes[*grade] > 0)
        } else {
            key.push((median, -signed(below)));
            (0..median).rev().find(|grade| votes[*grade] > 0)
        };
        let Some(heir) = heir else { break };
        votes[heir] += std::mem::take(&mut votes[median]);
    }
    key
}

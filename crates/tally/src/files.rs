//! Counts as JSON files, beside [`pabulib`](crate::pabulib): ballots, gifts to be matched, a vote on a text, a draw.
//!
//! Every field is checked: one that isn't known, an option twice in one place or a figure beyond the limits is refused.
//!
//! ```
//! use popote_tally::files::BallotFile;
//! let text = r#"{
//!     "options": ["ada", "bob", "cleo"],
//!     "ballots": [
//!         {"count": 2, "ranking": ["ada", ["bob", "cleo"]]},
//!         {"ranking": ["bob"]}
//!     ]
//! }"#;
//! let file = BallotFile::parse(text.as_bytes())?;
//! assert_eq!(file.rankings()?.voters(), 3);
//! # Ok::<(), popote_tally::files::FileError>(())
//! ```

mod ballots;
mod requests;
mod strict;

pub use ballots::BallotFile;
pub use requests::{DrawFile, GiftFile, VoteFile};

use crate::draw::DrawError;
use crate::majority_judgment::TallyError;
use crate::quadratic::QuadraticError;
use crate::ranking::RankingError;
use crate::score::ScoreError;
use crate::threshold::ThresholdError;

/// Most bytes of a file: 256 MiB.
pub const MAX_BYTES: usize = 256 << 20;

/// Why a file can't be read or counted.
///
/// ```
/// use popote_tally::files::BallotFile;
/// let text = r#"{"options": ["ada"], "ballots": [{"ranking": ["bob"]}]}"#;
/// let error = BallotFile::parse(text.as_bytes())?.rankings().unwrap_err();
/// assert_eq!(error.to_string(), "ballot 1: no option is named \"bob\"");
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// More than [`MAX_BYTES`], or more options, grades or donors than a count takes.
    #[error("the file is too large, or has too many options, grades or donors")]
    TooLarge,
    /// Not the JSON that is expected, with line and column.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// An option, project or donor that the file doesn't list.
    #[error("{place}: no option is named {name:?}")]
    Unknown {
        /// Where: `lot`, or a ballot by its number from 1.
        place: String,
        /// The name.
        name: String,
    },
    /// Something named twice.
    #[error("{place}: {name:?} is there twice")]
    Twice {
        /// Where.
        place: String,
        /// The name.
        name: String,
    },
    /// The ballots are of another kind than the method counts, or of several kinds.
    #[error("these ballots can't be counted in this way: {0} are needed")]
    Kind(&'static str),
    /// A grade that isn't on the scale.
    #[error("{place}: {grade} isn't a grade of the scale")]
    Grade {
        /// Where.
        place: String,
        /// What is there.
        grade: String,
    },
    /// A score over the file's `max_score`.
    #[error("{place}: {score} is over the highest score, {most}")]
    OverScale {
        /// Where.
        place: String,
        /// What is there.
        score: u32,
        /// The highest score that the scale has.
        most: u32,
    },
    /// A fraction that isn't written as `2/3`, or a hash or secret that isn't hexadecimal.
    #[error("{0:?} can't be read: a fraction is written as 2/3, a hash or secret in hexadecimal")]
    Text(String),
    /// The ballots are not what the method needs.
    #[error(transparent)]
    Ranking(#[from] RankingError),
    /// The tallies are not what the method needs.
    #[error(transparent)]
    Tally(#[from] TallyError),
    /// The scores are not what the method needs.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// The gifts can't be matched.
    #[error(transparent)]
    Quadratic(#[from] QuadraticError),
    /// The votes can't be counted.
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
    /// There can't be a draw.
    #[error(transparent)]
    Draw(#[from] DrawError),
}

fn parse<'a, T: serde::Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Ok(serde_json::from_slice(bytes)?)
}

//! A count told twice: as JSON for a program, and in words for somebody who was not there.
//!
//! A [`Report`] has the winners, all figures of the working with the exact fractions as texts, and one sentence for each
//! step in French or English.
//!
//! ```
//! use popote_tally::files::BallotFile;
//! use popote_tally::report::{Language, choice};
//! let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 3, "ranking": ["bob", "ada"]}, {"ranking": ["ada"]}]}"#;
//! let file = BallotFile::parse(text.as_bytes())?;
//! let report = choice::schulze(&file, Language::English)?;
//! assert_eq!(report.winners, ["bob", "ada"]);
//! assert!(report.sentences[1].contains("bob beats ada by 3 votes to 1"));
//! assert_eq!(report.to_json()["working"]["pairwise"]["bob"]["ada"], 3);
//! # Ok::<(), popote_tally::files::FileError>(())
//! ```

pub mod budget;
mod budget_words;
pub mod choice;
pub mod decision;
mod ranked;
mod scored;
mod shares_words;
mod text;

use serde_json::{Value, json};

pub use text::Language;

/// What a count came to.
///
/// ```
/// use popote_tally::files::VoteFile;
/// use popote_tally::report::{Language, decision};
/// let file = VoteFile::parse(br#"{"yes": 7, "no": 3, "electorate": 20}"#)?;
/// let report = decision::threshold(&file, Language::English)?;
/// assert_eq!((report.method, report.winners.as_slice(), report.cost), ("threshold", &["yes".to_owned()][..], None));
/// assert_eq!(report.sentences.last().map(String::as_str), Some("The text is adopted."));
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The method, as its command names it.
    pub method: &'static str,
    /// Names of the winners in the order of selection, of all options from the best for a ranking, or of those drawn.
    pub winners: Vec<String>,
    /// What the winners cost together, in hundredths of the currency unit, for methods that spend a budget.
    pub cost: Option<u128>,
    /// All figures of the count.
    pub working: Value,
    /// The count step by step.
    pub sentences: Vec<String>,
}

impl Report {
    /// `method`, `winners`, `cost` (where there is one, in currency units) and `working`.
    ///
    /// ```
    /// use popote_tally::report::Report;
    /// let report =
    ///     Report { method: "greedy", winners: vec!["7".into()], cost: Some(1_250), working: 0.into(), sentences: Vec::new() };
    /// let expected = serde_json::json!({ "method": "greedy", "winners": ["7"], "cost": "12.50", "working": 0 });
    /// assert_eq!(report.to_json(), expected);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut report = json!({ "method": self.method, "winners": self.winners });
        if let Some(cost) = self.cost {
            report["cost"] = text::amount_json(cost);
        }
        report["working"] = self.working.clone();
        report
    }
}

//! Searching, and telling whether two needs are the same: one way to read a text for both databases. What is found and in
//! which order is decided here, in integers; the databases add up weights and keep back what somebody may not read.

mod bridge;
mod excerpt;
mod labelled;
mod rank;
mod shelf;
mod stem;
mod terms;
mod typos;
mod words;

pub use bridge::{Meaning, meanings};
pub use excerpt::{Excerpt, Marked, excerpt, marked};
pub use labelled::{Labelled, Part, labelled};
pub use rank::{Candidate, Frequency, Likeness, Plan, Query, Read, Reread, likeness, plan, ranked, rarity};
pub use shelf::Shelf;
pub use stem::stem;
pub use terms::{Kind, Text, Visibility, Weighed, key, link_term, software_term, vocabulary, weigh};
pub use typos::{Near, grams, nearest};
pub use words::{Word, bare, folded, words};

/// How texts are read, as a number: what was indexed under another is indexed anew.
pub const ANALYSIS: i64 = 1;

/// Where reading and searching end.
pub mod limits {
    /// Characters of a text that are read.
    pub const TEXT: usize = 12_000;
    /// Words of a text that are kept.
    pub const WORDS: usize = 2_000;
    /// Characters of a word that are kept.
    pub const WORD: usize = 40;
    /// Terms of a document that are indexed.
    pub const TERMS: usize = 300;
    /// Characters of what is asked for.
    pub const QUERY: usize = 200;
    /// Terms of a search or of a draft that are asked for.
    pub const ASKED: usize = 60;
    /// Words that nobody has written so far for which others are tried.
    pub const UNKNOWN: usize = 4;
    /// Words that have most letters in common with one of those, which are compared.
    pub const NEAR: i64 = 60;
    /// Documents up to which it is counted how many have a term. One that so many have says nothing beside others.
    pub const FREQUENT: i64 = 4_000;
    /// Terms of a draft of which it is counted.
    pub const COUNTED: usize = 120;
    /// Entries of the index that one search adds up.
    pub const ADDED: i64 = 12_000;
    /// Candidates that are looked at.
    pub const CANDIDATES: i64 = 300;
    /// Candidates whose text is read for the phrase.
    pub const REREAD: usize = 30;
    /// Similar needs that are shown.
    pub const SIMILAR: usize = 5;
    /// Results of a page.
    pub const PAGE: usize = 20;
}

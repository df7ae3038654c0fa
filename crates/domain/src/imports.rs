//! What can be wrong with a file of lines: all of it is said at once, line by line, and nothing is written.

use thiserror::Error;

use crate::input::FieldRule;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A field of this column breaks a rule.
    Field {
        /// The column, as this program names it.
        column: &'static str,
        /// The rule.
        rule: FieldRule,
    },
    /// More fields than the first line has columns: a separator inside an unquoted text?
    TooManyFields,
    /// A quote that opens a cell and isn't closed where it ends.
    OpenQuote,
    /// More than one line in a cell that takes one.
    LineBreak,
    /// Fewer fields than the first line, and a sign that separates them in other files.
    OtherSeparator,
    /// The same as on an earlier line.
    Repeats {
        /// The earlier line.
        line: u64,
    },
    /// The number of a member or a past one that has another name: a file renames nobody.
    OtherName {
        /// The name.
        known: String,
    },
    /// A name that is taken for that of a member or a past one.
    LooksLike {
        /// The name.
        known: String,
    },
    /// It was invited and hasn't answered.
    Invited {
        /// Which address.
        email: String,
    },
    /// It is a member of another collective too, and says something else of itself.
    Shared,
}

/// A line with what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// From 1, as an editor counts.
    pub line: u64,
    /// What.
    pub problem: Problem,
}

/// Why a file isn't imported.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportRefusal {
    /// Nothing but a first line.
    #[error("the file has no lines")]
    Empty,
    /// Not a text: a spreadsheet file, a picture.
    #[error("the file is not a text")]
    NotText,
    /// Larger than so many bytes.
    #[error("the file is larger than {0} bytes")]
    TooLarge(usize),
    /// More than so many lines.
    #[error("the file has more than {0} lines")]
    TooManyLines(usize),
    /// The first line doesn't name a column that is needed; what it names.
    #[error("the first line has no column {missing}")]
    NoColumn {
        /// The column that is needed.
        missing: &'static str,
        /// What the first line says.
        found: Vec<String>,
    },
    /// The first line names a column twice.
    #[error("the first line has two columns {0}")]
    TwoColumns(&'static str),
    /// Lines that can't be taken.
    #[error("{} lines can't be taken", .0.len())]
    Lines(Vec<LineError>),
}

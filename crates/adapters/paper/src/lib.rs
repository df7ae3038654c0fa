//! Paper: what people print, sign, or hand to their general assembly, as tagged PDF (PDF/UA-1) on A4. A [`Paper`] is made
//! of headings, paragraphs and tables; no address, file or program can be in it. Each paper has a twin page in HTML.
//!
//! The letters are those of Noto Sans for the Latin, Greek and Cyrillic scripts (`fonts/`); any other is shown as �.

mod face;
mod lines;
mod print;
mod sheets;

use krilla::error::KrillaError;

/// Most rows that one paper may have over all its tables.
pub const MOST_ROWS: usize = 2_000;

/// What is to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its title, also that of the file.
    pub title: String,
    /// The language of its words as in HTML: `fr`, `en`.
    pub language: String,
    /// What stands at the foot of each sheet, before its number.
    pub foot: String,
    /// Its parts, in their order.
    pub parts: Vec<Part>,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The heading of what follows.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph in small letters.
    Small(String),
    /// A table.
    Table(Table),
}

/// A table, the first cell of whose rows names the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns, at least one.
    pub columns: Vec<Column>,
    /// Its rows: a text a column; what is missing is empty.
    pub rows: Vec<Vec<String>>,
    /// Its last row, which sums the others up.
    pub total: Option<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands at its head.
    pub head: String,
    /// Its share of the width, in parts of the sum of all.
    pub share: u8,
    /// Whether its texts end at the right, as amounts do.
    pub amounts: bool,
}

/// Why a paper can't be printed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// It has more than [`MOST_ROWS`] rows.
    #[error("more than {MOST_ROWS} rows")]
    TooLong,
    /// The letters of the program itself can't be read.
    #[error("the font of the program is damaged")]
    Font,
    /// The file can't be written.
    #[error("the PDF can't be written: {0}")]
    Written(KrillaError),
}

/// Prints a paper.
///
/// # Errors
/// [`PaperError::TooLong`]; the others are faults of the program.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let rows = paper.parts.iter().map(|part| match part {
        Part::Table(table) => table.rows.len(),
        Part::Heading(_) | Part::Text(_) | Part::Small(_) => 1,
    });
    if rows.sum::<usize>() > MOST_ROWS {
        return Err(PaperError::TooLong);
    }
    let faces = face::Faces::load().ok_or(PaperError::Font)?;
    print::print(paper, &faces, &sheets::place(paper, &faces))
}

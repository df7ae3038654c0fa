//! Files that people open in a spreadsheet: written as that of the reader reads them.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use paper::Table;
use words::{Locale, Words};

/// By this mark spreadsheets know that the letters are UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Where the comma parts units from cents, the semicolon parts cells.
pub(crate) fn writer(t: Words) -> csv::Writer<Vec<u8>> {
    let delimiter = if t.locale() == Locale::Fr { b';' } else { b',' };
    csv::WriterBuilder::new().delimiter(delimiter).from_writer(MARK.to_vec())
}

/// The same for several tables one below the other, of different widths.
pub(crate) fn tables(t: Words) -> csv::Writer<Vec<u8>> {
    let delimiter = if t.locale() == Locale::Fr { b';' } else { b',' };
    csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(MARK.to_vec())
}

/// A table with its heads and its last line. What isn't an amount is no formula. Errors: those of the writer.
pub(crate) fn table(writer: &mut csv::Writer<Vec<u8>>, table: &Table) -> csv::Result<()> {
    writer.write_record(table.columns.iter().map(|column| harmless(&column.head)))?;
    for row in table.rows.iter().chain(&table.total) {
        let cells = row.iter().zip(&table.columns);
        let written = cells.map(|(cell, column)| if column.amounts { cell.clone() } else { harmless(cell) });
        writer.write_record(written)?;
    }
    Ok(())
}

/// The file as an answer, under a name made of parts of addresses.
pub(crate) fn download(parts: [&str; 2], bytes: Vec<u8>) -> Response {
    attached(parts, "csv", "text/csv; charset=utf-8", bytes)
}

/// A file of any kind, as [`download`].
pub(crate) fn attached(parts: [&str; 2], extension: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let [first, second] = parts.map(plain);
    let name = format!("attachment; filename=\"{first}-{second}.{extension}\"");
    let headers = [(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, name)];
    (headers, bytes).into_response()
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// What a file name may hold of an address.
fn plain(part: &str) -> String {
    part.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_becomes_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("Salon"), "Salon");
        assert_eq!(plain("a\"b/../c"), "abc");
    }
}

//! The public accounts of a pot: journal, flows, files to check; the activity of a collective and its feed; its
//! deadlines.

mod activity;
mod calendar;
mod files;
mod flow;
mod how;
mod page;
mod shelf;

pub(crate) use activity::{feed, nothing_yet, rfc3339, show as activity};
pub(crate) use calendar::{deadline_items, ics, ics_of, show as calendar};
pub(crate) use files::{beancount, csv, hledger, journal, json};
pub(crate) use how::show as how;
pub(crate) use page::{show, tells, waiting};
pub(crate) use shelf::Shelf;

use store::views::HeadRow;
use words::Words;

/// The ends of the books, worded as markup that is already escaped.
fn heads(t: Words, rows: &[HeadRow]) -> Vec<String> {
    let head = |row: &HeadRow| {
        let book = t.accounts_book(row.book.as_str());
        t.accounts_head_html(book, hex::encode(row.hash), row.seq).to_string()
    };
    rows.iter().map(head).collect()
}

/// An end of a book as `popote verify --head` takes it.
fn option(row: &HeadRow) -> String {
    format!("{}:{}:{}", row.book.as_str(), row.seq, hex::encode(row.hash))
}

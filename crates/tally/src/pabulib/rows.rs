//! Rows of cells separated by `;`, quoted as in RFC 4180.

use std::borrow::Cow;

use super::error::{Problem, ReadError};

/// Walks over the rows that hold something. A quote opens a quoted cell only as its first character, as in the
/// published files; what follows its closing quote belongs to the cell.
pub(super) struct Rows<'a> {
    rest: &'a str,
    line: usize,
}

/// A row: the line where it begins, and its cells.
pub(super) type Row<'a> = (usize, Vec<Cow<'a, str>>);

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, line: 1 }
    }

    /// The line that comes next, from 1.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Puts the next row that isn't blank into `cells` and tells its line; `None` at the end of the text.
    pub(super) fn next_into(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<Option<usize>, ReadError> {
        while !self.rest.is_empty() {
            let start = self.line;
            let (line, after) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            let line = line.strip_suffix('\r').unwrap_or(line);
            cells.clear();
            if line.contains('"') {
                self.quoted_row(cells)?;
            } else {
                (self.rest, self.line) = (after, start + 1);
                cells.extend(line.split(';').map(Cow::Borrowed));
            }
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(start));
            }
        }
        Ok(None)
    }

    /// [`Self::next_into`] with a row of its own.
    pub(super) fn next_row(&mut self) -> Result<Option<Row<'a>>, ReadError> {
        let mut cells = Vec::new();
        Ok(self.next_into(&mut cells)?.map(|line| (line, cells)))
    }

    fn quoted_row(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<(), ReadError> {
        loop {
            let quoted = if self.rest.starts_with('"') { Some(self.quoted()?) } else { None };
            let end = self.rest.find([';', '\n']).unwrap_or(self.rest.len());
            let (plain, after) = self.rest.split_at(end);
            let row_ends = !after.starts_with(';');
            let plain = if row_ends { plain.strip_suffix('\r').unwrap_or(plain) } else { plain };
            cells.push(match quoted {
                None => Cow::Borrowed(plain),
                Some(text) if plain.is_empty() => Cow::Owned(text),
                Some(text) => Cow::Owned(text + plain),
            });
            self.rest = after.get(1..).unwrap_or("");
            if row_ends {
                self.line += 1;
                return Ok(());
            }
        }
    }

    /// The text up to the closing quote; what remains begins after it.
    fn quoted(&mut self) -> Result<String, ReadError> {
        let opened = self.line;
        let mut text = String::new();
        let mut rest = &self.rest[1..];
        loop {
            let Some((before, after)) = rest.split_once('"') else {
                return Err(ReadError { line: opened, problem: Problem::OpenQuote });
            };
            text.push_str(before);
            self.line += before.bytes().filter(|byte| *byte == b'\n').count();
            match after.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    rest = after;
                }
                None => {
                    self.rest = after;
                    return Ok(text);
                }
            }
        }
    }
}

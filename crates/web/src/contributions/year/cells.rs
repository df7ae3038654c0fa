//! How the cells of a year are written: for eyes, or for a spreadsheet, which takes no words in its numbers and days.

use domain::{Currency, Money};
use jiff::civil::Date;
use words::Words;

/// How amounts, days and titles are written.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    pub(super) t: Words,
    pub(super) currency: Currency,
    /// Whether a spreadsheet reads them.
    pub(super) counted: bool,
}

impl Cells {
    /// An amount in a table.
    pub(super) fn money(self, minor: i64) -> String {
        match self.counted {
            true => self.t.money_field(Money::new(minor), self.currency),
            false => self.said(minor),
        }
    }

    /// An amount in a table that says whether it came or went.
    pub(super) fn signed(self, minor: i64) -> String {
        match self.counted {
            true => self.t.money_field(Money::new(minor), self.currency),
            false => self.t.money_signed(Money::new(minor), self.currency),
        }
    }

    /// An amount in a sentence.
    pub(super) fn said(self, minor: i64) -> String {
        self.t.money(Money::new(minor), self.currency)
    }

    /// A day in a table.
    pub(super) fn day(self, day: Date) -> String {
        if self.counted { day.to_string() } else { self.t.date(day) }
    }

    /// What people wrote.
    pub(super) fn title(self, text: &str) -> String {
        if self.counted { text.to_owned() } else { self.t.typography(text).into_owned() }
    }
}

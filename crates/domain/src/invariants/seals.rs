//! I24: what the text of the chain doesn't hold is what was written, and the database guards it as it should.

use super::{
    facts::PotFacts,
    finding::{Finding, Gathered},
};
use crate::{
    chain::Hash,
    ids::FileId,
    journal::{Basis, StoredPosting},
    sealing::{SealedRow, Stands, stand},
};

/// A row beside the journal, and the seal that was written with it.
#[derive(Clone, Copy, Debug)]
pub enum KeptRow<'a> {
    /// Both are there.
    Both {
        /// The row.
        row: SealedRow<'a>,
        /// Its seal.
        seal: &'a [u8],
        /// The key of all seals.
        key: &'a [u8],
    },
    /// A row without seal: nothing that the program wrote. The table, and the row's id there.
    NeverWritten(&'static str, &'a str),
    /// A seal whose row is gone: the program removes none of these rows.
    Gone(&'static str, &'a str),
}

/// What was found.
#[derive(Default)]
pub(super) struct Seals {
    gathered: Gathered,
    not_covered: u64,
}

impl Seals {
    /// The basis of a posting is the one of which the salt of its actor was made. That the salt is the one in the chain is
    /// for the chain's own check, and so is an opening that is missing.
    pub(super) fn posting(&mut self, facts: &PotFacts, posting: &StoredPosting) {
        let Some(detail) = &posting.detail else { return };
        let first = facts.bound_from.get(&posting.book).copied().unwrap_or(1);
        self.gathered.checked();
        let place = || format!("{}:{}", posting.book.as_str(), posting.seq);
        let what = "nature, round, feature, milestone, decision, organisation or entry reversed";
        match &detail.basis_salt {
            None if posting.seq < first => self.not_covered(),
            None => self.gathered.breach(place(), "salt of what it rests on", "32 bytes", "none"),
            Some(_) if posting.seq < first => {
                self.gathered.breach(place(), "first entry covered", posting.seq, first);
            }
            Some(salt) if Basis::stored(posting).salt(salt) != detail.actor_salt => {
                self.gathered.breach(place(), what, "what the chain covers", "something else");
            }
            Some(_) => {}
        }
    }

    /// A row is what was written.
    pub(super) fn row(&mut self, row: &KeptRow<'_>) {
        self.gathered.checked();
        match row {
            KeptRow::NeverWritten(table, id) => {
                self.gathered.breach(format!("{table} {id}"), "row", "none", "one without seal");
            }
            KeptRow::Gone(table, id) => self.gathered.breach(format!("{table} {id}"), "row", "one", "none"),
            KeptRow::Both { row, seal, key } => {
                let stands = stand(key, row, seal);
                let columns =
                    row.columns.iter().zip(&stands).filter(|(_, stands)| **stands == Stands::Changed);
                // What stands there may be an IBAN or a name, and reports are kept.
                for ((name, _), _) in columns {
                    self.gathered.breach(place(row), name, "what was written", "something else");
                }
                if stands.contains(&Stands::NotCovered) {
                    self.not_covered();
                }
            }
        }
    }

    /// The bytes of a file are those that its hash, or the paper that it is, tells of. `expected`, `found`: SHA-256.
    pub(super) fn file(&mut self, file: FileId, expected: &Hash, found: Option<&Hash>) {
        self.gathered.checked();
        if found != Some(expected) {
            let found = if found.is_some() { "others" } else { "none" };
            self.gathered.breach(format!("file {file}"), "bytes", "those that were kept", found);
        }
    }

    /// Without an index or a constraint the database takes what it should refuse.
    pub(super) fn unguarded(&mut self, name: &str) {
        self.gathered.breach(name, "index or constraint", "as the program made it", "missing or changed");
    }

    /// Without its deadline nothing ends a round, or the funding of a feature.
    pub(super) fn never_closes(&mut self, what: &str, id: &str) {
        self.gathered.breach(
            format!("{what} {id}"),
            "deadline",
            "one by its last day",
            "none, or a later one",
        );
    }

    const fn not_covered(&mut self) {
        self.not_covered += 1;
        self.gathered.warn();
    }

    /// I24.
    pub(super) fn finish(self) -> Finding {
        let figures = [("rows", self.gathered.total().into()), ("not_covered", i128::from(self.not_covered))];
        self.gathered.finish("I24", figures)
    }
}

fn place(row: &SealedRow<'_>) -> String {
    let part = if row.part == 0 { String::new() } else { format!(" {}", row.part) };
    format!("{} {}{part}", row.table, row.subject)
}

//! What a check says.

use std::fmt;

use serde::Serialize;

use crate::{chain::Head, ids::PotId};

/// The codes, in order.
pub const CODES: [&str; 24] = [
    "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I13", "I14", "I15", "I16",
    "I17", "I18", "I19", "I20", "I21", "I22", "I23", "I24",
];

/// The most breaches written out for one invariant; the rest is counted.
const WRITTEN_BREACHES: usize = 20;

/// How an invariant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It holds for everything that was checked.
    Holds,
    /// Nothing that it speaks of exists yet.
    NothingYet,
    /// Something that somebody should look at; no breach.
    Warning,
    /// It is broken.
    Breached,
}

/// A number that a check came to. Amounts are minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What is counted or summed.
    pub name: &'static str,
    /// The number.
    #[serde(serialize_with = "as_text")]
    pub value: i128,
}

/// One place where an invariant does not hold, in the terms of the journal: for whoever mends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// A posting as `book:seq`, the key of an account, the id of a feature.
    pub place: String,
    /// What is compared.
    pub what: &'static str,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// What was found for one invariant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `I1` to `I24`; letters for the checks of a public file.
    pub code: &'static str,
    /// How it stands.
    pub status: Status,
    /// How many things were checked.
    pub checked: u64,
    /// The numbers.
    pub figures: Vec<Figure>,
    /// How many breaches there are.
    pub breach_count: u64,
    /// The first of them.
    pub breaches: Vec<Breach>,
}

/// What was found in one pot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The pot.
    pub pot: PotId,
    /// The end of each book as it was read.
    pub heads: Vec<Head>,
    /// One finding an invariant, in order.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is broken.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.status != Status::Breached)
    }

    /// The codes of the broken invariants.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        self.findings.iter().filter(|f| f.status == Status::Breached).map(|f| f.code).collect()
    }
}

fn as_text<S: serde::Serializer>(value: &i128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Gathers what a check comes across.
#[derive(Clone, Default)]
pub(crate) struct Gathered {
    checked: u64,
    count: u64,
    warned: bool,
    breaches: Vec<Breach>,
}

impl Gathered {
    /// Counts something checked.
    pub(crate) const fn checked(&mut self) {
        self.checked += 1;
    }

    /// How many things were checked.
    pub(crate) const fn total(&self) -> u64 {
        self.checked
    }

    /// Notes that somebody should look.
    pub(crate) const fn warn(&mut self) {
        self.warned = true;
    }

    /// Notes a breach.
    pub(crate) fn breach(
        &mut self,
        place: impl fmt::Display,
        what: &'static str,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) {
        self.count += 1;
        if self.breaches.len() < WRITTEN_BREACHES {
            self.breaches.push(Breach {
                place: place.to_string(),
                what,
                expected: expected.to_string(),
                found: found.to_string(),
            });
        }
    }

    /// Notes a breach unless both are the same.
    pub(crate) fn same<T: PartialEq + fmt::Display>(
        &mut self,
        place: impl fmt::Display,
        what: &'static str,
        expected: &T,
        found: &T,
    ) {
        if expected != found {
            self.breach(place, what, expected, found);
        }
    }

    /// What was found.
    pub(crate) fn finish<const N: usize>(
        self,
        code: &'static str,
        figures: [(&'static str, i128); N],
    ) -> Finding {
        let status = match (self.count, self.checked, self.warned) {
            (0, _, true) => Status::Warning,
            (0, 0, false) => Status::NothingYet,
            (0, _, false) => Status::Holds,
            _ => Status::Breached,
        };
        Finding {
            code,
            status,
            checked: self.checked,
            figures: figures.into_iter().map(|(name, value)| Figure { name, value }).collect(),
            breach_count: self.count,
            breaches: self.breaches,
        }
    }
}

//! The invariants of a pot, I1 to I24, over its stored journal: one pass in order of `seq`, so that a pot of
//! a million transfers is checked in the memory of its accounts.
//!
//! ```
//! # use popote_domain::{invariants::{Checker, PotFacts, Status}, ids::PotId, Currency, pot::FundMode};
//! # let facts = PotFacts::new(PotId(uuid::Uuid::nil()), Currency::EUR, FundMode::Own, jiff::civil::date(2026, 3, 1));
//! let report = Checker::new(facts, Vec::new()).finish();
//! assert_eq!(report.findings.len(), 24);
//! assert!(report.findings.iter().all(|finding| finding.status != Status::Breached));
//! ```

mod acts;
mod calls;
mod facts;
mod features;
mod finding;
mod flows;
mod ledger;
mod links;
mod orders;
mod papers;
mod reversals;
mod seals;

pub use facts::{
    CallFacts, FeatureFacts, GiftFundFacts, MemberFacts, OnceFacts, OrderFacts, OrderOf, PaymentFacts,
    PotFacts,
};
pub(crate) use finding::Gathered;
pub use finding::{Breach, CODES, Figure, Finding, Report, Status};
pub use seals::KeptRow;

use crate::{
    account::{Account, Book},
    chain::{Hash, Head},
    ids::FileId,
    journal::{StoredAccount, StoredPosting},
    posting::PostingKind,
};

/// A posting as the checks see it. A reversal stands as what it mirrors, with amounts below zero, so that sums
/// of flows need no special case.
struct Seen<'a> {
    posting: &'a StoredPosting,
    /// What it is recorded as.
    kind: Option<PostingKind>,
    /// What it acts as: the mirrored kind for a reversal.
    acts_as: Option<PostingKind>,
    legs: Vec<Flow>,
}

/// An amount that went between two known accounts.
#[derive(Clone, Copy)]
struct Flow {
    from: Account,
    to: Account,
    amount: i128,
}

/// Checks one pot. Give it the accounts, then every posting of each book in order of `seq`.
pub struct Checker {
    facts: PotFacts,
    ledger: ledger::Ledger,
    links: links::Links,
    reversals: reversals::Reversals,
    flows: flows::Flows,
    features: features::Features,
    acts: acts::Acts,
    papers: papers::Papers,
    orders: orders::Orders,
    seals: seals::Seals,
}

impl Checker {
    /// Begins a check.
    #[must_use]
    pub fn new(facts: PotFacts, accounts: Vec<StoredAccount>) -> Self {
        let ledger = ledger::Ledger::new(accounts);
        let links = links::Links::new(&facts);
        Self {
            ledger,
            links,
            reversals: reversals::Reversals::default(),
            flows: flows::Flows::default(),
            features: features::Features::default(),
            acts: acts::Acts::default(),
            papers: papers::Papers::default(),
            orders: orders::Orders::default(),
            seals: seals::Seals::default(),
            facts,
        }
    }

    /// Takes the next posting.
    pub fn posting(&mut self, posting: &StoredPosting) {
        let kind = PostingKind::parse(&posting.kind);
        self.links.posting(&self.facts, &self.ledger, posting);
        self.seals.posting(&self.facts, posting);
        let acts_as = self.reversals.posting(posting, kind);
        let mut legs = self.ledger.posting(posting, acts_as);
        if kind == Some(PostingKind::Reversal) && acts_as.is_some() {
            for leg in &mut legs {
                *leg = Flow { from: leg.to, to: leg.from, amount: -leg.amount };
            }
        }
        let seen = Seen { posting, kind, acts_as, legs };
        self.flows.posting(&seen);
        self.features.posting(&seen);
        self.acts.posting(&self.facts, &seen, &self.ledger);
        self.papers.posting(&self.facts, &seen);
        self.orders.posting(&self.facts, &seen);
    }

    /// Takes a row that stands beside the journal, with its seal. In any order, before or after postings.
    pub fn row(&mut self, row: &KeptRow<'_>) {
        self.seals.row(row);
    }

    /// Takes the hash of the bytes of a file on which an order or an entry rests, `None` where there are none, beside the
    /// one that was written when it came.
    pub fn file(&mut self, file: FileId, expected: &Hash, found: Option<&Hash>) {
        self.seals.file(file, expected, found);
    }

    /// Takes the name of an index or a constraint that the database lacks, or has otherwise.
    pub fn unguarded(&mut self, name: &str) {
        self.seals.unguarded(name);
    }

    /// Takes what is open and closes on no day that the worker knows, by its table and its id.
    pub fn never_closes(&mut self, what: &str, id: &str) {
        self.seals.never_closes(what, id);
    }

    /// Ends the check: what was found for each invariant, in order, and the heads reached.
    #[must_use]
    pub fn finish(self) -> Report {
        let facts = &self.facts;
        let heads: Vec<Head> = Book::ALL.into_iter().map(|book| self.links.head(book)).collect();
        let mut findings = Vec::with_capacity(CODES.len());
        findings.extend(self.ledger.finish());
        findings.push(self.acts.replay_safe(facts, &self.reversals));
        findings.push(self.links.finish(facts));
        findings.push(self.reversals.finish());
        findings.extend(self.flows.finish(facts, &self.ledger));
        findings.extend(self.features.finish(facts, &self.ledger));
        findings.extend(self.acts.finish(facts, &self.ledger));
        findings.extend(self.papers.finish(facts, &self.ledger, self.orders.contracts()));
        findings.extend(self.orders.finish(facts));
        findings.push(self.seals.finish());
        findings.sort_by_key(|finding| CODES.iter().position(|code| *code == finding.code));
        Report { pot: facts.pot, heads, findings }
    }
}

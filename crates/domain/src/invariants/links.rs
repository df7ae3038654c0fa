//! I5: the chain of each book.

use std::collections::HashMap;

use super::{
    facts::PotFacts,
    finding::{Finding, Gathered},
    ledger::Ledger,
};
use crate::{
    account::Book,
    chain::{Hash, Head, Leg, Side, commit, genesis},
    journal::{SideCommitments, StoredPosting, StoredTransfer},
};

/// The chains as far as they were read.
pub(super) struct Links {
    reached: [Head; 2],
    /// Heads that somebody saw, by book and number.
    known: HashMap<(Book, i64), Hash>,
    erased: u64,
    gathered: Gathered,
}

impl Links {
    pub(super) fn new(facts: &PotFacts) -> Self {
        let mut links = Self {
            reached: Book::ALL.map(|book| Head { book, seq: 0, hash: genesis(facts.pot, book) }),
            known: HashMap::new(),
            erased: 0,
            gathered: Gathered::default(),
        };
        for head in &facts.published {
            if head.seq == 0 {
                links.compare(head, genesis(facts.pot, head.book));
            } else if let Some(other) = links.known.insert((head.book, head.seq), head.hash) {
                links.compare(head, other);
            }
        }
        links
    }

    /// The end of a book as far as it was read.
    pub(super) fn head(&self, book: Book) -> Head {
        self.reached[book as usize].clone()
    }

    fn compare(&mut self, published: &Head, found: Hash) {
        let place = format!("{}:{}", published.book.as_str(), published.seq);
        self.gathered.same(place, "published head", &hex::encode(published.hash), &hex::encode(found));
    }

    pub(super) fn posting(&mut self, facts: &PotFacts, ledger: &Ledger, posting: &StoredPosting) {
        self.gathered.checked();
        let place = format!("{}:{}", posting.book.as_str(), posting.seq);
        let before = self.head(posting.book);
        self.gathered.same(&place, "number", &(before.seq + 1), &posting.seq);
        self.gathered.same(&place, "hash before", &hex::encode(before.hash), &hex::encode(posting.previous));
        let legs = posting.transfers.iter().map(|transfer| leg(ledger, transfer)).collect();
        let hash = posting.link(facts.pot, facts.currency, legs).hash();
        self.gathered.same(&place, "hash", &hex::encode(hash), &hex::encode(posting.hash));
        for (index, transfer) in (0_i64..).zip(&posting.transfers) {
            self.gathered.same(&place, "position", &index, &transfer.position);
        }
        self.open(facts, ledger, posting, &place);
        if let Some(hash) = self.known.remove(&(posting.book, posting.seq)) {
            self.compare(&Head { book: posting.book, seq: posting.seq, hash }, posting.hash);
        }
        self.reached[posting.book as usize] =
            Head { book: posting.book, seq: posting.seq, hash: posting.hash };
    }

    /// The commitments say what the details say; what was erased is counted.
    fn open(&mut self, facts: &PotFacts, ledger: &Ledger, posting: &StoredPosting, place: &str) {
        let told = facts.erased.contains(&posting.id);
        match &posting.detail {
            None => self.missing(place, "opening of the actor", told),
            Some(detail) => {
                let actor = commit(&detail.actor_salt, &detail.actor);
                let reason = match (&detail.reason_salt, &detail.reason) {
                    (Some(salt), Some(reason)) => Some(commit(salt, reason)),
                    _ => None,
                };
                if actor != posting.actor_commitment || reason != posting.reason_commitment {
                    self.gathered.breach(place, "actor or reason", "what was committed to", "something else");
                }
            }
        }
        for transfer in &posting.transfers {
            let Some(detail) = &transfer.detail else {
                self.missing(place, "opening of a transfer", told);
                continue;
            };
            let salts = &detail.salts;
            let sides = [
                (
                    transfer.from,
                    &detail.from_key,
                    &transfer.from_side,
                    salts.from_account,
                    salts.from_organisation,
                ),
                (transfer.to, &detail.to_key, &transfer.to_side, salts.to_account, salts.to_organisation),
            ];
            for (id, key, committed, salt, organisation_salt) in sides {
                let account = ledger.entry(id).and_then(|entry| entry.account);
                let opens = account.is_some_and(|account| {
                    account.to_string() == *key
                        && SideCommitments::of(&Side::of(&account, &salt, &organisation_salt)) == *committed
                });
                if !opens {
                    self.gathered.breach(place, "account", "what was committed to", key);
                }
            }
        }
    }

    /// The chain holds without an opening, but nothing ties the posting to its author, or the transfer to its account and
    /// organisation any more. That it was erased is told by an event.
    fn missing(&mut self, place: &str, what: &'static str, told: bool) {
        self.erased += 1;
        if told {
            self.gathered.warn();
        } else {
            self.gathered.breach(place, what, "salt and value, or an event that they were erased", "nothing");
        }
    }

    /// I5.
    pub(super) fn finish(&self, facts: &PotFacts) -> Finding {
        let mut gathered = self.gathered.clone();
        let figure = |book: Book| i128::from(self.head(book).seq);
        for reached in &self.reached {
            let kept = facts.heads.iter().find(|head| head.book == reached.book);
            let place = reached.book.as_str();
            match kept {
                Some(head) => gathered.same(place, "head kept", &head.to_string(), &reached.to_string()),
                None if reached.seq > 0 => gathered.breach(place, "head kept", reached, "none"),
                None => {}
            }
        }
        for ((book, seq), hash) in &self.known {
            let place = format!("{}:{seq}", book.as_str());
            gathered.breach(place, "published head", hex::encode(hash), "the book ends before");
        }
        let figures = [
            ("entries", figure(Book::Cash)),
            ("entries_promised", figure(Book::Promises)),
            ("heads_compared", facts.published.len() as i128),
            ("erased", self.erased.into()),
        ];
        gathered.finish("I5", figures)
    }
}

/// The leg that a transfer makes in the chain.
fn leg(ledger: &Ledger, transfer: &StoredTransfer) -> Leg {
    let side = |id, committed: &SideCommitments| {
        let account = ledger.entry(id).and_then(|entry| entry.account);
        let kind = account.map_or("", |account| account.kind().as_str());
        committed.side(kind, account.and_then(|account| account.feature()))
    };
    Leg {
        amount: transfer.amount.minor(),
        from: side(transfer.from, &transfer.from_side),
        to: side(transfer.to, &transfer.to_side),
    }
}

//! I6: what was reversed, once and exactly.

use std::collections::HashMap;

use super::finding::{Finding, Gathered};
use crate::{
    account::Book,
    chain::{Hash, digest},
    ids::{AccountId, PostingId},
    journal::StoredPosting,
    posting::PostingKind,
};

/// A posting that a later one may reverse.
struct Reversible {
    book: Book,
    kind: PostingKind,
    /// Digest of the transfers that would mirror it.
    mirror: Hash,
    reversed: bool,
}

/// Every posting of a kind that may be reversed.
#[derive(Default)]
pub(super) struct Reversals {
    reversible: HashMap<PostingId, Reversible>,
    reversals: u64,
    gathered: Gathered,
}

impl Reversals {
    /// Whether a posting of a reversible kind stands, and isn't reversed.
    pub(super) fn stands(&self, posting: PostingId) -> bool {
        self.reversible.get(&posting).is_some_and(|known| !known.reversed)
    }

    /// Whether a posting is of a reversible kind.
    pub(super) fn knows(&self, posting: PostingId) -> bool {
        self.reversible.contains_key(&posting)
    }

    /// Takes a posting; says as what it acts.
    pub(super) fn posting(
        &mut self,
        posting: &StoredPosting,
        kind: Option<PostingKind>,
    ) -> Option<PostingKind> {
        self.gathered.checked();
        let place = format!("{}:{}", posting.book.as_str(), posting.seq);
        if kind.is_none() {
            self.gathered.breach(&place, "kind", "a kind of posting", &posting.kind);
        }
        if (kind == Some(PostingKind::Reversal)) != posting.reverses.is_some() {
            self.gathered.breach(&place, "what is reversed", "exactly for reversals", &posting.kind);
        }
        if let Some(kind) = kind.filter(|kind| kind.has_mirror()) {
            let mirror = transfers(posting, true);
            let known = Reversible { book: posting.book, kind, mirror, reversed: false };
            self.reversible.insert(posting.id, known);
        }
        match posting.reverses {
            Some(target) if kind == Some(PostingKind::Reversal) => self.reversal(posting, target, &place),
            _ => kind,
        }
    }

    fn reversal(&mut self, posting: &StoredPosting, target: PostingId, place: &str) -> Option<PostingKind> {
        self.reversals += 1;
        let Some(known) = self.reversible.get_mut(&target) else {
            self.gathered.breach(
                place,
                "what is reversed",
                "an earlier posting of a reversible kind",
                target,
            );
            return None;
        };
        if known.book != posting.book {
            self.gathered.breach(place, "book", known.book.as_str(), posting.book.as_str());
        }
        if known.reversed {
            self.gathered.breach(place, "reversals", 1, 2);
        }
        if known.mirror != transfers(posting, false) {
            self.gathered.breach(place, "transfers", "the mirror of what is reversed", "others");
        }
        known.reversed = true;
        Some(known.kind)
    }

    /// I6.
    pub(super) fn finish(&self) -> Finding {
        self.gathered.clone().finish("I6", [("reversals", self.reversals.into())])
    }
}

fn transfers(posting: &StoredPosting, swapped: bool) -> Hash {
    let mut text = Vec::with_capacity(posting.transfers.len() * 40);
    for transfer in &posting.transfers {
        let (from, to) = if swapped { (transfer.to, transfer.from) } else { (transfer.from, transfer.to) };
        let bytes = |id: AccountId| id.0.into_bytes();
        text.extend(bytes(from));
        text.extend(bytes(to));
        text.extend(transfer.amount.minor().to_be_bytes());
    }
    digest(&[&text])
}

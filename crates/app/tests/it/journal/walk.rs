//! A walk at random over the kinds of postings: after each step the balances are those of a model that knows nothing
//! of the database, and every invariant holds. Seeds are printed with what fails; `POPOTE_WALK_SEED` and
//! `POPOTE_WALK_STEPS` walk elsewhere and further.

mod dice;
mod ground;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Account, Book, Draft, PostingKind as P, Transfer,
    ids::{BankAccountId, DecisionId, FeatureId, GiftFundId, PostingId, RoundId},
    posting::{Actor, Reason},
};
use jiff::SignedDuration;
use store::journal::PostError;
use testkit::{Grown, World, on_both};

use super::{Unposted, balances, broken, draft, post};
use crate::seeds;
use dice::Dice;
use ground::{begin, beside};

/// What every transfer asks of the accounts that it names.
struct Walk {
    dice: Dice,
    town: Grown,
    bank: BankAccountId,
    features: Vec<FeatureId>,
    fund: GiftFundId,
    round: RoundId,
    decision: DecisionId,
    held: BTreeMap<(Book, Account), i64>,
    /// What can be reversed: entries of reversible kinds that stand, with what would mirror them.
    standing: Vec<(PostingId, Book, P, Vec<Transfer>)>,
    triggered: Vec<FeatureId>,
    distributed: [bool; 2],
    allocated: bool,
    refused: usize,
    posted: BTreeMap<&'static str, usize>,
}

/// Every kind whose papers exist. `payment`, `settle`, `bounce` and `call_payment` ask for orders and calls, without
/// which `verify` rightly calls them breaches.
const KINDS: [P; 28] = [
    P::Contribution,
    P::Contribution,
    P::Contribution,
    P::Gift,
    P::Attribute,
    P::Promise,
    P::Promise,
    P::Unpromise,
    P::Distribution,
    P::Distribution,
    P::Allocate,
    P::Allocate,
    P::Allocate,
    P::Unallocate,
    P::Trigger,
    P::Add,
    P::TopUp,
    P::InvoiceDue,
    P::HostFee,
    P::Release,
    P::Lapse,
    P::Refund,
    P::GiftReturn,
    P::BankFee,
    P::Chargeback,
    P::Adjustment,
    P::SetAsideUse,
    P::Reversal,
];
const REST: [P; 5] = [P::AdvanceDue, P::MilestoneDue, P::Rebalance, P::Recovery, P::ScopingGrant];

impl Walk {
    fn draft(&mut self, kind: P) -> Option<Draft> {
        if kind == P::Reversal {
            return self.reversal();
        }
        let (book, transfers) = self.step(kind)?;
        if kind == P::Distribution && (self.distributed[book as usize] || transfers.is_empty()) {
            return None;
        }
        let mut draft = draft(&self.town, book, kind, transfers);
        let gives = |transfer: &Transfer| matches!(transfer.from, Account::Gift(_));
        let decided = matches!(kind, P::Allocate | P::Add) && draft.transfers.iter().any(gives);
        draft.decision = (kind.asks_decision() || decided).then_some(self.decision);
        if matches!(kind, P::Distribution | P::Allocate) {
            draft.round = Some(self.round);
        }
        if self.dice.below(4) == 0 {
            draft.actor = Actor::System { job: "walk", rules_version: 1 };
            draft.reason = Some(Reason::Decided);
        }
        named(&mut draft);
        Some(draft)
    }

    /// The mirror of something that stands, unless money of it has gone on: that the database says itself.
    fn reversal(&mut self) -> Option<Draft> {
        let at = self.dice.below(self.standing.len());
        let (posting, book, kind, mirror) = self.standing.get(at)?.clone();
        if kind == P::Distribution && self.allocated {
            return None;
        }
        let mut draft = draft(&self.town, book, P::Reversal, mirror);
        draft.reverses = Some(posting);
        named(&mut draft);
        Some(draft)
    }

    /// Whether the model allows it: each account it touches stays inside its bounds.
    fn allows(&self, draft: &Draft) -> bool {
        let mut after: BTreeMap<Account, i64> = BTreeMap::new();
        for transfer in &draft.transfers {
            for (account, sign) in [(transfer.from, -1), (transfer.to, 1)] {
                let held = self.held.get(&(draft.book, account)).copied().unwrap_or(0);
                *after.entry(account).or_insert(held) += sign * transfer.amount.minor();
            }
        }
        after.into_iter().all(|(account, minor)| {
            let (least, greatest) = account.kind().bounds();
            (least..=greatest).contains(&minor)
        })
    }

    fn took(&mut self, draft: &Draft, posting: PostingId) {
        *self.posted.entry(draft.kind.as_str()).or_default() += 1;
        for transfer in &draft.transfers {
            *self.held.entry((draft.book, transfer.from)).or_default() -= transfer.amount.minor();
            *self.held.entry((draft.book, transfer.to)).or_default() += transfer.amount.minor();
        }
        let distribution = self
            .standing
            .iter()
            .any(|(id, _, kind, _)| Some(*id) == draft.reverses && *kind == P::Distribution);
        if distribution {
            self.distributed[draft.book as usize] = false;
        }
        self.standing.retain(|(id, ..)| Some(*id) != draft.reverses);
        self.distributed[draft.book as usize] |= draft.kind == P::Distribution;
        self.allocated |= draft.kind == P::Allocate;
        if draft.kind == P::Trigger {
            self.triggered.extend(draft.transfers[0].to.feature());
        }
        if draft.kind.is_reversible() {
            let mirror = draft.transfers.iter().map(|t| Transfer::new(t.to, t.from, t.amount)).collect();
            self.standing.push((posting, draft.book, draft.kind, mirror));
        }
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

async fn a_walk_over_every_kind_breaks_nothing(world: World) {
    let seed = seeds::of(20_261_123);
    let steps = number("POPOTE_WALK_STEPS", 220);
    let mut walk = begin(&world, seed).await;
    let kinds: Vec<P> = KINDS.into_iter().chain(REST).collect();
    for step in 0..steps {
        world.wait(SignedDuration::from_millis(5));
        let kind = walk.dice.pick(&kinds).unwrap();
        let Some(draft) = walk.draft(kind) else { continue };
        let place = format!("seed {seed}, step {step}, {} {:?}", kind.as_str(), draft.transfers);
        match post(&world, &walk.town, draft.clone()).await {
            Ok(posted) => {
                assert!(walk.allows(&draft), "posted beyond bounds: {place}");
                beside(&world, &walk, &draft, posted.id).await;
                walk.took(&draft, posted.id);
            }
            Err(Unposted::Post(PostError::Bound { .. })) => {
                assert!(!walk.allows(&draft), "refused without need: {place}");
                walk.refused += 1;
            }
            Err(other) => panic!("{place}: {other:?}"),
        }
        for book in Book::ALL {
            let model: BTreeMap<Account, i64> = walk
                .held
                .iter()
                .filter(|((b, _), minor)| *b == book && **minor != 0)
                .map(|((_, account), minor)| (*account, *minor))
                .collect();
            assert_eq!(balances(&world, &walk.town, book).await, model, "{place}");
        }
        // Promises and payments are posted here without the rows that say them, which these hold against them.
        let mut broken = broken(&world, &walk.town).await;
        broken.retain(|code| !["I8", "I21", "I22"].contains(code));
        assert_eq!(broken, Vec::<&str>::new(), "{place}");
    }
    println!("seed {seed}: {} refused, {:?}", walk.refused, walk.posted);
    assert!(walk.refused > 0, "the walk meets bounds");
    assert!(walk.posted.len() > 15, "the walk meets most kinds: {:?}", walk.posted);
}

/// Names the organisation and the feature whose money alone moves.
fn named(draft: &mut Draft) {
    let accounts = || draft.transfers.iter().flat_map(|transfer| [transfer.from, transfer.to]);
    let organisations: BTreeSet<_> = accounts().filter_map(|account| account.organisation()).collect();
    let features: BTreeSet<_> = accounts().filter_map(|account| account.feature()).collect();
    let (organisation, feature) = (organisations.first().copied(), features.first().copied());
    draft.organisation = organisation.filter(|_| organisations.len() == 1);
    draft.feature = feature.filter(|_| features.len() == 1);
}

on_both![a_walk_over_every_kind_breaks_nothing];

//! I12 to I16, I21: who stands behind a posting, and what rests on papers.
//!
//! Bank statements don't exist yet: what would need one and stands in the
//! journal without it is a breach.

use jiff::tz::Offset;

use super::{
    Seen, calls,
    facts::PotFacts,
    finding::{Finding, Gathered},
    ledger::Ledger,
};
use crate::{
    account::{AccountKind as A, Book},
    ids::PersonId,
    posting::{Nature, PostingKind as P},
    pot::FundMode,
};

/// Sums and counts of what rests on papers.
#[derive(Default)]
pub(super) struct Papers {
    actors: Gathered,
    erased: u64,
    bank_legs: u64,
    back_dated: u64,
    direct_cash: u64,
    calls: Gathered,
}

impl Papers {
    pub(super) fn posting(&mut self, facts: &PotFacts, seen: &Seen<'_>) {
        let posting = seen.posting;
        let place = || format!("{}:{}", posting.book.as_str(), posting.seq);
        self.actors.checked();
        match &posting.detail {
            None => self.erased += 1,
            Some(detail) if !is_actor(&detail.actor) => {
                self.actors.breach(place(), "actor", "a person, or a job with its rules", &detail.actor);
            }
            Some(_) => {}
        }
        // Gifts that nobody's share gives are put by a decision.
        let from_fund = matches!(seen.kind, Some(P::Allocate | P::Add))
            && seen.legs.iter().any(|leg| leg.from.kind() == A::Gift);
        if (from_fund || seen.kind.is_some_and(P::asks_decision)) && posting.decision.is_none() {
            self.actors.breach(place(), "decision", "one", "none");
        }
        let bank =
            seen.legs.iter().filter(|leg| leg.from.kind() == A::Bank || leg.to.kind() == A::Bank).count();
        self.bank_legs += bank as u64;
        if bank > 0 && seen.kind != Some(P::Reversal) {
            match facts.receipts.get(&posting.id) {
                None => self.actors.breach(place(), "money at the bank", "a receipt or a bank line", "none"),
                Some(day) => self.actors.same(place(), "day of the receipt", &posting.effective_on, day),
            }
        }
        self.references(facts, seen, &place);
        if posting.effective_on < Offset::UTC.to_datetime(posting.recorded_at).date() {
            self.back_dated += 1;
        }
        if facts.mode == FundMode::Direct && posting.book == Book::Cash {
            self.direct_cash += 1;
        }
        if seen.kind == Some(P::CallPayment) {
            self.calls.checked();
            let to_call = seen.legs.iter().filter(|leg| leg.to.kind() == A::Reserved);
            let to_call: i128 = to_call.map(|leg| leg.amount).sum();
            let known = facts.call_payments.get(&posting.id).copied().unwrap_or_default();
            self.calls.same(place(), "received for a call", &to_call, &known.minor().into());
        }
    }

    /// The columns beside the chain, by which pages name an entry, say what its transfers say.
    fn references(&mut self, facts: &PotFacts, seen: &Seen<'_>, place: &impl Fn() -> String) {
        let posting = seen.posting;
        let accounts = || seen.legs.iter().flat_map(|leg| [leg.from, leg.to]);
        let known: Vec<_> = accounts().filter_map(|account| account.organisation()).collect();
        let holds = match (seen.acts_as, posting.organisation) {
            (Some(P::Contribution | P::Allocate | P::Unallocate | P::Add), told) => told == only(&known),
            (acts_as, None) => acts_as != Some(P::Departure),
            (Some(P::Departure | P::CallPayment), Some(told)) => known.contains(&told),
            (Some(P::Settle), Some(told)) => {
                facts.orders.iter().any(|order| order.settles_for(posting.id, told))
            }
            // What isn't paid lowers the rights of everybody in a shared round, for one who promised.
            (_, Some(told)) if posting.book == Book::Promises => known.contains(&told),
            (_, told) => told == only(&known),
        };
        if !holds {
            self.actors.breach(
                place(),
                "organisation",
                "the one whose money moves",
                shown(posting.organisation),
            );
        }
        let known: Vec<_> = accounts().filter_map(|account| account.feature()).collect();
        let holds = match (seen.acts_as, posting.feature) {
            (Some(P::Allocate | P::Unallocate | P::Add | P::Trigger), told) => told == only(&known),
            (Some(P::Release), told) if posting.book == Book::Cash => told == only(&known),
            (_, None) => true,
            // What comes late for a call goes to no feature, but names the one it was called for.
            (Some(P::CallPayment), Some(_)) if known.is_empty() => true,
            (_, Some(told)) if posting.book == Book::Promises => known.contains(&told),
            (_, told) => told == only(&known),
        };
        if !holds {
            self.actors.breach(place(), "feature", "the one that money moves on", shown(posting.feature));
        }
        let Some(told) = posting.nature.as_deref() else { return };
        let funds = accounts().filter_map(|account| account.gift_fund());
        let fund = facts.gift_funds.iter().find(|known| funds.clone().any(|fund| fund == known.id));
        let member = [Nature::Subscription, Nature::Earmarked, Nature::ReturnableContribution];
        let holds = match (seen.acts_as, fund) {
            (Some(P::Gift), Some(fund)) => fund.nature.is_some_and(|nature| nature.as_str() == told),
            (Some(P::Contribution), _) => member.iter().any(|nature| nature.as_str() == told),
            _ => true,
        };
        if !holds {
            self.actors.breach(place(), "legal nature", "one of its kind, or its fund's", told);
        }
    }

    /// I12, I13, I14, I15, I16, I21. `contracts` is how many have something due.
    pub(super) fn finish(&self, facts: &PotFacts, ledger: &Ledger, contracts: usize) -> [Finding; 6] {
        let postings = self.actors.total().into();
        let mut statements = Gathered::default();
        let unattributed = ledger.stored(|account| account.kind() == A::Unattributed);
        let adjustment = ledger.stored(|account| account.kind() == A::Adjustment);
        statements.checked();
        if unattributed != 0 || adjustment != 0 {
            statements.warn();
        }
        let bank_legs = self.bank_legs.into();
        [
            self.actors.clone().finish("I12", [("postings", postings), ("erased", self.erased.into())]),
            Gathered::default().finish("I13", [("bank_lines", 0), ("bank_legs", bank_legs)]),
            statements.finish("I14", [("unattributed", unattributed), ("adjustment", adjustment)]),
            Gathered::default()
                .finish("I15", [("closed_periods", 0), ("back_dated", self.back_dated.into())]),
            self.coverage(facts, contracts),
            calls::finish(self.calls.clone(), facts, ledger),
        ]
    }

    /// In a pot whose members pay each contractor themselves, no money is held.
    fn coverage(&self, facts: &PotFacts, contracts: usize) -> Finding {
        let mut gathered = Gathered::default();
        if facts.mode == FundMode::Direct {
            gathered.checked();
            gathered.same("cash", "postings of money in a direct pot", &0, &self.direct_cash);
        }
        gathered.finish("I16", [("contracts", contracts as i128)])
    }
}

/// `person:ID`, or `system:JOB:rules-VERSION`.
fn is_actor(text: &str) -> bool {
    let mut parts = text.split(':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("person"), Some(id), None, _) => id.parse::<PersonId>().is_ok(),
        (Some("system"), Some(job), Some(rules), None) => {
            let version = rules.strip_prefix("rules-").and_then(|number| number.parse::<i64>().ok());
            !job.is_empty() && version.is_some()
        }
        _ => false,
    }
}

/// The one thing that all are.
fn only<T: PartialEq + Copy>(all: &[T]) -> Option<T> {
    all.first().copied().filter(|first| all.iter().all(|other| other == first))
}

fn shown(id: Option<impl std::fmt::Display>) -> String {
    id.map_or_else(|| "none".to_owned(), |id| id.to_string())
}

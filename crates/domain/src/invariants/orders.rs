//! I8, I22: what whoever does the work is owed and was paid, and the two persons behind each payment.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::Date};

use super::{
    Seen,
    facts::{OrderFacts, OrderOf, PaymentFacts, PotFacts},
    finding::{Finding, Gathered},
};
use crate::{
    account::{Account, AccountKind as A},
    ids::{ContractId, FeatureId, MilestoneId, PostingId},
    invoices::InvoiceState as S,
    posting::{Actor, PostingKind as P},
};

/// What is owed for a milestone and was paid.
#[derive(Clone, Copy, Default)]
struct Dues {
    due: i128,
    paid: i128,
}

/// Sums of dues and payments.
#[derive(Default)]
pub(super) struct Orders {
    dues: BTreeMap<(ContractId, MilestoneId), Dues>,
    /// The postings of transfers, with their day.
    moved: HashMap<PostingId, (P, Date)>,
    /// The postings by which invoices fell due: when, and their actor unless that was erased.
    fell_due: HashMap<PostingId, (Timestamp, Option<String>)>,
    payments: Gathered,
}

impl Orders {
    pub(super) fn posting(&mut self, facts: &PotFacts, seen: &Seen<'_>) {
        for leg in &seen.legs {
            self.due(&leg.from, &leg.to, leg.amount);
        }
        if seen.kind == Some(P::InvoiceDue) {
            let actor = seen.posting.detail.as_ref().map(|detail| detail.actor.clone());
            self.fell_due.insert(seen.posting.id, (seen.posting.recorded_at, actor));
        }
        if let Some(kind @ (P::Payment | P::Settle | P::Bounce)) = seen.kind {
            self.moved.insert(seen.posting.id, (kind, seen.posting.effective_on));
            self.payments.checked();
            self.payment(facts, seen, kind);
        }
    }

    fn due(&mut self, from: &Account, to: &Account, amount: i128) {
        if let Account::Payable(contract, milestone) = to {
            let dues = self.dues.entry((*contract, *milestone)).or_default();
            if matches!(from.kind(), A::InTransit | A::Bank) {
                dues.paid -= amount;
            } else {
                dues.due += amount;
            }
        }
        if let Account::Payable(contract, milestone) = from {
            let dues = self.dues.entry((*contract, *milestone)).or_default();
            if to.kind() == A::InTransit {
                dues.paid += amount;
            } else {
                dues.due -= amount;
            }
        }
    }

    /// What was ordered at the bank, seen on a statement or came back is that of one order, all of it.
    fn payment(&mut self, facts: &PotFacts, seen: &Seen<'_>, kind: P) {
        let place = format!("{}:{}", seen.posting.book.as_str(), seen.posting.seq);
        let id = seen.posting.id;
        let told = |payment: &PaymentFacts| match kind {
            P::Payment => payment.ordered.0 == id,
            P::Settle => payment.settled == Some(id),
            _ => payment.bounced == Some(id),
        };
        let Some(order) = facts.orders.iter().find(|order| order.payments.iter().any(told)) else {
            self.payments.breach(place, kind.as_str(), "that of a transfer of an order", "none");
            return;
        };
        let due = order.of.due();
        let own = seen.legs.iter().all(|leg| match kind {
            P::Payment => leg.from == due,
            P::Bounce => leg.to == due,
            _ => true,
        });
        if !own || seen.legs.iter().map(|leg| leg.amount).sum::<i128>() != i128::from(order.amount.minor()) {
            self.payments.breach(place, kind.as_str(), "the amount of its order, its account", order.amount);
        }
    }

    /// An order stands where its persons, its transfers and what was approved say.
    fn order(&self, gathered: &mut Gathered, order: &OrderFacts) {
        let place = order.of.place();
        let place = place.as_str();
        let Some(state) = order.state else {
            gathered.breach(place, "state", "one of an invoice", "none");
            return;
        };
        let agreed = matches!(state, S::Approved | S::Authorised | S::Paid | S::Settled);
        let due = matches!(state, S::Authorised | S::Paid | S::Settled);
        let other = |person| Some(person) != order.entered_by;
        let approved = order.approved_by.is_some_and(other);
        let two = order.authorised_by.is_some_and(other) && order.authorised_by != order.approved_by;
        if agreed && !approved || due && !two {
            gathered.breach(place, "order", "approved by one, authorised by another", "not so");
        }
        if due && !self.is_authorised_by_whom_the_chain_says(order) {
            gathered.breach(place, "authorised", "by whom the entry that it fell due by says", "not so");
        }
        if agreed && !order.is_as_approved {
            gathered.breach(place, "what is to be paid, where", "what was approved", "something else");
        }
        if due && !order.is_due || !state.stands() && order.is_due {
            gathered.breach(place, "due", "as where it stands", state.as_str());
        }
        let standing: Vec<&PaymentFacts> = order.payments.iter().filter(|one| one.stands()).collect();
        let holds = match state {
            S::Paid => matches!(standing[..], [one] if one.settled.is_none()),
            S::Settled => matches!(standing[..], [one] if one.settled.is_some()),
            _ => standing.is_empty(),
        };
        if !holds {
            gathered.breach(place, "transfers that stand", "as where it stands", state.as_str());
        }
        for payment in &order.payments {
            self.transfer(gathered, order, payment);
        }
    }

    /// Whoever authorises an invoice first makes it due, at that instant; one that is corrected stays due, and is authorised
    /// anew later.
    fn is_authorised_by_whom_the_chain_says(&self, order: &OrderFacts) -> bool {
        let Some((at, actor)) = order.due_posting.and_then(|posting| self.fell_due.get(&posting)) else {
            return true;
        };
        match (order.authorised_at, order.authorised_by, actor) {
            (Some(authorised), _, _) if authorised > *at => true,
            (Some(authorised), Some(by), Some(actor)) => {
                authorised == *at && *actor == Actor::Person(by).to_string()
            }
            _ => order.authorised_at == Some(*at),
        }
    }

    /// Each step of a transfer has its posting, on its day.
    fn transfer(&self, gathered: &mut Gathered, order: &OrderFacts, payment: &PaymentFacts) {
        let (ordered, ordered_on) = payment.ordered;
        let steps = [
            (P::Payment, Some(ordered), Some(ordered_on)),
            (P::Settle, payment.settled, payment.settled_on),
            (P::Bounce, payment.bounced, payment.bounced_on),
        ];
        for (kind, posting, on) in steps {
            let found = posting.map(|id| self.moved.get(&id).copied());
            let holds = match (found, on) {
                (None, None) => true,
                (Some(Some(moved)), Some(on)) => moved == (kind, on),
                _ => false,
            };
            if !holds {
                gathered.breach(order.of.place(), kind.as_str(), "a posting of its day", "not so");
            }
        }
    }

    /// I8 and I22.
    pub(super) fn finish(&self, facts: &PotFacts) -> [Finding; 2] {
        let mut gathered = Gathered::default();
        let mut total = Dues::default();
        let mut invoiced: BTreeMap<FeatureId, i128> = BTreeMap::new();
        for ((contract, milestone), dues) in &self.dues {
            gathered.checked();
            total.due += dues.due;
            total.paid += dues.paid;
            if dues.paid > dues.due || dues.due < 0 {
                gathered.breach(milestone, "paid", format!("at most {}", dues.due), dues.paid);
            }
            let known = facts.orders.iter().find_map(|order| match order.of {
                OrderOf::Invoice { contract: of, milestone: one, feature } => {
                    (of == *contract && one == *milestone).then_some(feature)
                }
                OrderOf::Refund { .. } => None,
            });
            let Some(feature) = known else {
                gathered.breach(milestone, "due", "an invoice of a feature", "none");
                continue;
            };
            *invoiced.entry(feature).or_default() += dues.due;
        }
        for order in &facts.orders {
            let OrderOf::Invoice { contract, milestone, .. } = order.of else { continue };
            gathered.checked();
            let dues = self.dues.get(&(contract, milestone)).copied().unwrap_or_default();
            let due = if order.is_due { order.amount.minor() } else { 0 };
            gathered.same(milestone, "due", &dues.due, &i128::from(due));
        }
        for (feature, invoiced) in invoiced {
            let bound = facts.features.iter().find(|facts| facts.id == feature);
            let bound = bound.map_or(0, |facts| i128::from(facts.allocated_total.minor()));
            if invoiced > bound {
                gathered.breach(feature, "invoiced", format!("at most {bound}, all that is bound"), invoiced);
            }
        }
        let mut payments = self.payments.clone();
        let ordered = self.moved.values().filter(|(kind, _)| *kind == P::Payment).count();
        for order in &facts.orders {
            payments.checked();
            self.order(&mut payments, order);
        }
        [
            gathered.finish("I8", [("due", total.due), ("paid", total.paid)]),
            payments.finish("I22", [("payments", ordered as i128)]),
        ]
    }

    pub(super) fn contracts(&self) -> usize {
        let contracts: std::collections::BTreeSet<_> =
            self.dues.keys().map(|(contract, _)| contract).collect();
        contracts.len()
    }
}

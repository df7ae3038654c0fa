//! I8, I22: what whoever does the work is owed and was paid, and the two persons behind each payment.

use std::collections::BTreeMap;

use super::{
    Seen,
    facts::{OrderFacts, PotFacts},
    finding::{Finding, Gathered},
};
use crate::{
    account::{Account, AccountKind as A},
    ids::{ContractId, FeatureId, MilestoneId, PostingId},
    posting::PostingKind as P,
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
    payments: Gathered,
}

impl Orders {
    pub(super) fn posting(&mut self, facts: &PotFacts, seen: &Seen<'_>) {
        for leg in &seen.legs {
            self.due(&leg.from, &leg.to, leg.amount);
        }
        if seen.kind == Some(P::Payment) {
            self.payments.checked();
            self.payment(facts, seen);
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

    /// Each payment is that of one order, which two persons agreed to who are neither one nor whoever entered it.
    fn payment(&mut self, facts: &PotFacts, seen: &Seen<'_>) {
        let place = format!("{}:{}", seen.posting.book.as_str(), seen.posting.seq);
        let Some(order) = order_of(facts, seen.posting.id) else {
            self.payments.breach(place, "order", "approved by one, authorised by another", "none");
            return;
        };
        let from = Account::Payable(order.contract, order.milestone);
        let whole = seen.legs.iter().all(|leg| leg.from == from)
            && seen.legs.iter().map(|leg| leg.amount).sum::<i128>() == i128::from(order.amount.minor());
        if !whole {
            self.payments.breach(
                &place,
                "payment",
                "the amount of its order, from its account",
                order.amount,
            );
        }
        let two = match (order.approved_by, order.authorised_by) {
            (Some(one), Some(other)) => {
                one != other && Some(one) != order.entered_by && Some(other) != order.entered_by
            }
            _ => false,
        };
        if !two {
            self.payments.breach(place, "order", "approved by one, authorised by another", "not so");
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
            let known = |order: &&OrderFacts| order.contract == *contract && order.milestone == *milestone;
            let Some(order) = facts.orders.iter().find(known) else {
                gathered.breach(milestone, "due", "an invoice of a feature", "none");
                continue;
            };
            *invoiced.entry(order.feature).or_default() += dues.due;
        }
        for order in &facts.orders {
            gathered.checked();
            let dues = self.dues.get(&(order.contract, order.milestone)).copied().unwrap_or_default();
            let due = if order.is_due { order.amount.minor() } else { 0 };
            gathered.same(order.milestone, "due", &dues.due, &i128::from(due));
        }
        for (feature, invoiced) in invoiced {
            let bound = facts.features.iter().find(|facts| facts.id == feature);
            let bound = bound.map_or(0, |facts| i128::from(facts.allocated_total.minor()));
            if invoiced > bound {
                gathered.breach(feature, "invoiced", format!("at most {bound}, all that is bound"), invoiced);
            }
        }
        let payments = self.payments.total().into();
        [
            gathered.finish("I8", [("due", total.due), ("paid", total.paid)]),
            self.payments.clone().finish("I22", [("payments", payments)]),
        ]
    }

    pub(super) fn contracts(&self) -> usize {
        let contracts: std::collections::BTreeSet<_> =
            self.dues.keys().map(|(contract, _)| contract).collect();
        contracts.len()
    }
}

fn order_of(facts: &PotFacts, posting: PostingId) -> Option<&OrderFacts> {
    facts.orders.iter().find(|order| order.payments.contains(&posting))
}

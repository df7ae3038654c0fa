//! I9, I19, I20, I23: each feature's money agrees with its state.

use std::collections::{HashMap, HashSet};

use super::{
    Seen,
    facts::{FeatureFacts, PotFacts},
    finding::{Finding, Gathered},
    ledger::Ledger,
};
use crate::{
    account::{Account, AccountKind as A},
    features::{State, changes_total, lies_on_feature, recompute},
    ids::FeatureId,
    posting::PostingKind as P,
};

/// What lies on a feature now, in both books, in minor units.
#[derive(Clone, Copy, Default)]
struct Lying {
    allocated: i128,
    reserved: i128,
    rights: i128,
    triggered: i128,
}

/// Sums of a feature's postings.
#[derive(Default)]
pub(super) struct Features {
    /// What was put on each feature, less what was taken back: what its `allocated_total` says.
    put: HashMap<FeatureId, i128>,
    triggered: HashSet<FeatureId>,
}

impl Features {
    pub(super) fn posting(&mut self, seen: &Seen<'_>) {
        let counts = seen.acts_as.is_some_and(changes_total);
        for leg in &seen.legs {
            let (left, entered) = (lies_on(&leg.from), lies_on(&leg.to));
            if seen.acts_as == Some(P::Trigger) {
                self.triggered.extend(entered);
            }
            if counts && left != entered {
                if let Some(feature) = entered {
                    *self.put.entry(feature).or_default() += leg.amount;
                }
                if let Some(feature) = left {
                    *self.put.entry(feature).or_default() -= leg.amount;
                }
            }
        }
    }

    /// I9, I19, I20, I23.
    pub(super) fn finish(&self, facts: &PotFacts, ledger: &Ledger) -> [Finding; 4] {
        let mut lying: HashMap<FeatureId, Lying> = HashMap::new();
        for (account, entry) in ledger.accounts() {
            let Some(feature) = account.feature() else { continue };
            let sums = lying.entry(feature).or_default();
            match account.kind() {
                A::Allocated => sums.allocated += entry.stored(),
                A::Reserved => sums.reserved += entry.stored(),
                A::RightAllocated => sums.rights += entry.stored(),
                A::Triggered => sums.triggered += entry.stored(),
                _ => {}
            }
        }
        let mut all = Checks::default();
        for feature in &facts.features {
            let lying = lying.remove(&feature.id).unwrap_or_default();
            let put = self.put.get(&feature.id).copied().unwrap_or(0);
            all.feature(feature, lying, put, self.triggered.contains(&feature.id));
        }
        for (feature, lying) in lying {
            if lying.allocated + lying.reserved + lying.rights + lying.triggered != 0 {
                all.places.breach(feature, "feature", "a feature of this pot", "none");
            }
        }
        all.finish()
    }
}

#[derive(Default)]
struct Checks {
    ended: Gathered,
    places: Gathered,
    states: Gathered,
    totals: Gathered,
    allocated: i128,
    reserved: i128,
    total: i128,
}

impl Checks {
    fn feature(&mut self, feature: &FeatureFacts, lying: Lying, put: i128, triggered: bool) {
        let free = lying.allocated + lying.rights;
        self.allocated += free;
        self.reserved += lying.reserved + lying.triggered;
        self.total += i128::from(feature.allocated_total.minor());
        self.places.checked();
        if free != 0 && feature.state != Some(State::Funding) {
            self.places.breach(feature.id, "allocated outside funding", 0, free);
        }
        if lying.reserved != 0 && !feature.state.is_some_and(State::is_triggered) {
            self.places.breach(feature.id, "reserved outside trigger and end", 0, lying.reserved);
        }
        let before = feature.state.is_none_or(|state| state.is_before_funding() || state == State::Funding);
        if lying.triggered != 0 && before {
            self.places.breach(feature.id, "triggered before the trigger", 0, lying.triggered);
        }
        if put > i128::from(feature.maximum.minor()) {
            self.places.breach(feature.id, "maximum", feature.maximum, put);
        }
        if feature.state.is_some_and(State::is_end) {
            self.ended.checked();
            if free != 0 || lying.reserved != 0 {
                self.ended.breach(feature.id, "allocated and reserved", 0, free + lying.reserved);
            }
        }
        if let Some((floor, maximum)) = feature.frozen {
            self.places.same(feature.id, "floor of its terms", &floor, &feature.floor);
            self.places.same(feature.id, "maximum of its terms", &maximum, &feature.maximum);
        }
        self.state(feature, put, triggered);
        self.totals.checked();
        self.totals.same(feature.id, "allocated_total", &put, &feature.allocated_total.minor().into());
    }

    fn state(&mut self, feature: &FeatureFacts, put: i128, triggered: bool) {
        self.states.checked();
        let name = |state: Option<State>| state.map_or("none", State::as_str);
        if feature.moves.contains(&None) {
            self.states.breach(feature.id, "events", "moves", "something else");
        }
        match recompute(feature.moves.iter().copied().flatten()) {
            Ok(state) => self.states.same(feature.id, "state", &name(state), &name(feature.state)),
            Err(error) => self.states.breach(feature.id, "events", "passages of the table", error),
        }
        if triggered && !feature.funded {
            self.states.breach(feature.id, "trigger", "marked as funded", "not marked");
        }
        if feature.funded && !triggered && put != 0 {
            self.states.breach(feature.id, "marked as funded", "a trigger posting", "none");
        }
        if feature.state.is_some_and(State::is_triggered) && !feature.funded {
            self.states.breach(feature.id, "state", "funded before it", name(feature.state));
        }
    }

    fn finish(self) -> [Finding; 4] {
        let ended = self.ended.total().into();
        let features = self.states.total().into();
        [
            self.ended.finish("I9", [("ended", ended)]),
            self.places.finish("I19", [("allocated", self.allocated), ("reserved", self.reserved)]),
            self.states.finish("I20", [("features", features)]),
            self.totals.finish("I23", [("allocated_total", self.total)]),
        ]
    }
}

/// The feature on which an account's money lies, free or bound.
fn lies_on(account: &Account) -> Option<FeatureId> {
    account.feature().filter(|_| lies_on_feature(account.kind()))
}

//! I21: what is called, by whom it is paid, who took it over.

use std::collections::{BTreeMap, HashMap};

use super::{
    facts::{CallFacts, PotFacts},
    finding::{Finding, Gathered},
    ledger::Ledger,
};
use crate::{
    account::Account,
    features::State,
    fund_calls::CallState,
    ids::{FeatureId, FundCallId, OrganisationId},
    money::Money,
};

/// What was called stays within what was promised, and is what was triggered; each cent of a call is received, awaited,
/// covered by others or cancelled; what is covered is what others stand for. `gathered`: what postings showed.
pub(super) fn finish(mut gathered: Gathered, facts: &PotFacts, ledger: &Ledger) -> Finding {
    let mut called: BTreeMap<OrganisationId, i128> = BTreeMap::new();
    let mut bound: BTreeMap<FeatureId, i128> = BTreeMap::new();
    let (mut all, mut received) = (0, 0);
    for call in &facts.calls {
        gathered.checked();
        amounts(&mut gathered, call);
        let asked = asked(call);
        *called.entry(call.organisation).or_default() += asked;
        *bound.entry(call.feature).or_default() += asked;
        all += asked;
        received += minor(call.amounts.received);
    }
    covers(&mut gathered, facts);
    let firm = promised(&mut gathered, facts, ledger);
    for (organisation, called) in called {
        let most = firm.get(&organisation).copied().unwrap_or(0);
        if called > most {
            gathered.breach(organisation, "called", format!("at most {most} promised"), called);
        }
    }
    for (account, entry) in ledger.accounts() {
        if let Account::Triggered(feature) = account {
            let called = bound.remove(feature).unwrap_or(0);
            gathered.same(feature, "called for what is triggered", &entry.stored(), &called);
        }
    }
    for (feature, called) in bound {
        gathered.same(feature, "called for what is triggered", &0, &called);
    }
    let promised = firm.values().sum();
    gathered.finish("I21", [("promised", promised), ("called", all), ("received", received)])
}

/// What a call asks, or asked and got: what others took over and what isn't asked any more left out.
pub(super) fn asked(call: &CallFacts) -> i128 {
    minor(call.amounts.called) - minor(call.amounts.covered) - minor(call.amounts.cancelled)
}

fn minor(amount: Money) -> i128 {
    amount.minor().into()
}

/// The amounts of a call are its receipts, fit into it, and say where it stands.
fn amounts(gathered: &mut Gathered, call: &CallFacts) {
    let (amounts, place) = (call.amounts, format!("call {}", call.number));
    gathered.same(&place, "received", &call.receipts.minor(), &amounts.received.minor());
    let rest = asked(call) - minor(amounts.received);
    if rest < 0 {
        gathered.breach(&place, "received, covered, cancelled", amounts.called, rest);
    }
    let stands = match call.state {
        None => false,
        Some(state) if rest > 0 => match state {
            CallState::Open => amounts.received.is_zero(),
            CallState::PartlyPaid => amounts.received.is_positive(),
            other => other == CallState::Unpaid,
        },
        Some(CallState::Cancelled) => amounts.cancelled.is_positive(),
        Some(CallState::Covered) => amounts.cancelled.is_zero() && amounts.covered.is_positive(),
        Some(state) => state == CallState::Paid && amounts.cancelled.is_zero() && amounts.covered.is_zero(),
    };
    if !stands {
        let state = call.state.map_or("none", CallState::as_str);
        gathered.breach(place, "state", "what its amounts say", state);
    }
}

/// What others took over of a call is what their calls for it stand for; at the end of a feature they stand for less.
fn covers(gathered: &mut Gathered, facts: &PotFacts) {
    let mut made: HashMap<FundCallId, (i128, i128)> = HashMap::new();
    for call in &facts.calls {
        if let Some(covered) = call.covers {
            let (called, stands) = made.entry(covered).or_default();
            let amounts = call.amounts;
            *called += minor(amounts.called);
            *stands += minor(amounts.called) - minor(amounts.cancelled) - minor(amounts.repaid);
        }
    }
    let ended = |feature: FeatureId| {
        let facts = facts.features.iter().find(|facts| facts.id == feature);
        facts.and_then(|facts| facts.state).is_some_and(State::is_end)
    };
    for call in &facts.calls {
        let (called, stands) = made.get(&call.id).copied().unwrap_or_default();
        let covered = minor(call.amounts.covered);
        let most = if ended(call.feature) { called } else { stands };
        if covered < stands || covered > most {
            gathered.breach(format!("call {}", call.number), "covered", most, covered);
        }
    }
}

/// What each promised firmly is what is posted of its promises.
fn promised(gathered: &mut Gathered, facts: &PotFacts, ledger: &Ledger) -> BTreeMap<OrganisationId, i128> {
    let mut firm: BTreeMap<OrganisationId, i128> = BTreeMap::new();
    for (organisation, amount) in &facts.promises {
        *firm.entry(*organisation).or_default() += minor(*amount);
    }
    for (account, entry) in ledger.accounts() {
        if let Account::Promised(organisation) = account {
            let said = firm.get(organisation).copied().unwrap_or(0);
            gathered.same(organisation, "promised", &-entry.stored(), &said);
        }
    }
    firm
}

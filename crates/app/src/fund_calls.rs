//! Calls for funds: made at the trigger, due on a day, unpaid after it. Paying and covering have files of their own.

pub mod confirming;
mod covering;
pub mod page;
mod paying;
mod recording;

pub use covering::cover_call;
pub use paying::{PaidIn, confirm_received, record_call_payment, say_not_paid, say_paid, undo_received};
pub use recording::NewCallPayment;
pub(crate) use recording::back_into_proportion;

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Source, Transfer,
    fund_calls::{CallAmounts, CallRefusal, CallState},
    ids::{FeatureId, FundCallId, OrganisationId, PostingId},
    posting::Reason,
    pot::FundMode,
    promises::PromiseOn,
    references::reference,
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use store::{
    Command, Tx,
    deadlines::Deadline,
    features::Feature,
    fund_calls::{CallReceipt, FundCall},
    journal::Of,
};
use uuid::Uuid;

use crate::{
    call_mails,
    context::Context,
    error::Failure,
    till::{Drawn, Story, Till},
    work::worker_of,
};

/// The deadline at which a call that isn't paid becomes unpaid.
pub const CALL_DUE: &str = "call_due";
/// Letters of the collective's name that a reference takes.
const NAME_IN_REFERENCE: usize = 12;

/// Who is paid for a feature, as a page or a mail names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    /// The name.
    pub name: String,
    /// Where to transfer, if a host is paid and has said it; empty: whoever does the work sends an invoice.
    pub iban: String,
}

/// Who is paid for a feature: in a direct pot whoever does the work (the lead where nobody is named), else the
/// feature's host, or the pot's.
pub async fn payee(tx: &mut Tx, feature: &Feature, pot: &store::pots::Pot) -> store::sqlx::Result<Payee> {
    if pot.fund_mode == FundMode::Direct {
        let name = worker_of(tx, feature).await?.name;
        return Ok(Payee { name, iban: String::new() });
    }
    let host = match feature.host.or(pot.host) {
        Some(host) => store::hosts::get(tx, host).await?,
        None => None,
    };
    Ok(host.map_or_else(
        || Payee { name: String::new(), iban: String::new() },
        |host| Payee { name: host.name, iban: host.iban },
    ))
}

/// Calls what organisations owe for a triggered feature. In a pledge pot what lies in an organisation's pool, from an
/// earlier surplus, pays first. The feature is locked. Each organisation gets one mail. Errors: faults only.
pub(crate) async fn issue_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    parts: &[(OrganisationId, Money)],
    covers: Option<FundCallId>,
) -> Result<Vec<FundCall>, Failure<R>> {
    let due_on = till.today.saturating_add(i64::from(till.rules.delays.payment).days());
    let first = store::fund_calls::next_number(tx, till.pot()).await?;
    let mut calls = Vec::with_capacity(parts.len());
    for (number, (organisation, amount)) in
        (first..).zip(parts.iter().filter(|(_, amount)| amount.is_positive()))
    {
        calls.push(FundCall {
            id: till.id(),
            pot: till.pot(),
            feature: feature.id,
            organisation: *organisation,
            number,
            reference: reference_of(till, "", number),
            amount: *amount,
            received: Money::ZERO,
            covered: Money::ZERO,
            cancelled: Money::ZERO,
            repaid: Money::ZERO,
            state: CallState::Open,
            due_on,
            covers,
            said_paid_at: None,
            said_paid_by: None,
            created_at: till.now,
        });
    }
    store::fund_calls::insert(tx, &calls).await?;
    for call in &calls {
        set_due(tx, till, call).await?;
    }
    if till.locked.pot.fund_mode == FundMode::Pledge {
        pay_from_pools(tx, till, feature, &mut calls).await?;
    }
    call_mails::tell_called(tx, till, feature, &calls).await?;
    Ok(calls)
}

/// Sets the deadline of a call that awaits money.
async fn set_due<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    call: &FundCall,
) -> Result<(), Failure<R>> {
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: call.id.0,
        kind: CALL_DUE,
        occurrence: till.now.as_microsecond().to_string(),
        due_at: till.collective.end_of(call.due_on),
    };
    Ok(store::deadlines::set(tx, &deadline).await?)
}

/// `CHATONS0042`: the beginning of the collective's name in addresses, the pot's where it isn't the main one, and the
/// number of the call after the letters that say what it is called for, all in the reference of ISO 11649.
pub(crate) fn reference_of(till: &Till, what: &str, number: i64) -> String {
    let letters = |text: &str, most| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).take(most).collect()
    };
    let pot = match till.locked.pot.slug.as_str() {
        "main" => String::new(),
        other => letters(other, 4),
    };
    let name = letters(&till.collective.slug, NAME_IN_REFERENCE - pot.len());
    reference(&format!("{name}{pot}{what}{number:04}"))
}

/// What an organisation's pool holds pays its call first.
async fn pay_from_pools<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    calls: &mut [FundCall],
) -> Result<(), Failure<R>> {
    let pools = store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&[AccountKind::Pool])).await?;
    let mut pools: BTreeMap<OrganisationId, Money> =
        pools.into_iter().filter_map(|(account, amount)| Some((account.organisation()?, amount))).collect();
    for call in calls {
        let Some(pool) = pools.get_mut(&call.organisation) else { continue };
        let part = call.rest().min(*pool);
        if !part.is_positive() {
            continue;
        }
        *pool = pool.less(part);
        let to = Account::Reserved(call.organisation, feature.id, Source::Own);
        let transfers = vec![Transfer::new(Account::Pool(call.organisation), to, part)];
        let mut draft =
            Draft::new(PostingKind::CallPayment, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.organisation = Some(call.organisation);
        draft.feature = Some(feature.id);
        let posted = till.post(tx, draft).await?;
        let paid = Received { amount: part, ..Received::nothing(till.today) };
        keep_received(tx, till, call, Received { posting: Some(posted.id), ..paid }).await?;
    }
    Ok(())
}

/// What came in for a call.
#[derive(Clone, Copy)]
struct Received {
    /// What counts for the call.
    amount: Money,
    /// What of it others had covered.
    late: Money,
    /// What was more than called.
    excess: Money,
    on: Date,
    posting: Option<PostingId>,
}

impl Received {
    const fn nothing(on: Date) -> Self {
        Self { amount: Money::ZERO, late: Money::ZERO, excess: Money::ZERO, on, posting: None }
    }
}

/// Writes down that something was received for a call, and what the call has become. What was said to be paid is
/// answered by it: the rest, if there is one, is to be said again.
async fn keep_received<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    call: &mut FundCall,
    received: Received,
) -> Result<(), Failure<R>> {
    let receipt = CallReceipt {
        id: till.id(),
        fund_call: call.id,
        amount: received.amount,
        late: received.late,
        excess: received.excess,
        received_on: received.on,
        posting: received.posting,
        recorded_by: till.person(),
        created_at: till.now,
        undone_at: None,
        undone_by: None,
    };
    store::fund_calls::insert_receipt(tx, &receipt).await?;
    call.said_paid_at = None;
    call.said_paid_by = None;
    let amounts = CallAmounts {
        received: sum(call.received, received.amount),
        covered: call.covered.less(received.late),
        ..call.amounts()
    };
    settle(tx, till, call, amounts).await
}

/// Writes what a call has become; the deadline of one that awaits nothing more is taken away, that of one that awaits
/// something again is set. After its last day the deadline makes a call unpaid, with all that follows, and nothing else.
async fn settle<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    call: &mut FundCall,
    amounts: CallAmounts,
) -> Result<(), Failure<R>> {
    let before = call.state;
    call.received = amounts.received;
    call.covered = amounts.covered;
    call.cancelled = amounts.cancelled;
    call.repaid = amounts.repaid;
    call.state = match amounts.state(call.due_on, till.today) {
        CallState::Unpaid if before != CallState::Unpaid => amounts.state(call.due_on, call.due_on),
        state => state,
    };
    store::fund_calls::update(tx, call).await?;
    match (before.is_awaited(), call.state.is_awaited()) {
        (_, false) => drop(store::deadlines::cancel(tx, call.id.0, CALL_DUE).await?),
        (false, true) => set_due(tx, till, call).await?,
        (true, true) => {}
    }
    Ok(())
}

fn sum(a: Money, b: Money) -> Money {
    Money::new(a.minor().saturating_add(b.minor()))
}

/// What a promise of that feature is made to: the feature, or its round.
pub(crate) fn promised_on(feature: &Feature) -> PromiseOn {
    match feature.round.filter(|_| !feature.outside_rounds) {
        Some(round) => PromiseOn::Round(round),
        None => PromiseOn::Feature(feature.id),
    }
}

/// The rest of every call of a feature that ends isn't asked any more: it goes from what was triggered back to what is
/// promised. What of each call is cancelled. Errors: faults only.
pub(crate) async fn cancel_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<Vec<(OrganisationId, Money)>, Failure<R>> {
    let mut cancelled = Vec::new();
    for mut call in store::fund_calls::lock_of_feature(tx, feature.id).await? {
        let rest = call.rest();
        if !rest.is_positive() {
            continue;
        }
        let amounts = CallAmounts { cancelled: sum(call.cancelled, rest), ..call.amounts() };
        settle(tx, till, &mut call, amounts).await?;
        cancelled.push((call.organisation, rest));
    }
    Ok(cancelled)
}

/// What was triggered and isn't asked any more goes back to what is promised, and out of the promises that are firm.
/// The caller takes it out of the feature's total. Errors: faults only.
pub(crate) async fn release_triggered<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    parts: &[(OrganisationId, Money)],
    reason: Reason,
) -> Result<(), Failure<R>> {
    let triggered = Account::Triggered(feature.id);
    let transfers: Vec<Transfer> = parts
        .iter()
        .map(|(organisation, amount)| Transfer::new(triggered, Account::Promised(*organisation), *amount))
        .collect();
    if transfers.is_empty() {
        return Ok(());
    }
    let mut draft =
        Draft::new(PostingKind::Release, Book::Promises, till.today, till.actor.clone(), transfers);
    draft.feature = Some(feature.id);
    draft.round = feature.round;
    draft.reason = Some(reason);
    till.post(tx, draft).await?;
    for (organisation, amount) in parts {
        let on = promised_on(feature);
        store::promises::add_firm(tx, on, *organisation, -amount.minor(), till.now).await?;
    }
    Ok(())
}

/// What the deadline of a call calls: after its last day, what isn't paid is a promise that wasn't kept. Does nothing
/// before, nor a second time.
pub async fn unpaid_if_due(context: &Context, call: FundCallId) -> Result<(), Failure<CallRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::fund_calls::by_id(&mut tx, call).await? else { return Ok(()) };
    drop(tx);
    if !row.state.is_awaited() || row.state == CallState::Unpaid {
        return Ok(());
    }
    let command = Unpaid { pot: row.pot.0, feature: row.feature, call, drawn: Drawn::of(context) };
    context.db.write(command).await
}

struct Unpaid {
    pot: Uuid,
    feature: FeatureId,
    call: FundCallId,
    drawn: Drawn,
}

impl Command for Unpaid {
    type Done = ();
    type Error = Failure<CallRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<CallRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), CALL_DUE, &self.drawn).await?;
        let round = store::rounds::lock_open(tx, till.pot()).await?;
        let feature = crate::features::lock_one(tx, &till, self.feature).await?;
        let mut call = store::fund_calls::lock(tx, self.call).await?.ok_or(Failure::NotFound)?;
        let amounts = call.amounts();
        if amounts.state(call.due_on, till.today) != CallState::Unpaid || call.state == CallState::Unpaid {
            return Ok(());
        }
        call.state = CallState::Unpaid;
        store::fund_calls::update(tx, &call).await?;
        let data = json!({ "title": feature.title, "number": feature.number, "call": call.number });
        let mut story = Story::new("call_unpaid", ("feature", feature.id.0), data);
        story.organisation = Some(call.organisation);
        story.public = false;
        till.record(tx, story).await?;
        if let Some(round) = round.filter(|round| feature.round == Some(round.id)) {
            crate::rights::lower_after_default(tx, &mut till, &round, &call).await?;
        }
        call_mails::tell_unpaid(tx, &mut till, &feature, &call).await
    }
}

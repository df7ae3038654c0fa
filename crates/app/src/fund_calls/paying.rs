//! A call is paid: said by whoever pays, confirmed by whoever is paid (direct pots), or recorded by the treasurer of a
//! pot that holds money (pledge pots), for its true amount.

use std::collections::BTreeMap;

use domain::{
    Account, Book, Draft, Money, PostingKind, Source, Transfer,
    actor::Action,
    fund_calls::{CallAmounts, CallRefusal, Paid, rebalance, repay_coverers},
    ids::{CallReceiptId, FundCallId, OrganisationId, PostingId},
    input::FieldError,
    posting::Reason,
    pot::FundMode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, features::Feature, fund_calls::FundCall};
use uuid::Uuid;

use super::{keep_received, promised_on, settle, sum};
use crate::{
    acting::Acting,
    call_mails,
    context::Context,
    contributions::{self, check_receipt, keep_receipt},
    error::Failure,
    features,
    files::Upload,
    idempotency::{Keyed, remember, replayed},
    promises,
    till::{Drawn, Story, Till},
};

/// A payment that reached the bank of a pledge pot.
#[derive(Clone, Debug, Serialize)]
pub struct NewCallPayment {
    /// Its true amount.
    pub amount: Money,
    /// The day on which it reached the bank.
    pub received_on: Date,
    /// The bank's reference or label; may be empty. Never enters the chain.
    pub reference: String,
    /// A file that shows it.
    pub proof: Option<Upload>,
}

/// Where the cents of a payment went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidIn {
    /// For the rest of the call.
    pub to_call: Money,
    /// For what others had covered: they get as much back in the pool.
    pub late: Money,
    /// More than was called: it waits in the organisation's pool for its next call.
    pub excess: Money,
    /// What is still awaited for the call.
    pub rest: Money,
}

/// The act of one command on a call.
enum Act {
    Say,
    Confirm { amount: Money, received_on: Date },
    Record(NewCallPayment),
    Undo(CallReceiptId),
}

struct OnCall {
    acting: Acting,
    /// The call as it was read to know its pot and feature.
    call: FundCall,
    act: Act,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

async fn carry_out(
    context: &Context,
    acting: Acting,
    call: FundCallId,
    keyed: Option<Keyed>,
    act: Act,
) -> Result<PaidIn, Failure<CallRefusal>> {
    let mut tx = context.db.read().await?;
    let call = store::fund_calls::by_id(&mut tx, call).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    context.db.write(OnCall { acting, call, act, keyed, drawn: Drawn::of(context) }).await
}

/// Whoever is called says that the rest is paid; whoever is paid is asked to confirm it. Asks for a mandate for the
/// money of the organisation called. Errors: no right; nothing is awaited.
pub async fn say_paid(
    context: &Context,
    acting: Acting,
    call: FundCallId,
) -> Result<(), Failure<CallRefusal>> {
    carry_out(context, acting, call, None, Act::Say).await.map(drop)
}

/// In a direct pot, the organisation that leads the feature, for whoever does the work, or a steward confirms that so
/// much was received. Errors: fields `amount` and `received_on`; no right; more than is awaited; another kind of pot.
pub async fn confirm_received(
    context: &Context,
    acting: Acting,
    call: FundCallId,
    amount: Money,
    received_on: Date,
) -> Result<PaidIn, Failure<CallRefusal>> {
    let keyed =
        Keyed::of(context, &acting, &("confirm_received", call, amount, received_on.to_string())).await?;
    carry_out(context, acting, call, keyed, Act::Confirm { amount, received_on }).await
}

/// In a direct pot, something confirmed by mistake is taken back; it stays written down.
/// Errors: no right; undone already; the feature has ended.
pub async fn undo_received(
    context: &Context,
    acting: Acting,
    call: FundCallId,
    receipt: CallReceiptId,
) -> Result<PaidIn, Failure<CallRefusal>> {
    carry_out(context, acting, call, None, Act::Undo(receipt)).await
}

/// In a pledge pot, the treasurer records a payment that reached the bank: up to the rest for the call, then what
/// others covered is given back to them, and the excess waits in the organisation's pool.
/// Errors: fields as a contribution's; no right; another kind of pot; a key reused.
pub async fn record_call_payment(
    context: &Context,
    acting: Acting,
    call: FundCallId,
    new: NewCallPayment,
) -> Result<PaidIn, Failure<CallRefusal>> {
    let keyed = Keyed::of(context, &acting, &("call_payment", call, &new)).await?;
    carry_out(context, acting, call, keyed, Act::Record(new)).await
}

impl Command for OnCall {
    type Done = PaidIn;
    type Error = Failure<CallRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.call.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<PaidIn, Failure<CallRefusal>> {
        let mut till = Till::by_person(tx, self.call.pot, &self.acting, &self.drawn).await?;
        let lead = store::features::by_id(tx, self.call.feature).await?.ok_or(Failure::NotFound)?.lead;
        let action = match self.act {
            Act::Say => Action::SayPaid,
            Act::Confirm { .. } | Act::Undo(_) => Action::ConfirmReceived,
            Act::Record(_) => Action::RecordMoney,
        };
        let permit = till.permit(action, &self.acting, Some(lead))?;
        if let Some(answer) = replayed(tx, self.call.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let mut feature = features::lock_one(tx, &till, self.call.feature).await?;
        let mut call = store::fund_calls::lock(tx, self.call.id).await?.ok_or(Failure::NotFound)?;
        let mode = till.locked.pot.fund_mode;
        let paid = match &self.act {
            Act::Say => {
                if permit.organisation() != Some(call.organisation) {
                    return Err(Failure::NotFound);
                }
                say(tx, &mut till, &feature, &mut call).await?
            }
            Act::Confirm { amount, received_on } => {
                let right = mode == FundMode::Direct;
                refuse_unless(right, CallRefusal::OtherMode)?;
                confirm(tx, &mut till, &feature, &mut call, *amount, *received_on).await?
            }
            Act::Undo(receipt) => {
                refuse_unless(mode == FundMode::Direct, CallRefusal::OtherMode)?;
                undo(tx, &mut till, &feature, &mut call, *receipt).await?
            }
            Act::Record(new) => {
                refuse_unless(mode == FundMode::Pledge, CallRefusal::OtherMode)?;
                record(tx, &mut till, &mut feature, &mut call, new).await?
            }
        };
        remember(tx, self.call.pot, self.keyed.as_ref(), till.now, &paid).await?;
        Ok(paid)
    }
}

fn refuse_unless(holds: bool, why: CallRefusal) -> Result<(), Failure<CallRefusal>> {
    if holds { Ok(()) } else { Err(Failure::Refused(why)) }
}

fn nothing_but(rest: Money) -> PaidIn {
    PaidIn { to_call: Money::ZERO, late: Money::ZERO, excess: Money::ZERO, rest }
}

async fn say(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &mut FundCall,
) -> Result<PaidIn, Failure<CallRefusal>> {
    refuse_unless(call.state.is_awaited(), CallRefusal::NotAwaited(call.state))?;
    if call.said_paid_at.is_none() {
        call.said_paid_at = Some(till.now);
        call.said_paid_by = till.person();
        store::fund_calls::update(tx, call).await?;
        call_mails::tell_said_paid(tx, till, feature, call).await?;
    }
    Ok(nothing_but(call.rest()))
}

async fn confirm(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &mut FundCall,
    amount: Money,
    received_on: Date,
) -> Result<PaidIn, Failure<CallRefusal>> {
    let errors = check_receipt(amount, received_on, "", till.today);
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    refuse_unless(call.state.is_awaited(), CallRefusal::NotAwaited(call.state))?;
    let rest = call.rest();
    refuse_unless(amount <= rest, CallRefusal::OverRest { rest })?;
    keep_received(tx, till, call, amount, received_on, None).await?;
    tell_received(tx, till, feature, call).await?;
    Ok(PaidIn { to_call: amount, ..nothing_but(call.rest()) })
}

async fn undo(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &mut FundCall,
    receipt: CallReceiptId,
) -> Result<PaidIn, Failure<CallRefusal>> {
    refuse_unless(feature.state.is_triggered(), CallRefusal::TooLate)?;
    let receipts = store::fund_calls::receipts(tx, call.id, 500).await?;
    let receipt = receipts.into_iter().find(|one| one.id == receipt).ok_or(Failure::NotFound)?;
    let stood = store::fund_calls::undo_receipt(tx, receipt.id, till.person(), till.now).await?;
    refuse_unless(stood, CallRefusal::AlreadyUndone)?;
    let amounts = CallAmounts { received: call.received.less(receipt.amount), ..call.amounts() };
    call.said_paid_at = None;
    call.said_paid_by = None;
    settle(tx, till, call, amounts).await?;
    super::set_due(tx, till, call).await?;
    tell_received(tx, till, feature, call).await?;
    Ok(nothing_but(call.rest()))
}

/// The story of a feature says how much of what was called is there; never beside a name.
async fn tell_received(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &FundCall,
) -> Result<(), Failure<CallRefusal>> {
    let sums = store::fund_calls::sums_of_feature(tx, feature.id).await?;
    let data = json!({
        "title": feature.title, "number": feature.number, "received": sums.received.minor(),
        "called": sums.called.minor(),
    });
    let mut story = Story::new("call_received", ("feature", feature.id.0), data);
    story.organisation = Some(call.organisation);
    story.public = false;
    till.record(tx, story).await?;
    if sums.awaited == 0 && sums.received == sums.called {
        let data =
            json!({ "title": feature.title, "number": feature.number, "received": sums.received.minor() });
        till.record(tx, Story::new("calls_all_received", ("feature", feature.id.0), data)).await?;
        call_mails::tell_all_received(tx, till, feature, sums.received).await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    call: &mut FundCall,
    new: &NewCallPayment,
) -> Result<PaidIn, Failure<CallRefusal>> {
    let errors: Vec<FieldError> = check_receipt(new.amount, new.received_on, &new.reference, till.today);
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    let mut divided = call.amounts().divide(new.amount);
    if feature.state.is_end() {
        divided.excess = sum(divided.excess, sum(divided.to_call, divided.late));
        divided.to_call = Money::ZERO;
        divided.late = Money::ZERO;
    }
    let organisation = call.organisation;
    let bank = Account::Bank(till.locked.pot.bank_account);
    let reserved = Account::Reserved(organisation, feature.id, Source::Own);
    let for_feature = sum(divided.to_call, divided.late);
    let parts = [(reserved, for_feature), (Account::Pool(organisation), divided.excess)];
    let transfers = parts.into_iter().filter(|(_, amount)| amount.is_positive());
    let transfers = transfers.map(|(to, amount)| Transfer::new(bank, to, amount)).collect();
    let mut draft =
        Draft::new(PostingKind::CallPayment, Book::Cash, new.received_on, till.actor.clone(), transfers);
    draft.organisation = Some(organisation);
    draft.feature = for_feature.is_positive().then_some(feature.id);
    let posted = till.post(tx, draft).await?;
    let paid = contributions::Paid {
        received_on: new.received_on,
        reference: &new.reference,
        proof: new.proof.as_ref(),
    };
    keep_receipt(tx, till, &posted, &paid, Some(organisation)).await?;
    if divided.to_call.is_positive() {
        keep_received(tx, till, call, divided.to_call, new.received_on, Some(posted.id)).await?;
    }
    if divided.late.is_positive() {
        late_after_cover(tx, till, feature, call, divided.late, (new.received_on, posted.id)).await?;
    }
    if for_feature.is_positive() {
        back_into_proportion(tx, till, feature, call.number.unsigned_abs()).await?;
    }
    tell_received(tx, till, feature, call).await?;
    Ok(PaidIn { to_call: divided.to_call, late: divided.late, excess: divided.excess, rest: call.rest() })
}

/// An organisation pays what others had covered: its promise is firm again, and the coverers get as much back, which
/// waits in their pools for their next call.
async fn late_after_cover(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    call: &mut FundCall,
    late: Money,
    paid: (Date, PostingId),
) -> Result<(), Failure<CallRefusal>> {
    let covers = store::fund_calls::covering(tx, call.id).await?;
    let held: Vec<_> = covers.iter().map(|cover| (cover.organisation, cover.received)).collect();
    let back = repay_coverers(late, &held);
    let transfers: Vec<Transfer> = back
        .iter()
        .map(|(coverer, amount)| {
            let from = Account::Reserved(*coverer, feature.id, Source::Own);
            Transfer::new(from, Account::Pool(*coverer), *amount)
        })
        .collect();
    let returned = Money::sum(back.values().copied()).unwrap_or_default();
    if returned.is_positive() {
        // What was drawn for the work meanwhile is first brought back, as if the coverers had what they get.
        rebalance_as_if(tx, till, feature, call.number.unsigned_abs(), &back).await?;
        let mut draft =
            Draft::new(PostingKind::Release, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.reason = Some(Reason::Surplus);
        till.post(tx, draft).await?;
        store::features::add_to_total(tx, feature.id, -returned.minor()).await?;
    }
    // What coverers still owe isn't asked from them any more.
    let mut unasked = late.less(returned);
    for mut cover in covers.into_iter().rev() {
        let part = cover.rest().min(unasked);
        if part.is_positive() {
            unasked = unasked.less(part);
            super::uncover(tx, till, feature, &mut cover, part).await?;
        }
    }
    promises::promise_firmly(tx, till, call.organisation, late, feature.round, true).await?;
    promises::bind(tx, till, feature, call.organisation, late).await?;
    store::features::add_to_total(tx, feature.id, late.minor()).await?;
    let on = promised_on(feature);
    store::promises::add_firm(tx, on, call.organisation, late.minor(), till.now).await?;
    call.covered = call.covered.less(late);
    keep_received(tx, till, call, late, paid.0, Some(paid.1)).await
}

/// After money came in late, or an invoice was taken back, what each has left reserved is brought back into proportion to
/// what it paid. Errors: faults only.
pub(crate) async fn back_into_proportion<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    turn: u64,
) -> Result<(), Failure<R>> {
    rebalance_as_if(tx, till, feature, turn, &BTreeMap::new()).await
}

/// The same, so that what some are about to get `back` lies with them.
async fn rebalance_as_if<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    turn: u64,
    back: &BTreeMap<OrganisationId, Money>,
) -> Result<(), Failure<R>> {
    let rows = store::fund_calls::paid_for(tx, feature.id).await?;
    let paid: Vec<Paid> = rows
        .into_iter()
        .map(|row| {
            let gets = back.get(&row.organisation).copied().unwrap_or_default();
            // What it gets back may have been drawn: then it lacks more than it has.
            let reserved = Money::new(row.reserved.minor().saturating_sub(gets.minor()));
            Paid { organisation: row.organisation, paid: row.paid.less(gets), reserved }
        })
        .collect();
    let transfers = rebalance(feature.id, &paid, turn).map_err(|error| Failure::Fault(error.to_string()))?;
    if transfers.is_empty() {
        return Ok(());
    }
    let mut draft = Draft::new(PostingKind::Rebalance, Book::Cash, till.today, till.actor.clone(), transfers);
    draft.feature = Some(feature.id);
    till.post(tx, draft).await.map(drop)
}

//! A call is paid: said by whoever pays, confirmed by whoever is paid (direct pots), or recorded by the treasurer of a
//! pot that holds money (pledge pots), for its true amount.

use domain::{
    Money,
    actor::{Action, NotAllowed},
    fund_calls::{CallAmounts, CallRefusal},
    ids::{CallReceiptId, FundCallId},
    pot::FundMode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    features::Feature,
    fund_calls::{CallReceipt, FundCall},
};
use uuid::Uuid;

use super::{
    NewCallPayment, Received, confirming, keep_received,
    recording::{record, take_back},
    settle,
};
use crate::{
    acting::Acting,
    call_mails,
    context::Context,
    contributions::check_receipt,
    error::Failure,
    features,
    idempotency::{Keyed, remember, replayed},
    invoices::At,
    till::{Drawn, Story, Till},
    work::ending::keeps_order_lines,
};

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

/// Receipts of a call that are looked through.
const RECEIPTS: i64 = 500;

/// The act of one command on a call.
enum Act {
    Say,
    Unsay,
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

/// Whoever is called takes back that the rest is paid. Asks for the same. Errors: no right.
pub async fn say_not_paid(
    context: &Context,
    acting: Acting,
    call: FundCallId,
) -> Result<(), Failure<CallRefusal>> {
    carry_out(context, acting, call, None, Act::Unsay).await.map(drop)
}

/// In a direct pot, whoever is paid confirms that so much was received: [`confirming`] says who that is.
/// Errors: fields `amount` and `received_on`; no right; more than is awaited; another kind of pot.
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

/// Something confirmed or recorded by mistake is taken back; it stays written down. In a direct pot by whoever confirms, in
/// a pledge pot by the treasurer, by an entry that mirrors the first, while the money is where it went.
/// Errors: no right; undone already; the feature has ended; the money moved on, or others were paid back by it.
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
/// Errors: fields as a contribution's; no right; another kind of pot; a key reused; the same seems to be recorded
/// already and nobody says that it is another one.
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
        self.permit(tx, &till).await?;
        if let Some(answer) = replayed(tx, self.call.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let mut feature = features::lock_one(tx, &till, self.call.feature).await?;
        let mut call = store::fund_calls::lock(tx, self.call.id).await?.ok_or(Failure::NotFound)?;
        let mode = till.locked.pot.fund_mode;
        let paid = match &self.act {
            Act::Say => say(tx, &mut till, &feature, &mut call).await?,
            Act::Unsay => unsay(tx, &mut call).await?,
            Act::Confirm { amount, received_on } => {
                refuse_unless(mode == FundMode::Direct, CallRefusal::OtherMode)?;
                confirm(tx, &mut till, &feature, &mut call, *amount, *received_on).await?
            }
            Act::Undo(receipt) => undo(tx, &mut till, &feature, &mut call, *receipt).await?,
            Act::Record(new) => {
                refuse_unless(mode == FundMode::Pledge, CallRefusal::OtherMode)?;
                record(tx, &mut till, &mut feature, &mut call, new).await?
            }
        };
        remember(tx, self.call.pot, self.keyed.as_ref(), till.now, &paid).await?;
        Ok(paid)
    }
}

impl OnCall {
    /// Whether whoever acts may do that.
    async fn permit(&self, tx: &mut Tx, till: &Till) -> Result<(), Failure<CallRefusal>> {
        let direct = till.locked.pot.fund_mode == FundMode::Direct;
        match self.act {
            Act::Say | Act::Unsay => self.permit_payer(tx, till).await,
            Act::Undo(_) if !direct => Ok(till.permit(Action::ReverseEntry, &self.acting, None).map(drop)?),
            Act::Record(_) => Ok(till.permit(Action::RecordMoney, &self.acting, None).map(drop)?),
            Act::Confirm { .. } | Act::Undo(_) => {
                let feature = store::features::by_id(tx, self.call.feature).await?;
                let feature = feature.ok_or(Failure::NotFound)?;
                let at = At::of(till);
                let confirmer = confirming::confirmer(tx, &at, &feature, &self.call).await?;
                let standing = till.standing().ok_or(NotAllowed::SignedOut)?;
                confirmer.permit(standing, self.acting.organisation)
            }
        }
    }

    /// Whoever is called: an organisation that has left still owes what it was called for.
    async fn permit_payer(&self, tx: &mut Tx, till: &Till) -> Result<(), Failure<CallRefusal>> {
        match till.permit(Action::SayPaid, &self.acting, None) {
            Ok(permit) if permit.organisation() == Some(self.call.organisation) => Ok(()),
            Ok(_) => Err(Failure::NotFound),
            Err(why) => {
                let at = At::of(till);
                let pays = confirming::pays_after_leaving(tx, &at, self.acting.person, &self.call).await?;
                if pays && self.acting.token.is_none() { Ok(()) } else { Err(why.into()) }
            }
        }
    }
}

pub(super) fn refuse_unless(holds: bool, why: CallRefusal) -> Result<(), Failure<CallRefusal>> {
    if holds { Ok(()) } else { Err(Failure::Refused(why)) }
}

pub(super) fn nothing_but(rest: Money) -> PaidIn {
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

async fn unsay(tx: &mut Tx, call: &mut FundCall) -> Result<PaidIn, Failure<CallRefusal>> {
    call.said_paid_at = None;
    call.said_paid_by = None;
    store::fund_calls::update(tx, call).await?;
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
    keep_received(tx, till, call, Received { amount, ..Received::nothing(received_on) }).await?;
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
    let receipts = store::fund_calls::receipts(tx, call.id, RECEIPTS).await?;
    let receipt = receipts.into_iter().find(|one| one.id == receipt).ok_or(Failure::NotFound)?;
    refuse_unless(receipt.undone_at.is_none(), CallRefusal::AlreadyUndone)?;
    if till.locked.pot.fund_mode == FundMode::Direct {
        // Where nothing is asked any more, nothing is asked again.
        let asked = !feature.state.is_end() || keeps_order_lines(FundMode::Direct, feature.state);
        refuse_unless(asked, CallRefusal::TooLate)?;
    } else {
        take_back(tx, till, feature, call, &receipt).await?;
    }
    forget(tx, till, call, &receipt).await?;
    tell_received(tx, till, feature, call).await?;
    Ok(nothing_but(call.rest()))
}

/// What was received counts no more.
async fn forget(
    tx: &mut Tx,
    till: &mut Till,
    call: &mut FundCall,
    receipt: &CallReceipt,
) -> Result<(), Failure<CallRefusal>> {
    let stood = store::fund_calls::undo_receipt(tx, receipt.id, till.person(), till.now).await?;
    refuse_unless(stood, CallRefusal::AlreadyUndone)?;
    let amounts = CallAmounts { received: call.received.less(receipt.amount), ..call.amounts() };
    call.said_paid_at = None;
    call.said_paid_by = None;
    settle(tx, till, call, amounts).await
}

/// The story of a feature says how much of what was called is there; never beside a name.
pub(super) async fn tell_received(
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

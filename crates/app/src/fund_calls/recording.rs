//! The treasurer of a pledge pot records what reached the bank for a call, and takes back what was recorded by mistake.

use std::collections::BTreeMap;

use domain::{
    Account, Book, Draft, Money, PostingKind, Source, Transfer,
    fund_calls::{CallAmounts, CallRefusal, Cover, Freed, Paid, free_covers, rebalance},
    ids::{FundCallId, OrganisationId},
    input::FieldError,
    posting::Reason,
    shares::returns::{Departed, own_place},
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Tx,
    features::Feature,
    fund_calls::{CallReceipt, FundCall},
    journal::PostError,
};

use super::{
    PaidIn, Received, keep_received,
    paying::{refuse_unless, tell_received},
    promised_on, release_triggered, settle, sum,
};
use crate::{
    contributions::{self, check_receipt, keep_receipt},
    error::Failure,
    files::Upload,
    promises,
    returning::departed,
    till::Till,
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
    /// Whether it is another one than what seems to be the same. The request is the same with and without.
    #[serde(skip)]
    pub another: bool,
}

/// Records a payment under the pot's lock.
pub(super) async fn record(
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
    let organisation = call.organisation;
    if !new.another
        && let Some(twin) =
            contributions::twin_in(tx, till, organisation, new.amount, new.received_on).await?
    {
        return Err(Failure::Refused(CallRefusal::Twin(twin)));
    }
    let covers = store::fund_calls::covers_of(tx, feature.id).await?;
    let mut divided = call.amounts().divide(new.amount);
    let freed = free(call.id, divided.late, &covers);
    // Real money is written down whatever else is wrong: what frees nobody waits in the pool.
    let backed = freed.values().map(|freed| sum(freed.repaid, freed.unasked));
    divided.late = divided.late.min(Money::sum(backed).unwrap_or_default());
    if feature.state.is_end() {
        divided.to_call = Money::ZERO;
        divided.late = Money::ZERO;
    }
    let for_feature = sum(divided.to_call, divided.late);
    divided.excess = new.amount.less(for_feature);
    let left = departed(tx, &till.locked.pot).await?;
    let bank = Account::Bank(till.locked.pot.bank_account);
    let reserved = Account::Reserved(organisation, feature.id, Source::Own);
    let parts = [(reserved, for_feature), (own_place(organisation, &left), divided.excess)];
    let transfers: Vec<Transfer> = parts
        .into_iter()
        .filter(|(_, amount)| amount.is_positive())
        .map(|(to, amount)| Transfer::new(bank, to, amount))
        .collect();
    let whose = transfers.iter().find_map(|transfer| transfer.to.organisation());
    let mut draft =
        Draft::new(PostingKind::CallPayment, Book::Cash, new.received_on, till.actor.clone(), transfers);
    draft.organisation = whose;
    draft.feature = for_feature.is_positive().then_some(feature.id);
    let posted = till.post(tx, draft).await?;
    let paid = contributions::Paid {
        received_on: new.received_on,
        reference: &new.reference,
        proof: new.proof.as_ref(),
    };
    keep_receipt(tx, till, &posted, &paid, Some(organisation)).await?;
    if divided.late.is_positive() {
        late_after_cover(tx, till, feature, call, divided.late, (covers, freed, &left)).await?;
    }
    let received = Received {
        amount: for_feature,
        late: divided.late,
        excess: divided.excess,
        on: new.received_on,
        posting: Some(posted.id),
    };
    keep_received(tx, till, call, received).await?;
    if for_feature.is_positive() {
        back_into_proportion(tx, till, feature, call.number.unsigned_abs()).await?;
    }
    tell_received(tx, till, feature, call).await?;
    Ok(PaidIn { to_call: divided.to_call, late: divided.late, excess: divided.excess, rest: call.rest() })
}

/// Who is freed by a late payment of a call.
fn free(call: FundCallId, late: Money, covers: &[FundCall]) -> BTreeMap<FundCallId, Freed> {
    let chain: Vec<Cover> = covers
        .iter()
        .filter_map(|cover| Some(Cover { id: cover.id, covers: cover.covers?, amounts: cover.amounts() }))
        .collect();
    free_covers(call, late, &chain)
}

/// An organisation pays what others had covered: its promise is firm again, and the coverers, down the whole chain, get
/// as much back, which waits in their pools for their next call, or aren't asked any more.
async fn late_after_cover(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    call: &FundCall,
    late: Money,
    (covers, freed, left): (Vec<FundCall>, BTreeMap<FundCallId, Freed>, &Departed),
) -> Result<(), Failure<CallRefusal>> {
    let mut back: BTreeMap<OrganisationId, Money> = BTreeMap::new();
    let mut unasked: Vec<(OrganisationId, Money)> = Vec::new();
    for mut cover in covers {
        let Some(freed) = freed.get(&cover.id) else { continue };
        if freed.repaid.is_positive() {
            let gets = back.entry(cover.organisation).or_default();
            *gets = sum(*gets, freed.repaid);
        }
        if freed.unasked.is_positive() {
            unasked.push((cover.organisation, freed.unasked));
        }
        let amounts = CallAmounts {
            repaid: sum(cover.repaid, freed.repaid),
            covered: cover.covered.less(freed.uncovered),
            cancelled: sum(sum(cover.cancelled, freed.unasked), freed.uncovered),
            ..cover.amounts()
        };
        settle(tx, till, &mut cover, amounts).await?;
    }
    give_back(tx, till, feature, call.number.unsigned_abs(), &back, left).await?;
    release_triggered(tx, till, feature, &unasked, Reason::Surplus).await?;
    let returned = Money::sum(back.values().copied().chain(unasked.iter().map(|(_, amount)| *amount)));
    store::features::add_to_total(tx, feature.id, -returned.unwrap_or_default().minor()).await?;
    promises::promise_firmly(tx, till, call.organisation, late, feature.round, true).await?;
    promises::bind(tx, till, feature, call.organisation, late).await?;
    store::features::add_to_total(tx, feature.id, late.minor()).await?;
    let on = promised_on(feature);
    Ok(store::promises::add_firm(tx, on, call.organisation, late.minor(), till.now).await?)
}

/// Coverers get back what they had paid, each where its own money waits.
async fn give_back(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    turn: u64,
    back: &BTreeMap<OrganisationId, Money>,
    left: &Departed,
) -> Result<(), Failure<CallRefusal>> {
    if back.is_empty() {
        return Ok(());
    }
    // What was drawn for the work meanwhile is first brought back, as if the coverers had what they get.
    rebalance_as_if(tx, till, feature, turn, back).await?;
    let transfers = back.iter().map(|(coverer, amount)| {
        let from = Account::Reserved(*coverer, feature.id, Source::Own);
        Transfer::new(from, own_place(*coverer, left), *amount)
    });
    let mut draft =
        Draft::new(PostingKind::Release, Book::Cash, till.today, till.actor.clone(), transfers.collect());
    draft.feature = Some(feature.id);
    draft.reason = Some(Reason::Surplus);
    till.post(tx, draft).await.map(drop)
}

/// After money came in late or was taken back, or an invoice was, what each has left reserved is brought back into
/// proportion to what it paid. Errors: faults only.
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

/// Posts the mirror of a payment that was recorded by mistake, while all of it is where it went. The caller marks the
/// receipt. Errors: paid out of a pool; others were paid back by it; the money moved on.
pub(super) async fn take_back(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &FundCall,
    receipt: &CallReceipt,
) -> Result<(), Failure<CallRefusal>> {
    let posting = receipt.posting.ok_or(Failure::NotFound)?;
    let entry = store::journal::pages::entry(tx, till.pot(), posting).await?;
    let (book, entry) = entry.ok_or(Failure::NotFound)?;
    let mirrored = store::journal::transfers(tx, posting).await?;
    // What a pool paid by itself was no entry of the treasurer.
    let recorded = mirrored.iter().all(|transfer| matches!(transfer.from, Account::Bank(_)));
    refuse_unless(recorded, CallRefusal::FromPool)?;
    refuse_unless(!receipt.late.is_positive(), CallRefusal::PaidBack)?;
    let mirrored: Vec<Transfer> =
        mirrored.into_iter().map(|one| Transfer::new(one.to, one.from, one.amount)).collect();
    let mut draft = Draft::new(PostingKind::Reversal, book, till.today, till.actor.clone(), mirrored);
    draft.reverses = Some(posting);
    draft.reason = Some(Reason::WrongEntry);
    draft.feature = entry.feature;
    draft.organisation = entry.organisation;
    let posted = store::journal::post(tx, &mut till.locked, &mut till.seed, till.now, draft, "").await;
    posted.map_err(|error| match error {
        PostError::Bound { balance, .. } if balance < 0 => {
            Failure::Refused(CallRefusal::Gone { missing: Money::new(balance.saturating_neg()) })
        }
        other => other.into(),
    })?;
    if feature.state.is_end() {
        return Ok(());
    }
    back_into_proportion(tx, till, feature, call.number.unsigned_abs()).await
}

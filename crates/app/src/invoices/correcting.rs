//! What two persons agreed to and was wrong: an invoice gets another name or IBAN and is agreed to anew, or one that is
//! due and not under way is taken back.

use domain::{
    Book, Draft, PostingKind, Transfer,
    actor::NotAllowed,
    ids::InvoiceId,
    input::FieldRule,
    invoices::{InvoiceRefusal, InvoiceState},
    posting::Reason,
    pot::FundMode,
    text,
};
use store::{
    Tx,
    features::Feature,
    invoices::{Invoice, Taken},
};

use super::{Act, Answered, ask, carry_out, organisation_of, payee_and_iban, tell};
use crate::{
    acting::Acting,
    closings::{self, Returned, given_reason},
    context::Context,
    error::Failure,
    fund_calls,
    idempotency::Keyed,
    sessions::Session,
    till::Till,
    work::worker_of,
    work_mails,
};

/// Those who may enter an invoice correct to whom and where it is paid, before a transfer or after one that came back,
/// with a reason: two persons agree to it anew, and nobody who entered or corrected it is one of them. What is due stays due. Asks for
/// a fresh sign-in. Errors: fields `payee`, `iban` and `reason`; no right; it is paid, or has ended.
pub async fn correct_invoice(
    context: &Context,
    session: &Session,
    acting: Acting,
    invoice: InvoiceId,
    payee: &str,
    iban: &str,
    reason: &str,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    session.proves(&acting, context.now())?;
    let mut errors = Vec::new();
    let (payee, iban) = payee_and_iban(payee, iban, &mut errors);
    let reason = match given_reason::<InvoiceRefusal>(reason) {
        Ok(reason) => reason,
        Err(Failure::Invalid(more)) => {
            errors.extend(more);
            String::new()
        }
        Err(other) => return Err(other),
    };
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    let keyed = Keyed::of(context, &acting, &("correct_invoice", invoice, &payee, &iban, &reason)).await?;
    carry_out(context, acting, invoice, keyed, Act::Correct { payee, iban, reason }).await
}

pub(super) async fn correct(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
    payee: &str,
    iban: &str,
    reason: &str,
) -> Result<(), Failure<InvoiceRefusal>> {
    if !invoice.state.is_pending() && invoice.state != InvoiceState::Authorised {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    }
    let worker = worker_of(tx, feature).await?;
    payee.clone_into(&mut invoice.payee);
    invoice.payee_key = text::fold(payee);
    invoice.payee_organisation = organisation_of(tx, till, &worker, payee).await?;
    iban.clone_into(&mut invoice.iban);
    invoice.state = InvoiceState::Entered;
    invoice.entered_by = till.person().ok_or(Failure::NotAllowed(NotAllowed::SignedOut))?;
    (invoice.approved_by, invoice.approved_at, invoice.approved_hash) = (None, None, None);
    (invoice.authorised_by, invoice.authorised_at) = (None, None);
    reason.clone_into(&mut invoice.reason);
    if store::invoices::taken(tx, invoice).await? == Some(Taken::Reference) {
        return Err(Failure::field("payee", FieldRule::Taken));
    }
    store::invoices::update(tx, invoice).await?;
    store::invoices::add_writer(tx, invoice.id, invoice.entered_by, till.now).await?;
    tell(tx, till, feature, invoice, "invoice_corrected").await?;
    work_mails::tell_corrected(tx, till, feature, invoice).await?;
    ask(tx, till, feature, invoice).await
}

/// Takes back what an invoice drew, cent by cent; of a feature that has ended it returns at once to where it came from.
/// Nothing where it isn't due.
pub(super) async fn undo(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
) -> Result<Returned, Failure<InvoiceRefusal>> {
    let Some(due) = invoice.due_posting.take() else { return Ok(Returned::default()) };
    let drawn = store::journal::transfers(tx, due).await?;
    let back = drawn.into_iter().map(|one| Transfer::new(one.to, one.from, one.amount)).collect();
    let mut draft = Draft::new(PostingKind::InvoiceUndone, Book::Cash, till.today, till.actor.clone(), back);
    draft.feature = Some(feature.id);
    draft.milestone = Some(invoice.id.0.into());
    till.post(tx, draft).await?;
    if till.locked.pot.fund_mode == FundMode::Pledge {
        // Money that came in since it was drawn took over a part of it.
        fund_calls::back_into_proportion(tx, till, feature, invoice.number.unsigned_abs()).await?;
    }
    match feature.state.is_end() {
        true => closings::release_in(tx, till, feature, Reason::Surplus, None).await,
        false => Ok(Returned::default()),
    }
}

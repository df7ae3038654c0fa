//! The payment of an invoice, entered by hand: ordered at the bank, seen on the statement, or come back.

use domain::{
    Account, Book, Draft, PostingKind, Transfer,
    ids::{InvoiceId, PaymentId},
    input::FieldRule,
    invoices::{InvoiceRefusal, InvoiceState},
    references::end_to_end,
    text,
};
use jiff::civil::Date;
use store::{
    Tx,
    features::Feature,
    invoices::{Invoice, Payment},
};

use super::{Act, Answered, carry_out, judging::order, tell};
use crate::{
    acting::Acting, closings::given_reason, context::Context, contributions::LONGEST_REFERENCE,
    error::Failure, idempotency::Keyed, restored, till::Till, work_mails,
};

fn reference_of(typed: &str) -> Result<String, Failure<InvoiceRefusal>> {
    text::optional_line(typed, LONGEST_REFERENCE).map_err(|rule| Failure::field("reference", rule))
}

/// A treasurer ordered the transfer of an authorised invoice at the bank on a day, and perhaps saw it on the statement
/// already. Errors: fields `paid_on`, `settled_on`, `reference`; no right; it isn't to be paid.
pub async fn pay_invoice(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
    paid_on: Date,
    reference: &str,
    settled_on: Option<Date>,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let reference = reference_of(reference)?;
    let asked =
        ("pay_invoice", invoice, paid_on.to_string(), &reference, settled_on.map(|day| day.to_string()));
    let keyed = Keyed::of(context, &acting, &asked).await?;
    carry_out(context, acting, invoice, keyed, Act::Pay { paid_on, reference, settled_on }).await
}

/// A treasurer saw the transfer of an invoice on a statement. Errors: fields `settled_on`, `reference`; no right; no
/// transfer is under way.
pub async fn settle_payment(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
    settled_on: Date,
    reference: &str,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let reference = reference_of(reference)?;
    let asked = ("settle_payment", invoice, settled_on.to_string(), &reference);
    let keyed = Keyed::of(context, &acting, &asked).await?;
    carry_out(context, acting, invoice, keyed, Act::Settle { settled_on, reference }).await
}

/// The transfer of an invoice came back, or was recorded by mistake: it is to be paid again, by another transfer.
/// Errors: fields `bounced_on`, `reason`; no right; no transfer stands.
pub async fn bounce_payment(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
    bounced_on: Date,
    reason: &str,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let reason = given_reason(reason)?;
    let asked = ("bounce_payment", invoice, bounced_on.to_string(), &reason);
    let keyed = Keyed::of(context, &acting, &asked).await?;
    carry_out(context, acting, invoice, keyed, Act::Bounce { bounced_on, reason }).await
}

/// Refuses a day of the future, or before the one that it follows.
fn check_day(
    till: &Till,
    field: &'static str,
    day: Date,
    not_before: Date,
) -> Result<(), Failure<InvoiceRefusal>> {
    if day > till.today {
        return Err(Failure::field(field, FieldRule::InTheFuture));
    }
    if day < not_before {
        return Err(Failure::field(field, FieldRule::Before(not_before)));
    }
    Ok(())
}

pub(super) async fn pay(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
    paid_on: Date,
    reference: &str,
    settled_on: Option<Date>,
) -> Result<(), Failure<InvoiceRefusal>> {
    if invoice.state != InvoiceState::Authorised {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    }
    if let Some(restored) = restored::uncompared(tx, &till.locked.pot).await? {
        return Err(Failure::Refused(InvoiceRefusal::Restored(restored)));
    }
    if invoice.approved_hash != Some(order(invoice).hash()) {
        return Err(Failure::Refused(InvoiceRefusal::OrderChanged));
    }
    let authorised = invoice.authorised_at.map_or(till.today, |at| till.collective.day(at));
    let before = store::invoices::payments(tx, invoice.id).await?;
    let not_before = before.iter().filter_map(|one| one.bounced_on).fold(authorised, Date::max);
    check_day(till, "paid_on", paid_on, not_before)?;
    if let Some(settled_on) = settled_on {
        check_day(till, "settled_on", settled_on, paid_on)?;
    }
    let from = Account::Payable(invoice.feature.0.into(), invoice.id.0.into());
    let transfers = vec![Transfer::new(from, Account::InTransit, invoice.amount)];
    let mut draft = Draft::new(PostingKind::Payment, Book::Cash, paid_on, till.actor.clone(), transfers);
    draft.milestone = Some(invoice.id.0.into());
    let posted = till.post(tx, draft).await?;
    let id: PaymentId = till.id();
    let payment = Payment {
        id,
        invoice: invoice.id,
        end_to_end: end_to_end(&invoice.reference, invoice.id, before.len()),
        paid_on,
        reference: reference.to_owned(),
        posting: posted.id,
        ordered_by: till.person().ok_or(Failure::NotFound)?,
        created_at: till.now,
        settled_on: None,
        settled_posting: None,
        bounced_on: None,
        bounced_posting: None,
        bounced_reason: String::new(),
    };
    store::invoices::insert_payment(tx, &payment).await?;
    invoice.state = InvoiceState::Paid;
    store::invoices::update(tx, invoice).await?;
    tell(tx, till, feature, invoice, "invoice_paid").await?;
    work_mails::tell_paid(tx, till, feature, invoice, paid_on).await?;
    match settled_on {
        Some(settled_on) => settle(tx, till, feature, invoice, settled_on, reference).await,
        None => Ok(()),
    }
}

pub(super) async fn settle(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
    settled_on: Date,
    reference: &str,
) -> Result<(), Failure<InvoiceRefusal>> {
    let payment = store::invoices::lock_payment(tx, invoice.id).await?;
    let (InvoiceState::Paid, Some(mut payment)) = (invoice.state, payment) else {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    };
    check_day(till, "settled_on", settled_on, payment.paid_on)?;
    let to = Account::Bank(till.locked.pot.bank_account);
    let transfers = vec![Transfer::new(Account::InTransit, to, invoice.amount)];
    let mut draft = Draft::new(PostingKind::Settle, Book::Cash, settled_on, till.actor.clone(), transfers);
    draft.milestone = Some(invoice.id.0.into());
    let posted = till.post(tx, draft).await?;
    store::receipts::insert(tx, till.pot(), posted.id, settled_on, None, reference).await?;
    payment.settled_on = Some(settled_on);
    payment.settled_posting = Some(posted.id);
    store::invoices::update_payment(tx, &payment).await?;
    invoice.state = InvoiceState::Settled;
    store::invoices::update(tx, invoice).await?;
    tell(tx, till, feature, invoice, "invoice_settled").await
}

pub(super) async fn bounce(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
    bounced_on: Date,
    reason: &str,
) -> Result<(), Failure<InvoiceRefusal>> {
    let payment = store::invoices::lock_payment(tx, invoice.id).await?;
    let Some(mut payment) = payment else {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    };
    check_day(till, "bounced_on", bounced_on, payment.settled_on.unwrap_or(payment.paid_on))?;
    let bank = Account::Bank(till.locked.pot.bank_account);
    let from = if payment.settled_on.is_some() { bank } else { Account::InTransit };
    let to = Account::Payable(invoice.feature.0.into(), invoice.id.0.into());
    let transfers = vec![Transfer::new(from, to, invoice.amount)];
    let mut draft = Draft::new(PostingKind::Bounce, Book::Cash, bounced_on, till.actor.clone(), transfers);
    draft.milestone = Some(invoice.id.0.into());
    let posted = till.post(tx, draft).await?;
    if from == bank {
        store::receipts::insert(tx, till.pot(), posted.id, bounced_on, None, "").await?;
    }
    payment.bounced_on = Some(bounced_on);
    payment.bounced_posting = Some(posted.id);
    reason.clone_into(&mut payment.bounced_reason);
    store::invoices::update_payment(tx, &payment).await?;
    invoice.state = InvoiceState::Authorised;
    reason.clone_into(&mut invoice.reason);
    store::invoices::update(tx, invoice).await?;
    tell(tx, till, feature, invoice, "payment_bounced").await?;
    work_mails::tell_bounced(tx, till, feature, invoice).await
}

//! The payment of an invoice, entered by hand: ordered at the bank, seen on the statement, or come back.

use domain::{
    Account,
    ids::InvoiceId,
    invoices::{InvoiceRefusal, InvoiceState},
};
use jiff::civil::Date;
use store::{Tx, features::Feature, invoices::Invoice};

use super::{Act, Answered, carry_out, judging::order, tell};
use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    error::Failure,
    idempotency::Keyed,
    till::Till,
    transfers::{self, Owed, Pays, reference_of},
    work_mails,
};

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

/// What a transfer of an invoice pays.
fn owed(invoice: &Invoice) -> Owed<'_> {
    Owed {
        pays: Pays::Invoice(invoice.id),
        account: Account::Payable(invoice.feature.0.into(), invoice.id.0.into()),
        amount: invoice.amount,
        reference: &invoice.reference,
        authorised_at: invoice.authorised_at,
        as_agreed: invoice.approved_hash == Some(order(invoice).hash()),
    }
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
    transfers::order(tx, till, &owed(invoice), paid_on, reference).await?;
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
    if invoice.state != InvoiceState::Paid
        || !transfers::settle(tx, till, &owed(invoice), settled_on, reference).await?
    {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    }
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
    if !transfers::bounce(tx, till, &owed(invoice), bounced_on, reason).await? {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    }
    invoice.state = InvoiceState::Authorised;
    reason.clone_into(&mut invoice.reason);
    store::invoices::update(tx, invoice).await?;
    tell(tx, till, feature, invoice, "payment_bounced").await?;
    work_mails::tell_bounced(tx, till, feature, invoice).await
}

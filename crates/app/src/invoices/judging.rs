//! The answers to an invoice: approved by one person, authorised by another, refused or withdrawn with a reason.

use domain::{
    Account, Book, Draft, Money, PostingKind, Transfer,
    actor::NotAllowed,
    ids::{InvoiceId, PersonId},
    invoices::{InvoiceRefusal, InvoiceState, Judges, Order, Suspension},
    people::WAITING,
    shares::returns::pro_rata,
};
use jiff::Timestamp;
use store::{
    Tx,
    features::Feature,
    invoices::Invoice,
    seals::{self, Kind},
};

use super::{Act, Answered, At, carry_out, correcting::undo, judges, tell};
use crate::{
    acting::Acting, closings::given_reason, context::Context, error::Failure, idempotency::Keyed, profile,
    sessions::Session, till::Till, triggers::held_on, work::ending, work_mails,
};

/// A steward approves an invoice; where no two persons hold the roles without a tie, the representative of another
/// member. Whoever entered it, or is tied to whoever is paid or does the work, doesn't. Asks for a fresh sign-in.
/// Errors: no right; another must; it doesn't wait for that.
pub async fn approve_invoice(
    context: &Context,
    session: &Session,
    acting: Acting,
    invoice: InvoiceId,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    session.proves(&acting, context.now())?;
    let keyed = Keyed::of(context, &acting, &("approve_invoice", invoice)).await?;
    carry_out(context, acting, invoice, keyed, Act::Approve).await
}

/// A treasurer authorises the payment of an invoice that another approved: it falls due, drawn from those who put
/// money there, in proportion to what is left of each; one that was corrected is due already. Asks for a fresh sign-in.
/// Errors: no right; another must; the approval fell; it changed since.
pub async fn authorise_invoice(
    context: &Context,
    session: &Session,
    acting: Acting,
    invoice: InvoiceId,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    session.proves(&acting, context.now())?;
    let keyed = Keyed::of(context, &acting, &("authorise_invoice", invoice)).await?;
    carry_out(context, acting, invoice, keyed, Act::Authorise).await
}

/// One who could answer an invoice refuses it, with a reason that those who entered it read. One that is due and not
/// under way is taken back by a treasurer: what was drawn for it goes back.
/// Errors: field `reason`; no right; it isn't waiting any more.
pub async fn refuse_invoice(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
    reason: &str,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let reason = given_reason(reason)?;
    let keyed = Keyed::of(context, &acting, &("refuse_invoice", invoice, &reason)).await?;
    carry_out(context, acting, invoice, keyed, Act::Refuse(reason)).await
}

/// Those who may enter an invoice withdraw it, with a reason; once it is due, a treasurer does.
/// Errors: as [`refuse_invoice`].
pub async fn withdraw_invoice(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
    reason: &str,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let reason = given_reason(reason)?;
    let keyed = Keyed::of(context, &acting, &("withdraw_invoice", invoice, &reason)).await?;
    carry_out(context, acting, invoice, keyed, Act::Withdraw(reason)).await
}

/// What two persons agree to pay.
pub(super) fn order(invoice: &Invoice) -> Order<'_> {
    Order { payee: &invoice.payee, iban: &invoice.iban, amount: invoice.amount, file: &invoice.file_hash }
}

fn person(till: &Till) -> Result<PersonId, Failure<InvoiceRefusal>> {
    till.person().ok_or(Failure::NotAllowed(NotAllowed::SignedOut))
}

/// Who authorises a payment. Errors: signed out; a change of password or address suspends it.
pub(crate) async fn authoriser(tx: &mut Tx, till: &Till) -> Result<PersonId, Failure<InvoiceRefusal>> {
    let person = person(till)?;
    if let Some((from, why)) = suspended(tx, person, till.now).await? {
        return Err(Failure::Refused(InvoiceRefusal::Suspended(from, why)));
    }
    Ok(person)
}

/// From when on a person may authorise, and what suspends it; none where nothing does.
pub(crate) async fn suspended(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
) -> store::sqlx::Result<Option<(Timestamp, Suspension)>> {
    let Some(row) = store::people::get(tx, person).await? else { return Ok(None) };
    let from = row.authorising_from;
    if from <= now {
        return Ok(None);
    }
    let began = from.saturating_sub(WAITING).unwrap_or(from);
    let (role, address) = store::people::changed_at(tx, person, profile::PURPOSE, began).await?;
    let why = match (address, role) {
        (true, _) => Suspension::Address,
        (false, true) => Suspension::Role,
        (false, false) => Suspension::Password,
    };
    Ok(Some((from, why)))
}

/// Whether a treasurer may authorise what another approved. Errors: another must; the approval fell.
pub(crate) fn may_authorise(
    judges: &Judges,
    person: PersonId,
    approved_by: PersonId,
) -> Result<(), Failure<InvoiceRefusal>> {
    judges.may_authorise(person, approved_by).map_err(Failure::Refused)?;
    if judges.approval_holds(approved_by) {
        Ok(())
    } else {
        Err(Failure::Refused(InvoiceRefusal::ApprovalFell))
    }
}

pub(super) async fn approve(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
) -> Result<(), Failure<InvoiceRefusal>> {
    let person = person(till)?;
    let judges = judges(tx, &At::of(till), invoice, &[person]).await?;
    let waits = match (invoice.state, invoice.approved_by) {
        (InvoiceState::Entered, _) => true,
        // An approval that fell is given again.
        (InvoiceState::Approved, Some(by)) => !judges.approval_holds(by),
        _ => false,
    };
    if !waits {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    }
    judges.may_approve(person).map_err(Failure::Refused)?;
    invoice.state = InvoiceState::Approved;
    invoice.approved_by = Some(person);
    invoice.approved_at = Some(till.now);
    invoice.approved_hash = Some(order(invoice).hash());
    store::invoices::update(tx, invoice).await?;
    tell(tx, till, feature, invoice, "invoice_approved").await?;
    work_mails::ask_authorisation(tx, till, feature, invoice, &judges).await
}

pub(super) async fn authorise(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
) -> Result<(), Failure<InvoiceRefusal>> {
    let (InvoiceState::Approved, Some(approved_by)) = (invoice.state, invoice.approved_by) else {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    };
    let person = authoriser(tx, till).await?;
    let judges = judges(tx, &At::of(till), invoice, &[person]).await?;
    may_authorise(&judges, person, approved_by)?;
    let is_as_agreed = invoice.approved_hash == Some(order(invoice).hash());
    if !is_as_agreed || !seals::stands(tx, Kind::Invoice, invoice.id).await? {
        return Err(Failure::Refused(InvoiceRefusal::OrderChanged));
    }
    if invoice.due_posting.is_none() {
        let transfers = drawn(tx, till, invoice).await?;
        let mut draft =
            Draft::new(PostingKind::InvoiceDue, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.milestone = Some(invoice.id.0.into());
        invoice.due_posting = Some(till.post(tx, draft).await?.id);
    }
    invoice.state = InvoiceState::Authorised;
    invoice.authorised_by = Some(person);
    invoice.authorised_at = Some(till.now);
    store::invoices::update(tx, invoice).await?;
    tell(tx, till, feature, invoice, "invoice_authorised").await?;
    work_mails::tell_due(tx, till, feature, invoice).await?;
    ending::end_if_answered(tx, till, feature).await
}

/// What each pays of an invoice, in proportion to what is left of it on the feature.
async fn drawn(
    tx: &mut Tx,
    till: &Till,
    invoice: &Invoice,
) -> Result<Vec<Transfer>, Failure<InvoiceRefusal>> {
    let held = held_on(tx, till, invoice.feature, domain::AccountKind::Reserved).await?;
    let there = Money::sum(held.iter().map(|bound| bound.amount)).unwrap_or_default();
    if invoice.amount > there {
        return Err(Failure::Refused(InvoiceRefusal::AboveRoom { room: there }));
    }
    let parts = pro_rata(&held, invoice.amount, invoice.number.unsigned_abs())
        .map_err(|error| Failure::Fault(error.to_string()))?;
    let to = Account::Payable(invoice.feature.0.into(), invoice.id.0.into());
    Ok(held
        .iter()
        .zip(parts)
        .filter(|(_, part)| part.is_positive())
        .map(|(bound, part)| Transfer::new(bound.whose.reserved(invoice.feature), to, part))
        .collect())
}

/// Ends an invoice that waits, or is due and not under way: refused or withdrawn.
pub(super) async fn end(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    invoice: &mut Invoice,
    to: InvoiceState,
    reason: &str,
) -> Result<(), Failure<InvoiceRefusal>> {
    if !invoice.state.is_pending() && invoice.state != InvoiceState::Authorised {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(invoice.state)));
    }
    let returned = undo(tx, till, feature, invoice).await?;
    invoice.state = to;
    invoice.ended_by = till.person();
    invoice.ended_at = Some(till.now);
    reason.clone_into(&mut invoice.reason);
    store::invoices::update(tx, invoice).await?;
    let refused = to == InvoiceState::Refused;
    tell(tx, till, feature, invoice, if refused { "invoice_refused" } else { "invoice_withdrawn" }).await?;
    if refused {
        work_mails::tell_refused(tx, till, feature, invoice).await?;
    }
    if returned.sum.is_positive() {
        work_mails::tell_back(tx, till, feature, &returned, reason).await?;
    }
    ending::end_if_answered(tx, till, feature).await
}

//! A transfer to whoever is owed, entered by hand: ordered at the bank, seen on the statement, or come back. It pays an
//! invoice, or what is paid back to an organisation that left.

use domain::{
    Account, Book, Draft, Money, PostingKind, Transfer,
    ids::{InvoiceId, MilestoneId, OrganisationId, PaymentId, RefundId},
    input::FieldRule,
    invoices::InvoiceRefusal,
    references::end_to_end,
    text,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    payments::Payment,
    seals::{self, Kind},
};
use uuid::Uuid;

use crate::{contributions::LONGEST_REFERENCE, error::Failure, restored, till::Till};

/// What a transfer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pays {
    /// An invoice.
    Invoice(InvoiceId),
    /// What is paid back, to whom.
    Refund(RefundId, OrganisationId),
}

impl Pays {
    const fn id(self) -> Uuid {
        match self {
            Self::Invoice(id) => id.0,
            Self::Refund(id, _) => id.0,
        }
    }
}

/// What two persons agreed to transfer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owed<'a> {
    /// What is paid.
    pub(crate) pays: Pays,
    /// Where it is owed.
    pub(crate) account: Account,
    /// How much.
    pub(crate) amount: Money,
    /// What the transfer says of itself, before it is made unlike any other.
    pub(crate) reference: &'a str,
    /// When the second person agreed.
    pub(crate) authorised_at: Option<Timestamp>,
    /// Whether what is written is what they agreed to.
    pub(crate) as_agreed: bool,
}

impl Owed<'_> {
    fn draft(&self, till: &Till, kind: PostingKind, day: Date, from: Account, to: Account) -> Draft {
        let transfers = vec![Transfer::new(from, to, self.amount)];
        let mut draft = Draft::new(kind, Book::Cash, day, till.actor.clone(), transfers);
        match self.pays {
            Pays::Invoice(id) => draft.milestone = Some(MilestoneId(id.0)),
            Pays::Refund(_, organisation) => draft.organisation = Some(organisation),
        }
        draft
    }
}

/// The bank's reference of a transfer. Errors: field `reference`.
pub(crate) fn reference_of(typed: &str) -> Result<String, Failure<InvoiceRefusal>> {
    text::optional_line(typed, LONGEST_REFERENCE).map_err(|rule| Failure::field("reference", rule))
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

/// Writes that a transfer was ordered. Errors: fields `paid_on`; a copy was put in place; what was agreed to changed.
pub(crate) async fn order(
    tx: &mut Tx,
    till: &mut Till,
    owed: &Owed<'_>,
    paid_on: Date,
    reference: &str,
) -> Result<(), Failure<InvoiceRefusal>> {
    if let Some(restored) = restored::uncompared(tx, &till.locked.pot).await? {
        return Err(Failure::Refused(InvoiceRefusal::Restored(restored)));
    }
    let kind = match owed.pays {
        Pays::Invoice(_) => Kind::Invoice,
        Pays::Refund(..) => Kind::Refund,
    };
    if !owed.as_agreed || !seals::stands(tx, kind, owed.pays.id()).await? {
        return Err(Failure::Refused(InvoiceRefusal::OrderChanged));
    }
    let authorised = owed.authorised_at.map_or(till.today, |at| till.collective.day(at));
    let before = store::payments::of(tx, owed.pays.id()).await?;
    let not_before = before.iter().filter_map(|one| one.bounced_on).fold(authorised, Date::max);
    check_day(till, "paid_on", paid_on, not_before)?;
    let draft = owed.draft(till, PostingKind::Payment, paid_on, owed.account, Account::InTransit);
    let posted = till.post(tx, draft).await?;
    let (invoice, refund) = match owed.pays {
        Pays::Invoice(id) => (Some(id), None),
        Pays::Refund(id, _) => (None, Some(id)),
    };
    let id: PaymentId = till.id();
    let payment = Payment {
        id,
        invoice,
        refund,
        end_to_end: end_to_end(owed.reference, owed.pays.id(), before.len()),
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
    Ok(store::payments::insert(tx, &payment).await?)
}

/// Writes that the transfer that stands was seen on a statement; whether one stands. Errors: field `settled_on`.
pub(crate) async fn settle(
    tx: &mut Tx,
    till: &mut Till,
    owed: &Owed<'_>,
    settled_on: Date,
    reference: &str,
) -> Result<bool, Failure<InvoiceRefusal>> {
    let Some(mut payment) = store::payments::lock_standing(tx, owed.pays.id()).await? else {
        return Ok(false);
    };
    check_day(till, "settled_on", settled_on, payment.paid_on)?;
    let bank = Account::Bank(till.locked.pot.bank_account);
    let draft = owed.draft(till, PostingKind::Settle, settled_on, Account::InTransit, bank);
    let posted = till.post(tx, draft).await?;
    store::receipts::insert(tx, till.pot(), posted.id, settled_on, None, reference).await?;
    payment.settled_on = Some(settled_on);
    payment.settled_posting = Some(posted.id);
    store::payments::update(tx, &payment).await?;
    Ok(true)
}

/// Writes that the transfer that stands came back: it is owed again; whether one stands. Errors: field `bounced_on`.
pub(crate) async fn bounce(
    tx: &mut Tx,
    till: &mut Till,
    owed: &Owed<'_>,
    bounced_on: Date,
    reason: &str,
) -> Result<bool, Failure<InvoiceRefusal>> {
    let Some(mut payment) = store::payments::lock_standing(tx, owed.pays.id()).await? else {
        return Ok(false);
    };
    check_day(till, "bounced_on", bounced_on, payment.settled_on.unwrap_or(payment.paid_on))?;
    let bank = Account::Bank(till.locked.pot.bank_account);
    let from = if payment.settled_on.is_some() { bank } else { Account::InTransit };
    let draft = owed.draft(till, PostingKind::Bounce, bounced_on, from, owed.account);
    let posted = till.post(tx, draft).await?;
    if from == bank {
        store::receipts::insert(tx, till.pot(), posted.id, bounced_on, None, "").await?;
    }
    payment.bounced_on = Some(bounced_on);
    payment.bounced_posting = Some(posted.id);
    reason.clone_into(&mut payment.bounced_reason);
    store::payments::update(tx, &payment).await?;
    Ok(true)
}

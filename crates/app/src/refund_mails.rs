//! Mails about what is paid back to an organisation that left: to those who answer, and to its last representatives.

use domain::{Currency, ids::PersonId, invoices::Judges, references::Iban};
use jiff::civil::Date;
use store::{Tx, refunds::Refund};
use words::Words;

use crate::{error::Failure, mails::Letter, till::Till};

/// Asks the treasurers who may authorise it. Errors: faults only.
pub(crate) async fn ask_authorisation<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    refund: &Refund,
    name: &str,
    judges: &Judges,
) -> Result<(), Failure<R>> {
    let may = |person: &PersonId| judges.may_authorise(*person, refund.approved_by).is_ok();
    let asked: Vec<PersonId> = judges.treasurers.iter().copied().filter(may).collect();
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let path = format!("/c/{}/refunds/{}", till.collective.slug, refund.number);
    let write = |t: Words| {
        let amount = t.money(refund.amount, currency);
        Letter::about(t.refunds_mail_authorise_subject(&amount, name))
            .say(t.refunds_mail_authorise(&amount, name))
            .at(&settings, &path)
    };
    till.tell(tx, &asked, write).await
}

/// Tells the last representatives that it was prepared, and by the last characters of its IBAN to which account it goes.
/// Errors: faults only.
pub(crate) async fn tell_prepared<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    refund: &Refund,
) -> Result<(), Failure<R>> {
    let here = till.collective.name.clone();
    let end = Iban::end(&refund.iban);
    to_its_people(tx, till, refund, |t, currency, name| {
        let amount = t.money(refund.amount, currency);
        Letter::about(t.refunds_mail_prepared_subject(&amount, &here))
            .say(t.refunds_mail_prepared(&amount, &here, end, name))
    })
    .await
}

/// Tells the last representatives that it was transferred. Errors: faults only.
pub(crate) async fn tell_paid<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    refund: &Refund,
    paid_on: Date,
) -> Result<(), Failure<R>> {
    let here = till.collective.name.clone();
    to_its_people(tx, till, refund, |t, currency, name| {
        let amount = t.money(refund.amount, currency);
        Letter::about(t.refunds_mail_paid_subject(&amount, &here)).say(t.refunds_mail_paid(
            &amount,
            &here,
            t.date(paid_on),
            name,
        ))
    })
    .await
}

/// Tells the last representatives that the transfer came back. Errors: faults only.
pub(crate) async fn tell_bounced<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    refund: &Refund,
) -> Result<(), Failure<R>> {
    let here = till.collective.name.clone();
    to_its_people(tx, till, refund, |t, currency, name| {
        let amount = t.money(refund.amount, currency);
        Letter::about(t.refunds_mail_bounced_subject(&amount, &here)).say(t.refunds_mail_bounced(
            &amount,
            name,
            &refund.reason,
        ))
    })
    .await
}

async fn to_its_people<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    refund: &Refund,
    write: impl Fn(Words, Currency, &str) -> Letter + Send + Sync,
) -> Result<(), Failure<R>> {
    let readers = store::mandates::money_readers(tx, &[refund.organisation], till.today).await?;
    let Some(first) = readers.first() else { return Ok(()) };
    let (slug, name) = match store::organisations::names(tx, &[refund.organisation]).await?.pop() {
        Some(row) => (row.slug, row.name),
        None => (String::new(), first.name.clone()),
    };
    let readers: Vec<PersonId> = readers.iter().map(|reader| reader.person).collect();
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let path = format!("/c/{}/members/{slug}/statement", till.collective.slug);
    till.tell(tx, &readers, |t: Words| write(t, currency, &name).at(&settings, &path)).await
}

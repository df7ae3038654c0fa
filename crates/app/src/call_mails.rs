//! Mails about calls for funds: how much, to whom, by when; said to be paid; all received; not paid.

use std::collections::BTreeMap;

use domain::{
    Money,
    actor::RoleKind,
    ids::{OrganisationId, PersonId},
    pot::FundMode,
    references::Iban,
};
use store::{Tx, features::Feature, fund_calls::FundCall};
use words::Words;

use crate::{
    error::Failure,
    fund_calls::{Payee, confirming::confirmer, payee},
    funding_mails::send,
    invoices::At,
    mails::Letter,
    till::Till,
    work::worker_of,
};

/// The page of a call.
fn path(till: &Till, call: &FundCall) -> String {
    format!("/c/{}/calls/{}", till.collective.slug, call.number)
}

fn feature_path(till: &Till, feature: &Feature) -> String {
    format!("/c/{}/features/{}", till.collective.slug, feature.number)
}

/// Tells each organisation called how much it owes, to whom, by when. Errors: faults only.
pub(crate) async fn tell_called<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    calls: &[FundCall],
) -> Result<(), Failure<R>> {
    let payee = payee(tx, feature, &till.locked.pot).await?;
    let currency = till.locked.pot.currency();
    let direct = till.locked.pot.fund_mode == FundMode::Direct;
    let mode = till.locked.pot.fund_mode.as_str();
    for call in calls {
        let (settings, today, address) = (till.settings.clone(), till.today, path(till, call));
        let write = |t: Words, organisation: &str, _: Money| {
            let rest = t.money(call.rest(), currency);
            let letter = Letter::about(t.call_mail_subject(&rest, &feature.title))
                .say(t.call_mail_triggered(&feature.title, t.money(feature.allocated_total, currency)));
            let letter = if call.rest().is_zero() {
                letter.say(t.call_mail_from_pool(t.money(call.received, currency), organisation))
            } else if direct {
                letter.say(t.call_mail_direct(rest, organisation, &payee.name, t.until(call.due_on, today)))
            } else {
                let letter = letter.say(t.call_mail_pledge(
                    rest,
                    organisation,
                    &payee.name,
                    t.until(call.due_on, today),
                ));
                letter.say_if(transfer(t, &payee, call))
            };
            letter.say(t.call_mail_see(mode)).at(&settings, &address)
        };
        let to = BTreeMap::from([(call.organisation, call.amount)]);
        send(tx, till, &to, write).await?;
    }
    if direct { tell_to_bill(tx, till, feature, calls).await } else { Ok(()) }
}

/// Tells whoever does the work, or leads it where they are no member, whom to invoice in a direct pot: how much, with
/// which reference, by when. Errors: faults only.
pub(crate) async fn tell_to_bill<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    calls: &[FundCall],
) -> Result<(), Failure<R>> {
    let worker = worker_of(tx, feature).await?;
    let own = worker.organisation.unwrap_or(feature.lead);
    let mut owed = Vec::new();
    for call in calls.iter().filter(|call| call.organisation != own && call.rest().is_positive()) {
        let name = store::organisations::get(tx, call.organisation).await?.map(|row| row.name);
        owed.push((call, name.unwrap_or_default()));
    }
    if owed.is_empty() {
        return Ok(());
    }
    let readers = people_of(tx, till, own).await?;
    let (currency, today) = (till.locked.pot.currency(), till.today);
    let total = Money::sum(owed.iter().map(|(call, _)| call.rest())).unwrap_or_default();
    let (settings, address) = (till.settings.clone(), format!("{}/work", feature_path(till, feature)));
    let write = |t: Words| {
        let letter = Letter::about(t.call_mail_bill_subject(t.money(total, currency), &feature.title))
            .say(t.call_mail_bill(t.money(total, currency), owed.len(), &feature.title, &worker.name));
        let lines = owed.iter().map(|(call, name)| {
            let amount = t.money(call.rest(), currency);
            t.call_mail_bill_line(amount, name, &call.reference, t.until(call.due_on, today))
        });
        let letter = lines.fold(letter, Letter::say);
        letter.say(t.call_mail_bill_see()).at(&settings, &address)
    };
    till.tell(tx, &readers, write).await
}

fn transfer(t: Words, payee: &Payee, call: &FundCall) -> Option<String> {
    let iban = Iban::parse(&payee.iban).ok()?;
    Some(t.call_mail_transfer(iban.in_fours(), &call.reference))
}

/// Asks whoever may confirm to do so: in a direct pot for whoever is paid, in a pledge pot the treasurers.
/// Errors: faults only.
pub(crate) async fn tell_said_paid<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &FundCall,
) -> Result<(), Failure<R>> {
    let readers = match till.locked.pot.fund_mode {
        FundMode::Direct => {
            let at = At::of(till);
            confirmer(tx, &at, feature, call).await?.readers()
        }
        FundMode::Pledge | FundMode::Own => {
            store::roles::holders(tx, till.collective.id, RoleKind::Treasurer, till.now).await?
        }
    };
    let payer =
        store::organisations::get(tx, call.organisation).await?.map(|row| row.name).unwrap_or_default();
    let (currency, mode) = (till.locked.pot.currency(), till.locked.pot.fund_mode.as_str());
    let (settings, address) = (till.settings.clone(), path(till, call));
    let write = |t: Words| {
        Letter::about(t.call_mail_said_subject(&payer, &feature.title))
            .say(t.call_mail_said(t.money(call.rest(), currency), mode, &payer, &feature.title))
            .say(t.call_mail_confirm())
            .at(&settings, &address)
    };
    till.tell(tx, &readers, write).await
}

/// Tells those who lead the feature that all the money is there. Errors: faults only.
pub(crate) async fn tell_all_received<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    received: Money,
) -> Result<(), Failure<R>> {
    let readers = people_of(tx, till, feature.lead).await?;
    let currency = till.locked.pot.currency();
    let (settings, address) = (till.settings.clone(), feature_path(till, feature));
    let write = |t: Words| {
        Letter::about(t.call_mail_all_subject(&feature.title))
            .say(t.call_mail_all(t.money(received, currency), &feature.title))
            .say(t.call_mail_see_feature())
            .at(&settings, &address)
    };
    till.tell(tx, &readers, write).await
}

/// Tells the organisation that its promise isn't kept yet, and invites the others who are called to cover it.
/// Errors: faults only.
pub(crate) async fn tell_unpaid<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &FundCall,
) -> Result<(), Failure<R>> {
    let (currency, mode) = (till.locked.pot.currency(), till.locked.pot.fund_mode.as_str());
    let (settings, address) = (till.settings.clone(), path(till, call));
    let late = |t: Words, organisation: &str, _: Money| {
        Letter::about(t.call_mail_unpaid_subject(&feature.title))
            .say(t.call_mail_unpaid(t.money(call.rest(), currency), organisation, &feature.title))
            .say(t.call_mail_see(mode))
            .at(&settings, &address)
    };
    send(tx, till, &BTreeMap::from([(call.organisation, call.amount)]), late).await?;
    let others = store::fund_calls::lock_of_feature(tx, feature.id).await?;
    let others: BTreeMap<OrganisationId, Money> = others
        .into_iter()
        .filter(|other| other.organisation != call.organisation)
        .map(|other| (other.organisation, other.amount))
        .collect();
    let invite = |t: Words, _: &str, _: Money| {
        Letter::about(t.call_mail_cover_subject(&feature.title))
            .say(t.call_mail_cover(t.money(call.rest(), currency), &feature.title))
            .say(t.call_mail_cover_see())
            .at(&settings, &address)
    };
    send(tx, till, &others, invite).await
}

/// Those who may move the money of an organisation.
async fn people_of(
    tx: &mut Tx,
    till: &Till,
    organisation: OrganisationId,
) -> store::sqlx::Result<Vec<PersonId>> {
    let readers = store::mandates::money_readers(tx, &[organisation], till.today).await?;
    Ok(readers.into_iter().map(|reader| reader.person).collect())
}

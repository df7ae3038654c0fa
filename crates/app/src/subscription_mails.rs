//! Mails about subscriptions: called, late, written down or stopped by a treasurer. Each organisation is told its own alone.

use std::collections::BTreeMap;

use domain::{Money, references::Iban};
use jiff::civil::Date;
use store::{
    Tx,
    subscriptions::{Subscription, SubscriptionCall},
};
use words::Words;

use crate::{error::Failure, funding_mails::send, mails::Letter, till::Till};

fn path(till: &Till, call: &SubscriptionCall) -> String {
    format!("/c/{}/subscriptions/{}", till.collective.slug, call.number)
}

/// Who is paid, and where.
async fn payee(tx: &mut Tx, till: &Till) -> store::sqlx::Result<(String, Option<Iban>)> {
    let host = match till.locked.pot.host {
        Some(host) => store::hosts::get(tx, host).await?,
        None => None,
    };
    Ok(host.map_or_else(
        || (till.collective.name.clone(), None),
        |host| (host.name.clone(), Iban::parse(&host.iban).ok()),
    ))
}

/// Tells an organisation what it is called for, or that what it paid ahead covers it. Errors: faults only.
pub(crate) async fn tell_called<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    call: &SubscriptionCall,
    rest: Money,
) -> Result<(), Failure<R>> {
    let (name, iban) = payee(tx, till).await?;
    let (currency, settings, address) = (till.locked.pot.currency(), till.settings.clone(), path(till, call));
    let (collective, today) = (till.collective.name.clone(), till.today);
    let write = |t: Words, organisation: &str, rest: Money| {
        let period = t.date_range(call.from_day, call.until_day);
        let letter = Letter::about(t.subscription_mail_called_subject(&collective, organisation));
        let letter = if rest.is_zero() {
            letter.say(t.subscription_mail_ahead(t.money(call.amount, currency), organisation, period))
        } else {
            let until = t.until(call.due_on, today);
            letter
                .say(t.subscription_mail_called(t.money(rest, currency), organisation, &name, period, until))
                .say_if(iban.as_ref().map(|iban| t.call_mail_transfer(iban.in_fours(), &call.reference)))
        };
        letter.say(t.subscription_mail_see()).at(&settings, &address)
    };
    send(tx, till, &BTreeMap::from([(call.organisation, rest)]), write).await
}

/// Reminds an organisation of what it hasn't paid in time. Errors: faults only.
pub(crate) async fn tell_late<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    call: &SubscriptionCall,
    rest: Money,
) -> Result<(), Failure<R>> {
    let (_, iban) = payee(tx, till).await?;
    let (currency, settings, address) = (till.locked.pot.currency(), till.settings.clone(), path(till, call));
    let collective = till.collective.name.clone();
    let write = |t: Words, organisation: &str, rest: Money| {
        let period = t.date_range(call.from_day, call.until_day);
        Letter::about(t.subscription_mail_late_subject(&collective, organisation))
            .say(t.subscription_mail_late(t.money(rest, currency), t.date(call.due_on), organisation, period))
            .say_if(iban.as_ref().map(|iban| t.call_mail_transfer(iban.in_fours(), &call.reference)))
            .say(t.subscription_mail_see())
            .at(&settings, &address)
    };
    send(tx, till, &BTreeMap::from([(call.organisation, rest)]), write).await
}

/// Tells an organisation that a treasurer wrote its subscription down for it, and why. Errors: faults only.
pub(crate) async fn tell_written_down<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    one: &Subscription,
    reason: &str,
) -> Result<(), Failure<R>> {
    let (currency, amount, collective) =
        (till.locked.pot.currency(), one.amount, till.collective.name.clone());
    let every = if one.rate.is_some() { "year" } else { one.period.as_str() };
    let write = |t: Words, organisation: &str| {
        Letter::about(t.subscription_mail_written_subject(&collective, organisation))
            .say(t.subscription_mail_written(t.money(amount, currency), organisation, every, reason))
            .say(t.subscription_mail_written_see())
    };
    tell_what_was_done_for_it(tx, till, one, write).await
}

/// Tells an organisation that a treasurer stopped its subscription for it, or lets it go on, from that day, and why.
/// Errors: faults only.
pub(crate) async fn tell_stopped<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    one: &Subscription,
    (day, reason): (Date, &str),
) -> Result<(), Failure<R>> {
    let collective = till.collective.name.clone();
    let what = if one.stops_on.is_some() { "stopped" } else { "resumed" };
    let write = |t: Words, organisation: &str| {
        Letter::about(t.subscription_mail_stopped_subject(&collective, organisation))
            .say(t.subscription_mail_stopped(t.date(day), organisation, reason, what))
            .say(t.subscription_mail_stopped_see())
    };
    tell_what_was_done_for_it(tx, till, one, write).await
}

/// A letter to an organisation that leads to the page of its subscription.
async fn tell_what_was_done_for_it<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    one: &Subscription,
    write: impl Fn(Words, &str) -> Letter + Send + Sync,
) -> Result<(), Failure<R>> {
    let slug = store::organisations::get(tx, one.organisation).await?.map(|row| row.slug).unwrap_or_default();
    let address = format!("/c/{}/members/{slug}/subscription", till.collective.slug);
    let settings = till.settings.clone();
    let write = |t: Words, organisation: &str, (): ()| write(t, organisation).at(&settings, &address);
    send(tx, till, &BTreeMap::from([(one.organisation, ())]), write).await
}

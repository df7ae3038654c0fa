//! Mails about the work on a feature: invoices to be answered and paid, reports, objections, late work, the end.

use std::collections::BTreeMap;

use domain::{
    Money,
    features::State,
    ids::{OrganisationId, PersonId},
    invoices::{Judges, Suspension},
    pot::FundMode,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    features::Feature,
    fund_calls::FundCall,
    invoices::Invoice,
    work::{Report, Work},
};
use words::Words;

use crate::{
    call_mails,
    closings::Returned,
    error::Failure,
    funding_mails::send,
    invoices::{At, suspended},
    mails::Letter,
    till::Till,
    work::{
        deciding,
        objections::{asked, own_side},
        worker_of,
    },
};

/// Representatives that are asked where no two persons hold the roles.
pub(crate) const MOST_ASKED: u16 = 50;

fn invoice_path(till: &Till, invoice: &Invoice) -> String {
    format!("/c/{}/invoices/{}", till.collective.slug, invoice.number)
}

fn work_path(till: &Till, feature: &Feature) -> String {
    format!("/c/{}/features/{}/work", till.collective.slug, feature.number)
}

/// Those who lead a feature, and those who may act for whoever does the work.
async fn at_work(tx: &mut Tx, till: &Till, feature: &Feature) -> store::sqlx::Result<Vec<PersonId>> {
    let worker = worker_of(tx, feature).await?;
    let mut organisations = vec![feature.lead];
    organisations.extend(worker.organisation.filter(|one| *one != feature.lead));
    let readers = store::mandates::money_readers(tx, &organisations, till.today).await?;
    let mut persons: Vec<PersonId> = readers.into_iter().map(|reader| reader.person).collect();
    persons.extend(feature.lead_person);
    Ok(persons)
}

/// Those who put something on a feature, and whoever leads it.
async fn funders(
    tx: &mut Tx,
    till: &Till,
    feature: &Feature,
) -> store::sqlx::Result<BTreeMap<OrganisationId, Money>> {
    let mut all: BTreeMap<OrganisationId, Money> = BTreeMap::new();
    for on in store::features::lists::on_feature(tx, feature.id, i64::from(u16::MAX)).await? {
        all.insert(on.organisation, on.amount);
    }
    for call in store::fund_calls::lock_of_feature(tx, feature.id).await? {
        all.entry(call.organisation).or_insert(call.amount);
    }
    all.entry(feature.lead).or_default();
    let gone = crate::returning::departed(tx, &till.locked.pot).await?;
    all.retain(|organisation, _| !gone.contains_key(organisation));
    Ok(all)
}

/// Asks those who may approve an invoice. Errors: faults only.
pub(crate) async fn ask_approval<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
    judges: &Judges,
    asked: &[PersonId],
) -> Result<(), Failure<R>> {
    let (currency, settings, path) =
        (till.locked.pot.currency(), till.settings.clone(), invoice_path(till, invoice));
    let zone = till.collective.time_zone();
    let write = |t: Words, from: Option<Timestamp>| {
        let amount = t.money(invoice.amount, currency);
        Letter::about(t.work_mail_approve_subject(&amount, &feature.title))
            .say(t.work_mail_approve(&amount, &invoice.payee, &feature.title))
            .say_if(from.map(|from| t.work_mail_approve_from(t.instant(from, &zone))))
            .say(t.work_mail_approve_see())
            .at(&settings, &path)
    };
    let (young, at_once): (Vec<PersonId>, Vec<PersonId>) =
        asked.iter().copied().partition(|person| judges.young_until(*person).is_some());
    for person in young {
        let from = judges.young_until(person);
        till.tell(tx, &[person], |t: Words| write(t, from)).await?;
    }
    till.tell(tx, &at_once, |t: Words| write(t, None)).await
}

/// Tells those who give the roles that nobody may approve an invoice. Errors: faults only.
pub(crate) async fn tell_nobody_answers<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
) -> Result<(), Failure<R>> {
    let kind = domain::actor::RoleKind::Admin;
    let readers = store::roles::holders(tx, till.collective.id, kind, till.now).await?;
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let path = format!("/c/{}/roles", till.collective.slug);
    let write = |t: Words| {
        let amount = t.money(invoice.amount, currency);
        Letter::about(t.work_mail_nobody_subject(&amount, &feature.title))
            .say(t.work_mail_nobody(&amount, &invoice.payee, &feature.title))
            .say(t.work_mail_nobody_see())
            .at(&settings, &path)
    };
    till.tell(tx, &readers, write).await
}

/// Asks the treasurers who may authorise an approved invoice. Errors: faults only.
pub(crate) async fn ask_authorisation<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
    judges: &Judges,
) -> Result<(), Failure<R>> {
    let may =
        |person: &PersonId| invoice.approved_by.is_some_and(|by| judges.may_authorise(*person, by).is_ok());
    let asked: Vec<PersonId> = judges.treasurers.iter().copied().filter(may).collect();
    let (currency, settings, path) =
        (till.locked.pot.currency(), till.settings.clone(), invoice_path(till, invoice));
    let zone = till.collective.time_zone();
    let write = |t: Words, later: Option<(Timestamp, Suspension)>| {
        let amount = t.money(invoice.amount, currency);
        Letter::about(t.work_mail_authorise_subject(&amount, &feature.title))
            .say(t.work_mail_authorise(&amount, &invoice.payee, &feature.title))
            .say_if(later.map(|(from, why)| t.work_mail_authorise_from(t.instant(from, &zone), why.as_str())))
            .say(t.work_mail_authorise_see())
            .at(&settings, &path)
    };
    let mut at_once = Vec::with_capacity(asked.len());
    for person in asked {
        match suspended(tx, person, till.now).await? {
            Some(later) => till.tell(tx, &[person], |t: Words| write(t, Some(later))).await?,
            None => at_once.push(person),
        }
    }
    till.tell(tx, &at_once, |t: Words| write(t, None)).await
}

/// Tells the treasurers, who may have its old IBAN before them, that an invoice is corrected. Errors: faults only.
pub(crate) async fn tell_corrected<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
) -> Result<(), Failure<R>> {
    let kind = domain::actor::RoleKind::Treasurer;
    let readers = store::roles::holders(tx, till.collective.id, kind, till.now).await?;
    let (currency, settings, path) =
        (till.locked.pot.currency(), till.settings.clone(), invoice_path(till, invoice));
    let write = |t: Words| {
        let amount = t.money(invoice.amount, currency);
        Letter::about(t.work_mail_corrected_subject(&amount, &feature.title))
            .say(t.work_mail_corrected(&amount, &invoice.reason, &invoice.reference))
            .say(t.work_mail_see_invoice())
            .at(&settings, &path)
    };
    till.tell(tx, &readers, write).await
}

/// Tells those who sent an invoice that it is due. Errors: faults only.
pub(crate) async fn tell_due<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
) -> Result<(), Failure<R>> {
    about_invoice(tx, till, feature, invoice, |t, amount| {
        Letter::about(t.work_mail_due_subject(amount, &feature.title)).say(t.work_mail_due(
            amount,
            &invoice.reference,
            &feature.title,
        ))
    })
    .await
}

/// Tells those who sent an invoice that it is refused, and why. Errors: faults only.
pub(crate) async fn tell_refused<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
) -> Result<(), Failure<R>> {
    about_invoice(tx, till, feature, invoice, |t, amount| {
        Letter::about(t.work_mail_refused_subject(amount, &feature.title)).say(t.work_mail_refused(
            amount,
            &invoice.reason,
            &invoice.reference,
        ))
    })
    .await
}

/// Tells those who sent an invoice that its transfer is ordered. Errors: faults only.
pub(crate) async fn tell_paid<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
    paid_on: Date,
) -> Result<(), Failure<R>> {
    about_invoice(tx, till, feature, invoice, |t, amount| {
        Letter::about(t.work_mail_paid_subject(amount, &feature.title)).say(t.work_mail_paid(
            amount,
            &invoice.payee,
            &invoice.reference,
            t.date(paid_on),
        ))
    })
    .await
}

/// Tells those who sent an invoice that its transfer came back. Errors: faults only.
pub(crate) async fn tell_bounced<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
) -> Result<(), Failure<R>> {
    about_invoice(tx, till, feature, invoice, |t, amount| {
        Letter::about(t.work_mail_bounced_subject(amount, &feature.title)).say(t.work_mail_bounced(
            amount,
            &invoice.reason,
            &invoice.reference,
        ))
    })
    .await
}

async fn about_invoice<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
    write: impl Fn(Words, &str) -> Letter + Send + Sync,
) -> Result<(), Failure<R>> {
    let mut readers = at_work(tx, till, feature).await?;
    readers.push(invoice.entered_by);
    let (currency, settings, path) =
        (till.locked.pot.currency(), till.settings.clone(), invoice_path(till, invoice));
    let letter = |t: Words| {
        write(t, &t.money(invoice.amount, currency)).say(t.work_mail_see_invoice()).at(&settings, &path)
    };
    till.tell(tx, &readers, letter).await
}

/// Tells those who put something on a feature that its work is reported, and until when they may object.
/// Errors: faults only.
pub(crate) async fn tell_reported<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    report: &Report,
) -> Result<(), Failure<R>> {
    let mut all = funders(tx, till, feature).await?;
    let worker = worker_of(tx, feature).await?;
    // Those who lead or do the work don't object: theirs is another letter.
    let own = own_side(feature, &worker);
    let count = asked(tx, &till.collective, till.today, Some(report), &own).await?;
    let lead: BTreeMap<OrganisationId, Money> =
        own.iter().map(|one| (*one, all.remove(one).unwrap_or_default())).collect();
    let (settings, today, path) = (till.settings.clone(), till.today, work_path(till, feature));
    let until = |t: Words| t.until(report.objections_until, today);
    let write = |t: Words, what: String| {
        Letter::about(t.work_mail_reported_subject(&feature.title))
            .say(t.work_mail_reported(&feature.title))
            .say(report.body.clone())
            .say_if((!report.link.is_empty()).then(|| report.link.clone()))
            .say(what)
            .at(&settings, &path)
    };
    let others = |t: Words, _: &str, _: Money| write(t, t.work_mail_reported_until(count, until(t)));
    send(tx, till, &all, others).await?;
    send(tx, till, &lead, |t: Words, _: &str, _: Money| write(t, t.work_mail_reported_own(until(t)))).await
}

/// Asks those who decide to answer objections; those at work know it too. Errors: faults only.
pub(crate) async fn tell_contested<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    report: &Report,
    objections: usize,
) -> Result<(), Failure<R>> {
    let asked = deciding::asked(tx, &At::of(till), feature, report).await?;
    let mut others = at_work(tx, till, feature).await?;
    others.retain(|person| !asked.contains(person));
    let last = report.answer_until.unwrap_or(till.today);
    let (settings, today, path) = (till.settings.clone(), till.today, work_path(till, feature));
    let write = |t: Words, see: &str| {
        Letter::about(t.work_mail_contested_subject(&feature.title))
            .say(t.work_mail_contested(objections, &feature.title, t.until(last, today)))
            .say(see)
            .at(&settings, &path)
    };
    till.tell(tx, &asked, |t: Words| write(t, t.work_mail_contested_decide())).await?;
    till.tell(tx, &others, |t: Words| write(t, t.work_mail_contested_see())).await
}

/// Tells those at work that the report is answered and that invoices still wait. Errors: faults only.
pub(crate) async fn tell_answered<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoices: i64,
) -> Result<(), Failure<R>> {
    let readers = at_work(tx, till, feature).await?;
    let (settings, path) = (till.settings.clone(), work_path(till, feature));
    let write = |t: Words| {
        Letter::about(t.work_mail_answered_subject(&feature.title))
            .say(t.work_mail_answered(invoices, &feature.title))
            .say(t.work_mail_see_work())
            .at(&settings, &path)
    };
    till.tell(tx, &readers, write).await
}

/// Tells those at work until when they have time, and why. Errors: faults only.
pub(crate) async fn tell_time<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    until: Date,
    reason: &str,
) -> Result<(), Failure<R>> {
    let all = funders(tx, till, feature).await?;
    let (settings, today, path) = (till.settings.clone(), till.today, work_path(till, feature));
    let write = |t: Words, _: &str, _: Money| {
        Letter::about(t.work_mail_time_subject(&feature.title))
            .say(t.work_mail_time(reason, &feature.title, t.until(until, today)))
            .say(t.work_mail_see_work())
            .at(&settings, &path)
    };
    send(tx, till, &all, write).await
}

/// Reminds those at work that it is late; the last delay is told to those who put something there too.
/// Errors: faults only.
pub(crate) async fn tell_late<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    work: &Work,
) -> Result<(), Failure<R>> {
    let (settings, today, path) = (till.settings.clone(), till.today, work_path(till, feature));
    let write = |t: Words| {
        let due = t.date(work.due_on);
        let letter = Letter::about(t.work_mail_late_subject(&feature.title))
            .say(t.work_mail_late(due, &feature.title));
        letter
            .say_if(work.cure_until.map(|day| t.work_mail_last_delay(t.until(day, today))))
            .say(t.work_mail_late_see())
            .at(&settings, &path)
    };
    let readers = at_work(tx, till, feature).await?;
    till.tell(tx, &readers, &write).await?;
    if work.cure_until.is_none() {
        return Ok(());
    }
    let mut all = funders(tx, till, feature).await?;
    all.remove(&feature.lead);
    send(tx, till, &all, |t: Words, _: &str, _: Money| write(t)).await
}

/// Tells everybody concerned how a feature ended, and each organisation what returns to it. Errors: faults only.
pub(crate) async fn tell_ended<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    returned: &Returned,
    reason: &str,
) -> Result<(), Failure<R>> {
    let all = funders(tx, till, feature).await?.into_keys().collect();
    let state = feature.state.as_str();
    let about = |t: Words| {
        Letter::about(t.work_mail_ended_subject(state, &feature.title))
            .say(t.work_mail_ended(state, &feature.title))
    };
    returning(tx, till, feature, all, returned, reason, about).await
}

/// Tells each organisation what returns to it of an invoice that was taken back once its feature had ended.
/// Errors: faults only.
pub(crate) async fn tell_back<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    returned: &Returned,
    reason: &str,
) -> Result<(), Failure<R>> {
    let about = |t: Words| {
        Letter::about(t.work_mail_taken_back_subject(&feature.title))
            .say(t.work_mail_taken_back(&feature.title))
    };
    returning(tx, till, feature, Vec::new(), returned, reason, about).await
}

#[derive(Clone, Copy, Default)]
struct Back {
    share: Money,
    fund: Money,
}

/// Tells those organisations, and each to which something returns, what does.
async fn returning<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    readers: Vec<OrganisationId>,
    returned: &Returned,
    reason: &str,
    about: impl Fn(Words) -> Letter + Send + Sync,
) -> Result<(), Failure<R>> {
    let mut all: BTreeMap<OrganisationId, Back> =
        readers.into_iter().map(|one| (one, Back::default())).collect();
    for (organisation, amount) in &returned.told {
        let share = &mut all.entry(*organisation).or_default().share;
        *share = share.plus(*amount).unwrap_or(*share);
    }
    for (organisation, amount) in &returned.gifts {
        all.entry(*organisation).or_default().fund = *amount;
    }
    let (currency, settings, path) =
        (till.locked.pot.currency(), till.settings.clone(), work_path(till, feature));
    let promised = till.locked.pot.fund_mode.is_promised();
    let write = |t: Words, organisation: &str, back: Back| {
        let share = back.share.is_positive().then(|| t.money(back.share, currency));
        let fund = back.fund.is_positive().then(|| t.money(back.fund, currency));
        let share = share.map(|amount| match promised {
            true => t.work_mail_back_promised(amount, organisation),
            false => t.funding_mail_returned(amount, organisation),
        });
        about(t)
            .say_if((!reason.is_empty()).then(|| t.work_mail_reason(reason)))
            .say_if(share)
            .say_if(fund.map(|amount| t.funding_mail_returned_gifts(amount, organisation)))
            .say(t.work_mail_see_work())
            .at(&settings, &path)
    };
    send(tx, till, &all, write).await?;
    if till.locked.pot.fund_mode == FundMode::Direct && feature.state == State::Delivered {
        // What isn't paid stays owed to whoever did the work.
        let calls = store::fund_calls::lock_of_feature(tx, feature.id).await?;
        let owed: Vec<FundCall> = calls.into_iter().filter(|call| call.state.is_awaited()).collect();
        call_mails::tell_to_bill(tx, till, feature, &owed).await?;
    }
    Ok(())
}

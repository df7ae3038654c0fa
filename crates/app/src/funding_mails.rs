//! Mails about money: each organisation concerned is told its own amount, in the language of whoever reads.

use std::collections::BTreeMap;

use domain::{
    Money,
    actor::RoleKind,
    features::Track,
    ids::{OrganisationId, PersonId},
};
use jiff::civil::Date;
use store::{
    Tx,
    features::{Feature, terms::Announced},
    rounds::Round,
};
use words::Words;

use crate::{error::Failure, mails::Letter, till::Till};

/// What happened to a feature.
#[derive(Clone, Copy, Debug)]
pub(crate) enum News<'a> {
    /// It is triggered.
    Triggered,
    /// It was not covered on its last day, by so much.
    NotFunded {
        /// What was missing.
        missing: Money,
        /// Whether its round ended before its date.
        early: bool,
    },
    /// More was put there by a decision.
    ToppedUp {
        /// Why.
        reason: &'a str,
        /// The title of the decision.
        decision: &'a str,
    },
    /// Somebody ended it.
    Cancelled {
        /// Why.
        reason: &'a str,
        /// What went back to the funds of gifts, by who had put it there.
        gifts: &'a [(OrganisationId, Money)],
    },
}

/// Adds an amount to what an organisation is told. Accounts come one organisation after the other.
pub(crate) fn add(told: &mut Vec<(OrganisationId, Money)>, organisation: OrganisationId, amount: Money) {
    match told.last_mut() {
        Some((last, sum)) if *last == organisation => {
            *sum = Money::new(sum.minor().saturating_add(amount.minor()));
        }
        _ => told.push((organisation, amount)),
    }
}

/// Tells those who hold the money of organisations, and the organisation that leads the feature, what happened;
/// `amounts` is what each has, or gets back. Errors: faults only.
pub(crate) async fn tell<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    amounts: &[(OrganisationId, Money)],
    news: News<'_>,
) -> Result<(), Failure<R>> {
    let currency = till.locked.pot.currency();
    let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
    let (settings, mode) = (till.settings.clone(), till.locked.pot.fund_mode.as_str());
    let mut gets: BTreeMap<OrganisationId, Gets> = BTreeMap::new();
    for (organisation, amount) in amounts {
        let share = &mut gets.entry(*organisation).or_default().share;
        *share = Money::new(share.minor().saturating_add(amount.minor()));
    }
    if let News::Cancelled { gifts, .. } = news {
        for (organisation, amount) in gifts {
            gets.entry(*organisation).or_default().fund = *amount;
        }
    }
    gets.entry(feature.lead).or_default().leads = true;
    let lapses_on = match (news, feature.round) {
        (News::Triggered, _) | (_, None) => None,
        (_, Some(round)) => store::rounds::by_id(tx, round).await?.filter(|round| round.lapse),
    };
    let lapses_on =
        lapses_on.map(|round| round.closes_on).filter(|_| !till.locked.pot.fund_mode.is_promised());
    let write = |t: Words, organisation: &str, gets: Gets| {
        let title = feature.title.as_str();
        // Work on a track that this version doesn't take to its end begins nowhere here.
        let begins = if feature.track.is_complete() { mode } else { "later" };
        let share = gets.share.is_positive().then(|| t.money(gets.share, currency));
        let fund = gets.fund.is_positive().then(|| t.money(gets.fund, currency));
        let returned = share.as_ref().map(|share| match lapses_on {
            Some(last) => t.funding_mail_returned_lapses(share, t.date(last), organisation),
            None => t.funding_mail_returned(share, organisation),
        });
        let letter = match news {
            News::Triggered => Letter::about(t.funding_mail_triggered_subject(title))
                .say(t.funding_mail_triggered(begins, title, t.money(feature.allocated_total, currency)))
                .say_if(share.map(|share| t.funding_mail_bound(share, organisation)))
                .say_if(gets.leads.then(|| t.funding_mail_your_turn(organisation, feature.track.as_str()))),
            News::NotFunded { missing, early } => Letter::about(t.funding_mail_not_funded_subject(title))
                .say(t.funding_mail_not_funded(
                    t.money(missing, currency),
                    title,
                    if early { "early" } else { "date" },
                ))
                .say_if(returned),
            News::ToppedUp { reason, decision } => Letter::about(t.funding_mail_topped_up_subject(title))
                .say(t.funding_mail_topped_up(decision, title, t.money(feature.allocated_total, currency)))
                .say(t.funding_mail_topped_up_why(reason)),
            News::Cancelled { reason, .. } => Letter::about(t.funding_mail_cancelled_subject(title))
                .say(t.funding_mail_cancelled(reason, title))
                .say_if(returned)
                .say_if(fund.map(|fund| t.funding_mail_returned_gifts(fund, organisation))),
        };
        letter.say(t.funding_mail_see()).at(&settings, &path)
    };
    send(tx, till, &gets, write).await
}

/// What an organisation has on a feature, or gets back from it.
#[derive(Clone, Copy, Debug, Default)]
struct Gets {
    /// In its share.
    share: Money,
    /// Not in its share: in the fund of the gifts that it came from.
    fund: Money,
    /// Whether it leads the feature.
    leads: bool,
}

/// What an organisation gets in a round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    /// All of it.
    pub(crate) amount: Money,
    /// What of it may reach one feature alone, by the title of that feature.
    pub(crate) earmarked: Vec<(String, Money)>,
}

/// Tells each organisation its share of a round. Errors: faults only.
pub(crate) async fn tell_shares<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
    amounts: &BTreeMap<OrganisationId, Shared>,
) -> Result<(), Failure<R>> {
    let currency = till.locked.pot.currency();
    let path = format!("/c/{}/rounds/{}", till.collective.slug, round.number);
    let settings = till.settings.clone();
    let today = till.today;
    let write = |t: Words, organisation: &str, shared: Shared| {
        let until = t.until(round.closes_on, today);
        let amount = t.money(shared.amount, currency);
        let letter = Letter::about(t.funding_mail_share_subject(organisation)).say(t.funding_mail_share(
            amount,
            organisation,
            &round.name,
            until,
        ));
        let earmarked = shared.earmarked.iter();
        let said = earmarked.map(|(title, amount)| t.rounds_earmarked(t.money(*amount, currency), title));
        said.fold(letter, Letter::say).say(t.funding_mail_share_see()).at(&settings, &path)
    };
    send(tx, till, amounts, write).await
}

/// Asks the stewards to confirm a trigger until the end of a day. Errors: faults only.
pub(crate) async fn tell_stewards<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    last: Date,
) -> Result<(), Failure<R>> {
    let stewards = store::roles::holders(tx, till.collective.id, RoleKind::Steward, till.now).await?;
    let currency = till.locked.pot.currency();
    let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
    let (settings, today) = (till.settings.clone(), till.today);
    let write = |t: Words| {
        let total = t.money(feature.allocated_total, currency);
        Letter::about(t.funding_mail_confirm_subject(&feature.title))
            .say(t.funding_mail_confirm(&feature.title, total, t.until(last, today)))
            .say(t.funding_mail_see())
            .at(&settings, &path)
    };
    till.tell(tx, &stewards, write).await
}

/// Tells those who hold the money of organisations that the terms have changed under it: how, why, until when they may take
/// it back, and that silence keeps. `before` are the figures that held. Errors: faults only.
pub(crate) async fn tell_terms<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    (floor, maximum, closing_on): (Money, Money, Date),
    held: &BTreeMap<OrganisationId, Money>,
    said: &Announced,
) -> Result<(), Failure<R>> {
    let currency = till.locked.pot.currency();
    let path = format!("/c/{}/features/{}/terms", till.collective.slug, feature.number);
    let (settings, today) = (till.settings.clone(), till.today);
    let until = said.suspended_until.unwrap_or(today);
    let write = |t: Words, organisation: &str, amount: Money| {
        let money = |amount| t.money(amount, currency);
        let changed = [
            (floor != feature.floor).then(|| t.terms_mail_floor(money(feature.floor), money(floor))),
            (maximum != feature.maximum)
                .then(|| t.terms_mail_maximum(money(feature.maximum), money(maximum))),
            (closing_on != feature.closing_on)
                .then(|| t.terms_mail_closing(t.date(feature.closing_on), t.date(closing_on))),
        ];
        let letter = Letter::about(t.terms_mail_subject(&feature.title))
            .say(t.terms_mail(&feature.title))
            .say(t.terms_mail_reason(&said.reason));
        let letter = changed.into_iter().fold(letter, Letter::say_if);
        let until = t.until(until, today);
        let letter = match amount.is_positive() {
            true => letter.say(t.terms_mail_held(money(amount), organisation, until)),
            false => letter.say(t.terms_mail_intended(organisation, until)),
        };
        letter.say(t.terms_mail_see()).at(&settings, &path)
    };
    send(tx, till, held, write).await
}

/// Tells those whose money lies on a feature, and the organisation that leads it, that its track has changed.
/// Errors: faults only.
pub(crate) async fn tell_track<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    from: Track,
    held: &BTreeMap<OrganisationId, Money>,
    reason: &str,
) -> Result<(), Failure<R>> {
    let currency = till.locked.pot.currency();
    let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
    let settings = till.settings.clone();
    let mut told = held.clone();
    told.entry(feature.lead).or_default();
    let write = |t: Words, organisation: &str, amount: Money| {
        let held = amount.is_positive();
        Letter::about(t.funding_mail_track_subject(&feature.title))
            .say(t.funding_mail_track(from.as_str(), &feature.title, feature.track.as_str()))
            .say(t.funding_mail_track_reason(reason))
            .say_if((!feature.track.is_complete()).then(|| t.features_track_change_stops().to_owned()))
            .say_if(held.then(|| t.funding_mail_track_held(t.money(amount, currency), organisation)))
            .say(t.funding_mail_see())
            .at(&settings, &path)
    };
    send(tx, till, &told, write).await
}

/// Tells those who lead a feature that it fell asleep. Errors: faults only.
pub(crate) async fn tell_parked<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<(), Failure<R>> {
    let readers = store::mandates::money_readers(tx, &[feature.lead], till.today).await?;
    let mut leads: Vec<PersonId> = readers.into_iter().map(|reader| reader.person).collect();
    leads.extend(feature.lead_person);
    let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
    let settings = till.settings.clone();
    let write = |t: Words| {
        Letter::about(t.funding_mail_parked_subject(&feature.title))
            .say(t.funding_mail_parked(&feature.title))
            .say(t.funding_mail_see())
            .at(&settings, &path)
    };
    till.tell(tx, &leads, write).await
}

pub(crate) async fn send<R: std::fmt::Debug, A: Clone + Default + Send + Sync>(
    tx: &mut Tx,
    till: &mut Till,
    amounts: &BTreeMap<OrganisationId, A>,
    write: impl Fn(Words, &str, A) -> Letter + Send + Sync,
) -> Result<(), Failure<R>> {
    let organisations: Vec<OrganisationId> = amounts.keys().copied().collect();
    let readers = store::mandates::money_readers(tx, &organisations, till.today).await?;
    for reader in readers {
        let amount = amounts.get(&reader.organisation).cloned().unwrap_or_default();
        let person: [PersonId; 1] = [reader.person];
        let letter = |t: Words| write(t, &reader.name, amount.clone());
        till.tell(tx, &person, letter).await?;
    }
    Ok(())
}

//! What a departure rests on: the organisation's own word, or a decision that others wrote down; who is told.

use std::collections::BTreeSet;

use domain::{
    actor::{Action, NotAllowed, RoleKind},
    departures::{DepartureRefusal, announced_until},
    ids::{CollectiveId, OrganisationId, PersonId},
    input::FieldRule,
    rules::RefundPolicy,
    shares::OwnGoesTo,
};
use jiff::Timestamp;
use store::{
    Tx,
    collectives::CollectiveRow,
    decisions::DecisionRow,
    features::lists::{self, Card},
    organisations::MemberRow,
};
use words::Words;

use super::{Gone, HowToLeave};
use crate::{
    acting::Acting,
    decisions,
    error::Failure,
    invoices::{At, tied_to},
    mails::{Letter, words_of},
    second_word::{is_by_another, word_counts},
    till::Till,
};

/// Most features that are named to whoever is told.
pub(super) const MOST_LED: i64 = 200;

/// Most decisions about a departure that are looked at.
const MOST_FIT: u16 = 100;

/// What a departure rests on.
pub(super) struct Grounds {
    /// Who leaves.
    pub(super) member: MemberRow,
    /// By which decision.
    pub(super) decision: DecisionRow,
    /// The features that it leads, which lose their lead.
    pub(super) led: Vec<Card>,
}

/// Whether an organisation holds the money of one of the collective's pots.
pub(super) async fn is_host(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
) -> store::sqlx::Result<bool> {
    for pot in store::pots::of_collective(tx, collective).await? {
        let Some(host) = pot.host else { continue };
        let host = store::hosts::get(tx, host).await?;
        if host.is_some_and(|host| host.organisation == Some(organisation) && host.ended_at.is_none()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an organisation may leave so, and by which decision.
pub(super) async fn check(
    tx: &mut Tx,
    till: &mut Till,
    acting: &Acting,
    organisation: OrganisationId,
    how: HowToLeave,
) -> Result<Grounds, Failure<DepartureRefusal>> {
    till.permit(Action::EndMembership, acting, None)?;
    let standing = till.standing();
    let by_itself = standing.is_some_and(|standing| standing.represents(organisation));
    let runs = standing.is_some_and(|standing| standing.roles.contains(&RoleKind::Admin));
    if !by_itself && !runs {
        return Err(NotAllowed::Missing(Action::EndMembership).into());
    }
    let collective = till.collective.id;
    let member = store::organisations::member(tx, collective, organisation).await?;
    let Some(member) = member.filter(|member| member.is_member(till.today)) else {
        return Err(Failure::Refused(DepartureRefusal::NotAMember));
    };
    if is_host(tx, collective, organisation).await? {
        return Err(Failure::Refused(DepartureRefusal::IsHost));
    }
    let refund = how.own == OwnGoesTo::RefundDue;
    if refund && till.rules.refunds == RefundPolicy::Never {
        return Err(Failure::Refused(DepartureRefusal::NoRefunds));
    }
    let led = lists::led_by(tx, collective, organisation, MOST_LED).await?;
    let decision = match how.decision {
        Some(decision) => {
            let decision = store::decisions::get(tx, collective, decision).await?;
            let decision = decision.ok_or_else(|| Failure::field("decision", FieldRule::Unknown))?;
            if !is_about(tx, &till.collective, &member, &decision).await? {
                return Err(Failure::Refused(DepartureRefusal::NotAbout));
            }
            if refund || !by_itself {
                by_others(tx, till, organisation, refund, &decision).await?;
            }
            decision
        }
        None if !by_itself => return Err(Failure::field("decision", FieldRule::Missing)),
        None if refund => return Err(Failure::Refused(DepartureRefusal::RefundUndecided)),
        None => own_word(tx, till, (organisation, &member.name)).await?,
    };
    Ok(Grounds { member, decision, led })
}

/// Whether a decision is about this departure: it names the organisation, somebody known wrote it down during this
/// membership, and no departure rests on it. The pots are locked: of two departures at once, the second sees the first.
async fn is_about(
    tx: &mut Tx,
    collective: &CollectiveRow,
    member: &MemberRow,
    decision: &DecisionRow,
) -> store::sqlx::Result<bool> {
    Ok(decision.departs == Some(member.id)
        && decision.recorded_by.is_some()
        && collective.day(decision.created_at) >= member.joined_on
        && !store::departures::rests_on(tx, decision.id).await?)
}

/// The decisions on which the departure of an organisation may rest, newest first.
pub(super) async fn fit(
    tx: &mut Tx,
    collective: &CollectiveRow,
    member: &MemberRow,
) -> store::sqlx::Result<Vec<DecisionRow>> {
    let mut fit = Vec::new();
    for decision in store::decisions::unused_about(tx, collective.id, member.id, MOST_FIT).await? {
        if is_about(tx, collective, member, &decision).await? {
            fit.push(decision);
        }
    }
    Ok(fit)
}

/// Money that is paid back, and an exclusion, are the word of two persons; of a refund neither is of the organisation.
async fn by_others(
    tx: &mut Tx,
    till: &Till,
    organisation: OrganisationId,
    refund: bool,
    decision: &DecisionRow,
) -> Result<(), Failure<DepartureRefusal>> {
    let at = At::of(till);
    let Some(person) = till.standing().map(|standing| standing.person) else {
        return Err(NotAllowed::SignedOut.into());
    };
    if refund {
        let tied = tied_to(tx, &at, organisation, at.now).await?;
        if [Some(person), decision.recorded_by].into_iter().flatten().any(|one| tied.contains(&one)) {
            return Err(Failure::Refused(DepartureRefusal::OfItself));
        }
    }
    if !word_counts(tx, &at, person, decision).await? {
        return Err(Failure::Refused(DepartureRefusal::ByOnePerson));
    }
    if is_by_another(person, decision) || !has_people(tx, &at, organisation, person, at.now).await? {
        return Ok(());
    }
    if !has_people(tx, &at, organisation, person, decision.created_at).await? {
        return Err(Failure::Refused(DepartureRefusal::Unannounced));
    }
    let from = announced_until(decision.created_at);
    if from > at.now { Err(Failure::Refused(DepartureRefusal::Announced(from))) } else { Ok(()) }
}

/// Whether an organisation has people besides `person`, now or in the last months, that it had at `begun`: whoever they are
/// learns of an exclusion before it happens, where one person decides it.
pub(super) async fn has_people(
    tx: &mut Tx,
    at: &At<'_>,
    organisation: OrganisationId,
    person: PersonId,
    begun: Timestamp,
) -> store::sqlx::Result<bool> {
    Ok(tied_to(tx, at, organisation, begun).await?.iter().any(|one| *one != person))
}

/// An organisation leaves by its own word, which is written down where the collective's decisions are.
async fn own_word(
    tx: &mut Tx,
    till: &mut Till,
    (organisation, name): (OrganisationId, &str),
) -> Result<DecisionRow, Failure<DepartureRefusal>> {
    let t = words_of(&till.collective.locale);
    let collective = till.collective.id;
    // For the next number of the collective's decisions.
    store::collectives::lock(tx, collective).await?;
    let decision = DecisionRow {
        id: till.id(),
        collective,
        number: store::decisions::next_number(tx, collective).await?,
        title: t.members_departure_word_title(name),
        outcome: t.members_departure_word(name),
        decided_on: till.today,
        method: decisions::INFORMAL.to_owned(),
        recorded_by: till.standing().map(|standing| standing.person),
        departs: Some(organisation),
        by_token: false,
        created_at: till.now,
    };
    store::decisions::insert(tx, &decision).await?;
    Ok(decision)
}

/// Tells the people of an organisation that left, those who run the collective, and the stewards of what has no lead any
/// more. How much its own money is, only its people and those who see to that money learn: treasurers, and where it is paid
/// back stewards, who prepare it. Errors: faults only.
pub(super) async fn tell(
    tx: &mut Tx,
    till: &mut Till,
    grounds: &Grounds,
    Gone { own, refund, subscribed }: Gone,
) -> Result<(), Failure<DepartureRefusal>> {
    let collective = till.collective.id;
    let readers = store::mandates::money_readers(tx, &[grounds.member.id], till.today).await?;
    let mut knowing: BTreeSet<PersonId> = readers.into_iter().map(|reader| reader.person).collect();
    let mut told = BTreeSet::new();
    for role in RoleKind::ALL {
        let holders = store::roles::holders(tx, collective, *role, till.now).await?;
        let sees = *role == RoleKind::Treasurer || refund && *role == RoleKind::Steward;
        if sees { knowing.extend(holders) } else { told.extend(holders) }
    }
    let (told, knowing): (Vec<PersonId>, Vec<PersonId>) =
        (told.difference(&knowing).copied().collect(), knowing.into_iter().collect());
    let (settings, currency) = (till.settings.clone(), till.locked.pot.currency());
    let (here, name) = (till.collective.name.clone(), grounds.member.name.clone());
    let path = format!("/c/{}/decisions/{}", till.collective.slug, grounds.decision.number);
    let write = |t: Words, sees: bool| {
        let titles: Vec<_> = grounds.led.iter().map(|one| t.typography(&one.title)).collect();
        let goes = if refund { "back" } else { "stays" };
        Letter::about(t.mail_departed_subject(&here, &name))
            .say(t.mail_departed(&here, &name))
            .say_if(own.is_positive().then(|| match sees {
                true => t.mail_departed_own(t.money(own, currency), goes),
                false => t.mail_departed_own_unsaid(goes),
            }))
            .say_if((!titles.is_empty()).then(|| t.mail_departed_led(titles.join("\n"))))
            .say_if(subscribed.then(|| t.mail_departed_subscription().to_owned()))
            .say(t.mail_departed_decision(&grounds.decision.title))
            .at(&settings, &path)
    };
    till.tell(tx, &knowing, |t| write(t, true)).await?;
    till.tell(tx, &told, |t| write(t, false)).await
}

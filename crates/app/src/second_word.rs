//! Whose word counts besides somebody's own: what one person can't decide alone is written down by another as long as there
//! is one, be it the representative of another member where one person holds every role.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actor::{Action, Holder, NotAllowed, Permit, RoleKind, Standing, permit},
    decisions::{self, DecisionRefusal, Used},
    ids::{CollectiveId, DecisionId, OrganisationId, PersonId},
    input::FieldRule,
    people::WAITING,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use store::{
    Tx, collectives::CollectiveRow, decisions::DecisionRow, mandates::Representative, roles::Counted,
};

use crate::{
    error::Failure,
    invoices::{At, tied_to},
};

/// How long a person whose role another ended still counts as one who could answer: nobody ends the roles of others in
/// order to be the only one left.
pub(crate) const LATELY: SignedDuration = SignedDuration::from_hours(24 * LATELY_DAYS);
/// The same in days.
pub(crate) const LATELY_DAYS: i64 = 30;

/// Most representatives that are looked at.
pub(crate) const MOST: u16 = 500;

/// Most persons who are named.
const MOST_NAMED: usize = 10;

/// Those of the organisation that a decision is about, or who were in the last months.
async fn concerned(
    tx: &mut Tx,
    at: &At<'_>,
    about: Option<OrganisationId>,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    match about {
        Some(organisation) => tied_to(tx, at, organisation, at.now).await,
        None => Ok(BTreeSet::new()),
    }
}

/// The roles of a collective that count where somebody would stand in for their holders: in force, or ended by another
/// person within the last thirty days.
pub(crate) async fn counted_roles(
    tx: &mut Tx,
    collective: CollectiveId,
    now: Timestamp,
) -> store::sqlx::Result<Vec<Counted>> {
    let since = now.saturating_sub(LATELY).unwrap_or(now);
    store::roles::counted(tx, collective, since, now).await
}

/// Those who hold one of these roles, or did until another person ended it within the last thirty days.
pub(crate) async fn counted_holders(
    tx: &mut Tx,
    collective: CollectiveId,
    now: Timestamp,
    kinds: &[RoleKind],
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let counted = counted_roles(tx, collective, now).await?;
    Ok(counted.into_iter().filter(|one| kinds.contains(&one.kind)).map(|one| one.person).collect())
}

/// Those who hold a role, or did until another ended it within the last thirty days, besides a person and those concerned.
async fn other_holders(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    concerned: &BTreeSet<PersonId>,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let holders = counted_holders(tx, at.collective.id, at.now, RoleKind::ALL).await?;
    Ok(holders.into_iter().filter(|one| *one != person && !concerned.contains(one)).collect())
}

/// Those who could write a decision down besides `person`, none of the organisation that it is about: who holds a role or
/// did until another ended it within the last thirty days; where there is none, who represents another member since 48 hours.
pub(crate) async fn others(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    about: Option<OrganisationId>,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let concerned = concerned(tx, at, about).await?;
    let holders = other_holders(tx, at, person, &concerned).await?;
    if !holders.is_empty() {
        return Ok(holders);
    }
    let representatives = representatives(tx, at.collective.id, at.today, at.now).await?;
    Ok(representatives.into_iter().filter(|one| *one != person && !concerned.contains(one)).collect())
}

/// Whether somebody other than `person`, and not of the organisation that it is about, could write a decision down.
pub(crate) async fn another_could_decide(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    about: Option<OrganisationId>,
) -> store::sqlx::Result<bool> {
    Ok(!others(tx, at, person, about).await?.is_empty())
}

/// Whether somebody other than `person` wrote a decision down, themselves and not by a program that has their token.
pub(crate) fn is_by_another(person: PersonId, decision: &DecisionRow) -> bool {
    decision.recorded_by != Some(person) && !decision.by_token
}

/// Whether a decision is more than the word of who acts by it: somebody else wrote it down, themselves and not by a program
/// that has their token; or nobody else could.
pub(crate) async fn word_counts(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    decision: &DecisionRow,
) -> store::sqlx::Result<bool> {
    Ok(is_by_another(person, decision) || !another_could_decide(tx, at, person, decision.departs).await?)
}

/// The decision on which an act of the collective rests. Call it under the lock of the pot, which holds the answer.
/// Errors: field `decision`; [`DecisionRefusal`].
pub(crate) async fn decision_for<R: std::fmt::Debug + From<DecisionRefusal>>(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    decision: DecisionId,
) -> Result<DecisionRow, Failure<R>> {
    let found = store::decisions::get(tx, at.collective.id, decision).await?;
    let decision = found.ok_or_else(|| Failure::field("decision", FieldRule::Unknown))?;
    may_rest_on(tx, at, person, &decision).await?;
    Ok(decision)
}

/// Whether an act of that person may rest on a decision: one about no departure, on which nothing rests yet, and more than
/// the word of who acts. Errors: field `decision`; [`DecisionRefusal`].
pub(crate) async fn may_rest_on<R: std::fmt::Debug + From<DecisionRefusal>>(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    decision: &DecisionRow,
) -> Result<(), Failure<R>> {
    if decision.departs.is_some() {
        return Err(Failure::field("decision", FieldRule::Unknown));
    }
    let refuse = |why: DecisionRefusal| Err(Failure::Refused(why.into()));
    if let Some(used) = used(tx, at.collective, decision.id).await? {
        return refuse(DecisionRefusal::Used(used));
    }
    match word_counts(tx, at, person, decision).await? {
        true => Ok(()),
        false => refuse(DecisionRefusal::ByOnePerson),
    }
}

/// The act that a decision has served, if it has.
async fn used(
    tx: &mut Tx,
    collective: &CollectiveRow,
    decision: DecisionId,
) -> store::sqlx::Result<Option<Used>> {
    let closed = store::decisions::closed_rounds(tx, collective.id).await?;
    if let Some(closed) = closed.into_iter().find(|one| one.decision == decision) {
        let (number, on) = (Some(closed.round), collective.day(closed.at));
        return Ok(Some(Used { act: decisions::Act::RoundClosed, number, on }));
    }
    let cited = store::decisions::cited_by(tx, decision).await?;
    Ok(cited.map(|cited| {
        let act = decisions::Act::of(cited.kind);
        let number = if act == decisions::Act::RoundClosed { cited.round } else { cited.feature };
        Used { act, number, on: cited.effective_on }
    }))
}

/// The decisions on which an act of a person may rest.
#[derive(Clone, Debug, Default)]
pub struct Usable {
    /// Newest first.
    pub decisions: Vec<DecisionRow>,
    /// The names of those of whom one must have written the decision down, at most ten; none where the person's own word is
    /// enough.
    pub writers: Vec<String>,
}

/// The decisions on which an act of a person may rest now, of the newest `most`: the act asks again.
pub(crate) async fn usable(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    most: u16,
) -> store::sqlx::Result<Usable> {
    let writers = writers(tx, at, person, None).await?;
    let mut decisions = store::decisions::list(tx, at.collective.id, i64::MAX, most).await?;
    decisions.retain(|row| row.departs.is_none() && (writers.is_empty() || is_by_another(person, row)));
    let ids: Vec<DecisionId> = decisions.iter().map(|row| row.id).collect();
    let mut used = store::decisions::cited(tx, &ids).await?;
    used.extend(store::decisions::closed_rounds(tx, at.collective.id).await?.iter().map(|one| one.decision));
    decisions.retain(|row| !used.contains(&row.id));
    Ok(Usable { decisions, writers })
}

/// Those who represent a member, each with the instant from which on they stand in for whoever holds a role: 48 hours after
/// they first came to; thirty days where somebody without a role has represented a member for as long. Of people who came
/// for one act nobody knows anything, and whoever holds every role would let in whom they like.
pub(crate) async fn stand_ins(
    tx: &mut Tx,
    collective: CollectiveId,
    today: Date,
    now: Timestamp,
) -> store::sqlx::Result<BTreeMap<PersonId, Timestamp>> {
    let all = store::mandates::representing(tx, collective, today, MOST).await?;
    let holders = counted_holders(tx, collective, now, RoleKind::ALL).await?;
    let old = now.saturating_sub(LATELY).unwrap_or(now);
    let are_known = all.iter().any(|one| one.since <= old && !holders.contains(&one.person));
    let waits = if are_known { LATELY } else { WAITING };
    let from = |one: Representative| (one.person, one.since.saturating_add(waits).unwrap_or(Timestamp::MAX));
    Ok(all.into_iter().map(from).collect())
}

/// Those who stand in already.
pub(crate) async fn representatives(
    tx: &mut Tx,
    collective: CollectiveId,
    today: Date,
    now: Timestamp,
) -> store::sqlx::Result<Vec<PersonId>> {
    let all = stand_ins(tx, collective, today, now).await?;
    Ok(all.into_iter().filter(|(_, from)| *from <= now).map(|(person, _)| person).collect())
}

/// From when on somebody may stand in as the representative of a member, where their mandate is too young.
pub(crate) async fn stands_in_from(
    tx: &mut Tx,
    collective: &CollectiveRow,
    person: PersonId,
    now: Timestamp,
) -> store::sqlx::Result<Option<Timestamp>> {
    let all = stand_ins(tx, collective.id, collective.day(now), now).await?;
    Ok(all.get(&person).copied().filter(|from| *from > now))
}

/// The names of those who could write a decision down besides `person`, at most ten: who holds a role, else who represents
/// another member.
pub(crate) async fn writers(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    about: Option<OrganisationId>,
) -> store::sqlx::Result<Vec<String>> {
    let mut names = Vec::new();
    for person in others(tx, at, person, about).await?.into_iter().take(MOST_NAMED) {
        names.extend(store::people::get(tx, person).await?.map(|row| row.name));
    }
    names.sort_unstable();
    Ok(names)
}

/// Who may write a decision down: whoever holds a role; whoever represents a member since 48 hours, where it is not of the
/// organisation concerned and no two others hold a role, of whom one could write down what the other does.
pub(crate) async fn may_record(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    about: Option<OrganisationId>,
) -> Result<Permit, Failure<crate::Never>> {
    let permit = permit(Action::RecordDecision, standing, acting_for, None)?;
    let Holder::Mandate(_) = permit.held_as() else { return Ok(permit) };
    let at = At::new(collective, standing.now);
    let person = standing.person;
    let concerned = concerned(tx, &at, about).await?;
    let stands_in = !concerned.contains(&person)
        && other_holders(tx, &at, person, &concerned).await?.len() < 2
        && representatives(tx, collective.id, at.today, at.now).await?.contains(&person);
    if stands_in { Ok(permit) } else { Err(NotAllowed::Missing(Action::RecordDecision).into()) }
}

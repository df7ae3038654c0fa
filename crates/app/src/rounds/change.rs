//! A round that was opened with a wrong date or rule: changed or withdrawn, as long as nothing rests on it.

use domain::{
    Money,
    actor::Action,
    ids::RoundId,
    input::{FieldError, FieldRule},
    rounds::{RoundPlan, RoundRefusal, RoundState},
};
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, rounds::Round};
use uuid::Uuid;

use crate::{
    acting::Acting,
    closings::ROUND_CLOSE,
    context::Context,
    error::Failure,
    features, round_mails,
    standing_choices::{self, CHOICES},
    till::{Drawn, Story, Till},
};

/// Changes a round that is open. While money is shared, promised or put in it, only its name and its last day change.
/// Where it ends later and `moves` says so, the features that close with it close with it still; those with a share are
/// told. `seen` is the round as it was shown, if it was. Asks for whoever may open one. Errors: fields that break a rule, a
/// day before that of a feature in it, no right, [`Failure::Stale`] where it is otherwise by now,
/// [`RoundRefusal::AlreadyClosed`], [`RoundRefusal::Begun`].
pub async fn change_round(
    context: &Context,
    acting: Acting,
    round: RoundId,
    seen: Option<Round>,
    plan: RoundPlan,
    moves: bool,
) -> Result<(), Failure<RoundRefusal>> {
    write(context, acting, round, Some(Planned { seen, plan, moves })).await
}

/// Withdraws a round in which nothing is shared, promised or put. Asks for whoever may open one.
/// Errors: no right, [`RoundRefusal::AlreadyClosed`], [`RoundRefusal::Begun`], [`RoundRefusal::HasFeatures`].
pub async fn withdraw_round(
    context: &Context,
    acting: Acting,
    round: RoundId,
) -> Result<(), Failure<RoundRefusal>> {
    write(context, acting, round, None).await
}

/// Whether money is shared, promised or put in a round: its rules hold as long as it is. A distribution that was undone
/// doesn't count.
pub async fn is_begun(tx: &mut Tx, round: RoundId) -> store::sqlx::Result<bool> {
    Ok(store::rounds::holds_money(tx, round).await? || store::promises::any_for_round(tx, round).await?)
}

async fn write(
    context: &Context,
    acting: Acting,
    round: RoundId,
    plan: Option<Planned>,
) -> Result<(), Failure<RoundRefusal>> {
    let mut tx = context.db.read().await?;
    let row = store::rounds::by_id(&mut tx, round).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    context.db.write(Change { pot: row.pot.0, acting, round, plan, drawn: Drawn::of(context) }).await
}

/// How a round is to be.
#[derive(Clone)]
struct Planned {
    /// As it was shown.
    seen: Option<Round>,
    plan: RoundPlan,
    /// Whether the features that close with it move along.
    moves: bool,
}

struct Change {
    pot: Uuid,
    acting: Acting,
    round: RoundId,
    /// How it is to be; none: it is withdrawn.
    plan: Option<Planned>,
    drawn: Drawn,
}

impl Command for Change {
    type Done = ();
    type Error = Failure<RoundRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<RoundRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        till.permit(Action::OpenRound, &self.acting, None)?;
        let round = store::rounds::lock(tx, self.round).await?.ok_or(Failure::NotFound)?;
        if round.state != RoundState::Open {
            return Err(Failure::Refused(RoundRefusal::AlreadyClosed));
        }
        let begun = is_begun(tx, round.id).await?;
        match &self.plan {
            Some(planned) => change(tx, &mut till, round, planned.clone(), begun).await,
            None if begun => Err(Failure::Refused(RoundRefusal::Begun)),
            None => withdraw(tx, &mut till, &round).await,
        }
    }
}

/// What a revision keeps of a round: all that a form changes of it.
#[must_use]
pub fn kept(round: &Round) -> serde_json::Value {
    json!({
        "name": round.name,
        "opens_on": round.opens_on.to_string(),
        "closes_on": round.closes_on.to_string(),
        "rule": round.share_rule.to_string(),
        "cap": round.cap.map(Money::minor),
        "lapse": round.lapse,
        "promises": round.promises.as_str(),
    })
}

/// A round as it would be by a plan.
#[must_use]
pub fn planned(round: &Round, plan: RoundPlan) -> Round {
    Round {
        name: plan.name,
        opens_on: plan.opens_on,
        closes_on: plan.closes_on,
        share_rule: plan.rule,
        cap: plan.cap,
        lapse: plan.lapse,
        promises: plan.promises,
        ..round.clone()
    }
}

/// What was changed of a round, newest first.
pub async fn changes(tx: &mut Tx, round: &Round) -> store::sqlx::Result<Vec<crate::revisions::Change>> {
    crate::revisions::of(tx, round.id.0, &kept(round)).await
}

async fn change(
    tx: &mut Tx,
    till: &mut Till,
    round: Round,
    Planned { seen, plan, moves }: Planned,
    begun: bool,
) -> Result<(), Failure<RoundRefusal>> {
    let plan = plan.cleaned(till.today).map_err(Failure::Invalid)?;
    let changed = planned(&round, plan);
    if changed != round && seen.is_some_and(|seen| kept(&seen) != kept(&round)) {
        return Err(Failure::Stale);
    }
    let only_named_and_dated =
        Round { name: changed.name.clone(), closes_on: changed.closes_on, ..round.clone() };
    if begun && changed != only_named_and_dated {
        return Err(Failure::Refused(RoundRefusal::Begun));
    }
    // A feature of a round never closes after it.
    if let Some(last) = store::features::last_closing_in(tx, round.id).await?
        && changed.closes_on < last
    {
        return Err(Failure::Invalid(vec![FieldError::new("closes_on", FieldRule::Before(last))]));
    }
    if changed != round {
        let (revision, body, person) = (till.id(), kept(&round).to_string(), till.person());
        store::revisions::add(tx, revision, "round", round.id.0, &body, person, till.now).await?;
    }
    store::rounds::change(tx, &changed).await?;
    if changed.closes_on > round.closes_on {
        extend(tx, till, &round, &changed, moves).await?;
    }
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: round.id.0,
        kind: ROUND_CLOSE,
        occurrence: String::new(),
        due_at: till.collective.end_of(changed.closes_on),
    };
    store::deadlines::set(tx, &deadline).await?;
    store::deadlines::cancel(tx, round.id.0, CHOICES).await?;
    let choices = standing_choices::deadline(till, &changed);
    store::deadlines::set(tx, &choices).await?;
    let differences = differences(&round, &changed);
    if differences.is_empty() {
        return Ok(());
    }
    let data = json!({
        "number": round.number,
        "name": changed.name,
        "opens_on": changed.opens_on.to_string(),
        "closes_on": changed.closes_on.to_string(),
        "changed": differences,
    });
    till.record(tx, Story::new("round_changed", ("round", round.id.0), data)).await
}

/// The titles of the features that seek money in a round and close with it.
pub async fn closing_with(tx: &mut Tx, round: &Round) -> store::sqlx::Result<Vec<String>> {
    let found = store::features::seeking_until(tx, round.id, round.closes_on).await?;
    Ok(found.into_iter().map(|one| one.title).collect())
}

/// A round ends later: the features that close with it follow where that is meant, and those with a share are told.
async fn extend(
    tx: &mut Tx,
    till: &mut Till,
    before: &Round,
    after: &Round,
    moves: bool,
) -> Result<(), Failure<RoundRefusal>> {
    let mut moved = Vec::new();
    if moves {
        for one in store::features::seeking_until(tx, before.id, before.closes_on).await? {
            moved.push(features::edit::close_later(tx, till, one.id, after.closes_on).await?);
        }
    }
    round_mails::tell_extended(tx, till, before, after, &moved).await
}

/// What of a round was changed, by the names of its revisions.
fn differences(before: &Round, after: &Round) -> Vec<&'static str> {
    let differs = [
        ("name", before.name != after.name),
        ("opens_on", before.opens_on != after.opens_on),
        ("closes_on", before.closes_on != after.closes_on),
        ("rule", before.share_rule != after.share_rule),
        ("cap", before.cap != after.cap),
        ("lapse", before.lapse != after.lapse),
        ("promises", before.promises != after.promises),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

async fn withdraw(tx: &mut Tx, till: &mut Till, round: &Round) -> Result<(), Failure<RoundRefusal>> {
    if store::features::last_closing_in(tx, round.id).await?.is_some() {
        return Err(Failure::Refused(RoundRefusal::HasFeatures));
    }
    store::rounds::close(tx, round.id, till.now).await?;
    store::deadlines::cancel(tx, round.id.0, ROUND_CLOSE).await?;
    store::deadlines::cancel(tx, round.id.0, CHOICES).await?;
    let data = json!({ "number": round.number, "name": round.name });
    till.record(tx, Story::new("round_withdrawn", ("round", round.id.0), data)).await
}

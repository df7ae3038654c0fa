//! What returns: a feature that isn't covered on its last day, a feature that is cancelled, a round that closes.

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Source,
    actor::Action,
    features::{Ending, FeatureRefusal, State, passage, proposal::limits},
    ids::{DecisionId, FeatureId, OrganisationId, RoundId},
    input::FieldRule,
    money::Overflow,
    posting::Reason,
    rounds::{RoundRefusal, RoundState},
    shares::returns::{Bound, Trigger, lapse, release_all},
    text,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, features::Feature, journal::Of};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    features,
    funding_mails::{self, News},
    idempotency::{Keyed, remember, replayed},
    returning::{Returning, departed},
    rights,
    till::{Drawn, Story, Till},
    triggers::{CLOSE, CONFIRM, held_on, trigger_in},
};

/// The deadline at which a round closes.
pub const ROUND_CLOSE: &str = "round_close";

/// How a feature ended its funding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It was covered: everything on it is bound.
    Triggered,
    /// It wasn't: so much returned.
    NotFunded(Money),
    /// Nothing was to be done any more.
    Already,
}

/// What the deadline of a feature calls: after its last day it is triggered or returns everything. Does nothing
/// before that day has ended, and nothing a second time.
pub async fn close_if_due(context: &Context, feature: FeatureId) -> Result<Closed, Failure<FeatureRefusal>> {
    let Some(row) = features::find(context, feature).await? else { return Ok(Closed::Already) };
    if row.state != State::Funding {
        return Ok(Closed::Already);
    }
    context.db.write(CloseFeature { pot: row.pot.0, feature, drawn: Drawn::of(context) }).await
}

struct CloseFeature {
    pot: Uuid,
    feature: FeatureId,
    drawn: Drawn,
}

impl Command for CloseFeature {
    type Done = Closed;
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Closed, Failure<FeatureRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), CLOSE, &self.drawn).await?;
        let mut feature = features::lock_one(tx, &till, self.feature).await?;
        if till.today <= feature.closing_on {
            return Ok(Closed::Already);
        }
        close_feature_in(tx, &mut till, &mut feature).await
    }
}

/// Triggers a feature in funding if it is covered, confirmed or not; else returns everything. Errors: faults only.
pub async fn close_feature_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
) -> Result<Closed, Failure<R>> {
    if feature.state != State::Funding {
        return Ok(Closed::Already);
    }
    if feature.allocated_total >= feature.floor {
        trigger_in(tx, till, feature).await?;
        return Ok(Closed::Triggered);
    }
    let missing = feature.floor.less(feature.allocated_total);
    let returned = release_in(tx, till, feature, Reason::NotFunded).await?;
    let data = json!({ "missing": missing.minor(), "returned": returned.sum.minor() });
    features::step(tx, till, feature, State::NotFunded, data).await?;
    funding_mails::tell(tx, till, feature, &returned.told, News::NotFunded { missing }).await?;
    Ok(Closed::NotFunded(returned.sum))
}

/// What came back from a feature.
#[derive(Default)]
pub(crate) struct Returned {
    /// All of it.
    sum: Money,
    /// What each member gets back.
    told: Vec<(OrganisationId, Money)>,
    /// What each member had put that came from gifts and goes back to their funds.
    gifts: Vec<(OrganisationId, Money)>,
    /// Where it all went.
    to: Returning,
}

/// Returns everything that lies on a feature by its source, to the successors of those who left.
/// Errors: faults only.
pub(crate) async fn release_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    reason: Reason,
) -> Result<Returned, Failure<R>> {
    let promised = till.locked.pot.fund_mode.is_promised();
    till.settle(tx).await?;
    let (kind, when) = if feature.state == State::Funding {
        (AccountKind::Allocated, Trigger::Before)
    } else {
        (AccountKind::Reserved, if promised { Trigger::AfterPledge } else { Trigger::After })
    };
    let held = held_on(tx, till, feature.id, kind).await?;
    let departed = departed(tx, &till.locked.pot).await?;
    let mut returned = Returned::default();
    for bound in held.iter().filter(|bound| !departed.contains_key(&bound.organisation)) {
        // Before the trigger a gift goes back to the share that it was drawn from.
        let to_fund = matches!(bound.source, Source::Gift(_)) && when != Trigger::Before;
        let told = if to_fund { &mut returned.gifts } else { &mut returned.told };
        funding_mails::add(told, bound.organisation, bound.amount);
    }
    let transfers = release_all(feature.id, when, &held, &departed);
    returned.to = Returning::of(&transfers);
    if !transfers.is_empty() {
        let mut draft =
            Draft::new(PostingKind::Release, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.round = feature.round;
        draft.reason = Some(reason);
        returned.sum = draft.total().map_err(|error| Failure::Fault(error.to_string()))?;
        till.post(tx, draft).await?;
    }
    if promised {
        let rights = match when {
            Trigger::Before => rights::release_free(tx, till, feature, reason).await?,
            Trigger::After | Trigger::AfterPledge => rights::release_bound(tx, till, feature, reason).await?,
        };
        let fault = |error: Overflow| Failure::Fault(error.to_string());
        let sum = Money::sum(rights.iter().map(|(_, amount)| *amount)).map_err(fault)?;
        returned.sum = returned.sum.plus(sum).map_err(fault)?;
        returned.to.organisations = returned.to.organisations.plus(sum).map_err(fault)?;
        for (organisation, amount) in rights {
            funding_mails::add(&mut returned.told, organisation, amount);
        }
    }
    if returned.sum.is_positive() {
        store::features::add_to_total(tx, feature.id, -returned.sum.minor()).await?;
        feature.allocated_total = feature.allocated_total.less(returned.sum);
    }
    store::deadlines::cancel(tx, feature.id.0, CONFIRM).await?;
    store::deadlines::cancel(tx, feature.id.0, CLOSE).await?;
    Ok(returned)
}

/// Ends a feature by hand, with a reason that everybody reads; everything on it returns. Asks for a
/// representative of the organisation that leads it, or a steward. Errors: no reason, no right, too late.
pub async fn cancel_feature(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    ending: Ending,
    reason: &str,
) -> Result<Returning, Failure<FeatureRefusal>> {
    let reason = given_reason(reason)?;
    let Some(row) = features::find(context, feature).await? else { return Err(Failure::NotFound) };
    let keyed = Keyed::of(context, &acting, &("cancel", feature, ending.as_str(), &reason)).await?;
    let command =
        Cancel { pot: row.pot.0, acting, feature, ending, reason, keyed, drawn: Drawn::of(context) };
    context.db.write(command).await
}

/// A reason as somebody typed it. Errors: none, or too long.
pub(crate) fn given_reason<R: std::fmt::Debug>(typed: &str) -> Result<String, Failure<R>> {
    match text::paragraphs(typed, limits::REASON) {
        Ok(reason) if reason.trim().is_empty() => Err(Failure::field("reason", FieldRule::Missing)),
        Ok(reason) => Ok(reason),
        Err(rule) => Err(Failure::field("reason", rule)),
    }
}

struct Cancel {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    ending: Ending,
    reason: String,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Cancel {
    type Done = Returning;
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Returning, Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let mut feature = features::lock_one(tx, &till, self.feature).await?;
        till.permit(Action::CancelFeature, &self.acting, Some(feature.lead))?;
        if let Some(done) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(done);
        }
        let to = self.ending.state();
        passage(feature.track, feature.state, to).map_err(|why| Failure::Refused(why.into()))?;
        let returned = if feature.state.is_before_funding() {
            Returned::default()
        } else {
            release_in(tx, &mut till, &mut feature, Reason::Cancelled).await?
        };
        let data = json!({ "reason": self.reason, "returned": returned.sum.minor() });
        features::step(tx, &mut till, &mut feature, to, data).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &returned.to).await?;
        let news = News::Cancelled { reason: &self.reason, gifts: &returned.gifts };
        funding_mails::tell(tx, &mut till, &feature, &returned.told, news).await?;
        Ok(returned.to)
    }
}

/// What the close of a round led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundReport {
    /// Features that were triggered at the close.
    pub triggered: usize,
    /// Features that returned everything.
    pub not_funded: usize,
    /// What they returned.
    pub returned: Money,
    /// What nobody had used and went back to the pot.
    pub lapsed: Money,
}

/// What the deadline of a round calls. Does nothing before its last day has ended, and nothing a second time.
pub async fn close_round_if_due(
    context: &Context,
    round: RoundId,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::rounds::by_id(&mut tx, round).await? else { return Ok(RoundReport::default()) };
    drop(tx);
    if row.state == RoundState::Closed {
        return Ok(RoundReport::default());
    }
    let command = CloseRound { pot: row.pot.0, round, early: None, keyed: None, drawn: Drawn::of(context) };
    match context.db.write_alone(command).await {
        Err(Failure::Refused(RoundRefusal::AlreadyClosed | RoundRefusal::NotOver(_))) => {
            Ok(RoundReport::default())
        }
        other => other,
    }
}

/// Closes a round before its last day, by a decision. Errors: no right, no such decision, closed already.
pub async fn close_round_early(
    context: &Context,
    acting: Acting,
    round: RoundId,
    decision: DecisionId,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::rounds::by_id(&mut tx, round).await? else { return Err(Failure::NotFound) };
    drop(tx);
    let keyed = Keyed::of(context, &acting, &("close_round", round, decision)).await?;
    let early = Some((acting, decision));
    context
        .db
        .write_alone(CloseRound { pot: row.pot.0, round, early, keyed, drawn: Drawn::of(context) })
        .await
}

struct CloseRound {
    pot: Uuid,
    round: RoundId,
    /// Who closes it before its date, and by which decision.
    early: Option<(Acting, DecisionId)>,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for CloseRound {
    type Done = RoundReport;
    type Error = Failure<RoundRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<RoundReport, Failure<RoundRefusal>> {
        let mut till = match &self.early {
            Some((acting, _)) => Till::by_person(tx, self.pot.into(), acting, &self.drawn).await?,
            None => Till::by_job(tx, self.pot.into(), ROUND_CLOSE, &self.drawn).await?,
        };
        let mut decision = None;
        match &self.early {
            Some((acting, id)) => {
                till.permit(Action::CloseRound, acting, None)?;
                if let Some(report) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
                    return Ok(report);
                }
                if store::decisions::get(tx, till.collective.id, *id).await?.is_none() {
                    return Err(Failure::field("decision", FieldRule::Unknown));
                }
                decision = Some(*id);
            }
            None => {
                let round = store::rounds::by_id(tx, self.round).await?.ok_or(Failure::NotFound)?;
                if till.today <= round.closes_on {
                    return Err(Failure::Refused(RoundRefusal::NotOver(round.closes_on)));
                }
            }
        }
        let report = close_round_in(tx, &mut till, self.round, decision).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &report).await?;
        Ok(report)
    }
}

/// Closes a round, in this order: every feature is triggered or returns everything; shares lapse if the round says
/// so, else they stay; the report. One transaction: there is no state in between in which another round could
/// open or distribute. Errors: closed already.
pub async fn close_round_in(
    tx: &mut Tx,
    till: &mut Till,
    round: RoundId,
    decision: Option<DecisionId>,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    let round = store::rounds::lock(tx, round).await?.ok_or(Failure::NotFound)?;
    if round.state == RoundState::Closed {
        return Err(Failure::Refused(RoundRefusal::AlreadyClosed));
    }
    let mut report = RoundReport::default();
    for mut feature in store::features::lock_round(tx, round.id).await? {
        match close_feature_in(tx, till, &mut feature).await? {
            Closed::Triggered => report.triggered += 1,
            Closed::NotFunded(returned) => {
                report.not_funded += 1;
                report.returned = Money::sum([report.returned, returned]).unwrap_or_default();
            }
            Closed::Already => {}
        }
    }
    if till.locked.pot.fund_mode.is_promised() {
        rights::close_round(tx, till, &round).await?;
    }
    if round.lapse {
        report.lapsed = lapse_in(tx, till, round.id, decision).await?;
    }
    store::rounds::close(tx, round.id, till.now).await?;
    store::deadlines::cancel(tx, round.id.0, ROUND_CLOSE).await?;
    let data = json!({
        "number": round.number,
        "name": round.name,
        "triggered": report.triggered,
        "not_funded": report.not_funded,
        "returned": report.returned.minor(),
        "lapsed": report.lapsed.minor(),
        "decision": decision.map(|id| id.to_string()),
    });
    till.record(tx, Story::new("round_closed", ("round", round.id.0), data)).await?;
    Ok(report)
}

async fn lapse_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: RoundId,
    decision: Option<DecisionId>,
) -> Result<Money, Failure<R>> {
    till.settle(tx).await?;
    let held = store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&[AccountKind::Share])).await?;
    let shares: Vec<Bound> = held
        .into_iter()
        .filter_map(|(account, amount)| match account {
            Account::Share(organisation, source) => Some(Bound { organisation, source, amount }),
            _ => None,
        })
        .collect();
    let transfers = lapse(&shares);
    if transfers.is_empty() {
        return Ok(Money::ZERO);
    }
    let mut draft = Draft::new(PostingKind::Lapse, Book::Cash, till.today, till.actor.clone(), transfers);
    draft.round = Some(round);
    draft.decision = decision;
    draft.reason = Some(Reason::RoundClosed);
    let lapsed = draft.total().map_err(|error| Failure::Fault(error.to_string()))?;
    till.post(tx, draft).await?;
    Ok(lapsed)
}

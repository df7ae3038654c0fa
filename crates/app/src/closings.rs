//! What returns: a feature that isn't covered on its last day, a feature that is cancelled. A round that closes is in
//! `round_closings`.

use domain::{
    AccountKind, Book, Draft, Money, PostingKind,
    actor::Action,
    features::{Ending, FeatureRefusal, State, passage, proposal::limits},
    ids::{DecisionId, FeatureId, OrganisationId},
    input::FieldRule,
    money::Overflow,
    posting::Reason,
    shares::returns::{Trigger, release_all},
    text,
};
use serde_json::json;
use store::{Command, Tx, features::Feature};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    features,
    features::new_terms::TERMS,
    funding_mails::{self, News},
    idempotency::{Keyed, remember, replayed},
    returning::{Returning, departed},
    rights,
    till::{Drawn, Till},
    triggers::{CLOSE, CONFIRM, held_on, trigger_in},
};

pub use crate::round_closings::{
    ROUND_CLOSE, RoundReport, close_round_as_seen, close_round_early, close_round_if_due, close_round_in,
    is_own_word, may_close, waits_for_terms,
};

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
        match end_in(tx, &mut till, &mut feature, None).await? {
            Ended::Already => Ok(Closed::Already),
            Ended::Triggered => Ok(Closed::Triggered),
            Ended::NotFunded { missing, returned } => {
                let news = News::NotFunded { missing, early: false };
                funding_mails::tell(tx, &mut till, &feature, &returned.told, news).await?;
                Ok(Closed::NotFunded(returned.sum))
            }
        }
    }
}

/// How the funding of a feature ended, with what came back.
pub(crate) enum Ended {
    /// It was covered: everything on it is bound, and who put it there is told.
    Triggered,
    /// It wasn't: nobody is told yet.
    NotFunded {
        /// What was missing.
        missing: Money,
        /// What came back.
        returned: Returned,
    },
    /// Nothing was to be done any more.
    Already,
}

/// Triggers a feature in funding if it is covered, confirmed or not; else returns everything. `decision`: by which it
/// ends before its date. Errors: faults only.
pub(crate) async fn end_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    decision: Option<DecisionId>,
) -> Result<Ended, Failure<R>> {
    if feature.state != State::Funding {
        return Ok(Ended::Already);
    }
    if feature.allocated_total >= feature.floor {
        trigger_in(tx, till, feature).await?;
        return Ok(Ended::Triggered);
    }
    let missing = feature.floor.less(feature.allocated_total);
    let returned = release_in(tx, till, feature, Reason::NotFunded, decision).await?;
    let data = json!({ "missing": missing.minor(), "returned": returned.sum.minor() });
    features::step(tx, till, feature, State::NotFunded, data).await?;
    Ok(Ended::NotFunded { missing, returned })
}

/// What came back from a feature.
#[derive(Default)]
pub(crate) struct Returned {
    /// All of it.
    pub(crate) sum: Money,
    /// What each member gets back.
    pub(crate) told: Vec<(OrganisationId, Money)>,
    /// What each member had put that came from gifts and goes back to their funds.
    pub(crate) gifts: Vec<(OrganisationId, Money)>,
    /// Where it all went.
    pub(crate) to: Returning,
}

/// Returns everything that lies on a feature by its source, to the successors of those who left.
/// Errors: faults only.
pub(crate) async fn release_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    reason: Reason,
    decision: Option<DecisionId>,
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
    let transfers = release_all(feature.id, when, &held, &departed);
    for (bound, transfer) in held.iter().filter(|bound| bound.amount.is_positive()).zip(&transfers) {
        // What a decision put there was nobody's.
        let Some(organisation) = bound.whose.organisation().filter(|one| !departed.contains_key(one)) else {
            continue;
        };
        // Before the trigger a gift goes back to the share that it was drawn from, if it was drawn from one.
        let to_fund = transfer.to.kind() == AccountKind::Gift;
        let told = if to_fund { &mut returned.gifts } else { &mut returned.told };
        funding_mails::add(told, organisation, bound.amount);
    }
    returned.to = Returning::of(&transfers);
    if !transfers.is_empty() {
        let mut draft =
            Draft::new(PostingKind::Release, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.round = feature.round;
        draft.reason = Some(reason);
        draft.decision = decision;
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
    store::deadlines::cancel(tx, feature.id.0, TERMS).await?;
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
        let pending = store::invoices::pending(tx, feature.id).await?;
        if pending.count > 0 {
            let waiting = u32::try_from(pending.count).unwrap_or(u32::MAX);
            return Err(Failure::Refused(FeatureRefusal::InvoicesWait(waiting)));
        }
        let returned = if feature.state.is_before_funding() {
            Returned::default()
        } else {
            release_in(tx, &mut till, &mut feature, Reason::Cancelled, None).await?
        };
        let data = json!({ "reason": self.reason, "returned": returned.sum.minor() });
        features::step(tx, &mut till, &mut feature, to, data).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &returned.to).await?;
        let news = News::Cancelled { reason: &self.reason, gifts: &returned.gifts };
        funding_mails::tell(tx, &mut till, &feature, &returned.told, news).await?;
        Ok(returned.to)
    }
}

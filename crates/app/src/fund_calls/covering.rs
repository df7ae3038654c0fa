//! Covering: an organisation takes over what another did not pay.

use domain::{
    Money,
    actor::Action,
    fund_calls::{CallAmounts, CallRefusal, CallState},
    ids::{FundCallId, OrganisationId},
    input::FieldRule,
    posting::Reason,
    promises::{PromiseKind, PromiseOn},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, features::Feature, fund_calls::FundCall, promises::Promise};
use uuid::Uuid;

use super::{issue_in, promised_on, release_triggered, settle, sum};
use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    features,
    idempotency::{Keyed, remember, replayed},
    promises,
    till::{Drawn, Story, Till},
};

/// The answer to a cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The number of the call that it led to.
    pub number: i64,
    /// What is still awaited for the call covered.
    pub rest: Money,
}

/// The organisation acted for takes over `amount` of a call that wasn't paid: it promises that sum, firmly, and is
/// called for it. Asks for a mandate for its money. Errors: field `amount`; its own call; not overdue; more than
/// the rest; the feature has ended; a key reused.
pub async fn cover_call(
    context: &Context,
    acting: Acting,
    call: FundCallId,
    amount: Money,
) -> Result<Covered, Failure<CallRefusal>> {
    let mut tx = context.db.read().await?;
    let row = store::fund_calls::by_id(&mut tx, call).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let keyed = Keyed::of(context, &acting, &("cover", call, acting.organisation, amount)).await?;
    context.db.write(Cover { acting, call: row, amount, keyed, drawn: Drawn::of(context) }).await
}

struct Cover {
    acting: Acting,
    call: FundCall,
    amount: Money,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Cover {
    type Done = Covered;
    type Error = Failure<CallRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.call.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Covered, Failure<CallRefusal>> {
        let mut till = Till::by_person(tx, self.call.pot, &self.acting, &self.drawn).await?;
        let permit = till.permit(Action::Promise, &self.acting, None)?;
        let coverer = permit.organisation().ok_or(Failure::NotFound)?;
        if let Some(answer) = replayed(tx, self.call.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        if !self.amount.is_positive() {
            return Err(Failure::field("amount", FieldRule::NotPositive));
        }
        let feature = features::lock_one(tx, &till, self.call.feature).await?;
        let mut call = store::fund_calls::lock(tx, self.call.id).await?.ok_or(Failure::NotFound)?;
        let refuse = |why| Err(Failure::Refused(why));
        if coverer == call.organisation {
            return refuse(CallRefusal::OwnCall);
        }
        if feature.state.is_end() {
            return refuse(CallRefusal::TooLate);
        }
        match call.amounts().state(call.due_on, till.today) {
            CallState::Unpaid => {}
            CallState::Open | CallState::PartlyPaid => return refuse(CallRefusal::NotOverdue(call.due_on)),
            other => return refuse(CallRefusal::NotAwaited(other)),
        }
        let rest = call.rest();
        if self.amount > rest {
            return refuse(CallRefusal::OverRest { rest });
        }
        let number = cover_in(tx, &mut till, &feature, &mut call, coverer, self.amount).await?;
        let answer = Covered { number, rest: call.rest() };
        remember(tx, self.call.pot, self.keyed.as_ref(), till.now, &answer).await?;
        Ok(answer)
    }
}

/// The rest moves from what was triggered back to the late promise; the coverer's promise takes its place.
async fn cover_in(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    call: &mut FundCall,
    coverer: OrganisationId,
    amount: Money,
) -> Result<i64, Failure<CallRefusal>> {
    release_triggered(tx, till, feature, &[(call.organisation, amount)], Reason::Surplus).await?;
    let amounts = CallAmounts { covered: sum(call.covered, amount), ..call.amounts() };
    settle(tx, till, call, amounts).await?;

    promises::promise_firmly(tx, till, coverer, amount, feature.round, true).await?;
    promises::bind(tx, till, feature, coverer, amount).await?;
    add_promise(tx, till, feature, coverer, amount).await?;
    let made = issue_in(tx, till, feature, &[(coverer, amount)], Some(call.id)).await?;
    let data = json!({ "title": feature.title, "number": feature.number });
    let mut story = Story::new("call_covered", ("feature", feature.id.0), data);
    story.organisation = Some(coverer);
    story.public = false;
    till.record(tx, story).await?;
    Ok(made.first().map_or(0, |made| made.number))
}

/// What a coverer promises is added to what it had promised to the same thing.
async fn add_promise(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    coverer: OrganisationId,
    amount: Money,
) -> Result<(), Failure<CallRefusal>> {
    let on = promised_on(feature);
    let promise = match store::promises::lock(tx, on, coverer).await? {
        Some(standing) => Promise {
            kind: PromiseKind::Firm,
            amount: sum(standing.firm, amount),
            firm: sum(standing.firm, amount),
            subject_to: None,
            changed_at: till.now,
            ..standing
        },
        None => Promise {
            id: till.id(),
            pot: till.pot(),
            organisation: coverer,
            feature: match on {
                PromiseOn::Feature(feature) => Some(feature),
                PromiseOn::Round(_) => None,
            },
            round: match on {
                PromiseOn::Round(round) => Some(round),
                PromiseOn::Feature(_) => None,
            },
            kind: PromiseKind::Firm,
            amount,
            firm: amount,
            subject_to: None,
            person: till.person(),
            created_at: till.now,
            changed_at: till.now,
            ended_at: None,
        },
    };
    store::promises::save(tx, &promise).await?;
    Ok(())
}

//! The trigger: when what lies on a feature covers its floor, everything on it is bound.

use std::collections::BTreeSet;

use domain::{
    AccountKind, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    features::{Covered, FeatureRefusal, FundingTerms, State, is_suspended},
    ids::{FeatureId, OrganisationId},
    rules::Rules,
    shares::{Bound, Whose},
};
use jiff::ToSpan as _;
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, features::Feature};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    features,
    features::new_terms::TERMS,
    fund_calls,
    funding_mails::{self, News},
    idempotency::{Keyed, remember, replayed},
    rights,
    till::{Drawn, Story, Till},
    work,
};

/// The deadline at which silence confirms a trigger.
pub const CONFIRM: &str = "feature_confirm";
/// The deadline at which a feature is triggered or returns everything.
pub const CLOSE: &str = "feature_close";

/// What the coverage of a feature led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not covered yet.
    Waits,
    /// It is triggered.
    Triggered,
    /// A steward is asked to confirm.
    AsksConfirmation,
}

/// The terms that hold for a feature in funding, as its row has them.
pub(crate) fn terms_of(feature: &Feature, rules: &Rules) -> FundingTerms {
    FundingTerms {
        version: feature.terms_version,
        floor: feature.floor,
        target: feature.target,
        maximum: feature.maximum,
        closing_on: feature.closing_on,
        surplus: rules.surplus.clone(),
        rules_version: feature.rules_version,
    }
}

/// The rules under which a feature is funded.
pub(crate) async fn rules_of(tx: &mut Tx, till: &Till, feature: &Feature) -> store::sqlx::Result<Rules> {
    if feature.rules_version == till.rules_version {
        return Ok(till.rules.clone());
    }
    store::collectives::rules_at(tx, till.collective.id, feature.rules_version).await
}

/// After money was put on a feature in funding: triggers it, or asks a steward, if its floor is covered.
/// `feature.allocated_total` is what lies there now. Errors: faults only.
pub(crate) async fn after_change<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
) -> Result<Outcome, Failure<R>> {
    if feature.state != State::Funding || is_suspended(feature.suspended_until, till.today) {
        return Ok(Outcome::Waits);
    }
    let rules = rules_of(tx, till, feature).await?;
    match terms_of(feature, &rules).covered(feature.allocated_total, rules.trigger) {
        Covered::NotYet { .. } => {
            if feature.confirming_since.take().is_some() {
                store::features::set_confirming(tx, feature.id, None).await?;
                store::deadlines::cancel(tx, feature.id.0, CONFIRM).await?;
            }
            Ok(Outcome::Waits)
        }
        Covered::Triggers => trigger_in(tx, till, feature).await.map(|()| Outcome::Triggered),
        Covered::AsksConfirmation { .. } if feature.confirming_since.is_some() => {
            Ok(Outcome::AsksConfirmation)
        }
        Covered::AsksConfirmation { days } => {
            ask_confirmation(tx, till, feature, days).await.map(|()| Outcome::AsksConfirmation)
        }
    }
}

async fn ask_confirmation<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    days: u16,
) -> Result<(), Failure<R>> {
    feature.confirming_since = Some(till.now);
    store::features::set_confirming(tx, feature.id, feature.confirming_since).await?;
    let last = till.today.saturating_add(i64::from(days).days());
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: feature.id.0,
        kind: CONFIRM,
        occurrence: till.now.as_microsecond().to_string(),
        due_at: till.collective.end_of(last),
    };
    store::deadlines::set(tx, &deadline).await?;
    let data = json!({ "title": feature.title, "number": feature.number, "until": last.to_string() });
    till.record(tx, Story::new("confirmation_asked", ("feature", feature.id.0), data)).await?;
    funding_mails::tell_stewards(tx, till, feature, last).await
}

/// Binds everything that lies on a feature in funding. Errors: faults only.
pub(crate) async fn trigger_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
) -> Result<(), Failure<R>> {
    till.settle(tx).await?;
    let held =
        store::journal::balances(tx, till.pot(), Book::Cash, store::journal::Of::Feature(feature.id)).await?;
    let mut transfers = Vec::new();
    let mut told: Vec<(OrganisationId, Money)> = Vec::new();
    for (account, amount) in held {
        if account.kind() != AccountKind::Allocated {
            continue;
        }
        let Some(whose) = Whose::on(&account) else { continue };
        transfers.push(Transfer::new(account, whose.reserved(feature.id), amount));
        if let Some(organisation) = whose.organisation() {
            funding_mails::add(&mut told, organisation, amount);
        }
    }
    if !transfers.is_empty() {
        let mut draft =
            Draft::new(PostingKind::Trigger, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.round = feature.round;
        till.post(tx, draft).await?;
    }
    let called = rights::bind_all(tx, till, feature).await?;
    let to = feature.track.after_trigger();
    let funders: BTreeSet<OrganisationId> = told.iter().chain(&called).map(|(one, _)| *one).collect();
    let data = json!({ "amount": feature.allocated_total.minor(), "organisations": funders.len() });
    feature.funded_at = Some(till.now);
    features::step(tx, till, feature, to, data).await?;
    work::begin(tx, till, feature).await?;
    store::deadlines::cancel(tx, feature.id.0, CONFIRM).await?;
    store::deadlines::cancel(tx, feature.id.0, CLOSE).await?;
    store::deadlines::cancel(tx, feature.id.0, TERMS).await?;
    if !called.is_empty() {
        fund_calls::issue_in(tx, till, feature, &called, None).await?;
        // Who is called has that one mail.
        told.retain(|(organisation, _)| called.iter().all(|(one, _)| one != organisation));
        if called.iter().any(|(one, _)| *one == feature.lead) && told.is_empty() {
            return Ok(());
        }
    }
    funding_mails::tell(tx, till, feature, &told, News::Triggered).await
}

/// What lies on a feature, of each organisation and source, and of gifts that a decision put there.
pub(crate) async fn held_on(
    tx: &mut Tx,
    till: &Till,
    feature: FeatureId,
    kind: AccountKind,
) -> store::sqlx::Result<Vec<Bound>> {
    let held =
        store::journal::balances(tx, till.pot(), Book::Cash, store::journal::Of::Feature(feature)).await?;
    Ok(held
        .into_iter()
        .filter(|(account, _)| account.kind() == kind)
        .filter_map(|(account, amount)| Some(Bound { whose: Whose::on(&account)?, amount }))
        .collect())
}

/// A steward confirms the trigger of a feature that is covered.
/// Errors: nothing awaits a confirmation, no right.
pub async fn confirm_trigger(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = features::find(context, feature).await? else { return Err(Failure::NotFound) };
    let keyed = Keyed::of(context, &acting, &("confirm", feature)).await?;
    let (pot, acting) = (row.pot.0, Some(acting));
    context.db.write(Confirm { pot, acting, feature, keyed, drawn: Drawn::of(context) }).await
}

/// What the deadline of a confirmation calls: silence is a yes. Does nothing if the feature doesn't wait any more.
pub async fn confirm_if_due(context: &Context, feature: FeatureId) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = features::find(context, feature).await? else { return Ok(()) };
    if row.confirming_since.is_none() {
        return Ok(());
    }
    let command = Confirm { pot: row.pot.0, acting: None, feature, keyed: None, drawn: Drawn::of(context) };
    match context.db.write(command).await {
        Err(Failure::Refused(FeatureRefusal::NothingToConfirm)) => Ok(()),
        other => other,
    }
}

struct Confirm {
    pot: Uuid,
    /// Who confirms; nobody: silence.
    acting: Option<Acting>,
    feature: FeatureId,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Confirm {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = match &self.acting {
            Some(acting) => Till::by_person(tx, self.pot.into(), acting, &self.drawn).await?,
            None => Till::by_job(tx, self.pot.into(), CONFIRM, &self.drawn).await?,
        };
        let mut feature = features::lock_one(tx, &till, self.feature).await?;
        if let Some(acting) = &self.acting {
            till.permit(Action::ConfirmTrigger, acting, Some(feature.lead))?;
            if let Some(()) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
                return Ok(());
            }
        }
        let waits = feature.state == State::Funding && feature.confirming_since.is_some();
        if !waits || feature.allocated_total < feature.floor {
            return Err(Failure::Refused(FeatureRefusal::NothingToConfirm));
        }
        trigger_in(tx, &mut till, &mut feature).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &()).await
    }
}

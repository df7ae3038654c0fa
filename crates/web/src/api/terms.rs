//! The terms under which a feature is funded: their versions, and new ones while money lies there.

use app::features::new_terms::{NewTerms, change_terms, preview_terms};
use app::features::top_up::{NewTopUp, top_up};
use axum::Json;
use axum::http::StatusCode;
use domain::actor::Action;
use domain::features::{FeatureRefusal, is_suspended};
use domain::ids::{DecisionId, PostingId};
use domain::input::FieldRule;
use domain::tokens::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::features::terms::{Version, versions};
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::feature_acts::at;
use super::features::LineIn;
use super::parts::{Amount, CurrencyOut, Entered};
use super::problem::ApiError;
use crate::error::WebError;

/// Versions that are told.
const SHOWN: i64 = 50;

/// A version of the terms.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VersionOut {
    /// Its number, from 1.
    version: i64,
    /// Below this nothing is spent.
    floor: Amount,
    /// More than this can't be put there.
    maximum: Amount,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    closing_on: Date,
    /// Why it changed; empty where no money lay there.
    reason: String,
    /// The last day on which money could be taken back because of it.
    #[schema(value_type = Option<String>, format = Date)]
    withdrawal_until: Option<Date>,
    /// The decision by which it changed after the trigger.
    #[schema(value_type = Option<Uuid>)]
    decision: Option<DecisionId>,
    /// Since when it holds.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl From<Version> for VersionOut {
    fn from(one: Version) -> Self {
        Self {
            version: one.version,
            floor: one.floor.into(),
            maximum: one.maximum.into(),
            closing_on: one.closing_on,
            reason: one.reason,
            withdrawal_until: one.suspended_until,
            decision: one.decision,
            since: one.created_at,
        }
    }
}

/// The terms under which a feature is funded.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TermsOut {
    currency: CurrencyOut,
    /// The version of the feature, to change them with.
    feature_version: i64,
    /// The last day on which money may be taken back, while nothing triggers because they have changed.
    #[schema(value_type = Option<String>, format = Date)]
    suspended_until: Option<Date>,
    /// Newest first; none before the feature is funded.
    versions: Vec<VersionOut>,
}

/// New terms for a feature on which money lies.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsIn {
    /// What it costs.
    lines: Vec<LineIn>,
    /// The last day for funding it.
    #[schema(value_type = String, format = Date)]
    closing_on: Date,
    /// Why, for everybody, at most 1 000 characters.
    reason: String,
    /// The version of the feature that was seen.
    version: i64,
}

/// What new terms do, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TermsEffect {
    floor: Amount,
    maximum: Amount,
    /// The last day on which each may take its money back; nothing triggers until its end.
    #[schema(value_type = String, format = Date)]
    withdrawal_until: Date,
    /// What is missing to the new floor, if nobody takes anything back.
    missing: Amount,
}

/// The last day on which money may be taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TermsAnnounced {
    #[schema(value_type = String, format = Date)]
    withdrawal_until: Date,
}

/// `GET /collectives/{collective}/features/{number}/terms`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<TermsOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = found.ok_or(WebError::NotFound)?;
    let known = versions(&mut tx, feature.id, SHOWN).await?;
    let until = feature.suspended_until;
    Ok(Json(TermsOut {
        currency: desk.currency().into(),
        feature_version: feature.version,
        suspended_until: until.filter(|_| is_suspended(until, desk.place.today)),
        versions: known.into_iter().map(Into::into).collect(),
    }))
}

impl From<TermsIn> for NewTerms {
    fn from(new: TermsIn) -> Self {
        let lines = new.lines.into_iter().map(Into::into).collect();
        Self { lines, closing_on: new.closing_on, reason: new.reason }
    }
}

/// `POST /collectives/{collective}/features/{number}/terms/preview`
pub(super) async fn preview(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<TermsIn>,
) -> Result<Json<TermsEffect>, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    call.acts(&desk, Scope::Steward)?;
    let mut tx = call.state.context.db.read().await?;
    let row = store::features::by_id(&mut tx, feature).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    if !desk.may(Action::ChangeTerms, Some(row.lead)) {
        return Err(WebError::Forbidden.into());
    }
    let done = preview_terms(&call.state.context, feature, new.into()).await;
    let seen =
        done.map_err(|failure: app::Failure<FeatureRefusal>| ApiError::of(failure, desk.currency()))?;
    Ok(Json(TermsEffect {
        floor: seen.floor.into(),
        maximum: seen.maximum.into(),
        withdrawal_until: seen.until,
        missing: seen.missing().into(),
    }))
}

/// `POST /collectives/{collective}/features/{number}/terms`
pub(super) async fn announce(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<TermsIn>,
) -> Result<Json<TermsAnnounced>, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Steward)?;
    let seen = new.version;
    let until = change_terms(&call.state.context, acting, feature, seen, new.into())
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(TermsAnnounced { withdrawal_until: until }))
}

/// More of the organisation's share for a triggered feature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TopUpIn {
    amount: Entered,
    /// The number of the decision; somebody else wrote it down, as long as anybody else could.
    decision: i64,
    /// Why, for everybody, at most 1 000 characters.
    reason: String,
}

/// What it led to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ToppedUpOut {
    #[schema(value_type = Uuid)]
    entry: PostingId,
    /// The number of its entry in the book of cash.
    seq: i64,
    /// The version of the terms that made room for it.
    terms: i64,
    /// More than this can't be put there.
    maximum: Amount,
}

/// `POST /collectives/{collective}/features/{number}/top-up`
pub(super) async fn add(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<TopUpIn>,
) -> Result<(StatusCode, Json<ToppedUpOut>), ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Allocate)?;
    let mut tx = call.state.context.db.read().await?;
    let decision = store::decisions::by_number(&mut tx, desk.place.collective.id, new.decision).await?;
    let decision = decision.ok_or_else(|| ApiError::field("decision", FieldRule::Unknown))?.id;
    drop(tx);
    let new = NewTopUp { amount: new.amount.0, decision, reason: new.reason };
    let done = top_up(&call.state.context, acting, feature, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    let told = ToppedUpOut {
        entry: done.recorded.posting,
        seq: done.recorded.seq,
        terms: done.terms,
        maximum: done.maximum.into(),
    };
    Ok((StatusCode::CREATED, Json(told)))
}

//! Closing a round before its last day, once it was seen what it would lead to.

use app::Failure;
use app::closings::{RoundReport, close_round_as_seen};
use app::rounds::closing::{ClosePreview, if_closed};
use axum::Json;
use domain::Money;
use domain::actor::Action;
use domain::ids::FeatureId;
use domain::input::FieldRule;
use domain::rounds::{RoundRefusal, RoundState};
use domain::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{At, Body, Call};
use super::parts::{Amount, CurrencyOut};
use super::problem::ApiError;
use super::rounds::find;
use crate::error::WebError;
use crate::place::Desk;

/// The decision by which a round closes before its last day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CloseIn {
    /// The number of the decision.
    decision: i64,
    /// The digest of the preview that was seen: what `GET` of the same path tells.
    digest: Option<String>,
}

/// What the close of a round led to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClosedOut {
    /// Features that were triggered at the close.
    triggered: usize,
    /// Features that returned everything.
    not_funded: usize,
    /// What they returned.
    returned: Amount,
    /// What nobody had used and went back to the pot.
    lapsed: Amount,
}

/// What the close of a round would lead to now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClosingOut {
    currency: CurrencyOut,
    /// Features that are covered and would be funded.
    funded: Vec<EndOut>,
    /// Features that would return everything.
    not_funded: Vec<EndOut>,
    /// What organisations would have left, of what they have not put and of what returns to them.
    left: Amount,
    /// What of it would go back to the pot: everything where the round says that shares lapse, else nothing.
    lapses: Amount,
    /// The digest to close with.
    digest: String,
}

/// What lies on a feature at the close.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EndOut {
    feature: Uuid,
    total: Amount,
}

fn ending(desk: &Desk, preview: &ClosePreview) -> ClosingOut {
    let end = |feature: FeatureId, total: Money| EndOut { feature: feature.0, total: total.into() };
    let left = preview.left_sum();
    ClosingOut {
        currency: desk.currency().into(),
        funded: preview.funded.iter().map(|one| end(one.feature, one.total)).collect(),
        not_funded: preview.short.iter().map(|one| end(one.feature, one.total)).collect(),
        left: left.into(),
        lapses: if preview.lapses.is_some() { left } else { Money::ZERO }.into(),
        digest: preview.digest(),
    }
}

/// `GET /collectives/{collective}/rounds/{number}/close`
pub(super) async fn preview_close(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<ClosingOut>, ApiError> {
    let (desk, round) = find(&call, &slug, number).await?;
    call.acts(&desk, Scope::Rounds)?;
    if !desk.may(Action::CloseRound, None) {
        return Err(WebError::Forbidden.into());
    }
    if round.state == RoundState::Closed {
        return Err(ApiError::of(Failure::Refused(RoundRefusal::AlreadyClosed), desk.currency()));
    }
    let mut tx = call.state.context.db.read().await?;
    let preview = if_closed(&mut tx, &desk.pot, &round).await?;
    Ok(Json(ending(&desk, &preview)))
}

/// `POST /collectives/{collective}/rounds/{number}/close`
pub(super) async fn close(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<CloseIn>,
) -> Result<Json<ClosedOut>, ApiError> {
    let (desk, round) = find(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Rounds)?;
    let mut tx = call.state.context.db.read().await?;
    let decision = store::decisions::by_number(&mut tx, desk.place.collective.id, new.decision).await?;
    drop(tx);
    let decision = decision.ok_or_else(|| ApiError::field("decision", FieldRule::Unknown))?;
    let digest = new.digest.ok_or_else(|| ApiError::field("digest", FieldRule::Missing))?;
    let closed = close_round_as_seen(&call.state.context, acting, round.id, decision.id, &digest).await;
    let report: RoundReport = match closed {
        Err(Failure::Refused(RoundRefusal::Changed)) => {
            let mut tx = call.state.context.db.read().await?;
            let preview = if_closed(&mut tx, &desk.pot, &round).await?;
            let now = serde_json::to_value(ending(&desk, &preview)).map_err(WebError::internal)?;
            return Err(ApiError::stale_with("preview", now));
        }
        other => other.map_err(|failure| ApiError::of(failure, desk.currency()))?,
    };
    Ok(Json(ClosedOut {
        triggered: report.triggered,
        not_funded: report.not_funded,
        returned: report.returned.into(),
        lapsed: report.lapsed.into(),
    }))
}

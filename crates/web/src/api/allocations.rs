//! Putting a share on features and taking it back: one set, all or nothing.

use app::allocations::save_allocations;
use app::rounds::page::my_share;
use axum::Json;
use domain::features::Wish;
use domain::ids::FeatureId;
use domain::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::parts::{Amount, CurrencyOut, Entered};
use super::problem::ApiError;
use super::rounds::OnOut;
use crate::error::WebError;

/// What the token's organisation holds.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HoldingsOut {
    currency: CurrencyOut,
    /// What is left of its share, of all sources.
    left: Amount,
    /// What it has on features, free or bound.
    on: Vec<OnOut>,
}

/// `GET /collectives/{collective}/allocations`
pub(super) async fn show(call: Call, At(slug): At<String>) -> Result<Json<HoldingsOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let organisation = desk.acting_for.ok_or(WebError::Forbidden)?;
    let held = my_share(&mut tx, (desk.pot.id, desk.pot.fund_mode), None, organisation).await?.holdings;
    Ok(Json(HoldingsOut {
        currency: desk.currency().into(),
        left: held.left().into(),
        on: held.on.keys().map(|feature| OnOut::of(*feature, held.on(*feature))).collect(),
    }))
}

/// What the organisation wishes to have on features.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AllocationsIn {
    /// At most 200, each feature once. Decreases come first; one refusal and nothing is written.
    #[schema(max_items = 200)]
    lines: Vec<WishIn>,
}

/// One feature of the set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WishIn {
    #[schema(value_type = Uuid)]
    feature: FeatureId,
    /// What the organisation had there when it was last looked at: if another amount is there now, nothing is written.
    seen: Entered,
    /// What it is to have there.
    wanted: Entered,
}

/// What a set led to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SavedOut {
    /// What is left of the share.
    left: Amount,
    /// The features that it triggered.
    #[schema(value_type = Vec<Uuid>)]
    triggered: Vec<FeatureId>,
    /// The features for which a steward is asked to confirm.
    #[schema(value_type = Vec<Uuid>)]
    confirming: Vec<FeatureId>,
}

/// `POST /collectives/{collective}/allocations`
pub(super) async fn save(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<AllocationsIn>,
) -> Result<Json<SavedOut>, ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.pays(&desk, Scope::Allocate)?;
    let wish = |line: WishIn| Wish { feature: line.feature, seen: line.seen.0, wanted: line.wanted.0 };
    let wishes = new.lines.into_iter().map(wish).collect();
    let saved = save_allocations(&call.state.context, acting, desk.pot.id, wishes)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(SavedOut { left: saved.left.into(), triggered: saved.triggered, confirming: saved.confirming }))
}

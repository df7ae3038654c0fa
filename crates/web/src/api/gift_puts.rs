//! Gifts that a decision puts on a feature.

use app::gift_puts::{GiftPut, put_gift};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{FeatureId, GiftFundId};
use domain::input::FieldRule;
use domain::tokens::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::contributions::EntryMade;
use super::parts::Entered;
use super::problem::ApiError;

/// Gifts to be put on a feature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftPutIn {
    /// From which fund.
    #[schema(value_type = Uuid)]
    fund: GiftFundId,
    /// On which feature.
    #[schema(value_type = Uuid)]
    feature: FeatureId,
    amount: Entered,
    /// The number of the decision; somebody else wrote it down, as long as anybody else could.
    decision: i64,
}

/// `POST /collectives/{collective}/gifts/allocations`
pub(super) async fn put(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<GiftPutIn>,
) -> Result<(StatusCode, Json<EntryMade>), ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.pays(&desk, Scope::Money)?;
    let decision = store::decisions::by_number(&mut tx, desk.place.collective.id, new.decision).await?;
    let decision = decision.ok_or_else(|| ApiError::field("decision", FieldRule::Unknown))?.id;
    drop(tx);
    let new = GiftPut { fund: new.fund, feature: new.feature, amount: new.amount.0, decision };
    let put = put_gift(&call.state.context, acting, desk.pot.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(EntryMade::of(put))
}

//! Two needs that are the same: proposing that they be merged, answering, parting them.

use app::needs::merging::{self, Answer, Pair};
use axum::Json;
use axum::http::StatusCode;
use domain::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::problem::ApiError;
use crate::error::WebError;

/// Into which need another goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeIn {
    /// The number of the need that stays.
    into: i64,
    /// Why they are the same, at most 1,000 characters; may be empty.
    #[serde(default)]
    reason: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MergeMade {
    /// Whether it is done: whoever proposed it wrote the need. Else whoever did is asked, and silence counts as consent.
    done: bool,
}

/// `POST /collectives/{collective}/needs/{number}/merge`
pub(super) async fn propose(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<MergeIn>,
) -> Result<(StatusCode, Json<MergeMade>), ApiError> {
    let (tx, desk) = call.inside(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Features)?;
    let pair = Pair { collective: desk.place.collective.id, source: number, target: new.into };
    let done = merging::propose(&call.state.context, acting, pair, &new.reason)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(MergeMade { done })))
}

/// `POST /collectives/{collective}/needs/{number}/merge/{answer}`
pub(super) async fn answer(
    call: Call,
    At((slug, number, answer)): At<(String, i64, String)>,
) -> Result<StatusCode, ApiError> {
    let answer = Answer::parse(&answer).filter(|answer| *answer != Answer::Part).ok_or(WebError::NotFound)?;
    say(&call, &slug, number, answer, Scope::Features).await
}

/// `POST /collectives/{collective}/needs/{number}/merge/part`
pub(super) async fn part(call: Call, At((slug, number)): At<(String, i64)>) -> Result<StatusCode, ApiError> {
    say(&call, &slug, number, Answer::Part, Scope::Steward).await
}

async fn say(
    call: &Call,
    slug: &str,
    number: i64,
    answer: Answer,
    scope: Scope,
) -> Result<StatusCode, ApiError> {
    let (tx, desk) = call.inside(slug).await?;
    drop(tx);
    let acting = call.acts(&desk, scope)?;
    merging::answer(&call.state.context, acting, desk.place.collective.id, number, answer)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

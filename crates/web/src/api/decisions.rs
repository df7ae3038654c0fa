//! What the collective decided elsewhere, written down so that postings can point at it.

use app::decisions::{NewDecision, record as record_decision};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{DecisionId, OrganisationId};
use domain::tokens::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::decisions::DecisionRow;
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::parts::{Listed, Paging, listed};
use super::problem::ApiError;
use crate::error::WebError;

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionOut {
    #[schema(value_type = Uuid)]
    id: DecisionId,
    /// From 1, without gap.
    number: i64,
    title: String,
    /// What was decided, in Markdown.
    outcome: String,
    #[schema(value_type = String, format = Date)]
    decided_on: Date,
    /// The organisation whose departure it decides.
    #[schema(value_type = Option<Uuid>)]
    departs: Option<OrganisationId>,
    /// `informal` where it was taken elsewhere.
    method: String,
    /// Whether a program recorded it, by a token: no departure and no early close rests on it while another person could
    /// decide.
    by_token: bool,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Timestamp,
}

impl From<DecisionRow> for DecisionOut {
    fn from(row: DecisionRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            title: row.title,
            outcome: row.outcome,
            decided_on: row.decided_on,
            departs: row.departs,
            method: row.method,
            by_token: row.by_token,
            recorded_at: row.created_at,
        }
    }
}

/// `GET /collectives/{collective}/decisions`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<DecisionOut>, ApiError> {
    let before: i64 = paging.after()?.unwrap_or(i64::MAX);
    let (mut tx, desk) = call.desk(&slug).await?;
    let limit = paging.limit()? + 1;
    let rows = store::decisions::list(&mut tx, desk.place.collective.id, before, limit).await?;
    listed(rows, &paging, |row| row.number.to_string(), DecisionOut::from)
}

/// `GET /collectives/{collective}/decisions/{number}`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<DecisionOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let row = store::decisions::by_number(&mut tx, desk.place.collective.id, number).await?;
    Ok(Json(row.ok_or(WebError::NotFound)?.into()))
}

/// A decision to be written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionIn {
    /// At most 160 characters.
    title: String,
    /// What was decided, who was there, how: Markdown.
    outcome: String,
    #[schema(value_type = String, format = Date)]
    decided_on: Date,
    /// The organisation whose departure it decides: an exclusion, or a departure that is paid back, rests on such a
    /// one, once. Refused by a token: a person records it on the pages.
    #[schema(value_type = Option<Uuid>)]
    departs: Option<OrganisationId>,
}

/// A decision that was written down.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionMade {
    #[schema(value_type = Uuid)]
    id: DecisionId,
    number: i64,
}

/// `POST /collectives/{collective}/decisions`
pub(super) async fn record(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<DecisionIn>,
) -> Result<(StatusCode, Json<DecisionMade>), ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Decisions)?;
    let DecisionIn { title, outcome, decided_on, departs } = new;
    let new = NewDecision { title, outcome, decided_on, departs };
    let (id, number) = record_decision(&call.state.context, acting, desk.place.collective.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(DecisionMade { id, number })))
}

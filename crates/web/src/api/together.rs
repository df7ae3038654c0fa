//! What a collective needs together.

use app::needs::together::{Sum, together};
use axum::Json;
use domain::ids::OrganisationId;
use serde::Serialize;
use utoipa::ToSchema;

use super::call::{At, Call};
use super::parts::Amount;
use super::problem::ApiError;

/// What is needed, summed over open needs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SumOut {
    /// The software; none: over the needs that name none.
    software: Option<String>,
    /// Open needs.
    needs: i64,
    /// Those of them that two organisations or more have.
    shared: i64,
    organisations: i64,
    strength: i64,
    /// Each organisation's users count once.
    users: i64,
    /// What those would put whose amounts are told: intentions.
    amount: Amount,
    /// Whether others would put something that isn't told.
    more: bool,
}

impl SumOut {
    fn of(software: Option<String>, sum: &Sum) -> Self {
        Self {
            software,
            needs: sum.needs,
            shared: sum.shared,
            organisations: i64::try_from(sum.organisations).unwrap_or(i64::MAX),
            strength: sum.strength,
            users: sum.users,
            amount: sum.amount.into(),
            more: sum.more,
        }
    }
}

/// What a collective needs together.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TogetherOut {
    /// Over all.
    all: SumOut,
    /// For each software, what most organisations need first, at most a hundred.
    software: Vec<SumOut>,
    /// How many open needs two organisations share, among those that have most.
    shared: Vec<PairOut>,
}

/// How many open needs two organisations share.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PairOut {
    #[schema(value_type = Uuid)]
    one: OrganisationId,
    #[schema(value_type = Uuid)]
    other: OrganisationId,
    needs: i64,
}

/// `GET /collectives/{collective}/needs/together`
pub(super) async fn show(call: Call, At(slug): At<String>) -> Result<Json<TogetherOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = together(&mut tx, desk.place.collective.id, &desk.sight.veil).await?;
    let id = |place: usize| found.organisations.get(place).map(|(id, _)| *id);
    let pair = |(&(one, other), needs): (&(usize, usize), &i64)| {
        Some(PairOut { one: id(one)?, other: id(other)?, needs: *needs })
    };
    Ok(Json(TogetherOut {
        all: SumOut::of(None, &found.all),
        shared: found.shared.iter().filter_map(pair).collect(),
        software: found.rows.iter().map(|row| SumOut::of(row.software.name.clone(), &row.sum)).collect(),
    }))
}

//! Collectives, their pot at a glance, their rules, decisions, activity and calendar are public; each slice has its
//! file. Here: the collectives themselves.

use app::features::lists::glance;
use axum::Json;
use domain::ids::CollectiveId;
use jiff::Timestamp;
use serde::Serialize;
use store::collectives::CollectiveRow;
use utoipa::ToSchema;

use super::call::{Asked, At, Call};
use super::parts::{Amount, CurrencyOut, Listed, Paging, listed};
use super::problem::ApiError;
use super::rounds::RoundOut;

/// A group that shares a pot.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CollectiveOut {
    #[schema(value_type = Uuid)]
    id: CollectiveId,
    /// Its name in addresses.
    slug: String,
    name: String,
    /// What it is for; may be empty.
    purpose: String,
    /// The language of its mails.
    locale: String,
    /// Its time zone: days begin and end there.
    zone: String,
    /// Whether its data is invented.
    example: bool,
    /// One more at each change.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<CollectiveRow> for CollectiveOut {
    fn from(row: CollectiveRow) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            purpose: row.purpose,
            locale: row.locale,
            zone: row.zone,
            example: row.example,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

/// `GET /collectives`
pub(super) async fn list(
    call: Call,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<CollectiveOut>, ApiError> {
    let mut tx = call.state.context.db.read().await?;
    let after: String = paging.after()?.unwrap_or_default();
    let rows = store::collectives::list(&mut tx, &after, paging.limit()? + 1).await?;
    listed(rows, &paging, |row| row.slug.clone(), CollectiveOut::from)
}

/// `GET /collectives/{collective}`
pub(super) async fn show(call: Call, At(slug): At<String>) -> Result<Json<CollectiveOut>, ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    Ok(Json(desk.place.collective.into()))
}

/// The main pot at a glance. Every amount counts money that was received.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PotOut {
    currency: CurrencyOut,
    /// Who holds the money, and when: `own`, `pledge` or `direct`.
    fund_mode: String,
    /// How many organisations are members today.
    members: i64,
    /// All that members and givers paid in, less what was reversed.
    received: Amount,
    /// What waits for the next distribution.
    to_share: Amount,
    /// What organisations have left to put on features.
    in_shares: Amount,
    /// What lies on features that are not covered yet.
    on_features: Amount,
    /// What is bound to triggered features.
    bound: Amount,
    /// The pot's own reserve.
    reserve: Amount,
    /// What lies at the bank.
    cash: Amount,
    /// The round that isn't closed.
    round: Option<RoundOut>,
    /// How many features stand in each stage.
    stages: Vec<StageOut>,
}

/// How many features stand in a stage.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StageOut {
    /// The stage or end.
    state: String,
    count: i64,
    /// What lies on them.
    amount: Amount,
}

/// `GET /collectives/{collective}/pot`
pub(super) async fn pot(call: Call, At(slug): At<String>) -> Result<Json<PotOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = glance(&mut tx, desk.pot.id, desk.place.today, &desk.sight.past).await?;
    let members = store::organisations::count(&mut tx, desk.place.collective.id, desk.place.today).await?;
    Ok(Json(PotOut {
        currency: desk.currency().into(),
        fund_mode: desk.pot.fund_mode.as_str().to_owned(),
        members,
        received: found.received.into(),
        to_share: found.places.to_share.into(),
        in_shares: found.places.in_shares.into(),
        on_features: found.places.on_features.into(),
        bound: found.places.bound.into(),
        reserve: found.places.reserve.into(),
        cash: found.places.cash.into(),
        round: desk.round.map(RoundOut::from),
        stages: found
            .states
            .iter()
            .map(|row| StageOut {
                state: row.state.as_str().to_owned(),
                count: row.count,
                amount: row.amount.into(),
            })
            .collect(),
    }))
}

//! By which ways a need could be answered.

use app::needs::{self as uses};
use axum::Json;
use axum::http::StatusCode;
use domain::needs::{ApproachEnd, ApproachKind, ApproachState, ApproachText, limits};
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::needs::approaches::ApproachRow;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::needs::{at, done, which};
use super::parts::{Amount, Entered, Listed, all_of};
use super::problem::ApiError;

/// By which way.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindName {
    /// In the software itself.
    Upstream,
    /// A plug-in.
    Plugin,
    /// A service beside it, or a bridge.
    Service,
    /// Adapt what a member already runs.
    Adapt,
    /// It exists already, at `url`.
    Existing,
    /// Documentation or translation alone.
    Documentation,
    /// Wait.
    Wait,
}

impl From<KindName> for ApproachKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Upstream => Self::Upstream,
            KindName::Plugin => Self::Plugin,
            KindName::Service => Self::Service,
            KindName::Adapt => Self::Adapt,
            KindName::Existing => Self::Existing,
            KindName::Documentation => Self::Documentation,
            KindName::Wait => Self::Wait,
        }
    }
}

/// Where an approach stands.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateName {
    /// It may be taken.
    Open,
    /// The team of the software refused it.
    Refused,
    /// Members gave it up.
    Dropped,
    /// It is there.
    Done,
}

impl From<StateName> for ApproachState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Open => Self::Open,
            StateName::Refused => Self::Refused,
            StateName::Dropped => Self::Dropped,
            StateName::Done => Self::Done,
        }
    }
}

/// An approach.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApproachOut {
    /// Its number on the need.
    number: i64,
    /// `upstream`, `plugin`, `service`, `adapt`, `existing`, `documentation` or `wait`.
    kind: String,
    title: String,
    /// Markdown.
    body: String,
    url: String,
    known_by: String,
    /// A rough price: from.
    price_from: Option<Amount>,
    /// And to.
    price_to: Option<Amount>,
    maintained_by: String,
    /// `open`, `refused`, `dropped` or `done`.
    state: String,
    state_reason: String,
    /// Where one may read why.
    evidence: Vec<String>,
    /// From 1, one more each time that it is changed.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<ApproachRow> for ApproachOut {
    fn from(row: ApproachRow) -> Self {
        Self {
            number: row.number,
            kind: row.kind.as_str().to_owned(),
            title: row.title,
            body: row.body,
            url: row.url,
            known_by: row.known_by,
            price_from: row.price_from.map(Amount::from),
            price_to: row.price_to.map(Amount::from),
            maintained_by: row.maintained_by,
            state: row.state.as_str().to_owned(),
            state_reason: row.state_reason,
            evidence: row.evidence.lines().map(str::to_owned).collect(),
            version: row.version,
            created_at: row.created_at,
        }
    }
}

/// `GET /collectives/{collective}/needs/{number}/approaches`
pub(super) async fn list(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Listed<ApproachOut>, ApiError> {
    let (_, need) = at(&call, &slug, number).await?;
    let mut tx = call.state.context.db.read().await?;
    let found = store::needs::approaches::of_need(&mut tx, need.id, limits::APPROACHES).await?;
    Ok(all_of(found.into_iter().map(ApproachOut::from).collect()))
}

/// The text of an approach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApproachIn {
    kind: KindName,
    /// One line, at most 120 characters.
    title: String,
    /// Markdown, at most 10,000 characters.
    #[serde(default)]
    body: String,
    /// Where to read on; asked for where the kind is `existing`.
    #[serde(default)]
    url: String,
    /// Who knows it, at most 200 characters.
    #[serde(default)]
    known_by: String,
    /// A rough price: from; alone, it is both.
    price_from: Option<Entered>,
    /// And to.
    price_to: Option<Entered>,
    /// Who would maintain it, at most 200 characters.
    #[serde(default)]
    maintained_by: String,
    /// The version that was seen; only when it is changed.
    version: Option<i64>,
}

impl From<ApproachIn> for ApproachText {
    fn from(new: ApproachIn) -> Self {
        let (from, to) = (new.price_from.map(|amount| amount.0), new.price_to.map(|amount| amount.0));
        Self {
            kind: new.kind.into(),
            title: new.title,
            body: new.body,
            url: new.url,
            known_by: new.known_by,
            price: from.or(to).zip(to.or(from)),
            maintained_by: new.maintained_by,
        }
    }
}

/// An approach that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApproachMade {
    /// Its number on the need.
    number: i64,
}

/// `POST /collectives/{collective}/needs/{number}/approaches`
pub(super) async fn add(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<ApproachIn>,
) -> Result<(StatusCode, Json<ApproachMade>), ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let number = uses::add_approach(&call.state.context, acting, which(&need), new.into())
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(ApproachMade { number })))
}

/// `PUT /collectives/{collective}/needs/{number}/approaches/{approach}`
pub(super) async fn edit(
    call: Call,
    At((slug, number, approach)): At<(String, i64, i64)>,
    Body(new): Body<ApproachIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let seen = (approach, new.version.unwrap_or_default());
    done(&desk, uses::edit_approach(&call.state.context, acting, which(&need), seen, new.into()).await)
}

/// Where an approach stands from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApproachEndIn {
    state: StateName,
    /// At most 1,000 characters; asked for where it is refused or dropped.
    #[serde(default)]
    reason: String,
    /// Where one may read why, at most five addresses; asked for where it is refused.
    #[serde(default)]
    evidence: Vec<String>,
}

/// `POST /collectives/{collective}/needs/{number}/approaches/{approach}/end`
pub(super) async fn end(
    call: Call,
    At((slug, number, approach)): At<(String, i64, i64)>,
    Body(new): Body<ApproachEndIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let end = ApproachEnd { state: new.state.into(), reason: new.reason, evidence: new.evidence };
    done(&desk, uses::end_approach(&call.state.context, acting, which(&need), approach, end).await)
}

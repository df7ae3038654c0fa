//! The register of software.

use app::software::{self as uses, Hosting};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{OrganisationId, SoftwareId};
use domain::software::Entry;
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::software::SoftwareRow;
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::parts::{Listed, Paging, all_of, listed};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// Organisations that a list of hosts holds.
const MOST_HOSTS: i64 = 500;

/// A software.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SoftwareOut {
    #[schema(value_type = Uuid)]
    id: SoftwareId,
    /// Its name in addresses, which follows its name.
    slug: String,
    name: String,
    website: String,
    repository: String,
    /// An SPDX expression; may be empty.
    licence: String,
    /// Markdown.
    description: String,
    roadmap: String,
    funding: String,
    maintainers: String,
    /// Whether its team wants no funded requests: no feature is opened for it.
    opted_out: bool,
    opted_out_url: String,
    /// How many member organisations say that they run it.
    hosted_by: i64,
    /// From 1, one more each time that it is changed.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<SoftwareRow> for SoftwareOut {
    fn from(row: SoftwareRow) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            website: row.website,
            repository: row.repository,
            licence: row.licence,
            description: row.description,
            roadmap: row.roadmap,
            funding: row.funding,
            maintainers: row.maintainers,
            opted_out: row.opted_out,
            opted_out_url: row.opted_out_url,
            hosted_by: row.hosted_by,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

async fn at(call: &Call, slug: &str, software: &str) -> Result<(Desk, SoftwareRow), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    let found = store::software::by_slug(&mut tx, desk.place.collective.id, software).await?;
    Ok((desk, found.ok_or(WebError::NotFound)?))
}

/// `GET /collectives/{collective}/software`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<SoftwareOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let after: String = paging.after()?.unwrap_or_default();
    let collective = desk.place.collective.id;
    let found = store::software::by_name(&mut tx, collective, &after, paging.one_more()?).await?;
    listed(found, &paging, |row| row.slug.clone(), SoftwareOut::from)
}

/// `GET /collectives/{collective}/software/{software}`
pub(super) async fn show(
    call: Call,
    At((slug, software)): At<(String, String)>,
) -> Result<Json<SoftwareOut>, ApiError> {
    Ok(Json(at(&call, &slug, &software).await?.1.into()))
}

/// What is said of a software.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SoftwareIn {
    /// At most 80 characters.
    name: String,
    #[serde(default)]
    website: String,
    #[serde(default)]
    repository: String,
    /// An SPDX expression, at most 120 characters.
    #[serde(default)]
    licence: String,
    /// Markdown, at most 20,000 characters.
    #[serde(default)]
    description: String,
    #[serde(default)]
    roadmap: String,
    #[serde(default)]
    funding: String,
    /// At most 400 characters.
    #[serde(default)]
    maintainers: String,
    /// Whether its team wants no funded requests; only a steward takes that back.
    #[serde(default)]
    opted_out: bool,
    #[serde(default)]
    opted_out_url: String,
    /// The version that was seen; only when it is changed.
    version: Option<i64>,
}

impl From<SoftwareIn> for Entry {
    fn from(new: SoftwareIn) -> Self {
        Self {
            name: new.name,
            website: new.website,
            repository: new.repository,
            licence: new.licence,
            description: new.description,
            roadmap: new.roadmap,
            funding: new.funding,
            maintainers: new.maintainers,
            opted_out: new.opted_out,
            opted_out_url: new.opted_out_url,
        }
    }
}

/// A software that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SoftwareMade {
    /// Its name in addresses.
    slug: String,
}

/// `POST /collectives/{collective}/software`
pub(super) async fn enter(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<SoftwareIn>,
) -> Result<(StatusCode, Json<SoftwareMade>), ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let slug = uses::enter(&call.state.context, acting, desk.place.collective.id, new.into())
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(SoftwareMade { slug })))
}

/// `PUT /collectives/{collective}/software/{software}`
pub(super) async fn describe(
    call: Call,
    At((slug, software)): At<(String, String)>,
    Body(new): Body<SoftwareIn>,
) -> Result<Json<SoftwareMade>, ApiError> {
    let (desk, row) = at(&call, &slug, &software).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let which = (row.id, new.version.unwrap_or_default());
    let slug = uses::describe(&call.state.context, acting, row.collective, which, new.into())
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(SoftwareMade { slug }))
}

/// An organisation that runs a software.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HostOut {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    name: String,
    /// For how many users, where it says.
    users: Option<i64>,
    url: String,
    /// When it confirmed; what was read elsewhere doesn't count before.
    #[schema(value_type = Option<String>, format = DateTime)]
    confirmed_at: Option<Timestamp>,
}

/// `GET /collectives/{collective}/software/{software}/hosts`
pub(super) async fn hosts(
    call: Call,
    At((slug, software)): At<(String, String)>,
) -> Result<Listed<HostOut>, ApiError> {
    let (_, row) = at(&call, &slug, &software).await?;
    let mut tx = call.state.context.db.read().await?;
    let found = store::software::users(&mut tx, row.id, MOST_HOSTS).await?;
    let told = found.into_iter().map(|user| HostOut {
        organisation: user.organisation,
        name: user.name,
        users: user.users,
        url: user.url,
        confirmed_at: user.confirmed_at,
    });
    Ok(all_of(told.collect()))
}

/// What an organisation says of a software that it runs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HostIn {
    /// For how many users, where it says.
    #[schema(minimum = 0, maximum = 100_000_000)]
    users: Option<i64>,
    /// Where its service is.
    #[serde(default)]
    url: String,
}

/// `PUT /collectives/{collective}/software/{software}/host`
pub(super) async fn say_hosted(
    call: Call,
    At((slug, software)): At<(String, String)>,
    Body(new): Body<HostIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, row) = at(&call, &slug, &software).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let hosting = Hosting { users: new.users, url: new.url };
    uses::say_hosted(&call.state.context, acting, row.collective, row.id, hosting)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /collectives/{collective}/software/{software}/host`
pub(super) async fn stop_hosting(
    call: Call,
    At((slug, software)): At<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (desk, row) = at(&call, &slug, &software).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    uses::stop_hosting(&call.state.context, acting, row.collective, row.id)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

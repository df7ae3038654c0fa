//! Comments on features and needs.

use app::comments::{self, On, Told, Which};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::feature_acts::at;
use super::parts::{Listed, Paging, listed};
use super::problem::ApiError;
use crate::place::Desk;

/// A comment on a feature or a need.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentOut {
    /// Its number there, from 1.
    number: i64,
    /// Who wrote it, for members; none for others.
    author_name: Option<String>,
    #[schema(value_type = Option<Uuid>)]
    organisation: Option<OrganisationId>,
    organisation_name: Option<String>,
    /// Markdown; empty where it is hidden.
    body: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    edited_at: Option<Timestamp>,
    /// From 1, one more each time that it is changed.
    version: i64,
    #[schema(value_type = Option<String>, format = DateTime)]
    hidden_at: Option<Timestamp>,
    /// Why it is hidden; empty where its author took it back without a word.
    hidden_reason: String,
}

impl CommentOut {
    fn of(told: Told, desk: &Desk) -> Self {
        let row = told.row;
        Self {
            number: row.number,
            author_name: desk.is_member().then_some(row.author_name),
            organisation: row.organisation,
            organisation_name: row.organisation_name,
            body: row.body,
            created_at: row.created_at,
            edited_at: row.edited_at,
            version: row.version,
            hidden_at: row.hidden_at,
            hidden_reason: row.hidden_reason,
        }
    }
}

/// What is commented on: the lists of things that are.
#[derive(Clone, Copy)]
enum Part {
    Features,
    Needs,
}

/// The desk, and the thing of that number. Errors: not found.
async fn subject(call: &Call, part: Part, (slug, number): (&str, i64)) -> Result<(Desk, On), ApiError> {
    match part {
        Part::Features => {
            let (desk, feature) = at(call, slug, number).await?;
            Ok((desk, feature.into()))
        }
        Part::Needs => {
            let (desk, need) = super::needs::at(call, slug, number).await?;
            Ok((desk, need.id.into()))
        }
    }
}

/// `GET /collectives/{collective}/features/{number}/comments`
pub(super) async fn list(
    call: Call,
    At(path): At<(String, i64)>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<CommentOut>, ApiError> {
    listed_of(&call, Part::Features, path, &paging).await
}

/// `GET /collectives/{collective}/needs/{number}/comments`
pub(super) async fn list_of_need(
    call: Call,
    At(path): At<(String, i64)>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<CommentOut>, ApiError> {
    listed_of(&call, Part::Needs, path, &paging).await
}

async fn listed_of(
    call: &Call,
    part: Part,
    (slug, number): (String, i64),
    paging: &Paging,
) -> Result<Listed<CommentOut>, ApiError> {
    let after: i64 = paging.after()?.unwrap_or(0);
    let (desk, on) = subject(call, part, (&slug, number)).await?;
    let mut tx = call.state.context.db.read().await?;
    let found = comments::list(&mut tx, on, None, after, paging.one_more()?).await?;
    drop(tx);
    listed(found, paging, |told| told.row.number.to_string(), |told| CommentOut::of(told, &desk))
}

/// A comment to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentIn {
    /// Markdown, at most 10,000 characters.
    body: String,
}

/// A comment that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentMade {
    /// Its number there.
    number: i64,
}

/// `POST /collectives/{collective}/features/{number}/comments`
pub(super) async fn post(
    call: Call,
    At(path): At<(String, i64)>,
    Body(new): Body<CommentIn>,
) -> Result<(StatusCode, Json<CommentMade>), ApiError> {
    posted(&call, Part::Features, path, &new).await
}

/// `POST /collectives/{collective}/needs/{number}/comments`
pub(super) async fn post_on_need(
    call: Call,
    At(path): At<(String, i64)>,
    Body(new): Body<CommentIn>,
) -> Result<(StatusCode, Json<CommentMade>), ApiError> {
    posted(&call, Part::Needs, path, &new).await
}

async fn posted(
    call: &Call,
    part: Part,
    (slug, number): (String, i64),
    new: &CommentIn,
) -> Result<(StatusCode, Json<CommentMade>), ApiError> {
    let (desk, on) = subject(call, part, (&slug, number)).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let collective = desk.place.collective.id;
    let number = comments::post(&call.state.context, acting, collective, on, &new.body)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(CommentMade { number })))
}

/// The next text of a comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentChange {
    /// Markdown, at most 10,000 characters.
    body: String,
    /// The version that was seen.
    version: i64,
}

/// The collective, the number of what is commented on, that of the comment.
type Path = (String, i64, i64);

async fn which(call: &Call, part: Part, (slug, number, comment): Path) -> Result<(Desk, Which), ApiError> {
    let (desk, on) = subject(call, part, (&slug, number)).await?;
    let which = Which { collective: desk.place.collective.id, on, number: comment };
    Ok((desk, which))
}

/// `PUT /collectives/{collective}/features/{number}/comments/{comment}`
pub(super) async fn edit(
    call: Call,
    At(path): At<Path>,
    Body(new): Body<CommentChange>,
) -> Result<StatusCode, ApiError> {
    edited(&call, Part::Features, path, &new).await
}

/// `PUT /collectives/{collective}/needs/{number}/comments/{comment}`
pub(super) async fn edit_of_need(
    call: Call,
    At(path): At<Path>,
    Body(new): Body<CommentChange>,
) -> Result<StatusCode, ApiError> {
    edited(&call, Part::Needs, path, &new).await
}

async fn edited(call: &Call, part: Part, path: Path, new: &CommentChange) -> Result<StatusCode, ApiError> {
    let (desk, which) = which(call, part, path).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    comments::edit(&call.state.context, acting, which, new.version, &new.body)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why a comment is hidden.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HideIn {
    /// Read by everybody, at most 1,000 characters; may be empty for one's own.
    #[serde(default)]
    reason: String,
}

/// `POST /collectives/{collective}/features/{number}/comments/{comment}/hide`
pub(super) async fn hide(
    call: Call,
    At(path): At<Path>,
    Body(new): Body<HideIn>,
) -> Result<StatusCode, ApiError> {
    moderated(&call, Part::Features, path, Some(&new.reason)).await
}

/// `POST /collectives/{collective}/needs/{number}/comments/{comment}/hide`
pub(super) async fn hide_of_need(
    call: Call,
    At(path): At<Path>,
    Body(new): Body<HideIn>,
) -> Result<StatusCode, ApiError> {
    moderated(&call, Part::Needs, path, Some(&new.reason)).await
}

/// `POST /collectives/{collective}/features/{number}/comments/{comment}/show`
pub(super) async fn show(call: Call, At(path): At<Path>) -> Result<StatusCode, ApiError> {
    moderated(&call, Part::Features, path, None).await
}

/// `POST /collectives/{collective}/needs/{number}/comments/{comment}/show`
pub(super) async fn show_of_need(call: Call, At(path): At<Path>) -> Result<StatusCode, ApiError> {
    moderated(&call, Part::Needs, path, None).await
}

/// Hides a comment for a reason; without one, shows it again.
async fn moderated(
    call: &Call,
    part: Part,
    path: Path,
    reason: Option<&str>,
) -> Result<StatusCode, ApiError> {
    let (desk, which) = which(call, part, path).await?;
    let (acting, context) = (call.acts(&desk, Scope::Features)?, &call.state.context);
    match reason {
        Some(reason) => comments::hide(context, acting, which, reason).await,
        None => comments::show(context, acting, which).await,
    }
    .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

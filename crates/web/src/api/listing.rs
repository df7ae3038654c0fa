//! What hosters publish of what they run, and what a software says of itself in a file.

use app::chatonsinfos::{self, Answer, Outcome};
use app::descriptors::{read, read_at};
use axum::Json;
use axum::http::StatusCode;
use domain::actor::Action;
use domain::descriptors::Prefill;
use domain::ids::SoftwareId;
use domain::input::FieldRule;
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::parts::{Listed, all_of};
use super::problem::ApiError;
use crate::error::WebError;

/// Most organisations that are told.
const MOST: i64 = 1_000;

/// An organisation as a file elsewhere lists it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ListedOut {
    name: String,
    /// Its site; may be empty.
    website: String,
    description: String,
    /// The member that it is taken for: its name in addresses.
    member: Option<String>,
    /// How many software it is said to run.
    services: i64,
}

/// `GET /collectives/{collective}/listed`
pub(super) async fn list(call: Call, At(slug): At<String>) -> Result<Listed<ListedOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let rows = store::listed::shown(&mut tx, desk.place.collective.id, MOST).await?;
    let out = rows.into_iter().map(|row| ListedOut {
        name: row.name,
        website: row.website,
        description: row.description,
        member: row.member,
        services: row.services,
    });
    Ok(all_of(out.collect()))
}

/// A file that could not be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TroubleOut {
    /// Its address.
    file: String,
    /// `unreachable`, `not_there`, `too_large`, `not_allowed`, `other_class`, `no_name`, `too_many`.
    why: String,
}

/// The last reading of a federation's files.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReadingOut {
    /// The address or folder.
    source: String,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// When it was over; none while it goes on.
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Timestamp>,
    files: usize,
    organisations: usize,
    members: usize,
    services: usize,
    /// How many rows were written: none where nothing had changed.
    changed: usize,
    troubles: Vec<TroubleOut>,
    /// Whether nothing could be written.
    failed: bool,
}

/// `GET /collectives/{collective}/listed/reading`
pub(super) async fn reading(call: Call, At(slug): At<String>) -> Result<Json<ReadingOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    call.acts(&desk, Scope::Members)?;
    if !desk.may(Action::InviteMembers, None) {
        return Err(WebError::Forbidden.into());
    }
    let row = store::listed::listing(&mut tx, desk.place.collective.id).await?;
    let row = row.ok_or(WebError::NotFound)?;
    let outcome: Outcome = serde_json::from_str(&row.outcome).unwrap_or_default();
    let imported = outcome.imported;
    Ok(Json(ReadingOut {
        source: row.source,
        asked_at: row.asked_at,
        done_at: row.done_at,
        files: outcome.files,
        organisations: imported.organisations,
        members: imported.members,
        services: imported.services,
        changed: imported.changed,
        troubles: outcome.troubles.into_iter().map(|(file, why)| TroubleOut { file, why }).collect(),
        failed: outcome.failed.is_some(),
    }))
}

/// Where files are read from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingIn {
    /// The address of a federation's file, or of one organisation's.
    url: String,
}

/// `POST /collectives/{collective}/listed/reading`
pub(super) async fn begin(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<ReadingIn>,
) -> Result<StatusCode, ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Members)?;
    chatonsinfos::begin(&call.state.context, acting, desk.place.collective.id, &new.url)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an organisation answers to what was read of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerIn {
    /// Which software; none: all that awaits an answer.
    #[schema(value_type = Option<Uuid>)]
    software: Option<SoftwareId>,
    /// Whether the organisation runs it.
    runs: bool,
}

/// `POST /collectives/{collective}/members/{member}/software/answer`
pub(super) async fn answer(
    call: Call,
    At((slug, member)): At<(String, String)>,
    Body(new): Body<AnswerIn>,
) -> Result<StatusCode, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let collective = desk.place.collective.id;
    let found = store::organisations::member_by_slug(&mut tx, collective, &member).await?;
    let organisation = found.ok_or(WebError::NotFound)?.id;
    drop(tx);
    let said = if new.runs { Answer::Confirms } else { Answer::Denies };
    chatonsinfos::answer(&call.state.context, acting, collective, organisation, new.software, said)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file by which a software describes itself: `publiccode.yml`, `funding.json` (v1), `.github/FUNDING.yml`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DescriptionIn {
    /// Its address; or its text.
    url: Option<String>,
    /// At most 256 KiB.
    text: Option<String>,
}

/// A field of the file that was left out.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RemarkOut {
    /// As the file names it.
    field: String,
    /// The rule that it breaks, in words.
    why: String,
}

/// What the file says. Nothing is saved.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DescriptionOut {
    /// `publiccode.yml`, `funding.json`, `FUNDING.yml`.
    kind: &'static str,
    name: String,
    website: String,
    repository: String,
    /// An SPDX expression, as the file writes it.
    licence: String,
    description_fr: String,
    description_en: String,
    roadmap: String,
    funding: Vec<String>,
    maintainers: Vec<String>,
    remarks: Vec<RemarkOut>,
}

/// `POST /collectives/{collective}/software-descriptions`
pub(super) async fn describe(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<DescriptionIn>,
) -> Result<Json<DescriptionOut>, ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    call.acts(&desk, Scope::Features)?;
    if !desk.may(Action::DescribeSoftware, None) {
        return Err(WebError::Forbidden.into());
    }
    let said = match (&new.url, &new.text) {
        (Some(url), None) => read_at(&call.state.context, url).await,
        (None, Some(text)) => read(text.as_bytes()),
        _ => return Err(ApiError::field("url", FieldRule::Missing)),
    };
    let said: Prefill = said.map_err(|failure| ApiError::of(failure, desk.currency()))?;
    let t = call.t;
    let remarks = said
        .remarks
        .into_iter()
        .map(|remark| RemarkOut { field: remark.field, why: t.field_rule(&remark.rule, desk.currency()) });
    Ok(Json(DescriptionOut {
        kind: said.kind.as_str(),
        name: said.name,
        website: said.website,
        repository: said.repository,
        licence: said.licence,
        description_fr: said.description_fr,
        description_en: said.description_en,
        roadmap: said.roadmap,
        funding: said.funding,
        maintainers: said.maintainers,
        remarks: remarks.collect(),
    }))
}

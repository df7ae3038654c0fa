//! Searching, and needs that are like one that somebody writes.

use app::search::{Asked as Wanted, Eyes, Hit, Similar, find, similar};
use domain::input::FieldRule;
use domain::search::{Kind, Marked, Text, limits};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{Asked, At, Call};
use super::parts::{Listed, all_of};
use super::problem::ApiError;
use crate::search::href;

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundOut {
    id: Uuid,
    /// `need`, `feature`, `software`, `comment` or `ad`.
    kind: String,
    /// Its number in the collective, or on what a comment is on; 0 where it has none.
    number: i64,
    /// Its title; a comment has that of what it is on.
    title: String,
    /// A piece of its text.
    excerpt: String,
    /// The software; may be empty.
    software: String,
    /// Its page, below the address of the instance.
    path: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    written_at: Timestamp,
}

fn plain(parts: &Marked) -> String {
    parts.iter().map(|(_, text)| text.as_str()).collect()
}

fn found_out(call: &Call, slug: &str, hit: &Hit) -> FoundOut {
    FoundOut {
        id: hit.row.subject,
        kind: hit.row.kind.as_str().to_owned(),
        number: hit.row.number,
        title: hit.row.title.clone(),
        excerpt: plain(&hit.excerpt.parts),
        software: hit.row.software.clone(),
        path: href(&call.state.paths, slug, hit),
        written_at: hit.row.at,
    }
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    #[serde(default)]
    q: String,
    kind: Option<String>,
}

/// `GET /collectives/{collective}/search`
pub(super) async fn search(
    call: Call,
    At(slug): At<String>,
    Asked(words): Asked<Words>,
) -> Result<Listed<FoundOut>, ApiError> {
    let kind = match words.kind.as_deref() {
        None | Some("") => None,
        Some(name) => Some(Kind::parse(name).ok_or_else(|| ApiError::field("kind", FieldRule::NotAChoice))?),
    };
    let (mut tx, desk) = call.desk(&slug).await?;
    let wanted = Wanted { typed: words.q, kind, page: 0 };
    let eyes = if desk.is_member() { Eyes::Members } else { Eyes::Strangers };
    let found = find(&mut tx, Some(desk.place.collective.id), eyes, &wanted).await?;
    Ok(all_of(found.hits.iter().map(|hit| found_out(&call, &slug, hit)).collect()))
}

/// A need that somebody writes.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Draft {
    #[serde(default)]
    title: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    software: String,
    #[serde(default)]
    link: String,
}

/// A need that is like one that somebody writes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SimilarOut {
    /// The need.
    need: FoundOut,
    /// How like, from 0 to 100.
    percent: i64,
    /// Whether both name the same issue elsewhere: then they are the same.
    same_link: bool,
}

/// `GET /collectives/{collective}/needs/similar`
pub(super) async fn like(
    call: Call,
    At(slug): At<String>,
    Asked(draft): Asked<Draft>,
) -> Result<Listed<SimilarOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let cut = |text: String| text.chars().take(limits::TEXT).collect::<String>();
    let links = if draft.link.is_empty() { Vec::new() } else { vec![draft.link] };
    let text = Text { title: cut(draft.title), body: cut(draft.why), software: cut(draft.software), links };
    let eyes = if desk.is_member() { Eyes::Members } else { Eyes::Strangers };
    let found = similar(&mut tx, desk.place.collective.id, eyes, &text, None).await?;
    let out = |one: &Similar| SimilarOut {
        need: found_out(&call, &slug, &one.hit),
        percent: one.like.percent,
        same_link: one.like.same_link,
    };
    Ok(all_of(found.iter().map(out).collect()))
}

//! The journal as files.

use app::export::{Audience, Format};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::shelf::Key;
use crate::error::WebError;
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::state::AppState;

/// `GET /c/{collective}/accounts/journal.json`: the public journal, which `popote verify --journal` checks.
pub(crate) async fn json(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    send(state, frame, slug, Format::Json, "application/json", "json").await
}

/// `GET /c/{collective}/accounts/journal.csv`
pub(crate) async fn csv(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    send(state, frame, slug, Format::Csv, "text/csv; charset=utf-8", "csv").await
}

/// `GET /c/{collective}/accounts/journal.hledger`
pub(crate) async fn hledger(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    send(state, frame, slug, Format::Hledger, "text/plain; charset=utf-8", "hledger").await
}

async fn send(
    state: AppState,
    frame: Frame,
    slug: String,
    format: Format,
    kind: &'static str,
    extension: &str,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    drop(tx);
    // The public journal is one file for everybody, so that two people can compare theirs.
    let members = desk.is_member() && format != Format::Json;
    let audience = if members { Audience::Members } else { Audience::Public };
    let key = Key { collective: desk.place.collective.id, format, audience };
    let names = (slug.as_str(), desk.pot.slug.as_str());
    let made = state.shelf.take(&state.context.db, key, desk.place.collective.version, names)?;
    let body = made.body().await?;
    let name: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-journal.{extension}\"")),
    ];
    Ok((headers, body).into_response())
}

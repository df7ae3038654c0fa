//! The journal as files.

use app::export::{Asked, Audience, Format};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

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
    let format = Format::Sheet(frame.t.locale());
    send(state, frame, slug, format, "text/csv; charset=utf-8", "csv").await
}

/// `GET /c/{collective}/accounts/journal.hledger`
pub(crate) async fn hledger(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    send(state, frame, slug, Format::Hledger, "text/plain; charset=utf-8", "hledger").await
}

/// `GET /c/{collective}/accounts/journal.beancount`
pub(crate) async fn beancount(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    send(state, frame, slug, Format::Beancount, "text/plain; charset=utf-8", "beancount").await
}

/// The journal as whoever looks may have it.
pub(crate) async fn journal(state: &AppState, desk: &Desk, format: Format) -> Result<Body, WebError> {
    let eyes = desk.sight.veil.eyes();
    let audience = match format {
        // The public journal is one file for everybody, so that two people can compare theirs.
        Format::Json => Audience::Everybody,
        _ if eyes.keeper => Audience::Keeper,
        _ if eyes.member => Audience::Member(eyes.own.clone()),
        _ => Audience::Everybody,
    };
    let (pot, at) = (desk.pot.slug.clone(), Some(desk.place.now));
    let asked = Asked { collective: desk.slug().to_owned(), pot, format, audience, at };
    let made = state.shelf.take(&state.context.db, desk.place.edition(), asked)?;
    made.body().await
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
    let body = journal(&state, &desk, format).await?;
    let name: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-journal.{extension}\"")),
    ];
    Ok((headers, body).into_response())
}

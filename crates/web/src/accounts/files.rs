//! The journal as files, sent as they are written.

use app::Failure;
use app::export::{Audience, ExportRefusal, Format, export};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

use crate::error::WebError;
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Pieces of a file that wait to be sent.
const WAITING: usize = 4;

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
    let (sender, mut pieces) = mpsc::channel(WAITING);
    let (db, pot) = (state.context.db.clone(), desk.pot.slug.clone());
    let collective = slug.clone();
    let made = tokio::spawn(async move { export(&db, &collective, &pot, format, audience, sender).await });
    let Some(first) = pieces.recv().await else {
        return match made.await.map_err(WebError::internal)? {
            Err(Failure::Refused(ExportRefusal::TooFewHide)) => Err(WebError::Forbidden),
            Err(failure) => Err(failure.into()),
            Ok(()) => Err(WebError::NotFound),
        };
    };
    let rest = ReceiverStream::new(pieces);
    let body = tokio_stream::once(first)
        .chain(rest)
        .map(|piece| Ok::<_, std::convert::Infallible>(Bytes::from(piece)));
    let name: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-journal.{extension}\"")),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

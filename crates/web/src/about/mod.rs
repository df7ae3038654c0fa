//! What this instance is, for whoever comes by.

pub(crate) use api::show as api;
pub(crate) use well_known::chatonsinfos;

mod api;
mod well_known;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::Frame;
use crate::state::AppState;

/// « À propos de cette instance »
#[derive(Template)]
#[template(path = "about/about.html")]
struct AboutPage {
    frame: Frame,
    version: &'static str,
    source: Option<Arc<str>>,
    address: String,
}

/// `GET /about`. It says nothing that changes while the server runs, hence version 0.
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
) -> Result<Response, WebError> {
    let address = state.public_url.absolute(&state.paths.home());
    cached(&state, &headers, frame, 0, async |frame| {
        Ok(AboutPage { frame, version: env!("CARGO_PKG_VERSION"), source: state.source.clone(), address })
    })
    .await
}

//! What this instance says of itself to programs that gather what hosters run.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::chatonsinfos::{OwnFile, own_file};
use words::{Locale, Words};

use crate::state::AppState;

/// `GET /.well-known/chatonsinfos/popote.properties`: nothing of anybody, and the same for everybody.
pub(crate) async fn chatonsinfos(State(state): State<AppState>) -> Response {
    let website = state.public_url.absolute(&state.paths.home());
    let t = Words::new(Locale::default());
    let text = own_file(&OwnFile {
        name: t.brand_name(),
        description: t.about_lead(),
        website: &website,
        version: env!("CARGO_PKG_VERSION"),
        source: state.source.as_deref().unwrap_or_default(),
        written_at: state.context.now(),
    });
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, text).into_response()
}

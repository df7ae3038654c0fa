//! The guide of the API, as the page that it is: the same text as in `docs/guide`.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use words::Locale;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::Frame;
use crate::markdown::render_guide;
use crate::state::AppState;

const FRENCH: &str = include_str!("../../../../docs/guide/fr/api.md");
const ENGLISH: &str = include_str!("../../../../docs/guide/en/api.md");
/// The address of an instance in the guide.
const EXAMPLE: &str = "https://pot.example.org";

#[derive(Template)]
#[template(path = "about/api.html")]
struct ApiPage {
    frame: Frame,
    title: String,
    text: String,
}

/// `GET /about/api`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
) -> Result<Response, WebError> {
    cached(&state, &headers, frame, 0, async |frame| {
        let guide = if frame.t.locale() == Locale::Fr { FRENCH } else { ENGLISH };
        let home = state.public_url.absolute(&state.paths.under(""));
        let guide = guide.replace(EXAMPLE, home.trim_end_matches('/'));
        let (title, text) = guide.split_once('\n').unwrap_or(("", &guide));
        let title = frame.t.typography(title.trim_start_matches("# ")).into_owned();
        Ok(ApiPage { title, text: render_guide(text, frame.t, &state.paths), frame })
    })
    .await
}

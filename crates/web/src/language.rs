//! The language of the interface, chosen by a form at the foot of every page.

use axum::extract::State;
use axum::response::Response;
use words::Locale;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{see_other, set_cookie};
use crate::paths::is_local;
use crate::state::AppState;

/// A year.
const SECONDS: u32 = 31_536_000;

/// `POST /language`: keeps the language in a cookie and goes back to the page.
pub(crate) async fn choose(State(state): State<AppState>, form: FormData) -> Result<Response, WebError> {
    let locale = Locale::ALL.into_iter().find(|locale| locale.as_str() == form.field("lang"));
    let locale = locale.ok_or(WebError::BadRequest)?;
    let back = form.field("back");
    let home = state.paths.home();
    // Under a base path only that path is ours.
    let target = if is_local(back) && back.starts_with(&home) { back } else { &home };
    let mut response = see_other(target)?;
    let url = &state.public_url;
    set_cookie(response.headers_mut(), url, &url.cookie("lang"), locale.as_str(), SECONDS)?;
    Ok(response)
}

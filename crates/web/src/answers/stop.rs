//! The page of the link that stops the mail of the month, and the request that a mail program sends to it by itself.

use app::Failure;
use app::unsubscribing::{self, Reader};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use words::Words;

use super::gone;
use crate::error::WebError;
use crate::extract::{Client, FormData};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Frame, html};
use crate::limits::Attempt;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "answers/stop.html")]
struct StopPage {
    frame: Frame,
    reader: Reader,
}

const fn word(told: bool) -> &'static str {
    if told { "yes" } else { "no" }
}

impl StopPage {
    const fn t(&self) -> Words {
        self.frame.t
    }

    const fn told(&self) -> &'static str {
        word(self.reader.is_told)
    }
}

/// `GET /unsubscribe/{token}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match unsubscribing::find(&state.context, &token).await {
        Ok(reader) => html(&StopPage { frame, reader }),
        Err(failure) => refused(&state, frame, &client, failure),
    }
}

fn refused(
    state: &AppState,
    frame: Frame,
    client: &Client,
    failure: Failure<app::Never>,
) -> Result<Response, WebError> {
    if !matches!(failure, Failure::NotFound) {
        return Err(failure.into());
    }
    state.limits.check_network(Attempt::Write, client.0)?;
    gone(frame)
}

/// `POST /unsubscribe/{token}`: the field `again` takes it back. A mail program sends `List-Unsubscribe=One-Click`, and
/// is answered in one word (RFC 8058).
pub(crate) async fn choose(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let told = data.has("again", "yes");
    match unsubscribing::set(&state.context, &token, told).await {
        Ok(()) if data.has("List-Unsubscribe", "One-Click") => Ok("ok".into_response()),
        Ok(()) => {
            let here = state.paths.under(&format!("/unsubscribe/{token}"));
            see_other_saying(&here, &Flash::good(frame.t.unsubscribe_done(word(told))), &state.public_url)
        }
        Err(failure) => refused(&state, frame, &client, failure),
    }
}

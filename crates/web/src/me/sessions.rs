//! The devices where a person is signed in.

use app::sessions::{self, Ending};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use words::Words;

use super::{Tab, tabs};
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Frame, NavLink, html};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "me/sessions.html")]
struct SessionsPage {
    frame: Frame,
    tabs: Vec<NavLink>,
    lines: Vec<Line>,
}

/// A session, worded.
struct Line {
    /// The hash of its token: it names the session and opens nothing.
    key: String,
    device: String,
    since: String,
    seen: String,
    is_here: bool,
}

/// `GET /me/sessions`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let rows = sessions::list(&state.context, person.person()).await?;
    let (t, now) = (frame.t, state.context.now());
    let line = |row: store::sessions::SessionRow| Line {
        key: hex::encode(row.token_hash),
        since: t.since(row.created_at, now),
        seen: t.since(row.seen_at, now),
        is_here: row.token_hash == person.session.row.token_hash,
        device: device(t, row.agent),
    };
    let lines = rows.into_iter().map(line).collect();
    html(&SessionsPage { tabs: tabs(t, &state.paths, Tab::Sessions), lines, frame })
}

fn device(t: Words, agent: String) -> String {
    if agent.is_empty() { t.me_sessions_unknown().to_owned() } else { agent }
}

/// `POST /me/sessions/end`: ends one of one's own.
pub(crate) async fn end(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let key: [u8; 32] = hex::decode(data.field("session"))
        .ok()
        .and_then(|key| key.try_into().ok())
        .ok_or(WebError::NotFound)?;
    sessions::end(&state.context, person.person(), Ending::One(key)).await?;
    let flash = Flash::good(frame.t.me_sessions_ended());
    see_other_saying(&state.paths.mine("sessions"), &flash, &state.public_url)
}

/// `POST /me/sessions/end-others`
pub(crate) async fn end_others(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let kept = Ending::Others(person.session.row.token_hash);
    sessions::end(&state.context, person.person(), kept).await?;
    let flash = Flash::good(frame.t.me_sessions_others_ended());
    see_other_saying(&state.paths.mine("sessions"), &flash, &state.public_url)
}

//! The links that `popote demo` prints: a page with a button that signs in.

#[cfg(test)]
mod tests;

use app::demo_links;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::entry::{agent, enter};
use crate::error::WebError;
use crate::extract::Visitor;
use crate::layout::{Frame, html};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "demo/enter.html")]
struct EnterPage {
    frame: Frame,
    name: String,
}

/// `GET /demo/{token}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let name = demo_links::look(&state.context, &token).await?;
    html(&EnterPage { frame, name })
}

/// `POST /demo/{token}`
pub(crate) async fn enter_as(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let name = demo_links::look(&state.context, &token).await?;
    let entered = demo_links::enter(&state.context, &token, agent(&headers)).await?;
    enter(&state, (&visitor, &headers), &entered, &state.paths.me(), |t| t.demo_flash(name)).await
}

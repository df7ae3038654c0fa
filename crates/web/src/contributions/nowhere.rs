//! What stands where money would be recorded, in a pot that holds none.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::pot::FundMode;

use crate::error::WebError;
use crate::layout::{Frame, Section, html_with};
use crate::place::Desk;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contributions/nowhere.html")]
struct NowherePage {
    frame: Frame,
    calls_href: String,
}

/// Whether the pot holds no money: nothing comes in, and nothing is paid from it.
pub(crate) fn holds_nothing(desk: &Desk) -> bool {
    desk.pot.fund_mode == FundMode::Direct
}

/// The page that says so, instead of a form that leads nowhere.
pub(crate) fn nowhere(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    status: StatusCode,
) -> Result<Response, WebError> {
    let calls_href = state.paths.of(desk.slug(), "calls");
    html_with(status, &NowherePage { calls_href, frame: desk.frame(frame, Section::Accounts) })
}

//! What a mail leads to: its six digits, its link, and what is said where neither helps.

use app::Failure;
use app::sign_in::{self, Entered};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::Currency;
use domain::people::SignInRefusal;

use crate::entry::{agent, browser, enter, next_path};
use crate::error::WebError;
use crate::extract::{Client, FormData, Visitor};
use crate::layout::{Form, Frame, html, html_with};
use crate::limits::Attempt;
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct CodePage {
    frame: Frame,
    form: Form,
    /// The address that was typed, right after it was.
    sent_to: Option<String>,
    /// Where another address is given.
    another: String,
}

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct LinkPage {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "sign_in/closed.html")]
struct ClosedPage {
    frame: Frame,
    is_elsewhere: bool,
}

/// What follows the asking: the page that takes the code.
pub(super) fn sent(frame: Frame, email: String, next: Option<&str>) -> Result<Response, WebError> {
    let form = Form::new(frame.t, FormData::default());
    let another = next.map_or_else(|| frame.paths.sign_in(), |next| frame.paths.sign_in_then(next));
    html(&CodePage { another, frame, form, sent_to: Some(email) })
}

/// `GET /sign-in/code`
pub(crate) async fn code(frame: Frame) -> Result<Response, WebError> {
    let form = Form::new(frame.t, FormData::default());
    html(&CodePage { another: frame.paths.sign_in(), frame, form, sent_to: None })
}

/// `POST /sign-in/code`
pub(crate) async fn by_code(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    client: Client,
    headers: HeaderMap,
    data: FormData,
) -> Result<Response, WebError> {
    let browser = browser(&state, &headers);
    // The use case counts wrong codes by address; here it is by browser, and by network for all of them.
    match &browser {
        Some(secret) => {
            let account = format!("browser {}", hex::encode(secret.hash()));
            state.limits.check(Attempt::SignIn, &account, client.0)?;
        }
        None => state.limits.check_network(Attempt::SignIn, client.0)?,
    }
    let t = frame.t;
    match sign_in::enter_by_code(&state.context, data.field("code"), browser, agent(&headers)).await {
        Ok(entered) => go_in(&state, (&visitor, &headers), &entered).await,
        Err(failure) => {
            let refused = refused(failure, t, Currency::EUR, |refusal| {
                ("code".to_owned(), t.sign_in_refusal(*refusal))
            })?;
            let (status, form) = refused.form(t, data);
            html_with(status, &CodePage { another: frame.paths.sign_in(), frame, form, sent_to: None })
        }
    }
}

/// `GET /sign-in/link/{token}`: a button. It looks nothing up, so that a robot that opens it learns nothing.
pub(crate) async fn link(frame: Frame, Path(_token): Path<String>) -> Result<Response, WebError> {
    html(&LinkPage { frame })
}

/// `POST /sign-in/link/{token}`
pub(crate) async fn by_link(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    client: Client,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::SignIn, client.0)?;
    let browser = browser(&state, &headers);
    match sign_in::enter_by_link(&state.context, &token, browser, agent(&headers)).await {
        Ok(entered) => go_in(&state, (&visitor, &headers), &entered).await,
        Err(Failure::Refused(refusal)) => {
            let is_elsewhere = refusal == SignInRefusal::OtherBrowser;
            let status = if is_elsewhere { StatusCode::FORBIDDEN } else { StatusCode::GONE };
            html_with(status, &ClosedPage { frame, is_elsewhere })
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn go_in(
    state: &AppState,
    browser: (&Visitor, &HeaderMap),
    entered: &Entered,
) -> Result<Response, WebError> {
    let next = entered.next.as_deref().and_then(|next| next_path(state, next));
    let path = next.map_or_else(|| state.paths.me(), str::to_owned);
    enter(state, browser, entered, &path, |t| t.sign_in_flash().to_owned()).await
}

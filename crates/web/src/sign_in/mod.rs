//! Signing in by a mail or by a password, and signing out.

mod by_mail;
#[cfg(test)]
mod tests;

pub(crate) use by_mail::{by_code, by_link, code, link};

use app::Failure;
use app::sign_in;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::Currency;
use domain::people::Email;
use serde::Deserialize;

use crate::entry::{agent, browser, enter, keep_browser, leave, next_path};
use crate::error::WebError;
use crate::extract::{Client, FormData, Visitor};
use crate::flash::Flash;
use crate::layout::{Form, Frame, html, html_with};
use crate::limits::Attempt;
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct SignInPage {
    frame: Frame,
    form: Form,
    /// Where to go afterwards; may be empty.
    next: String,
    /// The name of whoever is signed in already.
    already: Option<String>,
    /// Whether the part about passwords is unfolded.
    by_password: bool,
}

impl SignInPage {
    fn new(frame: Frame, form: Form, next: Option<&str>) -> Self {
        let already = frame.person().map(|person| person.name().to_owned());
        let by_password = form.data().filled("address").is_some();
        Self { frame, form, next: next.unwrap_or_default().to_owned(), already, by_password }
    }
}

/// Where somebody wanted to go.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`. Whoever is signed in already is asked to prove it again.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let mut data = FormData::default();
    if let Some(person) = &visitor.0 {
        let row = app::profile::find(&state.context, person.person()).await?;
        data = FormData::of([("email", row.email)]);
    }
    let form = Form::new(frame.t, data);
    html(&SignInPage::new(frame, form, next_path(&state, &wanted.next)))
}

/// `POST /sign-in`: sends the mail. The answer is the same whether the address is known or not.
pub(crate) async fn ask(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    headers: HeaderMap,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let email = data.filled("email").unwrap_or_default();
    // Whoever is signed in proves again who they are: what others ask for in their name doesn't count against it.
    match own_key(&state, &visitor, email).await? {
        Some(person) => state.limits.check(Attempt::OwnMail, &person, client.0)?,
        None => state.limits.check(Attempt::Mail, email, client.0)?,
    }
    let next = next_path(&state, data.field("next"));
    let known = browser(&state, &headers);
    match sign_in::ask_by_mail(&state.context, email, known, next.map(str::to_owned)).await {
        Ok(secret) => {
            let email = email.to_owned();
            let mut response = by_mail::sent(frame, email, next)?;
            keep_browser(&state, &mut response, &secret)?;
            Ok(response)
        }
        Err(failure) => {
            let t = frame.t;
            let refused = refused(failure, t, Currency::EUR, |refusal| {
                ("email".to_owned(), t.sign_in_refusal(*refusal))
            })?;
            let next = next.map(str::to_owned);
            let (status, form) = refused.form(t, data);
            html_with(status, &SignInPage::new(frame, form, next.as_deref()))
        }
    }
}

/// Under what is counted that somebody signed in asks for a mail to their own address.
async fn own_key(state: &AppState, visitor: &Visitor, email: &str) -> Result<Option<String>, WebError> {
    let Some(person) = &visitor.0 else { return Ok(None) };
    let row = app::profile::find(&state.context, person.person()).await?;
    Ok((Email::key_of(email) == Email::key_of(&row.email)).then(|| person.person().to_string()))
}

/// `POST /sign-in/password`
pub(crate) async fn by_password(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    client: Client,
    headers: HeaderMap,
    data: FormData,
) -> Result<Response, WebError> {
    let email = data.filled("address").unwrap_or_default();
    state.limits.check(Attempt::SignIn, email, client.0)?;
    let t = frame.t;
    let next = next_path(&state, data.field("next")).map(str::to_owned);
    match sign_in::enter_by_password(&state.context, email, data.field("password"), agent(&headers)).await {
        Ok(entered) => {
            let path = next.unwrap_or_else(|| state.paths.me());
            enter(&state, (&visitor, &headers), &entered, &path, |t| t.sign_in_flash().to_owned()).await
        }
        Err(Failure::Refused(refusal)) => {
            let mut problems = crate::layout::Problems::default();
            problems.add("password", t.sign_in_refusal(refusal));
            let form = Form::refused(t, data, problems);
            let page = SignInPage { by_password: true, ..SignInPage::new(frame, form, next.as_deref()) };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /sign-out`
pub(crate) async fn out(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    leave(&state, &visitor, &Flash::plain(frame.t.sign_out_flash())).await
}

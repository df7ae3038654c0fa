//! What protects an account: its address and its password. Both ask for a fresh sign-in.

use app::{Failure, profile};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::NotAllowed;
use domain::people::ProfileRefusal;

use super::profile::page;
use crate::error::WebError;
use crate::extract::{Client, FormData, SignedIn, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Frame, Problems, html, html_with};
use crate::limits::Attempt;
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "me/new_email.html")]
struct NewEmailPage {
    frame: Frame,
    /// Why the link doesn't help, once it was tried.
    refusal: Option<&'static str>,
}

/// `POST /me/profile/email`: sends a link to a new address.
pub(crate) async fn ask_email(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    client: Client,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let typed = data.filled("email").unwrap_or_default().to_owned();
    state.limits.check(Attempt::Mail, &typed, client.0)?;
    match profile::ask_new_email(&state.context, &person.session, &typed).await {
        Ok(()) => {
            let flash = Flash::good(frame.t.me_email_asked());
            see_other_saying(&state.paths.mine("profile"), &flash, &state.public_url)
        }
        Err(failure) => again(&state, frame, person, data, "email", failure).await,
    }
}

/// `POST /me/profile/password`
pub(crate) async fn change_password(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let password = Some(data.field("password"));
    match profile::change_password(&state.context, &person.session, password).await {
        Ok(()) => said(&state, frame.t.me_password_changed()),
        Err(failure) => again(&state, frame, person, data, "password", failure).await,
    }
}

/// `POST /me/profile/no-password`
pub(crate) async fn remove_password(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    match profile::change_password(&state.context, &person.session, None).await {
        Ok(()) => said(&state, frame.t.me_password_removed()),
        Err(failure) => again(&state, frame, person, data, "password", failure).await,
    }
}

fn said(state: &AppState, sentence: &str) -> Result<Response, WebError> {
    see_other_saying(&state.paths.mine("profile"), &Flash::good(sentence), &state.public_url)
}

/// The settings again, with what is wrong beside the field; a sign-in that is too old is such a thing too.
async fn again(
    state: &AppState,
    frame: Frame,
    person: &SignedIn,
    data: FormData,
    field: &'static str,
    failure: Failure<ProfileRefusal>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let (status, problems) = match failure {
        Failure::NotAllowed(NotAllowed::NotFresh) => {
            let mut problems = Problems::default();
            problems.add(field, t.refusal_not_fresh());
            (StatusCode::FORBIDDEN, problems)
        }
        other => {
            let refused = refused(other, t, Currency::EUR, |refusal| {
                (field.to_owned(), t.profile_refusal(*refusal).to_owned())
            })?;
            (refused.status, refused.problems)
        }
    };
    page(state, frame, person, Some((status, data, problems))).await
}

/// `GET /me/email/{token}`: a button.
pub(crate) async fn show(
    frame: Frame,
    visitor: Visitor,
    Path(_token): Path<String>,
) -> Result<Response, WebError> {
    visitor.signed_in()?;
    html(&NewEmailPage { frame, refusal: None })
}

/// `POST /me/email/{token}`
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    match profile::confirm_new_email(&state.context, &person.session, &token).await {
        Ok(()) => said(&state, frame.t.me_email_changed()),
        Err(Failure::Refused(refusal)) => {
            let refusal = Some(frame.t.profile_refusal(refusal));
            html_with(StatusCode::GONE, &NewEmailPage { frame, refusal })
        }
        Err(failure) => Err(failure.into()),
    }
}

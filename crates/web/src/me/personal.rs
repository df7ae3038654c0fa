//! What is kept about a person: their file, and the page on which they erase themselves. Both ask for a fresh sign-in.

use app::erasing::{self, Preview};
use app::{Failure, personal};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::Currency;
use domain::actor::NotAllowed;

use super::profile::page as settings;
use super::{Tab, tabs};
use crate::entry::leave;
use crate::error::WebError;
use crate::extract::{FormData, SignedIn, Visitor};
use crate::flash::Flash;
use crate::layout::{Form, Frame, NavLink, Problems, html_with};
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "me/erase.html")]
struct ErasePage {
    frame: Frame,
    tabs: Vec<NavLink>,
    form: Form,
    email: String,
    /// What goes, beside name and address; a line each.
    ends: Vec<String>,
    /// What nobody would see to any more; a line each.
    alone: Vec<String>,
    /// Why it can't be done now; a line each.
    refusals: Vec<String>,
    /// Where to sign in again before.
    again_href: Option<String>,
}

/// `POST /me/profile/data`: one's own file.
pub(crate) async fn data(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    typed: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    match personal::own(&state.context, &person.session).await {
        Ok(file) => {
            let bytes = serde_json::to_vec_pretty(&file)
                .map_err(|error| Failure::<app::Never>::Fault(error.to_string()))?;
            let headers = [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"popote.json\""),
                (CACHE_CONTROL, "no-store"),
            ];
            Ok((headers, bytes).into_response())
        }
        Err(Failure::NotAllowed(NotAllowed::NotFresh)) => {
            let mut problems = Problems::default();
            problems.add("", frame.t.refusal_not_fresh());
            settings(&state, frame, person, Some((StatusCode::FORBIDDEN, typed, problems))).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /me/profile/erase`
pub(crate) async fn show_erase(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    page(&state, frame, person, None).await
}

async fn page(
    state: &AppState,
    frame: Frame,
    person: &SignedIn,
    refused: Option<(StatusCode, FormData, Problems)>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let preview = erasing::preview(&state.context, person.person()).await?;
    let (status, form) = match refused {
        Some((status, data, problems)) => (status, Form::refused(t, data, problems)),
        None => (StatusCode::OK, frame.form(FormData::default())),
    };
    let Preview { person: row, refusals, organisations, left_alone, roles, choices } = preview;
    let mut ends: Vec<String> =
        organisations.iter().map(|organisation| t.me_erase_mandate(organisation)).collect();
    ends.extend((roles > 0).then(|| t.me_erase_roles(roles)));
    ends.extend((choices > 0).then(|| t.me_erase_choices(choices)));
    let is_fresh = person.session.is_fresh(state.context.now());
    let path = state.paths.mine_part("profile", "erase");
    html_with(
        status,
        &ErasePage {
            tabs: tabs(t, &state.paths, Tab::Profile),
            form,
            email: row.email,
            ends,
            alone: left_alone.iter().map(|organisation| t.me_erase_alone(organisation)).collect(),
            refusals: refusals.iter().map(|refusal| t.erasing_refusal(refusal)).collect(),
            again_href: (!is_fresh).then(|| state.paths.sign_in_then(&path)),
            frame,
        },
    )
}

/// `POST /me/profile/erase`: the account is gone, and so is the session.
pub(crate) async fn erase(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    typed: FormData,
) -> Result<Response, WebError> {
    let (t, person) = (frame.t, visitor.signed_in()?);
    let texts = typed.has("texts", "yes");
    match erasing::erase_oneself(&state.context, &person.session, texts).await {
        Ok(()) => leave(&state, &visitor, &Flash::good(t.me_erase_done())).await,
        Err(Failure::NotAllowed(NotAllowed::NotFresh)) => {
            let mut problems = Problems::default();
            problems.add("", t.refusal_not_fresh());
            page(&state, frame, person, Some((StatusCode::FORBIDDEN, typed, problems))).await
        }
        Err(failure) => {
            let refused =
                refused(failure, t, Currency::EUR, |refusal| (String::new(), t.erasing_refusal(refusal)))?;
            page(&state, frame, person, Some((refused.status, typed, refused.problems))).await
        }
    }
}

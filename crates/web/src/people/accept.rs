//! Answering an invitation, by the link of its mail.

use app::Failure;
use app::invitations::{self, Accepted, Shown};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::Currency;
use domain::people::InvitationRefusal;
use jiff::tz::TimeZone;
use words::Words;

use crate::entry::{agent, enter};
use crate::error::WebError;
use crate::extract::{Client, FormData, SignedIn, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Form, Frame, html_with};
use crate::limits::Attempt;
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "people/accept.html")]
struct AcceptPage {
    frame: Frame,
    form: Form,
    shown: Shown,
    kind: String,
    kind_hint: String,
    until: String,
    decline_href: String,
}

#[derive(Template)]
#[template(path = "people/gone.html")]
struct GonePage {
    frame: Frame,
}

/// `GET /invitation/{token}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match invitations::find(&state.context, &token).await {
        Ok(shown) => {
            let form = Form::new(frame.t, FormData::default());
            page(&state, frame, &token, shown, (StatusCode::OK, form))
        }
        Err(Failure::Refused(_)) => gone(frame),
        Err(failure) => Err(failure.into()),
    }
}

fn gone(frame: Frame) -> Result<Response, WebError> {
    html_with(StatusCode::GONE, &GonePage { frame })
}

fn page(
    state: &AppState,
    frame: Frame,
    token: &str,
    shown: Shown,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let t = frame.t;
    let kind = shown.kind.as_str();
    let page = AcceptPage {
        kind: t.people_mandate_kind(kind),
        kind_hint: t.people_mandate_kind_hint(kind),
        until: until(state, t, &shown),
        decline_href: format!("{}/decline", state.paths.invitation(token)),
        form,
        shown,
        frame,
    };
    html_with(status, &page)
}

/// The last day, in the collective's zone.
fn until(state: &AppState, t: Words, shown: &Shown) -> String {
    let zone = TimeZone::get(&shown.zone).unwrap_or(TimeZone::UTC);
    let day = |at: jiff::Timestamp| at.to_zoned_datetime(zone.clone()).date();
    t.until(day(shown.until), day(state.context.now()))
}

/// `POST /invitation/{token}`
pub(crate) async fn accept(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    client: Client,
    Path(token): Path<String>,
    headers: HeaderMap,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let t = frame.t;
    let shown = match invitations::find(&state.context, &token).await {
        Ok(shown) => shown,
        Err(Failure::Refused(_)) => return gone(frame),
        Err(failure) => return Err(failure.into()),
    };
    let answer =
        invitations::accept(&state.context, &token, data.field("name"), t.locale(), agent(&headers)).await;
    match answer {
        Ok(accepted) => accepted_by(&state, t, (&visitor, &headers), &shown, accepted).await,
        Err(Failure::Refused(InvitationRefusal::Gone)) => gone(frame),
        Err(failure) => {
            let refused = refused(failure, t, Currency::EUR, |refusal| {
                ("name".to_owned(), t.invitation_refusal(*refusal).to_owned())
            })?;
            let answer = refused.form(t, data);
            page(&state, frame, &token, shown, answer)
        }
    }
}

/// Whoever is new is signed in; whoever has an account signs in as usual.
async fn accepted_by(
    state: &AppState,
    t: Words,
    browser: (&Visitor, &HeaderMap),
    shown: &Shown,
    accepted: Accepted,
) -> Result<Response, WebError> {
    let path = state.paths.collective(&accepted.collective);
    if let Some(entered) = &accepted.entered {
        let say = |t: Words| t.people_accepted(&shown.collective, &shown.organisation);
        return enter(state, browser, entered, &path, say).await;
    }
    let (said, path) = match browser.0.0.as_ref().map(SignedIn::person) {
        Some(person) if person == accepted.person => (t.people_accepted_here(&shown.organisation), path),
        Some(_) => (t.people_accepted_known(&shown.organisation), path),
        None => (t.people_accepted_known(&shown.organisation), state.paths.sign_in_then(&path)),
    };
    let flash = Flash::good(said);
    see_other_saying(&path, &flash, &state.public_url)
}

/// `POST /invitation/{token}/decline`
pub(crate) async fn decline(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    match invitations::decline(&state.context, &token).await {
        Ok(()) => {
            let flash = Flash::plain(frame.t.people_declined());
            see_other_saying(&state.paths.home(), &flash, &state.public_url)
        }
        Err(Failure::Refused(_)) => gone(frame),
        Err(failure) => Err(failure.into()),
    }
}

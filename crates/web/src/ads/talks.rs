//! A conversation about an ad, as one of its two sides reads and continues it.

use app::ads::{By, Spoken, TalkBy, reply as say, talk as find};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::ads::AdMessage;

use super::{Visit, ZONE, refuse};
use crate::error::WebError;
use crate::extract::{Client, FormData};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Form, Frame, html_with};
use crate::limits::Attempt;
use crate::markdown::render_markdown;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "ads/talk.html")]
struct TalkPage {
    frame: Frame,
    form: Form,
    heading: String,
    lead: String,
    ad_href: String,
    /// Who wrote, when, and the text as safe HTML.
    messages: Vec<(String, String, String)>,
    address: Option<String>,
    open: bool,
}

/// The conversation of a page, with the page's own address.
struct Kept {
    by: TalkBy,
    here: String,
    visit: Visit,
    spoken: Spoken,
}

async fn open(
    state: &AppState,
    frame: &Frame,
    client: Client,
    (by, here): (TalkBy, String),
) -> Result<Kept, WebError> {
    let spoken = match find(&state.context, &by).await {
        Ok(spoken) => spoken,
        Err(failure) => {
            // Guessing links is counted.
            state.limits.check_network(Attempt::Write, client.0)?;
            return Err(failure.into());
        }
    };
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, state, frame).await?;
    Ok(Kept { by, here, visit, spoken })
}

/// By an account, on either side.
async fn signed_in(
    state: &AppState,
    frame: &Frame,
    number: i64,
    talk: i64,
) -> Result<(TalkBy, String), WebError> {
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, state, frame).await?;
    let by = TalkBy::Acting(visit.acting(frame)?, number, talk);
    Ok((by, state.paths.ad_talk(number, talk)))
}

fn page(
    state: &AppState,
    kept: Kept,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let Kept { visit, spoken, .. } = kept;
    let t = frame.t;
    let Spoken { row, talk, messages, is_poster, open } = spoken;
    let other = if is_poster { &talk.organisation_name } else { &row.organisation_name };
    let other = t.typography(other).into_owned();
    let message = |message: &AdMessage| {
        let own = message.by_poster == is_poster;
        let who = if own { t.ads_talk_you().to_owned() } else { other.clone() };
        (who, t.instant(message.created_at, &ZONE), render_markdown(&message.body, t, &state.paths))
    };
    html_with(
        status,
        &TalkPage {
            heading: t.ads_talk_title(&other),
            lead: t.ads_talk_lead(t.typography(&row.title)),
            ad_href: state.paths.ad(row.number),
            messages: messages.iter().map(message).collect(),
            address: (is_poster && talk.shows_address).then(|| t.ads_talk_address(&talk.email)),
            open,
            form,
            frame: visit.frame(frame),
        },
    )
}

fn shown(state: &AppState, kept: Kept, frame: Frame) -> Result<Response, WebError> {
    let form = frame.form(FormData::default());
    page(state, kept, frame, (StatusCode::OK, form))
}

async fn replied(state: &AppState, kept: Kept, frame: Frame, data: FormData) -> Result<Response, WebError> {
    let t = frame.t;
    match say(&state.context, kept.by.clone(), data.field("body")).await {
        Ok(()) => see_other_saying(&kept.here, &Flash::good(t.ads_talk_sent()), &state.public_url),
        Err(failure) => {
            let answer = refuse(failure, t)?.form(t, data);
            page(state, kept, frame, answer)
        }
    }
}

/// `GET /ads/{number}/talks/{talk}`
pub(crate) async fn talk(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((number, talk)): Path<(i64, i64)>,
) -> Result<Response, WebError> {
    let by = signed_in(&state, &frame, number, talk).await?;
    let kept = open(&state, &frame, client, by).await?;
    shown(&state, kept, frame)
}

/// `POST /ads/{number}/talks/{talk}`
pub(crate) async fn reply(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((number, talk)): Path<(i64, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let by = signed_in(&state, &frame, number, talk).await?;
    let kept = open(&state, &frame, client, by).await?;
    replied(&state, kept, frame, data).await
}

fn of_link(state: &AppState, token: &str) -> (TalkBy, String) {
    (TalkBy::Link(token.to_owned()), state.paths.ad_talk_kept(token))
}

/// `GET /ad-talk/{token}`
pub(crate) async fn talk_by_link(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let by = of_link(&state, &token);
    let kept = open(&state, &frame, client, by).await?;
    shown(&state, kept, frame)
}

/// `POST /ad-talk/{token}`
pub(crate) async fn reply_by_link(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let by = of_link(&state, &token);
    let kept = open(&state, &frame, client, by).await?;
    replied(&state, kept, frame, data).await
}

fn of_poster(state: &AppState, token: &str, talk: i64) -> (TalkBy, String) {
    let here = format!("{}/talks/{talk}", state.paths.ad_kept(token));
    (TalkBy::Poster(By::Link(token.to_owned()), talk), here)
}

/// `GET /ad/{token}/talks/{talk}`
pub(crate) async fn poster_talk(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((token, talk)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let by = of_poster(&state, &token, talk);
    let kept = open(&state, &frame, client, by).await?;
    shown(&state, kept, frame)
}

/// `POST /ad/{token}/talks/{talk}`
pub(crate) async fn reply_as_poster(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((token, talk)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let by = of_poster(&state, &token, talk);
    let kept = open(&state, &frame, client, by).await?;
    replied(&state, kept, frame, data).await
}

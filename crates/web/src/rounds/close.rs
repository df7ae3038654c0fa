//! Closing a round before its last day, by a decision of the collective.

use app::closings::close_round_early;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::rounds::{RoundRefusal, RoundState};
use store::rounds::Round;

use crate::decisions::{choices, decided};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "rounds/close.html")]
struct ClosePage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    decisions: Vec<(String, String)>,
}

/// `GET /c/{collective}/rounds/{number}/close`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, round) = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::default());
    page(&state, &desk, frame, &round, StatusCode::OK, form).await
}

/// `POST /c/{collective}/rounds/{number}/close`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    mut data: FormData,
) -> Result<Response, WebError> {
    let (desk, round) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let refusal = match decided(&state, &desk, &frame, &mut data).await? {
        Err(refusal) => refusal,
        Ok(decision) => {
            match close_round_early(&state.context, desk.acting(&frame)?, round.id, decision).await {
                Ok(report) => {
                    let path = state.paths.one(&slug, "rounds", number);
                    let said = Flash::good(t.rounds_closed(t.money(report.returned, currency)));
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => {
                    let say = |refusal: &RoundRefusal| ("title".to_owned(), t.round_refusal(refusal));
                    refused(failure, t, currency, say)?
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &round, status, form).await
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Round), WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::signed_in(&mut tx, place, frame).await?;
    if !desk.may(Action::CloseRound, None) {
        return Err(WebError::Forbidden);
    }
    let round = store::rounds::by_number(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    if round.state == RoundState::Closed {
        return Err(WebError::NotFound);
    }
    Ok((desk, round))
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    round: &Round,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let t = frame.t;
    let decisions = choices(&mut tx, desk, t).await?;
    drop(tx);
    let heading = t.rounds_close_heading(round.number);
    html_with(
        status,
        &ClosePage {
            crumbs: Crumbs {
                t,
                above: vec![(
                    state.paths.one(desk.slug(), "rounds", round.number),
                    t.rounds_name_of(round.name.as_str(), round.number),
                )],
                here: heading.clone(),
            },
            form,
            heading,
            decisions,
            frame: desk.frame(frame, Section::Round),
        },
    )
}

//! Closing a round before its last day, by a decision of the collective.

use app::Failure;
use app::closings::{RoundReport, close_round_as_seen, is_own_word, may_close, waits_for_terms};
use app::decisions::Usable;
use app::rounds::closing::if_closed;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::decisions::DecisionRefusal;
use domain::rounds::{RoundRefusal, RoundState};
use store::decisions::DecisionRow;
use store::rounds::Round;

use super::confirm::CONFIRMED;
use super::ending::Ending;
use crate::decisions::{choices, decided, usable, would_decide};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::Desk;
use crate::reading::{Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "rounds/close.html")]
struct ClosePage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    ending: Ending,
    decisions: Vec<(String, String)>,
    /// Who must have written the decision down, where that is somebody else.
    writers: Option<String>,
    /// Why it can't be ended yet, if so.
    waits: Option<String>,
    /// By which decision, where all that is left is to confirm.
    confirms: Option<String>,
    /// What was typed, sent again by the button.
    fields: Vec<(String, String)>,
    back_href: String,
}

/// `GET /c/{collective}/rounds/{number}/close`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, round) = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::of([("decided_on", desk.place.today.to_string())]));
    page(&state, &desk, frame, &round, StatusCode::OK, form, None).await
}

/// `POST /c/{collective}/rounds/{number}/close`: first by which decision; then, its effect seen, the close.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, round) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let fits = |day| may_close(&round, day);
    let would = would_decide(&mut state.context.db.read().await?, &desk, t, &data, fits).await?;
    let title = match would {
        Ok(title) => title,
        Err(refusal) => {
            let (status, form) = refusal.form(t, data);
            return page(&state, &desk, frame, &round, status, form, None).await;
        }
    };
    // Said before anything is written down.
    let own = frame.person().ok_or(WebError::SignIn)?.session.row.person;
    let chosen = data.filled("decision").and_then(|id| id.parse().ok());
    let mut tx = state.context.db.read().await?;
    if is_own_word(&mut tx, &desk.place.collective, own, chosen, desk.place.now).await? {
        drop(tx);
        let mut problems = Problems::default();
        problems.add("decision", t.round_refusal(&DecisionRefusal::ByOnePerson.into()));
        let (status, form) = Refused::unreadable(problems).form(t, data);
        return page(&state, &desk, frame, &round, status, form, None).await;
    }
    drop(tx);
    let by = t.rounds_close_by(t.typography(&title));
    if !data.has(CONFIRMED, "yes") {
        let form = Form::new(t, data);
        return page(&state, &desk, frame, &round, StatusCode::OK, form, Some(by)).await;
    }
    let refusal = match decided(&desk, t, &data) {
        Err(refusal) => refusal,
        Ok(decision) => {
            let (acting, seen) = (desk.acting(&frame)?, data.field("seen"));
            match close_round_as_seen(&state.context, acting, round.id, decision, seen).await {
                Ok(report) => {
                    let path = state.paths.one(&slug, "rounds", number);
                    let said = match report {
                        RoundReport { lapsed, .. } if lapsed.is_positive() => {
                            t.rounds_closed_lapsed(t.money(lapsed, currency))
                        }
                        RoundReport { returned, to_funds, .. } if returned > to_funds => {
                            t.rounds_closed(t.money(returned.less(to_funds), currency))
                        }
                        _ => t.rounds_closed_plain().to_owned(),
                    };
                    let said = Flash::good(said);
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => {
                    let changed = matches!(failure, Failure::Refused(RoundRefusal::Changed));
                    let say = |refusal: &RoundRefusal| {
                        let field = match refusal {
                            RoundRefusal::Decision(_) => "decision",
                            _ => "seen",
                        };
                        (field.to_owned(), t.round_refusal(refusal))
                    };
                    let mut refusal = refused(failure, t, currency, say)?;
                    if changed {
                        refusal.status = StatusCode::CONFLICT;
                    }
                    refusal
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &round, status, form, Some(by)).await
}

/// The open round that the visitor may close early by a decision on which their acts may rest, with the address where.
pub(crate) fn goes_on_by(state: &AppState, desk: &Desk, decision: &DecisionRow) -> Option<(i64, String)> {
    let round = desk.round.as_ref().filter(|round| round.state != RoundState::Closed)?;
    let fits = desk.may(Action::CloseRound, None) && may_close(round, decision.decided_on).is_ok();
    fits.then(|| (round.number, state.paths.part(desk.slug(), "rounds", round.number, "close")))
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Round), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
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
    confirms: Option<String>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let t = frame.t;
    let Usable { mut decisions, writers } = usable(&mut tx, desk, &frame).await?;
    decisions.retain(|row| may_close(round, row.decided_on).is_ok());
    let decisions = choices(&decisions, t);
    let preview = if_closed(&mut tx, &desk.pot, round).await?;
    let ending = Ending::of(&mut tx, desk, t, &preview).await?;
    let waits = waits_for_terms(&mut tx, round.id, desk.place.today).await?;
    drop(tx);
    let typed = ["decision", "title", "decided_on", "outcome"]
        .map(|name| (name.to_owned(), form.data().field(name).to_owned()));
    let back_href = state.paths.one(desk.slug(), "rounds", round.number);
    let heading = t.rounds_close_heading(round.number);
    html_with(
        status,
        &ClosePage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), t.rounds_name_of(round.name.as_str(), round.number))],
                here: heading.clone(),
            },
            form,
            heading,
            decisions,
            writers: (!writers.is_empty()).then(|| {
                let address = state.public_url.absolute(&state.paths.one(desk.slug(), "decisions", "new"));
                t.rounds_close_two(address, writers.join(", "))
            }),
            ending,
            waits: waits.map(|until| t.round_refusal(&RoundRefusal::TermsOpen(until))),
            confirms,
            fields: typed.into(),
            back_href,
            frame: desk.frame(frame, Section::Round),
        },
    )
}

//! The pages of the links in the mail of the month: what is asked, as it stands now, with one button. Looking changes
//! nothing: a scanner of mails that follows every link presses nothing.

pub(crate) mod stop;
#[cfg(test)]
mod tests;

use app::Failure;
use app::answers::{self, Act, Question, Stand};
use app::awaiting::{ToDo, say};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use words::Words;

use crate::error::WebError;
use crate::extract::{Client, FormData};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Frame, html, html_with};
use crate::limits::Attempt;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "answers/page.html")]
struct AnswerPage {
    frame: Frame,
    title: String,
    lead: String,
    /// The name of the act, and the words of its button.
    ask: Option<(&'static str, String)>,
    /// What answering does, or what can be done elsewhere.
    then: String,
    href: String,
    whose: String,
    refusal: Option<String>,
}

const fn name_of(act: Act) -> &'static str {
    match act {
        Act::SayPaid => "say_paid",
        Act::ConfirmReceived => "confirm_received",
    }
}

/// `GET /answer/{token}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let Some(question) = found(&state, &client, &token).await? else {
        return gone(frame);
    };
    html(&page(&state, frame, &question, None))
}

/// The link, if there is one; guessing is counted.
async fn found(state: &AppState, client: &Client, token: &str) -> Result<Option<Question>, WebError> {
    match answers::find(&state.context, token).await {
        Ok(question) => Ok(Some(question)),
        Err(Failure::NotFound) => {
            state.limits.check_network(Attempt::Write, client.0)?;
            Ok(None)
        }
        Err(failure) => Err(WebError::from(failure)),
    }
}

fn page(state: &AppState, frame: Frame, question: &Question, refusal: Option<String>) -> AnswerPage {
    let t = frame.t;
    let ask = match question.stand {
        Stand::Asks(act) => Some((name_of(act), t.answer_button(name_of(act)))),
        _ => None,
    };
    let (title, lead) = match &question.todo {
        Some(todo) => waiting(t, question, todo),
        None => (t.answer_over(became(&question.stand)), question.collective.name.clone()),
    };
    AnswerPage {
        title,
        lead,
        ask,
        then: then(t, question),
        href: state.paths.under(&question.path),
        whose: t.answer_whose(&question.person.name),
        refusal,
        frame,
    }
}

fn waiting(t: Words, question: &Question, todo: &ToDo) -> (String, String) {
    let said = say(t, todo, question.today);
    (said.what, said.why)
}

/// What became of what waits no more, as its sentence is chosen by.
const fn became(stand: &Stand) -> &'static str {
    match stand {
        Stand::SaidPaid => "said_paid",
        Stand::Settled(state) => state.as_str(),
        Stand::RoundOver(_) => "round",
        Stand::Asks(_) | Stand::OnItsPage | Stand::Changed | Stand::Over => "over",
    }
}

fn then(t: Words, question: &Question) -> String {
    match question.stand {
        Stand::Asks(act) => t.answer_effect(name_of(act)),
        Stand::OnItsPage => t.answer_on_its_page().to_owned(),
        Stand::Changed => t.answer_changed().to_owned(),
        Stand::SaidPaid | Stand::Settled(_) | Stand::RoundOver(_) | Stand::Over => {
            t.answer_then(became(&question.stand))
        }
    }
}

/// `POST /answer/{token}`
pub(crate) async fn answer(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let Some(question) = found(&state, &client, &token).await? else {
        return gone(frame);
    };
    let act = [Act::SayPaid, Act::ConfirmReceived].into_iter().find(|act| name_of(*act) == data.field("act"));
    let here = state.paths.under(&format!("/answer/{token}"));
    let Some(act) = act else { return Err(WebError::BadRequest) };
    match answers::answer(&state.context, &token, act).await {
        Ok(()) => {
            let waits = matches!(question.stand, Stand::Asks(_));
            let said = if waits { frame.t.answer_done() } else { frame.t.answer_unchanged() };
            see_other_saying(&here, &Flash::good(said), &state.public_url)
        }
        Err(Failure::Refused(why)) => {
            let currency = match &question.todo {
                Some(ToDo::Task(task)) => task.currency(),
                _ => domain::Currency::EUR,
            };
            let refusal = frame.t.call_refusal(&why, currency);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&state, frame, &question, Some(refusal)))
        }
        Err(failure) => Err(WebError::from(failure)),
    }
}

#[derive(Template)]
#[template(path = "people/gone.html")]
struct GonePage {
    frame: Frame,
}

fn gone(frame: Frame) -> Result<Response, WebError> {
    html_with(StatusCode::NOT_FOUND, &GonePage { frame })
}

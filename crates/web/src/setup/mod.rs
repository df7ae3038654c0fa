//! The first run: the link that the server printed makes the first collective.

#[cfg(test)]
mod tests;

use app::Failure;
use app::setup::{self, Answers, Choices};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::Currency;
use domain::input::FieldRule;
use domain::people::SetupRefusal;
use domain::pot::FundMode;
use domain::rules::Template as Model;

use crate::entry::{agent, enter};
use crate::error::WebError;
use crate::extract::{Client, FormData, Visitor};
use crate::layout::{Form, Frame, Problems, html_with};
use crate::limits::Attempt;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "setup/setup.html")]
struct SetupPage {
    frame: Frame,
    form: Form,
    /// The rules to begin from: name, label, what it means.
    templates: Vec<(&'static str, String, String)>,
}

impl SetupPage {
    fn new(frame: Frame, form: Form) -> Self {
        let t = frame.t;
        let one = |template: &Model| {
            let name = template.as_str();
            (name, t.rules_template(name), t.rules_template_hint(name))
        };
        Self { templates: Model::ALL.iter().map(one).collect(), frame, form }
    }
}

#[derive(Template)]
#[template(path = "setup/closed.html")]
struct ClosedPage {
    frame: Frame,
    title: &'static str,
    text: &'static str,
    next: &'static str,
    is_done: bool,
}

/// `GET /setup/{token}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match setup::check_link(&state.context, &token).await {
        Ok(()) => page(StatusCode::OK, frame, FormData::of([("template", Model::Informal.as_str())])),
        Err(Failure::Refused(refusal)) => closed(frame, refusal),
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /setup/{token}`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(token): Path<String>,
    client: Client,
    headers: HeaderMap,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let t = frame.t;
    let typed = |name| data.field(name).to_owned();
    let answers = Answers {
        collective: typed("collective"),
        organisation: typed("organisation"),
        name: typed("name"),
        email: typed("email"),
    };
    // A form that names none is one of a program: it gets the usual one.
    let template = match data.filled("template") {
        None => Model::Informal,
        Some(name) => match Model::parse(name) {
            Some(template) => template,
            None => {
                let mut problems = Problems::default();
                problems.add("template", t.field_rule(&FieldRule::NotAChoice, Currency::EUR));
                let form = Form::refused(t, data, problems);
                return html_with(StatusCode::UNPROCESSABLE_ENTITY, &SetupPage::new(frame, form));
            }
        },
    };
    // Nothing chosen is what the page proposes.
    let fund_mode = match data.filled("fund_mode").map(FundMode::parse) {
        None => FundMode::Direct,
        Some(Some(mode)) => mode,
        Some(None) => {
            let mut reading = Reading::new(&data, t, Currency::EUR);
            reading.breaks("fund_mode", &FieldRule::NotAChoice);
            let (status, form) = Refused::unreadable(reading.problems).form(t, data);
            return html_with(status, &SetupPage::new(frame, form));
        }
    };
    let choices = Choices { locale: t.locale(), template, fund_mode, ..Choices::default() };
    match setup::set_up(&state.context, &token, &answers, choices, agent(&headers)).await {
        Ok((founded, entered)) => {
            let path = state.paths.collective(&founded.slug);
            let name = answers.collective.trim();
            enter(&state, (&visitor, &headers), &entered, &path, |t| t.setup_flash(name)).await
        }
        Err(Failure::Refused(refusal)) => closed(frame, refusal),
        Err(failure) => {
            let refused = refused(failure, t, Currency::EUR, |_| (String::new(), String::new()))?;
            let (status, form) = refused.form(t, data);
            html_with(status, &SetupPage::new(frame, form))
        }
    }
}

fn page(status: StatusCode, frame: Frame, data: FormData) -> Result<Response, WebError> {
    let proposed = FormData::of([("fund_mode", FundMode::Direct.as_str())]);
    let form = Form::new(frame.t, data.or(proposed));
    html_with(status, &SetupPage::new(frame, form))
}

/// What a link that doesn't set up says: that all is done, or where the right one is.
fn closed(frame: Frame, refusal: SetupRefusal) -> Result<Response, WebError> {
    let t = frame.t;
    let (status, title, text, next) = match refusal {
        SetupRefusal::Done => {
            (StatusCode::GONE, t.setup_done_title(), t.setup_done_text(), t.setup_done_next())
        }
        SetupRefusal::WrongLink => {
            (StatusCode::NOT_FOUND, t.setup_wrong_title(), t.setup_wrong_text(), t.setup_wrong_next())
        }
    };
    let is_done = refusal == SetupRefusal::Done;
    html_with(status, &ClosedPage { frame, title, text, next, is_done })
}

//! The page of webhooks, and its acts. A secret is shown once, when it is made.

use app::Failure;
use app::webhooks::{self, Change, NewWebhook};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::{Action, NotAllowed};
use domain::ids::WebhookId;
use domain::webhooks::{KINDS, WebhookRefusal};
use store::webhooks::WebhookRow;
use words::Words;

use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html, html_with};
use crate::place::Desk;
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "webhooks/page.html")]
struct WebhooksPage {
    frame: Frame,
    crumbs: Crumbs,
    lines: Vec<Line>,
    dead: Vec<DeadLine>,
    form: Form,
    kinds: Vec<(&'static str, String)>,
    again_href: Option<String>,
}

/// An endpoint, worded.
struct Line {
    url: String,
    kinds: String,
    state: String,
    is_bad: bool,
    enable_href: Option<String>,
    end_href: String,
}

/// A delivery that was given up, worded.
struct DeadLine {
    url: String,
    kind: String,
    when: String,
    why: String,
}

#[derive(Template)]
#[template(path = "webhooks/made.html")]
struct MadePage {
    frame: Frame,
    crumbs: Crumbs,
    secret: String,
    back: String,
}

/// `GET /c/{collective}/webhooks`, for the administration.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    let form = frame.form(FormData::default());
    page(&state, &visitor, desk, frame, (StatusCode::OK, form)).await
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let (_, desk) = Desk::inside(state, frame, slug).await?;
    if desk.may(Action::EditCollective, None) { Ok(desk) } else { Err(WebError::Forbidden) }
}

fn crumbs(state: &AppState, t: Words, desk: &Desk) -> Crumbs {
    let rules = state.paths.of(desk.slug(), "rules");
    Crumbs { t, above: vec![(rules, t.nav_rules().to_owned())], here: t.webhooks_title().to_owned() }
}

async fn page(
    state: &AppState,
    visitor: &Visitor,
    desk: Desk,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let (t, now) = (frame.t, desk.place.now);
    let (rows, dead) = webhooks::list(&state.context, desk.place.collective.id).await?;
    let path = state.paths.of(desk.slug(), "webhooks");
    let fresh = visitor.signed_in()?.session.is_fresh(now);
    let dead = dead.into_iter().map(|one| DeadLine {
        url: one.url,
        kind: one.kind,
        when: t.since(one.dead_at, now),
        why: one.last_error.unwrap_or_default(),
    });
    html_with(
        status,
        &WebhooksPage {
            crumbs: crumbs(state, t, &desk),
            lines: rows.iter().map(|row| line(state, t, &desk, row)).collect(),
            dead: dead.collect(),
            form,
            kinds: KINDS.iter().map(|kind| (*kind, t.webhooks_kind(*kind))).collect(),
            again_href: (!fresh).then(|| state.paths.sign_in_then(&path)),
            frame: desk.frame(frame, Section::Other),
        },
    )
}

fn line(state: &AppState, t: Words, desk: &Desk, row: &WebhookRow) -> Line {
    let part = |act| state.paths.part(desk.slug(), "webhooks", row.id, act);
    let now = desk.place.now;
    let said = match (row.disabled_at, row.failing_since) {
        (Some(at), _) => t.webhooks_disabled(t.since(at, now)),
        (None, Some(since)) => t.webhooks_failing(t.since(since, now)),
        (None, None) => t.webhooks_working().to_owned(),
    };
    Line {
        url: row.url.clone(),
        kinds: if row.kinds.is_empty() { t.webhooks_all().to_owned() } else { row.kinds.replace(' ', ", ") },
        state: said,
        is_bad: row.disabled_at.is_some() || row.failing_since.is_some(),
        enable_href: row.disabled_at.map(|_| part("enable")),
        end_href: part("end"),
    }
}

/// `POST /c/{collective}/webhooks`: makes an endpoint and shows its secret. The sign-in must be fresh.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    let t = frame.t;
    let kinds = data.all("kinds").map(str::to_owned).collect();
    let new = NewWebhook { url: data.field("url").to_owned(), kinds };
    let (session, acting) = (&visitor.signed_in()?.session, desk.acting(&frame)?);
    match webhooks::make(&state.context, session, acting, desk.place.collective.id, new).await {
        Ok(secret) => html(&MadePage {
            crumbs: crumbs(&state, t, &desk),
            secret,
            back: state.paths.of(&slug, "webhooks"),
            frame: desk.frame(frame, Section::Other),
        }),
        Err(failure) => {
            let (status, problems) = said(failure, t)?;
            let form = Form::refused(t, data, problems);
            page(&state, &visitor, desk, frame, (status, form)).await
        }
    }
}

fn said(failure: Failure<WebhookRefusal>, t: Words) -> Result<(StatusCode, Problems), WebError> {
    if let Failure::NotAllowed(NotAllowed::NotFresh) = failure {
        let mut problems = Problems::default();
        problems.add("url", t.refusal_not_fresh());
        return Ok((StatusCode::FORBIDDEN, problems));
    }
    let refused = refused(failure, t, Currency::EUR, |refusal| match refusal {
        WebhookRefusal::TooMany => ("url".to_owned(), t.webhooks_too_many().to_owned()),
    })?;
    Ok((refused.status, refused.problems))
}

/// `POST /c/{collective}/webhooks/{webhook}/end`
pub(crate) async fn end(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, webhook)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let said = frame.t.webhooks_ended();
    change(&state, &frame, &slug, &webhook, Change::End, said).await
}

/// `POST /c/{collective}/webhooks/{webhook}/enable`
pub(crate) async fn enable(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, webhook)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let said = frame.t.webhooks_enabled();
    change(&state, &frame, &slug, &webhook, Change::Enable, said).await
}

async fn change(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    webhook: &str,
    change: Change,
    said: &str,
) -> Result<Response, WebError> {
    let webhook: WebhookId = webhook.parse().map_err(|_| WebError::NotFound)?;
    let desk = open(state, frame, slug).await?;
    webhooks::change(&state.context, desk.acting(frame)?, desk.place.collective.id, webhook, change).await?;
    see_other_saying(&state.paths.of(slug, "webhooks"), &Flash::good(said), &state.public_url)
}

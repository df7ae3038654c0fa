//! The page of a software: what is known of it, who runs it here, what is missing in it.

use app::Failure;
use app::software::{self as uses, Hosting};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::actor::Action;
use domain::needs::NeedState;
use domain::software::SoftwareRefusal;
use serde_json::Value;
use store::needs::Which;
use store::software::{SoftwareRow, UserRow};
use words::Words;

use crate::cache::cached;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::changes::{Changes, text};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::markdown::render_markdown;
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Organisations that the page names.
const MOST_USERS: i64 = 500;
/// Needs and features that it names.
const MOST_LINES: i64 = 20;

#[derive(Template)]
#[template(path = "software/page.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    name: String,
    headline: String,
    description: String,
    /// What is known: label and text, with the address where it leads somewhere.
    facts: Vec<(&'static str, String, Option<String>)>,
    /// Where its team says that it wants no funded requests; empty where it doesn't say where.
    opted_out: Option<String>,
    edit_href: Option<String>,
    users: Vec<UserLine>,
    /// Where one's own organisation says that it runs it.
    host: Option<String>,
    /// Where it says that it stopped.
    stop: Option<String>,
    needs: Vec<(String, String, String)>,
    needs_href: String,
    write_href: Option<String>,
    changes: Option<Changes>,
}

struct UserLine {
    name: String,
    href: String,
    users: String,
    url: String,
    confirmed: bool,
}

/// A software with the desk of whoever looks.
struct Sheet {
    desk: Desk,
    row: SoftwareRow,
}

impl Sheet {
    async fn open(tx: &mut store::Tx, place: Place, frame: &Frame, software: &str) -> Result<Self, WebError> {
        let desk = Desk::open(tx, place, frame).await?;
        let row = store::software::by_slug(tx, desk.place.collective.id, software).await?;
        Ok(Self { desk, row: row.ok_or(WebError::NotFound)? })
    }

    async fn page(
        self,
        tx: &mut store::Tx,
        state: &AppState,
        frame: Frame,
        form: Option<Form>,
    ) -> Result<Page, WebError> {
        let Self { desk, row } = self;
        let (t, slug) = (frame.t, desk.slug().to_owned());
        let collective = desk.place.collective.id;
        let users = store::software::users(tx, row.id, MOST_USERS).await?;
        let which = Which { state: NeedState::Open, software: Some(row.id) };
        let needs = store::needs::ranked(tx, collective, which, MOST_LINES, 0).await?;
        let changes = uses::changes(tx, &row).await?;
        let changes = Changes::of(tx, t, &desk, &changes, |field, value| worded(t, field, value)).await?;
        let mine = desk.acting_for.and_then(|own| users.iter().find(|user| user.organisation == own));
        let form = form.unwrap_or_else(|| frame.form(first(mine)));
        let here = state.paths.one(&slug, "software", &row.slug);
        let list = state.paths.of(&slug, "needs");
        let may_host = desk.may(Action::SayHosted, None);
        let counted = users.iter().filter(|user| user.confirmed_at.is_some());
        let count: i64 = counted.filter_map(|user| user.users).sum();
        Ok(Page {
            crumbs: Crumbs {
                t,
                above: vec![(state.paths.of(&slug, "software"), t.software_title().to_owned())],
                here: t.typography(&row.name).into_owned(),
            },
            name: t.typography(&row.name).into_owned(),
            headline: headline(t, row.hosted_by, count),
            description: render_markdown(&row.description, t, &state.paths),
            facts: facts(t, &row),
            opted_out: row.opted_out.then(|| row.opted_out_url.clone()),
            edit_href: desk.may(Action::DescribeSoftware, None).then(|| format!("{here}/edit")),
            host: may_host.then(|| format!("{here}/hosting")),
            stop: mine.filter(|_| may_host).map(|_| format!("{here}/hosting/stop")),
            users: users
                .iter()
                .map(|user| UserLine {
                    name: t.typography(&user.name).into_owned(),
                    href: state.paths.one(&slug, "members", &user.slug),
                    users: user.users.map(|users| t.number(users)).unwrap_or_default(),
                    url: user.url.clone(),
                    confirmed: user.confirmed_at.is_some(),
                })
                .collect(),
            needs: needs
                .iter()
                .map(|need| {
                    let href = state.paths.one(&slug, "needs", need.number);
                    let title = t.typography(&need.title).into_owned();
                    (href, title, t.needs_supporters(need.supporters))
                })
                .collect(),
            needs_href: format!("{list}?software={}", crate::paths::encoded(&row.slug)),
            write_href: desk
                .may(Action::WriteNeed, None)
                .then(|| format!("{list}/new?software={}", crate::paths::encoded(&row.slug))),
            changes,
            form,
            frame: desk.frame(frame, Section::Software),
        })
    }
}

/// How many host it, and for how many.
fn headline(t: Words, hosted_by: i64, users: i64) -> String {
    let hosted = t.software_headline(hosted_by);
    match users {
        0 => hosted,
        users => format!("{hosted} {}", t.software_headline_users(t.number(users), users)),
    }
}

/// What the form of one's own hosting first shows.
fn first(mine: Option<&UserRow>) -> FormData {
    let users = mine.and_then(|mine| mine.users).map(|users| users.to_string()).unwrap_or_default();
    FormData::of([("users", users), ("url", mine.map(|mine| mine.url.clone()).unwrap_or_default())])
}

fn facts(t: Words, row: &SoftwareRow) -> Vec<(&'static str, String, Option<String>)> {
    let link = |label, address: &String| {
        (!address.is_empty()).then(|| (label, address.clone(), Some(address.clone())))
    };
    let plain =
        |label, said: &str| (!said.is_empty()).then(|| (label, t.typography(said).into_owned(), None));
    [
        plain(t.software_licence(), &row.licence),
        link(t.software_website(), &row.website),
        link(t.software_repository(), &row.repository),
        link(t.software_roadmap(), &row.roadmap),
        link(t.software_funding(), &row.funding),
        plain(t.software_maintainers(), &row.maintainers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn worded(t: Words, field: &str, value: &Value) -> Option<(String, String)> {
    let label = match field {
        "name" => t.software_name(),
        "website" => t.software_website(),
        "repository" => t.software_repository(),
        "licence" => t.software_licence(),
        "description" => t.software_description(),
        "roadmap" => t.software_roadmap(),
        "funding" => t.software_funding(),
        "maintainers" => t.software_maintainers(),
        "opted_out" => {
            let told = if value.as_bool() == Some(true) { t.software_yes() } else { t.software_no() };
            return Some((t.software_opted_out_tag().to_owned(), told.to_owned()));
        }
        "opted_out_url" => t.software_opted_out_url(),
        _ => return None,
    };
    Some((label.to_owned(), text(value)))
}

/// `GET /c/{collective}/software/{software}`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path((slug, software)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let sheet = Sheet::open(&mut tx, place, &frame, &software).await?;
        sheet.page(&mut tx, &state, frame, None).await
    })
    .await
}

/// `POST /c/{collective}/software/{software}/hosting`: « nous l'hébergeons ».
pub(crate) async fn say_hosted(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    act(state, frame, (&slug, &software), true, data).await
}

/// `POST /c/{collective}/software/{software}/hosting/stop`
pub(crate) async fn stop_hosting(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    act(state, frame, (&slug, &software), false, data).await
}

async fn act(
    state: AppState,
    frame: Frame,
    (slug, software): (&str, &str),
    hosts: bool,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    if frame.person().is_none() {
        return Err(WebError::SignIn);
    }
    let place = Place::find(&state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let sheet = Sheet::open(&mut tx, place, &frame, software).await?;
    drop(tx);
    let (t, currency, id) = (frame.t, sheet.desk.currency(), sheet.row.id);
    let (acting, collective) = (sheet.desk.acting(&frame)?, sheet.desk.place.collective.id);
    let mut reading = Reading::new(&data, t, currency);
    let users = data.filled("users").map(|_| reading.parsed::<i64>("users"));
    let done: Result<(), Failure<SoftwareRefusal>> = match (hosts, users) {
        (true, Some(None)) => Err(Failure::Invalid(Vec::new())),
        (true, users) => {
            let hosting = Hosting { users: users.flatten(), url: data.field("url").to_owned() };
            uses::say_hosted(&state.context, acting, collective, id, hosting).await
        }
        (false, _) => uses::stop_hosting(&state.context, acting, collective, id).await,
    };
    match done {
        Ok(()) => {
            let path = state.paths.one(slug, "software", software);
            let said = if hosts { t.software_hosted_done() } else { t.software_stopped_done() };
            see_other_saying(&path, &Flash::good(said), &state.public_url)
        }
        Err(failure) => {
            let problems = reading.problems;
            let refusal = match problems.is_empty() {
                true => refused(failure, t, currency, |why| {
                    ("users".to_owned(), t.software_refusal(why).to_owned())
                })?,
                false => Refused::unreadable(problems),
            };
            let (status, form) = refusal.form(t, data);
            let mut tx = state.context.db.read().await?;
            answer(sheet, &mut tx, (&state, frame), (status, form)).await
        }
    }
}

async fn answer(
    sheet: Sheet,
    tx: &mut store::Tx,
    (state, frame): (&AppState, Frame),
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    html_with(status, &sheet.page(tx, state, frame, Some(form)).await?)
}

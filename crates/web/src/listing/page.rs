//! Reading a federation's files, and what came of it.

use app::Failure;
use app::chatonsinfos::{self, Outcome, goes_on};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use store::listed::{ListingRow, ShownRow};
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::{Refused, refused};
use crate::state::AppState;

/// Most organisations that are shown.
const MOST_SHOWN: i64 = 1_000;

#[derive(Template)]
#[template(path = "listing/page.html")]
struct ListingPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    /// Whether a reading goes on.
    goes_on: bool,
    outcome: Option<Told>,
    members: Vec<Line>,
    others: Vec<Line>,
    own_href: String,
}

/// What came of the last reading, worded.
struct Told {
    when: String,
    sentence: String,
    troubles: Vec<(String, String)>,
}

/// An organisation that is listed.
struct Line {
    name: String,
    website: String,
    description: String,
    services: String,
    href: Option<String>,
}

async fn desk(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::signed_in(&mut tx, place, frame).await?;
    if desk.may(Action::InviteMembers, None) { Ok(desk) } else { Err(WebError::Forbidden) }
}

/// `GET /c/{collective}/import/chatonsinfos`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = desk(&state, &frame, &slug).await?;
    page(&state, &desk, frame, StatusCode::OK, None).await
}

/// `POST /c/{collective}/import/chatonsinfos`: the reading begins; its page tells what comes of it.
pub(crate) async fn begin(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = desk(&state, &frame, &slug).await?;
    let (t, collective) = (frame.t, desk.place.collective.id);
    let acting = desk.acting(&frame)?;
    let refusal = match chatonsinfos::begin(&state.context, acting, collective, data.field("url")).await {
        Ok(()) => {
            let path = state.paths.one(&slug, "import", "chatonsinfos");
            return see_other_saying(&path, &Flash::good(t.listing_begun()), &state.public_url);
        }
        Err(Failure::Stale) => {
            let mut problems = Problems::default();
            problems.add("url", t.listing_goes_on());
            Refused::unreadable(problems)
        }
        Err(failure) => refused(failure, t, desk.currency(), |never| match *never {})?,
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, status, Some(form)).await
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    status: StatusCode,
    form: Option<Form>,
) -> Result<Response, WebError> {
    let (t, collective) = (frame.t, desk.place.collective.id);
    let mut tx = state.context.db.read().await?;
    let last = store::listed::listing(&mut tx, collective).await?;
    let shown = store::listed::shown(&mut tx, collective, MOST_SHOWN).await?;
    drop(tx);
    let form = form.unwrap_or_else(|| {
        let source = last.as_ref().map(|row| row.source.clone()).unwrap_or_default();
        frame.form(FormData::of([("url", source)]))
    });
    let (members, others): (Vec<_>, Vec<_>) = shown.into_iter().partition(|row| row.member.is_some());
    let line = |row: ShownRow| Line {
        href: row.member.as_ref().map(|slug| state.paths.part(desk.slug(), "members", slug, "software")),
        name: t.typography(&row.name).into_owned(),
        description: t.typography(&row.description).into_owned(),
        website: row.website,
        services: t.listing_services(row.services),
    };
    html_with(
        status,
        &ListingPage {
            crumbs: Crumbs {
                t,
                above: vec![(state.paths.of(desk.slug(), "import"), t.members_import_title().to_owned())],
                here: t.listing_title().to_owned(),
            },
            goes_on: last.as_ref().is_some_and(|row| goes_on(row, desk.place.now)),
            outcome: last.as_ref().and_then(|row| told(t, desk, row)),
            members: members.into_iter().map(line).collect(),
            others: others.into_iter().map(line).collect(),
            own_href: state.paths.under("/.well-known/chatonsinfos/popote.properties"),
            form,
            frame: desk.frame(frame, Section::Members),
        },
    )
}

fn told(t: Words, desk: &Desk, row: &ListingRow) -> Option<Told> {
    let when = t.instant(row.done_at?, &desk.place.collective.time_zone());
    let outcome: Outcome = serde_json::from_str(&row.outcome).ok()?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let imported = outcome.imported;
    let sentence = match (outcome.failed.is_some(), imported.changed) {
        (true, _) => t.listing_failed().to_owned(),
        (false, 0) => t.listing_unchanged(count(outcome.files), count(imported.organisations)),
        (false, _) => t.listing_done(
            count(outcome.files),
            count(imported.members),
            count(imported.organisations),
            count(imported.services),
        ),
    };
    let troubles = outcome.troubles.into_iter().map(|(file, why)| (file, t.listing_trouble(&why)));
    Some(Told { when, sentence, troubles: troubles.collect() })
}

//! All decisions, and one of them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;
use store::decisions::DecisionRow;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Pager, Section, Story};
use crate::markdown::render_markdown;
use crate::place::{Desk, Place};
use crate::state::AppState;
use crate::story::Teller;

/// How many decisions a page lists.
const PAGE: u16 = 50;

#[derive(Template)]
#[template(path = "decisions/list.html")]
struct ListPage {
    frame: Frame,
    new_href: Option<String>,
    lines: Vec<Line>,
    pager: Pager,
}

/// One decision, worded.
struct Line {
    href: String,
    number: String,
    title: String,
    day: String,
}

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    before: Option<i64>,
}

/// `GET /c/{collective}/decisions`
pub(crate) async fn list(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let before = asked.before.unwrap_or(i64::MAX);
        let mut rows = store::decisions::list(&mut tx, desk.place.collective.id, before, PAGE + 1).await?;
        let records = super::records(&mut tx, &desk, None).await?;
        drop(tx);
        let more = rows.len() > usize::from(PAGE);
        rows.truncate(usize::from(PAGE));
        let (t, path) = (frame.t, state.paths.of(&slug, "decisions"));
        let next = rows.last().filter(|_| more).map(|row| format!("{path}?before={}", row.number));
        let line = |row: &DecisionRow| Line {
            href: state.paths.one(&slug, "decisions", row.number),
            number: t.number(row.number),
            title: t.typography(&row.title).into_owned(),
            day: t.date(row.decided_on),
        };
        Ok(ListPage {
            new_href: records.then(|| state.paths.one(&slug, "decisions", "new")),
            lines: rows.iter().map(line).collect(),
            pager: Pager { t, first: asked.before.map(|_| path.clone()), next },
            frame: desk.frame(frame, Section::Other),
        })
    })
    .await
}

/// Effects of a decision that its page lists.
const MOST_EFFECTS: u16 = 50;

#[derive(Template)]
#[template(path = "decisions/page.html")]
struct DecisionPage {
    frame: Frame,
    crumbs: Crumbs,
    title: String,
    dates: String,
    /// Who wrote it down, for members.
    recorder: Option<String>,
    outcome: String,
    /// Whose departure it decides.
    departs: Option<String>,
    /// What was done by it.
    effects: Story,
    /// Where the visitor may go on with what it decides: addresses and words.
    go_on: Vec<(String, String)>,
}

/// `GET /c/{collective}/decisions/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let row = store::decisions::by_number(&mut tx, desk.place.collective.id, number).await?;
        let row = row.ok_or(WebError::NotFound)?;
        let recorder = match row.recorded_by.filter(|_| desk.is_member()) {
            Some(person) => store::people::get(&mut tx, person).await?,
            None => None,
        };
        let departs = match row.departs {
            Some(organisation) => store::organisations::get(&mut tx, organisation).await?,
            None => None,
        };
        let t = frame.t;
        let (collective, since) = (desk.place.collective.id, row.created_at);
        let before = desk.sight.past.events_before(None);
        let events =
            store::events::resting_on(&mut tx, collective, row.id, since, before, MOST_EFFECTS).await?;
        let teller = Teller::gather(&mut tx, &state, t, &desk, &events).await?;
        let go_on = match events.is_empty() {
            true => go_on(&mut tx, &state, (&desk, &frame), &row).await?,
            false => Vec::new(),
        };
        drop(tx);
        let recorded = desk.place.collective.day(row.created_at);
        let list = (state.paths.of(&slug, "decisions"), t.decisions_title().to_owned());
        Ok(DecisionPage {
            crumbs: Crumbs { t, above: vec![list], here: t.decisions_one(t.number(row.number)) },
            title: t.typography(&row.title).into_owned(),
            dates: t.decisions_decided(t.date(row.decided_on), t.date(recorded)),
            recorder: recorder.map(|person| t.decisions_recorder(t.person(person.name))),
            departs: departs.map(|one| t.decisions_departs(one.name)),
            outcome: render_markdown(&row.outcome, t, &state.paths),
            go_on,
            effects: Story { lines: events.iter().map(|event| teller.line(event)).collect() },
            frame: desk.frame(frame, Section::Other),
        })
    })
    .await
}

/// Where the visitor may go on with what a decision decides, while nothing rests on it.
async fn go_on(
    tx: &mut Tx,
    state: &AppState,
    at: (&Desk, &Frame),
    row: &DecisionRow,
) -> Result<Vec<(String, String)>, WebError> {
    let t = at.1.t;
    if let Some(departure) = crate::members::goes_on_by(tx, state, at, row).await? {
        return Ok(vec![departure]);
    }
    // What members alone may read of may rest on it.
    let usable = match at.1.person() {
        Some(_) => super::usable(tx, at.0, at.1).await?.decisions,
        None => Vec::new(),
    };
    if usable.iter().all(|one| one.id != row.id) {
        return Ok(Vec::new());
    }
    let round = crate::rounds::goes_on_by(state, at.0, row);
    let round = round.map(|(number, href)| (href, t.decisions_go_on_round(number)));
    let gifts = crate::contributions::puts_gifts(at.0).then(|| {
        let path = state.paths.one(at.0.slug(), "gifts", "put");
        (format!("{path}?decision={}", row.id), t.decisions_go_on_gifts().to_owned())
    });
    Ok(round.into_iter().chain(gifts).collect())
}

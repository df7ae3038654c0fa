//! What happened in a collective, as a page and as an Atom feed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::ids::EventId;
use jiff::Timestamp;
use serde::Deserialize;
use words::Words;

use super::option;
use crate::cache::cached;
use crate::error::WebError;
use crate::extract::Visitor;
use crate::layout::{Frame, Pager, Section, Story};
use crate::place::{Desk, Place};
use crate::state::AppState;
use crate::story::Teller;

/// Events of one page.
const PAGE: usize = 50;
/// Events of the feed.
const FEED: u16 = 50;

#[derive(Template)]
#[template(path = "accounts/activity.html")]
struct ActivityPage {
    frame: Frame,
    story: Story,
    empty: &'static str,
    pager: Pager,
    feed_href: String,
}

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    before: Option<EventId>,
}

/// `GET /c/{collective}/activity`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(query): Query<Before>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let (collective, public_only) = (desk.place.collective.id, !desk.is_member());
        let limit = u16::try_from(PAGE + 1).unwrap_or(u16::MAX);
        let before = desk.sight.past.events_before(query.before);
        let mut events =
            store::events::of_collective(&mut tx, collective, public_only, before, limit).await?;
        let more = events.len() > PAGE;
        events.truncate(PAGE);
        let teller = Teller::gather(&mut tx, &state, frame.t, &desk, &events).await?;
        drop(tx);
        let here = state.paths.of(&slug, "activity");
        let next = events.last().filter(|_| more).map(|event| format!("{here}?before={}", event.id));
        Ok(ActivityPage {
            story: Story { lines: events.iter().map(|event| teller.line(event)).collect() },
            empty: nothing_yet(frame.t, &desk),
            pager: Pager { t: frame.t, first: query.before.map(|_| here), next },
            feed_href: state.paths.of(&slug, "feed.atom"),
            frame: desk.frame(frame, Section::Other),
        })
    })
    .await
}

/// What is said where nothing has happened, as far as the visitor sees.
pub(crate) fn nothing_yet(t: Words, desk: &Desk) -> &'static str {
    if desk.sees_late() { t.activity_empty_late() } else { t.activity_empty() }
}

#[derive(Template)]
#[template(path = "accounts/feed.xml")]
struct Feed {
    lang: &'static str,
    title: String,
    id: String,
    self_href: String,
    page_href: String,
    accounts_href: String,
    updated: String,
    author: String,
    heads: Vec<FeedHead>,
    entries: Vec<FeedEntry>,
}

/// The end of a book, so that whoever keeps the feed keeps the ends.
struct FeedHead {
    book: &'static str,
    text: String,
    option: String,
}

/// One event.
struct FeedEntry {
    id: EventId,
    title: String,
    at: String,
    href: String,
}

/// `GET /c/{collective}/feed.atom`: the public events, whoever asks.
pub(crate) async fn feed(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let frame = Frame { visitor: Some(Visitor::default()), ..frame };
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let collective = desk.place.collective.id;
    let before = desk.sight.past.events_before(None);
    let events = store::events::of_collective(&mut tx, collective, true, before, FEED).await?;
    let teller = Teller::gather(&mut tx, &state, t, &desk, &events).await?;
    drop(tx);
    let ends = desk.sight.past.heads();
    let absolute = |path: String| state.public_url.absolute(&path);
    let page_href = absolute(state.paths.of(&slug, "activity"));
    let updated = events.first().map_or(desk.place.collective.created_at, |event| event.at);
    let text = Feed {
        lang: t.lang(),
        title: t.activity_feed_title(t.typography(&desk.place.collective.name)),
        id: format!("urn:uuid:{collective}"),
        self_href: absolute(state.paths.of(&slug, "feed.atom")),
        accounts_href: absolute(state.paths.of(&slug, "accounts")),
        updated: rfc3339(updated),
        author: desk.place.collective.name.clone(),
        heads: ends
            .iter()
            .map(|row| FeedHead {
                book: row.book.as_str(),
                text: t.activity_feed_head(
                    t.accounts_book(row.book.as_str()),
                    hex::encode(row.hash),
                    row.seq,
                ),
                option: option(row),
            })
            .collect(),
        entries: events
            .iter()
            .map(|event| {
                let line = teller.line(event);
                FeedEntry {
                    id: event.id,
                    title: line.what,
                    at: rfc3339(event.at),
                    href: line.href.map_or_else(|| page_href.clone(), absolute),
                }
            })
            .collect(),
        page_href: page_href.clone(),
    };
    let text = text.render().map_err(WebError::internal)?;
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

pub(crate) fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

//! The feed of a search, what everybody finds, newest first; and its calendar.

use app::search::{Asked, Eyes, Found, Hit, find};
use askama::Template;
use axum::extract::{Path, Query as InAddress, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::search::{Kind, Marked};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Query, address, href, kind_name};
use crate::accounts::ics_of;
use crate::error::WebError;
use crate::extract::Visitor;
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "search/feed.xml", escape = "html")]
struct Feed {
    lang: &'static str,
    title: String,
    self_href: String,
    page_href: String,
    updated: String,
    author: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: Uuid,
    title: String,
    at: String,
    href: Option<String>,
    summary: String,
}

/// `GET /c/{collective}/search.atom`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    InAddress(query): InAddress<Query>,
) -> Result<Response, WebError> {
    let asked = Asked { page: 0, ..query.asked()? };
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let found = find(&mut tx, Some(place.collective.id), Eyes::Strangers, &asked).await?;
    drop(tx);
    let list = (state.paths.of(&slug, "search.atom"), state.paths.of(&slug, "search"));
    let (since, name) = (place.collective.created_at, place.collective.name);
    feed(&state, &frame, &slug, list, &asked, found, (since, name))
}

/// `GET /c/{collective}/search.ics`: what comes on a fixed date of what everybody finds.
pub(crate) async fn calendar(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    InAddress(query): InAddress<Query>,
) -> Result<Response, WebError> {
    let asked = Asked { page: 0, ..query.asked()? };
    let frame = Frame { visitor: Some(Visitor::default()), ..frame };
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let found = find(&mut tx, Some(desk.place.collective.id), Eyes::Strangers, &asked).await?;
    let hrefs: Vec<String> = found.hits.iter().filter_map(|hit| href(&state.paths, &slug, hit)).collect();
    ics_of(&mut tx, &state, frame.t, &desk, &hrefs).await
}

/// `GET /search.atom`
pub(crate) async fn of_ads(
    State(state): State<AppState>,
    frame: Frame,
    InAddress(query): InAddress<Query>,
) -> Result<Response, WebError> {
    let asked = Asked { page: 0, kind: Some(Kind::Ad), ..query.asked()? };
    let mut tx = state.context.db.read().await?;
    let found = find(&mut tx, None, Eyes::Strangers, &asked).await?;
    drop(tx);
    let list = (state.paths.under("/search.atom"), state.paths.under("/search"));
    let asked = Asked { kind: None, ..asked };
    let name = frame.t.brand_name().to_owned();
    feed(&state, &frame, "", list, &asked, found, (Timestamp::UNIX_EPOCH, name))
}

fn feed(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    (own, page): (String, String),
    asked: &Asked,
    found: Found,
    (since, author): (Timestamp, String),
) -> Result<Response, WebError> {
    let t = frame.t;
    let absolute = |path: String| state.public_url.absolute(&path);
    let mut hits = found.hits;
    // A reader of feeds looks for what is new, among what fits best.
    hits.sort_by(|a, b| b.row.at.cmp(&a.row.at).then_with(|| b.row.subject.cmp(&a.row.subject)));
    let entry = |hit: &Hit| Entry {
        id: hit.row.subject,
        title: format!("{} · {}", kind_name(t, hit.row.kind), hit.row.title),
        at: rfc3339(hit.row.at),
        href: href(&state.paths, slug, hit).map(absolute),
        summary: plain(&hit.excerpt.parts),
    };
    let text = Feed {
        lang: t.lang(),
        title: t.search_feed_title(author.as_str(), asked.typed.trim()),
        self_href: absolute(address(&own, asked, 0)),
        page_href: absolute(address(&page, asked, 0)),
        updated: rfc3339(hits.first().map_or(since, |hit| hit.row.at)),
        author,
        entries: hits.iter().map(entry).collect(),
    };
    let text = text.render().map_err(WebError::internal)?;
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

fn plain(parts: &Marked) -> String {
    parts.iter().map(|(_, text)| text.as_str()).collect()
}

fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

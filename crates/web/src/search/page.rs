//! The page of a search.

use app::search::{Asked, Found, Hit, find};
use askama::Template;
use axum::extract::{Path, Query as InAddress, State};
use axum::response::Response;
use domain::search::Kind;

use super::{Marks, Query, address, eyes, href, kind_filter, kind_name};
use crate::error::WebError;
use crate::layout::{Frame, NavLink, Pager, Section, html};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// The kinds that a collective is searched for, in the order of the filters.
const KINDS: [Kind; 4] = [Kind::Need, Kind::Feature, Kind::Software, Kind::Comment];

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    frame: Frame,
    list_href: String,
    typed: String,
    kind: Option<&'static str>,
    filters: Vec<NavLink>,
    is_cut: bool,
    /// What is said instead of results.
    empty: Option<String>,
    count: String,
    lines: Vec<Line>,
    feed_href: String,
    calendar_href: Option<String>,
    pager: Pager,
}

/// A result.
struct Line {
    kind: &'static str,
    href: Option<String>,
    title: Marks,
    excerpt: Marks,
    cut_before: bool,
    cut_after: bool,
    meta: String,
}

/// `GET /c/{collective}/search`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    InAddress(query): InAddress<Query>,
) -> Result<Response, WebError> {
    let asked = query.asked()?;
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let found = find(&mut tx, Some(desk.place.collective.id), eyes(desk.is_member()), &asked).await?;
    drop(tx);
    let list = state.paths.of(&slug, "search");
    let frame = desk.frame(frame, Section::Other);
    html(&page(frame, &slug, list, &query, &asked, &found, &KINDS))
}

/// `GET /search`: the instance's classified ads.
pub(crate) async fn of_ads(
    State(state): State<AppState>,
    frame: Frame,
    InAddress(query): InAddress<Query>,
) -> Result<Response, WebError> {
    let asked = Asked { kind: Some(Kind::Ad), ..query.asked()? };
    let mut tx = state.context.db.read().await?;
    let found = find(&mut tx, None, eyes(frame.person().is_some()), &asked).await?;
    drop(tx);
    let list = state.paths.under("/search");
    html(&page(frame, "", list, &query, &Asked { kind: None, ..asked }, &found, &[]))
}

fn page(
    frame: Frame,
    slug: &str,
    list: String,
    query: &Query,
    asked: &Asked,
    found: &Found,
    kinds: &[Kind],
) -> SearchPage {
    let t = frame.t;
    let filter = |kind: Option<Kind>| NavLink {
        href: address(&list, &Asked { kind, ..asked.clone() }, 0),
        text: kind.map_or(t.search_filter_all(), |kind| kind_filter(t, kind)).to_owned(),
        current: asked.kind == kind,
    };
    let filters = match kinds {
        [] => Vec::new(),
        kinds => std::iter::once(None).chain(kinds.iter().copied().map(Some)).map(filter).collect(),
    };
    let empty = match found {
        Found { nothing_asked: true, .. } if asked.typed.trim().is_empty() => {
            Some(t.search_nothing_typed().to_owned())
        }
        Found { nothing_asked: true, .. } => Some(t.search_little_words().to_owned()),
        Found { hits, .. } if hits.is_empty() => Some(t.search_none(asked.typed.trim())),
        Found { .. } => None,
    };
    SearchPage {
        is_cut: query.is_cut(),
        empty,
        count: t.search_count(i64::try_from(found.total).unwrap_or(i64::MAX)),
        lines: found.hits.iter().map(|hit| line(&frame, slug, hit)).collect(),
        calendar_href: (!kinds.is_empty()).then(|| address(&format!("{list}.ics"), asked, 0)),
        feed_href: address(&format!("{list}.atom"), asked, 0),
        pager: Pager {
            t,
            first: (asked.page > 0).then(|| address(&list, asked, 0)),
            next: found.more.then(|| address(&list, asked, asked.page + 1)),
        },
        typed: asked.typed.clone(),
        kind: asked.kind.map(Kind::as_str),
        filters,
        list_href: list,
        frame,
    }
}

fn line(frame: &Frame, slug: &str, hit: &Hit) -> Line {
    let t = frame.t;
    let day = t.date(hit.row.at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
    let meta = if hit.row.software.is_empty() || hit.row.kind == Kind::Software {
        day
    } else {
        format!("{} · {day}", hit.row.software)
    };
    Line {
        kind: kind_name(t, hit.row.kind),
        href: href(&frame.paths, slug, hit),
        title: Marks::of(&hit.title),
        excerpt: Marks::of(&hit.excerpt.parts),
        cut_before: hit.excerpt.cut_before,
        cut_after: hit.excerpt.cut_after,
        meta,
    }
}

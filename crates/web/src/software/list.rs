//! The software of a collective, what most members run first.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use serde::Deserialize;
use store::software::Listed;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, Pager, Section};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Software on one page.
const PAGE: i64 = 50;
/// Pages that are read; more than any register has.
const MOST_PAGES: i64 = 200;

#[derive(Template)]
#[template(path = "software/list.html")]
struct ListPage {
    frame: Frame,
    new_href: Option<String>,
    lines: Vec<Line>,
    pager: Pager,
}

/// One software, worded.
struct Line {
    href: String,
    name: String,
    hosted_by: String,
    users: String,
    needs: String,
    needs_href: Option<String>,
    features: String,
    licence: String,
    opted_out: bool,
}

/// Which page.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    page: Option<i64>,
}

/// `GET /c/{collective}/software`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    let page = asked.page.unwrap_or(1).clamp(1, MOST_PAGES);
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let offset = (page - 1) * PAGE;
        let mut rows = store::software::ranked(&mut tx, desk.place.collective.id, PAGE + 1, offset).await?;
        drop(tx);
        let more = i64::try_from(rows.len()).is_ok_and(|read| read > PAGE);
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let (t, path) = (frame.t, state.paths.of(&slug, "software"));
        let needs = state.paths.of(&slug, "needs");
        let line = |row: &Listed| Line {
            href: state.paths.one(&slug, "software", &row.slug),
            name: t.typography(&row.name).into_owned(),
            hosted_by: t.number(row.hosted_by),
            users: if row.users > 0 { t.number(row.users) } else { "—".to_owned() },
            needs: t.number(row.needs),
            needs_href: (row.needs > 0)
                .then(|| format!("{needs}?software={}", crate::paths::encoded(&row.slug))),
            features: t.number(row.features),
            licence: row.licence.clone(),
            opted_out: row.opted_out,
        };
        Ok(ListPage {
            new_href: desk
                .may(Action::DescribeSoftware, None)
                .then(|| state.paths.one(&slug, "software", "new")),
            lines: rows.iter().map(line).collect(),
            pager: Pager {
                t,
                first: (page > 1).then(|| path.clone()),
                next: (more && page < MOST_PAGES).then(|| format!("{path}?page={}", page + 1)),
            },
            frame: desk.frame(frame, Section::Software),
        })
    })
    .await
}

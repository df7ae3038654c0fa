//! The home of the instance: its collectives.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::error::WebError;
use crate::layout::{Frame, Pager, html};
use crate::state::AppState;

/// Collectives of one page.
const PAGE: usize = 60;

#[derive(Template)]
#[template(path = "pot/home.html")]
struct HomePage {
    frame: Frame,
    collectives: Vec<CollectiveLine>,
    pager: Pager,
}

/// A collective, worded.
struct CollectiveLine {
    href: String,
    name: String,
    purpose: String,
    example: bool,
}

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct After {
    after: Option<String>,
}

/// `GET /`. It isn't kept: no version says when a collective has come.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Query(query): Query<After>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let after = query.after.as_deref().unwrap_or_default();
    let limit = u16::try_from(PAGE + 1).unwrap_or(u16::MAX);
    let mut rows = store::collectives::list(&mut tx, after, limit).await?;
    drop(tx);
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let (t, home) = (frame.t, state.paths.home());
    let next = rows.last().filter(|_| more).map(|row| format!("{home}?after={}", row.slug));
    let line = |row: &store::collectives::CollectiveRow| CollectiveLine {
        href: state.paths.collective(&row.slug),
        name: t.typography(&row.name).into_owned(),
        purpose: t.typography(&row.purpose).into_owned(),
        example: row.example,
    };
    html(&HomePage {
        collectives: rows.iter().map(line).collect(),
        pager: Pager { t, first: query.after.map(|_| home), next },
        frame,
    })
}

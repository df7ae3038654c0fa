//! How anybody checks the accounts without asking anybody.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::{heads, option};
use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Section};
use crate::place::{Desk, Place};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "accounts/how.html")]
struct HowPage {
    frame: Frame,
    crumbs: Crumbs,
    heads: Vec<String>,
    options: Vec<String>,
    json_href: String,
    file: String,
}

/// `GET /c/{collective}/accounts/how`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        drop(tx);
        let ends = desk.sight.past.heads();
        let t = frame.t;
        Ok(HowPage {
            crumbs: Crumbs {
                t,
                above: vec![(state.paths.of(&slug, "accounts"), t.nav_accounts().to_owned())],
                here: t.accounts_how_title().to_owned(),
            },
            heads: heads(t, ends),
            // An empty book has no end to keep.
            options: ends.iter().filter(|row| row.seq > 0).map(option).collect(),
            json_href: state.paths.one(&slug, "accounts", "journal.json"),
            file: format!("{}-journal.json", desk.slug()),
            frame: desk.frame(frame, Section::Accounts),
        })
    })
    .await
}

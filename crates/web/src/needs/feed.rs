//! The needs of a collective as an Atom feed, newest first.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::error::WebError;
use crate::extract::Visitor;
use crate::layout::Frame;
use crate::place::Place;
use crate::state::AppState;

/// Needs of the feed.
const FEED: i64 = 50;

#[derive(Template)]
#[template(path = "needs/feed.xml")]
struct Feed {
    lang: &'static str,
    title: String,
    id: String,
    self_href: String,
    page_href: String,
    updated: String,
    author: String,
    entries: Vec<Entry>,
}

/// One need.
struct Entry {
    id: String,
    title: String,
    at: String,
    href: String,
    text: String,
}

/// `GET /c/{collective}/needs.atom`: those that everybody sees, whoever asks.
pub(crate) async fn feed(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let frame = Frame { visitor: Some(Visitor::default()), ..frame };
    let place = Place::find(&state, &slug).await?;
    let (t, collective) = (frame.t, &place.collective);
    let mut tx = state.context.db.read().await?;
    let needs = store::needs::newest(&mut tx, collective.id, FEED).await?;
    drop(tx);
    let absolute = |path: String| state.public_url.absolute(&path);
    let rfc3339 = crate::accounts::rfc3339;
    let text = Feed {
        lang: t.lang(),
        title: t.needs_feed_title(t.typography(&collective.name)),
        id: format!("urn:uuid:{}:needs", collective.id),
        self_href: absolute(state.paths.of(&slug, "needs.atom")),
        page_href: absolute(state.paths.of(&slug, "needs")),
        updated: rfc3339(needs.first().map_or(collective.created_at, |need| need.created_at)),
        author: collective.name.clone(),
        entries: needs
            .iter()
            .map(|need| Entry {
                id: need.id.to_string(),
                title: t.typography(&need.title).into_owned(),
                at: rfc3339(need.created_at),
                href: absolute(state.paths.one(&slug, "needs", need.number)),
                text: need.why.clone(),
            })
            .collect(),
    };
    let text = text.render().map_err(WebError::internal)?;
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

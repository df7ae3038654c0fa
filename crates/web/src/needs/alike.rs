//! Needs that are like one that somebody writes: a step before it is published, and a piece of a page for the script that
//! shows them under the title.

use app::search::{Eyes, Similar, similar};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::needs::NeedText;
use domain::search::{Text, limits};
use serde::Deserialize;
use store::Tx;

use crate::error::WebError;
use crate::layout::{Frame, html};
use crate::place::{Desk, Place};
use crate::search::Marks;
use crate::state::AppState;

/// A need that is like one that somebody writes.
pub(super) struct Alike {
    pub(super) href: String,
    pub(super) title: Marks,
    pub(super) excerpt: Marks,
    pub(super) supporters: String,
    /// Where a button joins it.
    pub(super) join: String,
    pub(super) certain: bool,
}

/// The needs that are like a draft, and whether one is so like that one asks first.
pub(super) async fn alike(
    state: &AppState,
    tx: &mut Tx,
    frame: &Frame,
    desk: &Desk,
    draft: &NeedText,
) -> Result<(Vec<Alike>, bool), WebError> {
    let cut = |text: &str| text.chars().take(limits::TEXT).collect::<String>();
    let text = Text {
        title: cut(&draft.title),
        body: cut(&draft.why),
        software: cut(&draft.software),
        links: draft.links.clone(),
    };
    let eyes = if desk.is_member() { Eyes::Members } else { Eyes::Strangers };
    let found = similar(tx, desk.place.collective.id, eyes, &text, None).await?;
    let asks = found.iter().any(|one| one.like.is_high());
    let mut lines = Vec::with_capacity(found.len());
    for Similar { hit, like } in found {
        let number = hit.row.number;
        let need = store::needs::by_number(tx, desk.place.collective.id, number).await?;
        let href = state.paths.one(desk.slug(), "needs", number);
        lines.push(Alike {
            join: format!("{href}/support"),
            href,
            title: Marks::of(&hit.title),
            excerpt: Marks::of(&hit.excerpt.parts),
            supporters: frame.t.similar_supporters(need.map_or(0, |need| need.supporters)),
            certain: like.same_link,
        });
    }
    Ok((lines, asks))
}

/// What the script sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Draft {
    #[serde(default)]
    title: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    software: String,
    #[serde(default)]
    links: String,
}

#[derive(Template)]
#[template(path = "needs/alike.html")]
struct Fragment {
    frame: Frame,
    alike: Vec<Alike>,
}

/// `GET /c/{collective}/needs/similar`: a piece of a page; empty where nothing is like it.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(draft): Query<Draft>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let links = draft.links.lines().map(str::to_owned).take(domain::needs::limits::LINKS).collect();
    let text = NeedText {
        title: draft.title,
        why: draft.why,
        software: draft.software,
        discussion_url: String::new(),
        links,
    };
    let (alike, _) = alike(&state, &mut tx, &frame, &desk, &text).await?;
    drop(tx);
    html(&Fragment { frame, alike })
}

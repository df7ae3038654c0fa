//! A need on somebody else's page: a picture without a script.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::error::WebError;
use crate::features::picture;
use crate::layout::Frame;
use crate::place::Place;
use crate::state::AppState;

/// `GET /c/{collective}/needs/{number}/badge.svg`: « n structures en ont besoin »; of a need that was merged, those of the one
/// that has everything of it.
pub(crate) async fn badge(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let need = store::needs::by_number(&mut tx, place.collective.id, number).await?;
    let mut need = need.filter(|need| need.state.is_shown()).ok_or(WebError::NotFound)?;
    if need.merged_into.is_some() {
        let end = store::needs::merging::end_of(&mut tx, need.id).await?;
        need = store::needs::get(&mut tx, end).await?.ok_or(WebError::NotFound)?;
    }
    drop(tx);
    let t = frame.t;
    let title = t.typography(&need.title).into_owned();
    picture(t, &title, t.needs_badge(need.supporters), &place.collective.name, None)
}

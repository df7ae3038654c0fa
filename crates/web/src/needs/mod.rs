//! Needs: the list and its feed, the page of one, writing and changing one, approaches, what is needed together.

mod acts;
mod alike;
mod approach;
mod badge;
mod feed;
mod form;
mod list;
mod merge;
#[cfg(test)]
mod merge_tests;
mod page;
#[cfg(test)]
mod tests;
mod together;

pub(crate) use acts::{follow, say_needed, turn, withdraw};
pub(crate) use alike::show as similar;
pub(crate) use approach::{
    create as add_approach, end as end_approach, save as save_approach, show as approach,
    show_new as new_approach,
};
pub(crate) use badge::badge;
pub(crate) use feed::feed;
pub(crate) use form::{create, edit, save, show as new};
pub(crate) use list::{NeedCard, show as list};
pub(crate) use merge::{answer as answer_merge, propose as propose_merge, show as merge};
pub(crate) use page::{again, show};
pub(crate) use together::{csv as together_csv, show as together};

use domain::needs::NeedState;
use store::needs::NeedRow;

use crate::error::WebError;
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::state::AppState;

/// A need with the desk of whoever looks. Errors: no such need, or one that nobody has looked at yet.
async fn open(
    state: &AppState,
    tx: &mut store::Tx,
    frame: &Frame,
    (slug, number): (&str, i64),
) -> Result<(Desk, NeedRow), WebError> {
    let place = Place::find(state, slug).await?;
    let desk = Desk::open(tx, place, frame).await?;
    let need = shown(tx, &desk, number).await?;
    Ok((desk, need))
}

/// A need that everybody sees. Errors: [`WebError::NotFound`].
async fn shown(tx: &mut store::Tx, desk: &Desk, number: i64) -> Result<NeedRow, WebError> {
    let found = store::needs::by_number(tx, desk.place.collective.id, number).await?;
    found.filter(|need| need.state.is_shown()).ok_or(WebError::NotFound)
}

/// The mark of a state: its colour is never alone.
const fn mark(state: NeedState) -> &'static str {
    match state {
        NeedState::Open => "tag on",
        _ => "tag",
    }
}

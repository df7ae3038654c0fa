//! Features: the list, the page that says what is missing, proposing and changing one, and the acts on its page.

mod acts;
#[cfg(test)]
mod again_tests;
mod cancel;
mod card;
mod comments;
#[cfg(test)]
mod comments_tests;
mod embed;
#[cfg(test)]
mod embed_tests;
mod form;
mod lead;
#[cfg(test)]
mod lead_tests;
mod led;
mod list;
mod origins;
mod page;
mod pictures;
mod preview;
pub(crate) mod promise;
mod proposal;
#[cfg(test)]
mod proposed_tests;
mod terms;
#[cfg(test)]
mod terms_tests;
mod top_up;
mod track;
#[cfg(test)]
mod track_tests;
mod way;

pub(crate) use acts::{allocate, confirm, say_needed, step, wake, withdraw_need};
pub(crate) use cancel::{create as cancel, show as cancellation, would_return};
pub(crate) use card::{FeatureCard, gauge, levels_of, tag};
pub(crate) use comments::{
    edit as edit_comment, edit_of_need as edit_comment_of_need, moderate as moderate_comment,
    moderate_of_need as moderate_comment_of_need, post as post_comment, post_on_need as post_comment_on_need,
    show as comment, show_of_need as comment_of_need,
};
pub(crate) use embed::{badge, oembed, picture};
pub(crate) use form::{create, edit, save, show as new};
pub(crate) use lead::{create as change_lead, show as lead};
pub(crate) use led::led_by;
pub(crate) use list::show as list;
pub(crate) use page::{discussion, show};
pub(crate) use pictures::{create as add_picture, remove as remove_picture, show as pictures};
pub(crate) use promise::promise as make_promise;
pub(crate) use terms::{create as change_terms, show as terms};
pub(crate) use top_up::{create as add_by_decision, show as top_up};
pub(crate) use track::{create as change_track, show as track};
pub(crate) use way::way_of;

use domain::actor::Action;
use store::features::Feature;

use crate::error::WebError;
use crate::layout::Frame;
use crate::place::Desk;
use crate::state::AppState;

/// A feature with the desk of a visitor who may do that with it. Errors: not signed in, no such feature, no right.
async fn open(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    number: i64,
    action: Action,
) -> Result<(Desk, Feature), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = feature.ok_or(WebError::NotFound)?;
    if desk.may(action, Some(feature.lead)) { Ok((desk, feature)) } else { Err(WebError::Forbidden) }
}

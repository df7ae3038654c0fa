//! Features: the list, the page that says what is missing, proposing and changing one, and the acts on its page.

mod acts;
mod cancel;
mod card;
mod embed;
#[cfg(test)]
mod embed_tests;
mod form;
mod lead;
mod list;
mod page;
mod pictures;
mod preview;
pub(crate) mod promise;
mod proposal;

pub(crate) use acts::{allocate, change_track, confirm, say_needed, step, wake, withdraw_need};
pub(crate) use cancel::{create as cancel, show as cancellation};
pub(crate) use card::{FeatureCard, gauge, levels_of, tag};
pub(crate) use embed::{badge, oembed};
pub(crate) use form::{create, edit, save, show as new};
pub(crate) use lead::{create as change_lead, show as lead};
pub(crate) use list::show as list;
pub(crate) use page::show;
pub(crate) use pictures::{create as add_picture, remove as remove_picture, show as pictures};
pub(crate) use promise::promise as make_promise;

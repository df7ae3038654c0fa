//! The web of Popote: pages for people, and the frame that every page and every form goes through.
//!
//! [`router`] puts it together; `paths` names every address; `layout` holds the frame and the parts of pages;
//! `extract` reads requests; `error` words every refusal. A slice of the product is a folder with its handlers
//! and their templates side by side.

mod about;
mod accounts;
mod admin;
mod ads;
mod answers;
mod api;
mod assets;
pub mod cache;
mod calls;
mod choices;
mod collective;
mod contributions;
mod decisions;
mod demo;
mod eligibility;
mod entry;
mod error;
pub mod extract;
mod features;
mod files;
pub mod flash;
mod give;
mod headers;
mod kept;
mod language;
pub mod layout;
pub mod limits;
mod listing;
mod markdown;
mod me;
mod members;
mod needs;
mod newcomers;
pub mod paths;
mod people;
mod place;
mod pot;
mod public_url;
mod reading;
mod replays;
mod rounds;
mod router;
mod rules;
mod search;
mod setup;
mod sign_in;
mod software;
mod spreadsheet;
mod state;
mod story;
mod subscriptions;
mod tables;
#[cfg(test)]
mod tests;
mod webhooks;
mod whose;
mod work;

pub use error::WebError;
pub use markdown::render_markdown;
pub use public_url::{PublicUrl, PublicUrlError};
pub use router::{LARGEST_FORM, LARGEST_UPLOAD, router};
pub use state::AppState;

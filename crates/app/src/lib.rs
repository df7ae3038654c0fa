//! Use cases: one public function an action, which authorises, loads, asks the domain, stores and enqueues.

pub mod acting;
pub mod allocations;
pub mod closings;
pub mod context;
pub mod contributions;
pub mod copies;
pub mod demo_links;
pub mod departures;
pub mod distributions;
pub mod doctor;
pub mod error;
pub mod export;
pub mod features;
pub mod files;
mod funding_mails;
pub mod gifts;
pub mod idempotency;
pub mod invitations;
pub mod journal;
pub mod mails;
pub mod mandates;
pub mod people;
pub mod pots;
pub mod profile;
pub mod reversals;
pub mod roles;
pub mod rounds;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod till;
pub mod triggers;
pub mod verify;

pub use acting::{Acting, Channel};
pub use context::{Chance, Clock, Context, Settings};
pub use error::{Failure, Never};

//! Use cases: one public function an action, which authorises, loads, asks the domain, stores and enqueues.

pub mod acting;
pub mod context;
pub mod contributions;
pub mod copies;
pub mod demo_links;
pub mod doctor;
pub mod error;
pub mod files;
pub mod gifts;
pub mod idempotency;
pub mod journal;
pub mod mails;
pub mod people;
pub mod pots;
pub mod profile;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod till;
pub mod verify;

pub use acting::{Acting, Channel};
pub use context::{Chance, Clock, Context, Settings};
pub use error::{Failure, Never};

//! Use cases: one public function an action, which authorises, loads, asks the domain, stores and enqueues.

pub mod acting;
pub mod context;
pub mod contributions;
pub mod copies;
pub mod doctor;
pub mod error;
pub mod files;
pub mod gifts;
pub mod idempotency;
pub mod journal;
pub mod mails;
pub mod people;
pub mod pots;
pub mod sessions;
pub mod sign_in;
pub mod till;

pub use acting::{Acting, Channel};
pub use context::{Chance, Clock, Context, Settings};
pub use error::{Failure, Never};

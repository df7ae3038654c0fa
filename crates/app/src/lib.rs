//! Use cases: one public function an action, which authorises, loads, asks the domain, stores and enqueues.

pub mod acting;
pub mod context;
pub mod error;
pub mod idempotency;
pub mod journal;

pub use acting::{Acting, Channel};
pub use context::{Chance, Clock, Context, Settings};
pub use error::{Failure, Never};

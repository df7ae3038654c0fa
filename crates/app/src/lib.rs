//! Use cases: one public function an action, which authorises, loads, asks the domain, stores and enqueues.

pub mod context;

pub use context::{Chance, Clock, Context, Settings};

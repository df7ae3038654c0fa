//! The compilation of messages, the messages themselves, and what the crate writes and reads.

#![allow(clippy::unwrap_used, reason = "a test falls where something is missing")]

mod amounts;
mod catalogue;
mod days;
mod elision;
mod faults;
mod generated;
mod kinds;
mod order;
mod sources;
mod typography;
mod unused;

/// The compilation that `build.rs` runs.
#[path = "../../build/mod.rs"]
mod compilation;

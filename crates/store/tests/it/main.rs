//! The database of both kinds, tried as the use cases use it.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

mod act;
mod commit;
mod concurrency;
mod disk;
mod files;
mod open;
mod place;
mod query;
mod schema;
mod write;

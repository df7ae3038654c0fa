//! The binary, as it is run.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its ground gives way")]

mod administration;
mod copies;
mod guide;
mod imports;
mod journal;
mod killed;
mod outputs;
mod proxies;
mod running;
mod stopping;

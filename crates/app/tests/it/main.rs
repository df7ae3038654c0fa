//! Use cases, as people do them, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its ground gives way")]

mod backup;
mod funding;
mod gift_imports;
mod journal;
mod money_in;
mod needs_merging;
mod pabulib;
mod people;
mod search;
mod seeds;
mod subscriptions;
mod visibility;

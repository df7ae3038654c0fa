//! The rules of money, accounts, postings and the chain, seen from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its ground gives way")]

mod account;
mod chain;
mod invariants;
mod money;
mod permissions;
mod posting;
mod public_journal;
mod rights;
mod seed;
mod sim;

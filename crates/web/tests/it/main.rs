//! Stories through the real router: what people see, send and are refused, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its ground gives way")]

mod accounts;
mod acting;
mod admin;
mod browser;
mod calls;
mod changes;
mod collective;
mod corrections;
mod currencies;
mod features;
mod give;
mod kept;
mod money;
mod outside;
mod pages;
mod pictures;
mod promises;
mod proofs;
mod queries;
mod refunds;
mod resent;
mod returns;
mod round_promises;
mod rounds;
mod sharing;
mod subscriptions;
mod tasks;
mod top_up;
mod tracks;
mod work;
mod year;

//! What people do with Popote, in Chromium.

#![allow(clippy::expect_used, reason = "a journey stops where its ground gives way")]

mod frame;
mod main_job;
mod month;
mod stranger;

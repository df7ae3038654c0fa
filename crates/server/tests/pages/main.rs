//! Every page of the site, as people get it: axe-core, the validator of HTML and the rules for all pages find nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its ground gives way")]

mod doors;
mod example;
mod list;

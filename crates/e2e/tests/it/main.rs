//! What people do with Popote, in Chromium.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a journey that can't go on fails"
)]

mod frame;

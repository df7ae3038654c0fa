//! What people do with Popote, in Chromium.

mod frame;
mod main_job;

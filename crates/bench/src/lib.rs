//! What Popote costs, measured: requests under load, commits, memory, start; and that a killed server loses nothing.
//!
//! `scripts/bench` runs all of it on a release build and prints a table. Figures are never asserted: machines are
//! noisy, so each is to be read beside the bare handler and the bare disk of the same run. Times are integer
//! microseconds, memory is kibibytes.

#![expect(clippy::expect_used, clippy::panic, reason = "a measure that can't be taken ends the run")]

pub mod bare;
pub mod disk;
pub mod figures;
pub mod growth;
pub mod killed;
pub mod load;
pub mod measure;
pub mod process;
pub mod search;
pub mod stage;
pub mod wire;
pub mod writers;

//! How far a play is.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

/// How far a play is: read by whoever waits, while it goes on.
#[derive(Debug, Default)]
pub struct Progress {
    entries: Arc<AtomicU64>,
    stage: AtomicUsize,
}

/// What is done just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The organisations become members.
    Members,
    /// Each pays in and gets its share.
    Contributions,
    /// Each puts it on what it approved.
    Allocations,
    /// The round closes: what isn't covered returns.
    Closing,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Members, Self::Contributions, Self::Allocations, Self::Closing];

    /// In a word or two.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Contributions => "contributions",
            Self::Allocations => "allocations",
            Self::Closing => "closing the round",
        }
    }
}

impl Progress {
    /// How many entries were made so far.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries.load(Ordering::Relaxed)
    }

    /// What is done just now.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::ALL.get(self.stage.load(Ordering::Relaxed)).copied().unwrap_or(Stage::Closing)
    }

    /// What counts the entries.
    #[must_use]
    pub fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.entries)
    }

    pub(super) fn begin(&self, stage: Stage) {
        // A play that is tried again begins anew.
        if stage == Stage::Members {
            self.entries.store(0, Ordering::Relaxed);
        }
        self.stage.store(stage as usize, Ordering::Relaxed);
    }
}

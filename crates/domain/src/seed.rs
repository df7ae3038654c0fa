//! Chance as a parameter: 32 random bytes drawn before a command runs, from which its ids and salts follow, so
//! that running it again after a rollback writes the same.

use jiff::Timestamp;
use uuid::{Builder, Uuid};

use crate::chain::{Hash, digest};

/// The randomness of one command. Never stored.
#[derive(Clone)]
pub struct Seed {
    bytes: Hash,
    drawn: u32,
}

impl Seed {
    /// A seed of 32 random bytes.
    #[must_use]
    pub const fn new(bytes: Hash) -> Self {
        Self { bytes, drawn: 0 }
    }

    /// The next 32 bytes: SHA-256(seed ‖ counter), which tells nothing of the other draws.
    pub fn bytes(&mut self) -> Hash {
        self.drawn += 1;
        digest(&[&self.bytes, &self.drawn.to_be_bytes()])
    }

    /// The next id, a UUID of version 7 for `now`. Ids of one command sort in the order in which they were
    /// drawn (the first 4 096 of them).
    pub fn id<T: From<Uuid>>(&mut self, now: Timestamp) -> T {
        let mut tail = [0; 10];
        tail.copy_from_slice(&self.bytes()[..10]);
        let [.., high, low] = self.drawn.to_be_bytes();
        tail[0] = high;
        tail[1] = low;
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().into()
    }
}

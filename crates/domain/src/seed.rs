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

    /// The next id, a UUID of version 7 for `now`. Ids of one command sort in the order in which they were drawn:
    /// the count of what was drawn (32 bits) stands before the 42 random bits.
    pub fn id<T: From<Uuid>>(&mut self, now: Timestamp) -> T {
        let mut tail = [0; 10];
        tail.copy_from_slice(&self.bytes()[..10]);
        // The version takes the first four bits of the first byte, the variant the first two of the third.
        let [first, second, third, fourth] = self.drawn.to_be_bytes();
        tail[0] = first >> 4;
        tail[1] = first << 4 | second >> 4;
        tail[2] = (second & 0x0f) << 2 | third >> 6;
        tail[3] = third << 2 | fourth >> 6;
        tail[4] = fourth << 2 | tail[4] & 0x03;
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_drawn_whatever_was_drawn_between() {
        let mut seed = Seed::new([7; 32]);
        let mut last = Uuid::nil();
        for drawn in [0, 1, 62, 63, 64, 4_095, 4_096, 65_535, 65_536, 1_048_575, 1_048_576, u32::MAX - 1] {
            seed.drawn = drawn;
            let id: Uuid = seed.id(Timestamp::UNIX_EPOCH);
            assert!(id > last, "{drawn}: {id} after {last}");
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            last = id;
        }
    }

    #[test]
    fn two_seeds_draw_other_ids_and_the_same_seed_the_same() {
        let draw = |byte| Seed::new([byte; 32]).id::<Uuid>(Timestamp::UNIX_EPOCH);
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}

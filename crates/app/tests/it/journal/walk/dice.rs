//! Chance that a number repeats.

/// A small generator of numbers (`SplitMix64`), so that a seed is all that a run needs to be repeated.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.below(from.len())]) }
    }

    /// Up to `most`; one time in twelve more than that, which has to be refused.
    pub(super) fn amount(&mut self, most: i64) -> i64 {
        let most = most.max(1);
        if self.below(12) == 0 {
            most + 1
        } else {
            1 + i64::try_from(self.next() % most.unsigned_abs()).unwrap()
        }
    }
}

//! What follows from what was read: linear equations over the amounts of organisations. Whether an amount follows
//! depends on which sums are told, not on how much they are, so no amounts are needed.

use std::collections::BTreeMap;

/// Equations are solved modulo this prime: a sum that follows over the rational numbers follows here too, and the
/// other way round but for a chance in 10¹⁸.
const PRIME: u64 = (1 << 61) - 1;

/// An amount of one organisation, by its place among the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unknown {
    /// What it paid under a nature, before or after the distribution.
    Paid(usize, usize),
    /// What it got to share out.
    Shared(usize),
    /// What it has left of it.
    Left(usize),
    /// All that it ever put on features.
    Put(usize),
    /// All that it ever took or got back.
    Returned(usize),
    /// What it has on a feature, by the feature's place.
    On(usize, usize),
}

/// What a reader knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    columns: BTreeMap<Unknown, usize>,
    /// Each with its first column, in which it has 1.
    rows: BTreeMap<usize, Vec<u64>>,
}

fn times(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap()
}

fn inverse(a: u64) -> u64 {
    let (mut base, mut power, mut result) = (a, PRIME - 2, 1);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}

impl Sums {
    /// The reader learns a sum of amounts, each times a number.
    pub(super) fn learn(&mut self, sum: &[(Unknown, i64)]) {
        for (unknown, _) in sum {
            let next = self.columns.len();
            self.columns.entry(*unknown).or_insert(next);
        }
        let mut row = self.reduced(sum);
        let Some(first) = row.iter().position(|factor| *factor != 0) else { return };
        let scale = inverse(row[first]);
        for factor in &mut row {
            *factor = times(*factor, scale);
        }
        self.rows.insert(first, row);
    }

    /// The reader learns one amount.
    pub(super) fn learn_one(&mut self, unknown: Unknown) {
        self.learn(&[(unknown, 1)]);
    }

    /// Whether the reader can tell the sum of these amounts.
    pub(super) fn tell(&self, sum: &[Unknown]) -> bool {
        let known = sum.iter().all(|unknown| self.columns.contains_key(unknown));
        let sum: Vec<_> = sum.iter().map(|unknown| (*unknown, 1)).collect();
        known && self.reduced(&sum).iter().all(|factor| *factor == 0)
    }

    /// What is left of a sum when everything that is known is taken off.
    fn reduced(&self, sum: &[(Unknown, i64)]) -> Vec<u64> {
        let mut row = vec![0; self.columns.len()];
        for (unknown, factor) in sum {
            let factor = factor.rem_euclid(i64::try_from(PRIME).unwrap());
            let at = self.columns[unknown];
            row[at] = (row[at] + u64::try_from(factor).unwrap()) % PRIME;
        }
        for (first, known) in &self.rows {
            let factor = row[*first];
            if factor != 0 {
                for (at, other) in known.iter().enumerate() {
                    row[at] = (row[at] + PRIME - times(factor, *other)) % PRIME;
                }
            }
        }
        row
    }
}

#[test]
fn four_of_five_and_the_total_tell_the_fifth() {
    let on = |organisation| Unknown::On(organisation, 0);
    let mut sums = Sums::default();
    sums.learn(&[(on(0), 1), (on(1), 1), (on(2), 1), (on(3), 1)]);
    sums.learn_one(on(0));
    assert!(sums.tell(&[on(0)]) && !sums.tell(&[on(1)]) && !sums.tell(&[on(2), on(3)]));
    assert!(sums.tell(&[on(1), on(2), on(3)]) && !sums.tell(&[on(9)]));
    sums.learn(&[(on(1), 2), (on(2), -3)]);
    assert!(!sums.tell(&[on(3)]));
    sums.learn(&[(on(1), 5), (on(2), 1)]);
    assert!(sums.tell(&[on(1)]) && sums.tell(&[on(3)]), "two equations for two of three");
}

//! Claims on the pool, and its division.

use std::collections::HashMap;

use num_bigint::BigUint;

use super::{Gift, MAX_AMOUNT, MAX_PAIRS, QuadraticError};
use crate::lot::Lot;

/// Gifts, one for each donor of a project.
pub(super) struct Merged {
    /// For each project its donors in ascending order, with what each gives.
    projects: Vec<Vec<(u32, u64)>>,
    /// What was given to each project, also to one that was dropped.
    given: Vec<u64>,
}

impl Merged {
    pub(super) fn new(projects: usize, gifts: &[Gift]) -> Result<Self, QuadraticError> {
        let mut merged: Vec<HashMap<u32, u64>> = vec![HashMap::new(); projects];
        for (index, gift) in gifts.iter().enumerate() {
            let donors =
                merged.get_mut(gift.project as usize).ok_or(QuadraticError::UnknownProject(index))?;
            let sum = donors.entry(gift.donor).or_insert(0);
            *sum = sum.saturating_add(gift.amount);
            if *sum > MAX_AMOUNT {
                return Err(QuadraticError::TooLarge);
            }
        }
        let pairs = merged
            .iter()
            .fold(0, |sum: usize, donors| sum.saturating_add(donors.len().saturating_mul(donors.len())));
        if pairs > MAX_PAIRS {
            return Err(QuadraticError::TooLarge);
        }
        let sorted = |donors: HashMap<u32, u64>| {
            let mut donors: Vec<(u32, u64)> = donors.into_iter().filter(|(_, amount)| *amount > 0).collect();
            donors.sort_unstable();
            donors
        };
        let projects: Vec<_> = merged.into_iter().map(sorted).collect();
        let given = projects.iter().map(|donors| donors.iter().map(|(_, amount)| *amount).sum()).collect();
        Ok(Self { projects, given })
    }

    pub(super) fn drop_project(&mut self, project: usize) {
        self.projects[project].clear();
    }

    /// Ordered pairs of donors of one project that are still counted.
    pub(super) fn pairs(&self) -> usize {
        self.projects.iter().map(|donors| donors.len().saturating_mul(donors.len())).sum()
    }

    pub(super) fn given(&self) -> &[u64] {
        &self.given
    }
}

/// The root of an amount in `2⁻³²`, cut.
fn root(amount: u64) -> u128 {
    (u128::from(amount) << 64).isqrt()
}

/// Each project's claim, in `2⁻⁶⁴` of the smallest unit.
pub(super) fn claims(merged: &Merged, pairwise: Option<u64>) -> Vec<BigUint> {
    let roots: Vec<Vec<(u32, u128)>> = merged
        .projects
        .iter()
        .map(|donors| donors.iter().map(|(donor, amount)| (*donor, root(*amount))).collect())
        .collect();
    match pairwise {
        None => roots.iter().map(|donors| plain(donors)).collect(),
        Some(bound) => bounded(&roots, bound),
    }
}

/// Twice the sum of the products of two roots: the square of their sum less the sum of their squares.
fn plain(donors: &[(u32, u128)]) -> BigUint {
    let sum: BigUint = donors.iter().map(|(_, root)| BigUint::from(*root)).sum();
    let squares: BigUint = donors.iter().map(|(_, root)| BigUint::from(root * root)).sum();
    &sum * &sum - squares
}

fn bounded(roots: &[Vec<(u32, u128)>], bound: u64) -> Vec<BigUint> {
    let bound = BigUint::from(bound) << 64;
    // Where each donor gives: project and place in it.
    let mut gifts: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
    for (project, donors) in roots.iter().enumerate() {
        for (place, (donor, _)) in donors.iter().enumerate() {
            gifts.entry(*donor).or_default().push((project, place));
        }
    }
    let mut claims = vec![BigUint::ZERO; roots.len()];
    let mut together: HashMap<u32, BigUint> = HashMap::new();
    for given in gifts.values() {
        // The sums over all common projects with each donor of a higher index.
        together.clear();
        for (project, place) in given {
            let own = roots[*project][*place].1;
            for (other, root) in &roots[*project][place + 1..] {
                *together.entry(*other).or_default() += own * root;
            }
        }
        for (project, place) in given {
            let own = roots[*project][*place].1;
            for (other, root) in &roots[*project][place + 1..] {
                let Some(sum) = together.get(other) else { continue };
                let product = BigUint::from(own * root) * 2_u8;
                let divisor = &bound + sum;
                if divisor > BigUint::ZERO {
                    claims[*project] += product * &bound / divisor;
                }
            }
        }
    }
    claims
}

/// Divides a pool in proportion to the claims of those who aren't left out: whole units, and those that are missing one
/// each to the largest remainders, ties by the lot.
pub(super) fn hamilton(claims: &[BigUint], pool: u64, lot: &Lot, left_out: &[bool]) -> Vec<u64> {
    let takes_part = |index: &usize| !left_out[*index] && claims[*index] > BigUint::ZERO;
    let total: BigUint = (0..claims.len()).filter(takes_part).map(|index| &claims[index]).sum();
    let mut shares = vec![0; claims.len()];
    if total == BigUint::ZERO {
        return shares;
    }
    let mut remainders: Vec<(BigUint, u32, usize)> = Vec::new();
    for (index, place) in (0..claims.len()).zip(0_u32..).filter(|(index, _)| takes_part(index)) {
        let product = &claims[index] * pool;
        let share = &product / &total;
        remainders.push((product - &share * &total, lot.place(place), index));
        shares[index] = u64::try_from(share).unwrap_or(u64::MAX);
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let missing = pool.saturating_sub(shares.iter().sum());
    for (_, _, index) in remainders.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        shares[index] += 1;
    }
    shares
}

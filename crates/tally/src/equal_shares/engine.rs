//! One run of the method for one size of the pot.
//!
//! Money is held in fixed point, as integers of `2^-bits` of a common divisor of all costs, and never decides by
//! itself: for each group of voters `upper` is at least what a voter has left, and at most `slack` above it. A price
//! is found as a lower and an upper bound from the two ends; only when bounds overlap is it worked out exactly, by
//! `exact.rs`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use num_bigint::{BigInt, BigUint};

use super::exact::{Chain, Price, gcd, magnitude};
use super::price::{Bound, Bracket};
use crate::budget::{Profile, Support};

/// Bits of the fixed-point sum of all shares.
const MONEY_BITS: u32 = 61;
/// Widest price bracket, in the last place, that may flow into the shares without being made exact.
const MAX_WIDTH: u64 = 1 << 16;
/// The step of what has not happened.
pub(super) const NEVER: u32 = u32::MAX;

/// A project bought.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub(super) project: u32,
    /// Bounds of the price of a unit.
    pub(super) price: Bracket,
    /// Units (times voters) paid in full.
    pub(super) full: u64,
    /// A group counted in `full` although nothing is left to it: when all supporters give their last.
    pub(super) last: Option<u32>,
    /// Groups that had exactly the price of their units.
    pub(super) even: Vec<u32>,
    /// The projects of the same price, this one included, when there are several.
    pub(super) tied: Vec<u32>,
}

/// What a run works on.
pub(super) struct Engine<'p> {
    pub(super) profile: &'p Profile,
    /// Common divisor of the costs, and the fixed-point bits beyond it.
    pub(super) divisor: u64,
    pub(super) bits: u32,
    pub(super) pot: u128,
    pub(super) upper: Vec<u64>,
    pub(super) slack: u64,
    /// The step at which a group gave its last.
    emptied: Vec<u32>,
    pub(super) picks: Vec<Pick>,
    pub(super) step_of: Vec<u32>,
    pub(super) spent: u128,
    pub(super) chain: Chain,
    pub(super) waiting: BinaryHeap<Bound>,
}

impl<'p> Engine<'p> {
    pub(super) fn new(profile: &'p Profile) -> Self {
        let divisor = profile.costs.iter().fold(0, |divisor, cost| gcd(divisor, *cost)).max(1);
        Self {
            profile,
            divisor,
            bits: 0,
            pot: 0,
            upper: Vec::new(),
            slack: 0,
            emptied: Vec::new(),
            picks: Vec::new(),
            step_of: Vec::new(),
            spent: 0,
            chain: Chain::new(base(profile)),
            waiting: BinaryHeap::new(),
        }
    }

    /// Starts anew with a pot, in the unit of the costs; `false` if the figures are too large to be counted.
    pub(super) fn start(&mut self, pot: u128) -> bool {
        let size = u128::BITS - (pot / u128::from(self.divisor) + 1).leading_zeros();
        let Some(bits) = MONEY_BITS.checked_sub(size) else { return false };
        (self.pot, self.bits, self.slack, self.spent) = (pot, bits, 1, 0);
        self.chain = Chain::new(base(self.profile));
        self.picks.clear();
        self.step_of.clear();
        self.step_of.resize(self.profile.projects(), NEVER);
        self.emptied.clear();
        self.emptied.resize(self.profile.groups(), NEVER);
        self.fill_shares();
        self.waiting.clear();
        for project in self.profile.indices() {
            self.wait_first(project);
        }
        true
    }

    fn fill_shares(&mut self) {
        let total = BigUint::from(base(self.profile)) * self.divisor;
        let share = |weight: u64| {
            let money = (BigUint::from(self.pot) * weight) << self.bits;
            if weight == 0 { 0 } else { u64::try_from(money / &total).unwrap_or(u64::MAX - 1) + 1 }
        };
        let mut known = (0, 0);
        self.upper.clear();
        for group in self.profile.groups.indices() {
            let weight = self.profile.groups.weight(group);
            if weight != known.0 {
                known = (weight, share(weight));
            }
            self.upper.push(known.1);
        }
    }

    /// A supported project waits at the price that it would have if nobody ran out.
    fn wait_first(&mut self, project: u32) {
        let units = u64::try_from(self.profile.total_units(project)).unwrap_or(u64::MAX);
        if units == 0 {
            return;
        }
        if self.profile.cost(project) == 0 {
            self.waiting.push(Bound { price: 0, scale: 1, project });
        } else if let Some(cost) = self.fixed_cost(project) {
            self.waiting.push(Bound { price: cost / units, scale: self.profile.scale(project), project });
        }
    }

    /// The cost in fixed point; `None` when it is over the whole pot, so that nobody can buy it.
    pub(super) fn fixed_cost(&self, project: u32) -> Option<u64> {
        let cost = self.profile.cost(project);
        (u128::from(cost) <= self.pot).then(|| (cost / self.divisor) << self.bits)
    }

    pub(super) fn supports(&self, project: u32) -> &'p [Support] {
        let profile: &'p Profile = self.profile;
        profile.supports_of(project as usize)
    }

    /// Takes the next project, if any can be bought; tells which.
    pub(super) fn step(&mut self) -> Option<u32> {
        let choice = self.cheapest()?;
        Some(self.buy(choice))
    }

    /// Buys: everyone pays the price of their units or what they have left.
    pub(super) fn buy(&mut self, (project, bracket, tied): (u32, Bracket, Vec<u32>)) -> u32 {
        let step = u32::try_from(self.picks.len()).unwrap_or(NEVER);
        let mut pick = Pick { project, price: bracket, full: 0, last: None, even: Vec::new(), tied };
        if self.profile.cost(project) > 0 {
            self.collect(&mut pick, step);
        }
        self.spent += u128::from(self.profile.cost(project));
        self.step_of[project as usize] = step;
        self.picks.push(pick);
        project
    }

    fn collect(&mut self, pick: &mut Pick, step: u32) {
        let supports = self.supports(pick.project);
        let mut exact = None;
        if pick.price.width() > MAX_WIDTH
            || supports.iter().any(|support| self.pays_in_full(support, pick.price).is_none())
        {
            let price = self.exact_price(pick.project, Some(pick.price));
            pick.price = self.bracket_of(&price);
            exact = Some(price);
        }
        let mut widest = 0;
        let mut decided = Vec::new();
        for support in supports {
            widest = widest.max(support.units);
            if self.upper[support.group as usize] == 0 {
                continue;
            }
            let full = match (self.pays_in_full(support, pick.price), &exact) {
                (Some(full), _) => full,
                (None, Some(price)) => {
                    let order = price.cmp_left(&self.left(support.group), support.units);
                    if order == Ordering::Equal {
                        pick.even.push(support.group);
                    }
                    order == Ordering::Greater
                }
                (None, None) => false,
            };
            decided.push((support, full));
        }
        pick.full = decided.iter().filter(|(_, full)| *full).map(|(support, _)| mass(support)).sum();
        if pick.full == 0 {
            let last = self.richest(decided.iter().map(|(support, _)| *support));
            pick.last = last.map(|support| support.group);
            pick.full = last.map_or(0, mass);
        }
        for (support, full) in decided {
            let upper = &mut self.upper[support.group as usize];
            if full {
                *upper = upper.saturating_sub(pick.price.low.saturating_mul(u64::from(support.units))).max(1);
            } else {
                *upper = 0;
                self.emptied[support.group as usize] = step;
            }
        }
        self.slack = self.slack.saturating_add(pick.price.width().saturating_mul(u64::from(widest)));
    }

    /// Whether a supporter has more than the price of its units, or less; `None` if the bounds don't tell, or if it may
    /// have exactly that.
    fn pays_in_full(&self, support: &Support, price: Bracket) -> Option<bool> {
        let (upper, units) = (self.upper[support.group as usize], u64::from(support.units));
        if upper < price.low.saturating_mul(units) {
            Some(false)
        } else if upper.saturating_sub(self.slack) > price.high.saturating_mul(units) {
            Some(true)
        } else {
            None
        }
    }

    /// Among supporters, the one with the most money for each unit.
    fn richest<'s>(&mut self, supports: impl Iterator<Item = &'s Support>) -> Option<&'s Support> {
        self.extend_chain();
        let mut best: Option<(&Support, BigInt)> = None;
        for support in supports {
            let left = self.left(support.group);
            let richer = best.as_ref().is_none_or(|(other, most)| &left * other.units > most * support.units);
            if richer {
                best = Some((support, left));
            }
        }
        best.map(|(support, _)| support)
    }

    /// The step at which a group gave its last, if it did.
    pub(super) fn emptied_at(&self, group: u32) -> Option<usize> {
        let step = self.emptied[group as usize];
        (step != NEVER).then_some(step as usize)
    }

    /// What a voter of a group has left, over the chain's denominator; the chain must reach the last pick.
    pub(super) fn left(&self, group: u32) -> BigInt {
        if self.upper[group as usize] == 0 {
            return BigInt::ZERO;
        }
        let share = BigInt::from(BigUint::from(self.pot) * self.profile.groups.weight(group));
        self.chain.left(share, &self.bought(group, self.chain.len()))
    }

    /// What a group supported among the first picks: steps in ascending order, and units.
    fn bought(&self, group: u32, steps: usize) -> Vec<(usize, u32)> {
        let links = self.profile.groups.links(group).iter();
        let bought = links.map(|link| (self.step_of[link.to as usize] as usize, link.units));
        let mut bought: Vec<_> = bought.filter(|(step, _)| *step < steps).collect();
        bought.sort_unstable();
        bought
    }

    /// Works out the exact prices of all picks so far.
    pub(super) fn extend_chain(&mut self) {
        for step in self.chain.len()..self.picks.len() {
            let pick = &self.picks[step];
            let at = u32::try_from(step).unwrap_or(NEVER);
            let emptied = |support: &&Support| {
                self.emptied[support.group as usize] == at && pick.last != Some(support.group)
            };
            let given = self.supports(pick.project).iter().filter(emptied);
            let num = self.remaining_cost(pick.project, given, step);
            let price = Price { num: magnitude(num), den: pick.full.max(1) };
            self.chain.push(&price);
        }
    }

    /// The cost less all that some groups had left before a step, as a numerator over that step's denominator.
    pub(super) fn remaining_cost<'s>(
        &self,
        project: u32,
        given: impl Iterator<Item = &'s Support>,
        step: usize,
    ) -> BigInt {
        let mut weight = BigUint::ZERO;
        let mut coefficients = vec![0_u128; step];
        for support in given {
            let size = u128::from(support.size);
            weight += size * u128::from(self.profile.groups.weight(support.group));
            for link in self.profile.groups.links(support.group) {
                if let Some(sum) = coefficients.get_mut(self.step_of[link.to as usize] as usize) {
                    *sum += size * u128::from(link.units);
                }
            }
        }
        let cost = BigInt::from(BigUint::from(base(self.profile)) * self.profile.cost(project));
        self.chain.sum(cost - BigInt::from(weight * self.pot), &coefficients)
    }
}

/// What shares are divided by: the sum of the weights, or 1 when nobody holds anything.
fn base(profile: &Profile) -> u128 {
    profile.total_weight().max(1)
}

/// Units that a group gives altogether.
pub(super) fn mass(support: &Support) -> u64 {
    u64::from(support.size) * u64::from(support.units)
}

//! The price of a project: the smallest `r` such that supporters who pay `r` for each unit, or all they have left,
//! cover the cost. What they pay is concave in `r`, so Newton's steps from below rise to the price and stop there.

use std::cmp::Ordering;

use super::engine::{Engine, mass};
use super::exact::{Price, magnitude};
use crate::budget::Support;

/// A project that waits, with a price that it can't be under; prices never fall. Ordered for a heap whose top is the
/// lowest price per utility.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    /// Price of a unit in fixed point.
    pub(super) price: u64,
    /// Utility of a unit.
    pub(super) scale: u64,
    pub(super) project: u32,
}

impl Bound {
    /// Compares prices per utility.
    pub(super) fn cmp_price(&self, other: &Self) -> Ordering {
        let left = u128::from(self.price) * u128::from(other.scale);
        let right = u128::from(other.price) * u128::from(self.scale);
        left.cmp(&right)
    }
}

impl Ord for Bound {
    fn cmp(&self, other: &Self) -> Ordering {
        other.cmp_price(self).then(other.project.cmp(&self.project))
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Bound {}

/// A price between two bounds, both possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bracket {
    pub(super) low: u64,
    pub(super) high: u64,
}

impl Bracket {
    pub(super) fn width(self) -> u64 {
        self.high - self.low
    }
}

/// What supporters would pay at a price.
struct Demand {
    /// Sum of what those give who can't pay in full.
    given: u64,
    /// Units paid in full.
    full: u64,
    /// All that supporters have.
    total: u64,
}

/// The winner of a step, with its price and the projects tied with it.
pub(super) type Choice = (u32, Bracket, Vec<u32>);

impl Engine<'_> {
    /// What supporters with `slack` less than their upper bounds would pay.
    fn demand(&self, supports: &[Support], price: u64, slack: u64) -> Demand {
        let mut demand = Demand { given: 0, full: 0, total: 0 };
        for support in supports {
            let left = self.upper[support.group as usize].saturating_sub(slack);
            let money = left * u64::from(support.size);
            demand.total += money;
            if left < price.saturating_mul(u64::from(support.units)) {
                demand.given += money;
            } else {
                demand.full += mass(support);
            }
        }
        demand
    }

    /// A better lower bound, from one known; `Err` when supporters can't cover the cost even at the upper bounds.
    pub(super) fn lower(&self, bound: Bound) -> Result<Bound, ()> {
        let cost = self.fixed_cost(bound.project).ok_or(())?;
        let supports = self.supports(bound.project);
        let mut price = bound.price;
        loop {
            let demand = self.demand(supports, price, 0);
            if demand.total < cost {
                return Err(());
            }
            let next = cost.saturating_sub(demand.given).checked_div(demand.full).unwrap_or(price);
            if next <= price {
                return Ok(Bound { price, ..bound });
            }
            price = next;
        }
    }

    /// An upper bound of the price, from a lower one; `None` when supporters may not cover the cost.
    fn higher(&self, bound: Bound) -> Option<u64> {
        let cost = self.fixed_cost(bound.project)?;
        let supports = self.supports(bound.project);
        let mut price = bound.price;
        loop {
            let demand = self.demand(supports, price, self.slack);
            if demand.total < cost {
                return None;
            }
            if demand.full == 0 {
                return Some(price);
            }
            let next = cost.saturating_sub(demand.given).div_ceil(demand.full);
            if next <= price {
                return Some(price);
            }
            price = next;
        }
    }

    /// Bounds of the price of a project from its lower bound; `None` when it can't be bought.
    pub(super) fn bracket(&mut self, low: Bound) -> Option<Bracket> {
        if let Some(high) = self.higher(low) {
            return Some(Bracket { low: low.price, high });
        }
        self.extend_chain();
        if !self.is_affordable(low.project) {
            return None;
        }
        let price = self.exact_price(low.project, None);
        Some(self.bracket_of(&price))
    }

    /// The project of the lowest price per utility, ties broken; all that was looked at waits with a better bound.
    pub(super) fn cheapest(&mut self) -> Option<Choice> {
        let mut best: Option<Bound> = None;
        let mut contenders: Vec<(Bound, Bracket)> = Vec::new();
        let mut looked_at = Vec::new();
        while let Some(top) = self.waiting.peek().copied() {
            if best.is_some_and(|best| top.cmp_price(&best) == Ordering::Greater) {
                break;
            }
            self.waiting.pop();
            if self.profile.cost(top.project) == 0 {
                let free = Bracket { low: 0, high: 0 };
                best = Some(top);
                contenders.push((top, free));
                continue;
            }
            let Ok(low) = self.lower(top) else { continue };
            if best.is_some_and(|best| low.cmp_price(&best) == Ordering::Greater) {
                looked_at.push(low);
                continue;
            }
            let Some(bracket) = self.bracket(low) else { continue };
            let high = Bound { price: bracket.high, ..top };
            if best.is_none_or(|best| high.cmp_price(&best) == Ordering::Less) {
                best = Some(high);
            }
            contenders.push((Bound { price: bracket.low, ..top }, bracket));
        }
        self.waiting.extend(looked_at);
        let best = best?;
        let (close, far): (Vec<_>, Vec<_>) =
            contenders.into_iter().partition(|(low, _)| low.cmp_price(&best) != Ordering::Greater);
        self.waiting.extend(far.into_iter().map(|(low, _)| low));
        self.choose(&close)
    }

    /// Among contenders whose bounds overlap, the cheapest by exact prices and then by the chain of ties.
    fn choose(&mut self, close: &[(Bound, Bracket)]) -> Option<Choice> {
        if let [(bound, bracket)] = *close {
            return Some((bound.project, bracket, Vec::new()));
        }
        let tied = self.cheapest_exactly(close);
        let winner = tied.iter().copied().min_by_key(|project| self.profile.tie_order(*project))?;
        let place = close.iter().position(|(bound, _)| bound.project == winner)?;
        let others = close.iter().enumerate().filter(|(index, _)| *index != place);
        self.waiting.extend(others.map(|(_, (bound, _))| *bound));
        Some((winner, close[place].1, if tied.len() > 1 { tied } else { Vec::new() }))
    }

    fn cheapest_exactly(&mut self, close: &[(Bound, Bracket)]) -> Vec<u32> {
        if close.iter().any(|(bound, _)| self.profile.cost(bound.project) == 0) {
            let free = close.iter().map(|(bound, _)| bound.project);
            return free.filter(|project| self.profile.cost(*project) == 0).collect();
        }
        let mut tied: Vec<u32> = Vec::new();
        let mut lowest: Option<(Price, u64)> = None;
        for (bound, bracket) in close {
            let price = self.exact_price(bound.project, Some(*bracket));
            let order = lowest.as_ref().map(|(low, scale)| price.cmp_per_utility(bound.scale, low, *scale));
            match order {
                Some(Ordering::Greater) => {}
                Some(Ordering::Equal) => tied.push(bound.project),
                Some(Ordering::Less) | None => {
                    tied = vec![bound.project];
                    lowest = Some((price, bound.scale));
                }
            }
        }
        tied
    }

    /// The exact price of a project that can be bought, over the chain's denominator.
    pub(super) fn exact_price(&mut self, project: u32, bracket: Option<Bracket>) -> Price {
        self.extend_chain();
        let supports = self.supports(project);
        let bracket = bracket.unwrap_or(Bracket { low: 0, high: u64::MAX });
        // Those who certainly can't pay in full, those who may not, and the units of those who can.
        let (mut given, mut unsure, mut full) = (Vec::new(), Vec::new(), 0);
        for support in supports {
            let (upper, units) = (self.upper[support.group as usize], u64::from(support.units));
            if upper < bracket.low.saturating_mul(units) || upper == 0 {
                given.push(support);
                continue;
            }
            full += mass(support);
            if upper.saturating_sub(self.slack) < bracket.high.saturating_mul(units) {
                unsure.push((support, self.left(support.group)));
            }
        }
        loop {
            let num = self.remaining_cost(
                project,
                given.iter().copied().filter(|s| self.upper[s.group as usize] > 0),
                self.picks.len(),
            );
            let price = Price { num: magnitude(num), den: full.max(1) };
            let before = given.len();
            unsure.retain(|(support, left)| {
                let poor = price.cmp_left(left, support.units) == Ordering::Less;
                if poor {
                    given.push(support);
                    full -= mass(support);
                }
                !poor
            });
            if given.len() == before {
                return price;
            }
        }
    }

    /// Whether supporters have the cost together, exactly; the chain must reach the last pick.
    fn is_affordable(&self, project: u32) -> bool {
        let rich = self.supports(project).iter().filter(|support| self.upper[support.group as usize] > 0);
        self.remaining_cost(project, rich, self.picks.len()) <= num_bigint::BigInt::ZERO
    }

    /// Bounds of an exact price in fixed point.
    pub(super) fn bracket_of(&self, price: &Price) -> Bracket {
        let low = price.fixed(self.chain.denominator(), self.bits, self.divisor);
        Bracket { low, high: low.saturating_add(1) }
    }
}

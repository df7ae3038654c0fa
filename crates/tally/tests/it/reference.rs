//! The methods as their definitions read, with fractions and without any haste, to compare with.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratio(BigInt, BigInt);

impl Ratio {
    pub fn new(num: impl Into<BigInt>, den: impl Into<BigInt>) -> Self {
        let (num, den) = (num.into(), den.into());
        let common = num.gcd(&den);
        Self(num / &common, den / common)
    }

    pub fn whole(number: impl Into<BigInt>) -> Self {
        Self::new(number, 1)
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self::new(&self.0 * &other.1 + &other.0 * &self.1, &self.1 * &other.1)
    }

    pub fn minus(&self, other: &Self) -> Self {
        Self::new(&self.0 * &other.1 - &other.0 * &self.1, &self.1 * &other.1)
    }

    pub fn times(&self, other: &Self) -> Self {
        Self::new(&self.0 * &other.0, &self.1 * &other.1)
    }

    pub fn over(&self, other: &Self) -> Self {
        Self::new(&self.0 * &other.1, &self.1 * &other.0)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.0 * &other.1).cmp(&(&other.0 * &self.1))
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.1 == BigInt::from(1) { write!(f, "{}", self.0) } else { write!(f, "{}/{}", self.0, self.1) }
    }
}

/// An election with everything spelled out; the lot is the order of the indices.
#[derive(Clone, Debug)]
pub struct Plain {
    pub costs: Vec<u64>,
    pub weights: Vec<u64>,
    /// For each voter, units for each project.
    pub units: Vec<Vec<u32>>,
    /// Whether a unit is worth the project's cost.
    pub by_cost: bool,
    pub budget: u64,
}

/// Winners in order, the rate of each, and what is left to each voter.
pub struct Outcome {
    pub winners: Vec<usize>,
    pub rates: Vec<Ratio>,
    pub left: Vec<Ratio>,
    /// For each winner, voters with something left who paid the price in full.
    pub in_full: Vec<u64>,
}

impl Plain {
    fn utility(&self, voter: usize, project: usize) -> Ratio {
        let scale = if self.by_cost { self.costs[project] } else { 1 };
        Ratio::whole(BigInt::from(self.units[voter][project]) * scale)
    }

    fn supporters(&self, project: usize) -> Vec<usize> {
        (0..self.units.len()).filter(|voter| self.units[*voter][project] > 0).collect()
    }

    fn tie_order(&self, project: usize) -> (u64, std::cmp::Reverse<usize>, usize) {
        (self.costs[project], std::cmp::Reverse(self.supporters(project).len()), project)
    }

    /// The price for a unit of utility, or nothing if the supporters can't pay.
    fn rate(&self, project: usize, left: &[Ratio]) -> Option<Ratio> {
        let cost = Ratio::whole(self.costs[project]);
        let mut supporters = self.supporters(project);
        let total = supporters.iter().fold(Ratio::whole(0), |sum, voter| sum.plus(&left[*voter]));
        if supporters.is_empty() || total < cost {
            return None;
        }
        supporters.sort_by_key(|voter| left[*voter].over(&self.utility(*voter, project)));
        let (mut paid, mut worth) = (Ratio::whole(0), Ratio::whole(0));
        for voter in &supporters {
            worth = worth.plus(&self.utility(*voter, project));
        }
        for voter in &supporters {
            let rate = cost.minus(&paid).over(&worth);
            if rate.times(&self.utility(*voter, project)) <= left[*voter] {
                return Some(rate);
            }
            paid = paid.plus(&left[*voter]);
            worth = worth.minus(&self.utility(*voter, project));
        }
        unreachable!("the supporters have the cost together")
    }

    /// The method for one pot.
    pub fn equal_shares(&self, pot: u64) -> Outcome {
        let total: u64 = self.weights.iter().sum();
        let share = |weight: &u64| Ratio::new(BigInt::from(*weight) * pot, total.max(1));
        let mut left: Vec<Ratio> = self.weights.iter().map(share).collect();
        let (mut winners, mut rates, mut in_full) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let open = (0..self.costs.len()).filter(|project| !winners.contains(project));
            let priced = open.filter_map(|project| {
                if self.costs[project] == 0 {
                    return (!self.supporters(project).is_empty()).then(|| (Ratio::whole(0), project));
                }
                Some((self.rate(project, &left)?, project))
            });
            let best =
                priced.min_by(|(a, p), (b, q)| a.cmp(b).then(self.tie_order(*p).cmp(&self.tie_order(*q))));
            let Some((rate, project)) = best else { return Outcome { winners, rates, left, in_full } };
            in_full.push(0);
            for voter in self.supporters(project) {
                let price = rate.times(&self.utility(voter, project));
                if left[voter] > Ratio::whole(0) && left[voter] >= price {
                    *in_full.last_mut().unwrap() += 1;
                }
                left[voter] = left[voter].minus(&left[voter].clone().min(price));
            }
            winners.push(project);
            rates.push(rate);
        }
    }

    pub fn cost_of(&self, winners: &[usize]) -> u64 {
        winners.iter().map(|project| self.costs[*project]).sum()
    }

    fn is_exhaustive(&self, winners: &[usize]) -> bool {
        let left = self.budget.saturating_sub(self.cost_of(winners));
        let payable = |project| self.supporters(project).iter().any(|voter| self.weights[*voter] > 0);
        !(0..self.costs.len()).any(|p| !winners.contains(&p) && payable(p) && self.costs[p] <= left)
    }

    /// Add1, one raise after the other: winners and raises.
    pub fn add1(&self, step: u64) -> (Vec<usize>, u64) {
        let pot = |raises: u64| self.budget + raises * step * self.weights.len() as u64;
        let mut winners = self.equal_shares(self.budget).winners;
        for raises in 0.. {
            if self.is_exhaustive(&winners) {
                return (winners, raises);
            }
            let next = self.equal_shares(pot(raises + 1)).winners;
            if self.cost_of(&next) > self.budget {
                return (winners, raises);
            }
            winners = next;
        }
        unreachable!("the raises end")
    }

    /// Phragmén's method: winners and their loads.
    pub fn phragmen(&self) -> (Vec<usize>, Vec<Ratio>) {
        let mut loads = vec![Ratio::whole(0); self.units.len()];
        let (mut winners, mut times): (Vec<usize>, Vec<Ratio>) = (Vec::new(), Vec::new());
        loop {
            let open = (0..self.costs.len()).filter(|p| {
                !winners.contains(p) && self.costs[*p] <= self.budget && !self.supporters(*p).is_empty()
            });
            let load = |project: usize| {
                let supporters = self.supporters(project);
                let sum =
                    supporters.iter().fold(Ratio::whole(self.costs[project]), |sum, v| sum.plus(&loads[*v]));
                sum.over(&Ratio::whole(supporters.len()))
            };
            let open: Vec<(Ratio, usize)> = open.map(|project| (load(project), project)).collect();
            let Some(least) = open.iter().map(|(load, _)| load.clone()).min() else {
                return (winners, times);
            };
            let tied: Vec<usize> = open.iter().filter(|(load, _)| *load == least).map(|(_, p)| *p).collect();
            let spent = self.cost_of(&winners);
            if tied.iter().any(|project| spent + self.costs[*project] > self.budget) {
                return (winners, times);
            }
            let winner = tied.into_iter().min_by_key(|project| self.tie_order(*project)).unwrap();
            for voter in self.supporters(winner) {
                loads[voter] = least.clone();
            }
            winners.push(winner);
            times.push(least);
        }
    }
}

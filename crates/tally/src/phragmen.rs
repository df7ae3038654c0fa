//! Phragmén's sequential method for approvals (Brill, Freeman, Janson and Lackner, *Phragmén's Voting Methods and
//! Justified Representation*, AAAI 2017; with costs: Los, Christoff and Grossi, IJCAI 2022).
//!
//! Imagine that every voter earns money at the same steady pace. As soon as the supporters of a project have enough
//! together, it is bought and they are left with nothing. A project that costs more than the whole budget takes no
//! part; the method stops when the project whose turn it is, or one tied with it, doesn't fit what is left. A voter's *load*
//! is the time at which the voter's money was last spent, in the unit of the costs; the load of a project is the time at
//! which it would be bought. A project without supporters is never bought (pabutools 1.2.3 buys all of them in the end, if
//! they fit).
//!
//! ```
//! use popote_tally::budget::{Ballot, Profile, Utility};
//! let ballots = [Ballot::approval([0, 1]), Ballot::approval([0, 1]), Ballot::approval([2])];
//! let profile = Profile::new(&[60, 40, 30], Utility::Cardinality, ballots, None)?;
//! let outcome = popote_tally::phragmen::count(&profile, 100);
//! // 1 at time 20 (two people have 20 each), 2 at time 30, then 0 at time 50, which would cost too much.
//! assert_eq!(outcome.winners, [1, 2]);
//! assert_eq!(outcome.rounds[1].load.to_string(), "30");
//! assert_eq!(outcome.stopped_by, [0]);
//! # Ok::<(), popote_tally::budget::ProfileError>(())
//! ```

use std::cmp::Ordering;

use num_bigint::BigUint;

use crate::budget::Profile;
use crate::fraction::Fraction;

/// Bits of the fixed-point loads.
const LOAD_BITS: u32 = 40;
/// The purchase of those who have bought nothing yet.
const NONE: u32 = u32::MAX;

/// One purchase.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // Two people want a bench of 40 €, in cents; one of them a tree of 30 € too.
/// let profile = Profile::new(&[4_000, 3_000], Utility::Cardinality, [Ballot::approval([0, 1]), Ballot::approval([0])], None)?;
/// let round = &popote_tally::phragmen::count(&profile, 9_000).rounds[1];
/// // Bought the bench at 20 €, the first needs 30 € more for the tree.
/// assert_eq!((round.project, round.load.to_string()), (1, "5000".into()));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Index of the project bought.
    pub project: u32,
    /// The load of its supporters after it, in the unit of the costs.
    pub load: Fraction,
    /// All projects of that load when there were several; the tie fell by lower cost, more supporters, lot.
    pub tied: Vec<u32>,
}

/// The winners of a count and how it went.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // Two people want a bench of 40 €, in cents; one of them a tree of 30 € too.
/// let profile = Profile::new(&[4_000, 3_000], Utility::Cardinality, [Ballot::approval([0, 1]), Ballot::approval([0])], None)?;
/// let outcome = popote_tally::phragmen::count(&profile, 6_000);
/// assert_eq!((outcome.winners, outcome.cost, outcome.stopped_by), (vec![0], 4_000, vec![1]));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Indices of the winners in the order of selection.
    pub winners: Vec<u32>,
    /// What they cost together, in the unit of the costs.
    pub cost: u128,
    /// The purchases, in order.
    pub rounds: Vec<Round>,
    /// The projects of the lowest load, one of which doesn't fit the budget; empty if nothing was left to buy.
    pub stopped_by: Vec<u32>,
}

/// What the count works on: loads as exact fractions over one growing denominator, and bounds of them.
struct Loads<'p> {
    profile: &'p Profile,
    /// For each purchase the factor by which it made the denominator grow, and its numerator then.
    exact: Vec<(u64, BigUint)>,
    /// Lower bounds of the purchases' loads in fixed point, at most 1 below.
    low: Vec<u128>,
    denominator: BigUint,
    /// The last purchase of each group.
    last: Vec<u32>,
    /// For each project, how many supporters bought last at each purchase.
    counts: Vec<Vec<u64>>,
    /// For each project that isn't bought, a lower bound of its load.
    bounds: Vec<(u32, u128)>,
}

/// Buys projects within a budget, in the unit of the costs. Units, scales and shares don't matter: any units are an
/// approval.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // One wants 0, two want 1: at time 10 the two have 20 together, at time 15 the one has 15.
/// let ballots = [Ballot::approval([0]), Ballot::approval([1]), Ballot::approval([1])];
/// let profile = Profile::new(&[15, 20], Utility::Cardinality, ballots, None)?;
/// let outcome = popote_tally::phragmen::count(&profile, 35);
/// assert_eq!((outcome.winners, outcome.cost), (vec![1, 0], 35));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[must_use]
pub fn count(profile: &Profile, budget: u64) -> Outcome {
    let mut loads = Loads::new(profile, budget);
    let mut outcome = Outcome { winners: Vec::new(), cost: 0, rounds: Vec::new(), stopped_by: Vec::new() };
    while let Some(tied) = loads.lowest() {
        let fits = |project: &u32| outcome.cost + u128::from(profile.cost(*project)) <= u128::from(budget);
        if !tied.iter().all(fits) {
            outcome.stopped_by = tied;
            break;
        }
        let Some(project) = tied.iter().copied().min_by_key(|project| profile.tie_order(*project)) else {
            break;
        };
        let load = loads.buy(project);
        outcome.cost += u128::from(profile.cost(project));
        outcome.winners.push(project);
        outcome.rounds.push(Round { project, load, tied: if tied.len() > 1 { tied } else { Vec::new() } });
    }
    outcome
}

impl<'p> Loads<'p> {
    fn new(profile: &'p Profile, budget: u64) -> Self {
        let payable = |project: &u32| profile.supporters(*project) > 0 && profile.cost(*project) <= budget;
        let waiting = profile.indices().filter(payable);
        Self {
            profile,
            exact: Vec::new(),
            low: Vec::new(),
            denominator: BigUint::from(1_u8),
            last: vec![NONE; profile.groups()],
            counts: vec![Vec::new(); profile.projects()],
            bounds: waiting.map(|project| (project, 0)).collect(),
        }
    }

    /// A lower bound of a project's load in fixed point, less than 3 below it.
    fn bound(&self, project: u32) -> u128 {
        let counts = self.counts[project as usize].iter();
        let sum: u128 = counts.zip(&self.low).map(|(count, low)| u128::from(*count) * low).sum();
        let cost = u128::from(self.profile.cost(project)) << LOAD_BITS;
        (sum + cost) / u128::from(self.profile.supporters(project).max(1))
    }

    /// The numerator of a project's load times its number of supporters, over the denominator.
    fn exact(&self, project: u32) -> BigUint {
        let counts = &self.counts[project as usize];
        let mut sum = BigUint::from(self.profile.cost(project));
        for (purchase, (factor, num)) in self.exact.iter().enumerate() {
            sum *= *factor;
            if let Some(count) = counts.get(purchase).filter(|count| **count > 0) {
                sum += num * *count;
            }
        }
        sum
    }

    /// The projects of the lowest load; `None` when nothing is left to buy. Loads never fall, so bounds of earlier rounds
    /// tell which projects need not be looked at.
    fn lowest(&mut self) -> Option<Vec<u32>> {
        self.bounds.sort_by_key(|(_, bound)| *bound);
        let mut least = u128::MAX;
        for index in 0..self.bounds.len() {
            let (project, bound) = self.bounds[index];
            if bound > least.saturating_add(3) {
                break;
            }
            let bound = self.bound(project);
            self.bounds[index].1 = bound;
            least = least.min(bound);
        }
        let close = self
            .bounds
            .iter()
            .filter(|(_, bound)| *bound <= least.saturating_add(3))
            .map(|(project, _)| *project);
        let close: Vec<u32> = close.collect();
        if close.len() < 2 {
            return close.first().map(|project| vec![*project]);
        }
        let mut tied: Vec<u32> = Vec::new();
        let mut lowest: Option<(BigUint, u64)> = None;
        for project in close {
            let (num, den) = (self.exact(project), self.profile.supporters(project));
            let order = lowest.as_ref().map(|(other, other_den)| (&num * *other_den).cmp(&(other * den)));
            match order {
                Some(Ordering::Greater) => {}
                Some(Ordering::Equal) => tied.push(project),
                Some(Ordering::Less) | None => {
                    tied = vec![project];
                    lowest = Some((num, den));
                }
            }
        }
        Some(tied)
    }

    /// Moves all supporters of a project to its load, which is returned.
    fn buy(&mut self, project: u32) -> Fraction {
        let (num, den) = (self.exact(project), self.profile.supporters(project).max(1));
        let common = gcd((&num % den).iter_u64_digits().next().unwrap_or(0), den);
        let (num, factor) = (num / common, den / common);
        self.denominator *= factor;
        let low = (&num << LOAD_BITS) / &self.denominator;
        self.low.push(u128::try_from(low).unwrap_or(u128::MAX >> 32));
        let load = Fraction::new(num.clone(), self.denominator.clone());
        self.exact.push((factor, num));
        let purchase = u32::try_from(self.exact.len() - 1).unwrap_or(NONE);
        let profile = self.profile;
        for support in profile.supports_of(project as usize) {
            let before = std::mem::replace(&mut self.last[support.group as usize], purchase);
            for link in profile.groups.links(support.group) {
                let counts = &mut self.counts[link.to as usize];
                counts.resize(self.exact.len(), 0);
                if let Some(count) = counts.get_mut(before as usize).filter(|_| before != NONE) {
                    *count -= u64::from(support.size);
                }
                counts[purchase as usize] += u64::from(support.size);
            }
        }
        self.bounds.retain(|(other, _)| *other != project);
        load
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

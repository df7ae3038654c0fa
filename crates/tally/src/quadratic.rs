//! Quadratic funding: a pool is shared out over projects so that many small gifts weigh more than a few large ones
//! (Buterin, Hitzig and Weyl, *A Flexible Design for Funding Public Goods*, Management Science 2019).
//!
//! A project's claim on the pool is, over all pairs of its donors, `2·√(a·b)` for gifts `a` and `b`; one donor alone
//! makes no claim. With a *pairwise bound* `M`, a pair that gives to the same projects again and again counts less: its
//! claim is multiplied by `M / (M + s)`, where `s` is the sum of `√(a·b)` over all projects that both give to (Buterin,
//! *Pairwise coordination subsidies*, ethresear.ch 2019). With few donors even that leaves most of a pool to two who
//! collude: below twenty, prefer [`equal_shares`](crate::equal_shares).
//!
//! Square roots are integers of `2⁻³²` of the root of the smallest unit, cut; claims are integers of `2⁻⁶⁴` of it. If the
//! claims exceed the pool, it is shared in proportion by largest remainders; else claims are paid, cut to whole units,
//! and the rest stays in the pool.
//!
//! ```
//! use popote_tally::quadratic::{Gift, Rules, count};
//! // Nine gifts of 1 € and one of 9 €, in cents; a pool of 50 €.
//! let many = (0..9).map(|donor| Gift { project: 0, donor, amount: 100 });
//! let gifts: Vec<Gift> = many.chain([Gift { project: 1, donor: 9, amount: 900 }]).collect();
//! let outcome = count(2, &gifts, &Rules::new(5_000))?;
//! // 36 pairs of 2 € claim 72 €, more than the pool; the single donor's project claims nothing.
//! assert_eq!(outcome.projects[0].matched, 5_000);
//! assert_eq!(outcome.projects[1].matched, 0);
//! # Ok::<(), popote_tally::quadratic::QuadraticError>(())
//! ```

mod claims;

use num_bigint::BigUint;

use crate::lot::Lot;
use claims::{Merged, claims, hamilton};

/// Most of the smallest unit that a gift, the pool or the bound may be: 10¹³.
pub const MAX_AMOUNT: u64 = 10_000_000_000_000;
/// Most projects.
pub const MAX_PROJECTS: usize = 2_000;
/// Most pairs of donors of one project, over all projects.
pub const MAX_PAIRS: usize = 100_000_000;
/// Most looks at a pair of donors or at a share, over all rounds of projects dropped.
const MAX_LOOKS: usize = 400_000_000;

/// What a donor gives to a project. Several gifts of one donor to one project count as their sum.
///
/// ```
/// use popote_tally::quadratic::Gift;
/// // 5 € in cents from donor 3 to project 0.
/// let gift = Gift { project: 0, donor: 3, amount: 500 };
/// assert_eq!(popote_tally::quadratic::count(1, &[gift], &popote_tally::quadratic::Rules::new(100))?.projects[0].given, 500);
/// # Ok::<(), popote_tally::quadratic::QuadraticError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gift {
    /// Index of the project.
    pub project: u32,
    /// Index of the donor. A project's own members are left out by the caller.
    pub donor: u32,
    /// Amount in the smallest unit.
    pub amount: u64,
}

/// How to share out.
///
/// ```
/// use popote_tally::quadratic::Rules;
/// // A pool of 500 €, at most 150 € for a project, no bound of pairs; in cents.
/// let rules = Rules { pairwise: None, cap: Some(15_000), ..Rules::new(50_000) };
/// assert_eq!((rules.pool, rules.floors.len()), (50_000, 0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The pool, in the smallest unit.
    pub pool: u64,
    /// The pairwise bound `M`, in the smallest unit; 10 000 (100 €) is usual. Without it all pairs count in full.
    pub pairwise: Option<u64>,
    /// The most that one project may get from the pool.
    pub cap: Option<u64>,
    /// For each project the least sum of gifts and match without which it gets no match; empty for none.
    pub floors: Vec<u64>,
    /// The order that gives the last units among equal remainders; the projects' indices without it.
    pub lot: Option<Lot>,
}

impl Rules {
    /// A pool with the usual bound of 10 000, no cap and no floors.
    ///
    /// ```
    /// use popote_tally::quadratic::Rules;
    /// assert_eq!(Rules::new(5_000).pairwise, Some(10_000));
    /// ```
    #[must_use]
    pub fn new(pool: u64) -> Self {
        Self { pool, pairwise: Some(10_000), cap: None, floors: Vec::new(), lot: None }
    }
}

/// Why gifts can't be matched.
///
/// ```
/// use popote_tally::quadratic::{Gift, QuadraticError, Rules, count};
/// let gift = Gift { project: 4, donor: 0, amount: 1 };
/// assert_eq!(count(1, &[gift], &Rules::new(100)), Err(QuadraticError::UnknownProject(0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuadraticError {
    /// A gift (from 0) to a project that isn't there.
    #[error("gift {0} names a project that isn't there")]
    UnknownProject(usize),
    /// An amount over [`MAX_AMOUNT`], more than [`MAX_PROJECTS`] or [`MAX_PAIRS`], or too many projects below their floors
    /// for so many donors.
    #[error("an amount is too large, or there are too many projects or donors")]
    TooLarge,
    /// Floors or a lot for another number of projects.
    #[error("floors and lot must be as many as the projects")]
    Unbalanced,
}

/// A project's share.
///
/// ```
/// use popote_tally::quadratic::{Gift, Rules, count};
/// let gifts = [(0, 0), (0, 1), (1, 2)].map(|(project, donor)| Gift { project, donor, amount: 100 });
/// let outcome = count(2, &gifts, &Rules { pairwise: None, ..Rules::new(1_000) })?;
/// // Two gifts of 1 € (in cents) claim 2 × √(100 × 100) = 200; one gift alone claims nothing.
/// let matched = &outcome.projects[0];
/// assert_eq!((matched.given, &matched.claim >> 64_u32, matched.matched), (200, 200_u32.into(), 200));
/// assert_eq!(outcome.projects[1].matched, 0);
/// # Ok::<(), popote_tally::quadratic::QuadraticError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// Gifts to it, in the smallest unit.
    pub given: u64,
    /// Its claim on the pool, in `2⁻⁶⁴` of the smallest unit.
    pub claim: BigUint,
    /// What it gets from the pool, in the smallest unit.
    pub matched: u64,
    /// Whether the cap cut its share.
    pub capped: bool,
    /// The round from 0 in which it was dropped for staying below its floor.
    pub dropped: Option<u32>,
}

/// A project dropped for staying below its floor, with what it would have come to.
///
/// ```
/// use popote_tally::quadratic::{Drop, Gift, Rules, count};
/// let gifts = [(0, 0), (0, 1), (1, 2)].map(|(project, donor)| Gift { project, donor, amount: 100 });
/// let rules = Rules { pairwise: None, floors: vec![1_000, 0], ..Rules::new(5_000) };
/// assert_eq!(count(2, &gifts, &rules)?.drops, [Drop { project: 0, given: 200, matched: 200 }]);
/// # Ok::<(), popote_tally::quadratic::QuadraticError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drop {
    /// Index of the project.
    pub project: usize,
    /// Gifts to it, in the smallest unit.
    pub given: u64,
    /// What it would have got from the pool in that round, in the smallest unit.
    pub matched: u64,
}

/// The shares and how they came.
///
/// ```
/// use popote_tally::quadratic::{Gift, Rules, count};
/// let gifts = [(0, 0), (0, 1), (1, 2)].map(|(project, donor)| Gift { project, donor, amount: 100 });
/// let outcome = count(2, &gifts, &Rules { pairwise: None, ..Rules::new(150) })?;
/// assert_eq!((outcome.saturated, outcome.left, outcome.projects[0].matched), (true, 0, 150));
/// # Ok::<(), popote_tally::quadratic::QuadraticError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Each project's share, by index.
    pub projects: Vec<Matched>,
    /// Whether the claims exceeded the pool.
    pub saturated: bool,
    /// What stays in the pool, in the smallest unit.
    pub left: u64,
    /// The projects dropped, one a round.
    pub drops: Vec<Drop>,
}

/// Shares a pool out over a number of projects. While a project stays below its floor even with its match, the one that is
/// furthest below in proportion is dropped, and the pool is shared out anew over the others.
///
/// # Errors
/// [`QuadraticError`] for unknown projects and figures beyond the limits.
///
/// ```
/// use popote_tally::quadratic::{Gift, Rules, count};
/// let gifts = [(0, 0, 400), (0, 1, 400), (1, 2, 100), (1, 3, 100)];
/// let gifts = gifts.map(|(project, donor, amount)| Gift { project, donor, amount });
/// // Claims of 8 € and 2 € on a pool of 5 €, in proportion.
/// let rules = Rules { pairwise: None, ..Rules::new(500) };
/// let outcome = count(2, &gifts, &rules)?;
/// assert_eq!((outcome.projects[0].matched, outcome.projects[1].matched), (400, 100));
/// // At most 3 € for each: what the first can't take goes to the second.
/// let outcome = count(2, &gifts, &Rules { cap: Some(300), ..rules.clone() })?;
/// assert_eq!((outcome.projects[0].matched, outcome.projects[1].matched), (300, 200));
/// // The second needs 10 € and would come to 3 €: it is dropped, and the first takes the pool.
/// let outcome = count(2, &gifts, &Rules { floors: vec![0, 1_000], ..rules })?;
/// assert_eq!((outcome.projects[0].matched, outcome.projects[1].dropped), (500, Some(0)));
/// # Ok::<(), popote_tally::quadratic::QuadraticError>(())
/// ```
pub fn count(projects: usize, gifts: &[Gift], rules: &Rules) -> Result<Outcome, QuadraticError> {
    let lot = rules.lot.clone().unwrap_or_else(|| Lot::by_index(projects));
    if lot.len() != projects || !rules.floors.is_empty() && rules.floors.len() != projects {
        return Err(QuadraticError::Unbalanced);
    }
    if projects > MAX_PROJECTS
        || rules.pool > MAX_AMOUNT
        || rules.pairwise.is_some_and(|bound| bound > MAX_AMOUNT)
    {
        return Err(QuadraticError::TooLarge);
    }
    let mut merged = Merged::new(projects, gifts)?;
    let (mut dropped, mut drops) = (vec![None; projects], Vec::new());
    let mut looks = 0_usize;
    for round in 0.. {
        let (mut outcome, turns) = share(&merged, rules, &lot);
        looks = looks.saturating_add(merged.pairs()).saturating_add((turns + 1) * projects);
        if looks > MAX_LOOKS {
            return Err(QuadraticError::TooLarge);
        }
        let failing = worst_below_floor(&outcome, &rules.floors, &dropped, &lot);
        if let Some(project) = failing {
            dropped[project] = Some(round);
            let Matched { given, matched, .. } = outcome.projects[project];
            drops.push(Drop { project, given, matched });
            merged.drop_project(project);
            continue;
        }
        for (project, round) in outcome.projects.iter_mut().zip(dropped) {
            project.dropped = round;
        }
        outcome.drops = drops;
        return Ok(outcome);
    }
    Err(QuadraticError::TooLarge)
}

/// The project of the smallest ratio of gifts and match to its floor, among those below it; of equal ones, the last in the
/// lot.
fn worst_below_floor(outcome: &Outcome, floors: &[u64], dropped: &[Option<u32>], lot: &Lot) -> Option<usize> {
    let mut worst: Option<(usize, u128, u128)> = None;
    for (project, floor) in floors.iter().enumerate() {
        let Matched { given, matched, .. } = outcome.projects[project];
        let (sum, floor) = (u128::from(given) + u128::from(matched), u128::from(*floor));
        if sum >= floor || dropped[project].is_some() {
            continue;
        }
        let place = |project: usize| u32::try_from(project).map_or(u32::MAX, |project| lot.place(project));
        let is_worse = worst.is_none_or(|(other, other_sum, other_floor)| {
            (sum * other_floor).cmp(&(other_sum * floor)).then(place(other).cmp(&place(project))).is_lt()
        });
        if is_worse {
            worst = Some((project, sum, floor));
        }
    }
    worst.map(|(project, ..)| project)
}

/// One round of shares, and how many times shares were worked out anew because the cap cut some.
fn share(merged: &Merged, rules: &Rules, lot: &Lot) -> (Outcome, usize) {
    let claims = claims(merged, rules.pairwise);
    let total: BigUint = claims.iter().sum();
    let saturated = total > BigUint::from(rules.pool) << 64;
    let cap = rules.cap.unwrap_or(u64::MAX);
    let mut matched = if saturated {
        hamilton(&claims, rules.pool, lot, &vec![false; claims.len()])
    } else {
        claims.iter().map(|claim| u64::try_from(claim >> 64_u32).unwrap_or(u64::MAX)).collect()
    };
    let mut capped = vec![false; claims.len()];
    let mut turns = 0;
    // Each turn caps one project more at least, so there are no more turns than projects.
    for _ in 0..claims.len() {
        let over: Vec<usize> = (0..claims.len()).filter(|index| matched[*index] > cap).collect();
        if over.is_empty() {
            break;
        }
        turns += 1;
        over.iter().for_each(|index| capped[*index] = true);
        let taken: u64 = capped.iter().map(|capped| if *capped { cap } else { 0 }).sum();
        let shares = if saturated {
            hamilton(&claims, rules.pool.saturating_sub(taken), lot, &capped)
        } else {
            matched.clone()
        };
        matched = (0..claims.len()).map(|index| if capped[index] { cap } else { shares[index] }).collect();
    }
    let left = rules.pool.saturating_sub(matched.iter().sum());
    let given = merged.given();
    let projects = claims.into_iter().enumerate();
    let projects = projects.map(|(index, claim)| Matched {
        given: given[index],
        claim,
        matched: matched[index],
        capped: capped[index],
        dropped: None,
    });
    (Outcome { projects: projects.collect(), saturated, left, drops: Vec::new() }, turns)
}

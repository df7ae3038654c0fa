//! The ordinary way of cities: most utility for the money first, and whatever still fits.
//!
//! Projects are taken in the order of total utility divided by cost; one that doesn't fit into what is left is passed
//! over. Ties: lower cost, then more supporters, then the lot. Under [`Utility::Cost`] the order is that of the number of
//! votes: the rule `greedy` of Pabulib (Stolicki, Szufa and Talmon, arXiv:2012.06539), with its completion by what is passed
//! over and still fits. A majority may take everything: compare with
//! [`equal_shares`](crate::equal_shares).
//!
//! ```
//! use popote_tally::budget::{Ballot, Profile, Utility};
//! // 100 € to spend, in cents: two voters want 0 and 1, one wants 2.
//! let ballots = [Ballot::approval([0, 1]), Ballot::approval([0, 1]), Ballot::approval([2])];
//! let profile = Profile::new(&[6_000, 4_000, 3_000], Utility::Cost, ballots, None)?;
//! let outcome = popote_tally::greedy::count(&profile, 10_000);
//! assert_eq!(outcome.winners, [1, 0]);
//! // The third project would have been next, but nothing is left.
//! assert!(!outcome.steps[2].fits);
//! # Ok::<(), popote_tally::budget::ProfileError>(())
//! ```

use std::cmp::{Ordering, Reverse};

use crate::budget::{Profile, Utility};

/// A project in its turn.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // 50 € to spend, in cents: the bench of 40 € has two votes, the tree of 20 € one.
/// let profile = Profile::new(&[4_000, 2_000], Utility::Cost, [Ballot::approval([0, 1]), Ballot::approval([0])], None)?;
/// let steps = popote_tally::greedy::count(&profile, 5_000).steps;
/// assert_eq!((steps[1].project, steps[1].units, steps[1].left, steps[1].fits), (1, 1, 1_000, false));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index of the project.
    pub project: u32,
    /// Units that its supporters give it altogether: votes, points or ranks.
    pub units: u128,
    /// What was left before its turn, in the unit of the costs.
    pub left: u128,
    /// Whether its cost fitted, so that it won.
    pub fits: bool,
}

/// The winners of a count and how it went.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// let profile = Profile::new(&[4_000, 2_000], Utility::Cost, [Ballot::approval([0, 1]), Ballot::approval([0])], None)?;
/// let outcome = popote_tally::greedy::count(&profile, 6_000);
/// assert_eq!((outcome.winners, outcome.cost, outcome.steps.len()), (vec![0, 1], 6_000, 2));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Indices of the winners in the order of their turns.
    pub winners: Vec<u32>,
    /// What they cost together, in the unit of the costs.
    pub cost: u128,
    /// Every project in its turn.
    pub steps: Vec<Step>,
}

/// Spends a budget, in the unit of the costs, greedily. Nothing can be refused: a profile is valid by itself.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // By votes for the money: 1 vote for 20 €, then 2 votes for 50 €.
/// let ballots = [Ballot::approval([0]), Ballot::approval([0, 1])];
/// let profile = Profile::new(&[50, 20], Utility::Cardinality, ballots, None)?;
/// let outcome = popote_tally::greedy::count(&profile, 60);
/// assert_eq!((outcome.winners, outcome.cost), (vec![1], 20));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[must_use]
pub fn count(profile: &Profile, budget: u64) -> Outcome {
    let steps = complete(profile, budget, &[]);
    let winners: Vec<u32> = steps.iter().filter(|step| step.fits).map(|step| step.project).collect();
    let cost = profile.cost_of(&winners);
    Outcome { winners, cost, steps }
}

/// The turns of all projects that are not `chosen` yet, with what the chosen ones leave of the budget.
pub(crate) fn complete(profile: &Profile, budget: u64, chosen: &[u32]) -> Vec<Step> {
    let mut left = u128::from(budget).saturating_sub(profile.cost_of(chosen));
    let mut waiting: Vec<(u32, u128)> = profile
        .indices()
        .filter(|project| !chosen.contains(project))
        .map(|project| (project, profile.total_units(project)))
        .collect();
    waiting.sort_by(|a, b| by_density(profile, *a, *b));
    let turn = |(project, units)| {
        let (before, cost) = (left, u128::from(profile.cost(project)));
        let fits = cost <= left;
        if fits {
            left -= cost;
        }
        Step { project, units, left: before, fits }
    };
    waiting.into_iter().map(turn).collect()
}

/// Whether two projects stand alike before their tie is broken.
pub(crate) fn are_tied(profile: &Profile, a: &Step, b: &Step) -> bool {
    by_worth(profile, (a.project, a.units), (b.project, b.units)).is_eq()
}

/// The denser first, ties broken.
fn by_density(profile: &Profile, a: (u32, u128), b: (u32, u128)) -> Ordering {
    by_worth(profile, a, b).then_with(|| profile.tie_order(a.0).cmp(&profile.tie_order(b.0)))
}

/// The denser first. What is free and supported comes before all, what nobody supports after all.
fn by_worth(profile: &Profile, a: (u32, u128), b: (u32, u128)) -> Ordering {
    let rank = |(project, units): (u32, u128)| (units > 0, units > 0 && profile.cost(project) == 0);
    let density = |(project, units): (u32, u128), (other, _): (u32, u128)| match profile.utility {
        Utility::Cost => units,
        _ if profile.cost(project) == 0 => units,
        _ => units * u128::from(profile.cost(other).max(1)),
    };
    Reverse(rank(a)).cmp(&Reverse(rank(b))).then_with(|| density(b, a).cmp(&density(a, b)))
}

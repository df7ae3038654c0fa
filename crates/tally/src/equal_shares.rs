//! The Method of Equal Shares (Peters, Pierczyński and Skowron, *Proportional Participatory Budgeting with Additive
//! Utilities*, NeurIPS 2021; implementation notes at <https://equalshares.net>).
//!
//! Every voter holds a share of the budget. A project can be bought if its supporters can cover its cost together,
//! each paying in proportion to the utility that it brings them, or all they have left. Again and again the project
//! whose supporters pay least for each unit of utility is bought; one that is free and has a supporter is bought at once. So a group of voters decides about its own share,
//! whatever the majority wants.
//!
//! # A worked example
//! Three people share 60 €, 20 € each. Two want benches (30 €) and one wants trees (20 €); all want a notice board
//! (33 €).
//! 1. Under [`Utility::Cost`](crate::budget::Utility::Cost), a price is what a supporter pays for each euro of the
//!    project. The board costs its three supporters 11 € each, a third of a euro for each of its 33 €. The benches
//!    cost two supporters 15 € each, a half, and the trees one supporter 20 €, a whole euro. The board is bought; 9 €
//!    are left to each.
//! 2. The benches would need 30 € from two people who have 18 €, the trees 20 € from one who has 9 €. Nothing more can
//!    be bought, and 27 € are left.
//!
//! ```
//! use popote_tally::budget::{Ballot, Profile, Utility};
//! use popote_tally::equal_shares::{Completion, Rules, count};
//! let ballots = [Ballot::approval([0, 1]), Ballot::approval([0, 1]), Ballot::approval([0, 2])];
//! let profile = Profile::new(&[3_300, 3_000, 2_000], Utility::Cost, ballots, None)?;
//! let outcome = count(&profile, 6_000, Rules::new(Completion::None))?;
//! assert_eq!(outcome.winners, [0]);
//! assert_eq!(outcome.rounds[0].price.to_string(), "1100");
//! // With the greedy completion, the 27 € left over buy the trees: the benches don't fit.
//! let completed = count(&profile, 6_000, Rules::new(Completion::Greedy))?;
//! assert_eq!(completed.winners, [0, 2]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Completions
//! The method alone spends about two thirds of a budget. [`Completion::Add1`] counts again with a step more money for
//! everyone, again and again, and keeps the last outcome that the real budget pays; [`Completion::Add1U`] then adds
//! greedily what still fits, as [`Completion::Greedy`] does at once. The raises stop when no project that somebody could pay
//! for fits into what is left, so one that nobody supports never keeps them going. If all projects fit into the budget together and
//! somebody's share is so small that the raises find no end, all are taken without. Raised shares are virtual: with them a voter may pay
//! more than was put in, so they suit a common pot and not earmarked money, for which [`Completion::None`] keeps every
//! payment within its share.
//!
//! # Exactness
//! All figures are integers or fractions of integers. See `engine.rs` for how fixed-width integers bound each price and
//! exact fractions decide where bounds overlap.

mod engine;
mod exact;
mod price;
mod raise;
mod working;

pub use working::{Completed, Outcome, Round};

use crate::budget::Profile;
use crate::greedy;
use engine::Engine;
use raise::Raised;

/// What happens with the money that the method alone leaves.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// use popote_tally::equal_shares::{Completion, Rules, count};
/// // One of two people wants a bench of 15 €; a share is 10 €, in cents.
/// let profile = Profile::new(&[1_500], Utility::Cost, [Ballot::approval([0]), Ballot::approval([])], None)?;
/// let winners = |completion| count(&profile, 2_000, Rules::new(completion)).map(|outcome| outcome.winners.len());
/// assert_eq!((winners(Completion::None)?, winners(Completion::Greedy)?), (0, 1));
/// // Raised five times by 1 €, the share is 15 €.
/// assert_eq!(count(&profile, 2_000, Rules::new(Completion::Add1))?.raises, 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Completion {
    /// It stays in the pot.
    None,
    /// Greedily, most utility for the money first.
    Greedy,
    /// Shares are raised step by step.
    Add1,
    /// Shares are raised step by step, then greedily.
    Add1U,
}

impl Completion {
    /// `none`, `greedy`, `add1` or `add1u`.
    ///
    /// ```
    /// assert_eq!(popote_tally::equal_shares::Completion::Add1U.as_str(), "add1u");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Greedy => "greedy",
            Self::Add1 => "add1",
            Self::Add1U => "add1u",
        }
    }

    fn raises(self) -> bool {
        matches!(self, Self::Add1 | Self::Add1U)
    }

    fn is_greedy(self) -> bool {
        matches!(self, Self::Greedy | Self::Add1U)
    }
}

/// How to count.
///
/// ```
/// use popote_tally::equal_shares::{Completion, Rules};
/// // Raises of 5 €, in cents, and the comparison with the greedy outcome.
/// let rules = Rules { step: 500, compare: true, ..Rules::new(Completion::Add1U) };
/// assert_eq!((rules.completion, rules.jump), (Completion::Add1U, true));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What happens with the rest.
    pub completion: Completion,
    /// The mean raise of a share at each step of Add1, in the unit of the costs; unequal shares are raised in
    /// proportion. 100 (one euro in cents) unless told otherwise.
    pub step: u64,
    /// Keep the greedy outcome instead if strictly more voters gain by it than lose, counted by winners on their
    /// ballots.
    pub compare: bool,
    /// Skip raises that certainly change nothing. The outcome is the same without, only later.
    pub jump: bool,
    /// Work out what each voter pays, to the unit of the costs.
    pub payments: bool,
}

impl Rules {
    /// A completion with raises of 100, no comparison, jumps, and payments.
    ///
    /// ```
    /// use popote_tally::equal_shares::{Completion, Rules};
    /// // Raises of half a euro, in cents.
    /// let rules = Rules { step: 50, ..Rules::new(Completion::Add1U) };
    /// assert!(rules.jump && rules.payments && !rules.compare);
    /// ```
    #[must_use]
    pub fn new(completion: Completion) -> Self {
        Self { completion, step: 100, compare: false, jump: true, payments: true }
    }
}

/// Why a count can't be finished.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// use popote_tally::equal_shares::{Completion, Rules, CountError, count};
/// // Costs without a common divisor leave no room for a budget over 2⁶⁰.
/// let profile = Profile::new(&[4_001, 300], Utility::Cost, [Ballot::approval([0, 1])], None)?;
/// assert_eq!(count(&profile, 1 << 61, Rules::new(Completion::None)), Err(CountError::TooLarge));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// Sums beyond the fixed width.
    #[error("the amounts are too large to be counted exactly")]
    TooLarge,
    /// The raises don't come to an end within a million runs, or fewer in a large election: the step is too small for the
    /// budget.
    #[error("the raises are too small for the budget: choose a larger step")]
    TooManyRounds,
}

/// Spends a budget, in the unit of the costs, by equal shares (or unequal ones, in proportion to the ballots' weights).
///
/// # Errors
/// [`CountError`] for sums over 2⁶⁰ of the costs' common divisor, and for steps too small for the budget.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// use popote_tally::equal_shares::{Completion, Rules, count};
/// // 100 € for four people, in cents: 25 € each. Three want a bench (60 €), one a hedge (40 €); all want a shed (95 €).
/// let ballots = [Ballot::approval([0, 2]), Ballot::approval([0, 2]), Ballot::approval([0, 2]), Ballot::approval([1, 2])];
/// let profile = Profile::new(&[6_000, 4_000, 9_500], Utility::Cost, ballots, None)?;
/// // The shed costs each the same 23.75 € and comes first; nothing else can be paid.
/// assert_eq!(count(&profile, 10_000, Rules::new(Completion::None))?.winners, [2]);
/// // The first put in three times as much as each of the others: shares of 50 €, and three of 16.66 €.
/// let shares = [3, 1, 1, 1].into_iter().zip([[0], [0], [0], [1]]);
/// let ballots = shares.map(|(weight, projects)| Ballot::approval(projects).weighing(weight));
/// let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
/// let outcome = count(&profile, 10_000, Rules::new(Completion::None))?;
/// // The bench: two give the 16.66 € they have, the first pays the rest; in whole cents, 60 € exactly.
/// assert_eq!(outcome.rounds[0].price.to_string(), "8000/3");
/// assert_eq!(outcome.paid, [2_667, 1_667, 1_666, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn count(profile: &Profile, budget: u64, rules: Rules) -> Result<Outcome, CountError> {
    let mut engine = Engine::new(profile);
    let mut raised = Raised { pot: u128::from(budget), raises: 0 };
    let mut all_fit = false;
    if rules.completion.raises() {
        match engine.raise(budget, rules.step, rules.jump) {
            Ok(reached) => raised = reached,
            // Raised for ever, the shares would buy them all.
            Err(_) if profile.cost_of_all() <= u128::from(budget) => all_fit = true,
            Err(error) => return Err(error),
        }
    }
    if !engine.start(raised.pot) {
        return Err(CountError::TooLarge);
    }
    while engine.step().is_some() {}
    let mut outcome = working::outcome(&mut engine, budget, raised, rules.payments);
    outcome.all_fit = all_fit;
    if rules.completion.is_greedy() || all_fit {
        let steps = greedy::complete(profile, budget, &outcome.winners);
        outcome.complete(profile, &steps);
    }
    if rules.compare {
        outcome.compare(profile, &greedy::count(profile, budget));
    }
    Ok(outcome)
}

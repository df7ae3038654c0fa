//! What a count hands over, so that a stranger can follow and repeat it.

use std::collections::HashSet;

use num_bigint::BigUint;

use super::engine::{Engine, mass};
use super::exact::magnitude;
use super::raise::Raised;
use crate::budget::Profile;
use crate::fraction::Fraction;
use crate::greedy;

/// One purchase.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// use popote_tally::equal_shares::{Completion, Rules, count};
/// // Three share 60 € (in cents) and want a shed of 54 €; the first two want a bench of 3 € before.
/// let ballots = [Ballot::approval([0, 1]), Ballot::approval([0, 1]), Ballot::approval([0])];
/// let profile = Profile::new(&[5_700, 300], Utility::Cardinality, ballots, None)?;
/// let round = &count(&profile, 6_000, Rules::new(Completion::None))?.rounds[1];
/// // Two have 18.50 € left and give it; the third pays the other 20 €.
/// assert_eq!((round.project, round.in_full, round.price.to_string()), (0, 1, "2000".into()));
/// assert_eq!((round.all_they_had, round.given.to_string()), (2, "3700".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Index of the project bought.
    pub project: u32,
    /// What a supporter pays for each unit of the ballot (an approval, a point), in the unit of the costs.
    pub price: Fraction,
    /// The price for each unit of utility, by which projects compete: under
    /// [`Utility::Cost`](crate::budget::Utility::Cost), `1 / rate` is the effective number of votes.
    pub rate: Fraction,
    /// Voters who paid the price of their units, those who had exactly that included.
    pub in_full: u64,
    /// The units of those voters' ballots together: `price` times this, and `given`, are the cost.
    pub units_in_full: u128,
    /// Voters who had less and paid all they had left, those with nothing left not counted.
    pub all_they_had: u64,
    /// What those who had less gave together, in the unit of the costs.
    pub given: Fraction,
    /// All projects of the lowest rate when there were several; the tie fell by lower cost, more supporters, lot.
    pub tied: Vec<u32>,
}

/// Projects added greedily at the end.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// use popote_tally::equal_shares::{Completion, Rules, count};
/// // Nobody can pay 15 € from a share of 10 €; the greedy completion can.
/// let profile = Profile::new(&[1_500], Utility::Cost, [Ballot::approval([0]), Ballot::approval([])], None)?;
/// let outcome = count(&profile, 2_000, Rules::new(Completion::Greedy))?;
/// assert!(outcome.completed.is_some_and(|completed| completed.steps[0].fits));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// The turns of the projects that equal shares left, in order.
    pub steps: Vec<greedy::Step>,
}

/// The winners of a count and how it went. Amounts are in the unit of the costs.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// use popote_tally::equal_shares::{Completion, Rules, count};
/// // Two people with 10 € each, in cents; both want a bench of 15 €.
/// let profile = Profile::new(&[1_500], Utility::Cost, [Ballot::approval([0]), Ballot::approval([0])], None)?;
/// let outcome = count(&profile, 2_000, Rules::new(Completion::None))?;
/// assert_eq!((outcome.winners, outcome.cost, outcome.pot, outcome.raises), (vec![0], 1_500, 2_000, 0));
/// assert_eq!((outcome.paid, outcome.left[0].to_string()), (vec![750, 750], "250".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Indices of the winners in the order of selection.
    pub winners: Vec<u32>,
    /// What they cost together.
    pub cost: u128,
    /// The purchases of equal shares, in order.
    pub rounds: Vec<Round>,
    /// The sum of the shares that the rounds began with: the budget, or more after raises.
    pub pot: u128,
    /// How many times the shares were raised.
    pub raises: u64,
    /// Whether, before the greedy completion, no project that somebody could pay for fits into what is left.
    pub exhaustive: bool,
    /// Whether the raises that the rules ask for were left out, because they would find no end and all projects together
    /// cost no more than the budget: all are winners, those that the rounds don't buy by the completion.
    pub all_fit: bool,
    /// The greedy completion, where the rules ask for one or all projects fit.
    pub completed: Option<Completed>,
    /// Voters better off with the greedy outcome and with this one, where the rules compare; when the first are more
    /// numerous, the greedy outcome's winners were kept.
    pub compared: Option<(u64, u64)>,
    /// What each voter has left of the share, before any completion; empty unless the rules ask for payments.
    pub left: Vec<Fraction>,
    /// What each voter pays for the rounds altogether, in whole units of the costs: the exact sum cut, and the units
    /// that are missing given one each to the largest remainders, then to the earlier voters. Their sum is exactly the
    /// cost of the rounds and nobody pays beyond the share rounded up. Empty unless the rules ask for payments.
    pub paid: Vec<u64>,
}

/// The outcome of a run that has ended.
pub(super) fn outcome(engine: &mut Engine<'_>, budget: u64, raised: Raised, payments: bool) -> Outcome {
    engine.extend_chain();
    let rounds: Vec<Round> = (0..engine.picks.len()).filter_map(|step| round(engine, step)).collect();
    let (left, paid) = if payments { accounts(engine) } else { (Vec::new(), Vec::new()) };
    Outcome {
        winners: rounds.iter().map(|round| round.project).collect(),
        cost: engine.spent,
        rounds,
        pot: raised.pot.max(u128::from(budget)),
        raises: raised.raises,
        exhaustive: engine.is_exhaustive(budget),
        all_fit: false,
        completed: None,
        compared: None,
        left,
        paid,
    }
}

fn round(engine: &Engine<'_>, step: usize) -> Option<Round> {
    let pick = &engine.picks[step];
    let price = engine.chain.price(step)?;
    let even: HashSet<u32> = pick.even.iter().copied().collect();
    let (mut in_full, mut units_in_full, mut all_they_had) = (0, 0, 0);
    for support in engine.supports(pick.project) {
        match engine.emptied_at(support.group) {
            Some(at) if at < step => {}
            Some(at) if at == step && !even.contains(&support.group) => {
                all_they_had += u64::from(support.size);
            }
            _ if engine.profile.groups.weight(support.group) == 0 => {}
            _ => {
                in_full += u64::from(support.size);
                units_in_full += u128::from(mass(support));
            }
        }
    }
    let cost = BigUint::from(engine.profile.cost(pick.project)) * price.denominator();
    let paid = price.numerator() * units_in_full;
    let given = if paid < cost { cost - paid } else { BigUint::ZERO };
    Some(Round {
        project: pick.project,
        given: Fraction::new(given, price.denominator().clone()),
        rate: price.divided_by(engine.profile.scale(pick.project)),
        price,
        in_full,
        units_in_full,
        all_they_had,
        tied: pick.tied.clone(),
    })
}

/// What each voter has left exactly, and what each pays in whole units.
fn accounts(engine: &Engine<'_>) -> (Vec<Fraction>, Vec<u64>) {
    let profile = engine.profile;
    let denominator = engine.chain.denominator();
    // The chain's denominator is the total weight times this.
    let raised = denominator / profile.total_weight().max(1);
    let mut left = Vec::new();
    let mut paid = Vec::new();
    for group in profile.groups.indices() {
        let rest = magnitude(engine.left(group));
        let share = BigUint::from(engine.pot) * profile.groups.weight(group) * &raised;
        let spent = share - &rest;
        let whole = &spent / denominator;
        paid.push((u64::try_from(&whole).unwrap_or(u64::MAX), spent - whole * denominator));
        left.push(engine.chain.lowest(rest, engine.chain.len()));
    }
    let voters = &profile.groups.group_of;
    let mut whole: Vec<u64> = voters.iter().map(|group| paid[*group as usize].0).collect();
    let missing = engine.spent.saturating_sub(whole.iter().map(|units| u128::from(*units)).sum());
    let mut order: Vec<usize> = (0..voters.len()).collect();
    order.sort_by(|a, b| paid[voters[*b] as usize].1.cmp(&paid[voters[*a] as usize].1));
    for voter in order.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        whole[voter] += 1;
    }
    (voters.iter().map(|group| left[*group as usize].clone()).collect(), whole)
}

impl Round {
    /// The number of voters who would pay the cost if each paid the highest price paid: under
    /// [`Utility::Cost`](crate::budget::Utility::Cost), what projects are compared by. `None` for a project that is free.
    ///
    /// ```
    /// use popote_tally::budget::{Ballot, Profile, Utility};
    /// use popote_tally::equal_shares::{Completion, Rules, count};
    /// // Two pay 15 € each for a bench of 30 €, in cents.
    /// let profile = Profile::new(&[3_000], Utility::Cost, [Ballot::approval([0]), Ballot::approval([0])], None)?;
    /// let outcome = count(&profile, 4_000, Rules::new(Completion::None))?;
    /// assert_eq!(outcome.rounds[0].effective_votes().unwrap().to_string(), "2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn effective_votes(&self) -> Option<Fraction> {
        let (num, den) = (self.rate.numerator(), self.rate.denominator());
        (*num != BigUint::ZERO).then(|| Fraction::of_coprime(den.clone(), num.clone()))
    }
}

impl Outcome {
    /// Adds what fits.
    pub(super) fn complete(&mut self, profile: &Profile, steps: &[greedy::Step]) {
        self.winners.extend(steps.iter().filter(|step| step.fits).map(|step| step.project));
        self.cost = profile.cost_of(&self.winners);
        self.completed = Some(Completed { steps: steps.to_vec() });
    }

    /// Keeps the greedy winners if strictly more voters gain by them.
    pub(super) fn compare(&mut self, profile: &Profile, greedy: &greedy::Outcome) {
        let (mut with_greedy, mut with_shares) = (0, 0);
        for group in profile.groups.indices() {
            let links = profile.groups.links(group);
            let count = |winners: &[u32]| links.iter().filter(|link| winners.contains(&link.to)).count();
            let (theirs, ours) = (count(&greedy.winners), count(&self.winners));
            let size = u64::from(profile.groups.size(group));
            with_greedy += if theirs > ours { size } else { 0 };
            with_shares += if ours > theirs { size } else { 0 };
        }
        self.compared = Some((with_greedy, with_shares));
        if with_greedy > with_shares {
            self.winners.clone_from(&greedy.winners);
            self.cost = greedy.cost;
        }
    }
}

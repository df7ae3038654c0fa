//! Reports of the methods that spend a budget, from a Pabulib election.

use num_bigint::BigUint;
use num_integer::Integer;
use serde_json::{Value, json};

use super::budget_words::{Teller, broken_by};
use super::shares_words::Unpaid;
use super::text::amount_json;
use super::{Language, Report};
use crate::budget::{MethodError, Profile, Utility};
use crate::equal_shares::{self, CountError, Rules};
use crate::fraction::Fraction;
use crate::pabulib::{Election, Voter};
use crate::{greedy, phragmen};

/// Voters up to whose number a report lists the payments without being asked.
pub const LISTED_PAYMENTS: usize = 1_000;

/// What all three methods need.
///
/// ```
/// use popote_tally::budget::Utility;
/// use popote_tally::report::{Language, budget};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let election = popote_tally::pabulib::read_published(text.as_bytes())?;
/// let request = budget::Request { election: &election, utility: Utility::Cost, lot: None, budget: None, language: Language::French };
/// // The same with 110 € to spend instead of the file's 100 €: both projects fit.
/// let richer = budget::Request { budget: Some(11_000), ..request };
/// assert_eq!((budget::greedy(&request)?.winners.len(), budget::greedy(&richer)?.winners.len()), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The election.
    pub election: &'a Election,
    /// How ballots are read.
    pub utility: Utility,
    /// The order that breaks the last ties, as indices of all projects; their identifiers' order without it.
    pub lot: Option<&'a [u32]>,
    /// Another budget than the file's, in hundredths of the currency unit.
    pub budget: Option<u64>,
    /// The language of the sentences.
    pub language: Language,
}

/// Why there is no report.
///
/// ```
/// use popote_tally::equal_shares::CountError;
/// use popote_tally::report::budget::ReportError;
/// let error = ReportError::from(CountError::TooManyRounds);
/// assert_eq!(error.to_string(), "the raises are too small for the budget: choose a larger step");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The ballots don't suit the method.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// The count can't be finished.
    #[error(transparent)]
    Count(#[from] CountError),
}

impl Request<'_> {
    fn profile(&self) -> Result<Profile, MethodError> {
        Profile::of_election(self.election, self.utility, self.lot)
    }

    fn money(&self) -> u64 {
        self.budget.unwrap_or(self.election.budget)
    }

    fn id(&self, project: u32) -> &str {
        self.election.projects.get(project as usize).map_or("", |project| &project.id)
    }

    fn ids(&self, projects: &[u32]) -> Vec<String> {
        projects.iter().map(|project| self.id(*project).to_owned()).collect()
    }

    fn working(&self, profile: &Profile) -> Value {
        let faults = self.election.faults.iter();
        json!({
            "budget": amount_json(u128::from(self.money())),
            "currency": self.election.currency(),
            "utility": self.utility.as_str(),
            "voters": profile.voters(),
            "projects": profile.projects(),
            "lot": self.lot.map(|order| self.ids(order)),
            "faults": faults.map(|(line, fault)| format!("line {line}: {fault}")).collect::<Vec<_>>(),
        })
    }

    /// How a tie fell, as JSON; nothing without one.
    fn tie(&self, profile: &Profile, winner: u32, tied: &[u32]) -> (Value, Value) {
        let by = (!tied.is_empty()).then(|| broken_by(profile, winner, tied).as_str());
        (json!(self.ids(tied)), json!(by))
    }

    fn steps(&self, profile: &Profile, steps: &[greedy::Step]) -> Value {
        let step = |step: &greedy::Step| {
            json!({
                "project": self.id(step.project),
                "cost": amount_json(u128::from(profile.cost(step.project))),
                "supporters": profile.supporters(step.project),
                "units": profile.points(step.units).to_string(),
                "left": amount_json(step.left),
                "fits": step.fits,
            })
        };
        steps.iter().map(step).collect()
    }
}

/// The greedy method.
///
/// # Errors
/// [`MethodError`] if the ballots don't suit the utility.
///
/// ```
/// use popote_tally::budget::Utility;
/// use popote_tally::report::{Language, budget};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\ncurrency;EUR\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let election = popote_tally::pabulib::read_published(text.as_bytes())?;
/// let request =
///     budget::Request { election: &election, utility: Utility::Cost, lot: None, budget: None, language: Language::English };
/// let report = budget::greedy(&request)?;
/// assert_eq!(report.winners, ["10"]);
/// assert!(report.sentences[1].starts_with("“10” (2\u{a0}votes, 40.50\u{a0}€) is chosen"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn greedy(request: &Request<'_>) -> Result<Report, MethodError> {
    let profile = request.profile()?;
    let outcome = greedy::count(&profile, request.money());
    let mut working = request.working(&profile);
    working["steps"] = request.steps(&profile, &outcome.steps);
    let mut teller = Teller::new(request, &profile, request.money());
    teller.greedy(&outcome);
    Ok(Report {
        method: "greedy",
        winners: request.ids(&outcome.winners),
        cost: Some(outcome.cost),
        working,
        sentences: teller.sentences,
    })
}

/// Phragmén's method.
///
/// # Errors
/// [`MethodError`] if the ballots can't be read.
///
/// ```
/// use popote_tally::budget::Utility;
/// use popote_tally::report::{Language, budget};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\ncurrency;EUR\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let election = popote_tally::pabulib::read_published(text.as_bytes())?;
/// let request =
///     budget::Request { election: &election, utility: Utility::Cost, lot: None, budget: None, language: Language::English };
/// let report = budget::phragmen(&request)?;
/// // Two people had to get 20.25 € each.
/// assert_eq!(report.working["rounds"][0]["load"], "81/4");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn phragmen(request: &Request<'_>) -> Result<Report, MethodError> {
    let request = &Request { utility: Utility::Cardinality, ..*request };
    let profile = request.profile()?;
    let outcome = phragmen::count(&profile, request.money());
    let mut working = request.working(&profile);
    let round = |round: &phragmen::Round| {
        let (tied, by) = request.tie(&profile, round.project, &round.tied);
        json!({
            "project": request.id(round.project),
            "cost": amount_json(u128::from(profile.cost(round.project))),
            "supporters": profile.supporters(round.project),
            "load": round.load.divided_by(100).to_string(),
            "tied": tied,
            "tie_broken_by": by,
        })
    };
    working["rounds"] = outcome.rounds.iter().map(round).collect();
    working["stopped_by"] = json!(request.ids(&outcome.stopped_by));
    let mut teller = Teller::new(request, &profile, request.money());
    teller.phragmen(&outcome);
    Ok(Report {
        method: "phragmen",
        winners: request.ids(&outcome.winners),
        cost: Some(outcome.cost),
        working,
        sentences: teller.sentences,
    })
}

/// Equal shares. Payments are listed if the rules ask for them.
///
/// # Errors
/// [`ReportError`] if the ballots don't suit the utility or the count can't be finished.
///
/// ```
/// use popote_tally::equal_shares::{Completion, Rules};
/// use popote_tally::budget::Utility;
/// use popote_tally::report::{Language, budget};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\ncurrency;EUR\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let election = popote_tally::pabulib::read_published(text.as_bytes())?;
/// let request =
///     budget::Request { election: &election, utility: Utility::Cost, lot: None, budget: None, language: Language::English };
/// let report = budget::equal_shares(&request, Rules::new(Completion::None))?;
/// assert_eq!(report.to_json()["cost"], "40.50");
/// assert_eq!(report.working["rounds"][0]["price"], "81/4");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn equal_shares(request: &Request<'_>, rules: Rules) -> Result<Report, ReportError> {
    let profile = request.profile()?;
    let outcome = equal_shares::count(&profile, request.money(), rules)?;
    let mut working = request.working(&profile);
    working["completion"] = json!(rules.completion.as_str());
    working["pot"] = amount_json(outcome.pot);
    working["raises"] = json!(outcome.raises);
    working["step"] = amount_json(u128::from(rules.step));
    working["exhaustive"] = json!(outcome.exhaustive);
    working["all_fit"] = json!(outcome.all_fit);
    working["rounds"] = outcome.rounds.iter().map(|round| round_json(request, &profile, round)).collect();
    if let Some(completed) = &outcome.completed {
        working["completed"] = request.steps(&profile, &completed.steps);
    }
    if let Some((greedy, shares)) = outcome.compared {
        working["compared"] = json!({ "better_with_greedy": greedy, "better_with_equal_shares": shares });
    }
    if rules.payments {
        let voters = request.election.voters.iter().zip(&outcome.paid).zip(&outcome.left);
        let endowed = profile.total_weight() != profile.voters() as u128;
        let payment = |((voter, paid), left): ((&Voter, &u64), &Fraction)| {
            let weight = if endowed { voter.endowment.unwrap_or(0) } else { 1 };
            let share = BigUint::from(outcome.pot) * weight;
            json!({
                "voter": voter.id,
                "share": Fraction::new(share, profile.total_weight()).divided_by(100).to_string(),
                "paid": amount_json(u128::from(*paid)),
                "left": left.divided_by(100).to_string(),
            })
        };
        working["payments"] = voters.map(payment).collect();
    }
    let unpaid = unpaid(&profile, &outcome);
    let left_over = |unpaid: &Unpaid| {
        json!({
            "project": request.id(unpaid.project),
            "cost": amount_json(u128::from(profile.cost(unpaid.project))),
            "supporters": profile.supporters(unpaid.project),
            "supporters_have": unpaid.have.divided_by(100).to_string(),
        })
    };
    if !unpaid.is_empty() {
        working["unpaid"] = unpaid.iter().map(left_over).collect();
    }
    let mut teller = Teller::new(request, &profile, request.money());
    teller.equal_shares(&outcome, rules, &unpaid);
    Ok(Report {
        method: "equal-shares",
        winners: request.ids(&outcome.winners),
        cost: Some(outcome.cost),
        working,
        sentences: teller.sentences,
    })
}

/// What the supporters of the projects that the rounds left have together, where that is known of few voters.
fn unpaid(profile: &Profile, outcome: &equal_shares::Outcome) -> Vec<Unpaid> {
    if outcome.left.is_empty() || outcome.left.len() > LISTED_PAYMENTS {
        return Vec::new();
    }
    let left = &outcome.left;
    // All over one denominator, so that the sums are of integers.
    let denominator = left.iter().fold(BigUint::from(1_u8), |all, left| all.lcm(left.denominator()));
    let mut of_group = vec![BigUint::ZERO; profile.groups()];
    for (group, left) in profile.groups.group_of.iter().zip(left) {
        of_group[*group as usize] = left.numerator() * (&denominator / left.denominator());
    }
    let bought: Vec<u32> = outcome.rounds.iter().map(|round| round.project).collect();
    let is_open = |project: &u32| !bought.contains(project) && profile.supporters(*project) > 0;
    let open = profile.indices().filter(is_open).map(|project| {
        let supports = profile.supports_of(project as usize).iter();
        let have: BigUint = supports.map(|support| &of_group[support.group as usize] * support.size).sum();
        Unpaid { project, have: Fraction::new(have, denominator.clone()) }
    });
    open.collect()
}

fn round_json(request: &Request<'_>, profile: &Profile, round: &equal_shares::Round) -> Value {
    let price = profile.price_of_point(&round.price).divided_by(100);
    let (tied, by) = request.tie(profile, round.project, &round.tied);
    let mut json = json!({
        "project": request.id(round.project),
        "cost": amount_json(u128::from(profile.cost(round.project))),
        "supporters": profile.supporters(round.project),
        "price": price.to_string(),
        "price_decimal": price.decimal(4),
        "paid_in_full": round.in_full,
        "units_in_full": profile.points(round.units_in_full).to_string(),
        "paid_all_they_had": round.all_they_had,
        "given_by_them": round.given.divided_by(100).to_string(),
        "tied": tied,
        "tie_broken_by": by,
    });
    // Under the utility of cost the rate has no unit; else it is money for a unit of utility.
    let rate = if request.utility == Utility::Cost {
        round.rate.clone()
    } else {
        profile.price_of_point(&round.rate).divided_by(100)
    };
    json["rate"] = json!(rate.to_string());
    if let Some(votes) = round.effective_votes().filter(|_| request.utility == Utility::Cost) {
        json["effective_votes"] = json!(votes.decimal(2));
    }
    json
}

//! Sentences about the methods that spend a budget.

use super::budget::Request;
use super::text::{Language, money, whole_money};
use crate::budget::{Profile, Utility};
use crate::fraction::Fraction;
use crate::{greedy, phragmen};

/// What broke a tie between projects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TieBreak {
    Cost,
    Supporters,
    Lot,
}

impl TieBreak {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Supporters => "supporters",
            Self::Lot => "lot",
        }
    }
}

/// What put a project before the others of a tie.
pub(super) fn broken_by(profile: &Profile, winner: u32, tied: &[u32]) -> TieBreak {
    let own = profile.tie_order(winner);
    let others = || tied.iter().filter(|other| **other != winner).map(|other| profile.tie_order(*other));
    if others().all(|other| other.0 > own.0) {
        TieBreak::Cost
    } else if others().all(|other| (other.0, other.1) > (own.0, own.1)) {
        TieBreak::Supporters
    } else {
        TieBreak::Lot
    }
}

/// Collects the sentences of one count.
pub(super) struct Teller<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) profile: &'a Profile,
    pub(super) budget: u64,
    pub(super) language: Language,
    pub(super) sentences: Vec<String>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(request: &'a Request<'a>, profile: &'a Profile, budget: u64) -> Self {
        Self { request, profile, budget, language: request.language, sentences: Vec::new() }
    }

    pub(super) fn say(
        &mut self,
        french: impl FnOnce(&Self) -> String,
        english: impl FnOnce(&Self) -> String,
    ) {
        let sentence = if self.language == Language::French { french(self) } else { english(self) };
        self.sentences.push(sentence);
    }

    pub(super) fn currency(&self) -> &str {
        self.request.election.currency().unwrap_or("")
    }

    pub(super) fn money(&self, hundredths: u128) -> String {
        whole_money(self.language, hundredths, self.currency())
    }

    pub(super) fn cost(&self, project: u32) -> String {
        self.money(u128::from(self.profile.cost(project)))
    }

    pub(super) fn people(&self, number: u64) -> String {
        self.language.people(number)
    }

    /// A project by its name and identifier.
    pub(super) fn name(&self, project: u32) -> String {
        let Some(project) = self.request.election.projects.get(project as usize) else {
            return String::new();
        };
        if project.name.is_empty() || project.name == project.id {
            return self.language.quoted(&project.id);
        }
        format!("{} ({})", self.language.quoted(&project.name), project.id)
    }

    pub(super) fn names(&self, projects: &[u32]) -> String {
        let names: Vec<String> = projects.iter().map(|project| self.name(*project)).collect();
        self.language.list(&names)
    }

    /// How a tie fell; nothing without one.
    pub(super) fn tie(&self, winner: u32, tied: &[u32]) -> String {
        let others: Vec<u32> = tied.iter().copied().filter(|project| *project != winner).collect();
        if others.is_empty() {
            return String::new();
        }
        let why = match broken_by(self.profile, winner, &others) {
            TieBreak::Cost => self.language.pick("son coût est le plus bas", "its cost is the lowest"),
            TieBreak::Supporters => self.language.pick(
                "à coût égal, il a le plus de soutiens",
                "at the same cost, it has the most supporters",
            ),
            TieBreak::Lot if self.request.lot.is_some() => {
                self.language.pick("l’ordre du tirage le place avant", "the lot puts it first")
            }
            TieBreak::Lot => self.language.pick(
                "à coût et soutiens égaux, l’ordre des identifiants le place avant",
                "at the same cost and with as many supporters, the order of the identifiers puts it first",
            ),
        };
        let with = self.names(&others);
        match self.language {
            Language::French => format!(" Il était à égalité avec {with}\u{a0}: {why}."),
            Language::English => format!(" It was tied with {with}: {why}."),
        }
    }

    pub(super) fn greedy(&mut self, outcome: &greedy::Outcome) {
        self.say(
            |t| {
                format!(
                    "Il y a {} à dépenser. Les projets passent dans l’ordre de {}\u{a0}; chacun est retenu si ce qui \
                     reste suffit.",
                    t.money(u128::from(t.budget)),
                    t.order_fr()
                )
            },
            |t| {
                format!(
                    "There is {} to spend. Projects come in the order of {}; each is chosen if what is left suffices.",
                    t.money(u128::from(t.budget)),
                    t.order_en()
                )
            },
        );
        self.turns(&outcome.steps);
        self.total(&outcome.winners, outcome.cost);
    }

    pub(super) fn order_fr(&self) -> &'static str {
        match self.profile.utility {
            Utility::Cost => "leur nombre de voix",
            Utility::Cardinality => "leur nombre de voix divisé par leur coût",
            Utility::Points | Utility::Borda => "leurs points divisés par leur coût",
        }
    }

    pub(super) fn order_en(&self) -> &'static str {
        match self.profile.utility {
            Utility::Cost => "their number of votes",
            Utility::Cardinality => "their number of votes divided by their cost",
            Utility::Points | Utility::Borda => "their points divided by their cost",
        }
    }

    pub(super) fn units(&self, units: u128) -> String {
        let points = self.profile.points(units);
        let number = u64::try_from(points.floor()).unwrap_or(u64::MAX);
        match self.profile.utility {
            Utility::Cost | Utility::Cardinality => self.language.votes(number),
            Utility::Points | Utility::Borda => {
                let one = if self.language == Language::French { number < 2 } else { points.is_one() };
                let word = if one { "point" } else { "points" };
                format!("{}\u{a0}{word}", self.language.decimal(&points.decimal(2)))
            }
        }
    }

    pub(super) fn turns(&mut self, steps: &[greedy::Step]) {
        for run in steps.chunk_by(|a, b| greedy::are_tied(self.profile, a, b)) {
            // Among equals, the order mattered only if some fitted and some didn't.
            let passed: Vec<u32> = run.iter().filter(|step| !step.fits).map(|step| step.project).collect();
            for step in run {
                let tie = if step.fits { self.tie(step.project, &passed) } else { String::new() };
                self.turn(step, &tie);
            }
        }
    }

    fn turn(&mut self, step: &greedy::Step, tie: &str) {
        let (units, left) = (self.units(step.units), self.money(step.left));
        let (name, cost) = (self.name(step.project), self.cost(step.project));
        let verdict = if step.fits {
            self.language.pick("est retenu", "is chosen")
        } else {
            self.language.pick("ne tient pas", "doesn’t fit")
        };
        self.say(
            |_| format!("{name} ({units}, {cost}) {verdict}\u{a0}: il restait {left}.{tie}"),
            |_| format!("{name} ({units}, {cost}) {verdict}: {left} was left.{tie}"),
        );
    }

    pub(super) fn total(&mut self, winners: &[u32], cost: u128) {
        let left = self.money(u128::from(self.budget).saturating_sub(cost));
        let (count, cost) = (winners.len() as u64, self.money(cost));
        self.say(
            |t| {
                let projects = t.language.counted(count, ["projet retenu", "projets retenus"], ["", ""]);
                format!("En tout\u{a0}: {projects} pour {cost}\u{a0}; il reste {left}.")
            },
            |t| {
                let projects = t.language.counted(count, ["", ""], ["project", "projects"]);
                format!("Altogether: {projects} chosen for {cost}; {left} is left.")
            },
        );
    }

    /// What the supporters of a purchase had spent before: all they have received but its cost.
    fn spent_before(&self, round: &phragmen::Round) -> Fraction {
        let all = round.load.numerator() * self.profile.supporters(round.project);
        let cost = round.load.denominator() * self.profile.cost(round.project);
        Fraction::new(if cost < all { all - cost } else { 0_u8.into() }, round.load.denominator().clone())
    }

    pub(super) fn phragmen(&mut self, outcome: &phragmen::Outcome) {
        self.say(
            |_| {
                "Imaginons que chaque personne reçoive de l’argent au même rythme. Dès que les soutiens d’un projet ont \
                 ensemble de quoi le payer, il est acheté et il ne leur reste rien. Un projet qui coûte plus que tout le \
                 budget est laissé de côté."
                    .to_owned()
            },
            |_| {
                "Imagine that everyone earns money at the same pace. As soon as the supporters of a project have enough \
                 together, it is bought and they are left with nothing. A project that costs more than the whole budget is \
                 left out."
                    .to_owned()
            },
        );
        for (index, round) in outcome.rounds.iter().enumerate() {
            let (turn, name, cost) = (index + 1, self.name(round.project), self.cost(round.project));
            let people = self.people(self.profile.supporters(round.project));
            let load = money(self.language, &round.load, self.currency());
            let before = money(self.language, &self.spent_before(round), self.currency());
            let tie = self.tie(round.project, &round.tied);
            self.say(
                |_| format!("Achat {turn}\u{a0}: {name}, {cost}, soutenu par {people}, qui avaient déjà dépensé {before} en tout, quand chacune a reçu {load}.{tie}"),
                |_| format!("Purchase {turn}: {name}, {cost}, supported by {people}, who had spent {before} together before, when each has received {load}.{tie}"),
            );
        }
        let stopped = self.names(&outcome.stopped_by);
        if outcome.stopped_by.is_empty() {
            self.say(
                |_| "Plus aucun projet soutenu ne reste à acheter.".to_owned(),
                |_| "No supported project is left to buy.".to_owned(),
            );
        } else {
            self.say(
                |_| format!("C’est ensuite le tour de {stopped}, et ce qui reste du budget n’y suffit plus\u{a0}: le décompte s’arrête."),
                |_| format!("Next in turn is {stopped}, and what is left of the budget doesn’t suffice: the count stops."),
            );
        }
        self.total(&outcome.winners, outcome.cost);
    }
}

//! Sentences about the methods that spend a budget.

use super::budget::Request;
use super::text::{Language, money, whole_money};
use crate::budget::{Profile, Utility};
use crate::equal_shares::{Completion, Outcome, Round, Rules};
use crate::fraction::Fraction;
use crate::{greedy, phragmen};

/// Collects the sentences of one count.
pub(super) struct Teller<'a> {
    request: &'a Request<'a>,
    profile: &'a Profile,
    budget: u64,
    language: Language,
    pub(super) sentences: Vec<String>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(request: &'a Request<'a>, profile: &'a Profile, budget: u64) -> Self {
        Self { request, profile, budget, language: request.language, sentences: Vec::new() }
    }

    fn say(&mut self, french: impl FnOnce(&Self) -> String, english: impl FnOnce(&Self) -> String) {
        let sentence = if self.language == Language::French { french(self) } else { english(self) };
        self.sentences.push(sentence);
    }

    fn currency(&self) -> &str {
        self.request.election.currency().unwrap_or("")
    }

    fn money(&self, hundredths: u128) -> String {
        whole_money(self.language, hundredths, self.currency())
    }

    fn cost(&self, project: u32) -> String {
        self.money(u128::from(self.profile.cost(project)))
    }

    fn people(&self, number: u64) -> String {
        self.language.people(number)
    }

    /// A project by its name and identifier.
    fn name(&self, project: u32) -> String {
        let Some(project) = self.request.election.projects.get(project as usize) else {
            return String::new();
        };
        if project.name.is_empty() || project.name == project.id {
            return self.language.quoted(&project.id);
        }
        format!("{} ({})", self.language.quoted(&project.name), project.id)
    }

    fn names(&self, projects: &[u32]) -> String {
        let names: Vec<String> = projects.iter().map(|project| self.name(*project)).collect();
        self.language.list(&names)
    }

    /// How a tie fell; nothing without one.
    fn tie(&self, winner: u32, tied: &[u32]) -> String {
        let others: Vec<u32> = tied.iter().copied().filter(|project| *project != winner).collect();
        if others.is_empty() {
            return String::new();
        }
        let own = self.profile.tie_order(winner);
        let cheaper = others.iter().all(|other| self.profile.tie_order(*other).0 > own.0);
        let supported = others.iter().all(|other| {
            let other = self.profile.tie_order(*other);
            (other.0, other.1) > (own.0, own.1)
        });
        let why = match (cheaper, supported) {
            (true, _) => self.language.pick("son coût est le plus bas", "its cost is the lowest"),
            (false, true) => self.language.pick(
                "à coût égal, il a le plus de soutiens",
                "at the same cost, it has the most supporters",
            ),
            (false, false) => self.language.pick("l’ordre du tirage le place avant", "the lot puts it first"),
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

    fn order_fr(&self) -> &'static str {
        match self.profile.utility {
            Utility::Cost => "leur nombre de voix",
            Utility::Cardinality => "leur nombre de voix divisé par leur coût",
            Utility::Points | Utility::Borda => "leurs points divisés par leur coût",
        }
    }

    fn order_en(&self) -> &'static str {
        match self.profile.utility {
            Utility::Cost => "their number of votes",
            Utility::Cardinality => "their number of votes divided by their cost",
            Utility::Points | Utility::Borda => "their points divided by their cost",
        }
    }

    fn units(&self, units: u128) -> String {
        let number = u64::try_from(units).unwrap_or(u64::MAX);
        match self.profile.utility {
            Utility::Cost | Utility::Cardinality => self.language.votes(number),
            Utility::Points | Utility::Borda => {
                self.language.counted(number, ["point", "points"], ["point", "points"])
            }
        }
    }

    fn turns(&mut self, steps: &[greedy::Step]) {
        for step in steps {
            let (units, left) = (self.units(step.units), self.money(step.left));
            let (name, cost) = (self.name(step.project), self.cost(step.project));
            let verdict = if step.fits {
                self.language.pick("est retenu", "is chosen")
            } else {
                self.language.pick("ne tient pas", "doesn’t fit")
            };
            self.say(
                |_| format!("{name} ({units}, {cost}) {verdict}\u{a0}: il restait {left}."),
                |_| format!("{name} ({units}, {cost}) {verdict}: {left} was left."),
            );
        }
    }

    fn total(&mut self, winners: &[u32], cost: u128) {
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

    pub(super) fn phragmen(&mut self, outcome: &phragmen::Outcome) {
        self.say(
            |_| {
                "Imaginons que chaque personne reçoive de l’argent au même rythme. Dès que les soutiens d’un projet ont \
                 ensemble de quoi le payer, il est acheté et il ne leur reste rien."
                    .to_owned()
            },
            |_| {
                "Imagine that everyone earns money at the same pace. As soon as the supporters of a project have enough \
                 together, it is bought and they are left with nothing."
                    .to_owned()
            },
        );
        for (index, round) in outcome.rounds.iter().enumerate() {
            let (turn, name, cost) = (index + 1, self.name(round.project), self.cost(round.project));
            let people = self.people(self.profile.supporters(round.project));
            let load = money(self.language, &round.load, self.currency());
            let tie = self.tie(round.project, &round.tied);
            self.say(
                |_| format!("Achat {turn}\u{a0}: {name}, {cost}, soutenu par {people}, quand chacune a reçu {load} en tout.{tie}"),
                |_| format!("Purchase {turn}: {name}, {cost}, supported by {people}, when each has received {load} in all.{tie}"),
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
                |_| format!("C’est ensuite le tour de {stopped}, qui ne tient plus dans le budget\u{a0}: le décompte s’arrête."),
                |_| format!("Next in turn is {stopped}, which doesn’t fit the budget any more: the count stops."),
            );
        }
        self.total(&outcome.winners, outcome.cost);
    }

    pub(super) fn equal_shares(&mut self, outcome: &Outcome, rules: Rules) {
        self.shares(outcome, rules);
        for (index, round) in outcome.rounds.iter().enumerate() {
            self.round(index + 1, round);
        }
        self.say(
            |_| "Aucun autre projet ne peut être payé par ce qui reste à ses soutiens.".to_owned(),
            |_| "No other project can be paid by what its supporters have left.".to_owned(),
        );
        if rules.completion == Completion::Add1 || rules.completion == Completion::Add1U {
            let why = if outcome.exhaustive {
                self.language.pick(
                    "plus aucun projet soutenu ne tient dans ce qui reste",
                    "no supported project fits into what is left",
                )
            } else {
                self.language.pick(
                    "avec une augmentation de plus, les projets coûteraient plus que le budget",
                    "with one more raise, the projects would cost more than the budget",
                )
            };
            self.say(
                |_| format!("Les augmentations s’arrêtent là\u{a0}: {why}."),
                |_| format!("The raises stop there: {why}."),
            );
        }
        if let Some(completed) = &outcome.completed {
            self.say(
                |t| {
                    format!(
                        "Avec ce qui reste du budget, les autres projets passent dans l’ordre de {}.",
                        t.order_fr()
                    )
                },
                |t| {
                    format!(
                        "With what is left of the budget, the other projects come in the order of {}.",
                        t.order_en()
                    )
                },
            );
            self.turns(&completed.steps);
        }
        if let Some((greedy, shares)) = outcome.compared {
            let have = |number| self.language.form(number, ["a", "ont"], ["has", "have"]);
            let gain = format!("{} {}", self.people(greedy), have(greedy));
            let lose = self.people(shares);
            let kept = if greedy > shares {
                self.language.pick("le décompte par voix est gardé", "the count by votes is kept")
            } else {
                self.language.pick("les parts égales sont gardées", "equal shares are kept")
            };
            self.say(
                |_| format!("Comparaison\u{a0}: {gain} plus de projets choisis avec le décompte par voix, {lose} avec les parts égales\u{a0}; {kept}."),
                |_| format!("Comparison: {gain} more chosen projects with the count by votes, {lose} with equal shares; {kept}."),
            );
        }
        self.total(&outcome.winners, outcome.cost);
    }

    fn shares(&mut self, outcome: &Outcome, rules: Rules) {
        let voters = self.profile.voters() as u64;
        let people = self.people(voters);
        let budget = self.money(u128::from(self.budget));
        let equal = self.profile.total_weight() == u128::from(voters);
        let share = Fraction::new(u128::from(self.budget), voters.max(1));
        let share = money(self.language, &share, self.currency());
        self.say(
            |_| {
                let part = if equal { format!("chacune a {share}") } else { "chacune selon sa mise".into() };
                format!("{people} se partagent {budget}\u{a0}: {part}. Un projet est acheté quand ses soutiens peuvent le payer ensemble\u{a0}; on achète d’abord celui qui leur coûte le moins pour ce qu’il leur apporte.")
            },
            |_| {
                let part = if equal { format!("each has {share}") } else { "each in proportion to what they put in".into() };
                format!("{people} share {budget}: {part}. A project is bought when its supporters can pay it together; the one that costs them least for what it brings them comes first.")
            },
        );
        if outcome.raises > 0 {
            let raises = self.language.counted(outcome.raises, ["fois", "fois"], ["time", "times"]);
            let step = self.money(u128::from(rules.step));
            let pot = self.money(outcome.pot);
            self.say(
                |_| format!("Comme il restait de l’argent, le décompte a été refait avec des parts augmentées {raises} de {step} par personne (en moyenne). Voici le dernier, avec {pot} à se partager\u{a0}; cet argent en plus sert au calcul et n’est pas dépensé."),
                |_| format!("Since money was left, the count was repeated with shares raised {raises} by {step} a person (on average). Here is the last one, with {pot} to share; the money added serves the count and isn’t spent."),
            );
        }
    }

    fn round(&mut self, turn: usize, round: &Round) {
        let (name, cost) = (self.name(round.project), self.cost(round.project));
        let supporters = self.people(self.profile.supporters(round.project));
        let price = money(self.language, &round.price, self.currency());
        let (full, poor) = (round.in_full, round.all_they_had);
        let pay = self.language.form(full, ["paie", "paient"], ["pays", "pay"]);
        let full = self.people(full);
        let tie = self.tie(round.project, &round.tied);
        let unit = match self.profile.utility {
            Utility::Cost | Utility::Cardinality => "",
            Utility::Points => self.language.pick(" par point", " a point"),
            Utility::Borda => self.language.pick(" par rang", " a rank"),
        };
        let votes = round.effective_votes().filter(|_| self.profile.utility == Utility::Cost);
        let votes = votes.map(|votes| self.language.decimal(&votes.decimal(2)));
        let french = [
            "n’avait pas assez et donne tout ce qui lui reste",
            "n'avaient pas assez et donnent tout ce qui leur reste",
        ];
        let english = ["had less and gives all they have left", "had less and give all they have left"];
        let gives = self.language.form(poor, french, english);
        let poor = if poor == 0 { String::new() } else { format!("{} {gives}", self.people(poor)) };
        let semicolon = if poor.is_empty() { "" } else { self.language.pick("\u{a0}; ", "; ") };
        self.say(
            |_| {
                let votes = votes.as_ref().map(|votes| format!(", soit {votes} voix effectives")).unwrap_or_default();
                format!("Tour {turn}\u{a0}: {name} coûte {cost} et a le soutien de {supporters}. {full} {pay} {price}{unit}{votes}{semicolon}{poor}.{tie}")
            },
            |_| {
                let votes = votes.as_ref().map(|votes| format!(", which makes {votes} effective votes")).unwrap_or_default();
                format!("Round {turn}: {name} costs {cost} and is supported by {supporters}. {full} {pay} {price}{unit}{votes}{semicolon}{poor}.{tie}")
            },
        );
    }
}

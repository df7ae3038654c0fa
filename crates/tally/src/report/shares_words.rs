//! Sentences about equal shares.

use super::budget_words::Teller;
use super::text::{Language, money};
use crate::budget::Utility;
use crate::equal_shares::{Completion, Outcome, Round, Rules};
use crate::fraction::Fraction;

/// Most voters whose payments are told one by one.
const TOLD_PAYMENTS: usize = 50;

/// A project that the rounds left, and what its supporters have together when they end.
pub(super) struct Unpaid {
    pub(super) project: u32,
    pub(super) have: Fraction,
}

impl Teller<'_> {
    pub(super) fn equal_shares(&mut self, outcome: &Outcome, rules: Rules, unpaid: &[Unpaid]) {
        if self.profile.voters() == 0 {
            self.say(
                |_| "Personne n’a voté\u{a0}: il n’y a pas de part à dépenser.".to_owned(),
                |_| "Nobody voted: there is no share to spend.".to_owned(),
            );
        } else {
            self.shares(outcome, rules);
        }
        self.unequal_shares(outcome.pot);
        for (index, round) in outcome.rounds.iter().enumerate() {
            self.round(index + 1, round);
        }
        self.end(unpaid);
        if matches!(rules.completion, Completion::Add1 | Completion::Add1U) {
            self.end_of_raises(outcome);
        }
        self.payments(outcome);
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
        self.comparison(outcome);
        self.total(&outcome.winners, outcome.cost);
    }

    fn fraction(&self, amount: &Fraction) -> String {
        money(self.language, amount, self.currency())
    }

    /// What each has, and which project comes first.
    fn shares(&mut self, outcome: &Outcome, rules: Rules) {
        let voters = self.profile.voters() as u64;
        let people = self.people(voters);
        let budget = self.money(u128::from(self.budget));
        let equal = self.profile.total_weight() == u128::from(voters);
        let share = self.fraction(&Fraction::new(u128::from(self.budget), voters));
        let first = match self.profile.utility {
            Utility::Cost => self.language.pick(
                "Le premier acheté est celui qui a le plus de voix effectives\u{a0}: son coût, divisé par la plus \
                 grosse somme qu’une personne y met",
                "The one with the most effective votes is bought first: its cost, divided by the most that one person \
                 pays",
            ),
            Utility::Cardinality => self.language.pick(
                "Le premier acheté est celui qui coûte le moins à chaque personne",
                "The one that costs each person least is bought first",
            ),
            Utility::Points => self.language.pick(
                "Le premier acheté est celui dont le point coûte le moins",
                "The one whose point costs least is bought first",
            ),
            Utility::Borda => self.language.pick(
                "Le dernier projet classé d’un bulletin vaut 0 point, l’avant-dernier 1, et ainsi de suite. Le premier acheté \
                 est celui dont le point coûte le moins",
                "The last project ranked on a ballot is worth 0 points, the one before 1, and so on. The one whose point costs \
                 least is bought first",
            ),
        };
        self.say(
            |_| {
                let part = if equal { format!("chacune a {share}") } else { "chacune selon sa mise".into() };
                format!("{people} se partagent {budget}\u{a0}: {part}. Un projet peut être acheté quand ses soutiens ont ensemble de quoi le payer\u{a0}; qui n’a pas assez donne tout ce qui lui reste. {first}. Les montants sont coupés au centième.")
            },
            |_| {
                let part = if equal { format!("each has {share}") } else { "each in proportion to what they put in".into() };
                format!("{people} share {budget}: {part}. A project can be bought when its supporters have its cost together; who hasn’t enough gives all that is left. {first}. Amounts are cut after the hundredth.")
            },
        );
        if outcome.raises > 0 {
            let raises = self.language.counted(outcome.raises, ["fois", "fois"], ["time", "times"]);
            let step = self.money(u128::from(rules.step));
            let pot = self.money(outcome.pot);
            let share = self.fraction(&Fraction::new(outcome.pot, voters));
            self.say(
                |_| {
                    let (mean, each) = if equal { ("", format!(", soit {share} chacune")) } else { (" en moyenne", String::new()) };
                    format!("Comme il restait de l’argent, le décompte a été refait avec des parts augmentées {raises} de {step} par personne{mean}. Voici le dernier, avec {pot} à se partager{each}\u{a0}; cet argent en plus sert au calcul et n’est pas dépensé.")
                },
                |_| {
                    let (mean, each) = if equal { ("", format!(", {share} each")) } else { (" on average", String::new()) };
                    format!("Since money was left, the count was repeated with shares raised {raises} by {step} a person{mean}. Here is the last one, with {pot} to share{each}; the money added serves the count and isn’t spent.")
                },
            );
        }
    }

    fn round(&mut self, turn: usize, round: &Round) {
        let (name, cost) = (self.name(round.project), self.cost(round.project));
        let all = self.profile.supporters(round.project);
        let by_points = matches!(self.profile.utility, Utility::Points | Utility::Borda);
        let points = |units| if by_points { self.units(units) } else { String::new() };
        let supporters = match points(self.profile.total_units(round.project)) {
            points if points.is_empty() => self.people(all),
            points => format!("{} ({points})", self.people(all)),
        };
        let price = self.fraction(&self.profile.price_of_point(&round.price));
        let (full, poor) = (round.in_full, round.all_they_had);
        let empty = all.saturating_sub(full).saturating_sub(poor);
        let pay = self.language.form(full, ["paie", "paient"], ["pays", "pay"]);
        let full = self.people(full);
        let tie = self.tie(round.project, &round.tied);
        let unit = match points(round.units_in_full) {
            points if points.is_empty() => points,
            points => format!("{}{points}", self.language.pick(" par point, pour ", " a point, for ")),
        };
        let votes = round.effective_votes().filter(|_| self.profile.utility == Utility::Cost);
        let votes = votes.map(|votes| {
            // « 1,76 voix effective » in French, 1.76 effective votes in English.
            let one =
                if self.language == Language::French { votes.floor() < 2_u8.into() } else { votes.is_one() };
            let word = self.language.form(
                if one { 1 } else { 2 },
                ["voix effective", "voix effectives"],
                ["effective vote", "effective votes"],
            );
            format!("{} {word}", self.language.decimal(&votes.decimal(2)))
        });
        let separate = self.language.pick("\u{a0}; ", "; ");
        let mut others = self.poor(poor, &round.given);
        if empty > 0 && self.profile.cost(round.project) > 0 {
            let nothing = self.language.form(
                empty,
                ["n’a plus rien", "n’ont plus rien"],
                ["has nothing left", "have nothing left"],
            );
            others += &format!("{separate}{} {nothing}", self.people(empty));
        }
        self.say(
            |_| {
                let votes = votes.as_ref().map(|votes| format!(", soit {votes}")).unwrap_or_default();
                format!("Tour {turn}\u{a0}: {name} coûte {cost} et a le soutien de {supporters}. {full} {pay} {price}{unit}{votes}{others}.{tie}")
            },
            |_| {
                let votes = votes.as_ref().map(|votes| format!(", which makes {votes}")).unwrap_or_default();
                format!("Round {turn}: {name} costs {cost} and is supported by {supporters}. {full} {pay} {price}{unit}{votes}{others}.{tie}")
            },
        );
    }

    /// Those who had less than the price and gave their last.
    fn poor(&self, poor: u64, given: &Fraction) -> String {
        if poor == 0 {
            return String::new();
        }
        let french = [
            "n’avait pas assez et donne tout ce qui lui reste",
            "n’avaient pas assez et donnent tout ce qui leur reste",
        ];
        let english = ["had less and gives all that is left", "had less and give all that is left"];
        let gives = self.language.form(poor, french, english);
        let together = if poor > 1 { self.language.pick(" en tout", " together") } else { "" };
        let separate = self.language.pick("\u{a0}; ", "; ");
        format!("{separate}{} {gives}, {}{together}", self.people(poor), self.fraction(given))
    }

    /// What each holds, where shares are unequal and voters few.
    fn unequal_shares(&mut self, pot: u128) {
        let total = self.profile.total_weight();
        if total == self.profile.voters() as u128 || self.profile.voters() > TOLD_PAYMENTS {
            return;
        }
        let voters = self.request.election.voters.iter();
        let shares: Vec<String> = voters
            .map(|voter| {
                let share = num_bigint::BigUint::from(pot) * voter.endowment.unwrap_or(0);
                format!("{} ({})", voter.id, self.fraction(&Fraction::new(share, total)))
            })
            .collect();
        let shares = self.language.list(&shares);
        self.say(|_| format!("Les parts\u{a0}: {shares}."), |_| format!("The shares: {shares}."));
    }

    /// Why nothing more is bought.
    fn end(&mut self, unpaid: &[Unpaid]) {
        self.say(
            |_| "Aucun autre projet ne peut être payé par ce qui reste à ses soutiens.".to_owned(),
            |_| "No other project can be paid by what its supporters have left.".to_owned(),
        );
        for Unpaid { project, have } in unpaid {
            let (name, cost) = (self.name(*project), self.cost(*project));
            let (supporters, have) = (self.people(self.profile.supporters(*project)), self.fraction(have));
            self.say(
                |_| {
                    format!(
                        "{name} coûte {cost}\u{a0}; il reste en tout {have} à ses soutiens ({supporters})."
                    )
                },
                |_| format!("{name} costs {cost}; its supporters ({supporters}) have {have} left together."),
            );
        }
    }

    fn end_of_raises(&mut self, outcome: &Outcome) {
        if outcome.all_fit {
            self.say(
                |_| "Les parts ne sont pas augmentées\u{a0}: tous les projets tiennent ensemble dans le budget.".to_owned(),
                |_| "Shares aren’t raised: all projects together fit into the budget.".to_owned(),
            );
            return;
        }
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

    /// What each pays, where they are few.
    fn payments(&mut self, outcome: &Outcome) {
        if outcome.paid.is_empty() || outcome.rounds.is_empty() || outcome.paid.len() > TOLD_PAYMENTS {
            return;
        }
        let voters = self.request.election.voters.iter().zip(&outcome.paid);
        let payments: Vec<String> =
            voters.map(|(voter, paid)| format!("{} ({})", voter.id, self.money(u128::from(*paid)))).collect();
        let payments = self.language.list(&payments);
        self.say(
            |_| format!("Pour ces tours, chaque personne paie, au centième près\u{a0}: {payments}."),
            |_| format!("For these rounds, each person pays, to the hundredth: {payments}."),
        );
    }

    fn comparison(&mut self, outcome: &Outcome) {
        let Some((greedy, shares)) = outcome.compared else { return };
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
}

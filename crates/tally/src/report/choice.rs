//! Reports of the methods that choose or rank, from a file of ballots.

use serde_json::{Map, Value, json};

use super::{Language, Report};
use crate::files::{BallotFile, FileError};
use crate::majority_judgment::{self, GRADES_EN, GRADES_FR, Judged, Sign};
use crate::ranking::Pairwise;
use crate::schulze::Strength;
use crate::{ranked_pairs, runoff, schulze, score};

/// The names of the options, and the language.
struct Names<'a> {
    file: &'a BallotFile,
    language: Language,
}

impl<'a> Names<'a> {
    fn name(&self, option: u32) -> &'a str {
        self.file.options().get(option as usize).map_or("", String::as_str)
    }

    fn names(&self, options: &[u32]) -> Vec<String> {
        options.iter().map(|option| self.name(*option).to_owned()).collect()
    }

    fn listed(&self, options: &[u32]) -> String {
        self.language.list(&self.names(options))
    }

    /// An object with one entry an option.
    fn by_option<T>(&self, values: &[T], json: impl Fn(&T) -> Value) -> Value {
        let pairs = self.file.options().iter().cloned().zip(values.iter().map(json));
        Value::Object(pairs.collect::<Map<_, _>>())
    }

    fn pairwise(&self, pairwise: &Pairwise) -> Value {
        self.by_option(pairwise.rows(), |row| self.by_option(row, |votes| json!(votes)))
    }

    fn levels(&self, levels: &[Vec<u32>]) -> Value {
        levels.iter().map(|level| self.names(level)).collect()
    }

    fn report(
        &self,
        method: &'static str,
        winners: &[u32],
        working: Value,
        sentences: Vec<String>,
    ) -> Report {
        Report { method, winners: self.names(winners), cost: None, working, sentences }
    }

    /// How each pair of options came out.
    fn duels(&self, pairwise: &Pairwise) -> Vec<String> {
        let language = self.language;
        let mut sentences = Vec::new();
        for a in pairwise.indices() {
            for b in pairwise.indices().filter(|b| *b > a) {
                let (first, second) = if pairwise.beats(b, a) { (b, a) } else { (a, b) };
                let (votes, against) = (pairwise.votes(first, second), pairwise.votes(second, first));
                let (for_it, other) = (language.votes(votes), language.number(against));
                let (first, second) = (self.name(first), self.name(second));
                sentences.push(match (language, votes == against) {
                    (Language::French, true) => {
                        format!("{first} et {second} sont à égalité, {for_it} partout.")
                    }
                    (Language::French, false) => format!("{first} bat {second} par {for_it} contre {other}."),
                    (Language::English, true) => format!("{first} and {second} are even, {for_it} each."),
                    (Language::English, false) => {
                        format!(
                            "{first} beats {second} by {votes} votes to {other}.",
                            votes = language.number(votes)
                        )
                    }
                });
            }
        }
        sentences
    }

    /// The levels of a ranking, one sentence each.
    fn places(&self, levels: &[Vec<u32>]) -> Vec<String> {
        let mut place = 1;
        let mut sentences = Vec::new();
        for level in levels {
            let names = self.listed(level);
            let colon = self.language.colon();
            let tied = if level.len() > 1 {
                self.language.pick(" (à égalité, l’ordre du tirage décide)", " (tied, the lot decides)")
            } else {
                ""
            };
            let word = self.language.pick("Place", "Place");
            sentences.push(format!("{word} {place}{colon} {names}{tied}."));
            place += level.len();
        }
        sentences
    }
}

/// Schulze's method.
///
/// # Errors
/// [`FileError`] for ballots that can't be read as rankings.
pub fn schulze(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let names = Names { file, language };
    let rankings = file.rankings()?;
    let pairwise = rankings.pairwise();
    let outcome = schulze::count(&pairwise, file.lot())?;
    let strength = |strength: &Strength| match strength {
        Strength::Lost => json!(-1),
        Strength::Even => json!(0),
        Strength::Won { votes, against } => json!([votes, against.0]),
    };
    let working = json!({
        "voters": rankings.voters(),
        "pairwise": names.pairwise(&pairwise),
        "condorcet_winner": pairwise.condorcet_winner().map(|winner| names.name(winner)),
        "paths": names.by_option(&outcome.paths, |row| names.by_option(row, strength)),
        "levels": names.levels(&outcome.levels),
    });
    let people = language.people(rankings.voters());
    let mut sentences = vec![match language {
        Language::French => format!(
            "{people} ont classé les options. On compare les options deux à deux\u{a0}; une option passe avant une autre si \
             la meilleure suite de victoires de la première à la seconde est plus forte que celle du retour."
        ),
        Language::English => format!(
            "{people} ranked the options. Options are compared two by two; one comes before another if the best chain of \
             victories from the first to the second is stronger than the best one back."
        ),
    }];
    sentences.extend(names.duels(&pairwise));
    sentences.push(match (language, pairwise.condorcet_winner()) {
        (Language::French, Some(winner)) => format!("{} bat toutes les autres options.", names.name(winner)),
        (Language::French, None) => {
            "Aucune option ne bat toutes les autres\u{a0}: les suites de victoires décident.".into()
        }
        (Language::English, Some(winner)) => format!("{} beats all other options.", names.name(winner)),
        (Language::English, None) => "No option beats all others: the chains of victories decide.".into(),
    });
    sentences.extend(names.places(&outcome.levels));
    Ok(names.report("schulze", &outcome.order, working, sentences))
}

/// Ranked pairs.
///
/// # Errors
/// [`FileError`] for ballots that can't be read as rankings.
pub fn ranked_pairs(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let names = Names { file, language };
    let rankings = file.rankings()?;
    let pairwise = rankings.pairwise();
    let outcome = ranked_pairs::count(&pairwise, file.lot())?;
    let pair = |pair: &ranked_pairs::Pair| {
        json!({
            "winner": names.name(pair.winner),
            "loser": names.name(pair.loser),
            "votes": pair.votes,
            "against": pair.against,
            "kept": pair.kept,
        })
    };
    let working = json!({
        "voters": rankings.voters(),
        "pairwise": names.pairwise(&pairwise),
        "pairs": outcome.pairs.iter().map(pair).collect::<Value>(),
    });
    let mut sentences = vec![
        language
            .pick(
                "Les victoires sont prises de la plus forte à la plus faible\u{a0}; celle qui fermerait un cercle avec les \
                 précédentes est laissée de côté.",
                "Victories are taken from the strongest to the weakest; one that would close a circle with those before is \
                 left out.",
            )
            .to_owned(),
    ];
    for pair in &outcome.pairs {
        let (first, second) = (names.name(pair.winner), names.name(pair.loser));
        let (votes, against) = (language.number(pair.votes), language.number(pair.against));
        let kept = match (pair.kept, language) {
            (true, Language::French) => "gardée",
            (false, Language::French) => "laissée de côté",
            (true, Language::English) => "kept",
            (false, Language::English) => "left out",
        };
        let over = language.pick("avant", "over");
        sentences.push(format!("{first} {over} {second}, {votes}–{against}{} {kept}.", language.colon()));
    }
    let order: Vec<Vec<u32>> = outcome.order.iter().map(|option| vec![*option]).collect();
    sentences.extend(names.places(&order));
    Ok(names.report("ranked-pairs", &outcome.order, working, sentences))
}

/// Instant run-off.
///
/// # Errors
/// [`FileError`] for ballots that can't be read as rankings or hold two options equal.
pub fn instant_runoff(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let names = Names { file, language };
    let rankings = file.rankings()?;
    let outcome = runoff::count(&rankings, file.lot())?;
    let round = |round: &runoff::Round| {
        json!({
            "votes": names.by_option(&round.votes, |votes| json!(votes)),
            "exhausted": round.exhausted,
            "eliminated": round.eliminated.map(|option| names.name(option)),
            "tied": names.names(&round.tied),
        })
    };
    let working =
        json!({ "voters": rankings.voters(), "rounds": outcome.rounds.iter().map(round).collect::<Value>() });
    let mut sentences = Vec::new();
    for (index, round) in outcome.rounds.iter().enumerate() {
        let counts = file.options().iter().zip(&round.votes);
        let counts =
            counts.filter_map(|(name, votes)| Some(format!("{name} {}", language.number((*votes)?))));
        let counts = language.list(&counts.collect::<Vec<_>>());
        let (turn, exhausted) = (index + 1, language.people(round.exhausted));
        let mut sentence = match language {
            Language::French => format!("Tour {turn}\u{a0}: {counts}\u{a0}; {exhausted} sans choix restant."),
            Language::English => format!("Round {turn}: {counts}; {exhausted} without a choice left."),
        };
        if let Some(last) = round.eliminated {
            let last = names.name(last);
            let tied = names.listed(&round.tied);
            sentence += &match (language, round.tied.is_empty()) {
                (Language::French, true) => format!(" {last} est en dernier et sort."),
                (Language::French, false) => format!(
                    " {tied} sont en dernier à égalité\u{a0}; {last} sort, d’après les tours d'avant ou le tirage."
                ),
                (Language::English, true) => format!(" {last} is last and goes out."),
                (Language::English, false) => {
                    format!(" {tied} are last together; {last} goes out, by the rounds before or the lot.")
                }
            };
        }
        sentences.push(sentence);
    }
    let winners: Vec<u32> = outcome.winner.into_iter().collect();
    if let Some(winner) = outcome.winner {
        let winner = names.name(winner);
        sentences.push(match language {
            Language::French => {
                format!("{winner} a la majorité des bulletins qui désignent encore une option.")
            }
            Language::English => {
                format!("{winner} has the majority of the ballots that still name an option.")
            }
        });
    }
    Ok(names.report("instant-runoff", &winners, working, sentences))
}

/// Majority judgment.
///
/// # Errors
/// [`FileError`] for ballots without grades and tallies that don't balance.
pub fn majority_judgment(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let names = Names { file, language };
    let tallies = file.tallies()?;
    let outcome = majority_judgment::count(&tallies, file.lot())?;
    let sign = |judged: &Judged| match judged.sign {
        Sign::Plus => "+",
        Sign::Minus => "-",
        Sign::Even => "",
    };
    let option = |judged: &Judged| {
        json!({
            "tally": judged.tally,
            "median": judged.median,
            "grade": file.grades().get(judged.median),
            "sign": sign(judged),
            "above": judged.above,
            "below": judged.below,
            "key": judged.key,
        })
    };
    let working = json!({
        "grades": file.grades(),
        "options": names.by_option(&outcome.options, option),
        "levels": names.levels(&outcome.levels),
    });
    let mut sentences = vec![
        language
            .pick(
                "Chaque option a pour mention celle qu’au moins la moitié des personnes lui donnent, ou mieux. À mention \
                 égale, le plus grand camp compte\u{a0}: au-dessus («\u{a0}+\u{a0}») ou au-dessous («\u{a0}−\u{a0}»).",
                "Each option gets the grade that at least half of the people give it, or better. At the same grade, the \
                 larger side counts: above (“+”) or below (“−”).",
            )
            .to_owned(),
    ];
    for option in &outcome.order {
        let judged = &outcome.options[*option as usize];
        let grade = grade_name(file.grades(), judged.median, language);
        let sign = sign(judged).replace('-', "−");
        let voters: u64 = judged.tally.iter().sum();
        let (above, below) =
            (percent(judged.above, voters, language), percent(judged.below, voters, language));
        let name = names.name(*option);
        sentences.push(match language {
            Language::French => {
                format!("{name}\u{a0}: {grade}{sign} ({above} au-dessus, {below} au-dessous).")
            }
            Language::English => format!("{name}: {grade}{sign} ({above} above, {below} below)."),
        });
    }
    sentences.extend(names.places(&outcome.levels));
    Ok(names.report("majority-judgment", &outcome.order, working, sentences))
}

fn grade_name(grades: &[String], grade: usize, language: Language) -> String {
    let own = grades.get(grade).map_or("", String::as_str);
    let french = GRADES_FR.iter().position(|known| *known == own && grades.len() == GRADES_FR.len());
    match french {
        Some(place) if language == Language::English => GRADES_EN[place].to_owned(),
        _ => own.to_owned(),
    }
}

fn percent(part: u64, whole: u64, language: Language) -> String {
    let tenths = crate::fraction::Fraction::new(u128::from(part) * 100, whole.max(1));
    format!("{}{}%", language.decimal(&tenths.decimal(1)), language.pick("\u{202f}", ""))
}

/// Score voting.
///
/// # Errors
/// [`FileError`] for ballots without scores.
pub fn score(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let outcome = file.scores()?.count(file.lot())?;
    Ok(totals("score", file, &outcome, language))
}

/// Approval voting: the options scored `threshold` or better, 1 for ballots that approve.
///
/// # Errors
/// [`FileError`] for ballots without approvals or scores.
pub fn approval(file: &BallotFile, threshold: u32, language: Language) -> Result<Report, FileError> {
    let outcome = file.scores()?.approvals(threshold, file.lot())?;
    Ok(totals("approval", file, &outcome, language))
}

fn totals(method: &'static str, file: &BallotFile, outcome: &score::Outcome, language: Language) -> Report {
    let names = Names { file, language };
    let working = json!({
        "totals": names.by_option(&outcome.totals, |total| json!(total)),
        "tops": names.by_option(&outcome.tops, |tops| json!(tops)),
        "levels": names.levels(&outcome.levels),
    });
    let line = |option: &u32| {
        let index = *option as usize;
        let (total, tops) = (outcome.totals[index], language.number(outcome.tops[index]));
        let approvals = language.counted(total, ["approbation", "approbations"], ["approval", "approvals"]);
        let points = language.counted(total, ["point", "points"], ["point", "points"]);
        let name = names.name(*option);
        match (language, method) {
            (Language::French, "approval") => format!("{name}\u{a0}: {approvals}."),
            (Language::French, _) => {
                format!("{name}\u{a0}: {points}, {tops} fois la note la plus haute.")
            }
            (Language::English, "approval") => format!("{name}: {approvals}."),
            (Language::English, _) => format!("{name}: {points}, the highest score {tops} times."),
        }
    };
    let mut sentences: Vec<String> = outcome.order.iter().map(line).collect();
    let tie = language.pick(
        "À égalité, l’option qui a le plus souvent la note la plus haute passe devant, puis l’ordre du tirage décide.",
        "In a tie the option with more top scores comes first, then the lot decides.",
    );
    if outcome.levels.iter().any(|level| level.len() > 1) {
        sentences.push(tie.to_owned());
    }
    names.report(method, &outcome.order, working, sentences)
}

/// STAR voting.
///
/// # Errors
/// [`FileError`] for ballots without scores.
pub fn star(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let names = Names { file, language };
    let outcome = file.scores()?.star(file.lot())?;
    let working = json!({
        "totals": names.by_option(&outcome.totals, |total| json!(total)),
        "finalists": names.names(&outcome.finalists),
        "preferences": [outcome.preferences.0, outcome.preferences.1],
    });
    let finalists = names.listed(&outcome.finalists);
    let (first, second) = (language.number(outcome.preferences.0), language.number(outcome.preferences.1));
    let winners: Vec<u32> = outcome.winner.into_iter().collect();
    let winner = names.listed(&winners);
    let sentence = match language {
        Language::French => format!(
            "Les deux meilleurs totaux\u{a0}: {finalists}. Préférés par {first} et {second} personnes. {winner} l’emporte."
        ),
        Language::English => format!(
            "The two best totals: {finalists}. Preferred by {first} and {second} people. {winner} wins."
        ),
    };
    Ok(names.report("star", &winners, working, vec![sentence]))
}

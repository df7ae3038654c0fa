//! Reports of the methods that choose or rank, from a file of ballots.

use serde_json::{Map, Value, json};

use super::{Language, Report};
use crate::files::{BallotFile, FileError};
use crate::majority_judgment::{self, GRADES_EN, GRADES_FR, Judged, Sign};
use crate::ranking::Pairwise;

pub use super::ranked::{instant_runoff, ranked_pairs, schulze};
pub use super::scored::{approval, score, star};

/// The names of the options, and the language.
pub(super) struct Names<'a> {
    pub(super) file: &'a BallotFile,
    pub(super) language: Language,
}

impl<'a> Names<'a> {
    pub(super) fn name(&self, option: u32) -> &'a str {
        self.file.options().get(option as usize).map_or("", String::as_str)
    }

    pub(super) fn names(&self, options: &[u32]) -> Vec<String> {
        options.iter().map(|option| self.name(*option).to_owned()).collect()
    }

    pub(super) fn listed(&self, options: &[u32]) -> String {
        self.language.list(&self.names(options))
    }

    /// What breaks the last ties: a lot, or the order of the options where the file tells none.
    pub(super) fn last_resort(&self) -> &'static str {
        match (self.language, self.file.has_lot()) {
            (Language::French, true) => "l’ordre du tirage",
            (Language::French, false) => "l’ordre des options dans le fichier",
            (Language::English, true) => "the lot",
            (Language::English, false) => "the order of the options in the file",
        }
    }

    /// An object with one entry an option.
    pub(super) fn by_option<T>(&self, values: &[T], json: impl Fn(&T) -> Value) -> Value {
        let pairs = self.file.options().iter().cloned().zip(values.iter().map(json));
        Value::Object(pairs.collect::<Map<_, _>>())
    }

    pub(super) fn pairwise(&self, pairwise: &Pairwise) -> Value {
        self.by_option(pairwise.rows(), |row| self.by_option(row, |votes| json!(votes)))
    }

    pub(super) fn levels(&self, levels: &[Vec<u32>]) -> Value {
        levels.iter().map(|level| self.names(level)).collect()
    }

    pub(super) fn report(
        &self,
        method: &'static str,
        winners: &[u32],
        mut working: Value,
        sentences: Vec<String>,
    ) -> Report {
        let all: Vec<u32> = (0..u32::MAX).take(self.file.options().len()).collect();
        working["lot"] = json!(self.names(&self.file.lot().flatten(&[all])));
        Report { method, winners: self.names(winners), cost: None, working, sentences }
    }

    /// How each pair of options came out.
    pub(super) fn duels(&self, pairwise: &Pairwise) -> Vec<String> {
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
    pub(super) fn places(&self, levels: &[Vec<u32>]) -> Vec<String> {
        let mut place = 1;
        let mut sentences = Vec::new();
        for level in levels {
            let names = self.listed(&self.file.lot().flatten(std::slice::from_ref(level)));
            let colon = self.language.colon();
            let resort = self.last_resort();
            let tied = match self.language {
                _ if level.len() < 2 => String::new(),
                Language::French => format!(" (à égalité, {resort} décide)"),
                Language::English => format!(" (tied, {resort} decides)"),
            };
            let word = self.language.pick("Place", "Place");
            sentences.push(format!("{word} {place}{colon} {names}{tied}."));
            place += level.len();
        }
        sentences
    }
}

/// Majority judgment.
///
/// # Errors
/// [`FileError`] for ballots without grades and tallies that don't balance.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"grades": {"ada": "Bien", "bob": "Passable"}}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::majority_judgment(&file, Language::English)?;
/// assert_eq!(report.winners, ["ada", "bob"]);
/// assert_eq!(report.working["options"]["ada"]["grade"], "Bien");
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
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
                "La mention d’une option est la meilleure que plus de la moitié des personnes lui donnent, ou dépassent. À \
                 mention égale, le plus grand camp compte\u{a0}: plus de personnes au-dessus («\u{a0}+\u{a0}») est un bien, \
                 autant ou plus de personnes au-dessous («\u{a0}−\u{a0}») un mal.",
                "The grade of an option is the best one that more than half of the people give it or exceed. At the same \
                 grade, the larger side counts: more people above (“+”) is good, as many or more below (“−”) is bad.",
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
        let (name, votes) = (names.name(*option), profile(&names, judged));
        sentences.push(match language {
            Language::French => {
                format!("{name}\u{a0}: {grade}{sign} ({above} au-dessus, {below} au-dessous)\u{a0}; {votes}.")
            }
            Language::English => format!("{name}: {grade}{sign} ({above} above, {below} below); {votes}."),
        });
    }
    sentences.extend(departures(&names, &outcome));
    sentences.extend(names.places(&outcome.levels));
    Ok(names.report("majority-judgment", &outcome.order, working, sentences))
}

/// How many people give each grade, from the best.
fn profile(names: &Names<'_>, judged: &Judged) -> String {
    let given = judged.tally.iter().enumerate().rev().filter(|(_, votes)| **votes > 0);
    let given = given.map(|(grade, votes)| {
        let grade = grade_name(names.file.grades(), grade, names.language);
        format!("{}\u{a0}×\u{a0}{grade}", names.language.number(*votes))
    });
    names.language.list(&given.collect::<Vec<_>>())
}

/// Why, of two neighbours of one grade in the order, the first comes first.
fn departures(names: &Names<'_>, outcome: &majority_judgment::Outcome) -> Vec<String> {
    let mut sentences = Vec::new();
    for pair in outcome.order.windows(2) {
        let (first, second) = (&outcome.options[pair[0] as usize], &outcome.options[pair[1] as usize]);
        let differs = first.key.iter().zip(&second.key).position(|(a, b)| a != b);
        let Some(step) = differs.filter(|_| first.median == second.median) else { continue };
        let (a, b) = (names.name(pair[0]), names.name(pair[1]));
        let (here, there) = (stand(names, first.key[step]), stand(names, second.key[step]));
        let moves = match step {
            0 => "",
            1 => names.language.pick(
                "mêmes camps aussi\u{a0}; on ajoute les bulletins de la mention à la plus proche du plus grand camp, et on \
                 compare de nouveau\u{a0}: ",
                "the same sides too; the ballots of the grade are added to the nearest of the larger side, and we compare \
                 again: ",
            ),
            _ => names.language.pick(
                "mêmes camps aussi\u{a0}; on ajoute plusieurs fois les bulletins de la mention à la plus proche du plus grand \
                 camp, jusqu’à une différence\u{a0}: ",
                "the same sides too; the ballots of the grade are added several times to the nearest of the larger side, \
                 until there is a difference: ",
            ),
        };
        sentences.push(match names.language {
            Language::French => {
                format!("{a} passe avant {b}, à mention égale\u{a0}: {moves}{a} a {here}, {b} a {there}.")
            }
            Language::English => {
                format!("{a} comes before {b} at the same grade: {moves}{a} has {here}, {b} has {there}.")
            }
        });
    }
    sentences
}

/// A step of the comparison: a grade and the side that counts.
fn stand(names: &Names<'_>, (grade, side): (usize, i64)) -> String {
    let language = names.language;
    let grade = language.quoted(&grade_name(names.file.grades(), grade, language));
    let people = language.people(side.unsigned_abs());
    match (side.signum(), language) {
        (1, Language::French) => format!("{grade} et {people} au-dessus"),
        (-1, Language::French) => format!("{grade} et {people} au-dessous"),
        (_, Language::French) => format!("{grade} de toutes les personnes"),
        (1, Language::English) => format!("{grade} and {people} above"),
        (-1, Language::English) => format!("{grade} and {people} below"),
        (_, Language::English) => format!("{grade} from everyone"),
    }
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

//! Reports of the methods that count scores or approvals.

use serde_json::json;

use super::choice::Names;
use super::{Language, Report};
use crate::files::{BallotFile, FileError};
use crate::score;

/// Score voting.
///
/// # Errors
/// [`FileError`] for ballots without scores.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 3, "scores": {"ada": 2, "bob": 5}}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::score(&file, Language::English)?;
/// assert_eq!(report.working["totals"]["bob"], 15);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
pub fn score(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let scores = file.scores()?;
    let outcome = scores.count(file.lot())?;
    let people = language.people(scores.voters());
    let rule = match language {
        Language::French => format!(
            "Bulletins de notes\u{a0}: {people}. Le total d’une option est la somme de ses notes\u{a0}; à total égal, celle qui a \
             le plus souvent la note la plus haute passe avant."
        ),
        Language::English => format!(
            "Ballots with scores: {people}. The total of an option is the sum of its scores; at the same total, the one with \
             the highest score more often comes first."
        ),
    };
    Ok(totals("score", file, &outcome, (rule, language)))
}

/// Approval voting: the options scored `threshold` or better, 1 for ballots that approve.
///
/// # Errors
/// [`FileError`] for ballots without approvals or scores.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"approve": ["bob"]}, {"approve": ["ada", "bob"]}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::approval(&file, 1, Language::English)?;
/// assert_eq!((report.winners[0].as_str(), &report.working["totals"]["bob"]), ("bob", &2.into()));
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
pub fn approval(file: &BallotFile, threshold: u32, language: Language) -> Result<Report, FileError> {
    let scores = file.scores()?;
    let outcome = scores.approvals(threshold, file.lot())?;
    let people = language.people(scores.voters());
    let from = language.number(threshold);
    let rule = match language {
        Language::French if scores.max() > 1 => format!(
            "Bulletins\u{a0}: {people}. Chaque bulletin compte pour toutes les options qu’il note {from} ou plus."
        ),
        Language::French => {
            format!(
                "Bulletins\u{a0}: {people}. Chaque bulletin compte pour toutes les options qu’il accepte."
            )
        }
        Language::English if scores.max() > 1 => {
            format!("Ballots: {people}. Each counts for all options that it scores {from} or more.")
        }
        Language::English => format!("Ballots: {people}. Each counts for all options that it accepts."),
    };
    Ok(totals("approval", file, &outcome, (rule, language)))
}

fn totals(
    method: &'static str,
    file: &BallotFile,
    outcome: &score::Outcome,
    (rule, language): (String, Language),
) -> Report {
    let names = Names { file, language };
    let working = json!({
        "totals": names.by_option(&outcome.totals, |total| json!(total)),
        "tops": names.by_option(&outcome.tops, |tops| json!(tops)),
        "levels": names.levels(&outcome.levels),
    });
    let line = |option: &u32| {
        let index = *option as usize;
        let (total, tops) = (outcome.totals[index], outcome.tops[index]);
        let approvals = language.counted(total, ["approbation", "approbations"], ["approval", "approvals"]);
        let points = language.counted(total, ["point", "points"], ["point", "points"]);
        let name = names.name(*option);
        match (language, method) {
            (Language::French, "approval") => format!("{name}\u{a0}: {approvals}."),
            (Language::French, _) => {
                format!("{name}\u{a0}: {points}, {} fois la note la plus haute.", language.number(tops))
            }
            (Language::English, "approval") => format!("{name}: {approvals}."),
            (Language::English, _) if tops == 1 => format!("{name}: {points}, the highest score once."),
            (Language::English, _) => {
                format!("{name}: {points}, the highest score {} times.", language.number(tops))
            }
        }
    };
    let mut sentences: Vec<String> = std::iter::once(rule).chain(outcome.order.iter().map(line)).collect();
    for pair in outcome.order.windows(2) {
        let [first, second] = [pair[0] as usize, pair[1] as usize];
        if outcome.totals[first] != outcome.totals[second] {
            continue;
        }
        let (a, b, resort) = (names.name(pair[0]), names.name(pair[1]), names.last_resort());
        let by_tops = method != "approval" && outcome.tops[first] > outcome.tops[second];
        sentences.push(match (language, by_tops) {
            (Language::French, true) => {
                format!("{a} et {b} sont à égalité\u{a0}: {a} a plus souvent la note la plus haute.")
            }
            (Language::French, false) => {
                format!("{a} et {b} sont à égalité\u{a0}: {resort} place {a} avant.")
            }
            (Language::English, true) => {
                format!("{a} and {b} are tied: {a} has the highest score more often.")
            }
            (Language::English, false) => format!("{a} and {b} are tied: {resort} puts {a} first."),
        });
    }
    names.report(method, &outcome.order, working, sentences)
}

/// STAR voting.
///
/// # Errors
/// [`FileError`] for ballots without scores.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 2, "scores": {"ada": 3, "bob": 2}}, {"scores": {"bob": 5}}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::star(&file, Language::English)?;
/// // bob has 9 points and ada 6, but two of three prefer ada.
/// assert_eq!(report.winners, ["ada"]);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
pub fn star(file: &BallotFile, language: Language) -> Result<Report, FileError> {
    let names = Names { file, language };
    let scores = file.scores()?;
    let outcome = scores.star(file.lot())?;
    let working = json!({
        "totals": names.by_option(&outcome.totals, |total| json!(total)),
        "tops": names.by_option(&outcome.tops, |tops| json!(tops)),
        "finalists": names.names(&outcome.finalists),
        "tied": names.levels(&outcome.tied),
        "preferences": [outcome.preferences.0, outcome.preferences.1],
    });
    let mut order: Vec<u32> = (0..u32::MAX).take(outcome.totals.len()).collect();
    order.sort_by_key(|option| std::cmp::Reverse(outcome.totals[*option as usize]));
    let total = |option: &u32| {
        let points = outcome.totals[*option as usize];
        let points = language.counted(points, ["point", "points"], ["point", "points"]);
        format!("{}{} {points}.", names.name(*option), language.colon())
    };
    let people = language.people(scores.voters());
    let rule = match language {
        Language::French => format!(
            "Bulletins de notes\u{a0}: {people}. Les deux options des plus forts totaux vont au second tour\u{a0}; l’emporte celle \
             que plus de personnes notent au-dessus de l’autre."
        ),
        Language::English => format!(
            "Ballots with scores: {people}. The two options of the highest totals meet in a run-off; the one that more people \
             score above the other wins."
        ),
    };
    let mut sentences: Vec<String> = std::iter::once(rule).chain(order.iter().map(total)).collect();
    for tied in outcome.tied.iter().filter(|tied| !tied.is_empty()) {
        let (tied, resort) = (names.listed(tied), names.last_resort());
        sentences.push(match language {
            Language::French => format!(
                "{tied} sont à égalité pour une place au second tour\u{a0}: on regarde les duels gagnés entre ces options, \
                 puis les notes les plus hautes, puis {resort}."
            ),
            Language::English => format!(
                "{tied} are tied for a seat in the run-off: victories among them count, then the highest scores, then {resort}."
            ),
        });
    }
    let winners: Vec<u32> = outcome.winner.into_iter().collect();
    if let [a, b] = outcome.finalists[..] {
        sentences.push(star_final(&names, (a, b), &outcome));
    }
    let winner = names.listed(&winners);
    if !winners.is_empty() {
        sentences.push(match language {
            Language::French => format!("{winner} l’emporte."),
            Language::English => format!("{winner} wins."),
        });
    }
    Ok(names.report("star", &winners, working, sentences))
}

/// The run-off of STAR, and how it fell if it was even.
fn star_final(names: &Names<'_>, (a, b): (u32, u32), outcome: &score::Star) -> String {
    let language = names.language;
    let (first, second) = (names.name(a), names.name(b));
    let (for_first, for_second) = outcome.preferences;
    let resort = names.last_resort();
    let even = match language {
        _ if for_first != for_second => String::new(),
        Language::French => {
            format!(" À égalité, on regarde le total, puis les notes les plus hautes, puis {resort}.")
        }
        Language::English => format!(" Even: the total counts, then the highest scores, then {resort}."),
    };
    match language {
        Language::French => {
            let [one, other] = [for_first, for_second].map(|number| {
                format!(
                    "{} {}",
                    language.people(number),
                    language.form(number, ["préfère", "préfèrent"], ["", ""])
                )
            });
            format!("Second tour entre {first} et {second}\u{a0}: {one} {first}, {other} {second}.{even}")
        }
        Language::English => format!(
            "Run-off of {first} and {second}: {} for {first}, {} for {second}.{even}",
            language.people(for_first),
            language.people(for_second)
        ),
    }
}

//! Reports of the methods that rank from rankings.

use serde_json::{Value, json};

use super::choice::Names;
use super::{Language, Report};
use crate::files::{BallotFile, FileError};
use crate::ranking::{Pairwise, shortest_chain};
use crate::schulze::Strength;
use crate::{ranked_pairs, runoff, schulze};

/// Most options for which the circle that a victory would close is told.
const TOLD_CIRCLES: usize = 60;

/// Schulze's method.
///
/// # Errors
/// [`FileError`] for ballots that can't be read as rankings.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 3, "ranking": ["bob", "ada"]}, {"ranking": ["ada"]}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::schulze(&file, Language::English)?;
/// assert_eq!(report.working["condorcet_winner"], "bob");
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
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
            "Bulletins de classement\u{a0}: {people}. On compare les options deux à deux. Une suite de victoires (A bat B, B \
             bat C) a la force de sa victoire la plus faible\u{a0}; une option passe avant une autre si la meilleure suite \
             de la première à la seconde est plus forte que celle du retour."
        ),
        Language::English => format!(
            "Ballots with a ranking: {people}. Options are compared two by two. A chain of victories (A beats B, B beats C) \
             is as strong as its weakest victory; one option comes before another if the best chain from the first to the \
             second is stronger than the best one back."
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
    sentences.extend(chains(&names, &pairwise, &outcome));
    sentences.extend(names.places(&outcome.levels));
    Ok(names.report("schulze", &outcome.order, working, sentences))
}

/// For each option after the first level, why one of the level before comes before it.
fn chains(names: &Names<'_>, pairwise: &Pairwise, outcome: &schulze::Outcome) -> Vec<String> {
    let mut sentences = Vec::new();
    let strength = |a: u32, b: u32| outcome.paths[a as usize][b as usize];
    for levels in outcome.levels.windows(2) {
        for below in &levels[1] {
            let Some(above) = levels[0].iter().find(|a| strength(**a, *below) > strength(*below, **a)) else {
                continue;
            };
            let forth = chain(names, &outcome.chain(pairwise, *above, *below), strength(*above, *below));
            let back = chain(names, &outcome.chain(pairwise, *below, *above), strength(*below, *above));
            let (first, second) = (names.name(*above), names.name(*below));
            sentences.push(match names.language {
                Language::French => format!("{first} passe avant {second}\u{a0}: à l’aller, {forth}\u{a0}; au retour, {back}."),
                Language::English => format!("{first} comes before {second}: from the first to the second, {forth}; the other way, {back}."),
            });
        }
    }
    sentences
}

/// A chain of victories and its weakest link.
fn chain(names: &Names<'_>, options: &[u32], strength: Strength) -> String {
    let language = names.language;
    let path = names.names(options).join(" → ");
    match (strength, language) {
        (Strength::Lost, Language::French) => "aucune suite de victoires".into(),
        (Strength::Lost, Language::English) => "no chain of victories".into(),
        (Strength::Even, Language::French) => format!("{path}, avec un duel à égalité"),
        (Strength::Even, Language::English) => format!("{path}, with an even match"),
        (Strength::Won { votes, against }, _) => {
            let (votes, against) = (language.votes(votes), language.number(against.0));
            match (options.len() > 2, language) {
                (true, Language::French) => {
                    format!("{path}, dont la victoire la plus faible est de {votes} contre {against}")
                }
                (false, Language::French) => format!("{path} par {votes} contre {against}"),
                (true, Language::English) => {
                    format!("{path}, whose weakest victory is by {votes} to {against}")
                }
                (false, Language::English) => format!("{path} by {votes} to {against}"),
            }
        }
    }
}

/// Ranked pairs.
///
/// # Errors
/// [`FileError`] for ballots that can't be read as rankings.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 3, "ranking": ["bob", "ada"]}, {"ranking": ["ada"]}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::ranked_pairs(&file, Language::English)?;
/// assert_eq!(report.working["pairs"][0]["votes"], 3);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
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
    let resort = names.last_resort();
    let mut sentences = vec![match language {
        Language::French => format!(
            "Les victoires sont prises de la plus forte à la plus faible (plus de voix pour, puis moins de voix contre, puis \
             {resort}), et les duels à égalité à la fin\u{a0}; ce qui fermerait un cercle avec les précédentes est laissé de \
             côté."
        ),
        Language::English => format!(
            "Victories are taken from the strongest to the weakest (more votes for, then fewer against, then {resort}), and \
             even matches at the end; what would close a circle with those before is left out."
        ),
    }];
    let mut kept = vec![vec![false; file.options().len()]; file.options().len()];
    for pair in &outcome.pairs {
        let (first, second) = (names.name(pair.winner), names.name(pair.loser));
        let (votes, against) = (language.number(pair.votes), language.number(pair.against));
        let circle = if pair.kept || kept.len() > TOLD_CIRCLES {
            Vec::new()
        } else {
            shortest_chain(kept.len(), pair.loser, pair.winner, |a, b| kept[a as usize][b as usize])
        };
        kept[pair.winner as usize][pair.loser as usize] |= pair.kept;
        let circle = names.names(&circle).join(" → ");
        let verdict = match (pair.kept, language) {
            (true, Language::French) => "gardé".to_owned(),
            (true, Language::English) => "kept".to_owned(),
            (false, _) if circle.is_empty() => language.pick("laissé de côté", "left out").to_owned(),
            (false, Language::French) => format!("laissé de côté, car {circle} est déjà gardé"),
            (false, Language::English) => format!("left out, since {circle} is kept already"),
        };
        let over = language.pick("avant", "over");
        sentences.push(format!("{first} {over} {second}, {votes}–{against}{} {verdict}.", language.colon()));
    }
    let order: Vec<Vec<u32>> = outcome.order.iter().map(|option| vec![*option]).collect();
    sentences.extend(names.places(&order));
    Ok(names.report("ranked-pairs", &outcome.order, working, sentences))
}

/// Instant run-off.
///
/// # Errors
/// [`FileError`] for ballots that can't be read as rankings or hold two options equal.
///
/// ```
/// use popote_tally::files::BallotFile;
/// use popote_tally::report::{Language, choice};
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 3, "ranking": ["bob", "ada"]}, {"ranking": ["ada"]}]}"#;
/// let file = BallotFile::parse(text.as_bytes())?;
/// let report = choice::instant_runoff(&file, Language::English)?;
/// assert_eq!(report.working["rounds"][0]["votes"]["bob"], 3);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
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
            "told_apart_by_rounds": round.told_apart.iter().map(|index| index + 1).collect::<Vec<_>>(),
            "by_lot": round.by_lot,
        })
    };
    let working =
        json!({ "voters": rankings.voters(), "rounds": outcome.rounds.iter().map(round).collect::<Value>() });
    let mut sentences = vec![
        language
            .pick(
                "Chaque bulletin compte pour la première de ses options qui reste en course. La dernière option sort, et ses \
                 bulletins passent à leur choix suivant, jusqu’à ce qu’une option ait la majorité.",
                "Each ballot counts for the first of its options that is still in. The last option goes out, and its ballots \
                 pass on to their next choice, until one option has the majority.",
            )
            .to_owned(),
    ];
    for (index, round) in outcome.rounds.iter().enumerate() {
        let counts = file.options().iter().zip(&round.votes);
        let counts =
            counts.filter_map(|(name, votes)| Some(format!("{name} {}", language.number((*votes)?))));
        let counts = language.list(&counts.collect::<Vec<_>>());
        let mut sentence =
            format!("{} {}{} {counts}", language.pick("Tour", "Round"), index + 1, language.colon());
        if round.exhausted > 0 {
            let ballots = language.counted(round.exhausted, ["bulletin", "bulletins"], ["ballot", "ballots"]);
            sentence += &match language {
                Language::French => format!("\u{a0}; {ballots} sans option restante"),
                Language::English => format!("; {ballots} with no option left"),
            };
        }
        sentence.push('.');
        if let Some(last) = round.eliminated {
            sentence += &eliminated(&names, round, last);
        }
        sentences.push(sentence);
    }
    let winners: Vec<u32> = outcome.winner.into_iter().collect();
    if let Some(winner) = outcome.winner {
        let votes = outcome.rounds.last().and_then(|round| round.votes[winner as usize]);
        let winner = names.name(winner);
        sentences.push(match language {
            // Without a ballot that names an option there is no majority, only the last one left.
            Language::French if votes == Some(0) => format!("{winner} reste seule en course."),
            Language::English if votes == Some(0) => format!("{winner} is the only one left."),
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

/// Who goes out after a round, and how a tie for it fell.
fn eliminated(names: &Names<'_>, round: &runoff::Round, last: u32) -> String {
    let (last, tied, resort) = (names.name(last), names.listed(&round.tied), names.last_resort());
    let turns: Vec<String> = round.told_apart.iter().map(|index| (index + 1).to_string()).collect();
    let turns = names.language.list(&turns);
    let why = match (names.language, round.told_apart.is_empty()) {
        (Language::French, false) => {
            let lot = if round.by_lot { format!(", puis {resort}") } else { String::new() };
            format!("qui avait le moins de voix avant (tour {turns}){lot}")
        }
        (Language::French, true) => format!("que {resort} place en dernier"),
        (Language::English, false) => {
            let lot = if round.by_lot { format!(", then by {resort}") } else { String::new() };
            format!("which had the fewest votes before (round {turns}){lot}")
        }
        (Language::English, true) => format!("which {resort} puts last"),
    };
    match (names.language, round.tied.is_empty()) {
        (Language::French, true) => format!(" {last} est en dernier et sort."),
        (Language::French, false) => format!(" {tied} sont en dernier à égalité\u{a0}; sort {last}, {why}."),
        (Language::English, true) => format!(" {last} is last and goes out."),
        (Language::English, false) => format!(" {tied} are last together; out goes {last}, {why}."),
    }
}

//! Reports of a vote on a text, of matched gifts and of a draw.

use serde_json::{Map, Value, json};

use super::{Language, Report};
use crate::draw::Hash;
use crate::files::{DrawFile, FileError, GiftFile, VoteFile};
use crate::quadratic;
use crate::threshold::{Base, Verdict};

/// Yes or no.
///
/// # Errors
/// [`FileError::Threshold`] for votes that can't be counted.
pub fn threshold(file: &VoteFile, language: Language) -> Result<Report, FileError> {
    let outcome = file.rule.decide(file.votes)?;
    let (verdict, french, english) = match outcome.verdict {
        Verdict::NoQuorum => (
            "no_quorum",
            "Le quorum n’est pas atteint\u{a0}: rien n’est décidé.",
            "There is no quorum: nothing is decided.",
        ),
        Verdict::Adopted => ("adopted", "Le texte est adopté.", "The text is adopted."),
        Verdict::Rejected => ("rejected", "Le texte est rejeté.", "The text is rejected."),
    };
    let votes = file.votes;
    let base = match file.rule.base {
        Base::Expressed => language.pick("suffrages exprimés", "votes expressed"),
        Base::Present => language.pick("personnes présentes", "people present"),
        Base::Electorate => language.pick("personnes appelées à voter", "people who may vote"),
    };
    let working = json!({
        "verdict": verdict,
        "yes": votes.yes,
        "no": votes.no,
        "abstain": votes.abstain,
        "electorate": votes.electorate,
        "present": outcome.present,
        "quorum": outcome.quorum,
        "base": outcome.base,
        "needed": outcome.needed,
    });
    let [present, electorate, quorum, yes, no, abstain, needed, of] = [
        outcome.present,
        votes.electorate,
        outcome.quorum,
        votes.yes,
        votes.no,
        votes.abstain,
        outcome.needed,
        outcome.base,
    ]
    .map(|number| language.number(number));
    let sentences = match language {
        Language::French => vec![
            format!("{present} personnes sur {electorate} ont pris part au vote\u{a0}; il en faut {quorum}."),
            format!(
                "{yes} pour, {no} contre, {abstain} sans choix. Il faut {needed} voix pour, sur {of} {base}."
            ),
            french.to_owned(),
        ],
        Language::English => vec![
            format!("{present} people of {electorate} took part; {quorum} are needed."),
            format!(
                "{yes} for, {no} against, {abstain} abstained. {needed} votes for are needed, of {of} {base}."
            ),
            english.to_owned(),
        ],
    };
    let winners = if outcome.verdict == Verdict::Adopted { vec!["yes".to_owned()] } else { Vec::new() };
    Ok(Report { method: "threshold", winners, cost: None, working, sentences })
}

/// Quadratic funding. Winners are the projects that get something, in the file's order.
///
/// # Errors
/// [`FileError::Quadratic`] for figures beyond the limits.
pub fn quadratic_funding(file: &GiftFile, language: Language) -> Result<Report, FileError> {
    let outcome = quadratic::count(file.projects.len(), &file.gifts, &file.rules)?;
    let mut projects = Map::new();
    let mut sentences = vec![
        language
            .pick(
                "Chaque paire de donatrices ou donateurs d’un même projet lui donne droit à une part de la cagnotte\u{a0}: \
                 beaucoup de petits dons pèsent plus que quelques grands.",
                "Each pair of donors of one project gives it a claim on the pool: many small gifts weigh more than a few \
                 large ones.",
            )
            .to_owned(),
    ];
    for (name, matched) in file.projects.iter().zip(&outcome.projects) {
        projects.insert(
            name.clone(),
            json!({
                "given": matched.given,
                "claim_q64": matched.claim.to_string(),
                "match": matched.matched,
                "capped": matched.capped,
                "dropped": matched.dropped,
            }),
        );
        let given = language.decimal(&crate::fraction::Fraction::new(matched.given, 100_u8).decimal(2));
        let share = language.decimal(&crate::fraction::Fraction::new(matched.matched, 100_u8).decimal(2));
        let capped =
            if matched.capped { language.pick(" (plafond atteint)", " (the cap is reached)") } else { "" };
        let dropped = if matched.dropped.is_some() {
            language.pick(" (plancher non atteint)", " (below its floor)")
        } else {
            ""
        };
        sentences.push(match language {
            Language::French => {
                format!("{name}\u{a0}: {given} de dons, {share} de la cagnotte{capped}{dropped}.")
            }
            Language::English => format!("{name}: {given} given, {share} from the pool{capped}{dropped}."),
        });
    }
    let left = language.decimal(&crate::fraction::Fraction::new(outcome.left, 100_u8).decimal(2));
    sentences.push(match language {
        Language::French => format!("Il reste {left} dans la cagnotte."),
        Language::English => format!("{left} stays in the pool."),
    });
    let funded = file.projects.iter().zip(&outcome.projects).filter(|(_, matched)| matched.matched > 0);
    let winners = funded.map(|(name, _)| name.clone()).collect();
    let working = json!({
        "pool": file.rules.pool,
        "pairwise": file.rules.pairwise,
        "cap": file.rules.cap,
        "saturated": outcome.saturated,
        "left": outcome.left,
        "projects": Value::Object(projects),
    });
    Ok(Report { method: "quadratic-funding", winners, cost: None, working, sentences })
}

/// A draw; the winners are all of the pool in the order drawn.
///
/// # Errors
/// [`FileError::Draw`] for a pool that can't be drawn from, or secrets other than those committed to.
pub fn draw(file: &DrawFile, language: Language) -> Result<Report, FileError> {
    let drawn = match &file.commitments {
        Some(commitments) => file.draw.verify(commitments)?,
        None => file.draw.order()?,
    };
    let working = json!({
        "pool_hash": hex(&drawn.pool_hash),
        "commitments": drawn.commitments.iter().map(hex).collect::<Vec<_>>(),
        "public": file.draw.public,
        "seed": hex(&drawn.seed),
    });
    let (pool, seed) = (hex(&drawn.pool_hash), hex(&drawn.seed));
    let mut sentences = match language {
        Language::French => vec![
            format!("L’empreinte de la liste, triée, une ligne par identifiant, est {pool}."),
            format!("Avec les secrets révélés et les chiffres publics, la graine est {seed}."),
            "Chaque identifiant est rangé selon l’empreinte de la graine et de lui-même.".to_owned(),
        ],
        Language::English => vec![
            format!("The hash of the list, sorted, one line an identifier, is {pool}."),
            format!("With the secrets revealed and the public figures, the seed is {seed}."),
            "Each identifier is placed by the hash of the seed and itself.".to_owned(),
        ],
    };
    let places = drawn.order.iter().enumerate();
    sentences.extend(places.map(|(index, id)| format!("{}{} {id}", index + 1, language.colon())));
    Ok(Report { method: "draw", winners: drawn.order, cost: None, working, sentences })
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

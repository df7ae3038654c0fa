//! Reports of a vote on a text, of matched gifts and of a draw.

use num_bigint::BigUint;
use serde_json::{Map, Value, json};

use super::text::money;
use super::{Language, Report};
use crate::draw::{Drawn, Hash};
use crate::files::{DrawFile, FileError, GiftFile, VoteFile};
use crate::fraction::Fraction;
use crate::quadratic;
use crate::threshold::{Base, Verdict};

/// Yes or no.
///
/// # Errors
/// [`FileError::Threshold`] for votes that can't be counted.
///
/// ```
/// use popote_tally::files::VoteFile;
/// use popote_tally::report::{Language, decision};
/// let text = r#"{"yes": 6, "no": 3, "electorate": 20, "quorum": "1/2"}"#;
/// let report = decision::threshold(&VoteFile::parse(text.as_bytes())?, Language::English)?;
/// assert_eq!(report.working["verdict"], "no_quorum");
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
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
    let share = file.rule.threshold;
    let reach = match (language, file.rule.strict) {
        (Language::French, true) => "plus de",
        (Language::French, false) => "au moins",
        (Language::English, true) => "more than",
        (Language::English, false) => "at least",
    };
    let share = format!("{}/{}", share.num, share.den);
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
    let sentences = match (language, file.rule.quorum) {
        (Language::French, None) => {
            vec![format!("Participation\u{a0}: {present} sur {electorate}. Il n’y a pas de quorum.")]
        }
        (Language::French, Some(part)) => vec![format!(
            "Participation\u{a0}: {present} sur {electorate}. Le quorum est de {}/{}, soit {quorum}.",
            part.num, part.den
        )],
        (Language::English, None) => {
            vec![format!("{present} of {electorate} took part. There is no quorum.")]
        }
        (Language::English, Some(part)) => vec![format!(
            "{present} of {electorate} took part. The quorum is {}/{}, that is {quorum}.",
            part.num, part.den
        )],
    };
    let counted = match language {
        Language::French => format!(
            "{yes} pour, {no} contre, {abstain} sans choix. Il faut {reach} {share} des {of} {base}, soit {needed} voix pour."
        ),
        Language::English => format!(
            "{yes} for, {no} against, {abstain} abstained. Needed are {reach} {share} of the {of} {base}, that is {needed} \
             votes for."
        ),
    };
    let verdict = language.pick(french, english).to_owned();
    let sentences = [sentences, vec![counted, verdict]].concat();
    let winners = if outcome.verdict == Verdict::Adopted { vec!["yes".to_owned()] } else { Vec::new() };
    Ok(Report { method: "threshold", winners, cost: None, working, sentences })
}

/// Quadratic funding. Winners are the projects that get something, in the file's order.
///
/// # Errors
/// [`FileError::Quadratic`] for figures beyond the limits.
///
/// ```
/// use popote_tally::files::GiftFile;
/// use popote_tally::report::{Language, decision};
/// let text = r#"{"pool": 500, "contributions": {"trees": {"ada": 100, "bob": 100}, "bikes": {"bob": 400}}}"#;
/// let report = decision::quadratic_funding(&GiftFile::parse(text.as_bytes())?, Language::English)?;
/// assert_eq!((report.winners, &report.working["left"]), (vec!["trees".to_owned()], &302.into()));
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
pub fn quadratic_funding(file: &GiftFile, language: Language) -> Result<Report, FileError> {
    let outcome = quadratic::count(file.projects.len(), &file.gifts, &file.rules)?;
    let mut projects = Map::new();
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
    }
    let funded = file.projects.iter().zip(&outcome.projects).filter(|(_, matched)| matched.matched > 0);
    let winners = funded.map(|(name, _)| name.clone()).collect();
    let working = json!({
        "pool": file.rules.pool,
        "pairwise": file.rules.pairwise,
        "cap": file.rules.cap,
        "saturated": outcome.saturated,
        "left": outcome.left,
        "drops": outcome.drops.iter().map(|drop| json!({
            "project": file.projects[drop.project],
            "given": drop.given,
            "match": drop.matched,
        })).collect::<Vec<_>>(),
        "projects": Value::Object(projects),
    });
    let sentences = matched_words(file, &outcome, language);
    Ok(Report { method: "quadratic-funding", winners, cost: None, working, sentences })
}

/// Hundredths, in units of the currency that the file doesn't tell.
fn amount(hundredths: u64, language: Language) -> String {
    money(language, &Fraction::new(hundredths, 1_u8), "")
}

fn matched_words(file: &GiftFile, outcome: &quadratic::Outcome, language: Language) -> Vec<String> {
    let money = |hundredths| amount(hundredths, language);
    let mut sentences = vec![
        language
            .pick(
                "Les montants sont en unités de la monnaie (le fichier les donne en centièmes). Chaque paire de personnes qui \
                 donnent a et b au même projet lui donne droit à 2\u{a0}×\u{a0}√(a\u{a0}×\u{a0}b) de la cagnotte\u{a0}: beaucoup de \
                 petits dons pèsent plus que quelques grands.",
                "Amounts are in currency units (the file has hundredths). Each pair of people who give a and b to one project \
                 gives it a claim of 2 × √(a × b) on the pool: many small gifts weigh more than a few large ones.",
            )
            .to_owned(),
    ];
    if let Some(bound) = file.rules.pairwise {
        let bound = money(bound);
        sentences.push(match language {
            Language::French => format!(
                "Une paire qui donne souvent ensemble compte moins\u{a0}: son droit est multiplié par {bound} / ({bound} + la \
                 somme de ses √(a\u{a0}×\u{a0}b) sur tous les projets)."
            ),
            Language::English => format!(
                "A pair that often gives together counts less: its claim is multiplied by {bound} / ({bound} + the sum of its \
                 √(a × b) over all projects)."
            ),
        });
    }
    sentences.extend(dropped_words(file, outcome, language));
    let pool = money(file.rules.pool);
    sentences.push(match (language, outcome.saturated) {
        (Language::French, true) => format!(
            "Les droits dépassent la cagnotte de {pool}\u{a0}: elle est partagée en proportion, les derniers centièmes aux plus \
             forts restes."
        ),
        (Language::French, false) => format!("La cagnotte de {pool} suffit à tous les droits."),
        (Language::English, true) => format!(
            "The claims exceed the pool of {pool}: it is shared in proportion, the last hundredths by largest remainders."
        ),
        (Language::English, false) => format!("The pool of {pool} covers all claims."),
    });
    if outcome.saturated && outcome.projects.iter().any(|matched| matched.capped) {
        let words = language.pick(
            "Ce qu’un plafond retient est partagé de la même façon entre les autres projets.",
            "What a cap keeps back is shared in the same way over the other projects.",
        );
        sentences.push(words.to_owned());
    }
    sentences.extend(shares_words(file, outcome, language));
    let left = money(outcome.left);
    sentences.push(match language {
        Language::French => format!("Il reste {left} dans la cagnotte."),
        Language::English => format!("{left} stays in the pool."),
    });
    sentences
}

/// Which projects were dropped, in order, and what they would have come to.
fn dropped_words(file: &GiftFile, outcome: &quadratic::Outcome, language: Language) -> Vec<String> {
    let sentence = |drop: &quadratic::Drop| {
        let name = &file.projects[drop.project];
        let floor = file.rules.floors.get(drop.project).copied().unwrap_or(0);
        let [floor, given, share] = [floor, drop.given, drop.matched].map(|part| amount(part, language));
        match language {
            Language::French => format!(
                "{name} est le plus loin de son plancher de {floor}, avec {given} de dons et {share} de la cagnotte\u{a0}: ce \
                 projet n’en reçoit rien, et on partage de nouveau entre les autres."
            ),
            Language::English => format!(
                "{name} is furthest below its floor of {floor}, with {given} given and {share} from the pool: it gets nothing \
                 from it, and the pool is shared anew over the others."
            ),
        }
    };
    outcome.drops.iter().map(sentence).collect()
}

/// What each project gets.
fn shares_words(file: &GiftFile, outcome: &quadratic::Outcome, language: Language) -> Vec<String> {
    let whole = |hundredths| amount(hundredths, language);
    let sentence = |(name, matched): (&String, &quadratic::Matched)| {
        let claim = Fraction::new(matched.claim.clone(), BigUint::from(1_u8) << 64);
        let claim = money(language, &claim, "");
        let (given, share) = (whole(matched.given), whole(matched.matched));
        let cap = file.rules.cap.filter(|_| matched.capped).map(whole);
        match language {
            Language::French => {
                let cap = cap.map(|cap| format!(" (plafond de {cap})")).unwrap_or_default();
                format!("{name}\u{a0}: {given} de dons, un droit de {claim}, {share} de la cagnotte{cap}.")
            }
            Language::English => {
                let cap = cap.map(|cap| format!(" (capped at {cap})")).unwrap_or_default();
                format!("{name}: {given} given, a claim of {claim}, {share} from the pool{cap}.")
            }
        }
    };
    file.projects.iter().zip(&outcome.projects).map(sentence).collect()
}

/// A draw; the winners are all of the pool in the order drawn.
///
/// # Errors
/// [`FileError::Draw`] for a pool that can't be drawn from, or secrets other than those committed to.
///
/// ```
/// use popote_tally::files::DrawFile;
/// use popote_tally::report::{Language, decision};
/// let text = r#"{"id": "jury", "pool": ["ada", "bob"], "secrets": ["00ff"], "public": ["loterie : 7"]}"#;
/// let report = decision::draw(&DrawFile::parse(text.as_bytes())?, Language::English)?;
/// assert_eq!(report.winners, ["bob", "ada"]);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
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
    let sentences = draw_words(file, &drawn, language);
    Ok(Report { method: "draw", winners: drawn.order, cost: None, working, sentences })
}

/// How to compute the draw again, with any tool for SHA-256.
fn draw_words(file: &DrawFile, drawn: &Drawn, language: Language) -> Vec<String> {
    let (pool, seed) = (hex(&drawn.pool_hash), hex(&drawn.seed));
    let secrets = language.list(&drawn.commitments.iter().map(hex).collect::<Vec<_>>());
    let published = file.commitments.is_some();
    let mut sentences = match language {
        Language::French => vec![
            format!("L’empreinte SHA-256 de la liste, triée, un retour à la ligne après chaque identifiant, est {pool}."),
            match (secrets.is_empty(), published) {
                (true, _) => "Il n’y a pas de secret.".into(),
                (false, true) => format!("Les secrets révélés ont bien les empreintes publiées avant le tirage\u{a0}: {secrets}."),
                (false, false) => format!(
                    "Les secrets révélés ont pour empreintes {secrets}. Le fichier ne dit pas lesquelles avaient été publiées\u{a0}: \
                     c’est à vérifier."
                ),
            },
            format!(
                "La graine {seed} est l’empreinte, bout à bout, de «\u{a0}draw-v1\u{a0}», un octet nul, {}, un octet nul, \
                 l’empreinte de la liste, celles des secrets, celles des chiffres publics ({}), puis les secrets.",
                language.quoted(&file.draw.id),
                file.draw.public.len()
            ),
            "Les identifiants sont rangés selon l’empreinte de «\u{a0}rank-v1\u{a0}», un octet nul, la graine et l’identifiant, de \
             la plus petite à la plus grande."
                .to_owned(),
        ],
        Language::English => vec![
            format!("The SHA-256 of the list, sorted, a line feed after each identifier, is {pool}."),
            match (secrets.is_empty(), published) {
                (true, _) => "There is no secret.".into(),
                (false, true) => format!("The secrets revealed have the hashes published before the draw: {secrets}."),
                (false, false) => format!(
                    "The secrets revealed have the hashes {secrets}. The file doesn’t tell which ones had been published: check \
                     them."
                ),
            },
            format!(
                "The seed {seed} is the hash, end to end, of “draw-v1”, a zero byte, {}, a zero byte, the hash of the list, those \
                 of the secrets, those of the public figures ({}), then the secrets.",
                language.quoted(&file.draw.id),
                file.draw.public.len()
            ),
            "Identifiers are placed by the hash of “rank-v1”, a zero byte, the seed and the identifier, from the smallest."
                .to_owned(),
        ],
    };
    let places = drawn.order.iter().enumerate();
    sentences.extend(places.map(|(index, id)| format!("{}{} {id}", index + 1, language.colon())));
    sentences
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! What is asked for, what it weighs, and the order of what is found. All in integers; ties go to the newer subject.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    Near, Text, folded, limits, link_term, meanings, software_term,
    terms::{NAMED_TERMS, weigh},
    words,
};

/// A term that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    term: String,
    /// How much it counts, in hundredths of a word of a search.
    counts: i64,
    /// What it weighs in a document that says just what is asked for: thousandths.
    own: i64,
}

/// What somebody looks for: words, or a need that they write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    asked: Vec<Asked>,
    /// The words, folded: the phrase.
    phrase: String,
    /// Each word of the search, or of the title, with the terms that stand for it.
    units: Vec<BTreeSet<String>>,
    software: String,
    links: BTreeSet<String>,
}

/// In how many documents a term is; from [`limits::FREQUENT`] on nobody counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// The term.
    pub term: String,
    /// How many.
    pub documents: i64,
}

/// What the database adds up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Each term with the factor of its weights.
    pub terms: Vec<(String, i64)>,
    /// The sum of a document that says just what is asked for.
    pub whole: i64,
    /// How rare each term is that was asked for.
    rarities: BTreeMap<String, i64>,
}

/// A document that may be what is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// What it is of.
    pub subject: Uuid,
    /// The sum that the database made.
    pub score: i64,
    /// Its title.
    pub title: String,
    /// The software that it is about, by name; may be empty.
    pub software: String,
    /// Addresses of issues elsewhere.
    pub links: Vec<String>,
}

/// A candidate's place: its subject and how well it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it is of.
    pub subject: Uuid,
    /// How well it fits; the higher, the better.
    pub score: i64,
}

/// The text of a candidate that is looked at again.
pub type Reread = BTreeMap<Uuid, String>;

/// How like a draft a need is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Which need.
    pub subject: Uuid,
    /// From 0 to 100.
    pub percent: i64,
    /// Whether both name the same issue elsewhere.
    pub same_link: bool,
}

impl Likeness {
    /// From this likeness on one is asked whether it is the same.
    pub const HIGH: i64 = 30;
    /// From this likeness on a need is shown beside what one writes.
    pub const SHOWN: i64 = 12;

    /// Whether one is asked before one's own is kept.
    #[must_use]
    pub const fn is_high(&self) -> bool {
        self.percent >= Self::HIGH
    }
}

/// The words of a line, each with the terms that stand for it.
fn units(line: &str) -> Vec<BTreeSet<String>> {
    let words = words(line);
    let meanings = meanings(&words);
    let mut units = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.joined) {
        let mut terms = BTreeSet::from([word.stem.clone()]);
        let said = meanings.iter().filter(|meaning| meaning.first <= at && at <= meaning.last);
        terms.extend(said.map(|meaning| meaning.name.clone()));
        let joined =
            words.iter().filter(|other| other.joined && other.start <= word.start && word.end <= other.end);
        terms.extend(joined.map(|other| other.stem.clone()));
        if !units.contains(&terms) {
            units.push(terms);
        }
    }
    units
}

impl Query {
    /// What somebody typed into the search box; what is beyond [`limits::QUERY`] characters is left out.
    #[must_use]
    pub fn search(typed: &str) -> Self {
        let typed: String = typed.chars().take(limits::QUERY).collect();
        let units = units(&typed);
        let mut asked: Vec<Asked> = Vec::new();
        for term in units.iter().flatten() {
            if asked.iter().all(|one| one.term != *term) {
                let counts = if term.starts_with('=') { 70 } else { 100 };
                asked.push(Asked { term: term.clone(), counts, own: 1_000 });
            }
        }
        asked.truncate(limits::ASKED);
        Self { asked, phrase: folded(&typed), units, ..Self::default() }
    }

    /// A need that somebody writes.
    #[must_use]
    pub fn draft(draft: &Text) -> Self {
        let named = |term: &str| term.starts_with(NAMED_TERMS);
        // The weightiest stand first, what names a software or an address last.
        let (names, mut weighed): (Vec<_>, Vec<_>) =
            weigh(draft).into_iter().partition(|one| named(&one.term));
        weighed.truncate(limits::COUNTED);
        let asked = weighed.into_iter().chain(names).map(|one| {
            let counts = match one.term.chars().next() {
                Some('~') => 1_000,
                Some('@') => 40,
                Some('=') => one.weight / 12,
                _ => one.weight / 10,
            };
            Asked { counts, own: if named(&one.term) { 0 } else { one.weight }, term: one.term }
        });
        Self {
            asked: asked.collect(),
            phrase: folded(&draft.title),
            units: units(&draft.title),
            software: software_term(&draft.software).unwrap_or_default(),
            links: draft.links.iter().filter_map(|link| link_term(link)).collect(),
        }
    }

    /// Whether nothing is left to look for: no word, or only little ones.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// The terms of which the database says in how many documents they are.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.asked.iter().map(|asked| asked.term.as_str())
    }

    /// What of a result is marked.
    #[must_use]
    pub fn marks(&self) -> BTreeSet<String> {
        self.units.iter().flatten().cloned().collect()
    }

    /// The words that nobody wrote so far, the longest first, at most [`limits::UNKNOWN`]: others nearby are tried.
    #[must_use]
    pub fn unknown(&self, frequencies: &[Frequency]) -> Vec<String> {
        let is_known =
            |term: &String| frequencies.iter().any(|known| known.term == *term && known.documents > 0);
        let spelled = |term: &&String| term.len() >= 3 && term.chars().all(char::is_alphabetic);
        let mut unknown: Vec<String> = self
            .units
            .iter()
            .filter(|unit| !unit.iter().any(is_known))
            .filter_map(|unit| unit.iter().find(spelled).cloned())
            .collect();
        unknown.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        unknown.dedup();
        unknown.truncate(limits::UNKNOWN);
        unknown
    }

    /// Lets words nearby stand for one that nobody wrote.
    pub fn stand_for(&mut self, unknown: &str, near: Vec<Near>) {
        let Some(unit) = self.units.iter_mut().find(|unit| unit.contains(unknown)) else { return };
        let (counts, own) = self
            .asked
            .iter()
            .find(|asked| asked.term == unknown)
            .map_or((100, 1_000), |asked| (asked.counts, asked.own));
        for near in near {
            unit.insert(near.word.clone());
            if self.asked.iter().all(|asked| asked.term != near.word) {
                self.asked.push(Asked { term: near.word, counts: counts * near.counts / 100, own });
            }
        }
    }
}

/// How rare a term is that so many of all documents have: sixteenths of how often they are halved.
#[must_use]
pub fn rarity(all: i64, documents: i64) -> i64 {
    (log2(all.max(1) + 2) - log2(documents.max(1) + 1)).max(4)
}

/// Sixteenths of the logarithm to base 2, straight between the powers of 2.
fn log2(number: i64) -> i64 {
    let whole = i64::from(number.max(1).ilog2());
    whole * 16 + (((number - (1 << whole)) * 16) >> whole)
}

/// What the database adds up: the terms that say most, rare before frequent, so that no more than [`limits::ADDED`]
/// entries are read.
#[must_use]
pub fn plan(query: &Query, all: i64, frequencies: &[Frequency]) -> Plan {
    let known: BTreeMap<&str, i64> =
        frequencies.iter().map(|one| (one.term.as_str(), one.documents)).collect();
    let mut rarities = BTreeMap::new();
    let mut weighed: Vec<(&Asked, i64, i64)> = Vec::with_capacity(query.asked.len());
    for asked in &query.asked {
        let documents = known.get(asked.term.as_str()).copied().unwrap_or(0);
        let rare = rarity(all, documents);
        rarities.insert(asked.term.clone(), rare);
        weighed.push((asked, documents, asked.counts * rare));
    }
    weighed.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.term.cmp(&b.0.term)));
    weighed.truncate(limits::ASKED);
    let whole = weighed.iter().map(|(asked, _, factor)| asked.own * factor).sum();
    let (mut terms, mut read) = (Vec::new(), 0);
    for (asked, documents, factor) in weighed {
        let is_rare = documents < limits::FREQUENT && read + documents <= limits::ADDED;
        let fits = documents > 0 && (terms.is_empty() || is_rare);
        if fits {
            read += documents;
            terms.push((asked.term.clone(), factor));
        }
    }
    Plan { terms, whole, rarities }
}

/// How much of what is asked for a set of terms has, in hundredths, by rarity.
fn covered(plan: &Plan, units: &[BTreeSet<String>], terms: &BTreeSet<String>) -> i64 {
    let rare = |unit: &BTreeSet<String>| {
        unit.iter().filter_map(|term| plan.rarities.get(term)).copied().max().unwrap_or(4)
    };
    let all: i64 = units.iter().map(rare).sum();
    let has = units.iter().filter(|unit| unit.iter().any(|term| terms.contains(term)));
    let there: i64 = has.map(rare).sum();
    if all == 0 { 0 } else { 100 * there / all }
}

fn terms_of(text: &str) -> BTreeSet<String> {
    units(text).into_iter().flatten().collect()
}

/// Whether a folded text has the words of a phrase one after the other.
fn has_phrase(text: &str, phrase: &str) -> bool {
    phrase.contains(' ') && format!(" {text} ").contains(&format!(" {phrase} "))
}

fn best_first(mut list: Vec<Read>) -> Vec<Read> {
    list.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| b.subject.cmp(&a.subject)));
    list
}

/// The order of what was found: what the title says counts more, and so does the phrase as it was typed, in the title, and
/// in the texts that were read again.
#[must_use]
pub fn ranked(query: &Query, plan: &Plan, candidates: &[Candidate], texts: &Reread) -> Vec<Read> {
    let read = |candidate: &Candidate| {
        let title = folded(&candidate.title);
        let mut terms = terms_of(&candidate.title);
        let mut score = candidate.score * (100 + covered(plan, &query.units, &terms)) / 100;
        if title == query.phrase {
            score *= 2;
        } else if has_phrase(&title, &query.phrase) {
            score = score * 3 / 2;
        }
        if let Some(text) = texts.get(&candidate.subject) {
            terms.extend(terms_of(text));
            terms.extend(software_units(&candidate.software));
            score = score * (100 + covered(plan, &query.units, &terms)) / 100;
            if has_phrase(&folded(text), &query.phrase) {
                score = score * 5 / 4;
            }
        }
        Read { subject: candidate.subject, score }
    };
    best_first(candidates.iter().map(read).collect())
}

fn software_units(software: &str) -> BTreeSet<String> {
    terms_of(software)
}

/// How like a draft each candidate is, the likest first. Who names the same issue elsewhere means the same.
#[must_use]
pub fn likeness(query: &Query, plan: &Plan, candidates: &[Candidate]) -> Vec<Likeness> {
    let like = |candidate: &Candidate| {
        let links: BTreeSet<String> = candidate.links.iter().filter_map(|link| link_term(link)).collect();
        let same_link = links.intersection(&query.links).next().is_some();
        let theirs = units(&candidate.title);
        let forth = covered(plan, &query.units, &theirs.iter().flatten().cloned().collect());
        let back = covered(plan, &theirs, &query.units.iter().flatten().cloned().collect());
        let title = (2 * forth + back) / 3;
        let mut score = candidate.score * (100 + title) / 150;
        let software = software_term(&candidate.software).unwrap_or_default();
        if !software.is_empty() && !query.software.is_empty() && software != query.software {
            score = score * 2 / 3;
        }
        (Read { subject: candidate.subject, score }, same_link)
    };
    let mut all: Vec<(Read, bool)> = candidates.iter().map(like).collect();
    all.sort_by(|(a, a_link), (b, b_link)| {
        b_link.cmp(a_link).then(b.score.cmp(&a.score)).then(b.subject.cmp(&a.subject))
    });
    let percent = |read: &Read, same_link| match same_link {
        true => 100,
        false => (100 * read.score / plan.whole.max(1)).clamp(0, 99),
    };
    all.iter()
        .map(|(read, same_link)| Likeness {
            subject: read.subject,
            percent: percent(read, *same_link),
            same_link: *same_link,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_falls_by_halves() {
        assert_eq!(log2(1), 0);
        assert_eq!(log2(1_024), 160);
        assert_eq!(log2(3), 24);
        assert!(rarity(10_000, 1) > rarity(10_000, 2) && rarity(10_000, 2) > rarity(10_000, 9_000));
        assert!(rarity(0, 0) > 0 && rarity(i64::from(u32::MAX), i64::from(u32::MAX)) > 0);
    }

    #[test]
    fn nothing_is_asked_by_little_words_and_much_is_cut() {
        for typed in ["", "   ", "le la of", "\u{202e}\u{301}", "… — «»"] {
            assert!(Query::search(typed).is_empty(), "{typed:?}");
        }
        assert!(Query::search(&"mot ".repeat(100_000)).asked.len() <= limits::ASKED);
        let hostile = Query::search("\" OR 1=1 --; DROP TABLE");
        let plain = |term: &str| term.trim_start_matches('=').chars().all(char::is_alphanumeric);
        assert!(!hostile.is_empty() && hostile.terms().all(plain));
    }

    #[test]
    fn a_plan_reads_a_bounded_number_of_entries_and_begins_with_what_is_rare() {
        let query = Query::search("nextcloud salon passerelle");
        let frequencies: Vec<Frequency> =
            [("nextcloud", 4_000), ("salon", 900), ("pasrel", 3), ("=room", 900)]
                .map(|(term, documents)| Frequency { term: term.into(), documents })
                .into();
        let plan = plan(&query, 25_000, &frequencies);
        let terms: Vec<&str> = plan.terms.iter().map(|(term, _)| term.as_str()).collect();
        assert!(!terms.contains(&"nextcloud"), "{terms:?}");
        assert!(terms.contains(&"salon"));
    }

    #[test]
    fn unknown_words_are_replaced_by_words_nearby() {
        let mut query = Query::search("calandrier");
        let unknown = query.unknown(&[]);
        assert_eq!(unknown.len(), 1);
        query.stand_for(&unknown[0], vec![Near { word: "calendri".into(), counts: 70 }]);
        assert!(query.terms().any(|term| term == "calendri") && query.marks().contains("calendri"));
    }

    #[test]
    fn ties_go_to_the_newer_and_titles_go_first() {
        let query = Query::search("salon privé");
        let plan = Plan { whole: 1, ..Plan::default() };
        let candidate = |id, title: &str| Candidate {
            subject: Uuid::from_u128(id),
            score: 100,
            title: title.into(),
            ..Candidate::default()
        };
        let list = [
            candidate(1, "Autre"),
            candidate(2, "Autre"),
            candidate(3, "Un salon privé ici"),
            candidate(4, "Privé, salon"),
        ];
        let order: Vec<u128> =
            ranked(&query, &plan, &list, &Reread::new()).iter().map(|read| read.subject.as_u128()).collect();
        assert_eq!(order, [3, 4, 2, 1]);
        let texts = Reread::from([(Uuid::from_u128(1), "dans un salon privé".to_owned())]);
        let order = ranked(&query, &plan, &list, &texts);
        assert_eq!(order.iter().position(|read| read.subject == Uuid::from_u128(1)), Some(1));
    }

    #[test]
    fn the_same_issue_is_the_same_need() {
        let link = "https://github.com/a/b/issues/3";
        let draft = Text { title: "X".into(), links: vec![link.into()], ..Text::default() };
        let query = Query::draft(&draft);
        let list = [
            Candidate { subject: Uuid::from_u128(1), score: 9_000, ..Candidate::default() },
            Candidate {
                subject: Uuid::from_u128(2),
                score: 1,
                links: vec![format!("{link}#c")],
                ..Candidate::default()
            },
        ];
        let like = likeness(&query, &Plan { whole: 10_000, ..Plan::default() }, &list);
        assert_eq!((like[0].subject.as_u128(), like[0].percent, like[0].same_link), (2, 100, true));
        assert!(like[0].is_high() && like[1].percent < 100);
    }
}

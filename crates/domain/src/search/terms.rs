//! The terms of a document, and what each weighs there.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{limits, meanings, words};
use crate::{chain::digest, needs::link_key, posting::named};

named! {
    /// What is found.
    Kind {
        /// A need.
        Need = "need",
        /// A feature.
        Feature = "feature",
        /// A software of the register.
        Software = "software",
        /// A comment.
        Comment = "comment",
        /// A classified ad.
        Ad = "ad",
    }
}

named! {
    /// Who finds it.
    Visibility {
        /// Everybody.
        Public = "public",
        /// Members of its collective; of an ad, whoever signed in.
        Members = "members",
    }
}

impl Kind {
    /// What entries of the index carry, so that no document is looked at that somebody may not read.
    #[must_use]
    pub const fn class(self, visibility: Visibility) -> i64 {
        self as i64 * 10 + visibility as i64
    }
}

/// What is read of a document, or of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// One line.
    pub title: String,
    /// Everything else, bare of markup.
    pub body: String,
    /// The software that it is about; empty: none, or « lequel ? ».
    pub software: String,
    /// Addresses of issues elsewhere.
    pub links: Vec<String>,
}

/// A term, and what it weighs in a document: thousandths, up to 2200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The term.
    pub term: String,
    /// Its weight.
    pub weight: i64,
}

/// A word of the title counts as so many of the text.
const TITLE: i64 = 3;
/// How many words a document of middling length has, those of the title as often as they count.
const MIDDLING: i64 = 60;
/// What the software and an address weigh, however often they are said.
const NAMED: i64 = 1_500;

/// What a term begins with that names a software or an address.
pub(super) const NAMED_TERMS: [char; 2] = ['@', '~'];

/// The term by which a software is found under any spelling.
#[must_use]
pub fn software_term(name: &str) -> Option<String> {
    let slug = crate::text::slug(name);
    (!slug.is_empty()).then(|| format!("@{}", slug.replace('-', "")))
}

/// The term of an address, however it is written.
#[must_use]
pub fn link_term(address: &str) -> Option<String> {
    let key = link_key(address);
    (key.contains('/') && key.len() < 1_000).then(|| format!("~{key}"))
}

/// The number under which a term is kept: the first eight bytes of a hash of it and of where it is searched, which nobody
/// can steer.
#[must_use]
pub fn key(scope: Uuid, term: &str) -> i64 {
    let hash = digest(&[scope.as_bytes(), term.as_bytes()]);
    let mut head = [0; 8];
    head.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(head)
}

/// How often each term is there, by stems and meanings.
pub(super) fn counts(text: &str, by: i64, counts: &mut BTreeMap<String, i64>) -> i64 {
    let words = words(text);
    // A meaning that two of its words say at one place counts once.
    let meant: BTreeSet<(String, usize)> =
        meanings(&words).into_iter().map(|meaning| (meaning.name, meaning.last)).collect();
    for (name, _) in meant {
        *counts.entry(name).or_default() += by;
    }
    let length = words.len();
    for word in words {
        *counts.entry(word.stem).or_default() += by;
    }
    by * i64::try_from(length).unwrap_or(i64::MAX / 8)
}

/// The terms of a document with their weights, the weightiest first where there are more than [`limits::TERMS`].
#[must_use]
pub fn weigh(text: &Text) -> Vec<Weighed> {
    let mut terms = BTreeMap::new();
    let length = counts(&text.title, TITLE, &mut terms) + counts(&text.body, 1, &mut terms);
    // Rare in a short text says more than often in a long one: 1.2 · (½ + ½ · length ÷ middling), in thousandths.
    let longer = 600 + 600 * length / MIDDLING;
    let mut weighed: Vec<Weighed> = terms
        .into_iter()
        .map(|(term, count)| Weighed { term, weight: 2_200_000 * count / (1_000 * count + longer) })
        .collect();
    weighed.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
    weighed.truncate(limits::TERMS);
    let named =
        software_term(&text.software).into_iter().chain(text.links.iter().filter_map(|l| link_term(l)));
    for term in named.collect::<BTreeSet<_>>() {
        weighed.push(Weighed { term, weight: NAMED });
    }
    weighed
}

/// The stems that a document adds to those that typos are compared with.
#[must_use]
pub fn vocabulary(weighed: &[Weighed]) -> Vec<&str> {
    let spelled = |term: &&str| term.len() >= 4 && term.chars().all(char::is_alphabetic);
    weighed.iter().map(|one| one.term.as_str()).filter(spelled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, body: &str) -> BTreeMap<String, i64> {
        let text = Text { title: title.into(), body: body.into(), ..Text::default() };
        weigh(&text).into_iter().map(|one| (one.term, one.weight)).collect()
    }

    #[test]
    fn what_a_title_says_weighs_more_and_long_texts_weigh_less() {
        let terms = of("Un salon", "Une passerelle vers le réseau");
        assert!(terms["salon"] > terms["reseau"], "{terms:?}");
        assert_eq!(terms["salon"], terms["=room"]);
        let long = of("Un salon", &"autre chose encore nommée ".repeat(200));
        assert!(long["salon"] < terms["salon"]);
        assert!(of("", "").is_empty());
    }

    #[test]
    fn a_software_and_an_address_are_terms() {
        let text = Text {
            software: "Next Cloud".into(),
            links: vec!["https://www.github.com/a/b/issues/3#x".into(), "nothing".into()],
            ..Text::default()
        };
        let terms: Vec<String> = weigh(&text).into_iter().map(|one| one.term).collect();
        assert_eq!(terms, ["@nextcloud", "~github.com/a/b/issues/3"]);
    }

    #[test]
    fn a_document_has_a_bounded_number_of_terms() {
        let many: String = (0..5_000).map(|n| format!("mot{n} ")).collect();
        assert_eq!(of("", &many).len(), limits::TERMS);
        let weighed = weigh(&Text { title: "Salons 2fa un".into(), ..Text::default() });
        assert_eq!(vocabulary(&weighed), ["salon"]);
    }

    #[test]
    fn keys_differ_by_scope_and_term() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(key(a, "x"), key(a, "x"));
        assert_ne!(key(a, "x"), key(b, "x"));
        assert_ne!(key(a, "x"), key(a, "y"));
        let mut classes: Vec<i64> = Kind::ALL
            .iter()
            .flat_map(|kind| Visibility::ALL.iter().map(|visibility| kind.class(*visibility)))
            .collect();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes.len(), Kind::ALL.len() * Visibility::ALL.len());
    }
}

//! What means the same in French and English, and in the ways of the field: `bridge.txt`.

use std::{collections::HashMap, sync::LazyLock};

use super::words::{Word, words};

/// The table as written.
const TABLE: &str = include_str!("bridge.txt");
/// How many words one meaning is written with at most.
const LONGEST: usize = 3;

/// A meaning in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// Its name, which no word has: `=` before the first word of its line.
    pub name: String,
    /// The first of its words, by place among those given.
    pub first: usize,
    /// The last of them.
    pub last: usize,
}

/// Meanings by the stems of what is written for them.
static MEANINGS: LazyLock<HashMap<Vec<String>, Vec<String>>> = LazyLock::new(|| {
    let mut meanings: HashMap<Vec<String>, Vec<String>> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let name = format!("={}", line.split(',').next().unwrap_or_default().trim());
        for written in line.split(',') {
            let stems: Vec<String> =
                words(written).into_iter().filter(|word| !word.joined).map(|word| word.stem).collect();
            // Two ways to write one may have one stem.
            let of = meanings.entry(stems).or_default();
            if !of.contains(&name) {
                of.push(name.clone());
            }
        }
    }
    meanings.remove(&Vec::new());
    meanings
});

/// The meanings of words, in the order of the words; those of several words beside those of each.
#[must_use]
pub fn meanings(words: &[Word]) -> Vec<Meaning> {
    let single: Vec<usize> = (0..words.len()).filter(|at| !words[*at].joined).collect();
    let mut found = Vec::new();
    for begin in 0..single.len() {
        for length in 1..=LONGEST.min(single.len() - begin) {
            let places = &single[begin..begin + length];
            let stems: Vec<String> = places.iter().map(|at| words[*at].stem.clone()).collect();
            let Some(names) = MEANINGS.get(&stems) else { continue };
            let (first, last) = (places[0], places[length - 1]);
            found.extend(names.iter().map(|name| Meaning { name: name.clone(), first, last }));
        }
    }
    // « e-mail » is one word where it is joined.
    for at in (0..words.len()).filter(|at| words[*at].joined) {
        let names = MEANINGS.get(std::slice::from_ref(&words[at].stem));
        found.extend(names.into_iter().flatten().map(|name| Meaning {
            name: name.clone(),
            first: at,
            last: at,
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        meanings(&words(text)).into_iter().map(|meaning| meaning.name).collect()
    }

    #[test]
    fn both_languages_mean_the_same() {
        for (french, english) in [
            ("un salon", "the room"),
            ("les invités", "guests"),
            ("courriels", "e-mail"),
            ("sauvegarder", "backups"),
            ("mot de passe", "password"),
            ("calendriers", "calendar"),
            ("lecteur d'écran", "screen reader"),
            ("à traduire", "translations"),
            ("fuseaux horaires", "time zone"),
        ] {
            let english = names(english);
            assert!(names(french).iter().any(|name| english.contains(name)), "{french}: {english:?}");
        }
        assert!(names("rien de tel").is_empty());
    }

    #[test]
    fn every_line_has_a_name_of_its_own() {
        let mut lines: Vec<&str> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .filter_map(|line| line.split(',').next())
            .collect();
        lines.sort_unstable();
        let all = lines.len();
        lines.dedup();
        assert_eq!(lines.len(), all);
        assert!(lines.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase())));
    }
}

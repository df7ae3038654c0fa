//! Words that nobody wrote: those nearby that somebody did.

use std::collections::BTreeSet;

/// A word that is near one that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The word.
    pub word: String,
    /// How much it counts, in hundredths of the word itself.
    pub counts: i64,
}

/// How many words stand for one that was typed.
const MOST: usize = 3;

/// The groups of three letters of a word, with its ends.
#[must_use]
pub fn grams(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).collect();
    letters.windows(3).map(|three| three.iter().collect()).collect()
}

/// How many letters are wrong, missing, too many or exchanged, up to `most`; none where there are more.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(b.len() + 1);
        next.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|found| *found <= most)
}

/// Which of these words stand for one that was typed, the nearest first: those that it begins, where it may be unfinished,
/// and those of which few letters differ.
#[must_use]
pub fn nearest(typed: &str, words: &[String]) -> Vec<Near> {
    let length = typed.chars().count();
    if length < 3 {
        return Vec::new();
    }
    let most = match length {
        3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let mut near: Vec<Near> = words
        .iter()
        .filter_map(|word| {
            let wrong = distance(typed, word, most);
            let counts = match wrong {
                Some(0) => 100,
                Some(1) => 70,
                _ if word.starts_with(typed) => 60,
                Some(_) => 45,
                None => return None,
            };
            Some(Near { word: word.clone(), counts })
        })
        .collect();
    near.sort_by(|a, b| {
        b.counts
            .cmp(&a.counts)
            .then_with(|| a.word.len().cmp(&b.word.len()))
            .then_with(|| a.word.cmp(&b.word))
    });
    near.truncate(MOST);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_letters_may_differ() {
        for (a, b, most, expected) in [
            ("calendri", "calandri", 2, Some(1)),
            ("salon", "salno", 1, Some(1)),
            ("salon", "salon", 1, Some(0)),
            ("salon", "ballon", 1, None),
            ("sauvegard", "sovegard", 2, Some(2)),
            ("", "ab", 2, Some(2)),
        ] {
            assert_eq!(distance(a, b, most), expected, "{a} {b}");
        }
    }

    #[test]
    fn the_nearest_stands_first_and_what_is_begun_counts() {
        let words: Vec<String> = ["calendri", "calcul", "calend", "galeri"].map(str::to_owned).into();
        let near = |typed| nearest(typed, &words).into_iter().map(|near| near.word).collect::<Vec<_>>();
        assert_eq!(near("calandri"), ["calendri"]);
        assert_eq!(near("cale"), ["calend", "calendri"]);
        assert_eq!(near("ca"), Vec::<String>::new());
        assert!(grams("ab").contains("^ab") && grams("").is_empty());
    }
}

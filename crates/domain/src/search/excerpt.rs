//! What of a text is shown of a result: a piece with the words that were asked for, by their places. No markup.

use std::collections::BTreeSet;

use super::{meanings, words};

/// How many characters a piece has, about.
const LENGTH: usize = 220;
/// How many characters stand before the first word that was found.
const BEFORE: usize = 60;

/// A text in parts, each with whether it was asked for.
pub type Marked = Vec<(bool, String)>;

/// A piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Its parts in order.
    pub parts: Marked,
    /// Whether the text begins before it.
    pub cut_before: bool,
    /// Whether the text goes on after it.
    pub cut_after: bool,
}

/// Where words are that one of the terms stands for: byte ranges in order, none within another.
fn found(text: &str, terms: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let words = words(text);
    let mut places: Vec<(usize, usize)> =
        words.iter().filter(|word| terms.contains(&word.stem)).map(|word| (word.start, word.end)).collect();
    for meaning in meanings(&words).iter().filter(|meaning| terms.contains(&meaning.name)) {
        places.extend(words[meaning.first..=meaning.last].iter().map(|word| (word.start, word.end)));
    }
    places.sort_unstable();
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for (start, end) in places {
        match kept.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => kept.push((start, end)),
        }
    }
    kept
}

/// Parts of a piece, given where words are that were found.
fn parts(text: &str, from: usize, to: usize, places: &[(usize, usize)]) -> Marked {
    let mut parts = Vec::new();
    let mut at = from;
    for &(start, end) in places.iter().filter(|(start, end)| *start >= from && *end <= to) {
        if at < start {
            parts.push((false, text[at..start].to_owned()));
        }
        parts.push((true, text[start..end].to_owned()));
        at = end;
    }
    if at < to {
        parts.push((false, text[at..to].to_owned()));
    }
    parts
}

/// A line in parts.
#[must_use]
pub fn marked(line: &str, terms: &BTreeSet<String>) -> Marked {
    parts(line, 0, line.len(), &found(line, terms))
}

/// The byte so many characters from another, towards the end.
fn forward(text: &str, from: usize, chars: usize) -> usize {
    text[from..].char_indices().nth(chars).map_or(text.len(), |(at, _)| from + at)
}

/// The byte so many characters from another, towards the beginning.
fn backward(text: &str, from: usize, chars: usize) -> usize {
    text[..from].char_indices().rev().nth(chars.saturating_sub(1)).map_or(0, |(at, _)| at)
}

/// The piece of a text in which most of what was asked for is; its beginning, where nothing is.
#[must_use]
pub fn excerpt(text: &str, terms: &BTreeSet<String>) -> Excerpt {
    let places = found(text, terms);
    let window = |start: usize| forward(text, start, LENGTH - BEFORE);
    let within = |start: usize, end: usize| places.iter().filter(|(s, e)| *s >= start && *e <= end).count();
    // The first of those that hold the most.
    let best = places
        .iter()
        .take(200)
        .map(|(start, _)| (within(*start, window(*start)), *start))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let start = best.map_or(0, |(_, start)| start);
    let mut from = backward(text, start, BEFORE);
    let mut to = forward(text, from, LENGTH);
    // Whole words, where there are blanks.
    if from > 0 {
        from = text[from..start].find(' ').map_or(from, |at| from + at + 1);
    }
    if to < text.len() {
        let keep = places.iter().filter(|(s, _)| *s < to).map(|(_, e)| *e).max().unwrap_or(0);
        to = text[from..to]
            .rfind(' ')
            .map(|at| from + at)
            .filter(|at| *at >= keep && *at > start)
            .unwrap_or(to.max(keep));
    }
    Excerpt { parts: parts(text, from, to, &places), cut_before: from > 0, cut_after: to < text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|&term| term.to_owned()).collect()
    }

    fn shown(parts: &Marked) -> String {
        parts.iter().map(|(hit, text)| if *hit { format!("[{text}]") } else { text.clone() }).collect()
    }

    #[test]
    fn words_that_were_asked_for_are_marked_whatever_their_form() {
        let line = marked("Les Salons d'été, et d'autres rooms", &terms(&["salon", "=room"]));
        assert_eq!(shown(&line), "Les [Salons] d'été, et d'autres [rooms]");
        assert_eq!(shown(&marked("<b>salon</b>", &terms(&["salon"]))), "<b>[salon]</b>");
        assert_eq!(shown(&marked("", &terms(&["x"]))), "");
        assert_eq!(shown(&marked("e-mail", &terms(&["email", "mail"]))), "[e-mail]");
    }

    #[test]
    fn the_piece_is_where_most_of_it_is() {
        let text = format!(
            "{}un salon. {} des invités dans un salon {}",
            "é".repeat(300),
            "à côté ".repeat(80),
            "fin ".repeat(90)
        );
        let piece = excerpt(&text, &terms(&["salon", "invit"]));
        let all: String = piece.parts.iter().map(|(_, part)| part.as_str()).collect();
        assert!(all.contains("invités dans un salon"), "{all}");
        assert!(piece.cut_before && piece.cut_after && all.chars().count() <= LENGTH);
        let short = excerpt("Rien de tel", &terms(&["salon"]));
        assert_eq!(
            (shown(&short.parts).as_str(), short.cut_before, short.cut_after),
            ("Rien de tel", false, false)
        );
    }

    #[test]
    fn any_text_is_cut_between_characters() {
        for text in [
            "é".repeat(1_000),
            "日本語".repeat(400),
            "a\u{301}".repeat(700),
            "مرحبا ".repeat(200),
            "salon".repeat(500),
        ] {
            let piece = excerpt(&text, &terms(&["salon", "日"]));
            assert!(piece.parts.iter().map(|(_, part)| part.chars().count()).sum::<usize>() <= LENGTH + 40);
        }
    }
}

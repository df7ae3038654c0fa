//! The messages as they are: every one is set as its language wants.

use std::fs;
use std::path::Path;

use crate::compilation::resolve::Piece;
use crate::compilation::{Message, Source, compile};

/// All messages of the crate.
pub fn messages() -> Vec<Message> {
    match compile(&folder("fr"), &folder("en")) {
        Ok(messages) => messages,
        Err(faults) => panic!("{faults:#?}"),
    }
}

fn folder(name: &str) -> Vec<Source> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let sources = files.filter(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    sources
        .map(|path| Source { text: fs::read_to_string(&path).unwrap(), path: path.display().to_string() })
        .collect()
}

/// Each way that a message can read, arguments standing as `□`.
fn readings(pieces: &[Piece]) -> Vec<String> {
    let mut all = vec![String::new()];
    for piece in pieces {
        let parts = match piece {
            Piece::Text(text) | Piece::Fixed(text) => vec![text.clone()],
            Piece::Argument(_) => vec!["□".to_owned()],
            Piece::Select(select) => {
                let branches = select.branches.iter().map(|(_, branch)| branch);
                branches.chain([&select.other]).flat_map(|branch| readings(branch)).collect()
            }
        };
        all = all.iter().flat_map(|start| parts.iter().map(move |part| format!("{start}{part}"))).collect();
    }
    all
}

/// The text without its tags.
fn without_tags(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|c| {
            inside = (inside || *c == '<') && *c != '>';
            !inside && *c != '>'
        })
        .collect()
}

fn badly_spaced(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).any(|pair| {
        let ordinary = |c: char| matches!(c, ' ' | '\u{a0}' | '\n');
        (ordinary(pair[0]) && ";:!?%€»".contains(pair[1])) || (pair[0] == '«' && pair[1] != '\u{202f}')
    }) || chars
        .windows(5)
        .any(|five| five[0].is_ascii_digit() && five[1] == ' ' && five[2..].iter().all(char::is_ascii_digit))
}

#[test]
fn the_check_of_spaces_can_fail() {
    for wrong in ["a !", "a\u{a0}!", "50 %", "« a\u{202f}»", "«\u{202f}a »", "«a", "a 1 000", "a\n:"] {
        assert!(badly_spaced(wrong), "{wrong:?}");
    }
    for right in ["a\u{202f}!", "12:30", "«\u{202f}a\u{202f}»", "a b", "a!"] {
        assert!(!badly_spaced(right), "{right:?}");
    }
}

#[test]
fn french_messages_have_no_ordinary_space_before_their_punctuation() {
    for message in messages() {
        for reading in readings(&message.fr) {
            assert!(!badly_spaced(&without_tags(&reading)), "{}: {reading:?}", message.key);
        }
    }
}

#[test]
fn apostrophes_are_curly_in_both_languages() {
    for message in messages() {
        for reading in readings(&message.fr).into_iter().chain(readings(&message.en)) {
            let text = without_tags(&reading);
            let straight =
                text.match_indices('\'').any(|(at, _)| text[..at].ends_with(char::is_alphanumeric));
            assert!(!straight, "{}: {reading:?}", message.key);
        }
    }
}

#[test]
fn shares_are_never_called_by_words_of_banks() {
    for message in messages() {
        for reading in readings(&message.fr) {
            let lower = reading.to_lowercase();
            let bank = lower
                .split(|c: char| !c.is_alphabetic())
                .any(|word| matches!(word, "solde" | "soldes" | "portefeuille"));
            assert!(!bank, "{}: {reading:?}", message.key);
        }
    }
}

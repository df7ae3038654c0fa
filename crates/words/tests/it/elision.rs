//! French elides: « de » and « que » before a name that begins with a vowel become « d’ » and « qu’ », and « de Les »
//! is no French at all. No message puts such a word right before a name that somebody chose.

use std::{fs, path::Path};

/// Arguments that are names, as people chose them.
const NAMES: [&str; 22] = [
    "actor",
    "author",
    "collective",
    "device",
    "email",
    "ender",
    "fund",
    "giver",
    "granter",
    "holder",
    "host",
    "inviter",
    "member",
    "name",
    "organisation",
    "other",
    "payee",
    "payer",
    "person",
    "pot",
    "proposer",
    "worker",
];
/// Words that change before a vowel.
const CHANGING: [&str; 9] = ["de", "que", "jusque", "lorsque", "puisque", "le", "la", "si", "ne"];

/// The word right before each name of a line, in lower case, without markup between.
fn before_names(line: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("{ $") {
        let name = line[at + 3..].split([' ', '}']).next().unwrap_or_default();
        let mut text = line[..at].trim_end();
        while text.ends_with('>')
            && let Some(start) = text.rfind('<')
        {
            text = text[..start].trim_end();
        }
        let word = text.rsplit([' ', '(', '\u{a0}', '\'']).next().unwrap_or_default().to_lowercase();
        if NAMES.contains(&name) {
            found.push((word, name.to_owned()));
        }
    }
    found
}

#[test]
fn no_word_that_elides_stands_before_a_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fr");
    let (mut seen, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            for (word, name) in before_names(line) {
                seen += 1;
                if CHANGING.contains(&word.as_str()) {
                    wrong.push(format!("{}:{}: {word} {{ ${name} }}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// « à Les Ordinateurs Libres » is no French either: « à » stands before people and addresses alone.
#[test]
fn no_a_stands_before_a_name_that_may_have_an_article() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fr");
    let articled = ["collective", "host", "name", "organisation", "payee", "payer", "pot", "worker"];
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let before = before_names(line);
            let bad = before.iter().any(|(word, name)| word == "à" && articled.contains(&name.as_str()));
            wrong.extend(bad.then(|| format!("{}: {line}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_word_before_a_name_is_found() {
    let before = |line: &str| before_names(line).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
    assert_eq!(before("Relevé de { $organisation }"), ["de"]);
    assert_eq!(before("Que <strong>{ $person }</strong> vienne pour { $organisation }"), ["que", "pour"]);
    assert_eq!(before("de « { $collective } » et de { $amount }"), ["«"]);
}

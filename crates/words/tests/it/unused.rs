//! A message that no code shows is a promise to translators that nobody keeps.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::catalogue::messages;

#[test]
fn every_message_is_used() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut used = BTreeSet::new();
    read_folder(&crates, &mut used);
    let unused: BTreeSet<String> = messages()
        .into_iter()
        .map(|message| message.key)
        .filter(|key| !used.contains(&key.replace('-', "_")))
        .collect();
    assert!(unused.is_empty(), "no code uses {unused:#?}");
}

#[test]
fn uses_are_found() {
    let mut used = BTreeSet::new();
    read_text(
        "{{ t.pot_title() }} x.map(Words::pot_home) t.pot_field t . pot_gap (a)\n  .pot_next(\n",
        &mut used,
    );
    assert_eq!(
        used.iter().map(String::as_str).collect::<Vec<_>>(),
        ["map", "pot_gap", "pot_home", "pot_next", "pot_title"]
    );
}

/// Adds what the code and the templates under a folder call. The tests and the build of this crate show nothing to
/// anybody, and journeys look for what pages show.
fn read_folder(folder: &Path, used: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let apart = ["words/tests", "words/build", "e2e/tests"].iter().any(|end| path.ends_with(end));
            if !apart && name != "target" && name != "node_modules" && !name.starts_with('.') {
                read_folder(&path, used);
            }
        } else if [".rs", ".html", ".txt", ".xml", ".svg"].iter().any(|end| name.ends_with(end)) {
            // A file that is not text calls nothing.
            read_text(&fs::read_to_string(&path).unwrap_or_default(), used);
        }
    }
}

/// Adds the names called as `.name(` or named as `Words::name`.
fn read_text(text: &str, used: &mut BTreeSet<String>) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = text;
    while let Some(at) = rest.find(is_name) {
        let before = rest[..at].trim_end();
        let called_on = before.ends_with('.') || before.ends_with("::");
        let path = before.ends_with("::");
        let end = rest[at..].find(|c| !is_name(c)).map_or(rest.len(), |length| at + length);
        let name = &rest[at..end];
        rest = &rest[end..];
        if called_on && (path || rest.trim_start().starts_with('(')) {
            used.insert(name.to_owned());
        }
    }
}

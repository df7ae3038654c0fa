//! A message that no code shows is a promise to translators that nobody keeps.

use std::collections::BTreeSet;
use std::path::Path;

use crate::catalogue::messages;
use crate::sources::each_text;

#[test]
fn every_message_is_used() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut used = BTreeSet::new();
    each_text(&crates, &mut |_, text| read_text(text, &mut used));
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

//! The arguments of a message stand in alphabetical order: two of one kind are easily swapped, and no type says so.
//! Here a call is refused that puts into one argument's place what bears the name of another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::catalogue::messages;
use crate::sources::each_text;

/// The names of the arguments of each method that takes several.
type Methods = BTreeMap<String, Vec<String>>;

#[test]
fn no_argument_stands_in_the_place_of_another() {
    let mut methods = Methods::new();
    for message in messages() {
        if message.arguments.len() > 1 {
            let names = message.arguments.keys().map(|name| name.replace('-', "_"));
            methods.insert(message.key.replace('-', "_"), names.collect());
        }
    }
    let mut swapped = Vec::new();
    let mut calls = 0;
    each_text(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut |path, text| {
        for (at, method, arguments) in calls_in(text, &methods) {
            calls += 1;
            if let Some(why) = misplaced(&methods[&method], &arguments) {
                let line = text[..at].matches('\n').count() + 1;
                swapped.push(format!("{}:{line}: {method}: {why}", path.display()));
            }
        }
    });
    assert!(calls > 100, "only {calls} calls were read");
    assert!(swapped.is_empty(), "{swapped:#?}");
}

#[test]
fn a_swapped_call_is_found() {
    let names = || ["on_features".to_owned(), "share".to_owned()].to_vec();
    let methods = Methods::from([("now".to_owned(), names())]);
    let why = |text: &str| {
        let calls = calls_in(text, &methods);
        calls.into_iter().find_map(|(_, method, arguments)| misplaced(&methods[&method], &arguments))
    };
    assert!(why("{{ t.now(share.as_str(), on_features.as_str()) }}").is_some());
    assert!(why("t.now(\n    money(self.share),\n    rest,\n)").is_some());
    assert!(why("{{ t.now(on_features.as_str(), share.as_str()) }}").is_none());
    assert!(why("t.now(money(of.on_features, share), text(\"a, b\"))").is_none());
    assert!(why("t.now(first, second)").is_none());
    assert!(why("t.now(share.rest, on_features.of)").is_none());
    assert!(why("t.nowhere(share, on_features)").is_none());
}

/// Why the arguments of a call are in the wrong places, if one of them bears the name of another and not its own.
fn misplaced(names: &[String], arguments: &[String]) -> Option<String> {
    if arguments.len() != names.len() {
        return None;
    }
    names.iter().zip(arguments).find_map(|(name, argument)| {
        let words = identifiers(argument);
        let other = names.iter().find(|other| words.contains(other.as_str()))?;
        (!words.contains(name.as_str())).then(|| format!("`{argument}` is given as {name}, not as {other}"))
    })
}

/// The names in an expression; of `role.person` only `person`, of `role.title()` also `role`.
fn identifiers(text: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut names = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_name) {
        let end = rest[at..].find(|c| !is_name(c)).map_or(rest.len(), |length| at + length);
        let (name, after) = (&rest[at..end], &rest[end..]);
        let field = after.strip_prefix('.').is_some_and(|field| {
            let called = field.trim_start_matches(is_name).starts_with('(');
            field.starts_with(is_name) && !called
        });
        if !field {
            names.insert(name);
        }
        rest = after;
    }
    names
}

/// The calls of these methods on a value: where, which, with what.
fn calls_in(text: &str, methods: &Methods) -> Vec<(usize, String, Vec<String>)> {
    let mut calls = Vec::new();
    for (at, _) in text.match_indices('.') {
        let rest = text[at + 1..].trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let Some(open) = rest[end..].strip_prefix('(') else { continue };
        if methods.contains_key(&rest[..end]) {
            calls.push((at, rest[..end].to_owned(), arguments_of(open)));
        }
    }
    calls
}

/// The arguments up to the bracket that closes the call.
fn arguments_of(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = arguments.last_mut() {
            last.push(c);
        }
    }
    arguments.retain(|argument| !argument.trim().is_empty());
    arguments.into_iter().map(|argument| argument.trim().to_owned()).collect()
}

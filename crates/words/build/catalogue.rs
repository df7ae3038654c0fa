//! The files of one language: parsed entries with their place, or faults.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry as AstEntry, Pattern};
use fluent_syntax::parser;

use super::resolve::{self, Piece};
use super::{markup, setting};

/// One file, with the path shown in faults.
#[derive(Clone, Debug)]
pub struct Source {
    /// For people, such as `fr/pot.ftl`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    French,
    English,
}

impl Language {
    pub const fn name(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// A message or a term, where it stands.
#[derive(Debug)]
pub struct Entry<'s> {
    pub pattern: Pattern<&'s str>,
    /// `path:line`.
    pub place: String,
    /// The name of its file.
    pub file: String,
}

/// All entries of a language.
#[derive(Debug)]
pub struct Catalogue<'s> {
    pub language: Language,
    pub messages: BTreeMap<&'s str, Entry<'s>>,
    pub terms: BTreeMap<&'s str, Entry<'s>>,
}

impl<'s> Catalogue<'s> {
    /// Parses the files of a language; what can't be used is told in `faults`.
    pub fn read(language: Language, sources: &'s [Source], faults: &mut Vec<String>) -> Self {
        let mut catalogue = Self { language, messages: BTreeMap::new(), terms: BTreeMap::new() };
        for source in sources {
            catalogue.read_file(source, faults);
        }
        catalogue
    }

    fn read_file(&mut self, source: &'s Source, faults: &mut Vec<String>) {
        for odd in ['\u{fffc}', '\r', '\t'] {
            if let Some(offset) = source.text.find(odd) {
                faults.push(format!("{}: {odd:?} is not allowed", place(source, offset)));
            }
        }
        let resource = match parser::parse_runtime(source.text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    faults.push(format!("{}: {}", place(source, error.pos.start), error.kind));
                }
                resource
            }
        };
        for entry in resource.body {
            match entry {
                AstEntry::Message(message) => {
                    let place = place_of(source, message.id.name);
                    let key = message.id.name;
                    if !message.attributes.is_empty() {
                        faults.push(format!("{place}: {key} has attributes: write a message of its own"));
                    }
                    if !is_key(key) || !key.contains('-') {
                        faults.push(format!(
                            "{place}: {key}: a key is lower-case words joined by dashes, at least two"
                        ));
                    }
                    // A message without value has attributes, which were told just now.
                    let Some(pattern) = message.value else { continue };
                    add(&mut self.messages, key, entry_at(source, place, pattern), faults);
                }
                AstEntry::Term(term) => {
                    let place = place_of(source, term.id.name);
                    if !term.attributes.is_empty() {
                        faults.push(format!("{place}: -{} has attributes", term.id.name));
                    }
                    add(&mut self.terms, term.id.name, entry_at(source, place, term.value), faults);
                }
                // Junk was told by the parser's errors; comments are for translators.
                AstEntry::Junk { .. }
                | AstEntry::Comment(_)
                | AstEntry::GroupComment(_)
                | AstEntry::ResourceComment(_) => {}
            }
        }
    }

    /// The pieces of every message, checked and set; a message with a fault is left out and told.
    pub fn resolve_all(&self, faults: &mut Vec<String>) -> BTreeMap<&'s str, Vec<Piece>> {
        let mut all = BTreeMap::new();
        let mut referred = BTreeSet::new();
        for (key, entry) in &self.messages {
            let pieces = resolve::message(self, key, entry, &mut referred).and_then(|pieces| {
                if resolve::is_html(key) { markup::check(&pieces) } else { markup::refuse(&pieces) }?;
                Ok(setting::set(pieces, self.language, resolve::is_html(key)))
            });
            match pieces {
                Ok(pieces) => {
                    all.insert(*key, pieces);
                }
                Err(fault) => faults.push(format!("{}: {key}: {fault}", entry.place)),
            }
        }
        for (name, entry) in &self.terms {
            if !referred.contains(&format!("-{name}")) {
                faults.push(format!("{}: no message uses the term -{name}", entry.place));
            }
        }
        all
    }
}

fn entry_at<'s>(source: &Source, place: String, pattern: Pattern<&'s str>) -> Entry<'s> {
    let file = source.path.rsplit('/').next().unwrap_or_default().to_owned();
    Entry { pattern, place, file }
}

fn add<'s>(
    entries: &mut BTreeMap<&'s str, Entry<'s>>,
    key: &'s str,
    entry: Entry<'s>,
    faults: &mut Vec<String>,
) {
    if let Some(first) = entries.get(key) {
        faults.push(format!("{}: {key} is already in {}", entry.place, first.place));
        return;
    }
    entries.insert(key, entry);
}

/// Lower-case ASCII words joined by single dashes, each starting with a letter or a digit.
pub fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// Where an identifier stands; `name` is a part of the source's text.
fn place_of(source: &Source, name: &str) -> String {
    place(source, (name.as_ptr() as usize).saturating_sub(source.text.as_ptr() as usize))
}

fn place(source: &Source, offset: usize) -> String {
    let before = source.text.as_bytes().iter().take(offset);
    format!("{}:{}", source.path, 1 + before.filter(|byte| **byte == b'\n').count())
}

//! Compiles the Fluent files of the two languages into Rust: `catalogue` reads and parses, `resolve` turns a
//! pattern into pieces, `markup` checks the few tags allowed, `setting` applies the typography, `generate`
//! writes the methods. Nothing here touches the disk, so that the tests can try every fault.

mod catalogue;
mod generate;
mod markup;
pub mod resolve;
mod setting;
#[path = "../src/typography.rs"]
mod typography;

use std::collections::BTreeMap;

pub use catalogue::Source;
pub use generate::methods;

use catalogue::{Catalogue, Language};
use resolve::Piece;

/// What a method takes for an argument of its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Anything that can be displayed.
    Display,
    /// A whole number that chooses a plural branch.
    Count,
    /// A word that chooses a branch.
    Word,
}

/// One message in both languages, checked and set.
#[derive(Debug)]
pub struct Message {
    /// The key in the Fluent files.
    pub key: String,
    /// The name of the file that holds it, the same in both languages.
    pub file: String,
    /// Whether the method returns markup.
    pub html: bool,
    /// Its arguments, by name.
    pub arguments: BTreeMap<String, Kind>,
    /// The French text.
    pub fr: Vec<Piece>,
    /// The English text.
    pub en: Vec<Piece>,
}

/// Reads the files of the two languages and checks them. Errors: all faults found, each as `path:line: what`.
pub fn compile(fr: &[Source], en: &[Source]) -> Result<Vec<Message>, Vec<String>> {
    let mut faults = Vec::new();
    let french = Catalogue::read(Language::French, fr, &mut faults);
    let english = Catalogue::read(Language::English, en, &mut faults);
    report_missing(&french, &english, &mut faults);
    report_missing(&english, &french, &mut faults);
    let mut fr_pieces = french.resolve_all(&mut faults);
    let mut en_pieces = english.resolve_all(&mut faults);
    let mut messages = Vec::new();
    for (key, entry) in &french.messages {
        let (Some(fr), Some(en)) = (fr_pieces.remove(*key), en_pieces.remove(*key)) else { continue };
        match agree(&fr, &en) {
            Ok(arguments) => messages.push(Message {
                key: (*key).to_owned(),
                file: entry.file.clone(),
                html: resolve::is_html(key),
                arguments,
                fr,
                en,
            }),
            Err(fault) => faults.push(format!("{}: {key}: {fault}", entry.place)),
        }
    }
    if faults.is_empty() {
        Ok(messages)
    } else {
        faults.sort();
        faults.dedup();
        Err(faults)
    }
}

/// Keys of `one` that `other` lacks.
fn report_missing(one: &Catalogue<'_>, other: &Catalogue<'_>, faults: &mut Vec<String>) {
    for (key, entry) in &one.messages {
        match other.messages.get(key) {
            None => faults.push(format!("{}: {key} is missing in {}", entry.place, other.language.name())),
            Some(twin) if twin.file != entry.file => {
                faults.push(format!(
                    "{}: {key} is in {} in {}",
                    entry.place,
                    twin.place,
                    other.language.name()
                ));
            }
            Some(_) => {}
        }
    }
}

/// The arguments of a message, if both languages agree on them.
fn agree(fr: &[Piece], en: &[Piece]) -> Result<BTreeMap<String, Kind>, String> {
    let mut french = BTreeMap::new();
    let mut english = BTreeMap::new();
    resolve::collect_arguments(fr, &mut french)?;
    resolve::collect_arguments(en, &mut english)?;
    let list = |arguments: &BTreeMap<String, Kind>| {
        arguments.keys().map(|name| format!("${name}")).collect::<Vec<_>>().join(" ")
    };
    if !french.keys().eq(english.keys()) {
        return Err(format!("arguments differ: fr has [{}], en has [{}]", list(&french), list(&english)));
    }
    let mut merged = french;
    for (name, kind) in english {
        resolve::merge_kind(&mut merged, &name, kind)?;
    }
    for (name, kind) in &merged {
        if *kind == Kind::Word && resolve::words_of(fr, name) != resolve::words_of(en, name) {
            return Err(format!("the branches of ${name} are not the same in fr and en"));
        }
    }
    Ok(merged)
}

//! From Fluent's syntax tree to a flat sequence of pieces: references are put in place, selectors are checked.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::Kind;
use super::catalogue::{Catalogue, Entry, is_key};

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text of the translator.
    Text(String),
    /// Text in a string literal, which typography leaves alone.
    Fixed(String),
    /// The value of an argument.
    Argument(String),
    /// A choice by an argument.
    Select(Select),
}

/// A choice between texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The argument that chooses.
    pub argument: String,
    /// The branches but the last.
    pub branches: Vec<(Key, Vec<Piece>)>,
    /// The text of `*[other]`.
    pub other: Vec<Piece>,
}

/// What a branch is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The plural category `one`.
    One,
    /// Exactly this number.
    Exact(i64),
    /// This word.
    Word(String),
}

/// Whether the method of this key returns markup.
pub fn is_html(key: &str) -> bool {
    key.ends_with("-html")
}

/// The pieces of a message, references in place; what it refers to is added to `referred`, terms with their dash.
pub fn message(
    catalogue: &Catalogue<'_>,
    key: &str,
    entry: &Entry<'_>,
    referred: &mut BTreeSet<String>,
) -> Result<Vec<Piece>, String> {
    let mut resolver = Resolver { catalogue, referred, html: is_html(key), path: vec![key.to_owned()] };
    let mut pieces = Vec::new();
    resolver.pattern(&entry.pattern, false, &mut pieces)?;
    Ok(pieces)
}

struct Resolver<'a, 's> {
    catalogue: &'a Catalogue<'s>,
    referred: &'a mut BTreeSet<String>,
    /// Whether the message being resolved is markup.
    html: bool,
    /// The message and the references that led here, against circles.
    path: Vec<String>,
}

impl Resolver<'_, '_> {
    /// `escape`: the text comes from a plain entry and goes into markup.
    fn pattern(&mut self, pattern: &Pattern<&str>, escape: bool, out: &mut Vec<Piece>) -> Result<(), String> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } if escape => out.push(Piece::Text(escaped(value))),
                PatternElement::TextElement { value } => out.push(Piece::Text((*value).to_owned())),
                PatternElement::Placeable { expression } => self.expression(expression, escape, out)?,
            }
        }
        Ok(())
    }

    fn expression(
        &mut self,
        expression: &Expression<&str>,
        escape: bool,
        out: &mut Vec<Piece>,
    ) -> Result<(), String> {
        match expression {
            Expression::Inline(inline) => self.inline(inline, escape, out),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    return Err("only an argument may choose between branches".to_owned());
                };
                let select = self.select(argument_name(id.name)?, variants, escape)?;
                out.push(Piece::Select(select));
                Ok(())
            }
        }
    }

    fn inline(
        &mut self,
        inline: &InlineExpression<&str>,
        escape: bool,
        out: &mut Vec<Piece>,
    ) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { value } => {
                let value = unescape_unicode_to_string(value);
                out.push(Piece::Fixed(if self.html { escaped(&value) } else { value.into_owned() }));
                Ok(())
            }
            InlineExpression::NumberLiteral { value } => {
                out.push(Piece::Fixed((*value).to_owned()));
                Ok(())
            }
            InlineExpression::VariableReference { id } => {
                out.push(Piece::Argument(argument_name(id.name)?));
                Ok(())
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                self.reference(id.name, id.name.to_owned(), out)
            }
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                self.reference(id.name, format!("-{}", id.name), out)
            }
            InlineExpression::Placeable { expression } => self.expression(expression, escape, out),
            InlineExpression::FunctionReference { id, .. } => {
                Err(format!("{}() is not supported: pass the text ready to be shown", id.name))
            }
            InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
                Err(format!("the reference to {} has an attribute or arguments", id.name))
            }
        }
    }

    /// Puts the text of another message or of a term (`shown` starts with a dash) in place.
    fn reference(&mut self, id: &str, shown: String, out: &mut Vec<Piece>) -> Result<(), String> {
        let entries = if shown.starts_with('-') { &self.catalogue.terms } else { &self.catalogue.messages };
        let entry = entries.get(id).ok_or_else(|| format!("{shown} does not exist"))?;
        let markup = is_html(&shown);
        if markup && !self.html {
            return Err(format!("{shown} is markup and this message is plain text"));
        }
        if self.path.contains(&shown) {
            return Err(format!("{shown} refers to itself"));
        }
        self.referred.insert(shown.clone());
        self.path.push(shown);
        self.pattern(&entry.pattern, self.html && !markup, out)?;
        self.path.pop();
        Ok(())
    }

    fn select(
        &mut self,
        argument: String,
        variants: &[Variant<&str>],
        escape: bool,
    ) -> Result<Select, String> {
        let mut branches: Vec<(Key, Vec<Piece>)> = Vec::new();
        let mut other = None;
        for variant in variants {
            let mut pieces = Vec::new();
            self.pattern(&variant.value, escape, &mut pieces)?;
            let key = match variant.key {
                VariantKey::Identifier { name: "other" } if variant.default => {
                    other = Some(pieces);
                    continue;
                }
                _ if variant.default => {
                    return Err(format!("the default branch of ${argument} must be *[other]"));
                }
                VariantKey::Identifier { name: "other" } => {
                    return Err(format!("write *[other] in the choice by ${argument}"));
                }
                VariantKey::Identifier { name: "one" } => Key::One,
                VariantKey::Identifier { name } => Key::Word(name.to_owned()),
                VariantKey::NumberLiteral { value } => {
                    Key::Exact(value.parse().map_err(|_| format!("[{value}] is not a whole number"))?)
                }
            };
            if branches.iter().any(|(known, _)| *known == key) {
                return Err(format!("a branch of ${argument} is there twice"));
            }
            branches.push((key, pieces));
        }
        let other = other.ok_or_else(|| format!("the choice by ${argument} lacks *[other]"))?;
        let select = Select { argument, branches, other };
        check_keys(&select)?;
        Ok(select)
    }
}

/// Either plural branches, with `one`, or words.
fn check_keys(select: &Select) -> Result<(), String> {
    let argument = &select.argument;
    let is_word = |key: &Key| matches!(key, Key::Word(_));
    let words = select.branches.iter().filter(|(key, _)| is_word(key)).count();
    if words == 0 && !select.branches.iter().any(|(key, _)| *key == Key::One) {
        return Err(format!("the plural by ${argument} lacks [one] (French and English have one and other)"));
    }
    if words != 0 && words != select.branches.len() {
        return Err(format!(
            "the choice by ${argument} mixes plural branches and words; French and English have only the \
             categories one and other"
        ));
    }
    Ok(())
}

fn argument_name(name: &str) -> Result<String, String> {
    const RUST: [&str; 39] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
        "dyn", "else", "enum", "extern", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "out", "priv", "ref", "return", "self", "static", "super", "try",
        "type", "use", "where",
    ];
    if !is_key(name) || RUST.contains(&name) {
        return Err(format!("${name} can't be the name of an argument"));
    }
    Ok(name.to_owned())
}

/// The text with what HTML would read as markup replaced.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Adds the arguments of a sequence. Errors: an argument used both as a number and as a word.
pub fn collect_arguments(pieces: &[Piece], found: &mut BTreeMap<String, Kind>) -> Result<(), String> {
    for piece in pieces {
        match piece {
            Piece::Text(_) | Piece::Fixed(_) => {}
            Piece::Argument(name) => merge_kind(found, name, Kind::Display)?,
            Piece::Select(select) => {
                let words = matches!(select.branches.first(), Some((Key::Word(_), _)));
                merge_kind(found, &select.argument, if words { Kind::Word } else { Kind::Count })?;
                for (_, branch) in &select.branches {
                    collect_arguments(branch, found)?;
                }
                collect_arguments(&select.other, found)?;
            }
        }
    }
    Ok(())
}

/// Notes that an argument is used as `kind`. Errors: it chooses by number here and by word there.
pub fn merge_kind(found: &mut BTreeMap<String, Kind>, name: &str, kind: Kind) -> Result<(), String> {
    let known = found.entry(name.to_owned()).or_insert(kind);
    match (*known, kind) {
        (Kind::Display, _) => *known = kind,
        (_, Kind::Display) => {}
        (known, kind) if known == kind => {}
        _ => return Err(format!("${name} chooses a plural here and a word there")),
    }
    Ok(())
}

/// The words by which an argument chooses, anywhere in a sequence.
pub fn words_of<'p>(pieces: &'p [Piece], argument: &str) -> BTreeSet<&'p str> {
    let mut words = BTreeSet::new();
    for piece in pieces {
        let Piece::Select(select) = piece else { continue };
        for (key, branch) in &select.branches {
            if let (Key::Word(word), true) = (key, select.argument == argument) {
                words.insert(word.as_str());
            }
            words.extend(words_of(branch, argument));
        }
        words.extend(words_of(&select.other, argument));
    }
    words
}

//! Sets the text of a message: typography over the whole sentence, with arguments, tags and entities kept out.

use super::catalogue::Language;
use super::markup::{Token, tokens};
use super::resolve::{Piece, Select};
use super::typography::{OBJECT, typography_en, typography_fr};

/// The same pieces with typographic text; string literals become text, and neighbours are merged.
pub fn set(pieces: Vec<Piece>, language: Language, html: bool) -> Vec<Piece> {
    let mut raw = String::new();
    let mut objects = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => raw.push_str(&text),
            Piece::Fixed(text) => keep(vec![Piece::Text(text)], &mut raw, &mut objects),
            Piece::Argument(_) => keep(vec![piece], &mut raw, &mut objects),
            Piece::Select(select) => {
                let select = set_select(select, language, html);
                keep(vec![Piece::Select(select)], &mut raw, &mut objects);
            }
        }
    }
    let (line, objects) = if html { mask_markup(&raw, objects) } else { (raw, objects) };
    let line = match language {
        Language::French => typography_fr(&line),
        Language::English => typography_en(&line),
    };
    merge(weave(&line, &mut objects.into_iter()))
}

fn set_select(select: Select, language: Language, html: bool) -> Select {
    Select {
        argument: select.argument,
        branches: select
            .branches
            .into_iter()
            .map(|(key, pieces)| (key, set(pieces, language, html)))
            .collect(),
        other: set(select.other, language, html),
    }
}

/// Puts a placeholder in the line for pieces kept aside.
fn keep(pieces: Vec<Piece>, line: &mut String, objects: &mut Vec<Vec<Piece>>) {
    line.push(OBJECT);
    objects.push(pieces);
}

/// The line with its placeholders replaced by what they stand for.
fn weave(line: &str, objects: &mut impl Iterator<Item = Vec<Piece>>) -> Vec<Piece> {
    let mut out = Vec::new();
    for (index, text) in line.split(OBJECT).enumerate() {
        if index > 0 {
            out.extend(objects.next().unwrap_or_default());
        }
        out.push(Piece::Text(text.to_owned()));
    }
    out
}

/// Keeps tags, entities and the inside of `code` aside too.
fn mask_markup(raw: &str, objects: Vec<Vec<Piece>>) -> (String, Vec<Vec<Piece>>) {
    let mut objects = objects.into_iter();
    let mut line = String::with_capacity(raw.len());
    let mut kept = Vec::new();
    let mut code = false;
    for token in tokens(raw) {
        match token {
            Token::Text(text) if !code => {
                line.push_str(text);
                kept.extend(objects.by_ref().take(text.matches(OBJECT).count()));
            }
            Token::Text(text) => keep(weave(text, &mut objects), &mut line, &mut kept),
            Token::Markup(tag) => {
                code = (code || tag.starts_with("<code")) && tag != "</code>";
                keep(weave(tag, &mut objects), &mut line, &mut kept);
            }
        }
    }
    (line, kept)
}

fn merge(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (out.last_mut(), piece) {
            (_, Piece::Text(text)) if text.is_empty() => {}
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => out.push(piece),
        }
    }
    out
}

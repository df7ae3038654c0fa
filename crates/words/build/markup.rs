//! The markup of messages: a few inline tags, balanced, arguments only where they are escaped for.

use super::resolve::Piece;
use super::typography::OBJECT;

/// The tags that a message may contain, with the attributes each may have.
const TAGS: [(&str, &[&str]); 6] = [
    ("a", &["href", "hreflang", "lang", "rel"]),
    ("abbr", &["lang", "title"]),
    ("br", &[]),
    ("code", &["lang"]),
    ("em", &["lang"]),
    ("strong", &["lang"]),
];

/// The entities that a message may contain; any other character is written as it is.
const ENTITIES: [&str; 4] = ["amp", "gt", "lt", "quot"];

/// A part of a line of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// What people read.
    Text(&'t str),
    /// A tag or an entity, whole; at the end of the line it may lack its end.
    Markup(&'t str),
}

/// Cuts a line into text and markup.
pub fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let start = rest.find(['<', '&']).unwrap_or(rest.len());
        let (text, markup) = rest.split_at(start);
        if !text.is_empty() {
            tokens.push(Token::Text(text));
        }
        let end = if markup.starts_with('<') { '>' } else { ';' };
        let length = markup.find(end).map_or(markup.len(), |at| at + 1);
        let (markup, after) = markup.split_at(length);
        if !markup.is_empty() {
            tokens.push(Token::Markup(markup));
        }
        rest = after;
    }
    tokens
}

/// Refuses markup in a plain message.
pub fn refuse(pieces: &[Piece]) -> Result<(), String> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                for (at, _) in text.match_indices('<') {
                    if text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c)) {
                        return Err("markup in a plain message: end its key with -html".to_owned());
                    }
                }
                for (at, _) in text.match_indices('&') {
                    let word = text[at + 1..].split(';').next().unwrap_or_default();
                    let letters = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
                    if letters && text[at + 1 + word.len()..].starts_with(';') {
                        return Err(format!("&{word}; in a plain message: write the character"));
                    }
                }
            }
            Piece::Select(select) => {
                for (_, branch) in &select.branches {
                    refuse(branch)?;
                }
                refuse(&select.other)?;
            }
            Piece::Fixed(_) | Piece::Argument(_) => {}
        }
    }
    Ok(())
}

/// Checks the markup of a sequence of pieces; each branch of a choice must be complete in itself.
pub fn check(pieces: &[Piece]) -> Result<(), String> {
    let mut line = String::new();
    let mut objects = Vec::new();
    for piece in pieces {
        if let Piece::Text(text) = piece {
            line.push_str(text);
        } else {
            line.push(OBJECT);
            objects.push(piece);
        }
        if let Piece::Select(select) = piece {
            for (_, branch) in &select.branches {
                check(branch)?;
            }
            check(&select.other)?;
        }
    }
    let mut objects = objects.into_iter();
    let mut open = Vec::new();
    for token in tokens(&line) {
        match token {
            Token::Text(text) => {
                if text.contains('>') {
                    return Err("write &gt; for >".to_owned());
                }
                objects.by_ref().take(text.matches(OBJECT).count()).for_each(drop);
            }
            Token::Markup(entity) if entity.starts_with('&') => {
                let name = entity[1..].strip_suffix(';').unwrap_or_default();
                if !ENTITIES.contains(&name) {
                    return Err("write &amp; for &, and other characters as they are".to_owned());
                }
            }
            Token::Markup(tag) => check_tag(tag, &mut open, &mut objects)?,
        }
    }
    match open.pop() {
        None => Ok(()),
        Some(tag) => Err(format!("<{tag}> is not closed")),
    }
}

fn check_tag<'p, 't>(
    tag: &'t str,
    open: &mut Vec<&'t str>,
    objects: &mut impl Iterator<Item = &'p Piece>,
) -> Result<(), String> {
    let inside = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>'));
    let inside = inside.ok_or_else(|| format!("{tag} has no end (write &lt; for <)"))?;
    if let Some(name) = inside.strip_prefix('/') {
        return if open.pop() == Some(name) { Ok(()) } else { Err(format!("</{name}> closes nothing")) };
    }
    let name = inside.split([' ', '\n']).next().unwrap_or_default();
    let Some((_, allowed)) = TAGS.iter().find(|(known, _)| *known == name) else {
        return Err(format!("<{name}> is not one of the tags allowed: a abbr br code em strong"));
    };
    if name == "a" && open.contains(&"a") {
        return Err("a link inside a link".to_owned());
    }
    check_attributes(&inside[name.len()..], name, allowed, objects)?;
    if name != "br" {
        open.push(name);
    }
    Ok(())
}

/// Attributes are `name="value"`; an argument is the whole value of `href`, or stands in a `title`.
fn check_attributes<'p>(
    attributes: &str,
    tag: &str,
    allowed: &[&str],
    objects: &mut impl Iterator<Item = &'p Piece>,
) -> Result<(), String> {
    let mut rest = attributes.trim_start();
    let mut href = false;
    while !rest.is_empty() {
        let parts = rest.split_once("=\"").and_then(|(name, after)| Some((name, after.split_once('"')?)));
        let Some((name, (value, after))) = parts else {
            return Err(format!("<{tag}{attributes}>: attributes are written name=\"value\""));
        };
        if !allowed.contains(&name) {
            return Err(format!("the attribute {name} is not allowed in <{tag}>"));
        }
        href |= name == "href";
        if name == "href" && !value.contains(OBJECT) {
            check_address(value)?;
        }
        if name == "href" && value.contains(OBJECT) && value.chars().count() > 1 {
            return Err("a href is one argument and nothing else".to_owned());
        }
        for _ in value.matches(OBJECT) {
            check_argument(name, objects.next())?;
        }
        rest = after.trim_start();
    }
    if tag == "a" && !href {
        return Err("<a> lacks its href".to_owned());
    }
    Ok(())
}

fn check_argument(attribute: &str, object: Option<&Piece>) -> Result<(), String> {
    match (attribute, object) {
        ("href", Some(Piece::Argument(name))) if is_address(name) => Ok(()),
        ("href", _) => Err("the argument of a href is named href or ends in -href".to_owned()),
        ("title", Some(Piece::Argument(name))) if !is_address(name) => Ok(()),
        _ => Err(format!("an argument can't stand in the attribute {attribute}")),
    }
}

/// Whether an argument of a message in markup is an address.
pub fn is_address(argument: &str) -> bool {
    argument == "href" || argument.ends_with("-href")
}

fn check_address(value: &str) -> Result<(), String> {
    let known = ["/", "#", "https://", "mailto:"].iter().any(|start| value.starts_with(start));
    if known {
        Ok(())
    } else {
        Err(format!("href=\"{value}\": an address starts with / # https:// or mailto:"))
    }
}

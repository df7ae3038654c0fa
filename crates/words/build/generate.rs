//! Writes the methods. What takes arguments is a thin generic front over a private method that is compiled
//! once, so that hundreds of messages stay quick to compile.

use std::fmt::Write;

use super::markup::is_address;
use super::resolve::{Key, Piece, Select};
use super::{Kind, Message};

/// One `impl Words` with a method a message.
pub fn methods(messages: &[Message]) -> String {
    let mut code = String::with_capacity(messages.len() * 512);
    code.push_str("impl Words {\n");
    for message in messages {
        method(message, &mut code);
    }
    code.push_str("}\n");
    code
}

fn rust_name(key: &str) -> String {
    key.replace('-', "_")
}

fn line(code: &mut String, depth: usize, text: &str) {
    let _ = writeln!(code, "{:indent$}{text}", "", indent = depth * 4);
}

fn method(message: &Message, code: &mut String) {
    let name = rust_name(&message.key);
    let doc = format!(
        "`{}` of `{}`\n\n```text\n{}\n{}\n```",
        message.key,
        message.file,
        shown(&message.fr),
        shown(&message.en)
    );
    line(code, 1, &format!("#[doc = {doc:?}]"));
    line(code, 1, "#[must_use]");
    if message.arguments.is_empty() {
        let (open, close) = if message.html { ("Html::of_message(", ")") } else { ("", "") };
        let result = if message.html { "Html" } else { "&'static str" };
        line(code, 1, &format!("pub fn {name}(&self) -> {result} {{"));
        line(code, 2, &format!("{open}match self.locale {{"));
        line(code, 3, &format!("Locale::Fr => {:?},", plain(&message.fr)));
        line(code, 3, &format!("Locale::En => {:?},", plain(&message.en)));
        line(code, 2, &format!("}}{close}"));
        line(code, 1, "}");
        return;
    }
    let (mut outer, mut inner, mut passed) = (String::new(), String::new(), String::new());
    for (argument, kind) in &message.arguments {
        let argument = rust_name(argument);
        let (open, closed, value) = match kind {
            Kind::Display => ("impl Display", "&dyn Display", format!("&{argument}")),
            Kind::Count => ("impl Count", "i64", format!("{argument}.count()")),
            Kind::Word => ("impl AsRef<str>", "&str", format!("{argument}.as_ref()")),
        };
        let _ = write!(outer, ", {argument}: {open}");
        let _ = write!(inner, ", {argument}: {closed}");
        let _ = write!(passed, ", {value}");
    }
    let (result, call) = if message.html {
        ("Html", format!("Html::of_message(write_{name}(self.locale{passed}))"))
    } else {
        ("String", format!("write_{name}(self.locale{passed})"))
    };
    line(code, 1, &format!("pub fn {name}(&self{outer}) -> {result} {{"));
    line(code, 2, &format!("fn write_{name}(locale: Locale{inner}) -> String {{"));
    line(code, 3, "let mut out = String::new();");
    line(code, 3, "match locale {");
    for (locale, pieces) in [("Fr", &message.fr), ("En", &message.en)] {
        line(code, 4, &format!("Locale::{locale} => {{"));
        sequence(pieces, message, 5, code);
        line(code, 4, "}");
    }
    line(code, 3, "}");
    line(code, 3, "out");
    line(code, 2, "}");
    line(code, 2, &call);
    line(code, 1, "}");
}

fn sequence(pieces: &[Piece], message: &Message, depth: usize, code: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) | Piece::Fixed(text) => line(code, depth, &format!("out.push_str({text:?});")),
            Piece::Argument(argument) => {
                let name = rust_name(argument);
                let call = match message.arguments.get(argument) {
                    Some(Kind::Count) => format!("put_count(&mut out, locale, {name});"),
                    _ if message.html && is_address(argument) => format!("put_address(&mut out, &{name});"),
                    _ if message.html => format!("put_escaped(&mut out, &{name});"),
                    _ => format!("put(&mut out, &{name});"),
                };
                line(code, depth, &call);
            }
            Piece::Select(select) => choice(select, message, depth, code),
        }
    }
}

fn choice(select: &Select, message: &Message, depth: usize, code: &mut String) {
    let name = rust_name(&select.argument);
    line(code, depth, &format!("match {name} {{"));
    // An exact number goes before its category, whatever the order in the file.
    let exact = select.branches.iter().filter(|(key, _)| *key != Key::One);
    let category = select.branches.iter().filter(|(key, _)| *key == Key::One);
    for (key, branch) in exact.chain(category) {
        let pattern = match key {
            Key::One => format!("_ if is_one(locale, {name})"),
            Key::Exact(number) => number.to_string(),
            Key::Word(word) => format!("{word:?}"),
        };
        line(code, depth + 1, &format!("{pattern} => {{"));
        sequence(branch, message, depth + 2, code);
        line(code, depth + 1, "}");
    }
    line(code, depth + 1, "_ => {");
    sequence(&select.other, message, depth + 2, code);
    line(code, depth + 1, "}");
    line(code, depth, "}");
}

/// The text of a message without arguments.
fn plain(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .filter_map(|piece| if let Piece::Text(text) = piece { Some(text.as_str()) } else { None })
        .collect()
}

/// The text for the documentation of the method.
fn shown(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) | Piece::Fixed(text) => out.push_str(&text.replace("```", "")),
            Piece::Argument(name) => {
                let _ = write!(out, "{{{name}}}");
            }
            Piece::Select(select) => out.push_str(&shown(&select.other)),
        }
    }
    out
}

//! What was changed of a thing, folded: when, by whom, which field, from what to what.

use std::collections::BTreeMap;

use app::revisions::{Change, names};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::ids::PersonId;
use domain::{Currency, Money};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use store::Tx;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;

/// Letters of a text that are shown around what was changed.
const AROUND: usize = 40;
/// Most letters of one text.
const LONGEST: usize = 400;

/// The changes of a thing, worded; shown where there are any.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/changes.html")]
pub(crate) struct Changes {
    t: Words,
    changes: Vec<Told>,
}

impl HtmlSafe for Changes {}

#[derive(Debug, Clone)]
struct Told {
    when: String,
    fields: Vec<Field>,
}

/// A field that was changed, worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// What the form calls it.
    pub(crate) name: String,
    /// As it was; empty where there was nothing.
    pub(crate) from: String,
    /// As it became; empty where nothing is there any more.
    pub(crate) to: String,
}

impl Changes {
    /// Words changes; `word` gives the name of a field and its value as people read it, or nothing for what is no matter
    /// of theirs. Who did it is for members. Nothing where nothing was changed.
    pub(crate) async fn of(
        tx: &mut Tx,
        t: Words,
        desk: &Desk,
        changes: &[Change],
        word: impl Fn(&str, &Value) -> Option<(String, String)>,
    ) -> Result<Option<Self>, WebError> {
        let names = if desk.is_member() { names(tx, changes).await? } else { BTreeMap::new() };
        Ok(Self::worded(t, &desk.place.collective.time_zone(), changes, &names, word))
    }

    /// The same outside of collectives, without who did it.
    pub(crate) fn plain(
        t: Words,
        zone: &TimeZone,
        changes: &[Change],
        word: impl Fn(&str, &Value) -> Option<(String, String)>,
    ) -> Option<Self> {
        Self::worded(t, zone, changes, &BTreeMap::new(), word)
    }

    fn worded(
        t: Words,
        zone: &TimeZone,
        changes: &[Change],
        names: &BTreeMap<PersonId, String>,
        word: impl Fn(&str, &Value) -> Option<(String, String)>,
    ) -> Option<Self> {
        let told = changes.iter().map(|change| Told {
            when: by(t, t.instant(change.at, zone), change.by, names),
            fields: change
                .fields
                .iter()
                .filter_map(|field| {
                    let (name, from) = word(&field.name, &field.from)?;
                    let (_, to) = word(&field.name, &field.to)?;
                    let (from, to) = around(&from, &to);
                    Some(Field { name, from, to })
                })
                .collect(),
        });
        let told: Vec<Told> = told.filter(|change| !change.fields.is_empty()).collect();
        (!told.is_empty()).then_some(Self { t, changes: told })
    }
}

fn by(t: Words, when: String, by: Option<PersonId>, names: &BTreeMap<PersonId, String>) -> String {
    match by.and_then(|person| names.get(&person)) {
        Some(name) => t.changes_by(t.person(name.as_str()), when),
        None => when,
    }
}

/// Two texts without what both begin and end with, where they are long.
fn around(from: &str, to: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if old.len().max(new.len()) <= LONGEST {
        return (from.to_owned(), to.to_owned());
    }
    let start = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other);
    let (start, end) = (start.saturating_sub(AROUND), end.count().saturating_sub(AROUND));
    let cut = |text: &[char]| {
        let last = text.len() - end;
        let shown = last.min(start + LONGEST);
        let before = if start > 0 { "… " } else { "" };
        let after = if shown < text.len() { " …" } else { "" };
        format!("{before}{}{after}", text[start..shown].iter().collect::<String>())
    };
    (cut(&old), cut(&new))
}

/// A text as it was kept.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A day as it was kept, in words.
pub(crate) fn day(t: Words, value: &Value) -> String {
    let day = value.as_str().and_then(|text| text.parse::<Date>().ok());
    day.map(|day| t.date(day)).unwrap_or_default()
}

/// An amount as it was kept, in words; empty where there was none.
pub(crate) fn amount(t: Words, currency: Currency, value: &Value) -> String {
    value.as_i64().map(|minor| t.money(Money::new(minor), currency)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_to_what_differs() {
        let (one, two) = around("court", "courte");
        assert_eq!((one.as_str(), two.as_str()), ("court", "courte"));
        let long = |middle: &str| format!("{}{middle}{}", "é".repeat(5_000), "z".repeat(5_000));
        let (one, two) = around(&long("AVANT"), &long("APRÈS"));
        assert!(one.contains("AVANT") && two.contains("APRÈS"));
        assert!(one.starts_with("… ") && one.ends_with(" …") && one.chars().count() < LONGEST + 10, "{one}");
        let (_, all) = around("", &"x".repeat(10_000));
        assert!(all.chars().count() <= LONGEST + 5);
        let (one, two) = around(&"a".repeat(900), &"a".repeat(901));
        assert!(one.chars().count() <= LONGEST + 5 && two.chars().count() <= LONGEST + 5);
    }
}

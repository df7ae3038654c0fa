//! What was changed of a thing that can be edited: each revision keeps the fields as they were before it.

use std::collections::BTreeMap;

use domain::ids::PersonId;
use jiff::Timestamp;
use serde_json::{Map, Value};
use store::Tx;
use uuid::Uuid;

/// Revisions that a page tells.
pub const MOST: u16 = 20;

/// One time that somebody changed something.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Who; nobody where it isn't known.
    pub by: Option<PersonId>,
    /// Which fields, from what to what.
    pub fields: Vec<Field>,
}

/// A field that was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// As it was.
    pub from: Value,
    /// As it became.
    pub to: Value,
}

/// What was changed of a thing, newest first, at most [`MOST`] times. `now`: its fields as they are.
pub async fn of(tx: &mut Tx, subject: Uuid, now: &Value) -> store::sqlx::Result<Vec<Change>> {
    let mut after = now.as_object().cloned().unwrap_or_default();
    let mut changes = Vec::new();
    for revision in store::revisions::of_subject(tx, subject, MOST).await? {
        let before: Map<String, Value> = serde_json::from_str(&revision.body).unwrap_or_default();
        let fields = differences(&before, &after);
        if !fields.is_empty() {
            changes.push(Change { at: revision.created_at, by: revision.actor, fields });
        }
        // A field that an older revision didn't keep is taken to have stayed as it was after.
        after.extend(before);
    }
    Ok(changes)
}

/// The names of those who changed something.
pub async fn names(tx: &mut Tx, changes: &[Change]) -> store::sqlx::Result<BTreeMap<PersonId, String>> {
    let mut names = BTreeMap::new();
    for person in changes.iter().filter_map(|change| change.by) {
        if names.contains_key(&person) {
            continue;
        }
        if let Some(row) = store::people::get(tx, person).await? {
            names.insert(person, row.name);
        }
    }
    Ok(names)
}

fn differences(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Field> {
    let changed = before.iter().filter_map(|(name, from)| {
        let to = after.get(name)?;
        (to != from).then(|| Field { name: name.clone(), from: from.clone(), to: to.clone() })
    });
    // In one order, whichever the map keeps.
    let mut fields: Vec<Field> = changed.collect();
    fields.sort_by(|one, other| one.name.cmp(&other.name));
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_and_was_kept_is_told() {
        let map = |value: Value| value.as_object().cloned().unwrap_or_default();
        let before = map(json!({ "title": "Salon", "summary": "Deux", "lines": [["Prix", 1, 2]] }));
        let after = map(json!({ "title": "Salon", "summary": "Trois", "lines": [["Prix", 1, 3]], "new": 1 }));
        let found = differences(&before, &after);
        let names: Vec<&str> = found.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["lines", "summary"]);
        assert_eq!((&found[1].from, &found[1].to), (&json!("Deux"), &json!("Trois")));
    }
}

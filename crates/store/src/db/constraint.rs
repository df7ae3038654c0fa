//! Named constraints: the same names on both databases.
//!
//! SQLite names a broken CHECK, but of a broken UNIQUE only the columns; the migrations tell the name.

use std::{collections::HashMap, sync::LazyLock};

use sqlx::{error::ErrorKind, sqlite::SqliteError};

use super::migrate::SQLITE;

/// From `account.pot, account.book, account.key` to `account_key_unique`.
static UNIQUE: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| SQLITE.iter().flat_map(|(_, _, sql)| uniques(sql)).collect());

/// Whether an error says that a CHECK or a UNIQUE of that name is broken. A primary key without a name is
/// `TABLE_pkey`. Foreign keys have no names on SQLite: check what is named before.
///
/// ```
/// # fn refuse(error: sqlx::Error) -> String {
/// if popote_store::violates(&error, "organisation_slug_unique") { "taken".into() } else { error.to_string() }
/// # }
/// ```
#[must_use]
pub fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let sqlx::Error::Database(error) = error else { return false };
    if error.try_downcast_ref::<SqliteError>().is_none() {
        return error.constraint() == Some(constraint);
    }
    match error.kind() {
        ErrorKind::CheckViolation => {
            error.message().strip_prefix("CHECK constraint failed: ") == Some(constraint)
        }
        ErrorKind::UniqueViolation => error
            .message()
            .strip_prefix("UNIQUE constraint failed: ")
            .and_then(|columns| UNIQUE.get(columns))
            .is_some_and(|name| name == constraint),
        _ => false,
    }
}

/// The unique constraints of a migration: the columns as SQLite names them, and the name.
fn uniques(sql: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut table = "";
    for line in sql.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.split([' ', '(']).next().unwrap_or_default();
        } else if let Some(rest) = line.strip_prefix("CREATE UNIQUE INDEX ") {
            if let Some((name, on)) = rest.split_once(" ON ")
                && let Some((table, columns)) = on.split_once('(')
            {
                found.extend(entry(table.trim(), columns, name));
            }
        } else if let Some(rest) = line.strip_prefix("CONSTRAINT ") {
            if let Some((name, columns)) = rest.split_once(" UNIQUE (") {
                found.extend(entry(table, columns, name));
            }
        } else if let Some(columns) = line.strip_prefix("PRIMARY KEY (") {
            found.extend(entry(table, columns, &format!("{table}_pkey")));
        } else if let Some((column, rest)) = line.split_once(' ')
            && rest.contains("PRIMARY KEY")
        {
            found.push((format!("{table}.{column}"), format!("{table}_pkey")));
        }
    }
    found
}

/// `columns` begins after the parenthesis that opens them.
fn entry(table: &str, columns: &str, name: &str) -> Option<(String, String)> {
    let (columns, _) = columns.split_once(')')?;
    let columns: Vec<String> =
        columns.split(',').map(|column| format!("{table}.{}", column.trim())).collect();
    Some((columns.join(", "), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::uniques;

    #[test]
    fn every_way_to_say_unique_is_read() {
        let sql = "CREATE TABLE pot (\n    id BLOB NOT NULL PRIMARY KEY,\n    slug TEXT,\n\
            \x20   CONSTRAINT pot_slug_unique UNIQUE (collective, slug),\n) STRICT;\n\
            CREATE TABLE rules (\n    collective BLOB,\n    PRIMARY KEY (collective, version)\n) STRICT;\n\
            CREATE INDEX rules_plain ON rules (body);\n\
            CREATE UNIQUE INDEX round_one_open ON round (pot) WHERE state <> 'closed';";
        let expected = [
            ("pot.id", "pot_pkey"),
            ("pot.collective, pot.slug", "pot_slug_unique"),
            ("rules.collective, rules.version", "rules_pkey"),
            ("round.pot", "round_one_open"),
        ];
        let expected: Vec<_> = expected.map(|(c, n)| (c.to_owned(), n.to_owned())).into();
        assert_eq!(uniques(sql), expected);
    }
}

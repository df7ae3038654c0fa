//! The unique indexes, keys and CHECKs of the database, compared with those of a schema that was made just now: what a
//! database refuses protects money as much as a trigger does.

use std::collections::BTreeSet;

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::OnceCell;

use super::plain;
use crate::{Tx, args, db::SQLITE_MIGRATIONS, fetch_all, row};

/// What PostgreSQL says of a schema made just now, a line each as [`Rule`] is written. A test compares it with one.
const POSTGRES: &str = include_str!("postgres.txt");

/// Something that the database refuses by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Rule {
    /// Its name, or `TABLE.COLUMN` where it has none.
    name: String,
    table: String,
    text: String,
}

row! {
    struct Object { name: String, on_table: String, made: String }
}

/// The names of the rules of this program that the database lacks, or has otherwise.
pub(super) async fn lacking(tx: &mut Tx) -> sqlx::Result<Vec<String>> {
    let (made, found) = if tx.is_postgres() {
        (POSTGRES.lines().filter_map(Rule::read).collect(), on_postgres(tx).await?)
    } else {
        let found = fetch_all(tx, OBJECTS, args![]).await?;
        (fresh().await?.clone(), on_sqlite(found))
    };
    let lacking = made.difference(&found).map(|rule| rule.name.clone());
    Ok(lacking.collect::<BTreeSet<_>>().into_iter().collect())
}

/// The list of PostgreSQL, as it would have to be for the database that is open: what the test compares, and writes anew.
pub(super) async fn listed(tx: &mut Tx) -> sqlx::Result<String> {
    let found = on_postgres(tx).await?;
    let mut rules: Vec<&Rule> = found.iter().collect();
    rules.sort_by_key(|rule| (&rule.table, &rule.name));
    Ok(rules.iter().map(|rule| format!("{}\t{}\t{}\n", rule.table, rule.name, rule.text)).collect())
}

impl Rule {
    /// A line of the list: table, name and text, between tabs.
    fn read(line: &str) -> Option<Self> {
        let mut cells = line.splitn(3, '\t').map(str::to_owned);
        Some(Self { table: cells.next()?, name: cells.next()?, text: cells.next()? })
    }
}

/// Primary keys, references, CHECKs, unique indexes and columns that are never empty. Constraints that don't hold for the
/// rows that are there say so in their text.
async fn on_postgres(tx: &mut Tx) -> sqlx::Result<BTreeSet<Rule>> {
    const SQL: &str = "SELECT CAST(c.conname AS TEXT) AS name, CAST(t.relname AS TEXT) AS on_table, \
          pg_get_constraintdef(c.oid, true) AS made \
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
        WHERE n.nspname = current_schema() AND c.contype IN ('c', 'u', 'p', 'f') \
        UNION ALL SELECT CAST(x.relname AS TEXT), CAST(t.relname AS TEXT), \
          pg_get_indexdef(i.indexrelid, 0, true) || CASE WHEN i.indisvalid THEN '' ELSE ' NOT VALID' END \
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
        JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = current_schema() AND i.indisunique \
        UNION ALL SELECT CAST(t.relname || '.' || a.attname AS TEXT), CAST(t.relname AS TEXT), 'NOT NULL' \
        FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
        WHERE n.nspname = current_schema() AND t.relkind = 'r' AND a.attnum > 0 AND a.attnotnull";
    let found: Vec<Object> = fetch_all(tx, SQL, args![]).await?;
    let rule = |found: Object| Rule { name: found.name, table: found.on_table, text: plain(&found.made) };
    // The table of the migrations is their library's.
    Ok(found.into_iter().map(rule).filter(|rule| rule.table != "popote_migration").collect())
}

const OBJECTS: &str = "SELECT name, tbl_name AS on_table, sql AS made FROM sqlite_schema \
    WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name";

/// The rules of a SQLite database that has every migration of this program and nothing else.
async fn fresh() -> sqlx::Result<&'static BTreeSet<Rule>> {
    static FRESH: OnceCell<BTreeSet<Rule>> = OnceCell::const_new();
    FRESH
        .get_or_try_init(|| async {
            let in_memory = SqliteConnectOptions::new().in_memory(true);
            let mut connection = SqliteConnection::connect_with(&in_memory).await?;
            for (_, _, sql) in SQLITE_MIGRATIONS {
                sqlx::raw_sql(*sql).execute(&mut connection).await?;
            }
            let found = sqlx::query_as(OBJECTS).fetch_all(&mut connection).await?;
            connection.close().await?;
            Ok(on_sqlite(found))
        })
        .await
}

/// Unique indexes, and what each table says of itself: a column or a constraint at a time.
fn on_sqlite(found: Vec<Object>) -> BTreeSet<Rule> {
    let mut rules = BTreeSet::new();
    for object in found {
        let made = plain(&without_comments(&object.made));
        if made.starts_with("CREATE UNIQUE INDEX") {
            rules.insert(Rule { name: object.name, table: object.on_table, text: made });
        } else if made.starts_with("CREATE TABLE") {
            let table = object.name;
            let named = |text: String| Rule { name: name_of(&table, &text), table: table.clone(), text };
            rules.extend(clauses(&made).into_iter().map(named));
        }
    }
    rules
}

/// The name of a clause of a table: that of its constraint, or of its column.
fn name_of(table: &str, clause: &str) -> String {
    match clause.split_once("CONSTRAINT ") {
        Some((_, named)) => named.split(' ').next().unwrap_or_default().to_owned(),
        None => format!("{table}.{}", clause.split(' ').next().unwrap_or_default()),
    }
}

/// The text of a table without what follows `--` on a line.
fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_once("--").map_or(line, |(before, _)| before));
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands between the commas inside the parentheses of a table's text.
fn clauses(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut clause) = (0_u32, false, String::new());
    let mut clauses = Vec::new();
    for c in text.chars() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_outer = (depth == 1 && c == '(') || depth == 0;
        if is_outer || (depth == 1 && c == ',' && !quoted) {
            // After the last parenthesis, and before the first one, nothing is said of a column.
            if depth > 0 || c == ')' {
                clauses.push(plain(&clause));
            }
            clause.clear();
        } else {
            clause.push(c);
        }
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn object(name: &str, made: &str) -> Object {
        Object { name: name.to_owned(), on_table: "kept".to_owned(), made: made.to_owned() }
    }

    #[test]
    fn a_table_is_read_a_clause_at_a_time() {
        let made = "CREATE TABLE kept (\n    id BLOB NOT NULL PRIMARY KEY,\n    -- Its number, it's from 1.\n    \
            n INTEGER DEFAULT 0 CONSTRAINT kept_n CHECK (n IN (0, 1)), word TEXT,\n    \
            CONSTRAINT kept_word CHECK (word <> 'a, b(' AND n > 0),\n    PRIMARY KEY (id, n)\n) STRICT";
        let names: Vec<(String, String)> =
            on_sqlite(vec![object("kept", made)]).into_iter().map(|rule| (rule.name, rule.text)).collect();
        let told = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            names,
            [
                told("kept.PRIMARY", "PRIMARY KEY (id, n)"),
                told("kept.id", "id BLOB NOT NULL PRIMARY KEY"),
                told("kept.word", "word TEXT"),
                told("kept_n", "n INTEGER DEFAULT 0 CONSTRAINT kept_n CHECK (n IN (0, 1))"),
                told("kept_word", "CONSTRAINT kept_word CHECK (word <> 'a, b(' AND n > 0)"),
            ]
        );
    }

    #[tokio::test]
    async fn what_guards_money_is_in_a_fresh_schema_of_both() {
        let listed: HashMap<String, Rule> =
            POSTGRES.lines().filter_map(Rule::read).map(|rule| (rule.name.clone(), rule)).collect();
        let fresh = fresh().await.unwrap();
        for name in ["posting_reversed_once", "payment_once", "account_not_below", "transfer_amount_positive"]
        {
            assert!(fresh.iter().any(|rule| rule.name == name), "{name} on SQLite");
            assert!(listed.contains_key(name), "{name} on PostgreSQL");
        }
        // Each name that SQLite knows is known to PostgreSQL, so that one list can't fall behind the other.
        let named = fresh.iter().filter(|rule| !rule.name.contains('.'));
        let lost: Vec<&str> =
            named.filter(|rule| !listed.contains_key(&rule.name)).map(|rule| rule.name.as_str()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}

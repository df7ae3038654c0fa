//! The triggers that keep the journal append-only, compared with those that the migrations make: their table, their
//! whole text, what they call, and whether they fire; and, in `schema`, what else the database refuses by itself.

mod schema;

use crate::{Tx, args, db::SQLITE_MIGRATIONS, fetch_all, row};

/// The triggers of PostgreSQL, as it words them, and the function that each calls.
const POSTGRES: [(&str, &str); 4] = [
    (
        "posting_no_change",
        "CREATE TRIGGER posting_no_change BEFORE DELETE OR UPDATE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ),
    (
        "posting_no_truncate",
        "CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ),
    (
        "transfer_no_change",
        "CREATE TRIGGER transfer_no_change BEFORE DELETE OR UPDATE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ),
    (
        "transfer_no_truncate",
        "CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ),
];
/// That function: its language, nothing set for it, and its body.
const REFUSE_CHANGE: &str = "plpgsql BEGIN \
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END";

row! {
    struct Trigger { name: String, on_table: String, made: String, fires: bool }
}

/// What stands around the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Triggers that keep the journal append-only and are missing, off, or not as this program made them.
    pub missing: Vec<String>,
    /// Triggers, and rules of PostgreSQL, that this program never made, whatever their name: they could change what is
    /// written.
    pub foreign: Vec<String>,
    /// Unique indexes, keys, CHECKs and columns that are missing, or not as this program made them: without them the
    /// database takes what it should refuse.
    pub unguarded: Vec<String>,
}

impl Guard {
    /// Whether all is as this program made it.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.missing.is_empty() && self.foreign.is_empty() && self.unguarded.is_empty()
    }
}

/// A trigger as this program makes it.
#[derive(Debug, PartialEq, Eq)]
struct Made {
    name: String,
    on_table: String,
    text: String,
}

impl Made {
    fn is(&self, found: &Trigger) -> bool {
        self.name == found.name && self.on_table == found.on_table && self.text == plain(&found.made)
    }
}

/// Compares the triggers of the database, its unique indexes and its constraints with those that this program makes.
pub async fn look(tx: &mut Tx) -> sqlx::Result<Guard> {
    const FOUND_POSTGRES: &str = "SELECT CAST(t.tgname AS TEXT) AS name, CAST(c.relname AS TEXT) AS on_table, \
        pg_get_triggerdef(t.oid, true) || ' ' || l.lanname || COALESCE(array_to_string(p.proconfig, ','), '') || ' ' \
          || COALESCE(p.prosrc, '') AS made, \
        CAST(CASE WHEN t.tgenabled IN ('O', 'A') THEN 1 ELSE 0 END AS BIGINT) AS fires \
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
        JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang \
        WHERE NOT t.tgisinternal AND n.nspname = current_schema() \
        UNION ALL SELECT CAST(r.rulename AS TEXT), CAST(r.tablename AS TEXT), r.definition, CAST(1 AS BIGINT) \
        FROM pg_rules r WHERE r.schemaname = current_schema() ORDER BY name, on_table LIMIT 1000";
    const FOUND_SQLITE: &str = "SELECT name, tbl_name AS on_table, COALESCE(sql, '') AS made, 1 AS fires \
        FROM sqlite_schema WHERE type = 'trigger' ORDER BY name LIMIT 1000";
    let (sql, made) =
        if tx.is_postgres() { (FOUND_POSTGRES, on_postgres()) } else { (FOUND_SQLITE, on_sqlite()) };
    let found: Vec<Trigger> = fetch_all(tx, sql, args![]).await?;
    let stands = |one: &&Made| found.iter().any(|found| found.fires && one.is(found));
    Ok(Guard {
        unguarded: schema::lacking(tx).await?,
        missing: made.iter().filter(|one| !stands(one)).map(|one| one.name.clone()).collect(),
        foreign: found
            .iter()
            .filter(|found| !made.iter().any(|one| one.is(found)))
            .map(|found| found.name.clone())
            .collect(),
    })
}

/// What PostgreSQL refuses by itself, in the form of the list that this program compares it with.
#[doc(hidden)]
pub async fn listed(tx: &mut Tx) -> sqlx::Result<String> {
    schema::listed(tx).await
}

fn on_postgres() -> Vec<Made> {
    let made = |(name, text): &(&str, &str)| Made {
        name: (*name).to_owned(),
        on_table: table(text),
        text: format!("{text} {REFUSE_CHANGE}"),
    };
    POSTGRES.iter().map(made).collect()
}

/// The triggers of the migrations: SQLite keeps the text with which each was made.
fn on_sqlite() -> Vec<Made> {
    let mut made = Vec::new();
    for (_, _, sql) in SQLITE_MIGRATIONS {
        for piece in sql.split("CREATE TRIGGER ").skip(1) {
            let Some((text, _)) = piece.split_once("\nEND;") else { continue };
            let text = plain(&format!("CREATE TRIGGER {text} END"));
            let name = text.split(' ').nth(2).unwrap_or_default().to_owned();
            made.push(Made { name, on_table: table(&text), text });
        }
    }
    made
}

/// The table of a trigger: what follows the first ` ON `.
fn table(text: &str) -> String {
    let on = text.split_once(" ON ").map(|(_, on)| on).unwrap_or_default();
    on.split(' ').next().unwrap_or_default().to_owned()
}

/// A text whose blanks are one space each.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triggers_of_the_migrations_are_read_whole() {
        let names: Vec<_> = on_sqlite().into_iter().map(|one| (one.name, one.on_table)).collect();
        let of = |table: &str, what: &str| (format!("{table}_no_{what}"), table.to_owned());
        let posting = [of("posting", "update"), of("posting", "delete")];
        let transfer = [of("transfer", "update"), of("transfer", "delete")];
        let replaced = [of("posting", "replace"), of("transfer", "replace")];
        assert_eq!(names, [posting, transfer, replaced].concat());
        for one in on_sqlite() {
            assert!(one.text.contains(" SELECT RAISE(ABORT, '"), "{one:?}");
            assert!(one.text.ends_with("; END") && one.name.starts_with(&one.on_table), "{one:?}");
        }
        assert!(on_postgres().iter().all(|one| one.name.starts_with(&one.on_table)));
    }
}

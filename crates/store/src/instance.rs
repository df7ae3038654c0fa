//! Facts of the instance: names with a text each.

use crate::{Tx, args, execute, fetch_all, fetch_optional_value, fetch_value, row};

/// The text under a name.
pub async fn get(tx: &mut Tx, name: &str) -> sqlx::Result<Option<String>> {
    fetch_optional_value(tx, "SELECT value FROM instance WHERE name = $1", args![name]).await
}

/// Writes a text under a name that has none; whether it had none.
pub async fn insert(tx: &mut Tx, name: &str, value: &str) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    Ok(execute(tx, SQL, args![name, value]).await? == 1)
}

/// Removes a name.
pub async fn remove(tx: &mut Tx, name: &str) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM instance WHERE name = $1", args![name]).await.map(drop)
}

/// Writes a text under a name, whatever stood there.
pub async fn put(tx: &mut Tx, name: &str, value: &str) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO instance (name, value) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    execute(tx, SQL, args![name, value]).await.map(drop)
}

/// Whether the role that serves could take the journal's triggers away: on PostgreSQL, if it owns the tables. On SQLite
/// whoever can write the file can.
pub async fn owns_journal(tx: &mut Tx) -> sqlx::Result<bool> {
    if !tx.is_postgres() {
        return Ok(true);
    }
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_tables \
        WHERE tablename IN ('posting', 'transfer') AND tableowner = current_user AND schemaname = current_schema()";
    Ok(fetch_value::<i64>(tx, SQL, args![]).await? > 0)
}

/// The triggers that keep the journal append-only, on PostgreSQL.
const POSTGRES_GUARDS: [&str; 4] =
    ["posting_no_change", "posting_no_truncate", "transfer_no_change", "transfer_no_truncate"];
/// The same on SQLite.
const SQLITE_GUARDS: [&str; 6] = [
    "posting_no_update",
    "posting_no_delete",
    "posting_no_replace",
    "transfer_no_update",
    "transfer_no_delete",
    "transfer_no_replace",
];

row! {
    struct Trigger { name: String, guards: bool }
}

/// What stands around the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Triggers that keep the journal append-only and are missing or off.
    pub missing: Vec<String>,
    /// Triggers that this program never made: they could change what is written.
    pub foreign: Vec<String>,
}

impl Guard {
    /// Whether all is as this program made it.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.missing.is_empty() && self.foreign.is_empty()
    }
}

/// Compares the triggers of the database with those that this program makes.
pub async fn guard(tx: &mut Tx) -> sqlx::Result<Guard> {
    const POSTGRES: &str = "SELECT CAST(t.tgname AS TEXT) AS name, CAST(CASE WHEN t.tgenabled IN ('O', 'A') THEN 1 ELSE 0 END AS BIGINT) AS guards \
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE NOT t.tgisinternal AND n.nspname = current_schema() ORDER BY t.tgname LIMIT 1000";
    const SQLITE: &str = "SELECT name, COALESCE(sql LIKE '%RAISE(ABORT%', 0) AS guards FROM sqlite_schema \
        WHERE type = 'trigger' ORDER BY name LIMIT 1000";
    let (sql, known): (&str, &[&str]) =
        if tx.is_postgres() { (POSTGRES, &POSTGRES_GUARDS) } else { (SQLITE, &SQLITE_GUARDS) };
    let found: Vec<Trigger> = fetch_all(tx, sql, args![]).await?;
    let stands = |name: &&&str| found.iter().any(|one| one.guards && one.name == **name);
    Ok(Guard {
        missing: known.iter().filter(|name| !stands(name)).map(|name| (*name).to_owned()).collect(),
        foreign: found
            .iter()
            .filter(|one| !known.contains(&one.name.as_str()))
            .map(|one| one.name.clone())
            .collect(),
    })
}

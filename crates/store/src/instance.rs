//! Facts of the instance: names with a text each.

use crate::{Tx, args, execute, fetch_optional_value, fetch_value};

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

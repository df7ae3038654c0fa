//! Facts of the instance: names with a text each.

use crate::{Tx, args, execute, fetch_optional_value};

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

//! The tables of a database and their columns, as the database itself lists them: for what goes through all of it.

use super::{query::fetch_text, tx::Tx};
use crate::{args, fetch_all, row};

row! {
    /// A column of a table.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TableColumn {
        /// The table.
        pub on_table: String,
        /// The column.
        pub name: String,
        /// What it holds: `integer`, `text`, `id` or `bytes`; SQLite doesn't tell ids from bytes.
        pub holds: String,
    }
}

/// The columns of all tables of this program, by table, in their order there.
pub(super) async fn columns(tx: &mut Tx) -> sqlx::Result<Vec<TableColumn>> {
    const SQLITE: &str = "SELECT m.name AS on_table, c.name, CASE c.type WHEN 'INTEGER' THEN 'integer' \
        WHEN 'TEXT' THEN 'text' ELSE 'bytes' END AS holds FROM sqlite_master m JOIN pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'popote_migration' ORDER BY m.name, c.cid";
    const POSTGRES: &str = "SELECT CAST(c.table_name AS TEXT) AS on_table, CAST(c.column_name AS TEXT) AS name, \
        CASE c.data_type WHEN 'bigint' THEN 'integer' WHEN 'text' THEN 'text' WHEN 'uuid' THEN 'id' ELSE 'bytes' END \
        AS holds FROM information_schema.columns c JOIN information_schema.tables t \
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
        AND c.table_name <> 'popote_migration' ORDER BY c.table_name, c.ordinal_position";
    let sql = if tx.is_postgres() { POSTGRES } else { SQLITE };
    fetch_all(tx, sql, args![]).await
}

/// The columns of text in which something stands, whatever its case, each as `TABLE.COLUMN` with how many rows say it. It
/// reads every table.
pub async fn mentions(tx: &mut Tx, what: &str) -> sqlx::Result<Vec<(String, i64)>> {
    row! { struct Count { found: i64 } }
    let mut found = Vec::new();
    let place = if tx.is_postgres() { "STRPOS" } else { "INSTR" };
    for TableColumn { on_table, name, .. } in
        columns(tx).await?.into_iter().filter(|column| column.holds == "text")
    {
        let sql = format!(
            "SELECT COUNT(*) AS found FROM \"{on_table}\" WHERE {place}(LOWER(\"{name}\"), LOWER($1)) > 0"
        );
        let counts: Vec<Count> = fetch_text(tx, sql, args![what]).await?;
        found.extend(
            counts
                .into_iter()
                .filter(|one| one.found > 0)
                .map(|one| (format!("{on_table}.{name}"), one.found)),
        );
    }
    Ok(found)
}

//! A database of SQLite put, row by row, into an empty one of PostgreSQL.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Command, WriteError, args, fetch_all, row};

use super::{
    Db,
    backup::{BackupError, refuse_if_used},
    catalogue::{TableColumn, columns},
    cells::Cells,
    column::Arg,
    open::{Address, Options},
    query::{execute_text, fetch_text, insert_text},
    tx::Tx,
};

/// How many rows go at once.
const ROWS: usize = 500;
/// Bytes of files go one by one: each may be long.
const LONG: &str = "file_content";
/// What the migrations write into a new database, and the old one brings itself.
const OWN: &str = "instance";

/// What was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// How many tables have rows.
    pub tables: usize,
    /// How many rows in all.
    pub rows: u64,
}

/// Puts the database of SQLite at `from` into the one of PostgreSQL at `to`, in one transaction: all of it or nothing. The
/// old one is brought up to this program's schema, and is left as it is otherwise. Errors: [`BackupError`]: it is in use
/// or missing; the new one holds something.
pub async fn move_over(from: &str, to: &str) -> Result<Moved, BackupError> {
    let path = match from.parse()? {
        Address::File(path) => path,
        Address::Temporary => return Err(BackupError::Temporary),
        Address::Postgres(_) => return Err(BackupError::OneWay),
    };
    let Address::Postgres(_) = to.parse()? else { return Err(BackupError::OneWay) };
    if !path.exists() {
        return Err(BackupError::Missing(path));
    }
    refuse_if_used(&path).await?;
    let source = Db::open(from, &Options::default()).await?;
    let moved = into(&source, to).await;
    source.close().await;
    moved
}

async fn into(source: &Db, to: &str) -> Result<Moved, BackupError> {
    let target = Db::open(to, &Options::default()).await?;
    let moved = target.write_alone(Move { source: source.clone() }).await;
    target.close().await;
    moved.map_err(|stop| match stop {
        Stop::NotEmpty => BackupError::NotEmpty,
        Stop::Sql(error) => BackupError::Sql(error),
        Stop::Write(error) => BackupError::Sql(sqlx::Error::Protocol(error.to_string())),
    })
}

struct Move {
    source: Db,
}

/// Why nothing was moved.
enum Stop {
    NotEmpty,
    Sql(sqlx::Error),
    Write(WriteError),
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<WriteError> for Stop {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl Command for Move {
    type Done = Moved;
    type Error = Stop;

    async fn run(&self, tx: &mut Tx) -> Result<Moved, Stop> {
        let mut source = self.source.read().await?;
        let order = order(&mut source).await?;
        let keys = keys(&mut source).await?;
        let mut tables: BTreeMap<String, Vec<TableColumn>> = BTreeMap::new();
        for column in columns(tx).await? {
            tables.entry(column.on_table.clone()).or_default().push(column);
        }
        for table in tables.keys().filter(|table| *table != OWN) {
            if count(tx, table).await? > 0 {
                return Err(Stop::NotEmpty);
            }
        }
        execute_text(tx, format!("DELETE FROM \"{OWN}\"")).await?;
        // A row may point to a later one of its own table: that is looked at when all are there.
        let within = within(tx).await?;
        for Within { on_table, name } in &within {
            let late = "DEFERRABLE INITIALLY DEFERRED";
            execute_text(tx, format!("ALTER TABLE \"{on_table}\" ALTER CONSTRAINT \"{name}\" {late}"))
                .await?;
        }
        let mut moved = Moved { tables: 0, rows: 0 };
        for table in &order {
            let (Some(columns), Some(key)) = (tables.get(table), keys.get(table)) else {
                return Err(sqlx::Error::Protocol(format!("the new database has no table {table}")).into());
            };
            let rows = copy(&mut source, tx, (table, columns, key)).await?;
            moved.tables += usize::from(rows > 0);
            moved.rows += rows;
        }
        execute_text(tx, "SET CONSTRAINTS ALL IMMEDIATE".to_owned()).await?;
        for Within { on_table, name } in &within {
            let sql = format!("ALTER TABLE \"{on_table}\" ALTER CONSTRAINT \"{name}\" NOT DEFERRABLE");
            execute_text(tx, sql).await?;
        }
        Ok(moved)
    }
}

async fn count(tx: &mut Tx, table: &str) -> sqlx::Result<i64> {
    row! { struct Count { found: i64 } }
    let sql = format!("SELECT COUNT(*) AS found FROM (SELECT 1 FROM \"{table}\" LIMIT 1) AS one");
    let counts: Vec<Count> = fetch_text(tx, sql, Vec::new()).await?;
    Ok(counts.first().map_or(0, |one| one.found))
}

row! {
    struct Within { on_table: String, name: String }
}

/// The foreign keys by which the rows of a table point to others of the same.
async fn within(tx: &mut Tx) -> sqlx::Result<Vec<Within>> {
    const SQL: &str = "SELECT CAST(c.relname AS TEXT) AS on_table, CAST(k.conname AS TEXT) AS name \
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE k.contype = 'f' AND k.conrelid = k.confrelid AND n.nspname = current_schema() ORDER BY 1, 2";
    fetch_all(tx, SQL, args![]).await
}

/// Copies the rows of a table in the order of its key.
async fn copy(
    source: &mut Tx,
    tx: &mut Tx,
    (table, columns, key): (&str, &[TableColumn], &[String]),
) -> sqlx::Result<u64> {
    let quoted =
        |names: &[&str]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let key_names: Vec<&str> = key.iter().map(String::as_str).collect();
    let (list, key_list) = (quoted(&names), quoted(&key_names));
    let places: Vec<usize> =
        key.iter().filter_map(|name| names.iter().position(|column| column == name)).collect();
    let marks: Vec<String> = (1..=key.len()).map(|place| format!("?{place}")).collect();
    let limit = if table == LONG { 1 } else { ROWS };
    let page = format!("ORDER BY {key_list} LIMIT {limit}");
    let first = format!("SELECT {list} FROM \"{table}\" {page}");
    let next = format!("SELECT {list} FROM \"{table}\" WHERE ({key_list}) > ({}) {page}", marks.join(", "));
    let into = format!("\"{table}\" ({list})");
    let (mut after, mut copied): (Option<Vec<Arg>>, u64) = (None, 0);
    loop {
        let rows: Vec<Cells> = match &after {
            None => fetch_text(source, first.clone(), Vec::new()).await?,
            Some(last) => fetch_text(source, next.clone(), last.clone()).await?,
        };
        let Some(last) = rows.last() else { return Ok(copied) };
        after = Some(
            places.iter().filter_map(|place| last.0.get(*place)).map(|(_, cell)| cell.clone()).collect(),
        );
        let mut values = Vec::with_capacity(rows.len() * columns.len());
        for Cells(row) in rows {
            for ((_, cell), column) in row.into_iter().zip(columns) {
                values.push(of_type(cell, &column.holds));
            }
        }
        copied += insert_text(tx, &into, columns.len(), values).await?;
    }
}

/// A cell as its column has it: SQLite knows no ids, and no type of a NULL.
fn of_type(cell: Arg, holds: &str) -> Arg {
    match (holds, cell) {
        ("integer", Arg::I64(number)) => Arg::I64(number),
        ("integer", _) => Arg::I64(None),
        ("text", Arg::Text(text)) => Arg::Text(text),
        ("text", _) => Arg::Text(None),
        ("id", Arg::Uuid(id)) => Arg::Uuid(id),
        ("id", _) => Arg::Uuid(None),
        (_, Arg::Uuid(id)) => Arg::Blob(id.map(|id| id.as_bytes().to_vec())),
        (_, Arg::Blob(bytes)) => Arg::Blob(bytes),
        (_, _) => Arg::Blob(None),
    }
}

/// The tables in an order in which each comes after those that it points to.
async fn order(source: &mut Tx) -> sqlx::Result<Vec<String>> {
    row! { struct Reference { on_table: String, to_table: String } }
    const REFERENCES: &str = "SELECT m.name AS on_table, f.\"table\" AS to_table FROM sqlite_master m \
        JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" <> m.name";
    let references: Vec<Reference> = fetch_all(source, REFERENCES, args![]).await?;
    let mut left: BTreeSet<String> =
        columns(source).await?.into_iter().map(|column| column.on_table).collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &String| {
            references.iter().any(|one| one.on_table == *table && left.contains(&one.to_table))
        };
        let ready: Vec<String> = left.iter().filter(|table| !waits(table)).cloned().collect();
        if ready.is_empty() {
            return Err(sqlx::Error::Protocol("tables point to each other".to_owned()));
        }
        for table in ready {
            left.remove(&table);
            order.push(table);
        }
    }
    Ok(order)
}

/// The columns of the key of each table of SQLite.
async fn keys(source: &mut Tx) -> sqlx::Result<BTreeMap<String, Vec<String>>> {
    row! { struct Part { on_table: String, name: String } }
    const KEYS: &str = "SELECT m.name AS on_table, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND c.pk > 0 ORDER BY m.name, c.pk";
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Part { on_table, name } in fetch_all::<Part>(source, KEYS, args![]).await? {
        keys.entry(on_table).or_default().push(name);
    }
    Ok(keys)
}

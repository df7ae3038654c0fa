//! Rows whose columns are known only when they are read: for files that hold all of somebody's rows, and for what goes
//! through every table.

use sqlx::{
    Column as _, Error, FromRow, Row as _, TypeInfo as _, ValueRef as _, postgres::PgRow, sqlite::SqliteRow,
};

use super::column::Arg;

/// A row as it stands: each column by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells(pub Vec<(String, Arg)>);

fn unknown(index: usize, kind: &str) -> Error {
    Error::ColumnDecode { index: index.to_string(), source: format!("no column is a {kind}").into() }
}

impl FromRow<'_, SqliteRow> for Cells {
    /// An id is told from other bytes by its length alone: there is no type for it.
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let cell = |(index, column): (usize, &sqlx::sqlite::SqliteColumn)| {
            let value = row.try_get_raw(index)?;
            let value = match value.type_info().name() {
                _ if value.is_null() => Arg::Text(None),
                "INTEGER" => Arg::I64(Some(row.try_get(index)?)),
                "TEXT" => Arg::Text(Some(row.try_get(index)?)),
                "BLOB" => {
                    let bytes: Vec<u8> = row.try_get(index)?;
                    match <[u8; 16]>::try_from(bytes.as_slice()) {
                        Ok(id) => Arg::Uuid(Some(uuid::Uuid::from_bytes(id))),
                        Err(_) => Arg::Blob(Some(bytes)),
                    }
                }
                other => return Err(unknown(index, other)),
            };
            Ok((column.name().to_owned(), value))
        };
        row.columns().iter().enumerate().map(cell).collect::<sqlx::Result<_>>().map(Self)
    }
}

impl FromRow<'_, PgRow> for Cells {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let cell = |(index, column): (usize, &sqlx::postgres::PgColumn)| {
            let value = match column.type_info().name() {
                "INT8" => Arg::I64(row.try_get(index)?),
                "TEXT" => Arg::Text(row.try_get(index)?),
                "UUID" => Arg::Uuid(row.try_get(index)?),
                "BYTEA" => Arg::Blob(row.try_get(index)?),
                other => return Err(unknown(index, other)),
            };
            Ok((column.name().to_owned(), value))
        };
        row.columns().iter().enumerate().map(cell).collect::<sqlx::Result<_>>().map(Self)
    }
}

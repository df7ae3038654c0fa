//! Whether anything was written since: by this process or another, to any table.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::SqlitePool;

use super::{pools::Pools, query::fetch_value, tx::Tx};

/// A state of the database. As long as [`Db::moment`](super::Db::moment) answers the same, every table reads as it did.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment(String);

/// SQLite tells a connection how often others wrote. The numbers of one connection say nothing about another's, so
/// that one connection alone is asked, and each that had to take its place is told apart.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) pool: SqlitePool,
    pub(super) connections: std::sync::Arc<AtomicU64>,
}

impl Pools {
    /// The present state. Errors: no connection.
    pub(super) async fn moment(&self) -> sqlx::Result<Moment> {
        match self {
            Self::Sqlite { watch, .. } => {
                let mut tx: Tx = watch.pool.acquire().await?.into();
                let connection = watch.connections.load(Ordering::SeqCst);
                // https://www.sqlite.org/pragma.html#pragma_data_version
                let written: i64 = fetch_value(&mut tx, "PRAGMA data_version", Vec::new()).await?;
                Ok(Moment(format!("{connection}.{written}")))
            }
            Self::Postgres { .. } => {
                // Which transactions a reader sees: the same text, the same rows. Other databases of the server move it
                // too, which costs a page and misleads nobody.
                const SEEN: &str = "SELECT CAST(pg_current_snapshot() AS TEXT)";
                Ok(Moment(fetch_value(&mut self.single_read().await?, SEEN, Vec::new()).await?))
            }
        }
    }
}

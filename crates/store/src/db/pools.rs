//! The connections to a database.

use sqlx::{PgPool, SqlitePool};

use super::{moment::Watch, tx::Tx};

/// The pools of connections.
#[derive(Debug)]
pub(super) enum Pools {
    /// SQLite: one connection that writes, some that only read, one that only looks whether something was written.
    Sqlite { write: SqlitePool, read: SqlitePool, watch: Watch },
    /// PostgreSQL: as many that write as that read, so that pages that keep a read open can't stop the writers.
    Postgres { write: PgPool, read: PgPool },
}

impl Pools {
    /// Begins a transaction that writes. SQLite takes its write lock at once.
    pub(super) async fn begin_write(&self) -> sqlx::Result<Tx> {
        match self {
            Self::Sqlite { write, .. } => Ok(write.begin_with("BEGIN IMMEDIATE").await?.into()),
            Self::Postgres { write, .. } => {
                Ok(write.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?.into())
            }
        }
    }

    /// Begins a transaction that sees one state of the database and can't write.
    pub(super) async fn begin_read(&self) -> sqlx::Result<Tx> {
        match self {
            Self::Sqlite { read, .. } => Ok(read.begin_with("BEGIN").await?.into()),
            Self::Postgres { read, .. } => {
                Ok(read.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?.into())
            }
        }
    }

    /// A connection for one statement that reads.
    pub(super) async fn single_read(&self) -> sqlx::Result<Tx> {
        match self {
            Self::Sqlite { read, .. } => Ok(read.acquire().await?.into()),
            Self::Postgres { read, .. } => Ok(read.acquire().await?.into()),
        }
    }

    /// Closes the readers first: the connection that writes folds the log into the file.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { write, read, watch } => {
                watch.pool.close().await;
                read.close().await;
                write.close().await;
            }
            Self::Postgres { write, read } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

//! A transaction on either database.

use sqlx::{Database, Error, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::fault::Fault;

/// An open transaction. Dropped without a commit it is rolled back; only `Db::write` commits.
///
/// After a statement has failed, every further statement is refused, on SQLite as on PostgreSQL: a command
/// that meets an error can only end. Where a conflict is expected, say so in SQL (`ON CONFLICT … DO NOTHING`).
pub enum Tx {
    /// On SQLite.
    Sqlite(Guarded<Sqlite>),
    /// On PostgreSQL.
    Postgres(Guarded<Postgres>),
}

/// A transaction of one driver, which remembers that a statement failed.
pub struct Guarded<DB: Database> {
    inner: Transaction<'static, DB>,
    fault: Option<Fault>,
}

impl<DB: Database> Guarded<DB> {
    pub(super) fn new(inner: Transaction<'static, DB>) -> Self {
        Self { inner, fault: None }
    }

    /// The connection, unless a statement has failed. For the macro [`on!`](crate::on).
    #[doc(hidden)]
    pub fn connection(&mut self) -> sqlx::Result<&mut DB::Connection> {
        if self.fault.is_some() {
            return Err(Error::InvalidArgument("a statement of this transaction has failed".to_owned()));
        }
        Ok(&mut self.inner)
    }
}

impl From<Transaction<'static, Sqlite>> for Tx {
    fn from(inner: Transaction<'static, Sqlite>) -> Self {
        Self::Sqlite(Guarded::new(inner))
    }
}

impl From<Transaction<'static, Postgres>> for Tx {
    fn from(inner: Transaction<'static, Postgres>) -> Self {
        Self::Postgres(Guarded::new(inner))
    }
}

impl Tx {
    /// Whether this is PostgreSQL, for the few queries that differ (full-text search).
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Remembers a failed statement. For the macro [`on!`](crate::on).
    #[doc(hidden)]
    pub fn noted<T>(&mut self, result: sqlx::Result<T>) -> sqlx::Result<T> {
        if let Err(error) = &result
            && let Some(fault) = Fault::of(error)
        {
            self.set_fault(fault);
        }
        result
    }

    fn set_fault(&mut self, fault: Fault) {
        let slot = match self {
            Self::Sqlite(tx) => &mut tx.fault,
            Self::Postgres(tx) => &mut tx.fault,
        };
        slot.get_or_insert(fault);
    }

    /// The first fault since the last savepoint.
    pub(super) const fn fault(&self) -> Option<Fault> {
        match self {
            Self::Sqlite(tx) => tx.fault,
            Self::Postgres(tx) => tx.fault,
        }
    }

    /// Runs statements that move savepoints or set the transaction up, even after a fault.
    pub(super) async fn control(&mut self, sql: &'static str) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut *tx.inner).await.map(drop),
            Self::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut *tx.inner).await.map(drop),
        }
    }

    /// Takes back what was done since the savepoint, and with it the fault.
    pub(super) async fn undo(&mut self, sql: &'static str) -> sqlx::Result<()> {
        self.control(sql).await?;
        match self {
            Self::Sqlite(tx) => tx.fault = None,
            Self::Postgres(tx) => tx.fault = None,
        }
        Ok(())
    }

    pub(super) async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.inner.commit().await,
            Self::Postgres(tx) => tx.inner.commit().await,
        }
    }

    /// Rolls back. A failure needs no care: the pool closes a connection that is still in a transaction.
    pub(super) async fn rollback(self) {
        let result = match self {
            Self::Sqlite(tx) => tx.inner.rollback().await,
            Self::Postgres(tx) => tx.inner.rollback().await,
        };
        if let Err(error) = result {
            tracing::debug!(%error, "a rollback failed");
        }
    }

    pub(super) fn sqlite(&mut self) -> Option<&mut SqliteConnection> {
        match self {
            Self::Sqlite(tx) => Some(&mut tx.inner),
            Self::Postgres(_) => None,
        }
    }

    pub(super) fn postgres(&mut self) -> Option<&mut PgConnection> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(tx) => Some(&mut tx.inner),
        }
    }
}

/// `on!(tx, c => expression)`: one expression of type `sqlx::Result<T>`, compiled for both drivers, where `c` is
/// the connection. A failure is remembered by the transaction. Prefer [`fetch_all`](crate::fetch_all) and its like.
#[macro_export]
macro_rules! on {
    ($tx:expr, $c:ident => $query:expr) => {{
        let tx: &mut $crate::Tx = &mut *$tx;
        let result = match tx {
            $crate::Tx::Sqlite(open) => match open.connection() {
                Ok($c) => $query,
                Err(error) => Err(error),
            },
            $crate::Tx::Postgres(open) => match open.connection() {
                Ok($c) => $query,
                Err(error) => Err(error),
            },
        };
        tx.noted(result)
    }};
}

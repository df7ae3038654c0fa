//! A transaction on either database.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sqlx::{
    Database, Error, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection,
};

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
    inner: Inner<DB>,
    fault: Option<Fault>,
    /// Whether the one statement of a connection without a transaction was asked.
    is_spent: bool,
    /// Where each statement is counted.
    counter: Option<Arc<AtomicU64>>,
}

/// What statements go to.
enum Inner<DB: Database> {
    Transaction(Transaction<'static, DB>),
    /// A connection without a transaction, for one statement that reads.
    Single(PoolConnection<DB>),
}

impl<DB: Database> Inner<DB> {
    fn connection(&mut self) -> &mut DB::Connection {
        match self {
            Self::Transaction(transaction) => transaction,
            Self::Single(connection) => connection,
        }
    }

    async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Transaction(transaction) => transaction.commit().await,
            Self::Single(_) => Ok(()),
        }
    }

    async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Transaction(transaction) => transaction.rollback().await,
            Self::Single(_) => Ok(()),
        }
    }
}

impl<DB: Database> Guarded<DB> {
    fn new(inner: Inner<DB>) -> Self {
        Self { inner, fault: None, is_spent: false, counter: None }
    }

    /// The connection, unless a statement has failed. For the macro [`on!`](crate::on).
    #[doc(hidden)]
    pub fn connection(&mut self) -> sqlx::Result<&mut DB::Connection> {
        if self.fault.is_some() {
            return Err(Error::InvalidArgument("a statement of this transaction has failed".to_owned()));
        }
        if let Some(counter) = &self.counter {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        if self.is_spent {
            return Err(Error::InvalidArgument("a second statement of a read of one".to_owned()));
        }
        self.is_spent = matches!(self.inner, Inner::Single(_));
        Ok(self.inner.connection())
    }
}

impl From<Transaction<'static, Sqlite>> for Tx {
    fn from(inner: Transaction<'static, Sqlite>) -> Self {
        Self::Sqlite(Guarded::new(Inner::Transaction(inner)))
    }
}

impl From<Transaction<'static, Postgres>> for Tx {
    fn from(inner: Transaction<'static, Postgres>) -> Self {
        Self::Postgres(Guarded::new(Inner::Transaction(inner)))
    }
}

impl From<PoolConnection<Sqlite>> for Tx {
    fn from(inner: PoolConnection<Sqlite>) -> Self {
        Self::Sqlite(Guarded::new(Inner::Single(inner)))
    }
}

impl From<PoolConnection<Postgres>> for Tx {
    fn from(inner: PoolConnection<Postgres>) -> Self {
        Self::Postgres(Guarded::new(Inner::Single(inner)))
    }
}

impl Tx {
    /// Whether this is PostgreSQL, for the few queries that differ (full-text search).
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Counts the statements to come.
    pub(super) fn counted(mut self, counter: Arc<AtomicU64>) -> Self {
        match &mut self {
            Self::Sqlite(tx) => tx.counter = Some(counter),
            Self::Postgres(tx) => tx.counter = Some(counter),
        }
        self
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
            Self::Sqlite(tx) => sqlx::raw_sql(sql).execute(tx.inner.connection()).await.map(drop),
            Self::Postgres(tx) => sqlx::raw_sql(sql).execute(tx.inner.connection()).await.map(drop),
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
            Self::Sqlite(tx) => Some(tx.inner.connection()),
            Self::Postgres(_) => None,
        }
    }

    pub(super) fn postgres(&mut self) -> Option<&mut PgConnection> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(tx) => Some(tx.inner.connection()),
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

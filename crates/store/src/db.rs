//! The database: opening it, reading from one state of it, writing to it in groups. The only files that know
//! that there are two kinds.

mod backup;
mod batch;
mod catalogue;
mod cells;
mod column;
mod command;
mod constraint;
mod fault;
mod heard;
mod migrate;
mod moment;
mod moving;
mod open;
mod pools;
mod postgres;
mod query;
mod row;
mod sqlite;
mod tx;
mod writer;

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

pub(crate) use migrate::SQLITE as SQLITE_MIGRATIONS;

pub use backup::{BackupError, backup, restore};
pub use catalogue::mentions;
pub use cells::Cells;
pub(crate) use column::text_columns;
pub use column::{Arg, BoxError, FromColumn, Raw, ToColumn, column};
pub use command::{Command, WriteError};
pub use constraint::violates;
pub use fault::is_full;
pub use heard::{heard, listen, plan};
pub use moment::Moment;
pub use moving::{Moved, move_over};
pub use open::{OpenError, Options};
pub use query::{
    MAX_ARGUMENTS, execute, execute_in, fetch_all, fetch_all_in, fetch_all_in_locked, fetch_all_locked,
    fetch_all_pairs, fetch_one, fetch_optional, fetch_optional_locked, fetch_optional_value, fetch_value,
    fetch_values, insert_many,
};
pub use row::Row;
pub use tx::{Guarded, Tx};

use command::Pending;
use open::Opened;
use pools::Pools;
use writer::Writer;

/// A database of either kind. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    writer: Arc<Writer>,
    /// The folder of a temporary database, removed with the last handle.
    folder: Option<Arc<tempfile::TempDir>>,
    /// How many statements were asked by transactions that read.
    queries: Arc<AtomicU64>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("pools", self.writer.pools()).field("folder", &self.folder).finish()
    }
}

impl Db {
    /// Opens the database at `sqlite:PATH`, a plain path, `sqlite::memory:` (a temporary file, removed with
    /// the last handle) or `postgres://…`, and brings its schema up to this program's.
    /// Errors: [`OpenError`]; nothing was changed then.
    pub async fn open(url: &str, options: &Options) -> Result<Self, OpenError> {
        let Opened { pools, folder } = open::open(url, options).await?;
        Ok(Self {
            writer: Writer::new(pools, options.queue.max(1)),
            folder: folder.map(Arc::new),
            queries: Arc::default(),
        })
    }

    /// Whether this is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.writer.pools(), Pools::Postgres { .. })
    }

    /// Begins a transaction that sees one state of the database, whatever is written meanwhile, and can't write.
    /// Errors: no connection.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        Ok(self.writer.pools().begin_read().await?.counted(self.queries.clone()))
    }

    /// A connection for one statement that reads, which sees one state of the database without a transaction around it:
    /// a page that is kept costs little more than this. A second statement is refused.
    /// Errors: no connection.
    pub async fn read_once(&self) -> sqlx::Result<Tx> {
        Ok(self.writer.pools().single_read().await?.counted(self.queries.clone()))
    }

    /// The present state of the whole database, by one statement: it is another as soon as anything was committed, by
    /// this process or by another. What is read after it is of that state or of a later one.
    /// Errors: no connection.
    pub async fn moment(&self) -> sqlx::Result<Moment> {
        self.queries.fetch_add(1, Ordering::Relaxed);
        self.writer.pools().moment().await
    }

    /// How many statements [`read`](Self::read) and [`read_once`](Self::read_once) were asked since the database was
    /// opened, here and in clones of this handle: what a page costs is told by the difference.
    #[must_use]
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    /// Carries a command out, in a common transaction with others that wait. The answer, a refusal too, comes
    /// after the commit. The command runs to its end even if the caller goes away.
    /// Errors: the command's own, to which [`WriteError`] and errors of the driver are turned.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Done, C::Error> {
        self.submit(command, false).await
    }

    /// Carries a command out in a transaction of its own, however long it takes: imports and seeds.
    /// Errors: as [`write`](Self::write).
    pub async fn write_alone<C: Command>(&self, command: C) -> Result<C::Done, C::Error> {
        self.submit(command, true).await
    }

    async fn submit<C: Command>(&self, command: C, unbatched: bool) -> Result<C::Done, C::Error> {
        let pot = command.pot();
        let (pending, answer) = Pending::new(command);
        self.writer.submit(Box::new(pending), pot, unbatched)?;
        answer.await.unwrap_or_else(|_| Err(WriteError::Closed.into()))
    }

    /// Takes no more commands, carries out those that wait, and closes the connections.
    pub async fn close(&self) {
        self.writer.drain().await;
        self.writer.pools().close().await;
    }
}

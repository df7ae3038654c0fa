//! Opening SQLite: durable commits, one connection that writes, some that only read.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    moment::Watch,
    open::{OpenError, Options},
    pools::Pools,
};

/// Marks a file as Popote's: `Popt` in ASCII, in the header of the file.
pub(super) const APPLICATION: i64 = 0x506f_7074;
/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 500;
/// How many rows of an index `PRAGMA optimize` looks at when the database is closed.
const ANALYSIS: u32 = 400;
/// To how many bytes the write-ahead log is cut when it was longer.
const LOG_BYTES: u32 = 64 * 1024 * 1024;

/// Opens the pools, after making sure that an existing file is ours.
pub(super) async fn connect(path: &Path, place: &str, options: &Options) -> Result<Pools, OpenError> {
    let driver = |error| OpenError::from_driver(place, error);
    if std::fs::metadata(path).is_ok_and(|file| file.len() > 0)
        && is_foreign(path, options).await.map_err(driver)?
    {
        return Err(OpenError::Foreign { place: place.to_owned() });
    }
    create_private(path);
    let common = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .pragma("recursive_triggers", "ON")
        .busy_timeout(options.busy_timeout)
        .statement_cache_capacity(STATEMENTS);
    let mut writing = common
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("journal_size_limit", LOG_BYTES.to_string())
        // A negative number is KiB.
        .pragma("cache_size", format!("-{}", options.cache_kib))
        .optimize_on_close(options.migrate, ANALYSIS);
    if let Some(pages) = options.max_pages {
        writing = writing.pragma("max_page_count", pages.to_string());
    }
    let write = pool(options).max_connections(1).connect_with(writing).await.map_err(driver)?;
    let reading = common.read_only(true);
    let watch = watch(options, reading.clone());
    let read = pool(options).max_connections(options.readers.max(1)).connect_lazy_with(reading);
    Ok(Pools::Sqlite { write, read, watch })
}

/// A new file is its owner's alone; the write-ahead log takes its rights after it. Where it can't be made, opening it
/// says why.
fn create_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt as _;
    let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
}

/// Connections live as long as the pool. One that comes back inside a transaction, which SQLite rolled
/// back by itself without the driver's knowledge, is closed.
fn pool(options: &Options) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .acquire_timeout(options.acquire_timeout.max(options.busy_timeout))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_release(|connection, _| {
            Box::pin(async move {
                // A rollback may be under way: the answer waits for it.
                if connection.is_in_transaction() {
                    connection.ping().await?;
                }
                Ok(!connection.is_in_transaction())
            })
        })
}

fn watch(options: &Options, reading: SqliteConnectOptions) -> Watch {
    let connections = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&connections);
    let pool = pool(options).max_connections(1).after_connect(move |_, _| {
        counted.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(()) })
    });
    Watch { pool: pool.connect_lazy_with(reading), connections }
}

/// Whether a file holds something else. It is opened for reading only, so that it stays as it is.
async fn is_foreign(path: &Path, options: &Options) -> sqlx::Result<bool> {
    let look = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(options.busy_timeout);
    let mut connection = SqliteConnection::connect_with(&look).await?;
    let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut connection).await?;
    let tables: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(application != APPLICATION && (application != 0 || tables > 0))
}

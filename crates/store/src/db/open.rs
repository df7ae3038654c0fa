//! Opening a database: whose it is, at which schema, and what is wrong when it can't be opened.

use std::{
    path::PathBuf,
    str::FromStr,
    time::{Duration, Instant},
};

use sqlx::{migrate::MigrateError, postgres::PgConnectOptions};
use thiserror::Error;

use super::{
    fault::{Fault, NO_ROOM, is_full},
    migrate,
    pools::Pools,
    postgres, sqlite,
    tx::Tx,
};

/// How a database is opened. `Options::default()` is what a server wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether an empty or older database gets the schema of this program. Without it such a database is
    /// refused: a server whose role on PostgreSQL does not own the tables.
    pub migrate: bool,
    /// How many commands may wait before the next ones are refused.
    pub queue: u32,
    /// SQLite: how many connections read.
    pub readers: u32,
    /// SQLite: how long to wait for another process that holds the lock.
    pub busy_timeout: Duration,
    /// SQLite: memory for pages of the connection that writes, in KiB. An import of one long transaction wants more,
    /// else it reads its own pages again and again from the write-ahead log.
    pub cache_kib: u32,
    /// SQLite: the most pages (of 4 096 bytes) that the file may have; none for what the disk holds.
    pub max_pages: Option<u32>,
    /// PostgreSQL: the most connections, half of them for reading.
    pub connections: u32,
    /// PostgreSQL: how long a statement waits for a lock.
    pub lock_timeout: Duration,
    /// PostgreSQL: how long a statement may take.
    pub statement_timeout: Duration,
    /// How long to wait for a free connection.
    pub acquire_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            migrate: true,
            queue: 1_000,
            readers: 4,
            busy_timeout: Duration::from_secs(10),
            cache_kib: 8 * 1024,
            max_pages: None,
            connections: 20,
            lock_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(15),
            acquire_timeout: Duration::from_secs(10),
        }
    }
}

/// Why a database was not opened. Nothing was changed in it. The texts are for whoever runs the server.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The address is neither of SQLite nor of PostgreSQL. (It is not repeated: it may hold a password.)
    #[error("not the address of a database: write sqlite:PATH, a path, or postgres://USER@HOST/NAME")]
    Address,
    /// The database is not Popote's.
    #[error("{place} is not a Popote database: choose another place, or an empty database")]
    Foreign {
        /// Which database.
        place: String,
    },
    /// A newer program has migrated the database.
    #[error(
        "{place} was last used by a newer Popote (schema {found}, this one knows {known}): \
         install that version, or restore the backup made before the upgrade"
    )]
    Newer {
        /// Which database.
        place: String,
        /// The schema that it has.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The database must be migrated, and `Options::migrate` says no.
    #[error(
        "{place} is at schema {found}, this Popote needs {known}: `popote serve` migrates it when it starts \
         (on PostgreSQL under a role that owns the tables). Make a copy first"
    )]
    Older {
        /// Which database.
        place: String,
        /// The schema that it has; 0 when it is empty.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A migration was applied with another text than this program's.
    #[error("{place} has another schema {version} than this Popote: it was made by an unpublished version")]
    Altered {
        /// Which database.
        place: String,
        /// The number of the migration.
        version: i64,
    },
    /// Another process keeps the database locked.
    #[error(
        "{place} is locked by another process (another Popote, a backup, an import?): try again when it ended"
    )]
    Locked {
        /// Which database.
        place: String,
    },
    /// The disk is full.
    #[error("{place}: {NO_ROOM}")]
    Full {
        /// Which database.
        place: String,
    },
    /// PostgreSQL is too old.
    #[error("{place} is PostgreSQL {found}; Popote needs 15 or newer")]
    TooOld {
        /// Which database.
        place: String,
        /// The version found.
        found: i64,
    },
    /// A migration failed; the database is as it was.
    #[error("migration {version} of {place} failed: {source}")]
    Migration {
        /// Which database.
        place: String,
        /// The number of the migration.
        version: i64,
        /// What the database said.
        source: sqlx::Error,
    },
    /// PostgreSQL does not answer at that address.
    #[error(
        "{place} can't be reached: {cause}. Check that PostgreSQL runs, that the host and the port of the address are \
         right, and that nothing (listen_addresses, a firewall) is in between"
    )]
    Unreachable {
        /// Which database, with the host and the port.
        place: String,
        /// What was met.
        cause: String,
    },
    /// PostgreSQL lets nobody in with that user and password.
    #[error(
        "{place} refuses the sign-in: {cause}. Check the user and the password of the address, and pg_hba.conf \
         on the server"
    )]
    Denied {
        /// Which database.
        place: String,
        /// What the server said.
        cause: String,
    },
    /// The server has no such database.
    #[error("{place} does not exist: make it with `createdb`, owned by the user of the address")]
    Absent {
        /// Which database.
        place: String,
    },
    /// The database can't be reached or read.
    #[error("{place} can't be opened: {source}")]
    Database {
        /// Which database.
        place: String,
        /// What the driver said.
        source: sqlx::Error,
    },
}

impl OpenError {
    /// Sorts an error of the driver met while opening.
    pub(super) fn from_driver(place: &str, source: sqlx::Error) -> Self {
        const NOT_A_DATABASE: &str = "26";
        let place = place.to_owned();
        let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
        if code.as_deref() == Some(NOT_A_DATABASE) {
            return Self::Foreign { place };
        }
        if is_full(&source) {
            return Self::Full { place };
        }
        match Fault::of(&source) {
            Some(Fault::Waited | Fault::Transient) => Self::Locked { place },
            _ => Self::Database { place, source },
        }
    }

    pub(super) fn from_migration(place: &str, error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMismatch(version) => Self::Altered { place: place.to_owned(), version },
            MigrateError::ExecuteMigration(source, version)
                if Fault::of(&source) == Some(Fault::Statement) =>
            {
                Self::Migration { place: place.to_owned(), version, source }
            }
            MigrateError::ExecuteMigration(source, _) | MigrateError::Execute(source) => {
                Self::from_driver(place, source)
            }
            other => Self::from_driver(place, sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

/// What an address names.
#[derive(Debug)]
pub(super) enum Address {
    File(PathBuf),
    Temporary,
    Postgres(Box<PgConnectOptions>),
}

impl FromStr for Address {
    type Err = OpenError;

    fn from_str(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url).map_err(|_| OpenError::Address)?;
            return Ok(Self::Postgres(Box::new(options)));
        }
        let path = match url.strip_prefix("sqlite:") {
            Some(path) => path.strip_prefix("//").unwrap_or(path),
            None if url.contains("://") => return Err(OpenError::Address),
            None => url,
        };
        match path {
            "" => Err(OpenError::Address),
            ":memory:" | "temporary" => Ok(Self::Temporary),
            path => Ok(Self::File(PathBuf::from(path))),
        }
    }
}

/// A database just opened.
pub(super) struct Opened {
    pub(super) pools: Pools,
    /// The folder of a temporary database, removed with the last handle.
    pub(super) folder: Option<tempfile::TempDir>,
}

/// How long to wait before looking again at a database that another process has just locked.
const AGAIN: Duration = Duration::from_millis(50);

/// Opens the database at an address and brings its schema up to this program's. Two processes that make the same new
/// file are in each other's way for a moment in which SQLite waits for no lock: it is tried again, no longer than a
/// lock is waited for.
pub(super) async fn open(url: &str, options: &Options) -> Result<Opened, OpenError> {
    let until = Instant::now() + options.busy_timeout;
    loop {
        match open_once(url, options).await {
            Err(OpenError::Locked { .. }) if Instant::now() < until => tokio::time::sleep(AGAIN).await,
            other => return other,
        }
    }
}

async fn open_once(url: &str, options: &Options) -> Result<Opened, OpenError> {
    let (pools, place, folder) = match url.parse()? {
        Address::File(path) => {
            let place = path.display().to_string();
            (sqlite::connect(&path, &place, options).await?, place, None)
        }
        Address::Temporary => {
            let place = "the temporary database".to_owned();
            let folder = tempfile::tempdir().map_err(|error| OpenError::from_driver(&place, error.into()))?;
            let pools = sqlite::connect(&folder.path().join("popote.sqlite"), &place, options).await?;
            (pools, place, Some(folder))
        }
        Address::Postgres(address) => {
            let place = postgres::place(&address);
            (postgres::connect(*address, &place, options).await?, place, None)
        }
    };
    match bring_up(&pools, &place, options).await {
        Ok(()) => Ok(Opened { pools, folder }),
        Err(error) => {
            pools.close().await;
            Err(error)
        }
    }
}

/// Looks at the schema without a lock, and takes the lock only to migrate.
async fn bring_up(pools: &Pools, place: &str, options: &Options) -> Result<(), OpenError> {
    let driver = |error| OpenError::from_driver(place, error);
    let mut tx = begin_look(pools).await.map_err(driver)?;
    let is_current = migrate::look(&mut tx, place).await?;
    tx.rollback().await;
    if is_current.is_current() {
        return Ok(());
    }
    if !options.migrate {
        return Err(is_current.older(place));
    }
    let mut tx = pools.begin_write().await.map_err(driver)?;
    let migrated = migrate::run(&mut tx, place).await;
    match migrated {
        Ok(()) => tx.commit().await.map_err(driver),
        Err(error) => {
            tx.rollback().await;
            Err(error)
        }
    }
}

/// A read transaction on the connection that writes: SQLite's readers can't open a file that is yet to be made.
async fn begin_look(pools: &Pools) -> sqlx::Result<Tx> {
    match pools {
        Pools::Sqlite { write, .. } => Ok(write.begin_with("BEGIN").await?.into()),
        Pools::Postgres { .. } => pools.begin_read().await,
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, OpenError};

    fn kind(url: &str) -> String {
        match url.parse() {
            Ok(Address::File(path)) => format!("file {}", path.display()),
            Ok(Address::Temporary) => "temporary".to_owned(),
            Ok(Address::Postgres(options)) => format!("postgres {}", super::postgres::place(&options)),
            Err(OpenError::Address) => "refused".to_owned(),
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn a_full_disk_is_said_in_one_sentence() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let said = OpenError::from_driver("popote.db", full.into()).to_string();
        assert_eq!(said, "popote.db: the disk is full. Nothing was changed: make room, then try again");
    }

    #[test]
    fn addresses_are_told_apart() {
        for (url, expected) in [
            ("sqlite:popote.db", "file popote.db"),
            ("sqlite:/var/lib/popote/a b.db", "file /var/lib/popote/a b.db"),
            ("sqlite:///var/lib/popote.db", "file /var/lib/popote.db"),
            ("data/popote.db", "file data/popote.db"),
            ("sqlite::memory:", "temporary"),
            ("sqlite:temporary", "temporary"),
            ("postgres://u:secret@db.example:5433/pot", "postgres pot on db.example:5433"),
            ("postgresql:///pot?host=/run/postgresql", "postgres pot on /run/postgresql"),
            ("postgres://u@%2Frun%2Fpostgresql/pot", "postgres pot on /run/postgresql"),
            ("mysql://u:secret@host/pot", "refused"),
            ("sqlite:", "refused"),
            ("", "refused"),
        ] {
            assert_eq!(kind(url), expected, "{url}");
        }
    }
}

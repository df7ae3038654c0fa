//! Copies of a whole database, and putting one in place.

mod dump;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use thiserror::Error;

use super::{
    Db,
    fault::{NO_ROOM, is_full},
    open::{Address, OpenError, Options},
};

/// Why a copy was not made, or not put in place. Nothing was changed then.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database to copy, or the copy, can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy would overwrite a file.
    #[error("{0} is there already: choose another name")]
    Exists(PathBuf),
    /// A newer program made the copy.
    #[error(
        "{copy} was made by a newer Popote (schema {found}, this one knows {known}): install that version, \
         then restore. Nothing was changed"
    )]
    Newer {
        /// The copy.
        copy: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// There is no such file.
    #[error("{0} is not there")]
    Missing(PathBuf),
    /// The copy is not guarded as this program guards it: it was changed, or its triggers were taken away.
    #[error(
        "{copy} was tampered with: its triggers, indexes or constraints are not those of Popote (missing or changed: \
         {missing}; foreign: {foreign}): take another copy"
    )]
    Unguarded {
        /// The copy.
        copy: PathBuf,
        /// What guards the journal and is missing or changed; `none`.
        missing: String,
        /// Triggers that this program never made; `none`.
        foreign: String,
    },
    /// The file is cut short or altered.
    #[error("{0} is damaged ({1}). Nothing was changed: {advice}", advice = .2.advice())]
    Damaged(PathBuf, String, Which),
    /// A server uses the database.
    #[error("{0} is in use: stop the server first")]
    InUse(PathBuf),
    /// The database is temporary.
    #[error("a temporary database has nothing to keep")]
    Temporary,
    /// PostgreSQL's own tool is missing or refused.
    #[error("{tool}: {message}")]
    Tool {
        /// `pg_dump` or `pg_restore`.
        tool: &'static str,
        /// What it said.
        message: String,
    },
    /// Only a database of SQLite is moved, and only to PostgreSQL.
    #[error("only a database of SQLite can be moved, and only to one of PostgreSQL")]
    OneWay,
    /// The database to restore into is not empty.
    #[error("the database to fill is not empty: make a new one")]
    NotEmpty,
    /// The copy was refused, and what had come of it could not be removed.
    #[error("{refused}. What was restored of it is still in the database: make a new one ({error})")]
    NotEmptied {
        /// Why it was refused.
        refused: String,
        /// Why it could not be removed.
        error: sqlx::Error,
    },
    /// The driver failed.
    #[error("{0}")]
    Sql(sqlx::Error),
    /// The file system failed.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The disk is full.
    #[error("{0}: {NO_ROOM}")]
    Full(PathBuf),
}

/// Which file is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that is copied.
    Source,
    /// The copy.
    Copy,
    /// The database that a copy is to replace.
    Replaced,
}

impl Which {
    const fn advice(self) -> &'static str {
        match self {
            Self::Source => "restore the last copy",
            Self::Copy => "take another copy",
            Self::Replaced => "move it away with its -wal and -shm files, keep them, then restore again",
        }
    }
}

impl BackupError {
    /// Sorts an error of the driver met while copying.
    fn of_driver(source: &Path, target: &Path, which: Which, error: sqlx::Error) -> Self {
        if is_full(&error) {
            return Self::Full(target.to_owned());
        }
        if let Some(damage) = damage(&error) {
            return Self::Damaged(source.to_owned(), damage, which);
        }
        match OpenError::from_driver(&source.display().to_string(), error) {
            OpenError::Database { source, .. } => Self::Sql(source),
            known => known.into(),
        }
    }

    fn of_file(path: &Path, error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full(path.to_owned()),
            _ => Self::File(path.to_owned(), error),
        }
    }
}

/// Copies the database at `url` into the new file `target`, while a server uses it. The copy is one state of the
/// database, readable by its owner alone. On PostgreSQL it is made by `pg_dump`.
pub async fn backup(url: &str, target: &Path) -> Result<(), BackupError> {
    if target.exists() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    match url.parse()? {
        Address::Temporary => Err(BackupError::Temporary),
        Address::Postgres(_) => {
            new_private(target)?;
            let made = dump::make(url, target).await;
            if made.is_err() {
                let _ = fs::remove_file(target);
            }
            made
        }
        Address::File(path) => {
            if !path.exists() {
                return Err(BackupError::Missing(path));
            }
            // Refuses what is not ours, or newer, before anything is copied.
            let opened = Db::open(url, &Options { migrate: false, ..Options::default() }).await;
            opened.map_err(|error| of_the_file(&path, Which::Source, error))?.close().await;
            let partial = beside(target, "partial");
            let _ = fs::remove_file(&partial);
            vacuum_into(&path, &partial, Which::Source).await?;
            put_in_place(&partial, target)
        }
    }
}

/// Puts a copy made by [`backup`] in place of the database at `url`, brought up to this program's schema. Refuses while a
/// server uses that database, and a copy or a database of a newer program. The database that was there is kept beside,
/// with `.before-restore` at its name, and a number if one is kept there already; its place is given back.
pub async fn restore(copy: &Path, url: &str) -> Result<Option<PathBuf>, BackupError> {
    if !copy.exists() {
        return Err(BackupError::Missing(copy.to_owned()));
    }
    match url.parse()? {
        Address::Temporary => Err(BackupError::Temporary),
        Address::Postgres(_) => dump::restore(copy, url).await.map(|()| None),
        Address::File(path) => {
            if path.exists() {
                refuse_if_used(&path).await?;
                let opened = Db::open(url, &Options { migrate: true, ..Options::default() }).await;
                opened.map_err(|error| of_the_file(&path, Which::Replaced, error))?.close().await;
            }
            let fresh = beside(&path, "restoring");
            let _ = fs::remove_file(&fresh);
            if fs::metadata(copy).is_ok_and(|file| file.len() == 0) {
                return Err(BackupError::Damaged(copy.to_owned(), "it is empty".to_owned(), Which::Copy));
            }
            vacuum_into(copy, &fresh, Which::Copy).await?;
            // Opening it migrates an older copy, and refuses what is not ours or newer.
            let looked = match Db::open(&fresh.display().to_string(), &Options::default()).await {
                Ok(db) => {
                    let looked = refuse_unguarded(copy, &db).await;
                    db.close().await;
                    looked
                }
                Err(error) => Err(of_the_file(copy, Which::Copy, error)),
            };
            if let Err(error) = looked {
                let _ = fs::remove_file(&fresh);
                return Err(error);
            }
            let mut kept = None;
            if path.exists() {
                let place = free_beside(&path, "before-restore");
                put_in_place(&path, &place)?;
                kept = Some(place);
            }
            put_in_place(&fresh, &path)?;
            Ok(kept)
        }
    }
}

/// Refuses a copy whose triggers are not those of this program: what they do would happen at the first write.
async fn refuse_unguarded(copy: &Path, db: &Db) -> Result<(), BackupError> {
    let mut tx = db.read().await.map_err(BackupError::Sql)?;
    let guard = crate::guard::look(&mut tx).await.map_err(BackupError::Sql)?;
    if guard.holds() {
        return Ok(());
    }
    let told = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    Err(BackupError::Unguarded {
        copy: copy.to_owned(),
        missing: told(&[guard.missing, guard.unguarded].concat()),
        foreign: told(&guard.foreign),
    })
}

/// Copies into a new file that its owner alone can read from its first byte on.
async fn vacuum_into(source: &Path, target: &Path, which: Which) -> Result<(), BackupError> {
    new_private(target)?;
    copy_into(source, target).await.map_err(|error| {
        let _ = fs::remove_file(target);
        BackupError::of_driver(source, target, which, error)
    })
}

async fn copy_into(source: &Path, target: &Path) -> sqlx::Result<()> {
    let options = SqliteConnectOptions::new().filename(source).busy_timeout(Duration::from_secs(10));
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let done =
        sqlx::query("VACUUM INTO $1").bind(target.display().to_string()).execute(&mut connection).await;
    connection.close().await?;
    done.map(drop)
}

/// How often one looks whether a database is still used, and how long one waits in between: a server that has just
/// been stopped may take a moment to let go.
const LOOKS: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(100);

pub(super) async fn refuse_if_used(path: &Path) -> Result<(), BackupError> {
    for look in 1..=LOOKS {
        match have_alone(path).await {
            Ok(()) => return Ok(()),
            // Only a lock says that somebody uses it; what can't be read at all is not in use.
            Err(error) if !is_locked(&error) => {
                return Err(BackupError::of_driver(path, path, Which::Replaced, error));
            }
            Err(_) if look < LOOKS => tokio::time::sleep(BETWEEN).await,
            Err(_) => break,
        }
    }
    Err(BackupError::InUse(path.to_owned()))
}

/// What SQLite says of a file that it can't read whole. One that it doesn't know for its own is foreign, not damaged.
fn damage(error: &sqlx::Error) -> Option<String> {
    const CORRUPT: u32 = 11;
    let sqlx::Error::Database(said) = error else { return None };
    (primary(said.as_ref())? == CORRUPT).then(|| said.message().to_owned())
}

/// Whether another process holds a lock that was asked for.
fn is_locked(error: &sqlx::Error) -> bool {
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    let sqlx::Error::Database(said) = error else { return false };
    primary(said.as_ref()).is_some_and(|code| [BUSY, LOCKED].contains(&code))
}

/// The code of an error of SQLite, without what extends it.
fn primary(error: &dyn sqlx::error::DatabaseError) -> Option<u32> {
    error.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

/// Whoever has a write-ahead log open holds a shared lock, so that an exclusive one can't be had.
async fn have_alone(path: &Path) -> sqlx::Result<()> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(Duration::ZERO)
        .pragma("locking_mode", "EXCLUSIVE");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql("BEGIN EXCLUSIVE; ROLLBACK").execute(&mut connection).await?;
    connection.close().await
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// A name beside that no file has: what an earlier restoration kept stays.
fn free_beside(path: &Path, ending: &str) -> PathBuf {
    let mut place = beside(path, ending);
    for number in 2_u32.. {
        if !place.exists() {
            break;
        }
        place = beside(path, &format!("{ending}-{number}"));
    }
    place
}

/// What is wrong with a file, by the name that the person gave it.
fn of_the_file(file: &Path, which: Which, error: OpenError) -> BackupError {
    match error {
        OpenError::Newer { found, known, .. } if which == Which::Copy => {
            BackupError::Newer { copy: file.to_owned(), found, known }
        }
        OpenError::Database { ref source, .. } | OpenError::Migration { ref source, .. } => {
            match damage(source) {
                Some(damage) => BackupError::Damaged(file.to_owned(), damage, which),
                None => error.into(),
            }
        }
        error => error.into(),
    }
}

fn put_in_place(from: &Path, to: &Path) -> Result<(), BackupError> {
    let failed = |error| BackupError::of_file(to, error);
    fs::File::open(from).and_then(|file| file.sync_all()).map_err(failed)?;
    for ending in ["-wal", "-shm"] {
        let mut log = from.as_os_str().to_owned();
        log.push(ending);
        let _ = fs::remove_file(log);
    }
    fs::rename(from, to).map_err(failed)
}

/// An empty file that its owner alone can read: whoever opens a file keeps reading it after its mode changed.
fn new_private(path: &Path) -> Result<(), BackupError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map(drop).map_err(|error| BackupError::of_file(path, error))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[tokio::test]
    async fn nobody_else_reads_a_copy_while_it_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("popote.db"), folder.path().join("copy"));
        Db::open(&source.display().to_string(), &Options::default()).await.unwrap().close().await;
        vacuum_into(&source, &target, Which::Source).await.unwrap();
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::metadata(&target).unwrap().len() > 0);
        assert!(matches!(vacuum_into(&source, &target, Which::Source).await, Err(BackupError::File(..))));
    }

    #[tokio::test]
    async fn what_is_no_database_is_said_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("bad.csv"), folder.path().join("popote.db"));
        fs::write(&source, "nom;site\n".repeat(200)).unwrap();
        let refused = restore(&source, &target.display().to_string()).await.unwrap_err().to_string();
        assert!(
            refused.ends_with("bad.csv is not a Popote database: choose another place, or an empty database"),
            "{refused}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_full_disk_is_said_in_one_sentence() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let said = BackupError::of_file(Path::new("copy.db"), full).to_string();
        assert_eq!(said, "copy.db: the disk is full. Nothing was changed: make room, then try again");
    }
}

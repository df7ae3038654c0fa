//! Copies of a whole database, and putting one in place.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
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
        "{copy} was tampered with: its triggers are not those of Popote (missing or changed: {missing}; foreign: {foreign}): \
         take another copy"
    )]
    Unguarded {
        /// The copy.
        copy: PathBuf,
        /// Triggers that keep the journal append-only and are missing or changed; `none`.
        missing: String,
        /// Triggers that this program never made; `none`.
        foreign: String,
    },
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
    /// The database to restore into is not empty.
    #[error("the database to restore into is not empty: make a new one")]
    NotEmpty,
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

impl BackupError {
    /// Sorts an error of the driver met while copying.
    fn of_driver(source: &Path, target: &Path, error: sqlx::Error) -> Self {
        if is_full(&error) {
            return Self::Full(target.to_owned());
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
            let file = format!("--file={}", target.display());
            let made =
                tool("pg_dump", &["--format=custom", "--no-owner", "--no-privileges", &file, url]).await;
            if made.is_err() {
                let _ = fs::remove_file(target);
            }
            made.map(drop)
        }
        Address::File(path) => {
            if !path.exists() {
                return Err(BackupError::Missing(path));
            }
            // Refuses what is not ours, or newer, before anything is copied.
            Db::open(url, &Options { migrate: false, ..Options::default() }).await?.close().await;
            let partial = beside(target, "partial");
            let _ = fs::remove_file(&partial);
            vacuum_into(&path, &partial).await?;
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
        Address::Postgres(_) => {
            let empty = Db::open(url, &Options { migrate: false, ..Options::default() }).await;
            match empty {
                Err(OpenError::Older { found: 0, .. }) => {}
                Err(error) => return Err(error.into()),
                Ok(db) => {
                    db.close().await;
                    return Err(BackupError::NotEmpty);
                }
            }
            let copy = copy.display().to_string();
            refuse_newer_dump(&copy).await?;
            let database = format!("--dbname={url}");
            tool("pg_restore", &["--single-transaction", "--no-owner", "--no-privileges", &database, &copy])
                .await?;
            let db = Db::open(url, &Options::default()).await?;
            let looked = refuse_unguarded(Path::new(&copy), &db).await;
            db.close().await;
            looked.map(|()| None)
        }
        Address::File(path) => {
            if path.exists() {
                refuse_if_used(&path).await?;
                Db::open(url, &Options { migrate: true, ..Options::default() }).await?.close().await;
            }
            let fresh = beside(&path, "restoring");
            let _ = fs::remove_file(&fresh);
            vacuum_into(copy, &fresh).await?;
            // Opening it migrates an older copy, and refuses what is not ours or newer.
            let looked = match Db::open(&fresh.display().to_string(), &Options::default()).await {
                Ok(db) => {
                    let looked = refuse_unguarded(copy, &db).await;
                    db.close().await;
                    looked
                }
                Err(error) => Err(of_the_copy(copy, error)),
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
        missing: told(&guard.missing),
        foreign: told(&guard.foreign),
    })
}

/// Copies into a new file that its owner alone can read from its first byte on.
async fn vacuum_into(source: &Path, target: &Path) -> Result<(), BackupError> {
    new_private(target)?;
    copy_into(source, target).await.map_err(|error| {
        let _ = fs::remove_file(target);
        BackupError::of_driver(source, target, error)
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

async fn refuse_if_used(path: &Path) -> Result<(), BackupError> {
    for look in 1..=LOOKS {
        match have_alone(path).await {
            Ok(()) => return Ok(()),
            Err(_) if look < LOOKS => tokio::time::sleep(BETWEEN).await,
            Err(_) => break,
        }
    }
    Err(BackupError::InUse(path.to_owned()))
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

/// What is wrong with a copy, by the name that the person gave it.
fn of_the_copy(copy: &Path, error: OpenError) -> BackupError {
    match error {
        OpenError::Newer { found, known, .. } => BackupError::Newer { copy: copy.to_owned(), found, known },
        error => error.into(),
    }
}

/// A dump is refused before anything of it is in the database: its migrations are read from it.
async fn refuse_newer_dump(copy: &str) -> Result<(), BackupError> {
    let rows = tool("pg_restore", &["--data-only", "--table=popote_migration", "--file=-", copy]).await?;
    let version = |line: &str| line.split('\t').next().and_then(|cell| cell.parse::<i64>().ok());
    let copied = rows.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1);
    let found = copied.take_while(|line| *line != "\\.").filter_map(version).max();
    let known = super::migrate::newest();
    match found {
        Some(found) if found > known => Err(BackupError::Newer { copy: copy.into(), found, known }),
        _ => Ok(()),
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

async fn tool(name: &'static str, arguments: &[&str]) -> Result<String, BackupError> {
    let output = tokio::process::Command::new(name)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .await
        .map_err(|error| BackupError::Tool { tool: name, message: error.to_string() })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(BackupError::Tool { tool: name, message })
    }
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
        vacuum_into(&source, &target).await.unwrap();
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::metadata(&target).unwrap().len() > 0);
        assert!(matches!(vacuum_into(&source, &target).await, Err(BackupError::File(..))));
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

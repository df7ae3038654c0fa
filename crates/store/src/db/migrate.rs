//! The schema: which migrations a database has, and how it gets the others, all in one transaction.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::{
    open::OpenError,
    query::{execute, fetch_all, fetch_value},
    sqlite::APPLICATION,
    tx::Tx,
};

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// The table that says which migrations were applied; its name tells a Popote database from others.
const TABLE: &str = "popote_migration";
/// The advisory lock under which PostgreSQL migrates.
const LOCK: i64 = 0x506f_706f_7465;

crate::row! {
    struct Applied {
        version: i64,
        checksum: Vec<u8>,
    }
}

/// What is known of a schema after a look.
pub(super) struct Look {
    found: i64,
    known: i64,
}

impl Look {
    /// Whether nothing is to be done.
    pub(super) const fn is_current(&self) -> bool {
        self.found == self.known
    }

    /// The refusal of a database that would have to be migrated.
    pub(super) fn older(&self, place: &str) -> OpenError {
        OpenError::Older { place: place.to_owned(), found: self.found, known: self.known }
    }
}

/// The newest schema that this program knows.
pub(super) fn newest() -> i64 {
    POSTGRES.iter().map(|(version, ..)| *version).max().unwrap_or_default()
}

fn migrator(tx: &Tx) -> Migrator {
    let list = if tx.is_postgres() { POSTGRES } else { SQLITE };
    let migrations = list.iter().map(|(version, what, sql)| {
        Migration::new(*version, (*what).into(), MigrationType::Simple, (*sql).into_sql_str(), false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.dangerous_set_table_name(TABLE);
    migrator.set_locking(false);
    migrator
}

/// Compares the migrations that a database has with this program's.
/// Errors: the database is foreign, newer or altered, or can't be read.
pub(super) async fn look(tx: &mut Tx, place: &str) -> Result<Look, OpenError> {
    let driver = |error| OpenError::from_driver(place, error);
    let migrator = migrator(tx);
    let known = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    let tables = tables(tx).await.map_err(driver)?;
    if tables.is_empty() {
        return Ok(Look { found: 0, known });
    }
    if !tables.iter().any(|table| table == TABLE) {
        return Err(OpenError::Foreign { place: place.to_owned() });
    }
    const APPLIED: &str = "SELECT version, checksum FROM popote_migration ORDER BY version";
    let applied: Vec<Applied> = fetch_all(tx, APPLIED, Vec::new()).await.map_err(driver)?;
    let found = applied.last().map_or(0, |last| last.version);
    if found > known {
        return Err(OpenError::Newer { place: place.to_owned(), found, known });
    }
    for Applied { version, checksum } in applied {
        let same = migrator.iter().any(|ours| ours.version == version && *ours.checksum == *checksum);
        if !same {
            return Err(OpenError::Altered { place: place.to_owned(), version });
        }
    }
    Ok(Look { found, known })
}

/// The tables of the schema.
async fn tables(tx: &mut Tx) -> sqlx::Result<Vec<String>> {
    const ON_SQLITE: &str =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    const ON_POSTGRES: &str = "SELECT CAST(relname AS TEXT) FROM pg_catalog.pg_class \
         WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p', 'v', 'm', 'f')";
    let sql = if tx.is_postgres() { ON_POSTGRES } else { ON_SQLITE };
    super::query::fetch_values(tx, sql, Vec::new()).await
}

/// Applies what is missing. Another process that does the same meanwhile is waited for, and done again with.
pub(super) async fn run(tx: &mut Tx, place: &str) -> Result<(), OpenError> {
    let driver = |error| OpenError::from_driver(place, error);
    if tx.is_postgres() {
        tx.control("SET LOCAL statement_timeout = 0").await.map_err(driver)?;
        execute(tx, "SELECT pg_advisory_xact_lock($1)", crate::args![LOCK]).await.map_err(driver)?;
    }
    if look(tx, place).await?.is_current() {
        return Ok(());
    }
    // `Migrator::run` does the same over `Acquire`, with which `Db::open` would not be `Send`.
    let migrator = migrator(tx);
    if let Some(connection) = tx.sqlite() {
        migrator
            .run_direct(None, connection, false)
            .await
            .map_err(|error| OpenError::from_migration(place, error))?;
    } else if let Some(connection) = tx.postgres() {
        migrator
            .run_direct(None, connection, false)
            .await
            .map_err(|error| OpenError::from_migration(place, error))?;
    }
    if !tx.is_postgres() {
        let marked: i64 = fetch_value(tx, "SELECT application_id FROM pragma_application_id", Vec::new())
            .await
            .map_err(driver)?;
        if marked != APPLICATION {
            tx.control(MARK).await.map_err(driver)?;
        }
    }
    Ok(())
}

/// A PRAGMA takes no arguments; the number is [`APPLICATION`].
const MARK: &str = "PRAGMA application_id = 0x506f7074";

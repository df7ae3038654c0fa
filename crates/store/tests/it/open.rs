//! Opening: whose database it is, how its connections are set up, and what is refused.

use std::{fs, time::Duration};

use popote_store::{Db, OpenError, Options, Tx, args, execute, fetch_value, fetch_values};
use sqlx::{
    Connection, Executor, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};

use crate::{
    act::{Act, Fail, word, words, words_table},
    place::{Place, on_both},
};

on_both! {
    opened_again_as_it_was,
    a_newer_database_is_refused,
    an_altered_database_is_refused,
    an_older_database_is_refused_where_asked,
    a_foreign_database_is_refused,
    a_locked_database_is_refused,
    two_processes_migrate_at_once,
    what_is_append_only_stays,
}

mod by_kind {
    use super::super::place::{Kind, check};

    #[test]
    fn sqlite_connections_are_set_up() {
        check(Kind::Sqlite, super::sqlite_connections_are_set_up);
    }

    #[test]
    fn a_text_file_is_refused() {
        check(Kind::Sqlite, super::a_text_file_is_refused);
    }

    #[test]
    fn a_temporary_database_goes_away() {
        check(Kind::Sqlite, super::a_temporary_database_goes_away);
    }

    #[test]
    fn postgres_connections_are_set_up() {
        check(Kind::Postgres, super::postgres_connections_are_set_up);
    }

    #[test]
    fn a_serving_role_needs_not_own_the_tables() {
        check(Kind::Postgres, super::a_serving_role_needs_not_own_the_tables);
    }
}

fn quick() -> Options {
    let short = Duration::from_millis(200);
    Options { busy_timeout: short, lock_timeout: short, ..Options::default() }
}

/// Opens, which must fail.
async fn refused(place: &Place, options: &Options) -> OpenError {
    match Db::open(&place.url, options).await {
        Ok(_) => panic!("opened"),
        Err(error) => error,
    }
}

/// Runs a statement past the program's rules.
async fn meddle(place: &Place, sql: &'static str) {
    match place.kind {
        crate::place::Kind::Sqlite => {
            let options = SqliteConnectOptions::new().filename(place.path()).create_if_missing(true);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            connection.execute(sql).await.unwrap();
            connection.close().await.unwrap();
        }
        crate::place::Kind::Postgres => {
            let mut connection = place.postgres().await;
            connection.execute(sql).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

async fn opened_again_as_it_was(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    db.write(word("a")).await.unwrap();
    db.close().await;
    assert!(db.read().await.is_err(), "closed");
    let db = place.open_with(&Options { migrate: false, ..Options::default() }).await;
    assert_eq!(words(&db).await, ["a"]);
}

async fn a_newer_database_is_refused(place: Place) {
    place.open().await.close().await;
    meddle(
        &place,
        "INSERT INTO popote_migration (version, description, success, checksum, execution_time) \
         SELECT 9999, 'later', success, checksum, 0 FROM popote_migration WHERE version = 1",
    )
    .await;
    let error = refused(&place, &quick()).await;
    let OpenError::Newer { found, known, .. } = &error else { panic!("{error}") };
    assert!(*found == 9999 && *known < 9999, "{error}");
    assert!(error.to_string().contains("newer Popote"), "{error}");
}

async fn an_altered_database_is_refused(place: Place) {
    place.open().await.close().await;
    let sql = match place.kind {
        crate::place::Kind::Sqlite => "UPDATE popote_migration SET checksum = x'00' WHERE version = 1",
        crate::place::Kind::Postgres => "UPDATE popote_migration SET checksum = '\\x00' WHERE version = 1",
    };
    meddle(&place, sql).await;
    let error = refused(&place, &quick()).await;
    assert!(matches!(error, OpenError::Altered { version: 1, .. }), "{error}");
}

async fn an_older_database_is_refused_where_asked(place: Place) {
    let options = Options { migrate: false, ..quick() };
    let error = refused(&place, &options).await;
    assert!(matches!(error, OpenError::Older { found: 0, .. }), "{error}");
    place.open().await.close().await;
    meddle(&place, "DELETE FROM popote_migration WHERE version > 1").await;
    let error = refused(&place, &options).await;
    assert!(matches!(error, OpenError::Older { found: 1, .. }), "{error}");
    let error = refused(&place, &quick()).await;
    assert!(
        matches!(error, OpenError::Migration { version: 2, .. }),
        "the tables are there already: {error}"
    );
}

async fn a_foreign_database_is_refused(place: Place) {
    meddle(&place, "CREATE TABLE recipe (name TEXT)").await;
    let before = (place.kind == crate::place::Kind::Sqlite).then(|| fs::read(place.path()).unwrap());
    let error = refused(&place, &quick()).await;
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    if let Some(before) = before {
        assert_eq!(fs::read(place.path()).unwrap(), before, "the file was touched");
    }
}

async fn a_locked_database_is_refused(place: Place) {
    match place.kind {
        crate::place::Kind::Sqlite => {
            let options = SqliteConnectOptions::new().filename(place.path()).create_if_missing(true);
            let mut other = SqliteConnection::connect_with(&options).await.unwrap();
            other.execute("BEGIN EXCLUSIVE; CREATE TABLE mine (n INTEGER)").await.unwrap();
            let error = refused(&place, &quick()).await;
            assert!(matches!(error, OpenError::Locked { .. }), "{error}");
            assert!(error.to_string().contains("another process"), "{error}");
            other.execute("ROLLBACK").await.unwrap();
        }
        crate::place::Kind::Postgres => {
            let mut other = place.postgres().await;
            other.execute("SELECT pg_advisory_lock(88439557944421)").await.unwrap();
            let error = refused(&place, &quick()).await;
            assert!(matches!(error, OpenError::Locked { .. }), "{error}");
            other.execute("SELECT pg_advisory_unlock_all()").await.unwrap();
        }
    }
    place.open().await.close().await;
}

async fn two_processes_migrate_at_once(place: Place) {
    let opened = |place: Place| tokio::spawn(async move { Db::open(&place.url, &Options::default()).await });
    let (first, second) = (opened(place.clone()), opened(place.clone()));
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
}

async fn what_is_append_only_stays(place: Place) {
    let db = place.open().await;
    let make = Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "CREATE TABLE kept (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)", args![]).await?;
            execute(tx, "INSERT INTO kept (id, n) VALUES (1, 1)", args![]).await?;
            guard(tx).await?;
            Ok(0)
        })
    });
    db.write(make).await.unwrap();
    let mut attempts = vec![
        "UPDATE kept SET n = 2",
        "DELETE FROM kept",
        "INSERT INTO kept VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = 2",
    ];
    attempts.push(if db.is_postgres() {
        "TRUNCATE kept"
    } else {
        "INSERT OR REPLACE INTO kept VALUES (1, 2)"
    });
    for attempt in attempts {
        let act = Act::new(move |tx| {
            Box::pin(async move {
                execute(tx, attempt, args![]).await?;
                Ok(1)
            })
        });
        let answer = db.write(act).await;
        assert!(matches!(answer, Err(Fail::Sql(_))), "{attempt}: {answer:?}");
    }
    let mut tx = db.read().await.unwrap();
    assert_eq!(fetch_value::<i64>(&mut tx, "SELECT n FROM kept", args![]).await.unwrap(), 1);
}

/// The guards of append-only tables, made as the migrations make them.
async fn guard(tx: &mut Tx) -> sqlx::Result<()> {
    let statements: &[&str] = if tx.is_postgres() {
        &[
            "CREATE TRIGGER kept_no_change BEFORE UPDATE OR DELETE ON kept FOR EACH ROW \
             EXECUTE FUNCTION refuse_change()",
            "CREATE TRIGGER kept_no_truncate BEFORE TRUNCATE ON kept FOR EACH STATEMENT \
             EXECUTE FUNCTION refuse_change()",
        ]
    } else {
        &[
            "CREATE TRIGGER kept_no_update BEFORE UPDATE ON kept BEGIN SELECT RAISE(ABORT, 'no'); END",
            "CREATE TRIGGER kept_no_delete BEFORE DELETE ON kept BEGIN SELECT RAISE(ABORT, 'no'); END",
        ]
    };
    for statement in statements {
        execute(tx, statement, args![]).await?;
    }
    Ok(())
}

/// The settings of the connection of a transaction.
async fn pragmas(tx: &mut Tx) -> (i64, i64, i64, String) {
    let foreign_keys =
        fetch_value(tx, "SELECT foreign_keys FROM pragma_foreign_keys", args![]).await.unwrap();
    let recursive =
        fetch_value(tx, "SELECT recursive_triggers FROM pragma_recursive_triggers", args![]).await;
    let synchronous = fetch_value(tx, "SELECT synchronous FROM pragma_synchronous", args![]).await.unwrap();
    let journal = fetch_value(tx, "SELECT journal_mode FROM pragma_journal_mode", args![]).await.unwrap();
    (foreign_keys, recursive.unwrap(), synchronous, journal)
}

async fn sqlite_connections_are_set_up(place: Place) {
    let db = place.open().await;
    let mut readers = Vec::new();
    for _ in 0..4 {
        let mut tx = db.read().await.unwrap();
        let (foreign_keys, recursive, _, journal) = pragmas(&mut tx).await;
        assert_eq!((foreign_keys, recursive, journal.as_str()), (1, 1, "wal"));
        readers.push(tx);
    }
    let full = SqliteSynchronous::Full as i64;
    let writer = Act::new(move |tx| {
        Box::pin(async move {
            let (foreign_keys, recursive, synchronous, journal) = pragmas(tx).await;
            assert_eq!((foreign_keys, recursive, synchronous, journal.as_str()), (1, 1, full, "wal"));
            Ok(1)
        })
    });
    assert_eq!(db.write(writer).await.unwrap(), 1);
    drop(readers);
    db.close().await;
    let header = fs::read(place.path()).unwrap();
    assert_eq!(&header[68..72], b"Popt", "the mark in the header of the file");
    assert!(!fs::exists(format!("{}-wal", place.path())).unwrap(), "the log was not folded into the file");
}

async fn a_text_file_is_refused(place: Place) {
    fs::write(place.path(), "Liste des courses : lait, œufs. ".repeat(200)).unwrap();
    let error = refused(&place, &quick()).await;
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
}

async fn a_temporary_database_goes_away(_: Place) {
    let db = Db::open("sqlite::memory:", &Options::default()).await.unwrap();
    words_table(&db).await;
    let mut tx = db.read().await.unwrap();
    const FILE: &str = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    let file: String = fetch_value(&mut tx, FILE, args![]).await.unwrap();
    drop(tx);
    assert!(fs::exists(&file).unwrap());
    db.close().await;
    drop(db);
    assert!(!fs::exists(&file).unwrap());
}

async fn postgres_connections_are_set_up(place: Place) {
    let db = place.open().await;
    const SETTINGS: &str = "SELECT CAST(setting AS TEXT) FROM pg_settings WHERE name IN \
        ('lock_timeout', 'statement_timeout', 'transaction_isolation', 'transaction_read_only') ORDER BY name";
    let writer = Act::new(|tx| {
        Box::pin(async move {
            let settings: Vec<String> = fetch_values(tx, SETTINGS, args![]).await?;
            assert_eq!(settings, ["5000", "15000", "read committed", "off"]);
            Ok(1)
        })
    });
    assert_eq!(db.write(writer).await.unwrap(), 1);
    let mut tx = db.read().await.unwrap();
    let settings: Vec<String> = fetch_values(&mut tx, SETTINGS, args![]).await.unwrap();
    assert_eq!(settings, ["5000", "15000", "repeatable read", "on"]);
}

async fn a_serving_role_needs_not_own_the_tables(place: Place) {
    place.open().await.close().await;
    meddle(
        &place,
        "DO $$ BEGIN CREATE ROLE popote_test_serving; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
         GRANT SELECT ON popote_migration TO popote_test_serving;
         GRANT SELECT, INSERT, UPDATE, DELETE ON posting TO popote_test_serving;",
    )
    .await;
    let separator = if place.url.contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}options=-c%20role%3Dpopote_test_serving", place.url);
    let db = Db::open(&url, &Options { migrate: false, ..Options::default() }).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let role: String = fetch_value(&mut tx, "SELECT CAST(current_user AS TEXT)", args![]).await.unwrap();
    assert_eq!(role, "popote_test_serving");
    drop(tx);
    for sql in ["TRUNCATE posting", "ALTER TABLE posting DISABLE TRIGGER ALL", "DROP TABLE posting"] {
        let act = Act::new(move |tx| {
            Box::pin(async move {
                execute(tx, sql, args![]).await?;
                Ok(1)
            })
        });
        let answer = db.write(act).await;
        let Err(Fail::Sql(sqlx::Error::Database(error))) = answer else { panic!("{sql}: {answer:?}") };
        assert_eq!(error.code().as_deref(), Some("42501"), "{sql}: {error}");
    }
    db.close().await;
    meddle(&place, "DROP OWNED BY popote_test_serving").await;
}

//! SQLite: a full disk, a transaction that SQLite has rolled back by itself, a lock of another process.

use std::time::Duration;

use popote_store::{Db, Options, WriteError, args, execute, fetch_value};
use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::task::JoinSet;

use crate::{
    act::{Act, Fail, batch, word, words, words_table},
    place::{Kind, Place, check, on},
};

#[test]
fn postgres_says_that_its_disk_is_full() {
    check(Kind::Postgres, a_full_disk_of_postgres);
}

on! {
    Sqlite:
    a_full_disk_in_a_batch,
    a_full_disk_alone,
    a_transaction_rolled_back_under_us,
    another_process_holds_the_lock,
}

/// Writes far more than the file may hold, in small pieces.
fn huge() -> Act {
    Act::new(|tx| {
        Box::pin(async move {
            for piece in 0..500 {
                let text = format!("{piece}-{}", "x".repeat(4_000));
                execute(tx, "INSERT INTO word (name) VALUES ($1)", args![text]).await?;
            }
            Ok(1)
        })
    })
}

/// A database that may grow by a hundred pages.
async fn small(place: &Place) -> Db {
    let db = place.open().await;
    words_table(&db).await;
    let mut tx = db.read().await.unwrap();
    let pages: u32 = fetch_value(&mut tx, "SELECT page_count FROM pragma_page_count", args![]).await.unwrap();
    drop(tx);
    db.close().await;
    place.open_with(&Options { max_pages: Some(pages + 100), ..Options::default() }).await
}

fn is_full(answer: &Result<i64, Fail>) -> bool {
    matches!(answer, Err(Fail::Sql(error)) if popote_store::is_full(error))
}

async fn a_full_disk_in_a_batch(place: Place) {
    let db = small(&place).await;
    let answers = batch(&db, vec![word("a"), huge(), word("b"), huge(), word("c")]).await;
    assert!(matches!(answers[0], Ok(1)), "{:?}", answers[0]);
    assert!(is_full(&answers[1]), "{:?}", answers[1]);
    assert!(matches!(answers[2], Ok(1)), "{:?}", answers[2]);
    assert!(is_full(&answers[3]), "{:?}", answers[3]);
    assert!(matches!(answers[4], Ok(1)), "{:?}", answers[4]);
    assert_eq!(words(&db).await, ["a", "b", "c"]);
    assert!(db.write(word("d")).await.is_ok(), "the writer lives on");
}

/// What PostgreSQL says when its disk is full, said on purpose: a real error of the server, with its code.
fn no_room() -> Act {
    Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["lost"]).await?;
            let raise =
                "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$";
            execute(tx, raise, args![]).await?;
            Ok(1)
        })
    })
}

async fn a_full_disk_of_postgres(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let answers = batch(&db, vec![word("a"), no_room(), word("b"), no_room(), word("c")]).await;
    assert!(matches!(answers[0], Ok(1)), "{:?}", answers[0]);
    assert!(is_full(&answers[1]), "{:?}", answers[1]);
    assert!(matches!(answers[2], Ok(1)), "{:?}", answers[2]);
    assert!(is_full(&answers[3]), "{:?}", answers[3]);
    assert!(matches!(answers[4], Ok(1)), "{:?}", answers[4]);
    assert_eq!(words(&db).await, ["a", "b", "c"]);
    assert!(is_full(&db.write(no_room()).await), "alone too");
    assert!(db.write(word("d")).await.is_ok(), "the writer lives on");
}

async fn a_full_disk_alone(place: Place) {
    let db = small(&place).await;
    for _ in 0..3 {
        assert!(is_full(&db.write(huge()).await));
    }
    assert!(db.write(word("a")).await.is_ok());
    assert_eq!(words(&db).await, ["a"]);
}

/// What SQLite does by itself on some faults of the disk, done on purpose: afterwards each statement would
/// commit by itself.
fn rolled_back(says: Result<i64, &'static str>) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["lost"]).await?;
            execute(tx, "ROLLBACK", args![]).await?;
            says.map_err(Fail::Refused)
        })
    })
}

async fn a_transaction_rolled_back_under_us(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let answers =
        batch(&db, vec![word("a"), rolled_back(Ok(1)), word("b"), rolled_back(Err("no")), word("c")]).await;
    assert!(
        matches!(answers.as_slice(), [Ok(1), Err(Fail::Sql(_)), Ok(1), Err(Fail::Refused("no")), Ok(1)]),
        "{answers:?}"
    );
    assert_eq!(words(&db).await, ["a", "b", "c"]);
    assert!(db.write(word("d")).await.is_ok(), "the writer lives on");
}

async fn another_process_holds_the_lock(place: Place) {
    let short = Duration::from_millis(100);
    let db = place.open_with(&Options { busy_timeout: short, ..Options::default() }).await;
    words_table(&db).await;
    let options = SqliteConnectOptions::new().filename(place.path());
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let answers = three_at_once(&db).await;
    for answer in answers {
        assert!(matches!(answer, Err(Fail::Write(WriteError::Unavailable))), "{answer:?}");
    }
    assert!(words(&db).await.is_empty(), "readers are not disturbed");
    other.execute("ROLLBACK").await.unwrap();
    assert!(db.write(word("a")).await.is_ok());
    assert_eq!(words(&db).await, ["a"]);
}

/// Three commands at once.
async fn three_at_once(db: &Db) -> Vec<Result<i64, Fail>> {
    let mut writes = JoinSet::new();
    for name in ["x", "y", "z"] {
        let db = db.clone();
        writes.spawn(async move { db.write(word(name)).await });
    }
    writes.join_all().await
}

//! Several writers at once: several servers, deadlocks, and what happens without the lock.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use popote_store::{Db, Options, WriteError, args, execute, fetch_value, row};
use sqlx::Executor;
use tokio::task::JoinSet;

use crate::{
    act::{Act, Fail, batch, word, words, words_table},
    place::{Kind, Place, check, on, on_both},
};

on_both! { two_servers_on_one_pot }

on! {
    Postgres:
    a_deadlock_in_a_batch,
    a_serialization_failure_passes,
    a_serialization_failure_each_time,
    a_lock_held_for_long,
    without_a_lock_the_balance_drifts,
    with_a_lock_it_does_not,
}

row! {
    struct Balance {
        balance: i64,
    }
}

/// An account whose balance and entries must agree.
async fn account(db: &Db) {
    let make = Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "CREATE TABLE held (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)", args![])
                .await?;
            execute(tx, "CREATE TABLE entry (seq BIGINT, amount BIGINT NOT NULL)", args![]).await?;
            execute(tx, "INSERT INTO held (id, balance) VALUES (1, 0)", args![]).await?;
            Ok(0)
        })
    });
    db.write(make).await.unwrap();
}

/// Reads the balance, decides, and writes the next one and an entry.
fn one_more(locked: bool) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            const READ: &str = "SELECT balance FROM held WHERE id = 1";
            let read: Option<Balance> = if locked {
                popote_store::fetch_optional_locked(tx, READ, args![]).await?
            } else {
                popote_store::fetch_optional(tx, READ, args![]).await?
            };
            let next = read.unwrap().balance + 1;
            tokio::time::sleep(Duration::from_millis(2)).await;
            execute(tx, "UPDATE held SET balance = $1 WHERE id = 1", args![next]).await?;
            execute(tx, "INSERT INTO entry (seq, amount) VALUES ($1, 1)", args![next]).await?;
            Ok(next)
        })
    })
}

/// The balance, and the sum of the entries.
async fn sums(db: &Db) -> (i64, i64) {
    let mut tx = db.read().await.unwrap();
    let balance = fetch_value(&mut tx, "SELECT balance FROM held", args![]).await.unwrap();
    const SUM: &str = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM entry";
    (balance, fetch_value(&mut tx, SUM, args![]).await.unwrap())
}

async fn two_servers_on_one_pot(place: Place) {
    let servers = [place.open().await, place.open().await];
    account(&servers[0]).await;
    let mut writes = JoinSet::new();
    for number in 0..100 {
        let db = servers[number % 2].clone();
        writes.spawn(async move { db.write(one_more(true)).await });
    }
    let mut seen: Vec<i64> = writes.join_all().await.into_iter().map(Result::unwrap).collect();
    seen.sort_unstable();
    assert_eq!(seen, (1..=100).collect::<Vec<_>>(), "two servers took the same number");
    assert_eq!(sums(&servers[1]).await, (100, 100));
}

/// 32 writers without a pot, each in a transaction of its own.
async fn thirty_two_writers(place: &Place, locked: bool) -> (i64, i64) {
    let db = place.open_with(&Options { connections: 64, ..Options::default() }).await;
    account(&db).await;
    let mut writes = JoinSet::new();
    for _ in 0..32 {
        let db = db.clone();
        writes.spawn(async move {
            for _ in 0..5 {
                db.write(one_more(locked).ungrouped()).await.unwrap();
            }
        });
    }
    writes.join_all().await;
    sums(&db).await
}

/// Why `lock_pot` comes first in each command of money: READ COMMITTED alone loses updates.
async fn without_a_lock_the_balance_drifts(place: Place) {
    let (balance, entries) = thirty_two_writers(&place, false).await;
    assert_eq!(entries, 160);
    assert!(balance < entries, "no update was lost: this test no longer shows why the lock is there");
}

async fn with_a_lock_it_does_not(place: Place) {
    assert_eq!(thirty_two_writers(&place, true).await, (160, 160));
}

/// SQLite has one writer, lock or not.
#[test]
fn without_a_lock_sqlite_does_not_drift() {
    check(Kind::Sqlite, |place| async move {
        assert_eq!(thirty_two_writers(&place, false).await, (160, 160));
    });
}

async fn a_deadlock_in_a_batch(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    account(&db).await;
    db.write(Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO held (id, balance) VALUES (2, 0)", args![]).await?;
            Ok(0)
        })
    }))
    .await
    .unwrap();
    // The other transaction holds 2 and wants 1. It looks for deadlocks too late to be the one that gives up.
    let mut other = place.postgres().await;
    other.execute("SET deadlock_timeout = '60s'").await.unwrap();
    other.execute("BEGIN").await.unwrap();
    other.execute("UPDATE held SET balance = 7 WHERE id = 2").await.unwrap();
    let (tell, told) = tokio::sync::oneshot::channel();
    let tell = std::sync::Mutex::new(Some(tell));
    let crossing = Act::new(move |tx| {
        let tell = tell.lock().unwrap().take();
        Box::pin(async move {
            execute(tx, "UPDATE held SET balance = balance + 1 WHERE id = 1", args![]).await?;
            if let Some(tell) = tell {
                tell.send(()).unwrap();
            }
            execute(tx, "UPDATE held SET balance = balance + 1 WHERE id = 2", args![]).await?;
            Ok(2)
        })
    });
    let runs = crossing.runs();
    let others_end = tokio::spawn(async move {
        told.await.unwrap();
        other.execute("UPDATE held SET balance = 7 WHERE id = 1").await.unwrap();
        other.execute("COMMIT").await.unwrap();
    });
    let answers = batch(&db, vec![word("a"), crossing, word("b")]).await;
    others_end.await.unwrap();
    assert!(matches!(answers.as_slice(), [Ok(1), Ok(2), Ok(1)]), "{answers:?}");
    assert!(runs.get() >= 2, "there was no deadlock");
    assert_eq!(words(&db).await, ["a", "b"]);
    let mut tx = db.read().await.unwrap();
    let sum: i64 =
        fetch_value(&mut tx, "SELECT CAST(SUM(balance) AS BIGINT) FROM held", args![]).await.unwrap();
    assert_eq!(sum, 16, "each of the two transactions once");
}

const FAIL: &str = "DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END $$";

/// Fails so many times.
fn failing(times: u32) -> Act {
    let left = Arc::new(AtomicU32::new(times));
    Act::new(move |tx| {
        let left = Arc::clone(&left);
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["f"]).await?;
            if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
                execute(tx, FAIL, args![]).await?;
            }
            Ok(3)
        })
    })
}

async fn a_serialization_failure_passes(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let (act, alone) = (failing(3), failing(0));
    let runs = act.runs();
    let answers = batch(&db, vec![word("a"), act, word("b")]).await;
    assert!(matches!(answers.as_slice(), [Ok(1), Ok(3), Ok(1)]), "{answers:?}");
    assert_eq!(runs.get(), 4, "once in the batch, then alone until it passed");
    assert_eq!(words(&db).await, ["a", "b", "f"]);
    assert!(matches!(db.write(alone).await, Err(Fail::Sql(_))), "the name is taken");
}

async fn a_serialization_failure_each_time(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let act = failing(u32::MAX);
    let runs = act.runs();
    let answer = db.write(act).await;
    assert!(matches!(answer, Err(Fail::Write(WriteError::Conflict))), "{answer:?}");
    assert_eq!(runs.get(), 8, "the tries are bounded");
    assert!(words(&db).await.is_empty());
}

async fn a_lock_held_for_long(place: Place) {
    let options = Options { lock_timeout: Duration::from_millis(100), ..Options::default() };
    let db = place.open_with(&options).await;
    account(&db).await;
    let mut other = place.postgres().await;
    other.execute("BEGIN; UPDATE held SET balance = 7").await.unwrap();
    let act = one_more(true);
    let runs = act.runs();
    let answer = db.write(act).await;
    let Err(Fail::Sql(sqlx::Error::Database(error))) = answer else { panic!("{answer:?}") };
    assert_eq!(error.code().as_deref(), Some("55P03"), "lock_not_available");
    assert_eq!(runs.get(), 1, "who waited in vain is told at once");
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(db.write(one_more(true)).await.unwrap(), 1);
}

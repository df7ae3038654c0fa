//! Writing in groups: who is answered what and when.

use std::{sync::Arc, time::Duration};

use popote_store::{Options, WriteError, args, execute, fetch_value, violates};

use crate::{
    act::{Act, Answer, Fail, Gate, batch, is_waiting, queue, word, words, words_table},
    place::{Place, on_both},
};

on_both! {
    a_refusal_beside_successes,
    a_broken_constraint_beside_successes,
    no_answer_before_the_commit,
    a_panic_in_a_batch,
    a_panic_alone,
    a_command_that_goes_on_after_an_error,
    the_caller_goes_away,
    the_queue_is_full,
    closing_answers_those_who_wait,
    a_long_command_stands_alone,
    more_than_a_batch,
}

fn refusing(name: &'static str) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args![name]).await?;
            Err(Fail::Refused("no"))
        })
    })
}

async fn a_refusal_beside_successes(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let acts = vec![word("a"), refusing("b"), word("c"), refusing("d")];
    let runs: Vec<_> = acts.iter().map(Act::runs).collect();
    let answers = batch(&db, acts).await;
    assert!(matches!(answers.as_slice(), [Ok(1), Err(Fail::Refused("no")), Ok(1), Err(Fail::Refused("no"))]));
    assert_eq!(words(&db).await, ["a", "c"]);
    assert!(runs.iter().all(|runs| runs.get() == 1), "the batch was run twice");
}

async fn a_broken_constraint_beside_successes(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let acts = vec![word("a"), word("a"), word("b")];
    let runs: Vec<_> = acts.iter().map(Act::runs).collect();
    let answers = batch(&db, acts).await;
    assert!(matches!(answers.as_slice(), [Ok(1), Err(Fail::Sql(_)), Ok(1)]), "{answers:?}");
    assert_eq!(words(&db).await, ["a", "b"]);
    assert!(runs.iter().all(|runs| runs.get() == 1), "the batch was run twice");
}

async fn no_answer_before_the_commit(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let (first, first_act) = Gate::new();
    let mut gate = queue(&db, first_act).await;
    first.entered().await;
    let mut success = queue(&db, word("a")).await;
    let mut refusal = queue(&db, refusing("b")).await;
    let (second, second_act) = Gate::new();
    let mut last = queue(&db, second_act).await;
    assert!(is_waiting(&mut gate).await);
    first.open();
    assert!(gate.await.is_ok());
    second.entered().await;
    // Both commands have run, in a transaction that is still open.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(is_waiting(&mut success).await, "a success was told before the commit");
    assert!(is_waiting(&mut refusal).await, "a refusal was told before the commit");
    assert!(words(&db).await.is_empty(), "seen before the commit");
    assert!(is_waiting(&mut last).await);
    second.open();
    assert!(success.await.is_ok());
    assert!(matches!(refusal.await, Err(Fail::Refused(_))));
    assert!(last.await.is_ok());
    assert_eq!(words(&db).await, ["a"]);
}

fn panicking(name: &'static str) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args![name]).await?;
            panic!("a command panics, as this test wants");
        })
    })
}

async fn a_panic_in_a_batch(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let acts = vec![word("a"), panicking("b"), word("c")];
    let runs: Vec<_> = acts.iter().map(Act::runs).collect();
    let answers = batch(&db, acts).await;
    assert!(
        matches!(answers.as_slice(), [Ok(1), Err(Fail::Write(WriteError::Panicked)), Ok(1)]),
        "{answers:?}"
    );
    assert_eq!(words(&db).await, ["a", "c"]);
    let runs: Vec<u32> = runs.iter().map(super::act::Runs::get).collect();
    assert_eq!(runs, [2, 2, 1], "rolled back together, then run one by one");
}

async fn a_panic_alone(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    for act in [panicking("a"), panicking("b").ungrouped()] {
        let answer = db.write(act).await;
        assert!(matches!(answer, Err(Fail::Write(WriteError::Panicked))), "{answer:?}");
    }
    assert!(db.write(word("c")).await.is_ok(), "the writer lives on");
    assert_eq!(words(&db).await, ["c"]);
}

/// Swallows a broken constraint and says that all went well.
fn going_on() -> Act {
    Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["x"]).await?;
            let twice = execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["x"]).await;
            assert!(violates(&twice.unwrap_err(), "word_pkey") || !tx.is_postgres());
            let third = execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["y"]).await;
            assert!(third.is_err(), "a statement was taken after a failed one");
            Ok(1)
        })
    })
}

async fn a_command_that_goes_on_after_an_error(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let alone = db.write(going_on()).await;
    assert!(matches!(alone, Err(Fail::Write(WriteError::WentOn))), "{alone:?}");
    let answers = batch(&db, vec![word("a"), going_on(), word("b")]).await;
    assert!(
        matches!(answers.as_slice(), [Ok(1), Err(Fail::Write(WriteError::WentOn)), Ok(1)]),
        "{answers:?}"
    );
    assert_eq!(words(&db).await, ["a", "b"]);
}

async fn the_caller_goes_away(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let (gate, act) = Gate::new();
    let first = queue(&db, act).await;
    gate.entered().await;
    let second = queue(&db, word("a")).await;
    drop(first);
    drop(second);
    gate.open();
    assert!(db.write(word("b")).await.is_ok());
    assert_eq!(words(&db).await, ["a", "b"]);
}

async fn the_queue_is_full(place: Place) {
    let db = place.open_with(&Options { queue: 3, ..Options::default() }).await;
    words_table(&db).await;
    let (gate, act) = Gate::new();
    let first = queue(&db, act).await;
    gate.entered().await;
    let second = queue(&db, word("a")).await;
    let third = queue(&db, word("b")).await;
    let fourth = db.write(word("c")).await;
    assert!(matches!(fourth, Err(Fail::Write(WriteError::Overloaded))), "{fourth:?}");
    gate.open();
    for write in [first, second, third] {
        assert!(write.await.is_ok());
    }
    assert!(db.write(word("d")).await.is_ok(), "places are free again");
    assert_eq!(words(&db).await, ["a", "b", "d"]);
}

async fn closing_answers_those_who_wait(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let (gate, act) = Gate::new();
    let first = queue(&db, act).await;
    gate.entered().await;
    let second = queue(&db, word("a")).await;
    let closing = tokio::spawn({
        let db = db.clone();
        async move { db.close().await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!closing.is_finished(), "closed although commands wait");
    let late = db.write(word("b")).await;
    assert!(matches!(late, Err(Fail::Write(WriteError::Closed))), "{late:?}");
    gate.open();
    closing.await.unwrap();
    assert!(first.await.is_ok());
    assert!(second.await.is_ok());
    let again = place.open().await;
    assert_eq!(words(&again).await, ["a"]);
}

async fn a_long_command_stands_alone(place: Place) {
    let timeout = Duration::from_millis(200);
    let db = place.open_with(&Options { statement_timeout: timeout, ..Options::default() }).await;
    words_table(&db).await;
    let long = || {
        Act::new(|tx| {
            Box::pin(async move {
                if tx.is_postgres() {
                    execute(tx, "SELECT pg_sleep(0.5)", args![]).await?;
                }
                execute(tx, "INSERT INTO word (name) VALUES ($1)", args!["long"]).await?;
                Ok(1)
            })
        })
    };
    assert!(db.write_alone(long()).await.is_ok());
    if db.is_postgres() {
        let stopped = db.write(long()).await;
        let Err(Fail::Sql(sqlx::Error::Database(error))) = stopped else { panic!("{stopped:?}") };
        assert_eq!(error.code().as_deref(), Some("57014"), "the statement timeout");
    }
    assert_eq!(words(&db).await, ["long"]);
}

async fn more_than_a_batch(place: Place) {
    let db = place.open().await;
    let make = Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "CREATE TABLE counter (n BIGINT NOT NULL)", args![]).await?;
            execute(tx, "INSERT INTO counter (n) VALUES (0)", args![]).await?;
            Ok(0)
        })
    });
    db.write(make).await.unwrap();
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let acts = (0..150_i64).map(|place| {
        let order = Arc::clone(&order);
        Act::new(move |tx| {
            let order = Arc::clone(&order);
            Box::pin(async move {
                order.lock().unwrap().push(place);
                execute(tx, "UPDATE counter SET n = n + 1", args![]).await?;
                Ok(fetch_value(tx, "SELECT n FROM counter", args![]).await?)
            })
        })
    });
    let answers: Vec<Answer> = batch(&db, acts.collect()).await;
    let seen: Vec<i64> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(seen, (1..=150).collect::<Vec<_>>(), "each sees what came before it");
    assert_eq!(*order.lock().unwrap(), (0..150).collect::<Vec<_>>(), "in the order in which they came");
}

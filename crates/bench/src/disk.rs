//! How fast the bare disk is: one commit after the other, each durable, with nothing of Popote.

use std::{
    path::Path,
    str::FromStr,
    time::{Duration, Instant},
};

use sqlx::{
    Connection, Executor, PgConnection, SqliteConnection, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// Commits in a second, of one row each, in a new file with the settings that Popote uses.
///
/// # Panics
/// If the file can't be written.
pub async fn sqlite(folder: &Path, time: Duration) -> u64 {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("commits.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("a new file");
    connection
        .execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        .await
        .expect("a table");
    let (began, mut commits) = (Instant::now(), 0);
    while began.elapsed() < time {
        let insert = query("INSERT INTO line (text) VALUES ('one line of no importance')");
        insert.execute(&mut connection).await.expect("a row");
        commits += 1;
    }
    let rate = per_second(commits, began.elapsed());
    connection.close().await.expect("the file closes");
    rate
}

/// The same on a PostgreSQL server. Whether it waits for the disk is its own setting, `fsync`, told beside.
///
/// # Panics
/// If the server can't be written to.
pub async fn postgres(url: &str, time: Duration) -> (u64, bool) {
    let options = sqlx::postgres::PgConnectOptions::from_str(url).expect("an address of PostgreSQL");
    let mut connection = PgConnection::connect_with(&options).await.expect("the server answers");
    connection
        .execute("CREATE TABLE bench_line (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)")
        .await
        .expect("a table");
    let (began, mut commits) = (Instant::now(), 0);
    while began.elapsed() < time {
        let insert = query("INSERT INTO bench_line (text) VALUES ('one line of no importance')");
        insert.execute(&mut connection).await.expect("a row");
        commits += 1;
    }
    let rate = per_second(commits, began.elapsed());
    let durable = sqlx::query_scalar::<_, String>("SHOW fsync").fetch_one(&mut connection).await;
    connection.execute("DROP TABLE bench_line").await.expect("the table goes");
    (rate, durable.is_ok_and(|setting| setting == "on"))
}

fn per_second(count: u64, time: Duration) -> u64 {
    count * 1_000_000 / u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1)
}

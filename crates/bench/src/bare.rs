//! The measure of the pages: an axum handler that reads one row by its key from SQLite and answers with it.

use std::{net::SocketAddr, path::Path};

use axum::{Router, extract::State, response::Html, routing::get};
use sqlx::{
    Executor, SqlitePool, query_scalar,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};
use tokio::net::TcpListener;

/// Connections that read, as many as Popote has.
const READERS: u32 = 4;

/// Serves until it is killed.
///
/// # Panics
/// If the file can't be made or the port not be had.
pub async fn serve(address: SocketAddr, folder: &Path) {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let pool = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await.expect("a file");
    for sql in [
        "CREATE TABLE IF NOT EXISTS page (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
        "INSERT OR REPLACE INTO page (id, text) VALUES (1, '<!doctype html><title>A page</title><p>One row.')",
    ] {
        pool.execute(sql).await.expect("a row");
    }
    let router = Router::new().route("/", get(page)).with_state(pool);
    let listener = TcpListener::bind(address).await.expect("the port is free");
    axum::serve(listener, router).await.expect("it serves");
}

async fn page(State(pool): State<SqlitePool>) -> Html<String> {
    let row = query_scalar("SELECT text FROM page WHERE id = $1").bind(1_i64).fetch_one(&pool).await;
    Html(row.expect("the row"))
}

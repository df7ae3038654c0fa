//! Opening PostgreSQL: its version, its timeouts.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, Connection, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    open::{OpenError, Options},
    pools::Pools,
};

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 500;
/// The oldest major version.
const OLDEST: i64 = 15;
/// After so long a connection is asked whether it still lives before it is used.
const STALE: Duration = Duration::from_secs(5);

/// The name of a database for messages: never the user or the password.
pub(super) fn place(address: &PgConnectOptions) -> String {
    let name = address.get_database().unwrap_or("the default database");
    match address.get_socket() {
        Some(socket) => format!("{name} on {}", socket.display()),
        None if address.get_host().starts_with('/') => format!("{name} on {}", address.get_host()),
        None => format!("{name} on {}:{}", address.get_host(), address.get_port()),
    }
}

/// Opens the pool and checks the version of the server.
pub(super) async fn connect(
    address: PgConnectOptions,
    place: &str,
    options: &Options,
) -> Result<Pools, OpenError> {
    let driver = |error| OpenError::from_driver(place, error);
    let address = address.application_name("popote").statement_cache_capacity(STATEMENTS);
    let write = pool(options, false).connect_with(address.clone()).await.map_err(driver)?;
    let version: i64 = sqlx::query_scalar("SELECT CAST(current_setting('server_version_num') AS BIGINT)")
        .fetch_one(&write)
        .await
        .map_err(driver)?;
    let found = version / 10_000;
    if found < OLDEST {
        write.close().await;
        return Err(OpenError::TooOld { place: place.to_owned(), found });
    }
    Ok(Pools::Postgres { write, read: pool(options, true).connect_lazy_with(address) })
}

fn pool(options: &Options, reads: bool) -> PgPoolOptions {
    let setup = format!(
        "SET lock_timeout = {}; SET statement_timeout = {}; SET client_min_messages = warning; \
         SET default_transaction_read_only = {reads}",
        options.lock_timeout.as_millis(),
        options.statement_timeout.as_millis()
    );
    PgPoolOptions::new()
        .max_connections(options.connections.div_ceil(2).max(2))
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > STALE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection, _| {
            let setup = setup.clone();
            Box::pin(async move { connection.execute(AssertSqlSafe(setup)).await.map(drop) })
        })
}

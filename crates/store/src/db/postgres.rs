//! Opening PostgreSQL: its version, its timeouts.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection,
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
    // One connection first: a pool would try again in silence, and then only say that it has waited.
    let first = tokio::time::timeout(options.acquire_timeout, PgConnection::connect_with(&address)).await;
    first
        .map_err(|_| silent(place, options))?
        .map_err(|error| unmet(place, error))?
        .close()
        .await
        .map_err(driver)?;
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

fn silent(place: &str, options: &Options) -> OpenError {
    let cause = format!("no answer in {} seconds", options.acquire_timeout.as_secs());
    OpenError::Unreachable { place: place.to_owned(), cause }
}

/// Why there is no first connection.
fn unmet(place: &str, error: sqlx::Error) -> OpenError {
    match &error {
        sqlx::Error::Io(cause) => {
            OpenError::Unreachable { place: place.to_owned(), cause: cause.to_string() }
        }
        sqlx::Error::Database(said) => match said.code().as_deref().unwrap_or_default() {
            // invalid_catalog_name
            "3D000" => OpenError::Absent { place: place.to_owned() },
            code if code.starts_with("28") => {
                OpenError::Denied { place: place.to_owned(), cause: said.message().to_owned() }
            }
            _ => OpenError::from_driver(place, error),
        },
        _ => OpenError::from_driver(place, error),
    }
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

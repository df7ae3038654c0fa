//! Throw-away databases of either kind.
//!
//! PostgreSQL is found by `POPOTE_TEST_POSTGRES` (a role that may create databases). Without it the tests fail,
//! unless `POPOTE_TEST_SQLITE_ONLY=1` says that this is meant.

use std::{
    env,
    panic::resume_unwind,
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
};

use popote_store::{Db, Options};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, postgres::PgConnectOptions};

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A new, empty database.
#[derive(Clone, Debug)]
pub struct Place {
    pub kind: Kind,
    /// Its address.
    pub url: String,
}

impl Place {
    /// Opens it as a server does.
    pub async fn open(&self) -> Db {
        self.open_with(&Options::default()).await
    }

    pub async fn open_with(&self, options: &Options) -> Db {
        Db::open(&self.url, options).await.unwrap()
    }

    /// A connection past the pool. PostgreSQL only.
    pub async fn postgres(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.unwrap()
    }

    /// The path of the file. SQLite only.
    pub fn path(&self) -> &str {
        self.url.strip_prefix("sqlite:").unwrap()
    }
}

/// Runs a test on a new database, which is removed whether the test passes or not.
pub fn check<F>(kind: Kind, test: impl FnOnce(Place) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let ended = match kind {
        Kind::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("popote.sqlite").display());
            runtime.block_on(async { tokio::spawn(test(Place { kind, url })).await })
        }
        Kind::Postgres => {
            let Some(server) = server() else { return };
            runtime.block_on(async {
                let name = create(&server).await;
                let ended = tokio::spawn(test(Place { kind, url: address(&server, &name) })).await;
                remove(&server, &name).await;
                ended
            })
        }
    };
    if let Err(panic) = ended {
        resume_unwind(panic.into_panic());
    }
}

fn server() -> Option<String> {
    match (env::var("POPOTE_TEST_POSTGRES"), env::var("POPOTE_TEST_SQLITE_ONLY")) {
        (Ok(url), _) => Some(url),
        (Err(_), Ok(only)) if only == "1" => {
            eprintln!("PostgreSQL is left out: POPOTE_TEST_SQLITE_ONLY=1");
            None
        }
        _ => panic!(
            "set POPOTE_TEST_POSTGRES=postgres://…, or POPOTE_TEST_SQLITE_ONLY=1 to leave PostgreSQL out"
        ),
    }
}

async fn create(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("popote_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    run(server, format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await;
    name
}

async fn remove(server: &str, name: &str) {
    run(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

async fn run(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
    connection.close().await.unwrap();
}

/// The address of another database of the same server.
fn address(server: &str, name: &str) -> String {
    address_of(&PgConnectOptions::from_str(server).unwrap().database(name))
}

/// The address that says the same as some options.
pub fn address_of(options: &PgConnectOptions) -> String {
    options.to_url_lossy().to_string()
}

/// Makes a test of each function for each kind of database.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { $crate::place::check($crate::place::Kind::Sqlite, super::$name); })*
        }
        mod postgres {
            $(#[test] fn $name() { $crate::place::check($crate::place::Kind::Postgres, super::$name); })*
        }
    };
}
pub(crate) use on_both;

/// Makes a test of each function for one kind of database.
macro_rules! on {
    ($kind:ident: $($name:ident),* $(,)?) => {
        mod only {
            $(#[test] fn $name() { $crate::place::check($crate::place::Kind::$kind, super::$name); })*
        }
    };
}
pub(crate) use on;

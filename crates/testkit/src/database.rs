//! Throw-away databases of either kind.

use std::{
    env,
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection,
    postgres::PgConnectOptions,
};
use store::{Db, Options};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A temporary file.
    Sqlite,
    /// A database of the server named by `POPOTE_TEST_POSTGRES`.
    Postgres,
}

/// A place in which nothing is yet: for what fills one by itself.
pub struct Empty {
    /// Its address.
    pub url: String,
    folder: Option<TempDir>,
    /// The server and the name of the database there.
    remote: Option<(String, String)>,
}

impl Empty {
    /// Makes such a place.
    ///
    /// # Panics
    /// Without `POPOTE_TEST_POSTGRES`, where PostgreSQL is asked for.
    pub async fn new(kind: Kind) -> Self {
        if kind == Kind::Sqlite {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let url = format!("sqlite:{}", folder.path().join("popote.db").display());
            return Self { url, folder: Some(folder), remote: None };
        }
        let server = server().expect("a server of PostgreSQL");
        let name = next_name("empty");
        run(&server, format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await;
        Self { url: address(&server, &name), folder: None, remote: Some((server, name)) }
    }

    /// Whether nothing is there: no file, or no table, function or type of anybody.
    ///
    /// # Panics
    /// If one can't look.
    pub async fn is_empty(&self) -> bool {
        if let Some(folder) = &self.folder {
            return std::fs::read_dir(folder.path()).expect("the folder").next().is_none();
        }
        const SQL: &str = "SELECT (SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
            WHERE n.nspname !~ '^pg_|^information_schema$') + (SELECT COUNT(*) FROM pg_proc p \
            JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname !~ '^pg_|^information_schema$')";
        let mut connection = PgConnection::connect(&self.url).await.expect("the database answers");
        let found: i64 = sqlx::query_scalar(SQL).fetch_one(&mut connection).await.expect("a number");
        connection.close().await.expect("the connection closes");
        found == 0
    }

    /// Removes it.
    pub async fn remove(self) {
        if let Some((server, name)) = &self.remote {
            run(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

/// A new database with the present schema, and how to be rid of it.
pub(crate) struct Place {
    pub(crate) url: String,
    /// The folder of the file, removed on drop.
    _folder: Option<TempDir>,
    /// The server and the name of the database there.
    remote: Option<(String, String)>,
}

impl Place {
    /// Makes a database. `None`: PostgreSQL is left out on purpose.
    pub(crate) async fn new(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let url = format!("sqlite:{}", folder.path().join("popote.db").display());
                Some(Self { url, _folder: Some(folder), remote: None })
            }
            Kind::Postgres => {
                let server = server()?;
                let name = next_name("test");
                let template = template(&server).await;
                run(&server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                Some(Self { url: address(&server, &name), _folder: None, remote: Some((server, name)) })
            }
        }
    }

    /// Opens it as a server does.
    pub(crate) async fn open(&self) -> Db {
        Db::open(&self.url, &Options { connections: 8, ..Options::default() })
            .await
            .expect("the database opens")
    }

    /// Removes it.
    pub(crate) async fn remove(self) {
        if let Some((server, name)) = &self.remote {
            run(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
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

fn next_name(purpose: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("popote_{purpose}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst))
}

/// A database with the schema, made once a process, of which the others are copies.
async fn template(server: &str) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let name = next_name("template");
        run(server, format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await;
        let db = Db::open(&address(server, &name), &Options { connections: 2, ..Options::default() }).await;
        db.expect("the template opens").close().await;
        name
    };
    TEMPLATE.get_or_init(make).await
}

async fn run(server: &str, sql: String) {
    let mut connection =
        PgConnection::connect(server).await.expect("the server of POPOTE_TEST_POSTGRES answers");
    connection.execute(AssertSqlSafe(sql)).await.expect("a database is made or removed");
    connection.close().await.expect("the connection closes");
}

/// The address of another database of the same server.
fn address(server: &str, name: &str) -> String {
    let options = PgConnectOptions::from_str(server).expect("POPOTE_TEST_POSTGRES is an address");
    let mut url = options.database(name).to_url_lossy();
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| key != "statement-cache-capacity")
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    url.to_string()
}

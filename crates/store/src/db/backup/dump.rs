//! Copies of a database of PostgreSQL, made and read by its own tools.

use std::{path::Path, process::Stdio};

use sqlx::{Connection as _, PgConnection};

use super::{BackupError, refuse_unguarded};
use crate::db::{
    Db, migrate,
    open::{OpenError, Options},
};

/// Writes the database at `url` into a file.
pub(super) async fn make(url: &str, target: &Path) -> Result<(), BackupError> {
    let file = format!("--file={}", target.display());
    tool("pg_dump", &["--format=custom", "--no-owner", "--no-privileges", &file, url]).await.map(drop)
}

/// Restores a dump into an empty database of PostgreSQL, brings it up to this program's schema and looks at it. A dump that
/// is refused leaves the database as empty as it was.
pub(super) async fn restore(copy: &Path, url: &str) -> Result<(), BackupError> {
    match Db::open(url, &Options { migrate: false, ..Options::default() }).await {
        Err(OpenError::Older { found: 0, .. }) => {}
        Err(error) => return Err(error.into()),
        Ok(db) => {
            db.close().await;
            return Err(BackupError::NotEmpty);
        }
    }
    let file = copy.display().to_string();
    refuse_newer_dump(&file).await?;
    let before = objects(url).await.map_err(BackupError::Sql)?;
    let database = format!("--dbname={url}");
    tool("pg_restore", &["--single-transaction", "--no-owner", "--no-privileges", &database, &file]).await?;
    let looked = match Db::open(url, &Options::default()).await {
        Ok(db) => {
            let looked = refuse_unguarded(copy, &db).await;
            db.close().await;
            looked
        }
        Err(error) => Err(error.into()),
    };
    let Err(refused) = looked else { return Ok(()) };
    match drop_new(url, &before).await {
        Ok(()) => Err(refused),
        Err(error) => Err(BackupError::NotEmptied { refused: refused.to_string(), error }),
    }
}

/// What somebody made in a database, each as the statement that removes it.
async fn objects(url: &str) -> sqlx::Result<Vec<String>> {
    // What belongs to an extension goes with it; what belongs to a table too.
    const SQL: &str = "SELECT format('DROP EXTENSION IF EXISTS %I CASCADE', extname) FROM pg_extension \
        UNION ALL SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace \
          WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' \
        UNION ALL SELECT format('DROP %s IF EXISTS %I.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' \
            WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' \
            ELSE 'TABLE' END, n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
          WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname NOT LIKE 'pg\\_%' \
            AND n.nspname <> 'information_schema' \
        UNION ALL SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', CAST(CAST(p.oid AS regprocedure) AS TEXT)) \
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
          WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' \
        UNION ALL SELECT format('DROP TYPE IF EXISTS %I.%I CASCADE', n.nspname, t.typname) \
          FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace \
          WHERE t.typtype IN ('e', 'd') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";
    let mut connection = PgConnection::connect(url).await?;
    let found = sqlx::query_scalar(SQL).fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(found)
}

/// Removes what wasn't there before, in one transaction.
async fn drop_new(url: &str, before: &[String]) -> sqlx::Result<()> {
    let after = objects(url).await?;
    let mut connection = PgConnection::connect(url).await?;
    let mut transaction = connection.begin().await?;
    for statement in after.into_iter().filter(|statement| !before.contains(statement)) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    connection.close().await
}

/// A dump is refused before anything of it is in the database: its migrations are read from it.
async fn refuse_newer_dump(copy: &str) -> Result<(), BackupError> {
    let rows = tool("pg_restore", &["--data-only", "--table=popote_migration", "--file=-", copy]).await?;
    let version = |line: &str| line.split('\t').next().and_then(|cell| cell.parse::<i64>().ok());
    let copied = rows.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1);
    let found = copied.take_while(|line| *line != "\\.").filter_map(version).max();
    let known = migrate::newest();
    match found {
        Some(found) if found > known => Err(BackupError::Newer { copy: copy.into(), found, known }),
        _ => Ok(()),
    }
}

async fn tool(name: &'static str, arguments: &[&str]) -> Result<String, BackupError> {
    let output = tokio::process::Command::new(name)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .await
        .map_err(|error| BackupError::Tool { tool: name, message: error.to_string() })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(BackupError::Tool { tool: name, message })
    }
}

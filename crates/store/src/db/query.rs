//! Queries: one SQL text, one call, either database.
//!
//! Placeholders are `$1`, `$2`…; a call whose arguments are fewer or more than the text asks for is refused
//! (SQLite alone would read NULL). Lists have a limit: end a SELECT that may grow with `LIMIT`.

use std::fmt::Write as _;

use sqlx::{
    Arguments, AssertSqlSafe, Error, SqlSafeStr, SqlStr, postgres::PgArguments, sqlite::SqliteArguments,
};

use super::{
    column::{Arg, FromColumn},
    heard,
    row::{First, Row},
    tx::Tx,
};

/// The most arguments of one statement: SQLite allows 32 766.
pub const MAX_ARGUMENTS: usize = 32_000;

/// The most arguments of one insertion of many rows. A full one is kept prepared.
const INSERTED_AT_ONCE: usize = 1_000;

/// How many rows a smaller insertion may have to be kept prepared; longer ones rarely come twice in one length.
const PREPARED_ROWS: usize = 8;

/// Arguments of a query: `args![id, "text", 5_i64, None::<Uuid>]`, of anything that is
/// [`ToColumn`](crate::ToColumn).
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        ::std::vec::Vec::<$crate::Arg>::from([$($crate::ToColumn::to_arg(&$value)),*])
    };
}

fn bind<A: Arguments>(args: Vec<Arg>) -> sqlx::Result<A>
where
    Option<i64>: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    Option<String>: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    Option<uuid::Uuid>: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    Option<Vec<u8>>: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
{
    let mut bound = A::default();
    for arg in args {
        match arg {
            Arg::I64(value) => bound.add(value),
            Arg::Text(value) => bound.add(value),
            Arg::Uuid(value) => bound.add(value),
            Arg::Blob(value) => bound.add(value),
        }
        .map_err(Error::Encode)?;
    }
    Ok(bound)
}

/// The highest placeholder of a text.
pub(super) fn placeholders(sql: &str) -> usize {
    sql.split(['$', '?'])
        .skip(1)
        .filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest[..end].parse().ok()
        })
        .max()
        .unwrap_or(0)
}

fn checked(sql: impl SqlSafeStr, args: &[Arg]) -> sqlx::Result<SqlStr> {
    let sql = sql.into_sql_str();
    let asked = placeholders(sql.as_str());
    if asked == args.len() && asked <= MAX_ARGUMENTS {
        heard::note(sql.as_str());
        Ok(sql)
    } else {
        Err(Error::InvalidArgument(format!(
            "{} arguments for {asked} placeholders: {}",
            args.len(),
            sql.as_str()
        )))
    }
}

/// Adds `FOR UPDATE` on PostgreSQL. SQLite has one writer, which holds the only write lock already.
fn locked(tx: &Tx, sql: &'static str) -> SqlStr {
    if tx.is_postgres() {
        AssertSqlSafe(format!("{sql} FOR UPDATE")).into_sql_str()
    } else {
        sql.into_sql_str()
    }
}

/// How a placeholder is written in a text that is made: SQLite takes `$n` for a name, and looks it up among those
/// before it, one by one.
const fn mark(is_postgres: bool) -> char {
    if is_postgres { '$' } else { '?' }
}

/// Writes the placeholders of a list where the text says `@list`, after the other arguments.
fn with_list(is_postgres: bool, sql: &'static str, first: usize, count: usize) -> String {
    let mark = mark(is_postgres);
    let list: Vec<String> = (first + 1..=first + count).map(|place| format!("{mark}{place}")).collect();
    let sql = sql.replace("@list", &list.join(", "));
    if is_postgres { sql } else { sql.replace('$', "?") }
}

/// The same for pairs, where the text says `@pairs`.
fn with_pairs(is_postgres: bool, sql: &'static str, first: usize, count: usize) -> String {
    let mark = mark(is_postgres);
    let pair = |at: usize| format!("({mark}{}, {mark}{})", first + 2 * at + 1, first + 2 * at + 2);
    let pairs: Vec<String> = (0..count).map(pair).collect();
    let sql = sql.replace("@pairs", &pairs.join(", "));
    if is_postgres { sql } else { sql.replace('$', "?") }
}

async fn all<R: Row>(tx: &mut Tx, sql: impl SqlSafeStr, args: Vec<Arg>) -> sqlx::Result<Vec<R>> {
    let sql = checked(sql, &args)?;
    match tx {
        Tx::Sqlite(open) => {
            let args = bind::<SqliteArguments>(args)?;
            let rows = sqlx::query_as_with(sql, args).fetch_all(open.connection()?).await;
            tx.noted(rows)
        }
        Tx::Postgres(open) => {
            let args = bind::<PgArguments>(args)?;
            let rows = sqlx::query_as_with(sql, args).fetch_all(open.connection()?).await;
            tx.noted(rows)
        }
    }
}

async fn optional<R: Row>(tx: &mut Tx, sql: impl SqlSafeStr, args: Vec<Arg>) -> sqlx::Result<Option<R>> {
    let sql = checked(sql, &args)?;
    match tx {
        Tx::Sqlite(open) => {
            let args = bind::<SqliteArguments>(args)?;
            let row = sqlx::query_as_with(sql, args).fetch_optional(open.connection()?).await;
            tx.noted(row)
        }
        Tx::Postgres(open) => {
            let args = bind::<PgArguments>(args)?;
            let row = sqlx::query_as_with(sql, args).fetch_optional(open.connection()?).await;
            tx.noted(row)
        }
    }
}

async fn run(tx: &mut Tx, sql: impl SqlSafeStr, args: Vec<Arg>, prepared: bool) -> sqlx::Result<u64> {
    let sql = checked(sql, &args)?;
    match tx {
        Tx::Sqlite(open) => {
            let query = sqlx::query_with(sql, bind::<SqliteArguments>(args)?).persistent(prepared);
            let done = query.execute(open.connection()?).await;
            tx.noted(done.map(|done| done.rows_affected()))
        }
        Tx::Postgres(open) => {
            let query = sqlx::query_with(sql, bind::<PgArguments>(args)?).persistent(prepared);
            let done = query.execute(open.connection()?).await;
            tx.noted(done.map(|done| done.rows_affected()))
        }
    }
}

/// All rows of a query.
pub async fn fetch_all<R: Row>(tx: &mut Tx, sql: &'static str, args: Vec<Arg>) -> sqlx::Result<Vec<R>> {
    all(tx, sql, args).await
}

/// The first row of a query, if any.
pub async fn fetch_optional<R: Row>(
    tx: &mut Tx,
    sql: &'static str,
    args: Vec<Arg>,
) -> sqlx::Result<Option<R>> {
    optional(tx, sql, args).await
}

/// The first row of a query. Errors: `RowNotFound` without one.
pub async fn fetch_one<R: Row>(tx: &mut Tx, sql: &'static str, args: Vec<Arg>) -> sqlx::Result<R> {
    optional(tx, sql, args).await?.ok_or(Error::RowNotFound)
}

/// Like [`fetch_all`], the rows locked until the end of the transaction. The text says in which order
/// (`ORDER BY id`), so that two transactions can't wait for each other, and leaves `FOR UPDATE` out.
pub async fn fetch_all_locked<R: Row>(
    tx: &mut Tx,
    sql: &'static str,
    args: Vec<Arg>,
) -> sqlx::Result<Vec<R>> {
    let sql = locked(tx, sql);
    all(tx, sql, args).await
}

/// Like [`fetch_optional`], the row locked until the end of the transaction; the text leaves `FOR UPDATE` out.
pub async fn fetch_optional_locked<R: Row>(
    tx: &mut Tx,
    sql: &'static str,
    args: Vec<Arg>,
) -> sqlx::Result<Option<R>> {
    let sql = locked(tx, sql);
    optional(tx, sql, args).await
}

/// Like [`fetch_all`], where the text says `IN (@list)` for `list`. An empty list gives no row.
/// Errors: more than [`MAX_ARGUMENTS`].
pub async fn fetch_all_in<R: Row>(
    tx: &mut Tx,
    sql: &'static str,
    mut args: Vec<Arg>,
    list: Vec<Arg>,
) -> sqlx::Result<Vec<R>> {
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let sql = with_list(tx.is_postgres(), sql, args.len(), list.len());
    args.extend(list);
    all(tx, AssertSqlSafe(sql), args).await
}

/// Like [`fetch_all`], where the text says `(VALUES @pairs) AS p`, whose columns are `column1` and `column2`. No pairs give
/// no row. Errors: a half pair, more than [`MAX_ARGUMENTS`].
pub async fn fetch_all_pairs<R: Row>(
    tx: &mut Tx,
    sql: &'static str,
    mut args: Vec<Arg>,
    pairs: Vec<Arg>,
) -> sqlx::Result<Vec<R>> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    if !pairs.len().is_multiple_of(2) {
        return Err(Error::InvalidArgument(format!("{} arguments are not pairs", pairs.len())));
    }
    let sql = with_pairs(tx.is_postgres(), sql, args.len(), pairs.len() / 2);
    args.extend(pairs);
    all(tx, AssertSqlSafe(sql), args).await
}

/// [`fetch_all_in`] with the rows locked as [`fetch_all_locked`] does.
pub async fn fetch_all_in_locked<R: Row>(
    tx: &mut Tx,
    sql: &'static str,
    mut args: Vec<Arg>,
    list: Vec<Arg>,
) -> sqlx::Result<Vec<R>> {
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let lock = if tx.is_postgres() { " FOR UPDATE" } else { "" };
    let sql = with_list(tx.is_postgres(), sql, args.len(), list.len()) + lock;
    args.extend(list);
    all(tx, AssertSqlSafe(sql), args).await
}

/// The first column of all rows.
pub async fn fetch_values<T>(tx: &mut Tx, sql: &'static str, args: Vec<Arg>) -> sqlx::Result<Vec<T>>
where
    T: FromColumn + Send + Unpin,
{
    Ok(all::<First<T>>(tx, sql, args).await?.into_iter().map(|First(value)| value).collect())
}

/// The first column of the first row, if any. An aggregate that may be NULL is read as `Option<T>`:
/// `fetch_value::<Option<i64>>`.
pub async fn fetch_optional_value<T>(
    tx: &mut Tx,
    sql: &'static str,
    args: Vec<Arg>,
) -> sqlx::Result<Option<T>>
where
    T: FromColumn + Send + Unpin,
{
    Ok(optional::<First<T>>(tx, sql, args).await?.map(|First(value)| value))
}

/// The first column of the first row. Errors: `RowNotFound` without one.
pub async fn fetch_value<T>(tx: &mut Tx, sql: &'static str, args: Vec<Arg>) -> sqlx::Result<T>
where
    T: FromColumn + Send + Unpin,
{
    fetch_optional_value(tx, sql, args).await?.ok_or(Error::RowNotFound)
}

/// Runs a statement; the number of rows that it wrote.
pub async fn execute(tx: &mut Tx, sql: &'static str, args: Vec<Arg>) -> sqlx::Result<u64> {
    run(tx, sql, args, true).await
}

/// Like [`execute`], where the text says `IN (@list)` for `list`. An empty list does nothing.
/// Errors: more than [`MAX_ARGUMENTS`].
pub async fn execute_in(
    tx: &mut Tx,
    sql: &'static str,
    mut args: Vec<Arg>,
    list: Vec<Arg>,
) -> sqlx::Result<u64> {
    if list.is_empty() {
        return Ok(0);
    }
    let sql = with_list(tx.is_postgres(), sql, args.len(), list.len());
    args.extend(list);
    run(tx, AssertSqlSafe(sql), args, true).await
}

/// Inserts rows of `width` arguments each, in as few statements as the databases allow; the number inserted.
/// `table` names the table and its columns, `suffix` is `""` or an `ON CONFLICT` clause without placeholders:
///
/// ```no_run
/// # use popote_store::{Tx, args, insert_many};
/// # async fn tags(tx: &mut Tx, feature: uuid::Uuid) -> sqlx::Result<u64> {
/// let mut rows = args![feature, "search"];
/// rows.extend(args![feature, "export"]);
/// insert_many(tx, "tag (feature, name)", 2, rows, "ON CONFLICT DO NOTHING").await
/// # }
/// ```
/// Errors: the arguments are not whole rows.
pub async fn insert_many(
    tx: &mut Tx,
    table: &'static str,
    width: usize,
    rows: Vec<Arg>,
    suffix: &'static str,
) -> sqlx::Result<u64> {
    insert_rows(tx, table, width, rows, suffix).await
}

/// [`insert_many`] into a table and columns that the database itself named.
pub(super) async fn insert_text(tx: &mut Tx, table: &str, width: usize, rows: Vec<Arg>) -> sqlx::Result<u64> {
    insert_rows(tx, table, width, rows, "").await
}

/// Runs a text that is made of names that the database itself gave.
pub(super) async fn execute_text(tx: &mut Tx, sql: String) -> sqlx::Result<u64> {
    run(tx, AssertSqlSafe(sql), Vec::new(), false).await
}

async fn insert_rows(
    tx: &mut Tx,
    table: &str,
    width: usize,
    rows: Vec<Arg>,
    suffix: &str,
) -> sqlx::Result<u64> {
    if width == 0 || !rows.len().is_multiple_of(width) {
        return Err(Error::InvalidArgument(format!("{} arguments are not rows of {width}", rows.len())));
    }
    let full = (INSERTED_AT_ONCE / width).max(1);
    let (mut inserted, mut rows, mut whole) = (0, rows, None);
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(full * width));
        let chunk = std::mem::replace(&mut rows, rest);
        let count = chunk.len() / width;
        let prepared = count == full || count <= PREPARED_ROWS;
        let write = || insertion(tx.is_postgres(), table, width, count, suffix);
        let sql = if count == full { whole.get_or_insert_with(write).clone() } else { write() };
        inserted += run(tx, AssertSqlSafe(sql), chunk, prepared).await?;
    }
    Ok(inserted)
}

/// The text of an insertion of so many rows.
fn insertion(is_postgres: bool, table: &str, width: usize, count: usize, suffix: &str) -> String {
    let mark = mark(is_postgres);
    let mut sql = format!("INSERT INTO {table} VALUES ");
    for row in 0..count {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for place in row * width + 1..=(row + 1) * width {
            let comma = if place == row * width + 1 { "" } else { ", " };
            // Writing to a string can't fail.
            let _ = write!(sql, "{comma}{mark}{place}");
        }
        sql.push(')');
    }
    sql + " " + suffix
}

/// All rows of a text that is made, with as many NULLs as it asks for.
pub(super) async fn fetch_all_text<R: Row>(tx: &mut Tx, sql: String, count: usize) -> sqlx::Result<Vec<R>> {
    let nulls = (0..count).map(|_| Arg::Blob(None)).collect();
    all(tx, AssertSqlSafe(sql), nulls).await
}

/// All rows of a text that is made of names that the database itself gave.
pub(super) async fn fetch_text<R: Row>(tx: &mut Tx, sql: String, args: Vec<Arg>) -> sqlx::Result<Vec<R>> {
    all(tx, AssertSqlSafe(sql), args).await
}

#[cfg(test)]
mod tests {
    use super::{placeholders, with_list, with_pairs};

    #[test]
    fn pairs_follow_the_other_arguments() {
        let of = |is_postgres| with_pairs(is_postgres, "a = $1 AND (VALUES @pairs)", 1, 2);
        assert_eq!(of(true), "a = $1 AND (VALUES ($2, $3), ($4, $5))");
        assert_eq!(of(false), "a = ?1 AND (VALUES (?2, ?3), (?4, ?5))");
    }

    #[test]
    fn the_highest_placeholder_is_found() {
        for (sql, highest) in [
            ("SELECT 1", 0),
            ("SELECT $1", 1),
            ("UPDATE t SET a = $2 WHERE b = $10 AND c = $1", 10),
            ("SELECT '$' || $1", 1),
            ("INSERT INTO t VALUES (?1, ?2), (?3, ?4)", 4),
        ] {
            assert_eq!(placeholders(sql), highest, "{sql}");
        }
    }

    #[test]
    fn an_insertion_numbers_its_arguments_row_by_row() {
        let of = |is_postgres| super::insertion(is_postgres, "t (a, b)", 2, 2, "ON CONFLICT DO NOTHING");
        assert_eq!(of(false), "INSERT INTO t (a, b) VALUES (?1, ?2), (?3, ?4) ON CONFLICT DO NOTHING");
        assert_eq!(of(true), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING");
    }

    #[test]
    fn a_list_follows_the_other_arguments() {
        let of = |is_postgres| with_list(is_postgres, "a = $1 AND b IN (@list)", 1, 3);
        assert_eq!(of(true), "a = $1 AND b IN ($2, $3, $4)");
        assert_eq!(of(false), "a = ?1 AND b IN (?2, ?3, ?4)");
    }
}

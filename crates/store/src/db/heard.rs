//! For tests: the texts of statements as they are asked, and the planner's word on each.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Row as _, raw_sql};

use super::{
    query::{fetch_all_text, placeholders},
    tx::Tx,
};

static LISTENING: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Remembers each text that is asked from now on, in the whole process.
pub fn listen() {
    LISTENING.store(true, Ordering::Relaxed);
}

/// The texts since the last time, each once.
#[must_use]
pub fn heard() -> BTreeSet<String> {
    std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner))
}

pub(super) fn note(sql: &str) {
    if LISTENING.load(Ordering::Relaxed) {
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).insert(sql.to_owned());
    }
}

/// How the database would look for what a text asks, whatever its arguments are, a step a line. On PostgreSQL the
/// reading of a whole table is made dear, so that one that is left has no index to do without it.
/// Errors: the text can't be planned.
pub async fn plan(tx: &mut Tx, sql: &str) -> sqlx::Result<String> {
    let count = placeholders(sql);
    match tx {
        Tx::Sqlite(_) => {
            crate::row! { struct Step { detail: String } }
            let steps: Vec<Step> = fetch_all_text(tx, format!("EXPLAIN QUERY PLAN {sql}"), count).await?;
            Ok(steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("\n"))
        }
        Tx::Postgres(open) => {
            let connection = open.connection()?;
            let nulls =
                if count == 0 { String::new() } else { format!("({})", vec!["NULL"; count].join(", ")) };
            let before = format!(
                "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; PREPARE asked AS {sql}"
            );
            raw_sql(AssertSqlSafe(before)).execute(&mut *connection).await?;
            let asked = raw_sql(AssertSqlSafe(format!("EXPLAIN EXECUTE asked{nulls}")));
            let lines = asked.fetch_all(&mut *connection).await?;
            raw_sql("DEALLOCATE asked").execute(connection).await?;
            let lines: Vec<String> = lines.iter().map(|line| line.try_get(0)).collect::<sqlx::Result<_>>()?;
            Ok(lines.join("\n"))
        }
    }
}

//! Carries waiting commands out: several in one transaction, each in a savepoint; one by one when that fails.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

use thiserror::Error;
use tracing::Instrument;

use super::{
    command::{Ran, WriteError},
    fault::Fault,
    pools::Pools,
    query::fetch_value,
    tx::Tx,
    writer::Waiting,
};

/// How often a command is tried alone.
const TRIES: u32 = 8;
/// The first pause between two tries; each next one is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// Why a batch is run again one by one.
#[derive(Debug, Error)]
enum Broken {
    #[error("no transaction: {0}")]
    Begin(sqlx::Error),
    #[error("a command panicked")]
    Panic,
    #[error("a statement failed: {0:?}")]
    Fault(Fault),
    #[error("a command went on after a failed statement")]
    WentOn,
    #[error("a savepoint failed: {0}")]
    Savepoint(sqlx::Error),
    #[error("the commit failed: {0}")]
    Commit(sqlx::Error),
    #[error("the commit may have failed")]
    Unknown,
}

/// What came of a commit.
enum Commit {
    Done,
    Failed(sqlx::Error),
    Unknown,
}

/// Carries out commands in the order in which they came. Each is answered.
pub(super) async fn serve(pools: &Pools, mut waiting: Vec<Waiting>) {
    if waiting.len() > 1 {
        match together(pools, &mut waiting).await {
            Ok(()) => {
                waiting.into_iter().for_each(|waiting| waiting.job.answer());
                return;
            }
            Err(Broken::Unknown) => {
                waiting.into_iter().for_each(|waiting| waiting.job.fail(WriteError::Unknown));
                return;
            }
            Err(why) => tracing::warn!(%why, commands = waiting.len(), "a batch is run again one by one"),
        }
    }
    let mut reachable = true;
    for waiting in waiting {
        if reachable {
            reachable = alone(pools, waiting).await;
        } else {
            waiting.job.fail(WriteError::Unavailable);
        }
    }
}

/// All commands in one transaction. On an error nothing was written, except after [`Broken::Unknown`].
async fn together(pools: &Pools, waiting: &mut [Waiting]) -> Result<(), Broken> {
    let mut tx = pools.begin_write().await.map_err(Broken::Begin)?;
    let done = savepoints(&mut tx, waiting).await;
    if let Err(why) = done {
        tx.rollback().await;
        return Err(why);
    }
    match commit(pools, tx).await {
        Commit::Done => Ok(()),
        Commit::Failed(error) => Err(Broken::Commit(error)),
        Commit::Unknown => Err(Broken::Unknown),
    }
}

async fn savepoints(tx: &mut Tx, waiting: &mut [Waiting]) -> Result<(), Broken> {
    let mut before = "SAVEPOINT command";
    for Waiting { job, span, .. } in waiting {
        tx.control(before).await.map_err(Broken::Savepoint)?;
        let ran = job.run(tx).instrument(span.clone()).await;
        match (ran, tx.fault()) {
            (Ran::Panicked, _) => return Err(Broken::Panic),
            (_, Some(fault)) if fault != Fault::Statement => return Err(Broken::Fault(fault)),
            (Ran::Done, Some(_)) => return Err(Broken::WentOn),
            (Ran::Done, None) => {}
            (Ran::Refused, _) => tx.undo("ROLLBACK TO SAVEPOINT command").await.map_err(Broken::Savepoint)?,
        }
        before = "RELEASE SAVEPOINT command; SAVEPOINT command";
    }
    tx.control("RELEASE SAVEPOINT command").await.map_err(Broken::Savepoint)
}

/// One command in a transaction of its own, tried again while others are in the way. Whether the database can
/// be reached.
async fn alone(pools: &Pools, mut waiting: Waiting) -> bool {
    for attempt in 0..TRIES {
        if attempt > 0 {
            pause(attempt).await;
        }
        let mut tx = match begin(pools, waiting.unbatched).await {
            Ok(tx) => tx,
            Err(error) => {
                // Whoever waited for a lock is told so.
                if matches!(Fault::of(&error), Some(Fault::Waited | Fault::Transient)) {
                    tracing::info!(%error, "locked by another process");
                } else {
                    tracing::error!(%error, "no transaction to write in");
                }
                waiting.job.fail(WriteError::Unavailable);
                return false;
            }
        };
        let ran = waiting.job.run(&mut tx).instrument(waiting.span.clone()).await;
        let fault = tx.fault();
        if ran == Ran::Done && fault.is_none() {
            match commit(pools, tx).await {
                Commit::Done => waiting.job.answer(),
                Commit::Failed(error) if may_succeed(Fault::of(&error)) => continue,
                Commit::Failed(error) => waiting.job.fail_with(error),
                Commit::Unknown => waiting.job.fail(WriteError::Unknown),
            }
            return true;
        }
        tx.rollback().await;
        match ran {
            Ran::Panicked => waiting.job.fail(WriteError::Panicked),
            _ if may_succeed(fault) => continue,
            Ran::Done => waiting.job.fail(WriteError::WentOn),
            Ran::Refused => waiting.job.answer(),
        }
        return true;
    }
    waiting.job.fail(WriteError::Conflict);
    true
}

fn may_succeed(fault: Option<Fault>) -> bool {
    matches!(fault, Some(Fault::Transient | Fault::Lost))
}

async fn begin(pools: &Pools, unbatched: bool) -> sqlx::Result<Tx> {
    let mut tx = pools.begin_write().await?;
    if unbatched && tx.is_postgres() {
        tx.control("SET LOCAL statement_timeout = 0").await?;
    }
    Ok(tx)
}

/// Waits before the next try: longer each time, and by chance between half and the whole of it, so that
/// two that met don't meet again.
async fn pause(attempt: u32) {
    let longest = (FIRST_PAUSE * 2_u32.saturating_pow(attempt - 1)).min(LONGEST_PAUSE);
    let chance = u32::from(RandomState::new().build_hasher().finish().to_le_bytes()[0]);
    tokio::time::sleep(longest / 2 + longest / 2 * chance / 255).await;
}

/// Commits. When the connection breaks meanwhile, PostgreSQL is asked on another one what became of it.
async fn commit(pools: &Pools, mut tx: Tx) -> Commit {
    let id = if tx.is_postgres() {
        const ID: &str = "SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT)";
        match fetch_value::<Option<String>>(&mut tx, ID, Vec::new()).await {
            Ok(id) => id,
            Err(error) => return Commit::Failed(error),
        }
    } else {
        None
    };
    match (tx.commit().await, id) {
        (Ok(()), _) => Commit::Done,
        (Err(error), None) => Commit::Failed(error),
        (Err(error), Some(_)) if Fault::of(&error) != Some(Fault::Lost) => Commit::Failed(error),
        (Err(error), Some(id)) => {
            tracing::warn!(%error, "the connection broke during a commit");
            outcome(pools, &id, error).await
        }
    }
}

/// What became of a transaction of PostgreSQL whose commit was not confirmed.
async fn outcome(pools: &Pools, id: &str, error: sqlx::Error) -> Commit {
    for attempt in 1..=TRIES {
        match status(pools, id).await {
            Ok(Some(status)) if status == "committed" => return Commit::Done,
            Ok(Some(status)) if status == "aborted" => return Commit::Failed(error),
            Ok(Some(_)) => {}
            Ok(None) => return Commit::Unknown,
            Err(error) => tracing::warn!(%error, "the outcome of a commit can't be asked yet"),
        }
        pause(attempt).await;
    }
    tracing::error!(%error, transaction = id, "the outcome of a commit is unknown");
    Commit::Unknown
}

async fn status(pools: &Pools, id: &str) -> sqlx::Result<Option<String>> {
    let mut tx = pools.begin_read().await?;
    fetch_value(&mut tx, "SELECT pg_xact_status(CAST(CAST($1 AS TEXT) AS xid8))", crate::args![id]).await
}

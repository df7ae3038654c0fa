//! What falls due, once per subject, kind and occurrence; and the heartbeat of the worker that sees to it.

use domain::ids::{CollectiveId, DeadlineId, PotId};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional_value, fetch_value, row};

/// Something that will fall due.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Its id, drawn before the command.
    pub id: DeadlineId,
    /// The collective, for its calendar; none for the instance's own work.
    pub collective: Option<CollectiveId>,
    /// What it concerns.
    pub subject: Uuid,
    /// What is to be done: a kind that the worker knows.
    pub kind: &'static str,
    /// Which time, where it comes back: the number of a version, a date; `""` for what happens once.
    pub occurrence: String,
    /// When.
    pub due_at: Timestamp,
}

row! {
    /// Something that falls due.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DeadlineRow {
        /// Its id.
        pub id: DeadlineId,
        /// The collective.
        pub collective: Option<CollectiveId>,
        /// What it concerns.
        pub subject: Uuid,
        /// What is to be done.
        pub kind: String,
        /// Which time.
        pub occurrence: String,
        /// When.
        pub due_at: Timestamp,
        /// When it was done.
        pub done_at: Option<Timestamp>,
        /// Until when a worker has it.
        pub lease_until: Option<Timestamp>,
        /// How many times it was begun.
        pub attempts: i64,
        /// What went wrong last.
        pub last_error: Option<String>,
        /// When it was given up.
        pub dead_at: Option<Timestamp>,
    }
}

/// Sets a deadline, or moves the one that isn't done yet of the same subject, kind and occurrence.
pub async fn set(tx: &mut Tx, deadline: &Deadline) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO deadline (id, collective, subject, kind, occurrence, due_at, done_at, lease_until, attempts, \
         last_error, dead_at) VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, 0, NULL, NULL) \
         ON CONFLICT (subject, kind, occurrence) DO UPDATE SET due_at = excluded.due_at \
         WHERE deadline.done_at IS NULL",
        args![
            deadline.id,
            deadline.collective,
            deadline.subject,
            deadline.kind,
            deadline.occurrence,
            deadline.due_at
        ],
    )
    .await?;
    Ok(())
}

/// Takes away all deadlines of a kind that a subject has and that aren't done; how many.
pub async fn cancel(tx: &mut Tx, subject: Uuid, kind: &str) -> sqlx::Result<u64> {
    execute(
        tx,
        "DELETE FROM deadline WHERE subject = $1 AND kind = $2 AND done_at IS NULL",
        args![subject, kind],
    )
    .await
}

row! {
    /// A round that is open, or a feature in funding, with its last day and when its close falls due.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Closing {
        /// `round` or `feature`.
        pub what: String,
        /// Its id.
        pub id: Uuid,
        /// Its last day.
        pub last: Date,
        /// When the first of its closes that aren't done falls due, where there is one.
        pub due_at: Option<Timestamp>,
    }
}

/// What is open in a pot and closes at the end of a day, with the deadlines of these kinds: of rounds, of features.
pub async fn closings(
    tx: &mut Tx,
    pot: PotId,
    (of_rounds, of_features): (&str, &str),
) -> sqlx::Result<Vec<Closing>> {
    const SQL: &str = "SELECT 'round' AS what, r.id, r.closes_on AS last, (SELECT MIN(d.due_at) FROM deadline d \
        WHERE d.subject = r.id AND d.kind = $2 AND d.done_at IS NULL) AS due_at \
        FROM round r WHERE r.pot = $1 AND r.state = 'open' \
        UNION ALL SELECT 'feature' AS what, f.id, f.closing_on AS last, (SELECT MIN(d.due_at) FROM deadline d \
        WHERE d.subject = f.id AND d.kind = $3 AND d.done_at IS NULL) AS due_at \
        FROM feature f WHERE f.pot = $1 AND f.state = 'funding'";
    fetch_all(tx, SQL, args![pot, of_rounds, of_features]).await
}

/// Whether something is due that nobody has.
pub async fn any_due(tx: &mut Tx, now: Timestamp) -> sqlx::Result<bool> {
    let found: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM (SELECT 1 FROM deadline WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= $1 \
         AND (lease_until IS NULL OR lease_until <= $1) LIMIT 1) AS one",
        args![now],
    )
    .await?;
    Ok(found > 0)
}

/// Claims what is due, longest due first, until `lease_until`; at most `limit`. What another worker has is left to
/// it until its lease ends.
pub async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<DeadlineRow>> {
    let mut claimed: Vec<DeadlineRow> = fetch_all(
        tx,
        "UPDATE deadline SET lease_until = $2, attempts = attempts + 1 WHERE id IN \
         (SELECT id FROM deadline WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= $1 \
          AND (lease_until IS NULL OR lease_until <= $1) ORDER BY due_at, id LIMIT $3) \
         AND done_at IS NULL AND dead_at IS NULL AND (lease_until IS NULL OR lease_until <= $1) \
         RETURNING id, collective, subject, kind, occurrence, due_at, done_at, lease_until, attempts, last_error, \
         dead_at",
        args![now, lease_until, limit],
    )
    .await?;
    claimed.sort_by_key(|row| (row.due_at, row.id));
    Ok(claimed)
}

/// Writes that a deadline was seen to. `false` if it had been done, or was moved to a later instant than `at`.
pub async fn done(tx: &mut Tx, id: DeadlineId, at: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE deadline SET done_at = $2, lease_until = NULL, last_error = NULL \
         WHERE id = $1 AND done_at IS NULL AND due_at <= $2",
        args![id, at],
    )
    .await?;
    Ok(written == 1)
}

/// Gives a claimed deadline back, with all its attempts.
pub async fn release(tx: &mut Tx, id: DeadlineId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE deadline SET lease_until = NULL, attempts = 0 WHERE id = $1 AND done_at IS NULL",
        args![id],
    )
    .await?;
    Ok(())
}

/// Writes what went wrong; it is tried again at `again_at`, or given up where that is none.
pub async fn failed(
    tx: &mut Tx,
    id: DeadlineId,
    error: &str,
    now: Timestamp,
    again_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    let dead_at = again_at.is_none().then_some(now);
    execute(
        tx,
        "UPDATE deadline SET last_error = $2, lease_until = $3, dead_at = $4 WHERE id = $1 AND done_at IS NULL",
        args![id, error, again_at, dead_at],
    )
    .await?;
    Ok(())
}

/// Begins again with one that was given up. `false` if there is none such.
pub async fn revive(tx: &mut Tx, id: DeadlineId) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE deadline SET dead_at = NULL, lease_until = NULL, attempts = 0 WHERE id = $1 AND dead_at IS NOT NULL \
         AND done_at IS NULL",
        args![id],
    )
    .await?;
    Ok(written == 1)
}

/// Those that were given up, newest first; at most `limit`.
pub async fn dead(tx: &mut Tx, limit: u16) -> sqlx::Result<Vec<DeadlineRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, subject, kind, occurrence, due_at, done_at, lease_until, attempts, last_error, \
         dead_at FROM deadline WHERE dead_at IS NOT NULL AND done_at IS NULL ORDER BY dead_at DESC, id LIMIT $1",
        args![limit],
    )
    .await
}

/// Those that should have been done by an instant and weren't given up, longest due first; at most `limit`.
pub async fn overdue(tx: &mut Tx, by: Timestamp, limit: u16) -> sqlx::Result<Vec<DeadlineRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, subject, kind, occurrence, due_at, done_at, lease_until, attempts, last_error, \
         dead_at FROM deadline WHERE done_at IS NULL AND dead_at IS NULL AND due_at < $1 ORDER BY due_at, id LIMIT $2",
        args![by, limit],
    )
    .await
}

/// What comes next in a collective; at most `limit`.
pub async fn upcoming(
    tx: &mut Tx,
    collective: CollectiveId,
    from: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<DeadlineRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, subject, kind, occurrence, due_at, done_at, lease_until, attempts, last_error, \
         dead_at FROM deadline WHERE collective = $1 AND due_at >= $2 AND done_at IS NULL AND dead_at IS NULL \
         ORDER BY due_at, id LIMIT $3",
        args![collective, from, limit],
    )
    .await
}

/// How many are due, and how many were given up.
pub async fn counts(tx: &mut Tx, now: Timestamp) -> sqlx::Result<(i64, i64)> {
    let due = fetch_value(
        tx,
        "SELECT COUNT(*) FROM deadline WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= $1",
        args![now],
    )
    .await?;
    let dead = fetch_value(
        tx,
        "SELECT COUNT(*) FROM deadline WHERE dead_at IS NOT NULL AND done_at IS NULL",
        args![],
    )
    .await?;
    Ok((due, dead))
}

row! {
    /// A sign of life.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Heartbeat {
        /// Of which worker.
        pub name: String,
        /// When.
        pub at: Timestamp,
        /// What it did.
        pub detail: String,
    }
}

/// Writes a sign of life.
pub async fn beat(tx: &mut Tx, name: &str, at: Timestamp, detail: &str) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO heartbeat (name, at, detail) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET at = excluded.at, detail = excluded.detail",
        args![name, at, detail],
    )
    .await?;
    Ok(())
}

/// All signs of life.
pub async fn heartbeats(tx: &mut Tx) -> sqlx::Result<Vec<Heartbeat>> {
    fetch_all(tx, "SELECT name, at, detail FROM heartbeat ORDER BY name LIMIT 100", args![]).await
}

/// When the next deadline of a kind that a subject still has is due.
pub async fn waiting(tx: &mut Tx, subject: Uuid, kind: &str) -> sqlx::Result<Option<Timestamp>> {
    fetch_optional_value(
        tx,
        "SELECT due_at FROM deadline WHERE subject = $1 AND kind = $2 AND done_at IS NULL ORDER BY due_at LIMIT 1",
        args![subject, kind],
    )
    .await
}

//! Webhooks out: endpoints of a collective, and what is delivered to them, at least once.

use domain::ids::{CollectiveId, EventId, PersonId, WebhookId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row};

row! {
    /// An endpoint of a collective.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WebhookRow {
        /// Its id.
        pub id: WebhookId,
        /// Whose events.
        pub collective: CollectiveId,
        /// Where they go.
        pub url: String,
        /// What both sides sign with. It must be known here, so it isn't hashed; no page shows it again.
        pub secret: String,
        /// The names of the events that it wants, with spaces between them; empty: all.
        pub kinds: String,
        /// Up to which version of the collective its events were queued.
        pub told: i64,
        /// Who made it.
        pub created_by: PersonId,
        /// When.
        pub created_at: Timestamp,
        /// Since when every delivery fails.
        pub failing_since: Option<Timestamp>,
        /// When it was disabled after failing for too long.
        pub disabled_at: Option<Timestamp>,
    }
}

/// Writes an endpoint; it hears of what happens from now on.
pub async fn insert(tx: &mut Tx, new: &WebhookRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO webhook (id, collective, url, secret, kinds, told, created_by, created_at, failing_since, \
         disabled_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, NULL)",
        args![
            new.id,
            new.collective,
            new.url,
            new.secret,
            new.kinds,
            new.told,
            new.created_by,
            new.created_at
        ],
    )
    .await?;
    Ok(())
}

/// The endpoints of a collective, newest first; at most `limit`.
pub async fn of_collective(
    tx: &mut Tx,
    collective: CollectiveId,
    limit: u16,
) -> sqlx::Result<Vec<WebhookRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, url, secret, kinds, told, created_by, created_at, failing_since, disabled_at \
         FROM webhook WHERE collective = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT $2",
        args![collective, limit],
    )
    .await
}

/// An endpoint that wasn't ended.
pub async fn get(tx: &mut Tx, id: WebhookId) -> sqlx::Result<Option<WebhookRow>> {
    fetch_optional(
        tx,
        "SELECT id, collective, url, secret, kinds, told, created_by, created_at, failing_since, disabled_at \
         FROM webhook WHERE id = $1 AND ended_at IS NULL",
        args![id],
    )
    .await
}

/// Ends an endpoint for good, with what waits for it. `false` if it had been ended.
pub async fn end(tx: &mut Tx, id: WebhookId, at: Timestamp) -> sqlx::Result<bool> {
    execute(
        tx,
        "UPDATE webhook_delivery SET dead_at = $2 WHERE webhook = $1 AND delivered_at IS NULL AND dead_at IS NULL",
        args![id, at],
    )
    .await?;
    let ended =
        execute(tx, "UPDATE webhook SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", args![id, at])
            .await?;
    Ok(ended == 1)
}

/// Makes a disabled endpoint hear again, of what happens after `told`.
pub async fn enable(tx: &mut Tx, id: WebhookId, told: i64) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE webhook SET disabled_at = NULL, failing_since = NULL, told = $2 WHERE id = $1",
        args![id, told],
    )
    .await?;
    Ok(())
}

/// Endpoints whose collective has events that aren't queued for them; at most `limit`.
pub async fn behind(tx: &mut Tx, limit: u16) -> sqlx::Result<Vec<WebhookRow>> {
    fetch_all(
        tx,
        "SELECT w.id, w.collective, w.url, w.secret, w.kinds, w.told, w.created_by, w.created_at, w.failing_since, \
         w.disabled_at FROM webhook w JOIN collective c ON c.id = w.collective \
         WHERE w.ended_at IS NULL AND w.disabled_at IS NULL AND c.version > w.told ORDER BY w.id LIMIT $1",
        args![limit],
    )
    .await
}

row! {
    /// A public event that was committed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Heard {
        /// Its id.
        pub id: EventId,
        /// The version that it made of its collective.
        pub version: i64,
        /// What.
        pub kind: String,
    }
}

/// The public events of a collective after a version, in the order in which they were committed; at most `limit`.
pub async fn events_after(
    tx: &mut Tx,
    collective: CollectiveId,
    version: i64,
    limit: u16,
) -> sqlx::Result<Vec<Heard>> {
    fetch_all(
        tx,
        "SELECT id, version, kind FROM event WHERE collective = $1 AND version > $2 AND public = 1 \
         ORDER BY version, id LIMIT $3",
        args![collective, version, limit],
    )
    .await
}

/// Queues an event for an endpoint, once.
pub async fn queue(tx: &mut Tx, webhook: WebhookId, event: EventId, due_at: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO webhook_delivery (webhook, event, due_at, attempts, last_error, delivered_at, dead_at) \
         VALUES ($1, $2, $3, 0, NULL, NULL, NULL) ON CONFLICT (webhook, event) DO NOTHING",
        args![webhook, event, due_at],
    )
    .await?;
    Ok(())
}

/// Writes up to which version the events are queued.
pub async fn told(tx: &mut Tx, id: WebhookId, version: i64) -> sqlx::Result<()> {
    execute(tx, "UPDATE webhook SET told = $2 WHERE id = $1 AND told < $2", args![id, version]).await?;
    Ok(())
}

row! {
    /// A delivery that is due, with what its body says.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Due {
        /// To which endpoint.
        pub webhook: WebhookId,
        /// Of which event.
        pub event: EventId,
        /// How many times it was begun.
        pub attempts: i64,
        /// Where it goes.
        pub url: String,
        /// What it is signed with.
        pub secret: String,
        /// Name of the collective in addresses.
        pub collective: String,
        /// What happened.
        pub kind: String,
        /// When.
        pub at: Timestamp,
        /// What kind of thing it happened to.
        pub subject_kind: String,
        /// Which one.
        pub subject: Option<Uuid>,
    }
}

/// Whether a delivery is due.
pub async fn any_due(tx: &mut Tx, now: Timestamp) -> sqlx::Result<bool> {
    let found: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_delivery WHERE delivered_at IS NULL AND dead_at IS NULL \
         AND due_at <= $1 LIMIT 1) AS one",
        args![now],
    )
    .await?;
    Ok(found > 0)
}

/// Claims deliveries that are due until `until`, when another worker may take them; at most `limit`.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: u16) -> sqlx::Result<Vec<Due>> {
    let due: Vec<Due> = fetch_all(
        tx,
        "SELECT d.webhook, d.event, d.attempts, w.url, w.secret, c.slug AS collective, e.kind, e.at, \
         e.subject_kind, e.subject FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook \
         JOIN event e ON e.id = d.event JOIN collective c ON c.id = w.collective \
         WHERE d.delivered_at IS NULL AND d.dead_at IS NULL AND d.due_at <= $1 AND w.ended_at IS NULL \
         AND w.disabled_at IS NULL ORDER BY d.due_at, d.event LIMIT $2",
        args![now, limit],
    )
    .await?;
    let mut claimed = Vec::with_capacity(due.len());
    for one in due {
        let written = execute(
            tx,
            "UPDATE webhook_delivery SET due_at = $3, attempts = attempts + 1 WHERE webhook = $1 AND event = $2 \
             AND due_at <= $4 AND delivered_at IS NULL AND dead_at IS NULL",
            args![one.webhook, one.event, until, now],
        )
        .await?;
        if written == 1 {
            claimed.push(Due { attempts: one.attempts + 1, ..one });
        }
    }
    Ok(claimed)
}

/// Writes that a delivery arrived: its endpoint fails no more.
pub async fn delivered(tx: &mut Tx, webhook: WebhookId, event: EventId, at: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE webhook_delivery SET delivered_at = $3, last_error = NULL WHERE webhook = $1 AND event = $2",
        args![webhook, event, at],
    )
    .await?;
    execute(tx, "UPDATE webhook SET failing_since = NULL WHERE id = $1", args![webhook]).await?;
    Ok(())
}

/// Writes why a delivery failed; it is tried again at `again_at`, or given up.
pub async fn failed(
    tx: &mut Tx,
    webhook: WebhookId,
    event: EventId,
    error: &str,
    now: Timestamp,
    again_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    let dead_at = if again_at.is_none() { Some(now) } else { None };
    execute(
        tx,
        "UPDATE webhook_delivery SET last_error = $3, due_at = $4, dead_at = $5 WHERE webhook = $1 AND event = $2",
        args![webhook, event, error, again_at.unwrap_or(now), dead_at],
    )
    .await?;
    execute(
        tx,
        "UPDATE webhook SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL",
        args![webhook, now],
    )
    .await?;
    Ok(())
}

/// Disables an endpoint, with what waits for it. `false` if it was disabled before.
pub async fn disable(tx: &mut Tx, id: WebhookId, at: Timestamp) -> sqlx::Result<bool> {
    let disabled = execute(
        tx,
        "UPDATE webhook SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL AND ended_at IS NULL",
        args![id, at],
    )
    .await?;
    execute(
        tx,
        "UPDATE webhook_delivery SET dead_at = $2 WHERE webhook = $1 AND delivered_at IS NULL AND dead_at IS NULL",
        args![id, at],
    )
    .await?;
    Ok(disabled == 1)
}

row! {
    /// A delivery that was given up.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Dead {
        /// Where it was to go.
        pub url: String,
        /// What had happened.
        pub kind: String,
        /// When it was given up.
        pub dead_at: Timestamp,
        /// Why it failed last.
        pub last_error: Option<String>,
    }
}

/// The deliveries of a collective that were given up, newest first; at most `limit`.
pub async fn dead(tx: &mut Tx, collective: CollectiveId, limit: u16) -> sqlx::Result<Vec<Dead>> {
    fetch_all(
        tx,
        "SELECT w.url, e.kind, d.dead_at, d.last_error FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook \
         JOIN event e ON e.id = d.event WHERE w.collective = $1 AND w.ended_at IS NULL AND d.dead_at IS NOT NULL \
         ORDER BY d.dead_at DESC, d.event LIMIT $2",
        args![collective, limit],
    )
    .await
}

/// Forgets deliveries that ended before an instant; how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> sqlx::Result<u64> {
    execute(tx, "DELETE FROM webhook_delivery WHERE delivered_at < $1 OR dead_at < $1", args![before]).await
}

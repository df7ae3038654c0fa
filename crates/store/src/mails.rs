//! Mails to be sent: written with what they tell of, sent afterwards, at least once, under a stable message id.

use domain::ids::{MailId, PersonId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_value, row};

/// A mail to send.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Its id, drawn before the command; the message id is made of it.
    pub id: MailId,
    /// The address.
    pub recipient: String,
    /// Who reads there, if it is a person of the instance.
    pub person: Option<PersonId>,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Further headers, JSON: an array of name and value.
    pub headers: String,
    /// Now.
    pub created_at: Timestamp,
    /// When to send it.
    pub due_at: Timestamp,
}

row! {
    /// A mail that waits.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MailRow {
        /// Its id.
        pub id: MailId,
        /// The part of its message id before the `@`.
        pub message_id: String,
        /// The address.
        pub recipient: String,
        /// Who reads there.
        pub person: Option<PersonId>,
        /// One line.
        pub subject: String,
        /// The text.
        pub body: String,
        /// Further headers, JSON.
        pub headers: String,
        /// Since when.
        pub created_at: Timestamp,
        /// How many times sending was begun.
        pub attempts: i64,
        /// What went wrong last.
        pub last_error: Option<String>,
    }
}

/// Writes a mail into the queue.
pub async fn enqueue(tx: &mut Tx, new: &NewMail) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO mail (id, message_id, recipient, person, subject, body, headers, created_at, due_at, sent_at, \
         lease_until, attempts, last_error, dead_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL, 0, NULL, NULL)",
        args![
            new.id,
            new.id.to_string(),
            new.recipient,
            new.person,
            new.subject,
            new.body,
            new.headers,
            new.created_at,
            new.due_at
        ],
    )
    .await?;
    Ok(())
}

/// Whether a mail is due that nobody has.
pub async fn any_due(tx: &mut Tx, now: Timestamp) -> sqlx::Result<bool> {
    let found: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE sent_at IS NULL AND dead_at IS NULL AND due_at <= $1 \
         AND (lease_until IS NULL OR lease_until <= $1) LIMIT 1) AS one",
        args![now],
    )
    .await?;
    Ok(found > 0)
}

/// Claims mails that are due, oldest first, until `lease_until`; at most `limit`.
pub async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<MailRow>> {
    let mut claimed: Vec<MailRow> = fetch_all(
        tx,
        "UPDATE mail SET lease_until = $2, attempts = attempts + 1 WHERE id IN \
         (SELECT id FROM mail WHERE sent_at IS NULL AND dead_at IS NULL AND due_at <= $1 \
          AND (lease_until IS NULL OR lease_until <= $1) ORDER BY due_at, id LIMIT $3) \
         AND sent_at IS NULL AND dead_at IS NULL AND (lease_until IS NULL OR lease_until <= $1) \
         RETURNING id, message_id, recipient, person, subject, body, headers, created_at, attempts, last_error",
        args![now, lease_until, limit],
    )
    .await?;
    claimed.sort_by_key(|row| row.id);
    Ok(claimed)
}

/// Writes that a mail was sent, and forgets its text: it may hold a link, and is no record.
pub async fn sent(tx: &mut Tx, id: MailId, at: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE mail SET sent_at = $2, lease_until = NULL, last_error = NULL, body = '' WHERE id = $1",
        args![id, at],
    )
    .await?;
    Ok(())
}

/// Writes what went wrong; it is tried again at `again_at`, or given up, its text forgotten, where that is none.
pub async fn failed(
    tx: &mut Tx,
    id: MailId,
    error: &str,
    now: Timestamp,
    again_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    match again_at {
        Some(again_at) => {
            execute(
                tx,
                "UPDATE mail SET last_error = $2, lease_until = $3 WHERE id = $1 AND sent_at IS NULL",
                args![id, error, again_at],
            )
            .await?;
        }
        None => {
            execute(
                tx,
                "UPDATE mail SET last_error = $2, dead_at = $3, lease_until = NULL, body = '' \
                 WHERE id = $1 AND sent_at IS NULL",
                args![id, error, now],
            )
            .await?;
        }
    }
    Ok(())
}

row! {
    /// A mail that was given up.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DeadMail {
        /// Its id.
        pub id: MailId,
        /// The address.
        pub recipient: String,
        /// One line.
        pub subject: String,
        /// What went wrong last.
        pub last_error: Option<String>,
        /// When it was given up.
        pub dead_at: Timestamp,
    }
}

/// Mails that were given up, newest first; at most `limit`.
pub async fn dead(tx: &mut Tx, limit: u16) -> sqlx::Result<Vec<DeadMail>> {
    fetch_all(
        tx,
        "SELECT id, recipient, subject, last_error, dead_at FROM mail WHERE dead_at IS NOT NULL \
         ORDER BY dead_at DESC, id LIMIT $1",
        args![limit],
    )
    .await
}

/// How many wait, and how many were given up.
pub async fn counts(tx: &mut Tx) -> sqlx::Result<(i64, i64)> {
    let waiting =
        fetch_value(tx, "SELECT COUNT(*) FROM mail WHERE sent_at IS NULL AND dead_at IS NULL", args![])
            .await?;
    let dead = fetch_value(tx, "SELECT COUNT(*) FROM mail WHERE dead_at IS NOT NULL", args![]).await?;
    Ok((waiting, dead))
}

/// Forgets mails that were sent or given up before an instant; how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> sqlx::Result<u64> {
    execute(tx, "DELETE FROM mail WHERE sent_at < $1 OR dead_at < $1", args![before]).await
}

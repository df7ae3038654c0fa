//! Links sent by mail or printed: sign-in, invitation, set-up, confirmation of an address. Tokens are kept hashed.

use domain::ids::LinkId;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_optional_locked, fetch_value, row};

row! {
    /// A link.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LinkRow {
        /// Its id.
        pub id: LinkId,
        /// The hash of its token.
        pub token_hash: [u8; 32],
        /// What it is for: `sign_in`, `invitation`, `setup`, `email`.
        pub purpose: String,
        /// What it concerns: a collective, a person.
        pub subject: Option<Uuid>,
        /// The key of the address that it was sent to.
        pub email_key: Option<String>,
        /// JSON of the purpose.
        pub payload: String,
        /// The hash of the secret of the browser that asked for it.
        pub browser_hash: Option<[u8; 32]>,
        /// The hash of the six digits of the same mail.
        pub code_hash: Option<[u8; 32]>,
        /// Wrong codes typed so far.
        pub attempts: i64,
        /// Since when.
        pub created_at: Timestamp,
        /// Until when; none lasts until it is used.
        pub expires_at: Option<Timestamp>,
        /// When it was used.
        pub used_at: Option<Timestamp>,
        /// When it was withdrawn.
        pub revoked_at: Option<Timestamp>,
    }
}

impl LinkRow {
    /// Whether it can still be used.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && self.revoked_at.is_none() && self.expires_at.is_none_or(|until| now < until)
    }
}

/// Writes a link.
pub async fn insert(tx: &mut Tx, new: &LinkRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO link (id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        args![
            new.id,
            new.token_hash,
            new.purpose,
            new.subject,
            new.email_key,
            new.payload,
            new.browser_hash,
            new.code_hash,
            new.attempts,
            new.created_at,
            new.expires_at,
            new.used_at,
            new.revoked_at
        ],
    )
    .await?;
    Ok(())
}

/// The link of a token, used or not.
pub async fn by_token(tx: &mut Tx, purpose: &str, token_hash: &[u8; 32]) -> sqlx::Result<Option<LinkRow>> {
    fetch_optional(
        tx,
        "SELECT id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at FROM link WHERE token_hash = $1 AND purpose = $2",
        args![token_hash, purpose],
    )
    .await
}

/// The same, its row locked until the end of the transaction, so that it is used once.
pub async fn lock_by_token(
    tx: &mut Tx,
    purpose: &str,
    token_hash: &[u8; 32],
) -> sqlx::Result<Option<LinkRow>> {
    fetch_optional_locked(
        tx,
        "SELECT id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at FROM link WHERE token_hash = $1 AND purpose = $2",
        args![token_hash, purpose],
    )
    .await
}

/// The newest link that a browser asked for, its row locked until the end of the transaction.
pub async fn lock_by_browser(
    tx: &mut Tx,
    purpose: &str,
    browser_hash: &[u8; 32],
) -> sqlx::Result<Option<LinkRow>> {
    fetch_optional_locked(
        tx,
        "SELECT id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at FROM link WHERE browser_hash = $1 AND purpose = $2 \
         ORDER BY id DESC LIMIT 1",
        args![browser_hash, purpose],
    )
    .await
}

/// A link by its id, its row locked until the end of the transaction.
pub async fn lock(tx: &mut Tx, id: LinkId) -> sqlx::Result<Option<LinkRow>> {
    fetch_optional_locked(
        tx,
        "SELECT id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at FROM link WHERE id = $1",
        args![id],
    )
    .await
}

/// The links of a purpose that concern a thing and can still be used, newest first; at most `limit`.
pub async fn open_of_subject(
    tx: &mut Tx,
    subject: Uuid,
    purpose: &str,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<LinkRow>> {
    fetch_all(
        tx,
        "SELECT id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at FROM link WHERE subject = $1 AND purpose = $2 \
         AND used_at IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3) \
         ORDER BY id DESC LIMIT $4",
        args![subject, purpose, now, limit],
    )
    .await
}

/// The links of a purpose that were sent to an address and can still be used, newest first; at most `limit`.
pub async fn open_of_address(
    tx: &mut Tx,
    email_key: &str,
    purpose: &str,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<LinkRow>> {
    fetch_all(
        tx,
        "SELECT id, token_hash, purpose, subject, email_key, payload, browser_hash, code_hash, attempts, \
         created_at, expires_at, used_at, revoked_at FROM link WHERE email_key = $1 AND purpose = $2 \
         AND used_at IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3) \
         ORDER BY id DESC LIMIT $4",
        args![email_key, purpose, now, limit],
    )
    .await
}

/// Writes that a link is used. `false` if it can't be any more.
pub async fn use_once(tx: &mut Tx, id: LinkId, now: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL \
         AND (expires_at IS NULL OR expires_at > $2)",
        args![id, now],
    )
    .await?;
    Ok(written == 1)
}

/// Withdraws a link. `false` if it was used or withdrawn.
pub async fn revoke(tx: &mut Tx, id: LinkId, now: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE link SET revoked_at = $2 WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL",
        args![id, now],
    )
    .await?;
    Ok(written == 1)
}

/// Withdraws all links of a purpose that concern a thing, or all of that purpose where `subject` is none.
pub async fn revoke_all(
    tx: &mut Tx,
    purpose: &str,
    subject: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<u64> {
    match subject {
        Some(subject) => {
            execute(
                tx,
                "UPDATE link SET revoked_at = $3 WHERE subject = $2 AND purpose = $1 AND used_at IS NULL \
                 AND revoked_at IS NULL",
                args![purpose, subject, now],
            )
            .await
        }
        None => execute(
            tx,
            "UPDATE link SET revoked_at = $2 WHERE purpose = $1 AND used_at IS NULL AND revoked_at IS NULL",
            args![purpose, now],
        )
        .await,
    }
}

/// Withdraws all links of a purpose that were sent to an address.
pub async fn revoke_for(tx: &mut Tx, purpose: &str, email_key: &str, now: Timestamp) -> sqlx::Result<u64> {
    execute(
        tx,
        "UPDATE link SET revoked_at = $3 WHERE email_key = $2 AND purpose = $1 AND used_at IS NULL \
         AND revoked_at IS NULL",
        args![purpose, email_key, now],
    )
    .await
}

/// Counts a wrong code.
pub async fn count_attempt(tx: &mut Tx, id: LinkId) -> sqlx::Result<()> {
    execute(tx, "UPDATE link SET attempts = attempts + 1 WHERE id = $1", args![id]).await?;
    Ok(())
}

/// How many links of a purpose sent to an address can still be used.
pub async fn count_open(tx: &mut Tx, purpose: &str, email_key: &str, now: Timestamp) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COUNT(*) FROM link WHERE email_key = $2 AND purpose = $1 AND used_at IS NULL \
         AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)",
        args![purpose, email_key, now],
    )
    .await
}

/// How many wrong codes were typed for an address since an instant, over all its links of a purpose.
pub async fn attempts_since(
    tx: &mut Tx,
    purpose: &str,
    email_key: &str,
    since: Timestamp,
) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT CAST(COALESCE(SUM(attempts), 0) AS BIGINT) FROM link WHERE email_key = $2 AND purpose = $1 \
         AND created_at > $3",
        args![purpose, email_key, since],
    )
    .await
}

/// Forgets links that ended before an instant; how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> sqlx::Result<u64> {
    execute(
        tx,
        "DELETE FROM link WHERE (expires_at IS NOT NULL AND expires_at < $1) OR used_at < $1 OR revoked_at < $1",
        args![before],
    )
    .await
}

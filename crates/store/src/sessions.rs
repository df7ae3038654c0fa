//! Sessions: who is signed in, by the hash of a token.

use domain::ids::{OrganisationId, PersonId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_optional_value, row};

row! {
    /// A session with what each page needs of its person.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SessionRow {
        /// The hash of its token.
        pub token_hash: [u8; 32],
        /// Whose.
        pub person: PersonId,
        /// Their name.
        pub person_name: String,
        /// Their language.
        pub locale: String,
        /// The organisation acted for.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: Option<String>,
        /// Since when.
        pub created_at: Timestamp,
        /// When the person last proved who they are.
        pub fresh_at: Timestamp,
        /// When it was last seen, to the hour.
        pub seen_at: Timestamp,
        /// When it ends.
        pub expires_at: Timestamp,
        /// The browser, in a few words.
        pub agent: String,
    }
}

/// A session to write.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The hash of its token.
    pub token_hash: [u8; 32],
    /// Whose.
    pub person: PersonId,
    /// The organisation acted for.
    pub organisation: Option<OrganisationId>,
    /// Now.
    pub at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The browser, in a few words.
    pub agent: String,
}

/// Writes a session, fresh now.
pub async fn insert(tx: &mut Tx, new: &NewSession) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO session (token_hash, person, organisation, created_at, fresh_at, seen_at, expires_at, agent) \
         VALUES ($1, $2, $3, $4, $4, $4, $5, $6)",
        args![new.token_hash, new.person, new.organisation, new.at, new.expires_at, new.agent],
    )
    .await?;
    Ok(())
}

/// The session of a token, if it holds and its person's account is open.
pub async fn get(tx: &mut Tx, token_hash: &[u8; 32], now: Timestamp) -> sqlx::Result<Option<SessionRow>> {
    fetch_optional(
        tx,
        "SELECT s.token_hash, s.person, p.name AS person_name, p.locale, s.organisation, \
         o.name AS organisation_name, s.created_at, s.fresh_at, s.seen_at, s.expires_at, s.agent \
         FROM session s JOIN person p ON p.id = s.person LEFT JOIN organisation o ON o.id = s.organisation \
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.closed_at IS NULL",
        args![token_hash, now],
    )
    .await
}

/// The sessions of a person, the last seen first; at most `limit`.
pub async fn of_person(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<SessionRow>> {
    fetch_all(
        tx,
        "SELECT s.token_hash, s.person, p.name AS person_name, p.locale, s.organisation, \
         o.name AS organisation_name, s.created_at, s.fresh_at, s.seen_at, s.expires_at, s.agent \
         FROM session s JOIN person p ON p.id = s.person LEFT JOIN organisation o ON o.id = s.organisation \
         WHERE s.person = $1 AND s.expires_at > $2 ORDER BY s.seen_at DESC, s.token_hash LIMIT $3",
        args![person, now, limit],
    )
    .await
}

/// Writes that a session was seen, and until when it now lives.
pub async fn seen(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    at: Timestamp,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE session SET seen_at = $2, expires_at = $3 \
         WHERE token_hash = $1 AND seen_at < $2 AND expires_at > seen_at",
        args![token_hash, at, expires_at],
    )
    .await?;
    Ok(())
}

/// Writes the organisation acted for.
pub async fn act_for(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    organisation: Option<OrganisationId>,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE session SET organisation = $2 WHERE token_hash = $1",
        args![token_hash, organisation],
    )
    .await?;
    Ok(())
}

/// Whose session this was, if it ended after `since` and their account is open: what they were writing is kept for
/// them, nothing else.
pub async fn ended(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    since: Timestamp,
    now: Timestamp,
) -> sqlx::Result<Option<PersonId>> {
    fetch_optional_value(
        tx,
        "SELECT s.person FROM session s JOIN person p ON p.id = s.person \
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.expires_at <= $3 AND p.closed_at IS NULL",
        args![token_hash, since, now],
    )
    .await
}

/// Ends a session of a person. `false` if there was none. A session that was ended stays for a while, as one that
/// expired when it was last seen.
pub async fn end(tx: &mut Tx, person: PersonId, token_hash: &[u8; 32]) -> sqlx::Result<bool> {
    let gone =
        execute(
            tx,
            "UPDATE session SET expires_at = seen_at WHERE person = $1 AND token_hash = $2 AND expires_at > seen_at",
            args![person, token_hash],
        )
        .await?;
    Ok(gone == 1)
}

/// Ends all sessions of a person but one; how many.
pub async fn end_others(tx: &mut Tx, person: PersonId, kept: &[u8; 32]) -> sqlx::Result<u64> {
    execute(
        tx,
        "UPDATE session SET expires_at = seen_at WHERE person = $1 AND token_hash <> $2 AND expires_at > seen_at",
        args![person, kept],
    )
    .await
}

/// Ends all sessions of a person.
pub async fn end_all(tx: &mut Tx, person: PersonId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE session SET expires_at = seen_at WHERE person = $1 AND expires_at > seen_at",
        args![person],
    )
    .await?;
    Ok(())
}

/// Ends the sessions of a person that were seen longest ago, all but `kept` of them.
pub async fn end_oldest(tx: &mut Tx, person: PersonId, kept: i64) -> sqlx::Result<u64> {
    execute(
        tx,
        "UPDATE session SET expires_at = seen_at WHERE person = $1 AND expires_at > seen_at AND token_hash NOT IN \
         (SELECT token_hash FROM session WHERE person = $1 AND expires_at > seen_at \
         ORDER BY seen_at DESC, token_hash LIMIT $2)",
        args![person, kept],
    )
    .await
}

/// Forgets the sessions that ended before an instant; how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> sqlx::Result<u64> {
    execute(tx, "DELETE FROM session WHERE expires_at <= $1", args![before]).await
}

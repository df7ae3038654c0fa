//! Previous texts of anything that can be edited.

use domain::ids::{PersonId, RevisionId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row};

row! {
    /// A text as it was.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RevisionRow {
        /// Its id.
        pub id: RevisionId,
        /// What kind of thing.
        pub subject_kind: String,
        /// Which one.
        pub subject: Uuid,
        /// From 1, without gap.
        pub number: i64,
        /// The fields, JSON.
        pub body: String,
        /// Who wrote it.
        pub actor: Option<PersonId>,
        /// When.
        pub created_at: Timestamp,
    }
}

/// Writes the next revision; its number. The caller has locked what it is a revision of.
pub async fn add(
    tx: &mut Tx,
    id: RevisionId,
    subject_kind: &str,
    subject: Uuid,
    body: &str,
    actor: Option<PersonId>,
    at: Timestamp,
) -> sqlx::Result<i64> {
    let last: Option<i64> =
        fetch_value(tx, "SELECT MAX(number) FROM revision WHERE subject = $1", args![subject]).await?;
    let number = last.unwrap_or(0) + 1;
    execute(
        tx,
        "INSERT INTO revision (id, subject_kind, subject, number, body, actor, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![id, subject_kind, subject, number, body, actor, at],
    )
    .await?;
    Ok(number)
}

/// The revisions of a thing, newest first; at most `limit`.
pub async fn of_subject(tx: &mut Tx, subject: Uuid, limit: u16) -> sqlx::Result<Vec<RevisionRow>> {
    fetch_all(
        tx,
        "SELECT id, subject_kind, subject, number, body, actor, created_at FROM revision \
         WHERE subject = $1 ORDER BY number DESC LIMIT $2",
        args![subject, limit],
    )
    .await
}

/// One revision of a thing.
pub async fn get(tx: &mut Tx, subject: Uuid, number: i64) -> sqlx::Result<Option<RevisionRow>> {
    fetch_optional(
        tx,
        "SELECT id, subject_kind, subject, number, body, actor, created_at FROM revision \
         WHERE subject = $1 AND number = $2",
        args![subject, number],
    )
    .await
}

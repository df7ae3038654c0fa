//! Comments on anything.

use domain::ids::{CollectiveId, CommentId, OrganisationId, PersonId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional, row};

row! {
    /// A comment with the names that a page shows.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CommentRow {
        /// Its id.
        pub id: CommentId,
        /// Where.
        pub collective: CollectiveId,
        /// What kind of thing it is about.
        pub subject_kind: String,
        /// Which one.
        pub subject: Uuid,
        /// Who wrote it.
        pub author: PersonId,
        /// Their name.
        pub author_name: String,
        /// For which organisation.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: Option<String>,
        /// Markdown.
        pub body: String,
        /// When.
        pub created_at: Timestamp,
        /// When it was hidden.
        pub hidden_at: Option<Timestamp>,
    }
}

/// A comment to write.
#[derive(Clone, Debug)]
pub struct NewComment {
    /// Its id.
    pub id: CommentId,
    /// Where.
    pub collective: CollectiveId,
    /// What kind of thing it is about.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Uuid,
    /// Who writes.
    pub author: PersonId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Markdown.
    pub body: String,
    /// Now.
    pub created_at: Timestamp,
}

/// Writes a comment.
pub async fn insert(tx: &mut Tx, new: &NewComment) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO comment (id, collective, subject_kind, subject, author, organisation, body, created_at, \
         hidden_at, hidden_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)",
        args![
            new.id,
            new.collective,
            new.subject_kind,
            new.subject,
            new.author,
            new.organisation,
            new.body,
            new.created_at
        ],
    )
    .await?;
    Ok(())
}

/// A comment.
pub async fn get(tx: &mut Tx, id: CommentId) -> sqlx::Result<Option<CommentRow>> {
    fetch_optional(
        tx,
        "SELECT c.id, c.collective, c.subject_kind, c.subject, c.author, p.name AS author_name, c.organisation, \
         o.name AS organisation_name, c.body, c.created_at, c.hidden_at FROM comment c \
         JOIN person p ON p.id = c.author LEFT JOIN organisation o ON o.id = c.organisation WHERE c.id = $1",
        args![id],
    )
    .await
}

/// The comments on a thing, oldest first, after `after`; hidden ones too, whose text the page keeps back.
pub async fn of_subject(
    tx: &mut Tx,
    subject: Uuid,
    after: Option<CommentId>,
    limit: u16,
) -> sqlx::Result<Vec<CommentRow>> {
    fetch_all(
        tx,
        "SELECT c.id, c.collective, c.subject_kind, c.subject, c.author, p.name AS author_name, c.organisation, \
         o.name AS organisation_name, c.body, c.created_at, c.hidden_at FROM comment c \
         JOIN person p ON p.id = c.author LEFT JOIN organisation o ON o.id = c.organisation \
         WHERE c.subject = $1 AND c.id > $2 ORDER BY c.id LIMIT $3",
        args![subject, after.unwrap_or(CommentId(Uuid::nil())), limit],
    )
    .await
}

/// Hides a comment. `false` if it was.
pub async fn hide(tx: &mut Tx, id: CommentId, by: PersonId, at: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE comment SET hidden_at = $3, hidden_by = $2 WHERE id = $1 AND hidden_at IS NULL",
        args![id, by, at],
    )
    .await?;
    Ok(written == 1)
}

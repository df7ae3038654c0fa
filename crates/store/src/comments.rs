//! Comments on anything.

use domain::ids::{CollectiveId, CommentId, OrganisationId, PersonId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row, search};

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
        /// Its number there, from 1, without gap.
        pub number: i64,
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
        /// How many texts it had, this one included.
        pub version: i64,
        /// When it was last changed.
        pub edited_at: Option<Timestamp>,
        /// When it was hidden.
        pub hidden_at: Option<Timestamp>,
        /// Who hid it.
        pub hidden_by: Option<PersonId>,
        /// Why; empty where its author took it back without a word.
        pub hidden_reason: String,
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

/// The statement that reads comments, with the rest of it.
macro_rules! comments {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.collective, c.subject_kind, c.subject, c.number, c.author, p.name AS author_name, \
             c.organisation, o.name AS organisation_name, c.body, c.created_at, c.version, c.edited_at, \
             c.hidden_at, c.hidden_by, c.hidden_reason FROM comment c \
             JOIN person p ON p.id = c.author LEFT JOIN organisation o ON o.id = c.organisation ",
            $rest
        )
    };
}

/// Writes a comment; its number. The caller has locked what it is about.
pub async fn insert(tx: &mut Tx, new: &NewComment) -> sqlx::Result<i64> {
    let number = count(tx, new.subject).await? + 1;
    execute(
        tx,
        "INSERT INTO comment (id, collective, subject_kind, subject, number, author, organisation, body, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            new.id,
            new.collective,
            new.subject_kind,
            new.subject,
            number,
            new.author,
            new.organisation,
            new.body,
            new.created_at
        ],
    )
    .await?;
    search::sources::comments(tx, &[new.id]).await?;
    Ok(number)
}

/// How many comments there are on a thing, hidden ones too.
pub async fn count(tx: &mut Tx, subject: Uuid) -> sqlx::Result<i64> {
    let last: Option<i64> =
        fetch_value(tx, "SELECT MAX(number) FROM comment WHERE subject = $1", args![subject]).await?;
    Ok(last.unwrap_or(0))
}

/// The comment of that number on a thing.
pub async fn by_number(tx: &mut Tx, subject: Uuid, number: i64) -> sqlx::Result<Option<CommentRow>> {
    fetch_optional(tx, comments!("WHERE c.subject = $1 AND c.number = $2"), args![subject, number]).await
}

/// The comments on a thing, oldest first, after number `after`; hidden ones too, whose text the page keeps back.
pub async fn of_subject(tx: &mut Tx, subject: Uuid, after: i64, limit: i64) -> sqlx::Result<Vec<CommentRow>> {
    fetch_all(
        tx,
        comments!("WHERE c.subject = $1 AND c.number > $2 ORDER BY c.number LIMIT $3"),
        args![subject, after, limit],
    )
    .await
}

/// Writes the next text of a comment.
pub async fn edit(tx: &mut Tx, id: CommentId, body: &str, at: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE comment SET body = $2, edited_at = $3, version = version + 1 WHERE id = $1",
        args![id, body, at],
    )
    .await?;
    search::sources::comments(tx, &[id]).await
}

/// Hides a comment.
pub async fn hide(tx: &mut Tx, id: CommentId, by: PersonId, reason: &str, at: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE comment SET hidden_at = $4, hidden_by = $2, hidden_reason = $3 WHERE id = $1",
        args![id, by, reason, at],
    )
    .await?;
    search::sources::comments(tx, &[id]).await
}

/// Shows a comment again.
pub async fn show(tx: &mut Tx, id: CommentId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE comment SET hidden_at = NULL, hidden_by = NULL, hidden_reason = '' WHERE id = $1",
        args![id],
    )
    .await?;
    search::sources::comments(tx, &[id]).await
}

//! Long texts that somebody is still writing: one per person and form, the last one kept.

use domain::ids::{DraftId, PersonId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, row};

row! {
    /// A draft.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DraftRow {
        /// Its id.
        pub id: DraftId,
        /// Whose.
        pub person: PersonId,
        /// Which form: its path.
        pub form: String,
        /// Its fields, JSON.
        pub body: String,
        /// When it was last written.
        pub updated_at: Timestamp,
    }
}

/// Writes a draft over the last one of that form.
pub async fn put(tx: &mut Tx, new: &DraftRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO draft (id, person, form, body, updated_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person, form) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        args![new.id, new.person, new.form, new.body, new.updated_at],
    )
    .await?;
    Ok(())
}

/// The draft of a form.
pub async fn get(tx: &mut Tx, person: PersonId, form: &str) -> sqlx::Result<Option<DraftRow>> {
    fetch_optional(
        tx,
        "SELECT id, person, form, body, updated_at FROM draft WHERE person = $1 AND form = $2",
        args![person, form],
    )
    .await
}

/// The drafts of a person, newest first; at most `limit`.
pub async fn of_person(tx: &mut Tx, person: PersonId, limit: u16) -> sqlx::Result<Vec<DraftRow>> {
    fetch_all(
        tx,
        "SELECT id, person, form, body, updated_at FROM draft WHERE person = $1 ORDER BY updated_at DESC, id LIMIT $2",
        args![person, limit],
    )
    .await
}

/// Forgets a draft: its form was sent.
pub async fn forget(tx: &mut Tx, person: PersonId, form: &str) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM draft WHERE person = $1 AND form = $2", args![person, form]).await?;
    Ok(())
}

/// Forgets the drafts of a person that were touched longest ago, all but `kept` of them.
pub async fn forget_oldest(tx: &mut Tx, person: PersonId, kept: i64) -> sqlx::Result<u64> {
    execute(
        tx,
        "DELETE FROM draft WHERE person = $1 AND id NOT IN \
         (SELECT id FROM draft WHERE person = $1 ORDER BY updated_at DESC, id LIMIT $2)",
        args![person, kept],
    )
    .await
}

/// Forgets drafts that nobody touched since an instant; how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> sqlx::Result<u64> {
    execute(tx, "DELETE FROM draft WHERE updated_at < $1", args![before]).await
}

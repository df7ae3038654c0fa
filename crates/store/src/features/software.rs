//! The software that features belong to, found or made by name.

use domain::{
    ids::{CollectiveId, SoftwareId},
    text,
};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional_value, fetch_value, row, search};

row! {
    /// A software project.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Software {
        /// Its id.
        pub id: SoftwareId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Its web site; may be empty.
        pub website: String,
        /// Its licence; may be empty.
        pub licence: String,
    }
}

/// The software of that name in a collective, made under `new` if there is none: two spellings that differ by
/// case, accents or blanks are one.
pub async fn find_or_make(
    tx: &mut Tx,
    collective: CollectiveId,
    name: &str,
    new: SoftwareId,
    now: Timestamp,
) -> sqlx::Result<SoftwareId> {
    let slug = slug_of(name);
    const SQL: &str = "INSERT INTO software (id, collective, slug, name, website, licence, created_at)
         VALUES ($1, $2, $3, $4, '', '', $5) ON CONFLICT (collective, slug) DO NOTHING";
    if execute(tx, SQL, args![new, collective, slug, name, now]).await? > 0 {
        search::sources::software(tx, &[new]).await?;
    }
    fetch_value(tx, "SELECT id FROM software WHERE collective = $1 AND slug = $2", args![collective, slug])
        .await
}

/// The software of that name in a collective, as [`find_or_make`] finds it.
pub async fn find(tx: &mut Tx, collective: CollectiveId, name: &str) -> sqlx::Result<Option<SoftwareId>> {
    const SQL: &str = "SELECT id FROM software WHERE collective = $1 AND slug = $2";
    fetch_optional_value(tx, SQL, args![collective, slug_of(name)]).await
}

/// The name of a software in addresses.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let slug = text::slug(name);
    if slug.is_empty() { text::fold(name) } else { slug }
}

/// The name of a software.
pub async fn name(tx: &mut Tx, software: SoftwareId) -> sqlx::Result<Option<String>> {
    fetch_optional_value(tx, "SELECT name FROM software WHERE id = $1", args![software]).await
}

/// The software of a collective by name, at most `limit`: the choices of a form.
pub async fn of_collective(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<Software>> {
    fetch_all(
        tx,
        "SELECT id, slug, name, website, licence FROM software WHERE collective = $1 ORDER BY slug LIMIT $2",
        args![collective, limit],
    )
    .await
}

//! Organisations that files elsewhere list, with what they are said to run, and where those files are read from.

use domain::ids::{CollectiveId, ListedId, OrganisationId, PersonId, SoftwareId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row};

row! {
    /// An organisation as a file lists it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ListedRow {
        /// Its id.
        pub id: ListedId,
        /// The address of its file.
        pub file: String,
        /// Its name.
        pub name: String,
        /// Its web site; may be empty.
        pub website: String,
        /// What it is, in a line; may be empty.
        pub description: String,
        /// The member that it was taken for.
        pub organisation: Option<OrganisationId>,
        /// When it was no longer listed.
        pub gone_at: Option<Timestamp>,
    }
}

/// Every organisation that was ever listed for a collective, by the address of its file; at most `limit`.
pub async fn all(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<ListedRow>> {
    fetch_all(
        tx,
        "SELECT id, file, name, website, description, organisation, gone_at FROM listed_organisation \
         WHERE collective = $1 ORDER BY file LIMIT $2",
        args![collective, limit],
    )
    .await
}

/// Writes an organisation, or writes it anew under its id: it is listed.
pub async fn put(tx: &mut Tx, collective: CollectiveId, row: &ListedRow, now: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO listed_organisation \
         (id, collective, file, name, website, description, organisation, created_at, changed_at, gone_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9) ON CONFLICT (collective, file) DO UPDATE \
         SET name = excluded.name, website = excluded.website, description = excluded.description, \
         organisation = excluded.organisation, changed_at = excluded.changed_at, gone_at = excluded.gone_at",
        args![
            row.id,
            collective,
            row.file,
            row.name,
            row.website,
            row.description,
            row.organisation,
            now,
            row.gone_at
        ],
    )
    .await
    .map(drop)
}

row! {
    /// What a listed organisation is said to run.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ServiceRow {
        /// Which organisation.
        pub listed: ListedId,
        /// What.
        pub software: SoftwareId,
        /// Where; may be empty.
        pub url: String,
        /// When it was no longer listed.
        pub gone_at: Option<Timestamp>,
    }
}

/// What a listed organisation was ever said to run; at most `limit`.
pub async fn services(tx: &mut Tx, listed: ListedId, limit: i64) -> sqlx::Result<Vec<ServiceRow>> {
    const SQL: &str = "SELECT listed, software, url, gone_at FROM listed_service WHERE listed = $1 \
        ORDER BY software LIMIT $2";
    fetch_all(tx, SQL, args![listed, limit]).await
}

/// Writes what a listed organisation runs, or writes it anew.
pub async fn put_service(tx: &mut Tx, row: &ServiceRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO listed_service (listed, software, url, gone_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (listed, software) DO UPDATE SET url = excluded.url, gone_at = excluded.gone_at",
        args![row.listed, row.software, row.url, row.gone_at],
    )
    .await
    .map(drop)
}

row! {
    /// A listed organisation as a page shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ShownRow {
        /// Its name.
        pub name: String,
        /// Its web site; may be empty.
        pub website: String,
        /// What it is; may be empty.
        pub description: String,
        /// The member that it is taken for: its name in addresses.
        pub member: Option<String>,
        /// How many software it is said to run.
        pub services: i64,
    }
}

/// Those that are listed now, members first, by name; at most `limit`.
pub async fn shown(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<ShownRow>> {
    fetch_all(
        tx,
        "SELECT l.name, l.website, l.description, o.slug AS member, \
         (SELECT COUNT(*) FROM listed_service s WHERE s.listed = l.id AND s.gone_at IS NULL) AS services \
         FROM listed_organisation l LEFT JOIN organisation o ON o.id = l.organisation \
         WHERE l.collective = $1 AND l.gone_at IS NULL \
         ORDER BY CASE WHEN l.organisation IS NULL THEN 1 ELSE 0 END, l.name, l.file LIMIT $2",
        args![collective, limit],
    )
    .await
}

/// How many are said to run a software and are no members, or members that haven't confirmed it.
pub async fn unconfirmed(tx: &mut Tx, software: SoftwareId) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COUNT(*) FROM listed_service s JOIN listed_organisation l ON l.id = s.listed \
         WHERE s.software = $1 AND s.gone_at IS NULL AND l.gone_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM software_user u WHERE u.software = s.software AND u.organisation = l.organisation \
          AND u.confirmed_at IS NOT NULL)",
        args![software],
    )
    .await
}

row! {
    /// Where a collective's files are read from, and what came of the last reading.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ListingRow {
        /// The address or the folder.
        pub source: String,
        /// Who asked.
        pub asked_by: PersonId,
        /// When.
        pub asked_at: Timestamp,
        /// When it was over.
        pub done_at: Option<Timestamp>,
        /// What came of it: JSON; empty while it is being read.
        pub outcome: String,
    }
}

/// The last reading of a collective.
pub async fn listing(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Option<ListingRow>> {
    const SQL: &str =
        "SELECT source, asked_by, asked_at, done_at, outcome FROM listing WHERE collective = $1";
    fetch_optional(tx, SQL, args![collective]).await
}

/// Writes that somebody asked for a reading.
pub async fn ask(
    tx: &mut Tx,
    collective: CollectiveId,
    source: &str,
    by: (PersonId, Timestamp),
) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO listing (collective, source, asked_by, asked_at, done_at, outcome) \
         VALUES ($1, $2, $3, $4, NULL, '') ON CONFLICT (collective) DO UPDATE SET source = excluded.source, \
         asked_by = excluded.asked_by, asked_at = excluded.asked_at, done_at = NULL, outcome = ''",
        args![collective, source, by.0, by.1],
    )
    .await
    .map(drop)
}

/// Writes what came of a reading.
pub async fn done(tx: &mut Tx, collective: CollectiveId, outcome: &str, now: Timestamp) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE listing SET outcome = $2, done_at = $3 WHERE collective = $1";
    execute(tx, SQL, args![collective, outcome, now]).await.map(drop)
}

row! {
    /// A software with where its source is.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RepositoryRow {
        /// Which.
        pub id: SoftwareId,
        /// Where.
        pub repository: String,
    }
}

/// The software of a collective that says where its source is; at most `limit`.
pub async fn repositories(
    tx: &mut Tx,
    collective: CollectiveId,
    limit: i64,
) -> sqlx::Result<Vec<RepositoryRow>> {
    const SQL: &str = "SELECT id, repository FROM software WHERE collective = $1 AND repository <> '' \
        ORDER BY slug LIMIT $2";
    fetch_all(tx, SQL, args![collective, limit]).await
}

/// Whether anything is known of an organisation that runs a software: that it does, might, or stopped.
pub async fn is_known(tx: &mut Tx, software: SoftwareId, organisation: OrganisationId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM software_user WHERE software = $1 AND organisation = $2";
    let known: i64 = fetch_value(tx, SQL, args![software, organisation]).await?;
    Ok(known > 0)
}

/// Takes back that an organisation runs a software, where that was only read elsewhere; false where it wasn't.
pub async fn forget_unconfirmed(
    tx: &mut Tx,
    software: SoftwareId,
    organisation: OrganisationId,
) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM software_user WHERE software = $1 AND organisation = $2 \
        AND source = 'imported' AND confirmed_at IS NULL AND ended_at IS NULL";
    Ok(execute(tx, SQL, args![software, organisation]).await? > 0)
}

//! The register of software of a collective, and which organisations run what. Finding and making one by name is in
//! [`features::software`](crate::features::software).

use domain::{
    ids::{CollectiveId, OrganisationId, PersonId, SoftwareId},
    software::{Entry, Source},
};
use jiff::Timestamp;

use crate::{Tx, args, execute, features, fetch_all, fetch_optional, row, search};

crate::text_columns! { Source }

row! {
    /// A software as its page shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SoftwareRow {
        /// Its id.
        pub id: SoftwareId,
        /// Whose register.
        pub collective: CollectiveId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Its web site; may be empty.
        pub website: String,
        /// Where its source is; may be empty.
        pub repository: String,
        /// Its licence; may be empty.
        pub licence: String,
        /// Markdown; may be empty.
        pub description: String,
        /// Where its team says what comes next; may be empty.
        pub roadmap: String,
        /// Where one gives to it; may be empty.
        pub funding: String,
        /// Who maintains it; may be empty.
        pub maintainers: String,
        /// Whether its team wants no funded requests.
        pub opted_out: bool,
        /// Where it says so; may be empty.
        pub opted_out_url: String,
        /// How many organisations run it here, confirmed ones alone.
        pub hosted_by: i64,
        /// How many texts it had, this one included.
        pub version: i64,
        /// When it was entered.
        pub created_at: Timestamp,
    }
}

impl SoftwareRow {
    /// What is said of it, as somebody would write it.
    #[must_use]
    pub fn entry(&self) -> Entry {
        Entry {
            name: self.name.clone(),
            website: self.website.clone(),
            repository: self.repository.clone(),
            licence: self.licence.clone(),
            description: self.description.clone(),
            roadmap: self.roadmap.clone(),
            funding: self.funding.clone(),
            maintainers: self.maintainers.clone(),
            opted_out: self.opted_out,
            opted_out_url: self.opted_out_url.clone(),
        }
    }
}

/// The statement that reads software, with the rest of it.
macro_rules! software {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.collective, s.slug, s.name, s.website, s.repository, s.licence, s.description, \
             s.roadmap, s.funding, s.maintainers, s.opted_out, s.opted_out_url, s.hosted_by, s.version, \
             s.created_at FROM software s ",
            $rest
        )
    };
}

/// A software by its name in addresses.
pub async fn by_slug(tx: &mut Tx, collective: CollectiveId, slug: &str) -> sqlx::Result<Option<SoftwareRow>> {
    fetch_optional(tx, software!("WHERE s.collective = $1 AND s.slug = $2"), args![collective, slug]).await
}

/// A software by its id.
pub async fn get(tx: &mut Tx, id: SoftwareId) -> sqlx::Result<Option<SoftwareRow>> {
    fetch_optional(tx, software!("WHERE s.id = $1"), args![id]).await
}

row! {
    /// A software in the list.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Listed {
        /// Its id.
        pub id: SoftwareId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Its licence; may be empty.
        pub licence: String,
        /// Whether its team wants no funded requests.
        pub opted_out: bool,
        /// How many organisations run it here.
        pub hosted_by: i64,
        /// How many users they say that they have together, those that say.
        pub users: i64,
        /// How many open needs it has.
        pub needs: i64,
        /// How many features.
        pub features: i64,
    }
}

/// The register, what most organisations run first, then what most needs are about; at most `limit` after `offset`.
pub async fn ranked(
    tx: &mut Tx,
    collective: CollectiveId,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<Listed>> {
    fetch_all(
        tx,
        "SELECT s.id, s.slug, s.name, s.licence, s.opted_out, s.hosted_by, \
         CAST(COALESCE((SELECT SUM(u.users) FROM software_user u WHERE u.software = s.id \
           AND u.confirmed_at IS NOT NULL AND u.ended_at IS NULL), 0) AS BIGINT) AS users, \
         (SELECT COUNT(*) FROM need n WHERE n.software = s.id AND n.state = 'open') AS needs, \
         (SELECT COUNT(*) FROM feature f WHERE f.software = s.id) AS features \
         FROM software s WHERE s.collective = $1 \
         ORDER BY s.hosted_by DESC, needs DESC, s.slug LIMIT $2 OFFSET $3",
        args![collective, limit, offset],
    )
    .await
}

/// The register by name in addresses, after one; at most `limit`.
pub async fn by_name(
    tx: &mut Tx,
    collective: CollectiveId,
    after: &str,
    limit: i64,
) -> sqlx::Result<Vec<SoftwareRow>> {
    fetch_all(
        tx,
        software!("WHERE s.collective = $1 AND s.slug > $2 ORDER BY s.slug LIMIT $3"),
        args![collective, after, limit],
    )
    .await
}

/// Writes a software; `false` if there is one of that name in addresses, and nothing is written.
pub async fn insert(
    tx: &mut Tx,
    id: SoftwareId,
    collective: CollectiveId,
    slug: &str,
    entry: &Entry,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO software (id, collective, slug, name, website, licence, created_at, repository, description, \
         roadmap, funding, maintainers, opted_out, opted_out_url) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (collective, slug) DO NOTHING",
        args![
            id,
            collective,
            slug,
            entry.name,
            entry.website,
            entry.licence,
            now,
            entry.repository,
            entry.description,
            entry.roadmap,
            entry.funding,
            entry.maintainers,
            entry.opted_out,
            entry.opted_out_url
        ],
    )
    .await?;
    search::sources::software(tx, &[id]).await?;
    Ok(written == 1)
}

/// Writes the next text of a software, and its name in addresses.
pub async fn edit(tx: &mut Tx, id: SoftwareId, slug: &str, entry: &Entry) -> sqlx::Result<()> {
    let before = features::software::name(tx, id).await?;
    execute(
        tx,
        "UPDATE software SET name = $2, website = $3, licence = $4, repository = $5, description = $6, roadmap = $7, \
         funding = $8, maintainers = $9, opted_out = $10, opted_out_url = $11, slug = $12, version = version + 1 \
         WHERE id = $1",
        args![
            id,
            entry.name,
            entry.website,
            entry.licence,
            entry.repository,
            entry.description,
            entry.roadmap,
            entry.funding,
            entry.maintainers,
            entry.opted_out,
            entry.opted_out_url,
            slug
        ],
    )
    .await?;
    if before.as_deref() != Some(&entry.name) {
        search::sources::named_by(tx, id).await?;
    }
    search::sources::software(tx, &[id]).await
}

row! {
    /// An organisation that runs a software.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct UserRow {
        /// Who.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// Its name in addresses.
        pub slug: String,
        /// For how many users, where it says.
        pub users: Option<i64>,
        /// Where its service is; may be empty.
        pub url: String,
        /// How that is known.
        pub source: Source,
        /// When it confirmed; nothing: it doesn't count yet.
        pub confirmed_at: Option<Timestamp>,
    }
}

/// Those who run a software, unconfirmed ones last, at most `limit`.
pub async fn users(tx: &mut Tx, software: SoftwareId, limit: i64) -> sqlx::Result<Vec<UserRow>> {
    fetch_all(
        tx,
        "SELECT u.organisation, o.name, o.slug, u.users, u.url, u.source, u.confirmed_at FROM software_user u \
         JOIN organisation o ON o.id = u.organisation WHERE u.software = $1 AND u.ended_at IS NULL \
         ORDER BY CASE WHEN u.confirmed_at IS NULL THEN 1 ELSE 0 END, COALESCE(u.users, -1) DESC, o.slug LIMIT $2",
        args![software, limit],
    )
    .await
}

/// What one organisation says of a software, if it runs it.
pub async fn user(
    tx: &mut Tx,
    software: SoftwareId,
    organisation: OrganisationId,
) -> sqlx::Result<Option<UserRow>> {
    fetch_optional(
        tx,
        "SELECT u.organisation, o.name, o.slug, u.users, u.url, u.source, u.confirmed_at FROM software_user u \
         JOIN organisation o ON o.id = u.organisation \
         WHERE u.software = $1 AND u.organisation = $2 AND u.ended_at IS NULL",
        args![software, organisation],
    )
    .await
}

row! {
    /// A software that an organisation runs.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RunRow {
        /// Which.
        pub software: SoftwareId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// For how many users.
        pub users: Option<i64>,
        /// When the organisation confirmed.
        pub confirmed_at: Option<Timestamp>,
    }
}

/// What an organisation runs, by name, at most `limit`.
pub async fn run_by(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    limit: i64,
) -> sqlx::Result<Vec<RunRow>> {
    fetch_all(
        tx,
        "SELECT u.software, s.slug, s.name, u.users, u.confirmed_at FROM software_user u \
         JOIN software s ON s.id = u.software \
         WHERE u.organisation = $2 AND s.collective = $1 AND u.ended_at IS NULL ORDER BY s.slug LIMIT $3",
        args![collective, organisation, limit],
    )
    .await
}

/// An organisation says that it runs a software.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Which.
    pub software: SoftwareId,
    /// Who.
    pub organisation: OrganisationId,
    /// For how many users.
    pub users: Option<i64>,
    /// Where its service is; may be empty.
    pub url: String,
    /// How that is known.
    pub source: Source,
    /// Who confirms it; nobody where it was read elsewhere.
    pub confirmed_by: Option<PersonId>,
    /// Now.
    pub at: Timestamp,
}

/// Writes that an organisation runs a software, or writes it anew. What was read elsewhere changes nothing of what somebody
/// confirmed or stopped. Returns false where nothing changed.
pub async fn put_user(tx: &mut Tx, new: &NewUser) -> sqlx::Result<bool> {
    let confirmed_at = new.confirmed_by.map(|_| new.at);
    let written = execute(
        tx,
        "INSERT INTO software_user (software, organisation, users, url, source, created_at, confirmed_at, confirmed_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (software, organisation) DO UPDATE \
         SET users = excluded.users, url = excluded.url, source = excluded.source, ended_at = NULL, \
         confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by \
         WHERE excluded.confirmed_at IS NOT NULL \
         OR (software_user.confirmed_at IS NULL AND software_user.ended_at IS NULL)",
        args![
            new.software,
            new.organisation,
            new.users,
            new.url,
            new.source,
            new.at,
            confirmed_at,
            new.confirmed_by
        ],
    )
    .await?;
    recount(tx, new.software).await?;
    Ok(written > 0)
}

/// An organisation runs it no more. Returns false where it didn't.
pub async fn end_user(
    tx: &mut Tx,
    software: SoftwareId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let ended = execute(
        tx,
        "UPDATE software_user SET ended_at = $3 WHERE software = $1 AND organisation = $2 AND ended_at IS NULL",
        args![software, organisation, now],
    )
    .await?;
    recount(tx, software).await?;
    Ok(ended > 0)
}

/// An organisation that leaves a collective runs nothing there any more.
pub async fn end_all(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<()> {
    for run in run_by(tx, collective, organisation, 2_000).await? {
        end_user(tx, run.software, organisation, now).await?;
    }
    Ok(())
}

/// Counts anew how many organisations run a software.
async fn recount(tx: &mut Tx, software: SoftwareId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE software SET hosted_by = (SELECT COUNT(*) FROM software_user u WHERE u.software = $1 \
         AND u.confirmed_at IS NOT NULL AND u.ended_at IS NULL) WHERE id = $1",
        args![software],
    )
    .await
    .map(drop)
}

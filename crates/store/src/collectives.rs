//! Collectives and the versions of their rules.

use domain::{
    ids::{CollectiveId, PersonId},
    rules::Rules,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_optional_locked, fetch_optional_value, row,
    seals::{self, Kind, Written},
};

row! {
    /// A collective.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CollectiveRow {
        /// Its id.
        pub id: CollectiveId,
        /// Its name in addresses, unique on the instance.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// What it is for, in one line; may be empty.
        pub purpose: String,
        /// The language of its mails to people who chose none.
        pub locale: String,
        /// The name of its time zone, as in `Europe/Paris`.
        pub zone: String,
        /// Whether its data is invented.
        pub example: bool,
        /// One more at each write: what pages and caches go by.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }
}

impl CollectiveRow {
    /// Its time zone; UTC where the name is unknown to this machine.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The civil day there at an instant.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.time_zone()).date()
    }

    /// The instant when a civil day has ended there: when the next one begins.
    #[must_use]
    pub fn end_of(&self, day: Date) -> Timestamp {
        day.tomorrow()
            .and_then(|next| next.to_zoned_datetime(self.time_zone()))
            .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

/// Writes a collective; `false` if the slug is taken, and nothing is written.
pub async fn create(tx: &mut Tx, new: &CollectiveRow) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO collective (id, slug, name, purpose, locale, zone, example, version, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (slug) DO NOTHING",
        args![
            new.id,
            new.slug,
            new.name,
            new.purpose,
            new.locale,
            new.zone,
            new.example,
            new.version,
            new.created_at
        ],
    )
    .await?;
    Ok(written == 1)
}

/// The collective of a slug.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> sqlx::Result<Option<CollectiveRow>> {
    fetch_optional(
        tx,
        "SELECT id, slug, name, purpose, locale, zone, example, version, created_at FROM collective \
         WHERE slug = $1",
        args![slug],
    )
    .await
}

/// A collective.
pub async fn get(tx: &mut Tx, id: CollectiveId) -> sqlx::Result<Option<CollectiveRow>> {
    fetch_optional(
        tx,
        "SELECT id, slug, name, purpose, locale, zone, example, version, created_at FROM collective \
         WHERE id = $1",
        args![id],
    )
    .await
}

/// A collective, its row locked until the end of the transaction: for what must happen once in it (a role, an
/// invitation, a number). Never taken before the head of a pot.
pub async fn lock(tx: &mut Tx, id: CollectiveId) -> sqlx::Result<Option<CollectiveRow>> {
    fetch_optional_locked(
        tx,
        "SELECT id, slug, name, purpose, locale, zone, example, version, created_at FROM collective \
         WHERE id = $1",
        args![id],
    )
    .await
}

/// Collectives by slug, after `after`; at most `limit`.
pub async fn list(tx: &mut Tx, after: &str, limit: u16) -> sqlx::Result<Vec<CollectiveRow>> {
    fetch_all(
        tx,
        "SELECT id, slug, name, purpose, locale, zone, example, version, created_at FROM collective \
         WHERE slug > $1 ORDER BY slug LIMIT $2",
        args![after, limit],
    )
    .await
}

/// The version that pages and caches go by: the one point read of a page that is cached.
pub async fn version(tx: &mut Tx, slug: &str) -> sqlx::Result<Option<i64>> {
    fetch_optional_value(tx, "SELECT version FROM collective WHERE slug = $1", args![slug]).await
}

/// Changes what a collective says of itself.
pub async fn describe(
    tx: &mut Tx,
    id: CollectiveId,
    name: &str,
    purpose: &str,
    zone: &str,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE collective SET name = $2, purpose = $3, zone = $4 WHERE id = $1",
        args![id, name, purpose, zone],
    )
    .await?;
    Ok(())
}

row! {
    struct RulesRow {
        version: i64,
        body: String,
    }
}

impl RulesRow {
    fn read(&self) -> sqlx::Result<(i64, Rules)> {
        let rules = Rules::from_json(&self.body).map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok((self.version, rules))
    }
}

/// The rules in force with their version. Errors: `RowNotFound` for a collective without rules, `Decode` for rules
/// that this program can't read.
pub async fn rules(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<(i64, Rules)> {
    let row: Option<RulesRow> = fetch_optional(
        tx,
        "SELECT version, body FROM rules WHERE collective = $1 ORDER BY version DESC LIMIT 1",
        args![collective],
    )
    .await?;
    row.ok_or(sqlx::Error::RowNotFound)?.read()
}

row! {
    struct RuledRow {
        id: CollectiveId,
        slug: String,
        name: String,
        purpose: String,
        locale: String,
        zone: String,
        example: bool,
        version: i64,
        created_at: Timestamp,
        rules_version: i64,
        body: String,
    }
}

/// A collective with the rules in force and their version, by one statement: what every money command begins with.
/// Errors: as for [`rules`], where a collective without any isn't found.
pub async fn ruled(tx: &mut Tx, id: CollectiveId) -> sqlx::Result<Option<(CollectiveRow, i64, Rules)>> {
    const SQL: &str = "SELECT c.id, c.slug, c.name, c.purpose, c.locale, c.zone, c.example, c.version, c.created_at, \
        r.version AS rules_version, r.body FROM collective c JOIN rules r ON r.collective = c.id \
        WHERE c.id = $1 ORDER BY r.version DESC LIMIT 1";
    let Some(row) = fetch_optional::<RuledRow>(tx, SQL, args![id]).await? else { return Ok(None) };
    let (rules_version, rules) = RulesRow { version: row.rules_version, body: row.body }.read()?;
    let RuledRow { id, slug, name, purpose, locale, zone, example, version, created_at, .. } = row;
    let collective = CollectiveRow { id, slug, name, purpose, locale, zone, example, version, created_at };
    Ok(Some((collective, rules_version, rules)))
}

/// The rules as they were in a version. Errors: as for [`rules`].
pub async fn rules_at(tx: &mut Tx, collective: CollectiveId, version: i64) -> sqlx::Result<Rules> {
    let row: Option<RulesRow> = fetch_optional(
        tx,
        "SELECT version, body FROM rules WHERE collective = $1 AND version = $2",
        args![collective, version],
    )
    .await?;
    Ok(row.ok_or(sqlx::Error::RowNotFound)?.read()?.1)
}

/// Writes the next version of the rules; its number. The collective's row is locked by the caller, or new.
/// Errors: `Encode` for rules that can't hold.
pub async fn put_rules(
    tx: &mut Tx,
    collective: CollectiveId,
    rules: &Rules,
    at: Timestamp,
    actor: Option<PersonId>,
    reason: &str,
) -> sqlx::Result<i64> {
    let body = rules.to_json().map_err(|error| sqlx::Error::Encode(error.into()))?;
    let last: Option<i64> =
        crate::fetch_value(tx, "SELECT MAX(version) FROM rules WHERE collective = $1", args![collective])
            .await?;
    let version = last.unwrap_or(0) + 1;
    execute(
        tx,
        "INSERT INTO rules (collective, version, schema_version, body, created_at, actor, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![collective, version, rules.schema_version, body, at, actor, reason],
    )
    .await?;
    seals::renew(tx, Kind::Rules, [(collective.0, version)], Written::All).await?;
    Ok(version)
}

row! {
    /// A version of the rules, without its text.
    #[derive(Clone, Debug)]
    pub struct RulesVersion {
        /// Its number.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
        /// Who wrote it.
        pub actor: Option<PersonId>,
        /// Why.
        pub reason: String,
    }
}

/// The versions of the rules, newest first; at most `limit`.
pub async fn rules_versions(
    tx: &mut Tx,
    collective: CollectiveId,
    limit: u16,
) -> sqlx::Result<Vec<RulesVersion>> {
    fetch_all(
        tx,
        "SELECT version, created_at, actor, reason FROM rules WHERE collective = $1 ORDER BY version DESC LIMIT $2",
        args![collective, limit],
    )
    .await
}

/// Marks a collective as an example: its pages say that its data is invented.
pub async fn mark_example(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<()> {
    execute(tx, "UPDATE collective SET example = 1, version = version + 1 WHERE id = $1", args![collective])
        .await?;
    Ok(())
}

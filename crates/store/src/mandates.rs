//! Mandates: what a person may do for an organisation, and when.

use domain::{
    actor::MandateKind,
    ids::{CollectiveId, MandateId, OrganisationId, PersonId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_all_in, fetch_optional, fetch_value, fetch_values, row,
    seals::{self, Kind, Written},
};

row! {
    /// A mandate.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MandateRow {
        /// Its id.
        pub id: MandateId,
        /// Whose.
        pub person: PersonId,
        /// For whom.
        pub organisation: OrganisationId,
        /// Of which kind.
        pub kind: MandateKind,
        /// First day.
        pub starts_on: Date,
        /// Last day, included.
        pub ends_on: Option<Date>,
        /// When it was ended before its last day.
        pub ended_at: Option<Timestamp>,
        /// Who gave it.
        pub granted_by: Option<PersonId>,
        /// Since when it is written.
        pub created_at: Timestamp,
    }
}

/// Writes a mandate.
pub async fn insert(tx: &mut Tx, new: &MandateRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO mandate (id, person, organisation, kind, starts_on, ends_on, ended_at, granted_by, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            new.id,
            new.person,
            new.organisation,
            new.kind,
            new.starts_on,
            new.ends_on,
            new.ended_at,
            new.granted_by,
            new.created_at
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::Mandate, new.id, Written::All).await
}

/// A mandate.
pub async fn get(tx: &mut Tx, id: MandateId) -> sqlx::Result<Option<MandateRow>> {
    fetch_optional(
        tx,
        "SELECT id, person, organisation, kind, starts_on, ends_on, ended_at, granted_by, created_at FROM mandate \
         WHERE id = $1",
        args![id],
    )
    .await
}

/// Ends a mandate now. `false` if it had been ended.
pub async fn end(tx: &mut Tx, id: MandateId, at: Timestamp) -> sqlx::Result<bool> {
    let written =
        execute(tx, "UPDATE mandate SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", args![id, at])
            .await?;
    if written == 1 {
        seals::renew_one(tx, Kind::Mandate, id, Written::Only(&["ended_at"])).await?;
    }
    Ok(written == 1)
}

row! {
    /// A mandate with the names that a page shows.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MandateOf {
        /// Its id.
        pub id: MandateId,
        /// Whose.
        pub person: PersonId,
        /// Their name.
        pub person_name: String,
        /// For whom.
        pub organisation: OrganisationId,
        /// Its name.
        pub organisation_name: String,
        /// Of which kind.
        pub kind: MandateKind,
        /// First day.
        pub starts_on: Date,
        /// Last day, included.
        pub ends_on: Option<Date>,
    }
}

/// The mandates of an organisation that weren't ended, those of the future included; at most `limit`.
pub async fn of_organisation(
    tx: &mut Tx,
    organisation: OrganisationId,
    today: Date,
    limit: u16,
) -> sqlx::Result<Vec<MandateOf>> {
    fetch_all(
        tx,
        "SELECT m.id, m.person, p.name AS person_name, m.organisation, o.name AS organisation_name, m.kind, \
         m.starts_on, m.ends_on FROM mandate m JOIN person p ON p.id = m.person \
         JOIN organisation o ON o.id = m.organisation \
         WHERE m.organisation = $1 AND m.ended_at IS NULL AND (m.ends_on IS NULL OR m.ends_on >= $2) \
         ORDER BY p.name, m.id LIMIT $3",
        args![organisation, today, limit],
    )
    .await
}

row! {
    /// A mandate that is over, for whoever held it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MandateOver {
        /// For whom it was.
        pub organisation: OrganisationId,
        /// Its name.
        pub organisation_name: String,
        /// Its last day, where it had one.
        pub ends_on: Option<Date>,
        /// When it was ended, where somebody ended it.
        pub ended_at: Option<Timestamp>,
        /// The zone of a collective that the organisation is or was in.
        pub zone: Option<String>,
    }
}

/// The mandates of a person that are over, the last one first; at most `limit`.
pub async fn over(tx: &mut Tx, person: PersonId, today: Date, limit: u16) -> sqlx::Result<Vec<MandateOver>> {
    fetch_all(
        tx,
        "SELECT m.organisation, o.name AS organisation_name, m.ends_on, m.ended_at, \
         (SELECT MIN(c.zone) FROM membership s JOIN collective c ON c.id = s.collective \
          WHERE s.organisation = m.organisation) AS zone \
         FROM mandate m JOIN organisation o ON o.id = m.organisation \
         WHERE m.person = $1 AND (m.ended_at IS NOT NULL OR m.ends_on < $2) ORDER BY m.id DESC LIMIT $3",
        args![person, today, limit],
    )
    .await
}

/// The mandates of a person that weren't ended, those of the future included; at most `limit`.
pub async fn of_person(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    limit: u16,
) -> sqlx::Result<Vec<MandateOf>> {
    fetch_all(
        tx,
        "SELECT m.id, m.person, p.name AS person_name, m.organisation, o.name AS organisation_name, m.kind, \
         m.starts_on, m.ends_on FROM mandate m JOIN person p ON p.id = m.person \
         JOIN organisation o ON o.id = m.organisation \
         WHERE m.person = $1 AND m.ended_at IS NULL AND (m.ends_on IS NULL OR m.ends_on >= $2) \
         ORDER BY o.name, m.id LIMIT $3",
        args![person, today, limit],
    )
    .await
}

/// Whether a person holds a mandate of that kind for that organisation on some day of a period.
pub async fn overlaps(
    tx: &mut Tx,
    person: PersonId,
    organisation: OrganisationId,
    kind: MandateKind,
    starts_on: Date,
    ends_on: Option<Date>,
) -> sqlx::Result<bool> {
    let found: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM mandate WHERE person = $1 AND organisation = $2 AND kind = $3 AND ended_at IS NULL \
         AND starts_on <= $5 AND (ends_on IS NULL OR ends_on >= $4)",
        args![person, organisation, kind, starts_on, ends_on.unwrap_or(Date::MAX)],
    )
    .await?;
    Ok(found > 0)
}

/// How many persons represent an organisation on a day.
pub async fn representatives(tx: &mut Tx, organisation: OrganisationId, day: Date) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COUNT(DISTINCT m.person) FROM mandate m JOIN person p ON p.id = m.person \
         WHERE m.organisation = $1 AND m.kind = $2 AND m.ended_at IS NULL AND m.starts_on <= $3 \
         AND (m.ends_on IS NULL OR m.ends_on >= $3) AND p.closed_at IS NULL",
        args![organisation, MandateKind::Representative, day],
    )
    .await
}

/// The persons who represented an organisation at any time, by id; at most `limit`.
pub async fn ever_represented(
    tx: &mut Tx,
    organisation: OrganisationId,
    limit: u16,
) -> sqlx::Result<Vec<PersonId>> {
    fetch_values(
        tx,
        "SELECT DISTINCT m.person FROM mandate m JOIN person p ON p.id = m.person \
         WHERE m.organisation = $1 AND m.kind = $2 AND p.closed_at IS NULL ORDER BY m.person LIMIT $3",
        args![organisation, MandateKind::Representative, limit],
    )
    .await
}

/// Whether somebody held a mandate by which they represent an organisation, at any time.
pub async fn was_represented(tx: &mut Tx, organisation: OrganisationId) -> sqlx::Result<bool> {
    let held: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM mandate WHERE organisation = $1 AND kind = $2",
        args![organisation, MandateKind::Representative],
    )
    .await?;
    Ok(held > 0)
}

row! {
    /// Somebody who represented an organisation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Represented {
        /// Their name.
        name: String,
        /// 1 where their mandate stood on the day that is asked about.
        stood: i64,
    }
}

/// The names of those who represented an organisation on a day, or where nobody did of those who were given such a mandate
/// last; at most `limit`.
pub async fn last_representatives(
    tx: &mut Tx,
    organisation: OrganisationId,
    day: Date,
    limit: u16,
) -> sqlx::Result<Vec<String>> {
    let mut found: Vec<Represented> = fetch_all(
        tx,
        "SELECT p.name, CAST(MAX(CASE WHEN m.ended_at IS NULL AND m.starts_on <= $3 \
         AND (m.ends_on IS NULL OR m.ends_on >= $3) THEN 1 ELSE 0 END) AS BIGINT) AS stood \
         FROM mandate m JOIN person p ON p.id = m.person \
         WHERE m.organisation = $1 AND m.kind = $2 AND p.closed_at IS NULL \
         GROUP BY p.id, p.name ORDER BY stood DESC, MAX(m.created_at) DESC, p.name LIMIT $4",
        args![organisation, MandateKind::Representative, day, limit],
    )
    .await?;
    if found.iter().any(|one| one.stood > 0) {
        found.retain(|one| one.stood > 0);
    }
    Ok(found.into_iter().map(|one| one.name).collect())
}

/// Whether a person represented an organisation at an instant, on its day.
pub async fn represented(
    tx: &mut Tx,
    organisation: OrganisationId,
    person: PersonId,
    day: Date,
    at: Timestamp,
) -> sqlx::Result<bool> {
    let held: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM mandate WHERE organisation = $1 AND person = $2 AND kind = $3 AND created_at <= $5 \
         AND (ended_at IS NULL OR ended_at > $5) AND starts_on <= $4 AND (ends_on IS NULL OR ends_on >= $4)",
        args![organisation, person, MandateKind::Representative, day, at],
    )
    .await?;
    Ok(held > 0)
}

/// The persons who hold a mandate for a member of a collective on a day, by id; at most `limit`. Those to tell.
pub async fn persons(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    limit: u16,
) -> sqlx::Result<Vec<PersonId>> {
    fetch_values(
        tx,
        "SELECT DISTINCT m.person FROM membership s JOIN mandate m ON m.organisation = s.organisation \
         JOIN person p ON p.id = m.person \
         WHERE s.collective = $1 AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
         AND m.ended_at IS NULL AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2) \
         AND p.closed_at IS NULL ORDER BY m.person LIMIT $3",
        args![collective, day, limit],
    )
    .await
}

/// The persons who represent a member of a collective on a day, by a mandate given at `given` or before, by id; at most
/// `limit`.
pub async fn representatives_in(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    given: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<PersonId>> {
    fetch_values(
        tx,
        "SELECT DISTINCT m.person FROM membership s JOIN mandate m ON m.organisation = s.organisation \
         JOIN person p ON p.id = m.person \
         WHERE s.collective = $1 AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
         AND m.kind = $3 AND m.ended_at IS NULL AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2) \
         AND p.closed_at IS NULL AND m.created_at <= $5 ORDER BY m.person LIMIT $4",
        args![collective, day, MandateKind::Representative, limit, given],
    )
    .await
}

/// When a person first came to represent an organisation: when the oldest of their mandates that had begun on a day was
/// given, among those that nobody ended, whether or not their time is over.
pub async fn first_represented(
    tx: &mut Tx,
    organisation: OrganisationId,
    person: PersonId,
    day: Date,
) -> sqlx::Result<Option<Timestamp>> {
    let found: Option<Since> = fetch_optional(
        tx,
        "SELECT MIN(created_at) AS since FROM mandate WHERE organisation = $1 AND person = $2 AND kind = $3 \
         AND ended_at IS NULL AND starts_on <= $4",
        args![organisation, person, MandateKind::Representative, day],
    )
    .await?;
    Ok(found.and_then(|row| row.since))
}

row! {
    /// Somebody who represents a member.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Representative {
        /// Who.
        pub person: PersonId,
        /// When the oldest of their mandates was given.
        pub since: Timestamp,
    }
}

/// Those who represent a member of a collective on a day, by id; at most `limit`.
pub async fn representing(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    limit: u16,
) -> sqlx::Result<Vec<Representative>> {
    fetch_all(
        tx,
        "SELECT m.person, MIN(m.created_at) AS since FROM membership s \
         JOIN mandate m ON m.organisation = s.organisation JOIN person p ON p.id = m.person \
         WHERE s.collective = $1 AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
         AND m.kind = $3 AND m.ended_at IS NULL AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2) \
         AND p.closed_at IS NULL GROUP BY m.person ORDER BY m.person LIMIT $4",
        args![collective, day, MandateKind::Representative, limit],
    )
    .await
}

/// The persons who may move the money of a member of a collective on a day by a mandate given at `given` or before, by id; at
/// most `limit`.
pub async fn money_movers(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    given: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<PersonId>> {
    fetch_values(
        tx,
        "SELECT DISTINCT m.person FROM membership s JOIN mandate m ON m.organisation = s.organisation \
         JOIN person p ON p.id = m.person \
         WHERE s.collective = $1 AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
         AND m.kind IN ($3, $4) AND m.ended_at IS NULL AND m.starts_on <= $2 \
         AND (m.ends_on IS NULL OR m.ends_on >= $2) AND p.closed_at IS NULL AND m.created_at <= $6 \
         ORDER BY m.person LIMIT $5",
        args![collective, day, MandateKind::Representative, MandateKind::Finance, limit, given],
    )
    .await
}

/// The members of a collective for which nobody may put a share on a day, by id; at most `limit`.
pub async fn without_movers(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    limit: u16,
) -> sqlx::Result<Vec<OrganisationId>> {
    fetch_values(
        tx,
        "SELECT s.organisation FROM membership s \
         WHERE s.collective = $1 AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
         AND NOT EXISTS (SELECT 1 FROM mandate m JOIN person p ON p.id = m.person \
           WHERE m.organisation = s.organisation AND m.kind IN ($3, $4) AND m.ended_at IS NULL AND m.starts_on <= $2 \
           AND (m.ends_on IS NULL OR m.ends_on >= $2) AND p.closed_at IS NULL) \
         ORDER BY s.organisation LIMIT $5",
        args![collective, day, MandateKind::Representative, MandateKind::Finance, limit],
    )
    .await
}

row! {
    struct Since { since: Option<Timestamp> }
}

/// When the oldest of the mandates was given by which a person represents a member of a collective on a day.
pub async fn represents_since(
    tx: &mut Tx,
    collective: CollectiveId,
    person: PersonId,
    day: Date,
) -> sqlx::Result<Option<Timestamp>> {
    let found: Option<Since> = fetch_optional(
        tx,
        "SELECT MIN(m.created_at) AS since FROM membership s JOIN mandate m ON m.organisation = s.organisation \
         WHERE s.collective = $1 AND s.joined_on <= $3 AND (s.left_on IS NULL OR s.left_on > $3) \
         AND m.person = $2 AND m.kind = $4 AND m.ended_at IS NULL AND m.starts_on <= $3 \
         AND (m.ends_on IS NULL OR m.ends_on >= $3)",
        args![collective, person, day, MandateKind::Representative],
    )
    .await?;
    Ok(found.and_then(|row| row.since))
}

row! {
    /// Somebody who holds the money of an organisation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MoneyReader {
        /// For which organisation.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// Who.
        pub person: PersonId,
    }
}

/// How many organisations one statement asks about.
const ASKED_ABOUT: usize = 1_000;

/// Those who may move the money of these organisations on a day: who is told about it.
pub async fn money_readers(
    tx: &mut Tx,
    organisations: &[OrganisationId],
    day: Date,
) -> sqlx::Result<Vec<MoneyReader>> {
    let mut readers = Vec::new();
    for asked in organisations.chunks(ASKED_ABOUT) {
        let found: Vec<MoneyReader> = fetch_all_in(
            tx,
            "SELECT DISTINCT m.organisation, o.name, m.person FROM mandate m JOIN person p ON p.id = m.person \
             JOIN organisation o ON o.id = m.organisation \
             WHERE m.kind IN ($1, $2) AND m.ended_at IS NULL AND m.starts_on <= $3 \
             AND (m.ends_on IS NULL OR m.ends_on >= $3) AND p.closed_at IS NULL AND m.organisation IN (@list) \
             ORDER BY m.organisation, m.person",
            args![MandateKind::Representative, MandateKind::Finance, day],
            asked.iter().flat_map(|organisation| args![organisation]).collect(),
        )
        .await?;
        readers.extend(found);
    }
    Ok(readers)
}

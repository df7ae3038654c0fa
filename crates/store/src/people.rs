//! Persons, administration of the instance, and how each wants to be told.

use domain::ids::{CollectiveId, PersonId};
use jiff::Timestamp;

use crate::{
    ToColumn as _, Tx, args, execute, fetch_all, fetch_all_in, fetch_optional, fetch_optional_locked,
    fetch_value, fetch_values, row,
    seals::{self, Kind, Written},
};

row! {
    /// A person.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PersonRow {
        /// Their id.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address, as typed: where mail goes.
        pub email: String,
        /// Its key, unique on the instance.
        pub email_key: String,
        /// Their language.
        pub locale: String,
        /// The hash of their password, if they have one.
        pub password_hash: Option<String>,
        /// Since when.
        pub created_at: Timestamp,
        /// From when on they may authorise payments.
        pub authorising_from: Timestamp,
        /// When their account was closed.
        pub closed_at: Option<Timestamp>,
    }
}

impl PersonRow {
    /// Whether they were erased: they have no address any more.
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        self.email.is_empty()
    }
}

/// Writes a person; `false` if the address is taken, and nothing is written.
pub async fn insert(tx: &mut Tx, new: &PersonRow) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO person (id, name, email, email_key, locale, password_hash, created_at, authorising_from, \
         closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (email_key) DO NOTHING",
        args![
            new.id,
            new.name,
            new.email,
            new.email_key,
            new.locale,
            new.password_hash,
            new.created_at,
            new.authorising_from,
            new.closed_at
        ],
    )
    .await?;
    if written == 1 {
        seals::renew_one(tx, Kind::Person, new.id, Written::All).await?;
    }
    Ok(written == 1)
}

/// A person.
pub async fn get(tx: &mut Tx, id: PersonId) -> sqlx::Result<Option<PersonRow>> {
    fetch_optional(
        tx,
        "SELECT id, name, email, email_key, locale, password_hash, created_at, authorising_from, closed_at \
         FROM person WHERE id = $1",
        args![id],
    )
    .await
}

/// A person, their row locked until the end of the transaction.
pub async fn lock(tx: &mut Tx, id: PersonId) -> sqlx::Result<Option<PersonRow>> {
    fetch_optional_locked(
        tx,
        "SELECT id, name, email, email_key, locale, password_hash, created_at, authorising_from, closed_at \
         FROM person WHERE id = $1",
        args![id],
    )
    .await
}

/// The person of an address, by its key.
pub async fn by_email(tx: &mut Tx, email_key: &str) -> sqlx::Result<Option<PersonRow>> {
    fetch_optional(
        tx,
        "SELECT id, name, email, email_key, locale, password_hash, created_at, authorising_from, closed_at \
         FROM person WHERE email_key = $1",
        args![email_key],
    )
    .await
}

/// Whether there is any person: an instance without one isn't set up.
pub async fn any(tx: &mut Tx) -> sqlx::Result<bool> {
    let found: i64 =
        fetch_value(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM person LIMIT 1) AS one", args![]).await?;
    Ok(found > 0)
}

row! {
    /// A name to show for an id.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PersonName {
        /// The id.
        pub id: PersonId,
        /// The name.
        pub name: String,
    }
}

/// The names of these persons, in no order.
pub async fn names(tx: &mut Tx, ids: &[PersonId]) -> sqlx::Result<Vec<PersonName>> {
    let list = ids.iter().map(PersonId::to_arg).collect();
    fetch_all_in(tx, "SELECT id, name FROM person WHERE id IN (@list)", args![], list).await
}

/// Persons of the instance by address key, after `after`; at most `limit`.
pub async fn list(tx: &mut Tx, after: &str, limit: u16) -> sqlx::Result<Vec<PersonRow>> {
    fetch_all(
        tx,
        "SELECT id, name, email, email_key, locale, password_hash, created_at, authorising_from, closed_at \
         FROM person WHERE email_key > $1 ORDER BY email_key LIMIT $2",
        args![after, limit],
    )
    .await
}

/// Changes name and language.
pub async fn describe(tx: &mut Tx, id: PersonId, name: &str, locale: &str) -> sqlx::Result<()> {
    execute(tx, "UPDATE person SET name = $2, locale = $3 WHERE id = $1", args![id, name, locale]).await?;
    Ok(())
}

/// Changes the password, `None` takes it away; authorising waits until `authorising_from`.
pub async fn set_password(
    tx: &mut Tx,
    id: PersonId,
    hash: Option<&str>,
    authorising_from: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE person SET password_hash = $2, authorising_from = $3 WHERE id = $1",
        args![id, hash, authorising_from],
    )
    .await?;
    seals::renew_one(tx, Kind::Person, id, Written::Only(&["authorising_from"])).await
}

/// Makes authorising payments wait until an instant.
pub async fn suspend(tx: &mut Tx, id: PersonId, authorising_from: Timestamp) -> sqlx::Result<()> {
    execute(tx, "UPDATE person SET authorising_from = $2 WHERE id = $1", args![id, authorising_from]).await?;
    seals::renew_one(tx, Kind::Person, id, Written::Only(&["authorising_from"])).await
}

/// Whether a role was given to a person, and whether they took an address by a link of that purpose, at an instant: within
/// a second of it.
pub async fn changed_at(
    tx: &mut Tx,
    id: PersonId,
    address_link: &str,
    at: Timestamp,
) -> sqlx::Result<(bool, bool)> {
    let second = jiff::SignedDuration::from_secs(1);
    let from = at.saturating_sub(second).unwrap_or(Timestamp::MIN);
    let to = at.saturating_add(second).unwrap_or(Timestamp::MAX);
    let roles: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM role WHERE person = $1 AND effective_at >= $2 AND effective_at <= $3",
        args![id, from, to],
    )
    .await?;
    let links: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM link WHERE subject = $1 AND purpose = $4 AND used_at >= $2 AND used_at <= $3",
        args![id, from, to, address_link],
    )
    .await?;
    Ok((roles > 0, links > 0))
}

/// Writes the same password hashed with today's strength, unless it was changed meanwhile.
pub async fn rehash_password(tx: &mut Tx, id: PersonId, old: &str, new: &str) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE person SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        args![id, old, new],
    )
    .await?;
    Ok(())
}

/// Changes the address; authorising waits. `false` if somebody has it, and nothing is written.
pub async fn set_email(
    tx: &mut Tx,
    id: PersonId,
    email: &str,
    email_key: &str,
    authorising_from: Timestamp,
) -> sqlx::Result<bool> {
    let taken: Option<PersonRow> = by_email(tx, email_key).await?;
    if taken.is_some_and(|other| other.id != id) {
        return Ok(false);
    }
    execute(
        tx,
        "UPDATE person SET email = $2, email_key = $3, authorising_from = $4 WHERE id = $1",
        args![id, email, email_key, authorising_from],
    )
    .await?;
    seals::renew_one(tx, Kind::Person, id, Written::Only(&["authorising_from"])).await?;
    Ok(true)
}

/// Closes an account: its person signs in no more and holds nothing.
pub async fn close(tx: &mut Tx, id: PersonId, at: Timestamp) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE person SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    if execute(tx, SQL, args![id, at]).await? == 1 {
        seals::renew_one(tx, Kind::Person, id, Written::Only(&["closed_at"])).await?;
    }
    Ok(())
}

/// Makes a person administer the instance.
pub async fn make_instance_admin(tx: &mut Tx, person: PersonId, at: Timestamp) -> sqlx::Result<()> {
    const SQL: &str =
        "INSERT INTO instance_admin (person, granted_at) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING";
    if execute(tx, SQL, args![person, at]).await? == 1 {
        seals::renew_one(tx, Kind::InstanceAdmin, person, Written::All).await?;
    }
    Ok(())
}

/// Those who administer the instance, at most a hundred.
pub async fn instance_admins(tx: &mut Tx) -> sqlx::Result<Vec<PersonId>> {
    const SQL: &str = "SELECT a.person FROM instance_admin a JOIN person p ON p.id = a.person \
        WHERE p.closed_at IS NULL ORDER BY a.person LIMIT 100";
    fetch_values(tx, SQL, args![]).await
}

/// Whether a person administers the instance and has an open account.
pub async fn is_instance_admin(tx: &mut Tx, person: PersonId) -> sqlx::Result<bool> {
    let found: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM instance_admin a JOIN person p ON p.id = a.person \
         WHERE a.person = $1 AND p.closed_at IS NULL",
        args![person],
    )
    .await?;
    Ok(found > 0)
}

row! {
    /// How a person wants to be told of one kind of thing in one collective.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NoticePreference {
        /// Of what: `money`, `features`, `members`.
        pub kind: String,
        /// How often: `at_once`, `monthly`, `never`.
        pub frequency: String,
    }
}

/// What a person chose in a collective; what isn't there is as usual.
pub async fn notice_preferences(
    tx: &mut Tx,
    person: PersonId,
    collective: CollectiveId,
) -> sqlx::Result<Vec<NoticePreference>> {
    fetch_all(
        tx,
        "SELECT kind, frequency FROM notice_preference WHERE person = $1 AND collective = $2 ORDER BY kind LIMIT 50",
        args![person, collective],
    )
    .await
}

/// Writes one choice.
pub async fn set_notice_preference(
    tx: &mut Tx,
    person: PersonId,
    collective: CollectiveId,
    kind: &str,
    frequency: &str,
) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO notice_preference (person, collective, kind, frequency) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person, collective, kind) DO UPDATE SET frequency = excluded.frequency",
        args![person, collective, kind, frequency],
    )
    .await?;
    Ok(())
}

//! The organisations that share the need of an ad, and where whoever writes is at home.

use domain::ids::{AdId, AdNeederId, CollectiveId, OrganisationId, PersonId};
use jiff::{Timestamp, civil::Date};

use super::Writer;
use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_values, row};

row! {
    /// An organisation that shares the need of an ad.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AdNeeder {
        /// Its id.
        pub id: AdNeederId,
        /// Of which ad.
        pub ad: AdId,
        /// The organisation, where it is one of the instance.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: String,
        /// The person, where they have an account.
        pub person: Option<PersonId>,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Its key.
        pub email_key: String,
        /// The language of mails to them.
        pub locale: String,
        /// Since when.
        pub created_at: Timestamp,
    }
}

/// Writes that an organisation shares the need of an ad. `false` if that address said so already.
pub async fn add_needer(
    tx: &mut Tx,
    id: AdNeederId,
    ad: AdId,
    writer: &Writer,
    at: Timestamp,
) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO ad_needer (id, ad, organisation, organisation_name, person, name, email, email_key, locale, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
        args![
            id,
            ad,
            writer.organisation,
            writer.organisation_name,
            writer.person,
            writer.name,
            writer.email,
            writer.email_key,
            writer.locale,
            at
        ],
    )
    .await?;
    Ok(written == 1)
}

/// The organisations that share the need of an ad, the first first; at most `limit`.
pub async fn needers(tx: &mut Tx, ad: AdId, limit: i64) -> sqlx::Result<Vec<AdNeeder>> {
    const SQL: &str = "SELECT id, ad, organisation, organisation_name, person, name, email, email_key, locale, \
        created_at FROM ad_needer WHERE ad = $1 AND withdrawn_at IS NULL ORDER BY id LIMIT $2";
    fetch_all(tx, SQL, args![ad, limit]).await
}

/// One of them.
pub async fn needer(tx: &mut Tx, id: AdNeederId) -> sqlx::Result<Option<AdNeeder>> {
    const SQL: &str = "SELECT id, ad, organisation, organisation_name, person, name, email, email_key, locale, \
        created_at FROM ad_needer WHERE id = $1 AND withdrawn_at IS NULL";
    fetch_optional(tx, SQL, args![id]).await
}

/// Writes that an organisation shares a need no more. `false` if it didn't.
pub async fn withdraw_needer(tx: &mut Tx, id: AdNeederId, at: Timestamp) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE ad_needer SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL";
    Ok(execute(tx, SQL, args![id, at]).await? == 1)
}

/// The collectives in which a person holds a mandate for an organisation that is a member, on a day; at most `limit`.
pub async fn places(
    tx: &mut Tx,
    person: PersonId,
    organisation: OrganisationId,
    day: Date,
    limit: i64,
) -> sqlx::Result<Vec<CollectiveId>> {
    const SQL: &str = "SELECT DISTINCT s.collective FROM mandate m \
        JOIN membership s ON s.organisation = m.organisation \
        WHERE m.person = $1 AND m.organisation = $2 AND m.ended_at IS NULL AND m.starts_on <= $3 \
        AND (m.ends_on IS NULL OR m.ends_on >= $3) AND (s.left_on IS NULL OR s.left_on > $3) \
        ORDER BY s.collective LIMIT $4";
    fetch_values(tx, SQL, args![person, organisation, day, limit]).await
}

/// The organisations for which a person holds a mandate where it is a member, on a day; at most `limit`.
pub async fn organisations_of(
    tx: &mut Tx,
    person: PersonId,
    day: Date,
    limit: i64,
) -> sqlx::Result<Vec<OrganisationId>> {
    const SQL: &str = "SELECT DISTINCT m.organisation FROM mandate m \
        JOIN membership s ON s.organisation = m.organisation JOIN person p ON p.id = m.person \
        WHERE m.person = $1 AND p.closed_at IS NULL AND m.ended_at IS NULL AND m.starts_on <= $2 \
        AND (m.ends_on IS NULL OR m.ends_on >= $2) AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
        ORDER BY m.organisation LIMIT $3";
    fetch_values(tx, SQL, args![person, day, limit]).await
}

//! Organisations and their membership in collectives.

use domain::ids::{CollectiveId, OrganisationId, PersonId};
use jiff::{Timestamp, civil::Date};

use crate::{
    ToColumn as _, Tx, args, execute, fetch_all, fetch_all_in, fetch_optional, fetch_values, insert_many,
    row,
    seals::{self, Written},
};

row! {
    /// An organisation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OrganisationRow {
        /// Its id.
        pub id: OrganisationId,
        /// Its name in addresses, unique on the instance.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Its site; may be empty.
        pub website: String,
        /// Its number in France, if it has one.
        pub siren: Option<String>,
        /// Whether it is one person, whose amounts are personal data.
        pub one_person: bool,
        /// Since when.
        pub created_at: Timestamp,
    }
}

/// Writes an organisation; `false` if the slug is taken, and nothing is written.
pub async fn insert(tx: &mut Tx, new: &OrganisationRow) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO organisation (id, slug, name, website, siren, one_person, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (slug) DO NOTHING",
        args![new.id, new.slug, new.name, new.website, new.siren, new.one_person, new.created_at],
    )
    .await?;
    Ok(written == 1)
}

/// An organisation.
pub async fn get(tx: &mut Tx, id: OrganisationId) -> sqlx::Result<Option<OrganisationRow>> {
    fetch_optional(
        tx,
        "SELECT id, slug, name, website, siren, one_person, created_at FROM organisation WHERE id = $1",
        args![id],
    )
    .await
}

/// Changes what an organisation says of itself.
pub async fn describe(
    tx: &mut Tx,
    id: OrganisationId,
    name: &str,
    website: &str,
    siren: Option<&str>,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE organisation SET name = $2, website = $3, siren = $4 WHERE id = $1",
        args![id, name, website, siren],
    )
    .await?;
    Ok(())
}

row! {
    /// A name to show for an id.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OrganisationName {
        /// The id.
        pub id: OrganisationId,
        /// The name.
        pub name: String,
        /// The name in addresses.
        pub slug: String,
    }
}

/// The names of these organisations, in no order.
pub async fn names(tx: &mut Tx, ids: &[OrganisationId]) -> sqlx::Result<Vec<OrganisationName>> {
    let list = ids.iter().map(OrganisationId::to_arg).collect();
    fetch_all_in(tx, "SELECT id, name, slug FROM organisation WHERE id IN (@list)", args![], list).await
}

row! {
    /// A member of a collective.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MemberRow {
        /// Its id.
        pub id: OrganisationId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Its site; may be empty.
        pub website: String,
        /// Its number in France.
        pub siren: Option<String>,
        /// Whether it is one person.
        pub one_person: bool,
        /// First day of membership.
        pub joined_on: Date,
        /// The day when it left: from that day on it is no member.
        pub left_on: Option<Date>,
        /// Whether it shows its amounts, where the rules let each choose.
        pub shows_amounts: bool,
        /// Whether it had money here before the rules made all amounts public.
        pub veiled: bool,
    }
}

impl MemberRow {
    /// Whether it may keep its amounts to itself where all are public.
    #[must_use]
    pub const fn keeps_amounts(&self) -> bool {
        self.one_person || self.veiled
    }

    /// Whether it is a member on a day.
    #[must_use]
    pub fn is_member(&self, day: Date) -> bool {
        self.joined_on <= day && self.left_on.is_none_or(|left| day < left)
    }
}

/// Makes an organisation a member from a day on; one that left comes back. `false` if it is one already.
pub async fn join(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    joined_on: Date,
) -> sqlx::Result<bool> {
    const BACK: &str = "UPDATE membership SET joined_on = $3, left_on = NULL \
        WHERE collective = $1 AND organisation = $2 AND left_on IS NOT NULL";
    const NEW: &str = "INSERT INTO membership (collective, organisation, joined_on, left_on, shows_amounts) \
        VALUES ($1, $2, $3, NULL, 0) ON CONFLICT (collective, organisation) DO NOTHING";
    let written = if execute(tx, BACK, args![collective, organisation, joined_on]).await? == 1 {
        Written::Only(&["joined_on", "left_on"])
    } else if execute(tx, NEW, args![collective, organisation, joined_on]).await? == 1 {
        Written::All
    } else {
        return Ok(false);
    };
    seals::renew_members(tx, collective, &[organisation], written).await?;
    Ok(true)
}

row! {
    /// A membership of an organisation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Membership {
        /// Of which collective.
        pub collective: CollectiveId,
        /// First day.
        pub joined_on: Date,
        /// The day when it left.
        pub left_on: Option<Date>,
    }
}

impl Membership {
    /// Whether it holds on a day.
    #[must_use]
    pub fn is_member(&self, day: Date) -> bool {
        self.joined_on <= day && self.left_on.is_none_or(|left| day < left)
    }
}

/// The memberships of an organisation, past ones included.
pub async fn memberships(tx: &mut Tx, organisation: OrganisationId) -> sqlx::Result<Vec<Membership>> {
    const SQL: &str = "SELECT collective, joined_on, left_on FROM membership WHERE organisation = $1 \
        ORDER BY collective LIMIT 10000";
    fetch_all(tx, SQL, args![organisation]).await
}

/// Ends a membership: from `left_on` on it is none. `false` if it had ended or never was.
pub async fn leave(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    left_on: Date,
) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE membership SET left_on = $3 WHERE collective = $1 AND organisation = $2 AND left_on IS NULL",
        args![collective, organisation, left_on],
    )
    .await?;
    if written == 1 {
        seals::renew_members(tx, collective, &[organisation], Written::Only(&["left_on"])).await?;
    }
    Ok(written == 1)
}

/// Writes whether a member shows its amounts.
pub async fn show_amounts(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    shows: bool,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE membership SET shows_amounts = $3 WHERE collective = $1 AND organisation = $2",
        args![collective, organisation, shows],
    )
    .await?;
    seals::renew_members(tx, collective, &[organisation], Written::Only(&["shows_amounts"])).await
}

/// A member, past ones included.
pub async fn member(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
) -> sqlx::Result<Option<MemberRow>> {
    fetch_optional(
        tx,
        "SELECT o.id, o.slug, o.name, o.website, o.siren, o.one_person, m.joined_on, m.left_on, m.shows_amounts, \
         m.veiled \
         FROM membership m JOIN organisation o ON o.id = m.organisation \
         WHERE m.collective = $1 AND m.organisation = $2",
        args![collective, organisation],
    )
    .await
}

/// A member by its name in addresses, past ones included.
pub async fn member_by_slug(
    tx: &mut Tx,
    collective: CollectiveId,
    slug: &str,
) -> sqlx::Result<Option<MemberRow>> {
    fetch_optional(
        tx,
        "SELECT o.id, o.slug, o.name, o.website, o.siren, o.one_person, m.joined_on, m.left_on, m.shows_amounts, \
         m.veiled \
         FROM organisation o JOIN membership m ON m.organisation = o.id \
         WHERE o.slug = $2 AND m.collective = $1",
        args![collective, slug],
    )
    .await
}

/// Members by slug, past ones included, after `after`; at most `limit`.
pub async fn members(
    tx: &mut Tx,
    collective: CollectiveId,
    after: &str,
    limit: u16,
) -> sqlx::Result<Vec<MemberRow>> {
    fetch_all(
        tx,
        "SELECT o.id, o.slug, o.name, o.website, o.siren, o.one_person, m.joined_on, m.left_on, m.shows_amounts, \
         m.veiled \
         FROM membership m JOIN organisation o ON o.id = m.organisation \
         WHERE m.collective = $1 AND o.slug > $2 ORDER BY o.slug LIMIT $3",
        args![collective, after, limit],
    )
    .await
}

/// How many are members on a day.
pub async fn count(tx: &mut Tx, collective: CollectiveId, day: Date) -> sqlx::Result<i64> {
    crate::fetch_value(
        tx,
        "SELECT COUNT(*) FROM membership WHERE collective = $1 AND joined_on <= $2 \
         AND (left_on IS NULL OR left_on > $2)",
        args![collective, day],
    )
    .await
}

/// A collective of which a person is part by a mandate or a role, for the lists that concern them alone.
pub async fn collectives_of(
    tx: &mut Tx,
    person: PersonId,
    limit: u16,
) -> sqlx::Result<Vec<crate::collectives::CollectiveRow>> {
    fetch_all(
        tx,
        "SELECT id, slug, name, purpose, locale, zone, example, version, created_at FROM collective WHERE id IN \
         (SELECT s.collective FROM mandate m JOIN membership s ON s.organisation = m.organisation \
          WHERE m.person = $1 AND m.ended_at IS NULL AND s.left_on IS NULL \
          UNION SELECT r.collective FROM role r WHERE r.person = $1 AND r.ended_at IS NULL) \
         ORDER BY slug LIMIT $2",
        args![person, limit],
    )
    .await
}

/// The zones of the collectives that organisations left for which a person holds a mandate; at most `limit`.
pub async fn zones_left(tx: &mut Tx, person: PersonId, limit: u16) -> sqlx::Result<Vec<String>> {
    const SQL: &str = "SELECT DISTINCT c.zone FROM mandate m JOIN membership s ON s.organisation = m.organisation \
        JOIN collective c ON c.id = s.collective \
        WHERE m.person = $1 AND m.ended_at IS NULL AND s.left_on IS NOT NULL ORDER BY c.zone LIMIT $2";
    fetch_values(tx, SQL, args![person, limit]).await
}

row! {
    /// A collective that an organisation belongs to, or left.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PlaceOf {
        /// Which organisation.
        pub organisation: OrganisationId,
        /// Its name in addresses.
        pub slug: String,
        /// The collective's name in addresses.
        pub collective_slug: String,
        /// Its name.
        pub collective_name: String,
        /// The day when it left.
        pub left_on: Option<Date>,
    }
}

/// Where the organisations belong, or belonged, for which a person holds a mandate; at most `limit`.
pub async fn places_of(tx: &mut Tx, person: PersonId, today: Date, limit: u16) -> sqlx::Result<Vec<PlaceOf>> {
    const SQL: &str = "SELECT DISTINCT o.id AS organisation, o.slug, c.slug AS collective_slug, \
        c.name AS collective_name, s.left_on FROM mandate m JOIN organisation o ON o.id = m.organisation \
        JOIN membership s ON s.organisation = o.id JOIN collective c ON c.id = s.collective \
        WHERE m.person = $1 AND m.ended_at IS NULL AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2) \
        ORDER BY c.name, o.slug LIMIT $3";
    fetch_all(tx, SQL, args![person, today, limit]).await
}

/// Makes many organisations at once, each a member from `joined_on` on, which shows its amounts or not: for imports.
/// Errors: a slug that is taken.
pub async fn insert_members(
    tx: &mut Tx,
    collective: CollectiveId,
    new: &[OrganisationRow],
    joined_on: Date,
    shows_amounts: bool,
) -> sqlx::Result<()> {
    let mut rows = Vec::with_capacity(new.len() * 7);
    let mut memberships = Vec::with_capacity(new.len() * 4);
    for o in new {
        rows.extend(args![o.id, o.slug, o.name, o.website, o.siren, o.one_person, o.created_at]);
        memberships.extend(args![collective, o.id, joined_on, shows_amounts]);
    }
    let table = "organisation (id, slug, name, website, siren, one_person, created_at)";
    insert_many(tx, table, 7, rows, "").await?;
    let table = "membership (collective, organisation, joined_on, shows_amounts)";
    insert_many(tx, table, 4, memberships, "").await?;
    let organisations: Vec<OrganisationId> = new.iter().map(|organisation| organisation.id).collect();
    seals::renew_members(tx, collective, &organisations, Written::All).await
}

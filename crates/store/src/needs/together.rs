//! What a collective needs together: sums a software, and who shares needs with whom.

use domain::{
    Money,
    ids::{CollectiveId, OrganisationId, SoftwareId},
};

use crate::{ToColumn as _, Tx, args, fetch_all, fetch_all_in, row};

row! {
    /// What one organisation needs of one software.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Wish {
        /// Which software; nothing: none was named.
        pub software: Option<SoftwareId>,
        /// Who.
        pub organisation: OrganisationId,
        /// How many open needs it has there.
        pub needs: i64,
        /// The sum of its strengths.
        pub strength: i64,
        /// The most users that it says one of them concerns: the same users may lack several things.
        pub users: i64,
        /// What it would put in all; 0 where it says nothing.
        pub amount: Money,
    }
}

/// What each organisation needs of each software, over the open needs; at most `limit` pairs.
pub async fn wishes(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<Wish>> {
    fetch_all(
        tx,
        "SELECT n.software, x.organisation, COUNT(*) AS needs, CAST(SUM(x.strength) AS BIGINT) AS strength, \
         CAST(COALESCE(MAX(x.users), 0) AS BIGINT) AS users, CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) AS amount \
         FROM need n JOIN need_support x ON x.need = n.id AND x.withdrawn_at IS NULL \
         WHERE n.collective = $1 AND n.state = 'open' GROUP BY n.software, x.organisation \
         ORDER BY n.software, x.organisation LIMIT $2",
        args![collective, limit],
    )
    .await
}

row! {
    /// How many open needs a software has.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OfSoftware {
        /// Which; nothing: none was named.
        pub software: Option<SoftwareId>,
        /// Its name in addresses.
        pub slug: Option<String>,
        /// Its name.
        pub name: Option<String>,
        /// How many organisations run it here.
        pub hosted_by: Option<i64>,
        /// How many open needs.
        pub needs: i64,
        /// How many of them two organisations or more have.
        pub shared: i64,
    }
}

/// The software that open needs are about, with how many; at most `limit`.
pub async fn by_software(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<OfSoftware>> {
    fetch_all(
        tx,
        "SELECT n.software, s.slug, s.name, s.hosted_by, COUNT(*) AS needs, \
         CAST(SUM(CASE WHEN n.supporters > 1 THEN 1 ELSE 0 END) AS BIGINT) AS shared \
         FROM need n LEFT JOIN software s ON s.id = n.software WHERE n.collective = $1 AND n.state = 'open' \
         GROUP BY n.software, s.slug, s.name, s.hosted_by ORDER BY needs DESC, s.slug LIMIT $2",
        args![collective, limit],
    )
    .await
}

row! {
    /// How many open needs two organisations share.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Shared {
        /// One.
        pub one: OrganisationId,
        /// The other, whose id is larger.
        pub other: OrganisationId,
        /// How many.
        pub needs: i64,
    }
}

/// How many open needs these organisations share, two by two; pairs that share none are left out.
pub async fn overlap(
    tx: &mut Tx,
    collective: CollectiveId,
    organisations: &[OrganisationId],
) -> sqlx::Result<Vec<Shared>> {
    const SQL: &str = "SELECT a.organisation AS one, b.organisation AS other, COUNT(*) AS needs \
        FROM need_support a JOIN need n ON n.id = a.need AND n.collective = $1 AND n.state = 'open' \
        JOIN need_support b ON b.need = a.need AND b.organisation > a.organisation AND b.withdrawn_at IS NULL \
        AND b.organisation IN (@list) \
        WHERE a.withdrawn_at IS NULL AND a.organisation IN (@list) GROUP BY a.organisation, b.organisation \
        ORDER BY a.organisation, b.organisation";
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let list = organisations.iter().map(OrganisationId::to_arg).collect();
    fetch_all_in(tx, SQL, args![collective], list).await
}

row! {
    /// What one organisation says of one open need.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Line {
        /// The number of the need.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// The software; empty: none was named.
        pub software: String,
        /// Who.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// From 1 to 5.
        pub strength: i64,
        /// How many users it concerns.
        pub users: Option<i64>,
        /// What it would put.
        pub amount: Option<Money>,
        /// What it could do instead: names with spaces between them.
        pub help: String,
    }
}

/// Every « nous en avons besoin » of the open needs, by need, at most `limit`: for the CSV.
pub async fn lines(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<Line>> {
    fetch_all(
        tx,
        "SELECT n.number, n.title, COALESCE(s.name, '') AS software, x.organisation, o.name, x.strength, x.users, \
         x.amount, x.help FROM need n JOIN need_support x ON x.need = n.id AND x.withdrawn_at IS NULL \
         JOIN organisation o ON o.id = x.organisation LEFT JOIN software s ON s.id = n.software \
         WHERE n.collective = $1 AND n.state = 'open' ORDER BY n.number, o.slug LIMIT $2",
        args![collective, limit],
    )
    .await
}

//! Promises of organisations, to features outside rounds and for rounds.

use domain::{
    Money,
    ids::{FeatureId, OrganisationId, PersonId, PotId, PromiseId, RoundId},
    promises::{PromiseKind, PromiseOn, Remaining},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_all_locked, fetch_optional, fetch_optional_locked,
    fetch_optional_value, fetch_value, fetch_values, row,
    seals::{self, Kind, Written},
};

crate::text_columns! { PromiseKind }

row! {
    /// A promise.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Promise {
        /// Its id.
        pub id: PromiseId,
        /// Its pot.
        pub pot: PotId,
        /// Who promises.
        pub organisation: OrganisationId,
        /// To which feature, if to one.
        pub feature: Option<FeatureId>,
        /// For which round, if for one.
        pub round: Option<RoundId>,
        /// How much it binds.
        pub kind: PromiseKind,
        /// What was said, in minor units.
        pub amount: Money,
        /// What of it is posted in the book of promises.
        pub firm: Money,
        /// The day of the assembly that it waits for.
        pub subject_to: Option<Date>,
        /// The person who said it last.
        pub person: Option<PersonId>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was changed last.
        pub changed_at: Timestamp,
        /// When what it was made to ended without it, or whoever promised left.
        pub ended_at: Option<Timestamp>,
    }
}

/// The promise of an organisation, locked, if there is one.
pub async fn lock(tx: &mut Tx, on: PromiseOn, organisation: OrganisationId) -> sqlx::Result<Option<Promise>> {
    match on {
        PromiseOn::Feature(feature) => {
            const SQL: &str = "SELECT * FROM promise WHERE feature = $1 AND organisation = $2";
            fetch_optional_locked(tx, SQL, args![feature, organisation]).await
        }
        PromiseOn::Round(round) => {
            const SQL: &str = "SELECT * FROM promise WHERE round = $1 AND organisation = $2";
            fetch_optional_locked(tx, SQL, args![round, organisation]).await
        }
    }
}

/// The promise of an organisation, if there is one.
pub async fn of(tx: &mut Tx, on: PromiseOn, organisation: OrganisationId) -> sqlx::Result<Option<Promise>> {
    match on {
        PromiseOn::Feature(feature) => {
            const SQL: &str = "SELECT * FROM promise WHERE feature = $1 AND organisation = $2";
            fetch_optional(tx, SQL, args![feature, organisation]).await
        }
        PromiseOn::Round(round) => {
            const SQL: &str = "SELECT * FROM promise WHERE round = $1 AND organisation = $2";
            fetch_optional(tx, SQL, args![round, organisation]).await
        }
    }
}

/// The promises made to a feature or for a round, locked in the order of their ids.
pub async fn lock_all(tx: &mut Tx, on: PromiseOn) -> sqlx::Result<Vec<Promise>> {
    match on {
        PromiseOn::Feature(feature) => {
            fetch_all_locked(tx, "SELECT * FROM promise WHERE feature = $1 ORDER BY id", args![feature]).await
        }
        PromiseOn::Round(round) => {
            fetch_all_locked(tx, "SELECT * FROM promise WHERE round = $1 ORDER BY id", args![round]).await
        }
    }
}

/// Writes a promise, or what it has become: to whom, where and when it was made stays.
pub async fn save(tx: &mut Tx, promise: &Promise) -> sqlx::Result<()> {
    const CHANGE: &str = "UPDATE promise SET kind = $2, amount = $3, firm = $4, subject_to = $5, person = $6, \
        changed_at = $7, ended_at = $8 WHERE id = $1";
    const INSERT: &str = "INSERT INTO promise (id, pot, organisation, feature, round, kind, amount, firm, subject_to, \
        person, created_at, changed_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values = args![
        promise.id,
        promise.kind,
        promise.amount,
        promise.firm,
        promise.subject_to,
        promise.person,
        promise.changed_at,
        promise.ended_at
    ];
    if execute(tx, CHANGE, values).await? > 0 {
        let written = &["kind", "amount", "firm", "subject_to", "ended_at"];
        return sealed(tx, &[promise.id], written).await;
    }
    let values = args![
        promise.id,
        promise.pot,
        promise.organisation,
        promise.feature,
        promise.round,
        promise.kind,
        promise.amount,
        promise.firm,
        promise.subject_to,
        promise.person,
        promise.created_at,
        promise.changed_at,
        promise.ended_at
    ];
    execute(tx, INSERT, values).await?;
    seals::renew_one(tx, Kind::Promise, promise.id, Written::All).await
}

/// Changes what of the promise of an organisation is posted, by an amount of either sign.
pub async fn add_firm(
    tx: &mut Tx,
    on: PromiseOn,
    organisation: OrganisationId,
    by: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (sql, id) = match on {
        PromiseOn::Feature(feature) => (
            "UPDATE promise SET firm = firm + $3, changed_at = $4 WHERE feature = $1 AND organisation = $2 RETURNING id",
            feature.0,
        ),
        PromiseOn::Round(round) => (
            "UPDATE promise SET firm = firm + $3, changed_at = $4 WHERE round = $1 AND organisation = $2 RETURNING id",
            round.0,
        ),
    };
    let changed: Vec<PromiseId> = fetch_values(tx, sql, args![id, organisation, by, now]).await?;
    sealed(tx, &changed, &["firm"]).await
}

async fn sealed(tx: &mut Tx, promises: &[PromiseId], written: &'static [&'static str]) -> sqlx::Result<()> {
    let rows = promises.iter().map(|promise| (promise.0, 0));
    seals::renew(tx, Kind::Promise, rows, Written::Only(written)).await
}

/// Marks as ended what an organisation that leaves promised in a pot and what binds nothing any more: no money of it is
/// posted, and it isn't to a feature that was funded, of which something may still be called.
pub async fn end_of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE promise SET ended_at = $3 WHERE pot = $1 AND organisation = $2 AND ended_at IS NULL \
        AND firm = 0 AND (feature IS NULL OR feature IN (SELECT id FROM feature WHERE funded_at IS NULL)) \
        RETURNING id";
    let ended: Vec<PromiseId> = fetch_values(tx, SQL, args![pot, organisation, now]).await?;
    sealed(tx, &ended, &["ended_at"]).await
}

/// Marks the promises made to a feature or for a round as ended.
pub async fn end_all(tx: &mut Tx, on: PromiseOn, now: Timestamp) -> sqlx::Result<()> {
    let (sql, id) = match on {
        PromiseOn::Feature(feature) => (
            "UPDATE promise SET ended_at = $2 WHERE feature = $1 AND ended_at IS NULL RETURNING id",
            feature.0,
        ),
        PromiseOn::Round(round) => {
            ("UPDATE promise SET ended_at = $2 WHERE round = $1 AND ended_at IS NULL RETURNING id", round.0)
        }
    };
    let ended: Vec<PromiseId> = fetch_values(tx, sql, args![id, now]).await?;
    sealed(tx, &ended, &["ended_at"]).await
}

row! {
    struct RemainingRow {
        organisation: OrganisationId,
        rest: Money,
    }
}

/// What remains of each firm promise for a round once what was called for the round's features is counted, by the
/// promise's id. Lock the promises before.
pub async fn remaining(tx: &mut Tx, round: RoundId) -> sqlx::Result<Vec<Remaining>> {
    const SQL: &str = "SELECT p.organisation, CAST(p.firm - COALESCE((SELECT SUM(c.amount - c.covered - c.cancelled) \
          FROM fund_call c JOIN feature f ON f.id = c.feature \
          WHERE c.organisation = p.organisation AND c.pot = p.pot AND f.round = p.round), 0) \
          AS BIGINT) AS rest \
        FROM promise p WHERE p.round = $1 AND p.firm > 0 ORDER BY p.id";
    let rows: Vec<RemainingRow> = fetch_all(tx, SQL, args![round]).await?;
    Ok(rows.into_iter().map(|row| Remaining { organisation: row.organisation, left: row.rest }).collect())
}

row! {
    /// What was promised to a feature or in a pot, by how much it binds.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct PromisedSums {
        /// Firm, called or not.
        pub firm: Money,
        /// Said, not firm: intentions and conditional promises.
        pub hoped: Money,
        /// How many organisations intend.
        pub hoping: i64,
    }
}

/// What is promised to a feature, by the promises made to it.
pub async fn sums_on(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<PromisedSums> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(firm), 0) AS BIGINT) AS firm, \
        CAST(COALESCE(SUM(CASE WHEN kind = 'firm' THEN 0 ELSE amount END), 0) AS BIGINT) AS hoped, \
        CAST(COALESCE(SUM(CASE WHEN kind = 'firm' OR amount = 0 THEN 0 ELSE 1 END), 0) AS BIGINT) AS hoping \
        FROM promise WHERE feature = $1 AND ended_at IS NULL";
    Ok(fetch_optional(tx, SQL, args![feature]).await?.unwrap_or_default())
}

/// What is promised in a pot, to features and for rounds that haven't ended.
pub async fn sums_in(tx: &mut Tx, pot: PotId) -> sqlx::Result<PromisedSums> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(firm), 0) AS BIGINT) AS firm, \
        CAST(COALESCE(SUM(CASE WHEN kind = 'firm' THEN 0 ELSE amount END), 0) AS BIGINT) AS hoped, \
        CAST(COALESCE(SUM(CASE WHEN kind = 'firm' OR amount = 0 THEN 0 ELSE 1 END), 0) AS BIGINT) AS hoping \
        FROM promise WHERE pot = $1 AND ended_at IS NULL";
    Ok(fetch_optional(tx, SQL, args![pot]).await?.unwrap_or_default())
}

row! {
    /// A promise with the name of whoever made it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Named {
        /// Who promises.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// How much it binds.
        pub kind: PromiseKind,
        /// What was said.
        pub amount: Money,
        /// What of it is posted.
        pub firm: Money,
        /// The day of the assembly that it waits for.
        pub subject_to: Option<Date>,
        /// Whether it shows its amounts to everybody.
        pub shows_amounts: bool,
        /// Whether it is a member of the collective.
        pub member: bool,
    }
}

/// The promises made to a feature or for a round that hold, the oldest first; at most `limit`.
pub async fn list(tx: &mut Tx, on: PromiseOn, limit: i64) -> sqlx::Result<Vec<Named>> {
    const OF_FEATURE: &str = "SELECT p.organisation, o.name, p.kind, p.amount, p.firm, p.subject_to, \
        COALESCE(m.shows_amounts, 0) AS shows_amounts, \
        CAST(CASE WHEN m.organisation IS NULL OR m.left_on IS NOT NULL THEN 0 ELSE 1 END AS BIGINT) AS member \
        FROM promise p JOIN organisation o ON o.id = p.organisation JOIN pot b ON b.id = p.pot \
        LEFT JOIN membership m ON m.organisation = p.organisation AND m.collective = b.collective \
        WHERE p.feature = $1 AND p.ended_at IS NULL AND p.amount > 0 ORDER BY p.id LIMIT $2";
    const OF_ROUND: &str = "SELECT p.organisation, o.name, p.kind, p.amount, p.firm, p.subject_to, \
        COALESCE(m.shows_amounts, 0) AS shows_amounts, \
        CAST(CASE WHEN m.organisation IS NULL OR m.left_on IS NOT NULL THEN 0 ELSE 1 END AS BIGINT) AS member \
        FROM promise p JOIN organisation o ON o.id = p.organisation JOIN pot b ON b.id = p.pot \
        LEFT JOIN membership m ON m.organisation = p.organisation AND m.collective = b.collective \
        WHERE p.round = $1 AND p.ended_at IS NULL AND p.amount > 0 ORDER BY p.id LIMIT $2";
    match on {
        PromiseOn::Feature(feature) => fetch_all(tx, OF_FEATURE, args![feature, limit]).await,
        PromiseOn::Round(round) => fetch_all(tx, OF_ROUND, args![round, limit]).await,
    }
}

/// What an organisation bound to each triggered feature of a shared round, by the transfers that did it.
pub async fn bound(tx: &mut Tx, feature: FeatureId, organisation: OrganisationId) -> sqlx::Result<Money> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM account x \
        JOIN transfer t ON t.to_account = x.id JOIN account y ON y.id = t.from_account \
        WHERE x.feature = $1 AND x.kind = 'triggered' AND y.organisation = $2";
    fetch_value(tx, SQL, args![feature, organisation]).await.map(Money::new)
}

/// Whether anybody promised something for a round.
pub async fn any_for_round(tx: &mut Tx, round: RoundId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT amount FROM promise WHERE round = $1 AND amount > 0 LIMIT 1";
    Ok(fetch_optional_value::<i64>(tx, SQL, args![round]).await?.is_some())
}

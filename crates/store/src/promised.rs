//! What of the promises to features has come in, and who stands behind it: reads of pages, in direct and pledge pots.

use std::collections::BTreeMap;

use domain::{
    Money,
    ids::{FeatureId, OrganisationId, PotId},
    pot::FundMode,
    promises::PromiseKind,
};
use jiff::{Timestamp, civil::Date};

use crate::{ToColumn as _, Tx, args, features::lists::OnFeature, fetch_all, fetch_all_in, fetch_value, row};

row! {
    struct Sum {
        feature: FeatureId,
        amount: Money,
    }
}

/// What was received for features before an instant, less what was given back: in a direct pot what was confirmed, in a
/// pledge pot what came in to the feature's accounts.
pub async fn received(
    tx: &mut Tx,
    mode: FundMode,
    features: &[FeatureId],
    before: Timestamp,
) -> sqlx::Result<BTreeMap<FeatureId, Money>> {
    const CONFIRMED: &str = "SELECT c.feature, CAST(SUM(r.amount) AS BIGINT) AS amount \
        FROM fund_call c JOIN call_receipt r ON r.fund_call = c.id \
        WHERE r.created_at < $1 AND (r.undone_at IS NULL OR r.undone_at >= $1) AND c.feature IN (@list) \
        GROUP BY c.feature";
    const POSTED: &str = "SELECT m.feature, CAST(SUM(m.amount) AS BIGINT) AS amount FROM ( \
          SELECT a.feature, t.amount FROM account a JOIN transfer t ON t.to_account = a.id \
          JOIN posting p ON p.id = t.posting JOIN account o ON o.id = t.from_account \
          WHERE a.feature IN (@list) AND a.book = 'cash' AND a.kind IN ('allocated', 'reserved') \
          AND p.recorded_at < $1 AND (o.feature IS NULL OR o.feature <> a.feature) \
          UNION ALL \
          SELECT a.feature, -t.amount FROM account a JOIN transfer t ON t.from_account = a.id \
          JOIN posting p ON p.id = t.posting JOIN account o ON o.id = t.to_account \
          WHERE a.feature IN (@list) AND a.book = 'cash' AND a.kind IN ('allocated', 'reserved') \
          AND p.recorded_at < $1 AND o.kind IN ('share', 'pool', 'pool_common', 'gift') \
        ) m GROUP BY m.feature";
    let sql = match mode {
        FundMode::Direct => CONFIRMED,
        FundMode::Pledge | FundMode::Own => POSTED,
    };
    let list = features.iter().map(FeatureId::to_arg).collect();
    let rows: Vec<Sum> = fetch_all_in(tx, sql, args![before], list).await?;
    Ok(rows.into_iter().map(|row| (row.feature, row.amount)).collect())
}

/// What is said and not firm for features: intentions, and promises that wait for an assembly.
pub async fn hoped(tx: &mut Tx, features: &[FeatureId]) -> sqlx::Result<BTreeMap<FeatureId, Money>> {
    const SQL: &str = "SELECT feature, CAST(SUM(amount) AS BIGINT) AS amount FROM promise \
        WHERE kind <> 'firm' AND ended_at IS NULL AND feature IN (@list) GROUP BY feature";
    let list = features.iter().map(FeatureId::to_arg).collect();
    let rows: Vec<Sum> = fetch_all_in(tx, SQL, args![], list).await?;
    Ok(rows.into_iter().map(|row| (row.feature, row.amount)).collect())
}

/// Who stands behind a feature of a direct or pledge pot, the largest first, at most `limit`: firm promises put on it;
/// once it is triggered, who is called for how much; gifts.
pub async fn on_feature(tx: &mut Tx, feature: FeatureId, limit: i64) -> sqlx::Result<Vec<OnFeature>> {
    const SQL: &str = "SELECT m.feature, m.organisation, o.name, CAST(SUM(m.amount) AS BIGINT) AS amount FROM ( \
          SELECT feature, organisation, balance AS amount FROM account WHERE feature = $1 AND balance > 0 \
          AND (kind = 'right_allocated' OR (kind IN ('allocated', 'reserved') AND gift_fund IS NOT NULL)) \
          UNION ALL \
          SELECT feature, organisation, amount - covered - cancelled - repaid FROM fund_call \
          WHERE feature = $1 AND amount - covered - cancelled - repaid > 0 \
        ) m JOIN organisation o ON o.id = m.organisation \
        GROUP BY m.feature, m.organisation, o.name ORDER BY amount DESC, o.name LIMIT $2";
    fetch_all(tx, SQL, args![feature, limit]).await
}

/// What was received for the calls of a pot before an instant.
pub async fn received_in(tx: &mut Tx, pot: PotId, before: Timestamp) -> sqlx::Result<Money> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM fund_call c \
        JOIN call_receipt r ON r.fund_call = c.id \
        WHERE c.pot = $1 AND r.created_at < $2 AND (r.undone_at IS NULL OR r.undone_at >= $2)";
    fetch_value(tx, SQL, args![pot, before]).await.map(Money::new)
}

/// What of an organisation's rights is bound to triggered features of a pot, outside of calls' amounts: by the transfers
/// that did it.
pub async fn bound_of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<BTreeMap<FeatureId, Money>> {
    const SQL: &str = "SELECT x.feature, CAST(SUM(t.amount) AS BIGINT) AS amount FROM account y \
        JOIN transfer t ON t.from_account = y.id JOIN account x ON x.id = t.to_account \
        WHERE y.organisation = $1 AND y.pot = $2 AND y.book = 'promises' AND x.kind = 'triggered' \
        GROUP BY x.feature";
    let rows: Vec<Sum> = fetch_all(tx, SQL, args![organisation, pot]).await?;
    Ok(rows.into_iter().map(|row| (row.feature, row.amount)).collect())
}

row! {
    /// A promise of an organisation, as its statement shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PromiseLine {
        /// To which feature, if to one.
        pub feature_id: Option<FeatureId>,
        /// The number of the feature.
        pub feature: Option<i64>,
        /// The number of the round, if for one.
        pub round: Option<i64>,
        /// The title of the feature, or the name of the round.
        pub title: String,
        /// How much it binds.
        pub kind: PromiseKind,
        /// What was said.
        pub amount: Money,
        /// When it was changed last.
        pub changed_at: Timestamp,
        /// When what it was made to ended without it, or whoever promised left.
        pub ended_at: Option<Timestamp>,
    }
}

/// The promises of an organisation in a pot, the oldest first; at most `limit`.
pub async fn promises_of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    limit: i64,
) -> sqlx::Result<Vec<PromiseLine>> {
    const SQL: &str = "SELECT p.feature AS feature_id, f.number AS feature, r.number AS round, \
        COALESCE(f.title, r.name, '') AS title, p.kind, p.amount, p.changed_at, p.ended_at \
        FROM promise p LEFT JOIN feature f ON f.id = p.feature LEFT JOIN round r ON r.id = p.round \
        WHERE p.organisation = $1 AND p.pot = $2 AND p.amount > 0 ORDER BY p.changed_at, p.id LIMIT $3";
    fetch_all(tx, SQL, args![organisation, pot, limit]).await
}

row! {
    /// What an organisation paid for a call and was confirmed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PaidLine {
        /// The number of the call.
        pub number: i64,
        /// What the transfer carried.
        pub reference: String,
        /// The feature.
        pub feature_id: FeatureId,
        /// Its title.
        pub title: String,
        /// How much of it counts for the call.
        pub amount: Money,
        /// On which day it was received.
        pub received_on: Date,
    }
}

/// What an organisation paid to calls of a pot, what was found wrong left out, the oldest first; at most `limit`.
pub async fn paid_by(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    limit: i64,
) -> sqlx::Result<Vec<PaidLine>> {
    const SQL: &str = "SELECT c.number, c.reference, c.feature AS feature_id, f.title, r.amount, r.received_on \
        FROM fund_call c JOIN call_receipt r ON r.fund_call = c.id JOIN feature f ON f.id = c.feature \
        WHERE c.organisation = $1 AND c.pot = $2 AND r.undone_at IS NULL ORDER BY r.received_on, r.id LIMIT $3";
    fetch_all(tx, SQL, args![organisation, pot, limit]).await
}

//! The terms of features: each version is kept; a new one with money inside says why, and until when money may be taken
//! back.

use domain::{
    Money,
    features::FundingTerms,
    ids::{DecisionId, FeatureId, RoundId},
    rules::SurplusUse,
};
use jiff::{Timestamp, civil::Date};

use super::Feature;
use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_value, insert_many, row,
    seals::{self, Kind, Written},
};

const SURPLUS: [(SurplusUse, &str); 3] = [
    (SurplusUse::Warranty, "warranty"),
    (SurplusUse::Maintenance, "maintenance"),
    (SurplusUse::Back, "back"),
];

fn surplus_text(surplus: &[SurplusUse]) -> String {
    let name = |one: &SurplusUse| SURPLUS.iter().find(|(use_, _)| use_ == one).map_or("", |(_, name)| name);
    surplus.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn surplus_uses(text: &str) -> Vec<SurplusUse> {
    text.split(' ')
        .filter_map(|word| SURPLUS.iter().find(|(_, name)| *name == word))
        .map(|(one, _)| *one)
        .collect()
}

/// Freezes a version of the terms of features, each with the instant, and points the features to it.
pub async fn insert(tx: &mut Tx, terms: &[(FeatureId, FundingTerms)], now: Timestamp) -> sqlx::Result<()> {
    let mut rows = Vec::with_capacity(terms.len() * 9);
    for (feature, t) in terms {
        rows.extend(args![
            feature,
            t.version,
            t.floor,
            t.target,
            t.maximum,
            t.closing_on,
            surplus_text(&t.surplus),
            t.rules_version,
            now
        ]);
    }
    let table =
        "funding_terms (feature, version, floor, target, maximum, closing_on, surplus_rule, rules_version,
        created_at)";
    insert_many(tx, table, 9, rows, "").await?;
    for (feature, t) in terms {
        execute(
            tx,
            "UPDATE feature SET terms_version = $2, rules_version = $3 WHERE id = $1",
            args![feature, t.version, t.rules_version],
        )
        .await?;
    }
    let versions = terms.iter().map(|(feature, t)| (feature.0, t.version));
    seals::renew(tx, Kind::FundingTerms, versions, Written::All).await?;
    let written = Written::Only(&["terms_version", "rules_version"]);
    seals::renew(tx, Kind::Feature, terms.iter().map(|(feature, _)| (feature.0, 0)), written).await
}

row! {
    struct TermsRow {
        version: i64,
        floor: Money,
        target: Money,
        maximum: Money,
        closing_on: Date,
        surplus_rule: String,
        rules_version: i64,
    }
}

/// The version of its terms that holds for a feature.
pub async fn at(tx: &mut Tx, feature: FeatureId, version: i64) -> sqlx::Result<Option<FundingTerms>> {
    let row: Option<TermsRow> = fetch_optional(
        tx,
        "SELECT version, floor, target, maximum, closing_on, surplus_rule, rules_version
         FROM funding_terms WHERE feature = $1 AND version = $2",
        args![feature, version],
    )
    .await?;
    Ok(row.map(|row| FundingTerms {
        version: row.version,
        floor: row.floor,
        target: row.target,
        maximum: row.maximum,
        closing_on: row.closing_on,
        surplus: surplus_uses(&row.surplus_rule),
        rules_version: row.rules_version,
    }))
}

/// What a version of the terms of a feature on which money lies says besides its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// Why.
    pub reason: String,
    /// The last day on which money may be taken back.
    pub suspended_until: Option<Date>,
    /// The decision by which it changed after the trigger.
    pub decision: Option<DecisionId>,
}

/// Freezes the next version of the terms of a feature with what is announced of it, and writes its figures and dates on
/// the feature, which counts the change. `feature` has them already.
pub async fn replace(
    tx: &mut Tx,
    feature: &Feature,
    terms: FundingTerms,
    said: &Announced,
    now: Timestamp,
) -> sqlx::Result<()> {
    let version = terms.version;
    insert(tx, &[(feature.id, terms)], now).await?;
    execute(
        tx,
        "UPDATE funding_terms SET reason = $3, suspended_until = $4, decision = $5
         WHERE feature = $1 AND version = $2",
        args![feature.id, version, said.reason, said.suspended_until, said.decision],
    )
    .await?;
    let announced = Written::Only(&["reason", "suspended_until", "decision"]);
    seals::renew(tx, Kind::FundingTerms, [(feature.id.0, version)], announced).await?;
    execute(
        tx,
        "UPDATE feature SET floor = $2, target = $3, maximum = $4, closing_on = $5, suspended_until = $6,
                confirming_since = $7, version = version + 1
         WHERE id = $1",
        args![
            feature.id,
            feature.floor,
            feature.target,
            feature.maximum,
            feature.closing_on,
            feature.suspended_until,
            feature.confirming_since
        ],
    )
    .await?;
    let written = Written::Only(&["floor", "target", "maximum", "closing_on"]);
    seals::renew(tx, Kind::Feature, [(feature.id.0, 0)], written).await
}

row! {
    /// A version of the terms, as it is told.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Version {
        /// Number, from 1.
        pub version: i64,
        /// Below this nothing was spent.
        pub floor: Money,
        /// More than this couldn't be put there.
        pub maximum: Money,
        /// The last day.
        pub closing_on: Date,
        /// Why it changed; empty where no money lay there.
        pub reason: String,
        /// The last day on which money could be taken back.
        pub suspended_until: Option<Date>,
        /// The decision by which it changed after the trigger.
        pub decision: Option<DecisionId>,
        /// Since when it holds.
        pub created_at: Timestamp,
    }
}

/// The versions of the terms of a feature, newest first, at most `limit`.
pub async fn versions(tx: &mut Tx, feature: FeatureId, limit: i64) -> sqlx::Result<Vec<Version>> {
    const SQL: &str = "SELECT version, floor, maximum, closing_on, reason, suspended_until, decision, created_at \
        FROM funding_terms WHERE feature = $1 ORDER BY version DESC LIMIT $2";
    fetch_all(tx, SQL, args![feature, limit]).await
}

/// Until the end of which day money may be taken back since the terms changed.
pub async fn set_suspended(tx: &mut Tx, feature: FeatureId, until: Option<Date>) -> sqlx::Result<()> {
    execute(tx, "UPDATE feature SET suspended_until = $2 WHERE id = $1", args![feature, until])
        .await
        .map(drop)
}

/// The latest day until the end of which money may be taken back from a feature of a round, since its terms changed.
pub async fn last_suspension_in(tx: &mut Tx, round: RoundId) -> sqlx::Result<Option<Date>> {
    const SQL: &str = "SELECT MAX(suspended_until) FROM feature WHERE round = $1 AND state = 'funding'";
    fetch_value(tx, SQL, args![round]).await
}

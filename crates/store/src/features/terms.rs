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
    Tx, args, execute, fetch_all, fetch_optional, fetch_value, row,
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

/// Freezes a version of the terms of a feature, with what is announced of it, and points the feature to it.
pub async fn insert(
    tx: &mut Tx,
    feature: FeatureId,
    terms: &FundingTerms,
    said: Option<&Announced>,
    now: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO funding_terms (feature, version, floor, target, maximum, closing_on, surplus_rule, \
        rules_version, created_at, reason, suspended_until, decision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    const POINT: &str = "UPDATE feature SET terms_version = $2, rules_version = $3 WHERE id = $1";
    let values = args![
        feature,
        terms.version,
        terms.floor,
        terms.target,
        terms.maximum,
        terms.closing_on,
        surplus_text(&terms.surplus),
        terms.rules_version,
        now,
        said.map_or("", |said| said.reason.as_str()),
        said.and_then(|said| said.suspended_until),
        said.and_then(|said| said.decision)
    ];
    execute(tx, SQL, values).await?;
    execute(tx, POINT, args![feature, terms.version, terms.rules_version]).await?;
    seals::renew(tx, Kind::FundingTerms, [(feature.0, terms.version)], Written::All).await?;
    seals::renew_one(tx, Kind::Feature, feature, Written::Only(&["terms_version", "rules_version"])).await
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
    terms: &FundingTerms,
    said: &Announced,
    now: Timestamp,
) -> sqlx::Result<()> {
    insert(tx, feature.id, terms, Some(said), now).await?;
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
    let written = Written::Only(&["floor", "target", "maximum", "closing_on", "suspended_until"]);
    seals::renew_one(tx, Kind::Feature, feature.id, written).await
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
        /// Why it changed; empty where no money lay there, or it followed its round to a later end.
        pub reason: String,
        /// The last day on which money could be taken back.
        pub suspended_until: Option<Date>,
        /// The decision by which it changed after the trigger.
        pub decision: Option<DecisionId>,
        /// The number of that decision.
        pub decided_by: Option<i64>,
        /// Since when it holds.
        pub created_at: Timestamp,
    }
}

/// The versions of the terms of a feature, newest first, at most `limit`.
pub async fn versions(tx: &mut Tx, feature: FeatureId, limit: i64) -> sqlx::Result<Vec<Version>> {
    const SQL: &str = "SELECT t.version, t.floor, t.maximum, t.closing_on, t.reason, t.suspended_until, t.decision, \
        n.number AS decided_by, t.created_at FROM funding_terms t LEFT JOIN decision n ON n.id = t.decision \
        WHERE t.feature = $1 ORDER BY t.version DESC LIMIT $2";
    fetch_all(tx, SQL, args![feature, limit]).await
}

/// Nobody takes money back any more because the terms of a feature changed.
pub async fn end_suspension(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<()> {
    execute(tx, "UPDATE feature SET suspended_until = NULL WHERE id = $1", args![feature]).await?;
    seals::renew_one(tx, Kind::Feature, feature, Written::Only(&["suspended_until"])).await
}

/// The latest day until the end of which money that lies on a feature of a round may be taken back, since its terms
/// changed.
pub async fn last_suspension_in(tx: &mut Tx, round: RoundId) -> sqlx::Result<Option<Date>> {
    const SQL: &str = "SELECT MAX(suspended_until) FROM feature \
        WHERE round = $1 AND state = 'funding' AND allocated_total > 0";
    fetch_value(tx, SQL, args![round]).await
}

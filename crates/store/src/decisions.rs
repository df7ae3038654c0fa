//! Decisions: what a collective decided, as recorded; postings that need one point at it.

use std::collections::BTreeSet;

use domain::{
    PostingKind,
    ids::{CollectiveId, DecisionId, OrganisationId, PersonId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    ToColumn as _, Tx, args, execute, fetch_all, fetch_all_in, fetch_optional, fetch_value, row,
    seals::{self, Kind, Written},
};

row! {
    /// A decision.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DecisionRow {
        /// Its id.
        pub id: DecisionId,
        /// Whose.
        pub collective: CollectiveId,
        /// From 1, without gap.
        pub number: i64,
        /// In one line.
        pub title: String,
        /// What was decided.
        pub outcome: String,
        /// On which day.
        pub decided_on: Date,
        /// How: `informal` where it was taken elsewhere.
        pub method: String,
        /// Who wrote it down.
        pub recorded_by: Option<PersonId>,
        /// The organisation whose departure it decides, if it does.
        pub departs: Option<OrganisationId>,
        /// Whether a program wrote it down for them, by a token.
        pub by_token: bool,
        /// When.
        pub created_at: Timestamp,
    }
}

/// The number that the next decision gets. The collective's row is locked by the caller.
pub async fn next_number(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<i64> {
    let last: Option<i64> =
        fetch_value(tx, "SELECT MAX(number) FROM decision WHERE collective = $1", args![collective]).await?;
    Ok(last.unwrap_or(0) + 1)
}

/// Writes a decision.
pub async fn insert(tx: &mut Tx, new: &DecisionRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO decision \
         (id, collective, number, title, outcome, decided_on, method, recorded_by, departs, by_token, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            new.id,
            new.collective,
            new.number,
            new.title,
            new.outcome,
            new.decided_on,
            new.method,
            new.recorded_by,
            new.departs,
            new.by_token,
            new.created_at
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::Decision, new.id, Written::All).await
}

/// A decision of a collective.
pub async fn get(tx: &mut Tx, collective: CollectiveId, id: DecisionId) -> sqlx::Result<Option<DecisionRow>> {
    fetch_optional(
        tx,
        "SELECT id, collective, number, title, outcome, decided_on, method, recorded_by, departs, by_token, \
         created_at FROM decision WHERE collective = $1 AND id = $2",
        args![collective, id],
    )
    .await
}

/// The decision of that number.
pub async fn by_number(
    tx: &mut Tx,
    collective: CollectiveId,
    number: i64,
) -> sqlx::Result<Option<DecisionRow>> {
    fetch_optional(
        tx,
        "SELECT id, collective, number, title, outcome, decided_on, method, recorded_by, departs, by_token, \
         created_at FROM decision WHERE collective = $1 AND number = $2",
        args![collective, number],
    )
    .await
}

/// Decisions with a number below `before`, newest first; at most `limit`.
pub async fn list(
    tx: &mut Tx,
    collective: CollectiveId,
    before: i64,
    limit: u16,
) -> sqlx::Result<Vec<DecisionRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, number, title, outcome, decided_on, method, recorded_by, departs, by_token, \
         created_at FROM decision WHERE collective = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
        args![collective, before, limit],
    )
    .await
}

row! {
    struct ClosedRow {
        number: i64,
        closed_at: Timestamp,
        data: String,
    }
}

/// A round that was closed before its last day by a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedBy {
    /// The decision.
    pub decision: DecisionId,
    /// The number of the round.
    pub round: i64,
    /// When it was closed.
    pub at: Timestamp,
}

/// The rounds of a collective that were closed before their last day by decisions.
pub async fn closed_rounds(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<ClosedBy>> {
    const SQL: &str = "SELECT r.number, r.closed_at, e.data FROM pot p \
        JOIN round r ON r.pot = p.id AND r.closed_at IS NOT NULL \
        JOIN event e ON e.subject = r.id AND e.kind = 'round_closed' WHERE p.collective = $1 ORDER BY r.number";
    let rows: Vec<ClosedRow> = fetch_all(tx, SQL, args![collective]).await?;
    let closed = |row: ClosedRow| {
        let data: serde_json::Value = serde_json::from_str(&row.data).ok()?;
        let decision = data.get("decision")?.as_str()?.parse().ok()?;
        Some(ClosedBy { decision, round: row.number, at: row.closed_at })
    };
    Ok(rows.into_iter().filter_map(closed).collect())
}

row! {
    /// The first entry that names a decision.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Cited {
        /// What it does.
        pub kind: PostingKind,
        /// The day that it counts for.
        pub effective_on: Date,
        /// The number of its feature.
        pub feature: Option<i64>,
        /// The number of its round.
        pub round: Option<i64>,
    }
}

/// The first entry that names a decision, of both books.
pub async fn cited_by(tx: &mut Tx, decision: DecisionId) -> sqlx::Result<Option<Cited>> {
    const SQL: &str = "SELECT p.kind, p.effective_on, f.number AS feature, r.number AS round FROM posting p \
        LEFT JOIN feature f ON f.id = p.feature LEFT JOIN round r ON r.id = p.round \
        WHERE p.decision = $1 ORDER BY p.recorded_at, p.seq LIMIT 1";
    fetch_optional(tx, SQL, args![decision]).await
}

row! {
    struct CitedRow {
        decision: DecisionId,
    }
}

/// Those of these decisions that entries name.
pub async fn cited(tx: &mut Tx, decisions: &[DecisionId]) -> sqlx::Result<BTreeSet<DecisionId>> {
    const SQL: &str = "SELECT DISTINCT decision FROM posting WHERE decision IN (@list)";
    if decisions.is_empty() {
        return Ok(BTreeSet::new());
    }
    let list = decisions.iter().map(DecisionId::to_arg).collect();
    let found: Vec<CitedRow> = fetch_all_in(tx, SQL, args![], list).await?;
    Ok(found.into_iter().map(|row| row.decision).collect())
}

/// The decisions about the departure of an organisation on which none rests yet, newest first; at most `limit`.
pub async fn unused_about(
    tx: &mut Tx,
    collective: CollectiveId,
    departs: OrganisationId,
    limit: u16,
) -> sqlx::Result<Vec<DecisionRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, number, title, outcome, decided_on, method, recorded_by, departs, by_token, \
         created_at FROM decision WHERE collective = $1 AND departs = $2 \
         AND NOT EXISTS (SELECT 1 FROM departure d WHERE d.decision = decision.id) ORDER BY number DESC LIMIT $3",
        args![collective, departs, limit],
    )
    .await
}

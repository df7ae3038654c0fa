//! Decisions: what a collective decided, as recorded; postings that need one point at it.

use domain::ids::{CollectiveId, DecisionId, OrganisationId, PersonId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_value, row,
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

/// Whether a round was closed before its last day by a decision.
pub async fn has_closed_a_round(
    tx: &mut Tx,
    collective: CollectiveId,
    decision: DecisionId,
) -> sqlx::Result<bool> {
    const SQL: &str =
        "SELECT COUNT(*) FROM event WHERE collective = $1 AND kind = 'round_closed' AND data LIKE $2";
    let named = format!("%\"decision\":\"{decision}\"%");
    Ok(fetch_value::<i64>(tx, SQL, args![collective, named]).await? > 0)
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

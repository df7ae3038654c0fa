//! What reviewers found of software, and the decisions to fund it all the same.

use domain::{
    eligibility::Verdict,
    ids::{AssessmentId, CollectiveId, DecisionId, OrganisationId, PersonId, SoftwareId, WaiverId},
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, execute, fetch_all, fetch_optional, row};

crate::text_columns! { Verdict }

row! {
    /// The software of a grid.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Looked {
        /// Its id.
        pub id: SoftwareId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Its licence as it is written; may be empty.
        pub licence: String,
    }
}

/// The software of a collective by its name in addresses.
pub async fn by_slug(tx: &mut Tx, collective: CollectiveId, slug: &str) -> sqlx::Result<Option<Looked>> {
    const SQL: &str = "SELECT id, slug, name, licence FROM software WHERE collective = $1 AND slug = $2";
    fetch_optional(tx, SQL, args![collective, slug]).await
}

/// The software of that id.
pub async fn get(tx: &mut Tx, software: SoftwareId) -> sqlx::Result<Option<Looked>> {
    fetch_optional(tx, "SELECT id, slug, name, licence FROM software WHERE id = $1", args![software]).await
}

row! {
    /// What somebody found of a criterion.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AssessmentRow {
        /// Its id; sorts by time.
        pub id: AssessmentId,
        /// Which criterion: its key.
        pub criterion: String,
        /// What.
        pub verdict: Verdict,
        /// What shows it: Markdown.
        pub evidence: String,
        /// Who.
        pub reviewer: PersonId,
        /// Their name.
        pub reviewer_name: String,
        /// For which organisation, unless a steward settled.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: Option<String>,
        /// Whether a steward settles by it.
        pub settles: bool,
        /// When.
        pub created_at: Timestamp,
    }
}

/// Something to be written of a criterion.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// Its id.
    pub id: AssessmentId,
    /// Of which software.
    pub software: SoftwareId,
    /// Which criterion: its key.
    pub criterion: String,
    /// What.
    pub verdict: Verdict,
    /// What shows it.
    pub evidence: String,
    /// Who.
    pub reviewer: PersonId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Whether a steward settles by it.
    pub settles: bool,
    /// Now.
    pub created_at: Timestamp,
}

/// Writes what somebody found.
pub async fn insert(tx: &mut Tx, new: &NewAssessment) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO assessment \
         (id, software, criterion, verdict, evidence, reviewer, organisation, settles, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            new.id,
            new.software,
            new.criterion,
            new.verdict,
            new.evidence,
            new.reviewer,
            new.organisation,
            new.settles,
            new.created_at
        ],
    )
    .await
    .map(drop)
}

/// What was found of a software, oldest first: of more than `limit` the newest.
pub async fn of_software(tx: &mut Tx, software: SoftwareId, limit: i64) -> sqlx::Result<Vec<AssessmentRow>> {
    let mut rows: Vec<AssessmentRow> = fetch_all(
        tx,
        "SELECT a.id, a.criterion, a.verdict, a.evidence, a.reviewer, p.name AS reviewer_name, a.organisation, \
         o.name AS organisation_name, a.settles, a.created_at FROM assessment a \
         JOIN person p ON p.id = a.reviewer LEFT JOIN organisation o ON o.id = a.organisation \
         WHERE a.software = $1 ORDER BY a.id DESC LIMIT $2",
        args![software, limit],
    )
    .await?;
    rows.reverse();
    Ok(rows)
}

row! {
    /// A decision to fund a software's features all the same, with the decision's own words.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WaiverRow {
        /// Its id.
        pub id: WaiverId,
        /// Which decision.
        pub decision: DecisionId,
        /// Its number.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// Its day.
        pub decided_on: Date,
        /// Why all the same.
        pub reason: String,
        /// Who named it.
        pub person: PersonId,
        /// When.
        pub created_at: Timestamp,
    }
}

/// The decision that stands for a software, if one does.
pub async fn waiver(tx: &mut Tx, software: SoftwareId) -> sqlx::Result<Option<WaiverRow>> {
    fetch_optional(
        tx,
        "SELECT w.id, w.decision, d.number, d.title, d.decided_on, w.reason, w.person, w.created_at \
         FROM eligibility_waiver w JOIN decision d ON d.id = w.decision \
         WHERE w.software = $1 AND w.ended_at IS NULL",
        args![software],
    )
    .await
}

/// Names the decision for a software, in place of the one that stood.
pub async fn waive(
    tx: &mut Tx,
    id: WaiverId,
    software: SoftwareId,
    decision: DecisionId,
    reason: &str,
    by: (PersonId, Timestamp),
) -> sqlx::Result<()> {
    end_waiver(tx, software, by).await?;
    execute(
        tx,
        "INSERT INTO eligibility_waiver (id, software, decision, reason, person, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, software, decision, reason, by.0, by.1],
    )
    .await
    .map(drop)
}

/// Ends the decision that stands for a software; false where none did.
pub async fn end_waiver(tx: &mut Tx, software: SoftwareId, by: (PersonId, Timestamp)) -> sqlx::Result<bool> {
    const SQL: &str =
        "UPDATE eligibility_waiver SET ended_at = $3, ended_by = $2 WHERE software = $1 AND ended_at IS NULL";
    Ok(execute(tx, SQL, args![software, by.0, by.1]).await? > 0)
}

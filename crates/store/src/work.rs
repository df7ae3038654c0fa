//! The work on a funded feature: when it is to be done, reports that it is, objections to them.

use std::collections::BTreeMap;

use domain::{
    ids::{FeatureId, ObjectionId, OrganisationId, PersonId, ReportId},
    reports::{Outcome, ReportState},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_all_in, fetch_optional, fetch_optional_locked, fetch_value, row,
};

crate::text_columns! { ReportState, Outcome }

row! {
    /// When the work on a feature is to be done.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Work {
        /// The feature.
        pub feature: FeatureId,
        /// The day on which it is to be done.
        pub due_on: Date,
        /// When whoever does it was reminded that it is late.
        pub noticed_at: Option<Timestamp>,
        /// The end of the last delay.
        pub cure_until: Option<Date>,
        /// Since when it is written.
        pub created_at: Timestamp,
    }
}

/// Writes when work is to be done, anew where it was written before.
pub async fn put(tx: &mut Tx, work: &Work) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO work (feature, due_on, noticed_at, cure_until, created_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (feature) DO UPDATE SET due_on = excluded.due_on, \
        noticed_at = excluded.noticed_at, cure_until = excluded.cure_until";
    let values = args![work.feature, work.due_on, work.noticed_at, work.cure_until, work.created_at];
    execute(tx, SQL, values).await.map(drop)
}

/// When the work on a feature is to be done.
pub async fn of_feature(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Option<Work>> {
    fetch_optional(tx, "SELECT * FROM work WHERE feature = $1", args![feature]).await
}

/// When the work on each of these features is to be done.
pub async fn of_features(tx: &mut Tx, features: &[FeatureId]) -> sqlx::Result<BTreeMap<FeatureId, Work>> {
    if features.is_empty() {
        return Ok(BTreeMap::new());
    }
    let list = features.iter().flat_map(|feature| args![feature]).collect();
    let rows: Vec<Work> =
        fetch_all_in(tx, "SELECT * FROM work WHERE feature IN (@list)", args![], list).await?;
    Ok(rows.into_iter().map(|work| (work.feature, work)).collect())
}

row! {
    /// A report that work is done.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Report {
        /// Its id.
        pub id: ReportId,
        /// Of which feature.
        pub feature: FeatureId,
        /// Its number for the feature, from 1.
        pub number: i64,
        /// What was done.
        pub body: String,
        /// Where it is seen; may be empty.
        pub link: String,
        /// For which organisation it was written.
        pub organisation: OrganisationId,
        /// By whom.
        pub person: PersonId,
        /// When.
        pub created_at: Timestamp,
        /// Where it stands.
        pub state: ReportState,
        /// The last day on which organisations may object.
        pub objections_until: Date,
        /// How many objections hold it up, as it was when it was published; none for one that is older than that rule.
        pub objections_asked: Option<i64>,
        /// The last day of the stewards' answer.
        pub answer_until: Option<Date>,
        /// How it was answered.
        pub outcome: Option<Outcome>,
        /// By whom; nobody: by silence.
        pub decided_by: Option<PersonId>,
        /// When.
        pub decided_at: Option<Timestamp>,
        /// Why; may be empty.
        pub reason: String,
    }
}

/// The number of the next report of a feature.
pub async fn next_number(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM report WHERE feature = $1", args![feature])
        .await
}

/// Writes a new report. Errors: the constraint `report_one_standing` where another stands.
pub async fn insert_report(tx: &mut Tx, new: &Report) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO report (id, feature, number, body, link, organisation, person, created_at, state, \
        objections_until, reason, objections_asked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values = args![
        new.id,
        new.feature,
        new.number,
        new.body,
        new.link,
        new.organisation,
        new.person,
        new.created_at,
        new.state,
        new.objections_until,
        new.reason,
        new.objections_asked
    ];
    execute(tx, SQL, values).await.map(drop)
}

/// Writes what a report has become.
pub async fn update_report(tx: &mut Tx, report: &Report) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE report SET state = $2, answer_until = $3, outcome = $4, decided_by = $5, \
        decided_at = $6, reason = $7 WHERE id = $1";
    let values = args![
        report.id,
        report.state,
        report.answer_until,
        report.outcome,
        report.decided_by,
        report.decided_at,
        report.reason
    ];
    execute(tx, SQL, values).await.map(drop)
}

/// The report of a feature from which something still follows, locked.
pub async fn lock_standing(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Option<Report>> {
    const SQL: &str = "SELECT * FROM report WHERE feature = $1 AND state <> 'closed' ORDER BY id";
    fetch_optional_locked(tx, SQL, args![feature]).await
}

/// The reports of a feature, the newest first; at most `limit`.
pub async fn reports(tx: &mut Tx, feature: FeatureId, limit: u16) -> sqlx::Result<Vec<Report>> {
    const SQL: &str = "SELECT * FROM report WHERE feature = $1 ORDER BY number DESC LIMIT $2";
    fetch_all(tx, SQL, args![feature, limit]).await
}

row! {
    /// An objection to a report.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Objection {
        /// Its id.
        pub id: ObjectionId,
        /// To which report.
        pub report: ReportId,
        /// Of which organisation.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// By whom.
        pub person: PersonId,
        /// Why.
        pub reason: String,
        /// When.
        pub created_at: Timestamp,
        /// When it was withdrawn.
        pub withdrawn_at: Option<Timestamp>,
    }
}

/// Writes an objection. Whether the organisation had none that stands.
pub async fn object(
    tx: &mut Tx,
    id: ObjectionId,
    report: ReportId,
    organisation: OrganisationId,
    person: PersonId,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO objection (id, report, organisation, person, reason, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (report, organisation) WHERE withdrawn_at IS NULL DO NOTHING";
    Ok(execute(tx, SQL, args![id, report, organisation, person, reason, now]).await? == 1)
}

/// Withdraws the objection of an organisation. Whether it had one.
pub async fn withdraw_objection(
    tx: &mut Tx,
    report: ReportId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE objection SET withdrawn_at = $3 WHERE report = $1 AND organisation = $2 \
        AND withdrawn_at IS NULL";
    Ok(execute(tx, SQL, args![report, organisation, now]).await? == 1)
}

/// The objections to a report, withdrawn ones included, the oldest first; at most 500.
pub async fn objections(tx: &mut Tx, report: ReportId) -> sqlx::Result<Vec<Objection>> {
    const SQL: &str = "SELECT b.id, b.report, b.organisation, o.name, b.person, b.reason, b.created_at, \
        b.withdrawn_at FROM objection b JOIN organisation o ON o.id = b.organisation \
        WHERE b.report = $1 ORDER BY b.id LIMIT 500";
    fetch_all(tx, SQL, args![report]).await
}

/// A report.
pub async fn report(tx: &mut Tx, report: ReportId) -> sqlx::Result<Option<Report>> {
    fetch_optional(tx, "SELECT * FROM report WHERE id = $1", args![report]).await
}

row! {
    struct OfReport {
        report: ReportId,
        feature: FeatureId,
    }
}

/// Whether an organisation presented an invoice or a report for the work on a feature.
/// Errors: faults only.
pub async fn spoke_for(tx: &mut Tx, feature: FeatureId, organisation: OrganisationId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM (\
        SELECT id FROM invoice WHERE feature = $1 AND entered_for = $2 UNION ALL \
        SELECT id FROM report WHERE feature = $1 AND organisation = $2) spoken";
    let times: i64 = fetch_value(tx, SQL, args![feature, organisation]).await?;
    Ok(times > 0)
}

/// The features of these reports.
pub async fn features_of(tx: &mut Tx, reports: &[ReportId]) -> sqlx::Result<BTreeMap<ReportId, FeatureId>> {
    const SQL: &str = "SELECT id AS report, feature FROM report WHERE id IN (@list)";
    if reports.is_empty() {
        return Ok(BTreeMap::new());
    }
    let list = reports.iter().flat_map(|report| args![report]).collect();
    let rows: Vec<OfReport> = fetch_all_in(tx, SQL, args![], list).await?;
    Ok(rows.into_iter().map(|row| (row.report, row.feature)).collect())
}

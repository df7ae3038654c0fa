//! How a feature of the trust track ends: a report is answered, its last invoices too, and what is left returns to
//! where it came from.

use domain::{
    features::State,
    posting::Reason,
    pot::FundMode,
    reports::{Outcome, ReportState},
};
use serde_json::json;
use store::{Tx, features::Feature, work::Report};

use super::{reports::REPORT, stop_late};
use crate::{
    closings::{self, Returned},
    error::Failure,
    features,
    till::{Story, Till},
    work_mails,
};

/// Answers a report with the end of its feature: at once, or once its last invoices are answered. Who decided, and why,
/// is on the report already; nobody: silence. Errors: faults only.
pub(super) async fn answer<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    report: &mut Report,
    outcome: Outcome,
) -> Result<(), Failure<R>> {
    report.outcome = Some(outcome);
    report.decided_at = Some(till.now);
    let pending = store::invoices::pending(tx, feature.id).await?;
    if pending.count == 0 {
        return end(tx, till, feature, report).await;
    }
    report.state = ReportState::Accepted;
    store::work::update_report(tx, report).await?;
    store::deadlines::cancel(tx, report.id.0, REPORT).await?;
    let data = json!({ "title": feature.title, "number": feature.number, "outcome": outcome.as_str(),
        "invoices": pending.count });
    till.record(tx, Story::new("report_answered", ("feature", feature.id.0), data)).await?;
    work_mails::tell_answered(tx, till, feature, pending.count).await
}

/// After an invoice was answered: ends a feature whose report is, if it was the last. Errors: faults only.
pub(crate) async fn end_if_answered<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
) -> Result<(), Failure<R>> {
    if feature.state != State::Building || store::invoices::pending(tx, feature.id).await?.count > 0 {
        return Ok(());
    }
    let report = store::work::lock_standing(tx, feature.id).await?;
    match report.filter(|report| report.state == ReportState::Accepted) {
        Some(mut report) => end(tx, till, feature, &mut report).await,
        None => Ok(()),
    }
}

async fn end<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    report: &mut Report,
) -> Result<(), Failure<R>> {
    let Some(to) = report.outcome.and_then(Outcome::state) else { return Ok(()) };
    let returned = match keeps_order_lines(till.locked.pot.fund_mode, to) {
        true => Returned::default(),
        false => closings::release_in(tx, till, feature, Reason::Surplus, None).await?,
    };
    close(tx, report).await?;
    let data = json!({ "reason": report.reason, "returned": returned.sum.minor() });
    features::step(tx, till, feature, to, data).await?;
    work_mails::tell_ended(tx, till, feature, &returned, &report.reason).await
}

/// Whether what isn't paid yet stays owed: in a direct pot each organisation owes its part of delivered work to whoever
/// did it.
pub(crate) const fn keeps_order_lines(mode: FundMode, to: State) -> bool {
    matches!(mode, FundMode::Direct) && matches!(to, State::Delivered)
}

/// Nothing follows from a report any more. Errors: faults only.
pub(super) async fn close(tx: &mut Tx, report: &mut Report) -> store::sqlx::Result<()> {
    report.state = ReportState::Closed;
    store::work::update_report(tx, report).await?;
    store::deadlines::cancel(tx, report.id.0, REPORT).await.map(drop)
}

/// A feature ended in another way: nothing is waited for, its report is closed without an answer. Errors: faults only.
pub(crate) async fn stop(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<()> {
    stop_late(tx, feature.id).await?;
    match store::work::lock_standing(tx, feature.id).await? {
        Some(mut report) => close(tx, &mut report).await,
        None => Ok(()),
    }
}

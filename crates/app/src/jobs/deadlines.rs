//! Deadlines: claimed, carried out by kind, written down.

use std::time::Duration;

use domain::ids::{
    AdId, FeatureId, FundCallId, HostId, MergeId, NeedId, ReportId, RoleId, RoundId, SubscriptionCallId,
    SubscriptionId,
};
use jiff::{SignedDuration, Timestamp};
use store::{Command, Tx, deadlines, deadlines::DeadlineRow};

use super::{JobError, again_at, monthly, nightly};
use crate::{
    Context, Failure, Never,
    ads::ending,
    closings,
    features::{self, new_terms, stages},
    fund_calls, host_ibans, invoices, needs, standing_choices,
    subscriptions::calling,
    triggers,
    work::{self, reports},
};

/// How long one item may take.
const PATIENCE: Duration = Duration::from_secs(240);
/// How many items are claimed at once.
const BATCH: u16 = 4;
/// How long a worker may keep what it claimed; longer than all of it takes at most. Another takes it after that.
const LEASE: SignedDuration = SignedDuration::from_mins(20);
/// How many times an item is begun before it is given up.
const MOST_ATTEMPTS: i64 = 10;

/// Every kind of deadline that this program sees to.
pub const KINDS: [&str; 19] = [
    needs::merging::SILENT,
    nightly::KIND,
    monthly::KIND,
    monthly::PERSON,
    triggers::CLOSE,
    triggers::CONFIRM,
    new_terms::TERMS,
    stages::STAGE,
    fund_calls::CALL_DUE,
    calling::CALL,
    calling::LATE,
    work::LATE,
    reports::REPORT,
    invoices::ROLE_BEGAN,
    host_ibans::IBAN_SHOWN,
    standing_choices::CHOICES,
    closings::ROUND_CLOSE,
    ending::AD_END,
    needs::ALONE,
];

/// The kinds of deadlines, each with what sees to it. What a kind does is judged by the state of its subject in its own
/// command, so that beginning it twice does it once; the worker marks the deadline afterwards.
async fn see_to(ctx: &Context, due: &DeadlineRow) -> Result<(), JobError> {
    match due.kind.as_str() {
        nightly::KIND => nightly::run(ctx, due).await?,
        monthly::KIND => monthly::run(ctx, due).await?,
        monthly::PERSON => monthly::write(ctx, due).await?,
        triggers::CLOSE => drop(closings::close_if_due(ctx, FeatureId(due.subject)).await?),
        triggers::CONFIRM => triggers::confirm_if_due(ctx, FeatureId(due.subject)).await?,
        new_terms::TERMS => features::keep_if_due(ctx, FeatureId(due.subject)).await?,
        stages::STAGE => features::park_if_due(ctx, FeatureId(due.subject)).await?,
        fund_calls::CALL_DUE => fund_calls::unpaid_if_due(ctx, FundCallId(due.subject)).await?,
        calling::CALL => calling::call_if_due(ctx, SubscriptionId(due.subject)).await?,
        calling::LATE => calling::remind_if_late(ctx, SubscriptionCallId(due.subject)).await?,
        work::LATE => work::late_if_due(ctx, FeatureId(due.subject)).await?,
        reports::REPORT => reports::accept_if_due(ctx, ReportId(due.subject)).await?,
        invoices::ROLE_BEGAN => invoices::ask_newly_able_if_due(ctx, RoleId(due.subject)).await?,
        standing_choices::CHOICES => {
            standing_choices::carry_out_if_due(ctx, RoundId(due.subject)).await?;
        }
        closings::ROUND_CLOSE => drop(closings::close_round_if_due(ctx, RoundId(due.subject)).await?),
        needs::ALONE => needs::park_if_due(ctx, NeedId(due.subject)).await?,
        host_ibans::IBAN_SHOWN => host_ibans::show_if_due(ctx, HostId(due.subject)).await?,
        ending::AD_END => ending::tell_if_due(ctx, AdId(due.subject)).await?,
        needs::merging::SILENT => needs::merging::merge_if_due(ctx, MergeId(due.subject)).await?,
        other => return Err(JobError(format!("this program knows no deadline of the kind {other}"))),
    }
    Ok(())
}

/// Claims what is due and sees to it; how many were done, how many failed.
pub(super) async fn run_batch(ctx: &Context) -> Result<(usize, usize), Failure<Never>> {
    let now = ctx.now();
    let mut tx = ctx.db.read().await?;
    let waiting = deadlines::any_due(&mut tx, now).await?;
    drop(tx);
    if !waiting {
        return Ok((0, 0));
    }
    let (mut done, mut failed) = (0, 0);
    for item in ctx.db.write(Claim { now }).await? {
        match alone(ctx, &item).await {
            Ok(()) => {
                ctx.db.write(Done { item, now: ctx.now() }).await?;
                done += 1;
            }
            Err(error) => {
                tracing::error!(%error, kind = item.kind, subject = %item.subject, attempt = item.attempts, "a deadline failed");
                ctx.db.write(Failed { item, error: error.0, now: ctx.now() }).await?;
                failed += 1;
            }
        }
    }
    Ok((done, failed))
}

/// Carries one item out in a task of its own: a panic or an endless wait is that item's failure alone.
async fn alone(ctx: &Context, item: &DeadlineRow) -> Result<(), JobError> {
    let (context, claimed) = (ctx.clone(), item.clone());
    let mut task = tokio::spawn(async move { see_to(&context, &claimed).await });
    match tokio::time::timeout(PATIENCE, &mut task).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(JobError("it panicked".to_owned())),
        Err(_) => {
            task.abort();
            Err(JobError(format!("it took longer than {} s", PATIENCE.as_secs())))
        }
    }
}

struct Claim {
    now: Timestamp,
}

impl Command for Claim {
    type Done = Vec<DeadlineRow>;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<DeadlineRow>, Failure<Never>> {
        let until = self.now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        Ok(deadlines::claim(tx, self.now, until, BATCH).await?)
    }
}

struct Done {
    item: DeadlineRow,
    now: Timestamp,
}

impl Command for Done {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        // One that was moved to a later date meanwhile is not done: it waits for that date.
        if !deadlines::done(tx, self.item.id, self.now).await? {
            deadlines::release(tx, self.item.id).await?;
        }
        Ok(())
    }
}

struct Failed {
    item: DeadlineRow,
    error: String,
    now: Timestamp,
}

impl Command for Failed {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let again = again_at(self.now, self.item.attempts, MOST_ATTEMPTS);
        Ok(deadlines::failed(tx, self.item.id, &self.error, self.now, again).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list of kinds is that of the match: whoever adds one to the match is told.
    #[test]
    fn every_kind_that_is_seen_to_is_listed() {
        let source = include_str!("deadlines.rs");
        let (_, arms) = source.split_once("match due.kind.as_str() {").unwrap();
        let (arms, _) = arms.split_once("other =>").unwrap();
        let arms = arms.lines().filter(|line| {
            let name = line.trim().split(" =>").next().unwrap();
            line.contains(" =>") && name.contains("::") && !name.contains('(')
        });
        assert_eq!(arms.count(), KINDS.len());
        let names: std::collections::BTreeSet<&str> = KINDS.into_iter().collect();
        assert_eq!(names.len(), KINDS.len());
    }
}

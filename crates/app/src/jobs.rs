//! The instance's own work: what falls due, mails, the nightly round. One worker a process; any number of processes.
//!
//! Each item is claimed for a while, carried out by itself with a time limit, and written down as done or failed; one
//! that fails is tried again later, a bounded number of times, and never stops the others. What has an effect reads the
//! state of its subject in the command that has it, so that it happens once however often it is begun.

mod deadlines;
mod mail;
mod monthly;
mod nightly;
mod webhooks;

use std::{future::Future, time::Duration};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Command, Tx,
    deadlines::{DeadlineRow, Heartbeat},
    mails::DeadMail,
};
use thiserror::Error;

use crate::{Context, Failure, Never, search};

pub use deadlines::KINDS;
pub use nightly::KIND as NIGHTLY;

/// How long the worker sleeps when nobody rings.
const ROUND: Duration = Duration::from_secs(5);
/// How many times items are claimed in one round: a flood of mails must not keep deadlines waiting.
const MOST_BATCHES: usize = 50;
/// How many times webhooks are claimed in one round: an endpoint that is slow must not keep mails waiting.
const MOST_DELIVERIES: usize = 3;
/// After how long an item that isn't done counts as overdue.
const OVERDUE_AFTER: SignedDuration = SignedDuration::from_mins(15);
/// The name of the worker's heartbeat.
const WORKER: &str = "worker";

/// Why an item failed.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct JobError(pub String);

impl<R: std::fmt::Debug> From<Failure<R>> for JobError {
    fn from(failure: Failure<R>) -> Self {
        Self(failure.to_string())
    }
}

impl From<store::sqlx::Error> for JobError {
    fn from(error: store::sqlx::Error) -> Self {
        Self(error.to_string())
    }
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Deadlines seen to.
    pub done: usize,
    /// Deadlines that failed, to be tried again or given up.
    pub failed: usize,
    /// Mails handed over and webhooks delivered.
    pub sent: usize,
    /// Mails and webhooks that failed.
    pub unsent: usize,
}

/// Sees to everything that is due now, then sends the mails that wait. Errors: faults of the database; what fails
/// by itself is in the report.
pub async fn run_due(ctx: &Context) -> Result<Report, Failure<Never>> {
    let mut report = Report::default();
    search::read_anew(ctx).await?;
    nightly::prepare(ctx).await?;
    for _ in 0..MOST_BATCHES {
        let (done, failed) = deadlines::run_batch(ctx).await?;
        report.done += done;
        report.failed += failed;
        if done + failed == 0 {
            break;
        }
    }
    // A round a day, by a timer without a server, must find the next night already set.
    nightly::prepare(ctx).await?;
    for _ in 0..MOST_BATCHES {
        let (sent, unsent) = mail::send_batch(ctx).await?;
        report.sent += sent;
        report.unsent += unsent;
        if sent + unsent == 0 {
            break;
        }
    }
    webhooks::queue(ctx).await?;
    for _ in 0..MOST_DELIVERIES {
        let (sent, unsent) = webhooks::deliver(ctx).await?;
        report.sent += sent;
        report.unsent += unsent;
        if sent + unsent == 0 {
            break;
        }
    }
    Ok(report)
}

/// Makes the nightly round due now, besides the one of the coming night. Errors: faults.
pub async fn ask_for_the_night(ctx: &Context) -> Result<(), Failure<Never>> {
    nightly::ask(ctx).await
}

/// Works until `stop` ends: a round at once, then at every bell and every five seconds.
pub async fn work(ctx: &Context, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut last_beat = Timestamp::MIN;
    loop {
        match run_due(ctx).await {
            Ok(report) => {
                let now = ctx.now();
                // A sign of life each minute is enough, and each round that did something.
                if report != Report::default()
                    || now.duration_since(last_beat) >= SignedDuration::from_mins(1)
                {
                    last_beat = now;
                    beat(ctx, report).await;
                }
            }
            Err(failure) => tracing::error!(%failure, "a round of the worker failed"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = ctx.bell.notified() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

async fn beat(ctx: &Context, report: Report) {
    let Report { done, failed, sent, unsent } = report;
    let detail = json!({ "done": done, "failed": failed, "sent": sent, "unsent": unsent }).to_string();
    if let Err(failure) = ctx.db.write(Beat { name: WORKER, now: ctx.now(), detail }).await {
        tracing::warn!(%failure, "the worker's heartbeat could not be written");
    }
}

struct Beat {
    name: &'static str,
    now: Timestamp,
    detail: String,
}

impl Command for Beat {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(store::deadlines::beat(tx, self.name, self.now, &self.detail).await?)
    }
}

/// When an item that failed so many times is tried again; none once it is given up.
fn again_at(now: Timestamp, attempts: i64, most: i64) -> Option<Timestamp> {
    const MINUTES: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 1_440];
    if attempts >= most {
        return None;
    }
    let place = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(MINUTES.len() - 1);
    Some(now.saturating_add(SignedDuration::from_mins(MINUTES[place])).unwrap_or(Timestamp::MAX))
}

/// How the instance's own work stands, for its administration.
#[derive(Clone, Debug)]
pub struct State {
    /// Deadlines that are due, given up ones apart.
    pub due: i64,
    /// Those of them that should have been seen to a quarter of an hour ago.
    pub overdue: Vec<DeadlineRow>,
    /// Deadlines that were given up.
    pub dead: Vec<DeadlineRow>,
    /// Mails that wait.
    pub mails_waiting: i64,
    /// Mails that were given up.
    pub dead_mails: Vec<DeadMail>,
    /// Signs of life.
    pub heartbeats: Vec<Heartbeat>,
}

/// How the instance's own work stands. Errors: faults.
pub async fn state(ctx: &Context) -> Result<State, Failure<Never>> {
    let now = ctx.now();
    let late = now.saturating_sub(OVERDUE_AFTER).unwrap_or(Timestamp::MIN);
    let mut tx = ctx.db.read().await?;
    let (due, _) = store::deadlines::counts(&mut tx, now).await?;
    let (mails_waiting, _) = store::mails::counts(&mut tx).await?;
    Ok(State {
        due,
        overdue: store::deadlines::overdue(&mut tx, late, 100).await?,
        dead: store::deadlines::dead(&mut tx, 100).await?,
        mails_waiting,
        dead_mails: store::mails::dead(&mut tx, 100).await?,
        heartbeats: store::deadlines::heartbeats(&mut tx).await?,
    })
}

/// Begins again with a deadline that was given up. Errors: [`Failure::NotFound`] where there is none such.
pub async fn revive(ctx: &Context, id: domain::ids::DeadlineId) -> Result<(), Failure<Never>> {
    ctx.db.write(Revive { id }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Revive {
    id: domain::ids::DeadlineId,
}

impl Command for Revive {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        if store::deadlines::revive(tx, self.id).await? { Ok(()) } else { Err(Failure::NotFound) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_waits_longer_each_time_and_is_given_up() {
        let now = Timestamp::UNIX_EPOCH;
        let minutes = |attempts| again_at(now, attempts, 10).map(|at| at.as_second() / 60);
        assert_eq!([1, 2, 3, 8, 9].map(minutes), [1, 5, 15, 1_440, 1_440].map(Some));
        assert_eq!([10, 11].map(minutes), [None, None]);
    }
}

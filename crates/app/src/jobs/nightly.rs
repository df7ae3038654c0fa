//! The nightly round: what is over is forgotten, and the accounts are checked.

use domain::{ids::DeadlineId, people::ENDED_SESSION_KEPT};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde_json::json;
use store::{
    Command, Tx,
    deadlines::{self, Deadline, DeadlineRow},
    drafts, links, mails, sessions,
};
use uuid::Uuid;

use super::{Beat, JobError, monthly};
use crate::{
    Context, Failure, Never,
    money_mails::Alarm,
    till::Drawn,
    verify::{self, PotReport},
};

/// The kind of its deadline.
pub const KIND: &str = "nightly";
/// The instance itself is what it concerns.
const INSTANCE: Uuid = Uuid::nil();
/// The hour at which it begins, UTC.
const HOUR: i8 = 2;
/// How long mails that were sent and links that were used are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a draft is kept that nobody touches.
const DRAFT_KEPT: SignedDuration = SignedDuration::from_hours(180 * 24);
/// How long after an ad ended it is known who posted and who answered it.
const AD_KEPT: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Sets the deadline of the next night, unless it is set.
pub(super) async fn prepare(ctx: &Context) -> Result<(), Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let waiting = deadlines::waiting(&mut tx, INSTANCE, KIND).await?;
    drop(tx);
    if waiting.is_some() {
        return Ok(());
    }
    let mut seed = ctx.seed();
    let now = ctx.now();
    let Some((night, due_at)) = next_night(now) else { return Ok(()) };
    ctx.db.write(Prepare { id: seed.id(now), night: night.to_string(), due_at }).await
}

/// Sets a round that is due at once.
pub(super) async fn ask(ctx: &Context) -> Result<(), Failure<Never>> {
    let (mut seed, now) = (ctx.seed(), ctx.now());
    ctx.db.write(Prepare { id: seed.id(now), night: now.to_string(), due_at: now }).await
}

/// The day and the instant of the next round.
fn next_night(now: Timestamp) -> Option<(Date, Timestamp)> {
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    [today, today.checked_add(1.day()).ok()?].into_iter().find_map(|day| {
        let at = day.at(HOUR, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).ok()?.timestamp();
        (at > now).then_some((day, at))
    })
}

struct Prepare {
    id: DeadlineId,
    night: String,
    due_at: Timestamp,
}

impl Command for Prepare {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let deadline = Deadline {
            id: self.id,
            collective: None,
            subject: INSTANCE,
            kind: KIND,
            occurrence: self.night.clone(),
            due_at: self.due_at,
        };
        Ok(deadlines::set(tx, &deadline).await?)
    }
}

/// One night.
pub(super) async fn run(ctx: &Context, due: &DeadlineRow) -> Result<(), JobError> {
    let forgotten = ctx.db.write(Forget { now: ctx.now() }).await?;
    let reports = verify::verify_and_keep(ctx).await?;
    let sound = |report: &Option<PotReport>| report.as_ref().is_some_and(PotReport::holds);
    let broken = reports.iter().filter(|(_, report)| !sound(report)).count();
    let mut untold = None;
    for (pot, report) in reports.iter().filter(|(_, report)| !sound(report)) {
        let broken = report.as_ref().map(PotReport::broken);
        // One pot whose people can't be told keeps those of no other from being told.
        if let Err(failure) = ctx.db.write(Alarm { pot: *pot, broken, drawn: Drawn::of(ctx) }).await {
            tracing::error!(%pot, %failure, "nobody could be told that a pot is broken");
            untold = Some(failure);
        }
    }
    monthly::prepare(ctx).await?;
    tracing::info!(
        night = due.occurrence,
        forgotten,
        pots = reports.len(),
        broken,
        "the nightly round is over"
    );
    let detail = json!({ "pots": reports.len(), "broken": broken, "forgotten": forgotten }).to_string();
    ctx.db.write(Beat { name: KIND, now: ctx.now(), detail }).await?;
    untold.map_or(Ok(()), |failure| Err(failure.into()))
}

struct Forget {
    now: Timestamp,
}

impl Command for Forget {
    type Done = u64;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<u64, Failure<Never>> {
        let before = |time| self.now.saturating_sub(time).unwrap_or(Timestamp::MIN);
        let mut forgotten = sessions::purge(tx, before(ENDED_SESSION_KEPT)).await?;
        forgotten += links::purge(tx, before(KEPT)).await?;
        forgotten += mails::purge(tx, before(KEPT)).await?;
        forgotten += store::webhooks::purge(tx, before(KEPT)).await?;
        forgotten += drafts::purge(tx, before(DRAFT_KEPT)).await?;
        forgotten += store::ads::forget(tx, before(AD_KEPT)).await?;
        Ok(forgotten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_night_is_the_next_two_o_clock() {
        for (now, night) in [
            ("2025-03-03T01:59:59Z", "2025-03-03"),
            ("2025-03-03T02:00:00Z", "2025-03-04"),
            ("2025-12-31T23:00:00Z", "2026-01-01"),
        ] {
            let (day, at) = next_night(now.parse().unwrap()).unwrap();
            assert_eq!(day.to_string(), night);
            assert_eq!(at.to_string(), format!("{night}T02:00:00Z"));
        }
    }
}

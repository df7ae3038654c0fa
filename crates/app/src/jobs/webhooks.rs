//! Delivering webhooks: events are queued in the order in which they were committed, then sent, at least once, under
//! the id of the event. One that fails is tried again for a day and a half; an endpoint that takes nothing for five
//! days is disabled, and the collective's administration is told.

use bytes::Bytes;
use domain::{
    actor::RoleKind,
    ids::EventId,
    webhooks::{LONGEST_FAILING, again_after, wants},
};
use jiff::{SignedDuration, Timestamp};
use outside::{Asked, WebhookSecret};
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    webhooks,
    webhooks::{Due, WebhookRow},
};

use tokio::task::JoinSet;

use crate::{
    Context, Failure, Never,
    mails::{self, Letter, Post},
    till::Drawn,
    visibility::{Sight, eyes},
};

/// Endpoints that are looked at in one round.
const ENDPOINTS: u16 = 50;
/// Events that are queued at once for an endpoint.
const EVENTS: u16 = 200;
/// Deliveries that are claimed at once.
const BATCH: u16 = 8;
/// How long a worker may keep what it claimed: longer than all of it takes at most.
const LEASE: SignedDuration = SignedDuration::from_mins(3);
/// Most bytes of an answer that are read.
const LARGEST: usize = 16 * 1024;

/// Queues what endpoints haven't heard of. Errors: faults.
pub(super) async fn queue(ctx: &Context) -> Result<(), Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let behind = webhooks::behind(&mut tx, ENDPOINTS).await?;
    drop(tx);
    for row in behind {
        ctx.db.write(Queue { row, now: ctx.now() }).await?;
    }
    Ok(())
}

struct Queue {
    row: WebhookRow,
    now: Timestamp,
}

impl Command for Queue {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let row = &self.row;
        // Read first: what is committed afterwards has a later version.
        let collective = store::collectives::get(tx, row.collective).await?.ok_or(Failure::NotFound)?;
        let mut events = webhooks::events_after(tx, row.collective, row.told, EVENTS).await?;
        let mut is_all = events.len() < usize::from(EVENTS);
        // What pages don't tell yet isn't sent yet either.
        if let Some(first) = first_untold(tx, &collective, self.now).await?
            && let Some(at) = events.iter().position(|event| event.id >= first)
        {
            events.truncate(at);
            is_all = false;
        }
        for event in events.iter().filter(|event| wants(&row.kinds, &event.kind)) {
            webhooks::queue(tx, row.id, event.id, self.now).await?;
        }
        let last = events.last().map_or(row.told, |event| event.version);
        let told = if is_all { collective.version.max(last) } else { last };
        Ok(webhooks::told(tx, row.id, told).await?)
    }
}

/// The first event that a stranger isn't told yet, if there is one.
async fn first_untold(
    tx: &mut Tx,
    collective: &CollectiveRow,
    now: Timestamp,
) -> store::sqlx::Result<Option<EventId>> {
    let Some(pot) = store::pots::by_slug(tx, collective.id, crate::pots::MAIN).await? else {
        return Ok(None);
    };
    let (_, rules) = store::collectives::rules(tx, collective.id).await?;
    let sight = Sight::of(tx, collective.id, pot.id, eyes(rules.amounts, None), now).await?;
    Ok(sight.past.events_before(None))
}

/// Claims deliveries and sends them; how many arrived, how many failed. Errors: faults.
pub(super) async fn deliver(ctx: &Context) -> Result<(usize, usize), Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let waiting = webhooks::any_due(&mut tx, ctx.now()).await?;
    drop(tx);
    if !waiting {
        return Ok((0, 0));
    }
    let (mut sent, mut unsent) = (0, 0);
    // All at once: one that is slow keeps no other waiting.
    let mut under_way = JoinSet::new();
    for due in ctx.db.write(Claim { now: ctx.now() }).await? {
        let ctx = ctx.clone();
        under_way.spawn(async move {
            let result = send(&ctx, &due).await;
            (due, result)
        });
    }
    while let Some(ended) = under_way.join_next().await {
        match ended {
            Ok((due, Ok(()))) => {
                ctx.db.write(Delivered { due, now: ctx.now() }).await?;
                sent += 1;
            }
            Ok((due, Err(error))) => {
                ctx.db.write(Undelivered { due, error, drawn: Drawn::of(ctx) }).await?;
                unsent += 1;
            }
            Err(error) => tracing::error!(%error, "a delivery ended early"),
        }
    }
    Ok((sent, unsent))
}

/// Sends one message; any status of success is an arrival, and nothing else is.
async fn send(ctx: &Context, due: &Due) -> Result<(), String> {
    let secret = WebhookSecret::parse(&due.secret).map_err(|error| error.to_string())?;
    let (body, now) = (body(ctx, due), ctx.now().as_second());
    let signed = secret.sign(&due.event.to_string(), now, &body);
    let mut headers = outside::HeaderMap::new();
    for (name, value) in [
        ("webhook-id", signed.id.as_str()),
        ("webhook-timestamp", signed.timestamp.as_str()),
        ("webhook-signature", signed.signature.as_str()),
        ("content-type", "application/json"),
    ] {
        headers.insert(name, value.parse().map_err(|_| "a header can't be written".to_owned())?);
    }
    let asked = Asked {
        method: outside::Method::POST,
        url: due.url.clone(),
        headers,
        body: Bytes::from(body),
        largest: LARGEST,
    };
    let answer = ctx.outside.fetch(asked, now).await.map_err(|error| error.to_string())?;
    if answer.status.is_success() { Ok(()) } else { Err(format!("it answered {}", answer.status.as_u16())) }
}

/// What happened, in short: no amount, no name. Where a share went isn't told, as the pages may hide it.
fn body(ctx: &Context, due: &Due) -> String {
    let hides = due.kind.starts_with("share_") || due.kind == "contribution_recorded";
    let subject = due.subject.filter(|_| !hides);
    let events = format!("{}/api/v1/collectives/{}/events", ctx.settings.public_url, due.collective);
    json!({
        "type": due.kind,
        "timestamp": due.at,
        "data": {
            "id": due.event,
            "collective": due.collective,
            "subject_kind": due.subject_kind,
            "subject": subject,
            "events": events,
        },
    })
    .to_string()
}

struct Claim {
    now: Timestamp,
}

impl Command for Claim {
    type Done = Vec<Due>;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<Due>, Failure<Never>> {
        let until = self.now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        Ok(webhooks::claim(tx, self.now, until, BATCH).await?)
    }
}

struct Delivered {
    due: Due,
    now: Timestamp,
}

impl Command for Delivered {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(webhooks::delivered(tx, self.due.webhook, self.due.event, self.now).await?)
    }
}

struct Undelivered {
    due: Due,
    error: String,
    drawn: Drawn,
}

impl Command for Undelivered {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let (due, now) = (&self.due, self.drawn.now);
        let again = again_after(due.attempts).and_then(|wait| now.saturating_add(wait).ok());
        webhooks::failed(tx, due.webhook, due.event, &self.error, now, again).await?;
        let Some(row) = webhooks::get(tx, due.webhook).await? else { return Ok(()) };
        let too_long = row.failing_since.is_some_and(|since| now.duration_since(since) >= LONGEST_FAILING);
        if too_long && webhooks::disable(tx, row.id, now).await? {
            self.tell(tx, &row).await?;
        }
        Ok(())
    }
}

impl Undelivered {
    /// Tells the collective's administration that an endpoint is disabled.
    async fn tell(&self, tx: &mut Tx, row: &WebhookRow) -> store::sqlx::Result<()> {
        let Some(collective) = store::collectives::get(tx, row.collective).await? else { return Ok(()) };
        let admins = store::roles::holders(tx, row.collective, RoleKind::Admin, self.drawn.now).await?;
        let mut drawn = self.drawn.clone();
        let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &drawn.settings };
        let path = format!("/c/{}/webhooks", collective.slug);
        mails::tell(tx, &mut post, &collective, &admins, |t| {
            Letter::about(t.mail_webhook_subject(&collective.name))
                .say(t.mail_webhook_disabled(&self.error, &row.url))
                .say(t.mail_webhook_enable())
                .at(&self.drawn.settings, &path)
        })
        .await
    }
}

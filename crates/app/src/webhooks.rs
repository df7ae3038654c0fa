//! Webhooks out: an admin names an address that hears of what happens in the collective, in public and in short.
//!
//! A message says what happened, when, and where to read more. It holds no amount and no name, so that nothing goes
//! out that a page would hide: whoever gets it reads the rest by the API, with what they may see.

use domain::{
    actor::Action,
    ids::{CollectiveId, WebhookId},
    input::{FieldError, FieldRule},
    text,
    webhooks::{KINDS, MOST, WebhookRefusal},
};
use outside::WebhookSecret;
use serde_json::json;
use store::{
    Command, Tx,
    webhooks::{self, Dead, WebhookRow},
};

use crate::{
    Acting, Context, Failure, Never,
    people::Hall,
    sessions::Session,
    till::{Drawn, Story},
};

/// Dead deliveries that a page lists.
const MOST_DEAD: u16 = 50;

/// An endpoint to be made.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Its address, as typed.
    pub url: String,
    /// The events that it wants; none: all.
    pub kinds: Vec<String>,
}

/// The endpoints of a collective and the deliveries that were given up. Errors: faults.
pub async fn list(
    ctx: &Context,
    collective: CollectiveId,
) -> Result<(Vec<WebhookRow>, Vec<Dead>), Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let rows = webhooks::of_collective(&mut tx, collective, MOST).await?;
    Ok((rows, webhooks::dead(&mut tx, collective, MOST_DEAD).await?))
}

/// Makes an endpoint, by a fresh sign-in of the collective's administration; its secret, shown once. Errors:
/// `NotFresh`, no right, [`WebhookRefusal`]; [`Failure::Invalid`] on `url` and `kinds`.
pub async fn make(
    ctx: &Context,
    session: &Session,
    acting: Acting,
    collective: CollectiveId,
    new: NewWebhook,
) -> Result<String, Failure<WebhookRefusal>> {
    session.fresh(ctx.now())?;
    let mut errors = Vec::new();
    let url = match text::web_address(&new.url) {
        Ok(url) if ctx.outside.takes(&url) => url,
        Ok(url) => {
            errors.push(FieldError::new("url", FieldRule::NotOutside));
            url
        }
        Err(rule) => {
            errors.push(FieldError::new("url", rule));
            String::new()
        }
    };
    if new.kinds.iter().any(|kind| !KINDS.contains(&kind.as_str())) {
        errors.push(FieldError::new("kinds", FieldRule::NotAChoice));
    }
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    let secret = WebhookSecret::from_bytes(ctx.chance.bytes()).text();
    let make = Make { acting, collective, url, kinds: new.kinds.join(" "), secret, drawn: Drawn::of(ctx) };
    let secret = make.secret.clone();
    ctx.db.write(make).await?;
    Ok(secret)
}

struct Make {
    acting: Acting,
    collective: CollectiveId,
    url: String,
    kinds: String,
    secret: String,
    drawn: Drawn,
}

impl Command for Make {
    type Done = ();
    type Error = Failure<WebhookRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<WebhookRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::EditCollective, self.acting.organisation)?;
        let there = webhooks::of_collective(tx, self.collective, MOST).await?;
        if there.len() >= usize::from(MOST) {
            return Err(Failure::Refused(WebhookRefusal::TooMany));
        }
        let row = WebhookRow {
            id: hall.id(),
            collective: self.collective,
            url: self.url.clone(),
            secret: self.secret.clone(),
            kinds: self.kinds.clone(),
            told: hall.collective.version,
            created_by: self.acting.person,
            created_at: self.drawn.now,
            failing_since: None,
            disabled_at: None,
        };
        webhooks::insert(tx, &row).await?;
        Ok(record(tx, &mut hall, "webhook_made", row.id).await?)
    }
}

async fn record(
    tx: &mut Tx,
    hall: &mut Hall,
    kind: &'static str,
    webhook: WebhookId,
) -> store::sqlx::Result<()> {
    let story = Story::new(kind, ("webhook", webhook.into()), json!({}));
    hall.record(tx, Story { public: false, ..story }).await
}

/// What is done with an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing goes there any more.
    End,
    /// One that was disabled hears again, of what happens from now on.
    Enable,
}

/// Ends an endpoint or makes it hear again. Errors: no right, no such endpoint.
pub async fn change(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    webhook: WebhookId,
    change: Change,
) -> Result<(), Failure<WebhookRefusal>> {
    ctx.db.write(Changing { acting, collective, webhook, change, drawn: Drawn::of(ctx) }).await
}

struct Changing {
    acting: Acting,
    collective: CollectiveId,
    webhook: WebhookId,
    change: Change,
    drawn: Drawn,
}

impl Command for Changing {
    type Done = ();
    type Error = Failure<WebhookRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<WebhookRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::EditCollective, self.acting.organisation)?;
        let row = webhooks::get(tx, self.webhook).await?.filter(|row| row.collective == self.collective);
        let row = row.ok_or(Failure::NotFound)?;
        match self.change {
            Change::End => {
                webhooks::end(tx, row.id, self.drawn.now).await?;
                record(tx, &mut hall, "webhook_ended", row.id).await?;
            }
            Change::Enable => webhooks::enable(tx, row.id, hall.collective.version).await?,
        }
        Ok(())
    }
}

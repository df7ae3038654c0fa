//! Sending mails: claim, send, done. A mail is sent at least once; its message id stays the same, so that a reader's
//! program sees a second one as the first.

use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use messages::{Mail, MailAddress, MailError, SendError};
use store::{Command, Tx, mails, mails::MailRow};

use super::again_at;
use crate::{Context, Failure, Never};

/// How many times sending is begun before a mail is given up: two days and a half.
const MOST_ATTEMPTS: i64 = 10;
/// How long one mail may take.
const PATIENCE: Duration = Duration::from_secs(40);
/// How many mails are claimed at once.
const BATCH: u16 = 6;
/// How long a worker may keep what it claimed; longer than all of it takes at most. Another takes it after that.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// Claims mails and sends them; how many were sent, how many failed.
pub(super) async fn send_batch(ctx: &Context) -> Result<(usize, usize), Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let waiting = mails::any_due(&mut tx, ctx.now()).await?;
    drop(tx);
    if !waiting {
        return Ok((0, 0));
    }
    let (mut sent, mut unsent) = (0, 0);
    for row in ctx.db.write(Claim { now: ctx.now() }).await? {
        let id = row.id;
        match send(ctx, &row).await {
            Ok(()) => {
                ctx.db.write(Sent { row, now: ctx.now() }).await?;
                sent += 1;
            }
            Err(error) => {
                tracing::warn!(%error, mail = %id, attempt = row.attempts, "a mail was not sent");
                let most = if error.is_temporary() { MOST_ATTEMPTS } else { 0 };
                ctx.db.write(Unsent { row, error: error.to_string(), most, now: ctx.now() }).await?;
                unsent += 1;
            }
        }
    }
    Ok((sent, unsent))
}

async fn send(ctx: &Context, row: &MailRow) -> Result<(), SendError> {
    // A sender that can't be one is the operator's to mend: the mail waits.
    let from = sender(&ctx.settings.mail_from)
        .map_err(|error| SendError::Temporary(format!("the sender {}: {error}", ctx.settings.mail_from)))?;
    let mail = write(ctx, row, from)?;
    match tokio::time::timeout(PATIENCE, ctx.mailer.send(&mail)).await {
        Ok(result) => result,
        Err(_) => Err(SendError::Temporary(format!("no answer within {} s", PATIENCE.as_secs()))),
    }
}

fn write(ctx: &Context, row: &MailRow, from: MailAddress) -> Result<Mail, MailError> {
    let url = &ctx.settings.public_url;
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("localhost");
    let headers: Vec<(String, String)> = serde_json::from_str(&row.headers).map_err(|_| MailError::Header)?;
    Ok(Mail {
        message_id: format!("{}@{host}", row.message_id),
        sent_at: SystemTime::try_from(row.created_at).unwrap_or(SystemTime::UNIX_EPOCH),
        from,
        to: MailAddress::new(&row.recipient)?,
        reply_to: None,
        subject: row.subject.clone(),
        text: row.body.clone(),
        html: None,
        headers,
    })
}

/// The sender of a setting such as `Popote <popote@pot.example.org>`, or an address alone.
fn sender(setting: &str) -> Result<MailAddress, MailError> {
    match setting.rsplit_once('<') {
        Some((name, rest)) => MailAddress::named(name, rest.trim_end().trim_end_matches('>').trim()),
        None => MailAddress::named("Popote", setting.trim()),
    }
}

struct Claim {
    now: Timestamp,
}

impl Command for Claim {
    type Done = Vec<MailRow>;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<MailRow>, Failure<Never>> {
        let until = self.now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        Ok(mails::claim(tx, self.now, until, BATCH).await?)
    }
}

struct Sent {
    row: MailRow,
    now: Timestamp,
}

impl Command for Sent {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(mails::sent(tx, self.row.id, self.now).await?)
    }
}

struct Unsent {
    row: MailRow,
    error: String,
    /// How many attempts there may be; 0 gives it up.
    most: i64,
    now: Timestamp,
}

impl Command for Unsent {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let again = again_at(self.now, self.row.attempts, self.most);
        Ok(mails::failed(tx, self.row.id, &self.error, self.now, again).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_may_have_a_name() {
        for setting in
            ["Popote <popote@pot.example.org>", "popote@pot.example.org", " popote@pot.example.org "]
        {
            assert_eq!(sender(setting).unwrap().address(), "popote@pot.example.org", "{setting}");
        }
        assert_eq!(sender("Le pot <a@127.0.0.1>").unwrap().address(), "a@127.0.0.1");
        for setting in ["", "Popote", "Popote <>", "a@b.c> <d", "x\r\nBcc: <a@b.example>"] {
            assert!(sender(setting).is_err(), "{setting}");
        }
    }
}

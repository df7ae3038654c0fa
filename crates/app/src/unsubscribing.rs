//! The link in each mail of the month that stops it, without a sign-in. Mail programs send it by themselves when their
//! reader presses their own button (RFC 8058); looking at it stops nothing.

use domain::ids::{LinkId, PersonId};
use identity::Token;
use jiff::{SignedDuration, Timestamp};
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    links::{self, LinkRow},
    organisations,
    people::{self, PersonRow},
};

use crate::{
    Context, Failure, Never,
    profile::{FREQUENCIES, MONTH, frequency},
};

/// Links that stop the mail of the month.
const PURPOSE: &str = "unsubscribe";
/// How long one works: mails are found again after long.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);
/// Most collectives of a person.
const MOST: u16 = 200;

/// The path of a link, below the base of the site.
pub(crate) fn path(token: &Token) -> String {
    format!("/unsubscribe/{}", token.as_str())
}

/// A link for a person.
pub(crate) fn link(person: &PersonRow, token: &Token, id: LinkId, now: Timestamp) -> LinkRow {
    LinkRow {
        id,
        token_hash: token.hash(),
        purpose: PURPOSE.to_owned(),
        subject: Some(person.id.into()),
        email_key: Some(person.email_key.clone()),
        payload: "{}".to_owned(),
        browser_hash: None,
        code_hash: None,
        attempts: 0,
        created_at: now,
        expires_at: now.checked_add(OPEN_FOR).ok(),
        used_at: None,
        revoked_at: None,
    }
}

/// Whom a link concerns, and whether they get the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// Whether some collective still tells them once a month.
    pub is_told: bool,
}

/// Whom a link concerns; nothing changes by it. Errors: [`Failure::NotFound`] for a link that there isn't, that is too
/// old, or of another address than theirs today.
pub async fn find(ctx: &Context, token: &str) -> Result<Reader, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let (person, collectives) = read(&mut tx, token, ctx.now()).await?;
    let mut is_told = false;
    for one in &collectives {
        let chosen = people::notice_preferences(&mut tx, person.id, one.id).await?;
        is_told |= frequency(&chosen, MONTH) != NEVER;
    }
    Ok(Reader { name: person.name, is_told })
}

const NEVER: &str = FREQUENCIES[1];

async fn read(
    tx: &mut Tx,
    token: &str,
    now: Timestamp,
) -> Result<(PersonRow, Vec<CollectiveRow>), Failure<Never>> {
    let token = Token::parse(token).ok_or(Failure::NotFound)?;
    let link = links::by_token(tx, PURPOSE, &token.hash()).await?.filter(|link| link.is_open(now));
    let link = link.ok_or(Failure::NotFound)?;
    let person = PersonId(link.subject.ok_or(Failure::NotFound)?);
    let person = people::get(tx, person).await?.filter(|person| {
        person.closed_at.is_none() && link.email_key.as_deref() == Some(person.email_key.as_str())
    });
    let person = person.ok_or(Failure::NotFound)?;
    let collectives = organisations::collectives_of(tx, person.id, MOST).await?;
    Ok((person, collectives))
}

/// Stops the mail of the month in all collectives of the person, or takes that back; done twice it is done once. Errors:
/// [`Failure::NotFound`] as for [`find`].
pub async fn set(ctx: &Context, token: &str, told: bool) -> Result<(), Failure<Never>> {
    let frequency = if told { FREQUENCIES[0] } else { NEVER };
    ctx.db.write(Set { token: token.to_owned(), frequency, now: ctx.now() }).await
}

struct Set {
    token: String,
    frequency: &'static str,
    now: Timestamp,
}

impl Command for Set {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let (person, collectives) = read(tx, &self.token, self.now).await?;
        for one in collectives {
            people::set_notice_preference(tx, person.id, one.id, MONTH, self.frequency).await?;
        }
        Ok(())
    }
}

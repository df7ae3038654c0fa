//! What anybody does without an account: post an ad, answer one, share a need. What they say waits in the link of a mail,
//! and happens once they confirm their address.

use domain::{
    ads::{AdRefusal, AdText, Side},
    ids::{AdId, AdNeederId},
    people::Email,
};
use identity::Token;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::{
    Command, Tx,
    ads::{self, AdRow, Writer},
    links::{self, LinkRow},
    people,
};
use uuid::Uuid;

use super::{
    Stranger, cleaned, letters, link, locked, posting, refuse_unread, said,
    talking::{self, Said},
};
use crate::{Context, Failure, till::Drawn};

/// Links that await the click of their mail.
const ASKED: &str = "ad_asked";
/// How long a mail may be answered.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How long a need may be taken back by its mail.
const LEAVE_FOR: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Mails that one address may have open, so that nobody's box is filled.
const MOST_ASKED: u16 = 5;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Payload {
    organisation: String,
    name: String,
    email: String,
    locale: String,
    act: Act,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Post(Box<AdText>),
    Contact { ad: i64, body: String, shows_address: bool },
    Need { ad: i64 },
    Leave { ad: i64, needer: AdNeederId },
}

impl Act {
    /// Its name, by which words are chosen.
    fn kind(&self) -> &'static str {
        match self {
            Self::Post(text) if text.side == Side::Offer => "offer",
            Self::Post(_) => "request",
            Self::Contact { .. } => "contact",
            Self::Need { .. } => "need",
            Self::Leave { .. } => "leave",
        }
    }

    const fn number(&self) -> i64 {
        match self {
            Self::Post(_) => 0,
            Self::Contact { ad, .. } | Self::Need { ad } | Self::Leave { ad, .. } => *ad,
        }
    }
}

impl Payload {
    fn of(writer: &Writer, act: Act) -> Self {
        Self {
            organisation: writer.organisation_name.clone(),
            name: writer.name.clone(),
            email: writer.email.clone(),
            locale: writer.locale.clone(),
            act,
        }
    }

    fn read(link: &LinkRow) -> Result<Self, Failure<AdRefusal>> {
        serde_json::from_str(&link.payload).map_err(|error| Failure::Fault(error.to_string()))
    }

    fn write(&self) -> Result<String, Failure<AdRefusal>> {
        serde_json::to_string(self).map_err(|error| Failure::Fault(error.to_string()))
    }

    /// Whoever confirms, with their account where the address has one.
    async fn writer(&self, tx: &mut Tx) -> store::sqlx::Result<Writer> {
        let email_key = Email::key_of(&self.email);
        let person = people::by_email(tx, &email_key).await?.filter(|person| person.closed_at.is_none());
        Ok(Writer {
            organisation: None,
            organisation_name: self.organisation.clone(),
            person: person.map(|person| person.id),
            name: self.name.clone(),
            email: self.email.clone(),
            email_key,
            locale: self.locale.clone(),
        })
    }
}

/// Asks to post an ad without an account: a mail goes to the address, nothing else is made. The same is answered whether or
/// not the address is known here, and the same ad sent many times makes one mail. Errors: fields `organisation`, `name`,
/// `email` and those of [`AdText::cleaned`].
pub async fn ask_post(ctx: &Context, stranger: &Stranger, text: AdText) -> Result<(), Failure<AdRefusal>> {
    let mut errors = Vec::new();
    let writer = stranger.checked(&mut errors);
    let text = match cleaned(text, ctx.now()) {
        Ok(text) => Some(text),
        Err(Failure::Invalid(more)) => {
            errors.extend(more);
            None
        }
        Err(failure) => return Err(failure),
    };
    match (writer, text) {
        (Some(writer), Some(text)) => ask(ctx, writer, Act::Post(Box::new(text))).await,
        _ => Err(Failure::Invalid(errors)),
    }
}

/// Asks to answer an ad without an account. Errors: fields `organisation`, `name`, `email`, `body`; no such ad for everybody;
/// [`AdRefusal::Over`].
pub async fn ask_contact(
    ctx: &Context,
    number: i64,
    stranger: &Stranger,
    body: &str,
    shows_address: bool,
) -> Result<(), Failure<AdRefusal>> {
    let mut errors = Vec::new();
    let writer = stranger.checked(&mut errors);
    let body = said(body).map_err(|rule| errors.push(domain::input::FieldError::new("body", rule)));
    match (writer, body) {
        (Some(writer), Ok(body)) => ask(ctx, writer, Act::Contact { ad: number, body, shows_address }).await,
        _ => Err(Failure::Invalid(errors)),
    }
}

/// Asks to share the need of an ad without an account. Errors: fields `organisation`, `name`, `email`; no such ad for
/// everybody; [`AdRefusal::NotARequest`], [`AdRefusal::Over`].
pub async fn ask_need(ctx: &Context, number: i64, stranger: &Stranger) -> Result<(), Failure<AdRefusal>> {
    let mut errors = Vec::new();
    match stranger.checked(&mut errors) {
        Some(writer) if errors.is_empty() => ask(ctx, writer, Act::Need { ad: number }).await,
        _ => Err(Failure::Invalid(errors)),
    }
}

async fn ask(ctx: &Context, writer: Writer, act: Act) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Ask { writer, act, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Ask {
    writer: Writer,
    act: Act,
    drawn: Drawn,
}

impl Command for Ask {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let writer = &self.writer;
        let mut subject = Uuid::nil();
        match &self.act {
            Act::Post(text) => {
                // Who has posted it is told where they keep it; nobody else learns that it is theirs.
                if let Some(number) = ads::twin(tx, &writer.email_key, &text.fingerprint()).await? {
                    let row = locked(tx, number).await?;
                    return Ok(letters::kept(tx, &mut drawn, &row).await?);
                }
            }
            act => {
                let row = locked(tx, act.number()).await?;
                refuse_unread(&row, false)?;
                let standing = row.standing();
                match act {
                    Act::Need { .. } => standing.shareable(drawn.now).map_err(Failure::Refused)?,
                    _ => standing.answerable(drawn.now).map_err(Failure::Refused)?,
                }
                subject = row.id.into();
            }
        }
        let payload = Payload::of(writer, self.act.clone());
        let open = links::open_of_address(tx, &writer.email_key, ASKED, drawn.now, MOST_ASKED).await?;
        for known in &open {
            if Payload::read(known)? == payload {
                return Ok(());
            }
        }
        if open.len() >= usize::from(MOST_ASKED) {
            return Ok(());
        }
        let about = (subject, writer.email_key.as_str());
        let (row, token) = link(&mut drawn, ASKED, about, payload.write()?, ASKED_FOR);
        links::insert(tx, &row).await?;
        let what = (self.act.kind(), self.act.number(), token.as_str());
        Ok(letters::confirm(tx, &mut drawn, writer, what).await?)
    }
}

/// Sends whoever posted an ad the link by which they keep it, if it is their address; the same is answered where it isn't.
/// Errors: field `email`; no such ad.
pub async fn send_link(ctx: &Context, number: i64, email: &str) -> Result<(), Failure<AdRefusal>> {
    let email = Email::parse(email).map_err(|rule| Failure::field("email", rule))?;
    ctx.db.write(SendLink { number, key: email.key().to_owned(), drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct SendLink {
    number: i64,
    key: String,
    drawn: Drawn,
}

impl Command for SendLink {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let row = locked(tx, self.number).await?;
        if row.email_key == self.key {
            letters::kept(tx, &mut drawn, &row).await?;
        }
        Ok(())
    }
}

/// What the link of a mail is about to do, for its page.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// `request`, `offer`, `contact`, `need` or `leave`.
    pub kind: &'static str,
    /// The organisation of whoever asked.
    pub organisation: String,
    /// The ad that is posted.
    pub text: Option<AdText>,
    /// The number and the title of the ad that is answered or shared.
    pub ad: Option<(i64, String)>,
    /// The message.
    pub body: Option<String>,
}

/// What the link of a mail would do; looking changes nothing. Errors: [`Failure::NotFound`] where it was used, is too old,
/// or the ad is gone.
pub async fn find(ctx: &Context, token: &str) -> Result<Waiting, Failure<AdRefusal>> {
    let token = Token::parse(token).ok_or(Failure::NotFound)?;
    let mut tx = ctx.db.read().await?;
    let link = links::by_token(&mut tx, ASKED, &token.hash()).await?;
    let link = link.filter(|link| link.is_open(ctx.now())).ok_or(Failure::NotFound)?;
    let payload = Payload::read(&link)?;
    let ad = match payload.act.number() {
        0 => None,
        number => {
            let row = ads::by_number(&mut tx, number).await?.ok_or(Failure::NotFound)?;
            Some((number, row.title))
        }
    };
    let kind = payload.act.kind();
    let (text, body) = match payload.act {
        Act::Post(text) => (Some(*text), None),
        Act::Contact { body, .. } => (None, Some(body)),
        Act::Need { .. } | Act::Leave { .. } => (None, None),
    };
    Ok(Waiting { kind, organisation: payload.organisation, text, ad, body })
}

/// What was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// `request`, `offer`, `contact`, `need` or `leave`.
    pub kind: &'static str,
    /// The number of the ad.
    pub number: i64,
    /// Where whoever confirmed goes on, without the base: the page on which they keep their ad, or their conversation.
    pub path: Option<String>,
}

/// The address is confirmed, and what was asked is done. Errors: [`Failure::NotFound`]; those of the act, which leave the
/// link open.
pub async fn confirm(ctx: &Context, token: &str) -> Result<Confirmed, Failure<AdRefusal>> {
    let token = Token::parse(token).ok_or(Failure::NotFound)?;
    let done = ctx.db.write(Confirm { token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(done)
}

struct Confirm {
    token: Token,
    drawn: Drawn,
}

impl Command for Confirm {
    type Done = Confirmed;
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Confirmed, Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let link = links::lock_by_token(tx, ASKED, &self.token.hash()).await?.ok_or(Failure::NotFound)?;
        if !links::use_once(tx, link.id, drawn.now).await? {
            return Err(Failure::NotFound);
        }
        let payload = Payload::read(&link)?;
        let writer = payload.writer(tx).await?;
        let kind = payload.act.kind();
        let (number, path) = match &payload.act {
            Act::Post(text) => {
                let (id, number) = posting::post_in(tx, &mut drawn, &writer, text, false).await?;
                (number, Some(posted(tx, &mut drawn, id).await?))
            }
            Act::Contact { ad, body, shows_address } => {
                let row = readable(tx, *ad).await?;
                let said = Said { body, shows_address: *shows_address };
                let talk = talking::contact_in(tx, &mut drawn, &row, &writer, &said).await?;
                (*ad, Some(letters::talk_path(tx, &mut drawn, &row, &talk).await?))
            }
            Act::Need { ad } => {
                let row = readable(tx, *ad).await?;
                if let Some(needer) = posting::need_in(tx, &mut drawn, &row, &writer).await? {
                    leave_link(tx, &mut drawn, &row, &writer, needer).await?;
                }
                (*ad, None)
            }
            Act::Leave { ad, needer } => {
                let row = locked(tx, *ad).await?;
                posting::leave(tx, &mut drawn, row.id, *needer, writer.person).await?;
                (*ad, None)
            }
        };
        Ok(Confirmed { kind, number, path })
    }
}

/// An ad that everybody reads, locked.
async fn readable(tx: &mut Tx, number: i64) -> Result<AdRow, Failure<AdRefusal>> {
    let row = locked(tx, number).await?;
    refuse_unread(&row, false)?;
    Ok(row)
}

/// Where whoever posted an ad keeps it; a mail has another link there.
async fn posted(tx: &mut Tx, drawn: &mut Drawn, id: AdId) -> Result<String, Failure<AdRefusal>> {
    let row = ads::by_id(tx, id).await?.ok_or(Failure::NotFound)?;
    letters::kept(tx, drawn, &row).await?;
    Ok(letters::keep_path(tx, drawn, &row).await?)
}

/// The mail by which somebody takes a need back.
async fn leave_link(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    writer: &Writer,
    needer: AdNeederId,
) -> Result<(), Failure<AdRefusal>> {
    let payload = Payload::of(writer, Act::Leave { ad: row.number, needer });
    let about = (row.id.into(), writer.email_key.as_str());
    let (link, token) = link(drawn, ASKED, about, payload.write()?, LEAVE_FOR);
    links::insert(tx, &link).await?;
    let path = format!("/ad-confirm/{}", token.as_str());
    Ok(letters::need_taken(tx, drawn, writer, (row.number, &path)).await?)
}

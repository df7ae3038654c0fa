//! Conversations about an ad: each side reads the other's words and, unless they let it be seen, not their address.

use domain::{
    actor::{Action, NotAllowed},
    ads::{AdRefusal, MOST_MESSAGES, MOST_TALKS},
    ids::AdTalkId,
};
use identity::Token;
use serde_json::json;
use store::{
    Command, Tx,
    ads::{self, AdMessage, AdRow, AdTalk, Writer},
    links,
};

use super::{By, TALK, is_own, letters, locked, managing, member, reading, record, refuse_unread, said};
use crate::{Acting, Context, Failure, till::Drawn};

/// What somebody answers an ad.
pub(super) struct Said<'a> {
    /// Cleaned.
    pub body: &'a str,
    /// Whether whoever posted the ad sees their address.
    pub shows_address: bool,
}

/// Answers an ad for the organisation acted for; the number of the conversation. Errors: no right; no such ad; field `body`;
/// [`AdRefusal::Over`], [`AdRefusal::OwnAd`], [`AdRefusal::Full`].
pub async fn contact(
    ctx: &Context,
    acting: Acting,
    number: i64,
    body: &str,
    shows_address: bool,
) -> Result<i64, Failure<AdRefusal>> {
    let body = said(body).map_err(|rule| Failure::field("body", rule))?;
    let talk = ctx.db.write(Contact { acting, number, body, shows_address, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(talk)
}

struct Contact {
    acting: Acting,
    number: i64,
    body: String,
    shows_address: bool,
    drawn: Drawn,
}

impl Command for Contact {
    type Done = i64;
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<i64, Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let writer = member(tx, &self.acting, drawn.now).await?;
        let row = locked(tx, self.number).await?;
        refuse_unread(&row, true)?;
        let said = Said { body: &self.body, shows_address: self.shows_address };
        Ok(contact_in(tx, &mut drawn, &row, &writer, &said).await?.number)
    }
}

/// Begins a conversation about an ad, locked, or goes on with the one that the writer has; the poster gets a mail. What was
/// just said is not said again. Errors: as [`contact`].
pub(super) async fn contact_in(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    writer: &Writer,
    said: &Said<'_>,
) -> Result<AdTalk, Failure<AdRefusal>> {
    row.standing().answerable(drawn.now).map_err(Failure::Refused)?;
    if is_own(row, writer) {
        return Err(Failure::Refused(AdRefusal::OwnAd));
    }
    let talk = match ads::talk_of(tx, row.id, &writer.email_key).await? {
        Some(talk) => talk,
        None => {
            let id: AdTalkId = drawn.seed.id(drawn.now);
            let number = ads::insert_talk(tx, id, row.id, writer, said.shows_address, drawn.now).await?;
            if number > MOST_TALKS {
                return Err(Failure::Refused(AdRefusal::Full));
            }
            let data = json!({ "talk": number });
            record(tx, drawn, "ad_answered", (row.id, writer.person), data).await?;
            ads::talk_by_id(tx, id).await?.ok_or(Failure::NotFound)?
        }
    };
    add(tx, drawn, (row, &talk), false, said.body).await?;
    Ok(talk)
}

/// Adds a message to a conversation; the other side gets a mail.
async fn add(
    tx: &mut Tx,
    drawn: &mut Drawn,
    (row, talk): (&AdRow, &AdTalk),
    by_poster: bool,
    body: &str,
) -> Result<(), Failure<AdRefusal>> {
    let before = ads::messages(tx, talk.id, MOST_MESSAGES).await?;
    if before.last().is_some_and(|last| last.by_poster == by_poster && last.body == body) {
        return Ok(());
    }
    if talk.messages >= MOST_MESSAGES {
        return Err(Failure::Refused(AdRefusal::Full));
    }
    ads::add_message(tx, talk, by_poster, body, drawn.now).await?;
    match by_poster {
        true => letters::message_to_writer(tx, drawn, (row, talk), body).await?,
        false => letters::message_to_poster(tx, drawn, (row, talk), body).await?,
    }
    Ok(())
}

/// By what somebody takes part in a conversation.
#[derive(Clone, Debug)]
pub enum TalkBy {
    /// Whoever posted the ad, in the conversation of that number.
    Poster(By, i64),
    /// Whoever answered, by the link of a mail.
    Link(String),
    /// Somebody signed in, on either side: of the ad and the conversation of these numbers.
    Acting(Acting, i64, i64),
}

/// A conversation as one side reads it.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The ad.
    pub row: AdRow,
    /// The conversation.
    pub talk: AdTalk,
    /// Its messages, the first first.
    pub messages: Vec<AdMessage>,
    /// Whether the reader posted the ad.
    pub is_poster: bool,
    /// Whether one more may be written.
    pub open: bool,
}

/// The conversation, and whether whoever asks posted the ad. Errors: a link that is gone; no such conversation; no right.
async fn opened(
    tx: &mut Tx,
    by: &TalkBy,
    drawn: &Drawn,
) -> Result<(AdRow, AdTalk, bool), Failure<AdRefusal>> {
    match by {
        TalkBy::Poster(by, number) => {
            let (row, _) = managing::opened(tx, by, drawn.now).await?;
            let talk = ads::talk(tx, row.id, *number).await?.ok_or(Failure::NotFound)?;
            Ok((row, talk, true))
        }
        TalkBy::Link(token) => {
            let token = Token::parse(token).ok_or(Failure::NotFound)?;
            let link = links::by_token(tx, TALK, &token.hash()).await?;
            let link = link.filter(|link| link.is_open(drawn.now)).ok_or(Failure::NotFound)?;
            let talk = AdTalkId(link.subject.ok_or(Failure::NotFound)?);
            let talk = ads::talk_by_id(tx, talk).await?.ok_or(Failure::NotFound)?;
            let row = ads::by_id(tx, talk.ad).await?.ok_or(Failure::NotFound)?;
            Ok((row, talk, false))
        }
        TalkBy::Acting(acting, number, talk) => {
            let row = ads::by_number(tx, *number).await?.ok_or(Failure::NotFound)?;
            let talk = ads::talk(tx, row.id, *talk).await?.ok_or(Failure::NotFound)?;
            let reader = reading::reader(tx, Some(acting.person), drawn.now).await?;
            if reader.owns(&row) {
                return Ok((row, talk, true));
            }
            let writes = talk.person == Some(acting.person)
                || talk.organisation.is_some_and(|organisation| reader.acts_for(organisation));
            if writes { Ok((row, talk, false)) } else { Err(NotAllowed::Missing(Action::PostAd).into()) }
        }
    }
}

/// Whether a conversation goes on: not about what the administration hid, and not for ever.
fn is_open(row: &AdRow, talk: &AdTalk) -> bool {
    row.hidden_at.is_none() && talk.messages < MOST_MESSAGES
}

/// A conversation, for its page. Errors: a link that is gone; no such conversation; no right.
pub async fn talk(ctx: &Context, by: &TalkBy) -> Result<Spoken, Failure<AdRefusal>> {
    let mut tx = ctx.db.read().await?;
    let (row, talk, is_poster) = opened(&mut tx, by, &Drawn::of(ctx)).await?;
    let messages = ads::messages(&mut tx, talk.id, MOST_MESSAGES).await?;
    Ok(Spoken { open: is_open(&row, &talk), row, talk, messages, is_poster })
}

/// Answers in a conversation; the other side gets a mail. Errors: as [`talk()`]; field `body`; [`AdRefusal::Hidden`],
/// [`AdRefusal::Full`].
pub async fn reply(ctx: &Context, by: TalkBy, body: &str) -> Result<(), Failure<AdRefusal>> {
    let body = said(body).map_err(|rule| Failure::field("body", rule))?;
    ctx.db.write(Reply { by, body, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Reply {
    by: TalkBy,
    body: String,
    drawn: Drawn,
}

impl Command for Reply {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let (row, talk, is_poster) = opened(tx, &self.by, &drawn).await?;
        // What was read before the lock is read again under it.
        let row = locked(tx, row.number).await?;
        let talk = ads::talk_by_id(tx, talk.id).await?.ok_or(Failure::NotFound)?;
        if row.hidden_at.is_some() {
            return Err(Failure::Refused(AdRefusal::Hidden));
        }
        add(tx, &mut drawn, (&row, &talk), is_poster, &self.body).await
    }
}

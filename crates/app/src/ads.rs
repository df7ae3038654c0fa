//! Classified ads of the instance: requests and offers, posted for an organisation of the instance or by anybody who
//! confirms an address; answered, shared, renewed, hidden for a reason. No money passes through them.

mod asking;
pub(crate) mod ending;
mod founding;
mod letters;
mod managing;
mod moderating;
mod posting;
mod reading;
mod talking;

use domain::{
    actor::{Action, NotAllowed, Permit, Standing, permit},
    ads::{AdRefusal, AdText},
    ids::{AdId, CollectiveId, OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    people::Email,
    posting::Actor,
    text,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;
use store::{
    Tx,
    ads::{self, AdRow, Writer},
    events::Event,
    links::LinkRow,
    people, tokens,
};
use uuid::Uuid;
use words::Locale;

use crate::{Acting, Failure, people::standing_of, till::Drawn};

pub use asking::{Confirmed, Waiting, ask_contact, ask_need, ask_post, confirm, find, send_link};
pub use founding::{decline_founding, found};
pub use managing::{By, Sheet, appeal, ask_founding, edit, renew, sheet, withdraw};
pub use moderating::{Board, answer, board, hide, report, show};
pub use posting::{leave_need, post, post_example, share_need};
pub use reading::{Fitting, Listed, PAGE, Reader, Shown, fitting, list, mine, one, reader, search_words};
pub use talking::{Spoken, TalkBy, contact, reply, talk};

/// What an event of an ad is about.
const SUBJECT: &str = "ad";
/// The purpose of the link by which whoever posted an ad keeps it.
const KEEP: &str = "ad";
/// The purpose of the link by which somebody follows their conversation.
const TALK: &str = "ad_talk";
/// How long such links open: an ad may be renewed by the mail about its end, and a conversation goes on after it.
const LINK_FOR: SignedDuration = SignedDuration::from_hours(24 * 200);

/// Somebody without an account, as they say who they are.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// Their organisation, or their own name.
    pub organisation: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language of mails to them.
    pub locale: Locale,
}

impl Stranger {
    /// Who writes; what is wrong is added to `errors`. A name that reads as an address is refused: others read it in mails.
    fn checked(&self, errors: &mut Vec<FieldError>) -> Option<Writer> {
        let mut line = |field: &str, typed: &str| {
            let line = text::line(typed, text::LONGEST_NAME);
            let line = line.and_then(|line| match text::names_an_address(&line) {
                true => Err(FieldRule::NamesAnAddress),
                false => Ok(line),
            });
            line.map_err(|rule| errors.push(FieldError::new(field, rule))).ok()
        };
        let (organisation, name) = (line("organisation", &self.organisation), line("name", &self.name));
        let email = Email::parse(&self.email);
        let email = email.map_err(|rule| errors.push(FieldError::new("email", rule))).ok();
        let email = email?;
        Some(Writer {
            organisation: None,
            organisation_name: organisation?,
            person: None,
            name: name?,
            email: email.address().to_owned(),
            email_key: email.key().to_owned(),
            locale: self.locale.as_str().to_owned(),
        })
    }
}

/// The day of an instant, for what belongs to no collective.
fn day(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}

/// The earliest day that a deadline may be: today, wherever whoever writes lives.
fn first_day(now: Timestamp) -> Date {
    day(now.saturating_sub(SignedDuration::from_hours(12)).unwrap_or(now))
}

/// An ad with its texts cleaned. Errors: fields.
fn cleaned(text: AdText, now: Timestamp) -> Result<AdText, Failure<AdRefusal>> {
    text.cleaned(first_day(now)).map_err(Failure::Invalid)
}

/// A text of somebody, cleaned. Errors: `body` is missing or too long.
fn said(body: &str) -> Result<String, FieldRule> {
    let body = text::paragraphs(body, domain::ads::LONGEST_MESSAGE)?;
    if body.trim().is_empty() { Err(FieldRule::Missing) } else { Ok(body) }
}

/// The collective in which an organisation's person acts: that of the token, else the first of its collectives.
async fn place(
    tx: &mut Tx,
    acting: &Acting,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<CollectiveId, Failure<AdRefusal>> {
    if let Some(token) = acting.token {
        let token = tokens::get(tx, token).await?.ok_or(NotAllowed::TokenGone)?;
        return Ok(token.collective);
    }
    let places = ads::places(tx, acting.person, organisation, day(now), 1).await?;
    Ok(places.first().copied().ok_or(NotAllowed::NoMandate)?)
}

/// Who writes for an organisation of the instance. Errors: no right.
async fn member(tx: &mut Tx, acting: &Acting, now: Timestamp) -> Result<Writer, Failure<AdRefusal>> {
    let organisation = acting.organisation.ok_or(NotAllowed::NoMandate)?;
    let collective = place(tx, acting, organisation, now).await?;
    let collective = store::collectives::get(tx, collective).await?.ok_or(Failure::NotFound)?;
    let standing = standing_of(tx, acting, &collective, now).await?;
    permit(Action::PostAd, &standing, Some(organisation), None)?;
    let person = people::get(tx, acting.person).await?.ok_or(Failure::NotFound)?;
    let row = store::organisations::get(tx, organisation).await?.ok_or(Failure::NotFound)?;
    Ok(Writer {
        organisation: Some(organisation),
        organisation_name: row.name,
        person: Some(person.id),
        name: person.name,
        email: person.email,
        email_key: person.email_key,
        locale: person.locale,
    })
}

/// Checks that somebody may moderate ads: whoever administers the instance, never by a token. Errors: no right.
async fn moderates(tx: &mut Tx, acting: &Acting, now: Timestamp) -> Result<Permit, Failure<AdRefusal>> {
    if acting.token.is_some() {
        return Err(NotAllowed::NeverByToken.into());
    }
    let open = people::get(tx, acting.person).await?.is_some_and(|person| person.closed_at.is_none());
    let standing = Standing {
        person: acting.person,
        // The administration is the instance's, of no collective.
        collective: CollectiveId(Uuid::nil()),
        now,
        today: day(now),
        mandates: Vec::new(),
        roles: Vec::new(),
        instance_admin: open && people::is_instance_admin(tx, acting.person).await?,
        token: None,
    };
    Ok(permit(Action::ModerateAds, &standing, None, None)?)
}

/// Writes what happened to an ad, by a person or by somebody with a link.
async fn record(
    tx: &mut Tx,
    drawn: &mut Drawn,
    kind: &'static str,
    (ad, person): (AdId, Option<PersonId>),
    data: Value,
) -> store::sqlx::Result<()> {
    let actor = match person {
        Some(person) => Actor::Person(person),
        None => Actor::System { job: "ad_link", rules_version: 0 },
    };
    let event = Event {
        id: drawn.seed.id(drawn.now),
        collective: None,
        at: drawn.now,
        kind,
        actor,
        organisation: None,
        subject_kind: SUBJECT,
        subject: Some(ad.into()),
        public: false,
        data,
    };
    store::events::record(tx, &event).await
}

/// A link of a mail; the secret goes into the mail, its hash into the database.
fn link(
    drawn: &mut Drawn,
    purpose: &str,
    (subject, email_key): (Uuid, &str),
    payload: String,
    lasts: SignedDuration,
) -> (LinkRow, identity::Token) {
    let token = identity::Token::from_bytes(drawn.seed.bytes());
    let row = LinkRow {
        id: drawn.seed.id(drawn.now),
        token_hash: token.hash(),
        purpose: purpose.to_owned(),
        subject: Some(subject),
        email_key: Some(email_key.to_owned()),
        payload,
        browser_hash: None,
        code_hash: None,
        attempts: 0,
        created_at: drawn.now,
        expires_at: Some(drawn.now.saturating_add(lasts).unwrap_or(Timestamp::MAX)),
        used_at: None,
        revoked_at: None,
    };
    (row, token)
}

/// The ad of a number, locked. Errors: none such.
async fn locked(tx: &mut Tx, number: i64) -> Result<AdRow, Failure<AdRefusal>> {
    ads::lock(tx, number).await?.ok_or(Failure::NotFound)
}

/// Refuses what others than its poster do with an ad that they don't read.
fn refuse_unread(row: &AdRow, reads_all: bool) -> Result<(), Failure<AdRefusal>> {
    if row.seen == domain::ads::Seen::Members && !reads_all { Err(Failure::NotFound) } else { Ok(()) }
}

/// Whether a writer is whoever posted an ad.
fn is_own(row: &AdRow, writer: &Writer) -> bool {
    row.email_key == writer.email_key || row.organisation.is_some() && row.organisation == writer.organisation
}

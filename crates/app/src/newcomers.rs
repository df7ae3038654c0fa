//! Promising without an account: a public link, a mail that is confirmed, then one click of a steward, who makes the
//! organisation a member. Until that click there is neither a person nor an organisation: nobody votes by it, and the
//! promise binds nobody. What is asked lives in links, which expire.

mod welcoming;

use domain::{
    Money,
    actor::RoleKind,
    features::FundingRefusal,
    ids::{CollectiveId, FeatureId, LinkId},
    input::{FieldError, FieldRule},
    people::Email,
    promises::{PromiseKind, PromiseRefusal},
    text,
};
use identity::Token;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    Command, Tx,
    features::Feature,
    links::{self, LinkRow},
};
use uuid::Uuid;
use words::Locale;

pub use welcoming::{decline, welcome};

use crate::{
    Context, Failure,
    mails::{self, Letter, Post},
    promises::takes_promises,
    till::Drawn,
};

/// Links that await the click of their mail.
const ASKED: &str = "join";
/// What was confirmed and awaits a steward; its token is sent to nobody.
pub(crate) const CONFIRMED: &str = "newcomer";
/// How long a mail may be answered, and a newcomer may wait.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 14);
const CONFIRMED_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);
/// Mails that one address may have open, so that nobody's box is filled.
const MOST_ASKED: u16 = 3;
/// Newcomers that a collective may have waiting.
const MOST_WAITING: u16 = 500;

/// What somebody without an account says.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The organisation.
    pub organisation: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// How much.
    pub amount: Money,
    /// An intention or a firm promise, once they are welcome.
    pub kind: PromiseKind,
    /// The language of the mails.
    pub locale: Locale,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Payload {
    feature: FeatureId,
    organisation: String,
    name: String,
    email: String,
    amount: Money,
    firm: bool,
    locale: String,
}

impl Payload {
    fn read<R: std::fmt::Debug>(link: &LinkRow) -> Result<Self, Failure<R>> {
        serde_json::from_str(&link.payload).map_err(|error| Failure::Fault(error.to_string()))
    }
}

/// The first of the two steps: a mail goes to the address, without a word that whoever asks chose. The same is answered
/// whether or not it is known here, and a name that reads as an address is refused: stewards read it in a mail.
/// Errors: [`PromiseRefusal`]; fields `organisation`, `name`, `email`, `amount`, `kind`; no such feature.
pub async fn ask(
    context: &Context,
    feature: FeatureId,
    saying: &Saying,
) -> Result<(), Failure<PromiseRefusal>> {
    let mut errors = Vec::new();
    let mut line = |field: &str, typed: &str| {
        let line = text::line(typed, text::LONGEST_NAME);
        let line = line.and_then(|line| match text::names_an_address(&line) {
            true => Err(FieldRule::NamesAnAddress),
            false => Ok(line),
        });
        line.unwrap_or_else(|rule| {
            errors.push(FieldError::new(field, rule));
            String::new()
        })
    };
    let (organisation, name) = (line("organisation", &saying.organisation), line("name", &saying.name));
    let email = Email::parse(&saying.email).map_err(|rule| errors.push(FieldError::new("email", rule)));
    if !saying.amount.is_positive() {
        errors.push(FieldError::new("amount", FieldRule::NotPositive));
    }
    if saying.kind == PromiseKind::Conditional {
        errors.push(FieldError::new("kind", FieldRule::NotAChoice));
    }
    let (Ok(email), true) = (email, errors.is_empty()) else { return Err(Failure::Invalid(errors)) };
    let payload = Payload {
        feature,
        organisation,
        name,
        email: email.address().to_owned(),
        amount: saying.amount,
        firm: saying.kind == PromiseKind::Firm,
        locale: saying.locale.as_str().to_owned(),
    };
    let token = Token::from_bytes(context.chance.bytes());
    context.db.write(Ask { payload, email, token, drawn: Drawn::of(context) }).await?;
    context.wake_worker();
    Ok(())
}

struct Ask {
    payload: Payload,
    email: Email,
    token: Token,
    drawn: Drawn,
}

/// The feature that takes promises of its own, of whoever comes. Errors: none such, or more than it can use.
async fn open_feature(
    tx: &mut Tx,
    feature: FeatureId,
    amount: Money,
) -> Result<Feature, Failure<PromiseRefusal>> {
    let feature = store::features::by_id(tx, feature).await?.ok_or(Failure::NotFound)?;
    let pot = store::pots::by_id(tx, feature.pot).await?.ok_or(Failure::NotFound)?;
    if !takes_promises(&feature, pot.fund_mode) {
        return Err(Failure::NotFound);
    }
    let room = feature.maximum.less(feature.allocated_total);
    if amount > room {
        let why = FundingRefusal::OverMaximum { room, wanted: amount };
        return Err(Failure::Refused(why.into()));
    }
    Ok(feature)
}

/// Refuses the name of a member or of one that left, however it is spelled: whoever comes by a public link is nobody of
/// theirs.
async fn refuse_taken(
    tx: &mut Tx,
    collective: CollectiveId,
    name: &str,
    today: Date,
) -> Result<(), Failure<PromiseRefusal>> {
    match crate::members::taken(tx, collective, name, today, None).await? {
        None => Ok(()),
        Some(rule) => Err(Failure::field("organisation", rule)),
    }
}

fn link_of(
    drawn: &mut Drawn,
    token: &Token,
    (purpose, subject): (&str, Uuid),
    payload: &Payload,
    lasts: SignedDuration,
) -> Result<LinkRow, Failure<PromiseRefusal>> {
    let fault = |error: String| Failure::Fault(error);
    Ok(LinkRow {
        id: drawn.seed.id(drawn.now),
        token_hash: token.hash(),
        purpose: purpose.to_owned(),
        subject: Some(subject),
        email_key: Some(Email::key_of(&payload.email)),
        payload: serde_json::to_string(payload).map_err(|error| fault(error.to_string()))?,
        browser_hash: None,
        code_hash: None,
        attempts: 0,
        created_at: drawn.now,
        expires_at: Some(drawn.now.saturating_add(lasts).map_err(|error| fault(error.to_string()))?),
        used_at: None,
        revoked_at: None,
    })
}

impl Command for Ask {
    type Done = ();
    type Error = Failure<PromiseRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<PromiseRefusal>> {
        let mut drawn = self.drawn.clone();
        let feature = open_feature(tx, self.payload.feature, self.payload.amount).await?;
        let collective = store::collectives::get(tx, feature.collective).await?.ok_or(Failure::NotFound)?;
        refuse_taken(tx, collective.id, &self.payload.organisation, collective.day(drawn.now)).await?;
        let open = links::open_of_address(tx, self.email.key(), ASKED, drawn.now, MOST_ASKED).await?;
        if open.len() >= usize::from(MOST_ASKED) {
            return Ok(());
        }
        let about = (ASKED, feature.id.0);
        let link = link_of(&mut drawn, &self.token, about, &self.payload, ASKED_FOR)?;
        links::insert(tx, &link).await?;
        let t = mails::words_of(&self.payload.locale);
        let pot = store::pots::by_id(tx, feature.pot).await?.ok_or(Failure::NotFound)?;
        let amount = t.money(self.payload.amount, pot.currency());
        let letter = Letter::about(t.newcomer_mail_subject(&feature.title))
            .say(t.newcomer_mail_what(amount, &collective.name, &feature.title))
            .say(t.newcomer_mail_confirm())
            .at(&drawn.settings, &format!("/join/{}", self.token.as_str()))
            .say(t.newcomer_mail_not_you());
        let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &drawn.settings };
        Ok(mails::send_to_address(tx, &mut post, &self.email, &self.payload.locale, &letter).await?)
    }
}

/// What somebody said, as pages show it.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Its id.
    pub id: LinkId,
    /// The organisation.
    pub organisation: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// How much.
    pub amount: Money,
    /// Whether it is to be a firm promise.
    pub firm: bool,
    /// To which feature.
    pub feature: Feature,
    /// When.
    pub at: Timestamp,
}

async fn shown<R: std::fmt::Debug>(tx: &mut Tx, link: &LinkRow) -> Result<Newcomer, Failure<R>> {
    let payload = Payload::read(link)?;
    let feature = store::features::by_id(tx, payload.feature).await?.ok_or(Failure::NotFound)?;
    Ok(Newcomer {
        id: link.id,
        organisation: payload.organisation,
        name: payload.name,
        email: payload.email,
        amount: payload.amount,
        firm: payload.firm,
        feature,
        at: link.created_at,
    })
}

/// What the link of a mail says, for its page; looking changes nothing. Errors: [`Failure::NotFound`] where it was used
/// or is too old.
pub async fn find(context: &Context, token: &str) -> Result<Newcomer, Failure<PromiseRefusal>> {
    let token = Token::parse(token).ok_or(Failure::NotFound)?;
    let mut tx = context.db.read().await?;
    let link = links::by_token(&mut tx, ASKED, &token.hash()).await?;
    let link = link.filter(|link| link.is_open(context.now())).ok_or(Failure::NotFound)?;
    shown(&mut tx, &link).await
}

/// The second step: the address is confirmed, and the stewards are told. Errors: [`Failure::NotFound`].
pub async fn confirm(context: &Context, token: &str) -> Result<Newcomer, Failure<PromiseRefusal>> {
    let token = Token::parse(token).ok_or(Failure::NotFound)?;
    let other = Token::from_bytes(context.chance.bytes());
    let done = context.db.write(Confirm { token, other, drawn: Drawn::of(context) }).await?;
    context.wake_worker();
    Ok(done)
}

struct Confirm {
    token: Token,
    other: Token,
    drawn: Drawn,
}

impl Command for Confirm {
    type Done = Newcomer;
    type Error = Failure<PromiseRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Newcomer, Failure<PromiseRefusal>> {
        let mut drawn = self.drawn.clone();
        let link = links::lock_by_token(tx, ASKED, &self.token.hash()).await?.ok_or(Failure::NotFound)?;
        if !links::use_once(tx, link.id, drawn.now).await? {
            return Err(Failure::NotFound);
        }
        let payload = Payload::read(&link)?;
        let feature = store::features::by_id(tx, payload.feature).await?.ok_or(Failure::NotFound)?;
        let collective = store::collectives::get(tx, feature.collective).await?.ok_or(Failure::NotFound)?;
        let waiting =
            links::open_of_subject(tx, collective.id.into(), CONFIRMED, drawn.now, MOST_WAITING).await?;
        if waiting.len() >= usize::from(MOST_WAITING) {
            return Err(Failure::Busy);
        }
        let about = (CONFIRMED, collective.id.into());
        let row = link_of(&mut drawn, &self.other, about, &payload, CONFIRMED_FOR)?;
        links::insert(tx, &row).await?;
        let stewards = store::roles::holders(tx, collective.id, RoleKind::Steward, drawn.now).await?;
        let (settings, slug) = (drawn.settings.clone(), collective.slug.clone());
        let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &settings };
        mails::tell(tx, &mut post, &collective, &stewards, |t| {
            Letter::about(t.newcomer_mail_steward_subject(&payload.organisation))
                .say(t.newcomer_mail_steward(&payload.name, &payload.organisation, &feature.title))
                .at(&settings, &format!("/c/{slug}/newcomers"))
        })
        .await?;
        shown(tx, &row).await
    }
}

/// Who waits for a steward's click in a collective, newest first. The caller has asked for the permission.
pub async fn waiting(
    tx: &mut Tx,
    collective: CollectiveId,
    now: Timestamp,
) -> Result<Vec<Newcomer>, Failure<PromiseRefusal>> {
    let links = links::open_of_subject(tx, collective.into(), CONFIRMED, now, MOST_WAITING).await?;
    let mut newcomers = Vec::with_capacity(links.len());
    for link in &links {
        newcomers.push(shown(tx, link).await?);
    }
    Ok(newcomers)
}

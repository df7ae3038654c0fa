//! Tokens of the API: made by their holder on a page, shown once, kept as a hash, and never more than their holder
//! may at that moment.

use domain::{
    actor::{NotAllowed, Standing},
    ids::{CollectiveId, OrganisationId, PersonId, TokenId},
    input::{FieldError, FieldRule},
    text,
    tokens::{LIFETIMES, MOST_TOKENS, PREFIX, Scopes, TokenRefusal, USED_EVERY, ends_at},
};
use identity::Token;
use jiff::Timestamp;
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    people as persons,
    tokens::{self, NewToken, TokenRow},
};

use crate::{
    Acting, Context, Failure, Never,
    mails::{self, Letter, words_of},
    people::Hall,
    sessions::Session,
    till::{Drawn, Story},
};

/// A token as its holder wants it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// In which collective.
    pub collective: CollectiveId,
    /// For which organisation; the holder has a mandate for it there.
    pub organisation: OrganisationId,
    /// What the holder calls it.
    pub name: String,
    /// What it lets a program do.
    pub scopes: Scopes,
    /// For how many days, one of [`LIFETIMES`].
    pub days: u16,
}

/// A token that was made. Its secret is shown now and never again.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its id.
    pub id: TokenId,
    /// The secret that a program sends.
    pub secret: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Makes a token for oneself, by a fresh sign-in; a mail tells its holder. Errors: `NotFresh`, `NoMandate`,
/// [`TokenRefusal`], [`Failure::Invalid`] on `name`, `scopes` and `days`.
pub async fn make(ctx: &Context, session: &Session, wanted: Wanted) -> Result<Made, Failure<TokenRefusal>> {
    session.fresh(ctx.now())?;
    make_for(ctx, session.row.person, wanted).await
}

/// Makes a token for somebody, by whoever runs the machine. Errors: as [`make`], but for the sign-in.
pub async fn make_for(
    ctx: &Context,
    person: PersonId,
    mut wanted: Wanted,
) -> Result<Made, Failure<TokenRefusal>> {
    let mut errors = Vec::new();
    match text::line(&wanted.name, text::LONGEST_NAME) {
        Ok(name) => wanted.name = name,
        Err(rule) => errors.push(FieldError::new("name", rule)),
    }
    if wanted.scopes.is_empty() {
        errors.push(FieldError::new("scopes", FieldRule::Missing));
    }
    if !LIFETIMES.contains(&wanted.days) {
        errors.push(FieldError::new("days", FieldRule::NotAChoice));
    }
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    let token = Token::from_bytes(ctx.chance.bytes());
    let secret = format!("{PREFIX}{}", token.as_str());
    let (id, expires_at) = ctx.db.write(Make { person, wanted, token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(Made { id, secret, expires_at })
}

struct Make {
    person: PersonId,
    wanted: Wanted,
    token: Token,
    drawn: Drawn,
}

impl Command for Make {
    type Done = (TokenId, Timestamp);
    type Error = Failure<TokenRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(TokenId, Timestamp), Failure<TokenRefusal>> {
        let (wanted, now) = (&self.wanted, self.drawn.now);
        let acting = Acting::by_form(self.person, Some(wanted.organisation));
        let mut hall = Hall::open(tx, wanted.collective, &acting, &self.drawn).await?;
        let held = hall.standing.mandates.iter().find(|mandate| mandate.organisation == wanted.organisation);
        let Some(held) = held else { return Err(NotAllowed::NoMandate.into()) };
        let organisation = held.organisation;
        // Two tokens made at once by one person must not both be the last.
        persons::lock(tx, self.person).await?.ok_or(Failure::NotFound)?;
        if tokens::count(tx, self.person, now).await? >= MOST_TOKENS {
            return Err(Failure::Refused(TokenRefusal::TooMany));
        }
        let token = NewToken {
            id: hall.id(),
            token_hash: self.token.hash(),
            person: self.person,
            organisation,
            collective: wanted.collective,
            name: wanted.name.clone(),
            scopes: wanted.scopes.to_string(),
            at: now,
            expires_at: ends_at(now, wanted.days),
        };
        tokens::insert(tx, &token).await?;
        self.tell(tx, &mut hall, &token).await?;
        record(tx, &mut hall, "token_made", token.id, organisation).await?;
        Ok((token.id, token.expires_at))
    }
}

impl Make {
    async fn tell(&self, tx: &mut Tx, hall: &mut Hall, token: &NewToken) -> store::sqlx::Result<()> {
        let Some(person) = persons::get(tx, self.person).await? else { return Ok(()) };
        let t = words_of(&person.locale);
        let organisation = store::organisations::get(tx, token.organisation).await?;
        let organisation = organisation.map(|row| row.name).unwrap_or_default();
        let until = t.date(hall.collective.day(token.expires_at));
        let collective = hall.collective.name.as_str();
        let letter = Letter::about(t.mail_token_subject(&token.name))
            .say(t.mail_token_made(collective, &token.name, &organisation, until))
            .say(t.mail_token_not_me())
            .at(&self.drawn.settings, "/me/tokens");
        mails::send(tx, &mut hall.post(), &person, &letter).await
    }
}

async fn record(
    tx: &mut Tx,
    hall: &mut Hall,
    kind: &'static str,
    token: TokenId,
    organisation: OrganisationId,
) -> store::sqlx::Result<()> {
    let story = Story::new(kind, ("token", token.into()), json!({}));
    hall.record(tx, Story { organisation: Some(organisation), public: false, ..story }).await
}

/// Where somebody may have a token: a collective and one of their organisations there.
#[derive(Clone, Debug)]
pub struct Place {
    /// The collective.
    pub collective: CollectiveRow,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
}

/// Most collectives of one person that are looked at.
const MOST_COLLECTIVES: u16 = 30;

/// Where a person may have a token, by collective and organisation. Errors: faults.
pub async fn places(ctx: &Context, person: PersonId) -> Result<Vec<Place>, Failure<Never>> {
    let now = ctx.now();
    let mut tx = ctx.db.read().await?;
    let mut places = Vec::new();
    for collective in store::organisations::collectives_of(&mut tx, person, MOST_COLLECTIVES).await? {
        let today = collective.day(now);
        let held = store::standing::held(&mut tx, person, collective.id, today, now).await?;
        let mut organisations: Vec<OrganisationId> =
            held.mandates.iter().map(|mandate| mandate.organisation).collect();
        organisations.sort_unstable();
        organisations.dedup();
        for named in store::organisations::names(&mut tx, &organisations).await? {
            places.push(Place { collective: collective.clone(), organisation: named.id, name: named.name });
        }
    }
    Ok(places)
}

/// The tokens of a person that can still be used, newest first. Errors: faults.
pub async fn list(ctx: &Context, person: PersonId) -> Result<Vec<TokenRow>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let most = u16::try_from(MOST_TOKENS).unwrap_or(u16::MAX);
    Ok(tokens::of_person(&mut tx, person, ctx.now(), most).await?)
}

/// Revokes a token of a person, at once. Errors: [`Failure::NotFound`], also for one of somebody else, or revoked.
pub async fn revoke(ctx: &Context, person: PersonId, token: TokenId) -> Result<(), Failure<Never>> {
    ctx.db.write(Revoke { person, token, drawn: Drawn::of(ctx) }).await
}

struct Revoke {
    person: PersonId,
    token: TokenId,
    drawn: Drawn,
}

impl Command for Revoke {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let row = tokens::get(tx, self.token).await?.filter(|row| row.person == self.person);
        let row = row.ok_or(Failure::NotFound)?;
        // Who left the collective revokes too.
        let acting = Acting::by_form(self.person, None);
        let mut hall = Hall::open(tx, row.collective, &acting, &self.drawn).await?;
        if !tokens::revoke(tx, self.person, row.id, self.drawn.now).await? {
            return Err(Failure::NotFound);
        }
        Ok(record(tx, &mut hall, "token_revoked", row.id, row.organisation).await?)
    }
}

/// The token of a secret that a program sent, if it opens anything at all. Once an hour it writes that it was used.
/// What it opens is read again where something is written. Errors: faults.
pub async fn find(ctx: &Context, secret: &str) -> Result<Option<TokenRow>, Failure<Never>> {
    let Some(token) = secret.strip_prefix(PREFIX).and_then(Token::parse) else { return Ok(None) };
    let now = ctx.now();
    let mut tx = ctx.db.read().await?;
    let row = tokens::by_hash(&mut tx, &token.hash()).await?;
    drop(tx);
    let Some(row) = row.filter(|row| row.is_open(now)) else { return Ok(None) };
    if row.used_at.is_none_or(|used| now.duration_since(used) >= USED_EVERY) {
        ctx.db.write(Used { token: row.id, now }).await?;
    }
    Ok(Some(row))
}

struct Used {
    token: TokenId,
    now: Timestamp,
}

impl Command for Used {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let before = self.now.saturating_sub(USED_EVERY).unwrap_or(self.now);
        Ok(tokens::used(tx, self.token, self.now, before).await?)
    }
}

/// What a person holds, cut down to what a token lets through; the token is read in this transaction. Errors:
/// [`NotAllowed::TokenGone`] for one that ended or is of another collective, [`NotAllowed::NoMandate`].
pub(crate) async fn limited<R: std::fmt::Debug>(
    tx: &mut Tx,
    token: TokenId,
    acting: &Acting,
    standing: Standing,
) -> Result<Standing, Failure<R>> {
    let row = tokens::get(tx, token).await?.filter(|row| {
        row.is_open(standing.now)
            && row.person == acting.person
            && row.collective == standing.collective
            && acting.organisation == Some(row.organisation)
    });
    Ok(row.ok_or(NotAllowed::TokenGone)?.limits().limit(standing)?)
}

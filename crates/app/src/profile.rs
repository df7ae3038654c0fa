//! What a person changes about themselves: name, language, notices, password, address.

use domain::{
    ids::{CollectiveId, PersonId, RevisionId},
    input::{FieldError, FieldRule},
    people::{Email, ProfileRefusal, SIGN_IN_FOR, suspended_until},
    text,
};
use identity::{Password, PasswordError, Token};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    links::{self, LinkRow},
    people::{self, NoticePreference, PersonRow},
    revisions, sessions, tokens,
};
use words::Locale;

use crate::{
    Context, Failure, Never,
    mails::{self, Letter, Post, words_of},
    sessions::Session,
    sign_in::hash,
    till::Drawn,
};

pub(crate) const PURPOSE: &str = "email";

/// A person, for their own page. Errors: [`Failure::NotFound`].
pub async fn find(ctx: &Context, person: PersonId) -> Result<PersonRow, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    people::get(&mut tx, person).await?.ok_or(Failure::NotFound)
}

/// Changes name and language; the name before is kept, for ties to it. Errors: [`Failure::Invalid`] on `name` and `locale`.
pub async fn describe(
    ctx: &Context,
    person: PersonId,
    name: &str,
    locale: &str,
) -> Result<(), Failure<Never>> {
    let mut errors = Vec::new();
    let name =
        text::line(name, text::LONGEST_NAME).map_err(|rule| errors.push(FieldError::new("name", rule)));
    let locale = Locale::ALL.into_iter().find(|known| known.as_str() == locale);
    if locale.is_none() {
        errors.push(FieldError::new("locale", FieldRule::NotAChoice));
    }
    match (name, locale) {
        (Ok(name), Some(locale)) => {
            let now = ctx.now();
            let (locale, revision) = (locale.as_str(), ctx.seed().id(now));
            ctx.db.write(Describe { person, name, locale, revision, now }).await
        }
        _ => Err(Failure::Invalid(errors)),
    }
}

struct Describe {
    person: PersonId,
    name: String,
    locale: &'static str,
    revision: RevisionId,
    now: Timestamp,
}

impl Command for Describe {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let before = people::lock(tx, self.person).await?.ok_or(Failure::NotFound)?;
        if before.name != self.name {
            // Whoever approves payments to a name stays tied to it.
            let body = json!({ "name": before.name }).to_string();
            let (id, subject, author) = (self.revision, self.person.0, Some(self.person));
            revisions::add(tx, id, "person", subject, &body, author, self.now).await?;
        }
        Ok(people::describe(tx, self.person, &self.name, self.locale).await?)
    }
}

/// What notices are about.
pub const NOTICE_KINDS: [&str; 5] = [MONTH, "features", "money", "members", QUIET];
/// The mail of the month itself.
pub const MONTH: &str = "month";
/// The mail of a month in which nothing awaits its reader.
pub const QUIET: &str = "quiet";
/// How often they come. What needs an answer or moves a person's own money always comes at once.
pub const FREQUENCIES: [&str; 2] = ["monthly", "never"];
/// How often where nothing was chosen: one mail a month that one can act on.
pub const USUAL_FREQUENCY: &str = "monthly";

/// How often a person is told of a kind.
pub(crate) fn frequency(chosen: &[NoticePreference], kind: &str) -> &'static str {
    let chosen = chosen.iter().find(|choice| choice.kind == kind);
    let known = FREQUENCIES.into_iter().find(|known| chosen.is_some_and(|one| one.frequency == *known));
    known.unwrap_or(USUAL_FREQUENCY)
}

/// How a person is told in a collective: each kind with its frequency. Errors: faults.
pub async fn notices(
    ctx: &Context,
    person: PersonId,
    collective: CollectiveId,
) -> Result<Vec<NoticePreference>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let chosen = people::notice_preferences(&mut tx, person, collective).await?;
    let of = |kind: &&str| NoticePreference {
        kind: (*kind).to_owned(),
        frequency: frequency(&chosen, kind).to_owned(),
    };
    Ok(NOTICE_KINDS.iter().map(of).collect())
}

/// Chooses how to be told. Errors: [`Failure::Invalid`] on a kind or frequency that there isn't.
pub async fn set_notices(
    ctx: &Context,
    person: PersonId,
    collective: CollectiveId,
    choices: Vec<NoticePreference>,
) -> Result<(), Failure<Never>> {
    for choice in &choices {
        let known = NOTICE_KINDS.contains(&choice.kind.as_str());
        if !known || !FREQUENCIES.contains(&choice.frequency.as_str()) {
            return Err(Failure::field(&choice.kind, FieldRule::NotAChoice));
        }
    }
    ctx.db.write(SetNotices { person, collective, choices }).await
}

struct SetNotices {
    person: PersonId,
    collective: CollectiveId,
    choices: Vec<NoticePreference>,
}

impl Command for SetNotices {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        store::collectives::get(tx, self.collective).await?.ok_or(Failure::NotFound)?;
        for NoticePreference { kind, frequency } in &self.choices {
            people::set_notice_preference(tx, self.person, self.collective, kind, frequency).await?;
        }
        Ok(())
    }
}

/// Sets another password, or takes it away with `None`. The sign-in must be fresh. Other sessions end, authorising
/// payments waits 48 hours, a mail tells. Errors: `NotFresh`; [`Failure::Invalid`] on `password`.
pub async fn change_password(
    ctx: &Context,
    session: &Session,
    password: Option<&str>,
) -> Result<(), Failure<ProfileRefusal>> {
    session.fresh(ctx.now())?;
    let hash = match password {
        None => None,
        Some(typed) => {
            let password = Password::new(typed).map_err(|error| match error {
                PasswordError::TooShort => {
                    Failure::field("password", FieldRule::TooShort(Password::SHORTEST))
                }
                PasswordError::TooLong => Failure::field("password", FieldRule::TooLong(Password::LONGEST)),
                PasswordError::BadHash | PasswordError::Failed => Failure::Fault(error.to_string()),
            })?;
            Some(hash(ctx, password).await?)
        }
    };
    let (person, kept) = (session.row.person, session.row.token_hash);
    ctx.db.write(ChangePassword { person, kept, hash, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct ChangePassword {
    person: PersonId,
    kept: [u8; 32],
    hash: Option<String>,
    drawn: Drawn,
}

impl Command for ChangePassword {
    type Done = ();
    type Error = Failure<ProfileRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ProfileRefusal>> {
        let mut drawn = self.drawn.clone();
        let person = people::lock(tx, self.person).await?.ok_or(Failure::NotFound)?;
        let from = suspended_until(drawn.now, person.authorising_from);
        people::set_password(tx, self.person, self.hash.as_deref(), from).await?;
        sessions::end_others(tx, self.person, &self.kept).await?;
        let revoked = tokens::revoke_all(tx, self.person, drawn.now).await?;
        let t = words_of(&person.locale);
        let said = if self.hash.is_some() { t.mail_password_changed() } else { t.mail_password_removed() };
        let letter = Letter::about(t.mail_password_subject())
            .say(said)
            .say_if((revoked > 0).then(|| t.mail_tokens_revoked().to_owned()))
            .say(t.mail_suspended())
            .say(t.mail_not_me());
        let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &drawn.settings };
        Ok(mails::send(tx, &mut post, &person, &letter).await?)
    }
}

/// What the link to a new address holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAddress {
    email: String,
}

/// Asks for another address: a link goes there, and until it is used nothing changes. The sign-in must be fresh.
/// Whether somebody has that address is not said. Errors: `NotFresh`; [`Failure::Invalid`] on `email`.
pub async fn ask_new_email(
    ctx: &Context,
    session: &Session,
    email: &str,
) -> Result<(), Failure<ProfileRefusal>> {
    session.fresh(ctx.now())?;
    let email = Email::parse(email).map_err(|rule| Failure::field("email", rule))?;
    let token = Token::from_bytes(ctx.chance.bytes());
    ctx.db.write(AskNewEmail { person: session.row.person, email, token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct AskNewEmail {
    person: PersonId,
    email: Email,
    token: Token,
    drawn: Drawn,
}

impl Command for AskNewEmail {
    type Done = ();
    type Error = Failure<ProfileRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ProfileRefusal>> {
        let mut drawn = self.drawn.clone();
        let person = people::lock(tx, self.person).await?.ok_or(Failure::NotFound)?;
        links::revoke_all(tx, PURPOSE, Some(self.person.into()), drawn.now).await?;
        let payload = NewAddress { email: self.email.address().to_owned() };
        let link = LinkRow {
            id: drawn.seed.id(drawn.now),
            token_hash: self.token.hash(),
            purpose: PURPOSE.to_owned(),
            subject: Some(self.person.into()),
            email_key: Some(self.email.key().to_owned()),
            payload: serde_json::to_string(&payload).map_err(|error| Failure::Fault(error.to_string()))?,
            browser_hash: None,
            code_hash: None,
            attempts: 0,
            created_at: drawn.now,
            expires_at: drawn.now.checked_add(SIGN_IN_FOR).ok(),
            used_at: None,
            revoked_at: None,
        };
        links::insert(tx, &link).await?;
        let t = words_of(&person.locale);
        let letter = Letter::about(t.mail_email_new_subject())
            .say(t.mail_email_new())
            .at(&drawn.settings, &format!("/me/email/{}", self.token.as_str()))
            .say(t.mail_email_new_once());
        let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &drawn.settings };
        Ok(mails::send_to_address(tx, &mut post, &self.email, &person.locale, &letter).await?)
    }
}

/// Confirms the new address by its link, by the person who asked, signed in. The old address is told, other sessions
/// end, authorising payments waits 48 hours. Errors: [`ProfileRefusal::Gone`], [`ProfileRefusal::AddressTaken`].
pub async fn confirm_new_email(
    ctx: &Context,
    session: &Session,
    token: &str,
) -> Result<(), Failure<ProfileRefusal>> {
    let token = Token::parse(token).ok_or(Failure::Refused(ProfileRefusal::Gone))?;
    let (person, kept) = (session.row.person, session.row.token_hash);
    ctx.db.write(ConfirmNewEmail { person, kept, token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct ConfirmNewEmail {
    person: PersonId,
    kept: [u8; 32],
    token: Token,
    drawn: Drawn,
}

impl Command for ConfirmNewEmail {
    type Done = ();
    type Error = Failure<ProfileRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ProfileRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        let gone = || Failure::Refused(ProfileRefusal::Gone);
        let old = people::lock(tx, self.person).await?.ok_or(Failure::NotFound)?;
        let link = links::lock_by_token(tx, PURPOSE, &self.token.hash()).await?.ok_or_else(gone)?;
        let own = link.subject == Some(self.person.into());
        if !own || !links::use_once(tx, link.id, now).await? {
            return Err(gone());
        }
        let payload: NewAddress =
            serde_json::from_str(&link.payload).map_err(|error| Failure::Fault(error.to_string()))?;
        let email = Email::parse(&payload.email).map_err(|rule| Failure::field("email", rule))?;
        let from = suspended_until(now, old.authorising_from);
        if !people::set_email(tx, self.person, email.address(), email.key(), from).await? {
            return Err(Failure::Refused(ProfileRefusal::AddressTaken));
        }
        // Mails under way to the old address must not sign anybody in.
        links::revoke_for(tx, "sign_in", &old.email_key, now).await?;
        links::revoke_for(tx, crate::answers::PURPOSE, &old.email_key, now).await?;
        sessions::end_others(tx, self.person, &self.kept).await?;
        let t = words_of(&old.locale);
        let letter = Letter::about(t.mail_email_old_subject())
            .say(t.mail_email_old())
            .say(t.mail_suspended())
            .say(t.mail_not_me());
        let mut post = Post { seed: &mut drawn.seed, now, settings: &drawn.settings };
        Ok(mails::send(tx, &mut post, &old, &letter).await?)
    }
}

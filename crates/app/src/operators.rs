//! What whoever runs the machine does without the web: whoever can read the database can write it, so nothing is
//! asked here, but everything leaves an event.

use domain::{
    actor::RoleKind,
    ids::PersonId,
    input::FieldRule,
    people::{Email, suspended_until},
    posting::Actor,
};
use identity::{Password, PasswordError};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Command, Tx,
    events::{self, Event},
    people::{self, PersonRow},
    sessions, tokens,
};
use thiserror::Error;

use crate::{
    Context, Failure, Never,
    mails::{self, Letter, Post, words_of},
    sign_in::hash,
    till::Drawn,
};

/// The name of the command line in events.
pub(crate) const JOB: &str = "command_line";

/// Persons by address, after an address key; at most `limit`. Errors: faults.
pub async fn list(ctx: &Context, after: &str, limit: u16) -> Result<Vec<PersonRow>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    Ok(people::list(&mut tx, after, limit).await?)
}

/// The person of an address. Errors: [`Failure::NotFound`].
pub async fn find(ctx: &Context, email: &str) -> Result<PersonRow, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let found = people::by_email(&mut tx, &Email::key_of(email)).await?;
    found.filter(|row| !row.is_erased()).ok_or(Failure::NotFound)
}

/// What the command line does to a person.
#[derive(Clone, Debug)]
enum Act {
    SetPassword(String),
    MakeAdmin,
    EndSessions,
    Close,
}

impl Act {
    const fn kind(&self) -> &'static str {
        match self {
            Self::SetPassword(_) => "password_set",
            Self::MakeAdmin => "instance_admin_made",
            Self::EndSessions => "sessions_ended",
            Self::Close => "person_closed",
        }
    }
}

/// Sets a person's password. Their sessions end, authorising payments waits 48 hours, a mail tells them. Errors:
/// [`Failure::NotFound`]; [`Failure::Invalid`] on `password`.
pub async fn set_password(ctx: &Context, email: &str, password: &str) -> Result<(), Failure<ClosingRefusal>> {
    let password = Password::new(password).map_err(|error| match error {
        PasswordError::TooShort => Failure::field("password", FieldRule::TooShort(Password::SHORTEST)),
        PasswordError::TooLong => Failure::field("password", FieldRule::TooLong(Password::LONGEST)),
        PasswordError::BadHash | PasswordError::Failed => Failure::Fault(error.to_string()),
    })?;
    find(ctx, email).await.map_err(|failure| failure.map(|never| match never {}))?;
    let hash = hash(ctx, password).await?;
    act(ctx, email, Act::SetPassword(hash)).await
}

/// Makes a person administer the instance. Errors: [`Failure::NotFound`].
pub async fn make_admin(ctx: &Context, email: &str) -> Result<(), Failure<ClosingRefusal>> {
    act(ctx, email, Act::MakeAdmin).await
}

/// Ends all sessions of a person. Errors: [`Failure::NotFound`].
pub async fn end_sessions(ctx: &Context, email: &str) -> Result<(), Failure<ClosingRefusal>> {
    act(ctx, email, Act::EndSessions).await
}

/// Why an account isn't closed, in English for the person who runs the machine.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClosingRefusal {
    /// Nobody else administers the instance.
    #[error("nobody else administers this instance: first `popote person admin ADDRESS` for somebody else")]
    LastInstanceAdmin,
    /// Nobody else administers a collective.
    #[error("nobody else administers {0}: first let somebody else have that role, on its page of roles")]
    LastAdminOf(String),
}

async fn refuse_last(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<(), Failure<ClosingRefusal>> {
    if people::instance_admins(tx).await? == [person] {
        return Err(Failure::Refused(ClosingRefusal::LastInstanceAdmin));
    }
    match store::roles::alone_in(tx, person, RoleKind::Admin, now).await?.into_iter().next() {
        Some(collective) => Err(Failure::Refused(ClosingRefusal::LastAdminOf(collective))),
        None => Ok(()),
    }
}

/// Closes a person's account: they sign in no more and hold nothing, what they did stays. Errors:
/// [`Failure::NotFound`], [`ClosingRefusal`].
pub async fn close(ctx: &Context, email: &str) -> Result<(), Failure<ClosingRefusal>> {
    act(ctx, email, Act::Close).await
}

async fn act(ctx: &Context, email: &str, act: Act) -> Result<(), Failure<ClosingRefusal>> {
    ctx.db.write(OnPerson { email_key: Email::key_of(email), act, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct OnPerson {
    email_key: String,
    act: Act,
    drawn: Drawn,
}

impl Command for OnPerson {
    type Done = ();
    type Error = Failure<ClosingRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ClosingRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        let found = people::by_email(tx, &self.email_key).await?.filter(|row| !row.is_erased());
        let found = found.ok_or(Failure::NotFound)?;
        let person = people::lock(tx, found.id).await?.ok_or(Failure::NotFound)?;
        match &self.act {
            Act::SetPassword(hash) => {
                let from = suspended_until(now, person.authorising_from);
                people::set_password(tx, person.id, Some(hash), from).await?;
                sessions::end_all(tx, person.id).await?;
                let revoked = tokens::revoke_all(tx, person.id, now).await?;
                let t = words_of(&person.locale);
                let letter = Letter::about(t.mail_password_subject())
                    .say(t.mail_password_changed())
                    .say_if((revoked > 0).then(|| t.mail_tokens_revoked().to_owned()))
                    .say(t.mail_suspended())
                    .say(t.mail_not_me());
                let mut post = Post { seed: &mut drawn.seed, now, settings: &drawn.settings };
                mails::send(tx, &mut post, &person, &letter).await?;
            }
            Act::MakeAdmin => people::make_instance_admin(tx, person.id, now).await?,
            Act::EndSessions => sessions::end_all(tx, person.id).await?,
            Act::Close => {
                refuse_last(tx, person.id, now).await?;
                people::close(tx, person.id, now).await?;
                sessions::end_all(tx, person.id).await?;
            }
        }
        let event = Event {
            id: drawn.seed.id(now),
            collective: None,
            at: now,
            kind: self.act.kind(),
            actor: Actor::System { job: JOB, rules_version: 0 },
            organisation: None,
            subject_kind: "person",
            subject: Some(person.id.into()),
            public: false,
            data: json!({}),
        };
        Ok(events::record(tx, &event).await?)
    }
}

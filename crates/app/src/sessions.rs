//! Sessions: who is signed in, since when, for which organisation.

use domain::{
    actor::NotAllowed,
    ids::{OrganisationId, PersonId},
    people::{ENDED_SESSION_KEPT, FRESH_FOR, MOST_SESSIONS, SEEN_EVERY, SESSION_IDLE, SESSION_LONGEST},
    text,
};
use identity::Token;
use jiff::{Timestamp, tz::TimeZone};
use store::{
    Command, Tx, mandates,
    sessions::{self, NewSession, SessionRow},
};

use crate::{Acting, Context, Failure, Never};

/// Begins a session in a transaction: fresh, acting for the first organisation by name.
pub(crate) async fn begin(
    tx: &mut Tx,
    person: PersonId,
    token: &Token,
    agent: &str,
    now: Timestamp,
) -> store::sqlx::Result<()> {
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let held = mandates::of_person(tx, person, today, 1).await?;
    let session = NewSession {
        token_hash: token.hash(),
        person,
        organisation: held.first().map(|mandate| mandate.organisation),
        at: now,
        expires_at: now.saturating_add(SESSION_IDLE).unwrap_or(now),
        agent: agent.to_owned(),
    };
    sessions::insert(tx, &session).await?;
    sessions::end_oldest(tx, person, MOST_SESSIONS).await?;
    Ok(())
}

/// A session as pages use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The row, with the person's name and language and the organisation acted for.
    pub row: SessionRow,
}

impl Session {
    /// A session of somebody who has just proved who they are, as it would be read; nothing is written. Examples and
    /// tests act by it.
    #[must_use]
    pub fn begun(person: PersonId, now: Timestamp) -> Self {
        let row = SessionRow {
            token_hash: [0; 32],
            person,
            person_name: String::new(),
            locale: String::new(),
            organisation: None,
            organisation_name: None,
            created_at: now,
            fresh_at: now,
            seen_at: now,
            expires_at: now,
            agent: String::new(),
        };
        Self { row }
    }

    /// Whether an act is that of the person of this session, who proved it within the last ten minutes.
    /// Errors: [`NotAllowed`].
    pub fn proves(&self, acting: &Acting, now: Timestamp) -> Result<(), NotAllowed> {
        if acting.token.is_some() || acting.person != self.row.person {
            return Err(NotAllowed::SignedOut);
        }
        self.fresh(now)
    }

    /// Whether the person proved who they are within the last ten minutes. A clock that was set back makes no
    /// sign-in of the future fresh until then.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.row.fresh_at).abs() <= FRESH_FOR
    }

    /// The same as a check. Errors: [`NotAllowed::NotFresh`].
    pub fn fresh(&self, now: Timestamp) -> Result<(), NotAllowed> {
        if self.is_fresh(now) { Ok(()) } else { Err(NotAllowed::NotFresh) }
    }
}

/// The session of a cookie, if it holds. Once an hour it writes that it was seen. Errors: faults.
pub async fn find(ctx: &Context, token: &str) -> Result<Option<Session>, Failure<Never>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let now = ctx.now();
    let mut tx = ctx.db.read_once().await?;
    let Some(row) = sessions::get(&mut tx, &token.hash(), now).await? else { return Ok(None) };
    drop(tx);
    if now.duration_since(row.seen_at) >= SEEN_EVERY {
        let longest = row.created_at.saturating_add(SESSION_LONGEST).unwrap_or(now);
        let idle = now.saturating_add(SESSION_IDLE).unwrap_or(now);
        ctx.db.write(Seen { token_hash: row.token_hash, now, expires_at: idle.min(longest) }).await?;
    }
    Ok(Some(Session { row }))
}

/// Whose session a cookie was, if it ended within the last week: what they were writing then is kept for them until
/// they have signed in again. Errors: faults.
pub async fn ended(ctx: &Context, token: &str) -> Result<Option<PersonId>, Failure<Never>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let now = ctx.now();
    let since = now.saturating_sub(ENDED_SESSION_KEPT).unwrap_or(Timestamp::MIN);
    let mut tx = ctx.db.read_once().await?;
    Ok(sessions::ended(&mut tx, &token.hash(), since, now).await?)
}

/// Whether a session still holds: neither ended, nor too old, nor of an account that was closed. Errors: faults.
pub async fn holds(ctx: &Context, session: &Session) -> Result<bool, Failure<Never>> {
    let mut tx = ctx.db.read_once().await?;
    Ok(sessions::get(&mut tx, &session.row.token_hash, ctx.now()).await?.is_some())
}

struct Seen {
    token_hash: [u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
}

impl Command for Seen {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(sessions::seen(tx, &self.token_hash, self.now, self.expires_at).await?)
    }
}

/// The sessions of a person, the last seen first. Errors: faults.
pub async fn list(ctx: &Context, person: PersonId) -> Result<Vec<SessionRow>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    Ok(sessions::of_person(&mut tx, person, ctx.now(), 50).await?)
}

/// What to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The session of this token hash: signing out, or revoking one of the list.
    One([u8; 32]),
    /// All but the session of this token hash.
    Others([u8; 32]),
}

/// Ends sessions of a person; one that has ended already is no error. Errors: faults.
pub async fn end(ctx: &Context, person: PersonId, ending: Ending) -> Result<(), Failure<Never>> {
    ctx.db.write(End { person, ending }).await
}

struct End {
    person: PersonId,
    ending: Ending,
}

impl Command for End {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        match &self.ending {
            Ending::One(hash) => drop(sessions::end(tx, self.person, hash).await?),
            Ending::Others(kept) => drop(sessions::end_others(tx, self.person, kept).await?),
        }
        Ok(())
    }
}

/// Chooses the organisation acted for, or none. What a person may do for it is read again at each act.
/// Errors: [`NotAllowed::NoMandate`] where the person has none for it.
pub async fn act_for(
    ctx: &Context,
    session: &Session,
    organisation: Option<OrganisationId>,
) -> Result<(), Failure<Never>> {
    let row = &session.row;
    ctx.db
        .write(ActFor { token_hash: row.token_hash, person: row.person, organisation, now: ctx.now() })
        .await
}

struct ActFor {
    token_hash: [u8; 32],
    person: PersonId,
    organisation: Option<OrganisationId>,
    now: Timestamp,
}

impl Command for ActFor {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let today = self.now.to_zoned_datetime(TimeZone::UTC).date();
        let held = mandates::of_person(tx, self.person, today, 500).await?;
        let known = |organisation| held.iter().any(|mandate| mandate.organisation == organisation);
        if self.organisation.is_some_and(|organisation| !known(organisation)) {
            return Err(NotAllowed::NoMandate.into());
        }
        Ok(sessions::act_for(tx, &self.token_hash, self.organisation).await?)
    }
}

/// A browser's name for itself, in a few words that tell two devices of one person apart.
#[must_use]
pub fn agent_name(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => text::optional_line(agent.get(..40).unwrap_or(agent), 40).unwrap_or_default(),
    }
}

//! What a person may do, read in the transaction that writes; and who is told of what.

use domain::{
    actor::{Action, NotAllowed, Permit, Standing, permit},
    ids::{CollectiveId, OrganisationId, PersonId},
    posting::Actor,
    tokens::Scope,
};
use jiff::{Timestamp, civil::Date};
use store::{Tx, collectives, collectives::CollectiveRow, events, events::Event, people};
use uuid::Uuid;
use words::Words;

use crate::{
    Acting, Failure,
    mails::{self, Letter, Post},
    till::{Drawn, Story},
    tokens,
};

/// What a person holds in a collective at an instant: mandates in force that day for organisations that are
/// members that day, roles whose 48 hours are over, administration of the instance. Somebody who left holds
/// nothing. Errors: of the database; `RowNotFound` without such a collective.
pub async fn standing(
    tx: &mut Tx,
    person: PersonId,
    collective: CollectiveId,
    now: Timestamp,
) -> store::sqlx::Result<Standing> {
    let row = collectives::get(tx, collective).await?.ok_or(store::sqlx::Error::RowNotFound)?;
    standing_in(tx, person, &row, now).await
}

/// The same where the collective's row is at hand.
pub async fn standing_in(
    tx: &mut Tx,
    person: PersonId,
    collective: &CollectiveRow,
    now: Timestamp,
) -> store::sqlx::Result<Standing> {
    let today = collective.day(now);
    let held = store::standing::held(tx, person, collective.id, today, now).await?;
    Ok(Standing {
        person,
        collective: collective.id,
        now,
        today,
        mandates: held.mandates,
        roles: held.roles,
        instance_admin: held.instance_admin,
        token: None,
    })
}

/// What whoever acts holds: what the person does, cut down to what the token lets through where a program acts by one.
/// Errors: those of tokens, faults.
pub async fn standing_of<R: std::fmt::Debug>(
    tx: &mut Tx,
    acting: &Acting,
    collective: &CollectiveRow,
    now: Timestamp,
) -> Result<Standing, Failure<R>> {
    let standing = standing_in(tx, acting.person, collective, now).await?;
    match acting.token {
        None => Ok(standing),
        Some(token) => tokens::limited(tx, token, acting, standing).await,
    }
}

/// Reads what the person holds and checks one action against the table. `lead` is the organisation that leads the
/// feature concerned. Errors: [`Failure::NotAllowed`], faults.
pub async fn allowed<R: std::fmt::Debug>(
    tx: &mut Tx,
    acting: &Acting,
    collective: &CollectiveRow,
    action: Action,
    lead: Option<OrganisationId>,
    now: Timestamp,
) -> Result<Permit, Failure<R>> {
    let standing = standing_of(tx, acting, collective, now).await?;
    Ok(permit(action, &standing, acting.organisation, lead)?)
}

/// Checks that the person is part of the collective: holds a mandate or a role in it, or administers the
/// instance. What members alone may see asks for this. Errors: [`NotAllowed::NoMandate`], those of tokens.
pub fn check_member(standing: &Standing) -> Result<(), NotAllowed> {
    if let Some(token) = &standing.token {
        token.needs(Scope::Read)?;
    }
    if standing.mandates.is_empty() && standing.roles.is_empty() && !standing.instance_admin {
        Err(NotAllowed::NoMandate)
    } else {
        Ok(())
    }
}

/// A collective whose row is locked, with what commands on its people ask for.
pub struct Hall {
    /// The collective.
    pub collective: CollectiveRow,
    /// What the person holds.
    pub standing: Standing,
    /// The civil day in the collective's zone when the command was drawn.
    pub today: Date,
    /// Who writes the events: the person, unless somebody acts on their word.
    pub author: PersonId,
    /// What was drawn.
    pub drawn: Drawn,
}

impl Hall {
    /// Opens a collective for whoever acts. What they hold is read after the lock. Errors: [`Failure::NotFound`], those
    /// of tokens.
    pub async fn open<R: std::fmt::Debug>(
        tx: &mut Tx,
        collective: CollectiveId,
        acting: &Acting,
        drawn: &Drawn,
    ) -> Result<Self, Failure<R>> {
        let collective = collectives::lock(tx, collective).await?.ok_or(Failure::NotFound)?;
        let standing = standing_of(tx, acting, &collective, drawn.now).await?;
        Ok(Self { today: standing.today, collective, standing, author: acting.person, drawn: drawn.clone() })
    }

    /// Whose standing it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.standing.person
    }

    /// Checks an action. Errors: [`NotAllowed`].
    pub fn permit(&self, action: Action, organisation: Option<OrganisationId>) -> Result<Permit, NotAllowed> {
        permit(action, &self.standing, organisation, None)
    }

    /// The same for what an organisation leads: `lead` is the one.
    pub fn permit_led(
        &self,
        action: Action,
        organisation: Option<OrganisationId>,
        lead: Option<OrganisationId>,
    ) -> Result<Permit, NotAllowed> {
        permit(action, &self.standing, organisation, lead)
    }

    /// The next id of the command.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        self.drawn.seed.id(self.drawn.now)
    }

    /// What mails of this command need.
    pub fn post(&mut self) -> Post<'_> {
        Post { seed: &mut self.drawn.seed, now: self.drawn.now, settings: &self.drawn.settings }
    }

    /// Tells persons of the collective, each in their language.
    pub async fn tell(
        &mut self,
        tx: &mut Tx,
        persons: &[PersonId],
        write: impl Fn(Words) -> Letter + Send + Sync,
    ) -> store::sqlx::Result<()> {
        let mut post =
            Post { seed: &mut self.drawn.seed, now: self.drawn.now, settings: &self.drawn.settings };
        mails::tell(tx, &mut post, &self.collective, persons, write).await
    }

    /// Writes an event, by its author.
    pub async fn record(&mut self, tx: &mut Tx, story: Story) -> store::sqlx::Result<()> {
        let event = Event {
            id: self.id(),
            collective: Some(self.collective.id),
            at: self.drawn.now,
            kind: story.kind,
            actor: Actor::Person(self.author),
            organisation: story.organisation,
            subject_kind: story.subject.0,
            subject: Some(story.subject.1),
            public: story.public,
            data: story.data,
        };
        events::record(tx, &event).await
    }

    /// The name of a person for a sentence; empty for an unknown id.
    pub async fn name_of(&self, tx: &mut Tx, person: PersonId) -> store::sqlx::Result<String> {
        Ok(people::get(tx, person).await?.map(|person| person.name).unwrap_or_default())
    }
}

//! Accepting an invitation, or not.

use domain::{
    ids::{OrganisationId, PersonId},
    input::FieldRule,
    people::{Email, InvitationRefusal, MandateRefusal},
    text,
};
use identity::Token;
use serde_json::json;
use store::{
    Command, Tx, links, organisations,
    people::{self, PersonRow},
};
use words::Locale;

use super::{For, PURPOSE, Payload, Voices, may_invite, refuse_taken, taking_over};
use crate::{
    Acting, Context, Failure,
    mails::Letter,
    mandates::NewMandate,
    people::Hall,
    sessions::{agent_name, begin},
    setup::create_organisation,
    sign_in::Entered,
    till::{Drawn, Story},
};

/// What came of accepting.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The collective's name in addresses.
    pub collective: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who accepted.
    pub person: PersonId,
    /// A session for somebody who is new here; whoever has an account signs in as usual, since a link of fourteen
    /// days is no key to it.
    pub entered: Option<Entered>,
}

/// Accepts an invitation. `name` is asked of whoever is new. Errors: [`InvitationRefusal`]; [`Failure::Invalid`] on
/// `name`.
pub async fn accept(
    ctx: &Context,
    token: &str,
    name: &str,
    locale: Locale,
    agent: &str,
) -> Result<Accepted, Failure<InvitationRefusal>> {
    let token = Token::parse(token).ok_or(Failure::Refused(InvitationRefusal::Gone))?;
    let session = Token::from_bytes(ctx.chance.bytes());
    let command = Accept {
        token,
        name: text::line(name, text::LONGEST_NAME),
        locale,
        session,
        agent: agent_name(agent),
        drawn: Drawn::of(ctx),
    };
    let accepted = ctx.db.write(command).await?;
    ctx.wake_worker();
    Ok(accepted)
}

struct Accept {
    token: Token,
    /// Judged only where a name is asked for.
    name: Result<String, FieldRule>,
    locale: Locale,
    session: Token,
    agent: String,
    drawn: Drawn,
}

impl Command for Accept {
    type Done = Accepted;
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Accepted, Failure<InvitationRefusal>> {
        let gone = || Failure::Refused(InvitationRefusal::Gone);
        let link = links::lock_by_token(tx, PURPOSE, &self.token.hash()).await?.ok_or_else(gone)?;
        if !links::use_once(tx, link.id, self.drawn.now).await? {
            return Err(gone());
        }
        let payload = Payload::read(&link)?;
        let inviter = Acting::by_form(payload.inviter, None);
        let mut hall = Hall::open(tx, payload.collective, &inviter, &self.drawn).await?;
        // Whoever may no longer invite has invited nobody.
        let kind = payload.kind()?;
        let voices = may_invite(tx, &hall, &payload.organisation, kind).await.map_err(|_| gone())?;
        if !taking_over::has_words(tx, &hall, &payload, voices).await? {
            return Err(gone());
        }
        let email = Email::parse(&payload.email).map_err(|rule| Failure::field("email", rule))?;
        let known = people::by_email(tx, email.key()).await?;
        let is_new = known.is_none();
        let person = match known {
            Some(person) if person.closed_at.is_some() => return Err(gone()),
            Some(person) => person.id,
            None => self.person(tx, &mut hall, &email).await?,
        };
        hall.author = person;
        let organisation = self.organisation(tx, &mut hall, &payload, person).await?;
        let new = NewMandate { organisation, person, kind, starts_on: hall.today, ends_on: None };
        crate::mandates::insert(tx, &mut hall, &new).await.map_err(|failure| {
            failure.map(|refusal| match refusal {
                MandateRefusal::AlreadyHeld => InvitationRefusal::AlreadyHeld,
                MandateRefusal::NotAMember
                | MandateRefusal::AlreadyProposed
                | MandateRefusal::NotProposed
                | MandateRefusal::Ended
                | MandateRefusal::YoungMandate
                | MandateRefusal::LastRepresentative => InvitationRefusal::NotAMember,
            })
        })?;
        if is_new {
            begin(tx, person, &self.session, &self.agent, self.drawn.now).await?;
        }
        greet(tx, &mut hall, &payload, person, organisation).await?;
        if voices == Voices::Two {
            taking_over::tell_all(tx, &mut hall, organisation, &payload.email, "accepted").await?;
        }
        let entered = is_new.then(|| Entered { token: self.session.clone(), person, next: None });
        Ok(Accepted { collective: hall.collective.slug, organisation, person, entered })
    }
}

/// Welcomes whoever accepted, and tells whoever invited them.
async fn greet(
    tx: &mut Tx,
    hall: &mut Hall,
    payload: &Payload,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<(), Failure<InvitationRefusal>> {
    let organisation = organisations::get(tx, organisation).await?.map(|row| row.name).unwrap_or_default();
    let (name, kind) = (hall.name_of(tx, person).await?, payload.kind()?);
    let collective = hall.collective.name.clone();
    let (home, settings) = (format!("/c/{}", hall.collective.slug), hall.drawn.settings.clone());
    hall.tell(tx, &[person], |t| {
        Letter::about(t.mail_joined_subject(&collective))
            .say(t.mail_joined(&collective, &organisation))
            .say(t.mail_invitation_mandate(kind.as_str(), &organisation))
            .say(t.mail_joined_pot())
            .at(&settings, &home)
            .say(t.mail_joined_me())
            .at(&settings, "/me")
    })
    .await?;
    hall.tell(tx, &[payload.inviter], |t| {
        Letter::about(t.mail_accepted_subject(&name))
            .say(t.mail_accepted(&collective, &organisation, &name))
            .at(&settings, &format!("{home}/members"))
    })
    .await?;
    Ok(())
}

impl Accept {
    async fn person(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        email: &Email,
    ) -> Result<PersonId, Failure<InvitationRefusal>> {
        let name = self.name.clone().map_err(|rule| Failure::field("name", rule))?;
        let now = self.drawn.now;
        let person = PersonRow {
            id: hall.id(),
            name,
            email: email.address().to_owned(),
            email_key: email.key().to_owned(),
            locale: self.locale.as_str().to_owned(),
            password_hash: None,
            created_at: now,
            authorising_from: now,
            closed_at: None,
        };
        // Somebody else took the address at this very moment: trying again finds them.
        if people::insert(tx, &person).await? { Ok(person.id) } else { Err(Failure::Busy) }
    }

    async fn organisation(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        payload: &Payload,
        person: PersonId,
    ) -> Result<OrganisationId, Failure<InvitationRefusal>> {
        let name = match &payload.organisation {
            For::Member(id) => return Ok(*id),
            For::New(name) => name,
        };
        refuse_taken(tx, hall.collective.id, name, hall.today).await?;
        let organisation = create_organisation(tx, &mut hall.drawn, name).await?;
        organisations::join(tx, hall.collective.id, organisation.id, hall.today).await?;
        let data = json!({ "person": person });
        let story = Story::new("member_joined", ("organisation", organisation.id.into()), data);
        hall.record(tx, Story { organisation: Some(organisation.id), ..story }).await?;
        Ok(organisation.id)
    }
}

/// Declines an invitation by its link. Errors: [`InvitationRefusal::Gone`].
pub async fn decline(ctx: &Context, token: &str) -> Result<(), Failure<InvitationRefusal>> {
    let token = Token::parse(token).ok_or(Failure::Refused(InvitationRefusal::Gone))?;
    ctx.db.write(Decline { token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Decline {
    token: Token,
    drawn: Drawn,
}

impl Command for Decline {
    type Done = ();
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<InvitationRefusal>> {
        let gone = || Failure::Refused(InvitationRefusal::Gone);
        let link = links::lock_by_token(tx, PURPOSE, &self.token.hash()).await?.ok_or_else(gone)?;
        let now = self.drawn.now;
        if !link.is_open(now) || !links::revoke(tx, link.id, now).await? {
            return Err(gone());
        }
        let payload = Payload::read(&link)?;
        let inviter = Acting::by_form(payload.inviter, None);
        let mut hall = Hall::open(tx, payload.collective, &inviter, &self.drawn).await?;
        let organisation = match &payload.organisation {
            For::New(name) => name.clone(),
            For::Member(id) => organisations::get(tx, *id).await?.map(|row| row.name).unwrap_or_default(),
        };
        let collective = hall.collective.name.clone();
        hall.tell(tx, &[payload.inviter], |t| {
            Letter::about(t.mail_declined_subject(&payload.email)).say(t.mail_declined(
                &collective,
                &payload.email,
                &organisation,
            ))
        })
        .await?;
        Ok(())
    }
}

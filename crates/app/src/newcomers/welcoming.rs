//! What a steward answers to newcomers: they become members, or nothing was made.

use domain::{
    Money,
    actor::{Action, MandateKind},
    ids::{LinkId, OrganisationId, PersonId, PotId},
    people::Email,
    promises::{PromiseKind, PromiseOn, PromiseRefusal, PromiseWish},
};
use serde_json::json;
use store::{
    Command, Tx,
    links::{self, LinkRow},
    mandates::MandateRow,
    organisations,
    people::{self, PersonRow},
};
use uuid::Uuid;

use super::{CONFIRMED, Payload, refuse_taken};
use crate::{
    Acting, Context, Failure,
    mails::{self, Letter, Post},
    promises::promise_in,
    setup::create_organisation,
    till::{Drawn, Story, Till},
};

/// A steward makes the organisation a member, gives the confirmed address a mandate for its money, and what was promised
/// holds: where it can't be firm any more it is an intention. Errors: no right; gone.
pub async fn welcome(
    context: &Context,
    acting: Acting,
    pot: PotId,
    newcomer: LinkId,
) -> Result<OrganisationId, Failure<PromiseRefusal>> {
    let command = Welcome { acting, pot, newcomer, drawn: Drawn::of(context), others: Drawn::of(context) };
    let organisation = context.db.write(command).await?;
    context.wake_worker();
    Ok(organisation)
}

/// A steward declines; nothing was made. Errors: no right; gone.
pub async fn decline(
    context: &Context,
    acting: Acting,
    pot: PotId,
    newcomer: LinkId,
) -> Result<(), Failure<PromiseRefusal>> {
    context.db.write(Decline { acting, pot, newcomer, drawn: Drawn::of(context) }).await
}

/// The link of a newcomer of this collective, locked and open.
async fn locked(tx: &mut Tx, till: &Till, newcomer: LinkId) -> Result<LinkRow, Failure<PromiseRefusal>> {
    let link = links::lock(tx, newcomer).await?.ok_or(Failure::NotFound)?;
    let here = link.purpose == CONFIRMED && link.subject == Some(till.collective.id.into());
    if here && link.is_open(till.now) { Ok(link) } else { Err(Failure::NotFound) }
}

struct Decline {
    acting: Acting,
    pot: PotId,
    newcomer: LinkId,
    drawn: Drawn,
}

impl Command for Decline {
    type Done = ();
    type Error = Failure<PromiseRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<PromiseRefusal>> {
        let till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::StewardFeature, &self.acting, None)?;
        let link = locked(tx, &till, self.newcomer).await?;
        links::revoke(tx, link.id, till.now).await?;
        Ok(())
    }
}

struct Welcome {
    acting: Acting,
    pot: PotId,
    newcomer: LinkId,
    drawn: Drawn,
    /// Ids of who and what is made, apart from those of the till.
    others: Drawn,
}

impl Command for Welcome {
    type Done = OrganisationId;
    type Error = Failure<PromiseRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<OrganisationId, Failure<PromiseRefusal>> {
        let mut others = self.others.clone();
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::StewardFeature, &self.acting, None)?;
        let link = locked(tx, &till, self.newcomer).await?;
        links::use_once(tx, link.id, till.now).await?;
        let payload = Payload::read(&link)?;
        let collective = till.collective.id;
        store::collectives::lock(tx, collective).await?;
        refuse_taken(tx, collective, &payload.organisation, till.today).await?;
        let person = person(tx, &mut others, &payload).await?;
        let organisation = create_organisation(tx, &mut others, &payload.organisation).await?;
        organisations::join(tx, till.collective.id, organisation.id, till.today).await?;
        let mandate = MandateRow {
            id: others.seed.id(till.now),
            person,
            organisation: organisation.id,
            kind: MandateKind::Finance,
            starts_on: till.today,
            ends_on: None,
            ended_at: None,
            granted_by: till.person(),
            created_at: till.now,
        };
        store::mandates::insert(tx, &mandate).await?;
        let subject = ("organisation", organisation.id.0);
        let mut story = Story::new("member_joined", subject, json!({ "person": person }));
        story.organisation = Some(organisation.id);
        till.record(tx, story).await?;
        self.promise(tx, &mut till, organisation.id, &payload).await?;
        self.tell(tx, &mut others, &till, &payload).await?;
        Ok(organisation.id)
    }
}

impl Welcome {
    /// The promise as it was said. Nothing is written before it is refused, so that an intention takes its place.
    async fn promise(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        organisation: OrganisationId,
        payload: &Payload,
    ) -> Result<(), Failure<PromiseRefusal>> {
        let kind = if payload.firm { PromiseKind::Firm } else { PromiseKind::Intention };
        let wish = PromiseWish {
            on: PromiseOn::Feature(payload.feature),
            kind,
            seen: Money::ZERO,
            amount: payload.amount,
            subject_to: None,
        };
        match promise_in(tx, till, organisation, &wish).await {
            Err(Failure::Refused(_)) if payload.firm => {
                let wish = PromiseWish { kind: PromiseKind::Intention, ..wish };
                match promise_in(tx, till, organisation, &wish).await {
                    // The feature has ended meanwhile: they are members all the same.
                    Ok(_) | Err(Failure::Refused(_)) => Ok(()),
                    Err(failure) => Err(failure),
                }
            }
            Ok(_) | Err(Failure::Refused(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    async fn tell(
        &self,
        tx: &mut Tx,
        drawn: &mut Drawn,
        till: &Till,
        payload: &Payload,
    ) -> Result<(), Failure<PromiseRefusal>> {
        let email = Email::parse(&payload.email).map_err(|rule| Failure::field("email", rule))?;
        let feature = store::features::by_id(tx, payload.feature).await?.ok_or(Failure::NotFound)?;
        let t = mails::words_of(&payload.locale);
        let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
        let letter = Letter::about(t.newcomer_mail_welcome_subject(&till.collective.name))
            .say(t.newcomer_mail_welcome(&till.collective.name, &payload.organisation))
            .at(&drawn.settings, &path);
        let settings = drawn.settings.clone();
        let mut post = Post { seed: &mut drawn.seed, now: till.now, settings: &settings };
        Ok(mails::send_to_address(tx, &mut post, &email, &payload.locale, &letter).await?)
    }
}

/// The person of the address, whatever its capitals; somebody new has no password.
async fn person(
    tx: &mut Tx,
    drawn: &mut Drawn,
    payload: &Payload,
) -> Result<PersonId, Failure<PromiseRefusal>> {
    let email = Email::parse(&payload.email).map_err(|rule| Failure::field("email", rule))?;
    match people::by_email(tx, email.key()).await? {
        Some(person) if person.closed_at.is_some() => return Err(Failure::NotFound),
        Some(person) => return Ok(person.id),
        None => {}
    }
    let row = PersonRow {
        id: drawn.seed.id(drawn.now),
        name: payload.name.clone(),
        email: email.address().to_owned(),
        email_key: email.key().to_owned(),
        locale: payload.locale.clone(),
        password_hash: None,
        created_at: drawn.now,
        authorising_from: drawn.now,
        closed_at: None,
    };
    if people::insert(tx, &row).await? { Ok(row.id) } else { Err(Failure::Busy) }
}

//! A small collective of those who share the need of an ad: informal, each pays its part directly, one feature. One click
//! of the administration makes it.

use domain::{
    Currency,
    actor::{MandateKind, RoleKind},
    ads::{AdRefusal, LONGEST_REASON, MOST_NEEDERS},
    features::{Line, Place, Proposal, proposal::limits},
    ids::{CollectiveId, OrganisationId, PersonId},
    names::Looks,
    people::{Email, suspended_until},
    posting::Actor,
    pot::FundMode,
    rules::Template,
    text,
};
use serde_json::json;
use store::{
    Command, Tx,
    ads::{self, AdNeeder, AdRow},
    collectives::CollectiveRow,
    events::{self, Event},
    mandates::{self, MandateRow},
    organisations,
    people::{self, PersonRow},
    roles::{self, NewRole},
};

use super::{day, letters, locked, managing, moderates, record};
use crate::{
    Acting, Context, Failure,
    features::{NewFeature, propose_in},
    mails::words_of,
    pots::{self, NewPot},
    setup::{create_collective, create_organisation},
    till::{Drawn, Till},
};

/// For how long the feature gathers promises, in days.
const USUAL_DAYS: u16 = 60;
/// The time zone of a collective that is made of an ad: its administration changes it.
const ZONE: &str = "Europe/Paris";

/// Makes a collective of those who share the need of an ad, with one feature that its poster leads; each is told. The name
/// of the collective in addresses. Errors: no right; no such ad; [`AdRefusal::TooFew`], [`AdRefusal::Founded`].
pub async fn found(ctx: &Context, acting: Acting, number: i64) -> Result<String, Failure<AdRefusal>> {
    let command = Found { acting, number, drawn: Drawn::of(ctx), others: Drawn::of(ctx) };
    let slug = ctx.db.write(command).await?;
    ctx.wake_worker();
    Ok(slug)
}

/// Makes none, and tells the poster why. Errors: no right; no such ad; field `reason`.
pub async fn decline_founding(
    ctx: &Context,
    acting: Acting,
    number: i64,
    typed: &str,
) -> Result<(), Failure<AdRefusal>> {
    let reason = text::line(typed, LONGEST_REASON).map_err(|rule| Failure::field("reason", rule))?;
    ctx.db.write(Decline { acting, number, reason, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Decline {
    acting: Acting,
    number: i64,
    reason: String,
    drawn: Drawn,
}

impl Command for Decline {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let by = moderates(tx, &self.acting, drawn.now).await?.person();
        let row = locked(tx, self.number).await?;
        if row.founding_at.is_none() || row.collective.is_some() {
            return Ok(());
        }
        ads::ask_founding(tx, row.id, None).await?;
        letters::founding_declined(tx, &mut drawn, &row, &self.reason).await?;
        let data = json!({ "reason": self.reason });
        Ok(record(tx, &mut drawn, "ad_founding_declined", (row.id, Some(by)), data).await?)
    }
}

struct Found {
    acting: Acting,
    number: i64,
    drawn: Drawn,
    /// Ids of who and what is made, apart from those of the till.
    others: Drawn,
}

/// Somebody who comes in: for an organisation of the instance, or for one that is made.
struct Comer<'a> {
    organisation: Option<OrganisationId>,
    organisation_name: &'a str,
    person: Option<PersonId>,
    name: &'a str,
    email: &'a str,
    locale: &'a str,
}

impl Command for Found {
    type Done = String;
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<String, Failure<AdRefusal>> {
        let mut drawn = self.others.clone();
        let by = moderates(tx, &self.acting, drawn.now).await?.person();
        let row = locked(tx, self.number).await?;
        // Nobody is brought together who didn't ask for it.
        if row.founding_at.is_none() || row.hidden_at.is_some() || row.withdrawn_at.is_some() {
            return Err(Failure::NotFound);
        }
        let needers = ads::needers(tx, row.id, MOST_NEEDERS).await?;
        managing::foundable(&row, &needers, drawn.now)?;
        let name: String = row.title.chars().take(text::LONGEST_NAME).collect();
        let collective =
            create_collective(tx, &mut drawn, (name.trim(), &row.locale, ZONE), Template::Informal, Some(by))
                .await?;
        let poster = Comer {
            organisation: row.organisation,
            organisation_name: &row.organisation_name,
            person: row.person,
            name: &row.name,
            email: &row.email,
            locale: &row.locale,
        };
        let (lead, leader) = come(tx, &mut drawn, &collective, &poster).await?;
        give_roles(tx, &mut drawn, &collective, leader).await?;
        tell_made(tx, &mut drawn, &collective, by).await?;
        let mut members = vec![(lead, leader, Looks::of(&row.organisation_name))];
        for needer in &needers {
            let looks = Looks::of(&needer.organisation_name);
            let known = |(id, _, other): &(OrganisationId, PersonId, Looks)| {
                needer.organisation == Some(*id) || looks.like(other)
            };
            // Of two whom nobody can tell apart the first comes in; and nobody by a mandate that has ended.
            if members.iter().any(known) || !still_acts(tx, needer, &drawn).await? {
                continue;
            }
            let comer = Comer {
                organisation: needer.organisation,
                organisation_name: &needer.organisation_name,
                person: needer.person,
                name: &needer.name,
                email: &needer.email,
                locale: &needer.locale,
            };
            let (organisation, person) = come(tx, &mut drawn, &collective, &comer).await?;
            members.push((organisation, person, looks));
        }
        let number = self.propose(tx, &mut drawn, &collective, &row, &members).await?;
        ads::founded(tx, row.id, collective.id, lead, leader).await?;
        let path = format!("/c/{}/features/{number}", collective.slug);
        for (organisation, person, _) in &members {
            let name = organisations::get(tx, *organisation).await?.map(|row| row.name).unwrap_or_default();
            letters::founded(tx, &mut drawn, *person, (&collective.name, &name, &path)).await?;
        }
        let data = json!({ "collective": collective.id, "organisations": members.len() });
        record(tx, &mut drawn, "ad_founded", (row.id, Some(by)), data).await?;
        Ok(collective.slug)
    }
}

impl Found {
    /// The pot and its one feature; its number.
    async fn propose(
        &self,
        tx: &mut Tx,
        drawn: &mut Drawn,
        collective: &CollectiveRow,
        row: &AdRow,
        members: &[(OrganisationId, PersonId, Looks)],
    ) -> Result<i64, Failure<AdRefusal>> {
        let Some((lead, leader, _)) = members.first() else { return Err(Failure::NotFound) };
        let t = words_of(&row.locale);
        let pot = NewPot {
            collective: collective.id,
            slug: pots::MAIN.to_owned(),
            name: t.people_first_pot().to_owned(),
            currency: Currency::EUR,
            fund_mode: FundMode::Direct,
            host: None,
        };
        let pot = pots::create_in(tx, &mut drawn.seed, drawn.now, Actor::Person(*leader), pot).await?;
        let acting = Acting::by_form(*leader, Some(*lead));
        let mut till = Till::by_person(tx, pot.id, &acting, &self.drawn).await?;
        let proposal = proposal(row, &till, t.features_form_done_usual());
        let new = NewFeature { proposal, track: None, needs: Vec::new() };
        let feature = propose_in(tx, &mut till, *lead, Some(*leader), None, &new).await;
        let feature = feature.map_err(|failure| match failure {
            // Everything it is made of was checked when the ad was posted.
            Failure::Refused(why) => Failure::Fault(why.to_string()),
            other => other.map(|_| AdRefusal::Over),
        })?;
        for (organisation, person, _) in members.iter().skip(1) {
            store::needers::add(tx, feature.id, *organisation, "", Some(*person), till.now).await?;
        }
        Ok(feature.number)
    }
}

/// What an ad says, as the proposal of a feature.
fn proposal(row: &AdRow, till: &Till, done_when: &str) -> Proposal {
    let ad = row.text();
    let minimum = ad.least.or(ad.most).unwrap_or_default();
    let maximum = ad.most.unwrap_or(minimum);
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>().trim_end().to_owned();
    let usual = till.rules.calendar.last_day(till.today, USUAL_DAYS);
    Proposal {
        title: short(&ad.title, limits::TITLE),
        summary: short(&ad.body, limits::SUMMARY),
        description: ad.body.clone(),
        done_when: done_when.to_owned(),
        worker: String::new(),
        software: ad.software.first().cloned().unwrap_or_default(),
        discussion_url: String::new(),
        lines: vec![Line { label: short(&ad.title, limits::LABEL), minimum, maximum }],
        incomes: Vec::new(),
        closing_on: usual,
        place: Place::Outside,
    }
}

/// Whether whoever said that an organisation of the instance shares a need may still say so.
async fn still_acts(tx: &mut Tx, needer: &AdNeeder, drawn: &Drawn) -> store::sqlx::Result<bool> {
    match (needer.organisation, needer.person) {
        (None, _) => Ok(true),
        (Some(_), None) => Ok(false),
        (Some(organisation), Some(person)) => {
            Ok(!ads::places(tx, person, organisation, day(drawn.now), 1).await?.is_empty())
        }
    }
}

/// An organisation becomes a member by its person. Where it is made now they represent it: nobody else does.
async fn come(
    tx: &mut Tx,
    drawn: &mut Drawn,
    collective: &CollectiveRow,
    comer: &Comer<'_>,
) -> Result<(OrganisationId, PersonId), Failure<AdRefusal>> {
    let today = collective.day(drawn.now);
    let person = person(tx, drawn, comer).await?;
    let (organisation, is_new) = match comer.organisation {
        Some(organisation) => (organisation, false),
        None => (create_organisation(tx, drawn, comer.organisation_name).await?.id, true),
    };
    organisations::join(tx, collective.id, organisation, today).await?;
    if is_new {
        let mandate = MandateRow {
            id: drawn.seed.id(drawn.now),
            person,
            organisation,
            kind: MandateKind::Representative,
            starts_on: today,
            ends_on: None,
            ended_at: None,
            granted_by: None,
            created_at: drawn.now,
        };
        mandates::insert(tx, &mandate).await?;
    }
    let event = Event {
        id: drawn.seed.id(drawn.now),
        collective: Some(collective.id),
        at: drawn.now,
        kind: "member_joined",
        actor: Actor::Person(person),
        organisation: Some(organisation),
        subject_kind: "organisation",
        subject: Some(organisation.into()),
        public: true,
        data: json!({ "person": person }),
    };
    events::record(tx, &event).await?;
    Ok((organisation, person))
}

/// The person of an address, whatever its capitals; somebody new has no password.
async fn person(tx: &mut Tx, drawn: &mut Drawn, comer: &Comer<'_>) -> Result<PersonId, Failure<AdRefusal>> {
    if let Some(person) = comer.person {
        return Ok(person);
    }
    let email = Email::parse(comer.email).map_err(|rule| Failure::field("email", rule))?;
    match people::by_email(tx, email.key()).await? {
        Some(person) if person.closed_at.is_some() => return Err(Failure::NotFound),
        Some(person) => return Ok(person.id),
        None => {}
    }
    let row = PersonRow {
        id: drawn.seed.id(drawn.now),
        name: comer.name.to_owned(),
        email: email.address().to_owned(),
        email_key: email.key().to_owned(),
        locale: comer.locale.to_owned(),
        password_hash: None,
        created_at: drawn.now,
        authorising_from: suspended_until(drawn.now, drawn.now),
        closed_at: None,
    };
    if people::insert(tx, &row).await? { Ok(row.id) } else { Err(Failure::Busy) }
}

/// Whoever posted the ad runs the collective, as whoever sets an instance up does.
async fn give_roles(
    tx: &mut Tx,
    drawn: &mut Drawn,
    collective: &CollectiveRow,
    person: PersonId,
) -> store::sqlx::Result<()> {
    for kind in RoleKind::ALL {
        let role = NewRole {
            id: drawn.seed.id(drawn.now),
            collective: collective.id,
            person,
            kind: *kind,
            proposed_by: Some(person),
            proposed_at: drawn.now,
            effective_at: Some(drawn.now),
        };
        roles::insert(tx, &role).await?;
    }
    Ok(())
}

async fn tell_made(
    tx: &mut Tx,
    drawn: &mut Drawn,
    collective: &CollectiveRow,
    by: PersonId,
) -> store::sqlx::Result<()> {
    let id: CollectiveId = collective.id;
    let event = Event {
        id: drawn.seed.id(drawn.now),
        collective: Some(id),
        at: drawn.now,
        kind: "collective_made",
        actor: Actor::Person(by),
        organisation: None,
        subject_kind: "collective",
        subject: Some(id.into()),
        public: true,
        data: json!({ "template": Template::Informal.as_str() }),
    };
    events::record(tx, &event).await
}

//! The first run: one link, printed by the server, makes the first collective and its admin; then never again.

use domain::{
    Currency,
    actor::{MandateKind, RoleKind},
    ids::{CollectiveId, HostId, OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    people::{Email, SetupRefusal, suspended_until},
    posting::Actor,
    pot::FundMode,
    rules::Template,
    text,
};
use identity::Token;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::{
    Command, Tx,
    collectives::{self, CollectiveRow},
    events::{self, Event},
    hosts::{self, HostRow},
    instance,
    links::{self, LinkRow},
    mandates::{self, MandateRow},
    organisations::{self, OrganisationRow},
    people::{self, PersonRow},
    roles::{self, NewRole},
};
use words::{Locale, Words};

use crate::{
    Context, Failure,
    mails::{self, Letter, Post},
    pots::{self, NewPot},
    sessions::{agent_name, begin},
    sign_in::Entered,
    till::Drawn,
};

const PURPOSE: &str = "setup";
/// The fact that decides between two who set up at once.
const SET_UP: &str = "set_up";
/// How many names in addresses are tried before giving up.
const MOST_SLUGS: u32 = 1_000;

/// What the first run asks for.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Name of the collective.
    pub collective: String,
    /// Name of one's own organisation.
    pub organisation: String,
    /// One's name.
    pub name: String,
    /// One's address.
    pub email: String,
}

/// Settings of the first run that have a default.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The rules to begin with.
    pub template: Template,
    /// The language of the collective and of the first person.
    pub locale: Locale,
    /// The name of the collective's time zone.
    pub zone: String,
    /// Who holds the money of its pot, and when.
    pub fund_mode: FundMode,
}

impl Default for Choices {
    fn default() -> Self {
        let zone = "Europe/Paris".to_owned();
        Self { template: Template::Informal, locale: Locale::Fr, zone, fund_mode: FundMode::Direct }
    }
}

/// What the first run made.
#[derive(Clone, Debug)]
pub struct Founded {
    /// The collective.
    pub collective: CollectiveId,
    /// Its name in addresses.
    pub slug: String,
    /// The first organisation.
    pub organisation: OrganisationId,
    /// The first person, who administers the instance.
    pub person: PersonId,
}

/// The address to print at the start, while nobody has set the instance up; the one printed before is void.
/// Errors: faults.
pub async fn link(ctx: &Context) -> Result<Option<String>, Failure<SetupRefusal>> {
    let token = Token::from_bytes(ctx.chance.bytes());
    let url = format!("{}/setup/{}", ctx.settings.public_url, token.as_str());
    match ctx.db.write(PrintLink { token, drawn: Drawn::of(ctx) }).await {
        Ok(()) => Ok(Some(url)),
        Err(Failure::Refused(SetupRefusal::Done)) => Ok(None),
        Err(other) => Err(other),
    }
}

struct PrintLink {
    token: Token,
    drawn: Drawn,
}

impl Command for PrintLink {
    type Done = ();
    type Error = Failure<SetupRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SetupRefusal>> {
        check_new(tx).await?;
        let mut drawn = self.drawn.clone();
        links::revoke_all(tx, PURPOSE, None, drawn.now).await?;
        let link = LinkRow {
            id: drawn.seed.id(drawn.now),
            token_hash: self.token.hash(),
            purpose: PURPOSE.to_owned(),
            subject: None,
            email_key: None,
            payload: "{}".to_owned(),
            browser_hash: None,
            code_hash: None,
            attempts: 0,
            created_at: drawn.now,
            expires_at: None,
            used_at: None,
            revoked_at: None,
        };
        Ok(links::insert(tx, &link).await?)
    }
}

async fn check_new(tx: &mut Tx) -> Result<(), Failure<SetupRefusal>> {
    if people::any(tx).await? || instance::get(tx, SET_UP).await?.is_some() {
        return Err(Failure::Refused(SetupRefusal::Done));
    }
    Ok(())
}

/// Checks the link before its page is shown. Errors: [`SetupRefusal`].
pub async fn check_link(ctx: &Context, token: &str) -> Result<(), Failure<SetupRefusal>> {
    let mut tx = ctx.db.read().await?;
    check_new(&mut tx).await?;
    let wrong = || Failure::Refused(SetupRefusal::WrongLink);
    let token = Token::parse(token).ok_or_else(wrong)?;
    let link = links::by_token(&mut tx, PURPOSE, &token.hash()).await?;
    if link.is_some_and(|link| link.is_open(ctx.now())) { Ok(()) } else { Err(wrong()) }
}

/// Sets the instance up by the link that the server printed, and signs the first person in. Errors:
/// [`SetupRefusal`]; [`Failure::Invalid`] on `collective`, `organisation`, `name`, `email`.
pub async fn set_up(
    ctx: &Context,
    token: &str,
    answers: &Answers,
    choices: Choices,
    agent: &str,
) -> Result<(Founded, Entered), Failure<SetupRefusal>> {
    let link = Token::parse(token).ok_or(Failure::Refused(SetupRefusal::WrongLink))?;
    let session = Token::from_bytes(ctx.chance.bytes());
    let command = SetUp {
        link: Some(link),
        session: Some((session.clone(), agent_name(agent))),
        checked: check(answers)?,
        choices,
        drawn: Drawn::of(ctx),
    };
    let founded = ctx.db.write(command).await?;
    ctx.wake_worker();
    let entered = Entered { token: session, person: founded.person, next: None };
    Ok((founded, entered))
}

/// The same from the machine's own command line, which needs no link and signs nobody in. Errors:
/// [`SetupRefusal::Done`]; [`Failure::Invalid`].
pub async fn init(
    ctx: &Context,
    answers: &Answers,
    choices: Choices,
) -> Result<Founded, Failure<SetupRefusal>> {
    let command =
        SetUp { link: None, session: None, checked: check(answers)?, choices, drawn: Drawn::of(ctx) };
    ctx.db.write(command).await
}

struct Checked {
    collective: String,
    organisation: String,
    name: String,
    email: Email,
}

fn check(answers: &Answers) -> Result<Checked, Failure<SetupRefusal>> {
    let mut errors = Vec::new();
    let mut line = |field: &str, typed: &str| {
        text::line(typed, text::LONGEST_NAME).unwrap_or_else(|rule| {
            errors.push(FieldError::new(field, rule));
            String::new()
        })
    };
    let collective = line("collective", &answers.collective);
    let organisation = line("organisation", &answers.organisation);
    let name = line("name", &answers.name);
    match Email::parse(&answers.email) {
        Ok(email) if errors.is_empty() => Ok(Checked { collective, organisation, name, email }),
        Ok(_) => Err(Failure::Invalid(errors)),
        Err(rule) => {
            errors.push(FieldError::new("email", rule));
            Err(Failure::Invalid(errors))
        }
    }
}

struct SetUp {
    /// None on the command line.
    link: Option<Token>,
    session: Option<(Token, String)>,
    checked: Checked,
    choices: Choices,
    drawn: Drawn,
}

impl Command for SetUp {
    type Done = Founded;
    type Error = Failure<SetupRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Founded, Failure<SetupRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        check_new(tx).await?;
        if let Some(token) = &self.link {
            let link = links::lock_by_token(tx, PURPOSE, &token.hash()).await?;
            let link = link.ok_or(Failure::Refused(SetupRefusal::WrongLink))?;
            if !links::use_once(tx, link.id, now).await? {
                return Err(Failure::Refused(SetupRefusal::WrongLink));
            }
        }
        if !instance::insert(tx, SET_UP, &now.to_string()).await? {
            return Err(Failure::Refused(SetupRefusal::Done));
        }
        let founded = self.found(tx, &mut drawn).await?;
        if let Some((token, agent)) = &self.session {
            begin(tx, founded.person, token, agent, now).await?;
        }
        Ok(founded)
    }
}

impl SetUp {
    async fn found(&self, tx: &mut Tx, drawn: &mut Drawn) -> Result<Founded, Failure<SetupRefusal>> {
        let now = drawn.now;
        let person = self.person(tx, drawn).await?;
        people::make_instance_admin(tx, person.id, now).await?;
        let said =
            (self.checked.collective.as_str(), self.choices.locale.as_str(), self.choices.zone.as_str());
        let collective = create_collective(tx, drawn, said, self.choices.template, Some(person.id)).await?;
        let today = collective.day(now);
        let organisation = create_organisation(tx, drawn, &self.checked.organisation).await?;
        organisations::join(tx, collective.id, organisation.id, today).await?;
        let mandate = MandateRow {
            id: drawn.seed.id(now),
            person: person.id,
            organisation: organisation.id,
            kind: MandateKind::Representative,
            starts_on: today,
            ends_on: None,
            ended_at: None,
            granted_by: None,
            created_at: now,
        };
        mandates::insert(tx, &mandate).await?;
        for kind in RoleKind::ALL {
            let role = NewRole {
                id: drawn.seed.id(now),
                collective: collective.id,
                person: person.id,
                kind: *kind,
                proposed_by: Some(person.id),
                proposed_at: now,
                effective_at: Some(now),
            };
            roles::insert(tx, &role).await?;
        }
        let t = Words::new(self.choices.locale);
        // Nobody holds anything in a direct pot.
        let host = match self.choices.fund_mode {
            FundMode::Direct => None,
            FundMode::Pledge | FundMode::Own => {
                Some(create_host(tx, drawn, collective.id, &organisation).await?)
            }
        };
        let pot = NewPot {
            collective: collective.id,
            slug: "main".to_owned(),
            name: t.people_first_pot().to_owned(),
            currency: Currency::EUR,
            fund_mode: self.choices.fund_mode,
            host,
        };
        pots::create_in(tx, &mut drawn.seed, now, Actor::Person(person.id), pot).await?;
        self.tell(tx, drawn, &collective, &organisation, &person).await?;
        Ok(Founded {
            collective: collective.id,
            slug: collective.slug,
            organisation: organisation.id,
            person: person.id,
        })
    }

    async fn person(&self, tx: &mut Tx, drawn: &mut Drawn) -> Result<PersonRow, Failure<SetupRefusal>> {
        let now = drawn.now;
        let person = PersonRow {
            id: drawn.seed.id(now),
            name: self.checked.name.clone(),
            email: self.checked.email.address().to_owned(),
            email_key: self.checked.email.key().to_owned(),
            locale: self.choices.locale.as_str().to_owned(),
            password_hash: None,
            created_at: now,
            // The roles of the beginning record money in, and authorise no payment for 48 hours.
            authorising_from: suspended_until(now, now),
            closed_at: None,
        };
        if people::insert(tx, &person).await? {
            Ok(person)
        } else {
            Err(Failure::field("email", FieldRule::Taken))
        }
    }

    async fn tell(
        &self,
        tx: &mut Tx,
        drawn: &mut Drawn,
        collective: &CollectiveRow,
        organisation: &OrganisationRow,
        person: &PersonRow,
    ) -> Result<(), Failure<SetupRefusal>> {
        let now = drawn.now;
        for (kind, subject_kind, subject) in [
            ("collective_made", "collective", collective.id.into()),
            ("member_joined", "organisation", organisation.id.into()),
        ] {
            let event = Event {
                id: drawn.seed.id(now),
                collective: Some(collective.id),
                at: now,
                kind,
                actor: Actor::Person(person.id),
                organisation: Some(organisation.id),
                subject_kind,
                subject: Some(subject),
                public: true,
                data: json!({ "template": self.choices.template.as_str() }),
            };
            events::record(tx, &event).await?;
        }
        let t = Words::new(self.choices.locale);
        let letter = Letter::about(t.mail_welcome_subject(&collective.name))
            .say(t.mail_welcome_done(&collective.name))
            .at(&drawn.settings, &format!("/c/{}", collective.slug))
            .say(t.mail_welcome_next());
        let mut post = Post { seed: &mut drawn.seed, now, settings: &drawn.settings };
        Ok(mails::send(tx, &mut post, person, &letter).await?)
    }
}

/// Writes a collective of that name, language and time zone under the first free name in addresses, with its rules.
/// Errors: fields `zone`, `collective`.
pub(crate) async fn create_collective<R: std::fmt::Debug>(
    tx: &mut Tx,
    drawn: &mut Drawn,
    (name, locale, zone): (&str, &str, &str),
    template: Template,
    by: Option<PersonId>,
) -> Result<CollectiveRow, Failure<R>> {
    let zone = TimeZone::get(zone).map_err(|_| Failure::field("zone", FieldRule::Unknown))?;
    let base = Some(text::slug(name)).filter(|slug| !slug.is_empty());
    let mut collective = CollectiveRow {
        id: drawn.seed.id(drawn.now),
        slug: base.unwrap_or_else(|| "collectif".to_owned()),
        name: name.to_owned(),
        purpose: String::new(),
        locale: locale.to_owned(),
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        example: false,
        version: 1,
        created_at: drawn.now,
    };
    let base = collective.slug.clone();
    for number in 2..MOST_SLUGS {
        if collectives::create(tx, &collective).await? {
            collectives::put_rules(tx, collective.id, &template.rules(), drawn.now, by, "").await?;
            return Ok(collective);
        }
        collective.slug = format!("{base}-{number}");
    }
    Err(Failure::field("collective", FieldRule::Taken))
}

/// Writes an organisation under the first free name in addresses.
pub(crate) async fn create_organisation<R: std::fmt::Debug>(
    tx: &mut Tx,
    drawn: &mut Drawn,
    name: &str,
) -> Result<OrganisationRow, Failure<R>> {
    let base = Some(text::slug(name)).filter(|slug| !slug.is_empty());
    let base = base.unwrap_or_else(|| "structure".to_owned());
    let mut organisation = OrganisationRow {
        id: drawn.seed.id(drawn.now),
        slug: base.clone(),
        name: name.to_owned(),
        website: String::new(),
        siren: None,
        one_person: false,
        created_at: drawn.now,
    };
    for number in 2..MOST_SLUGS {
        if organisations::insert(tx, &organisation).await? {
            return Ok(organisation);
        }
        organisation.slug = format!("{base}-{number}");
    }
    Err(Failure::field("organisation", FieldRule::Taken))
}

/// The first host is the first organisation, with nothing more said yet.
async fn create_host(
    tx: &mut Tx,
    drawn: &mut Drawn,
    collective: CollectiveId,
    organisation: &OrganisationRow,
) -> Result<HostId, Failure<SetupRefusal>> {
    let now: Timestamp = drawn.now;
    let (id, name) = (drawn.seed.id(now), organisation.name.clone());
    let host = HostRow::named(id, collective, Some(organisation.id), name, now);
    hosts::insert(tx, &host).await?;
    Ok(host.id)
}

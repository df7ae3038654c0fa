//! A collective to begin with, written straight into the database.

use app::{Acting, Failure, Never};
use domain::{
    Seed,
    actor::{MandateKind, RoleKind},
    ids::{CollectiveId, HostId, MandateId, OrganisationId, PersonId, PotId},
    people::{Email, WAITING},
    posting::Actor,
    pot::FundMode,
    rules::Rules,
    text,
};
use jiff::Timestamp;
use store::{
    Command, Tx, collectives::CollectiveRow, events::Event, hosts::HostRow, mandates::MandateRow,
    organisations::OrganisationRow, people::PersonRow, pots::Pot, roles::NewRole,
};

use crate::World;

/// An organisation with the person who represents it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its representative.
    pub person: PersonId,
    /// Their address.
    pub email: String,
}

impl Member {
    /// The representative acts for the organisation, on a page.
    #[must_use]
    pub const fn acting(&self) -> Acting {
        Acting::by_form(self.person, Some(self.organisation))
    }
}

/// A collective with members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown {
    /// Its id.
    pub id: CollectiveId,
    /// Its name in addresses.
    pub slug: String,
    /// Its pot `main`: euros, mode `own` unless it was asked otherwise.
    pub pot: PotId,
    /// The host of that pot: the first member.
    pub host: HostId,
    /// Its members, in the order named. The representative of the first administers the instance, and is admin,
    /// steward and treasurer; the others have no role.
    pub members: Vec<Member>,
}

impl Grown {
    /// The member of that place.
    #[must_use]
    pub fn member(&self, place: usize) -> &Member {
        &self.members[place]
    }

    /// The representative of the first member acts, who holds all roles.
    #[must_use]
    pub fn admin(&self) -> Acting {
        self.members[0].acting()
    }
}

impl World {
    /// A collective under these rules, in Paris, with one organisation a name and one person each. Its slug is
    /// `chatons`, or `chatons-2` and so on for further ones.
    ///
    /// # Panics
    /// If it can't be written, or without a name.
    pub async fn collective(&self, rules: impl Into<Rules>, names: &[&str]) -> Grown {
        self.collective_with(FundMode::Own, rules, names).await
    }

    /// The same with a pot of that mode.
    ///
    /// # Panics
    /// As [`World::collective`].
    pub async fn collective_with(&self, mode: FundMode, rules: impl Into<Rules>, names: &[&str]) -> Grown {
        self.grown(mode, rules.into(), names, self.now()).await
    }

    /// A collective whose members were given their mandates 48 hours ago: they stand in for those who hold the roles.
    ///
    /// # Panics
    /// As [`World::collective`].
    pub async fn settled_collective(&self, rules: impl Into<Rules>, names: &[&str]) -> Grown {
        self.settled_collective_with(FundMode::Own, rules, names).await
    }

    /// The same with a pot of that mode.
    ///
    /// # Panics
    /// As [`World::collective`].
    pub async fn settled_collective_with(
        &self,
        mode: FundMode,
        rules: impl Into<Rules>,
        names: &[&str],
    ) -> Grown {
        let given = self.now().saturating_sub(WAITING).expect("an instant");
        self.grown(mode, rules.into(), names, given).await
    }

    async fn grown(&self, mode: FundMode, rules: Rules, names: &[&str], given: Timestamp) -> Grown {
        assert!(!names.is_empty(), "a collective has a first member");
        let mut seed = self.context.seed();
        let now = self.now();
        let members = names.iter().map(|name| Member {
            organisation: seed.id(now),
            name: (*name).to_owned(),
            person: seed.id(now),
            email: format!("{}@{}.example", "personne", text::slug(name)),
        });
        let members = members.collect();
        self.write(Grow { mode, rules, seed, now, given, members }).await
    }

    /// A member chooses whether it shows its amounts, by its person.
    ///
    /// # Panics
    /// If it may not.
    pub async fn chooses(&self, town: &Grown, place: usize, shows: bool) -> app::visibility::Chosen {
        let member = town.member(place);
        let (acting, organisation) = (member.acting(), member.organisation);
        let chosen = app::visibility::choose(&self.context, acting, town.id, organisation, shows);
        chosen.await.expect("its person chooses")
    }

    /// Somebody who represents an organisation gives a mandate, and its holder accepts it.
    ///
    /// # Panics
    /// If they may not, or the person holds it already.
    pub async fn mandate(&self, town: &Grown, giver: Acting, new: app::mandates::NewMandate) -> MandateId {
        let given = app::mandates::give(&self.context, giver, town.id, new).await.expect("they may");
        if given.proposed {
            let holder = Acting::by_form(new.person, None);
            app::mandates::accept(&self.context, holder, given.id).await.expect("they are asked");
        }
        given.id
    }

    /// A person holds a role from now on, without proposal nor delay.
    ///
    /// # Panics
    /// If they hold it already.
    pub async fn grant(&self, town: &Grown, person: PersonId, kind: RoleKind) {
        let now = self.now();
        let role = NewRole {
            id: self.context.seed().id(now),
            collective: town.id,
            person,
            kind,
            proposed_by: None,
            proposed_at: now,
            effective_at: Some(now),
        };
        self.write(Grant(role)).await;
    }
}

struct Grant(NewRole);

impl Command for Grant {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        assert!(store::roles::insert(tx, &self.0).await?, "they hold it already");
        Ok(())
    }
}

struct Grow {
    mode: FundMode,
    rules: Rules,
    seed: Seed,
    now: Timestamp,
    /// When the mandates were given.
    given: Timestamp,
    members: Vec<Member>,
}

impl Grow {
    async fn member(
        &self,
        tx: &mut Tx,
        seed: &mut Seed,
        collective: &CollectiveRow,
        member: &Member,
    ) -> Wrote {
        let today = collective.day(self.now);
        let email = Email::parse(&member.email).map_err(|rule| Failure::field("email", rule))?;
        let organisation = OrganisationRow {
            id: member.organisation,
            slug: text::slug(&member.name),
            name: member.name.clone(),
            website: String::new(),
            siren: None,
            one_person: false,
            created_at: self.now,
        };
        if !store::organisations::insert(tx, &organisation).await? {
            return Err(Failure::Fault(format!("the slug of {} is taken", member.name)));
        }
        store::organisations::join(tx, collective.id, member.organisation, today).await?;
        let person = PersonRow {
            id: member.person,
            name: format!("Personne de {}", member.name),
            email: email.address().to_owned(),
            email_key: email.key().to_owned(),
            locale: "fr".to_owned(),
            password_hash: None,
            created_at: self.now,
            authorising_from: self.now,
            closed_at: None,
        };
        store::people::insert(tx, &person).await?;
        let mandate = MandateRow {
            id: seed.id(self.now),
            person: member.person,
            organisation: member.organisation,
            kind: MandateKind::Representative,
            starts_on: today,
            ends_on: None,
            ended_at: None,
            granted_by: None,
            created_at: self.given,
        };
        store::mandates::insert(tx, &mandate).await?;
        Ok(())
    }

    async fn pot(
        &self,
        tx: &mut Tx,
        seed: &mut Seed,
        collective: CollectiveId,
    ) -> Result<(PotId, HostId), Failure<Never>> {
        let first = &self.members[0];
        let (id, name) = (seed.id(self.now), first.name.clone());
        let host = HostRow::named(id, collective, Some(first.organisation), name, self.now);
        store::hosts::insert(tx, &host).await?;
        let pot = Pot {
            id: seed.id(self.now),
            collective,
            slug: "main".to_owned(),
            name: "Pot commun".to_owned(),
            currency: "EUR".to_owned(),
            exponent: 2,
            fund_mode: self.mode,
            host: (self.mode != FundMode::Direct).then_some(host.id),
            bank_account: seed.id(self.now),
            created_at: self.now,
        };
        store::pots::create(tx, &pot).await?;
        Ok((pot.id, host.id))
    }
}

type Wrote = Result<(), Failure<Never>>;

impl Command for Grow {
    type Done = Grown;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Grown, Failure<Never>> {
        let mut seed = self.seed.clone();
        let mut collective = CollectiveRow {
            id: seed.id(self.now),
            slug: "chatons".to_owned(),
            name: "CHATONS".to_owned(),
            purpose: String::new(),
            locale: "fr".to_owned(),
            zone: "Europe/Paris".to_owned(),
            example: false,
            version: 1,
            created_at: self.now,
        };
        let mut number = 1;
        while !store::collectives::create(tx, &collective).await? {
            number += 1;
            collective.slug = format!("chatons-{number}");
        }
        store::collectives::put_rules(tx, collective.id, &self.rules, self.now, None, "").await?;
        for member in &self.members {
            self.member(tx, &mut seed, &collective, member).await?;
        }
        let first = self.members[0].person;
        store::people::make_instance_admin(tx, first, self.now).await?;
        for kind in RoleKind::ALL {
            let role = NewRole {
                id: seed.id(self.now),
                collective: collective.id,
                person: first,
                kind: *kind,
                proposed_by: None,
                proposed_at: self.now,
                effective_at: Some(self.now),
            };
            store::roles::insert(tx, &role).await?;
        }
        let (pot, host) = self.pot(tx, &mut seed, collective.id).await?;
        let event = Event {
            id: seed.id(self.now),
            collective: Some(collective.id),
            at: self.now,
            kind: "collective_made",
            actor: Actor::Person(first),
            organisation: None,
            subject_kind: "collective",
            subject: Some(collective.id.into()),
            public: true,
            data: store::events::no_data(),
        };
        store::events::record(tx, &event).await?;
        Ok(Grown { id: collective.id, slug: collective.slug, pot, host, members: self.members.clone() })
    }
}

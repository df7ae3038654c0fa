//! What a money command works with: the locked pot, the rules, the civil day, who acts.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{
    Book, Draft, Seed,
    actor::{Action, NotAllowed, Permit, Standing, permit},
    ids::{FeatureId, OrganisationId, PersonId, PotId},
    posting::{Actor, Posted},
    rules::Rules,
    visibility::Eyes,
};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use store::{
    Tx,
    collectives::CollectiveRow,
    events::Event,
    journal::{Batch, LockedPot},
};
use uuid::Uuid;

use words::Words;

use crate::{
    acting::Acting,
    context::{Context, Settings},
    error::Failure,
    journal,
    mails::{self, Letter, Post},
    people, visibility,
};

/// What is drawn before a command runs, so that running it again writes the same.
#[derive(Clone)]
pub struct Drawn {
    /// Chance.
    pub seed: Seed,
    /// Now.
    pub now: Timestamp,
    /// The instance's settings, for the addresses in mails.
    pub settings: Arc<Settings>,
}

impl Drawn {
    /// Draws for one command.
    #[must_use]
    pub fn of(context: &Context) -> Self {
        Self { seed: context.seed(), now: context.now(), settings: context.settings.clone() }
    }

    /// The same for several pots of one command, each with a chance of its own.
    pub fn parted(self) -> impl Iterator<Item = Self> + Send {
        let Self { mut seed, now, settings } = self;
        std::iter::from_fn(move || {
            Some(Self { seed: Seed::new(seed.bytes()), now, settings: settings.clone() })
        })
    }
}

/// A pot whose heads are locked, with everything that its commands ask for.
pub struct Till {
    /// The locked pot.
    pub locked: LockedPot,
    /// Its collective.
    pub collective: CollectiveRow,
    /// The rules in force.
    pub rules: Rules,
    /// Their version.
    pub rules_version: i64,
    /// The civil day in the collective's zone when the command was drawn.
    pub today: Date,
    /// When the command was drawn.
    pub now: Timestamp,
    /// Who posts.
    pub actor: Actor,
    /// The ids and salts of the command.
    pub seed: Seed,
    /// The instance's settings.
    pub settings: Arc<Settings>,
    standing: Option<Standing>,
    gathering: Option<Gathering>,
    counter: Option<Arc<AtomicU64>>,
}

/// What an import has posted and not written yet.
struct Gathering {
    postings: Batch,
    /// What was added to what lies on features, or taken from it.
    totals: BTreeMap<FeatureId, i64>,
}

impl Till {
    /// Opens a pot for whoever acts. What they hold is read after the lock. Errors: [`Failure::NotFound`], those of
    /// tokens.
    pub async fn by_person<R: std::fmt::Debug>(
        tx: &mut Tx,
        pot: PotId,
        acting: &Acting,
        drawn: &Drawn,
    ) -> Result<Self, Failure<R>> {
        let mut till = Self::open(tx, pot, Actor::Person(acting.person), drawn).await?;
        till.standing = Some(people::standing_of(tx, acting, &till.collective, till.now).await?);
        Ok(till)
    }

    /// Counts what is posted from now on, for whoever waits for it.
    pub fn counted_by(&mut self, counter: Arc<AtomicU64>) {
        self.counter = Some(counter);
    }

    /// Opens a pot for a job of that name. Errors: [`Failure::NotFound`].
    pub async fn by_job<R: std::fmt::Debug>(
        tx: &mut Tx,
        pot: PotId,
        job: &'static str,
        drawn: &Drawn,
    ) -> Result<Self, Failure<R>> {
        let mut till = Self::open(tx, pot, Actor::System { job, rules_version: 0 }, drawn).await?;
        till.actor = Actor::System { job, rules_version: till.rules_version };
        Ok(till)
    }

    async fn open<R: std::fmt::Debug>(
        tx: &mut Tx,
        pot: PotId,
        actor: Actor,
        drawn: &Drawn,
    ) -> Result<Self, Failure<R>> {
        let locked = store::journal::lock_pot(tx, pot).await?.ok_or(Failure::NotFound)?;
        let ruled = store::collectives::ruled(tx, locked.pot.collective).await?;
        let (collective, rules_version, rules) = ruled.ok_or(Failure::NotFound)?;
        Ok(Self {
            today: collective.day(drawn.now),
            locked,
            collective,
            rules,
            rules_version,
            now: drawn.now,
            actor,
            seed: drawn.seed.clone(),
            settings: drawn.settings.clone(),
            standing: None,
            gathering: None,
            counter: None,
        })
    }

    /// The pot's id.
    #[must_use]
    pub const fn pot(&self) -> PotId {
        self.locked.pot.id
    }

    /// The person who acts; none for a job.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self.actor {
            Actor::Person(person) => Some(person),
            Actor::System { .. } => None,
        }
    }

    /// Checks an action of the person. A job holds nothing. Errors: [`NotAllowed`].
    pub fn permit(
        &self,
        action: Action,
        acting: &Acting,
        lead: Option<OrganisationId>,
    ) -> Result<Permit, NotAllowed> {
        let standing = self.standing.as_ref().ok_or(NotAllowed::SignedOut)?;
        permit(action, standing, acting.organisation, lead)
    }

    /// What the person holds; none for a job.
    #[must_use]
    pub const fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    /// The next id of the command.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        self.seed.id(self.now)
    }

    /// Queues a letter to each of these persons. Errors: faults only.
    pub(crate) async fn tell<R: std::fmt::Debug>(
        &mut self,
        tx: &mut Tx,
        readers: &[PersonId],
        write: impl Fn(Words) -> Letter + Send + Sync,
    ) -> Result<(), Failure<R>> {
        let mut post = Post { seed: &mut self.seed, now: self.now, settings: &self.settings };
        Ok(mails::tell(tx, &mut post, &self.collective, readers, write).await?)
    }

    /// Posts a draft. Errors: faults only; what a person may not do was refused before.
    pub async fn post<R: std::fmt::Debug>(
        &mut self,
        tx: &mut Tx,
        draft: Draft,
    ) -> Result<Posted, Failure<R>> {
        if let Some(counter) = &self.counter {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let Some(gathering) = &mut self.gathering else {
            let posted = journal::post(tx, &mut self.locked, &mut self.seed, self.now, draft, "").await?;
            self.welcome(tx).await?;
            return Ok(posted);
        };
        let posted =
            gathering.postings.add(tx, &mut self.locked, &mut self.seed, self.now, draft, "").await?;
        if gathering.postings.is_full() {
            self.settle(tx).await?;
        }
        Ok(posted)
    }

    /// Adds to what lies on a feature, or takes from it. Errors: faults.
    pub async fn add_to_total(
        &mut self,
        tx: &mut Tx,
        feature: FeatureId,
        by: i64,
    ) -> store::sqlx::Result<()> {
        match &mut self.gathering {
            Some(gathering) => {
                *gathering.totals.entry(feature).or_default() += by;
                Ok(())
            }
            None => store::features::add_to_total(tx, feature, by).await,
        }
    }

    /// From now on postings of received money are gathered and written many at a time, for an import of thousands:
    /// until [`settle`](Self::settle) the database knows nothing of the last ones. Errors: faults.
    pub async fn gather(&mut self, tx: &mut Tx) -> store::sqlx::Result<()> {
        let postings = Batch::of_all(tx, &self.locked, Book::Cash).await?;
        self.gathering = Some(Gathering { postings, totals: BTreeMap::new() });
        Ok(())
    }

    /// Writes what was gathered; without a [`gather`](Self::gather) before there is nothing. Errors: faults.
    pub async fn settle(&mut self, tx: &mut Tx) -> store::sqlx::Result<()> {
        let Some(gathering) = &mut self.gathering else { return Ok(()) };
        gathering.postings.write(tx, &self.locked).await?;
        for (feature, by) in std::mem::take(&mut gathering.totals) {
            store::features::add_to_total(tx, feature, by).await?;
        }
        self.welcome(tx).await
    }

    /// Takes in the organisations that have money here since the last time.
    async fn welcome(&mut self, tx: &mut Tx) -> store::sqlx::Result<()> {
        let new = self.locked.take_newcomers();
        visibility::welcome(tx, self.collective.id, self.rules.amounts, &new, self.now).await
    }

    /// Writes what was gathered, and from now on each posting at once again. Errors: faults.
    pub async fn end_gathering(&mut self, tx: &mut Tx) -> store::sqlx::Result<()> {
        self.settle(tx).await?;
        self.gathering = None;
        Ok(())
    }

    /// Whether everybody may be told what an organisation paid, or put on a feature.
    pub async fn is_told(
        &self,
        tx: &mut Tx,
        organisation: OrganisationId,
        feature: Option<FeatureId>,
    ) -> store::sqlx::Result<bool> {
        let collective = self.collective.id;
        let veil = visibility::veil(tx, collective, Eyes::stranger(self.rules.amounts)).await?;
        let veil = visibility::know(tx, collective, &veil, [(organisation, feature)]).await?;
        Ok(match feature {
            Some(feature) => veil.tells_on(organisation, feature),
            None => veil.tells(organisation),
        })
    }

    /// Writes an event of the pot's collective, by whoever acts. Call it after everything is locked.
    pub async fn record<R: std::fmt::Debug>(&mut self, tx: &mut Tx, story: Story) -> Result<(), Failure<R>> {
        let event = Event {
            id: self.id(),
            collective: Some(self.collective.id),
            at: self.now,
            kind: story.kind,
            actor: self.actor.clone(),
            organisation: story.organisation,
            subject_kind: story.subject.0,
            subject: Some(story.subject.1),
            public: story.public,
            data: story.data,
        };
        Ok(store::events::record(tx, &event).await?)
    }
}

/// What an event tells.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its name, in the past tense.
    pub kind: &'static str,
    /// What it happened to: the kind of thing, and which one.
    pub subject: (&'static str, Uuid),
    /// For or to which organisation.
    pub organisation: Option<OrganisationId>,
    /// Whether everybody may read it.
    pub public: bool,
    /// Figures and words that its sentence needs.
    pub data: Value,
}

impl Story {
    /// A story that everybody may read.
    #[must_use]
    pub const fn new(kind: &'static str, subject: (&'static str, Uuid), data: Value) -> Self {
        Self { kind, subject, organisation: None, public: true, data }
    }
}

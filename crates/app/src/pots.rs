//! Pots: making one, and what each money command opens first.

use domain::{
    Currency,
    actor::{Action, NotAllowed, Permit, Standing, permit},
    ids::{CollectiveId, HostId, OrganisationId, PotId},
    posting::Actor,
    pot::FundMode,
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use store::{Tx, collectives::CollectiveRow, events::Event, journal::LockedPot, pots::Pot};

use crate::{acting::Acting, error::Failure};

/// A pot to be made.
#[derive(Clone, Debug)]
pub struct NewPot {
    /// Its collective.
    pub collective: CollectiveId,
    /// Its short name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// Who holds the money, and when.
    pub fund_mode: FundMode,
    /// The host, if somebody holds the money.
    pub host: Option<HostId>,
}

/// Makes a pot inside a transaction, with its event.
pub async fn create_in(
    tx: &mut Tx,
    seed: &mut domain::Seed,
    now: Timestamp,
    actor: Actor,
    new: NewPot,
) -> store::sqlx::Result<Pot> {
    let pot = Pot {
        id: seed.id(now),
        collective: new.collective,
        slug: new.slug,
        name: new.name,
        currency: new.currency.code().to_owned(),
        exponent: new.currency.exponent(),
        fund_mode: new.fund_mode,
        host: new.host,
        bank_account: seed.id(now),
        created_at: now,
    };
    store::pots::create(tx, &pot).await?;
    let event = Event {
        id: seed.id(now),
        collective: Some(pot.collective),
        at: now,
        kind: "pot_created",
        actor,
        organisation: None,
        subject_kind: "pot",
        subject: Some(pot.id.0),
        public: true,
        data: json!({ "name": pot.name, "fund_mode": pot.fund_mode.as_str() }),
    };
    store::events::record(tx, &event).await?;
    Ok(pot)
}

/// A pot opened by a money command: its heads are locked, and who acts was read after that.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The locked pot.
    pub locked: LockedPot,
    /// Its collective.
    pub collective: CollectiveRow,
    /// The civil day in the collective's zone.
    pub today: Date,
    /// What the person holds.
    pub standing: Standing,
    now: Timestamp,
}

impl Opened {
    /// The pot.
    #[must_use]
    pub const fn pot(&self) -> &Pot {
        &self.locked.pot
    }

    /// Checks an action of the person, for the organisation acted for. Errors: [`NotAllowed`].
    pub fn permit(
        &self,
        action: Action,
        acting: &Acting,
        lead: Option<OrganisationId>,
    ) -> Result<Permit, NotAllowed> {
        permit(action, &self.standing, acting.organisation, lead)
    }

    /// An event of this pot's collective, by the person, about the pot itself; set what differs.
    #[must_use]
    pub fn event(&self, seed: &mut domain::Seed, kind: &'static str, data: serde_json::Value) -> Event {
        Event {
            id: seed.id(self.now),
            collective: Some(self.collective.id),
            at: self.now,
            kind,
            actor: Actor::Person(self.standing.person),
            organisation: None,
            subject_kind: "pot",
            subject: Some(self.pot().id.0),
            public: true,
            data,
        }
    }
}

/// Locks a pot and reads who acts. Errors: [`Failure::NotFound`] if there is no such pot.
pub async fn open<R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: PotId,
    acting: &Acting,
    now: Timestamp,
) -> Result<Opened, Failure<R>> {
    let locked = store::journal::lock_pot(tx, pot).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(tx, locked.pot.collective).await?.ok_or(Failure::NotFound)?;
    let today = collective.day(now);
    let standing = crate::people::standing(tx, acting.person, collective.id, now).await?;
    Ok(Opened { locked, collective, today, standing, now })
}

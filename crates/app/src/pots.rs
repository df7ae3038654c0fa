//! Pots: making one.

use domain::{
    Currency,
    ids::{CollectiveId, HostId},
    posting::Actor,
    pot::FundMode,
};
use jiff::Timestamp;
use serde_json::json;
use store::{Tx, events::Event, pots::Pot};

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

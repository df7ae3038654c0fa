//! Pots: making one, and changing how it holds money while nothing is posted.

use domain::{
    Currency,
    actor::Action,
    ids::{CollectiveId, HostId, PotId},
    posting::Actor,
    pot::{FundMode, ModeRefusal},
};
use jiff::Timestamp;
use serde_json::json;
use store::{Command, Tx, events::Event, hosts::HostRow, pots::Pot};
use uuid::Uuid;

use crate::{
    Acting, Context, Failure,
    people::Hall,
    till::{Drawn, Story},
};

/// The short name of the pot that stands for the whole collective.
pub(crate) const MAIN: &str = "main";

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

/// Changes who holds the money of a pot, and when, while nothing is written in its accounts. Where somebody is to hold
/// it and no host is named yet, it is the organisation acted for. `seen` is the mode that was shown, if one was. Asks for the
/// collective's administration. Errors: [`ModeRefusal`]; no right; no such pot; [`Failure::Stale`] where it is another by now.
pub async fn change_mode(
    context: &Context,
    acting: Acting,
    pot: PotId,
    seen: Option<FundMode>,
    mode: FundMode,
) -> Result<(), Failure<ModeRefusal>> {
    context.db.write(ChangeMode { acting, pot, seen, mode, drawn: Drawn::of(context) }).await
}

/// Whether a pot may still change how it holds money: nothing is posted in it.
pub async fn is_unposted(tx: &mut Tx, pot: PotId) -> store::sqlx::Result<bool> {
    Ok(store::views::heads(tx, pot).await?.iter().all(|head| head.seq == 0))
}

struct ChangeMode {
    acting: Acting,
    pot: PotId,
    seen: Option<FundMode>,
    mode: FundMode,
    drawn: Drawn,
}

impl Command for ChangeMode {
    type Done = ();
    type Error = Failure<ModeRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ModeRefusal>> {
        let locked = store::journal::lock_pot(tx, self.pot).await?.ok_or(Failure::NotFound)?;
        let pot = locked.pot;
        let mut hall = Hall::open(tx, pot.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::EditCollective, self.acting.organisation)?;
        if pot.fund_mode == self.mode {
            return Ok(());
        }
        if self.seen.is_some_and(|seen| seen != pot.fund_mode) {
            return Err(Failure::Stale);
        }
        if !is_unposted(tx, self.pot).await? {
            return Err(Failure::Refused(ModeRefusal::Posted));
        }
        store::pots::set_mode(tx, pot.id, self.mode).await?;
        if self.mode != FundMode::Direct && pot.host.is_none() {
            let host = self.host(tx, &mut hall, &pot).await?;
            store::pots::set_host(tx, pot.id, host).await?;
        }
        let story = Story::new("fund_mode_changed", ("pot", pot.id.0), json!({ "mode": self.mode.as_str() }));
        Ok(hall.record(tx, story).await?)
    }
}

impl ChangeMode {
    /// A host of which nothing more than its name is said yet.
    async fn host(&self, tx: &mut Tx, hall: &mut Hall, pot: &Pot) -> Result<HostId, Failure<ModeRefusal>> {
        let organisation = match self.acting.organisation {
            Some(organisation) => store::organisations::get(tx, organisation).await?,
            None => None,
        };
        let id = organisation.as_ref().map(|row| row.id);
        let name = organisation.map_or_else(|| hall.collective.name.clone(), |row| row.name);
        let row = HostRow::named(hall.id(), pot.collective, id, name, self.drawn.now);
        store::hosts::insert(tx, &row).await?;
        Ok(row.id)
    }
}

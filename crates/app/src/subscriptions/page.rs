//! What the pages of subscriptions show.

use std::collections::BTreeMap;

use domain::{
    Money,
    actor::{Action, Standing, permit},
    fund_calls::CallAmounts,
    ids::{OrganisationId, SubscriptionId},
};
use jiff::civil::Date;
use store::{
    Tx,
    hosts::HostRow,
    pots::Pot,
    subscriptions::{AgreedBy, Owed, Subscription, SubscriptionCall},
};

use super::calling::{amounts_of, settled};

/// Subscriptions on one page of a table.
pub const PAGE: i64 = 200;

/// What an organisation subscribed, was called for and paid.
#[derive(Clone, Debug, Default)]
pub struct Dues {
    /// Its subscriptions, the oldest first.
    pub subscriptions: Vec<Subscription>,
    /// The one that goes on, or will; else none.
    pub current: Option<Subscription>,
    /// Who agreed on the terms of that.
    pub agreed: Option<AgreedBy>,
    /// What it was called for, the oldest first, each with what is paid of it.
    pub calls: Vec<(SubscriptionCall, CallAmounts)>,
    /// What was paid beyond all that was called.
    pub ahead: Money,
}

impl Dues {
    /// What is still to be paid.
    #[must_use]
    pub fn rest(&self) -> Money {
        Money::sum(self.calls.iter().map(|(_, amounts)| amounts.rest())).unwrap_or_default()
    }

    /// What is late on a day.
    #[must_use]
    pub fn late(&self, today: Date) -> Money {
        let late = self.calls.iter().filter(|(call, _)| call.due_on < today);
        Money::sum(late.map(|(_, amounts)| amounts.rest())).unwrap_or_default()
    }
}

/// What an organisation subscribed, was called for and paid into a pot.
pub async fn dues(tx: &mut Tx, pot: &Pot, organisation: OrganisationId) -> store::sqlx::Result<Dues> {
    let subscriptions = store::subscriptions::of_organisation(tx, pot.id, organisation).await?;
    if subscriptions.is_empty() {
        return Ok(Dues::default());
    }
    let (calls, ahead) = settled(tx, pot.id, organisation).await?;
    let current = subscriptions.iter().find(|one| one.over_at.is_none()).cloned();
    let agreed = match &current {
        Some(current) => store::subscriptions::agreed_by(tx, current.id).await?,
        None => None,
    };
    Ok(Dues { subscriptions, current, agreed, calls, ahead })
}

/// A call with what belongs to it.
#[derive(Clone, Debug)]
pub struct CallPage {
    /// The call.
    pub call: SubscriptionCall,
    /// What of it is paid.
    pub amounts: CallAmounts,
    /// The organisation.
    pub organisation: String,
    /// Its name in addresses.
    pub slug: String,
    /// Who is paid.
    pub host: Option<HostRow>,
}

/// The call of that number in a pot.
pub async fn call_page(tx: &mut Tx, pot: &Pot, number: i64) -> store::sqlx::Result<Option<CallPage>> {
    let Some(call) = store::subscriptions::call_by_number(tx, pot.id, number).await? else { return Ok(None) };
    let amounts = amounts_of(tx, &call).await?;
    let organisation = store::organisations::get(tx, call.organisation).await?;
    let (organisation, slug) = organisation.map(|row| (row.name, row.slug)).unwrap_or_default();
    let host = match pot.host {
        Some(host) => store::hosts::get(tx, host).await?,
        None => None,
    };
    Ok(Some(CallPage { call, amounts, organisation, slug, host }))
}

/// Whether somebody sees the subscription of an organisation: its own people, and those who keep the accounts.
#[must_use]
pub fn may_see(standing: &Standing, organisation: OrganisationId) -> bool {
    permit(Action::RecordMoney, standing, None, None).is_ok()
        || standing.mandates.iter().any(|one| one.organisation == organisation)
}

/// A line of the treasurer's table.
#[derive(Clone, Debug)]
pub struct Line {
    /// The subscription.
    pub subscription: Subscription,
    /// The organisation.
    pub organisation: String,
    /// Its name in addresses.
    pub slug: String,
    /// What it owes and paid, over all its subscriptions.
    pub owed: Owed,
}

/// Subscriptions into a pot, those that go on and those that are over.
pub async fn table(
    tx: &mut Tx,
    pot: &Pot,
    after: Option<SubscriptionId>,
    limit: i64,
    today: Date,
) -> store::sqlx::Result<Vec<Line>> {
    let subscriptions = store::subscriptions::of_pot(tx, pot.id, after, limit).await?;
    let ids: Vec<OrganisationId> = subscriptions.iter().map(|one| one.organisation).collect();
    let names = store::organisations::names(tx, &ids).await?;
    let names: BTreeMap<OrganisationId, (String, String)> =
        names.into_iter().map(|row| (row.id, (row.name, row.slug))).collect();
    let owed = store::subscriptions::owed_in(tx, pot.id, today).await?;
    let line = |subscription: Subscription| {
        let (organisation, slug) = names.get(&subscription.organisation).cloned().unwrap_or_default();
        let owed = owed.get(&subscription.organisation).copied().unwrap_or_default();
        Line { subscription, organisation, slug, owed }
    };
    Ok(subscriptions.into_iter().map(line).collect())
}

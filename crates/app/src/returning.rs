//! What returns when a feature ends, and to whom: told before it is done, and when it is.

use domain::{
    Account, AccountKind, Book, Money, Transfer,
    features::State,
    shares::returns::{Bound, Departed, Trigger, Whose, release_all},
};
use serde::{Deserialize, Serialize};
use store::{Tx, features::Feature, journal::Of, pots::Pot};

/// What returns from a feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    /// To the organisations that had put it there.
    pub organisations: Money,
    /// To the funds of the gifts that it came from.
    pub funds: Money,
    /// To where the departure of those who left sends it.
    pub left: Money,
}

impl Returning {
    /// What these transfers return.
    #[must_use]
    pub fn of(transfers: &[Transfer]) -> Self {
        let sum = |goes: fn(AccountKind) -> bool| {
            let there = transfers.iter().filter(|transfer| goes(transfer.to.kind()));
            Money::sum(there.map(|transfer| transfer.amount)).unwrap_or_default()
        };
        Self {
            organisations: sum(|to| matches!(to, AccountKind::Share | AccountKind::Pool)),
            funds: sum(|to| to == AccountKind::Gift),
            left: sum(|to| matches!(to, AccountKind::PoolCommon | AccountKind::RefundDue)),
        }
    }
}

impl Returning {
    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = |one, other| Money::sum([one, other]).unwrap_or(one);
        Self {
            organisations: sum(self.organisations, other.organisations),
            funds: sum(self.funds, other.funds),
            left: sum(self.left, other.left),
        }
    }
}

/// The organisations that left the collective, with where their own money goes.
pub(crate) async fn departed(tx: &mut Tx, pot: &Pot) -> store::sqlx::Result<Departed> {
    let rows = store::departures::departed(tx, pot.collective).await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row.own_to)).collect())
}

/// What would return if this feature ended now.
pub async fn if_ended(tx: &mut Tx, pot: &Pot, feature: &Feature) -> store::sqlx::Result<Returning> {
    Ok(transfers_if_ended(tx, pot, feature).await?.1)
}

/// The transfers that would return money if this feature ended now, and what all of it sums up to.
pub(crate) async fn transfers_if_ended(
    tx: &mut Tx,
    pot: &Pot,
    feature: &Feature,
) -> store::sqlx::Result<(Vec<Transfer>, Returning)> {
    let (kind, when) = match feature.state {
        State::Funding => (AccountKind::Allocated, Trigger::Before),
        _ if pot.fund_mode.is_promised() => (AccountKind::Reserved, Trigger::AfterPledge),
        _ => (AccountKind::Reserved, Trigger::After),
    };
    let held = store::journal::balances(tx, feature.pot, Book::Cash, Of::Feature(feature.id)).await?;
    let held: Vec<Bound> =
        held.into_iter().filter_map(|(account, amount)| bound(kind, account, amount)).collect();
    let transfers = release_all(feature.id, when, &held, &departed(tx, pot).await?);
    let returning = Returning::of(&transfers);
    // What is promised and not paid lies in no account of money, and returns to whoever promised it.
    if feature.state == State::Funding {
        let elsewhere = Money::sum([returning.funds, returning.left]).unwrap_or_default();
        let organisations = feature.allocated_total.less(elsewhere);
        return Ok((transfers, Returning { organisations, ..returning }));
    }
    let calls = store::fund_calls::sums_of_feature(tx, feature.id).await?;
    let awaited = calls.called.less(calls.received);
    let organisations = Money::sum([returning.organisations, awaited]).unwrap_or_default();
    Ok((transfers, Returning { organisations, ..returning }))
}

fn bound(kind: AccountKind, account: Account, amount: Money) -> Option<Bound> {
    let whose = Whose::on(&account)?;
    (account.kind() == kind).then_some(Bound { whose, amount })
}

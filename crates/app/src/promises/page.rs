//! What pages of direct and pledge pots show of promises: received, firm and intended are three amounts.

use std::collections::BTreeMap;

use domain::{
    Money,
    features::FundingRefusal,
    ids::{FeatureId, OrganisationId},
    pot::FundMode,
    promises::{PromiseOn, PromiseRule},
    rules::Rules,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    features::Feature,
    fund_calls::{Listed, Which},
    promises::Promise,
    rounds::Round,
};

use crate::{features::page::funding_of, visibility::Sight};

/// Calls of one organisation for one feature that its page shows.
const SHOWN: i64 = 50;

/// The three amounts of a feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// What is there, or paid to whoever does the work.
    pub received: Money,
    /// Promised firmly, not received.
    pub firm: Money,
    /// Said, and counted for nothing.
    pub hoped: Money,
}

/// The amounts of features with what counts for each in all, as somebody sees them. In a pot that is paid in advance all
/// that counts is received. What strangers see where somebody hides stands still, and tells no intentions.
pub async fn levels(
    tx: &mut Tx,
    mode: FundMode,
    totals: &[(FeatureId, Money)],
    sight: &Sight,
) -> store::sqlx::Result<BTreeMap<FeatureId, Levels>> {
    if !mode.is_promised() {
        let all = |(feature, total): &(FeatureId, Money)| {
            (*feature, Levels { received: *total, ..Levels::default() })
        };
        return Ok(totals.iter().map(all).collect());
    }
    let ids: Vec<FeatureId> = totals.iter().map(|(feature, _)| *feature).collect();
    let until = sight.past.until();
    let received = store::promised::received(tx, mode, &ids, until.unwrap_or(Timestamp::MAX)).await?;
    let hoped = match until {
        None => store::promised::hoped(tx, &ids).await?,
        Some(_) => BTreeMap::new(),
    };
    let of = |amounts: &BTreeMap<FeatureId, Money>, feature| {
        amounts.get(feature).copied().unwrap_or_default().max(Money::ZERO)
    };
    Ok(totals
        .iter()
        .map(|(feature, total)| {
            let received = of(&received, feature).min(*total);
            (*feature, Levels { received, firm: total.less(received), hoped: of(&hoped, feature) })
        })
        .collect())
}

/// What the organisation that a person acts for has to do with a feature that takes promises.
#[derive(Clone, Debug)]
pub struct MyPromise {
    /// The promise that stands, if it made one and didn't take it back.
    pub promise: Option<Promise>,
    /// The most that it could promise firmly today.
    pub most: Money,
    /// Why nothing firm moves today, if nothing does.
    pub closed: Option<FundingRefusal>,
    /// What it is called for, newest first.
    pub calls: Vec<Listed>,
}

impl MyPromise {
    /// What is firm.
    #[must_use]
    pub fn firm(&self) -> Money {
        self.promise.as_ref().map(|promise| promise.firm).unwrap_or_default()
    }
}

/// What an organisation may promise to a feature today.
pub async fn mine(
    tx: &mut Tx,
    feature: &Feature,
    round: Option<&Round>,
    rules: &Rules,
    organisation: OrganisationId,
    today: Date,
) -> store::sqlx::Result<MyPromise> {
    let on = PromiseOn::Feature(feature.id);
    let promise = store::promises::of(tx, on, organisation).await?;
    let promise = promise.filter(|promise| promise.amount.is_positive());
    let firm = promise.as_ref().map(|promise| promise.firm).unwrap_or_default();
    let funding = funding_of(feature, round, rules);
    let most = firm.plus(funding.room()).unwrap_or(firm);
    let most = funding.cap.map_or(most, |cap| most.min(cap.max(firm)));
    let calls = match feature.state.is_triggered() || feature.state.is_end() {
        true => store::fund_calls::list(tx, Which::Feature(feature.id), i64::MAX, SHOWN).await?,
        false => Vec::new(),
    };
    let calls = calls.into_iter().filter(|call| call.organisation == organisation).collect();
    Ok(MyPromise { promise, most, closed: funding.open(today).err(), calls })
}

/// What an organisation promised for a round, and whether it may still be changed.
#[derive(Clone, Debug)]
pub struct MyRoundPromise {
    /// The promise that stands.
    pub promise: Option<Promise>,
    /// Whether the promises of a shared round are shared out: they stand until it closes.
    pub shared_out: bool,
}

/// What an organisation promised for a round. `distributed`: whether the round has its distribution.
pub async fn mine_for_round(
    tx: &mut Tx,
    round: &Round,
    distributed: bool,
    organisation: OrganisationId,
) -> store::sqlx::Result<MyRoundPromise> {
    let promise = store::promises::of(tx, PromiseOn::Round(round.id), organisation).await?;
    let promise = promise.filter(|promise| promise.amount.is_positive());
    Ok(MyRoundPromise { promise, shared_out: distributed && round.promises == PromiseRule::Shared })
}

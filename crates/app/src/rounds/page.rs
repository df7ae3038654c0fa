//! What the page of a round shows: the share of the organisation acted for, by part, and the features to fund.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Money, Source,
    ids::{FeatureId, GiftFundId, OrganisationId, PotId, RoundId},
    pot::FundMode,
    shares::purse::Held,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    features::lists::{self, Card},
    journal::Of,
    rounds::{Round, RoundShare, Since},
};

use crate::past::Past;

/// Features on the page of a round.
pub const MOST_FEATURES: i64 = 300;

/// The page of a round, the same for every visitor who sees up to the same instant.
#[derive(Clone, Debug)]
pub struct RoundPage {
    /// The round.
    pub round: Round,
    /// Whether its money is shared out.
    pub distributed: bool,
    /// The features of the round that were ever open for money and, while it is open, those outside rounds that can be funded today.
    pub features: Vec<Card>,
    /// What was put, while it was open, on features that are funded outside rounds.
    pub outside: Money,
    /// Once it is closed: what was added to its features since, and what left them, as far as it is seen.
    pub since: Since,
}

impl RoundPage {
    /// Whether the round isn't closed.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.round.closed_at.is_none()
    }

    /// What lies on its features; of a round that is closed, what lay there at its close.
    #[must_use]
    pub fn put(&self) -> Money {
        // Features of earlier rounds that still take additions have their money from those.
        let of_round = self.features.iter().filter(|card| card.round == Some(self.round.id));
        let there = Money::sum(of_round.map(|card| card.allocated_total)).unwrap_or_default();
        there.plus(self.since.gone).unwrap_or(there).less(self.since.added)
    }

    /// Its features that were funded; of a round that is closed, before its close.
    pub fn funded(&self) -> impl Iterator<Item = &Card> {
        let last = self.round.closed_at.unwrap_or(Timestamp::MAX);
        self.features.iter().filter(move |card| card.funded_at.is_some_and(|at| at <= last))
    }
}

/// The page of the round of that number, as it was.
pub async fn page(
    tx: &mut Tx,
    pot: PotId,
    number: i64,
    today: Date,
    past: &Past,
) -> store::sqlx::Result<Option<RoundPage>> {
    let Some(round) = store::rounds::by_number(tx, pot, number).await? else { return Ok(None) };
    let distributed = store::views::distribution_of(tx, pot, round.id).await?.is_some();
    let mut features = match round.closed_at {
        None => lists::of_open_round(tx, pot, round.id, today, MOST_FEATURES).await?,
        Some(_) => lists::funded_in(tx, round.id, MOST_FEATURES).await?,
    };
    past.cards(&mut features);
    let last = [round.closed_at, past.until()].into_iter().flatten().min().unwrap_or(Timestamp::MAX);
    let outside = store::rounds::put_outside(tx, pot, round.created_at, last).await?;
    let since = match round.closed_at {
        None => Since::default(),
        Some(at) => {
            let ends = (past.last(Book::Cash), past.last(Book::Promises));
            store::rounds::moved_since(tx, round.id, at, ends).await?
        }
    };
    Ok(Some(RoundPage { round, distributed, features, outside, since }))
}

/// What an organisation holds in a pot, by source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// What it paid in and was not shared out.
    pub pool: Money,
    /// What is left of its share.
    pub share: Vec<Held>,
    /// What it has on features, free or bound.
    pub on: BTreeMap<FeatureId, Vec<Held>>,
}

impl Holdings {
    /// What is left of its share, of all sources.
    #[must_use]
    pub fn left(&self) -> Money {
        Money::sum(self.share.iter().map(|held| held.amount)).unwrap_or_default()
    }

    /// What is left of its share of one sort: own, pooled, or any gift.
    #[must_use]
    pub fn left_of(&self, sort: impl Fn(Source) -> bool) -> Money {
        let held = self.share.iter().filter(|held| sort(held.source));
        Money::sum(held.map(|held| held.amount)).unwrap_or_default()
    }

    /// What is left of its share that may reach one feature alone, by the title of that feature.
    pub async fn earmarked(&self, tx: &mut Tx) -> store::sqlx::Result<Vec<(String, Money)>> {
        let mut sums: BTreeMap<FeatureId, Money> = BTreeMap::new();
        for held in self.share.iter().filter(|held| held.amount.is_positive()) {
            let Some(feature) = held.earmark else { continue };
            let sum = sums.entry(feature).or_default();
            *sum = sum.plus(held.amount).unwrap_or(*sum);
        }
        let ids: Vec<FeatureId> = sums.keys().copied().collect();
        let names = store::views::feature_names(tx, &ids).await?;
        Ok(names.into_iter().map(|row| (row.title, sums.remove(&row.id).unwrap_or_default())).collect())
    }

    /// What it has on a feature.
    #[must_use]
    pub fn on(&self, feature: FeatureId) -> Money {
        let held = self.on.get(&feature).map(Vec::as_slice).unwrap_or_default();
        Money::sum(held.iter().map(|held| held.amount)).unwrap_or_default()
    }
}

/// The holdings that balances of one organisation's accounts make.
#[must_use]
pub fn held_by(balances: &[(Account, Money)], earmarks: &BTreeMap<GiftFundId, FeatureId>) -> Holdings {
    let mut holdings = Holdings::default();
    for (account, amount) in balances {
        if let Account::Pool(_) = account {
            holdings.pool = *amount;
        }
        let Some(source) = account.source() else { continue };
        let earmark = match source {
            Source::Gift(fund) => earmarks.get(&fund).copied(),
            Source::Own | Source::Pooled => None,
        };
        let held = Held { source, earmark, amount: *amount };
        match (account.kind(), account.feature()) {
            (AccountKind::Share, _) => holdings.share.push(held),
            (AccountKind::Allocated | AccountKind::Reserved, Some(feature)) => {
                holdings.on.entry(feature).or_default().push(held);
            }
            _ => {}
        }
    }
    holdings
}

/// The share of an organisation, on the pages of those who act for it: one query more than the page itself.
#[derive(Clone, Debug)]
pub struct MyShare {
    /// Its name.
    pub name: String,
    /// What it got in the round of the page and why; none before the distribution.
    pub got: Option<RoundShare>,
    /// What it holds now.
    pub holdings: Holdings,
}

/// The share of an organisation in a pot, and what it got in a round of it if one is named. In a pot that isn't paid in
/// advance its share is the right that promises give.
pub async fn my_share(
    tx: &mut Tx,
    (pot, mode): (PotId, FundMode),
    round: Option<RoundId>,
    organisation: OrganisationId,
) -> store::sqlx::Result<MyShare> {
    let purse = store::purses::of_organisation(tx, pot, organisation, round).await?;
    let mut holdings = held_by(&purse.balances, &purse.earmarks);
    if mode.is_promised() {
        with_rights(tx, pot, organisation, &mut holdings).await?;
    }
    Ok(MyShare { name: purse.name, got: purse.got, holdings })
}

/// Adds what promises give: rights to put, rights on features, rights bound to them. What was paid for a call is counted
/// by the call.
async fn with_rights(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    holdings: &mut Holdings,
) -> store::sqlx::Result<()> {
    holdings.on.values_mut().for_each(|held| held.retain(|held| held.source != Source::Own));
    let own = |amount| Held { source: Source::Own, earmark: None, amount };
    let of = Of::Organisation(organisation);
    for (account, amount) in store::journal::balances(tx, pot, Book::Promises, of).await? {
        match account {
            Account::Right(_) => holdings.share.push(own(amount)),
            Account::RightAllocated(_, feature) => holdings.on.entry(feature).or_default().push(own(amount)),
            _ => {}
        }
    }
    for (feature, amount) in store::promised::bound_of(tx, pot, organisation).await? {
        holdings.on.entry(feature).or_default().push(own(amount));
    }
    Ok(())
}

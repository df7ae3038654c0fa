//! What the close of a round would lead to now: told before it is closed, since that can't be undone.

use std::collections::BTreeMap;

use domain::{
    AccountKind, Book, Money, Source, Transfer,
    chain::digest,
    features::State,
    ids::{FeatureId, OrganisationId},
};
use store::{Tx, features::lists, journal::Of, pots::Pot, rounds::Round};

use crate::returning::{Returning, transfers_if_ended};

/// Features that are read at once.
const CHUNK: i64 = 300;

/// What the close of a round would lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosePreview {
    /// The features that would be funded.
    pub funded: Vec<Funded>,
    /// The features that would return everything.
    pub short: Vec<Short>,
    /// What those would return, and to whom.
    pub returning: Returning,
    /// What each organisation would have left, of what it has not put and of what returns to it.
    pub left: BTreeMap<OrganisationId, Money>,
    /// Where what is left goes, if the round says that it lapses; else it stays.
    pub lapses: Option<Lapsing>,
}

/// A feature that is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funded {
    /// Which.
    pub feature: FeatureId,
    /// Its title.
    pub title: String,
    /// What lies there.
    pub total: Money,
}

/// A feature that lacks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Which.
    pub feature: FeatureId,
    /// Its title.
    pub title: String,
    /// What lies there.
    pub total: Money,
    /// What it lacks.
    pub missing: Money,
}

/// Where shares go that lapse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lapsing {
    /// To the payments of each organisation, to be shared out anew.
    pub own: Money,
    /// To the common pool.
    pub common: Money,
    /// To the funds of the gifts.
    pub funds: Money,
}

impl ClosePreview {
    /// What is left to all of them.
    #[must_use]
    pub fn left_sum(&self) -> Money {
        Money::sum(self.left.values().copied()).unwrap_or_default()
    }

    /// The digest with which one says that this was seen.
    #[must_use]
    pub fn digest(&self) -> String {
        hex::encode(digest(&[format!("{self:?}").as_bytes()]))
    }
}

/// What the close of a round would lead to now.
pub async fn if_closed(tx: &mut Tx, pot: &Pot, round: &Round) -> store::sqlx::Result<ClosePreview> {
    let mut preview = ClosePreview::default();
    let mut held: BTreeMap<(OrganisationId, Source), Money> = BTreeMap::new();
    let mut add = |organisation, source, amount: Money| {
        let before = held.entry((organisation, source)).or_default();
        *before = before.plus(amount).unwrap_or(*before);
    };
    for (account, amount) in
        store::journal::balances(tx, round.pot, Book::Cash, Of::Kinds(&[AccountKind::Share])).await?
    {
        if let Some((organisation, source)) = account.organisation().zip(account.source()) {
            add(organisation, source, amount);
        }
    }
    let mut after = 0;
    loop {
        let cards = lists::of_round(tx, round.id, after, CHUNK).await?;
        let Some(last) = cards.last() else { break };
        after = last.number;
        for card in cards.into_iter().filter(|card| card.state == State::Funding) {
            if card.allocated_total >= card.floor {
                preview.funded.push(Funded {
                    feature: card.id,
                    title: card.title,
                    total: card.allocated_total,
                });
                continue;
            }
            let Some(feature) = store::features::by_id(tx, card.id).await? else { continue };
            let (transfers, returning) = transfers_if_ended(tx, pot, &feature).await?;
            for Transfer { to, amount, .. } in transfers {
                if let (AccountKind::Share, Some(organisation), Some(source)) =
                    (to.kind(), to.organisation(), to.source())
                {
                    add(organisation, source, amount);
                }
            }
            preview.returning = preview.returning.plus(returning);
            preview.short.push(Short {
                feature: card.id,
                missing: card.floor.less(card.allocated_total),
                title: card.title,
                total: card.allocated_total,
            });
        }
    }
    let sum = |goes: fn(Source) -> bool| {
        let there = held.iter().filter(|((_, source), _)| goes(*source));
        Money::sum(there.map(|(_, amount)| *amount)).unwrap_or_default()
    };
    preview.lapses = round.lapse.then(|| Lapsing {
        own: sum(|source| source == Source::Own),
        common: sum(|source| source == Source::Pooled),
        funds: sum(|source| matches!(source, Source::Gift(_))),
    });
    for ((organisation, _), amount) in held.into_iter().filter(|(_, amount)| amount.is_positive()) {
        let left = preview.left.entry(organisation).or_default();
        *left = left.plus(amount).unwrap_or(*left);
    }
    Ok(preview)
}

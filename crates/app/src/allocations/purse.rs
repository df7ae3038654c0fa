//! What an organisation has, by source, while lines are saved.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Money, Source,
    ids::{FeatureId, GiftFundId},
    shares::purse::{Held, Part},
};

/// What one organisation has, by source.
#[derive(Default)]
pub(super) struct Purse {
    pub(super) share: Vec<Held>,
    /// What it has on each feature, free or bound.
    pub(super) on: BTreeMap<FeatureId, Vec<Held>>,
}

impl Purse {
    pub(super) fn of(balances: Vec<(Account, Money)>, earmarks: &BTreeMap<GiftFundId, FeatureId>) -> Self {
        let mut purse = Self::default();
        for (account, amount) in balances {
            let Some(source) = account.source() else { continue };
            let held = Held { source, earmark: earmark(source, earmarks), amount };
            match (account.kind(), account.feature()) {
                (AccountKind::Share, _) => purse.share.push(held),
                (AccountKind::Allocated | AccountKind::Reserved, Some(feature)) => {
                    purse.on.entry(feature).or_default().push(held);
                }
                _ => {}
            }
        }
        purse
    }
}

fn earmark(source: Source, earmarks: &BTreeMap<GiftFundId, FeatureId>) -> Option<FeatureId> {
    match source {
        Source::Gift(fund) => earmarks.get(&fund).copied(),
        Source::Own | Source::Pooled => None,
    }
}

/// Moves a part from one list to the other, as the posting did.
pub(super) fn shift(from: &mut [Held], to: &mut Vec<Held>, part: &Part) {
    let mut earmark = None;
    if let Some(held) = from.iter_mut().find(|held| held.source == part.source) {
        held.amount = held.amount.less(part.amount);
        earmark = held.earmark;
    }
    match to.iter_mut().find(|held| held.source == part.source) {
        Some(held) => held.amount = Money::new(held.amount.minor().saturating_add(part.amount.minor())),
        None => to.push(Held { source: part.source, earmark, amount: part.amount }),
    }
}

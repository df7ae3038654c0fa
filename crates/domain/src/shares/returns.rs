//! Everything that returns: not funded, cancelled, surplus, lapse, departure. Each amount goes where its source
//! says, and where an organisation has left, to its successor.

use std::collections::BTreeMap;

use super::purse::Held;
use crate::{
    account::{Account, Creditor, Source},
    ids::{FeatureId, GiftFundId, OrganisationId},
    money::{Money, Overflow, SplitError, split},
    posting::Transfer,
};

/// Whose the money on a feature is, and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// An organisation's, of that source.
    Of(OrganisationId, Source),
    /// Nobody's: gifts of that fund, which a decision put there.
    Decided(GiftFundId),
}

impl Whose {
    /// Whose the money on that account of a feature is; `None` of any other account.
    #[must_use]
    pub const fn on(account: &Account) -> Option<Self> {
        match account {
            Account::Allocated(organisation, _, source) | Account::Reserved(organisation, _, source) => {
                Some(Self::Of(*organisation, *source))
            }
            Account::GiftAllocated(_, fund) | Account::GiftReserved(_, fund) => Some(Self::Decided(*fund)),
            _ => None,
        }
    }

    /// The organisation, if it is one's.
    #[must_use]
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::Of(organisation, _) => Some(organisation),
            Self::Decided(_) => None,
        }
    }

    /// Its account on a feature before the trigger.
    #[must_use]
    pub const fn allocated(self, feature: FeatureId) -> Account {
        match self {
            Self::Of(organisation, source) => Account::Allocated(organisation, feature, source),
            Self::Decided(fund) => Account::GiftAllocated(feature, fund),
        }
    }

    /// Its account on a feature after the trigger.
    #[must_use]
    pub const fn reserved(self, feature: FeatureId) -> Account {
        match self {
            Self::Of(organisation, source) => Account::Reserved(organisation, feature, source),
            Self::Decided(fund) => Account::GiftReserved(feature, fund),
        }
    }
}

/// What lies on a feature, of one holder and source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// Whose.
    pub whose: Whose,
    /// How much.
    pub amount: Money,
}

/// What an organisation didn't use of its share, of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unused {
    /// Whose.
    pub organisation: OrganisationId,
    /// The source.
    pub source: Source,
    /// How much.
    pub amount: Money,
}

/// Where the own money of an organisation that leaves goes, as the decision says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnGoesTo {
    /// To the common pool, for the others.
    PoolCommon,
    /// Back to the organisation: owed, then paid.
    RefundDue,
}

/// The organisations that left, with where their own money goes.
pub type Departed = BTreeMap<OrganisationId, OwnGoesTo>;

/// Where an organisation's own money waits: in its pool, or, once it has left, where its departure says.
#[must_use]
pub fn own_place(organisation: OrganisationId, departed: &Departed) -> Account {
    match departed.get(&organisation) {
        None => Account::Pool(organisation),
        Some(OwnGoesTo::PoolCommon) => Account::PoolCommon,
        Some(OwnGoesTo::RefundDue) => Account::RefundDue(Creditor::Organisation(organisation)),
    }
}

/// Whether a feature was triggered when its money returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Not yet: allocated money goes back to the same share.
    Before,
    /// Already: reserved own and pooled money goes to shares, gifts to their fund.
    After,
    /// Already, in a pledge pot: own money goes to the organisation's pool, where its next call takes it first.
    AfterPledge,
}

/// All that lies on a feature returns.
#[must_use]
pub fn release_all(feature: FeatureId, when: Trigger, held: &[Bound], departed: &Departed) -> Vec<Transfer> {
    held.iter()
        .filter(|bound| bound.amount.is_positive())
        .map(|bound| back(feature, when, bound, departed, bound.amount))
        .collect()
}

/// A part of what lies on a triggered feature returns, pro rata on what is left of each. `turn` decides ties.
/// Errors: [`SplitError`] where there is less than that, or an amount below zero.
pub fn release_part(
    feature: FeatureId,
    held: &[Bound],
    departed: &Departed,
    amount: Money,
    turn: u64,
) -> Result<Vec<Transfer>, SplitError> {
    let parts = pro_rata(held, amount, turn)?;
    Ok(held
        .iter()
        .zip(parts)
        .filter(|(_, part)| part.is_positive())
        .map(|(bound, part)| back(feature, Trigger::After, bound, departed, part))
        .collect())
}

/// What each pays of `amount`, in proportion to what is left of it on the feature: a draw or a surplus.
/// `turn` is the number of the milestone or round. Errors: [`SplitError`] where there is less than that.
pub fn pro_rata(held: &[Bound], amount: Money, turn: u64) -> Result<Vec<Money>, SplitError> {
    let weights: Vec<i64> = held.iter().map(|bound| bound.amount.minor()).collect();
    let present = Money::sum(held.iter().map(|bound| bound.amount)).map_err(|_| SplitError::Overflow)?;
    if amount > present {
        return Err(SplitError::NoWeight);
    }
    split(amount, &weights, turn)
}

fn back(feature: FeatureId, when: Trigger, bound: &Bound, departed: &Departed, amount: Money) -> Transfer {
    let from = match when {
        Trigger::Before => bound.whose.allocated(feature),
        Trigger::After | Trigger::AfterPledge => bound.whose.reserved(feature),
    };
    Transfer::new(from, goes_to(when, bound.whose, departed), amount)
}

fn goes_to(when: Trigger, whose: Whose, departed: &Departed) -> Account {
    let (organisation, source) = match whose {
        Whose::Of(organisation, source) => (organisation, source),
        // It was in nobody's share.
        Whose::Decided(fund) => return Account::Gift(fund),
    };
    match (source, departed.get(&organisation), when) {
        (Source::Gift(fund), Some(_), _)
        | (Source::Gift(fund), None, Trigger::After | Trigger::AfterPledge) => Account::Gift(fund),
        (Source::Own, Some(_), _) | (Source::Own, None, Trigger::AfterPledge) => {
            own_place(organisation, departed)
        }
        (Source::Pooled, Some(_), _) => Account::PoolCommon,
        (source, None, _) => Account::Share(organisation, source),
    }
}

/// Shares that nobody used return at the close of a round: own to its pool, pooled to the common pool, gifts to
/// their fund.
#[must_use]
pub fn lapse(shares: &[Unused]) -> Vec<Transfer> {
    shares
        .iter()
        .filter(|share| share.amount.is_positive())
        .map(|share| {
            let to = match share.source {
                Source::Own => Account::Pool(share.organisation),
                Source::Pooled => Account::PoolCommon,
                Source::Gift(fund) => Account::Gift(fund),
            };
            Transfer::new(Account::Share(share.organisation, share.source), to, share.amount)
        })
        .collect()
}

/// What an organisation has when it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaving {
    /// What it paid in and was not shared out.
    pub pool: Money,
    /// Its share by source.
    pub share: Vec<Held>,
    /// What it put on features that are not triggered and takes along; empty where it chose that it stays.
    pub allocated: Vec<(FeatureId, Held)>,
}

/// The transfers of a departure: allocated → share, then share and pool to their successors.
/// Errors: [`Overflow`].
pub fn depart(
    organisation: OrganisationId,
    leaving: &Leaving,
    own: OwnGoesTo,
) -> Result<Vec<Transfer>, Overflow> {
    let mut share: BTreeMap<Source, Money> = BTreeMap::new();
    let mut add = |held: &Held| -> Result<(), Overflow> {
        let sum = share.entry(held.source).or_default();
        *sum = sum.plus(held.amount)?;
        Ok(())
    };
    let mut transfers = Vec::new();
    for (feature, held) in leaving.allocated.iter().filter(|(_, held)| held.amount.is_positive()) {
        let from = Account::Allocated(organisation, *feature, held.source);
        transfers.push(Transfer::new(from, Account::Share(organisation, held.source), held.amount));
        add(held)?;
    }
    for held in &leaving.share {
        add(held)?;
    }
    let own_to = match own {
        OwnGoesTo::PoolCommon => Account::PoolCommon,
        OwnGoesTo::RefundDue => Account::RefundDue(Creditor::Organisation(organisation)),
    };
    for (source, amount) in share.into_iter().filter(|(_, amount)| amount.is_positive()) {
        let to = match source {
            Source::Own => own_to,
            Source::Pooled => Account::PoolCommon,
            Source::Gift(fund) => Account::Gift(fund),
        };
        transfers.push(Transfer::new(Account::Share(organisation, source), to, amount));
    }
    if leaving.pool.is_positive() {
        transfers.push(Transfer::new(Account::Pool(organisation), own_to, leaving.pool));
    }
    Ok(transfers)
}

#[cfg(test)]
#[path = "returns_tests.rs"]
mod tests;

//! Putting a share for a standing choice, as its people would.

use domain::{
    Money,
    features::{AllocationRefusal, Change, Wish},
    ids::{FeatureId, OrganisationId},
};
use store::{Tx, features::Feature, rounds::Round};

use super::{Desk, tell_story};
use crate::{error::Failure, till::Till};

/// Puts of an organisation's share what `divide` makes of the part that is free of wishes of those who gave it: for its
/// standing choice, in an open round. A feature that refuses its part gets nothing. What was put, with the title of each.
/// Errors: those of `divide`; faults.
pub(crate) async fn put_for(
    tx: &mut Tx,
    till: &mut Till,
    (organisation, round): (OrganisationId, &Round),
    divide: impl FnOnce(Money) -> Result<Vec<(FeatureId, Money)>, Failure<AllocationRefusal>>,
) -> Result<Vec<(String, Money)>, Failure<AllocationRefusal>> {
    let rows = store::features::lock_round(tx, round.id).await?;
    let nothing = |row: &Feature| Wish { feature: row.id, seen: Money::ZERO, wanted: Money::ZERO };
    let all: Vec<Wish> = rows.iter().map(nothing).collect();
    let mut desk = Desk::open(tx, till, organisation, Some(round), &all).await?;
    let free = desk.purse.share.iter().filter(|held| held.earmark.is_none()).map(|held| held.amount);
    let parts = divide(Money::sum(free).unwrap_or_default())?;
    let mut wishes = Vec::new();
    for (feature, part) in parts {
        let seen = desk.mine(feature);
        let wanted = seen.plus(part).unwrap_or(seen);
        let wish = Wish { feature, seen, wanted };
        match desk.change(till, &wish) {
            Ok(_) => wishes.push(wish),
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    desk.put(tx, till, &wishes).await?;
    tell_story(tx, till, &desk).await?;
    desk.settle(tx, till).await?;
    let put = desk.moved.iter().filter_map(|(feature, change)| match change {
        Change::Allocate(amount) | Change::Add(amount) => {
            Some((desk.features.get(feature)?.title.clone(), *amount))
        }
        Change::Nothing | Change::Unallocate(_) => None,
    });
    Ok(put.collect())
}

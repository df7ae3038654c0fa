//! What was gathered for a feature that has ended: what is still written on it, and what came back at its end.

use std::collections::BTreeMap;

use domain::{Money, features::State, ids::FeatureId, pot::FundMode};
use jiff::Timestamp;
use store::{Tx, features::Feature};

use crate::past::Past;

/// Whether a feature ended after it was funded: then something of it may have come back.
#[must_use]
pub const fn ended_funded(state: State, funded_at: Option<Timestamp>) -> bool {
    state.is_end() && funded_at.is_some()
}

/// What came back at the end of these features, of those that ended after their trigger and as far as that is seen. Only
/// where money is paid in advance: elsewhere what isn't paid is owed no more, and never was there.
pub async fn returned_at_end(
    tx: &mut Tx,
    mode: FundMode,
    ended: &[FeatureId],
    past: &Past,
) -> store::sqlx::Result<BTreeMap<FeatureId, Money>> {
    if mode.is_promised() || ended.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut returned = store::features::moves::returned_at_end(tx, ended).await?;
    returned.retain(|feature, _| !past.stood().contains_key(feature));
    Ok(returned)
}

/// The same of one feature, as it is seen.
pub async fn returned_of(
    tx: &mut Tx,
    mode: FundMode,
    feature: &Feature,
    past: &Past,
) -> store::sqlx::Result<Money> {
    let ended: Vec<FeatureId> =
        ended_funded(feature.state, feature.funded_at).then_some(feature.id).into_iter().collect();
    let returned = returned_at_end(tx, mode, &ended, past).await?;
    Ok(returned.get(&feature.id).copied().unwrap_or_default())
}

//! Features: proposing, editing, needing, moving on.

pub mod edit;
pub mod gathered;
pub mod leading;
pub mod lists;
pub mod needs;
pub mod new_terms;
pub mod page;
pub mod propose;
pub mod stages;
pub mod top_up;
pub mod track;
pub mod years;

pub use edit::{changes, edit_feature, shown};
pub use leading::{NewLead, answer_lead, hand_over};
pub use needs::{say_needed, withdraw_need};
pub use new_terms::{NewTerms, change_terms, keep_if_due, preview_terms};
pub use propose::{Checked, NewFeature, Proposed, check_proposal, propose_feature, propose_in};
pub use stages::{change_track, park_if_due, steward_moves, wake};
pub use track::fuller_tracks;

use domain::{
    features::{MOVED, Moved, State, apply},
    ids::FeatureId,
};
use serde_json::Value;
use store::{Tx, features::Feature};

use crate::{
    context::Context,
    error::Failure,
    till::{Story, Till},
    work::ending,
};

/// The feature of that id, read by itself: to know its pot before a command.
pub(crate) async fn find<R: std::fmt::Debug>(
    context: &Context,
    feature: FeatureId,
) -> Result<Option<Feature>, Failure<R>> {
    let mut tx = context.db.read().await?;
    Ok(store::features::by_id(&mut tx, feature).await?)
}

/// Locks one feature of the till's pot. Errors: [`Failure::NotFound`].
pub(crate) async fn lock_one<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &Till,
    feature: FeatureId,
) -> Result<Feature, Failure<R>> {
    let found = store::features::lock(tx, &[feature]).await?.pop();
    found.filter(|row| row.pot == till.pot()).ok_or(Failure::NotFound)
}

/// Moves a feature to another state, by an event that keeps the move and `data` beside it: the only place that
/// writes a state. Errors: faults, also for a passage that the table doesn't have: the use case asks it before.
pub(crate) async fn step<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    to: State,
    data: Value,
) -> Result<(), Failure<R>> {
    let moved = Moved { from: Some(feature.state), to };
    let state =
        apply(feature.track, Some(feature.state), moved).map_err(|why| Failure::Fault(why.to_string()))?;
    feature.state = state;
    feature.confirming_since = None;
    feature.suspended_until = None;
    feature.ended_at = state.is_end().then_some(till.now);
    store::features::set_state(tx, feature.id, state, feature.funded_at, feature.ended_at).await?;
    if state.is_end() {
        stages::stop_waiting(tx, feature).await?;
        ending::stop(tx, feature).await?;
    }
    record_move(tx, till, feature, moved, data).await
}

/// Writes the event of a move that was written.
pub(crate) async fn record_move<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    moved: Moved,
    data: Value,
) -> Result<(), Failure<R>> {
    let mut kept = moved.to_data(feature.track);
    if let (Some(kept), Value::Object(beside)) = (kept.as_object_mut(), data) {
        kept.extend(beside);
        kept.insert("title".to_owned(), Value::String(feature.title.clone()));
        kept.insert("number".to_owned(), feature.number.into());
    }
    let mut story = Story::new(MOVED, ("feature", feature.id.0), kept);
    story.organisation = Some(feature.lead);
    till.record(tx, story).await
}

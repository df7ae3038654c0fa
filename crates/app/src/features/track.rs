//! The tracks by which a feature may go on, and its change from one to another.

use domain::{
    features::{FeatureRefusal, Track, TrackChange},
    ids::CollectiveId,
    rules::Rules,
};
use jiff::civil::Date;
use serde_json::json;
use store::{Tx, features::Feature};

use super::{new_terms::held_by, stages::needers};
use crate::{
    error::Failure,
    funding_mails,
    till::{Story, Till},
};

/// What bears on a change of the track of a feature. Errors: faults only.
pub async fn change_of(
    tx: &mut Tx,
    collective: CollectiveId,
    feature: &Feature,
    to: Track,
    today: Date,
) -> store::sqlx::Result<TrackChange> {
    let members = store::organisations::count(tx, collective, today).await?;
    Ok(TrackChange {
        from: feature.track,
        to,
        state: feature.state,
        maximum: feature.maximum,
        inside: feature.allocated_total,
        needers: needers(tx, feature.id).await?.count(),
        members: usize::try_from(members).unwrap_or(usize::MAX),
        says_done: !feature.done_when.trim().is_empty(),
    })
}

/// The tracks to which a steward may want to move a feature, with what bears on each: those of the rules that this
/// version takes to their funding, whether or not each is refused. Errors: faults only.
pub async fn other_tracks(
    tx: &mut Tx,
    collective: CollectiveId,
    feature: &Feature,
    rules: &Rules,
    today: Date,
) -> store::sqlx::Result<Vec<TrackChange>> {
    let mut changes = Vec::new();
    for rule in rules.tracks.iter().filter(|rule| rule.track != feature.track && rule.track.is_built()) {
        changes.push(change_of(tx, collective, feature, rule.track, today).await?);
    }
    Ok(changes)
}

/// The tracks of the rules to which a feature may be moved now, whoever needs it.
#[must_use]
pub fn open_tracks(feature: &Feature, rules: &Rules) -> Vec<Track> {
    let fits = |to: &Track| {
        let change = TrackChange {
            from: feature.track,
            to: *to,
            state: feature.state,
            maximum: feature.maximum,
            inside: feature.allocated_total,
            needers: 0,
            members: 0,
            says_done: !feature.done_when.trim().is_empty(),
        };
        to.is_built() && change.fits(rules).is_ok()
    };
    rules.tracks.iter().map(|rule| rule.track).filter(fits).collect()
}

/// Those of [`open_tracks`] that are fuller than the one that holds.
#[must_use]
pub fn fuller_tracks(feature: &Feature, rules: &Rules) -> Vec<Track> {
    open_tracks(feature, rules).into_iter().filter(|track| *track > feature.track).collect()
}

/// Gives a feature another track and tells those concerned. Errors: those of [`TrackChange::judge`].
pub(super) async fn set_track(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    track: Track,
    reason: &str,
) -> Result<(), Failure<FeatureRefusal>> {
    let change = change_of(tx, till.collective.id, feature, track, till.today).await?;
    change.judge(&till.rules).map_err(Failure::Refused)?;
    let from = feature.track;
    let data =
        json!({ "from": from.as_str(), "to": track.as_str(), "reason": reason, "title": feature.title });
    feature.track = track;
    store::features::set_track(tx, feature.id, track).await?;
    till.record(tx, Story::new("track_changed", ("feature", feature.id.0), data)).await?;
    let held = held_by(tx, till, feature).await?;
    funding_mails::tell_track(tx, till, feature, from, &held, reason).await
}

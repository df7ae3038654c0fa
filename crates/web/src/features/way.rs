//! The way of a feature, drawn: its stages, and how it left them.

use app::features::page::{broke_off, way};
use domain::features::State as Stage;
use store::features::Feature;
use words::Words;

use crate::layout::Way;

/// The way of a feature that left its stages from one of them, or stands in one.
pub(crate) fn way_of(t: Words, feature: &Feature, came_from: Option<Stage>) -> Way {
    let (stages, current) = way(feature, came_from);
    let names: Vec<String> = stages.iter().map(|stage| t.state_name(*stage)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let drawn = Way::new(t, &names, current);
    match feature.state.is_end() && !feature.track.stages().contains(&feature.state) {
        true => drawn.ended(broke_off(feature.state)),
        false => drawn,
    }
}

//! Stories of what an organisation put somewhere: public, for members, or without a figure, as the rules say.

use domain::{ids::FeatureId, rules::AmountsSeen};
use serde_json::json;
use store::Tx;

use crate::{
    error::Failure,
    till::{Story, Till},
};

/// Tells what one organisation did with its money or promises. Where its amounts are hidden, one line for members says
/// neither where nor how much: a figure beside a name could be subtracted from a total. Errors: faults only.
pub(crate) async fn tell<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    stories: Vec<Story>,
) -> Result<(), Failure<R>> {
    let for_members = till.rules.amounts == AmountsSeen::Members;
    let mut untold = None;
    for mut story in stories {
        let Some(organisation) = story.organisation else { continue };
        let feature = Some(story.subject.1).filter(|_| story.subject.0 == "feature").map(FeatureId);
        if !for_members && !till.is_told(tx, organisation, feature).await? {
            untold = Some(organisation);
            continue;
        }
        story.public = !for_members;
        till.record(tx, story).await?;
    }
    if let Some(organisation) = untold {
        let mut story = Story::new("share_used", ("organisation", organisation.0), json!({}));
        story.organisation = Some(organisation);
        story.public = false;
        till.record(tx, story).await?;
    }
    Ok(())
}

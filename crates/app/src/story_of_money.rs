//! Stories of what an organisation put somewhere: public, for members, or without a figure, as the rules say.

use domain::rules::AmountsSeen;
use serde_json::json;
use store::Tx;

use crate::{
    error::Failure,
    till::{Story, Till},
};

/// Tells what one organisation did with its money or promises. Where it hides its amounts, one line for members says
/// neither where nor how much: a figure beside a name could be subtracted from a total. Errors: faults only.
pub(crate) async fn tell<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    stories: Vec<Story>,
) -> Result<(), Failure<R>> {
    let Some(organisation) = stories.first().and_then(|story| story.organisation) else { return Ok(()) };
    let public = match till.rules.amounts {
        AmountsSeen::Public => true,
        AmountsSeen::Members => false,
        AmountsSeen::OwnChoice => {
            let member = store::organisations::member(tx, till.collective.id, organisation).await?;
            if !member.is_some_and(|member| member.shows_amounts) {
                let mut story = Story::new("share_used", ("organisation", organisation.0), json!({}));
                story.organisation = Some(organisation);
                story.public = false;
                return till.record(tx, story).await;
            }
            true
        }
    };
    for mut story in stories {
        story.public = public;
        till.record(tx, story).await?;
    }
    Ok(())
}

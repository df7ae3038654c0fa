//! « Nous en avons besoin aussi ».

use domain::{
    actor::Action,
    features::{FeatureRefusal, proposal::limits},
    ids::FeatureId,
    text,
};
use serde_json::json;
use store::{Command, Tx};
use uuid::Uuid;

use super::{find, lock_one, stages};
use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    till::{Drawn, Story, Till},
};

/// The organisation acted for needs a feature too, in its words. Enough of them move it on.
/// Errors: no mandate, it said so already, words too long.
pub async fn say_needed(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    words: &str,
) -> Result<(), Failure<FeatureRefusal>> {
    let words = text::paragraphs(words, limits::REASON).map_err(|rule| Failure::field("words", rule))?;
    write(context, acting, feature, Some(words)).await
}

/// The organisation acted for needs a feature no more. What has moved on stays there.
/// Errors: no mandate, it never said so, it leads the feature.
pub async fn withdraw_need(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
) -> Result<(), Failure<FeatureRefusal>> {
    write(context, acting, feature, None).await
}

async fn write(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    words: Option<String>,
) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    let drawn = Drawn::of(context);
    context.db.write(Need { pot: row.pot.0, acting, feature, words, drawn }).await
}

struct Need {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    /// Its words; none: it withdraws.
    words: Option<String>,
    drawn: Drawn,
}

impl Command for Need {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let permit = till.permit(Action::SayNeeded, &self.acting, None)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        let round = store::rounds::lock_open(tx, self.pot.into()).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        if feature.state.is_end() {
            return Err(Failure::Refused(FeatureRefusal::NotEditable(feature.state)));
        }
        let (kind, changed) = match &self.words {
            Some(words) => {
                let person = Some(self.acting.person);
                let added =
                    store::needers::add(tx, feature.id, organisation, words, person, till.now).await?;
                ("need_said", added)
            }
            None if organisation == feature.lead => {
                return Err(Failure::Refused(FeatureRefusal::LeadNeedsIt));
            }
            None => {
                let withdrawn = store::needers::withdraw(tx, feature.id, organisation, till.now).await?;
                ("need_withdrawn", withdrawn)
            }
        };
        if !changed {
            return Err(Failure::Refused(FeatureRefusal::AlreadySo));
        }
        let data = json!({ "title": feature.title, "number": feature.number });
        let mut story = Story::new(kind, ("feature", feature.id.0), data);
        story.organisation = Some(organisation);
        till.record(tx, story).await?;
        stages::advance(tx, &mut till, &mut feature, round.as_ref()).await
    }
}

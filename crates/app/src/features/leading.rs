//! Another organisation leads a feature: the one that did has left, or hands it over.

use std::collections::BTreeMap;

use domain::{
    actor::{Action, NotAllowed},
    features::{FeatureRefusal, Track},
    ids::{FeatureId, OrganisationId},
    input::FieldRule,
    names::same_name,
};
use serde_json::json;
use store::{Command, Tx};
use uuid::Uuid;
use words::Words;

use super::{find, lock_one};
use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    funding_mails,
    invoices::{At, is_tied_to},
    mails::Letter,
    till::{Drawn, Story, Till},
};

/// A steward gives a feature another lead, a member; both are told. Who does the work stays: where the former lead did, it
/// is named. Errors: field `lead`; no right, or a tie to the new lead; it has ended, or a report on it stands.
pub async fn hand_over(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    lead: OrganisationId,
) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    context.db.write(HandOver { pot: row.pot.0, acting, feature, lead, drawn: Drawn::of(context) }).await
}

struct HandOver {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    lead: OrganisationId,
    drawn: Drawn,
}

impl Command for HandOver {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        till.permit(Action::StewardFeature, &self.acting, Some(feature.lead))?;
        if feature.state.is_end() {
            return Err(Failure::Refused(FeatureRefusal::NotEditable(feature.state)));
        }
        let member = store::organisations::member(tx, till.collective.id, self.lead).await?;
        let Some(member) = member.filter(|member| member.is_member(till.today)) else {
            return Err(Failure::field("lead", FieldRule::Unknown));
        };
        let before = feature.lead;
        if before == member.id {
            return Ok(());
        }
        // Nobody makes their own organisation the one that reports and invoices, nor takes an objector's voice away.
        if is_tied_to(tx, &At::of(&till), self.acting.person, member.id).await? {
            return Err(NotAllowed::Missing(Action::StewardFeature).into());
        }
        let report = store::work::reports(tx, feature.id, 1).await?.pop();
        if report.is_some_and(|report| report.state.stands()) {
            return Err(Failure::Refused(FeatureRefusal::ReportStands));
        }
        let former = store::organisations::get(tx, before).await?.map(|row| row.name).unwrap_or_default();
        // What was agreed stays: leading a feature doesn't make anybody the one who is paid for it.
        let named = feature.worker.trim();
        if named.is_empty() && feature.track == Track::Trust {
            feature.worker.clone_from(&former);
            feature.worker_organisation = Some(before);
        } else if feature.worker_organisation.is_none() && same_name(named, &former) {
            feature.worker_organisation = Some(before);
        }
        feature.lead = member.id;
        feature.lead_person = None;
        store::features::set_lead(tx, &feature).await?;
        let data = json!({ "title": feature.title, "before": former, "lead": member.name });
        let mut story = Story::new("lead_changed", ("feature", feature.id.0), data);
        story.organisation = Some(member.id);
        till.record(tx, story).await?;
        let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
        let settings = till.settings.clone();
        let told = BTreeMap::from([(before, ()), (member.id, ())]);
        let write = |t: Words, _: &str, (): ()| {
            Letter::about(t.funding_mail_lead_subject(&feature.title))
                .say(t.funding_mail_lead(&former, &member.name, &feature.title))
                .say(t.funding_mail_see())
                .at(&settings, &path)
        };
        funding_mails::send(tx, &mut till, &told, write).await
    }
}

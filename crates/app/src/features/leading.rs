//! Another organisation leads a feature: whoever leads it proposes it, and somebody who represents the other accepts.
//! Until then the former one leads. A steward proposes it where nobody is left to.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actor::{Action, MandateKind, NotAllowed, Standing},
    features::{FeatureRefusal, LeadAnswer, Track},
    ids::{FeatureId, OrganisationId, PersonId},
    input::FieldRule,
    names::same_name,
    text,
};
use jiff::civil::Date;
use serde_json::json;
use store::{
    Command, Tx,
    features::{
        Feature,
        leads::{self, LeadProposal},
    },
};
use uuid::Uuid;
use words::Words;

use super::{edit, find, lock_one};
use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    funding_mails,
    invoices::{At, tied_to},
    mails::Letter,
    sessions::Session,
    till::{Drawn, Story, Till},
};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 1_000;
/// Most persons who hold a mandate for the other and are looked at.
const MOST_TOLD: u16 = 500;

/// To whom a feature is handed over, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLead {
    /// The organisation that would lead it: a member.
    pub lead: OrganisationId,
    /// Why, for everybody to read.
    pub reason: String,
}

/// Whether whoever leads a feature is there to hand it over: a member that somebody represents.
pub async fn lead_is_there(tx: &mut Tx, feature: &Feature, today: Date) -> store::sqlx::Result<bool> {
    let member = store::organisations::member(tx, feature.collective, feature.lead).await?;
    Ok(member.is_some_and(|member| member.is_member(today))
        && store::mandates::representatives(tx, feature.lead, today).await? > 0)
}

/// Whether somebody may propose that another leads: who represents the one that leads; a steward, where nobody does.
#[must_use]
pub fn may_hand_over(standing: &Standing, feature: &Feature, lead_is_there: bool) -> bool {
    standing.represents(feature.lead)
        || !lead_is_there && domain::actor::permit(Action::HandOverLead, standing, None, None).is_ok()
}

/// Proposes a feature to another member, whose representatives are told; what was proposed before is taken back. Asks for
/// a fresh sign-in. Errors: fields `lead`, `reason`; no right, or a tie to the other; whoever leads is there; it has ended,
/// or a report on it stands.
pub async fn hand_over(
    context: &Context,
    session: &Session,
    acting: Acting,
    feature: FeatureId,
    new: NewLead,
) -> Result<(), Failure<FeatureRefusal>> {
    session.proves(&acting, context.now())?;
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    context.db.write(HandOver { pot: row.pot.0, acting, feature, new, drawn: Drawn::of(context) }).await
}

/// Answers what is proposed: who represents the other accepts or declines, who could propose takes it back. `proposal`
/// is the one that was seen. Asks for a fresh sign-in. Errors: no right; nothing is proposed any more; the other is no
/// member any more; it has ended, or a report on it stands.
pub async fn answer_lead(
    context: &Context,
    session: &Session,
    acting: Acting,
    feature: FeatureId,
    (proposal, answer): (Uuid, LeadAnswer),
) -> Result<(), Failure<FeatureRefusal>> {
    session.proves(&acting, context.now())?;
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    let drawn = Drawn::of(context);
    context.db.write(Answer { pot: row.pot.0, acting, feature, proposal, answer, drawn }).await
}

struct HandOver {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    new: NewLead,
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
        let feature = lock_one(tx, &till, self.feature).await?;
        may_propose(tx, &till, &feature).await?;
        movable(tx, &feature).await?;
        let reason = text::paragraphs(&self.new.reason, LONGEST_REASON);
        let reason = reason.map_err(|rule| Failure::field("reason", rule))?;
        if reason.trim().is_empty() {
            return Err(Failure::field("reason", FieldRule::Missing));
        }
        let member = store::organisations::member(tx, till.collective.id, self.new.lead).await?;
        let member = member.filter(|member| member.is_member(till.today) && member.id != feature.lead);
        let Some(member) = member else { return Err(Failure::field("lead", FieldRule::Unknown)) };
        // Nobody makes their own organisation the one that reports and invoices, nor takes an objector's voice away.
        let tied = tied_to(tx, &At::of(&till), member.id, till.now).await?;
        if tied.contains(&self.acting.person) {
            return Err(NotAllowed::Missing(Action::HandOverLead).into());
        }
        if let Some(before) = leads::open(tx, feature.id).await? {
            leads::answer(tx, before.id, LeadAnswer::Withdrawn, self.acting.person, till.now).await?;
        }
        let proposal = LeadProposal {
            id: till.id(),
            feature: feature.id,
            former: feature.lead,
            former_person: feature.lead_person,
            lead: member.id,
            reason,
            proposed_by: self.acting.person,
            proposed_at: till.now,
        };
        leads::propose(tx, &proposal).await?;
        let former = name(tx, feature.lead).await?;
        let settings = till.settings.clone();
        let path = format!("/c/{}/features/{}/lead", till.collective.slug, feature.number);
        let write = |t: Words| {
            Letter::about(t.funding_mail_lead_asked_subject(&member.name, &feature.title))
                .say(t.funding_mail_lead_asked(&former, &member.name, &feature.title))
                .say(t.funding_mail_lead_reason(&proposal.reason))
                .say(t.funding_mail_lead_answer())
                .at(&settings, &path)
        };
        let asked = representatives(tx, member.id, till.today).await?;
        till.tell(tx, &asked, write).await
    }
}

struct Answer {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    proposal: Uuid,
    answer: LeadAnswer,
    drawn: Drawn,
}

impl Command for Answer {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        let proposal = leads::open(tx, feature.id).await?;
        let proposal = proposal.filter(|open| open.id == self.proposal && open.former == feature.lead);
        let Some(proposal) = proposal else { return Err(Failure::Refused(FeatureRefusal::NotProposed)) };
        if self.answer == LeadAnswer::Withdrawn {
            may_propose(tx, &till, &feature).await?;
        } else {
            let acting = Acting { organisation: Some(proposal.lead), ..self.acting.clone() };
            till.permit(Action::AcceptLead, &acting, None)?;
        }
        if self.answer == LeadAnswer::Accepted {
            movable(tx, &feature).await?;
            take_over(tx, &mut till, &mut feature, &proposal).await?;
        }
        leads::answer(tx, proposal.id, self.answer, self.acting.person, till.now).await?;
        if self.answer == LeadAnswer::Declined {
            return tell_declined(tx, &mut till, &feature, &proposal).await;
        }
        Ok(())
    }
}

async fn may_propose(tx: &mut Tx, till: &Till, feature: &Feature) -> Result<(), Failure<FeatureRefusal>> {
    let Some(standing) = till.standing() else { return Err(NotAllowed::SignedOut.into()) };
    let there = lead_is_there(tx, feature, till.today).await?;
    if may_hand_over(standing, feature, there) {
        return Ok(());
    }
    domain::actor::permit(Action::HandOverLead, standing, None, Some(feature.lead))?;
    Err(Failure::Refused(FeatureRefusal::LeadIsThere))
}

/// Whether the lead of a feature may change now.
async fn movable(tx: &mut Tx, feature: &Feature) -> Result<(), Failure<FeatureRefusal>> {
    if feature.state.is_end() {
        return Err(Failure::Refused(FeatureRefusal::NotEditable(feature.state)));
    }
    let report = store::work::reports(tx, feature.id, 1).await?.pop();
    if report.is_some_and(|report| report.state.stands()) {
        return Err(Failure::Refused(FeatureRefusal::ReportStands));
    }
    Ok(())
}

/// The other leads from now on; both are told. Who does the work stays: where the former lead did, it is named.
async fn take_over(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    proposal: &LeadProposal,
) -> Result<(), Failure<FeatureRefusal>> {
    edit::keep(tx, till, feature).await?;
    let (before, lead) = (feature.lead, proposal.lead);
    let (former, name) = (name(tx, before).await?, name(tx, lead).await?);
    // What was agreed stays: leading a feature doesn't make anybody the one who is paid for it.
    let named = feature.worker.trim();
    if named.is_empty() && feature.track == Track::Trust {
        feature.worker.clone_from(&former);
        feature.worker_organisation = Some(before);
    } else if feature.worker_organisation.is_none() && same_name(named, &former) {
        feature.worker_organisation = Some(before);
    }
    feature.lead = lead;
    feature.lead_person = None;
    store::features::set_lead(tx, feature).await?;
    let data = json!({ "title": feature.title, "before": former, "lead": name, "reason": proposal.reason });
    let mut story = Story::new("lead_changed", ("feature", feature.id.0), data);
    story.organisation = Some(lead);
    till.record(tx, story).await?;
    let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
    let settings = till.settings.clone();
    let told = BTreeMap::from([(before, ()), (lead, ())]);
    let write = |t: Words, _: &str, (): ()| {
        Letter::about(t.funding_mail_lead_subject(&feature.title))
            .say(t.funding_mail_lead(&former, &name, &feature.title))
            .say(t.funding_mail_lead_reason(&proposal.reason))
            .say(t.funding_mail_see())
            .at(&settings, &path)
    };
    funding_mails::send(tx, till, &told, write).await
}

/// Tells whoever proposed it that the other doesn't lead.
async fn tell_declined(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    proposal: &LeadProposal,
) -> Result<(), Failure<FeatureRefusal>> {
    let declined = name(tx, proposal.lead).await?;
    let settings = till.settings.clone();
    let path = format!("/c/{}/features/{}/lead", till.collective.slug, feature.number);
    let write = |t: Words| {
        Letter::about(t.funding_mail_lead_declined_subject(&declined, &feature.title))
            .say(t.funding_mail_lead_declined(&declined, &feature.title))
            .at(&settings, &path)
    };
    till.tell(tx, &[proposal.proposed_by], write).await
}

async fn representatives(
    tx: &mut Tx,
    organisation: OrganisationId,
    today: Date,
) -> store::sqlx::Result<Vec<PersonId>> {
    let held = store::mandates::of_organisation(tx, organisation, today, MOST_TOLD).await?;
    let held =
        held.into_iter().filter(|one| one.kind == MandateKind::Representative && one.starts_on <= today);
    Ok(held.map(|one| one.person).collect::<BTreeSet<_>>().into_iter().collect())
}

async fn name(tx: &mut Tx, organisation: OrganisationId) -> store::sqlx::Result<String> {
    Ok(store::organisations::get(tx, organisation).await?.map(|row| row.name).unwrap_or_default())
}

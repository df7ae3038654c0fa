//! An organisation leaves: by a decision, dated, with what it put on features taken along or left there.

use domain::{
    Account, Book, Draft, PostingKind,
    actor::{Action, HeldMandate, Holder, MandateKind, NotAllowed},
    departures::DepartureRefusal,
    ids::{CollectiveId, DecisionId, FeatureId, OrganisationId, PotId},
    input::FieldRule,
    posting::Reason,
    rules::RefundPolicy,
    shares::{
        Held, OwnGoesTo,
        returns::{Leaving, depart},
    },
};
use serde_json::json;
use store::{Command, Tx, decisions::DecisionRow, departures::Departure, features::Feature, journal::Of};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    decisions,
    error::Failure,
    mails::words_of,
    rights,
    till::{Drawn, Story, Till},
    triggers,
};

/// How an organisation leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HowToLeave {
    /// The decision that it rests on; none: its own, where its representative acts and nothing is paid back to it.
    pub decision: Option<DecisionId>,
    /// Where its own money goes, also what is released later.
    pub own: OwnGoesTo,
    /// Whether what it put on features that are not triggered stays there.
    pub stays: bool,
}

/// An organisation leaves a collective today. Asks for the collective's administration, or for its own
/// representative. What is bound to triggered features stays bound, what it was called for stays owed; gifts go back to
/// their fund. Errors: no right, no member, no such decision, a refund that the rules don't have or nobody decided.
pub async fn leave_collective(
    context: &Context,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    how: HowToLeave,
) -> Result<(), Failure<DepartureRefusal>> {
    let mut tx = context.db.read().await?;
    let mut pots: Vec<PotId> =
        store::pots::of_collective(&mut tx, collective).await?.into_iter().map(|pot| pot.id).collect();
    drop(tx);
    pots.sort_unstable();
    let command = Leave { pots, acting, collective, organisation, how, drawn: Drawn::of(context) };
    context.db.write(command).await
}

struct Leave {
    /// By id: the order in which they are locked.
    pots: Vec<PotId>,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    how: HowToLeave,
    drawn: Drawn,
}

impl Command for Leave {
    type Done = ();
    type Error = Failure<DepartureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        self.pots.first().map(|pot| pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<DepartureRefusal>> {
        if self.how.decision.is_none() {
            // Its word is written down under the next number of the collective's decisions.
            store::collectives::lock(tx, self.collective).await?;
        }
        let mut tills = Vec::with_capacity(self.pots.len());
        for (pot, drawn) in self.pots.iter().zip(self.drawn.clone().parted()) {
            tills.push(Till::by_person(tx, *pot, &self.acting, &drawn).await?);
        }
        let Some(first) = tills.first_mut() else { return Err(Failure::NotFound) };
        let decision = self.check(tx, first).await?;
        let mut stays = Vec::new();
        for till in &mut tills {
            stays.extend(self.leave_pot(tx, till, decision).await?);
        }
        let Some(till) = tills.first_mut() else { return Err(Failure::NotFound) };
        store::organisations::leave(tx, self.collective, self.organisation, till.today).await?;
        store::needers::withdraw_all(tx, self.collective, self.organisation, till.now).await?;
        let departure = Departure {
            id: till.id(),
            collective: self.collective,
            organisation: self.organisation,
            left_on: till.today,
            own_to: self.how.own,
            decision,
            created_at: till.now,
            stays,
        };
        store::departures::insert(tx, &departure).await?;
        let data = json!({ "left_on": till.today.to_string(), "decision": decision.to_string() });
        let mut story = Story::new("organisation_left", ("organisation", self.organisation.0), data);
        story.organisation = Some(self.organisation);
        till.record(tx, story).await
    }
}

impl Leave {
    /// Whether it may leave so, and by which decision.
    async fn check(&self, tx: &mut Tx, till: &mut Till) -> Result<DecisionId, Failure<DepartureRefusal>> {
        let permit = till.permit(Action::EndMembership, &self.acting, None)?;
        let by_mandate = matches!(permit.held_as(), Holder::Mandate(_));
        if by_mandate && permit.organisation() != Some(self.organisation) {
            return Err(NotAllowed::Missing(Action::EndMembership).into());
        }
        let member = store::organisations::member(tx, self.collective, self.organisation).await?;
        let Some(member) = member.filter(|member| member.is_member(till.today)) else {
            return Err(Failure::Refused(DepartureRefusal::NotAMember));
        };
        if self.how.own == OwnGoesTo::RefundDue && till.rules.refunds == RefundPolicy::Never {
            return Err(Failure::Refused(DepartureRefusal::NoRefunds));
        }
        match self.how.decision {
            Some(decision) => match store::decisions::get(tx, self.collective, decision).await? {
                Some(_) => Ok(decision),
                None => Err(Failure::field("decision", FieldRule::Unknown)),
            },
            None if !self.represents(till) => Err(Failure::field("decision", FieldRule::Missing)),
            None if self.how.own == OwnGoesTo::RefundDue => {
                Err(Failure::Refused(DepartureRefusal::RefundUndecided))
            }
            None => self.own_word(tx, till, &member.name).await,
        }
    }

    /// Whether whoever acts speaks for the organisation that leaves.
    fn represents(&self, till: &Till) -> bool {
        let speaks = |held: &HeldMandate| {
            held.organisation == self.organisation && held.kind == MandateKind::Representative
        };
        till.standing().is_some_and(|standing| standing.mandates.iter().any(speaks))
    }

    /// An organisation leaves by its own word, which is written down where the collective's decisions are.
    async fn own_word(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        name: &str,
    ) -> Result<DecisionId, Failure<DepartureRefusal>> {
        let t = words_of(&till.collective.locale);
        let decision = DecisionRow {
            id: till.id(),
            collective: self.collective,
            number: store::decisions::next_number(tx, self.collective).await?,
            title: t.members_departure_word_title(name),
            outcome: t.members_departure_word(name),
            decided_on: till.today,
            method: decisions::INFORMAL.to_owned(),
            recorded_by: Some(self.acting.person),
            created_at: till.now,
        };
        store::decisions::insert(tx, &decision).await?;
        Ok(decision.id)
    }

    /// Takes the organisation's money out of a pot. The features on which it leaves some.
    async fn leave_pot(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        decision: DecisionId,
    ) -> Result<Vec<FeatureId>, Failure<DepartureRefusal>> {
        let features = store::features::lock_allocated_by(tx, till.pot(), self.organisation).await?;
        let held =
            store::journal::balances(tx, till.pot(), Book::Cash, Of::Organisation(self.organisation)).await?;
        let mut leaving = Leaving::default();
        for (account, amount) in held {
            let part = |source| Held { source, earmark: None, amount };
            match account {
                Account::Pool(_) => leaving.pool = amount,
                Account::Share(_, source) => leaving.share.push(part(source)),
                Account::Allocated(_, feature, source) if !self.how.stays => {
                    leaving.allocated.push((feature, part(source)));
                }
                _ => {}
            }
        }
        let fault = |error: domain::money::Overflow| Failure::Fault(error.to_string());
        let transfers = depart(self.organisation, &leaving, self.how.own).map_err(fault)?;
        if !transfers.is_empty() {
            let mut draft =
                Draft::new(PostingKind::Departure, Book::Cash, till.today, till.actor.clone(), transfers);
            draft.organisation = Some(self.organisation);
            draft.decision = Some(decision);
            draft.reason = Some(Reason::Departure);
            till.post(tx, draft).await?;
        }
        if till.locked.pot.fund_mode.is_promised() {
            let off = rights::depart(tx, till, self.organisation, decision, self.how.stays).await?;
            for held in off {
                leaving.allocated.push(held);
            }
        }
        if self.how.stays {
            return Ok(features.iter().map(|feature| feature.id).collect());
        }
        for mut feature in features {
            take_from_total(tx, till, &mut feature, &leaving).await?;
        }
        Ok(Vec::new())
    }
}

/// What left a feature leaves its total; one that awaited a confirmation may not be covered any more.
async fn take_from_total(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    leaving: &Leaving,
) -> Result<(), Failure<DepartureRefusal>> {
    let of_feature =
        leaving.allocated.iter().filter(|(id, _)| *id == feature.id).map(|(_, held)| held.amount);
    let sum = domain::Money::sum(of_feature).map_err(|error| Failure::Fault(error.to_string()))?;
    store::features::add_to_total(tx, feature.id, -sum.minor()).await?;
    feature.allocated_total = feature.allocated_total.less(sum);
    triggers::after_change(tx, till, feature).await.map(drop)
}

//! An organisation leaves: by a decision, dated, with what it put on features taken along or left there.

mod grounds;

use domain::{
    Account, Book, Draft, Money, PostingKind, Source,
    actor::RoleKind,
    departures::{DepartureRefusal, announced_until},
    ids::{CollectiveId, DecisionId, FeatureId, OrganisationId, PersonId, PotId},
    posting::Reason,
    shares::{
        Held, OwnGoesTo,
        returns::{Leaving, depart},
    },
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    decisions::DecisionRow,
    departures::Departure,
    features::Feature,
    features::lists::{self, Card},
    journal::Of,
    organisations::MemberRow,
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    decisions::{self, NewDecision},
    error::{Failure, Never},
    invoices::{At, tied_to},
    rights, second_word,
    sessions::Session,
    subscriptions,
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
    /// Whether it is meant: it can't be undone.
    pub confirmed: bool,
}

/// What a departure would meet, told before.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// Whether it holds the money of a pot, and so can't leave before another does.
    pub is_host: bool,
    /// The features that it leads: stewards will give them another lead.
    pub led: Vec<Card>,
    /// Who of its people holds which role: they keep it.
    pub roles: Vec<(String, RoleKind)>,
    /// The names of those of whom one must have written the decision down; none: nobody else can.
    pub writers: Vec<String>,
    /// Whom an exclusion by their own word alone makes wait: nobody else can write it down, and the organisation has people.
    announces: Option<PersonId>,
    /// Whether it has a subscription, which ends with its membership.
    pub subscribes: bool,
    /// The rounds whose distribution may be reversed now, and can't be once its share of it has gone elsewhere.
    pub settles: Vec<i64>,
    /// The decisions on which it may rest, newest first.
    pub decisions: Vec<DecisionRow>,
}

impl Outlook {
    /// Whether somebody else must have written the decision down.
    #[must_use]
    pub fn by_two(&self) -> bool {
        !self.writers.is_empty()
    }

    /// Whether an exclusion is told to its people first, and waits.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.announces.is_some()
    }

    /// From when on an exclusion may rest on a decision, where it waits: it is the word of one person alone.
    #[must_use]
    pub fn rests_from(&self, decision: &DecisionRow, now: Timestamp) -> Option<Timestamp> {
        let person = self.announces.filter(|person| !second_word::is_by_another(*person, decision));
        person.map(|_| announced_until(decision.created_at)).filter(|from| *from > now)
    }
}

/// What the departure of an organisation would meet, as `person` sees it.
pub async fn outlook(
    tx: &mut Tx,
    collective: &CollectiveRow,
    person: PersonId,
    member: &MemberRow,
    now: Timestamp,
) -> Result<Outlook, Failure<Never>> {
    let organisation = member.id;
    let at = At::new(collective, now);
    let tied = tied_to(tx, &at, organisation, now).await?;
    let held = store::roles::of_collective(tx, collective.id, MOST_ROLES).await?.into_iter();
    let held = held.filter(|role| role.effective_at.is_some() && tied.contains(&role.person));
    let roles = held.map(|role| (role.person_name, role.kind)).collect();
    let (mut settles, mut subscribes) = (Vec::new(), false);
    for pot in store::pots::of_collective(tx, collective.id).await? {
        let all = store::subscriptions::of_organisation(tx, pot.id, organisation).await?;
        subscribes |= all.iter().any(|one| one.over_at.is_none());
        settles.extend(store::rounds::reversible_for(tx, pot.id, organisation).await?);
    }
    let writers = second_word::writers(tx, &at, person, Some(organisation)).await?;
    let announces = writers.is_empty() && grounds::has_people(tx, &at, organisation, person, now).await?;
    let mut decisions = Vec::new();
    for decision in grounds::fit(tx, collective, member).await? {
        let told = decision.created_at;
        if !announces
            || second_word::is_by_another(person, &decision)
            || grounds::has_people(tx, &at, organisation, person, told).await?
        {
            decisions.push(decision);
        }
    }
    Ok(Outlook {
        announces: announces.then_some(person),
        settles,
        subscribes,
        is_host: grounds::is_host(tx, collective.id, organisation).await?,
        led: lists::led_by(tx, collective.id, organisation, grounds::MOST_LED).await?,
        roles,
        writers,
        decisions,
    })
}

/// Most roles of a collective that are looked at.
const MOST_ROLES: u16 = 500;

/// An organisation leaves a collective today. Asks for the collective's administration, or for its own
/// representative, and a fresh sign-in. What is bound to triggered features stays bound, what it was called for stays
/// owed; gifts go back to their fund. What it leads has no lead any more. Its people, those who hold a role are told.
/// Errors: no right, no member, no such decision, or one about something else; it is the host; a refund that the rules
/// don't have, that nobody decided or its own people; an exclusion or a refund that one person alone decided, less than
/// [`domain::departures::ANNOUNCED`] ago where nobody else could; not confirmed.
pub async fn leave_collective(
    context: &Context,
    session: &Session,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    how: HowToLeave,
) -> Result<(), Failure<DepartureRefusal>> {
    leave(context, session, acting, collective, organisation, (how, None)).await
}

/// The same by a new decision, which is written down with the departure: nothing is while it isn't confirmed, or where it is
/// refused. Errors: also no right to write it down; on `title`, `outcome`, `decided_on`.
pub async fn leave_by_new_decision(
    context: &Context,
    session: &Session,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    how: HowToLeave,
    new: NewDecision,
) -> Result<(), Failure<DepartureRefusal>> {
    leave(context, session, acting, collective, organisation, (how, Some(new))).await
}

async fn leave(
    context: &Context,
    session: &Session,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    (how, new): (HowToLeave, Option<NewDecision>),
) -> Result<(), Failure<DepartureRefusal>> {
    session.proves(&acting, context.now())?;
    let mut tx = context.db.read().await?;
    let mut pots: Vec<PotId> =
        store::pots::of_collective(&mut tx, collective).await?.into_iter().map(|pot| pot.id).collect();
    drop(tx);
    pots.sort_unstable();
    let command = Leave { pots, acting, collective, organisation, how, new, drawn: Drawn::of(context) };
    context.db.write(command).await
}

struct Leave {
    /// By id: the order in which they are locked.
    pots: Vec<PotId>,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    how: HowToLeave,
    /// A decision that is written down with it.
    new: Option<NewDecision>,
    drawn: Drawn,
}

impl Command for Leave {
    type Done = ();
    type Error = Failure<DepartureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        self.pots.first().map(|pot| pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<DepartureRefusal>> {
        let mut tills = Vec::with_capacity(self.pots.len());
        for (pot, drawn) in self.pots.iter().zip(self.drawn.clone().parted()) {
            tills.push(Till::by_person(tx, *pot, &self.acting, &drawn).await?);
        }
        let Some(first) = tills.first_mut() else { return Err(Failure::NotFound) };
        let mut how = self.how;
        if let Some(new) = &self.new {
            how.decision = Some(decisions::record_in(tx, first, &self.acting, new).await?.id);
        }
        let grounds = match grounds::check(tx, first, &self.acting, self.organisation, how).await {
            // Nothing stays of a decision that was to be written down with it.
            Err(Failure::Refused(DepartureRefusal::Announced(_))) if self.new.is_some() => {
                return Err(Failure::Refused(DepartureRefusal::Unannounced));
            }
            checked => checked?,
        };
        if !self.how.confirmed {
            return Err(Failure::Refused(DepartureRefusal::Unconfirmed));
        }
        let decision = grounds.decision.id;
        let (mut stays, mut own, mut subscribed) = (Vec::new(), Vec::new(), false);
        for till in &mut tills {
            let left = self.leave_pot(tx, till, decision).await?;
            stays.extend(left.stays);
            own.push(left.own);
            subscribed |= subscriptions::end_with_membership(tx, till, self.organisation).await?;
        }
        let own = Money::sum(own).map_err(|error| Failure::Fault(error.to_string()))?;
        let Some(till) = tills.first_mut() else { return Err(Failure::NotFound) };
        store::organisations::leave(tx, self.collective, self.organisation, till.today).await?;
        store::needers::withdraw_all(tx, self.collective, self.organisation, till.now).await?;
        store::needs::supports::withdraw_all(tx, self.collective, self.organisation, till.now).await?;
        store::software::end_all(tx, self.collective, self.organisation, till.now).await?;
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
        till.record(tx, story).await?;
        let gone = Gone { own, refund: self.how.own == OwnGoesTo::RefundDue, subscribed };
        grounds::tell(tx, till, &grounds, gone).await
    }
}

/// What goes with an organisation that leaves, for those who are told.
#[derive(Clone, Copy)]
struct Gone {
    /// What was its own.
    own: Money,
    /// Whether that is paid back to it.
    refund: bool,
    /// Whether a subscription ended.
    subscribed: bool,
}

/// What an organisation leaves in a pot.
#[derive(Default)]
struct Left {
    /// The features on which it leaves some.
    stays: Vec<FeatureId>,
    /// What was its own, and goes where its departure says.
    own: Money,
}

impl Leave {
    /// Takes the organisation's money out of a pot.
    async fn leave_pot(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        decision: DecisionId,
    ) -> Result<Left, Failure<DepartureRefusal>> {
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
        let parts = leaving.share.iter().chain(leaving.allocated.iter().map(|(_, held)| held));
        let own = parts.filter(|held| held.source == Source::Own).map(|held| held.amount);
        let own = Money::sum(own.chain([leaving.pool])).map_err(fault)?;
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
            return Ok(Left { stays: features.iter().map(|feature| feature.id).collect(), own });
        }
        for mut feature in features {
            take_from_total(tx, till, &mut feature, &leaving).await?;
        }
        Ok(Left { stays: Vec::new(), own })
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
    let sum = Money::sum(of_feature).map_err(|error| Failure::Fault(error.to_string()))?;
    store::features::add_to_total(tx, feature.id, -sum.minor()).await?;
    feature.allocated_total = feature.allocated_total.less(sum);
    triggers::after_change(tx, till, feature).await.map(drop)
}

//! Subscriptions: declared by an organisation, or written down for it by a treasurer; changed, stopped, resumed.

pub mod calling;
pub mod page;

use domain::{
    actor::{Action, Holder, NotAllowed, Standing, permit},
    ids::{OrganisationId, PotId, SubscriptionCallId, SubscriptionId},
    input::{FieldError, FieldRule},
    money::Money,
    pot::FundMode,
    subscriptions::{Declared, LONGEST_REASON, Period, SubscriptionRefusal, check_dates},
    text,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    subscriptions::{Agreed, Subscription},
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    subscription_mails,
    till::{Drawn, Story, Till},
};

/// A subscription to be.
#[derive(Clone, Debug)]
pub struct NewSubscription {
    /// Whose.
    pub organisation: OrganisationId,
    /// How often it is called.
    pub period: Period,
    /// What is asked.
    pub declared: Declared,
    /// The first day of its first period.
    pub starts_on: Date,
    /// No period that begins after this day is called.
    pub ends_on: Option<Date>,
    /// Why somebody writes it down who doesn't act for the organisation; may be empty otherwise.
    pub reason: String,
}

/// The answer to a new subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscribed {
    /// The subscription.
    pub subscription: SubscriptionId,
}

/// Whether organisations subscribe to pots of that mode: where they pay in advance. Where one promises, what is called
/// follows from promises.
#[must_use]
pub const fn has_subscriptions(mode: FundMode) -> bool {
    matches!(mode, FundMode::Own)
}

/// Declares a subscription. Asks for a mandate for the organisation's money, or for the treasurer's role with a reason.
/// Errors: [`SubscriptionRefusal`]; fields `organisation`, `amount`, `turnover`, `rate`, `starts_on`, `ends_on`, `reason`; no
/// right; a key reused.
pub async fn subscribe(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: NewSubscription,
) -> Result<SubscriptionId, Failure<SubscriptionRefusal>> {
    let declared = match new.declared {
        Declared::Amount(amount) => (amount, Money::ZERO, 0),
        Declared::Turnover { turnover, rate } => (Money::ZERO, turnover, rate),
    };
    let dates = (new.starts_on.to_string(), new.ends_on.map(|day| day.to_string()));
    let said = ("subscription", pot, new.organisation, new.period.as_str(), declared, dates, &new.reason);
    let keyed = Keyed::of(context, &acting, &said).await?;
    let drawn = Drawn::of(context);
    let done = context.db.write(Subscribe { pot, acting, new, keyed, drawn }).await?;
    context.wake_worker();
    Ok(done.subscription)
}

struct Subscribe {
    pot: PotId,
    acting: Acting,
    new: NewSubscription,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Subscribe {
    type Done = Subscribed;
    type Error = Failure<SubscriptionRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Subscribed, Failure<SubscriptionRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let new = &self.new;
        let reason = reason_of(&till, new.organisation, &new.reason)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        if !has_subscriptions(till.locked.pot.fund_mode) {
            return Err(Failure::Refused(SubscriptionRefusal::OtherMode));
        }
        let mut errors = check_dates(new.starts_on, new.ends_on, till.today);
        let member = store::organisations::member(tx, till.collective.id, new.organisation).await?;
        if !member.is_some_and(|member| member.is_member(till.today)) {
            errors.push(FieldError::new("organisation", FieldRule::Unknown));
        }
        let terms = new.declared.terms(new.period).map_err(|wrong| errors.extend(wrong)).ok();
        let reason = reason.map_err(|rule| errors.push(FieldError::new("reason", rule))).ok();
        let (Some(terms), Some(reason), true) = (terms, reason, errors.is_empty()) else {
            return Err(Failure::Invalid(errors));
        };
        let subscription = Subscription {
            id: till.id(),
            pot: self.pot,
            organisation: new.organisation,
            period: new.period,
            starts_on: new.starts_on,
            ends_on: new.ends_on,
            stops_on: None,
            called: 0,
            over_at: None,
            created_at: till.now,
            version: 1,
            amount: terms.amount,
            rate: terms.rate.map(i64::from),
        };
        refuse_beside(tx, &subscription).await?;
        store::subscriptions::insert(tx, &subscription).await?;
        let agreed = Agreed { terms, by: self.acting.person, reason: &reason, at: till.now };
        store::subscriptions::agree(tx, subscription.id, 1, agreed).await?;
        calling::set_next(tx, &mut till, &subscription).await?;
        tell(tx, &mut till, &subscription, "subscription_declared").await?;
        if !reason.is_empty() {
            subscription_mails::tell_written_down(tx, &mut till, &subscription, &reason).await?;
        }
        let answer = Subscribed { subscription: subscription.id };
        remember(tx, self.pot, self.keyed.as_ref(), till.now, &answer).await?;
        Ok(answer)
    }
}

/// Whether whoever acts may do it for that organisation; and the reason that is kept, which must be there where they act as
/// treasurer. Errors: no right.
fn reason_of(
    till: &Till,
    organisation: OrganisationId,
    typed: &str,
) -> Result<Result<String, FieldRule>, NotAllowed> {
    let standing = till.standing().ok_or(NotAllowed::SignedOut)?;
    Ok(if for_another(standing, organisation)? {
        text::line(typed, LONGEST_REASON)
    } else {
        Ok(String::new())
    })
}

/// Whether whoever acts would write the subscription of that organisation down for it, and says why; else they act by a
/// mandate of its own. Errors: no right.
pub fn for_another(standing: &Standing, organisation: OrganisationId) -> Result<bool, NotAllowed> {
    // The permission is that of the organisation concerned, whichever the person acts for.
    let permit = permit(Action::Subscribe, standing, Some(organisation), None)?;
    Ok(!matches!(permit.held_as(), Holder::Mandate(_)))
}

/// An organisation has one subscription at a time: errors where another covers the days of this one.
async fn refuse_beside(tx: &mut Tx, one: &Subscription) -> Result<(), Failure<SubscriptionRefusal>> {
    let others = store::subscriptions::of_organisation(tx, one.pot, one.organisation).await?;
    for other in others.iter().filter(|other| other.id != one.id) {
        let (before, after) = (other.course().free_from(), one.course().free_from());
        let apart =
            before.is_some_and(|day| day <= one.starts_on) || after.is_some_and(|day| day <= other.starts_on);
        if !apart {
            return Err(Failure::Refused(SubscriptionRefusal::Already(before)));
        }
    }
    Ok(())
}

/// The subscriptions of an organisation that leaves end with its membership, in the act that ends that; whether one did.
/// What was called before stays owed. Errors: faults only.
pub(crate) async fn end_with_membership<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
) -> Result<bool, Failure<R>> {
    let mut ended = false;
    for mut one in store::subscriptions::of_organisation(tx, till.pot(), organisation).await? {
        if one.over_at.is_some() {
            continue;
        }
        end_now(&mut one, till.now);
        store::subscriptions::update(tx, &one).await?;
        tell(tx, till, &one, "subscription_ended").await?;
        ended = true;
    }
    Ok(ended)
}

/// Ends a subscription now: it stops where its next period would have begun, if it doesn't already.
fn end_now(one: &mut Subscription, now: Timestamp) {
    one.stops_on = one.stops_on.or_else(|| one.course().next());
    one.over_at = Some(now);
}

/// Writes down what happened to a subscription: how much an organisation pays is told to nobody by it.
async fn tell<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    subscription: &Subscription,
    what: &'static str,
) -> Result<(), Failure<R>> {
    let mut story = Story::new(what, ("subscription", subscription.id.0), json!({}));
    story.organisation = Some(subscription.organisation);
    story.public = false;
    till.record(tx, story).await
}

/// What somebody does with a subscription that is there.
#[derive(Clone, Debug)]
pub enum Act {
    /// Another amount, from the next call on.
    Change(Declared),
    /// No more calls from the next period on.
    Stop,
    /// It goes on after all.
    Resume,
}

/// Changes, stops or resumes a subscription from the next period on. Asks for what declaring it asks for.
/// Errors: [`SubscriptionRefusal`]; fields `amount`, `turnover`, `rate`, `reason`; no right; no such subscription.
pub async fn act(
    context: &Context,
    acting: Acting,
    pot: PotId,
    subscription: SubscriptionId,
    (act, reason): (Act, String),
) -> Result<(), Failure<SubscriptionRefusal>> {
    let drawn = Drawn::of(context);
    context.db.write(Do { pot, acting, subscription, act, reason, drawn }).await?;
    context.wake_worker();
    Ok(())
}

struct Do {
    pot: PotId,
    acting: Acting,
    subscription: SubscriptionId,
    act: Act,
    reason: String,
    drawn: Drawn,
}

impl Command for Do {
    type Done = ();
    type Error = Failure<SubscriptionRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SubscriptionRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let found = store::subscriptions::by_id(tx, self.subscription).await?;
        let mut one = found.filter(|one| one.pot == self.pot).ok_or(Failure::NotFound)?;
        let reason = reason_of(&till, one.organisation, &self.reason)?;
        let reason = reason.map_err(|rule| Failure::field("reason", rule))?;
        if one.over_at.is_some() {
            return Err(Failure::Refused(SubscriptionRefusal::Over));
        }
        match &self.act {
            Act::Change(declared) => self.change(tx, &mut till, &mut one, (*declared, &reason)).await,
            Act::Stop => {
                // Stopped twice, it stops the first time.
                let Some(next) = one.course().next().filter(|_| one.stops_on.is_none()) else {
                    return Ok(());
                };
                one.stops_on = Some(next);
                store::subscriptions::update(tx, &one).await?;
                tell(tx, &mut till, &one, "subscription_stopped").await?;
                self.tell_why(tx, &mut till, &one, (next, &reason)).await
            }
            Act::Resume => {
                let Some(day) = one.stops_on.take() else {
                    return Err(Failure::Refused(SubscriptionRefusal::NotStopped));
                };
                refuse_beside(tx, &one).await?;
                store::subscriptions::update(tx, &one).await?;
                tell(tx, &mut till, &one, "subscription_resumed").await?;
                self.tell_why(tx, &mut till, &one, (day, &reason)).await
            }
        }
    }
}

impl Do {
    /// Tells the organisation what a treasurer did for it, from that day on, and the reason they gave.
    async fn tell_why(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        one: &Subscription,
        (day, reason): (Date, &str),
    ) -> Result<(), Failure<SubscriptionRefusal>> {
        if reason.is_empty() {
            return Ok(());
        }
        subscription_mails::tell_stopped(tx, till, one, (day, reason)).await
    }

    async fn change(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        one: &mut Subscription,
        (declared, reason): (Declared, &str),
    ) -> Result<(), Failure<SubscriptionRefusal>> {
        let terms = declared.terms(one.period).map_err(Failure::Invalid)?;
        if one.course().next().is_none() {
            return Err(Failure::Refused(SubscriptionRefusal::Over));
        }
        // Sent twice, it is agreed once.
        if terms == one.terms() {
            return Ok(());
        }
        let agreed = Agreed { terms, by: self.acting.person, reason, at: till.now };
        store::subscriptions::agree(tx, one.id, one.version + 1, agreed).await?;
        (one.amount, one.rate) = (terms.amount, terms.rate.map(i64::from));
        tell(tx, till, one, "subscription_changed").await?;
        if !reason.is_empty() {
            subscription_mails::tell_written_down(tx, till, one, reason).await?;
        }
        Ok(())
    }
}

/// The rest of a call isn't asked any more: it was paid another way before, or the organisation can't. Asks for the
/// treasurer's role and a reason. Errors: nothing is awaited for it; field `reason`; no right; no such call.
pub async fn give_up(
    context: &Context,
    acting: Acting,
    pot: PotId,
    call: SubscriptionCallId,
    reason: String,
) -> Result<(), Failure<SubscriptionRefusal>> {
    context.db.write(GiveUp { pot, acting, call, reason, drawn: Drawn::of(context) }).await
}

struct GiveUp {
    pot: PotId,
    acting: Acting,
    call: SubscriptionCallId,
    reason: String,
    drawn: Drawn,
}

impl Command for GiveUp {
    type Done = ();
    type Error = Failure<SubscriptionRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SubscriptionRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::RecordMoney, &self.acting, None)?;
        let found = store::subscriptions::lock_call(tx, self.call).await?;
        let mut call = found.filter(|call| call.pot == self.pot).ok_or(Failure::NotFound)?;
        let reason = text::line(&self.reason, LONGEST_REASON);
        call.reason = reason.map_err(|rule| Failure::field("reason", rule))?;
        let amounts = calling::amounts_of(tx, &call).await?;
        if !amounts.rest().is_positive() {
            let state = amounts.state(call.due_on, till.today);
            return Err(Failure::Refused(SubscriptionRefusal::NotAwaited(state)));
        }
        call.cancelled = call.cancelled.plus(amounts.rest()).unwrap_or(call.amount);
        call.cancelled_by = Some(self.acting.person);
        store::subscriptions::update_call(tx, &call).await?;
        let data = json!({ "number": call.number });
        let mut story = Story::new("subscription_given_up", ("subscription", call.subscription.0), data);
        story.organisation = Some(call.organisation);
        story.public = false;
        till.record(tx, story).await
    }
}

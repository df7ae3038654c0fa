//! The calls of subscriptions: made by a job at the beginning of each period, once a period however often it is begun;
//! reminded of once when they are late; paid by what a treasurer records.

use domain::{
    Money,
    fund_calls::CallAmounts,
    ids::{OrganisationId, PostingId, PotId, SubscriptionCallId, SubscriptionId},
    subscriptions::settle,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde_json::json;
use store::{
    Command, Tx,
    deadlines::Deadline,
    subscriptions::{Subscription, SubscriptionCall},
};
use uuid::Uuid;

use super::{end_now, has_subscriptions};
use crate::{
    context::Context,
    error::{Failure, Never},
    fund_calls::reference_of,
    subscription_mails,
    till::{Drawn, Story, Till},
};

/// The kind of the deadline at the beginning of a period.
pub const CALL: &str = "subscription_call";
/// The kind of the deadline after the last day of a call.
pub const LATE: &str = "subscription_late";

/// Sets the deadline of the next call, if there is to be one. Errors: faults only.
pub(super) async fn set_next<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    subscription: &Subscription,
) -> Result<(), Failure<R>> {
    let course = subscription.course();
    // One that was stopped keeps its deadline: until then it may go on after all.
    let begins = course.next().or(course.stops_on);
    let Some(begins) = begins else { return Ok(()) };
    let due_at = begins.yesterday().map_or(Timestamp::MIN, |eve| till.collective.end_of(eve));
    let kind = (CALL, subscription.called.to_string());
    set(tx, till, subscription.id.0, kind, due_at).await
}

async fn set<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    subject: Uuid,
    (kind, occurrence): (&'static str, String),
    due_at: Timestamp,
) -> Result<(), Failure<R>> {
    let collective = Some(till.collective.id);
    let deadline = Deadline { id: till.id(), collective, subject, kind, occurrence, due_at };
    Ok(store::deadlines::set(tx, &deadline).await?)
}

/// Calls the period of a subscription that begins, if it has begun and wasn't called yet; and sets the next deadline.
/// Nothing is called of an organisation that left. Errors: faults only.
pub async fn call_if_due(context: &Context, subscription: SubscriptionId) -> Result<(), Failure<Never>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::subscriptions::by_id(&mut tx, subscription).await? else { return Ok(()) };
    drop(tx);
    if row.over_at.is_some() {
        return Ok(());
    }
    context.db.write(Call { pot: row.pot.0, subscription, drawn: Drawn::of(context) }).await?;
    context.wake_worker();
    Ok(())
}

struct Call {
    pot: Uuid,
    subscription: SubscriptionId,
    drawn: Drawn,
}

impl Command for Call {
    type Done = ();
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut till = Till::by_job(tx, self.pot.into(), CALL, &self.drawn).await?;
        // Read after the pot's lock: another process may have called it meanwhile.
        let found = store::subscriptions::by_id(tx, self.subscription).await?;
        let mut one = found.filter(|one| one.over_at.is_none()).ok_or(Failure::NotFound)?;
        let member = store::organisations::member(tx, till.collective.id, one.organisation).await?;
        let pays = has_subscriptions(till.locked.pot.fund_mode)
            && member.is_some_and(|member| member.is_member(till.today));
        let course = one.course();
        let Some(begins) = course.next().filter(|_| pays) else {
            // A stop is final from the day on which the next period would have begun.
            if !pays || course.stops_on.is_none_or(|day| day <= till.today) {
                end_now(&mut one, till.now);
                return Ok(store::subscriptions::update(tx, &one).await?);
            }
            return set_next(tx, &mut till, &one).await;
        };
        if begins > till.today {
            return set_next(tx, &mut till, &one).await;
        }
        let call = made(tx, &mut till, &one, begins).await?;
        // The constraint decides, whatever was read.
        if store::subscriptions::insert_call(tx, &call).await? {
            announce(tx, &mut till, &one, &call).await?;
        }
        one.called += 1;
        if one.course().next().is_none() && one.stops_on.is_none() {
            one.over_at = Some(till.now);
        }
        store::subscriptions::update(tx, &one).await?;
        set_next(tx, &mut till, &one).await
    }
}

/// The call of the period that begins on that day.
async fn made(
    tx: &mut Tx,
    till: &mut Till,
    one: &Subscription,
    begins: Date,
) -> Result<SubscriptionCall, Failure<Never>> {
    let number = store::subscriptions::next_number(tx, till.pot()).await?;
    let last = one.period.ends(one.starts_on, one.called).unwrap_or(begins);
    Ok(SubscriptionCall {
        id: till.id(),
        pot: till.pot(),
        subscription: one.id,
        organisation: one.organisation,
        number,
        reference: reference_of(till, "C", number),
        from_day: begins,
        until_day: last,
        amount: one.terms().of(one.period, one.called),
        cancelled: Money::ZERO,
        cancelled_by: None,
        reason: String::new(),
        // Nobody is late for what they are asked for today.
        due_on: till.today.saturating_add(i64::from(till.rules.delays.payment).days()),
        reminded_at: None,
        created_at: till.now,
    })
}

/// Tells the organisation what it is called for, unless what it paid ahead covers it, and sets the day after which it is
/// late.
async fn announce(
    tx: &mut Tx,
    till: &mut Till,
    one: &Subscription,
    call: &SubscriptionCall,
) -> Result<(), Failure<Never>> {
    let due_at = till.collective.end_of(call.due_on);
    set(tx, till, call.id.0, (LATE, String::new()), due_at).await?;
    let data = json!({ "number": call.number, "from": call.from_day.to_string() });
    let mut story = Story::new("subscription_called", ("subscription", one.id.0), data);
    story.organisation = Some(one.organisation);
    story.public = false;
    till.record(tx, story).await?;
    let rest = amounts_of(tx, call).await?.rest();
    subscription_mails::tell_called(tx, till, call, rest).await
}

/// The calls of an organisation in a pot, the oldest first, each with what is paid of it; and what was paid beyond all of
/// them.
pub(super) async fn settled(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> store::sqlx::Result<(Vec<(SubscriptionCall, CallAmounts)>, Money)> {
    let calls = store::subscriptions::calls_of(tx, pot, organisation).await?;
    let paid = store::subscriptions::paid_by(tx, pot, organisation).await?;
    let settled = settle(calls.iter().map(|call| (call.amount, call.cancelled)), paid);
    Ok((calls.into_iter().zip(settled.calls).collect(), settled.ahead))
}

/// What of a call is paid.
pub(super) async fn amounts_of(tx: &mut Tx, call: &SubscriptionCall) -> store::sqlx::Result<CallAmounts> {
    let (calls, _) = settled(tx, call.pot, call.organisation).await?;
    let found = calls.into_iter().find(|(one, _)| one.id == call.id).map(|(_, amounts)| amounts);
    Ok(found.unwrap_or(CallAmounts { called: call.amount, ..CallAmounts::default() }))
}

/// What the deadline of a call does after its last day: the organisation is reminded of what isn't paid, once.
/// Errors: faults only.
pub async fn remind_if_late(context: &Context, call: SubscriptionCallId) -> Result<(), Failure<Never>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::subscriptions::call(&mut tx, call).await? else { return Ok(()) };
    drop(tx);
    if row.reminded_at.is_some() {
        return Ok(());
    }
    context.db.write(Remind { pot: row.pot.0, call, drawn: Drawn::of(context) }).await?;
    context.wake_worker();
    Ok(())
}

struct Remind {
    pot: Uuid,
    call: SubscriptionCallId,
    drawn: Drawn,
}

impl Command for Remind {
    type Done = ();
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut till = Till::by_job(tx, self.pot.into(), LATE, &self.drawn).await?;
        let mut call = store::subscriptions::lock_call(tx, self.call).await?.ok_or(Failure::NotFound)?;
        if call.reminded_at.is_some() {
            return Ok(());
        }
        if till.today <= call.due_on {
            // The collective moved to another time zone: its day isn't over.
            let due_at = till.collective.end_of(call.due_on);
            return set(tx, &mut till, call.id.0, (LATE, String::new()), due_at).await;
        }
        let rest = amounts_of(tx, &call).await?.rest();
        if !rest.is_positive() {
            return Ok(());
        }
        call.reminded_at = Some(till.now);
        store::subscriptions::update_call(tx, &call).await?;
        let data = json!({ "number": call.number });
        let mut story = Story::new("subscription_late", ("subscription", call.subscription.0), data);
        story.organisation = Some(call.organisation);
        story.public = false;
        till.record(tx, story).await?;
        subscription_mails::tell_late(tx, &mut till, &call, rest).await
    }
}

/// What a treasurer recorded as a subscription counts for what the organisation is called for here, or will be.
pub(crate) async fn count(
    tx: &mut Tx,
    till: &Till,
    organisation: OrganisationId,
    posting: PostingId,
    amount: Money,
) -> store::sqlx::Result<()> {
    let pot = till.pot();
    let has_one = !store::subscriptions::of_organisation(tx, pot, organisation).await?.is_empty();
    match has_one {
        true => store::subscriptions::insert_payment(tx, pot, organisation, posting, amount).await,
        false => Ok(()),
    }
}

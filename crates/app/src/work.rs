//! The work on a triggered feature of the trust track: who does it, by when, and what happens where nobody reports.

pub mod deciding;
pub mod ending;
pub mod objections;
pub mod page;
pub mod reports;

use domain::{
    actor::{Action, NotAllowed, Permit},
    features::{FeatureRefusal, State, Track},
    ids::{CollectiveId, FeatureId, OrganisationId},
    names,
    posting::Reason,
    reports::{CURE_FOR, Late, ReportRefusal, late, next_late},
    text,
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, features::Feature, organisations::MemberRow, work::Work};
use uuid::Uuid;

use crate::{
    acting::Acting,
    closings,
    context::Context,
    error::Failure,
    features,
    till::{Drawn, Story, Till},
    work_mails,
};

/// The deadline at which something is done about work that is late.
pub const LATE: &str = "work_late";
/// Members that are read at once while looking for a name.
const CHUNK: u16 = 500;
/// How many days a late feature waits for invoices that nobody answered.
const WAITS_FOR_INVOICES: i64 = 15;

/// Who does the work on a feature, as its page says before the first euro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// The name.
    pub name: String,
    /// The member that it is. Whatever it may do it may as this one, never by its name.
    pub organisation: Option<OrganisationId>,
    /// Whether that member said itself that it does the work: it leads, or it presented an invoice or a report. Another
    /// names whom they like, and no rights of others hang on that.
    pub said_so: bool,
}

impl Worker {
    /// The member, where it said itself that it is the one.
    #[must_use]
    pub fn by_its_own_word(&self) -> Option<OrganisationId> {
        self.organisation.filter(|_| self.said_so)
    }
}

/// Who does the work on a feature: whoever is named, or the organisation that leads where nobody is.
pub async fn worker_of(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<Worker> {
    let name = worker_shown(tx, feature).await?;
    if !name.is_empty() {
        let organisation = feature.worker_organisation;
        let said_so = match organisation {
            Some(worker) if worker != feature.lead => store::work::spoke_for(tx, feature.id, worker).await?,
            of_lead => of_lead.is_some(),
        };
        return Ok(Worker { name, organisation, said_so });
    }
    let lead = store::organisations::get(tx, feature.lead).await?.map(|lead| lead.name).unwrap_or_default();
    Ok(Worker { name: lead, organisation: Some(feature.lead), said_so: true })
}

/// Who is named as doing the work: the member's present name, or what was typed; may be empty.
pub async fn worker_shown(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<String> {
    let member = match feature.worker_organisation {
        Some(worker) => store::organisations::get(tx, worker).await?,
        None => None,
    };
    Ok(member.map_or_else(|| feature.worker.trim().to_owned(), |member| member.name))
}

/// Names who does the work on a feature: the member of that name today, if there is one. As long as the text that was
/// shown stays, so does whom it meant: nobody becomes the worker by a new name. Errors: faults only.
pub(crate) async fn name_worker(
    tx: &mut Tx,
    feature: &mut Feature,
    typed: &str,
    today: Date,
) -> store::sqlx::Result<()> {
    if worker_shown(tx, feature).await? == typed {
        return Ok(());
    }
    typed.clone_into(&mut feature.worker);
    let member = crate::members::named(tx, feature.collective, typed, today).await?;
    feature.worker_organisation = member.map(|member| member.id);
    Ok(())
}

/// The member of a collective of that name, present or past, whatever case and accents; else one whose name is the same
/// without legal form and additions.
pub(crate) async fn member_named(
    tx: &mut Tx,
    collective: CollectiveId,
    name: &str,
) -> store::sqlx::Result<Option<MemberRow>> {
    let wanted = text::fold(name);
    let mut after = String::new();
    let mut like = None;
    loop {
        let members = store::organisations::members(tx, collective, &after, CHUNK).await?;
        let last = members.last().map(|member| member.slug.clone());
        let is_last = members.len() < usize::from(CHUNK);
        for member in members {
            if text::fold(&member.name) == wanted {
                return Ok(Some(member));
            }
            if like.is_none() && names::same_name(&member.name, name) {
                like = Some(member);
            }
        }
        match last.filter(|_| !is_last) {
            Some(last) => after = last,
            None => return Ok(like),
        }
    }
}

/// Checks an action of whoever leads the feature, or does the work. Errors: [`NotAllowed`].
pub(crate) fn permit_at_work(
    till: &Till,
    action: Action,
    acting: &Acting,
    feature: &Feature,
    worker: &Worker,
) -> Result<Permit, NotAllowed> {
    till.permit(action, acting, Some(feature.lead)).or_else(|why| match worker.organisation {
        Some(organisation) => till.permit(action, acting, Some(organisation)).map_err(|_| why),
        None => Err(why),
    })
}

/// Begins the work on a feature that was just triggered: it is to be done by a day that the rules say.
/// Errors: faults only.
pub(crate) async fn begin<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<(), Failure<R>> {
    if feature.track != Track::Trust || feature.state != State::Building {
        return Ok(());
    }
    let due_on = till.rules.calendar.last_day(till.today, till.rules.delays.building);
    set_due(tx, till, feature, due_on).await
}

/// Writes by when work is to be done, and forgets that it was late. Errors: faults only.
pub(crate) async fn set_due<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    due_on: Date,
) -> Result<(), Failure<R>> {
    let work = Work { feature: feature.id, due_on, noticed_at: None, cure_until: None, created_at: till.now };
    store::work::put(tx, &work).await?;
    wait(tx, till, &work, None).await
}

/// Sets the deadline at which something is done about late work; `not_before` moves it.
async fn wait<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    work: &Work,
    not_before: Option<Date>,
) -> Result<(), Failure<R>> {
    store::deadlines::cancel(tx, work.feature.0, LATE).await?;
    let last = next_late(work.due_on, work.noticed_at.is_some(), work.cure_until);
    let last = not_before.map_or(last, |day| day.max(last));
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: work.feature.0,
        kind: LATE,
        occurrence: format!("{last} {}", till.now.as_microsecond()),
        due_at: till.collective.end_of(last),
    };
    Ok(store::deadlines::set(tx, &deadline).await?)
}

/// Nothing is waited for any more: the feature has ended, or was reported. Errors: faults only.
pub(crate) async fn stop_late(tx: &mut Tx, feature: FeatureId) -> store::sqlx::Result<()> {
    store::deadlines::cancel(tx, feature.0, LATE).await.map(drop)
}

/// What the deadline of late work calls: a reminder, a last delay, the end. Does nothing where a report stands, nor
/// before its day.
pub async fn late_if_due(context: &Context, feature: FeatureId) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = features::find(context, feature).await? else { return Ok(()) };
    if row.state != State::Building {
        return Ok(());
    }
    context.db.write(BeLate { pot: row.pot.0, feature, drawn: Drawn::of(context) }).await
}

struct BeLate {
    pot: Uuid,
    feature: FeatureId,
    drawn: Drawn,
}

impl Command for BeLate {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), LATE, &self.drawn).await?;
        let mut feature = features::lock_one(tx, &till, self.feature).await?;
        if feature.state != State::Building || store::work::lock_standing(tx, feature.id).await?.is_some() {
            return Ok(());
        }
        let Some(mut work) = store::work::of_feature(tx, feature.id).await? else { return Ok(()) };
        match late(work.due_on, work.noticed_at.is_some(), work.cure_until, till.today) {
            Late::Waits => Ok(()),
            Late::Notice => {
                work.noticed_at = Some(till.now);
                be_late(tx, &mut till, &feature, &work, "work_noticed").await
            }
            Late::Cure => {
                work.noticed_at.get_or_insert(till.now);
                work.cure_until = Some(till.today.saturating_add(i64::from(CURE_FOR).days()));
                be_late(tx, &mut till, &feature, &work, "work_last_delay").await
            }
            Late::Abandon => abandon(tx, &mut till, &mut feature, &work).await,
        }
    }
}

async fn be_late(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    work: &Work,
    kind: &'static str,
) -> Result<(), Failure<FeatureRefusal>> {
    store::work::put(tx, work).await?;
    wait(tx, till, work, None).await?;
    let until = work.cure_until.map(|day| day.to_string());
    let data = json!({ "title": feature.title, "number": feature.number, "due_on": work.due_on.to_string(),
        "until": until });
    till.record(tx, Story::new(kind, ("feature", feature.id.0), data)).await?;
    work_mails::tell_late(tx, till, feature, work).await
}

/// Nobody reported, and the last delay is over: what is left returns. Invoices that wait are answered first.
async fn abandon(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    work: &Work,
) -> Result<(), Failure<FeatureRefusal>> {
    if store::invoices::pending(tx, feature.id).await?.count > 0 {
        return wait(tx, till, work, Some(till.today.saturating_add(WAITS_FOR_INVOICES.days()))).await;
    }
    let returned = closings::release_in(tx, till, feature, Reason::Cancelled, None).await?;
    let data = json!({ "reason": "", "returned": returned.sum.minor(), "late": true });
    features::step(tx, till, feature, State::Abandoned, data).await?;
    work_mails::tell_ended(tx, till, feature, &returned, "").await
}

/// A steward gives the work on a feature more time, for a reason that everybody reads; a report to which others
/// object is answered by it. Errors: fields `until` and `reason`; no right; no such work; a report that waits for
/// objections.
pub async fn give_time(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    until: Date,
    reason: &str,
) -> Result<(), Failure<ReportRefusal>> {
    reports::decide(context, acting, feature, reports::Decision::MoreTime(until), reason).await
}

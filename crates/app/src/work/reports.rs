//! Reports: whoever leads or does the work says that it is done; silence accepts it, objections are answered by the
//! stewards, their silence accepts it too.

use domain::{
    actor::{Action, NotAllowed},
    features::State,
    ids::{FeatureId, ReportId},
    input::{FieldError, FieldRule},
    pot::FundMode,
    reports::{LONGEST_REPORT, Outcome, ReportRefusal, ReportState},
    text,
};
use jiff::{ToSpan as _, civil::Date};
use serde::Serialize;
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, features::Feature, work::Report};
use uuid::Uuid;

use super::{
    deciding, ending,
    objections::{asked_on, own_side},
    permit_at_work, set_due, stop_late, worker_of,
};
use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    error::Failure,
    features,
    idempotency::{Keyed, remember, replayed},
    invoices,
    till::{Drawn, Story, Till},
    work_mails,
};

/// The deadline at which silence accepts a report.
pub const REPORT: &str = "report_due";
/// How long whoever does the work has to send the last invoice once the last call for funds is due, in days.
const AFTER_LAST_CALL: i64 = 7;
/// The latest day to which time is given, in days from now.
const MOST_TIME: i64 = 730;

/// A report as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewReport {
    /// What was done.
    pub body: String,
    /// Where it is seen; may be empty.
    pub link: String,
}

/// Whoever leads a feature or does the work reports that it is done. Answers with the last day for objections.
/// Errors: fields `body` and `link`; no right; another report stands; not being built.
pub async fn report(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    new: NewReport,
) -> Result<Date, Failure<ReportRefusal>> {
    let Some(row) = features::find(context, feature).await? else { return Err(Failure::NotFound) };
    let keyed = Keyed::of(context, &acting, &("report", feature, &new)).await?;
    context.db.write(Write { pot: row.pot.0, acting, feature, new, keyed, drawn: Drawn::of(context) }).await
}

struct Write {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    new: NewReport,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Write {
    fn checked(&self) -> Result<NewReport, Failure<ReportRefusal>> {
        let mut errors = Vec::new();
        let body = match text::paragraphs(&self.new.body, LONGEST_REPORT) {
            Ok(body) if body.trim().is_empty() => Err(FieldRule::Missing),
            other => other,
        };
        let body = body.map_err(|rule| errors.push(FieldError::new("body", rule))).unwrap_or_default();
        let link = match self.new.link.trim() {
            "" => Ok(String::new()),
            typed => text::web_address(typed),
        };
        let link = link.map_err(|rule| errors.push(FieldError::new("link", rule))).unwrap_or_default();
        if errors.is_empty() { Ok(NewReport { body, link }) } else { Err(Failure::Invalid(errors)) }
    }
}

impl Command for Write {
    type Done = Date;
    type Error = Failure<ReportRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Date, Failure<ReportRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let feature = features::lock_one(tx, &till, self.feature).await?;
        let worker = worker_of(tx, &feature).await?;
        let permit = permit_at_work(&till, Action::ReportWork, &self.acting, &feature, &worker)?;
        if let Some(until) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(until);
        }
        let new = self.checked()?;
        if feature.state != State::Building {
            return Err(Failure::Refused(ReportRefusal::NotBuilding(feature.state)));
        }
        if store::work::lock_standing(tx, feature.id).await?.is_some() {
            return Err(Failure::Refused(ReportRefusal::Standing));
        }
        let until = last_day(tx, &till, &feature).await?;
        let own = own_side(&feature, &worker);
        let asked = asked_on(tx, till.collective.id, till.today, &own).await?;
        let row = Report {
            id: till.id(),
            feature: feature.id,
            number: store::work::next_number(tx, feature.id).await?,
            body: new.body,
            link: new.link,
            organisation: permit.organisation().unwrap_or(feature.lead),
            person: self.acting.person,
            created_at: till.now,
            state: ReportState::Open,
            objections_until: until,
            objections_asked: i64::try_from(asked).ok(),
            answer_until: None,
            outcome: None,
            decided_by: None,
            decided_at: None,
            reason: String::new(),
        };
        store::work::insert_report(tx, &row).await?;
        stop_late(tx, feature.id).await?;
        wait(tx, &mut till, &row, until).await?;
        let data = json!({ "title": feature.title, "number": feature.number, "until": until.to_string() });
        let mut story = Story::new("work_reported", ("feature", feature.id.0), data);
        story.organisation = Some(row.organisation);
        till.record(tx, story).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &until).await?;
        work_mails::tell_reported(tx, &mut till, &feature, &row).await?;
        Ok(until)
    }
}

/// The last day for objections to a report written today. In a pledge pot it waits for the calls that aren't late, so
/// that whoever did the work can still invoice what comes in.
async fn last_day<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &Till,
    feature: &Feature,
) -> Result<Date, Failure<R>> {
    let window = till.rules.calendar.last_day(till.today, till.rules.delays.accepting);
    if till.locked.pot.fund_mode != FundMode::Pledge {
        return Ok(window);
    }
    let calls = store::fund_calls::lock_of_feature(tx, feature.id).await?;
    let awaited = calls.iter().filter(|call| call.state.is_awaited()).map(|call| call.due_on);
    let after = awaited.max().map(|day| day.saturating_add(AFTER_LAST_CALL.days()));
    Ok(after.map_or(window, |day| window.max(day)))
}

/// Sets the deadline at which silence accepts a report. Errors: faults only.
pub(super) async fn wait<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    report: &Report,
    last: Date,
) -> Result<(), Failure<R>> {
    store::deadlines::cancel(tx, report.id.0, REPORT).await?;
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: report.id.0,
        kind: REPORT,
        occurrence: format!("{} {}", report.state.as_str(), till.now.as_microsecond()),
        due_at: till.collective.end_of(last),
    };
    Ok(store::deadlines::set(tx, &deadline).await?)
}

/// What the deadline of a report calls: after the last day for objections, or for the stewards' answer, silence is a
/// yes. Does nothing before, nor a second time.
pub async fn accept_if_due(context: &Context, report: ReportId) -> Result<(), Failure<ReportRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::work::report(&mut tx, report).await? else { return Ok(()) };
    let Some(feature) = store::features::by_id(&mut tx, row.feature).await? else { return Ok(()) };
    drop(tx);
    if !matches!(row.state, ReportState::Open | ReportState::Contested) {
        return Ok(());
    }
    let command = Accept { pot: feature.pot.0, feature: feature.id, report, drawn: Drawn::of(context) };
    context.db.write(command).await
}

struct Accept {
    pot: Uuid,
    feature: FeatureId,
    report: ReportId,
    drawn: Drawn,
}

impl Command for Accept {
    type Done = ();
    type Error = Failure<ReportRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ReportRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), REPORT, &self.drawn).await?;
        let mut feature = features::lock_one(tx, &till, self.feature).await?;
        let standing = store::work::lock_standing(tx, feature.id).await?;
        let Some(mut report) = standing.filter(|row| row.id == self.report) else { return Ok(()) };
        let last = match report.state {
            ReportState::Open => Some(report.objections_until),
            ReportState::Contested => report.answer_until,
            ReportState::Accepted | ReportState::Closed => None,
        };
        if last.is_none_or(|last| till.today <= last) {
            return Ok(());
        }
        ending::answer(tx, &mut till, &mut feature, &mut report, Outcome::Delivered).await
    }
}

/// What a steward decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The work goes on until that day.
    MoreTime(Date),
    /// The feature ends so.
    Ends(Outcome),
}

/// A steward who neither wrote the report, leads the feature nor does the work answers the objections, or gives more
/// time, for a reason that everybody reads; where there is none, the representative of another member does.
/// Errors: fields `reason` and `until`; no right; tied; nothing to be answered.
pub async fn decide(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    decision: Decision,
    reason: &str,
) -> Result<(), Failure<ReportRefusal>> {
    let reason = given_reason(reason)?;
    let Some(row) = features::find(context, feature).await? else { return Err(Failure::NotFound) };
    let request = match decision {
        Decision::MoreTime(until) => until.to_string(),
        Decision::Ends(outcome) => outcome.as_str().to_owned(),
    };
    let keyed = Keyed::of(context, &acting, &("decide_report", feature, request, &reason)).await?;
    let command =
        Decide { pot: row.pot.0, acting, feature, decision, reason, keyed, drawn: Drawn::of(context) };
    context.db.write(command).await
}

struct Decide {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    decision: Decision,
    reason: String,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Decide {
    type Done = ();
    type Error = Failure<ReportRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ReportRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let mut feature = features::lock_one(tx, &till, self.feature).await?;
        till.permit(Action::DecideReport, &self.acting, Some(feature.lead))?;
        if let Some(()) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(());
        }
        let person = till.person().ok_or(Failure::NotAllowed(NotAllowed::SignedOut))?;
        let report = store::work::lock_standing(tx, feature.id).await?;
        let at = invoices::At::of(&till);
        let known = deciding::deciders(tx, &at, &feature, report.as_ref(), &[person]).await?;
        known.may_decide(person).map_err(Failure::Refused)?;
        if feature.state != State::Building {
            return Err(Failure::Refused(ReportRefusal::NotBuilding(feature.state)));
        }
        match (self.decision, report) {
            // More time has a day, else the feature would never end.
            (Decision::Ends(Outcome::MoreTime), _) => {
                return Err(Failure::Refused(ReportRefusal::NotContested));
            }
            (Decision::MoreTime(until), None) => self.more_time(tx, &mut till, &feature, until).await?,
            (Decision::MoreTime(until), Some(mut report)) if report.state == ReportState::Contested => {
                report.outcome = Some(Outcome::MoreTime);
                report.decided_by = Some(person);
                report.decided_at = Some(till.now);
                report.reason.clone_from(&self.reason);
                ending::close(tx, &mut report).await?;
                self.more_time(tx, &mut till, &feature, until).await?;
            }
            (Decision::Ends(outcome), Some(mut report)) if report.state == ReportState::Contested => {
                report.decided_by = Some(person);
                report.reason.clone_from(&self.reason);
                ending::answer(tx, &mut till, &mut feature, &mut report, outcome).await?;
            }
            (Decision::MoreTime(_), Some(_)) => return Err(Failure::Refused(ReportRefusal::Standing)),
            (Decision::Ends(_), _) => return Err(Failure::Refused(ReportRefusal::NotContested)),
        }
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &()).await
    }
}

impl Decide {
    async fn more_time(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        feature: &Feature,
        until: Date,
    ) -> Result<(), Failure<ReportRefusal>> {
        let latest = till.today.saturating_add(MOST_TIME.days());
        if until <= till.today {
            return Err(Failure::field("until", FieldRule::InThePast));
        }
        if until > latest {
            return Err(Failure::field("until", FieldRule::After(latest)));
        }
        set_due(tx, till, feature, until).await?;
        let data = json!({ "title": feature.title, "number": feature.number, "until": until.to_string(),
            "reason": self.reason });
        till.record(tx, Story::new("work_given_time", ("feature", feature.id.0), data)).await?;
        work_mails::tell_time(tx, till, feature, until, &self.reason).await
    }
}

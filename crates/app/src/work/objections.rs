//! Objections to a report: one an organisation, with a reason, withdrawn at will while the report waits.

use std::collections::BTreeSet;

use domain::{
    actor::Action,
    features::Needers,
    ids::{CollectiveId, FeatureId, OrganisationId},
    reports::{ReportRefusal, ReportState, objections_asked},
};
use jiff::civil::Date;
use serde_json::json;
use store::{Command, Tx, collectives::CollectiveRow, features::Feature, work::Report};
use uuid::Uuid;

use super::{Worker, reports, worker_of};
use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    error::Failure,
    features,
    till::{Drawn, Story, Till},
    work_mails,
};

/// An organisation objects to the report of a feature. Two, spoken for by two persons (or all that may, where they are
/// fewer), hold it up until the stewards answer. Errors: field `reason`; no right; no report; the window is over; its
/// own work; no member when it was published; it objects already.
pub async fn object(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    reason: &str,
) -> Result<(), Failure<ReportRefusal>> {
    let reason = given_reason(reason)?;
    carry_out(context, acting, feature, Some(reason)).await
}

/// The organisation takes its objection back. Errors: no right; it doesn't object; the report is answered.
pub async fn withdraw_objection(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
) -> Result<(), Failure<ReportRefusal>> {
    carry_out(context, acting, feature, None).await
}

async fn carry_out(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    reason: Option<String>,
) -> Result<(), Failure<ReportRefusal>> {
    let Some(row) = features::find(context, feature).await? else { return Err(Failure::NotFound) };
    context.db.write(Object { pot: row.pot.0, acting, feature, reason, drawn: Drawn::of(context) }).await
}

struct Object {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    /// Why; nothing: the objection is withdrawn.
    reason: Option<String>,
    drawn: Drawn,
}

impl Command for Object {
    type Done = ();
    type Error = Failure<ReportRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ReportRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let feature = features::lock_one(tx, &till, self.feature).await?;
        let permit = till.permit(Action::ObjectToReport, &self.acting, None)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        let worker = worker_of(tx, &feature).await?;
        let own = own_side(&feature, &worker);
        let Some(mut report) = store::work::lock_standing(tx, feature.id).await? else {
            return Err(Failure::Refused(ReportRefusal::NoReport));
        };
        match &self.reason {
            Some(reason) => {
                if own.contains(&organisation) {
                    return Err(Failure::Refused(ReportRefusal::OwnWork));
                }
                if report.state != ReportState::Open || till.today > report.objections_until {
                    return Err(Failure::Refused(ReportRefusal::WindowOver));
                }
                let published = till.collective.day(report.created_at);
                if !was_member(tx, till.collective.id, organisation, published).await? {
                    return Err(Failure::Refused(ReportRefusal::JoinedSince));
                }
                let id = till.id();
                let person = self.acting.person;
                if !store::work::object(tx, id, report.id, organisation, person, reason, till.now).await? {
                    return Err(Failure::Refused(ReportRefusal::AlreadyObjected));
                }
                tell(tx, &mut till, &feature, organisation, "report_objected").await?;
            }
            None => {
                if !matches!(report.state, ReportState::Open | ReportState::Contested) {
                    return Err(Failure::Refused(ReportRefusal::WindowOver));
                }
                if !store::work::withdraw_objection(tx, report.id, organisation, till.now).await? {
                    return Err(Failure::Refused(ReportRefusal::NotObjected));
                }
                tell(tx, &mut till, &feature, organisation, "objection_withdrawn").await?;
            }
        }
        weigh(tx, &mut till, &feature, &mut report, &own).await
    }
}

async fn tell(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    organisation: OrganisationId,
    kind: &'static str,
) -> Result<(), Failure<ReportRefusal>> {
    let data = json!({ "title": feature.title, "number": feature.number });
    let mut story = Story::new(kind, ("feature", feature.id.0), data);
    story.organisation = Some(organisation);
    till.record(tx, story).await
}

/// How many objections hold a report up that is published on a day: two, or all other members where they are fewer.
/// Errors: faults only.
pub(crate) async fn asked_on(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    own: &BTreeSet<OrganisationId>,
) -> store::sqlx::Result<usize> {
    let members = store::organisations::count(tx, collective, day).await?;
    let mut others = usize::try_from(members).unwrap_or(usize::MAX);
    for organisation in own {
        others = others.saturating_sub(usize::from(was_member(tx, collective, *organisation, day).await?));
    }
    Ok(objections_asked(others))
}

/// How many objections hold a report up: as many as when it was published, whoever has joined since. Before any report:
/// as many as today. Errors: faults only.
pub(crate) async fn asked(
    tx: &mut Tx,
    collective: &CollectiveRow,
    today: Date,
    report: Option<&Report>,
    own: &BTreeSet<OrganisationId>,
) -> store::sqlx::Result<usize> {
    let settled = report.and_then(|report| usize::try_from(report.objections_asked?).ok());
    if let Some(settled) = settled {
        return Ok(settled);
    }
    let day = report.map_or(today, |report| collective.day(report.created_at));
    asked_on(tx, collective.id, day, own).await
}

/// Whether an organisation was a member on a day: those of the day on which a report is published may object to it.
pub(crate) async fn was_member(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    day: Date,
) -> store::sqlx::Result<bool> {
    let member = store::organisations::member(tx, collective, organisation).await?;
    Ok(member.is_some_and(|member| member.is_member(day)))
}

/// The members that lead a feature or said that they do the work on it: they don't object. One that others named may.
pub(crate) fn own_side(feature: &Feature, worker: &Worker) -> BTreeSet<OrganisationId> {
    [Some(feature.lead), worker.by_its_own_word()].into_iter().flatten().collect()
}

/// Enough objections ask the stewards; fewer than that ask nobody any more.
async fn weigh(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    report: &mut Report,
    own: &BTreeSet<OrganisationId>,
) -> Result<(), Failure<ReportRefusal>> {
    let objections = store::work::objections(tx, report.id).await?;
    let mut objectors = Needers::default();
    for objection in objections.iter().filter(|one| one.withdrawn_at.is_none()) {
        objectors.add(objection.organisation, Some(objection.person));
    }
    let asked = asked(tx, &till.collective, till.today, Some(report), own).await?;
    let enough = objectors.count() >= asked;
    match report.state {
        ReportState::Open if enough => {
            let last = till.rules.calendar.last_day(till.today, till.rules.delays.steward_answer);
            report.state = ReportState::Contested;
            report.answer_until = Some(last);
            store::work::update_report(tx, report).await?;
            reports::wait(tx, till, report, last).await?;
            let data = json!({ "title": feature.title, "number": feature.number, "until": last.to_string(),
                "objections": objectors.count() });
            till.record(tx, Story::new("report_contested", ("feature", feature.id.0), data)).await?;
            work_mails::tell_contested(tx, till, feature, report, objectors.count()).await
        }
        ReportState::Contested if !enough => {
            report.state = ReportState::Open;
            report.answer_until = None;
            store::work::update_report(tx, report).await?;
            reports::wait(tx, till, report, report.objections_until).await
        }
        _ => Ok(()),
    }
}

//! The work on a feature: who does it, its invoices, reports, objections. Invoices are entered, answered and paid on the
//! pages alone: an IBAN, and who lets money out, are never for a program.

use app::Failure;
use app::work::objections;
use app::work::page::page;
use app::work::reports::{self, Decision, NewReport};
use axum::Json;
use axum::http::StatusCode;
use domain::Currency;
use domain::input::FieldRule;
use domain::reports::{Outcome, ReportRefusal};
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::features::Feature;
use utoipa::ToSchema;
use words::Words;

use super::call::{At, Body, Call};
use super::parts::Amount;
use super::problem::ApiError;
use super::refusals::Refusal;
use crate::error::WebError;
use crate::place::Desk;

impl Refusal for ReportRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotBuilding(_) => "not-building",
            Self::Standing => "report-stands",
            Self::NoReport => "no-report",
            Self::WindowOver => "window-over",
            Self::OwnWork => "own-work",
            Self::JoinedSince => "joined-since",
            Self::AlreadyObjected | Self::NotObjected => "already-so",
            Self::NotContested => "not-contested",
            Self::Tied => "tied",
            Self::StewardsFirst => "stewards-first",
            Self::YoungMandate => "young-mandate",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        match self {
            Self::NotBuilding(state) => Map::from_iter([("state".to_owned(), Value::from(state.as_str()))]),
            _ => Map::new(),
        }
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.report_refusal(self)
    }
}

/// The work on a feature of the trust track.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WorkOut {
    /// Who does it: whoever the feature names, or the organisation that leads it.
    worker: String,
    /// The day by which it is to be done; none where nothing was triggered.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// The end of the last delay of late work.
    #[schema(value_type = Option<String>, format = Date)]
    last_delay: Option<Date>,
    /// What was received for it and isn't invoiced, for members of pots that hold money.
    room: Option<Amount>,
    /// Its invoices, the oldest first.
    invoices: Vec<InvoiceOut>,
    /// Its reports, the newest first.
    reports: Vec<ReportOut>,
}

/// An invoice, without whom and where it pays.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvoiceOut {
    /// Its number in the pot.
    number: i64,
    #[schema(value_type = String, format = Date)]
    dated_on: Date,
    amount: Amount,
    /// `entered`, `approved`, `authorised`, `paid`, `settled`, `refused` or `withdrawn`.
    state: String,
}

/// A report that work is done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportOut {
    number: i64,
    body: String,
    /// Where it is seen; may be empty.
    link: String,
    /// `open`, `contested`, `accepted` (the last invoices are answered) or `closed`.
    state: String,
    /// The last day for objections.
    #[schema(value_type = String, format = Date)]
    objections_until: Date,
    /// The last day of the stewards' answer.
    #[schema(value_type = Option<String>, format = Date)]
    answer_until: Option<Date>,
    /// `more_time`, `delivered`, `closed_partial` or `closed_failed`.
    outcome: Option<String>,
    /// Why it was answered so; may be empty.
    reason: String,
    /// Objections to the newest report.
    objections: Vec<ObjectionOut>,
}

/// An objection.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ObjectionOut {
    /// The organisation's name.
    organisation: String,
    reason: String,
    /// Whether it was taken back.
    withdrawn: bool,
}

/// `GET /collectives/{collective}/features/{number}/work`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<WorkOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let page =
        page(&mut tx, &desk.pot, &desk.place.collective, found.ok_or(WebError::NotFound)?, desk.place.today)
            .await?;
    let objections = |report| {
        let own = page.objections.iter().filter(|one| one.report == report);
        own.map(|one| ObjectionOut {
            organisation: one.name.clone(),
            reason: one.reason.clone(),
            withdrawn: one.withdrawn_at.is_some(),
        })
        .collect()
    };
    Ok(Json(WorkOut {
        worker: page.worker.name.clone(),
        due_on: page.work.as_ref().map(|work| work.due_on),
        last_delay: page.work.as_ref().and_then(|work| work.cure_until),
        room: page.room.filter(|_| desk.is_member()).map(Amount::from),
        invoices: page
            .invoices
            .iter()
            .map(|one| InvoiceOut {
                number: one.number,
                dated_on: one.dated_on,
                amount: one.amount.into(),
                state: one.state.as_str().to_owned(),
            })
            .collect(),
        reports: page
            .reports
            .iter()
            .map(|one| ReportOut {
                number: one.number,
                body: one.body.clone(),
                link: one.link.clone(),
                state: one.state.as_str().to_owned(),
                objections_until: one.objections_until,
                answer_until: one.answer_until,
                outcome: one.outcome.map(|outcome| outcome.as_str().to_owned()),
                reason: one.reason.clone(),
                objections: objections(one.id),
            })
            .collect(),
    }))
}

async fn at(call: &Call, slug: &str, number: i64) -> Result<(Desk, Feature), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    let found = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    Ok((desk, found.ok_or(WebError::NotFound)?))
}

fn done(desk: &Desk, result: Result<(), Failure<ReportRefusal>>) -> Result<StatusCode, ApiError> {
    result.map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A report to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportIn {
    /// What was done, at most 5 000 characters.
    body: String,
    /// Where it is seen.
    #[serde(default)]
    link: String,
}

/// A report that was published.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Reported {
    /// The last day for objections.
    #[schema(value_type = String, format = Date)]
    objections_until: Date,
}

/// `POST /collectives/{collective}/features/{number}/report`
pub(super) async fn report(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<ReportIn>,
) -> Result<(StatusCode, Json<Reported>), ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let new = NewReport { body: new.body, link: new.link };
    let objections_until = reports::report(&call.state.context, acting, feature.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(Reported { objections_until })))
}

/// Why an organisation objects.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectionIn {
    /// At most 1 000 characters, for everybody to read.
    reason: String,
}

/// `PUT /collectives/{collective}/features/{number}/objection`
pub(super) async fn object(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<ObjectionIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, objections::object(&call.state.context, acting, feature.id, &new.reason).await)
}

/// `DELETE /collectives/{collective}/features/{number}/objection`
pub(super) async fn withdraw(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, objections::withdraw_objection(&call.state.context, acting, feature.id).await)
}

/// How a report is answered.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AnswerIn {
    /// The work goes on until the day `until`.
    MoreTime,
    /// It is done.
    Delivered,
    /// A part of it is done.
    ClosedPartial,
    /// It isn't done.
    ClosedFailed,
}

/// The stewards' answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecideIn {
    outcome: AnswerIn,
    /// The day until which time is given, with `more_time` alone.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// At most 1 000 characters, for everybody to read.
    reason: String,
}

/// `POST /collectives/{collective}/features/{number}/decision`
pub(super) async fn decide(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<DecideIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Steward)?;
    let missing: Failure<ReportRefusal> = Failure::field("until", FieldRule::Missing);
    let decision = match (new.outcome, new.until) {
        (AnswerIn::MoreTime, Some(until)) => Decision::MoreTime(until),
        (AnswerIn::MoreTime, None) => return Err(ApiError::of(missing, desk.currency())),
        (AnswerIn::Delivered, _) => Decision::Ends(Outcome::Delivered),
        (AnswerIn::ClosedPartial, _) => Decision::Ends(Outcome::ClosedPartial),
        (AnswerIn::ClosedFailed, _) => Decision::Ends(Outcome::ClosedFailed),
    };
    done(&desk, reports::decide(&call.state.context, acting, feature.id, decision, &new.reason).await)
}

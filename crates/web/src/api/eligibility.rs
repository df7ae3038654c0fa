//! The eligibility grid of a software.

use app::eligibility::{self as uses, Line, Sheet, sheet};
use axum::Json;
use axum::http::StatusCode;
use domain::eligibility::{Assessment, Level, Standing, Verdict};
use domain::ids::OrganisationId;
use domain::input::FieldRule;
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::eligibility::AssessmentRow;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;
use crate::rules::criterion_name;

/// What somebody found of a criterion.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FindingOut {
    /// `yes`, `partly`, `no`, `not_assessed`.
    verdict: &'static str,
    /// Markdown.
    evidence: String,
    /// Who, for members; none for others.
    reviewer_name: Option<String>,
    #[schema(value_type = Option<Uuid>)]
    organisation: Option<OrganisationId>,
    /// Whether a steward settled by it what others found differently.
    settles: bool,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// A criterion of the grid.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CriterionOut {
    key: String,
    /// In words.
    name: String,
    essential: bool,
    weight: u16,
    /// Whether the rules hold back features of a software that doesn't meet it.
    blocks: bool,
    /// `yes`, `partly`, `no`, `not_assessed`, or `contested` where findings differ.
    standing: &'static str,
    /// What the licence says by itself, of the criterion of freedom.
    by_licence: Option<&'static str>,
    /// What was found, oldest first.
    findings: Vec<FindingOut>,
}

/// The grid of a software.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GridOut {
    software: String,
    /// The SPDX expression as it is written.
    licence: String,
    /// What it says, in words.
    licence_said: String,
    criteria: Vec<CriterionOut>,
    /// Criteria that hold features back: keys.
    blocked: Vec<String>,
    /// Essential criteria that somebody found not met: they ask for a reasoned decision.
    warned: Vec<String>,
    /// What secondary criteria that are met weigh, of how much.
    score: u32,
    out_of: u32,
    /// The number of the decision to fund all the same.
    decision: Option<i64>,
}

fn finding(row: AssessmentRow, desk: &Desk) -> FindingOut {
    FindingOut {
        verdict: row.verdict.as_str(),
        evidence: row.evidence,
        reviewer_name: desk.is_member().then_some(row.reviewer_name),
        organisation: row.organisation,
        settles: row.settles,
        at: row.created_at,
    }
}

async fn looked(call: &Call, (slug, software): (&str, &str)) -> Result<(Desk, Sheet), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    let found = store::eligibility::by_slug(&mut tx, desk.place.collective.id, software).await?;
    let sheet = sheet(&mut tx, &desk.rules, found.ok_or(WebError::NotFound)?, None).await?;
    Ok((desk, sheet))
}

/// `GET /collectives/{collective}/software/{software}/grid`
pub(super) async fn show(
    call: Call,
    At((slug, software)): At<(String, String)>,
) -> Result<Json<GridOut>, ApiError> {
    let (desk, sheet) = looked(&call, (&slug, &software)).await?;
    let t = call.t;
    let line = |line: Line| CriterionOut {
        name: criterion_name(t, &line.criterion),
        essential: line.criterion.level == Level::Essential,
        weight: line.criterion.weight,
        blocks: line.criterion.blocks,
        standing: match line.standing {
            Standing::Open => "not_assessed",
            Standing::Holds(verdict) => verdict.as_str(),
            Standing::Contested(_) => "contested",
        },
        by_licence: line.by_licence.map(Verdict::as_str),
        findings: line.found.into_iter().map(|row| finding(row, &desk)).collect(),
        key: line.criterion.key,
    };
    Ok(Json(GridOut {
        licence_said: t.licence_said(&sheet.licence),
        software: sheet.software.name,
        licence: sheet.software.licence,
        criteria: sheet.lines.into_iter().map(line).collect(),
        blocked: sheet.gate.blocked,
        warned: sheet.gate.warned,
        score: sheet.gate.score,
        out_of: sheet.gate.out_of,
        decision: sheet.waiver.map(|waiver| waiver.number),
    }))
}

/// A finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingIn {
    /// The key of a criterion of the grid.
    criterion: String,
    /// `yes`, `partly`, `no`, `not_assessed`.
    verdict: String,
    /// What shows it: Markdown, at most 4,000 characters; needed unless nothing is found.
    #[serde(default)]
    evidence: String,
}

impl FindingIn {
    fn read(self) -> Result<Assessment, ApiError> {
        let verdict = Verdict::parse(&self.verdict);
        let verdict = verdict.ok_or_else(|| ApiError::field("verdict", FieldRule::NotAChoice))?;
        Ok(Assessment { criterion: self.criterion, verdict, evidence: self.evidence })
    }
}

/// `POST /collectives/{collective}/software/{software}/grid/findings`
pub(super) async fn assess(
    call: Call,
    At((slug, software)): At<(String, String)>,
    Body(new): Body<FindingIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, _) = looked(&call, (&slug, &software)).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    uses::assess(&call.state.context, acting, desk.place.collective.id, &software, new.read()?)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /collectives/{collective}/software/{software}/grid/settlements`
pub(super) async fn settle(
    call: Call,
    At((slug, software)): At<(String, String)>,
    Body(new): Body<FindingIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, _) = looked(&call, (&slug, &software)).await?;
    let acting = call.acts(&desk, Scope::Steward)?;
    uses::settle(&call.state.context, acting, desk.place.collective.id, &software, new.read()?)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The decision to fund a software's features all the same.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaiverIn {
    /// The number of the decision; somebody else wrote it down, as long as anybody else could.
    decision: i64,
    /// Why, at most 1,000 characters, for everybody to read.
    reason: String,
}

/// `PUT /collectives/{collective}/software/{software}/grid/decision`
pub(super) async fn decide(
    call: Call,
    At((slug, software)): At<(String, String)>,
    Body(new): Body<WaiverIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, _) = looked(&call, (&slug, &software)).await?;
    let acting = call.acts(&desk, Scope::Steward)?;
    let mut tx = call.state.context.db.read().await?;
    let decision = store::decisions::by_number(&mut tx, desk.place.collective.id, new.decision).await?;
    drop(tx);
    let decision = decision.ok_or_else(|| ApiError::field("decision", FieldRule::Unknown))?.id;
    let collective = desk.place.collective.id;
    uses::waive(&call.state.context, acting, collective, &software, decision, &new.reason)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /collectives/{collective}/software/{software}/grid/decision`
pub(super) async fn end(
    call: Call,
    At((slug, software)): At<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (desk, _) = looked(&call, (&slug, &software)).await?;
    let acting = call.acts(&desk, Scope::Steward)?;
    uses::end_waiver(&call.state.context, acting, desk.place.collective.id, &software)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

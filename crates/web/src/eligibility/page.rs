//! The page of a grid.

use app::eligibility::{Line, Sheet, sheet};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::eligibility::{Criterion, Level, Standing, Verdict};
use domain::ids::SoftwareId;
use domain::licences::Licence;
use store::Tx;
use store::eligibility::AssessmentRow;
use words::Words;

use crate::decisions::{choices, usable};
use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::markdown::render_markdown;
use crate::place::{Desk, Place};
use crate::rules::criterion_name;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "eligibility/page.html")]
struct GridPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    score: String,
    licence: String,
    /// The expression as it is written; may be empty.
    expression: String,
    /// What holds money back, or asks for a decision.
    blocked: Option<String>,
    warned: Option<String>,
    levels: Vec<(&'static str, Vec<Row>)>,
    /// The criteria to choose from, where the visitor may assess or settle.
    criteria: Vec<(String, String)>,
    verdicts: Vec<(String, String)>,
    /// Whether the visitor may say what they found; whether they may settle.
    assesses: bool,
    settles: bool,
    /// The decision to fund all the same that stands.
    waiver: Option<String>,
    decide_href: Option<String>,
    end_href: Option<String>,
    decisions: Vec<(String, String)>,
    decision_href: String,
}

/// A criterion as the page shows it.
struct Row {
    name: String,
    blocks: bool,
    standing: String,
    tag: &'static str,
    by_licence: Option<ByLicence>,
    now: Vec<Finding>,
    earlier: Vec<Finding>,
}

/// What the licence says by itself.
struct ByLicence {
    verdict: String,
    who: String,
    why: String,
}

/// What somebody found.
struct Finding {
    who: String,
    when: String,
    verdict: String,
    /// Safe HTML; may be empty.
    evidence: String,
}

/// A software before the grid, with where it is looked at.
pub(super) struct Looking {
    pub(super) desk: Desk,
    pub(super) sheet: Sheet,
}

impl Looking {
    pub(super) async fn open(state: &AppState, frame: &Frame, path: (&str, &str)) -> Result<Self, WebError> {
        let place = Place::find(state, path.0).await?;
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, frame).await?;
        let software = store::eligibility::by_slug(&mut tx, desk.place.collective.id, path.1).await?;
        let sheet = sheet(&mut tx, &desk.rules, software.ok_or(WebError::NotFound)?, None).await?;
        Ok(Self { desk, sheet })
    }

    /// The address of the page.
    pub(super) fn href(&self, state: &AppState) -> String {
        state.paths.part(self.desk.slug(), "software", &self.sheet.software.slug, "grid")
    }

    pub(super) async fn page(
        self,
        state: &AppState,
        frame: Frame,
        (status, form): (StatusCode, Form),
    ) -> Result<Response, WebError> {
        let (t, here) = (frame.t, self.href(state));
        let Self { desk, sheet } = self;
        let settles_at_all = desk.may(Action::SettleAssessment, None);
        let contested = |line: &&Line| matches!(line.standing, Standing::Contested(_));
        let settles = settles_at_all && sheet.lines.iter().any(|line| contested(&line));
        let assesses = desk.may(Action::AssessSoftware, None);
        let may_decide = settles_at_all && !sheet.gate.warned.is_empty();
        let decisions = if may_decide { nameable(state, &desk, &frame).await? } else { Vec::new() };
        let rows = |level| {
            let of = sheet.lines.iter().filter(move |line| line.criterion.level == level);
            of.map(|line| row(state, t, &desk, &sheet, line)).collect::<Vec<_>>()
        };
        let choosable = |line: &&Line| assesses || contested(line);
        let name = t.typography(&sheet.software.name).into_owned();
        let page = GridPage {
            crumbs: Crumbs { t, above: Vec::new(), here: t.eligibility_heading(&name) },
            heading: t.eligibility_heading(&name),
            score: score(t, &sheet),
            licence: t.licence_said(&sheet.licence),
            expression: sheet.software.licence.clone(),
            blocked: said(t, &sheet, &sheet.gate.blocked).map(|names| t.eligibility_blocked(names)),
            warned: said(t, &sheet, &sheet.gate.warned).map(|names| t.eligibility_warns(names)),
            levels: vec![
                (t.eligibility_essential(), rows(Level::Essential)),
                (t.eligibility_secondary(), rows(Level::Secondary)),
            ],
            criteria: sheet
                .lines
                .iter()
                .filter(choosable)
                .map(|line| (line.criterion.key.clone(), criterion_name(t, &line.criterion)))
                .collect(),
            verdicts: Verdict::ALL
                .iter()
                .map(|one| (one.as_str().to_owned(), t.eligibility_verdict(one.as_str())))
                .collect(),
            assesses,
            settles,
            waiver: sheet.waiver.as_ref().map(|waiver| {
                t.eligibility_waiver_stands(
                    t.date(waiver.decided_on),
                    t.typography(&waiver.title),
                    t.typography(&waiver.reason),
                )
            }),
            decide_href: may_decide.then(|| format!("{here}/decision")),
            end_href: (settles_at_all && sheet.waiver.is_some()).then(|| format!("{here}/decision/end")),
            decisions,
            decision_href: state.paths.one(desk.slug(), "decisions", "new"),
            form,
            frame: desk.frame(frame, Section::Other),
        };
        html_with(status, &page)
    }
}

/// The decisions that a steward may name: those that another wrote down, as long as another could.
async fn nameable(state: &AppState, desk: &Desk, frame: &Frame) -> Result<Vec<(String, String)>, WebError> {
    let mut tx = state.context.db.read().await?;
    Ok(choices(&usable(&mut tx, desk, frame).await?.decisions, frame.t))
}

/// What the secondary criteria say together.
fn score(t: Words, sheet: &Sheet) -> String {
    t.eligibility_score_said(i64::from(sheet.gate.score), i64::from(sheet.gate.out_of))
}

/// Criteria in words; nothing where there is none.
fn said(t: Words, sheet: &Sheet, keys: &[String]) -> Option<String> {
    let names: Vec<String> = sheet.criteria(keys).map(|one: &Criterion| criterion_name(t, one)).collect();
    (!names.is_empty()).then(|| names.join(" · "))
}

fn row(state: &AppState, t: Words, desk: &Desk, sheet: &Sheet, line: &Line) -> Row {
    let (standing, tag) = match line.standing {
        Standing::Open => ("not_assessed", ""),
        Standing::Holds(Verdict::Yes) => ("yes", " good"),
        Standing::Holds(Verdict::No) => ("no", " bad"),
        Standing::Holds(verdict) => (verdict.as_str(), ""),
        Standing::Contested(_) => ("contested", " bad"),
    };
    let by_licence = line.by_licence.map(|verdict| ByLicence {
        verdict: t.eligibility_verdict(verdict.as_str()),
        who: t.eligibility_by_licence(&sheet.software.licence),
        why: match &sheet.licence {
            Licence::NotFree(names) => t.eligibility_by_licence_not(names.join(", ")),
            _ => t.eligibility_by_licence_yes().to_owned(),
        },
    });
    let (now, earlier) = parted(&line.found);
    let tell = |row: &&AssessmentRow| finding(state, t, desk, row);
    Row {
        name: criterion_name(t, &line.criterion),
        blocks: line.criterion.blocks,
        standing: t.eligibility_verdict(standing),
        tag,
        by_licence,
        now: now.iter().map(tell).collect(),
        earlier: earlier.iter().rev().map(tell).collect(),
    }
}

/// The last word of each since the last settlement, which is one of them; and what came before.
fn parted(found: &[AssessmentRow]) -> (Vec<&AssessmentRow>, Vec<&AssessmentRow>) {
    let settled = found.iter().rposition(|row| row.settles).unwrap_or(0);
    let is_last = |at: usize, row: &AssessmentRow| {
        let after = found.get(at + 1..).unwrap_or_default();
        at >= settled
            && !after.iter().any(|other| other.reviewer == row.reviewer && other.settles == row.settles)
    };
    let (mut now, mut earlier) = (Vec::new(), Vec::new());
    for (at, row) in found.iter().enumerate() {
        if is_last(at, row) { now.push(row) } else { earlier.push(row) }
    }
    (now, earlier)
}

fn finding(state: &AppState, t: Words, desk: &Desk, row: &AssessmentRow) -> Finding {
    let organisation = row.organisation_name.as_deref().map(|name| t.typography(name).into_owned());
    let named = desk.is_member();
    let who = match (row.settles, organisation) {
        (true, _) if named => t.eligibility_settled_by(&row.reviewer_name),
        (true, _) => t.eligibility_settled_by_steward().to_owned(),
        (false, Some(organisation)) if named => t.eligibility_found_by(organisation, &row.reviewer_name),
        (false, Some(organisation)) => organisation,
        (false, None) if named => row.reviewer_name.clone(),
        (false, None) => t.eligibility_some_member().to_owned(),
    };
    let evidence = match row.evidence.is_empty() {
        true => String::new(),
        false => render_markdown(&row.evidence, t, &state.paths),
    };
    Finding {
        who,
        when: t.date(desk.place.collective.day(row.created_at)),
        verdict: t.eligibility_verdict(row.verdict.as_str()),
        evidence,
    }
}

/// `GET /c/{collective}/software/{software}/grid`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let looking = Looking::open(&state, &frame, (&slug, &software)).await?;
    let form = frame.form(FormData::default());
    looking.page(&state, frame, (StatusCode::OK, form)).await
}

/// What the page of a feature says where the grid of its software holds money back or warns, with where to read on.
pub(crate) async fn warning(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    software: Option<SoftwareId>,
) -> Result<Option<(String, String)>, WebError> {
    let Some(software) = software else { return Ok(None) };
    let Some(looked) = store::eligibility::get(tx, software).await? else { return Ok(None) };
    let sheet = sheet(tx, &desk.rules, looked, None).await?;
    let blocked = said(t, &sheet, &sheet.gate.blocked).map(|names| t.eligibility_blocked(names));
    let warned = || said(t, &sheet, &sheet.gate.warned).map(|names| t.eligibility_warns(names));
    let href = state.paths.part(desk.slug(), "software", &sheet.software.slug, "grid");
    Ok(blocked.or_else(|| warned().filter(|_| sheet.waiver.is_none())).map(|said| (said, href)))
}

//! The page of the administration.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::CollectiveId;
use jiff::tz::TimeZone;
use serde_json::Value;
use store::Tx;
use store::deadlines::DeadlineRow;
use store::pots::Pot;
use store::views::Check;
use words::Words;

use super::{admit, breach};
use crate::error::WebError;
use crate::extract::Visitor;
use crate::layout::{Frame, html};
use crate::state::AppState;

/// Collectives whose pots the page names.
const COLLECTIVES: u16 = 200;

#[derive(Template)]
#[template(path = "admin/page.html")]
struct AdminPage {
    frame: Frame,
    headline: String,
    check_action: String,
    pots: Vec<PotLine>,
    jobs: String,
    late: Vec<JobLine>,
    mails: String,
    dead_mails: Vec<(String, String)>,
    signs: Vec<(String, String)>,
}

/// What the newest check of a pot found.
struct PotLine {
    name: String,
    breaches: bool,
    class: &'static str,
    state: String,
    when: String,
    findings: Vec<FindingLine>,
}

/// What was found for one invariant.
struct FindingLine {
    code: String,
    title: String,
    class: &'static str,
    status: String,
    figures: String,
    breaches: Vec<String>,
}

/// Something that is late or was given up.
struct JobLine {
    kind: String,
    due: String,
    error: String,
    retry: Option<String>,
}

/// `GET /admin`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    admit(&mut tx, &visitor).await?;
    let now = state.context.now();
    let mut pots = Vec::new();
    for collective in store::collectives::list(&mut tx, "", COLLECTIVES).await? {
        let id: CollectiveId = collective.id;
        for pot in store::pots::of_collective(&mut tx, id).await? {
            let check = store::views::newest_check(&mut tx, pot.id).await?;
            let name = format!("{} · {}", collective.name, pot.name);
            pots.push(pot_line(&mut tx, t, &pot, (name, check.as_ref()), now).await?);
        }
    }
    drop(tx);
    let work = app::jobs::state(&state.context).await?;
    let retry = |row: &DeadlineRow| state.paths.under(&format!("/admin/jobs/{}/retry", row.id));
    let dead = work.dead.iter().map(|row| job_line(t, row, Some(retry(row))));
    let late: Vec<JobLine> = dead.chain(work.overdue.iter().map(|row| job_line(t, row, None))).collect();
    let bad = pots.iter().filter(|pot| pot.breaches).count() + late.len() + work.dead_mails.len();
    // Of what nobody has looked at nothing is known.
    let unchecked = pots.iter().filter(|pot| pot.when.is_empty()).count();
    html(&AdminPage {
        headline: match (bad, unchecked) {
            (0, 0) => t.admin_fine().to_owned(),
            (0, unchecked) => t.admin_unchecked(unchecked),
            _ => t.admin_to_look_at(bad),
        },
        check_action: state.paths.under("/admin/check"),
        pots,
        jobs: t.admin_jobs_due(work.due),
        late,
        mails: t.admin_mails_waiting(work.mails_waiting),
        dead_mails: work
            .dead_mails
            .iter()
            .map(|mail| (mail.subject.clone(), mail.last_error.clone().unwrap_or_default()))
            .collect(),
        signs: work
            .heartbeats
            .iter()
            .map(|beat| (t.admin_sign(beat.name.as_str()), t.since(beat.at, now)))
            .collect(),
        frame,
    })
}

fn job_line(t: Words, row: &DeadlineRow, retry: Option<String>) -> JobLine {
    JobLine {
        kind: t.admin_job_kind(row.kind.as_str()),
        due: t.instant(row.due_at, &TimeZone::UTC),
        error: row.last_error.clone().unwrap_or_default(),
        retry,
    }
}

async fn pot_line(
    tx: &mut Tx,
    t: Words,
    pot: &Pot,
    (name, check): (String, Option<&Check>),
    now: jiff::Timestamp,
) -> Result<PotLine, WebError> {
    let Some(check) = check else {
        let state = t.accounts_not_checked().to_owned();
        return Ok(PotLine {
            name,
            breaches: false,
            class: "tag",
            state,
            when: String::new(),
            findings: Vec::new(),
        });
    };
    let body: Value = serde_json::from_str(&check.body).unwrap_or(Value::Null);
    let found = body.get("findings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut findings = Vec::with_capacity(found.len());
    for finding in found {
        findings.push(finding_line(tx, t, pot, finding).await?);
    }
    let breaches = check.breaches > 0;
    Ok(PotLine {
        name,
        breaches,
        class: if breaches { "tag bad" } else { "tag good" },
        state: if breaches { t.admin_found(check.breaches) } else { t.admin_sound().to_owned() },
        when: t.admin_checked_when(t.since(check.at, now)),
        findings,
    })
}

async fn finding_line(tx: &mut Tx, t: Words, pot: &Pot, finding: &Value) -> Result<FindingLine, WebError> {
    let text = |name: &str| finding.get(name).and_then(Value::as_str).unwrap_or_default();
    let list =
        |name: &str| finding.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let status = text("status");
    let currency = pot.currency();
    let mut breaches = Vec::new();
    for found in list("breaches") {
        breaches.push(breach::breach(tx, t, (pot.id, currency), found).await?);
    }
    let figures: Vec<String> =
        list("figures").iter().map(|figure| breach::figure(t, currency, figure)).collect();
    Ok(FindingLine {
        code: text("code").to_owned(),
        title: t.invariant_title(text("code")),
        class: match status {
            "holds" => "tag good",
            "breached" => "tag bad",
            "warning" => "tag on",
            _ => "tag",
        },
        status: t.invariant_status(status),
        figures: figures.join(" · "),
        breaches,
    })
}

//! What waits for the administration of the instance: reports, hidden ads and appeals, collectives that are asked for.

use app::Acting;
use app::ads::{answer, board as read, decline_founding, found, hide, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use store::ads::{AdNeeder, AdRow};
use words::Words;

use super::{ZONE, said};
use crate::error::WebError;
use crate::extract::{FormData, SignedIn};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Frame, html};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "ads/admin.html")]
struct BoardPage {
    frame: Frame,
    crumbs: Crumbs,
    reports: Vec<Reported>,
    hidden: Vec<Line>,
    foundings: Vec<Line>,
}

/// The reports of one ad.
struct Reported {
    title: String,
    href: String,
    number: i64,
    reasons: Vec<(String, String)>,
    hide: String,
    answer: String,
}

/// An ad on which something is decided.
struct Line {
    title: String,
    href: String,
    number: i64,
    who: String,
    what: Option<String>,
    /// Who else comes in.
    others: Vec<String>,
    yes: String,
    no: String,
}

/// `GET /admin/ads`
pub(crate) async fn board(State(state): State<AppState>, frame: Frame) -> Result<Response, WebError> {
    let t = frame.t;
    let person = frame.person().map(SignedIn::person).ok_or(WebError::SignIn)?;
    let mut tx = state.context.db.read().await?;
    if !store::people::is_instance_admin(&mut tx, person).await? {
        return Err(WebError::Forbidden);
    }
    let board = read(&mut tx).await?;
    drop(tx);
    let mut reports: Vec<Reported> = Vec::new();
    for report in board.reports {
        let reason = (t.typography(&report.reason).into_owned(), t.instant(report.created_at, &ZONE));
        match reports.last_mut().filter(|last| last.number == report.number) {
            Some(last) => last.reasons.push(reason),
            None => reports.push(Reported {
                title: t.typography(&report.title).into_owned(),
                href: state.paths.ad(report.number),
                number: report.number,
                reasons: vec![reason],
                hide: state.paths.admin_ad(report.number, "hide"),
                answer: state.paths.admin_ad(report.number, "answer"),
            }),
        }
    }
    html(&BoardPage {
        crumbs: Crumbs {
            t,
            above: vec![(state.paths.admin(), t.nav_admin().to_owned())],
            here: t.ads_admin_title().to_owned(),
        },
        reports,
        hidden: board.hidden.iter().map(|row| hidden(t, &state, row)).collect(),
        foundings: board.foundings.iter().map(|(row, needers)| founding(t, &state, row, needers)).collect(),
        frame,
    })
}

fn line(t: Words, state: &AppState, row: &AdRow) -> Line {
    Line {
        title: t.typography(&row.title).into_owned(),
        href: state.paths.ad(row.number),
        number: row.number,
        who: t.ads_admin_who(&row.email, &row.name, t.typography(&row.organisation_name)),
        what: None,
        others: Vec::new(),
        yes: String::new(),
        no: String::new(),
    }
}

fn hidden(t: Words, state: &AppState, row: &AdRow) -> Line {
    let appeal = (!row.appeal.is_empty()).then(|| t.ads_admin_appeal(t.typography(&row.appeal)));
    Line {
        what: Some(appeal.unwrap_or_else(|| t.typography(&row.hidden_reason).into_owned())),
        yes: state.paths.admin_ad(row.number, "show"),
        ..line(t, state, row)
    }
}

fn founding(t: Words, state: &AppState, row: &AdRow, needers: &[AdNeeder]) -> Line {
    let who = |one: &AdNeeder| t.ads_admin_who(&one.email, &one.name, t.typography(&one.organisation_name));
    Line {
        others: needers.iter().map(who).collect(),
        yes: state.paths.admin_ad(row.number, "found"),
        no: state.paths.admin_ad(row.number, "decline"),
        ..line(t, state, row)
    }
}

/// `POST /admin/ads/{number}/{act}`
pub(crate) async fn act(
    State(state): State<AppState>,
    frame: Frame,
    Path((number, what)): Path<(i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (t, context) = (frame.t, &state.context);
    let person = frame.person().map(SignedIn::person).ok_or(WebError::SignIn)?;
    let acting = Acting::by_form(person, None);
    let reason = data.field("reason");
    let (done, told) = match what.as_str() {
        "hide" => (hide(context, acting, number, reason).await, t.ads_admin_hidden_done()),
        "show" => (show(context, acting, number).await, t.ads_admin_shown_done()),
        "answer" => (answer(context, acting, number).await, t.ads_admin_answered_done()),
        "found" => (found(context, acting, number).await.map(drop), t.ads_admin_founded_done()),
        "decline" => (decline_founding(context, acting, number, reason).await, t.ads_admin_declined_done()),
        _ => return Err(WebError::NotFound),
    };
    let flash = match done {
        Ok(()) => Flash::good(told),
        Err(failure) => Flash::bad(said(failure, t)?),
    };
    see_other_saying(&state.paths.admin_ads(), &flash, &state.public_url)
}

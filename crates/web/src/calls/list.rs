//! The calls of a pot or of one feature: first what one's own organisation has to pay.

use app::fund_calls::page::call_list;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::actor::NotAllowed;
use serde::Deserialize;
use store::fund_calls::{Listed, Which};

use super::tag;
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Pager, Section, html};
use crate::place::Desk;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "calls/list.html")]
struct ListPage {
    frame: Frame,
    crumbs: Option<Crumbs>,
    title: String,
    lead: String,
    empty: String,
    sections: Vec<Part>,
    untold: Option<String>,
    pager: Pager,
}

/// A table of calls.
struct Part {
    heading: String,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    number: i64,
    title: String,
    amount: String,
    rest: String,
    due: String,
    state: String,
    class: &'static str,
    said: bool,
}

/// Which calls.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    feature: Option<i64>,
    before: Option<i64>,
}

/// `GET /c/{collective}/calls`: for members.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    if !desk.is_member() {
        return Err(NotAllowed::NoMandate.into());
    }
    let (t, mode) = (frame.t, desk.pot.fund_mode.as_str());
    let feature = match asked.feature {
        None => None,
        Some(number) => {
            let collective = desk.place.collective.id;
            let feature = store::features::by_number(&mut tx, collective, number).await?;
            Some(feature.ok_or(WebError::NotFound)?)
        }
    };
    let which = match &feature {
        Some(feature) => Which::Feature(feature.id),
        None => Which::Pot(desk.pot.id),
    };
    let below = asked.before.unwrap_or(i64::MAX);
    let found = call_list(&mut tx, &desk.pot, which, below, &desk.sight).await?;
    let mine = match desk.acting_for.filter(|_| feature.is_none() && asked.before.is_none()) {
        Some(organisation) => {
            let which = Which::Organisation(desk.pot.id, organisation);
            let found = call_list(&mut tx, &desk.pot, which, i64::MAX, &desk.sight).await?;
            found.told.into_iter().filter(|call| call.state.is_awaited()).collect()
        }
        None => Vec::new(),
    };
    drop(tx);
    let row = |call: &Listed| row(&state, &desk, &frame, call);
    let part = |heading: String, calls: &[Listed]| Part { heading, rows: calls.iter().map(row).collect() };
    let mut sections = Vec::new();
    if let Some(first) = mine.first() {
        sections.push(part(t.calls_mine(t.typography(&first.name)), &mine));
    }
    if !found.told.is_empty() {
        sections.push(part(t.calls_all(mode), &found.told));
    }
    let list = state.paths.of(&slug, "calls");
    let here = asked.feature.map_or_else(|| list.clone(), |number| format!("{list}?feature={number}"));
    let joint = if asked.feature.is_some() { '&' } else { '?' };
    let crumbs = feature.as_ref().map(|feature| Crumbs {
        t,
        above: vec![(
            state.paths.one(&slug, "features", feature.number),
            t.typography(&feature.title).into_owned(),
        )],
        here: t.calls_title(mode),
    });
    html(&ListPage {
        crumbs,
        title: t.calls_title(mode),
        lead: t.calls_lead(mode),
        empty: t.calls_empty(mode),
        sections,
        untold: (found.untold > 0).then(|| t.calls_untold(found.untold)),
        pager: Pager {
            t,
            first: asked.before.map(|_| here.clone()),
            next: found.next.map(|number| format!("{here}{joint}before={number}")),
        },
        frame: desk.frame(frame, Section::Accounts),
    })
}

fn row(state: &AppState, desk: &Desk, frame: &Frame, call: &Listed) -> Row {
    let (t, currency) = (frame.t, desk.currency());
    Row {
        href: state.paths.one(desk.slug(), "calls", call.number),
        name: t.typography(&call.name).into_owned(),
        number: call.number,
        title: t.typography(&call.title).into_owned(),
        amount: t.money(call.amount, currency),
        rest: t.money(call.amounts().rest(), currency),
        due: t.date_near(call.due_on, desk.place.today),
        state: t.call_state_name(call.state),
        class: tag(call.state),
        said: call.said_paid_at.is_some() && call.state.is_awaited(),
    }
}

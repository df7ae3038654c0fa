//! All subscriptions into a pot, for those who keep its accounts.

use app::subscriptions::has_subscriptions;
use app::subscriptions::page::{Line, PAGE, table};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::actor::Action;
use domain::ids::SubscriptionId;
use serde::Deserialize;
use words::Words;

use super::agreed;
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Pager, Section, html};
use crate::place::Desk;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "subscriptions/table.html")]
struct TablePage {
    frame: Frame,
    crumbs: Crumbs,
    /// Whether one subscribes to this pot at all.
    has: bool,
    rows: Vec<Row>,
    pager: Pager,
}

/// A subscription, worded.
struct Row {
    href: String,
    name: String,
    agreed: String,
    next: String,
    rest: String,
    /// What is late, if anything.
    late: Option<String>,
}

/// Where the table goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct After {
    after: Option<SubscriptionId>,
}

/// `GET /c/{collective}/subscriptions`, for treasurers.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(query): Query<After>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    if !desk.may(Action::RecordMoney, None) {
        return Err(WebError::Forbidden);
    }
    let mut lines = table(&mut tx, &desk.pot, query.after, PAGE + 1, desk.place.today).await?;
    drop(tx);
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > most;
    lines.truncate(most);
    let (t, list) = (frame.t, state.paths.of(&slug, "subscriptions"));
    let next = lines.last().filter(|_| more).map(|line| format!("{list}?after={}", line.subscription.id));
    html(&TablePage {
        crumbs: Crumbs {
            t,
            above: vec![(state.paths.of(&slug, "accounts"), t.nav_accounts().to_owned())],
            here: t.subscriptions_title().to_owned(),
        },
        has: has_subscriptions(desk.pot.fund_mode),
        rows: lines.iter().map(|line| row(&state, t, &desk, line)).collect(),
        pager: Pager { t, first: query.after.map(|_| list.clone()), next },
        frame: desk.frame(frame, Section::Accounts),
    })
}

fn row(state: &AppState, t: Words, desk: &Desk, line: &Line) -> Row {
    let one = &line.subscription;
    let late = line.owed.late();
    let next = one.course().next().filter(|_| one.over_at.is_none());
    Row {
        href: state.paths.part(desk.slug(), "members", &line.slug, "subscription"),
        name: t.typography(&line.organisation).into_owned(),
        agreed: agreed(t, desk.currency(), one),
        next: next.map_or_else(|| t.subscriptions_nothing_next().to_owned(), |day| t.date(day)),
        rest: t.money(line.owed.rest(), desk.currency()),
        late: late.is_positive().then(|| t.money(late, desk.currency())),
    }
}

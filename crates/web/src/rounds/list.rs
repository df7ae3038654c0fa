//! The rounds of a pot, newest first.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use domain::rounds::RoundState;
use serde::Deserialize;

use super::short;
use crate::cache::cached;
use crate::contributions::puts_gifts;
use crate::error::WebError;
use crate::layout::{Frame, Pager, Section};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Rounds of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "rounds/list.html")]
struct ListPage {
    frame: Frame,
    new_href: Option<String>,
    /// Where a decision puts gifts on features, if the rules say so.
    put_href: Option<String>,
    mode: &'static str,
    rounds: Vec<RoundLine>,
    pager: Pager,
}

/// A round, worded.
struct RoundLine {
    href: String,
    name: String,
    dates: String,
    rule: String,
    state: String,
    class: &'static str,
}

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
}

/// `GET /c/{collective}/rounds`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(query): Query<Before>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let below = query.before.unwrap_or(i64::MAX);
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = store::rounds::list(&mut tx, desk.pot.id, below, limit).await?;
        drop(tx);
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let (t, list) = (frame.t, state.paths.of(&slug, "rounds"));
        let line = |round: &store::rounds::Round| RoundLine {
            href: state.paths.one(&slug, "rounds", round.number),
            name: t.rounds_name_of(t.typography(&round.name), round.number),
            dates: {
                // One that ended before its day lasted until then.
                let ended = round.closed_at.map(|at| desk.place.collective.day(at).max(round.opens_on));
                t.date_range(round.opens_on, ended.map_or(round.closes_on, |day| day.min(round.closes_on)))
            },
            rule: short(t, &round.share_rule),
            state: t.rounds_state_name(round.state.as_str()),
            class: if round.state == RoundState::Open { "tag on" } else { "tag" },
        };
        let next = rows.last().filter(|_| more).map(|round| format!("{list}?before={}", round.number));
        Ok(ListPage {
            new_href: (desk.round.is_none() && desk.may(Action::OpenRound, None))
                .then(|| state.paths.one(&slug, "rounds", "new")),
            put_href: puts_gifts(&desk).then(|| state.paths.one(&slug, "gifts", "put")),
            mode: desk.pot.fund_mode.as_str(),
            rounds: rows.iter().map(line).collect(),
            pager: Pager { t, first: query.before.map(|_| list.clone()), next },
            frame: desk.frame(frame, Section::Round),
        })
    })
    .await
}

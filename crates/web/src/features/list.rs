//! The features of a collective, filtered by where they stand.

use app::features::lists::listed;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::features::State as Stage;
use serde::Deserialize;
use store::features::lists::Card;
use words::Words;

use super::{FeatureCard, levels_of};
use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, Legend, NavLink, Pager, Section};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// The states that have a filter of their own, in the order of the way.
const FILTERS: [Stage; 12] = [
    Stage::Idea,
    Stage::Gathering,
    Stage::Funding,
    Stage::Contracting,
    Stage::Building,
    Stage::Delivered,
    Stage::ClosedPartial,
    Stage::ClosedFailed,
    Stage::Parked,
    Stage::NotFunded,
    Stage::Overtaken,
    Stage::Abandoned,
];

#[derive(Template)]
#[template(path = "features/list.html")]
struct ListPage {
    frame: Frame,
    new_href: Option<String>,
    filters: Vec<NavLink>,
    legend: Legend,
    cards: Vec<FeatureCard>,
    empty: String,
    pager: Pager,
}

/// The filter and where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
    before: Option<i64>,
}

/// `GET /c/{collective}/features`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let chosen = match &asked.state {
        Some(name) => Some(Stage::parse(name).ok_or(WebError::NotFound)?),
        None => None,
    };
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let found = listed(&mut tx, desk.place.collective.id, chosen, asked.before, &desk.sight.past).await?;
        let levels = levels_of(&mut tx, &desk, &found.cards).await?;
        drop(tx);
        let (t, list) = (frame.t, state.paths.of(&slug, "features"));
        let here = match chosen {
            Some(stage) => format!("{list}?state={}", stage.as_str()),
            None => list.clone(),
        };
        let joint = if chosen.is_some() { '&' } else { '?' };
        let card = |card: &Card| {
            let levels = levels.get(&card.id).copied().unwrap_or_default();
            let (currency, today) = (desk.currency(), desk.place.today);
            FeatureCard::new(t, &state.paths, &slug, currency, today, (card, levels))
        };
        Ok(ListPage {
            new_href: desk.propose_href(&state),
            filters: filters(t, &list, chosen),
            legend: Legend { t, promised: desk.pot.fund_mode.is_promised() },
            cards: found.cards.iter().map(card).collect(),
            empty: match chosen {
                Some(stage) => t.features_empty_in(t.state_name(stage)),
                None => t.features_empty().to_owned(),
            },
            pager: Pager {
                t,
                first: asked.before.map(|_| here.clone()),
                next: found.next.map(|number| format!("{here}{joint}before={number}")),
            },
            frame: desk.frame(frame, Section::Features),
        })
    })
    .await
}

fn filters(t: Words, list: &str, chosen: Option<Stage>) -> Vec<NavLink> {
    let all = NavLink { href: list.to_owned(), text: t.features_all().to_owned(), current: chosen.is_none() };
    let one = |stage: &Stage| NavLink {
        href: format!("{list}?state={}", stage.as_str()),
        text: t.state_name(*stage),
        current: chosen == Some(*stage),
    };
    std::iter::once(all).chain(FILTERS.iter().map(one)).collect()
}

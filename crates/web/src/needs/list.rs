//! The needs of a collective, those of most organisations first, filtered by software and by where they stand.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use domain::needs::NeedState;
use serde::Deserialize;
use store::needs::{Card, Which};
use words::Words;

use super::mark;
use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, NavLink, Pager, Section};
use crate::paths::{Paths, encoded};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Needs on one page.
const PAGE: i64 = 30;
/// Pages that are read.
const MOST_PAGES: i64 = 500;
/// Software that has a filter of its own: what most members run.
const MOST_SOFTWARE: i64 = 12;
/// The states that have a filter of their own.
const STATES: [NeedState; 3] = [NeedState::Open, NeedState::Answered, NeedState::Parked];

#[derive(Template)]
#[template(path = "needs/list.html")]
struct ListPage {
    frame: Frame,
    new_href: Option<String>,
    together_href: String,
    software_href: String,
    feed_href: String,
    states: Vec<NavLink>,
    software: Vec<NavLink>,
    cards: Vec<NeedCard>,
    empty: String,
    pager: Pager,
}

/// A need in a list, worded.
#[derive(Template)]
#[template(path = "needs/card.html")]
pub(crate) struct NeedCard {
    href: String,
    title: String,
    supporters: String,
    mark: &'static str,
    state: String,
    software: Option<(String, String)>,
    figures: String,
}

impl HtmlSafe for NeedCard {}

impl NeedCard {
    /// A need in a list.
    pub(crate) fn new(t: Words, paths: &Paths, slug: &str, card: &Card) -> Self {
        let mut figures = vec![t.needs_strength_sum(card.strength)];
        if card.users > 0 {
            figures.push(t.needs_users_sum(t.number(card.users), card.users));
        }
        if card.approaches > 0 {
            figures.push(t.needs_approaches_count(card.approaches));
        }
        if card.features > 0 {
            figures.push(t.needs_features_count(card.features));
        }
        Self {
            href: paths.one(slug, "needs", card.number),
            title: t.typography(&card.title).into_owned(),
            supporters: t.needs_supporters(card.supporters),
            mark: mark(card.state),
            state: t.needs_state(card.state.as_str()),
            software: card.software.as_ref().zip(card.software_slug.as_ref()).map(|(name, software)| {
                (paths.one(slug, "software", software), t.typography(name).into_owned())
            }),
            figures: figures.join(" · "),
        }
    }
}

/// The filters and which page.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
    software: Option<String>,
    page: Option<i64>,
}

/// `GET /c/{collective}/needs`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let chosen = match asked.state.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => {
            NeedState::parse(name).filter(|state| STATES.contains(state)).ok_or(WebError::NotFound)?
        }
        None => NeedState::Open,
    };
    let software = asked.software.filter(|software| !software.is_empty());
    let page = asked.page.unwrap_or(1).clamp(1, MOST_PAGES);
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let collective = desk.place.collective.id;
        let about = match &software {
            Some(software) => {
                let row = store::software::by_slug(&mut tx, collective, software).await?;
                Some(row.ok_or(WebError::NotFound)?)
            }
            None => None,
        };
        let which = Which { state: chosen, software: about.as_ref().map(|row| row.id) };
        let offset = (page - 1) * PAGE;
        let mut rows = store::needs::ranked(&mut tx, collective, which, PAGE + 1, offset).await?;
        let mut named: Vec<(String, String)> = store::software::ranked(&mut tx, collective, MOST_SOFTWARE, 0)
            .await?
            .into_iter()
            .filter(|row| row.needs > 0)
            .map(|row| (row.slug, row.name))
            .collect();
        drop(tx);
        if let Some(row) = &about
            && !named.iter().any(|(slug, _)| *slug == row.slug)
        {
            named.push((row.slug.clone(), row.name.clone()));
        }
        let more = i64::try_from(rows.len()).is_ok_and(|read| read > PAGE);
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let (t, list) = (frame.t, state.paths.of(&slug, "needs"));
        let here = address(&list, chosen, software.as_deref());
        let joint = if here.contains('?') { '&' } else { '?' };
        Ok(ListPage {
            new_href: (desk.standing.is_none() || desk.may(Action::WriteNeed, None)).then(|| {
                let about = software.as_deref().map(|one| format!("?software={}", encoded(one)));
                format!("{list}/new{}", about.unwrap_or_default())
            }),
            together_href: format!("{list}/together"),
            software_href: state.paths.of(&slug, "software"),
            feed_href: state.paths.of(&slug, "needs.atom"),
            states: STATES
                .iter()
                .map(|one| NavLink {
                    href: address(&list, *one, software.as_deref()),
                    text: t.needs_state_list(one.as_str()),
                    current: *one == chosen,
                })
                .collect(),
            software: filters(t, (&list, chosen), &named, software.as_deref()),
            cards: rows.iter().map(|card| NeedCard::new(t, &state.paths, &slug, card)).collect(),
            empty: match (chosen, software.is_some()) {
                (NeedState::Open, false) => t.needs_empty().to_owned(),
                _ => t.needs_empty_here().to_owned(),
            },
            pager: Pager {
                t,
                first: (page > 1).then(|| here.clone()),
                next: (more && page < MOST_PAGES).then(|| format!("{here}{joint}page={}", page + 1)),
            },
            frame: desk.frame(frame, Section::Needs),
        })
    })
    .await
}

/// The list with these filters.
fn address(list: &str, state: NeedState, software: Option<&str>) -> String {
    let state = (state != NeedState::Open).then(|| format!("state={}", state.as_str()));
    let software = software.map(|software| format!("software={}", encoded(software)));
    let query: Vec<String> = state.into_iter().chain(software).collect();
    if query.is_empty() { list.to_owned() } else { format!("{list}?{}", query.join("&")) }
}

fn filters(
    t: Words,
    (list, state): (&str, NeedState),
    named: &[(String, String)],
    chosen: Option<&str>,
) -> Vec<NavLink> {
    let all = NavLink {
        href: address(list, state, None),
        text: t.needs_all_software().to_owned(),
        current: chosen.is_none(),
    };
    let one = |(slug, name): &(String, String)| NavLink {
        href: address(list, state, Some(slug)),
        text: t.typography(name).into_owned(),
        current: chosen == Some(slug.as_str()),
    };
    std::iter::once(all).chain(named.iter().map(one)).collect()
}

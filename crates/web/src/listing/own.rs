//! What an organisation runs: what it said, and what was read elsewhere and awaits its word.

use app::chatonsinfos::{self, Answer};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::actor::Action;
use domain::ids::{OrganisationId, SoftwareId};
use store::software::RunRow;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Frame, Section, html};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Most software of one organisation that are shown.
const MOST_SHOWN: i64 = 2_000;

#[derive(Template)]
#[template(path = "listing/own.html")]
struct OwnPage {
    frame: Frame,
    crumbs: Crumbs,
    heading: String,
    awaiting: Vec<Line>,
    confirmed: Vec<Line>,
    /// Whether the visitor may answer for it.
    answers: bool,
}

/// A software.
struct Line {
    id: SoftwareId,
    name: String,
    href: String,
    users: Option<String>,
}

async fn open(
    state: &AppState,
    frame: &Frame,
    (slug, member): (&str, &str),
) -> Result<(Desk, OrganisationId, String, Vec<RunRow>), WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, frame).await?;
    let collective = desk.place.collective.id;
    let found = store::organisations::member_by_slug(&mut tx, collective, member).await?;
    let found = found.ok_or(WebError::NotFound)?;
    let runs = store::software::run_by(&mut tx, collective, found.id, MOST_SHOWN).await?;
    Ok((desk, found.id, found.name, runs))
}

/// `GET /c/{collective}/members/{member}/software`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (desk, organisation, name, runs) = open(&state, &frame, (&slug, &member)).await?;
    let t = frame.t;
    let name = t.typography(&name).into_owned();
    let (confirmed, awaiting): (Vec<_>, Vec<_>) =
        runs.into_iter().partition(|run| run.confirmed_at.is_some());
    let line = |run: RunRow| Line {
        id: run.software,
        name: t.typography(&run.name).into_owned(),
        href: state.paths.one(&slug, "software", &run.slug),
        users: run.users.map(|users| t.listing_users(users)),
    };
    html(&OwnPage {
        crumbs: Crumbs {
            t,
            above: vec![(state.paths.one(&slug, "members", &member), name.clone())],
            here: t.listing_own_title().to_owned(),
        },
        heading: t.listing_own_heading(name),
        awaiting: awaiting.into_iter().map(line).collect(),
        confirmed: confirmed.into_iter().map(line).collect(),
        answers: desk.may_for(Action::SayHosted, organisation),
        frame: desk.frame(frame, Section::Members),
    })
}

/// `POST /c/{collective}/members/{member}/software`: `software` is one, or `all`; `answer` is `yes` or `no`.
pub(crate) async fn answer(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, organisation, _, _) = open(&state, &frame, (&slug, &member)).await?;
    let on = match data.field("software") {
        "all" => None,
        id => Some(id.parse().map_err(|_| WebError::BadRequest)?),
    };
    let said = match data.field("answer") {
        "yes" => Answer::Confirms,
        "no" => Answer::Denies,
        _ => return Err(WebError::BadRequest),
    };
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    // Sent twice, the second finds nothing that awaits an answer.
    let count = match chatonsinfos::answer(&state.context, acting, collective, organisation, on, said).await {
        Ok(count) => count,
        Err(app::Failure::NotFound) => 0,
        Err(failure) => return Err(failure.into()),
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let told = match said {
        Answer::Confirms => frame.t.listing_confirmed(count),
        Answer::Denies => frame.t.listing_denied(count),
    };
    let path = state.paths.part(&slug, "members", &member, "software");
    see_other_saying(&path, &Flash::good(told), &state.public_url)
}

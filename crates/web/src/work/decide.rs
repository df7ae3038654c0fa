//! The end of a feature that a decision brings, told before it is recorded.

use app::work::page::{may, page, returning};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::pot::FundMode;
use domain::reports::Outcome;
use store::features::Feature;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::features::would_return;
use crate::layout::{Crumbs, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::rounds::confirm::CONFIRMED;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "work/decide.html")]
struct DecidePage {
    frame: Frame,
    crumbs: Crumbs,
    heading: String,
    effect: Vec<String>,
    reason: String,
    /// What was typed, as it was.
    fields: Vec<(String, String)>,
    action: String,
    button: &'static str,
    back_href: String,
}

/// The name of an end.
pub(super) fn name_of(t: Words, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::MoreTime => t.work_outcome_more_time(),
        Outcome::Delivered => t.work_outcome_delivered(),
        Outcome::ClosedPartial => t.work_outcome_partial(),
        Outcome::ClosedFailed => t.work_outcome_failed(),
    }
}

/// What an end says of the work.
pub(super) fn meaning_of(t: Words, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::MoreTime => t.work_outcome_more_time_means(),
        Outcome::Delivered => t.work_outcome_delivered_means(),
        Outcome::ClosedPartial => t.work_outcome_partial_means(),
        Outcome::ClosedFailed => t.work_outcome_failed_means(),
    }
}

/// Where somebody who may decide has yet to confirm an end.
pub(super) async fn decider(
    state: &AppState,
    slug: &str,
    frame: &Frame,
    feature: &Feature,
) -> Result<Option<Desk>, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, frame).await?;
    let (pot, collective) = (&desk.pot, &desk.place.collective);
    let seen = page(&mut tx, pot, collective, feature.clone(), desk.place.today).await?;
    let Some(standing) = &desk.standing else { return Ok(None) };
    let place = &desk.place;
    let may = may(&mut tx, &seen, &place.collective, standing, desk.acting_for, place.now).await?;
    Ok(may.decide.then_some(desk))
}

/// Asks whether an end is meant, which can't be taken back.
pub(super) async fn ask(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    feature: &Feature,
    outcome: Outcome,
    data: &FormData,
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let back = returning(&mut tx, &desk.pot, feature, outcome).await?.unwrap_or_default();
    drop(tx);
    let mode = desk.pot.fund_mode;
    let mut effect = vec![meaning_of(t, outcome).to_owned()];
    match mode == FundMode::Direct && outcome == Outcome::Delivered {
        true => effect.push(t.work_outcome_kept().to_owned()),
        false => effect.extend(would_return(t, desk.currency(), mode, back)),
    }
    let back_href = state.paths.part(desk.slug(), "features", feature.number, "work");
    let fields = data.starting("").filter(|(name, _)| *name != CONFIRMED);
    let name = name_of(t, outcome);
    html_with(
        StatusCode::OK,
        &DecidePage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), t.work_title().to_owned())],
                here: t.work_decide().to_owned(),
            },
            heading: t.work_decide_heading(name, t.typography(&feature.title)),
            effect,
            reason: t.typography(data.field("reason")).into_owned(),
            fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            action: state.paths.part(desk.slug(), "features", feature.number, "decision"),
            button: t.work_decide_send(),
            back_href,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

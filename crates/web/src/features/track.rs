//! Changing the track of a feature, on a page that says what changes.

use app::features::change_track;
use app::features::track::other_tracks;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::{FeatureRefusal, Track, TrackChange};
use domain::rules::Rules;
use store::features::Feature;
use words::Words;

use super::open;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "features/track.html")]
struct TrackPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    now: String,
    /// Why the tracks that can't be chosen can't.
    refused: Vec<String>,
    choices: Vec<Choice>,
    inside: String,
    back_href: String,
}

/// A track that can be chosen.
struct Choice {
    value: &'static str,
    name: String,
    /// What changes with it.
    changes: String,
}

/// `GET /c/{collective}/features/{number}/track`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::StewardFeature).await?;
    let form = frame.form(FormData::default());
    page(&state, &desk, frame, &feature, StatusCode::OK, form).await
}

/// `POST /c/{collective}/features/{number}/track`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::StewardFeature).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match reading.choice("track", Track::parse) {
        None => Refused::unreadable(reading.problems),
        Some(track) => {
            let (context, acting) = (&state.context, desk.acting(&frame)?);
            match change_track(context, acting, feature.id, track, data.field("reason")).await {
                Ok(()) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = Flash::good(t.features_track_changed());
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => {
                    let say =
                        |refusal: &FeatureRefusal| ("track".to_owned(), t.feature_refusal(refusal, currency));
                    refused(failure, t, currency, say)?
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &feature, status, form).await
}

/// What another track changes for a feature.
fn changes(t: Words, change: &TrackChange, rules: &Rules) -> String {
    let asked = change.needers_asked(rules);
    let said = [
        Some(
            match change.to {
                Track::Trust => t.features_track_change_lead_works(),
                _ => t.features_track_change_worker_open(),
            }
            .to_owned(),
        ),
        (asked > 0).then(|| t.features_track_change_needs(asked, change.needers)),
        (!change.to.is_complete()).then(|| t.features_track_change_stops().to_owned()),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    feature: &Feature,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let (t, currency) = (frame.t, desk.currency());
    let heading = t.features_track_change_heading(t.typography(&feature.title));
    let mut tx = state.context.db.read().await?;
    let collective = desk.place.collective.id;
    let others = other_tracks(&mut tx, collective, feature, &desk.rules, desk.place.today).await?;
    drop(tx);
    let back_href = state.paths.one(desk.slug(), "features", feature.number);
    let (mut choices, mut refused) = (Vec::new(), Vec::new());
    for change in &others {
        match change.judge(&desk.rules) {
            Ok(()) => choices.push(Choice {
                value: change.to.as_str(),
                name: t.features_track_explained(change.to.as_str()),
                changes: changes(t, change, &desk.rules),
            }),
            Err(why) => {
                let name = t.features_track_explained(change.to.as_str());
                refused.push(t.features_track_change_refused(name, t.feature_refusal(&why, currency)));
            }
        }
    }
    html_with(
        status,
        &TrackPage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), t.typography(&feature.title).into_owned())],
                here: t.features_change_track().to_owned(),
            },
            form,
            heading,
            now: t.features_track_change_now(t.features_track_explained(feature.track.as_str())),
            refused,
            choices,
            inside: match feature.allocated_total.is_positive() {
                true => t.features_track_change_inside(t.money(feature.allocated_total, currency)),
                false => t.features_track_change_empty().to_owned(),
            },
            back_href,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

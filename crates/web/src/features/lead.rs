//! Giving a feature another lead, after a page that says what it means.

use app::features::hand_over;
use app::members;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::FeatureRefusal;
use store::features::Feature;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Members to choose from.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "features/lead.html")]
struct LeadPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    now: String,
    members: Vec<(String, String)>,
    back_href: String,
}

/// `GET /c/{collective}/features/{number}/lead`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::default());
    page(&state, &desk, frame, &feature, (StatusCode::OK, form)).await
}

/// `POST /c/{collective}/features/{number}/lead`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match reading.parsed("lead") {
        None => Refused::unreadable(reading.problems),
        Some(lead) => match hand_over(&state.context, desk.acting(&frame)?, feature.id, lead).await {
            Ok(()) => {
                let path = state.paths.one(&slug, "features", number);
                return see_other_saying(&path, &Flash::good(t.features_lead_changed()), &state.public_url);
            }
            Err(failure) => {
                let say =
                    |refusal: &FeatureRefusal| ("lead".to_owned(), t.feature_refusal(refusal, currency));
                refused(failure, t, currency, say)?
            }
        },
    };
    let answer = refusal.form(t, data);
    page(&state, &desk, frame, &feature, answer).await
}

/// The feature, while somebody may still lead it.
async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Feature), WebError> {
    let (desk, feature) = super::open(state, frame, slug, number, Action::StewardFeature).await?;
    if feature.state.is_end() { Err(WebError::NotFound) } else { Ok((desk, feature)) }
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    feature: &Feature,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let collective = desk.place.collective.id;
    let lead = store::organisations::get(&mut tx, feature.lead).await?.map(|row| row.name);
    let members = members::listed(&mut tx, collective, desk.place.today, "", "", MOST).await?.members;
    drop(tx);
    let back_href = state.paths.one(desk.slug(), "features", feature.number);
    // Nobody names their own organisation.
    let own = |id| {
        let held = desk.standing.iter().flat_map(|standing| &standing.mandates);
        held.into_iter().any(|held| held.organisation == id)
    };
    let others = members.into_iter().filter(|member| member.id != feature.lead && !own(member.id));
    let page = LeadPage {
        crumbs: Crumbs {
            t,
            above: vec![(back_href.clone(), t.typography(&feature.title).into_owned())],
            here: t.features_lead_change().to_owned(),
        },
        form,
        heading: t.features_lead_heading(t.typography(&feature.title)),
        now: t.features_lead_now(lead.unwrap_or_default()),
        members: others.map(|member| (member.id.to_string(), member.name)).collect(),
        back_href,
        frame: desk.frame(frame, Section::Features),
    };
    html_with(status, &page)
}

//! Ending a feature by hand, after a page that says what returns.

use app::closings::cancel_feature;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::{Ending, FeatureRefusal};
use store::features::Feature;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "features/cancel.html")]
struct CancelPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    effect: String,
    back_href: String,
}

/// `GET /c/{collective}/features/{number}/cancellation`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let form = Form::new(frame.t, FormData::of([("ending", "abandoned")]));
    page(&state, &desk, frame, &feature, StatusCode::OK, form)
}

/// `POST /c/{collective}/features/{number}/cancellation`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match reading.choice("ending", Ending::parse) {
        None => Refused::unreadable(reading.problems),
        Some(ending) => {
            let (context, acting) = (&state.context, desk.acting(&frame)?);
            match cancel_feature(context, acting, feature.id, ending, data.field("reason")).await {
                Ok(()) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = Flash::good(t.features_cancelled());
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => {
                    let say = |refusal: &FeatureRefusal| {
                        ("reason".to_owned(), t.feature_refusal(refusal, currency))
                    };
                    refused(failure, t, currency, say)?
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &feature, status, form)
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Feature), WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::signed_in(&mut tx, place, frame).await?;
    let collective = desk.place.collective.id;
    let feature = store::features::by_number(&mut tx, collective, number).await?.ok_or(WebError::NotFound)?;
    if !desk.may(Action::CancelFeature, Some(feature.lead)) {
        return Err(WebError::Forbidden);
    }
    Ok((desk, feature))
}

fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    feature: &Feature,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let t = frame.t;
    let heading = t.features_cancel_heading(t.typography(&feature.title));
    let inside = feature.allocated_total;
    let back_href = state.paths.one(desk.slug(), "features", feature.number);
    html_with(
        status,
        &CancelPage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), feature.title.clone())],
                here: t.features_cancel().to_owned(),
            },
            form,
            effect: if inside.is_positive() {
                t.features_cancel_returns(t.money(inside, desk.currency()))
            } else {
                t.features_cancel_empty().to_owned()
            },
            heading,
            back_href,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

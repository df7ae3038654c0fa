//! Ending a feature by hand, after a page that says what returns.

use app::closings::cancel_feature;
use app::returning::{Returning, if_ended};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::{Ending, FeatureRefusal};
use domain::pot::FundMode;
use domain::{Book, Currency};
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
#[template(path = "features/cancel.html")]
struct CancelPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    effect: Vec<String>,
    /// Why it can't be ended now, and where what is in the way is answered.
    waits: Option<(String, String)>,
    back_href: String,
}

/// `GET /c/{collective}/features/{number}/cancellation`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::CancelFeature).await?;
    let form = frame.form(FormData::of([("ending", "abandoned")]));
    page(&state, &desk, frame, &feature, StatusCode::OK, form).await
}

/// `POST /c/{collective}/features/{number}/cancellation`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::CancelFeature).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match reading.choice("ending", Ending::parse) {
        None => Refused::unreadable(reading.problems),
        Some(ending) => {
            let (context, acting) = (&state.context, desk.acting(&frame)?);
            match cancel_feature(context, acting, feature.id, ending, data.field("reason")).await {
                Ok(returned) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = Flash::good(has_returned(t, currency, desk.pot.fund_mode, returned));
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
    page(&state, &desk, frame, &feature, status, form).await
}

/// What the end of a feature would return, a sentence for each to whom.
pub(crate) fn would_return(
    t: Words,
    currency: Currency,
    mode: FundMode,
    returning: Returning,
) -> Vec<String> {
    let Returning { organisations, funds, left } = returning;
    let money = |amount| t.money(amount, currency);
    let sentences = [
        organisations.is_positive().then(|| match mode.is_promised() {
            true => t.promise_cancel_returns(money(organisations), mode.as_str()),
            false => t.features_cancel_returns(money(organisations)),
        }),
        funds.is_positive().then(|| t.features_cancel_to_funds(money(funds))),
        left.is_positive().then(|| t.features_cancel_of_left(money(left))),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    if sentences.is_empty() { vec![t.features_cancel_empty().to_owned()] } else { sentences }
}

/// What the end of a feature has returned.
fn has_returned(t: Words, currency: Currency, mode: FundMode, returned: Returning) -> String {
    let Returning { organisations, funds, left } = returned;
    let money = |amount| t.money(amount, currency);
    let sentences = [
        Some(t.features_cancelled().to_owned()),
        organisations.is_positive().then(|| match mode.is_promised() {
            true => t.promise_cancelled().to_owned(),
            false => t.features_cancelled_returned(money(organisations)),
        }),
        funds.is_positive().then(|| t.features_cancelled_to_funds(money(funds))),
        left.is_positive().then(|| t.features_cancelled_of_left(money(left))),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    feature: &Feature,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let t = frame.t;
    let heading = t.features_cancel_heading(t.typography(&feature.title));
    let mut tx = state.context.db.read().await?;
    let returning = if_ended(&mut tx, &desk.pot, feature).await?;
    let pending = store::invoices::pending(&mut tx, feature.id).await?.count;
    let last = desk.sight.past.last(Book::Cash);
    let reserved = store::gifts::reserved_for(&mut tx, feature.pot, feature.id, last).await?;
    let reserved =
        reserved.is_positive().then(|| t.features_cancel_reserved(t.money(reserved, desk.currency())));
    drop(tx);
    let waits = (pending > 0).then(|| {
        let count = u32::try_from(pending).unwrap_or(u32::MAX);
        let why = t.feature_refusal(&FeatureRefusal::InvoicesWait(count), desk.currency());
        (why, state.paths.part(desk.slug(), "features", feature.number, "work"))
    });
    let back_href = state.paths.one(desk.slug(), "features", feature.number);
    html_with(
        status,
        &CancelPage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), t.typography(&feature.title).into_owned())],
                here: t.features_cancel().to_owned(),
            },
            form,
            effect: match waits {
                Some(_) => Vec::new(),
                None => {
                    let told = would_return(t, desk.currency(), desk.pot.fund_mode, returning);
                    told.into_iter().chain(reserved).collect()
                }
            },
            waits,
            heading,
            back_href,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

//! What is done on the page of a grid.

use app::Failure;
use app::eligibility as uses;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Currency;
use domain::eligibility::{Assessment, EligibilityRefusal, Verdict};
use words::Words;

use super::page::Looking;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

type Here = Path<(String, String)>;

/// `POST /c/{collective}/software/{software}/grid`: what somebody found, or what a steward settles.
pub(crate) async fn assess(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Here,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let looking = Looking::open(&state, &frame, (&slug, &software)).await?;
    let (t, currency) = (frame.t, looking.desk.currency());
    let acting = looking.desk.acting(&frame)?;
    let settles = data.has("settles", "yes");
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match reading.choice("verdict", Verdict::parse) {
        None => Some(Refused::unreadable(reading.problems)),
        Some(verdict) => {
            let new = Assessment {
                criterion: data.field("criterion").to_owned(),
                verdict,
                evidence: data.field("evidence").to_owned(),
            };
            let (ctx, collective) = (&state.context, looking.desk.place.collective.id);
            let done = match settles {
                true => uses::settle(ctx, acting, collective, &software, new).await,
                false => uses::assess(ctx, acting, collective, &software, new).await,
            };
            outcome(done, t, currency, "criterion")?
        }
    };
    let said = if settles { t.eligibility_settled() } else { t.eligibility_assessed() };
    answer(&state, frame, looking, data, (refusal, said)).await
}

/// `POST /c/{collective}/software/{software}/grid/decision`: a steward names the decision to fund all the same.
pub(crate) async fn decide(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Here,
    data: FormData,
) -> Result<Response, WebError> {
    let looking = Looking::open(&state, &frame, (&slug, &software)).await?;
    let (t, currency) = (frame.t, looking.desk.currency());
    let acting = looking.desk.acting(&frame)?;
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match reading.parsed("decision") {
        None => Some(Refused::unreadable(reading.problems)),
        Some(decision) => {
            let (ctx, collective) = (&state.context, looking.desk.place.collective.id);
            let done = uses::waive(ctx, acting, collective, &software, decision, data.field("reason")).await;
            outcome(done, t, currency, "decision")?
        }
    };
    answer(&state, frame, looking, data, (refusal, t.eligibility_waived())).await
}

/// `POST /c/{collective}/software/{software}/grid/decision/end`: a steward takes it back.
pub(crate) async fn end(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Here,
    data: FormData,
) -> Result<Response, WebError> {
    let looking = Looking::open(&state, &frame, (&slug, &software)).await?;
    let (t, currency) = (frame.t, looking.desk.currency());
    let acting = looking.desk.acting(&frame)?;
    let collective = looking.desk.place.collective.id;
    let done = uses::end_waiver(&state.context, acting, collective, &software).await;
    let refusal = outcome(done, t, currency, "decision")?;
    answer(&state, frame, looking, data, (refusal, t.eligibility_waiver_ended())).await
}

/// What is wrong with what was sent, if something is; said at `field` where it is no field's fault.
fn outcome(
    done: Result<(), Failure<EligibilityRefusal>>,
    t: Words,
    currency: Currency,
    field: &str,
) -> Result<Option<Refused>, WebError> {
    let Err(failure) = done else { return Ok(None) };
    let say = |why: &EligibilityRefusal| (field.to_owned(), t.eligibility_refusal(*why));
    refused(failure, t, currency, say).map(Some)
}

async fn answer(
    state: &AppState,
    frame: Frame,
    looking: Looking,
    data: FormData,
    (refusal, said): (Option<Refused>, &'static str),
) -> Result<Response, WebError> {
    match refusal {
        None => see_other_saying(&looking.href(state), &Flash::good(said), &state.public_url),
        Some(refusal) => {
            let answer = refusal.form(frame.t, data);
            looking.page(state, frame, answer).await
        }
    }
}

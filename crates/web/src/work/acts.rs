//! What is done on the page of the work: reporting, objecting, deciding. A refusal shows the page again.

use app::Failure;
use app::work::objections;
use app::work::reports::{self, Decision, NewReport};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::input::FieldRule;
use domain::reports::{Outcome, ReportRefusal};
use store::features::Feature;

use super::decide::{ask, decider};
use super::page::again;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::rounds::confirm::CONFIRMED;
use crate::state::AppState;

/// Work on which somebody acts.
struct Act {
    state: AppState,
    place: Place,
    frame: Frame,
    feature: Feature,
    acting: app::Acting,
    data: FormData,
}

impl Act {
    async fn open(
        state: AppState,
        frame: Frame,
        slug: &str,
        number: i64,
        data: FormData,
    ) -> Result<Self, WebError> {
        let frame = frame.acting_as_said_in(&data)?;
        let (mut tx, desk) = Desk::inside(&state, &frame, slug).await?;
        let collective = desk.place.collective.id;
        let feature = store::features::by_number(&mut tx, collective, number).await?;
        let feature = feature.ok_or(WebError::NotFound)?;
        drop(tx);
        let acting = app::Acting { key: data.key(), ..desk.acting(&frame)? };
        Ok(Self { state, place: desk.place, frame, feature, acting, data })
    }

    /// Back to the page, or the page again with what was refused at `field`.
    async fn end<T>(
        self,
        result: Result<T, Failure<ReportRefusal>>,
        field: &str,
        said: impl FnOnce(&Self, T) -> String,
    ) -> Result<Response, WebError> {
        match result {
            Ok(done) => {
                let flash = Flash::good(said(&self, done));
                let slug = &self.place.collective.slug;
                let path = self.state.paths.part(slug, "features", self.feature.number, "work");
                see_other_saying(&path, &flash, &self.state.public_url)
            }
            Err(failure) => {
                let t = self.frame.t;
                let say = |refusal: &ReportRefusal| (field.to_owned(), t.report_refusal(refusal));
                let mut refusal = refused(failure, t, domain::Currency::EUR, say)?;
                for problem in &mut refusal.problems.0 {
                    if problem.field == "reason" {
                        problem.field = field.to_owned();
                    }
                }
                self.refuse(refusal).await
            }
        }
    }

    async fn refuse(self, refusal: Refused) -> Result<Response, WebError> {
        let (status, form) = refusal.form(self.frame.t, self.data);
        again(&self.state, self.place, self.frame, self.feature.number, status, Some(form)).await
    }
}

/// `POST /c/{collective}/features/{number}/report`
pub(crate) async fn report(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, data).await?;
    let new = NewReport { body: act.data.field("body").to_owned(), link: act.data.field("link").to_owned() };
    let done = reports::report(&act.state.context, act.acting.clone(), act.feature.id, new).await;
    let said = |act: &Act, until| act.frame.t.work_report_sent(act.frame.t.until(until, act.place.today));
    act.end(done, "body", said).await
}

/// `POST /c/{collective}/features/{number}/objection`
pub(crate) async fn object(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, data).await?;
    let reason = act.data.field("objection");
    let done = objections::object(&act.state.context, act.acting.clone(), act.feature.id, reason).await;
    act.end(done, "objection", |act, ()| act.frame.t.work_object_sent().to_owned()).await
}

/// `POST /c/{collective}/features/{number}/objection/withdraw`
pub(crate) async fn withdraw_objection(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, data).await?;
    let done = objections::withdraw_objection(&act.state.context, act.acting.clone(), act.feature.id).await;
    act.end(done, "objection", |act, ()| act.frame.t.work_object_withdrawn_flash().to_owned()).await
}

/// `POST /c/{collective}/features/{number}/decision`
pub(crate) async fn decide(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, data).await?;
    let mut reading = Reading::new(&act.data, act.frame.t, domain::Currency::EUR);
    let decision = match reading.choice("outcome", Outcome::parse) {
        Some(Outcome::MoreTime) => reading.date("until").map(Decision::MoreTime),
        Some(outcome) => Some(Decision::Ends(outcome)),
        None => None,
    };
    if act.data.filled("reason").is_none() {
        reading.breaks("reason", &FieldRule::Missing);
    }
    let problems = reading.problems;
    let Some(decision) = decision.filter(|_| problems.is_empty()) else {
        return act.refuse(Refused::unreadable(problems)).await;
    };
    if let (Decision::Ends(outcome), false) = (&decision, act.data.has(CONFIRMED, "yes"))
        && let Some(desk) = decider(&act.state, &slug, &act.frame, &act.feature).await?
    {
        return ask(&act.state, &desk, act.frame, &act.feature, *outcome, &act.data).await;
    }
    let reason = act.data.field("reason");
    let (context, acting) = (&act.state.context, act.acting.clone());
    let done = reports::decide(context, acting, act.feature.id, decision, reason).await;
    act.end(done, "reason", |act, ()| act.frame.t.work_decided().to_owned()).await
}

//! What is done on the page of a feature; a refusal shows the page again with what was typed.

use app::allocations::{save_allocations, save_unless_irreversible};
use app::features as uses;
use app::{Acting, Failure};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::features::{AllocationRefusal, FeatureRefusal, FundingRefusal, State as Stage, Wish};
use domain::ids::FeatureId;
use domain::{Currency, Money};
use store::features::Feature;
use words::Words;

use super::page::again;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::rounds::confirm::{CONFIRMED, ask};
use crate::state::AppState;

/// A feature on which somebody acts.
pub(super) struct Act {
    pub(super) state: AppState,
    pub(super) place: Place,
    frame: Frame,
    pub(super) feature: Feature,
    pub(super) acting: Acting,
    pub(super) currency: Currency,
}

impl Act {
    pub(super) async fn open(
        state: AppState,
        frame: Frame,
        slug: &str,
        number: i64,
    ) -> Result<Self, WebError> {
        let (mut tx, desk) = Desk::inside(&state, &frame, slug).await?;
        let collective = desk.place.collective.id;
        let feature = store::features::by_number(&mut tx, collective, number).await?;
        let feature = feature.ok_or(WebError::NotFound)?;
        drop(tx);
        let (acting, currency) = (desk.acting(&frame)?, desk.currency());
        Ok(Self { state, place: desk.place, frame, feature, acting, currency })
    }

    pub(super) const fn id(&self) -> FeatureId {
        self.feature.id
    }

    pub(super) const fn t(&self) -> Words {
        self.frame.t
    }

    /// Back to the page, which says how it ended.
    pub(super) fn done(self, said: impl Into<String>) -> Result<Response, WebError> {
        let path = self.state.paths.one(&self.place.collective.slug, "features", self.feature.number);
        see_other_saying(&path, &Flash::good(said), &self.state.public_url)
    }

    /// Asks whether what can't be taken back is meant.
    pub(super) async fn asks_confirmation(
        self,
        part: &str,
        wish: Wish,
        data: &FormData,
    ) -> Result<Response, WebError> {
        let Self { state, place, frame, feature, .. } = self;
        let mut tx = state.context.db.read().await?;
        let desk = Desk::signed_in(&mut tx, place, &frame).await?;
        drop(tx);
        let back = state.paths.one(desk.slug(), "features", feature.number);
        let action = state.paths.part(desk.slug(), "features", feature.number, part);
        ask(&state, &desk, frame, &[wish], data, action, back).await
    }

    /// The page again with what is wrong.
    pub(super) async fn refuse(self, refused: Refused, data: FormData) -> Result<Response, WebError> {
        let (status, form) = refused.form(self.frame.t, data);
        again(&self.state, self.place, self.frame, self.feature.number, status, form).await
    }

    /// How an act ended; `field` is where its refusal is shown.
    async fn end(
        self,
        result: Result<(), Failure<FeatureRefusal>>,
        data: FormData,
        field: &str,
        said: &'static str,
    ) -> Result<Response, WebError> {
        let (t, currency) = (self.t(), self.currency);
        match result {
            Ok(()) => self.done(said),
            Err(failure) => {
                let say = |refusal: &FeatureRefusal| (field.to_owned(), t.feature_refusal(refusal, currency));
                let moved = matches!(failure, Failure::Refused(FeatureRefusal::MovedMeanwhile { .. }));
                let mut refusal = refused(failure, t, currency, say)?;
                if moved {
                    refusal.status = StatusCode::CONFLICT;
                }
                for problem in &mut refusal.problems.0 {
                    if problem.field == "reason" {
                        problem.field = field.to_owned();
                    }
                }
                self.refuse(refusal, data).await
            }
        }
    }
}

/// `POST /c/{collective}/features/{number}/needs`: « nous en avons besoin aussi ».
pub(crate) async fn say_needed(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame.acting_as_said_in(&data)?, &slug, number).await?;
    let (context, acting) = (&act.state.context, act.acting.clone());
    let result = uses::say_needed(context, acting, act.id(), data.field("words")).await;
    let said = act.t().features_need_said();
    act.end(result, data, "words", said).await
}

/// `POST /c/{collective}/features/{number}/needs/withdraw`
pub(crate) async fn withdraw_need(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame.acting_as_said_in(&data)?, &slug, number).await?;
    let result = uses::withdraw_need(&act.state.context, act.acting.clone(), act.id()).await;
    let said = act.t().features_need_withdrawn();
    act.end(result, data, "words", said).await
}

/// `POST /c/{collective}/features/{number}/steps`: a steward moves it on from the stage that was seen, with a reason.
pub(crate) async fn step(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number).await?;
    let from = data.filled("stage").and_then(Stage::parse).ok_or(WebError::BadRequest)?;
    let (context, acting) = (&act.state.context, act.acting.clone());
    let result = uses::steward_moves(context, acting, act.id(), from, data.field("reason")).await;
    let said = act.t().features_stepped();
    act.end(result, data, "reason", said).await
}

/// `POST /c/{collective}/features/{number}/wake`
pub(crate) async fn wake(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number).await?;
    let result = uses::wake(&act.state.context, act.acting.clone(), act.id()).await;
    let said = act.t().features_woken();
    act.end(result, data, "reason", said).await
}

/// `POST /c/{collective}/features/{number}/confirmation`: a steward confirms the trigger.
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number).await?;
    let result = app::triggers::confirm_trigger(&act.state.context, act.acting.clone(), act.id()).await;
    let said = act.t().features_confirmed();
    act.end(result, data, "amount", said).await
}

/// `POST /c/{collective}/features/{number}/allocation`: the organisation's whole share here becomes this amount.
pub(crate) async fn allocate(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame.acting_as_said_in(&data)?, &slug, number).await?;
    let (t, currency) = (act.t(), act.currency);
    let mut reading = Reading::new(&data, t, currency);
    let wanted = match data.filled("amount") {
        None => Some(Money::ZERO),
        Some(_) => reading.money("amount"),
    };
    let seen = data.field("seen").parse().ok().map(Money::new);
    // What is added to a triggered feature is asked for alone: what is there stays.
    let wanted = match (data.has("adds", "yes"), seen) {
        (true, Some(seen)) => wanted.and_then(|more| seen.plus(more).ok()),
        _ => wanted,
    };
    let (Some(wanted), Some(seen)) = (wanted, seen) else {
        let refusal = Refused::unreadable(reading.problems);
        return act.refuse(refusal, data).await;
    };
    let acting = Acting { key: data.key(), ..act.acting.clone() };
    let wish = Wish { feature: act.id(), seen, wanted };
    let (context, pot) = (&act.state.context, act.feature.pot);
    let done = match data.has(CONFIRMED, "yes") {
        true => save_allocations(context, acting, pot, vec![wish]).await,
        false => save_unless_irreversible(context, acting, pot, vec![wish]).await,
    };
    match done {
        Ok(saved) => {
            let left = t.money(saved.left, currency);
            let said = if saved.triggered.is_empty() {
                t.features_put(t.money(wanted, currency), left)
            } else {
                t.features_put_triggered(left)
            };
            act.done(said)
        }
        Err(Failure::Refused(AllocationRefusal { why: FundingRefusal::Unconfirmed, .. })) => {
            act.asks_confirmation("allocation", wish, &data).await
        }
        Err(failure) => {
            let stale = matches!(
                failure,
                Failure::Refused(AllocationRefusal { why: FundingRefusal::Stale { .. }, .. })
            );
            let say = |refusal: &AllocationRefusal| {
                ("amount".to_owned(), t.funding_refusal(&refusal.why, currency))
            };
            let mut refusal = refused(failure, t, currency, say)?;
            if stale {
                refusal.status = StatusCode::CONFLICT;
            }
            act.refuse(refusal, data).await
        }
    }
}

//! What is done on the page of a call: said to be paid, received, recorded, covered.

use app::fund_calls::{
    NewCallPayment, confirm_received, cover_call, record_call_payment, say_not_paid, say_paid as say,
    undo_received,
};
use app::{Acting, Failure};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Currency;
use domain::fund_calls::CallRefusal;
use domain::ids::CallReceiptId;
use words::Words;

use super::page::{Seen, find, render};
use crate::contributions::proof;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// A call on which somebody acts.
struct Act {
    state: AppState,
    frame: Frame,
    seen: Seen,
    acting: Acting,
}

impl Act {
    async fn open(
        state: AppState,
        frame: Frame,
        slug: &str,
        number: i64,
        data: &FormData,
    ) -> Result<Self, WebError> {
        let frame = frame.acting_as_said_in(data)?;
        let mut tx = state.context.db.read().await?;
        let seen = find(&state, &mut tx, &frame, slug, number).await?;
        drop(tx);
        let acting = Acting { key: data.key(), ..seen.desk.acting(&frame)? };
        Ok(Self { state, frame, seen, acting })
    }

    const fn t(&self) -> Words {
        self.frame.t
    }

    fn currency(&self) -> Currency {
        self.seen.desk.currency()
    }

    fn done(self, said: impl Into<String>) -> Result<Response, WebError> {
        let path = self.state.paths.one(self.seen.desk.slug(), "calls", self.seen.page.call.number);
        see_other_saying(&path, &Flash::good(said), &self.state.public_url)
    }

    fn refuse(self, refused: Refused, data: FormData) -> Result<Response, WebError> {
        let (status, form) = refused.form(self.frame.t, data);
        render(&self.state, self.seen, self.frame, status, Some(form))
    }

    /// The refusal of a use case, beside a field.
    fn failed(
        self,
        failure: Failure<CallRefusal>,
        data: FormData,
        field: &str,
    ) -> Result<Response, WebError> {
        let (t, currency) = (self.t(), self.currency());
        let say = |why: &CallRefusal| {
            let field = if matches!(why, CallRefusal::Twin(_)) { "again" } else { field };
            (field.to_owned(), t.call_refusal(why, currency))
        };
        let mut refusal = refused(failure, t, currency, say)?;
        for problem in refusal.problems.0.iter_mut().filter(|problem| problem.field == "amount") {
            field.clone_into(&mut problem.field);
        }
        self.refuse(refusal, data)
    }
}

/// `POST /c/{collective}/calls/{number}/paid`: whoever is called says that it is paid.
pub(crate) async fn say_paid(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, &data).await?;
    match say(&act.state.context, act.acting.clone(), act.seen.page.call.id).await {
        Ok(()) => {
            act.state.context.wake_worker();
            let said = act.t().calls_said(act.t().typography(&act.seen.page.payee.name));
            act.done(said)
        }
        Err(failure) => act.failed(failure, data, "amount"),
    }
}

/// `POST /c/{collective}/calls/{number}/not-paid`: it isn't paid, whatever was said.
pub(crate) async fn unsay_paid(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, &data).await?;
    match say_not_paid(&act.state.context, act.acting.clone(), act.seen.page.call.id).await {
        Ok(()) => {
            let said = act.t().calls_unsaid();
            act.done(said)
        }
        Err(failure) => act.failed(failure, data, "amount"),
    }
}

/// `POST /c/{collective}/calls/{number}/received`: in a direct pot, for whoever is paid.
pub(crate) async fn received(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, &data).await?;
    let mut reading = Reading::new(&data, act.t(), act.currency());
    let (amount, day) = (reading.money("amount"), reading.date("received_on"));
    let (Some(amount), Some(day)) = (amount, day) else {
        let refusal = Refused::unreadable(reading.problems);
        return act.refuse(refusal, data);
    };
    let call = act.seen.page.call.id;
    match confirm_received(&act.state.context, act.acting.clone(), call, amount, day).await {
        Ok(_) => {
            let said = act.t().calls_confirmed(act.t().money(amount, act.currency()));
            act.done(said)
        }
        Err(failure) => act.failed(failure, data, "amount"),
    }
}

/// `POST /c/{collective}/calls/{number}/payment`: in a pledge pot, what reached the bank.
pub(crate) async fn record(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, &data).await?;
    let mut reading = Reading::new(&data, act.t(), act.currency());
    let (amount, day) = (reading.money("amount"), reading.date("received_on"));
    let proof = proof(&data, &mut reading);
    let (Some(amount), Some(received_on), true) = (amount, day, reading.problems.is_empty()) else {
        let refusal = Refused::unreadable(reading.problems);
        return act.refuse(refusal, data);
    };
    let reference = data.field("reference").trim().to_owned();
    let new = NewCallPayment { amount, received_on, reference, proof, another: data.has("again", "yes") };
    match record_call_payment(&act.state.context, act.acting.clone(), act.seen.page.call.id, new).await {
        Ok(paid) => {
            let (t, money) = (act.t(), |amount| act.t().money(amount, act.currency()));
            let said = match paid.excess.is_positive() {
                true => t.calls_recorded_excess(money(amount), money(paid.excess)),
                false => t.calls_recorded(money(amount)),
            };
            act.done(said)
        }
        Err(failure) => act.failed(failure, data, "amount"),
    }
}

/// `POST /c/{collective}/calls/{number}/cover`: another organisation takes over what isn't paid.
pub(crate) async fn cover(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, &data).await?;
    let mut reading = Reading::new(&data, act.t(), act.currency());
    let Some(amount) = reading.money("cover") else {
        let refusal = Refused::unreadable(reading.problems);
        return act.refuse(refusal, data);
    };
    match cover_call(&act.state.context, act.acting.clone(), act.seen.page.call.id, amount).await {
        Ok(covered) => {
            let t = act.t();
            let name = t.calls_one(act.seen.desk.pot.fund_mode.as_str(), covered.number);
            let said = t.calls_cover_said(t.money(amount, act.currency()), name);
            act.done(said)
        }
        Err(failure) => act.failed(failure, data, "cover"),
    }
}

/// `POST /c/{collective}/calls/{number}/undo/{receipt}`: what was confirmed by mistake.
pub(crate) async fn undo(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, receipt)): Path<(String, i64, CallReceiptId)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, &slug, number, &data).await?;
    let call = act.seen.page.call.id;
    match undo_received(&act.state.context, act.acting.clone(), call, receipt).await {
        Ok(_) => {
            let said = act.t().calls_undone();
            act.done(said)
        }
        Err(failure) => act.failed(failure, data, "amount"),
    }
}

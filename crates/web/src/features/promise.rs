//! `POST /c/{collective}/features/{number}/promise`: what the organisation acted for promises becomes this.

use app::promises::{Promised, promise_unless_irreversible, save_promise};
use app::{Acting, Failure};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::features::{FundingRefusal, Wish};
use domain::promises::{PromiseKind, PromiseOn, PromiseRefusal, PromiseWish};
use domain::{Currency, Money};
use jiff::civil::Date;
use words::Words;

use super::acts::Act;
use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Form, Frame};
use crate::reading::{Reading, Refused, refused};
use crate::rounds::confirm::CONFIRMED;
use crate::state::AppState;

/// A promise and its forms.
#[derive(Template)]
#[template(path = "features/promising.html")]
pub(crate) struct Promising {
    pub(crate) t: Words,
    pub(crate) form: Form,
    pub(crate) action: String,
    pub(crate) key: String,
    pub(crate) seen: String,
    pub(crate) acts_as: Option<String>,
    /// What stands, in a sentence.
    pub(crate) standing: Option<String>,
    /// The amount that an assembly has said yes to: a button makes it firm.
    pub(crate) lift: Option<String>,
    pub(crate) take_back: bool,
    /// Why nothing firm moves today.
    pub(crate) closed: Option<String>,
    pub(crate) asks: Option<Asks>,
}

impl HtmlSafe for Promising {}

/// The form by which one promises or adds to what is promised.
pub(crate) struct Asks {
    /// Whether it asks for what is added alone.
    pub(crate) adds: bool,
    /// Whether a firm promise is taken today.
    pub(crate) firm: bool,
    pub(crate) label: &'static str,
    pub(crate) hint: String,
    pub(crate) unit: String,
    pub(crate) button: &'static str,
}

/// Makes, changes or takes back a promise.
pub(crate) async fn promise(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame.acting_as_said_in(&data)?, &slug, number).await?;
    let (t, currency) = (act.t(), act.currency);
    let mut reading = Reading::new(&data, t, currency);
    let Some(wish) = read(&mut reading, &data, PromiseOn::Feature(act.id())) else {
        let refusal = Refused::unreadable(reading.problems);
        return act.refuse(refusal, data).await;
    };
    let acting = Acting { key: data.key(), ..act.acting.clone() };
    let (context, pot) = (&act.state.context, act.feature.pot);
    let done = match data.has(CONFIRMED, "yes") {
        true => save_promise(context, acting, pot, wish).await,
        false => promise_unless_irreversible(context, acting, pot, wish).await,
    };
    match done {
        Ok(promised) => {
            let said = said(t, currency, act.place.today, &wish, promised);
            act.done(said)
        }
        Err(Failure::Refused(PromiseRefusal::Funding(FundingRefusal::Unconfirmed))) => {
            let wish = Wish { feature: act.id(), seen: wish.seen, wanted: wish.firm() };
            act.asks_confirmation("promise", wish, &data).await
        }
        Err(failure) => {
            let refusal = refuse(failure, t, currency)?;
            act.refuse(refusal, data).await
        }
    }
}

/// The refusal of a promise, beside its amount; what has changed meanwhile is a conflict.
pub(crate) fn refuse(
    failure: Failure<PromiseRefusal>,
    t: Words,
    currency: Currency,
) -> Result<Refused, WebError> {
    let stale = matches!(
        failure,
        Failure::Refused(
            PromiseRefusal::Stale { .. } | PromiseRefusal::Funding(FundingRefusal::Stale { .. })
        )
    );
    let say = |why: &PromiseRefusal| ("amount".to_owned(), t.promise_refusal(why, currency));
    let mut refusal = refused(failure, t, currency, say)?;
    if stale {
        refusal.status = StatusCode::CONFLICT;
    }
    Ok(refusal)
}

/// What a form asks for. Nothing where something can't be read, which is noted.
pub(crate) fn read(reading: &mut Reading<'_>, data: &FormData, on: PromiseOn) -> Option<PromiseWish> {
    let seen: Option<i64> = reading.parsed("seen");
    let seen = Money::new(seen?);
    if data.has("take_back", "yes") {
        let kind = PromiseKind::Intention;
        return Some(PromiseWish { on, kind, seen, amount: Money::ZERO, subject_to: None });
    }
    let amount = reading.money("amount");
    let kind = reading.choice("kind", PromiseKind::parse);
    let asks_day = kind == Some(PromiseKind::Conditional) && data.filled("subject_to").is_some();
    let subject_to = if asks_day { reading.date("subject_to") } else { None };
    if !reading.problems.is_empty() {
        return None;
    }
    // What is added to what is bound is asked for alone: what is there stays.
    let amount = match data.has("adds", "yes") {
        true => seen.plus(amount?).unwrap_or(Money::MAX_ENTRY),
        false => amount?,
    };
    Some(PromiseWish { on, kind: kind?, seen, amount, subject_to })
}

/// What the next page says first.
pub(crate) fn said(
    t: Words,
    currency: Currency,
    today: Date,
    wish: &PromiseWish,
    promised: Promised,
) -> String {
    let amount = t.money(wish.amount, currency);
    match (wish.kind, wish.subject_to) {
        _ if promised.triggered => t.promise_said_triggered().to_owned(),
        _ if promised.confirming => t.promise_said_confirming().to_owned(),
        _ if promised.added => t.promise_said_added(amount),
        _ if wish.amount.is_zero() => t.promise_said_taken_back().to_owned(),
        (PromiseKind::Firm, _) => t.promise_said_firm(amount),
        (PromiseKind::Conditional, Some(day)) => t.promise_said_conditional(amount, t.date_near(day, today)),
        (PromiseKind::Conditional | PromiseKind::Intention, _) => t.promise_said_intended(amount),
    }
}

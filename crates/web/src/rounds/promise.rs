//! The promise that an organisation makes for a round of a direct or pledge pot.

use app::Acting;
use app::promises::page::MyRoundPromise;
use app::promises::save_promise;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::promises::{PromiseKind, PromiseOn};
use store::promises::Promise;
use words::Words;

use super::page::again;
use crate::error::WebError;
use crate::extract::FormData;
use crate::features::promise::{Asks, Promising, read, refuse, said};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Form, Frame};
use crate::place::{Desk, new_key};
use crate::reading::{Reading, Refused};
use crate::state::AppState;

/// `POST /c/{collective}/rounds/{number}/promise`
pub(crate) async fn promise(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let round = store::rounds::by_number(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let refusal = match read(&mut reading, &data, PromiseOn::Round(round.id)) {
        None => Refused::unreadable(reading.problems),
        Some(wish) => {
            let acting = Acting { key: data.key(), ..desk.acting(&frame)? };
            match save_promise(&state.context, acting, desk.pot.id, wish).await {
                Ok(promised) => {
                    let path = state.paths.one(&slug, "rounds", number);
                    let said = said(t, currency, desk.place.today, &wish, promised);
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refuse(failure, t, currency)?,
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    again(&state, desk.place, frame, number, status, form).await
}

/// What the fields of a promise hold before anybody types.
pub(super) fn stored(t: Words, desk: &Desk, promise: Option<&Promise>) -> FormData {
    let kind = promise.map_or(PromiseKind::Firm, |promise| promise.kind);
    let amount = promise.map(|promise| t.money_field(promise.amount, desk.currency()));
    let day = promise.and_then(|promise| promise.subject_to);
    FormData::of([
        ("kind", kind.as_str().to_owned()),
        ("amount", amount.unwrap_or_default()),
        ("subject_to", day.map(|day| day.to_string()).unwrap_or_default()),
    ])
}

/// The promise of the organisation acted for, with its forms while the round takes promises.
pub(super) fn promising(
    state: &AppState,
    t: Words,
    desk: &Desk,
    number: i64,
    form: &Form,
    mine: &MyRoundPromise,
) -> Promising {
    let (currency, today) = (desk.currency(), desk.place.today);
    let promise = mine.promise.as_ref();
    let standing = promise.map(|promise| match (promise.kind, promise.subject_to) {
        (PromiseKind::Firm, _) => t.promise_is_firm(t.money(promise.firm, currency)),
        (PromiseKind::Conditional, Some(day)) => {
            t.promise_is_conditional(t.money(promise.amount, currency), t.date_near(day, today))
        }
        (PromiseKind::Conditional | PromiseKind::Intention, _) => {
            t.promise_is_intended(t.money(promise.amount, currency))
        }
    });
    let open = !mine.shared_out;
    let conditional = promise.filter(|promise| promise.kind == PromiseKind::Conditional);
    let firm = promise.map(|promise| promise.firm).unwrap_or_default();
    Promising {
        t,
        form: form.clone(),
        action: state.paths.part(desk.slug(), "rounds", number, "promise"),
        key: new_key(state),
        seen: firm.minor().to_string(),
        acts_as: desk.acting_for.map(|organisation| organisation.to_string()),
        standing,
        lift: conditional.filter(|_| open).map(|promise| t.money_field(promise.amount, currency)),
        take_back: promise.is_some() && (open || firm.is_zero()),
        closed: mine.shared_out.then(|| t.promise_shared_out().to_owned()),
        asks: open.then(|| Asks {
            adds: false,
            firm: true,
            label: t.promise_ask(),
            hint: t.promise_round_hint().to_owned(),
            unit: t.currency_sign(currency),
            button: if promise.is_some() { t.promise_change() } else { t.promise_make() },
        }),
    }
}

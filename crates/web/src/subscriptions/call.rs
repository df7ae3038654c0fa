//! The call of a period: how much, to whom, by when, under which reference; it fits on a sheet of paper.

use app::subscriptions::give_up as ask_no_more;
use app::subscriptions::page::{CallPage, call_page, may_see};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::actor::Action;
use domain::fund_calls::CallState;
use domain::references::{Iban, Remittance, epc_qr};
use store::Tx;
use words::Words;

use super::tag;
use crate::calls::{QrPicture, in_fours};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::paths::encoded;
use crate::place::{Desk, Place};
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "subscriptions/call.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    tag: (&'static str, String),
    headline: String,
    /// Why the rest isn't asked any more.
    why_not: Option<String>,
    /// Whether the host's IBAN isn't written down.
    no_iban: bool,
    /// What a transfer needs: label and value.
    transfer: Vec<(&'static str, String)>,
    figures: Vec<(&'static str, String)>,
    qr: Option<QrPicture>,
    /// Where a treasurer records what was paid, and where they ask for the rest no more.
    keep: Option<(String, String)>,
}

async fn find(
    state: &AppState,
    tx: &mut Tx,
    frame: &Frame,
    slug: &str,
    number: i64,
) -> Result<(Desk, CallPage), WebError> {
    let place = Place::find(state, slug).await?;
    let desk = Desk::signed_in(tx, place, frame).await?;
    let page = call_page(tx, &desk.pot, number).await?.ok_or(WebError::NotFound)?;
    let seen = desk.standing.as_ref().is_some_and(|standing| may_see(standing, page.call.organisation));
    if seen { Ok((desk, page)) } else { Err(WebError::NotFound) }
}

/// `GET /c/{collective}/subscriptions/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let (desk, page) = find(&state, &mut tx, &frame, &slug, number).await?;
    drop(tx);
    let form = frame.form(FormData::default());
    render(&state, &desk, &page, frame, (StatusCode::OK, form))
}

/// `POST /c/{collective}/subscriptions/{number}/give-up`: a treasurer asks for the rest no more.
pub(crate) async fn give_up(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let (desk, page) = find(&state, &mut tx, &frame, &slug, number).await?;
    drop(tx);
    let (t, acting, reason) = (frame.t, desk.acting(&frame)?, data.field("reason").to_owned());
    match ask_no_more(&state.context, acting, desk.pot.id, page.call.id, reason).await {
        Ok(()) => {
            let path = state.paths.one(&slug, "subscriptions", number);
            see_other_saying(&path, &Flash::good(t.subscriptions_given_up()), &state.public_url)
        }
        Err(failure) => {
            let say = |why: &_| ("reason".to_owned(), t.subscription_refusal(why));
            let answer = refused(failure, t, desk.currency(), say)?.form(t, data);
            render(&state, &desk, &page, frame, answer)
        }
    }
}

fn render(
    state: &AppState,
    desk: &Desk,
    page: &CallPage,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let (t, slug, call) = (frame.t, desk.slug(), &page.call);
    let money = |amount: Money| t.money(amount, desk.currency());
    let at = page.amounts.state(call.due_on, desk.place.today);
    let rest = page.amounts.rest();
    let title = t.subscriptions_call(t.date_range(call.from_day, call.until_day));
    let iban = page.host.as_ref().and_then(|host| Iban::parse(&host.iban).ok());
    let mut figures =
        vec![(t.calls_amount(), money(call.amount)), (t.calls_received(), money(page.amounts.received))];
    if call.cancelled.is_positive() {
        figures.push((t.calls_cancelled(), money(call.cancelled)));
    }
    figures.push((t.calls_rest(), money(rest)));
    let keep = (desk.may(Action::RecordMoney, None) && rest.is_positive()).then(|| {
        let new = state.paths.one(slug, "contributions", "new");
        let amount = encoded(&t.money_field(rest, desk.currency()));
        let known =
            format!("organisation={}&amount={amount}&reference={}", call.organisation, call.reference);
        (format!("{new}?{known}"), state.paths.part(slug, "subscriptions", call.number, "give-up"))
    });
    let of = state.paths.part(slug, "members", &page.slug, "subscription");
    let page = Page {
        crumbs: Crumbs {
            t,
            above: vec![(of, t.subscriptions_one(t.typography(&page.organisation)))],
            here: title.clone(),
        },
        title,
        tag: (tag(at), t.subscriptions_state(at.as_str())),
        headline: match at {
            CallState::Unpaid => t.subscriptions_call_late(t.date(call.due_on), money(rest)),
            at if at.is_awaited() => {
                t.calls_headline_rest(money(rest), t.until(call.due_on, desk.place.today))
            }
            at => t.subscriptions_call_done(at.as_str()),
        },
        why_not: (!call.reason.is_empty()).then(|| t.subscriptions_call_why_not(&call.reason)),
        no_iban: iban.is_none() && rest.is_positive(),
        transfer: transfer(t, desk, page, iban.as_ref()),
        figures,
        qr: iban.as_ref().filter(|_| rest.is_positive()).and_then(|iban| qr(t, desk, page, iban)),
        keep,
        form,
        frame: desk.frame(frame, Section::Accounts),
    };
    html_with(status, &page)
}

fn payee(page: &CallPage) -> &str {
    page.host.as_ref().map_or("", |host| host.name.as_str())
}

fn transfer(t: Words, desk: &Desk, page: &CallPage, iban: Option<&Iban>) -> Vec<(&'static str, String)> {
    let lines = [
        (t.calls_payer(), t.typography(&page.organisation).into_owned()),
        (t.calls_payee(), t.typography(payee(page)).into_owned()),
        (t.calls_iban(), iban.map(Iban::in_fours).unwrap_or_default()),
        (t.calls_reference(), in_fours(&page.call.reference)),
        (t.calls_due(), t.until(page.call.due_on, desk.place.today)),
    ];
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The QR code of the rest: in euros alone, as banks read it.
fn qr(t: Words, desk: &Desk, page: &CallPage, iban: &Iban) -> Option<QrPicture> {
    let (rest, payee) = (page.amounts.rest(), payee(page));
    let said = Remittance::Reference(&page.call.reference);
    let text = epc_qr(payee, iban, Some(rest), desk.currency(), said)?;
    QrPicture::of(&text, t.calls_qr(t.money(rest, desk.currency()), t.typography(payee)))
}

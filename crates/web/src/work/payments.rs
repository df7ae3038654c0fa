//! The payments of a pot, for its treasurers: what is to be paid, what is under way.

use app::restored::{self, Comparison};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::actor::{Action, NotAllowed};
use domain::invoices::InvoiceState;
use domain::references::{Iban, end_to_end};
use store::invoices::Listed;

use crate::contributions::{holds_nothing, nowhere};
use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::refused;
use crate::state::AppState;

/// Invoices that the page shows.
const SHOWN: u16 = 300;

#[derive(Template)]
#[template(path = "work/payments.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    /// That a copy was put in place after which nobody compared the pot yet.
    restored: Option<String>,
    compare_href: String,
    form: Form,
    to_pay: Vec<Row>,
    total: String,
    /// The others, by where they stand.
    groups: Vec<(&'static str, Vec<Row>)>,
}

/// An invoice, worded.
struct Row {
    name: String,
    href: String,
    payee: String,
    iban: String,
    amount: String,
    reference: String,
    feature: String,
    state: String,
}

/// `GET /c/{collective}/payments`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    if holds_nothing(&desk) {
        return nowhere(&state, &desk, frame, StatusCode::OK);
    }
    let form = frame.form(FormData::default());
    page(&state, &desk, frame, StatusCode::OK, form).await
}

/// `POST /c/{collective}/payments/compared`: after a restoration, payments go on.
pub(crate) async fn compare(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    let path = state.paths.of(&slug, "payments");
    let session = &visitor.signed_in()?.session;
    if session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &path);
    }
    let t = frame.t;
    let said = Comparison { head: data.field("head").to_owned(), complete: data.has("complete", "yes") };
    let acting = desk.acting(&frame)?;
    let refusal = match restored::compare(&state.context, session, acting, desk.pot.id, said).await {
        Ok(found) => {
            let said = t.payments_compared(if found { "yes" } else { "no" });
            return see_other_saying(&path, &Flash::good(said), &state.public_url);
        }
        Err(failure) => refused(failure, t, desk.currency(), |never| match *never {})?,
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, status, form).await
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::signed_in(&mut tx, place, frame).await?;
    if desk.may(Action::SeeProofs, None) { Ok(desk) } else { Err(WebError::Forbidden) }
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let restored = restored::uncompared(&mut tx, &desk.pot).await?;
    let t = frame.t;
    let mut rows: Vec<(InvoiceState, Money, Row)> = Vec::new();
    for invoice in store::invoices::of_pot(&mut tx, desk.pot.id, SHOWN).await? {
        rows.push((invoice.state, invoice.amount, row(state, desk, t, &invoice)));
    }
    drop(tx);
    let due = |state: &InvoiceState| *state == InvoiceState::Authorised;
    let total = Money::sum(rows.iter().filter(|(state, ..)| due(state)).map(|(_, amount, _)| *amount));
    let total = t.money(total.unwrap_or_default(), desk.currency());
    let (mut to_pay, mut under_way, mut waiting, mut done) = (vec![], vec![], vec![], vec![]);
    for (state, _, row) in rows {
        match state {
            InvoiceState::Authorised => to_pay.push(row),
            InvoiceState::Paid => under_way.push(row),
            InvoiceState::Settled => done.push(row),
            _ => waiting.push(row),
        }
    }
    let groups =
        [(t.payments_waiting(), waiting), (t.payments_under_way(), under_way), (t.payments_done(), done)];
    let zone = desk.place.collective.time_zone();
    let page = Page {
        restored: restored.map(|at| t.payments_restored_lead(t.instant(at, &zone))),
        compare_href: format!("{}/compared", state.paths.of(desk.slug(), "payments")),
        form,
        crumbs: Crumbs {
            t,
            above: vec![(state.paths.of(desk.slug(), "accounts"), t.accounts_title().to_owned())],
            here: t.payments_title().to_owned(),
        },
        to_pay,
        total,
        groups: groups.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
        frame: desk.frame(frame, Section::Accounts),
    };
    html_with(status, &page)
}

fn row(state: &AppState, desk: &Desk, t: words::Words, invoice: &Listed) -> Row {
    Row {
        name: t.work_invoice_number(invoice.number),
        href: state.paths.one(desk.slug(), "invoices", invoice.number),
        payee: t.typography(&invoice.payee).into_owned(),
        iban: Iban::parse(&invoice.iban).map_or_else(|_| invoice.iban.clone(), |iban| iban.in_fours()),
        amount: t.money(invoice.amount, desk.currency()),
        reference: end_to_end(
            &invoice.reference,
            invoice.id,
            usize::try_from(invoice.came_back).unwrap_or(0),
        ),
        feature: t.typography(&invoice.title).into_owned(),
        state: t.invoice_state_name(invoice.state),
    }
}

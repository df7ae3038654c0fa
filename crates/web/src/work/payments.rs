//! The payments of a pot, for its treasurers: what is to be paid, what is under way.

use app::restored::{self, Compared, Comparison};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::actor::{Action, NotAllowed};
use domain::invoices::InvoiceState;
use domain::references::{Iban, end_to_end};
use store::Tx;
use store::invoices::Listed;
use words::Words;

use crate::contributions::{holds_nothing, nowhere};
use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
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
    /// What somebody compared, and awaits a second person.
    waiting: Option<Waiting>,
    compare_href: String,
    /// Whether the visitor sees the payments.
    sees: bool,
    form: Form,
    to_pay: Vec<Row>,
    total: String,
    /// The others, by where they stand.
    groups: Vec<(&'static str, Vec<Row>)>,
}

/// A comparison that awaits a second person, worded.
struct Waiting {
    said: String,
    head: String,
    /// Whether the visitor may be the second person.
    confirms: bool,
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

/// `GET /c/{collective}/payments`. Whoever may only confirm a comparison sees that and no payment.
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
    let (acting, pot, complete) = (desk.acting(&frame)?, desk.pot.id, data.has("complete", "yes"));
    let done = match data.filled("seen") {
        Some(seen) => {
            let seen = (seen.to_owned(), complete);
            restored::confirm(&state.context, session, acting, pot, seen).await
        }
        None => {
            let said = Comparison { head: data.field("head").to_owned(), complete };
            restored::compare(&state.context, session, acting, pot, said).await
        }
    };
    let refusal = match done {
        Ok(done) => {
            let said = t.payments_compared(match done {
                Compared::Found => "found",
                Compared::Known => "known",
                Compared::Asked => "asked",
                Compared::Confirmed => "confirmed",
            });
            // Who only confirms has nothing more to see there.
            let path = if sees(&desk) { path } else { state.paths.of(&slug, "accounts") };
            return see_other_saying(&path, &Flash::good(said), &state.public_url);
        }
        Err(failure) => refused(failure, t, desk.currency(), |never| match *never {})?,
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, status, form).await
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    if sees(&desk) || confirms(&mut tx, &desk).await? { Ok(desk) } else { Err(WebError::Forbidden) }
}

/// Whether the visitor sees the payments.
fn sees(desk: &Desk) -> bool {
    desk.may(Action::SeeProofs, None)
}

/// Whether a comparison awaits the visitor as its second person.
async fn confirms(tx: &mut Tx, desk: &Desk) -> Result<bool, WebError> {
    let Some(standing) = &desk.standing else { return Ok(false) };
    let Some(waiting) = restored::waiting(tx, &desk.pot).await? else { return Ok(false) };
    Ok(restored::may_confirm(tx, standing, &waiting).await?)
}

/// The comparison that awaits a second person, worded.
async fn waiting(tx: &mut Tx, desk: &Desk, t: Words) -> Result<Option<Waiting>, WebError> {
    let Some(waiting) = restored::waiting(tx, &desk.pot).await? else { return Ok(None) };
    let name =
        store::people::get(tx, waiting.person).await?.map(|row| t.person(row.name)).unwrap_or_default();
    let at = t.instant(waiting.at(), &desk.place.collective.time_zone());
    let said = if waiting.found {
        t.payments_known(at, name)
    } else {
        t.payments_lacking(at, waiting.here, name, waiting.seq)
    };
    let confirms = confirms(tx, desk).await?;
    Ok(Some(Waiting { said, head: waiting.head, confirms }))
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
    let waiting_for = waiting(&mut tx, desk, t).await?;
    let mut rows: Vec<(InvoiceState, Money, Row)> = Vec::new();
    let shown = if sees(desk) { SHOWN } else { 0 };
    for invoice in store::invoices::of_pot(&mut tx, desk.pot.id, shown).await? {
        rows.push((invoice.state, invoice.amount, row(state, desk, t, &invoice)));
    }
    for refund in store::refunds::of_pot(&mut tx, desk.pot.id, shown).await? {
        rows.push((refund.state, refund.amount, refund_row(state, desk, t, &refund)));
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
        waiting: waiting_for,
        sees: sees(desk),
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

fn refund_row(state: &AppState, desk: &Desk, t: Words, refund: &store::refunds::Listed) -> Row {
    let before = usize::try_from(refund.came_back).unwrap_or(0);
    let locale = &desk.place.collective.locale;
    Row {
        name: t.refunds_number(refund.number),
        href: state.paths.one(desk.slug(), "refunds", refund.number),
        payee: t.typography(&refund.payee).into_owned(),
        iban: Iban::shown(&refund.iban),
        amount: t.money(refund.amount, desk.currency()),
        reference: app::refunds::page::transfer(locale, &refund.id, refund.number, before),
        feature: t.refunds_for(&refund.name),
        state: t.refund_state_name(refund.state),
    }
}

fn row(state: &AppState, desk: &Desk, t: Words, invoice: &Listed) -> Row {
    Row {
        name: t.work_invoice_number(invoice.number),
        href: state.paths.one(desk.slug(), "invoices", invoice.number),
        payee: t.typography(&invoice.payee).into_owned(),
        iban: Iban::shown(&invoice.iban),
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

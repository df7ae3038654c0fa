//! The form of an invoice.

use app::files::{PROOF_TYPES, Upload};
use app::invoices::{NewInvoice, enter_invoice, nobody_answers};
use app::work::page::{May, WorkPage, may, page};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::NotAllowed;
use domain::ids::InvoiceId;
use domain::invoices::{InvoiceRefusal, LONGEST_NUMBER, LONGEST_PAYEE};
use store::features::Feature;

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, new_key};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "work/new_invoice.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    key: String,
    lead: String,
    room: String,
    unit: String,
    longest_number: usize,
    longest_payee: usize,
    back_href: String,
}

async fn open(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    number: i64,
) -> Result<(Desk, WorkPage), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let collective = desk.place.collective.id;
    let feature: Option<Feature> = store::features::by_number(&mut tx, collective, number).await?;
    let seen = page(
        &mut tx,
        &desk.pot,
        &desk.place.collective,
        feature.ok_or(WebError::NotFound)?,
        desk.place.today,
    )
    .await?;
    let standing = desk.standing.as_ref().ok_or(WebError::SignIn)?;
    let (at, acting) = (&desk.place, desk.acting_for);
    let May { invoice, .. } = may(&mut tx, &seen, &at.collective, standing, acting, at.now).await?;
    if !invoice {
        return Err(WebError::Forbidden);
    }
    Ok((desk, seen))
}

/// `GET /c/{collective}/features/{number}/invoices/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, seen) = open(&state, &frame, &slug, number).await?;
    let path = state.paths.act(&slug, "features", number, "invoices", "new");
    if visitor.signed_in()?.session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &path);
    }
    let today = desk.place.today.to_string();
    let form = frame.form(FormData::of([("payee", seen.worker.name.clone()), ("dated_on", today)]));
    render(&state, &desk, frame, &seen, StatusCode::OK, form)
}

/// `POST /c/{collective}/features/{number}/invoices/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let (desk, seen) = open(&state, &frame, &slug, number).await?;
    let path = state.paths.act(&slug, "features", number, "invoices", "new");
    if visitor.signed_in()?.session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &path);
    }
    let (t, currency) = (frame.t, desk.currency());
    let session = &visitor.signed_in()?.session;
    let refusal = match read(&data, t, currency) {
        Err(unreadable) => unreadable,
        Ok(new) => {
            let key = data.key();
            let acting = app::Acting { key, ..desk.acting(&frame)? };
            match enter_invoice(&state.context, session, acting, seen.feature.id, new).await {
                Ok(done) => {
                    let path = state.paths.part(&slug, "features", number, "work");
                    let said = match nobody_for(&state, &desk, done.invoice).await? {
                        true => t.invoice_sent_nobody(),
                        false => t.invoice_sent(),
                    };
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |refusal: &InvoiceRefusal| {
                    let field = match refusal {
                        InvoiceRefusal::SameFile => "file",
                        _ => "amount",
                    };
                    let zone = desk.place.collective.time_zone();
                    (field.to_owned(), t.invoice_refusal(refusal, currency, &zone))
                })?,
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    render(&state, &desk, frame, &seen, status, form)
}

/// Whether nobody may answer an invoice that was just presented.
pub(super) async fn nobody_for(state: &AppState, desk: &Desk, invoice: InvoiceId) -> Result<bool, WebError> {
    let mut tx = state.context.db.read().await?;
    let invoice = store::invoices::by_id(&mut tx, invoice).await?.ok_or(WebError::NotFound)?;
    Ok(nobody_answers(&mut tx, &desk.place.collective, &invoice, desk.place.now).await?)
}

fn read(data: &FormData, t: words::Words, currency: domain::Currency) -> Result<NewInvoice, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let (amount, dated_on) = (reading.money("amount"), reading.date("dated_on"));
    let file = match data.file("file") {
        Some(sent) if !sent.bytes.is_empty() => {
            match Upload::check(&sent.name, sent.bytes.to_vec(), PROOF_TYPES) {
                Ok(upload) => Some(upload),
                Err(rule) => {
                    reading.breaks("file", &rule);
                    None
                }
            }
        }
        _ => None,
    };
    match (amount, dated_on) {
        (Some(amount), Some(dated_on)) if reading.problems.is_empty() => Ok(NewInvoice {
            reference: data.field("reference").to_owned(),
            dated_on,
            amount,
            payee: data.field("payee").to_owned(),
            iban: data.field("iban").to_owned(),
            file,
        }),
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

fn render(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    seen: &WorkPage,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let t = frame.t;
    let (slug, number) = (desk.slug(), seen.feature.number);
    let title = t.typography(&seen.feature.title).into_owned();
    let back_href = state.paths.part(slug, "features", number, "work");
    html_with(
        status,
        &Page {
            crumbs: Crumbs {
                t,
                above: vec![
                    (state.paths.one(slug, "features", number), title.clone()),
                    (back_href.clone(), t.work_title().to_owned()),
                ],
                here: t.invoice_new_title().to_owned(),
            },
            form,
            key: new_key(state),
            lead: t.invoice_new_lead(title, t.typography(&seen.worker.name)),
            room: t.invoice_new_room(t.money(seen.room.unwrap_or_default(), desk.currency())),
            unit: t.currency_sign(desk.currency()),
            longest_number: LONGEST_NUMBER,
            longest_payee: LONGEST_PAYEE,
            back_href,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

//! The page of an invoice, for those who answer or pay it, and what they do there.

use app::invoices::page::{InvoicePage, May, awaited, may, page, sees};
use app::invoices::{self, Answered};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::invoices::{InvoiceRefusal, InvoiceState};
use domain::names;
use domain::references::Iban;

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, new_key};
use crate::state::AppState;

use super::new_invoice::nobody_for;
use super::transfer::{self, Acts, Authorise, Done, Outcome, Transfer};

#[derive(Template)]
#[template(path = "work/invoice.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    tag: (&'static str, String),
    facts: Vec<(&'static str, String)>,
    other_payee: Option<String>,
    /// Who can give the answer that it waits for.
    awaited: Option<String>,
    file_href: String,
    steps: Vec<String>,
    /// Why the visitor doesn't answer, though they hold a role that could.
    why_not: Option<String>,
    fell: bool,
    approve: Option<String>,
    authorise: Option<Authorise>,
    refuse: Option<String>,
    /// Where a treasurer takes back what is due.
    take_back: Option<String>,
    withdraw: Option<String>,
    correct: Option<String>,
    transfer: Acts,
    key: String,
}

/// An invoice, with what the visitor may do with it.
struct Opened {
    desk: Desk,
    seen: InvoicePage,
    may: May,
    awaited: Vec<String>,
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<Opened, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let invoice =
        store::invoices::by_number(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    let standing = desk.standing.as_ref().ok_or(WebError::SignIn)?;
    let (collective, now) = (&desk.place.collective, desk.place.now);
    if !sees(&mut tx, collective, standing, &invoice, now).await? {
        return Err(WebError::NotFound);
    }
    let may = may(&mut tx, collective, standing, desk.acting_for, &invoice, now).await?;
    let awaited = awaited(&mut tx, collective, &invoice, now).await?;
    let seen = page(&mut tx, invoice).await?.ok_or(WebError::NotFound)?;
    Ok(Opened { desk, seen, may, awaited })
}

/// `GET /c/{collective}/invoices/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let opened = open(&state, &frame, &slug, number).await?;
    let today = opened.desk.place.today.to_string();
    let invoice = &opened.seen.invoice;
    let fields = [
        ("paid_on", today.clone()),
        ("settled_on", today.clone()),
        ("bounced_on", today),
        ("payee", invoice.payee.clone()),
        ("iban", invoice.iban.clone()),
    ];
    let form = frame.form(FormData::of(fields));
    render(&state, &opened, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/invoices/{number}/{act}`
pub(crate) async fn act(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, number, act)): Path<(String, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let opened = open(&state, &frame, &slug, number).await?;
    let (desk, path) = (&opened.desk, state.paths.one(&slug, "invoices", number));
    let invoice = opened.seen.invoice.id;
    let session = &visitor.signed_in()?.session;
    let (t, currency) = (frame.t, desk.currency());
    // What moves no money takes a form without a key.
    let key = match act.as_str() {
        "correct" | "refuse" | "withdraw" => data.filled("key").map(str::to_owned),
        _ => data.key(),
    };
    let acting = app::Acting { key, ..desk.acting(&frame)? };
    let by = By { state: &state, session, acting };
    let done = carry_out(by, &opened, &act, &data, t).await?;
    let zone = desk.place.collective.time_zone();
    let say = |refusal: &InvoiceRefusal| t.invoice_refusal(refusal, currency, &zone);
    let refusal = match transfer::outcome(done, &act, (t, currency), say)? {
        Outcome::Said(_) if act == "correct" && nobody_for(&state, desk, invoice).await? => {
            let said = t.invoice_corrected_nobody();
            return see_other_saying(&path, &Flash::good(said), &state.public_url);
        }
        Outcome::Said(said) => return see_other_saying(&path, &Flash::good(said), &state.public_url),
        Outcome::AskAgain => return ask_again(&state, &path),
        Outcome::Refused(refusal) => refusal,
    };
    let (status, form) = refusal.form(t, data);
    render(&state, &opened, frame, status, form)
}

/// Who acts, and by which sign-in.
struct By<'a> {
    state: &'a AppState,
    session: &'a app::sessions::Session,
    acting: app::Acting,
}

async fn carry_out(
    by: By<'_>,
    opened: &Opened,
    act: &str,
    data: &FormData,
    t: words::Words,
) -> Result<Done, WebError> {
    let By { state, session, acting } = by;
    let (context, id) = (&state.context, opened.seen.invoice.id);
    let said = |done: Result<Answered, _>, words: &'static str| Ok(done.map(|_| words));
    Ok(match act {
        "approve" => {
            said(invoices::approve_invoice(context, session, acting, id).await, t.invoice_approved())
        }
        "authorise" => {
            said(invoices::authorise_invoice(context, session, acting, id).await, t.invoice_authorised())
        }
        "correct" => {
            let (payee, iban, reason) =
                (data.field("payee"), data.field("iban"), data.field("correct_reason"));
            let done = invoices::correct_invoice(context, session, acting, id, payee, iban, reason).await;
            said(done, t.invoice_corrected_flash())
        }
        "refuse" => {
            let reason = data.field("refuse_reason");
            said(invoices::refuse_invoice(context, acting, id, reason).await, t.invoice_refused_flash())
        }
        "withdraw" => {
            let reason = data.field("withdraw_reason");
            said(invoices::withdraw_invoice(context, acting, id, reason).await, t.invoice_withdrawn_flash())
        }
        _ => {
            let transfer = transfer::read(act, data, t, opened.desk.currency()).ok_or(WebError::NotFound)?;
            let (reference, reason) = (data.field("reference"), data.field("bounce_reason"));
            match transfer {
                Err(unreadable) => Err(unreadable),
                Ok(Transfer::Pay(on, settled_on)) => {
                    let done = invoices::pay_invoice(context, acting, id, on, reference, settled_on).await;
                    said(done, t.invoice_paid_flash())
                }
                Ok(Transfer::Settle(on)) => {
                    let done = invoices::settle_payment(context, acting, id, on, reference).await;
                    said(done, t.invoice_settled_flash())
                }
                Ok(Transfer::Bounce(on)) => {
                    let done = invoices::bounce_payment(context, acting, id, on, reason).await;
                    said(done, t.invoice_bounced_flash())
                }
            }
        }
    })
}

fn render(
    state: &AppState,
    opened: &Opened,
    frame: Frame,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let Opened { desk, seen, may, awaited } = opened;
    let (t, currency, invoice) = (frame.t, desk.currency(), &seen.invoice);
    let (slug, number) = (desk.slug(), seen.feature.number);
    let title = t.typography(&seen.feature.title).into_owned();
    let amount = t.money(invoice.amount, currency);
    let act = |name: &str| state.paths.part(slug, "invoices", invoice.number, name);
    let iban = Iban::shown(&invoice.iban);
    let paid = matches!(invoice.state, InvoiceState::Paid | InvoiceState::Settled);
    let payee = t.typography(&invoice.payee).into_owned();
    let worker = t.typography(&seen.worker.name).into_owned();
    // Once it is paid, the warning comes too late.
    let other = !paid && invoice.state.stands() && !names::same_name(&invoice.payee, &seen.worker.name);
    let (reference, due) = (seen.next_transfer(), invoice.due_posting.is_some());
    html_with(
        status,
        &Page {
            crumbs: Crumbs {
                t,
                above: vec![
                    (state.paths.one(slug, "features", number), title.clone()),
                    (state.paths.part(slug, "features", number, "work"), t.work_title().to_owned()),
                ],
                here: t.invoice_title(invoice.number),
            },
            heading: t.invoice_heading(&amount, title),
            tag: (transfer::tag_class(invoice.state), t.invoice_state_name(invoice.state)),
            facts: vec![
                (t.invoice_payee(), payee.clone()),
                (t.invoice_announced(), worker.clone()),
                (t.invoice_iban(), iban.clone()),
                (t.invoice_amount(), amount.clone()),
                (t.invoice_reference(), invoice.reference.clone()),
                (t.invoice_dated_on(), t.date(invoice.dated_on)),
            ],
            other_payee: other.then(|| t.invoice_other_payee(worker)),
            awaited: match may.stuck {
                true => Some(t.invoice_stuck().to_owned()),
                false => waits_for(t, seen, may.fell, awaited),
            },
            file_href: state.paths.file(invoice.file),
            steps: steps(t, desk, seen),
            why_not: may
                .why_not
                .as_ref()
                .map(|why| t.invoice_refusal(why, currency, &desk.place.collective.time_zone())),
            fell: may.fell,
            approve: may.approve.then(|| act("approve")),
            authorise: may.authorise.then(|| Authorise {
                action: act("authorise"),
                lead: t.invoice_authorise_lead(&amount, iban, payee),
                button: t.invoice_authorise(),
            }),
            refuse: (may.refuse && !due).then(|| act("refuse")),
            take_back: (may.refuse && due).then(|| act("refuse")),
            withdraw: may.withdraw.then(|| act("withdraw")),
            correct: may.correct.then(|| act("correct")),
            transfer: Acts::of(t, may.pay, invoice.state, reference.as_deref(), act),
            key: new_key(state),
            form,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

/// What happened to an invoice, in order.
fn steps(t: words::Words, desk: &Desk, seen: &InvoicePage) -> Vec<String> {
    let (invoice, names) = (&seen.invoice, &seen.names);
    let day = |at| t.date(desk.place.collective.day(at));
    let mut steps = vec![t.invoice_entered_by(day(invoice.created_at), t.person(names.entered.as_str()))];
    if let (Some(name), Some(at)) = (&names.approved, invoice.approved_at) {
        steps.push(t.invoice_approved_by(day(at), t.person(name.as_str())));
    }
    if let (Some(name), Some(at)) = (&names.authorised, invoice.authorised_at) {
        steps.push(t.invoice_authorised_by(day(at), t.person(name.as_str())));
    }
    steps.extend(transfer::steps(t, &seen.payments));
    if let Some(name) = names.ended.as_deref().map(|name| t.person(name)) {
        let reason = t.typography(&invoice.reason);
        steps.push(match invoice.state {
            InvoiceState::Refused => t.invoice_refused_by(name, reason),
            _ => t.invoice_withdrawn_by(name, reason),
        });
    }
    steps
}

/// Who can give the answer that an invoice waits for.
fn waits_for(t: words::Words, seen: &InvoicePage, fell: bool, names: &[String]) -> Option<String> {
    if !seen.invoice.state.is_pending() {
        return None;
    }
    let (more, shown) = (names.len().saturating_sub(MOST_NAMES), names.iter().take(MOST_NAMES));
    let shown: Vec<String> = shown.cloned().collect();
    let shown = match shown.split_last() {
        // Any one of them can: where no others follow, the last stands after « ou ».
        Some((last, before)) if more == 0 && !before.is_empty() => t.common_either(before.join(", "), last),
        _ => shown.join(", "),
    };
    Some(match (names.is_empty(), fell || seen.invoice.state == InvoiceState::Entered) {
        (true, _) => t.invoice_awaits_nobody().to_owned(),
        (false, true) => t.invoice_awaits_approval(more, shown),
        (false, false) => t.invoice_awaits_authorisation(more, shown),
    })
}

/// Names that are told of those who can answer.
const MOST_NAMES: usize = 5;

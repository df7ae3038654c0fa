//! What is owed to an organisation that left: prepared by one person, authorised by another, transferred.

use app::Failure;
use app::refunds::page::{May, RefundPage, may, may_prepare, page, sees};
use app::refunds::{self, Refunded};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::actor::NotAllowed;
use domain::invoices::{InvoiceRefusal, InvoiceState, LONGEST_PAYEE};
use domain::references::Iban;
use store::organisations::MemberRow;
use store::refunds::{Owed, Refund};
use words::Words;

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, new_key};
use crate::reading::refused;
use crate::state::AppState;

use super::transfer::{self, Acts, Authorise, Done, Outcome, Transfer};

/// Refunds that a page shows.
const SHOWN: u16 = 100;

#[derive(Template)]
#[template(path = "work/refunds.html")]
struct ListPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    lead: String,
    /// Who represented it last, to be asked for the account.
    people: Option<String>,
    /// What preparing it comes to, for whoever may.
    prepare: Option<String>,
    why_not: Option<String>,
    longest_payee: usize,
    key: String,
    rows: Vec<Row>,
}

/// A refund, worded.
struct Row {
    name: String,
    href: String,
    state: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "work/refund.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    tag: (&'static str, String),
    facts: Vec<(&'static str, String)>,
    waits: bool,
    steps: Vec<String>,
    why_not: Option<String>,
    authorise: Option<Authorise>,
    withdraw: Option<String>,
    transfer: Acts,
    key: String,
}

/// What is owed to an organisation, with what the visitor may do about it.
struct Owing {
    desk: Desk,
    member: MemberRow,
    owed: Option<Owed>,
    /// What of its own money its departure left in the pot.
    left: Money,
    refunds: Vec<Refund>,
    may: May,
    /// The names of those who represented it last.
    people: Vec<String>,
}

/// Most of those who represented an organisation last that its refund names.
const MOST_NAMED: u16 = 5;

async fn owing(state: &AppState, frame: &Frame, slug: &str, member: &str) -> Result<Owing, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let collective = &desk.place.collective;
    let member = store::organisations::member_by_slug(&mut tx, collective.id, member).await?;
    let member = member.ok_or(WebError::NotFound)?;
    let standing = desk.standing.as_ref().ok_or(WebError::SignIn)?;
    let now = desk.place.now;
    let may = may_prepare(&mut tx, collective, standing, desk.acting_for, member.id, now).await?;
    if !sees(standing, None) && !may.prepare {
        return Err(WebError::Forbidden);
    }
    let owed = store::refunds::owed_to(&mut tx, desk.pot.id, member.id).await?;
    let left = store::refunds::left_to_others(&mut tx, desk.pot.id, member.id).await?;
    let refunds = store::refunds::of_organisation(&mut tx, desk.pot.id, member.id, SHOWN).await?;
    let left_on = member.left_on.unwrap_or(desk.place.today);
    let people = store::mandates::last_representatives(&mut tx, member.id, left_on, MOST_NAMED).await?;
    Ok(Owing { desk, member, owed, left, refunds, may, people })
}

/// `GET /c/{collective}/members/{member}/refund`
pub(crate) async fn to_prepare(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let owing = owing(&state, &frame, &slug, &member).await?;
    let path = state.paths.part(&slug, "members", &member, "refund");
    if owing.may.prepare && visitor.signed_in()?.session.fresh(owing.desk.place.now).is_err() {
        return ask_again(&state, &path);
    }
    let form = frame.form(FormData::of([("payee", owing.member.name.clone())]));
    list(&state, &owing, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/members/{member}/refund`
pub(crate) async fn prepare(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let owing = owing(&state, &frame, &slug, &member).await?;
    let (t, desk) = (frame.t, &owing.desk);
    let session = &visitor.signed_in()?.session;
    let acting = app::Acting { key: data.key(), ..desk.acting(&frame)? };
    let to = (data.field("payee"), data.field("iban"));
    let done =
        refunds::prepare_refund(&state.context, session, acting, desk.pot.id, owing.member.id, to).await;
    let refusal = match done {
        Ok(Refunded { number, .. }) => {
            let path = state.paths.one(&slug, "refunds", number);
            return see_other_saying(&path, &Flash::good(t.refunds_prepared_flash()), &state.public_url);
        }
        Err(Failure::NotAllowed(NotAllowed::NotFresh)) => {
            return ask_again(&state, &state.paths.part(&slug, "members", &member, "refund"));
        }
        Err(failure) => refused(failure, t, desk.currency(), |refusal: &InvoiceRefusal| {
            ("prepare".to_owned(), say(t, desk, refusal))
        })?,
    };
    let (status, form) = refusal.form(t, data);
    list(&state, &owing, frame, status, form)
}

fn say(t: Words, desk: &Desk, refusal: &InvoiceRefusal) -> String {
    t.refund_refusal(refusal, desk.currency(), &desk.place.collective.time_zone())
}

fn crumbs(
    state: &AppState,
    t: Words,
    slug: &str,
    member: &MemberRow,
    here: (String, Option<String>),
) -> Crumbs {
    let (title, number) = here;
    let mut above = vec![
        (state.paths.of(slug, "members"), t.nav_members().to_owned()),
        (state.paths.one(slug, "members", &member.slug), member.name.clone()),
    ];
    let here = match number {
        Some(number) => {
            above.push((state.paths.part(slug, "members", &member.slug, "refund"), title));
            number
        }
        None => title,
    };
    Crumbs { t, above, here }
}

fn list(
    state: &AppState,
    owing: &Owing,
    frame: Frame,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let Owing { desk, member, owed, left, refunds, may, people } = owing;
    let (t, currency, slug, name) = (frame.t, desk.currency(), desk.slug(), member.name.as_str());
    let rest = owed.as_ref().map(Owed::rest).filter(|rest| rest.is_positive());
    let title = t.refunds_title(name);
    html_with(
        status,
        &ListPage {
            crumbs: crumbs(state, t, slug, member, (title.clone(), None)),
            lead: match (owed, rest) {
                (Some(_), Some(rest)) => t.refunds_lead(t.money(rest, currency), name),
                (Some(owed), None) => t.refunds_lead_prepared(t.money(owed.owed, currency), name),
                (None, _) if left.is_positive() => t.refunds_lead_left(t.money(*left, currency), name),
                (None, _) => t.refunds_lead_none(name),
            },
            people: (!people.is_empty() && rest.is_some()).then(|| t.refunds_people(people.join(", "))),
            prepare: rest.filter(|_| may.prepare).map(|rest| t.refunds_prepare_lead(t.money(rest, currency))),
            why_not: may.why_not.as_ref().filter(|_| rest.is_some()).map(|why| say(t, desk, why)),
            rows: refunds
                .iter()
                .map(|refund| Row {
                    name: t.refunds_number(refund.number),
                    href: state.paths.one(slug, "refunds", refund.number),
                    state: t.refund_state_name(refund.state),
                    amount: t.money(refund.amount, currency),
                })
                .collect(),
            longest_payee: LONGEST_PAYEE,
            key: new_key(state),
            title,
            form,
            frame: desk.frame(frame, Section::Members),
        },
    )
}

/// A refund, with what the visitor may do with it.
struct Opened {
    desk: Desk,
    member: MemberRow,
    seen: RefundPage,
    may: May,
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<Opened, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let refund = store::refunds::by_number(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    let standing = desk.standing.as_ref().ok_or(WebError::SignIn)?;
    if !sees(standing, Some(&refund)) {
        return Err(WebError::NotFound);
    }
    let collective = &desk.place.collective;
    let member = store::organisations::member(&mut tx, collective.id, refund.organisation).await?;
    let may = may(&mut tx, collective, standing, &refund, desk.place.now).await?;
    let seen = page(&mut tx, &collective.locale, refund).await?;
    Ok(Opened { member: member.ok_or(WebError::NotFound)?, desk, seen, may })
}

/// `GET /c/{collective}/refunds/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let opened = open(&state, &frame, &slug, number).await?;
    let today = opened.desk.place.today.to_string();
    let days = ["paid_on", "settled_on", "bounced_on"].map(|field| (field, today.clone()));
    let form = frame.form(FormData::of(days));
    render(&state, &opened, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/refunds/{number}/{act}`
pub(crate) async fn act(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, number, act)): Path<(String, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let opened = open(&state, &frame, &slug, number).await?;
    let (desk, path, t) = (&opened.desk, state.paths.one(&slug, "refunds", number), frame.t);
    let session = &visitor.signed_in()?.session;
    // What moves no money takes a form without a key.
    let key = if act == "withdraw" { data.filled("key").map(str::to_owned) } else { data.key() };
    let acting = app::Acting { key, ..desk.acting(&frame)? };
    let done = carry_out(&state, (session, acting), &opened, &act, &data, t).await?;
    let say = |refusal: &InvoiceRefusal| say(t, desk, refusal);
    let refusal = match transfer::outcome(done, &act, (t, desk.currency()), say)? {
        Outcome::Said(said) => return see_other_saying(&path, &Flash::good(said), &state.public_url),
        Outcome::AskAgain => return ask_again(&state, &path),
        Outcome::Refused(refusal) => refusal,
    };
    let (status, form) = refusal.form(t, data);
    render(&state, &opened, frame, status, form)
}

async fn carry_out(
    state: &AppState,
    (session, acting): (&app::sessions::Session, app::Acting),
    opened: &Opened,
    act: &str,
    data: &FormData,
    t: Words,
) -> Result<Done, WebError> {
    let (context, id) = (&state.context, opened.seen.refund.id);
    let said = |done: Result<Refunded, _>, words: &'static str| Ok(done.map(|_| words));
    Ok(match act {
        "authorise" => {
            said(refunds::authorise_refund(context, session, acting, id).await, t.refunds_authorised_flash())
        }
        "withdraw" => {
            let reason = data.field("withdraw_reason");
            said(refunds::withdraw_refund(context, acting, id, reason).await, t.refunds_withdrawn_flash())
        }
        _ => {
            let transfer = transfer::read(act, data, t, opened.desk.currency()).ok_or(WebError::NotFound)?;
            let (reference, reason) = (data.field("reference"), data.field("bounce_reason"));
            match transfer {
                Err(unreadable) => Err(unreadable),
                Ok(Transfer::Pay(on, settled_on)) => {
                    let done = refunds::pay_refund(context, acting, id, on, reference, settled_on).await;
                    said(done, t.invoice_paid_flash())
                }
                Ok(Transfer::Settle(on)) => {
                    let done = refunds::settle_refund(context, acting, id, on, reference).await;
                    said(done, t.invoice_settled_flash())
                }
                Ok(Transfer::Bounce(on)) => {
                    let done = refunds::bounce_refund(context, acting, id, on, reason).await;
                    said(done, t.refunds_bounced_flash())
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
    let Opened { desk, member, seen, may } = opened;
    let (t, currency, slug, refund) = (frame.t, desk.currency(), desk.slug(), &seen.refund);
    let act = |name: &str| state.paths.part(slug, "refunds", refund.number, name);
    let amount = t.money(refund.amount, currency);
    let iban = Iban::shown(&refund.iban);
    let payee = t.typography(&refund.payee).into_owned();
    let number = Some(t.refunds_number(refund.number));
    html_with(
        status,
        &Page {
            crumbs: crumbs(state, t, slug, member, (t.refunds_title(&member.name), number)),
            heading: t.refunds_heading(&amount, &member.name),
            tag: (transfer::tag_class(refund.state), t.refund_state_name(refund.state)),
            facts: vec![
                (t.refunds_organisation(), member.name.clone()),
                (t.refunds_payee(), payee.clone()),
                (t.invoice_iban(), iban.clone()),
                (t.invoice_amount(), amount.clone()),
            ],
            waits: refund.state == InvoiceState::Approved,
            steps: steps(t, desk, seen),
            why_not: may.why_not.as_ref().map(|why| say(t, desk, why)),
            authorise: may.authorise.then(|| Authorise {
                action: act("authorise"),
                lead: t.invoice_authorise_lead(&amount, iban, payee),
                button: t.refunds_authorise(),
            }),
            withdraw: may.withdraw.then(|| act("withdraw")),
            transfer: Acts::of(t, may.pay, refund.state, seen.next_transfer.as_deref(), act),
            key: new_key(state),
            form,
            frame: desk.frame(frame, Section::Members),
        },
    )
}

/// What happened to a refund, in order.
fn steps(t: Words, desk: &Desk, seen: &RefundPage) -> Vec<String> {
    let refund = &seen.refund;
    let day = |at| t.date(desk.place.collective.day(at));
    let mut steps = vec![t.refunds_prepared_by(day(refund.approved_at), t.person(seen.prepared.as_str()))];
    if let (Some(name), Some(at)) = (&seen.authorised, refund.authorised_at) {
        steps.push(t.refunds_authorised_by(day(at), t.person(name.as_str())));
    }
    steps.extend(transfer::steps(t, &seen.payments));
    if let Some(name) = seen.ended.as_deref().map(|name| t.person(name)) {
        steps.push(t.refunds_withdrawn_by(name, t.typography(&refund.reason)));
    }
    steps
}

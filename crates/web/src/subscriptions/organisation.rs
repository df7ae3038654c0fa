//! The subscription of an organisation: what is agreed, what was asked, and the forms that declare, change and stop it.

use app::subscriptions::page::{Dues, dues, may_see};
use app::subscriptions::{Act, NewSubscription, act as do_it, for_another, has_subscriptions, subscribe};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::ids::SubscriptionId;
use domain::subscriptions::{Declared, Period, SubscriptionRefusal};
use store::organisations::MemberRow;
use words::Words;

use super::{agreed, asked, tag};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "subscriptions/organisation.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    key: String,
    unit: String,
    title: String,
    lead: String,
    /// What else is to be said of it.
    says: Vec<String>,
    rows: Vec<Row>,
    /// Whether it may be declared here, changed, stopped, resumed.
    declares: bool,
    changes: bool,
    stops: Option<String>,
    resumes: bool,
    /// Whether the visitor writes it down for another organisation.
    reasons: bool,
    subscription: String,
    here: String,
    periods: Vec<(&'static str, String)>,
}

/// A call, worded.
struct Row {
    href: String,
    period: String,
    amounts: [String; 3],
    due: String,
    class: &'static str,
    state: String,
}

async fn open(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    member: &str,
) -> Result<(Desk, MemberRow, Dues), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let row = store::organisations::member_by_slug(&mut tx, desk.place.collective.id, member).await?;
    let row = row.ok_or(WebError::NotFound)?;
    if !desk.standing.as_ref().is_some_and(|standing| may_see(standing, row.id)) {
        return Err(WebError::Forbidden);
    }
    let dues = dues(&mut tx, &desk.pot, row.id).await?;
    Ok((desk, row, dues))
}

/// `GET /c/{collective}/members/{organisation}/subscription`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (desk, row, dues) = open(&state, &frame, &slug, &member).await?;
    let first = [
        ("basis", "amount".to_owned()),
        ("period", Period::Year.as_str().to_owned()),
        ("starts_on", desk.place.today.to_string()),
    ];
    let form = frame.form(FormData::of(first));
    render(&state, &desk, (&row, &dues), frame, (StatusCode::OK, form))
}

/// `POST /c/{collective}/members/{organisation}/subscription`
pub(crate) async fn declare(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, row, dues) = open(&state, &frame, &slug, &member).await?;
    let (t, currency) = (frame.t, desk.currency());
    let refusal = match new(&data, t, &desk, &row) {
        Err(unreadable) => unreadable,
        Ok(new) => {
            let key = data.key();
            let acting = app::Acting { key, ..desk.acting(&frame)? };
            match subscribe(&state.context, acting, desk.pot.id, new).await {
                Ok(_) => {
                    let (desk, _, dues) = open(&state, &frame, &slug, &member).await?;
                    let one = dues.subscriptions.last();
                    let what = one.map(|one| agreed(t, desk.currency(), one)).unwrap_or_default();
                    let path = state.paths.part(&slug, "members", &member, "subscription");
                    let flash = Flash::good(t.subscriptions_declared(what));
                    return see_other_saying(&path, &flash, &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |why| said(t, why))?,
            }
        }
    };
    let answer = refusal.form(t, data);
    render(&state, &desk, (&row, &dues), frame, answer)
}

fn said(t: Words, why: &SubscriptionRefusal) -> (String, String) {
    ("starts_on".to_owned(), t.subscription_refusal(why))
}

fn new(data: &FormData, t: Words, desk: &Desk, row: &MemberRow) -> Result<NewSubscription, Refused> {
    let mut reading = Reading::new(data, t, desk.currency());
    let declared = declared(data, &mut reading);
    let period = reading.choice("period", Period::parse);
    let starts_on = reading.date("starts_on");
    let ends_on = data.filled("ends_on").and_then(|_| reading.date("ends_on"));
    match (declared, period, starts_on) {
        (Some(declared), Some(period), Some(starts_on)) if reading.problems.is_empty() => {
            let reason = data.field("reason").to_owned();
            Ok(NewSubscription { organisation: row.id, period, declared, starts_on, ends_on, reason })
        }
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

fn declared(data: &FormData, reading: &mut Reading<'_>) -> Option<Declared> {
    if data.has("basis", "turnover") {
        let (rate, turnover) = (reading.percent("rate"), reading.money("turnover"));
        return Some(Declared::Turnover { turnover: turnover?, rate: rate? });
    }
    reading.money("amount").map(Declared::Amount)
}

/// `POST /c/{collective}/members/{organisation}/subscription/{act}`: `change`, `stop`, `resume`.
pub(crate) async fn act(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member, what)): Path<(String, String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, row, dues) = open(&state, &frame, &slug, &member).await?;
    let (t, currency) = (frame.t, desk.currency());
    let id: SubscriptionId =
        data.filled("subscription").and_then(|id| id.parse().ok()).ok_or(WebError::BadRequest)?;
    let one = dues.subscriptions.iter().find(|one| one.id == id).ok_or(WebError::NotFound)?;
    let mut reading = Reading::new(&data, t, currency);
    let chosen = match what.as_str() {
        "change" => declared(&data, &mut reading).map(Act::Change),
        "stop" => Some(Act::Stop),
        "resume" => Some(Act::Resume),
        _ => return Err(WebError::NotFound),
    };
    let refusal = match chosen {
        None => Refused::unreadable(reading.problems),
        Some(chosen) => {
            let flash = match &chosen {
                Act::Change(declared) => {
                    let terms = declared.terms(one.period).ok();
                    t.subscriptions_changed(
                        terms.map(|terms| asked(t, currency, one.period, terms)).unwrap_or_default(),
                    )
                }
                Act::Stop => t.subscriptions_stop_said().to_owned(),
                Act::Resume => t.subscriptions_resumed().to_owned(),
            };
            let reason = data.field("reason").to_owned();
            match do_it(&state.context, desk.acting(&frame)?, desk.pot.id, id, (chosen, reason)).await {
                Ok(()) => {
                    let path = state.paths.part(&slug, "members", &member, "subscription");
                    return see_other_saying(&path, &Flash::good(flash), &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |why| ("amount".to_owned(), said(t, why).1))?,
            }
        }
    };
    let answer = refusal.form(t, data);
    render(&state, &desk, (&row, &dues), frame, answer)
}

fn render(
    state: &AppState,
    desk: &Desk,
    (row, dues): (&MemberRow, &Dues),
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let t = frame.t;
    let own = desk.standing.as_ref().is_some_and(|s| s.mandates.iter().any(|one| one.organisation == row.id));
    // Nothing where it may not be declared here.
    let for_another = desk.standing.as_ref().and_then(|standing| for_another(standing, row.id).ok());
    let may = for_another.is_some();
    let current = dues.current.as_ref();
    let next = current.and_then(|one| one.course().next());
    let name = t.typography(&row.name).into_owned();
    let title = t.subscriptions_one(&name);
    let has = has_subscriptions(desk.pot.fund_mode);
    let page = Page {
        crumbs: Crumbs {
            t,
            above: vec![
                (state.paths.of(desk.slug(), "members"), t.members_title().to_owned()),
                (state.paths.one(desk.slug(), "members", &row.slug), name),
            ],
            here: t.subscriptions_see().to_owned(),
        },
        title,
        lead: match current {
            _ if !has => t.subscriptions_other_mode().to_owned(),
            Some(one) => agreed(t, desk.currency(), one),
            None => t.subscriptions_none().to_owned(),
        },
        says: says(t, desk, dues, own),
        rows: dues
            .calls
            .iter()
            .rev()
            .map(|(call, amounts)| call_row(state, t, desk, call, amounts))
            .collect(),
        declares: has && may && current.is_none_or(|one| one.course().free_from().is_some()),
        changes: may && next.is_some(),
        stops: next
            .filter(|_| may && current.is_some_and(|one| one.stops_on.is_none()))
            .map(|day| t.date(day)),
        resumes: may && current.is_some_and(|one| one.stops_on.is_some()),
        reasons: for_another == Some(true),
        subscription: current.map(|one| one.id.to_string()).unwrap_or_default(),
        here: state.paths.part(desk.slug(), "members", &row.slug, "subscription"),
        periods: Period::ALL
            .iter()
            .map(|one| (one.as_str(), t.subscriptions_period_name(one.as_str())))
            .collect(),
        key: key_of(state, &form),
        unit: t.currency_sign(desk.currency()),
        form,
        frame: desk.frame(frame, Section::Members),
    };
    html_with(status, &page)
}

/// What else is to be said: since when, until when, by whom; what comes next, what is to be paid.
fn says(t: Words, desk: &Desk, dues: &Dues, own: bool) -> Vec<String> {
    let (currency, today) = (desk.currency(), desk.place.today);
    let mut says = Vec::new();
    if let Some(one) = &dues.current {
        let start = t.date(one.starts_on);
        let start =
            if one.starts_on > today { t.subscriptions_from(start) } else { t.subscriptions_since(start) };
        says.push(match one.ends_on {
            Some(end) => format!("{start}, {}.", t.subscriptions_until(t.date(end))),
            None => format!("{start}."),
        });
        if let Some(rate) = one.rate.filter(|_| own) {
            says.push(t.subscriptions_rate(t.percent(rate)));
        }
        if let Some(by) = &dues.agreed {
            let day = t.date(desk.place.collective.day(by.created_at));
            let name = t.person(by.name.as_str());
            says.push(match by.reason.is_empty() {
                true => t.subscriptions_by(day, name),
                false => t.subscriptions_by_treasurer(day, name, &by.reason),
            });
        }
        match (one.course().next(), one.stops_on) {
            (Some(day), _) => {
                let amount = t.money(one.terms().of(one.period, one.called), currency);
                says.push(t.subscriptions_next_call(amount, t.date(day)));
            }
            (None, Some(day)) => says.push(t.subscriptions_stopped(t.date(day))),
            (None, None) => {}
        }
    }
    let rest = dues.rest();
    if rest.is_positive() {
        says.push(t.subscriptions_rest(t.money(rest, currency)));
    } else if !dues.calls.is_empty() {
        says.push(t.subscriptions_nothing_due().to_owned());
    }
    if dues.ahead > Money::ZERO {
        says.push(t.subscriptions_ahead(t.money(dues.ahead, currency)));
    }
    says
}

fn call_row(
    state: &AppState,
    t: Words,
    desk: &Desk,
    call: &store::subscriptions::SubscriptionCall,
    amounts: &domain::fund_calls::CallAmounts,
) -> Row {
    let at = amounts.state(call.due_on, desk.place.today);
    Row {
        href: state.paths.one(desk.slug(), "subscriptions", call.number),
        period: t.date_range(call.from_day, call.until_day),
        amounts: [amounts.called, amounts.received, amounts.rest()].map(|one| t.money(one, desk.currency())),
        due: t.date_near(call.due_on, desk.place.today),
        class: tag(at),
        state: t.subscriptions_state(at.as_str()),
    }
}

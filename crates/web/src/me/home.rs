//! What awaits the visitor, and the organisation that they act for.

use app::awaiting::{Awaiting, InvoiceWaiting, of_person};
use app::sessions;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::OrganisationId;
use domain::{Currency, Money};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::awaiting::{ClosingSoon, ShareLeft};
use store::mandates::MandateOf;
use words::Words;

use super::{Tab, tabs};
use crate::entry::next_path;
use crate::error::WebError;
use crate::extract::{FormData, SignedIn, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Frame, NavLink, html};
use crate::paths::Paths;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "me/home.html")]
struct HomePage {
    frame: Frame,
    tabs: Vec<NavLink>,
    count: usize,
    items: Vec<Item>,
    acting: Option<String>,
    organisations: Vec<Choice>,
    over: Vec<String>,
    collectives: Vec<(String, String)>,
}

/// Something that awaits, worded.
struct Item {
    what: String,
    why: String,
    href: Option<String>,
}

/// An organisation that can be acted for.
struct Choice {
    id: String,
    name: String,
    mandates: Vec<String>,
    is_chosen: bool,
    is_open: bool,
}

/// `GET /me`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let found = of_person(&state.context, person.person()).await?;
    let t = frame.t;
    html(&HomePage {
        over: found
            .over
            .iter()
            .map(|one| t.layout_mandate_over(t.date(one.last), &one.organisation))
            .collect(),
        tabs: tabs(t, &state.paths, Tab::Awaiting),
        count: found.count(),
        items: items(t, &state.paths, &found),
        acting: person.organisation_name().map(str::to_owned),
        organisations: organisations(t, person, &found),
        collectives: found
            .collectives
            .iter()
            .map(|one| (state.paths.collective(&one.slug), one.name.clone()))
            .collect(),
        frame,
    })
}

/// What others wait for first, then one's own share, then what ends soon.
fn items(t: Words, paths: &Paths, found: &Awaiting) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(found.roles.iter().map(|role| Item {
        what: t.me_role(&role.person_name, t.people_role_kind(role.kind.as_str())),
        why: t.me_role_why(&role.collective, &role.proposer_name),
        href: Some(paths.of(&role.slug, "roles")),
    }));
    items.extend(found.features.iter().map(|feature| {
        let zone = TimeZone::get(&feature.zone).unwrap_or(TimeZone::UTC);
        let since = feature.since.to_zoned_datetime(zone).date();
        Item {
            what: t.me_feature(t.typography(&feature.title)),
            why: t.me_feature_why(&feature.collective, t.date(since)),
            href: Some(paths.one(&feature.slug, "features", feature.number)),
        }
    }));
    items.extend(found.invoices.iter().map(|one| invoice_item(t, paths, one)));
    items.extend(found.reports.iter().map(|report| {
        let until = report.answer_until.map(|day| t.until(day, found.today)).unwrap_or_default();
        Item {
            what: t.me_report(t.typography(&report.title)),
            why: t.me_report_why(&report.collective, until),
            href: Some(paths.part(&report.slug, "features", report.number, "work")),
        }
    }));
    items.extend(found.rounds.iter().map(|round| Item {
        what: t.me_distribute(round.number),
        why: t.me_distribute_why(&round.collective),
        href: Some(paths.part(&round.slug, "rounds", round.number, "distribution")),
    }));
    items.extend(found.shares.iter().map(|share| share_item(t, paths, share, found.today)));
    items.extend(found.invitations.iter().map(|one| {
        let zone = TimeZone::get(&one.zone).unwrap_or(TimeZone::UTC);
        let last = one.until.to_zoned_datetime(zone).date();
        Item {
            what: t.me_invitation(&one.inviter),
            why: t.me_invitation_why(&one.collective, &one.organisation, t.until(last, found.today)),
            href: None,
        }
    }));
    items.extend(found.closing.iter().map(|feature| closing_item(t, paths, feature, found.today)));
    items.extend(found.ending.iter().filter_map(|mandate| {
        let end = mandate.ends_on?;
        Some(Item {
            what: t.me_mandate_ends(&mandate.organisation_name, t.days_from(end, found.today)),
            why: t.me_mandate_ends_why().to_owned(),
            href: None,
        })
    }));
    items
}

fn invoice_item(t: Words, paths: &Paths, one: &InvoiceWaiting) -> Item {
    let invoice = &one.waiting.invoice;
    Item {
        what: t.me_invoice(t.money(invoice.amount, one.currency), one.waiting.ask.as_str()),
        why: t.me_invoice_why(&one.collective.name, t.typography(&one.waiting.title)),
        href: Some(paths.one(&one.collective.slug, "invoices", invoice.number)),
    }
}

fn share_item(t: Words, paths: &Paths, share: &ShareLeft, today: Date) -> Item {
    let amount = t.money(share.remaining, currency(&share.currency, share.exponent));
    let what = t.me_share(amount, &share.organisation_name);
    // A round whose last day has passed is being closed: nothing is put any more.
    match share.round.zip(share.closes_on).filter(|(_, last)| *last >= today) {
        Some((number, last)) => Item {
            what,
            why: t.me_share_round(&share.collective, number, t.until(last, today)),
            href: Some(paths.one(&share.slug, "rounds", number)),
        },
        None => Item {
            what,
            why: t.me_share_outside(&share.collective),
            href: Some(paths.of(&share.slug, "features")),
        },
    }
}

fn closing_item(t: Words, paths: &Paths, feature: &ClosingSoon, today: Date) -> Item {
    let missing = feature.floor.minus(feature.allocated_total).unwrap_or(Money::ZERO);
    let why = if missing.is_positive() {
        let missing = t.money_short(missing, currency(&feature.currency, feature.exponent));
        t.me_closing_why(&feature.collective, missing)
    } else {
        t.me_closing_covered(&feature.collective)
    };
    Item {
        what: t.me_closing(t.typography(&feature.title), t.days_from(feature.closing_on, today)),
        why,
        href: Some(paths.one(&feature.slug, "features", feature.number)),
    }
}

fn currency(code: &str, exponent: u8) -> Currency {
    Currency::new(code, exponent).unwrap_or(Currency::EUR)
}

/// The organisations of one's mandates, each once, by name.
fn organisations(t: Words, person: &SignedIn, found: &Awaiting) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for mandate in &found.mandates {
        let id = mandate.organisation.to_string();
        let line = mandate_line(t, mandate, found.today);
        let is_open = mandate.starts_on <= found.today;
        match choices.iter_mut().find(|choice| choice.id == id) {
            Some(choice) => {
                choice.mandates.push(line);
                choice.is_open |= is_open;
            }
            None => choices.push(Choice {
                is_chosen: person.organisation() == Some(mandate.organisation),
                name: mandate.organisation_name.clone(),
                mandates: vec![line],
                is_open,
                id,
            }),
        }
    }
    choices
}

fn mandate_line(t: Words, mandate: &MandateOf, today: Date) -> String {
    let start = t.date(mandate.starts_on);
    let since =
        if mandate.starts_on <= today { t.me_mandate_from(start) } else { t.me_mandate_coming(start) };
    let line = t.me_mandate_line(t.people_mandate_kind(mandate.kind.as_str()), since);
    match mandate.ends_on {
        Some(end) => format!("{line}, {}", t.me_mandate_until(t.date(end))),
        None => line,
    }
}

/// `POST /me/organisation`: chooses the organisation acted for.
pub(crate) async fn act_for(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let organisation: OrganisationId = data.field("organisation").parse().map_err(|_| WebError::NotFound)?;
    sessions::act_for(&state.context, &person.session, Some(organisation)).await?;
    let mut tx = state.context.db.read().await?;
    let row = store::organisations::get(&mut tx, organisation).await?.ok_or(WebError::NotFound)?;
    let back = next_path(&state, data.field("back")).map_or_else(|| state.paths.me(), str::to_owned);
    see_other_saying(&back, &Flash::good(frame.t.me_act_flash(row.name)), &state.public_url)
}

//! What awaits the visitor, and the organisation that they act for.

use app::awaiting::{Awaiting, of_person, say};
use app::sessions;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::OrganisationId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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
    let acting = acting(person, &found);
    html(&HomePage {
        over: found
            .over
            .iter()
            .map(|one| t.layout_mandate_over(t.date(one.last), &one.organisation))
            .collect(),
        tabs: tabs(t, &state.paths, Tab::Awaiting),
        count: found.count(),
        items: items(t, &state.paths, &found),
        organisations: organisations(t, acting, &found),
        collectives: found
            .collectives
            .iter()
            .map(|one| (state.paths.collective(&one.slug), one.name.clone()))
            .collect(),
        frame: Frame { acts_name: acting.map(|acting| acting.organisation_name.clone()), ..frame },
        acting: acting.map(|acting| acting.organisation_name.clone()),
    })
}

/// What there is to do first, then what is only about the person.
fn items(t: Words, paths: &Paths, found: &Awaiting) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(found.todo.iter().map(|todo| {
        let line = say(t, todo, found.today);
        Item { what: line.what, why: line.why, href: Some(paths.under(&line.path)) }
    }));
    items.extend(found.invitations.iter().map(|one| {
        let zone = TimeZone::get(&one.zone).unwrap_or(TimeZone::UTC);
        let last = one.until.to_zoned_datetime(zone).date();
        Item {
            what: t.me_invitation(&one.inviter),
            why: t.me_invitation_why(&one.collective, &one.organisation, t.until(last, found.today)),
            href: None,
        }
    }));
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

/// A mandate for the organisation that forms act for: the one chosen as long as a mandate for it is held, else the only
/// one held.
fn acting<'f>(person: &SignedIn, found: &'f Awaiting) -> Option<&'f MandateOf> {
    let mut held = found.mandates.iter().filter(|mandate| mandate.starts_on <= found.today);
    let chosen = held.clone().find(|mandate| person.organisation() == Some(mandate.organisation));
    let only = || {
        let first = held.next()?;
        held.all(|mandate| mandate.organisation == first.organisation).then_some(first)
    };
    chosen.or_else(only)
}

/// The organisations of one's mandates, each once, by name.
fn organisations(t: Words, acting: Option<&MandateOf>, found: &Awaiting) -> Vec<Choice> {
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
                is_chosen: acting.is_some_and(|acting| acting.organisation == mandate.organisation),
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

//! Who does what in a collective: roles held, waiting, proposed.

use app::roles::Confirmable;
use app::{Failure, roles};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::{Action, NotAllowed, RoleKind};
use domain::ids::{PersonId, RoleId};
use domain::people::Granting;
use serde::Deserialize;
use store::Tx;
use store::roles::RoleRow;
use words::Words;

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::paths::encoded;
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "people/roles.html")]
struct RolesPage {
    frame: Frame,
    crumbs: Crumbs,
    /// Whether roles are granted by one alone, as there are few persons.
    is_few: bool,
    lines: Vec<Line>,
    may_grant: bool,
    /// Whether acting asks for a new sign-in first, and where that is.
    again_href: Option<String>,
    form: Form,
    persons: Vec<(String, String)>,
    kinds: Vec<(&'static str, String, String)>,
}

/// A role, worded.
struct Line {
    person: String,
    kind: String,
    state: String,
    is_waiting: bool,
    confirm_href: Option<String>,
    /// From when on the visitor may confirm it.
    confirm_from: Option<String>,
    end: Option<(String, String)>,
    /// Whether the person has no mandate here any more.
    outlives: bool,
}

/// What was chosen before a new sign-in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    person: String,
    #[serde(default)]
    kind: String,
}

/// `GET /c/{collective}/roles`, for members.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let form = frame.form(FormData::of([("person", chosen.person), ("kind", chosen.kind)]));
    page(&state, &mut tx, desk, frame, (StatusCode::OK, form)).await
}

async fn page(
    state: &AppState,
    tx: &mut Tx,
    desk: Desk,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    if !desk.is_member() {
        return Err(WebError::Forbidden);
    }
    let t = frame.t;
    let (id, now) = (desk.place.collective.id, desk.place.now);
    let persons = super::persons(tx, &desk).await?;
    let rows = roles::list(tx, id).await?;
    let proposers: Vec<PersonId> = rows.iter().filter_map(|row| row.proposed_by).collect();
    let names = match proposers.is_empty() {
        true => Vec::new(),
        false => store::people::names(tx, &proposers).await?,
    };
    let may_grant = desk.may(Action::GrantRole, None);
    let fresh = frame.person().is_some_and(|person| person.session.is_fresh(now));
    let path = state.paths.of(desk.slug(), "roles");
    let confirmable = match desk.standing.as_ref() {
        Some(standing) => roles::confirmable(tx, &desk.place.collective, standing.person, now).await?,
        None => Vec::new(),
    };
    let is_few = roles::granting(tx, &desk.place.collective, now).await? == Granting::AtOnce;
    let line = |row: &RoleRow| {
        let proposer = names.iter().find(|name| Some(name.id) == row.proposed_by);
        let proposer = proposer.map(|name| t.person(name.name.as_str())).unwrap_or_default();
        let id = row.person.to_string();
        let gone = !persons.iter().any(|(known, _)| *known == id);
        let waits = match (gone, is_few) {
            (true, _) => Waits::Gone,
            (false, true) => Waits::Admin,
            (false, false) => Waits::Second,
        };
        let confirms = confirmable.iter().find(|one| one.role == row.id);
        let line = line(state, t, &desk, row, (&proposer, waits), confirms);
        Line { outlives: gone && row.effective_at.is_some(), ..line }
    };
    let lines = rows.iter().map(line).collect();
    let members = state.paths.of(desk.slug(), "members");
    html_with(
        status,
        &RolesPage {
            crumbs: Crumbs {
                t,
                above: vec![(members, t.members_title().to_owned())],
                here: t.people_roles_title().to_owned(),
            },
            is_few,
            lines,
            may_grant,
            again_href: (may_grant && !fresh).then(|| state.paths.sign_in_then(&path)),
            form,
            persons,
            kinds: kinds(t),
            frame: desk.frame(frame, Section::Members),
        },
    )
}

fn kinds(t: Words) -> Vec<(&'static str, String, String)> {
    let choice = |kind: &RoleKind| {
        let name = kind.as_str();
        (name, t.people_role_kind(name), t.people_role_kind_hint(name))
    };
    RoleKind::ALL.iter().map(choice).collect()
}

/// For what a proposal waits.
#[derive(Clone, Copy)]
enum Waits {
    /// For a second person.
    Second,
    /// For the admin alone, as few are left.
    Admin,
    /// For nothing: whom it is for is gone.
    Gone,
}

fn line(
    state: &AppState,
    t: Words,
    desk: &Desk,
    row: &RoleRow,
    (proposer, waits): (&str, Waits),
    confirms: Option<&Confirmable>,
) -> Line {
    let (collective, now) = (&desk.place.collective, desk.place.now);
    let me = desk.standing.as_ref().map(|standing| standing.person);
    let may_grant = desk.may(Action::GrantRole, None);
    let is_proposed = row.effective_at.is_none();
    let said = match row.effective_at {
        None => {
            let date = t.date(collective.day(row.proposed_at));
            match waits {
                Waits::Second => t.people_roles_proposed(date, proposer),
                Waits::Admin => t.people_roles_proposed_few(date, proposer),
                Waits::Gone => t.people_roles_proposed_gone(date, proposer),
            }
        }
        Some(from) if from > now => t.people_roles_waiting(t.instant(from, &collective.time_zone())),
        Some(from) => t.people_roles_in_force(t.date(collective.day(from))),
    };
    let part = |act| state.paths.part(desk.slug(), "roles", row.id, act);
    let label = if me == Some(row.person) && is_proposed {
        t.people_roles_decline().to_owned()
    } else if me == Some(row.person) {
        t.people_roles_give_up().to_owned()
    } else if is_proposed && me == row.proposed_by {
        t.people_roles_withdraw().to_owned()
    } else if is_proposed {
        t.people_roles_refuse(&row.person_name)
    } else {
        t.people_roles_end(&row.person_name)
    };
    Line {
        person: row.person_name.clone(),
        kind: t.people_role_kind(row.kind.as_str()),
        state: said,
        is_waiting: row.effective_at.is_none_or(|from| from > now),
        confirm_href: confirms.filter(|one| one.from.is_none()).map(|_| part("confirm")),
        confirm_from: confirms
            .and_then(|one| one.from)
            .map(|from| t.people_roles_confirm_from(t.instant(from, &collective.time_zone()))),
        outlives: false,
        end: (may_grant || me == Some(row.person)).then(|| (part("end"), label)),
    }
}

/// `POST /c/{collective}/roles`. The sign-in must be fresh; what was chosen is kept over a new one.
pub(crate) async fn propose(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
    let path = state.paths.of(&slug, "roles");
    if is_stale(&visitor, &desk)? {
        let chosen = format!("person={}&kind={}", encoded(data.field("person")), encoded(data.field("kind")));
        return ask_again(&state, &format!("{path}?{chosen}"));
    }
    let t = frame.t;
    let refusal = match read(&data, t) {
        Err(unreadable) => unreadable,
        Ok((person, kind)) => {
            let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
            match roles::propose(&state.context, acting, collective, person, kind).await {
                Ok(role) => {
                    let said = said_of(&state, t, &desk, role).await?;
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refused(failure, t, Currency::EUR, |refusal| {
                    ("person".to_owned(), t.role_refusal(*refusal).to_owned())
                })?,
            }
        }
    };
    let answer = refusal.form(t, data);
    let mut tx = state.context.db.read().await?;
    page(&state, &mut tx, desk, frame, answer).await
}

/// What became of a role that was asked for: given, or proposed and from when on somebody may confirm it.
async fn said_of(state: &AppState, t: Words, desk: &Desk, role: RoleId) -> Result<String, WebError> {
    let collective = &desk.place.collective;
    let mut tx = state.context.db.read().await?;
    let role = store::roles::get(&mut tx, role).await?.ok_or(WebError::NotFound)?;
    if role.effective_at.is_some() {
        return Ok(t.people_roles_flash_granted().to_owned());
    }
    let from = roles::waits_until(&mut tx, collective, &role, desk.place.now).await?;
    Ok(match from {
        None => t.people_roles_flash_proposed().to_owned(),
        Some(from) => t.people_roles_flash_proposed_from(t.instant(from, &collective.time_zone())),
    })
}

/// Whether the person must sign in again first.
fn is_stale(visitor: &Visitor, desk: &Desk) -> Result<bool, WebError> {
    let session = &visitor.signed_in()?.session;
    Ok(session.fresh(desk.place.now) == Err(NotAllowed::NotFresh))
}

fn read(data: &FormData, t: Words) -> Result<(PersonId, RoleKind), Refused> {
    let mut reading = Reading::new(data, t, Currency::EUR);
    let person = reading.parsed("person");
    let kind = reading.choice("kind", RoleKind::parse);
    person.zip(kind).ok_or_else(|| Refused::unreadable(reading.problems))
}

/// `POST /c/{collective}/roles/{role}/confirm`. The sign-in must be fresh.
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, role)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let role: RoleId = role.parse().map_err(|_| WebError::NotFound)?;
    let desk = open(&state, &frame, &slug).await?;
    let path = state.paths.of(&slug, "roles");
    if is_stale(&visitor, &desk)? {
        return ask_again(&state, &path);
    }
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let flash = match roles::confirm(&state.context, acting, collective, role).await {
        Ok(()) => {
            let mut tx = state.context.db.read().await?;
            let written = store::roles::get(&mut tx, role).await?.and_then(|role| role.effective_at);
            Flash::good(match written.is_some_and(|from| from <= state.context.clock.now()) {
                true => frame.t.people_roles_flash_confirmed_few(),
                false => frame.t.people_roles_flash_confirmed(),
            })
        }
        Err(Failure::Refused(refusal)) => Flash::bad(frame.t.role_refusal(refusal)),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&path, &flash, &state.public_url)
}

/// `POST /c/{collective}/roles/{role}/end`: ends a role, refuses a proposal, gives up one's own.
pub(crate) async fn end(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, role)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let role: RoleId = role.parse().map_err(|_| WebError::NotFound)?;
    let desk = open(&state, &frame, &slug).await?;
    let path = state.paths.of(&slug, "roles");
    if is_stale(&visitor, &desk)? {
        return ask_again(&state, &path);
    }
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let flash = match roles::end(&state.context, acting, collective, role).await {
        Ok(()) => Flash::good(frame.t.people_roles_flash_ended()),
        Err(Failure::Refused(refusal)) => Flash::bad(frame.t.role_refusal(refusal)),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&path, &flash, &state.public_url)
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    Ok(Desk::inside(state, frame, slug).await?.1)
}

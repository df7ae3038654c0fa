//! What awaits the visitor, and the organisation that they act for.

use app::awaiting::{Awaiting, of_person, say};
use app::{Failure, mandates, sessions};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::{MandateId, OrganisationId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::mandates::MandateOf;
use store::organisations::PlaceOf;
use words::Words;

use super::{Tab, tabs, zone_of};
use crate::entry::next_path;
use crate::error::WebError;
use crate::extract::{FormData, SignedIn, Visitor, kept_page};
use crate::flash::{Flash, see_other_saying};
use crate::kept::ForItsReader;
use crate::layout::{Frame, NavLink, html};
use crate::paths::Paths;
use crate::state::AppState;

/// Most memberships, and most forms whose text is kept, that the page lists.
const MOST_PLACES: u16 = 200;
const MOST_KEPT: u16 = 10;

#[derive(Template)]
#[template(path = "me/home.html")]
struct HomePage {
    frame: Frame,
    tabs: Vec<NavLink>,
    count: usize,
    items: Vec<Item>,
    /// What is only at hand: nobody waits for it, and it isn't counted.
    at_hand: Vec<Item>,
    /// Forms whose text is kept since a session ended: where each is shown again, and when it was written.
    kept: Vec<(String, String)>,
    /// For whom the visitor acts, in a sentence.
    acting: String,
    organisations: Vec<Choice>,
    over: Vec<String>,
    collectives: Vec<(String, String)>,
}

/// Something that awaits, worded.
struct Item {
    what: String,
    why: String,
    href: Option<String>,
    /// Where a mandate that is proposed is accepted, and declined.
    answers: Option<(String, String)>,
}

impl Item {
    const fn of(what: String, why: String) -> Self {
        Self { what, why, href: None, answers: None }
    }
}

/// An organisation that can be acted for.
struct Choice {
    id: String,
    name: String,
    mandates: Vec<String>,
    /// Its pages in the collectives that it belongs to, or left.
    places: Vec<(String, String)>,
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
    let mut tx = state.context.db.read().await?;
    let places = store::organisations::places_of(&mut tx, person.person(), found.today, MOST_PLACES).await?;
    let drafts = store::drafts::of_person(&mut tx, person.person(), MOST_KEPT).await?;
    let zone = zone_of(&mut tx, person.person()).await?;
    drop(tx);
    let (items, at_hand) = items(t, &state.paths, &found);
    let says_nothing = frame.says_nothing();
    let mut page = html(&HomePage {
        over: found
            .over
            .iter()
            .map(|one| t.layout_mandate_over(t.date(one.last), &one.organisation))
            .collect(),
        tabs: tabs(t, &state.paths, Tab::Awaiting),
        count: found.count(),
        items,
        at_hand,
        kept: drafts
            .iter()
            .map(|draft| {
                let when = t.date(draft.updated_at.to_zoned_datetime(zone.clone()).date());
                (kept_page(&state, &draft.form), t.me_kept(when))
            })
            .collect(),
        organisations: organisations(t, &state.paths, acting, &found, &places),
        collectives: found
            .collectives
            .iter()
            .map(|one| (state.paths.collective(&one.slug), one.name.clone()))
            .collect(),
        frame: Frame { acts_name: acting.map(|acting| acting.organisation_name.clone()), ..frame },
        acting: acting_line(t, acting, &places, found.today),
    })?;
    if says_nothing {
        page.extensions_mut().insert(ForItsReader);
    }
    Ok(page)
}

/// What waits for the person, then what is only at hand.
fn items(t: Words, paths: &Paths, found: &Awaiting) -> (Vec<Item>, Vec<Item>) {
    let worded = |todo| {
        let line = say(t, todo, found.today);
        Item { href: Some(paths.under(&line.path)), ..Item::of(line.what, line.why) }
    };
    let (waiting, at_hand): (Vec<_>, Vec<_>) = found.todo.iter().partition(|todo| todo.kind().waits());
    let mut items: Vec<Item> = waiting.into_iter().map(worded).collect();
    items.extend(found.proposed.iter().map(|one| {
        let (one, until) = (&one.proposal, t.date(one.until));
        let kind = t.people_mandate_kind(one.kind.as_str());
        let from = t.date(one.starts_on.max(found.today));
        let answer = |act: &str| paths.mine_of("mandates", one.id, act);
        Item {
            answers: Some((answer("accept"), answer("decline"))),
            ..Item::of(
                t.me_mandate_proposed(&one.organisation_name),
                t.me_mandate_proposed_why(from, &one.proposer_name, kind, until),
            )
        }
    }));
    items.extend(found.invitations.iter().map(|one| {
        let zone = TimeZone::get(&one.zone).unwrap_or(TimeZone::UTC);
        let last = one.until.to_zoned_datetime(zone).date();
        Item::of(
            t.me_invitation(t.person(one.inviter.as_str())),
            t.me_invitation_why(&one.collective, &one.organisation, t.until(last, found.today)),
        )
    }));
    items.extend(found.ending.iter().filter_map(|mandate| {
        let end = mandate.ends_on?;
        Some(Item::of(
            t.me_mandate_ends(&mandate.organisation_name, t.days_from(end, found.today)),
            t.me_mandate_ends_why().to_owned(),
        ))
    }));
    (items, at_hand.into_iter().map(worded).collect())
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

/// For whom the visitor acts: of an organisation that is part of no collective any more, that only its papers are left.
fn acting_line(t: Words, acting: Option<&MandateOf>, places: &[PlaceOf], today: Date) -> String {
    let Some(acting) = acting else { return t.me_acting_none().to_owned() };
    let mut of = places.iter().filter(|place| place.organisation == acting.organisation).peekable();
    let left = of.peek().is_some() && of.all(|place| place.left_on.is_some_and(|left| left <= today));
    match left {
        true => t.me_acting_left(&acting.organisation_name),
        false => t.me_acting(&acting.organisation_name),
    }
}

/// The organisations of one's mandates, each once, by name.
fn organisations(
    t: Words,
    paths: &Paths,
    acting: Option<&MandateOf>,
    found: &Awaiting,
    places: &[PlaceOf],
) -> Vec<Choice> {
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
                places: places
                    .iter()
                    .filter(|place| place.organisation == mandate.organisation)
                    .map(|place| place_line(t, paths, place, found.today))
                    .collect(),
                mandates: vec![line],
                is_open,
                id,
            }),
        }
    }
    choices
}

/// Its page in a collective; of one that it left the statement, which its people read as long as it is kept.
fn place_line(t: Words, paths: &Paths, place: &PlaceOf, today: Date) -> (String, String) {
    match place.left_on.filter(|left| *left <= today) {
        Some(left) => (
            paths.part(&place.collective_slug, "members", &place.slug, "statement"),
            t.me_place_left(&place.collective_name, t.date(left)),
        ),
        None => {
            (paths.one(&place.collective_slug, "members", &place.slug), t.me_place(&place.collective_name))
        }
    }
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

/// `POST /me/mandates/{mandate}/{answer}`: accepts a mandate that is proposed to the visitor, or declines it.
pub(crate) async fn answer_mandate(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((mandate, answer)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let mandate: MandateId = mandate.parse().map_err(|_| WebError::NotFound)?;
    let (acting, t) = (app::Acting::by_form(person.person(), person.organisation()), frame.t);
    let done = match answer.as_str() {
        "accept" => mandates::accept(&state.context, acting, mandate).await,
        "decline" => mandates::decline(&state.context, acting, mandate).await,
        _ => return Err(WebError::NotFound),
    };
    let flash = match done {
        Ok(one) if answer == "accept" => Flash::good(t.me_mandate_accepted(one.organisation_name)),
        Ok(one) => Flash::good(t.me_mandate_declined(one.organisation_name)),
        Err(Failure::Refused(refusal)) => Flash::bad(t.mandate_refusal(refusal)),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&state.paths.me(), &flash, &state.public_url)
}

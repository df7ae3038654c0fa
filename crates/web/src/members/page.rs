//! One organisation: since when it is a member, and, for members, who acts for it.

use app::Failure;
use app::mandates::{self, NewMandate};
use app::organisations::{self, OrganisationCard};
use app::visibility::{self, Chosen};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::{Action, MandateKind};
use domain::ids::{MandateId, OrganisationId, PersonId};
use domain::rules::AmountsSeen;
use domain::visibility::choice_counts;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;
use store::mandates::MandateOf;
use store::organisations::MemberRow;
use words::Words;

use super::crumbs;
use super::runs::Runs;
use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::{Both, digest_of};
use crate::layout::changes::{Changes, text};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// The field that brings back what was shown of its name and site.
const SEEN: &str = "seen";
/// Most persons that a form lists, and most mandates of one organisation.
const MOST_PERSONS: u16 = 500;

#[derive(Template)]
#[template(path = "members/page.html")]
struct MemberPage {
    frame: Frame,
    crumbs: Crumbs,
    name: String,
    website: String,
    siren: Option<String>,
    membership: String,
    software_href: String,
    statement_href: Option<String>,
    /// Its subscription, for its people and the treasurers, where one subscribes.
    subscription_href: Option<String>,
    /// What is owed to it once it left, for those who may see that, with the page where it is paid back.
    refund: Option<(String, Option<String>)>,
    /// Its standing choice, for its people.
    choice_href: Option<String>,
    /// Nothing for whoever isn't of the collective.
    people: Option<Vec<PersonLine>>,
    /// What is said where nobody acts for it.
    nobody: &'static str,
    /// Whether the visitor may end one of these mandates.
    ends: bool,
    invite_href: Option<String>,
    departure_href: Option<String>,
    /// The persons to choose from, where the visitor may give mandates.
    give: Option<Giving>,
    /// Whether the visitor may change its name and site.
    edits: bool,
    /// Whether its amounts are shown, for those who represent it.
    amounts: Option<Amounts>,
    changes: Option<Changes>,
    runs: Runs,
    /// What somebody else saved of its name and site meanwhile.
    both: Both,
    form: Form,
}

/// Somebody's mandate, worded.
struct PersonLine {
    person: String,
    kind: String,
    dates: String,
    end_href: Option<String>,
    /// Whether it awaits their answer.
    proposed: bool,
}

/// The choice of an organisation for its amounts, with what it comes to.
struct Amounts {
    href: String,
    now: &'static str,
    rules: &'static str,
    rules_href: String,
    /// Where the rules leave something to choose.
    form: Option<Form>,
}

/// What giving a mandate asks for.
struct Giving {
    href: String,
    persons: Vec<(String, String)>,
    kinds: Vec<(&'static str, String, String)>,
}

/// `GET /c/{collective}/members/{organisation}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let today = place.today.to_string();
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let row = find(&mut tx, &desk, &member).await?;
    let form = frame.form(first(&row, &today));
    page(&state, &mut tx, desk, frame, row, (StatusCode::OK, form)).await
}

/// What the forms of the page first show.
fn first(row: &MemberRow, today: &str) -> FormData {
    FormData::of([
        ("starts_on", today),
        ("kind", MandateKind::Contributor.as_str()),
        ("name", &row.name),
        ("website", &row.website),
        (SEEN, &digest_of([row.name.as_str(), &row.website])),
    ])
}

/// `POST /c/{collective}/members/{organisation}`: its name and its site.
pub(crate) async fn describe(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let row = find(&mut tx, &desk, &member).await?;
    drop(tx);
    let t = frame.t;
    let card =
        OrganisationCard { name: data.field("name").to_owned(), website: data.field("website").to_owned() };
    let stored = first(&row, &desk.place.today.to_string());
    let now = OrganisationCard { name: row.name.clone(), website: row.website.clone() };
    let seen = data.filled(SEEN).is_none_or(|seen| seen == stored.field(SEEN));
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let done = match seen || card == now {
        true => organisations::describe(&state.context, acting, collective, row.id, Some(now), card).await,
        false => Err(Failure::Stale),
    };
    match done {
        Ok(()) => {
            let path = state.paths.one(&slug, "members", &row.slug);
            see_other_saying(&path, &Flash::good(t.members_edit_done()), &state.public_url)
        }
        Err(failure) => {
            let refused = refused(failure, t, Currency::EUR, |why| {
                ("name".to_owned(), t.organisation_refusal(*why).to_owned())
            })?;
            // Whoever saves after having seen both means it.
            let data = if refused.status == StatusCode::CONFLICT { data.without(&[SEEN]) } else { data };
            let answer = refused.form(t, data.or(stored));
            let mut tx = state.context.db.read().await?;
            page(&state, &mut tx, desk, frame, row, answer).await
        }
    }
}

pub(super) async fn find(tx: &mut Tx, desk: &Desk, slug: &str) -> Result<MemberRow, WebError> {
    let row = store::organisations::member_by_slug(tx, desk.place.collective.id, slug).await?;
    row.ok_or(WebError::NotFound)
}

/// Whether the visitor represents this organisation, whichever they act for.
pub(super) fn represents(desk: &Desk, organisation: OrganisationId) -> bool {
    desk.standing.as_ref().is_some_and(|standing| standing.represents(organisation))
}

async fn page(
    state: &AppState,
    tx: &mut Tx,
    desk: Desk,
    frame: Frame,
    row: MemberRow,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let (t, slug) = (frame.t, desk.slug().to_owned());
    let represents = represents(&desk, row.id);
    // Whoever left has nobody here any more.
    let has_left = row.left_on.is_some_and(|left| left <= desk.place.today);
    let people = match desk.is_member() {
        true if has_left => Some(Vec::new()),
        true => Some(people(state, tx, &desk, t, &row, represents).await?),
        false => None,
    };
    let give = match represents && row.is_member(desk.place.today) {
        true => Some(giving(state, tx, &desk, t, &row).await?),
        false => None,
    };
    let amounts = match represents {
        true => Some(amounts(state, tx, &desk, t, &row).await?),
        false => None,
    };
    // An admin invites for an organisation as long as nobody represents it.
    let invites = represents
        || (desk.may(Action::InviteMembers, None)
            && row.is_member(desk.place.today)
            && store::mandates::representatives(tx, row.id, desk.place.today).await? == 0);
    let changes = organisations::changes(tx, &row).await?;
    let changes = Changes::of(tx, t, &desk, &changes, |field, value| match field {
        "name" => Some((t.members_edit_name().to_owned(), text(value))),
        "website" => Some((t.members_edit_website().to_owned(), text(value))),
        _ => None,
    })
    .await?;
    let both = match status {
        StatusCode::CONFLICT => Both::of(t, differences(t, &row, form.data())),
        _ => Both::none(t),
    };
    let refund = crate::work::owed(state, tx, &desk, t, Some(row.id)).await?.pop();
    let runs = Runs::of(tx, state, t, &desk, &row).await?;
    let invitations = state.paths.of(&slug, "invitations");
    html_with(
        status,
        &MemberPage {
            crumbs: crumbs(state, t, &slug, row.name.clone()),
            membership: membership(t, &desk, &row),
            software_href: state.paths.part(&slug, "members", &row.slug, "software"),
            statement_href: desk
                .is_member()
                .then(|| state.paths.part(&slug, "members", &row.slug, "statement")),
            refund,
            choice_href: crate::choices::href(state, &desk, row.id, &row.slug),
            subscription_href: crate::subscriptions::href(state, &desk, row.id, &row.slug),
            nobody: if has_left { t.members_people_left() } else { t.members_people_none() },
            ends: people.iter().flatten().any(|line| line.end_href.is_some()),
            people,
            invite_href: invites.then(|| format!("{invitations}?organisation={}", row.id)),
            departure_href: super::departure::may_end(&desk, &row)
                .then(|| state.paths.part(&slug, "members", &row.slug, "departure")),
            give,
            edits: row.is_member(desk.place.today) && desk.may_for(Action::EditOrganisation, row.id),
            amounts,
            changes,
            both,
            form,
            name: row.name,
            website: row.website,
            siren: row.siren,
            runs,
            frame: desk.frame(frame, Section::Members),
        },
    )
}

/// Its name and site as they are stored, where something else was typed.
fn differences(t: Words, row: &MemberRow, data: &FormData) -> Vec<(String, String)> {
    let texts =
        [(t.members_edit_name(), "name", &row.name), (t.members_edit_website(), "website", &row.website)];
    let differ = texts.into_iter().filter(|(_, field, text)| data.field(field) != text.as_str());
    differ.map(|(label, _, text)| (label.to_owned(), text.clone())).collect()
}

fn membership(t: Words, desk: &Desk, row: &MemberRow) -> String {
    match row.left_on {
        Some(left) if left <= desk.place.today => t.members_member_left(t.date(left)),
        _ if row.joined_on > desk.place.today => t.members_member_from(t.date(row.joined_on)),
        _ => t.members_member_since(t.date(row.joined_on)),
    }
}

async fn people(
    state: &AppState,
    tx: &mut Tx,
    desk: &Desk,
    t: Words,
    row: &MemberRow,
    represents: bool,
) -> Result<Vec<PersonLine>, WebError> {
    let held = store::mandates::of_organisation(tx, row.id, desk.place.today, MOST_PERSONS).await?;
    let me = desk.standing.as_ref().map(|standing| standing.person);
    let line = |mandate: MandateOf| PersonLine {
        dates: between(t, (mandate.starts_on <= desk.place.today, mandate.starts_on), mandate.ends_on),
        kind: t.people_mandate_kind(mandate.kind.as_str()),
        end_href: (represents || me == Some(mandate.person))
            .then(|| state.paths.part(desk.slug(), "mandates", mandate.id, "end")),
        proposed: false,
        person: mandate.person_name,
    };
    let mut lines: Vec<PersonLine> = held.into_iter().map(line).collect();
    let proposed = match &desk.standing {
        Some(standing) => mandates::proposed(tx, standing, row.id).await?,
        None => Vec::new(),
    };
    for one in proposed {
        lines.push(PersonLine {
            // It begins when they accept it, at the earliest.
            dates: between(t, (false, one.starts_on.max(desk.place.today)), one.ends_on),
            kind: t.people_mandate_kind(one.kind.as_str()),
            end_href: Some(state.paths.part(desk.slug(), "mandates", one.id, "end")),
            proposed: true,
            person: one.person_name,
        });
    }
    Ok(lines)
}

/// From when, whether it has begun, and until when a mandate holds.
fn between(t: Words, (begun, starts_on): (bool, Date), ends_on: Option<Date>) -> String {
    let start = t.date(starts_on);
    let start = if begun { t.me_mandate_from(start) } else { t.me_mandate_coming(start) };
    match ends_on {
        Some(end) => format!("{start}, {}", t.me_mandate_until(t.date(end))),
        None => start,
    }
}

async fn giving(
    state: &AppState,
    tx: &mut Tx,
    desk: &Desk,
    t: Words,
    row: &MemberRow,
) -> Result<Giving, WebError> {
    Ok(Giving {
        href: state.paths.part(desk.slug(), "members", &row.slug, "mandates"),
        persons: crate::people::persons(tx, desk).await?,
        kinds: crate::people::mandate_kinds(t),
    })
}

async fn amounts(
    state: &AppState,
    tx: &mut Tx,
    desk: &Desk,
    t: Words,
    row: &MemberRow,
) -> Result<Amounts, WebError> {
    let rules = desk.place.rules(tx).await?;
    let chosen = visibility::chosen(tx, desk.place.collective.id, rules.amounts, row.id).await?;
    let asked = match rules.amounts {
        AmountsSeen::Public if row.one_person => t.amounts_rules_one_person(),
        AmountsSeen::Public if row.veiled => t.amounts_rules_made_public(),
        AmountsSeen::Public => t.amounts_rules_public(),
        AmountsSeen::Members => t.amounts_rules_members(),
        AmountsSeen::OwnChoice => t.amounts_rules_own_choice(),
    };
    Ok(Amounts {
        href: state.paths.part(desk.slug(), "members", &row.slug, "amounts"),
        now: comes_to(t, rules.amounts, chosen),
        rules: asked,
        rules_href: format!("{}#amounts", state.paths.of(desk.slug(), "rules")),
        form: choice_counts(rules.amounts, row.keeps_amounts())
            .then(|| Form::new(t, FormData::of([("shows", if row.shows_amounts { "yes" } else { "no" })]))),
    })
}

/// What a choice comes to, in one line.
fn comes_to(t: Words, amounts: AmountsSeen, chosen: Chosen) -> &'static str {
    match (amounts, chosen) {
        (AmountsSeen::Members, _) => t.amounts_now_members(),
        (_, Chosen::Shown) => t.amounts_now_shown(),
        (_, Chosen::Hidden) => t.amounts_now_hidden(),
        (_, Chosen::HiddenForOthers) => t.amounts_now_hidden_for_others(),
    }
}

/// `POST /c/{collective}/members/{organisation}/amounts`
pub(crate) async fn choose_amounts(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let row = find(&mut tx, &desk, &member).await?;
    let rules = desk.place.rules(&mut tx).await?;
    drop(tx);
    let shows = match data.field("shows") {
        "yes" => true,
        "no" => false,
        _ => return Err(WebError::BadRequest),
    };
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let chosen = visibility::choose(&state.context, acting, collective, row.id, shows).await?;
    let flash = Flash::good(comes_to(frame.t, rules.amounts, chosen));
    let path = format!("{}#amounts", state.paths.one(&slug, "members", &row.slug));
    see_other_saying(&path, &flash, &state.public_url)
}

/// Whether the person must sign in again before they give a mandate of that kind: one that moves money or gives mandates.
pub(crate) fn needs_fresh(visitor: &Visitor, kind: MandateKind, now: Timestamp) -> Result<bool, WebError> {
    Ok(kind != MandateKind::Contributor && visitor.signed_in()?.session.fresh(now).is_err())
}

/// `POST /c/{collective}/members/{organisation}/mandates`; the sign-in must be fresh, but for a contributor.
pub(crate) async fn give_mandate(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let row = find(&mut tx, &desk, &member).await?;
    drop(tx);
    let t = frame.t;
    let refusal = match read(&data, t, row.id) {
        Err(unreadable) => unreadable,
        Ok(new) if needs_fresh(&visitor, new.kind, desk.place.now)? => {
            return ask_again(&state, &state.paths.one(&slug, "members", &member));
        }
        Ok(new) => {
            let collective = desk.place.collective.id;
            match mandates::give(&state.context, desk.acting(&frame)?, collective, new).await {
                Ok(given) => {
                    let mut tx = state.context.db.read().await?;
                    let person = store::people::get(&mut tx, new.person).await?;
                    let name = person.map(|person| person.name).unwrap_or_default();
                    let path = state.paths.one(&slug, "members", &member);
                    let flash = if given.proposed {
                        Flash::good(t.people_mandate_proposed(name))
                    } else {
                        Flash::good(t.people_mandate_given())
                    };
                    return see_other_saying(&path, &flash, &state.public_url);
                }
                Err(failure) => refused(failure, t, Currency::EUR, |refusal| {
                    ("person".to_owned(), t.mandate_refusal(*refusal).to_owned())
                })?,
            }
        }
    };
    let answer = refusal.form(t, data.or(first(&row, &desk.place.today.to_string())));
    let mut tx = state.context.db.read().await?;
    page(&state, &mut tx, desk, frame, row, answer).await
}

fn read(data: &FormData, t: Words, organisation: OrganisationId) -> Result<NewMandate, Refused> {
    let mut reading = Reading::new(data, t, Currency::EUR);
    let person: Option<PersonId> = reading.parsed("person");
    let kind = reading.choice("kind", MandateKind::parse);
    let starts_on = reading.date("starts_on");
    let ends_on = match data.filled("ends_on") {
        Some(_) => reading.date("ends_on"),
        None => None,
    };
    match (person, kind, starts_on) {
        (Some(person), Some(kind), Some(starts_on)) if reading.problems.is_empty() => {
            Ok(NewMandate { organisation, person, kind, starts_on, ends_on })
        }
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

/// `POST /c/{collective}/mandates/{mandate}/end`
pub(crate) async fn end_mandate(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, mandate)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let mandate: MandateId = mandate.parse().map_err(|_| WebError::NotFound)?;
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let collective = desk.place.collective.id;
    // One that awaits an answer is taken back.
    let (person, organisation, held) = match store::mandates::get(&mut tx, mandate).await? {
        Some(held) => (held.person, held.organisation, true),
        None => {
            match mandates::proposed_by_id(&mut tx, mandate, state.context.now(), desk.place.today).await? {
                Some(proposed) => (proposed.person, proposed.organisation, false),
                None => return Err(WebError::NotFound),
            }
        }
    };
    let row = store::organisations::member(&mut tx, collective, organisation).await?;
    let row = row.ok_or(WebError::NotFound)?;
    let person = store::people::get(&mut tx, person).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let t = frame.t;
    let flash = match mandates::end(&state.context, desk.acting(&frame)?, collective, mandate).await {
        Ok(()) if held => Flash::good(t.people_mandate_ended(person.name)),
        Ok(()) => Flash::good(t.people_mandate_withdrawn(person.name)),
        Err(Failure::Refused(refusal)) => Flash::bad(t.mandate_refusal(refusal)),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&state.paths.one(&slug, "members", &row.slug), &flash, &state.public_url)
}

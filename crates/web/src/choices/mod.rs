//! The standing choice of an organisation: what becomes of its share when nobody answers.

#[cfg(test)]
mod tests;

use app::standing_choices::{Choice, Chosen, choose, has_choices, may_choose};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::OrganisationId;
use domain::standing_choices::{ChoiceKind, ChoiceRefusal, LONGEST_SOFTWARE};
use store::Tx;
use store::organisations::MemberRow;
use store::standing_choices::StandingChoice;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Most organisations to choose from.
const MOST: u16 = 500;

#[derive(Template)]
#[template(path = "choices/page.html")]
struct ChoicePage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    /// What holds now.
    says: Vec<String>,
    holds: bool,
    here: String,
    unit: String,
    longest: usize,
    organisations: Vec<(String, String)>,
}

/// The page of an organisation's standing choice, for whoever makes it, where there are shares.
pub(crate) fn href(
    state: &AppState,
    desk: &Desk,
    organisation: OrganisationId,
    slug: &str,
) -> Option<String> {
    let chooses = desk.standing.as_ref().is_some_and(|standing| may_choose(standing, organisation));
    let path = || state.paths.part(desk.slug(), "members", slug, "standing-choice");
    (chooses && has_choices(desk.pot.fund_mode)).then(path)
}

struct Opened {
    desk: Desk,
    row: MemberRow,
    held: Option<StandingChoice>,
    /// What is said of the one that holds.
    says: Vec<String>,
    /// The name of its software.
    software: String,
    /// The other members, by the value of a list.
    organisations: Vec<(String, String)>,
}

async fn open(state: &AppState, frame: &Frame, slug: &str, member: &str) -> Result<Opened, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let collective = desk.place.collective.id;
    let row = store::organisations::member_by_slug(&mut tx, collective, member).await?;
    let row = row.ok_or(WebError::NotFound)?;
    if !desk.standing.as_ref().is_some_and(|standing| may_choose(standing, row.id)) {
        return Err(WebError::Forbidden);
    }
    let held = store::standing_choices::of(&mut tx, desk.pot.id, row.id).await?;
    let all = store::organisations::members(&mut tx, collective, "", MOST).await?;
    let others = all.into_iter().filter(|one| one.id != row.id && one.is_member(desk.place.today));
    let organisations: Vec<(String, String)> = others.map(|one| (one.id.to_string(), one.name)).collect();
    let software = match held.as_ref().and_then(|held| held.software) {
        Some(software) => store::features::software::name(&mut tx, software).await?.unwrap_or_default(),
        None => String::new(),
    };
    let says = says(&mut tx, frame.t, &desk, held.as_ref(), &software).await?;
    Ok(Opened { desk, row, held, says, software, organisations })
}

/// What holds now, whose choice it was, and how much it put this year.
async fn says(
    tx: &mut Tx,
    t: Words,
    desk: &Desk,
    held: Option<&StandingChoice>,
    software: &str,
) -> Result<Vec<String>, WebError> {
    let Some(held) = held else { return Ok(vec![t.choices_none().to_owned()]) };
    let followed = match held.follows {
        Some(other) => store::organisations::get(tx, other).await?.map(|row| row.name),
        None => None,
    };
    let what = followed.as_deref().unwrap_or(software);
    let mut says = vec![t.choices_now(held.kind.as_str(), what)];
    if let Some(most) = held.yearly {
        let (collective, today) = (&desk.place.collective, desk.place.today);
        let put = app::standing_choices::put_this_year(tx, collective, held, today).await?;
        let money = |amount| t.money(amount, desk.currency());
        says.push(t.choices_now_yearly(money(most), money(put)));
    }
    if let Some(by) = store::people::get(tx, held.chosen_by).await? {
        says.push(t.choices_by(t.date(desk.place.collective.day(held.created_at)), t.person(by.name)));
    }
    Ok(says)
}

/// `GET /c/{collective}/members/{organisation}/standing-choice`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let opened = open(&state, &frame, &slug, &member).await?;
    let held = opened.held.as_ref();
    let first = [
        ("choice", held.map_or(ChoiceKind::Leave, |held| held.kind).as_str().to_owned()),
        (
            "follows",
            held.and_then(|held| held.follows).map(|follows| follows.to_string()).unwrap_or_default(),
        ),
        ("software", opened.software.clone()),
        (
            "yearly",
            held.and_then(|held| held.yearly)
                .map(|most| frame.t.money_field(most, opened.desk.currency()))
                .unwrap_or_default(),
        ),
    ];
    let form = frame.form(FormData::of(first));
    render(&state, opened, frame, (StatusCode::OK, form))
}

/// `POST /c/{collective}/members/{organisation}/standing-choice`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let opened = open(&state, &frame, &slug, &member).await?;
    let (t, currency) = (frame.t, opened.desk.currency());
    let refusal = match read(&data, t, &opened) {
        Err(unreadable) => unreadable,
        Ok(chosen) => {
            let (acting, pot) = (opened.desk.acting(&frame)?, opened.desk.pot.id);
            match choose(&state.context, acting, pot, opened.row.id, Some(chosen)).await {
                Ok(()) => return back(&state, (&slug, &member), t.choices_saved()),
                Err(failure) => refused(failure, t, currency, |why| said(t, why))?,
            }
        }
    };
    let answer = refusal.form(t, data);
    render(&state, opened, frame, answer)
}

/// `POST /c/{collective}/members/{organisation}/standing-choice/end`
pub(crate) async fn end(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let opened = open(&state, &frame, &slug, &member).await?;
    let (t, currency) = (frame.t, opened.desk.currency());
    let acting = opened.desk.acting(&frame)?;
    match choose(&state.context, acting, opened.desk.pot.id, opened.row.id, None).await {
        Ok(()) => back(&state, (&slug, &member), t.choices_ended()),
        Err(failure) => {
            let answer = refused(failure, t, currency, |why| said(t, why))?;
            let answer = answer.form(t, FormData::default());
            render(&state, opened, frame, answer)
        }
    }
}

fn back(state: &AppState, (slug, member): (&str, &str), said: &str) -> Result<Response, WebError> {
    let path = state.paths.part(slug, "members", member, "standing-choice");
    see_other_saying(&path, &Flash::good(said), &state.public_url)
}

fn said(t: Words, why: &ChoiceRefusal) -> (String, String) {
    let field =
        if matches!(why, ChoiceRefusal::Circle | ChoiceRefusal::Hidden) { "follows" } else { "choice" };
    (field.to_owned(), t.choice_refusal(why))
}

fn read(data: &FormData, t: Words, opened: &Opened) -> Result<Chosen, Refused> {
    let mut reading = Reading::new(data, t, opened.desk.currency());
    let kind = reading.choice("choice", ChoiceKind::parse);
    let yearly = reading.optional_money("yearly");
    let choice = match kind {
        Some(ChoiceKind::Leave) => Some(Choice::Leave),
        Some(ChoiceKind::Follow) => reading.parsed("follows").map(Choice::Follow),
        Some(ChoiceKind::Software) => Some(Choice::Software(data.field("software").to_owned())),
        None => None,
    };
    match choice {
        Some(choice) if reading.problems.is_empty() => Ok(Chosen { choice, yearly }),
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

fn render(
    state: &AppState,
    opened: Opened,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let Opened { desk, row, held, says, organisations, .. } = opened;
    let t = frame.t;
    let name = t.typography(&row.name).into_owned();
    let page = ChoicePage {
        title: t.choices_title(&name),
        crumbs: Crumbs {
            t,
            above: vec![
                (state.paths.of(desk.slug(), "members"), t.members_title().to_owned()),
                (state.paths.one(desk.slug(), "members", &row.slug), name),
            ],
            here: t.choices_see().to_owned(),
        },
        says,
        holds: held.is_some(),
        here: state.paths.part(desk.slug(), "members", &row.slug, "standing-choice"),
        unit: t.currency_sign(desk.currency()),
        longest: LONGEST_SOFTWARE,
        organisations,
        form,
        frame: desk.frame(frame, Section::Members),
    };
    html_with(status, &page)
}

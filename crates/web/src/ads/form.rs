//! Writing an ad: at once for an organisation of the instance, else by a mail that is confirmed.

use app::ads::{Stranger, ask_post, post};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ads::{AdText, Seen, Side, Unit, Work, split_words};
use domain::input::FieldRule;
use serde::Deserialize;
use words::Words;

use super::card::name;
use super::{CURRENCY, Visit, Who, refuse};
use crate::error::WebError;
use crate::extract::{Client, FormData};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Choice, Crumbs, Form, Frame, html_with};
use crate::limits::Attempt;
use crate::reading::{Reading, Refused, read_date};
use crate::state::AppState;

/// The fields of an ad, on whichever page.
#[derive(Template)]
#[template(path = "ads/fields.html")]
pub(super) struct Fields {
    t: Words,
    form: Form,
    works: Vec<Choice>,
    unit: String,
    units: Vec<(String, String)>,
    /// The side of an ad that is there already, which stays.
    side: Option<Side>,
}

impl askama::filters::HtmlSafe for Fields {}

impl Fields {
    pub(super) fn of(t: Words, form: &Form, side: Option<Side>) -> Self {
        let works = Work::ALL.iter().map(|work| form.checkbox("works", work.as_str(), name(t, *work)));
        let units = Unit::ALL.iter().map(|unit| {
            let unit = unit.as_str();
            (unit.to_owned(), t.ads_form_unit_of(unit))
        });
        Self {
            t,
            works: works.collect(),
            unit: t.currency_sign(CURRENCY),
            units: units.collect(),
            form: form.clone(),
            side,
        }
    }

    fn asks_request(&self) -> bool {
        self.side != Some(Side::Offer)
    }

    fn asks_offer(&self) -> bool {
        self.side != Some(Side::Request)
    }
}

/// What the form shows of an ad that is there.
pub(super) fn filled(t: Words, text: &AdText) -> FormData {
    let amount = |amount: Option<domain::Money>| {
        amount.map(|amount| t.money_field(amount, CURRENCY)).unwrap_or_default()
    };
    let mut fields = vec![
        ("side", text.side.as_str().to_owned()),
        ("title", text.title.clone()),
        ("body", text.body.clone()),
        ("software", text.software.join(", ")),
        ("skills", text.skills.join(", ")),
        ("region", text.region.clone()),
        ("least", amount(text.least)),
        ("most", amount(text.most)),
        ("unit", text.unit.as_str().to_owned()),
        ("deadline_on", text.deadline_on.map(|day| day.to_string()).unwrap_or_default()),
        ("licence", text.licence.clone()),
        ("availability", text.availability.clone()),
        ("references", text.references.clone()),
        ("seen", text.seen.as_str().to_owned()),
    ];
    fields.extend(text.works.iter().map(|work| ("works", work.as_str().to_owned())));
    if text.remote {
        fields.push(("remote", "yes".to_owned()));
    }
    FormData::of(fields)
}

/// The ad that was typed. What can't be read is noted; the rest stands, so that all that is wrong is said at once.
pub(super) fn read(data: &FormData, t: Words, side: Option<Side>) -> Result<AdText, Refused> {
    let mut reading = Reading::new(data, t, CURRENCY);
    let chosen = side.or_else(|| reading.choice("side", Side::parse));
    let (least, most) = (reading.optional_money("least"), reading.optional_money("most"));
    let unit = match data.filled("unit") {
        None => Unit::Whole,
        Some(_) => reading.choice("unit", Unit::parse).unwrap_or(Unit::Whole),
    };
    let seen = match data.filled("seen") {
        None => Seen::Everybody,
        Some(_) => reading.choice("seen", Seen::parse).unwrap_or(Seen::Everybody),
    };
    let works: Vec<Work> = data.all("works").filter_map(Work::parse).collect();
    if works.len() < data.all("works").count() {
        reading.breaks("works", &FieldRule::NotAChoice);
    }
    let deadline_on = data.filled("deadline_on").and_then(read_date);
    if deadline_on.is_none() && data.filled("deadline_on").is_some() {
        reading.breaks("deadline_on", &FieldRule::NotADate);
    }
    let typed = |field: &str| data.field(field).to_owned();
    let text = AdText {
        side: chosen.unwrap_or(Side::Request),
        title: typed("title"),
        body: typed("body"),
        works,
        software: split_words(data.field("software")),
        skills: split_words(data.field("skills")),
        region: typed("region"),
        remote: data.has("remote", "yes"),
        least,
        most,
        unit,
        deadline_on,
        licence: typed("licence"),
        availability: typed("availability"),
        references: typed("references"),
        seen,
    };
    if reading.problems.is_empty() {
        return Ok(text);
    }
    reading.also(text.cleaned(jiff::civil::Date::MIN).err().unwrap_or_default());
    Err(Refused::unreadable(reading.problems))
}

/// Who writes without an account, as typed.
pub(super) fn stranger(data: &FormData, t: Words) -> Stranger {
    let typed = |field: &str| data.field(field).to_owned();
    Stranger {
        organisation: typed("organisation"),
        name: typed("name"),
        email: typed("email"),
        locale: t.locale(),
    }
}

#[derive(Template)]
#[template(path = "ads/new.html")]
struct NewPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    fields: Fields,
    who: Who,
    acts: bool,
}

/// What the address proposes.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begins {
    #[serde(default)]
    side: String,
}

fn page(
    state: &AppState,
    visit: &Visit,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let (t, acts) = (frame.t, visit.acting_for.is_some());
    html_with(
        status,
        &NewPage {
            crumbs: Crumbs {
                t,
                above: vec![(state.paths.ads(), t.ads_title().to_owned())],
                here: t.ads_form_title().to_owned(),
            },
            fields: Fields::of(t, &form, None),
            who: Who { t, form: form.clone(), ask: !acts },
            form,
            acts,
            frame: visit.frame(frame),
        },
    )
}

async fn open(state: &AppState, frame: &Frame) -> Result<Visit, WebError> {
    let mut tx = state.context.db.read().await?;
    Visit::open(&mut tx, state, frame).await
}

/// `GET /ads/new`
pub(crate) async fn new(
    State(state): State<AppState>,
    frame: Frame,
    Query(begins): Query<Begins>,
) -> Result<Response, WebError> {
    let visit = open(&state, &frame).await?;
    let side = Side::parse(&begins.side).unwrap_or(Side::Request);
    let first = [("side", side.as_str()), ("seen", Seen::Everybody.as_str()), ("remote", "yes")];
    let form = frame.form(FormData::of(first));
    page(&state, &visit, frame, (StatusCode::OK, form))
}

/// `POST /ads/new`: posted at once, or a mail goes out and nothing else is made.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let visit = open(&state, &frame).await?;
    let t = frame.t;
    let acts = visit.acting_for.is_some();
    match acts {
        true => state.limits.check_network(Attempt::Write, client.0)?,
        false => state.limits.check(Attempt::Mail, data.field("email"), client.0)?,
    }
    let refusal = match read(&data, t, None) {
        Err(unreadable) => unreadable,
        Ok(text) if acts => match post(&state.context, visit.acting(&frame)?, text).await {
            Ok(number) => {
                let path = state.paths.ad(number);
                return see_other_saying(&path, &Flash::good(t.ads_posted()), &state.public_url);
            }
            Err(failure) => refuse(failure, t)?,
        },
        Ok(text) => match ask_post(&state.context, &stranger(&data, t), text).await {
            Ok(()) => {
                let said = Flash::good(t.ads_asked(data.field("email").trim()));
                return see_other_saying(&state.paths.ads(), &said, &state.public_url);
            }
            Err(failure) => refuse(failure, t)?,
        },
    };
    page(&state, &visit, frame, refusal.form(t, data))
}

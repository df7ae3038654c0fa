//! Writing an approach to a need, changing it, and saying where it stands.

use app::Failure;
use app::needs::{self as uses, Which};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::needs::{ApproachEnd, ApproachKind, ApproachState, ApproachText, NeedRefusal};
use domain::{Currency, Money};
use serde::Deserialize;
use serde_json::Value;
use store::Tx;
use store::needs::NeedRow;
use store::needs::approaches::ApproachRow;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::Both;
use crate::layout::changes::{Changes, amount, text};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "needs/approach.html")]
struct ApproachPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    both: Both,
    kinds: Vec<(String, String)>,
    unit: String,
    version: i64,
    /// Where one says where it stands, with the states that one chooses from.
    end: Option<(String, Vec<(String, String)>)>,
    changes: Option<Changes>,
}

/// Everything that the page is made from.
struct Sheet {
    desk: Desk,
    need: NeedRow,
    row: Option<ApproachRow>,
    changes: Option<Changes>,
}

impl Sheet {
    async fn open(
        state: &AppState,
        frame: &Frame,
        (slug, number, approach): (&str, i64, Option<i64>),
    ) -> Result<Self, WebError> {
        if frame.person().is_none() {
            return Err(WebError::SignIn);
        }
        let mut tx = state.context.db.read().await?;
        let (desk, need) = super::open(state, &mut tx, frame, (slug, number)).await?;
        if !desk.may(Action::WriteNeed, None) {
            return Err(WebError::Forbidden);
        }
        let row = match approach {
            Some(approach) => {
                let row = store::needs::approaches::by_number(&mut tx, need.id, approach).await?;
                Some(row.ok_or(WebError::NotFound)?)
            }
            None => None,
        };
        let changes = changes(&mut tx, frame.t, &desk, row.as_ref()).await?;
        Ok(Self { desk, need, row, changes })
    }

    fn which(&self) -> Which {
        Which { collective: self.need.collective, number: self.need.number }
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        (status, form): (StatusCode, Form),
    ) -> Result<Response, WebError> {
        let (t, slug) = (frame.t, self.desk.slug().to_owned());
        let need = state.paths.one(&slug, "needs", self.need.number);
        let heading = match &self.row {
            Some(row) => t.needs_approach_one(row.number),
            None => t.needs_approach_new().to_owned(),
        };
        let conflict = status == StatusCode::CONFLICT;
        let both = match &self.row {
            Some(row) if conflict => {
                let shown = fields(t, self.desk.currency(), &row.text());
                let differ = shown.into_iter().filter(|(name, stored)| form.data().field(name) != stored);
                Both::of(t, differ.filter_map(|(name, stored)| Some((label(t, name)?.to_owned(), stored))))
            }
            _ => Both::none(t),
        };
        let seen = form.data().filled("version").filter(|_| !conflict).and_then(|seen| seen.parse().ok());
        html_with(
            status,
            &ApproachPage {
                crumbs: Crumbs {
                    t,
                    above: vec![
                        (state.paths.of(&slug, "needs"), t.needs_title().to_owned()),
                        (need, t.typography(&self.need.title).into_owned()),
                    ],
                    here: heading.clone(),
                },
                heading,
                both,
                kinds: ApproachKind::ALL
                    .iter()
                    .map(|kind| (kind.as_str().to_owned(), t.needs_approach_kind(kind.as_str())))
                    .collect(),
                unit: t.currency_sign(self.desk.currency()),
                version: seen.unwrap_or_else(|| self.row.as_ref().map_or(0, |row| row.version)),
                end: self.row.as_ref().map(|row| {
                    let here = state.paths.act(&slug, "needs", self.need.number, "approaches", row.number);
                    (format!("{here}/end"), states(t))
                }),
                changes: self.changes,
                form,
                frame: self.desk.frame(frame, Section::Needs),
            },
        )
    }
}

fn states(t: Words) -> Vec<(String, String)> {
    let one = |state: &ApproachState| (state.as_str().to_owned(), t.needs_approach_state(state.as_str()));
    ApproachState::ALL.iter().map(one).collect()
}

async fn changes(
    tx: &mut Tx,
    t: Words,
    desk: &Desk,
    row: Option<&ApproachRow>,
) -> Result<Option<Changes>, WebError> {
    let Some(row) = row else { return Ok(None) };
    let found = uses::approaches::changes(tx, row).await?;
    Changes::of(tx, t, desk, &found, |field, value| worded(t, desk.currency(), field, value)).await
}

fn worded(t: Words, currency: Currency, field: &str, value: &Value) -> Option<(String, String)> {
    let told = match field {
        "kind" => t.needs_approach_kind(text(value)),
        "price_from" | "price_to" if value.is_null() => String::new(),
        "price_from" | "price_to" => amount(t, currency, value),
        _ => text(value),
    };
    Some((label(t, field)?.to_owned(), told))
}

fn label(t: Words, field: &str) -> Option<&'static str> {
    Some(match field {
        "kind" => t.needs_approach_kind_label(),
        "title" => t.needs_approach_title(),
        "body" => t.needs_approach_body(),
        "url" => t.needs_approach_url(),
        "known_by" => t.needs_approach_known_by(),
        "price_from" => t.needs_approach_price_from(),
        "price_to" => t.needs_approach_price_to(),
        "maintained_by" => t.needs_approach_maintained_by(),
        _ => return None,
    })
}

fn fields(t: Words, currency: Currency, text: &ApproachText) -> Vec<(&'static str, String)> {
    let money =
        |amount: Option<Money>| amount.map(|amount| t.money_field(amount, currency)).unwrap_or_default();
    vec![
        ("kind", text.kind.as_str().to_owned()),
        ("title", text.title.clone()),
        ("body", text.body.clone()),
        ("url", text.url.clone()),
        ("known_by", text.known_by.clone()),
        ("price_from", money(text.price.map(|(from, _)| from))),
        ("price_to", money(text.price.map(|(_, to)| to))),
        ("maintained_by", text.maintained_by.clone()),
    ]
}

/// What the form shows of an approach that is stored.
fn stored(t: Words, currency: Currency, row: &ApproachRow) -> FormData {
    let mut fields = fields(t, currency, &row.text());
    fields.push(("state", row.state.as_str().to_owned()));
    fields.push(("reason", row.state_reason.clone()));
    fields.push(("evidence", row.evidence.clone()));
    FormData::of(fields)
}

fn read(reading: &mut Reading<'_>) -> ApproachText {
    let kind = reading.choice("kind", ApproachKind::parse).unwrap_or(ApproachKind::Wait);
    let (from, to) = (reading.optional_money("price_from"), reading.optional_money("price_to"));
    let text = |field: &str| reading.data().field(field).to_owned();
    ApproachText {
        kind,
        title: text("title"),
        body: text("body"),
        url: text("url"),
        known_by: text("known_by"),
        // A single amount is both.
        price: from.or(to).zip(to.or(from)),
        maintained_by: text("maintained_by"),
    }
}

/// What the form of an approach begins with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begins {
    /// By which way.
    #[serde(default)]
    kind: String,
}

/// `GET /c/{collective}/needs/{number}/approaches/new`
pub(crate) async fn show_new(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    Query(begins): Query<Begins>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, (&slug, number, None)).await?;
    let form = frame.form(FormData::of([("kind", begins.kind)]));
    sheet.page(&state, frame, (StatusCode::OK, form))
}

/// `GET /c/{collective}/needs/{number}/approaches/{approach}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, approach)): Path<(String, i64, i64)>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, (&slug, number, Some(approach))).await?;
    let first = sheet.row.as_ref().map(|row| stored(frame.t, sheet.desk.currency(), row));
    let form = frame.form(first.unwrap_or_else(|| FormData::of([("kind", "")])));
    sheet.page(&state, frame, (StatusCode::OK, form))
}

/// `POST /c/{collective}/needs/{number}/approaches/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    write(state, frame, (&slug, number, None), data).await
}

/// `POST /c/{collective}/needs/{number}/approaches/{approach}`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, approach)): Path<(String, i64, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    write(state, frame, (&slug, number, Some(approach)), data).await
}

async fn write(
    state: AppState,
    frame: Frame,
    at: (&str, i64, Option<i64>),
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, at).await?;
    let (t, currency) = (frame.t, sheet.desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let text = read(&mut reading);
    if !reading.problems.is_empty() {
        reading.also(text.cleaned().err().unwrap_or_default());
        let refusal = Refused::unreadable(reading.problems);
        return refuse(sheet, &state, frame, (refusal, data));
    }
    let (acting, which) = (sheet.desk.acting(&frame)?, sheet.which());
    let done = match at.2 {
        None => uses::add_approach(&state.context, acting, which, text).await,
        Some(approach) => {
            let seen = data.field("version").parse().unwrap_or(0);
            uses::edit_approach(&state.context, acting, which, (approach, seen), text)
                .await
                .map(|()| approach)
        }
    };
    match done {
        Ok(approach) => back(&state, at, approach, t.needs_approach_saved()),
        Err(failure) => {
            let refusal = said(failure, t, currency, "title")?;
            refuse(sheet, &state, frame, (refusal, data))
        }
    }
}

/// `POST /c/{collective}/needs/{number}/approaches/{approach}/end`: where it stands from now on.
pub(crate) async fn end(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, approach)): Path<(String, i64, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let at = (slug.as_str(), number, Some(approach));
    let sheet = Sheet::open(&state, &frame, at).await?;
    let (t, currency) = (frame.t, sheet.desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let Some(to) = reading.choice("state", ApproachState::parse) else {
        let refusal = Refused::unreadable(reading.problems);
        return refuse(sheet, &state, frame, (refusal, data));
    };
    let end = ApproachEnd {
        state: to,
        reason: data.field("reason").to_owned(),
        evidence: data.field("evidence").lines().map(str::to_owned).collect(),
    };
    let (acting, which) = (sheet.desk.acting(&frame)?, sheet.which());
    match uses::end_approach(&state.context, acting, which, approach, end).await {
        Ok(()) => back(&state, at, approach, t.needs_approach_ended()),
        Err(failure) => {
            let refusal = said(failure, t, currency, "state")?;
            refuse(sheet, &state, frame, (refusal, data))
        }
    }
}

fn said(
    failure: Failure<NeedRefusal>,
    t: Words,
    currency: Currency,
    field: &str,
) -> Result<Refused, WebError> {
    refused(failure, t, currency, |why| (field.to_owned(), t.need_refusal(why)))
}

/// The page again; what the form that was refused doesn't send is shown as it is stored.
fn refuse(
    sheet: Sheet,
    state: &AppState,
    frame: Frame,
    (refusal, data): (Refused, FormData),
) -> Result<Response, WebError> {
    let (t, currency) = (frame.t, sheet.desk.currency());
    let data = match &sheet.row {
        Some(row) => data.or(stored(t, currency, row)),
        None => data,
    };
    let answer = refusal.form(t, data);
    sheet.page(state, frame, answer)
}

fn back(
    state: &AppState,
    (slug, number, _): (&str, i64, Option<i64>),
    approach: i64,
    said: &'static str,
) -> Result<Response, WebError> {
    let path = format!("{}#approach-{approach}", state.paths.one(slug, "needs", number));
    see_other_saying(&path, &Flash::good(said), &state.public_url)
}

//! Writing a need, and changing it.

use app::Failure;
use app::needs::{self as uses, NewNeed};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::needs::{NeedRefusal, NeedState, NeedText};
use serde::Deserialize;
use store::Tx;
use store::needs::NeedRow;
use words::Words;

use super::acts::read_support;
use super::alike::{Alike, alike};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::Both;
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::{Desk, Place, key_of, recorded_at};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Software named as examples.
const EXAMPLES: i64 = 6;

#[derive(Template)]
#[template(path = "needs/form.html")]
struct FormPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: &'static str,
    lead: &'static str,
    both: Both,
    key: String,
    version: i64,
    is_new: bool,
    software_hint: String,
    /// Needs like this one, shown before it is kept.
    alike: Vec<Alike>,
    similar_href: String,
    strengths: Vec<(String, String)>,
    helps: Vec<(&'static str, String)>,
    /// Whether the visitor may say what their organisation would put.
    intends: bool,
    unit: String,
}

/// Everything that the form is made from.
struct Sheet {
    desk: Desk,
    software: Vec<String>,
    stored: Option<(NeedRow, NeedText)>,
}

impl Sheet {
    async fn open(
        state: &AppState,
        tx: &mut Tx,
        frame: &Frame,
        slug: &str,
        number: Option<i64>,
    ) -> Result<Self, WebError> {
        let place = Place::find(state, slug).await?;
        let desk = Desk::signed_in(tx, place, frame).await?;
        let collective = desk.place.collective.id;
        let software = store::software::ranked(tx, collective, EXAMPLES, 0).await?;
        let software = software.into_iter().map(|software| software.name).collect();
        let stored = match number {
            None if !desk.may(Action::WriteNeed, None) => return Err(WebError::Forbidden),
            None => None,
            Some(number) => {
                let need = super::shown(tx, &desk, number).await?;
                if !desk.may(Action::EditNeed, need.organisation) {
                    return Err(WebError::Forbidden);
                }
                let text = uses::text_of(tx, &need).await?;
                Some((need, text))
            }
        };
        Ok(Self { desk, software, stored })
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        status: StatusCode,
        form: Form,
    ) -> Result<Response, WebError> {
        self.page_beside(state, frame, status, form, Vec::new())
    }

    /// The same with needs that are like it.
    fn page_beside(
        self,
        state: &AppState,
        frame: Frame,
        status: StatusCode,
        form: Form,
        alike: Vec<Alike>,
    ) -> Result<Response, WebError> {
        let (t, slug) = (frame.t, self.desk.slug().to_owned());
        let mut above = vec![(state.paths.of(&slug, "needs"), t.needs_title().to_owned())];
        if let Some((need, _)) = &self.stored {
            let title = t.typography(&need.title).into_owned();
            above.push((state.paths.one(&slug, "needs", need.number), title));
        }
        let is_new = self.stored.is_none();
        let heading = if is_new { t.needs_new() } else { t.needs_edit() };
        let conflict = status == StatusCode::CONFLICT;
        let both = match &self.stored {
            Some((_, stored)) if conflict => Both::of(t, differences(t, stored, form.data())),
            _ => Both::none(t),
        };
        // Whoever saves after having seen both means the newest.
        let seen = form.data().filled("version").filter(|_| !conflict).and_then(|seen| seen.parse().ok());
        let version = seen.unwrap_or_else(|| self.stored.as_ref().map_or(0, |(need, _)| need.version));
        html_with(
            status,
            &FormPage {
                crumbs: Crumbs { t, above, here: heading.to_owned() },
                heading,
                lead: if is_new { t.needs_form_lead() } else { t.needs_form_edit_lead() },
                both,
                similar_href: state.paths.one(&slug, "needs", "similar"),
                alike,
                key: key_of(state, &form),
                version,
                is_new,
                software_hint: match self.software.is_empty() {
                    true => t.needs_form_software_hint().to_owned(),
                    false => t.needs_form_software_examples(self.software.join(", ")),
                },
                strengths: strengths(t),
                helps: helps(t),
                intends: self.desk.may(Action::IntendAmount, None),
                unit: t.currency_sign(self.desk.currency()),
                form,
                frame: self.desk.frame(frame, Section::Needs),
            },
        )
    }

    /// The form of a need that went into another while somebody changed it: what they typed, and what the other says.
    async fn moved(mut self, state: &AppState, frame: Frame, data: FormData) -> Result<Response, WebError> {
        let (need, _) = self.stored.take().ok_or(WebError::NotFound)?;
        let mut tx = state.context.db.read().await?;
        let end = store::needs::merging::end_of(&mut tx, need.id).await?;
        let target = store::needs::get(&mut tx, end).await?.ok_or(WebError::NotFound)?;
        let text = uses::text_of(&mut tx, &target).await?;
        drop(tx);
        let t = frame.t;
        let mut problems = Problems::default();
        problems.add("title", t.merging_while_editing(t.typography(&target.title)));
        self.stored = Some((target, text));
        self.page(state, frame, StatusCode::CONFLICT, Form::refused(t, data, problems))
    }
}

/// The strengths that one chooses from.
pub(super) fn strengths(t: Words) -> Vec<(String, String)> {
    (1..=5)
        .map(|strength: i64| (strength.to_string(), t.needs_strength_name(format!("s{strength}"))))
        .collect()
}

/// What one could do instead of paying.
pub(super) fn helps(t: Words) -> Vec<(&'static str, String)> {
    domain::needs::Help::ALL.iter().map(|help| (help.as_str(), t.needs_help(help.as_str()))).collect()
}

/// What is stored and differs from what was typed.
fn differences(t: Words, stored: &NeedText, data: &FormData) -> Vec<(String, String)> {
    let links = stored.links.join("\n");
    let told = [
        (t.needs_form_title(), "title", &stored.title),
        (t.needs_form_software(), "software", &stored.software),
        (t.needs_form_why(), "why", &stored.why),
        (t.needs_form_links(), "links", &links),
        (t.needs_form_discussion(), "discussion_url", &stored.discussion_url),
    ];
    let differ = told.into_iter().filter(|(_, field, stored)| data.field(field) != stored.as_str());
    differ.map(|(label, _, stored)| (label.to_owned(), stored.clone())).collect()
}

fn fields(text: &NeedText) -> Vec<(&'static str, String)> {
    vec![
        ("title", text.title.clone()),
        ("software", text.software.clone()),
        ("why", text.why.clone()),
        ("links", text.links.join("\n")),
        ("discussion_url", text.discussion_url.clone()),
    ]
}

fn read(data: &FormData) -> NeedText {
    let text = |field| data.field(field).to_owned();
    NeedText {
        title: text("title"),
        why: text("why"),
        software: text("software"),
        discussion_url: text("discussion_url"),
        links: data.field("links").lines().map(str::to_owned).collect(),
    }
}

/// What the form of a need begins with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begins {
    /// The name of its software in addresses.
    #[serde(default)]
    software: String,
}

/// `GET /c/{collective}/needs/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(begins): Query<Begins>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let sheet = Sheet::open(&state, &mut tx, &frame, &slug, None).await?;
    let about = store::software::by_slug(&mut tx, sheet.desk.place.collective.id, &begins.software).await?;
    drop(tx);
    let software = about.map(|row| row.name).unwrap_or_default();
    let form = frame.form(FormData::of([("software", software), ("strength", "3".to_owned())]));
    sheet.page(&state, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/needs/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let mut tx = state.context.db.read().await?;
    let sheet = Sheet::open(&state, &mut tx, &frame, &slug, None).await?;
    drop(tx);
    let (t, currency, key) = (frame.t, sheet.desk.currency(), data.key());
    let mut reading = Reading::new(&data, t, currency);
    let support = read_support(&mut reading);
    let text = read(&data);
    // What was sent before is answered as it was, not compared with itself.
    let sender = app::Acting { key: key.clone(), ..sheet.desk.acting(&frame)? };
    if reading.problems.is_empty()
        && data.field("alike") != "seen"
        && let Ok(text) = text.clone().cleaned()
        && recorded_at(&state, &sheet.desk, &sender, "needs").await?.is_none()
    {
        let mut tx = state.context.db.read().await?;
        let (alike, asks) = alike(&state, &mut tx, &frame, &sheet.desk, &text).await?;
        drop(tx);
        if asks {
            return sheet.page_beside(&state, frame, StatusCode::OK, Form::new(t, data), alike);
        }
    }
    let refusal = if reading.problems.is_empty() {
        let acting = app::Acting { key: key.clone(), ..sheet.desk.acting(&frame)? };
        let collective = sheet.desk.place.collective.id;
        match uses::write(&state.context, acting, collective, NewNeed { text, support }).await {
            Ok(written) => {
                let path = state.paths.one(&slug, "needs", written.number);
                return see_other_saying(&path, &Flash::good(t.needs_written()), &state.public_url);
            }
            Err(failure) => refused(failure, t, currency, |why| said(t, why))?,
        }
    } else {
        // All that is wrong is said at once.
        reading.also(text.cleaned().err().unwrap_or_default());
        Refused::unreadable(reading.problems)
    };
    let earlier = refusal.earlier(&state, &sheet.desk, &frame, key, "needs").await?;
    let (status, form) = refusal.form(t, data);
    sheet.page(&state, frame, status, form.recorded_at(earlier))
}

/// `GET /c/{collective}/needs/{number}/edit`
pub(crate) async fn edit(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let sheet = Sheet::open(&state, &mut tx, &frame, &slug, Some(number)).await?;
    drop(tx);
    let first = sheet.stored.as_ref().map(|(_, text)| fields(text)).unwrap_or_default();
    let form = frame.form(FormData::of(first));
    sheet.page(&state, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/needs/{number}/edit`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let mut tx = state.context.db.read().await?;
    let sheet = Sheet::open(&state, &mut tx, &frame, &slug, Some(number)).await?;
    drop(tx);
    let (t, currency, acting) = (frame.t, sheet.desk.currency(), sheet.desk.acting(&frame)?);
    let which = uses::Which { collective: sheet.desk.place.collective.id, number };
    let seen = data.field("version").parse().unwrap_or(0);
    match uses::edit(&state.context, acting, which, seen, read(&data)).await {
        Ok(()) => {
            let path = state.paths.one(&slug, "needs", number);
            see_other_saying(&path, &Flash::good(t.common_saved()), &state.public_url)
        }
        Err(Failure::Refused(NeedRefusal::NotLive(NeedState::Merged))) => {
            sheet.moved(&state, frame, data).await
        }
        Err(failure) => {
            let (status, form) = refused(failure, t, currency, |why| said(t, why))?.form(t, data);
            sheet.page(&state, frame, status, form)
        }
    }
}

/// Where the refusal of a need is shown, and its sentence.
fn said(t: Words, refusal: &NeedRefusal) -> (String, String) {
    ("title".to_owned(), t.need_refusal(refusal))
}

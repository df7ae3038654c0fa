//! Entering a software, and changing what is said of it.

use app::software as uses;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::software::{Entry, SoftwareRefusal};
use store::software::SoftwareRow;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::Both;
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::refused;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "software/form.html")]
struct FormPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: &'static str,
    both: Both,
    version: i64,
    /// Whether it is a new one.
    is_new: bool,
}

/// Everything that the form is made from.
struct Sheet {
    desk: Desk,
    stored: Option<SoftwareRow>,
}

impl Sheet {
    async fn open(
        state: &AppState,
        frame: &Frame,
        slug: &str,
        software: Option<&str>,
    ) -> Result<Self, WebError> {
        let place = Place::find(state, slug).await?;
        let mut tx = state.context.db.read().await?;
        let desk = Desk::signed_in(&mut tx, place, frame).await?;
        let stored = match software {
            None => None,
            Some(software) => {
                let row = store::software::by_slug(&mut tx, desk.place.collective.id, software).await?;
                Some(row.ok_or(WebError::NotFound)?)
            }
        };
        if desk.may(Action::DescribeSoftware, None) {
            Ok(Self { desk, stored })
        } else {
            Err(WebError::Forbidden)
        }
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        status: StatusCode,
        form: Form,
    ) -> Result<Response, WebError> {
        let (t, slug) = (frame.t, self.desk.slug().to_owned());
        let mut above = vec![(state.paths.of(&slug, "software"), t.software_title().to_owned())];
        if let Some(row) = &self.stored {
            above.push((state.paths.one(&slug, "software", &row.slug), t.typography(&row.name).into_owned()));
        }
        let heading = if self.stored.is_some() { t.software_edit() } else { t.software_new() };
        let conflict = status == StatusCode::CONFLICT;
        let seen = form.data().filled("version").filter(|_| !conflict).and_then(|seen| seen.parse().ok());
        let version = seen.unwrap_or_else(|| self.stored.as_ref().map_or(0, |row| row.version));
        let both = match (&self.stored, conflict) {
            (Some(row), true) => Both::of(t, differences(t, row, form.data())),
            _ => Both::none(t),
        };
        html_with(
            status,
            &FormPage {
                crumbs: Crumbs { t, above, here: heading.to_owned() },
                heading,
                both,
                version,
                is_new: self.stored.is_none(),
                form,
                frame: self.desk.frame(frame, Section::Software),
            },
        )
    }
}

/// What is stored and differs from what was typed.
fn differences(t: Words, row: &SoftwareRow, data: &FormData) -> Vec<(String, String)> {
    let told = [
        ("name", t.software_name(), &row.name),
        ("website", t.software_website(), &row.website),
        ("repository", t.software_repository(), &row.repository),
        ("licence", t.software_licence(), &row.licence),
        ("description", t.software_description(), &row.description),
        ("roadmap", t.software_roadmap(), &row.roadmap),
        ("funding", t.software_funding(), &row.funding),
        ("maintainers", t.software_maintainers(), &row.maintainers),
        ("opted_out_url", t.software_opted_out_url(), &row.opted_out_url),
    ];
    let differ = told.into_iter().filter(|(field, _, stored)| data.field(field) != stored.as_str());
    differ.map(|(_, label, stored)| (label.to_owned(), stored.clone())).collect()
}

fn fields(entry: &Entry) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("name", entry.name.clone()),
        ("website", entry.website.clone()),
        ("repository", entry.repository.clone()),
        ("licence", entry.licence.clone()),
        ("description", entry.description.clone()),
        ("roadmap", entry.roadmap.clone()),
        ("funding", entry.funding.clone()),
        ("maintainers", entry.maintainers.clone()),
        ("opted_out_url", entry.opted_out_url.clone()),
    ];
    if entry.opted_out {
        fields.push(("opted_out", "yes".to_owned()));
    }
    fields
}

fn read(data: &FormData) -> Entry {
    let text = |field| data.field(field).to_owned();
    Entry {
        name: text("name"),
        website: text("website"),
        repository: text("repository"),
        licence: text("licence"),
        description: text("description"),
        roadmap: text("roadmap"),
        funding: text("funding"),
        maintainers: text("maintainers"),
        opted_out: data.has("opted_out", "yes"),
        opted_out_url: text("opted_out_url"),
    }
}

/// `GET /c/{collective}/software/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, None).await?;
    let form = frame.form(FormData::of(Vec::<(String, String)>::new()));
    sheet.page(&state, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/software/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    write(state, frame, &slug, None, data).await
}

/// `GET /c/{collective}/software/{software}/edit`
pub(crate) async fn edit(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, Some(&software)).await?;
    let first = sheet.stored.as_ref().map(|row| fields(&row.entry())).unwrap_or_default();
    let form = frame.form(FormData::of(first));
    sheet.page(&state, frame, StatusCode::OK, form)
}

/// `POST /c/{collective}/software/{software}/edit`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, software)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    write(state, frame, &slug, Some(&software), data).await
}

async fn write(
    state: AppState,
    frame: Frame,
    slug: &str,
    software: Option<&str>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, slug, software).await?;
    let (t, currency, collective) = (frame.t, sheet.desk.currency(), sheet.desk.place.collective.id);
    let acting = sheet.desk.acting(&frame)?;
    let done = match &sheet.stored {
        None => uses::enter(&state.context, acting, collective, read(&data)).await,
        Some(row) => {
            let seen = data.field("version").parse().unwrap_or(0);
            uses::describe(&state.context, acting, collective, (row.id, seen), read(&data)).await
        }
    };
    match done {
        Ok(named) => {
            let path = state.paths.one(slug, "software", named);
            see_other_saying(&path, &Flash::good(t.common_saved()), &state.public_url)
        }
        Err(failure) => {
            let say = |why: &SoftwareRefusal| {
                let field = if *why == SoftwareRefusal::StewardLifts { "opted_out" } else { "name" };
                (field.to_owned(), t.software_refusal(why).to_owned())
            };
            let (status, form) = refused(failure, t, currency, say)?.form(t, data);
            sheet.page(&state, frame, status, form)
        }
    }
}

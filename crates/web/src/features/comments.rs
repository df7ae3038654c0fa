//! Comments on a feature or a need: written on its page, and each on a page of its own, where its author changes it or takes it back
//! and stewards hide it.

use app::Failure;
use app::comments::{self, On, Told, Which, one, reader};
use app::revisions::Change;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::comments::CommentRefusal;
use store::Tx;
use store::comments::CommentRow;
use words::Words;

use super::acts::Act;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::changes::{Changes, text};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::markdown::render_markdown;
use crate::place::{Desk, Place};
use crate::reading::refused;
use crate::state::AppState;

/// Comments that the page of a feature shows at a time.
pub(super) const PAGE: i64 = 20;

/// Who wrote a comment: the organisation, and for members the person.
pub(super) fn author(t: Words, desk: &Desk, row: &CommentRow) -> String {
    let organisation = row.organisation_name.as_deref().map(|name| t.typography(name).into_owned());
    match organisation {
        Some(organisation) if desk.is_member() => {
            t.comments_by(organisation, t.person(row.author_name.as_str()))
        }
        Some(organisation) => organisation,
        None => String::new(),
    }
}

/// What is said in place of the text of a comment that is hidden.
pub(super) fn hidden(t: Words, row: &CommentRow) -> Option<String> {
    row.hidden_at?;
    let reason = t.typography(&row.hidden_reason);
    Some(match (row.hidden_by == Some(row.author), reason.is_empty()) {
        (true, true) => t.comments_hidden_self().to_owned(),
        (true, false) => t.comments_hidden_self_why(reason),
        (false, _) => t.comments_hidden(reason),
    })
}

/// `POST /c/{collective}/features/{number}/comments`
pub(crate) async fn post(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame.acting_as_said_in(&data)?, &slug, number).await?;
    let (t, currency, collective) = (act.t(), act.currency, act.place.collective.id);
    let acting = app::Acting { key: data.filled("key").map(str::to_owned), ..act.acting.clone() };
    match comments::post(&act.state.context, acting, collective, act.id(), data.field("body")).await {
        Ok(comment) => posted(&act.state, t, (&slug, FEATURES, number, comment)),
        Err(failure) => {
            let say = |why: &CommentRefusal| ("body".to_owned(), t.comment_refusal(*why).to_owned());
            let refusal = refused(failure, t, currency, say)?;
            act.refuse(refusal, data).await
        }
    }
}

/// `POST /c/{collective}/needs/{number}/comments`
pub(crate) async fn post_on_need(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::signed_in(&mut tx, place, &frame).await?;
    let subject = Subject::find(&mut tx, &desk, (NEEDS, number)).await?;
    drop(tx);
    let (t, currency, collective) = (frame.t, desk.currency(), desk.place.collective.id);
    let acting = app::Acting { key: data.key(), ..desk.acting(&frame)? };
    match comments::post(&state.context, acting, collective, subject.on, data.field("body")).await {
        Ok(comment) => posted(&state, t, (&slug, NEEDS, number, comment)),
        Err(failure) => {
            let say = |why: &CommentRefusal| ("body".to_owned(), t.comment_refusal(*why).to_owned());
            let refusal = refused(failure, t, currency, say)?;
            crate::needs::again(&state, frame, (&slug, number), refusal, data).await
        }
    }
}

/// Back to the part of the discussion in which a comment stands that was just written.
fn posted(state: &AppState, t: Words, (slug, part, number, comment): At<'_>) -> Result<Response, WebError> {
    let page = state.paths.one(slug, part, number);
    let query = match (comment - 1) / PAGE * PAGE {
        0 => String::new(),
        after => format!("?after={after}"),
    };
    let path = format!("{page}{query}#comment-{comment}");
    see_other_saying(&path, &Flash::good(t.comments_posted()), &state.public_url)
}

#[derive(Template)]
#[template(path = "features/comment.html")]
struct CommentPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    by: String,
    when: String,
    edited: Option<String>,
    /// Safe HTML; nothing where the visitor doesn't read it.
    body: Option<String>,
    /// What is said where it is hidden.
    hidden: Option<String>,
    /// Where its author changes it.
    edit: Option<String>,
    version: i64,
    /// Where it is hidden, and whether that asks for a reason.
    hide: Option<(String, bool)>,
    show: Option<String>,
    changes: Option<Changes>,
    back_href: String,
}

/// What comments are on.
struct Subject {
    on: On,
    title: String,
    /// Its list, and its number there.
    part: &'static str,
    number: i64,
    section: Section,
}

impl Subject {
    /// The one of that number in a list. Errors: [`WebError::NotFound`].
    async fn find(tx: &mut Tx, desk: &Desk, (part, number): (&'static str, i64)) -> Result<Self, WebError> {
        let collective = desk.place.collective.id;
        if part == NEEDS {
            let need = store::needs::by_number(tx, collective, number).await?;
            let need = need.filter(|need| need.state.is_shown()).ok_or(WebError::NotFound)?;
            return Ok(Self { on: need.id.into(), title: need.title, part, number, section: Section::Needs });
        }
        let feature = store::features::by_number(tx, collective, number).await?;
        let feature = feature.ok_or(WebError::NotFound)?;
        Ok(Self { on: feature.id.into(), title: feature.title, part, number, section: Section::Features })
    }
}

/// The lists of things that are commented on.
const FEATURES: &str = "features";
const NEEDS: &str = "needs";

/// A comment as a visitor sees it.
struct Sheet {
    desk: Desk,
    subject: Subject,
    told: Told,
    changes: Vec<Change>,
}

impl Sheet {
    async fn open(
        state: &AppState,
        frame: &Frame,
        (slug, part, number, comment): At<'_>,
    ) -> Result<Self, WebError> {
        let place = Place::find(state, slug).await?;
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, frame).await?;
        let subject = Subject::find(&mut tx, &desk, (part, number)).await?;
        let reader = reader(desk.standing.as_ref(), desk.acting_for);
        let found = one(&mut tx, subject.on, comment, reader.as_ref()).await?;
        let (told, changes) = found.ok_or(WebError::NotFound)?;
        Ok(Self { desk, subject, told, changes })
    }

    async fn page(
        self,
        state: &AppState,
        frame: Frame,
        (status, form): (StatusCode, Form),
    ) -> Result<Response, WebError> {
        let Self { desk, subject, told: Told { row, may }, changes } = self;
        let (t, slug) = (frame.t, desk.slug().to_owned());
        let mut tx = state.context.db.read().await?;
        let label = t.comments_text();
        let changes = Changes::of(&mut tx, t, &desk, &changes, |field, value| {
            (field == "body").then(|| (label.to_owned(), text(value)))
        })
        .await?;
        drop(tx);
        let here = state.paths.act(&slug, subject.part, subject.number, "comments", row.number);
        let subject_href = state.paths.one(&slug, subject.part, subject.number);
        let collective = &desk.place.collective;
        let back_href = format!("{subject_href}#discussion");
        html_with(
            status,
            &CommentPage {
                crumbs: Crumbs {
                    t,
                    above: vec![
                        (subject_href, t.typography(&subject.title).into_owned()),
                        (back_href.clone(), t.comments_title().to_owned()),
                    ],
                    here: t.comments_one(row.number),
                },
                heading: t.comments_one(row.number),
                by: author(t, &desk, &row),
                when: t.instant(row.created_at, &collective.time_zone()),
                edited: row.edited_at.map(|at| t.comments_edited(t.date(collective.day(at)))),
                body: (!row.body.is_empty()).then(|| render_markdown(&row.body, t, &state.paths)),
                hidden: hidden(t, &row),
                edit: may.edit.then(|| here.clone()),
                version: row.version,
                hide: may.hide.then(|| (format!("{here}/hide"), may.reason)),
                show: may.show.then(|| format!("{here}/show")),
                changes,
                back_href,
                form,
                frame: desk.frame(frame, subject.section),
            },
        )
    }
}

/// What the form first shows.
fn first(told: &Told) -> FormData {
    FormData::of([("body", told.row.body.clone())])
}

/// The collective, the list, the number there, the number of the comment.
type At<'a> = (&'a str, &'static str, i64, i64);

async fn see(state: &AppState, frame: Frame, at: At<'_>) -> Result<Response, WebError> {
    let sheet = Sheet::open(state, &frame, at).await?;
    let form = frame.form(first(&sheet.told));
    sheet.page(state, frame, (StatusCode::OK, form)).await
}

/// `GET /c/{collective}/features/{number}/comments/{comment}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment)): Path<(String, i64, i64)>,
) -> Result<Response, WebError> {
    see(&state, frame, (&slug, FEATURES, number, comment)).await
}

/// `GET /c/{collective}/needs/{number}/comments/{comment}`
pub(crate) async fn show_of_need(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment)): Path<(String, i64, i64)>,
) -> Result<Response, WebError> {
    see(&state, frame, (&slug, NEEDS, number, comment)).await
}

/// `POST /c/{collective}/features/{number}/comments/{comment}`: its author changes it.
pub(crate) async fn edit(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment)): Path<(String, i64, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    act(state, frame, (&slug, FEATURES, number, comment), "edit", data).await
}

/// `POST /c/{collective}/needs/{number}/comments/{comment}`: its author changes it.
pub(crate) async fn edit_of_need(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment)): Path<(String, i64, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    act(state, frame, (&slug, NEEDS, number, comment), "edit", data).await
}

/// `POST /c/{collective}/features/{number}/comments/{comment}/{act}`: it is hidden, or shown again.
pub(crate) async fn moderate(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment, what)): Path<(String, i64, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    moderated(state, frame, (&slug, FEATURES, number, comment), &what, data).await
}

/// `POST /c/{collective}/needs/{number}/comments/{comment}/{act}`: it is hidden, or shown again.
pub(crate) async fn moderate_of_need(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment, what)): Path<(String, i64, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    moderated(state, frame, (&slug, NEEDS, number, comment), &what, data).await
}

async fn moderated(
    state: AppState,
    frame: Frame,
    at: At<'_>,
    what: &str,
    data: FormData,
) -> Result<Response, WebError> {
    if !["hide", "show"].contains(&what) {
        return Err(WebError::NotFound);
    }
    act(state, frame, at, what, data).await
}

async fn act(
    state: AppState,
    frame: Frame,
    (slug, part, number, comment): At<'_>,
    what: &str,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, (slug, part, number, comment)).await?;
    let (t, currency, context) = (frame.t, sheet.desk.currency(), &state.context);
    let acting = sheet.desk.acting(&frame)?;
    let which = Which { collective: sheet.desk.place.collective.id, on: sheet.subject.on, number: comment };
    let (done, said): (Result<(), Failure<CommentRefusal>>, _) = match what {
        "hide" => {
            (comments::hide(context, acting, which, data.field("reason")).await, t.comments_hide_done())
        }
        "show" => (comments::show(context, acting, which).await, t.comments_show_done()),
        _ => {
            let seen = data.field("version").parse().unwrap_or(0);
            let done = comments::edit(context, acting, which, seen, data.field("body")).await;
            (done, t.comments_edit_done())
        }
    };
    match done {
        Ok(()) => {
            let path = state.paths.act(slug, part, number, "comments", comment);
            see_other_saying(&path, &Flash::good(said), &state.public_url)
        }
        Err(failure) => {
            let field = if what == "edit" { "body" } else { "reason" };
            let say = |why: &CommentRefusal| (field.to_owned(), t.comment_refusal(*why).to_owned());
            let stored = first(&sheet.told);
            let answer = refused(failure, t, currency, say)?.form(t, data.or(stored));
            sheet.page(&state, frame, answer).await
        }
    }
}

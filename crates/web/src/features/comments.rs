//! Comments on a feature: written on its page, and each on a page of its own, where its author changes it or takes it back
//! and stewards hide it.

use app::Failure;
use app::comments::{self, Told, Which, one, reader};
use app::revisions::Change;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::comments::CommentRefusal;
use store::comments::CommentRow;
use store::features::Feature;
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
        Ok(comment) => {
            let page = act.state.paths.one(&slug, "features", number);
            // The part of the discussion in which it stands.
            let query = match (comment - 1) / PAGE * PAGE {
                0 => String::new(),
                after => format!("?after={after}"),
            };
            let path = format!("{page}{query}#comment-{comment}");
            see_other_saying(&path, &Flash::good(t.comments_posted()), &act.state.public_url)
        }
        Err(failure) => {
            let say = |why: &CommentRefusal| ("body".to_owned(), t.comment_refusal(*why).to_owned());
            let refusal = refused(failure, t, currency, say)?;
            act.refuse(refusal, data).await
        }
    }
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

/// A comment as a visitor sees it.
struct Sheet {
    desk: Desk,
    feature: Feature,
    told: Told,
    changes: Vec<Change>,
}

impl Sheet {
    async fn open(
        state: &AppState,
        frame: &Frame,
        (slug, number, comment): (&str, i64, i64),
    ) -> Result<Self, WebError> {
        let place = Place::find(state, slug).await?;
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, frame).await?;
        let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
        let feature = feature.ok_or(WebError::NotFound)?;
        let reader = reader(desk.standing.as_ref(), desk.acting_for);
        let found = one(&mut tx, feature.id, comment, reader.as_ref()).await?;
        let (told, changes) = found.ok_or(WebError::NotFound)?;
        Ok(Self { desk, feature, told, changes })
    }

    async fn page(
        self,
        state: &AppState,
        frame: Frame,
        (status, form): (StatusCode, Form),
    ) -> Result<Response, WebError> {
        let Self { desk, feature, told: Told { row, may }, changes } = self;
        let (t, slug) = (frame.t, desk.slug().to_owned());
        let mut tx = state.context.db.read().await?;
        let label = t.comments_text();
        let changes = Changes::of(&mut tx, t, &desk, &changes, |field, value| {
            (field == "body").then(|| (label.to_owned(), text(value)))
        })
        .await?;
        drop(tx);
        let here = state.paths.act(&slug, "features", feature.number, "comments", row.number);
        let feature_href = state.paths.one(&slug, "features", feature.number);
        let collective = &desk.place.collective;
        let back_href = format!("{feature_href}#discussion");
        html_with(
            status,
            &CommentPage {
                crumbs: Crumbs {
                    t,
                    above: vec![
                        (feature_href, t.typography(&feature.title).into_owned()),
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
                frame: desk.frame(frame, Section::Features),
            },
        )
    }
}

/// What the form first shows.
fn first(told: &Told) -> FormData {
    FormData::of([("body", told.row.body.clone())])
}

/// `GET /c/{collective}/features/{number}/comments/{comment}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment)): Path<(String, i64, i64)>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, (&slug, number, comment)).await?;
    let form = frame.form(first(&sheet.told));
    sheet.page(&state, frame, (StatusCode::OK, form)).await
}

/// `POST /c/{collective}/features/{number}/comments/{comment}`: its author changes it.
pub(crate) async fn edit(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment)): Path<(String, i64, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    act(state, frame, (slug, number, comment), "edit", data).await
}

/// `POST /c/{collective}/features/{number}/comments/{comment}/{act}`: it is hidden, or shown again.
pub(crate) async fn moderate(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, comment, what)): Path<(String, i64, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    if !["hide", "show"].contains(&what.as_str()) {
        return Err(WebError::NotFound);
    }
    act(state, frame, (slug, number, comment), &what, data).await
}

async fn act(
    state: AppState,
    frame: Frame,
    (slug, number, comment): (String, i64, i64),
    what: &str,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, (&slug, number, comment)).await?;
    let (t, currency, context) = (frame.t, sheet.desk.currency(), &state.context);
    let acting = sheet.desk.acting(&frame)?;
    let which =
        Which { collective: sheet.desk.place.collective.id, feature: sheet.feature.id, number: comment };
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
            let path = state.paths.act(&slug, "features", number, "comments", comment);
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

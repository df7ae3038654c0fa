//! A table of organisations: pasted or sent as a file, shown as what it would do, then imported.

use app::Failure;
use app::imports::{self, Effect, Preview, text_of};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::imports::ImportRefusal;
use words::Words;

use super::crumbs;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::Desk;
use crate::state::AppState;
use crate::tables::{MOST_SHOWN, kept, parts, seen, sent, wrong_lines};

#[derive(Template)]
#[template(path = "members/import.html")]
struct ImportPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    /// What is wrong, line by line.
    lines: Vec<(u64, String)>,
    /// Whether a text was read that is too long for the field.
    is_too_long: bool,
    /// Whether the field holds what was read.
    is_kept: bool,
    listing_href: String,
}

#[derive(Template)]
#[template(path = "members/preview.html")]
struct PreviewPage {
    frame: Frame,
    crumbs: Crumbs,
    confirm_href: String,
    again_href: String,
    is_stale: bool,
    /// What happens how often, what never happens left out.
    sums: Vec<String>,
    ignored: Option<String>,
    lines: Vec<PreviewLine>,
    more: Option<String>,
    digest: String,
    /// The text in parts, each short enough for a field.
    parts: Vec<String>,
}

/// A line of the preview, worded.
struct PreviewLine {
    number: u64,
    name: String,
    effect: String,
    /// What is said of one for which nobody would act.
    nobody: Option<&'static str>,
    invited: Option<String>,
}

async fn desk(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let (_, desk) = Desk::inside(state, frame, slug).await?;
    if desk.may(Action::InviteMembers, None) { Ok(desk) } else { Err(WebError::Forbidden) }
}

/// `GET /c/{collective}/import`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = desk(&state, &frame, &slug).await?;
    let form = frame.form(FormData::default());
    page(&state, &desk, frame, StatusCode::OK, (form, Vec::new(), false))
}

fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    status: StatusCode,
    (form, lines, is_too_long): (Form, Vec<(u64, String)>, bool),
) -> Result<Response, WebError> {
    let t = frame.t;
    html_with(
        status,
        &ImportPage {
            crumbs: crumbs(state, t, desk.slug(), t.members_import_title()),
            is_kept: status != StatusCode::OK && form.data().filled("text").is_some(),
            form,
            lines,
            is_too_long,
            listing_href: state.paths.one(desk.slug(), "import", "chatonsinfos"),
            frame: desk.frame(frame, Section::Members),
        },
    )
}

/// `POST /c/{collective}/import`: what importing would do, or what is wrong with the whole table.
pub(crate) async fn preview(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = desk(&state, &frame, &slug).await?;
    let t = frame.t;
    if data.has("mend", "yes") {
        let text = sent(&data).and_then(|bytes| text_of(&bytes).ok()).unwrap_or_default();
        let (data, is_too_long) = kept(&text);
        return page(&state, &desk, frame, StatusCode::OK, (Form::new(t, data), Vec::new(), is_too_long));
    }
    let Some(bytes) = sent(&data) else {
        let mut problems = Problems::default();
        problems.add("text", t.members_import_missing());
        let form = Form::refused(t, data, problems);
        return page(&state, &desk, frame, StatusCode::UNPROCESSABLE_ENTITY, (form, Vec::new(), false));
    };
    let text = match text_of(&bytes) {
        Ok(text) => text,
        Err(refusal) => return mend(&state, &desk, frame, &refusal, data.field("text"), true),
    };
    let acting = desk.acting(&frame)?;
    match imports::preview(&state.context, acting, desk.place.collective.id, text.as_bytes()).await {
        Ok(preview) => previewed(&state, &desk, frame, &text, &preview, false),
        Err(Failure::Refused(refusal)) => mend(&state, &desk, frame, &refusal, &text, false),
        Err(failure) => Err(failure.into()),
    }
}

/// The table with what is wrong with it, to be mended.
fn mend(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    refusal: &ImportRefusal,
    text: &str,
    is_file: bool,
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut problems = Problems::default();
    problems.add(if is_file { "file" } else { "text" }, t.import_refusal(refusal));
    let lines = wrong_lines(t, refusal);
    let (data, is_too_long) = kept(text);
    let form = Form::refused(t, data, problems);
    page(state, desk, frame, StatusCode::UNPROCESSABLE_ENTITY, (form, lines, is_too_long))
}

fn previewed(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    text: &str,
    preview: &Preview,
    is_stale: bool,
) -> Result<Response, WebError> {
    let (t, slug) = (frame.t, desk.slug().to_owned());
    let over = preview.lines.len().saturating_sub(MOST_SHOWN);
    let lines = preview.lines.iter().take(MOST_SHOWN).map(|line| PreviewLine {
        number: line.line,
        name: line.name.clone(),
        effect: match line.since {
            Some(since) => t.members_import_effect_since(t.date(since)),
            None => t.members_import_effect(line.effect.as_str()),
        },
        nobody: (line.effect == Effect::Joins && line.invited.is_none())
            .then(|| t.members_import_nobody_acts()),
        invited: line.invited.clone(),
    });
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::OK };
    html_with(
        status,
        &PreviewPage {
            crumbs: crumbs(state, t, &slug, t.members_import_title()),
            confirm_href: state.paths.one(&slug, "import", "confirm"),
            again_href: state.paths.of(&slug, "import"),
            is_stale,
            sums: sums(t, preview),
            ignored: (!preview.ignored.is_empty())
                .then(|| t.members_import_ignored(preview.ignored.join(", "))),
            lines: lines.collect(),
            more: (over > 0).then(|| t.members_import_more(over)),
            digest: hex::encode(preview.digest),
            parts: parts(text),
            frame: desk.frame(frame, Section::Members),
        },
    )
}

fn sums(t: Words, preview: &Preview) -> Vec<String> {
    let count =
        |effects: &[Effect]| preview.lines.iter().filter(|line| effects.contains(&line.effect)).count();
    let invited = preview.lines.iter().filter(|line| line.invited.is_some()).count();
    let (changed, same) = (count(&[Effect::Changes]), count(&[Effect::Nothing]));
    let mut sums = vec![t.members_import_summary(count(&[Effect::Joins, Effect::ComesBack]))];
    sums.extend((invited > 0).then(|| t.members_import_summary_invited(invited)));
    sums.extend((changed > 0).then(|| t.members_import_summary_changed(changed)));
    sums.extend((same > 0).then(|| t.members_import_summary_same(same)));
    sums
}

/// `POST /c/{collective}/import/confirm`
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = desk(&state, &frame, &slug).await?;
    let bytes = sent(&data).ok_or(WebError::BadRequest)?;
    let digest = seen(&data)?;
    let (context, collective) = (&state.context, desk.place.collective.id);
    match imports::import(context, desk.acting(&frame)?, collective, &bytes, digest).await {
        Ok(changed) => {
            let said = Flash::good(frame.t.members_import_done(changed));
            see_other_saying(&state.paths.of(&slug, "members"), &said, &state.public_url)
        }
        Err(Failure::Refused(refusal)) => {
            let text = text_of(&bytes).unwrap_or_default();
            mend(&state, &desk, frame, &refusal, &text, false)
        }
        Err(Failure::Stale) => {
            let preview = imports::preview(context, desk.acting(&frame)?, collective, &bytes).await?;
            let text = text_of(&bytes).unwrap_or_default();
            previewed(&state, &desk, frame, &text, &preview, true)
        }
        Err(failure) => Err(failure.into()),
    }
}

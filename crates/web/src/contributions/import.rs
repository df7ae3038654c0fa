//! A table of gifts: pasted or sent as a file, shown as what it would record, then recorded.

use app::Failure;
use app::gift_imports::{self, Effect, Preview};
use app::gifts::{Into, MOST_FUNDS, NewFund};
use app::imports::text_of;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::imports::ImportRefusal;
use domain::input::FieldRule;
use domain::posting::Nature;
use words::Words;

use super::crumbs;
use super::nowhere::{holds_nothing, nowhere};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused};
use crate::state::AppState;
use crate::tables::{MOST_SHOWN, kept, parts, seen, sent, wrong_lines};

#[derive(Template)]
#[template(path = "contributions/import.html")]
struct ImportPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    funds: Vec<(String, String)>,
    /// What is wrong, line by line.
    lines: Vec<(u64, String)>,
    /// Whether a text was read that is too long for the field.
    is_too_long: bool,
}

#[derive(Template)]
#[template(path = "contributions/import_preview.html")]
struct PreviewPage {
    frame: Frame,
    crumbs: Crumbs,
    confirm_href: String,
    again_href: String,
    is_stale: bool,
    lead: String,
    ignored: Option<String>,
    lines: Vec<PreviewLine>,
    more: Option<String>,
    /// Whether something would be recorded.
    records: bool,
    /// The fields that say into which fund.
    kept: Vec<(&'static str, String)>,
    digest: String,
    parts: Vec<String>,
}

/// A line of the preview, worded.
struct PreviewLine {
    number: u64,
    day: String,
    amount: String,
    reference: String,
    effect: String,
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let (_, desk) = Desk::inside(state, frame, slug).await?;
    if desk.may(Action::RecordMoney, None) { Ok(desk) } else { Err(WebError::Forbidden) }
}

/// `GET /c/{collective}/gifts/import`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    if holds_nothing(&desk) {
        return nowhere(&state, &desk, frame, StatusCode::OK);
    }
    let form = frame.form(FormData::of([("name", frame.t.gifts_import_fund_name())]));
    page(&state, desk, frame, StatusCode::OK, (form, Vec::new(), false)).await
}

async fn page(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    status: StatusCode,
    (form, lines, is_too_long): (Form, Vec<(u64, String)>, bool),
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let funds = store::gifts::of_pot(&mut tx, desk.pot.id, MOST_FUNDS).await?;
    drop(tx);
    html_with(
        status,
        &ImportPage {
            crumbs: crumbs(state, frame.t, &desk, frame.t.gifts_import_title().to_owned()),
            form,
            funds: funds.into_iter().map(|fund| (fund.id.to_string(), fund.name)).collect(),
            lines,
            is_too_long,
            frame: desk.frame(frame, Section::Accounts),
        },
    )
}

/// Into which fund: one that is there, or a new one for gifts.
fn into(data: &FormData, t: Words, desk: &Desk) -> Result<Into, Refused> {
    let mut reading = Reading::new(data, t, desk.currency());
    let into = match data.filled("fund") {
        Some(_) => reading.parsed("fund").map(Into::Fund),
        None => {
            if data.filled("name").is_none() {
                reading.breaks("name", &FieldRule::Missing);
            }
            Some(Into::New(NewFund {
                name: data.field("name").to_owned(),
                nature: Nature::Gift,
                earmark: None,
                conditions: String::new(),
                giver: String::new(),
                giver_public: false,
            }))
        }
    };
    match into {
        Some(into) if reading.problems.is_empty() => Ok(into),
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

/// `POST /c/{collective}/gifts/import`: what importing would record, or what is wrong with the whole table.
pub(crate) async fn preview(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    if holds_nothing(&desk) {
        return nowhere(&state, &desk, frame, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let t = frame.t;
    let bytes = sent(&data);
    if data.has("mend", "yes") {
        let text = bytes.and_then(|bytes| text_of(&bytes).ok()).unwrap_or_default();
        let (table, is_too_long) = kept(&text);
        let form = Form::new(t, table.or(data));
        return page(&state, desk, frame, StatusCode::OK, (form, Vec::new(), is_too_long)).await;
    }
    let unread = into(&data, t, &desk).err();
    let Some(bytes) = bytes else {
        let mut problems = Problems::default();
        problems.add("text", t.members_import_missing());
        let form = Form::refused(t, data, problems);
        return page(&state, desk, frame, StatusCode::UNPROCESSABLE_ENTITY, (form, Vec::new(), false)).await;
    };
    let text = match text_of(&bytes) {
        Ok(text) => text,
        Err(refusal) => return mend(&state, desk, frame, (&refusal, ""), data, "file").await,
    };
    if let Some(unread) = unread {
        let (table, is_too_long) = kept(&text);
        let (status, form) = unread.form(t, table.or(data));
        return page(&state, desk, frame, status, (form, Vec::new(), is_too_long)).await;
    }
    let acting = desk.acting(&frame)?;
    match gift_imports::preview(&state.context, &acting, desk.pot.id, text.as_bytes()).await {
        Ok(preview) => previewed(&state, &desk, frame, (&text, &data), &preview, false),
        Err(Failure::Refused(refusal)) => mend(&state, desk, frame, (&refusal, &text), data, "text").await,
        Err(failure) => Err(failure.into()),
    }
}

/// The table with what is wrong with it, to be mended.
async fn mend(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    (refusal, text): (&ImportRefusal, &str),
    data: FormData,
    field: &str,
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut problems = Problems::default();
    problems.add(field, t.import_refusal(refusal));
    let lines = wrong_lines(t, refusal);
    let (table, is_too_long) = kept(text);
    let form = Form::refused(t, table.or(data), problems);
    page(state, desk, frame, StatusCode::UNPROCESSABLE_ENTITY, (form, lines, is_too_long)).await
}

fn previewed(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    (text, data): (&str, &FormData),
    preview: &Preview,
    is_stale: bool,
) -> Result<Response, WebError> {
    let (t, slug) = (frame.t, desk.slug().to_owned());
    let over = preview.lines.len().saturating_sub(MOST_SHOWN);
    let lines = preview.lines.iter().take(MOST_SHOWN).map(|line| PreviewLine {
        number: line.line,
        day: t.date(line.received_on),
        amount: t.money(line.amount, desk.currency()),
        reference: line.reference.clone(),
        effect: match line.effect {
            Effect::Known(seq) => t.gifts_import_known(seq),
            Effect::Records | Effect::DidNotCome => t.gifts_import_effect(line.effect.as_str()),
        },
    });
    let count = preview.lines.iter().filter(|line| line.effect == Effect::Records).count();
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::OK };
    html_with(
        status,
        &PreviewPage {
            crumbs: crumbs(state, t, desk, t.gifts_import_title().to_owned()),
            confirm_href: format!("{}/import/confirm", state.paths.of(&slug, "gifts")),
            again_href: format!("{}/import", state.paths.of(&slug, "gifts")),
            is_stale,
            lead: t.gifts_import_would(count, t.money(preview.sum, desk.currency())),
            ignored: (!preview.ignored.is_empty())
                .then(|| t.members_import_ignored(preview.ignored.join(", "))),
            lines: lines.collect(),
            more: (over > 0).then(|| t.members_import_more(over)),
            records: count > 0,
            kept: ["fund", "name"].map(|name| (name, data.field(name).to_owned())).to_vec(),
            digest: hex::encode(preview.digest),
            parts: parts(text),
            frame: desk.frame(frame, Section::Accounts),
        },
    )
}

/// `POST /c/{collective}/gifts/import/confirm`
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    let t = frame.t;
    let bytes = sent(&data).ok_or(WebError::BadRequest)?;
    let digest = seen(&data)?;
    let text = text_of(&bytes).map_err(|_| WebError::BadRequest)?;
    let into = match into(&data, t, &desk) {
        Ok(into) => into,
        Err(unread) => {
            let (table, is_too_long) = kept(&text);
            let (status, form) = unread.form(t, table.or(data));
            return page(&state, desk, frame, status, (form, Vec::new(), is_too_long)).await;
        }
    };
    let (context, pot) = (&state.context, desk.pot.id);
    let acting = desk.acting(&frame)?;
    match gift_imports::import(context, acting.clone(), pot, (into, text.as_bytes()), digest).await {
        Ok(count) => {
            let said = Flash::good(t.gifts_import_done(count));
            see_other_saying(&state.paths.of(&slug, "contributions"), &said, &state.public_url)
        }
        Err(Failure::Refused(refusal)) => mend(&state, desk, frame, (&refusal, &text), data, "text").await,
        Err(Failure::Stale) => {
            let preview = gift_imports::preview(context, &acting, pot, text.as_bytes()).await?;
            previewed(&state, &desk, frame, (&text, &data), &preview, true)
        }
        Err(failure) => {
            let refusal = crate::reading::refused(failure, t, desk.currency(), |refusal: &ImportRefusal| {
                ("text".to_owned(), t.import_refusal(refusal))
            })?;
            let (table, is_too_long) = kept(&text);
            let (status, form) = refusal.form(t, table.or(data));
            page(&state, desk, frame, status, (form, Vec::new(), is_too_long)).await
        }
    }
}

//! One entry of money that came in, for treasurers: what it rests on, and the proofs that come later.

use app::files::{PROOF_TYPES, Upload};
use app::proofs::{PURPOSE, add_proof};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::input::FieldRule;
use store::receipts::Undone;
use store::views::Receipt;

use super::crumbs;
use super::list::gift;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contributions/entry.html")]
pub(super) struct EntryPage {
    pub(super) frame: Frame,
    pub(super) crumbs: Crumbs,
    pub(super) form: Form,
    pub(super) key: String,
    pub(super) title: String,
    pub(super) what: String,
    /// What it rests on: name and value.
    pub(super) facts: Vec<(String, String)>,
    /// The files that show it: where, and what is said of each.
    pub(super) proofs: Vec<(String, String)>,
    /// Whether one more may be added.
    pub(super) takes: bool,
    pub(super) is_gift: bool,
    /// Where it is reversed, while it stands.
    pub(super) reverse_href: Option<String>,
    pub(super) list_href: String,
}

/// `GET /c/{collective}/entries/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, row) = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::default());
    page(&state, &desk, frame, &row, StatusCode::OK, form).await
}

/// `POST /c/{collective}/entries/{number}`: adds a proof.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, row) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let upload = match data.file("proof") {
        None => Err(FieldRule::Missing),
        Some(file) => Upload::check(&file.name, file.bytes.to_vec(), PROOF_TYPES),
    };
    let refusal = match upload {
        Err(rule) => {
            reading.breaks("proof", &rule);
            Refused::unreadable(reading.problems)
        }
        Ok(upload) => {
            let acting = app::Acting { key: data.filled("key").map(str::to_owned), ..desk.acting(&frame)? };
            match add_proof(&state.context, acting, desk.pot.id, row.posting, upload).await {
                Ok(_) => {
                    let said = Flash::good(t.contributions_proof_added(number));
                    return see_other_saying(
                        &state.paths.one(&slug, "entries", number),
                        &said,
                        &state.public_url,
                    );
                }
                Err(failure) => {
                    refused(failure, t, currency, |why| ("proof".to_owned(), t.proof_refusal(*why)))?
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &row, status, form).await
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Receipt), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    if !desk.may(Action::SeeProofs, None) {
        return Err(WebError::Forbidden);
    }
    let found = store::views::receipts(&mut tx, desk.pot.id, number.saturating_add(1), 1).await?;
    let found = found.into_iter().find(|row| row.seq == number && app::proofs::takes_proofs(row.kind));
    Ok((desk, found.ok_or(WebError::NotFound)?))
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    row: &Receipt,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let undone = store::receipts::undone(&mut tx, row.posting).await?;
    let files = store::files::of_subject(&mut tx, row.posting.0, PURPOSE, app::proofs::MOST).await?;
    drop(tx);
    let zone = desk.place.collective.time_zone();
    let proofs = files.iter().map(|file| {
        (state.paths.file(file.id), t.contributions_proof_line(&file.name, t.instant(file.created_at, &zone)))
    });
    let amount = t.money(row.amount, desk.currency());
    let (kind, from) = (t.accounts_kind(row.kind.as_str()), row.from_name.clone().unwrap_or_default());
    let title = t.contributions_entry_title(row.seq);
    let page = EntryPage {
        crumbs: crumbs(state, t, desk, title.clone()),
        title,
        what: t.contributions_reverse_what_of(amount, t.date(row.received_on), kind, t.typography(&from)),
        facts: facts(t, desk, row, undone.as_ref()),
        takes: files.len() < usize::from(app::proofs::MOST) && desk.may(Action::RecordMoney, None),
        proofs: proofs.collect(),
        is_gift: row.kind == domain::PostingKind::Gift,
        reverse_href: (undone.is_none() && row.kind.is_reversible())
            .then(|| state.paths.part(desk.slug(), "entries", row.seq, "reverse")),
        list_href: state.paths.of(desk.slug(), "contributions"),
        key: key_of(state, &form),
        form,
        frame: desk.frame(frame, Section::Accounts),
    };
    html_with(status, &page)
}

/// What was written down with it, and what became of it.
fn facts(t: words::Words, desk: &Desk, row: &Receipt, undone: Option<&Undone>) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(nature) = row.nature {
        facts.push((t.contributions_nature().to_owned(), t.contributions_nature_name(nature.as_str())));
    }
    let reference = match row.reference.is_empty() {
        true => t.contributions_reference_none().to_owned(),
        false => row.reference.clone(),
    };
    facts.push((t.contributions_reference().to_owned(), reference));
    facts.extend(gift(t, row).into_iter().map(|said| (t.contributions_gift_of().to_owned(), said)));
    if let Some(undone) = undone {
        let reason = t.contributions_reason_name(undone.reason.as_deref().unwrap_or_default());
        let day = t.date(desk.place.collective.day(undone.recorded_at));
        facts.push((t.contributions_undone().to_owned(), t.contributions_undone_by(day, undone.seq, reason)));
        let note = undone.note.clone().filter(|note| !note.is_empty());
        facts.extend(note.map(|note| (t.contributions_note().to_owned(), note)));
    }
    facts
}

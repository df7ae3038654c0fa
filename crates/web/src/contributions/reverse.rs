//! A treasurer reverses an entry, with a listed reason, after a page that says what this does.

use app::journal::{NewReversal, reverse_entry};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::journal::{Moved, ReversalRefusal};
use domain::posting::{PostingKind, Reason};
use store::views::Entry;
use words::Words;

use super::crumbs;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, new_key};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contributions/reverse.html")]
pub(super) struct ReversePage {
    pub(super) frame: Frame,
    pub(super) crumbs: Crumbs,
    pub(super) form: Form,
    pub(super) key: String,
    pub(super) number: String,
    pub(super) what: String,
    pub(super) reasons: Vec<(&'static str, String)>,
    pub(super) done: Option<Done>,
    /// Why it can't be reversed as things are, and where the way out begins.
    pub(super) blocked: Option<Blocked>,
    pub(super) back_href: String,
}

/// An entry that is reversed: there is nothing more to undo, and something to do in its place.
pub(super) struct Done {
    pub(super) sentence: String,
    pub(super) next: Option<(String, String)>,
}

/// An entry that can't be reversed as things are.
pub(super) struct Blocked {
    pub(super) sentence: String,
    pub(super) next: Option<(String, String)>,
}

/// The reasons that a person may give for an entry.
fn reasons(kind: PostingKind) -> &'static [Reason] {
    match kind {
        PostingKind::Distribution => &[Reason::WrongDistribution],
        PostingKind::Gift => &[Reason::EnteredTwice, Reason::WrongAmount, Reason::WrongEntry],
        _ => &[Reason::EnteredTwice, Reason::WrongAmount, Reason::WrongOrganisation, Reason::WrongEntry],
    }
}

/// `GET /c/{collective}/entries/{number}/reverse`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, entry) = open(&state, &frame, &slug, number).await?;
    // Where there is one reason, nothing is left to choose.
    let form = frame.form(match reasons(entry.kind) {
        [only] => FormData::of([("reason", only.as_str())]),
        _ => FormData::default(),
    });
    page(&state, &desk, frame, &entry, StatusCode::OK, form, None).await
}

/// `POST /c/{collective}/entries/{number}/reverse`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, entry) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let key = data.key();
    let mut reading = Reading::new(&data, t, currency);
    let listed = reasons(entry.kind);
    let reason =
        reading.choice("reason", |typed| Reason::parse(typed).filter(|reason| listed.contains(reason)));
    let refusal = match reason {
        None => Refused::unreadable(reading.problems),
        Some(reason) => {
            let note = data.field("note").trim().to_owned();
            let new = NewReversal { posting: entry.id, reason, note };
            let acting = app::Acting { key: key.clone(), ..desk.acting(&frame)? };
            match reverse_entry(&state.context, acting, desk.pot.id, new).await {
                Ok(_) => {
                    // The page of the entry says what may be done in its place.
                    let path = state.paths.part(&slug, "entries", number, "reverse");
                    let said = Flash::good(t.contributions_reversed(entry.seq));
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => {
                    let say = |refusal: &ReversalRefusal| {
                        ("reason".to_owned(), t.reversal_refusal(refusal, currency))
                    };
                    refused(failure, t, currency, say)?
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &entry, status, form, key).await
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Entry), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    if !desk.may(Action::ReverseEntry, None) {
        return Err(WebError::Forbidden);
    }
    let entry = store::views::entry(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    if !entry.kind.is_reversible() {
        return Err(WebError::NotFound);
    }
    Ok((desk, entry))
}

/// What is said of an entry that is reversed, and what may be done in its place.
async fn done(state: &AppState, desk: &Desk, t: Words, entry: &Entry, by: i64) -> Result<Done, WebError> {
    let mut tx = state.context.db.read().await?;
    let reversal = store::views::entry(&mut tx, desk.pot.id, by).await?;
    let reason = reversal.and_then(|reversal| reversal.reason).unwrap_or_default();
    let slug = desk.slug();
    let again = |list: &str| format!("{}?like={}", state.paths.one(slug, list, "new"), entry.seq);
    let next = match (entry.kind, entry.round) {
        // What was entered twice stands once already.
        _ if reason == Reason::EnteredTwice.as_str() => None,
        (PostingKind::Contribution, _) => {
            Some((again("contributions"), t.contributions_record_right().to_owned()))
        }
        (PostingKind::Gift, _) => Some((again("gifts"), t.contributions_record_right_gift().to_owned())),
        (PostingKind::Distribution, Some(round)) => Some((
            state.paths.part(slug, "rounds", round, "distribution"),
            t.contributions_share_again(round),
        )),
        _ => None,
    };
    let reason = t.contributions_reason_name(reason);
    Ok(Done { sentence: t.contributions_reverse_done(by, reason), next })
}

/// Why an entry can't be reversed; what has to be undone first is one click away.
fn blocked_by(state: &AppState, desk: &Desk, t: Words, why: &ReversalRefusal) -> Blocked {
    let next = match *why {
        ReversalRefusal::Gone { moved: Moved::Shared { round, seq, undo: true }, .. } => Some((
            state.paths.part(desk.slug(), "entries", seq, "reverse"),
            t.contributions_undo_share(round),
        )),
        _ => None,
    };
    Blocked { sentence: t.reversal_refusal(why, desk.currency()), next }
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    entry: &Entry,
    status: StatusCode,
    form: Form,
    key: Option<String>,
) -> Result<Response, WebError> {
    let t = frame.t;
    // A group of choices has no label of its own in the list of what is wrong.
    form.named("reason", t.contributions_reason());
    let number = entry.seq.to_string();
    let amount = t.money(entry.amount, desk.currency());
    let kind = t.accounts_kind(entry.kind.as_str());
    let done = match entry.reversed_by {
        Some(by) => Some(done(state, desk, t, entry, by).await?),
        None => None,
    };
    let blocked = match done {
        Some(_) => None,
        None => {
            let mut tx = state.context.db.read().await?;
            app::journal::why_not_reversed(&mut tx, desk.pot.id, entry.id).await?
        }
    };
    html_with(
        status,
        &ReversePage {
            blocked: blocked.map(|why| blocked_by(state, desk, t, &why)),
            crumbs: crumbs(state, t, desk, t.contributions_reverse_title(number.as_str())),
            form,
            // A key that is used up would be refused for ever.
            key: key.filter(|_| status != StatusCode::CONFLICT).unwrap_or_else(|| new_key(state)),
            what: match &entry.organisation_name {
                Some(name) => {
                    let date = t.date(entry.effective_on);
                    t.contributions_reverse_what_of(amount, date, kind, t.typography(name))
                }
                None => t.contributions_reverse_what(amount, t.date(entry.effective_on), kind),
            },
            number,
            reasons: reasons(entry.kind)
                .iter()
                .map(|reason| (reason.as_str(), t.contributions_reason_name(reason.as_str())))
                .collect(),
            done,
            back_href: match entry.round {
                Some(round) => state.paths.one(desk.slug(), "rounds", round),
                None => state.paths.of(desk.slug(), "contributions"),
            },
            frame: desk.frame(frame, Section::Accounts),
        },
    )
}

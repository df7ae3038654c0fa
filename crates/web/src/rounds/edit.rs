//! A round that was opened with a wrong date or rule: changed, or withdrawn.

use app::Failure;
use app::rounds::{change_round, closing_with, is_begun, kept, planned, withdraw_round};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::Action;
use domain::pot::FundMode;
use domain::promises::PromiseRule;
use domain::rounds::{RoundPlan, RoundRefusal, RoundState};
use domain::shares::{Period, Sharing};
use store::rounds::Round;
use words::Words;

use super::new::{read, rules_day};
use super::page::worded;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::{Both, digest_of};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::refused;
use crate::state::AppState;

/// The field that brings back what was shown.
const SEEN: &str = "seen";

#[derive(Template)]
#[template(path = "rounds/edit.html")]
struct EditPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    unit: String,
    /// What is said of its last day, with the one by the rules.
    rules_day: String,
    /// Whether the pot isn't paid in advance.
    promised: bool,
    /// Whether gifts may come in.
    gifts: bool,
    /// Whether its rules hold already: only its name and its last day may change.
    begun: bool,
    /// What somebody else saved meanwhile.
    both: Both,
    /// Whether the features that close with it get its new last day too: which.
    moves: Option<(String, String)>,
    withdraw: Option<String>,
    back_href: String,
}

/// A round that somebody may change.
struct Editor {
    desk: Desk,
    round: Round,
    begun: bool,
    /// The period that is proposed where its rule counts none: payments since those that an earlier round counted, or
    /// of a year.
    period: Period,
    /// The titles of features that close with it.
    closing: Vec<String>,
}

impl Editor {
    fn fields(&self, t: Words) -> Vec<(&'static str, String)> {
        let mut fields = fields(&self.round, self.period, t, self.desk.currency());
        fields.push((SEEN, self.seen()));
        fields
    }

    /// What tells the round as it is from any other.
    fn seen(&self) -> String {
        digest_of([kept(&self.round).to_string().as_str()])
    }

    /// Whether the form showed the round as it is now.
    fn was_seen(&self, data: &FormData) -> bool {
        data.filled(SEEN).is_none_or(|seen| seen == self.seen())
    }

    /// What is stored of the round and differs from a plan.
    fn differences(&self, t: Words, plan: &RoundPlan) -> Vec<(String, String)> {
        let (now, typed) = (kept(&self.round), kept(&planned(&self.round, plan.clone())));
        let now = now.as_object().into_iter().flatten();
        now.filter(|(field, value)| typed.get(field.as_str()) != Some(*value))
            .filter_map(|(field, value)| worded(t, self.desk.currency(), field, value))
            .collect()
    }
}

/// `GET /c/{collective}/rounds/{number}/edit`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let editor = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::of(editor.fields(frame.t)));
    let both = Both::none(frame.t);
    page(&state, editor, frame, StatusCode::OK, (form, both))
}

/// `POST /c/{collective}/rounds/{number}/edit`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let editor = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, editor.desk.currency());
    let stored = FormData::of(editor.fields(t));
    let data = if editor.begun { data.or(stored) } else { data };
    let moves = data.has("moves", "yes");
    let mut both = Both::none(t);
    let refusal = match read(&data, t, currency, editor.desk.place.today) {
        Err(unreadable) => unreadable,
        Ok(plan) => {
            let differences = editor.differences(t, &plan);
            let acting = editor.desk.acting(&frame)?;
            let (round, seen) = (editor.round.id, editor.round.clone());
            let done = match editor.was_seen(&data) || differences.is_empty() {
                true => change_round(&state.context, acting, round, Some(seen), plan, moves).await,
                false => Err(Failure::Stale),
            };
            if matches!(done, Err(Failure::Stale)) {
                both = Both::of(t, differences);
            }
            match done {
                Ok(()) => {
                    let path = state.paths.one(&slug, "rounds", number);
                    return see_other_saying(&path, &Flash::good(t.rounds_changed()), &state.public_url);
                }
                Err(failure) => {
                    refused(failure, t, currency, |why| ("name".to_owned(), t.round_refusal(why)))?
                }
            }
        }
    };
    // Whoever saves after having seen both means it.
    let data = match refusal.status {
        StatusCode::CONFLICT => data.without(&[SEEN]).or(FormData::of([(SEEN, editor.seen())])),
        _ => data,
    };
    let (status, form) = refusal.form(t, data);
    page(&state, editor, frame, status, (form, both))
}

/// `POST /c/{collective}/rounds/{number}/withdraw`
pub(crate) async fn withdraw(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let editor = open(&state, &frame, &slug, number).await?;
    let t = frame.t;
    let (path, said) =
        match withdraw_round(&state.context, editor.desk.acting(&frame)?, editor.round.id).await {
            Ok(()) => (state.paths.of(&slug, "rounds"), Flash::good(t.rounds_withdrawn(number))),
            Err(Failure::Refused(why @ (RoundRefusal::Begun | RoundRefusal::HasFeatures))) => {
                (state.paths.part(&slug, "rounds", number, "edit"), Flash::bad(t.round_refusal(&why)))
            }
            Err(failure) => return Err(failure.into()),
        };
    see_other_saying(&path, &said, &state.public_url)
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<Editor, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    if !desk.may(Action::OpenRound, None) {
        return Err(WebError::Forbidden);
    }
    let round = store::rounds::by_number(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    if round.state != RoundState::Open {
        return Err(WebError::NotFound);
    }
    let begun = is_begun(&mut tx, round.id).await?;
    let period = app::distributions::proposed_period(&mut tx, desk.pot.id, round.opens_on).await?;
    let closing = closing_with(&mut tx, &round).await?;
    Ok(Editor { desk, round, begun, period, closing })
}

/// The fields of the form as the round is; the period that is proposed where its rule counts none.
fn fields(round: &Round, proposed: Period, t: Words, currency: Currency) -> Vec<(&'static str, String)> {
    let (rule, equal, period) = match round.share_rule.sharing {
        Sharing::Equal => ("equal", 5_000, None),
        Sharing::Paid(period) => ("paid", 5_000, Some(period)),
        Sharing::Mixed { equal, period } => ("mixed", equal, Some(period)),
        Sharing::Manual => ("manual", 5_000, None),
    };
    let Period { from, to } = period.unwrap_or(proposed);
    let one_of = |second: bool, names: [&str; 2]| names[usize::from(second)].to_owned();
    vec![
        ("name", round.name.clone()),
        ("opens_on", round.opens_on.to_string()),
        ("closes_on", round.closes_on.to_string()),
        ("rule", rule.to_owned()),
        ("equal", (equal / 100).to_string()),
        ("from", from.to_string()),
        ("to", to.to_string()),
        ("gifts", round.share_rule.gifts.as_str().to_owned()),
        ("cap", round.cap.map(|cap| t.money_field(cap, currency)).unwrap_or_default()),
        ("unspent", one_of(round.lapse, ["carry", "lapse"])),
        ("promises", one_of(round.promises == PromiseRule::Shared, ["as_put_in", "shared"])),
    ]
}

fn page(
    state: &AppState,
    editor: Editor,
    frame: Frame,
    status: StatusCode,
    (form, both): (Form, Both),
) -> Result<Response, WebError> {
    let Editor { desk, round, begun, closing, .. } = editor;
    let (t, slug) = (frame.t, desk.slug());
    let back_href = state.paths.one(slug, "rounds", round.number);
    let heading = t.rounds_edit_heading(round.number);
    html_with(
        status,
        &EditPage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), t.rounds_name_of(t.typography(&round.name), round.number))],
                here: heading.clone(),
            },
            form,
            both,
            heading,
            unit: t.currency_sign(desk.currency()),
            rules_day: rules_day(t, &desk.rules, round.opens_on),
            promised: desk.pot.fund_mode.is_promised(),
            gifts: desk.pot.fund_mode != FundMode::Direct,
            begun,
            moves: (!closing.is_empty()).then(|| {
                let last = t.date(round.closes_on);
                let titles: Vec<_> = closing.iter().map(|title| t.typography(title)).collect();
                (t.rounds_moves(titles.len(), &last), t.rounds_moves_which(titles.len(), titles.join(", ")))
            }),
            withdraw: (!begun).then(|| state.paths.part(slug, "rounds", round.number, "withdraw")),
            back_href,
            frame: desk.frame(frame, Section::Round),
        },
    )
}

//! Everything that came in, for treasurers.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use serde::Deserialize;
use words::Words;

use super::days::AskedDays;
use super::nowhere::{holds_nothing, nowhere};
use crate::error::WebError;
use crate::layout::{Crumbs, Form, Frame, Pager, Section, html};
use crate::place::Desk;
use crate::state::AppState;

/// Lines of one page.
const PAGE: usize = 30;

#[derive(Template)]
#[template(path = "contributions/list.html")]
pub(super) struct ListPage {
    pub(super) frame: Frame,
    pub(super) crumbs: Crumbs,
    pub(super) new_href: String,
    pub(super) gift_href: String,
    pub(super) gifts_href: String,
    /// Where a decision puts gifts on features, if the rules say so.
    pub(super) put_href: Option<String>,
    /// Subscriptions, where one subscribes.
    pub(super) subscriptions_href: Option<String>,
    /// The list of payments without a proof, where there are any; from there, that of everything.
    pub(super) unproven: Option<(String, String)>,
    /// Whether only those without a proof are shown.
    pub(super) filtered: bool,
    /// The form that asks between which days; whether some were asked for.
    pub(super) form: Form,
    pub(super) of_days: bool,
    pub(super) list_href: String,
    pub(super) csv_href: String,
    pub(super) lines: Vec<Line>,
    pub(super) pager: Pager,
}

/// One entry, worded.
pub(super) struct Line {
    pub(super) number: String,
    pub(super) received_on: String,
    pub(super) from: String,
    pub(super) reference: String,
    /// Of a gift: who gave and what they ask.
    pub(super) gift: Vec<String>,
    pub(super) nature: String,
    pub(super) amount: String,
    /// Its page: what it rests on.
    pub(super) href: String,
    pub(super) proof_href: Option<String>,
    /// Where there are several files: how many, on its page.
    pub(super) proofs: Option<String>,
    /// Where it is reversed, where that is possible as things are.
    pub(super) reverse_href: Option<String>,
    pub(super) undone: Option<String>,
}

/// Where a list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
    /// `none`: payments without a proof alone.
    proof: Option<String>,
    from: Option<String>,
    to: Option<String>,
    year: Option<i16>,
}

/// `GET /c/{collective}/contributions`, for treasurers.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(query): Query<Before>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    if !desk.may(Action::RecordMoney, None) {
        return Err(WebError::Forbidden);
    }
    if holds_nothing(&desk) {
        return nowhere(&state, &desk, frame, StatusCode::OK);
    }
    let below = query.before.unwrap_or(i64::MAX);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let filtered = query.proof.as_deref() == Some("none");
    let unproven = store::receipts::unproven(&mut tx, desk.pot.id).await?;
    let asked = AskedDays { from: query.from, to: query.to, year: query.year };
    let days = asked.read(frame.t, desk.currency());
    let (pot, both) = (desk.pot.id, days.both);
    let mut rows = match filtered {
        true => store::views::unproven_of(&mut tx, pot, both, below, limit).await?,
        false => store::views::receipts_of(&mut tx, pot, both, below, limit).await?,
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let mut reversible = Vec::with_capacity(rows.len());
    for row in &rows {
        let why_not = match row.reversed_by {
            Some(_) => None,
            None => app::journal::why_not_reversed(&mut tx, desk.pot.id, row.posting).await?,
        };
        reversible.push(row.reversed_by.is_none() && why_not.is_none());
    }
    drop(tx);
    let (t, list) = (frame.t, state.paths.of(&slug, "contributions"));
    let without = with(&list, &["proof=none", &days.query]);
    let whole = with(&list, &[&days.query]);
    let first = if filtered { &without } else { &whole };
    let next = rows.last().filter(|_| more).map(|row| with(first, &[&format!("before={}", row.seq)]));
    let pager = Pager { t, first: query.before.map(|_| first.clone()), next };
    let lines =
        rows.iter().zip(reversible).map(|(row, stands)| line(&state, t, &desk, row, stands)).collect();
    let crumbs = Crumbs {
        t,
        above: vec![(state.paths.of(&slug, "accounts"), t.nav_accounts().to_owned())],
        here: t.contributions_title().to_owned(),
    };
    html(&ListPage {
        crumbs,
        new_href: state.paths.one(&slug, "contributions", "new"),
        subscriptions_href: app::subscriptions::has_subscriptions(desk.pot.fund_mode)
            .then(|| state.paths.of(&slug, "subscriptions")),
        gift_href: state.paths.one(&slug, "gifts", "new"),
        gifts_href: state.paths.one(&slug, "gifts", "import"),
        put_href: super::puts_gifts(&desk).then(|| state.paths.one(&slug, "gifts", "put")),
        unproven: match filtered {
            true => Some((whole, t.contributions_all().to_owned())),
            false => (unproven > 0).then(|| (without, t.contributions_unproven(unproven))),
        },
        filtered,
        of_days: !days.query.is_empty() || !days.are_read,
        form: days.form,
        csv_href: with(&state.paths.of(&slug, "contributions.csv"), &[&days.query]),
        list_href: list,
        lines,
        pager,
        frame: desk.frame(frame, Section::Accounts),
    })
}

/// An address with more to its query; what is empty adds nothing.
fn with(address: &str, parts: &[&str]) -> String {
    let mut whole = address.to_owned();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        whole.push(if whole.contains('?') { '&' } else { '?' });
        whole.push_str(part);
    }
    whole
}

pub(super) fn gift(t: Words, row: &store::views::Receipt) -> Vec<String> {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let giver = filled(&row.giver).map(|giver| match row.giver_public {
        Some(true) => t.contributions_giver_named(giver),
        _ => t.contributions_giver_unnamed(giver),
    });
    let conditions = filled(&row.conditions).map(|asked| t.contributions_conditions_are(asked));
    let words = Some(row.wish.clone()).filter(|text| !text.is_empty());
    let wish = match (&row.wish_title, words) {
        (Some(title), Some(words)) => {
            Some(t.contributions_wished(format!("{} — {words}", t.typography(title))))
        }
        (Some(title), None) => Some(t.contributions_wished(t.typography(title))),
        (None, words) => words.map(|words| t.contributions_wished(words)),
    };
    let earmark = filled(&row.earmark).map(|title| t.contributions_earmarked(t.typography(&title)));
    [earmark, giver, conditions, wish].into_iter().flatten().collect()
}

fn line(state: &AppState, t: Words, desk: &Desk, row: &store::views::Receipt, stands: bool) -> Line {
    Line {
        number: row.seq.to_string(),
        received_on: t.date(row.received_on),
        from: row.from_name.clone().unwrap_or_default(),
        reference: row.reference.clone(),
        gift: gift(t, row),
        nature: row.nature.map(|nature| t.contributions_nature_name(nature.as_str())).unwrap_or_default(),
        amount: t.money(row.amount, desk.currency()),
        href: state.paths.one(desk.slug(), "entries", row.seq),
        proofs: (row.proofs > 1).then(|| t.contributions_proofs_count(row.proofs)),
        proof_href: row.proof.map(|file| state.paths.file(file)),
        reverse_href: stands.then(|| state.paths.part(desk.slug(), "entries", row.seq, "reverse")),
        undone: row.reversed_by.map(|seq| t.contributions_reversed_by(seq)),
    }
}

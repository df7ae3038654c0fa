//! What the close of a round would lead to, worded: the page on which it is closed says it first.

use std::fmt;

use app::rounds::closing::{ClosePreview, Lapsing};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::Money;
use store::Tx;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;

/// Organisations of which the page says what is left to them.
const MOST_LEFT: usize = 200;

#[derive(Template)]
#[template(path = "rounds/ending.html")]
struct Shown {
    t: Words,
    funded: Vec<(String, String)>,
    short: Vec<Line>,
    sentences: Vec<String>,
    left: Vec<(String, String)>,
    more: Option<String>,
}

struct Line {
    title: String,
    missing: String,
    total: String,
}

/// What the close would lead to, and the digest of what was said.
pub(super) struct Ending {
    shown: Shown,
    pub(super) digest: String,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown.render().map_err(|_| fmt::Error)?)
    }
}

impl HtmlSafe for Ending {}

impl Ending {
    pub(super) async fn of(
        tx: &mut Tx,
        desk: &Desk,
        t: Words,
        preview: &ClosePreview,
    ) -> Result<Self, WebError> {
        let money = |amount| t.money(amount, desk.currency());
        // Of whoever hides its amounts, these eyes see only what is in the sums.
        let told = |id: &_| desk.sight.veil.tells_sums(*id);
        let listed: Vec<_> = preview.left.iter().filter(|(id, _)| told(id)).collect();
        let ids: Vec<_> = listed.iter().take(MOST_LEFT).map(|(id, _)| **id).collect();
        let names = match ids.is_empty() {
            true => Vec::new(),
            false => store::organisations::names(tx, &ids).await?,
        };
        let mut left: Vec<(String, String)> = names
            .into_iter()
            .map(|row| (t.typography(&row.name).into_owned(), money(preview.left[&row.id])))
            .collect();
        left.sort_by_key(|(name, _)| domain::text::fold(name));
        let untold = preview.left.len().saturating_sub(left.len());
        let shown = Shown {
            t,
            funded: preview
                .funded
                .iter()
                .map(|one| (t.typography(&one.title).into_owned(), money(one.total)))
                .collect(),
            short: preview
                .short
                .iter()
                .map(|one| Line {
                    title: t.typography(&one.title).into_owned(),
                    missing: money(one.missing),
                    total: money(one.total),
                })
                .collect(),
            sentences: sentences(t, desk, preview),
            more: (untold > 0).then(|| t.rounds_ending_more(untold)),
            left,
        };
        Ok(Self { shown, digest: preview.digest() })
    }
}

fn sentences(t: Words, desk: &Desk, preview: &ClosePreview) -> Vec<String> {
    let worded = |amount: Money| amount.is_positive().then(|| t.money(amount, desk.currency()));
    let promised = desk.pot.fund_mode.is_promised();
    let left = preview.left_sum();
    let carried = worded(left).filter(|_| preview.lapses.is_none());
    let Lapsing { own, common, funds } = preview.lapses.unwrap_or_default();
    let all = [
        worded(preview.returning.organisations).map(|amount| match promised {
            true => t.rounds_ending_to_promisers(amount),
            false if preview.lapses.is_some() => t.rounds_ending_to_lapse(amount),
            false => t.rounds_ending_to_organisations(amount),
        }),
        worded(preview.returning.funds).map(|amount| t.rounds_ending_to_funds(amount)),
        worded(preview.returning.left).map(|amount| t.rounds_ending_of_left(amount)),
        promised.then(|| t.promise_round_unspent().to_owned()),
        carried.map(|amount| t.rounds_ending_carried(amount)),
        worded(own).map(|amount| t.rounds_ending_lapse_own(amount)),
        worded(common).map(|amount| t.rounds_ending_lapse_common(amount)),
        (own.is_positive() && common.is_positive()).then(|| t.rounds_ending_lapse_again().to_owned()),
        worded(funds).map(|amount| t.rounds_ending_lapse_funds(amount)),
        (left.is_zero() && !promised).then(|| t.rounds_ending_nothing_left().to_owned()),
    ];
    all.into_iter().flatten().collect()
}

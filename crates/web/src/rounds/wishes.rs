//! What those who gave wish for, together: shown where their gifts are shared out and put. It binds nobody.

use std::collections::BTreeMap;

use app::gifts::wishes_of_round;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::Money;
use store::Tx;
use store::gifts::Wished;
use store::rounds::Round;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// The most wishes that a page lists.
const MOST_SHOWN: usize = 50;
/// The most gifts of which the latest wishes are told.
const MOST_LATEST: u16 = 200;

/// The wishes of gifts, worded; shown where there are any.
#[derive(Debug, Clone, Template)]
#[template(path = "rounds/wishes.html")]
pub(crate) struct Wishes {
    t: Words,
    lead: &'static str,
    lines: Vec<Line>,
}

impl HtmlSafe for Wishes {}

/// One wish: of how many gifts, of how much in all.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    what: String,
    /// The page of the feature that is wished for.
    href: Option<String>,
    gifts: String,
    amount: String,
}

/// What those wish for whose gifts a round shares, for whoever belongs to the collective: a wish may tell who gave.
pub(super) async fn wishes(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    round: &Round,
) -> Result<Option<Wishes>, WebError> {
    let inside = desk.standing.as_ref().is_some_and(|standing| app::people::check_member(standing).is_ok());
    if !inside {
        return Ok(None);
    }
    let found = wishes_of_round(tx, round).await?;
    Ok(worded(state, t, desk, found, t.rounds_wishes_lead()))
}

/// The latest wishes of all gifts of a pot, for whoever carries a decision about gifts out.
pub(crate) async fn latest(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
) -> Result<Option<Wishes>, WebError> {
    let found = store::gifts::wishes(tx, desk.pot.id, 0, i64::MAX, MOST_LATEST).await?;
    Ok(worded(state, t, desk, found, t.gifts_put_wishes()))
}

fn worded(state: &AppState, t: Words, desk: &Desk, found: Vec<Wished>, lead: &'static str) -> Option<Wishes> {
    let lines: Vec<Line> = together(found)
        .into_iter()
        .take(MOST_SHOWN)
        .map(|(wish, sum)| Line {
            what: match &wish.title {
                Some(title) if wish.words.is_empty() => t.typography(title).into_owned(),
                Some(title) => format!("{} — {}", t.typography(title), t.typography(&wish.words)),
                None => t.typography(&wish.words).into_owned(),
            },
            href: wish.feature.map(|number| state.paths.one(desk.slug(), "features", number)),
            gifts: t.rounds_wish_gifts(sum.gifts),
            amount: t.money(sum.amount, desk.currency()),
        })
        .collect();
    (!lines.is_empty()).then_some(Wishes { t, lead, lines })
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wish {
    feature: Option<i64>,
    title: Option<String>,
    words: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Sum {
    gifts: usize,
    amount: Money,
}

/// The same wishes together, the largest first.
fn together(wishes: Vec<Wished>) -> Vec<(Wish, Sum)> {
    let mut sums: BTreeMap<Wish, Sum> = BTreeMap::new();
    for Wished { amount, feature, title, wish, .. } in wishes {
        let sum = sums.entry(Wish { feature, title, words: wish }).or_default();
        sum.gifts += 1;
        sum.amount = sum.amount.plus(amount).unwrap_or(sum.amount);
    }
    let mut sums: Vec<(Wish, Sum)> = sums.into_iter().collect();
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.amount));
    sums
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_same_wish_counts_once_and_the_largest_comes_first() {
        let gift = |seq, cents, feature: Option<i64>, wish: &str| Wished {
            seq,
            received_on: date(2025, 3, 1),
            amount: Money::new(cents),
            feature,
            title: feature.map(|number| format!("F{number}")),
            wish: wish.to_owned(),
        };
        let all = vec![
            gift(4, 500, None, "les traductions"),
            gift(3, 2_000, Some(1), ""),
            gift(2, 700, None, "les traductions"),
        ];
        let told: Vec<(Option<i64>, usize, i64)> = together(all)
            .into_iter()
            .map(|(wish, sum)| (wish.feature, sum.gifts, sum.amount.minor()))
            .collect();
        assert_eq!(told, [(Some(1), 1, 2_000), (None, 2, 1_200)]);
    }
}

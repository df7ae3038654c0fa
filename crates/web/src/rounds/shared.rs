//! What a distribution gave to each, and why: the same table as its preview, for as long as it stands.

use std::collections::HashMap;

use app::visibility::know;
use askama::Template;
use axum::response::Response;
use domain::ids::OrganisationId;
use domain::visibility::FEWEST;
use domain::{Book, Money, text};
use store::Tx;
use store::rounds::{Round, RoundShare};

use super::explained;
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Section, html};
use crate::place::Desk;
use crate::state::AppState;

/// Most shares that the page lists.
const MOST_SHARES: i64 = 5_000;

#[derive(Template)]
#[template(path = "rounds/shared.html")]
struct SharedPage {
    frame: Frame,
    crumbs: Crumbs,
    heading: String,
    explained: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    /// Their sums, where all are in the table.
    sum: Option<Row>,
    /// What is said of those who aren't in the table.
    untold: Option<String>,
}

/// What one organisation got.
struct Row {
    name: String,
    parts: Vec<(String, String)>,
    total: String,
}

/// A part of a share, by its name.
type Part = (&'static str, fn(&RoundShare) -> Money);

const PARTS: [Part; 4] = [
    ("equal", |share| share.equal_part),
    ("paid", |share| share.paid_part),
    ("manual", |share| share.manual_part),
    ("gift", |share| share.gift_part),
];

fn total(share: &RoundShare) -> Money {
    Money::sum(PARTS.iter().map(|(_, of)| of(share))).unwrap_or_default()
}

/// The page of a distribution that stands; none while there is none to be told.
pub(super) async fn shared(
    tx: &mut Tx,
    state: &AppState,
    desk: &Desk,
    frame: &Frame,
    round: &Round,
) -> Result<Option<Response>, WebError> {
    let entry = store::views::distribution_entry(tx, desk.pot.id, round.id).await?;
    // Where somebody hides, strangers see what was shared a quarter of an hour later.
    if entry.is_none_or(|seq| seq > desk.sight.past.last(Book::Cash)) {
        return Ok(None);
    }
    let collective = desk.place.collective.id;
    let shares = store::rounds::shares(tx, round.id, None, MOST_SHARES).await?;
    let about = shares.iter().map(|share| (share.organisation, None));
    let veil = know(tx, collective, &desk.sight.veil, about).await?;
    let members = store::organisations::members(tx, collective, "", u16::MAX).await?;
    let names: HashMap<OrganisationId, String> =
        members.into_iter().map(|member| (member.id, member.name)).collect();
    let (told, hidden): (Vec<&RoundShare>, Vec<&RoundShare>) =
        shares.iter().partition(|share| veil.tells(share.organisation));
    let (t, currency) = (frame.t, desk.currency());
    let money = |amount| t.money(amount, currency);
    let columns: Vec<&Part> =
        PARTS.iter().filter(|(_, of)| told.iter().any(|share| of(share).is_positive())).collect();
    let mut rows: Vec<Row> = told
        .iter()
        .map(|share| Row {
            name: names.get(&share.organisation).cloned().unwrap_or_default(),
            parts: columns.iter().map(|(part, of)| (t.rounds_part(*part), money(of(share)))).collect(),
            total: money(total(share)),
        })
        .collect();
    rows.sort_by_key(|row| text::fold(&row.name));
    let sum_of = |of: fn(&RoundShare) -> Money| {
        money(Money::sum(told.iter().map(|share| of(share))).unwrap_or_default())
    };
    let sum = hidden.is_empty().then(|| Row {
        name: t.rounds_total().to_owned(),
        parts: columns.iter().map(|(part, of)| (t.rounds_part(*part), sum_of(*of))).collect(),
        total: sum_of(total),
    });
    let untold = (!hidden.is_empty()).then(|| match hidden.len() >= FEWEST {
        true => {
            let sum = Money::sum(hidden.iter().map(|share| total(share))).unwrap_or_default();
            t.rounds_shared_others(money(sum), hidden.len())
        }
        false => t.rounds_shared_untold().to_owned(),
    });
    let heading = t.rounds_shared_heading(round.number);
    let back = state.paths.one(desk.slug(), "rounds", round.number);
    html(&SharedPage {
        crumbs: Crumbs {
            t,
            above: vec![(back, t.rounds_name_of(t.typography(&round.name), round.number))],
            here: heading.clone(),
        },
        heading,
        explained: explained(t, &round.share_rule),
        columns: columns.iter().map(|(part, _)| t.rounds_part(*part)).collect(),
        rows,
        sum,
        untold,
        frame: desk.frame(frame.clone(), Section::Round),
    })
    .map(Some)
}

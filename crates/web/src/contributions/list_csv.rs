//! What came in, for a spreadsheet: one line an entry, the oldest first.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::actor::Action;
use store::views::Receipt;
use words::Words;

use super::days::AskedDays;
use super::nowhere::holds_nothing;
use crate::error::WebError;
use crate::layout::Frame;
use crate::place::Desk;
use crate::spreadsheet::{download, harmless, writer};
use crate::state::AppState;

/// Most lines of the file.
const MOST_LINES: i64 = 20_000;

/// `GET /c/{collective}/contributions.csv?from=2026-01-01&to=2026-12-31`, or `?year=2026`, for treasurers.
pub(crate) async fn csv(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<AskedDays>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    if !desk.may(Action::RecordMoney, None) {
        return Err(WebError::Forbidden);
    }
    let (t, currency) = (frame.t, desk.currency());
    let days = asked.read(t, currency);
    if holds_nothing(&desk) || !days.are_read {
        return Err(WebError::NotFound);
    }
    let mut rows = store::views::receipts_of(&mut tx, desk.pot.id, days.both, i64::MAX, MOST_LINES).await?;
    drop(tx);
    rows.reverse();
    let mut writer = writer(t);
    let head = [
        t.contributions_received_on(),
        t.contributions_number(),
        t.contributions_from(),
        t.contributions_nature(),
        t.contributions_amount(),
        t.contributions_reference(),
        t.contributions_proof(),
        t.contributions_csv_undone(),
    ];
    writer.write_record(head).map_err(WebError::internal)?;
    for row in &rows {
        let line = [
            row.received_on.to_string(),
            row.seq.to_string(),
            harmless(row.from_name.as_deref().unwrap_or_default()),
            kind_of(t, row),
            t.money_field(row.amount, currency),
            harmless(&row.reference),
            t.contributions_csv_proof(if row.proofs > 0 || row.proof.is_some() { "yes" } else { "no" }),
            row.reversed_by.map(|number| number.to_string()).unwrap_or_default(),
        ];
        writer.write_record(line).map_err(WebError::internal)?;
    }
    Ok(download([&slug, "contributions"], writer.into_inner().map_err(WebError::internal)?))
}

/// Its legal nature, or what it pays where it has none of its own.
fn kind_of(t: Words, row: &Receipt) -> String {
    match row.nature {
        Some(nature) => t.contributions_nature_name(nature.as_str()),
        None => t.accounts_kind(row.kind.as_str()),
    }
}

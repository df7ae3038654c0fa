//! The statement of an organisation for a spreadsheet: every move, oldest first, each amount in the column that says
//! what it means, written as the reader's spreadsheet reads numbers.

use axum::extract::{Path, State};
use axum::response::Response;
use csv::Writer;
use domain::{Currency, Money};
use words::Words;

use super::effect::{Effect, Move, moves};
use super::promised::{Promised, about, asked, engagement};
use super::statement::{Statement, kind_of, open};
use crate::error::WebError;
use crate::layout::Frame;
use crate::place::Desk;
use crate::spreadsheet::{download, harmless, writer};
use crate::state::AppState;

/// `GET /c/{collective}/members/{organisation}/statement.csv`
pub(crate) async fn csv(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Statement { desk, member, legs, promised, .. } = open(&state, &frame, &slug, &member).await?;
    let mut writer = writer(frame.t);
    match &promised {
        Some(promised) => write_promises(&mut writer, &desk, frame.t, promised)?,
        None => write_moves(&mut writer, frame.t, desk.currency(), &moves(&legs, member.id))?,
    }
    Ok(download([&slug, &member.slug], writer.into_inner().map_err(WebError::internal)?))
}

/// What it promised, what was asked of it, what it paid: one line each, its amount in the column that says what it is.
pub(super) fn write_promises(
    writer: &mut Writer<Vec<u8>>,
    desk: &Desk,
    t: Words,
    found: &Promised,
) -> Result<(), WebError> {
    let head = [
        t.contributions_statement_day(),
        t.contributions_statement_what(),
        t.calls_for(),
        t.calls_reference(),
        t.contributions_promised_amount(),
        t.calls_amount(),
        t.contributions_called_paid(),
    ];
    writer.write_record(head).map_err(WebError::internal)?;
    let mut line = |first: [String; 4], column: usize, amount: Money| {
        let mut amounts: [String; 3] = Default::default();
        amounts[column] = t.money_field(amount, desk.currency());
        writer.write_record(first.iter().chain(&amounts)).map_err(WebError::internal)
    };
    for one in &found.promises {
        let day = desk.place.collective.day(one.changed_at).to_string();
        line([day, engagement(t, one), harmless(&about(t, one)), String::new()], 0, one.amount)?;
    }
    for call in &found.calls {
        let name = t.calls_one(desk.pot.fund_mode.as_str(), call.number);
        let first = [call.due_on.to_string(), name, harmless(&call.title), call.reference.clone()];
        line(first, 1, asked(call))?;
    }
    for paid in &found.paid {
        let what = t.contributions_paid_line().to_owned();
        let first = [paid.received_on.to_string(), what, harmless(&paid.title), paid.reference.clone()];
        line(first, 2, paid.amount)?;
    }
    Ok(())
}

/// Every move, its amount in the column that says what it is.
pub(super) fn write_moves(
    writer: &mut Writer<Vec<u8>>,
    t: Words,
    currency: Currency,
    found: &[Move<'_>],
) -> Result<(), WebError> {
    let head = [
        t.contributions_statement_day(),
        t.contributions_number(),
        t.contributions_statement_when(),
        t.contributions_statement_what(),
        t.contributions_statement_feature(),
        t.contributions_statement_paid(),
        t.contributions_statement_shared(),
        t.contributions_statement_put(),
        t.contributions_statement_returned(),
        t.contributions_statement_lapsed(),
        t.contributions_statement_owed(),
        t.contributions_statement_due(),
        t.contributions_statement_repaid(),
        t.contributions_statement_gone(),
    ];
    writer.write_record(head).map_err(WebError::internal)?;
    for one in found {
        let leg = one.leg;
        let first = [
            leg.effective_on.to_string(),
            leg.seq.to_string(),
            leg.round.map(|number| t.contributions_statement_round(number)).unwrap_or_default(),
            kind_of(t, leg),
            harmless(leg.title.as_deref().unwrap_or_default()),
        ];
        let mut amounts: [String; 9] = Default::default();
        amounts[column(one.effect)] = t.money_field(Money::new(one.amount), currency);
        writer.write_record(first.iter().chain(&amounts)).map_err(WebError::internal)?;
    }
    Ok(())
}

/// Which of the columns of amounts: those of the page in its order, and what went elsewhere.
const fn column(effect: Effect) -> usize {
    match effect {
        Effect::Paid => 0,
        Effect::Shared => 1,
        Effect::Put => 2,
        Effect::Returned => 3,
        Effect::Lapsed => 4,
        Effect::Owed => 5,
        Effect::Due => 6,
        Effect::Repaid => 7,
        Effect::Elsewhere(_) => 8,
    }
}

//! The year where one promises: what was promised in it, what was asked for it, what was paid.

use domain::Money;
use paper::Part;

use super::cells::Cells;
use super::{Year, table};
use crate::contributions::promised::{Promised, about, asked, engagement};
use crate::place::Desk;

/// What counts for the year: promises by the day they were last changed, calls by the day they are due, payments by the
/// day they came.
pub(super) fn within(all: &Promised, desk: &Desk, year: Year) -> Promised {
    let mut some = all.clone();
    some.promises.retain(|one| year.has(desk.place.collective.day(one.changed_at)));
    some.calls.retain(|call| year.has(call.due_on));
    some.paid.retain(|paid| year.has(paid.received_on));
    some
}

/// The parts of the paper; nothing where nothing happened.
pub(super) fn parts(cells: Cells, desk: &Desk, all: &Promised, year: Year) -> Vec<Part> {
    let t = cells.t;
    let some = within(all, desk, year);
    let money = |amount: Money| cells.money(amount.minor());
    let sums = some.sums();
    let [called, paid, rest] = sums.map(money);
    let total = t.contributions_statement_total().to_owned();
    let promises = some.promises.iter().map(|one| vec![about(t, one), engagement(t, one), money(one.amount)]);
    let promises = table(
        t.contributions_promised_caption(),
        &[
            (t.calls_for(), 4),
            (t.contributions_promised_engagement(), 2),
            (t.contributions_promised_amount(), 1),
        ],
        1,
        promises.collect(),
        None,
    );
    let calls = some.calls.iter().map(|call| {
        let amounts = [asked(call), call.received, call.amounts().rest()].map(money);
        let name = t.calls_one(desk.pot.fund_mode.as_str(), call.number);
        [name, cells.title(&call.title)].into_iter().chain(amounts).collect()
    });
    let calls = table(
        t.contributions_called_caption(),
        &[
            (t.contributions_number(), 3),
            (t.calls_for(), 5),
            (t.calls_amount(), 2),
            (t.contributions_called_paid(), 2),
            (t.calls_rest(), 2),
        ],
        3,
        calls.collect(),
        Some(vec![total.clone(), String::new(), called, paid, rest]),
    );
    let came = Money::sum(some.paid.iter().map(|one| one.amount)).unwrap_or_default();
    let payments = some.paid.iter().map(|one| {
        let title = cells.title(&one.title);
        vec![cells.day(one.received_on), title, one.reference.clone(), money(one.amount)]
    });
    let payments = table(
        t.contributions_paid_caption(),
        &[
            (t.calls_received_on(), 3),
            (t.calls_for(), 4),
            (t.calls_reference(), 4),
            (t.contributions_amount(), 2),
        ],
        1,
        payments.collect(),
        Some(vec![total, String::new(), String::new(), money(came)]),
    );
    let mut parts = Vec::new();
    if calls.is_some() {
        let [called, paid, rest] = sums.map(|amount| cells.said(amount.minor()));
        parts.push(Part::Text(t.contributions_promised_lead(called, paid, rest)));
    }
    let titled = [(t.year_promised(), promises), (t.year_called(), calls), (t.year_payments(), payments)];
    for (heading, found) in titled {
        if let Some(found) = found {
            parts.extend([Part::Heading(heading.to_owned()), found]);
        }
    }
    parts
}

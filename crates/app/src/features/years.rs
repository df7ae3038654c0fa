//! The money of a pot by civil year: what lay at the bank when it began, what came and went, and where the money was at its
//! end.

use domain::{Book, Money, ids::PotId};
use jiff::civil::{Date, date};
use store::{Tx, cash::BankFlow};

use super::lists::{Places, merged};
use crate::past::Past;

/// A year of a pot.
#[derive(Clone, Debug)]
pub struct YearOfPot {
    /// The year.
    pub year: i16,
    /// Its last day, or today while it runs.
    pub last: Date,
    /// What lay at the bank before its first day.
    pub opening: Money,
    /// What moved at the bank in it: above zero it came in, below zero it went out.
    pub flows: Vec<BankFlow>,
    /// Where the money was at its end.
    pub places: Places,
}

impl YearOfPot {
    /// What came in and what went out, both above zero.
    #[must_use]
    pub fn in_and_out(&self) -> (Money, Money) {
        let sum = |flows: &mut dyn Iterator<Item = Money>| Money::sum(flows).unwrap_or_default();
        let came = sum(&mut self.flows.iter().map(|flow| flow.amount.max(Money::ZERO)));
        let left = sum(&mut self.flows.iter().map(|flow| flow.amount.min(Money::ZERO)));
        (came, left.negated().unwrap_or_default())
    }
}

/// The years for which entries count, the newest first.
pub async fn years(tx: &mut Tx, pot: PotId, past: &Past) -> store::sqlx::Result<Vec<i16>> {
    let rows = store::cash::years(tx, pot, past.last(Book::Cash)).await?;
    Ok(rows.into_iter().filter_map(|row| i16::try_from(row.year).ok()).collect())
}

/// A year of a pot, as it was seen; none where no entry counts for it.
pub async fn year_of(
    tx: &mut Tx,
    pot: PotId,
    year: i16,
    today: Date,
    past: &Past,
) -> store::sqlx::Result<Option<YearOfPot>> {
    if !years(tx, pot, past).await?.contains(&year) {
        return Ok(None);
    }
    let (first, last) = (date(year, 1, 1), date(year, 12, 31));
    let until = past.last(Book::Cash);
    let before = first.yesterday().unwrap_or(first);
    let opening = Places::of(&store::cash::sums_on(tx, pot, before, until).await?).cash;
    let flows = merged(store::cash::bank_flows_of(tx, pot, (first, last), until).await?);
    let places = Places::of(&store::cash::sums_on(tx, pot, last, until).await?);
    Ok(Some(YearOfPot { year, last: last.min(today.max(first)), opening, flows, places }))
}

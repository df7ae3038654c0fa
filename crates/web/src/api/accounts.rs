//! The public accounts of a pot: what is where, entry by entry, and the file that anybody can check.

use app::export::Format;
use app::features::lists::{Places, glance};
use app::features::years::{YearOfPot, year_of, years};
use app::visibility::know;
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::Book;
use domain::ids::{OrganisationId, PostingId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::views::Entry;
use utoipa::ToSchema;

use super::call::{Asked, At, Call};
use super::parts::{Amount, CurrencyOut, Listed, Paging, listed};
use super::problem::ApiError;
use crate::error::WebError;

/// Where the money of a pot is, and where its books end.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountsOut {
    currency: CurrencyOut,
    /// Where the money is, as the page of the accounts says it.
    balances: Vec<BalanceOut>,
    /// What came in since the beginning, by legal nature, without what was reversed.
    income: Vec<NatureOut>,
    /// Where each book ends: keep them, and nothing before can change unnoticed.
    heads: Vec<HeadOut>,
    /// The last check of the invariants; none before the first.
    check: Option<CheckOut>,
    /// The year that was asked for.
    year: Option<YearOut>,
    /// The years for which entries count, the newest first.
    years: Vec<i16>,
}

/// A civil year of a pot.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct YearOut {
    year: i16,
    /// Its last day, or today while it runs.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// What lay at the bank before its first day.
    opening: Amount,
    /// What came in, what was undone of the same year's taken off.
    came: Amount,
    /// What went out.
    left: Amount,
    /// Where the money was at its end.
    balances: Vec<BalanceOut>,
}

impl YearOut {
    fn of(year: &YearOfPot) -> Self {
        let (came, left) = year.in_and_out();
        Self {
            year: year.year,
            until: year.last,
            opening: year.opening.into(),
            came: came.into(),
            left: left.into(),
            balances: balances(&year.places),
        }
    }
}

/// Which year is asked for, besides everything.
#[derive(Debug, Deserialize)]
pub(super) struct OfYear {
    year: Option<i16>,
}

/// What lies in one place.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BalanceOut {
    /// `to_share`, `in_shares`, `on_features`, `bound`, `reserve`, or `bank`: all of it.
    #[schema(value_type = String)]
    place: &'static str,
    balance: Amount,
}

/// What came in under a legal nature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NatureOut {
    nature: Option<String>,
    entries: i64,
    amount: Amount,
}

/// The end of a book.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HeadOut {
    /// `cash` or `promises`.
    book: String,
    /// The number of its last posting; 0 in an empty book.
    seq: i64,
    /// SHA-256 in hexadecimal digits.
    hash: String,
}

/// A check of the invariants.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CheckOut {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many breaches it found.
    breaches: i64,
}

fn balances(found: &Places) -> Vec<BalanceOut> {
    let places = [
        ("to_share", found.to_share),
        ("in_shares", found.in_shares),
        ("on_features", found.on_features),
        ("bound", found.bound),
        ("reserve", found.reserve),
        ("due", found.due),
        ("in_transit", found.in_transit),
        ("bank", found.cash),
    ];
    places.into_iter().map(|(place, amount)| BalanceOut { place, balance: amount.into() }).collect()
}

/// `GET /collectives/{collective}/accounts`
pub(super) async fn show(
    call: Call,
    At(slug): At<String>,
    Asked(asked): Asked<OfYear>,
) -> Result<Json<AccountsOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let pot = desk.pot.id;
    let past = &desk.sight.past;
    let found = glance(&mut tx, pot, desk.place.today, past).await?;
    let years = years(&mut tx, pot, past).await?;
    let year = match asked.year {
        None => None,
        Some(year) => {
            let of_year = year_of(&mut tx, pot, year, desk.place.today, past).await?;
            Some(of_year.ok_or(WebError::NotFound)?)
        }
    };
    let income = store::views::income(&mut tx, pot, past.last(Book::Cash)).await?;
    let check = store::views::newest_check(&mut tx, pot).await?;
    Ok(Json(AccountsOut {
        currency: desk.currency().into(),
        balances: balances(&found.places),
        year: year.as_ref().map(YearOut::of),
        years,
        income: income
            .iter()
            .map(|row| NatureOut {
                nature: row.nature.map(|nature| nature.as_str().to_owned()),
                entries: row.entries,
                amount: row.amount.into(),
            })
            .collect(),
        heads: past
            .heads()
            .iter()
            .map(|row| HeadOut {
                book: row.book.as_str().to_owned(),
                seq: row.seq,
                hash: hex::encode(row.hash),
            })
            .collect(),
        check: check.map(|check| CheckOut { at: check.at, breaches: check.breaches }),
    }))
}

/// An entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EntryOut {
    #[schema(value_type = Uuid)]
    id: PostingId,
    /// Its number in the book.
    seq: i64,
    /// What it does.
    kind: String,
    /// The day that it counts for.
    #[schema(value_type = String, format = Date)]
    on: Date,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Timestamp,
    /// The legal nature of money that came in.
    nature: Option<String>,
    /// The organisation concerned; none where its amounts are hidden.
    #[schema(value_type = Option<Uuid>)]
    organisation: Option<OrganisationId>,
    organisation_name: Option<String>,
    /// The number of its round.
    round: Option<i64>,
    /// The number of its feature.
    feature: Option<i64>,
    /// The number of the decision that it rests on.
    decision: Option<i64>,
    /// The listed reason.
    reason: Option<String>,
    /// For a reversal: the number of what it undoes.
    reverses: Option<i64>,
    /// The number of what undid it.
    reversed_by: Option<i64>,
    /// The sum of its transfers; none where it is hidden.
    amount: Option<Amount>,
    currency: CurrencyOut,
}

/// `GET /collectives/{collective}/journal`: the book of cash, newest first, as the page of the accounts shows it.
pub(super) async fn journal(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<EntryOut>, ApiError> {
    let below: i64 = paging.after()?.unwrap_or(i64::MAX);
    let (mut tx, desk) = call.desk(&slug).await?;
    let last = desk.sight.past.last(Book::Cash);
    let below = below.min(last.saturating_add(1));
    let rows = store::views::entries(&mut tx, desk.pot.id, Book::Cash, below, paging.one_more()?).await?;
    let about = rows.iter().filter_map(|entry| Some((entry.organisation?, entry.feature_id)));
    let veil = know(&mut tx, desk.place.collective.id, &desk.sight.veil, about).await?;
    let currency = desk.currency();
    listed(
        rows,
        &paging,
        |row| row.seq.to_string(),
        |row: Entry| {
            let told = crate::accounts::tells(&veil, &row);
            EntryOut {
                id: row.id,
                seq: row.seq,
                kind: row.kind.as_str().to_owned(),
                on: row.effective_on,
                recorded_at: row.recorded_at,
                nature: row.nature.map(|nature| nature.as_str().to_owned()),
                organisation: row.organisation.filter(|_| told),
                organisation_name: row.organisation_name.filter(|_| told),
                round: row.round,
                feature: row.feature,
                decision: row.decision,
                reason: row.reason,
                reverses: row.reverses,
                reversed_by: row.reversed_by.filter(|number| *number <= last),
                amount: told.then_some(row.amount.into()),
                currency: currency.into(),
            }
        },
    )
}

/// `GET /collectives/{collective}/journal.json`: the public journal, which `popote verify --journal` checks.
pub(super) async fn json(call: Call, At(slug): At<String>) -> Result<Response, ApiError> {
    send(call, slug, Format::Json, "application/json").await
}

/// `GET /collectives/{collective}/journal.csv`
pub(super) async fn csv(call: Call, At(slug): At<String>) -> Result<Response, ApiError> {
    send(call, slug, Format::Csv, "text/csv; charset=utf-8").await
}

async fn send(call: Call, slug: String, format: Format, kind: &'static str) -> Result<Response, ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    let body = crate::accounts::journal(&call.state, &desk, format).await?;
    Ok(([(CONTENT_TYPE, kind)], body).into_response())
}

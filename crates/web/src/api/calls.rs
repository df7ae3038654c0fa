//! Calls for funds, which are order lines in a direct pot: read, paid, received, recorded, covered.

use app::fund_calls::page::{PAGE, call_list};
use app::fund_calls::{
    NewCallPayment, PaidIn, confirm_received, cover_call, record_call_payment, say_not_paid, say_paid as say,
    undo_received,
};
use axum::Json;
use axum::http::StatusCode;
use domain::fund_calls::CallAmounts;
use domain::ids::{CallReceiptId, FundCallId, OrganisationId};
use domain::input::FieldRule;
use domain::pot::FundMode;
use domain::tokens::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::fund_calls::{CallReceipt, Listed as Row, Which};
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::contributions::{ProofIn, proof};
use super::parts::{Amount, CurrencyOut, Entered, Listed, Paging, page_of};
use super::problem::ApiError;
use crate::calls::read;
use crate::error::WebError;
use crate::place::Desk;

/// A call for funds, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CallCard {
    #[schema(value_type = Uuid)]
    id: FundCallId,
    /// Its number in the pot.
    number: i64,
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    organisation_name: String,
    /// The number of the feature.
    feature: i64,
    /// `open`, `partly_paid`, `paid`, `unpaid`, `covered` or `cancelled`.
    state: String,
    called: Amount,
    received: Amount,
    /// What others took over.
    covered: Amount,
    /// What isn't asked any more.
    cancelled: Amount,
    /// What of the received was given back, because whoever was late paid all the same.
    repaid: Amount,
    /// What is still awaited.
    rest: Amount,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// When whoever is called said that it is paid.
    #[schema(value_type = Option<String>, format = DateTime)]
    said_paid_at: Option<Timestamp>,
}

impl CallCard {
    fn amounts(self, amounts: CallAmounts) -> Self {
        Self {
            called: amounts.called.into(),
            received: amounts.received.into(),
            covered: amounts.covered.into(),
            cancelled: amounts.cancelled.into(),
            repaid: amounts.repaid.into(),
            rest: amounts.rest().into(),
            ..self
        }
    }
}

impl From<Row> for CallCard {
    fn from(row: Row) -> Self {
        let amounts = row.amounts();
        let nothing = || Amount(domain::Money::ZERO);
        Self {
            id: row.id,
            number: row.number,
            organisation: row.organisation,
            organisation_name: row.name,
            feature: row.feature,
            state: row.state.as_str().to_owned(),
            called: nothing(),
            received: nothing(),
            covered: nothing(),
            cancelled: nothing(),
            repaid: nothing(),
            rest: nothing(),
            due_on: row.due_on,
            said_paid_at: row.said_paid_at,
        }
        .amounts(amounts)
    }
}

/// Which calls.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Filter {
    feature: Option<i64>,
}

/// `GET /collectives/{collective}/calls`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
    Asked(filter): Asked<Filter>,
) -> Result<Listed<CallCard>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let which = match filter.feature {
        None => Which::Pot(desk.pot.id),
        Some(number) => {
            let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
            let feature = feature.ok_or_else(|| ApiError::field("feature", FieldRule::Unknown))?;
            Which::Feature(feature.id)
        }
    };
    let below: i64 = paging.after()?.unwrap_or(i64::MAX);
    let limit = usize::from(paging.limit()?).min(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let found = call_list(&mut tx, &desk.pot, which, below, &desk.sight).await?;
    let mut cards: Vec<CallCard> = found.told.into_iter().map(CallCard::from).collect();
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = if more { cards.last().map(|card| card.number) } else { found.next };
    Ok(page_of(cards, next.map(|number| number.to_string())))
}

/// Something received for a call.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CallReceiptOut {
    #[schema(value_type = Uuid)]
    id: CallReceiptId,
    /// What of it counts for the call.
    amount: Amount,
    /// What was more than called.
    excess: Amount,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// When it was found wrong, and counts no more.
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Timestamp>,
}

impl From<&CallReceipt> for CallReceiptOut {
    fn from(row: &CallReceipt) -> Self {
        Self {
            id: row.id,
            amount: row.amount.into(),
            excess: row.excess.into(),
            received_on: row.received_on,
            undone_at: row.undone_at,
        }
    }
}

/// A call for funds.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CallOut {
    currency: CurrencyOut,
    call: CallCard,
    /// The reference of ISO 11649 that the transfer carries.
    reference: String,
    /// Who is paid.
    payee: String,
    /// Where to transfer; empty: not written down, or paid on an invoice.
    iban: String,
    receipts: Vec<CallReceiptOut>,
}

/// `GET /collectives/{collective}/calls/{number}`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<CallOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let (page, _) = read(&mut tx, &desk, number).await?;
    drop(tx);
    let row = page.call;
    let card = CallCard {
        id: row.id,
        number: row.number,
        organisation: row.organisation,
        organisation_name: page.organisation,
        feature: page.feature.number,
        state: row.state.as_str().to_owned(),
        called: row.amount.into(),
        received: row.received.into(),
        covered: row.covered.into(),
        cancelled: row.cancelled.into(),
        repaid: row.repaid.into(),
        rest: row.rest().into(),
        due_on: row.due_on,
        said_paid_at: row.said_paid_at,
    };
    Ok(Json(CallOut {
        currency: desk.currency().into(),
        call: card,
        reference: row.reference,
        payee: page.payee.name,
        iban: page.payee.iban,
        receipts: page.receipts.iter().map(CallReceiptOut::from).collect(),
    }))
}

/// Where the cents of a payment went.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PaidOut {
    /// For the rest of the call.
    to_call: Amount,
    /// For what others had covered: they get as much back.
    late: Amount,
    /// More than was called: it waits for the organisation's next call.
    excess: Amount,
    /// What is still awaited for the call.
    rest: Amount,
}

impl From<PaidIn> for PaidOut {
    fn from(paid: PaidIn) -> Self {
        Self {
            to_call: paid.to_call.into(),
            late: paid.late.into(),
            excess: paid.excess.into(),
            rest: paid.rest.into(),
        }
    }
}

/// The call of that number, for somebody who may see it.
async fn at(call: &Call, slug: &str, number: i64) -> Result<(Desk, FundCallId), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    if desk.standing.is_none() {
        return Err(call.acts(&desk, Scope::Allocate).err().unwrap_or_else(|| WebError::NotFound.into()));
    }
    let (page, _) = read(&mut tx, &desk, number).await?;
    Ok((desk, page.call.id))
}

/// `POST /collectives/{collective}/calls/{number}/paid`
pub(super) async fn say_paid(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, id) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Allocate)?;
    say(&call.state.context, acting, id).await.map_err(|failure| ApiError::of(failure, desk.currency()))?;
    call.state.context.wake_worker();
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /collectives/{collective}/calls/{number}/paid`
pub(super) async fn unsay_paid(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, id) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Allocate)?;
    say_not_paid(&call.state.context, acting, id)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was received, in a direct pot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceivedIn {
    amount: Entered,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
}

/// `POST /collectives/{collective}/calls/{number}/receipts`
pub(super) async fn received(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<ReceivedIn>,
) -> Result<Json<PaidOut>, ApiError> {
    let (desk, id) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Allocate)?;
    let paid = confirm_received(&call.state.context, acting, id, new.amount.0, new.received_on)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(paid.into()))
}

/// `DELETE /collectives/{collective}/calls/{number}/receipts/{receipt}`
pub(super) async fn undo(
    call: Call,
    At((slug, number, receipt)): At<(String, i64, CallReceiptId)>,
) -> Result<StatusCode, ApiError> {
    let (desk, id) = at(&call, &slug, number).await?;
    let scope = if desk.pot.fund_mode == FundMode::Pledge { Scope::Money } else { Scope::Allocate };
    let acting = call.acts(&desk, scope)?;
    undo_received(&call.state.context, acting, id, receipt)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// What reached the bank, in a pledge pot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallPaymentIn {
    /// Its true amount, above what is called too.
    amount: Entered,
    /// The day on which it reached the bank.
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// The bank's reference; may be empty.
    #[serde(default)]
    reference: String,
    proof: Option<ProofIn>,
}

/// `POST /collectives/{collective}/calls/{number}/payments`
pub(super) async fn record(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<CallPaymentIn>,
) -> Result<Json<PaidOut>, ApiError> {
    let (desk, id) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Money)?;
    let new = NewCallPayment {
        amount: new.amount.0,
        received_on: new.received_on,
        reference: new.reference.trim().to_owned(),
        proof: proof(new.proof)?,
        // Programs send a key that makes one of two.
        another: true,
    };
    let paid = record_call_payment(&call.state.context, acting, id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(paid.into()))
}

/// What the token's organisation takes over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverIn {
    amount: Entered,
}

/// A cover.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CoveredOut {
    /// The number of the call that it led to.
    number: i64,
    /// What is still awaited for the call covered.
    rest: Amount,
}

/// `POST /collectives/{collective}/calls/{number}/cover`
pub(super) async fn cover(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<CoverIn>,
) -> Result<(StatusCode, Json<CoveredOut>), ApiError> {
    let (desk, id) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Allocate)?;
    let covered = cover_call(&call.state.context, acting, id, new.amount.0)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(CoveredOut { number: covered.number, rest: covered.rest.into() })))
}

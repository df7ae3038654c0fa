//! What is paid back to organisations that left, to be read: it is prepared, authorised and paid on the pages alone.

use app::refunds::page::{page, sees};
use axum::Json;
use domain::actor::{Action, NotAllowed};
use domain::ids::{OrganisationId, RefundId};
use domain::references::Iban;
use domain::tokens::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::Tx;
use store::payments::Payment;
use store::refunds::{Owed, Refund};
use utoipa::ToSchema;

use super::call::{Asked, At, Call};
use super::parts::{Amount, CurrencyOut, Listed, Paging, all_of, listed};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// What is owed to an organisation that left.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwedOut {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    name: String,
    /// What is owed to it and was not transferred.
    owed: Amount,
    /// How much of that somebody prepared to pay back.
    prepared: Amount,
    /// What nobody has prepared.
    rest: Amount,
}

impl From<Owed> for OwedOut {
    fn from(row: Owed) -> Self {
        Self {
            rest: row.rest().into(),
            organisation: row.organisation,
            name: row.name,
            owed: row.owed.into(),
            prepared: row.prepared.into(),
        }
    }
}

/// What is paid back to an organisation, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefundCard {
    #[schema(value_type = Uuid)]
    id: RefundId,
    /// Its number in the pot.
    number: i64,
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    amount: Amount,
    /// `approved` (prepared, awaits a treasurer), `authorised`, `paid` (ordered at the bank), `settled` or `withdrawn`.
    state: String,
    /// The name of the bank account.
    payee: String,
    /// The last four characters of its IBAN.
    iban_end: String,
    #[schema(value_type = String, format = DateTime)]
    prepared_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    authorised_at: Option<Timestamp>,
    /// When it was withdrawn.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// Why it was withdrawn, or why its transfer came back; else empty.
    reason: String,
}

impl From<Refund> for RefundCard {
    fn from(row: Refund) -> Self {
        Self {
            id: row.id,
            number: row.number,
            organisation: row.organisation,
            amount: row.amount.into(),
            state: row.state.as_str().to_owned(),
            payee: row.payee,
            iban_end: Iban::end(&row.iban).to_owned(),
            prepared_at: row.approved_at,
            authorised_at: row.authorised_at,
            ended_at: row.ended_at,
            reason: row.reason,
        }
    }
}

/// A transfer of a refund.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TransferOut {
    /// What it carries from end to end; never another's.
    end_to_end: String,
    /// The day on which it was ordered.
    #[schema(value_type = String, format = Date)]
    paid_on: Date,
    /// The bank's reference; may be empty.
    reference: String,
    /// The day on which it was seen on a statement.
    #[schema(value_type = Option<String>, format = Date)]
    settled_on: Option<Date>,
    /// The day on which it came back.
    #[schema(value_type = Option<String>, format = Date)]
    bounced_on: Option<Date>,
    /// Why; empty where it didn't.
    bounced_reason: String,
}

impl From<Payment> for TransferOut {
    fn from(row: Payment) -> Self {
        Self {
            end_to_end: row.end_to_end,
            paid_on: row.paid_on,
            reference: row.reference,
            settled_on: row.settled_on,
            bounced_on: row.bounced_on,
            bounced_reason: row.bounced_reason,
        }
    }
}

/// What is paid back to an organisation, with its transfers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefundOut {
    refund: RefundCard,
    currency: CurrencyOut,
    /// Its transfers, the oldest first.
    transfers: Vec<TransferOut>,
    /// What the next transfer carries from end to end; none where no transfer is to be made.
    next_transfer: Option<String>,
}

/// A collective for whoever has a place in it, by a token for its money.
async fn inside(call: &Call, slug: &str) -> Result<(Tx, Desk), ApiError> {
    let (tx, desk) = call.inside(slug).await?;
    call.acts(&desk, Scope::Money)?;
    Ok((tx, desk))
}

/// Stewards and treasurers see what is owed; of one refund, whoever prepared it too.
fn check(desk: &Desk, refund: Option<&Refund>) -> Result<(), ApiError> {
    match desk.standing.as_ref().is_some_and(|standing| sees(standing, refund)) {
        true => Ok(()),
        false => Err(NotAllowed::Missing(Action::SeeProofs).into()),
    }
}

/// `GET /collectives/{collective}/refunds`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<RefundCard>, ApiError> {
    let below: i64 = paging.after()?.unwrap_or(i64::MAX);
    let (mut tx, desk) = inside(&call, &slug).await?;
    check(&desk, None)?;
    let rows = store::refunds::list(&mut tx, desk.pot.id, below, paging.one_more()?).await?;
    listed(rows, &paging, |row| row.number.to_string(), RefundCard::from)
}

/// `GET /collectives/{collective}/refunds/owed`
pub(super) async fn owed(call: Call, At(slug): At<String>) -> Result<Listed<OwedOut>, ApiError> {
    let (mut tx, desk) = inside(&call, &slug).await?;
    check(&desk, None)?;
    let rows = store::refunds::owed(&mut tx, desk.pot.id).await?;
    Ok(all_of(rows.into_iter().map(OwedOut::from).collect()))
}

/// `GET /collectives/{collective}/refunds/{number}`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<RefundOut>, ApiError> {
    let (mut tx, desk) = inside(&call, &slug).await?;
    let refund = store::refunds::by_number(&mut tx, desk.pot.id, number).await?;
    check(&desk, refund.as_ref())?;
    let refund = refund.ok_or(WebError::NotFound)?;
    let found = page(&mut tx, &desk.place.collective.locale, refund).await?;
    Ok(Json(RefundOut {
        refund: found.refund.into(),
        currency: desk.currency().into(),
        transfers: found.payments.into_iter().map(TransferOut::from).collect(),
        next_transfer: found.next_transfer,
    }))
}

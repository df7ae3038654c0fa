//! Promises in direct and pledge pots: to a feature outside rounds, or for a round.

use app::promises::save_promise;
use axum::Json;
use domain::promises::{PromiseKind, PromiseOn, PromiseWish};
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::parts::{Amount, CurrencyOut, Entered};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// The promise of the token's organisation. An amount of zero: it made none, or took it back.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PromiseOut {
    currency: CurrencyOut,
    /// `firm`, `conditional` (subject to an assembly) or `intention`; none without a promise.
    kind: Option<String>,
    /// What was said.
    amount: Amount,
    /// What of it is firm: only this counts.
    firm: Amount,
    /// The day of the assembly that a conditional promise waits for.
    #[schema(value_type = Option<String>, format = Date)]
    subject_to: Option<Date>,
}

/// How much a promise binds.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindIn {
    /// Paid once the floor price is reached.
    Firm,
    /// An intention until an assembly has said yes.
    Conditional,
    /// Binds to nothing.
    Intention,
}

/// A promise as the organisation wishes it to be; an amount of zero takes it back. What triggers a feature or is added to
/// a triggered one can't be taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PromiseIn {
    kind: KindIn,
    /// What was firm when it was last looked at: if another amount is firm now, nothing is written.
    seen: Entered,
    amount: Entered,
    /// The day of the assembly, not past: exactly for a conditional promise.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    subject_to: Option<Date>,
}

impl PromiseIn {
    const fn wish(&self, on: PromiseOn) -> PromiseWish {
        let kind = match self.kind {
            KindIn::Firm => PromiseKind::Firm,
            KindIn::Conditional => PromiseKind::Conditional,
            KindIn::Intention => PromiseKind::Intention,
        };
        PromiseWish { on, kind, seen: self.seen.0, amount: self.amount.0, subject_to: self.subject_to }
    }
}

/// What a promise led to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PromisedOut {
    /// What is firm now.
    firm: Amount,
    /// Whether it triggered the feature.
    triggered: bool,
    /// Whether a steward is asked to confirm the trigger.
    confirming: bool,
}

async fn feature(tx: &mut Tx, desk: &Desk, number: i64) -> Result<PromiseOn, ApiError> {
    let feature = store::features::by_number(tx, desk.place.collective.id, number).await?;
    Ok(PromiseOn::Feature(feature.ok_or(WebError::NotFound)?.id))
}

async fn round(tx: &mut Tx, desk: &Desk, number: i64) -> Result<PromiseOn, ApiError> {
    let round = store::rounds::by_number(tx, desk.pot.id, number).await?;
    Ok(PromiseOn::Round(round.ok_or(WebError::NotFound)?.id))
}

async fn told(mut tx: Tx, desk: Desk, on: PromiseOn) -> Result<Json<PromiseOut>, ApiError> {
    let organisation = desk.acting_for.ok_or(WebError::Forbidden)?;
    let promise = store::promises::of(&mut tx, on, organisation).await?;
    let promise = promise.filter(|promise| promise.amount.is_positive());
    Ok(Json(PromiseOut {
        currency: desk.currency().into(),
        kind: promise.as_ref().map(|promise| promise.kind.as_str().to_owned()),
        amount: promise.as_ref().map(|promise| promise.amount).unwrap_or_default().into(),
        firm: promise.as_ref().map(|promise| promise.firm).unwrap_or_default().into(),
        subject_to: promise.and_then(|promise| promise.subject_to),
    }))
}

async fn made(call: &Call, desk: &Desk, wish: PromiseWish) -> Result<Json<PromisedOut>, ApiError> {
    let acting = call.pays(desk, Scope::Allocate)?;
    let promised = save_promise(&call.state.context, acting, desk.pot.id, wish)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(PromisedOut {
        firm: promised.firm.into(),
        triggered: promised.triggered,
        confirming: promised.confirming,
    }))
}

/// `GET /collectives/{collective}/features/{number}/promise`
pub(super) async fn of_feature(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<PromiseOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let on = feature(&mut tx, &desk, number).await?;
    told(tx, desk, on).await
}

/// `PUT /collectives/{collective}/features/{number}/promise`
pub(super) async fn to_feature(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<PromiseIn>,
) -> Result<Json<PromisedOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let on = feature(&mut tx, &desk, number).await?;
    drop(tx);
    made(&call, &desk, new.wish(on)).await
}

/// `GET /collectives/{collective}/rounds/{number}/promise`
pub(super) async fn of_round(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<PromiseOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let on = round(&mut tx, &desk, number).await?;
    told(tx, desk, on).await
}

/// `PUT /collectives/{collective}/rounds/{number}/promise`
pub(super) async fn for_round(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<PromiseIn>,
) -> Result<Json<PromisedOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let on = round(&mut tx, &desk, number).await?;
    drop(tx);
    made(&call, &desk, new.wish(on)).await
}

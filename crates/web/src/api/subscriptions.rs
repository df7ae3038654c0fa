//! Subscriptions: read, declared, changed, stopped; calls that are given up. What is paid is recorded as a contribution.

use app::subscriptions::page::{Dues, dues, may_see, table};
use app::subscriptions::{Act, NewSubscription, act, give_up as ask_no_more, subscribe};
use axum::Json;
use axum::http::StatusCode;
use domain::actor::{Action, NotAllowed};
use domain::fund_calls::CallAmounts;
use domain::ids::{OrganisationId, SubscriptionId};
use domain::input::FieldRule;
use domain::subscriptions::{Declared, Period};
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::organisations::MemberRow;
use store::subscriptions::{Subscription, SubscriptionCall};
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::parts::{Amount, CurrencyOut, Entered, Listed, Paging, listed};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// A subscription.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubscriptionOut {
    #[schema(value_type = Uuid)]
    id: SubscriptionId,
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    /// `month`, `quarter` or `year`.
    period: String,
    /// For each period; where it is a part of the turnover, for a year, in equal parts.
    amount: Amount,
    /// Whether the amount is a part of the turnover, for a year.
    of_turnover: bool,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// No period that begins after this day is called.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// The first day of the first period that is called no more, where it was stopped.
    #[schema(value_type = Option<String>, format = Date)]
    stops_on: Option<Date>,
    /// The first day of the next period to be called.
    #[schema(value_type = Option<String>, format = Date)]
    next_on: Option<Date>,
}

impl From<&Subscription> for SubscriptionOut {
    fn from(one: &Subscription) -> Self {
        Self {
            id: one.id,
            organisation: one.organisation,
            period: one.period.as_str().to_owned(),
            amount: one.amount.into(),
            of_turnover: one.rate.is_some(),
            starts_on: one.starts_on,
            ends_on: one.ends_on,
            stops_on: one.stops_on,
            next_on: one.course().next().filter(|_| one.over_at.is_none()),
        }
    }
}

/// The call of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DueOut {
    /// Its number in the pot.
    number: i64,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day of the period.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// `open`, `partly_paid`, `paid`, `unpaid` (late) or `cancelled`.
    state: String,
    called: Amount,
    received: Amount,
    /// What isn't asked any more.
    cancelled: Amount,
    rest: Amount,
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// The reference of ISO 11649 that the transfer carries.
    reference: String,
}

impl DueOut {
    fn of(call: &SubscriptionCall, amounts: &CallAmounts, today: Date) -> Self {
        Self {
            number: call.number,
            from: call.from_day,
            until: call.until_day,
            state: amounts.state(call.due_on, today).as_str().to_owned(),
            called: amounts.called.into(),
            received: amounts.received.into(),
            cancelled: amounts.cancelled.into(),
            rest: amounts.rest().into(),
            due_on: call.due_on,
            reference: call.reference.clone(),
        }
    }
}

/// What an organisation subscribed, was called for and paid.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DuesOut {
    currency: CurrencyOut,
    /// The oldest first.
    subscriptions: Vec<SubscriptionOut>,
    /// The oldest first.
    calls: Vec<DueOut>,
    /// What was paid beyond all that was called: it counts for the next call.
    ahead: Amount,
}

/// `GET /collectives/{collective}/subscriptions`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<SubscriptionOut>, ApiError> {
    let after: Option<SubscriptionId> = paging.after()?;
    let (mut tx, desk) = call.inside(&slug).await?;
    call.acts(&desk, Scope::Money)?;
    if !desk.may(Action::RecordMoney, None) {
        return Err(NotAllowed::Missing(Action::RecordMoney).into());
    }
    let lines = table(&mut tx, &desk.pot, after, paging.one_more()?, desk.place.today).await?;
    let rows: Vec<Subscription> = lines.into_iter().map(|line| line.subscription).collect();
    listed(rows, &paging, |row| row.id.to_string(), |row| SubscriptionOut::from(&row))
}

/// A member whose subscription whoever calls sees, with it.
async fn of(call: &Call, slug: &str, member: &str) -> Result<(Desk, MemberRow, Dues), ApiError> {
    let (mut tx, desk) = call.inside(slug).await?;
    let row = store::organisations::member_by_slug(&mut tx, desk.place.collective.id, member).await?;
    let row = row.ok_or(WebError::NotFound)?;
    if !desk.standing.as_ref().is_some_and(|standing| may_see(standing, row.id)) {
        return Err(NotAllowed::Missing(Action::Subscribe).into());
    }
    let dues = dues(&mut tx, &desk.pot, row.id).await?;
    Ok((desk, row, dues))
}

/// `GET /collectives/{collective}/members/{member}/subscription`
pub(super) async fn show(
    call: Call,
    At((slug, member)): At<(String, String)>,
) -> Result<Json<DuesOut>, ApiError> {
    let (desk, _, dues) = of(&call, &slug, &member).await?;
    Ok(Json(DuesOut {
        currency: desk.currency().into(),
        subscriptions: dues.subscriptions.iter().map(SubscriptionOut::from).collect(),
        calls: dues.calls.iter().map(|(one, amounts)| DueOut::of(one, amounts, desk.place.today)).collect(),
        ahead: dues.ahead.into(),
    }))
}

/// How often a subscription is called.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PeriodIn {
    /// Each month.
    Month,
    /// Each quarter of a year.
    Quarter,
    /// Each year.
    Year,
}

/// What is asked: an amount for each period, or a part of a year's turnover.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsIn {
    /// For each period.
    amount: Option<Entered>,
    /// Of a year. It isn't kept: only what it comes to is.
    turnover: Option<Entered>,
    /// The part of the turnover, in basis points, from 1 to 10000.
    #[schema(minimum = 1, maximum = 10000)]
    rate: Option<u32>,
}

impl TermsIn {
    fn declared(self) -> Result<Declared, ApiError> {
        match (self.amount, self.turnover, self.rate) {
            (Some(amount), None, None) => Ok(Declared::Amount(amount.0)),
            (None, Some(turnover), Some(rate)) => Ok(Declared::Turnover { turnover: turnover.0, rate }),
            (None, ..) => Err(ApiError::field("terms", FieldRule::Missing)),
            (Some(_), ..) => Err(ApiError::field("terms", FieldRule::NotAChoice)),
        }
    }
}

/// A subscription to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubscriptionIn {
    period: PeriodIn,
    terms: TermsIn,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// No period that begins after this day is called.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// Why a treasurer writes it down for another organisation; ignored otherwise.
    #[serde(default)]
    reason: String,
}

/// A subscription that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubscriptionMade {
    #[schema(value_type = Uuid)]
    id: SubscriptionId,
}

/// `POST /collectives/{collective}/members/{member}/subscription`
pub(super) async fn declare(
    call: Call,
    At((slug, member)): At<(String, String)>,
    Body(new): Body<SubscriptionIn>,
) -> Result<(StatusCode, Json<SubscriptionMade>), ApiError> {
    let (desk, row, _) = of(&call, &slug, &member).await?;
    let acting = call.acts(&desk, Scope::Allocate)?;
    let new = NewSubscription {
        organisation: row.id,
        period: match new.period {
            PeriodIn::Month => Period::Month,
            PeriodIn::Quarter => Period::Quarter,
            PeriodIn::Year => Period::Year,
        },
        declared: new.terms.declared()?,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        reason: new.reason,
    };
    let id = subscribe(&call.state.context, acting, desk.pot.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(SubscriptionMade { id })))
}

/// What a subscription becomes, from the next period on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsChange {
    terms: TermsIn,
    /// Why a treasurer writes it down for another organisation; ignored otherwise.
    #[serde(default)]
    reason: String,
}

/// `PUT /collectives/{collective}/subscriptions/{subscription}/terms`
pub(super) async fn change(
    call: Call,
    At((slug, id)): At<(String, SubscriptionId)>,
    Body(new): Body<TermsChange>,
) -> Result<StatusCode, ApiError> {
    let declared = Act::Change(new.terms.declared()?);
    acts(&call, &slug, id, (declared, new.reason)).await
}

/// Whether a subscription stops at the beginning of the next period.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StopIn {
    /// `false`: it goes on after all.
    stopped: bool,
    /// Why a treasurer writes it down for another organisation; ignored otherwise.
    #[serde(default)]
    reason: String,
}

/// `PUT /collectives/{collective}/subscriptions/{subscription}/stop`
pub(super) async fn stop(
    call: Call,
    At((slug, id)): At<(String, SubscriptionId)>,
    Body(new): Body<StopIn>,
) -> Result<StatusCode, ApiError> {
    let what = if new.stopped { Act::Stop } else { Act::Resume };
    acts(&call, &slug, id, (what, new.reason)).await
}

async fn acts(
    call: &Call,
    slug: &str,
    id: SubscriptionId,
    what: (Act, String),
) -> Result<StatusCode, ApiError> {
    let (_, desk) = call.desk(slug).await?;
    let acting = call.acts(&desk, Scope::Allocate)?;
    act(&call.state.context, acting, desk.pot.id, id, what)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why the rest of a call isn't asked any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiveUpIn {
    /// At most 500 characters.
    reason: String,
}

/// `POST /collectives/{collective}/subscription-calls/{number}/cancellation`
pub(super) async fn give_up(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<GiveUpIn>,
) -> Result<StatusCode, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Money)?;
    let found = store::subscriptions::call_by_number(&mut tx, desk.pot.id, number).await?;
    let found = found.ok_or(WebError::NotFound)?;
    drop(tx);
    ask_no_more(&call.state.context, acting, desk.pot.id, found.id, new.reason)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

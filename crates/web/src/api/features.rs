//! Features, as everybody reads them.

use app::features::lists::listed as features_listed;
use app::features::page::{FeaturePage, page, way};
use axum::Json;
use domain::features::{Income, Line, State};
use domain::ids::{FeatureId, OrganisationId};
use domain::input::FieldRule;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::features::lists::Card;
use utoipa::ToSchema;

use super::activity::{EventOut, tell};
use super::call::{Asked, At, Call};
use super::parts::{Amount, CurrencyOut, Entered, Listed, Paging, all_of, page_of};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// A feature in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FeatureCard {
    #[schema(value_type = Uuid)]
    pub(super) id: FeatureId,
    /// Its number in the collective.
    pub(super) number: i64,
    title: String,
    summary: String,
    /// `trust`, `light`, `full` or `heavy`.
    track: String,
    /// Where it stands.
    pub(super) state: String,
    #[schema(value_type = Uuid)]
    lead: OrganisationId,
    lead_name: String,
    software: Option<String>,
    /// Below this nothing is spent.
    floor: Amount,
    /// What is aimed at.
    target: Amount,
    /// More than this can't be put there.
    maximum: Amount,
    /// What lies there, of everybody.
    allocated: Amount,
    /// What is missing to its floor.
    missing: Amount,
    /// The last day for funding it.
    #[schema(value_type = String, format = Date)]
    closing_on: Date,
    #[schema(value_type = Option<String>, format = DateTime)]
    funded_at: Option<Timestamp>,
    /// Whether it is covered and awaits a steward's confirmation.
    awaits_confirmation: bool,
    /// The last day on which money may be taken back since its terms changed: nothing triggers until its end.
    #[schema(value_type = Option<String>, format = Date)]
    suspended_until: Option<Date>,
}

impl From<Card> for FeatureCard {
    fn from(card: Card) -> Self {
        Self {
            id: card.id,
            number: card.number,
            title: card.title,
            summary: card.summary,
            track: card.track.as_str().to_owned(),
            state: card.state.as_str().to_owned(),
            lead: card.lead,
            lead_name: card.lead_name,
            software: card.software,
            floor: card.floor.into(),
            target: card.target.into(),
            maximum: card.maximum.into(),
            allocated: card.allocated_total.into(),
            missing: card.floor.less(card.allocated_total).into(),
            closing_on: card.closing_on,
            funded_at: card.funded_at,
            awaits_confirmation: card.confirming_since.is_some(),
            suspended_until: card.suspended_until,
        }
    }
}

/// Which features.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Filter {
    state: Option<String>,
}

/// `GET /collectives/{collective}/features`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
    Asked(filter): Asked<Filter>,
) -> Result<Listed<FeatureCard>, ApiError> {
    let state = match filter.state.as_deref() {
        None | Some("") => None,
        Some(name) => {
            Some(State::parse(name).ok_or_else(|| ApiError::field("state", FieldRule::NotAChoice))?)
        }
    };
    let (mut tx, desk) = call.desk(&slug).await?;
    let collective = desk.place.collective.id;
    let after: Option<i64> = paging.after()?;
    let limit = usize::from(paging.limit()?);
    // The same page as people see, or the beginning of it.
    let found = features_listed(&mut tx, collective, state, after, &desk.sight.past).await?;
    let mut cards: Vec<FeatureCard> = found.cards.into_iter().map(FeatureCard::from).collect();
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = if more { cards.last().map(|card| card.number) } else { found.next };
    Ok(page_of(cards, next.map(|number| number.to_string())))
}

/// A priced line of a feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LineOut {
    label: String,
    /// What it costs at least.
    minimum: Amount,
    /// What it costs at most.
    maximum: Amount,
}

/// A priced line to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LineIn {
    label: String,
    /// What it costs at least.
    minimum: Entered,
    /// What it costs at most, not below the minimum.
    maximum: Entered,
}

impl From<LineIn> for Line {
    fn from(line: LineIn) -> Self {
        Self { label: line.label, minimum: line.minimum.0, maximum: line.maximum.0 }
    }
}

/// Income that exists apart; it reduces nothing here.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct IncomeOut {
    label: String,
    amount: Amount,
}

/// Income to be named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IncomeIn {
    label: String,
    amount: Entered,
}

impl From<IncomeIn> for Income {
    fn from(income: IncomeIn) -> Self {
        Self { label: income.label, amount: income.amount.0 }
    }
}

/// A feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FeatureOut {
    #[schema(value_type = Uuid)]
    id: FeatureId,
    /// Its number in the collective.
    number: i64,
    /// The version to send back when it is changed.
    version: i64,
    currency: CurrencyOut,
    title: String,
    summary: String,
    /// Markdown.
    description: String,
    /// When it is done.
    done_when: String,
    /// Who does the work; empty: not chosen yet, and on the track `trust` the organisation that leads.
    worker: String,
    software: Option<String>,
    /// Where it is discussed elsewhere; empty: here.
    discussion_url: String,
    #[schema(value_type = Uuid)]
    lead: OrganisationId,
    lead_name: String,
    track: String,
    /// Where it stands.
    state: String,
    /// The stages of its track, in order.
    way: Vec<String>,
    /// The number of the round in which it is funded.
    round: Option<i64>,
    lines: Vec<LineOut>,
    incomes: Vec<IncomeOut>,
    floor: Amount,
    target: Amount,
    maximum: Amount,
    allocated: Amount,
    missing: Amount,
    /// How many organisations put money on it; none where that would tell too much.
    funders: Option<i64>,
    /// How many organisations need it.
    needers: usize,
    #[schema(value_type = String, format = Date)]
    closing_on: Date,
    #[schema(value_type = Option<String>, format = DateTime)]
    funded_at: Option<Timestamp>,
    awaits_confirmation: bool,
    /// The page of this feature for people.
    #[schema(format = "uri")]
    page: String,
    /// The last day on which money may be taken back since its terms changed: nothing triggers until its end.
    #[schema(value_type = Option<String>, format = Date)]
    suspended_until: Option<Date>,
}

pub(super) async fn read(tx: &mut Tx, desk: &Desk, number: i64) -> Result<FeaturePage, ApiError> {
    let found = page(tx, desk.place.collective.id, number, desk.pot.fund_mode, &desk.sight).await?;
    Ok(found.ok_or(WebError::NotFound)?)
}

/// `GET /collectives/{collective}/features/{number}`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<FeatureOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = read(&mut tx, &desk, number).await?;
    Ok(Json(told(&call, &desk, found)))
}

fn told(call: &Call, desk: &Desk, found: FeaturePage) -> FeatureOut {
    let feature = found.feature;
    let path = call.state.paths.one(desk.slug(), "features", feature.number);
    FeatureOut {
        way: way(&feature, found.came_from).0.iter().map(|stage| stage.as_str().to_owned()).collect(),
        page: call.state.public_url.absolute(&path),
        id: feature.id,
        number: feature.number,
        version: feature.version,
        currency: desk.currency().into(),
        title: feature.title,
        summary: feature.summary,
        description: feature.description,
        done_when: feature.done_when,
        worker: found.worker,
        software: found.software,
        discussion_url: feature.discussion_url,
        lead: feature.lead,
        lead_name: found.lead,
        track: feature.track.as_str().to_owned(),
        state: feature.state.as_str().to_owned(),
        round: found.round.map(|round| round.number),
        lines: found
            .lines
            .into_iter()
            .map(|line| LineOut {
                label: line.label,
                minimum: line.minimum.into(),
                maximum: line.maximum.into(),
            })
            .collect(),
        incomes: found
            .incomes
            .into_iter()
            .map(|income| IncomeOut { label: income.label, amount: income.amount.into() })
            .collect(),
        floor: feature.floor.into(),
        target: feature.target.into(),
        maximum: feature.maximum.into(),
        allocated: feature.allocated_total.into(),
        missing: found.missing.into(),
        funders: found.funders.count,
        needers: found.needers.len(),
        closing_on: feature.closing_on,
        funded_at: feature.funded_at,
        awaits_confirmation: feature.confirming_since.is_some(),
        suspended_until: feature.suspended_until,
    }
}

/// An organisation that put money on a feature, as far as the caller may see.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FunderOut {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    name: String,
    /// How much; none where amounts are hidden.
    amount: Option<Amount>,
    /// What of it was put there by decisions once the feature was triggered.
    topped_up: Vec<ByDecisionOut>,
}

/// What an organisation put by a decision on a feature that was triggered already.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ByDecisionOut {
    /// The number of the decision.
    decision: i64,
    amount: Amount,
}

/// Gifts that decisions put on a feature: of no organisation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecidedOut {
    /// The numbers of the decisions.
    decisions: Vec<i64>,
    amount: Amount,
}

/// Who put money on a feature. Where amounts are hidden, no figure lets one be subtracted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FundersOut {
    currency: CurrencyOut,
    /// How many they are; none where that would tell too much.
    count: Option<i64>,
    named: Vec<FunderOut>,
    /// What those have there who are not named; only where it tells nobody's amount.
    others: Option<Amount>,
    /// Gifts that decisions put there; none where there are none.
    decided: Option<DecidedOut>,
}

/// `GET /collectives/{collective}/features/{number}/funders`
pub(super) async fn funders(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<FundersOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = read(&mut tx, &desk, number).await?.funders;
    let funder = |row: app::features::page::Funder| FunderOut {
        organisation: row.organisation,
        name: row.name,
        amount: Some(row.amount.into()),
        topped_up: row
            .topped_up
            .into_iter()
            .map(|(decision, amount)| ByDecisionOut { decision, amount: amount.into() })
            .collect(),
    };
    let decided = Some(found.decided).filter(|decided| decided.amount.is_positive());
    Ok(Json(FundersOut {
        currency: desk.currency().into(),
        count: found.count,
        named: found.named.into_iter().map(funder).collect(),
        others: found.others.map(|others| Amount(others.amount)),
        decided: decided
            .map(|decided| DecidedOut { decisions: decided.decisions, amount: decided.amount.into() }),
    }))
}

/// An organisation that needs a feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NeederOut {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    name: String,
    /// In its words; may be empty.
    words: String,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// `GET /collectives/{collective}/features/{number}/needs`
pub(super) async fn needs(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Listed<NeederOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = read(&mut tx, &desk, number).await?.needers;
    let told = found.into_iter().map(|needer| NeederOut {
        organisation: needer.organisation,
        name: needer.name,
        words: needer.words,
        since: needer.created_at,
    });
    Ok(all_of(told.collect()))
}

/// `GET /collectives/{collective}/features/{number}/events`
pub(super) async fn events(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Listed<EventOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = read(&mut tx, &desk, number).await?.story;
    Ok(all_of(tell(&call, &mut tx, &desk, found).await?))
}

//! Needs: their texts, who needs them, what is needed together. Their approaches are in `approaches.rs`.

use app::Failure;
use app::needs::{self as uses, NewNeed, Turn, Which};
use app::visibility::know;
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{NeedId, OrganisationId};
use domain::input::FieldRule;
use domain::needs::{Help, Helps, NeedRefusal, NeedState, NeedText, SupportText};
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::needs::{Card, NeedRow};
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::parts::{Amount, Entered, Listed, Paging, all_of, listed};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// A need in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NeedCard {
    #[schema(value_type = Uuid)]
    id: NeedId,
    /// Its number in the collective.
    number: i64,
    title: String,
    /// The name of the software; none where nobody knows which.
    software: Option<String>,
    /// `open`, `parked`, `answered` or `merged`.
    state: String,
    /// How many organisations need it.
    organisations: i64,
    /// The sum of their strengths.
    strength: i64,
    /// The sum of the users that they say it concerns.
    users: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Card> for NeedCard {
    fn from(card: Card) -> Self {
        Self {
            id: card.id,
            number: card.number,
            title: card.title,
            software: card.software,
            state: card.state.as_str().to_owned(),
            organisations: card.supporters,
            strength: card.strength,
            users: card.users,
            created_at: card.created_at,
        }
    }
}

/// A need.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NeedOut {
    #[schema(value_type = Uuid)]
    id: NeedId,
    /// Its number in the collective.
    number: i64,
    title: String,
    /// Markdown.
    why: String,
    /// The name of the software; none where nobody knows which.
    software: Option<String>,
    /// Where it is discussed elsewhere; empty: here.
    discussion_url: String,
    /// Issues elsewhere that speak of it.
    links: Vec<String>,
    /// The organisation that wrote it.
    #[schema(value_type = Option<Uuid>)]
    organisation: Option<OrganisationId>,
    organisation_name: Option<String>,
    /// `open`, `parked`, `answered` or `merged`.
    state: String,
    state_reason: String,
    /// How many organisations need it.
    organisations: i64,
    /// The sum of their strengths.
    strength: i64,
    /// The sum of the users that they say it concerns.
    users: i64,
    /// The numbers of the features that came of it.
    features: Vec<i64>,
    /// From 1, one more each time that it is changed.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    edited_at: Option<Timestamp>,
}

/// The desk and the need of a number. Errors: not found, also where nobody has looked at it yet.
pub(super) async fn at(call: &Call, slug: &str, number: i64) -> Result<(Desk, NeedRow), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    let found = store::needs::by_number(&mut tx, desk.place.collective.id, number).await?;
    let need = found.filter(|need| need.state.is_shown()).ok_or(WebError::NotFound)?;
    Ok((desk, need))
}

/// Which need.
pub(super) fn which(need: &NeedRow) -> Which {
    Which { collective: need.collective, number: need.number }
}

/// How an act ended that answers nothing.
pub(super) fn done(desk: &Desk, result: Result<(), Failure<NeedRefusal>>) -> Result<StatusCode, ApiError> {
    result.map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which needs.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Filter {
    state: Option<String>,
    software: Option<String>,
}

/// `GET /collectives/{collective}/needs`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
    Asked(filter): Asked<Filter>,
) -> Result<Listed<NeedCard>, ApiError> {
    let state = match filter.state.as_deref().filter(|name| !name.is_empty()) {
        None => None,
        Some(name) => Some(
            NeedState::parse(name)
                .filter(|state| state.is_shown())
                .ok_or_else(|| ApiError::field("state", FieldRule::NotAChoice))?,
        ),
    };
    let below: i64 = paging.after()?.unwrap_or(i64::MAX);
    let (mut tx, desk) = call.desk(&slug).await?;
    let collective = desk.place.collective.id;
    let software = match filter.software.as_deref().filter(|slug| !slug.is_empty()) {
        None => None,
        Some(slug) => {
            let row = store::software::by_slug(&mut tx, collective, slug).await?;
            Some(row.ok_or_else(|| ApiError::field("software", FieldRule::Unknown))?.id)
        }
    };
    let which = (state, software);
    let found = store::needs::listed(&mut tx, collective, which, below, paging.one_more()?).await?;
    listed(found, &paging, |card| card.number.to_string(), NeedCard::from)
}

/// `GET /collectives/{collective}/needs/{number}`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<NeedOut>, ApiError> {
    let (_, need) = at(&call, &slug, number).await?;
    let mut tx = call.state.context.db.read().await?;
    let links = store::needs::links(&mut tx, need.id).await?;
    let features = store::needs::features::of_need(&mut tx, need.id).await?;
    Ok(Json(NeedOut {
        id: need.id,
        number: need.number,
        title: need.title,
        why: need.why,
        software: need.software_name,
        discussion_url: need.discussion_url,
        links,
        organisation: need.organisation,
        organisation_name: need.organisation_name,
        state: need.state.as_str().to_owned(),
        state_reason: need.state_reason,
        organisations: need.supporters,
        strength: need.strength,
        users: need.users,
        features: features.into_iter().map(|feature| feature.number).collect(),
        version: need.version,
        created_at: need.created_at,
        edited_at: need.edited_at,
    }))
}

/// What one could do instead of paying.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum HelpName {
    /// Write code.
    Develop,
    /// Try it.
    Test,
    /// Translate it.
    Translate,
    /// Write a guide.
    Document,
    /// Host it.
    Host,
}

impl From<HelpName> for Help {
    fn from(name: HelpName) -> Self {
        match name {
            HelpName::Develop => Self::Develop,
            HelpName::Test => Self::Test,
            HelpName::Translate => Self::Translate,
            HelpName::Document => Self::Document,
            HelpName::Host => Self::Host,
        }
    }
}

impl From<Help> for HelpName {
    fn from(help: Help) -> Self {
        match help {
            Help::Develop => Self::Develop,
            Help::Test => Self::Test,
            Help::Translate => Self::Translate,
            Help::Document => Self::Document,
            Help::Host => Self::Host,
        }
    }
}

/// What an organisation says of its own need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SupportIn {
    /// From 1, it would be nice, to 5, it can't do without.
    #[schema(minimum = 1, maximum = 5)]
    strength: i64,
    /// How many of its users it concerns, where it knows.
    #[schema(minimum = 0, maximum = 100_000_000)]
    users: Option<i64>,
    /// In its words, at most 1,000 characters.
    #[serde(default)]
    words: String,
    /// What it would put, an intention above zero; asks for a mandate for money.
    amount: Option<Entered>,
    /// What it could do instead of paying.
    #[serde(default)]
    help: Vec<HelpName>,
}

impl From<SupportIn> for SupportText {
    fn from(new: SupportIn) -> Self {
        Self {
            strength: new.strength,
            users: new.users,
            words: new.words,
            amount: new.amount.map(|amount| amount.0),
            help: new.help.into_iter().map(Help::from).collect::<Helps>(),
        }
    }
}

/// A need to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedNew {
    /// One line, at most 120 characters.
    title: String,
    /// Markdown, at most 20,000 characters.
    why: String,
    /// The software's name; empty where nobody knows which.
    #[serde(default)]
    software: String,
    /// Where it is discussed elsewhere; empty: here.
    #[serde(default)]
    discussion_url: String,
    /// Issues elsewhere that speak of it, at most ten.
    #[serde(default)]
    links: Vec<String>,
    /// What the token's organisation says of its own.
    support: SupportIn,
}

/// A need that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NeedMade {
    #[schema(value_type = Uuid)]
    id: NeedId,
    /// Its number in the collective.
    number: i64,
}

/// `POST /collectives/{collective}/needs`
pub(super) async fn write(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<NeedNew>,
) -> Result<(StatusCode, Json<NeedMade>), ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let text = NeedText {
        title: new.title,
        why: new.why,
        software: new.software,
        discussion_url: new.discussion_url,
        links: new.links,
    };
    let new = NewNeed { text, support: new.support.into() };
    let made = uses::write(&call.state.context, acting, desk.place.collective.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(NeedMade { id: made.need, number: made.number })))
}

/// The next text of a need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedChange {
    /// One line, at most 120 characters.
    title: String,
    /// Markdown, at most 20,000 characters.
    why: String,
    /// The software's name; empty where nobody knows which.
    #[serde(default)]
    software: String,
    /// Where it is discussed elsewhere; empty: here.
    #[serde(default)]
    discussion_url: String,
    /// Issues elsewhere that speak of it, at most ten.
    #[serde(default)]
    links: Vec<String>,
    /// The version that was seen.
    version: i64,
}

/// `PUT /collectives/{collective}/needs/{number}`
pub(super) async fn edit(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<NeedChange>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let text = NeedText {
        title: new.title,
        why: new.why,
        software: new.software,
        discussion_url: new.discussion_url,
        links: new.links,
    };
    done(&desk, uses::edit(&call.state.context, acting, which(&need), new.version, text).await)
}

/// An organisation that needs something.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SupportOut {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    name: String,
    /// From 1 to 5.
    strength: i64,
    users: Option<i64>,
    words: String,
    /// What it would put, an intention; none where it says nothing, or keeps it to itself.
    amount: Option<Amount>,
    help: Vec<HelpName>,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// `GET /collectives/{collective}/needs/{number}/organisations`
pub(super) async fn supporters(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Listed<SupportOut>, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let mut tx = call.state.context.db.read().await?;
    let found = store::needs::supports::of_need(&mut tx, need.id, uses::MOST_SUPPORTERS).await?;
    let about = found.iter().map(|row| (row.organisation, None));
    let veil = know(&mut tx, need.collective, &desk.sight.veil, about).await?;
    let told = found.into_iter().map(|row| SupportOut {
        amount: row.amount.filter(|_| veil.tells(row.organisation)).map(Amount::from),
        organisation: row.organisation,
        name: row.name,
        strength: row.strength,
        users: row.users,
        words: row.words,
        help: row.help.iter().map(HelpName::from).collect(),
        since: row.created_at,
    });
    Ok(all_of(told.collect()))
}

/// `PUT /collectives/{collective}/needs/{number}/support`
pub(super) async fn say_needed(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<SupportIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, uses::say_needed(&call.state.context, acting, which(&need), new.into()).await)
}

/// `DELETE /collectives/{collective}/needs/{number}/support`
pub(super) async fn withdraw(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, uses::withdraw(&call.state.context, acting, which(&need)).await)
}

/// `PUT /collectives/{collective}/needs/{number}/following`
pub(super) async fn follow(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, uses::follow(&call.state.context, acting, which(&need)).await)
}

/// `DELETE /collectives/{collective}/needs/{number}/following`
pub(super) async fn unfollow(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, uses::unfollow(&call.state.context, acting, which(&need)).await)
}

/// What becomes of a need.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TurnName {
    /// It waits.
    Park,
    /// It has an answer.
    Answer,
    /// It is open again.
    Wake,
}

/// What becomes of a need, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TurnIn {
    turn: TurnName,
    /// Read by everybody, at most 1,000 characters; may be empty where it wakes.
    #[serde(default)]
    reason: String,
}

/// `POST /collectives/{collective}/needs/{number}/turns`
pub(super) async fn turn(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<TurnIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, need) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let turn = match new.turn {
        TurnName::Park => Turn::Park,
        TurnName::Answer => Turn::Answer,
        TurnName::Wake => Turn::Wake,
    };
    done(&desk, uses::turn(&call.state.context, acting, which(&need), turn, &new.reason).await)
}

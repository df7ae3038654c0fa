//! What is done with a feature: proposing, changing, saying that it is needed, accompanying, ending.

use app::features::{
    edit::edit_feature,
    needs::{say_needed, withdraw_need},
    propose::{NewFeature, propose_feature},
    stages,
};
use app::{Failure, closings, triggers};
use axum::Json;
use axum::http::StatusCode;
use domain::features::{Ending, FeatureRefusal, Place, Proposal, State, Track};
use domain::ids::FeatureId;
use domain::input::FieldRule;
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::features::{IncomeIn, LineIn};
use super::parts::Amount;
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// Where a feature is funded.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Where {
    /// In the open round.
    Round,
    /// Outside rounds.
    Outside,
}

/// How much a feature is accompanied.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TrackIn {
    /// One price, the proposer leads.
    Trust,
    /// Needed by several, costed by lines.
    Light,
    /// Every stage.
    Full,
    /// Every stage, with more estimates and a mediator.
    Heavy,
}

impl From<TrackIn> for Track {
    fn from(track: TrackIn) -> Self {
        match track {
            TrackIn::Trust => Self::Trust,
            TrackIn::Light => Self::Light,
            TrackIn::Full => Self::Full,
            TrackIn::Heavy => Self::Heavy,
        }
    }
}

/// The text, the price and the dates of a feature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FeatureIn {
    /// One line, at most 120 characters.
    title: String,
    /// What changes for users, at most 400 characters.
    summary: String,
    /// Everything else, in Markdown.
    #[serde(default)]
    description: String,
    /// When it is done.
    #[serde(default)]
    done_when: String,
    /// Who does the work; empty: not chosen yet.
    #[serde(default)]
    worker: String,
    /// The software's name; empty: none.
    #[serde(default)]
    software: String,
    /// Where it is discussed elsewhere; empty: here.
    #[serde(default)]
    discussion_url: String,
    /// What it costs; none for a wish without a price.
    #[serde(default)]
    lines: Vec<LineIn>,
    /// What comes from elsewhere.
    #[serde(default)]
    incomes: Vec<IncomeIn>,
    /// The last day for funding it.
    #[schema(value_type = String, format = Date)]
    closing_on: Date,
    place: Where,
    /// A fuller track than the rules give to its price; only when it is proposed.
    track: Option<TrackIn>,
    /// The numbers of the needs of which it is made, at most 20; only when it is proposed.
    #[serde(default)]
    needs: Vec<i64>,
    /// The version that was seen; only when it is changed.
    version: Option<i64>,
}

impl FeatureIn {
    fn proposal(self) -> Proposal {
        Proposal {
            title: self.title,
            summary: self.summary,
            description: self.description,
            done_when: self.done_when,
            worker: self.worker,
            software: self.software,
            discussion_url: self.discussion_url,
            lines: self.lines.into_iter().map(Into::into).collect(),
            incomes: self.incomes.into_iter().map(Into::into).collect(),
            closing_on: self.closing_on,
            place: match self.place {
                Where::Round => Place::Round,
                Where::Outside => Place::Outside,
            },
        }
    }
}

/// A feature that was proposed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Proposed {
    #[schema(value_type = Uuid)]
    id: FeatureId,
    /// Its number in the collective.
    number: i64,
}

/// `POST /collectives/{collective}/features`
pub(super) async fn propose(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<FeatureIn>,
) -> Result<(StatusCode, Json<Proposed>), ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let track = new.track.map(Into::into);
    let needs = new.needs.clone();
    let new = NewFeature { proposal: new.proposal(), track, needs };
    let made = propose_feature(&call.state.context, acting, desk.pot.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(Proposed { id: made.feature, number: made.number })))
}

/// The desk and the id of the feature of a number.
pub(super) async fn at(call: &Call, slug: &str, number: i64) -> Result<(Desk, FeatureId), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    let found = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = found.ok_or(WebError::NotFound)?;
    Ok((desk, feature.id))
}

fn done(desk: &Desk, result: Result<(), Failure<FeatureRefusal>>) -> Result<StatusCode, ApiError> {
    result.map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `PUT /collectives/{collective}/features/{number}`
pub(super) async fn edit(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<FeatureIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    let seen = new.version.unwrap_or_default();
    done(&desk, edit_feature(&call.state.context, acting, feature, seen, new.proposal()).await)
}

/// Why an organisation needs a feature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedIn {
    /// In its words; may be empty.
    #[serde(default)]
    words: String,
}

/// `PUT /collectives/{collective}/features/{number}/need`
pub(super) async fn need(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<NeedIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, say_needed(&call.state.context, acting, feature, &new.words).await)
}

/// `DELETE /collectives/{collective}/features/{number}/need`
pub(super) async fn withdraw(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, withdraw_need(&call.state.context, acting, feature).await)
}

/// The next stage of a feature, from the one that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepIn {
    /// The stage that was seen, the `state` of the feature: sent twice it moves once, and the second is answered 409 with
    /// the `state` at which it stands.
    from: String,
    /// Why, for everybody to read.
    /// At most 1 000 characters.
    reason: String,
}

/// `POST /collectives/{collective}/features/{number}/steps`
pub(super) async fn step(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<StepIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Steward)?;
    let from = State::parse(&new.from).ok_or_else(|| ApiError::field("from", FieldRule::NotAChoice))?;
    done(&desk, stages::steward_moves(&call.state.context, acting, feature, from, &new.reason).await)
}

/// Another track.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TrackChange {
    /// A fuller one.
    track: TrackIn,
    /// At most 1 000 characters, for everybody to read.
    reason: String,
}

/// `PUT /collectives/{collective}/features/{number}/track`
pub(super) async fn track(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<TrackChange>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Steward)?;
    let track = new.track.into();
    done(&desk, stages::change_track(&call.state.context, acting, feature, track, &new.reason).await)
}

/// `POST /collectives/{collective}/features/{number}/wake`
pub(super) async fn wake(call: Call, At((slug, number)): At<(String, i64)>) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Features)?;
    done(&desk, stages::wake(&call.state.context, acting, feature).await)
}

/// `POST /collectives/{collective}/features/{number}/confirmation`
pub(super) async fn confirm(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Steward)?;
    done(&desk, triggers::confirm_trigger(&call.state.context, acting, feature).await)
}

/// How a feature ends.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum End {
    /// Nobody goes on with it.
    Abandoned,
    /// It is done elsewhere.
    Overtaken,
}

/// The end of a feature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndIn {
    end: End,
    /// At most 1 000 characters, for everybody to read.
    reason: String,
}

/// `POST /collectives/{collective}/features/{number}/cancellation`
pub(super) async fn cancel(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<EndIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, feature) = at(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Steward)?;
    let ending = match new.end {
        End::Abandoned => Ending::Abandoned,
        End::Overtaken => Ending::Overtaken,
    };
    let ended = closings::cancel_feature(&call.state.context, acting, feature, ending, &new.reason).await;
    done(&desk, ended.map(|_| ()))
}

/// What an organisation may do with a feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MineOut {
    /// What it has there.
    on: Amount,
    /// What of its share it may put there.
    usable: Amount,
    /// The most that it could have there today.
    most: Amount,
    /// Whether money may move there today.
    open: bool,
}

/// `GET /collectives/{collective}/features/{number}/mine`
pub(super) async fn mine(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<MineOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let found = super::features::read(&mut tx, &desk, number).await?;
    let organisation = desk.acting_for.ok_or(WebError::Forbidden)?;
    let mine =
        app::features::page::mine(&mut tx, &found, &desk.rules, organisation, desk.place.today).await?;
    Ok(Json(MineOut {
        on: mine.on.into(),
        usable: mine.usable.into(),
        most: mine.most.into(),
        open: mine.closed.is_none(),
    }))
}

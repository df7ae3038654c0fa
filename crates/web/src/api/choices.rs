//! The standing choice of an organisation.

use app::standing_choices::{Choice, Chosen, choose, may_choose};
use axum::Json;
use axum::http::StatusCode;
use domain::actor::{Action, NotAllowed};
use domain::ids::OrganisationId;
use domain::input::FieldRule;
use domain::tokens::Scope;
use serde::{Deserialize, Serialize};
use store::organisations::MemberRow;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::parts::{Amount, Entered};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// What becomes of a share that nobody allocates.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindIn {
    /// It stays in the pot.
    Leave,
    /// It goes where another organisation puts its own, in the same proportions.
    Follow,
    /// It goes to the features of one software, in equal parts.
    Software,
}

/// The standing choice of an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChoiceOut {
    /// `leave`, `follow`, `software`; nothing where there is no standing choice.
    choice: Option<String>,
    #[schema(value_type = Option<Uuid>)]
    follows: Option<OrganisationId>,
    /// The name of the software.
    software: Option<String>,
    /// The most that is put by it in a civil year.
    yearly: Option<Amount>,
}

/// A standing choice to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceIn {
    /// Without one, there is no standing choice any more.
    choice: Option<KindIn>,
    /// Whom to follow.
    #[schema(value_type = Option<Uuid>)]
    follows: Option<OrganisationId>,
    /// The name of the software.
    software: Option<String>,
    /// The most that is put by it in a civil year; without one, the whole share.
    yearly: Option<Entered>,
}

impl ChoiceIn {
    fn chosen(self) -> Result<Option<Chosen>, ApiError> {
        let choice = match (self.choice, self.follows, self.software) {
            (None, None, None) => return Ok(None),
            (Some(KindIn::Leave), None, None) => Choice::Leave,
            (Some(KindIn::Follow), Some(other), None) => Choice::Follow(other),
            (Some(KindIn::Software), None, Some(name)) => Choice::Software(name),
            (Some(KindIn::Follow), None, _) => return Err(ApiError::field("follows", FieldRule::Missing)),
            (Some(KindIn::Software), _, None) => return Err(ApiError::field("software", FieldRule::Missing)),
            _ => return Err(ApiError::field("choice", FieldRule::NotAChoice)),
        };
        Ok(Some(Chosen { choice, yearly: self.yearly.map(|most| most.0) }))
    }
}

/// A member whose choice whoever calls may make.
async fn of(call: &Call, slug: &str, member: &str) -> Result<(Desk, MemberRow), ApiError> {
    let (mut tx, desk) = call.inside(slug).await?;
    let row = store::organisations::member_by_slug(&mut tx, desk.place.collective.id, member).await?;
    let row = row.ok_or(WebError::NotFound)?;
    if !desk.standing.as_ref().is_some_and(|standing| may_choose(standing, row.id)) {
        return Err(NotAllowed::Missing(Action::Allocate).into());
    }
    Ok((desk, row))
}

/// `GET /collectives/{collective}/members/{member}/standing-choice`
pub(super) async fn show(
    call: Call,
    At((slug, member)): At<(String, String)>,
) -> Result<Json<ChoiceOut>, ApiError> {
    let (desk, row) = of(&call, &slug, &member).await?;
    let mut tx = call.state.context.db.read().await.map_err(WebError::from)?;
    let held = store::standing_choices::of(&mut tx, desk.pot.id, row.id).await.map_err(WebError::from)?;
    let software = match held.as_ref().and_then(|held| held.software) {
        Some(software) => store::features::software::name(&mut tx, software).await.map_err(WebError::from)?,
        None => None,
    };
    Ok(Json(ChoiceOut {
        choice: held.as_ref().map(|held| held.kind.as_str().to_owned()),
        follows: held.as_ref().and_then(|held| held.follows),
        software,
        yearly: held.and_then(|held| held.yearly).map(Amount::from),
    }))
}

/// `PUT /collectives/{collective}/members/{member}/standing-choice`
pub(super) async fn put(
    call: Call,
    At((slug, member)): At<(String, String)>,
    Body(new): Body<ChoiceIn>,
) -> Result<StatusCode, ApiError> {
    let (desk, row) = of(&call, &slug, &member).await?;
    let acting = call.acts(&desk, Scope::Allocate)?;
    choose(&call.state.context, acting, desk.pot.id, row.id, new.chosen()?)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(StatusCode::NO_CONTENT)
}

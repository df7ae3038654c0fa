//! What was changed of a feature: the twin of « Modifications » on its page.

use domain::ids::PersonId;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::call::{At, Call};
use super::parts::{Listed, all_of};
use super::problem::ApiError;
use crate::error::WebError;

/// One time that somebody changed a feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeOut {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who did it, for members; none for everybody else.
    #[schema(value_type = Option<Uuid>)]
    by: Option<PersonId>,
    fields: Vec<ChangedOut>,
}

/// A field that was changed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangedOut {
    /// Its name: `title`, `summary`, `lines`, `closing_on`; `lead` holds ids of organisations.
    field: String,
    /// As it was. Lines are label, minimum and maximum in minor units.
    from: Value,
    /// As it became.
    to: Value,
}

/// `GET /collectives/{collective}/features/{number}/changes`
pub(super) async fn of_feature(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Listed<ChangeOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = feature.ok_or(WebError::NotFound)?;
    let changes = app::features::changes(&mut tx, &feature).await.map_err(WebError::from)?;
    let told = changes.into_iter().map(|change| ChangeOut {
        at: change.at,
        by: change.by.filter(|_| desk.is_member()),
        fields: change
            .fields
            .into_iter()
            .map(|field| ChangedOut { field: field.name, from: field.from, to: field.to })
            .collect(),
    });
    Ok(all_of(told.collect()))
}

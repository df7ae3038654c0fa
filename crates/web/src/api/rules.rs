//! The rules of a collective: one document, in which amounts are decimal strings as everywhere.

use axum::Json;
use domain::rules::Rules;
use domain::tokens::Scope;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::parts::{CurrencyOut, Document};
use super::problem::ApiError;
use crate::error::WebError;

/// The rules in force.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RulesOut {
    /// Their version: send it back as `seen` when they are changed.
    version: i64,
    currency: CurrencyOut,
    /// The document: `tracks`, `needers`, `sharing`, `gifts`, `trigger`, `unspent`, `reserve_per_mille`, `cap`, `amounts`,
    /// `refunds`, `surplus`, `delays` (days), `calendar`, `grid` (criteria of software). Amounts (`cap`, `tracks.*.ceiling`) are decimal strings of
    /// minor units; none: no limit.
    rules: Document,
}

/// The paths of the amounts of the document.
fn each_amount(document: &mut Value, change: impl Fn(&Value) -> Option<Value>) {
    if let Some(new) = document.get("cap").and_then(&change) {
        document["cap"] = new;
    }
    let tracks = document.get_mut("tracks").and_then(Value::as_array_mut);
    for track in tracks.into_iter().flatten() {
        if let Some(new) = track.get("ceiling").and_then(&change) {
            track["ceiling"] = new;
        }
    }
}

fn written(rules: &Rules) -> Result<Document, ApiError> {
    let mut document = serde_json::to_value(rules).map_err(WebError::internal)?;
    each_amount(&mut document, |amount| amount.as_i64().map(|minor| minor.to_string().into()));
    Ok(Document(document))
}

fn read(document: Document) -> Result<Rules, ApiError> {
    let mut document = document.0;
    // A number is no amount here: it may have lost its cents on the way.
    each_amount(&mut document, |amount| match amount {
        Value::Number(_) => Some(Value::Bool(false)),
        Value::String(text) => text.parse::<i64>().ok().map(Value::from),
        _ => None,
    });
    serde_json::from_value(document).map_err(|error| ApiError::unreadable("rules", &error.to_string()))
}

/// `GET /collectives/{collective}/rules`
pub(super) async fn show(call: Call, At(slug): At<String>) -> Result<Json<RulesOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let (version, rules) = store::collectives::rules(&mut tx, desk.place.collective.id).await?;
    Ok(Json(RulesOut { version, currency: desk.currency().into(), rules: written(&rules)? }))
}

/// The next version of the rules.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesIn {
    /// The version that was changed.
    seen: i64,
    /// Why, at most 500 characters, for everybody to read.
    reason: String,
    /// The whole document, as it was read, with what changes.
    rules: Document,
}

/// The version that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RulesMade {
    version: i64,
}

/// `PUT /collectives/{collective}/rules`
pub(super) async fn change(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<RulesIn>,
) -> Result<Json<RulesMade>, ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Rules)?;
    let rules = read(new.rules)?;
    let collective = desk.place.collective.id;
    let version = app::rules::change(&call.state.context, acting, collective, new.seen, rules, &new.reason)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(RulesMade { version }))
}

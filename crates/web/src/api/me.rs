//! What a token is, what awaits its holder in its collective, and the files that they may see.

use app::awaiting::{ToDo, of_person};
use axum::Json;
use axum::body::Body as Payload;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::Currency;
use domain::actor::{Action, NotAllowed};
use domain::ids::{FileId, OrganisationId, PersonId, TokenId};
use domain::tasks::TaskKind;
use domain::tokens::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::tasks::Task;
use utoipa::ToSchema;

use super::call::{At, Call};
use super::parts::{Amount, Listed, all_of};
use super::problem::ApiError;
use crate::error::WebError;

/// The token that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenOut {
    #[schema(value_type = Uuid)]
    id: TokenId,
    /// What its holder calls it.
    name: String,
    #[schema(value_type = Uuid)]
    person: PersonId,
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    organisation_name: String,
    /// The collective's name in addresses.
    collective: String,
    #[schema(value_type = Vec<String>)]
    scopes: Vec<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// `GET /token`
pub(super) async fn token(call: Call) -> Result<Json<TokenOut>, ApiError> {
    let token = call.token.as_ref().ok_or(NotAllowed::SignedOut)?;
    Ok(Json(TokenOut {
        id: token.id,
        name: token.name.clone(),
        person: token.person,
        organisation: token.organisation,
        organisation_name: token.organisation_name.clone(),
        collective: token.collective_slug.clone(),
        scopes: token.limits().scopes.iter().map(Scope::as_str).collect(),
        expires_at: token.expires_at,
    }))
}

/// Something that awaits somebody.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AwaitingOut {
    /// `share` (put it on features), `round` (share it out), `feature` (confirm its trigger), `closing` (a feature
    /// closes soon), `pay` and `receive` (a call for funds), `bill` (those who pay directly), `invoice`, `answerers`
    /// (an invoice that nobody may answer), `refund`
    /// (of an organisation that left), `report` (objections to decide on), `role`, `new_iban` and `new_link` (of
    /// the host, for a second person), `newcomers`, `open_round`, `need`, `idea`,
    /// `terms` (take money back, or leave it, after new terms), `unproven` (payments without a proof), `record`.
    #[schema(value_type = String)]
    kind: &'static str,
    /// The number of the round, the feature, the call, the invoice.
    number: Option<i64>,
    /// What is left, or missing.
    amount: Option<Amount>,
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

impl From<&Task> for AwaitingOut {
    fn from(task: &Task) -> Self {
        Self {
            kind: task.kind.as_str(),
            number: (task.number > 0).then_some(task.number),
            amount: task.amount.is_positive().then(|| task.amount.into()),
            until: task.day,
        }
    }
}

/// `GET /collectives/{collective}/awaiting`
pub(super) async fn awaiting(call: Call, At(slug): At<String>) -> Result<Listed<AwaitingOut>, ApiError> {
    let (tx, desk) = call.inside(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Read)?;
    let found = of_person(&call.state.context, acting.person)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    let slug = desk.slug();
    let mine = |task: &Task| match task.kind {
        // A token acts for one organisation.
        TaskKind::Share | TaskKind::Pay | TaskKind::Bill => task.organisation == acting.organisation,
        _ => true,
    };
    let mut items = Vec::new();
    for todo in &found.todo {
        match todo {
            ToDo::Task(task) if task.slug == slug && mine(task) => items.push(AwaitingOut::from(&**task)),
            ToDo::Invoice(one) if one.slug == slug => items.push(AwaitingOut {
                kind: TaskKind::Invoice.as_str(),
                number: Some(one.waiting.invoice.number),
                amount: Some(one.waiting.invoice.amount.into()),
                until: None,
            }),
            ToDo::Task(_) | ToDo::Invoice(_) => {}
        }
    }
    Ok(all_of(items))
}

/// `GET /collectives/{collective}/files/{file}`. Whoever may not see a file doesn't learn that it exists.
pub(super) async fn file(call: Call, At((slug, id)): At<(String, FileId)>) -> Result<Response, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let file = store::files::get(&mut tx, id).await?.ok_or(WebError::NotFound)?;
    let own = file.payer.is_some() && file.payer == desk.acting_for && desk.is_member();
    let sees = file.purpose == "picture" || own || desk.may(Action::SeeProofs, None);
    if file.collective != Some(desk.place.collective.id) || !sees {
        return Err(WebError::NotFound.into());
    }
    let bytes = store::files::bytes(&mut tx, id).await?.ok_or(WebError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CONTENT_DISPOSITION, "attachment"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, Payload::from(bytes)).into_response())
}

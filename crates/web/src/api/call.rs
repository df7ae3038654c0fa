//! What a handler of the API gets: who calls, and the parts of the request, each refused as a problem.

use std::sync::Arc;

use app::Acting;
use app::idempotency::LONGEST_KEY;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::http::request::Parts;
use domain::actor::NotAllowed;
use domain::tokens::Scope;
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::Tx;
use store::tokens::TokenRow;
use words::Words;

use super::frame::Bearer;
use super::problem::ApiError;
use crate::error::WebError;
use crate::extract::Glance;
use crate::place::{Desk, Place};
use crate::state::AppState;

/// The header by which a request is known when it is sent again.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Whoever calls.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) state: AppState,
    pub(super) t: Words,
    pub(super) token: Option<Arc<TokenRow>>,
    key: Option<Result<String, ()>>,
}

impl FromRequestParts<AppState> for Call {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let t = Glance::new(state, parts).words();
        let token = parts.extensions.get::<Bearer>().and_then(|bearer| bearer.0.clone());
        Ok(Self { state: state.clone(), t, token, key: key_of(&parts.headers) })
    }
}

fn key_of(headers: &HeaderMap) -> Option<Result<String, ()>> {
    let value = headers.get(IDEMPOTENCY_KEY)?;
    let text = value.to_str().map_err(|_| ()).map(str::to_owned);
    Some(text.and_then(|text| if text.is_empty() || text.len() > LONGEST_KEY { Err(()) } else { Ok(text) }))
}

impl Call {
    /// A collective as this caller sees it, with the transaction that read it. A token of another collective sees
    /// what everybody sees.
    pub(super) async fn desk(&self, slug: &str) -> Result<(Tx, Desk), ApiError> {
        let place = Place::find(&self.state, slug).await?;
        let mut tx = self.state.context.db.read().await?;
        let desk = match self.token.as_ref().filter(|token| token.collective == place.collective.id) {
            Some(token) => {
                let standing =
                    app::people::standing_in(&mut tx, token.person, &place.collective, place.now).await?;
                let standing = token.limits().limit(standing)?;
                Desk::with(&mut tx, place, Some(standing), Some(token.organisation)).await?
            }
            None => Desk::with(&mut tx, place, None, None).await?,
        };
        Ok((tx, desk))
    }

    /// The same for what members alone see.
    pub(super) async fn inside(&self, slug: &str) -> Result<(Tx, Desk), ApiError> {
        let (tx, desk) = self.desk(slug).await?;
        let standing = desk.standing.as_ref().ok_or_else(|| self.outside())?;
        app::people::check_member(standing)?;
        Ok((tx, desk))
    }

    /// Why whoever has no standing in a collective is refused.
    fn outside(&self) -> ApiError {
        let why = if self.token.is_some() { NotAllowed::TokenGone } else { NotAllowed::SignedOut };
        why.into()
    }

    /// Who acts, for a use case, by a token of this collective that has the scope.
    pub(super) fn acts(&self, desk: &Desk, scope: Scope) -> Result<Acting, ApiError> {
        let token = self.token.as_ref().filter(|token| token.collective == desk.place.collective.id);
        self.acts_by(token.ok_or_else(|| self.outside())?, scope)
    }

    /// The same for what belongs to the instance, by a token of whichever collective.
    pub(super) fn acts_anywhere(&self, scope: Scope) -> Result<Acting, ApiError> {
        self.acts_by(self.token.as_ref().ok_or(NotAllowed::SignedOut)?, scope)
    }

    fn acts_by(&self, token: &TokenRow, scope: Scope) -> Result<Acting, ApiError> {
        token.limits().needs(scope)?;
        let key = match &self.key {
            None => None,
            Some(Ok(key)) => Some(key.clone()),
            Some(Err(())) => return Err(ApiError::bad_key()),
        };
        Ok(Acting { key, ..Acting::by_token(token.person, token.organisation, token.id) })
    }

    /// The same for what moves money: the request must have a key.
    pub(super) fn pays(&self, desk: &Desk, scope: Scope) -> Result<Acting, ApiError> {
        let acting = self.acts(desk, scope)?;
        if acting.key.is_none() { Err(ApiError::no_key()) } else { Ok(acting) }
    }
}

/// Parts of the path. One that can't be read names nothing.
pub(super) struct At<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for At<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Path(found) =
            Path::<T>::from_request_parts(parts, state).await.map_err(|_| WebError::NotFound)?;
        Ok(Self(found))
    }
}

/// Parameters of the query.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(found)) => Ok(Self(found)),
            Err(rejection) => Err(ApiError::unreadable("query", &rejection.body_text())),
        }
    }
}

/// A body of JSON.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(WebError::MediaType.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                WebError::TooLarge
            } else {
                WebError::BadRequest
            }
        })?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|_| WebError::BadRequest)?;
        if holds_nul(&value) {
            return Err(ApiError::unreadable("body", "a text holds U+0000"));
        }
        serde_json::from_value(value)
            .map(Self)
            .map_err(|error| ApiError::unreadable("body", &error.to_string()))
    }
}

/// Databases take no NUL in a text.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

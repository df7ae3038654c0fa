//! Who is looking, by the session cookie.

use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use domain::ids::{OrganisationId, PersonId};
use words::Locale;

use crate::state::AppState;

/// The organisation for which a person acts now, by a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Its id.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
}

/// A person with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Their id.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The organisation they chose to act for, if they have a mandate.
    pub acting: Option<Acting>,
    /// Their language, if they chose one.
    pub locale: Option<Locale>,
}

/// Whoever asked for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visitor(pub Option<SignedIn>);

impl Visitor {
    /// The person, where the page is for people who signed in.
    ///
    /// # Errors
    /// [`crate::WebError::SignIn`].
    pub fn signed_in(&self) -> Result<&SignedIn, crate::WebError> {
        self.0.as_ref().ok_or(crate::WebError::SignIn)
    }
}

/// Keeps the visitor of a request once it is known, so that an error page can still say who is signed in.
#[derive(Debug, Clone, Default)]
pub(crate) struct VisitorSlot(pub(crate) Arc<OnceLock<Visitor>>);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self, Infallible> {
        let slot = parts.extensions.get_or_insert_default::<VisitorSlot>().clone();
        Ok(slot.0.get_or_init(Self::default).clone())
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lists = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(';')).find_map(|pair| {
        let (known, value) = pair.split_once('=')?;
        (known.trim() == name).then(|| value.trim())
    })
}

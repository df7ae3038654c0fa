//! Who is looking, by the session cookie.

use std::sync::{Arc, OnceLock};

use app::Acting;
use app::sessions::{self, Session};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use domain::ids::{OrganisationId, PersonId};
use words::Locale;

use crate::error::WebError;
use crate::state::AppState;

/// A person with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session: its token's hash, how fresh it is.
    pub session: Session,
}

impl SignedIn {
    /// Their id.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.session.row.person
    }

    /// Their name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.session.row.person_name
    }

    /// The organisation they chose to act for.
    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        self.session.row.organisation
    }

    /// Its name.
    #[must_use]
    pub fn organisation_name(&self) -> Option<&str> {
        self.session.row.organisation_name.as_deref()
    }

    /// Their language.
    #[must_use]
    pub fn locale(&self) -> Option<Locale> {
        Locale::from_tag(&self.session.row.locale)
    }

    /// Who acts, for the use case that a form of this person asks for; `key` is the form's own, made when it was
    /// shown, so that sending it twice does it once.
    #[must_use]
    pub fn acts(&self, key: Option<String>) -> Acting {
        Acting { key, ..Acting::by_form(self.person(), self.organisation()) }
    }
}

/// Whoever asked for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visitor(pub Option<SignedIn>);

impl Visitor {
    /// The person, where the page is for people who signed in.
    ///
    /// # Errors
    /// [`WebError::SignIn`].
    pub fn signed_in(&self) -> Result<&SignedIn, WebError> {
        self.0.as_ref().ok_or(WebError::SignIn)
    }
}

/// Keeps the visitor of a request once it is known, so that an error page can still say who is signed in.
#[derive(Debug, Clone, Default)]
pub(crate) struct VisitorSlot(pub(crate) Arc<OnceLock<Visitor>>);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        let slot = parts.extensions.get_or_insert_default::<VisitorSlot>().clone();
        if let Some(known) = slot.0.get() {
            return Ok(known.clone());
        }
        let token = cookie(&parts.headers, state.public_url.session_cookie());
        let session = match token {
            Some(token) => sessions::find(&state.context, token).await?,
            None => None,
        };
        let visitor = Self(session.map(|session| SignedIn { session }));
        Ok(slot.0.get_or_init(|| visitor).clone())
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

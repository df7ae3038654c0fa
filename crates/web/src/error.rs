//! Everything that can go wrong between a request and its page, and the one place that says it: to people as a
//! page in their language, to programs under `/api` as a problem (RFC 9457).

use std::fmt::{Debug, Display};

use app::Failure;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::actor::NotAllowed;
use thiserror::Error;
use words::Words;

use crate::api::ApiError;
use crate::extract::{Glance, Rescued, Sent};
use crate::layout::{ErrorPage, html};
use crate::state::AppState;
use crate::whose::whose;

/// Why there is no page. Forms that were refused are no error: they are shown again with status 422.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WebError {
    /// There is no such thing, or its existence is private.
    #[error("not found")]
    NotFound,
    /// The visitor may not.
    #[error("forbidden")]
    Forbidden,
    /// One must sign in first.
    #[error("sign in first")]
    SignIn,
    /// The form was sent from another site.
    #[error("sent from another site")]
    ForeignOrigin,
    /// The request can't be read.
    #[error("bad request")]
    BadRequest,
    /// This address takes no such method.
    #[error("method not allowed")]
    Method,
    /// The request took too long to arrive or to be answered.
    #[error("timed out")]
    Timeout,
    /// What was seen has changed since.
    #[error("changed in the meantime")]
    Conflict,
    /// More bytes than taken here.
    #[error("too large")]
    TooLarge,
    /// The body is of a type not taken here.
    #[error("unsupported type")]
    MediaType,
    /// What this address gives is of no type that the client takes.
    #[error("not acceptable")]
    NotAcceptable,
    /// The values sent break a rule.
    #[error("invalid")]
    Invalid,
    /// Too many attempts: seconds to wait.
    #[error("too many requests, retry in {0} s")]
    TooMany(u64),
    /// The server is busy or stopping: try again.
    #[error("busy")]
    Busy,
    /// The disk of the server is full.
    #[error("the disk is full")]
    Full,
    /// A fault of ours, already logged.
    #[error("internal error")]
    Internal,
}

/// Every error with its status and the stable end of its problem type.
pub(crate) const TABLE: [(WebError, StatusCode, &str); 15] = [
    (WebError::NotFound, StatusCode::NOT_FOUND, "not-found"),
    (WebError::Forbidden, StatusCode::FORBIDDEN, "forbidden"),
    (WebError::SignIn, StatusCode::UNAUTHORIZED, "unauthenticated"),
    (WebError::ForeignOrigin, StatusCode::FORBIDDEN, "foreign-origin"),
    (WebError::BadRequest, StatusCode::BAD_REQUEST, "bad-request"),
    (WebError::Method, StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
    (WebError::Timeout, StatusCode::REQUEST_TIMEOUT, "timeout"),
    (WebError::Conflict, StatusCode::CONFLICT, "conflict"),
    (WebError::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
    (WebError::MediaType, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"),
    (WebError::NotAcceptable, StatusCode::NOT_ACCEPTABLE, "not-acceptable"),
    (WebError::Invalid, StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
    (WebError::Busy, StatusCode::SERVICE_UNAVAILABLE, "busy"),
    (WebError::Full, StatusCode::INSUFFICIENT_STORAGE, "disk-full"),
    (WebError::Internal, StatusCode::INTERNAL_SERVER_ERROR, "internal"),
];

impl WebError {
    /// A fault of ours: logged here, once; the visitor gets a number to quote.
    pub fn internal(cause: impl Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::Internal
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.row().0
    }

    /// The end of the problem's `type`; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.row().1
    }

    fn row(&self) -> (StatusCode, &'static str) {
        if let Self::TooMany(_) = self {
            return (StatusCode::TOO_MANY_REQUESTS, "too-many-requests");
        }
        let row = TABLE.iter().find(|(error, ..)| error == self);
        row.map_or((StatusCode::INTERNAL_SERVER_ERROR, "internal"), |(_, status, code)| (*status, code))
    }

    /// The error that a bare status stands for: what axum and the layers answer by themselves.
    fn of_status(status: StatusCode) -> Self {
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Self::TooMany(60);
        }
        let row = TABLE.iter().find(|(_, known, _)| *known == status);
        match row {
            Some((error, ..)) => error.clone(),
            None if status.is_client_error() => Self::BadRequest,
            None => Self::Internal,
        }
    }

    /// Its sentences.
    pub(crate) fn said(&self, t: Words) -> Said {
        let said = |title, happened, next: &str| Said { title, happened, next: next.to_owned() };
        match self {
            Self::NotFound => {
                said(t.error_not_found_title(), t.error_not_found_happened(), t.error_not_found_next())
            }
            Self::Forbidden => {
                said(t.error_forbidden_title(), t.error_forbidden_happened(), t.error_forbidden_next())
            }
            Self::Conflict => {
                said(t.error_conflict_title(), t.error_conflict_happened(), t.error_conflict_next())
            }
            Self::Invalid => said(
                t.error_unprocessable_title(),
                t.error_unprocessable_happened(),
                t.error_unprocessable_next(),
            ),
            Self::TooLarge => {
                said(t.error_too_large_title(), t.error_too_large_happened(), t.error_too_large_next())
            }
            Self::TooMany(seconds) => said(
                t.error_too_many_title(),
                t.error_too_many_happened(),
                &format!(
                    "{} {}",
                    t.error_too_many_wait(i64::try_from(*seconds).unwrap_or(i64::MAX)),
                    t.error_too_many_next()
                ),
            ),
            Self::Internal => {
                said(t.error_internal_title(), t.error_internal_happened(), t.error_internal_next())
            }
            Self::Busy => {
                said(t.error_unavailable_title(), t.error_unavailable_happened(), t.error_unavailable_next())
            }
            Self::Full => said(t.error_full_title(), t.error_full_happened(), t.error_full_next()),
            _ => self.said_by_the_frame(t),
        }
    }

    /// Sentences of what only a browser meets.
    fn said_by_the_frame(&self, t: Words) -> Said {
        let said = |title, happened, next: &str| Said { title, happened, next: next.to_owned() };
        match self {
            Self::SignIn => said(
                t.layout_error_sign_in_title(),
                t.layout_error_sign_in_happened(),
                t.layout_error_sign_in_next(),
            ),
            Self::ForeignOrigin => said(
                t.layout_error_foreign_title(),
                t.layout_error_foreign_happened(),
                t.layout_error_foreign_next(),
            ),
            Self::Method => said(
                t.layout_error_method_title(),
                t.layout_error_method_happened(),
                t.layout_error_method_next(),
            ),
            Self::Timeout => said(
                t.layout_error_timeout_title(),
                t.layout_error_timeout_happened(),
                t.layout_error_timeout_next(),
            ),
            _ => said(
                t.layout_error_unreadable_title(),
                t.layout_error_unreadable_happened(),
                t.layout_error_unreadable_next(),
            ),
        }
    }
}

/// What a refusal says: what it is, what happened, what to do.
pub(crate) struct Said {
    pub(crate) title: &'static str,
    pub(crate) happened: &'static str,
    pub(crate) next: String,
}

/// What a use case refused and no form can show: a slice matches `Refused` and `Invalid` itself where it has a form.
impl<R: Debug> From<Failure<R>> for WebError {
    fn from(failure: Failure<R>) -> Self {
        match failure {
            Failure::Refused(_) | Failure::Stale | Failure::KeyReused => Self::Conflict,
            Failure::Invalid(_) => Self::Invalid,
            Failure::NotAllowed(why) => why.into(),
            Failure::NotFound => Self::NotFound,
            Failure::Busy => Self::Busy,
            Failure::Full => {
                tracing::error!("the disk of the database is full");
                Self::Full
            }
            Failure::Fault(cause) => Self::internal(cause),
        }
    }
}

/// Who isn't signed in, or did so more than ten minutes ago where that matters, is sent to sign in.
impl From<NotAllowed> for WebError {
    fn from(why: NotAllowed) -> Self {
        match why {
            NotAllowed::SignedOut | NotAllowed::NotFresh | NotAllowed::TokenGone => Self::SignIn,
            NotAllowed::Missing(_)
            | NotAllowed::NoMandate
            | NotAllowed::OutOfScope(_)
            | NotAllowed::NeverByToken
            | NotAllowed::OnlyContributorByToken
            | NotAllowed::NoDepartureByToken => Self::Forbidden,
        }
    }
}

impl IntoResponse for WebError {
    /// The bare status; `error_pages` gives it its words, since only there the language is known.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every refusal that has no page yet a page in the visitor's language, or a problem under `/api`.
pub(crate) async fn error_pages(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let glance = Glance::new(&state, &mut parts);
    let is_api = parts.uri.path() == "/api" || parts.uri.path().starts_with("/api/");
    let is_place = parts.uri.path().starts_with("/c/");
    let path = parts.uri.path().to_owned();
    let sent = Sent::of(&state, &mut parts);
    let turn = match &sent {
        Some(sent) => sent.turn(&state).await,
        None => None,
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(sent) = &sent {
        response = sent.once(&state, response);
    }
    drop(turn);
    if !needs_words(&response) {
        return match sent {
            Some(sent) => sent.answered(&state, glance.visitor(), response).await,
            None => response,
        };
    }
    let error = response.extensions().get::<WebError>().cloned();
    let mut error = error.unwrap_or_else(|| WebError::of_status(response.status()));
    // An address whose number is none, or whose query can't be read, is the address of nothing.
    let unread = response.extensions().get::<WebError>().is_none();
    if unread && is_place && response.status() == StatusCode::BAD_REQUEST {
        *response.status_mut() = StatusCode::NOT_FOUND;
        error = WebError::NotFound;
    }
    let status = if response.status().is_client_error() || response.status().is_server_error() {
        response.status()
    } else {
        error.status()
    };
    let mut told = if is_api {
        let told = response.extensions().get::<ApiError>().cloned();
        told.unwrap_or_else(|| error.clone().into()).told(glance.words(), glance.request_id(), &state)
    } else {
        page(&state, &glance, (sent.as_ref(), &path), &error).await
    };
    *told.status_mut() = status;
    keep_headers(response.headers(), told.headers_mut());
    if let WebError::TooMany(seconds) = error {
        told.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    } else if error == WebError::Busy {
        told.headers_mut().insert(RETRY_AFTER, HeaderValue::from(5));
    }
    told
}

/// The page of an error, with what becomes of what was typed.
async fn page(
    state: &AppState,
    glance: &Glance,
    (sent, path): (Option<&Sent>, &str),
    error: &WebError,
) -> Response {
    let t = glance.words();
    // Nothing can be written just now: what was typed comes back at once.
    let is_stuck = matches!(error, WebError::Full | WebError::Busy);
    if is_stuck
        && let Some(sent) = sent
        && let Some(retold) = sent.retell(state, error).await
    {
        return retold;
    }
    let over = if *error == WebError::Forbidden { over(state, glance).await } else { None };
    let mut rescued = match sent {
        Some(sent) if is_stuck => sent.copied(t),
        Some(sent) => sent.rescue(state, glance.visitor(), t).await,
        None => Rescued::default(),
    };
    if let (Some(sent), Some(_)) = (sent, &over) {
        // Without a mandate there is no form to come back to yet.
        rescued.texts = sent.copied(t).texts;
    }
    let whose = match over {
        None if *error == WebError::Forbidden => whose(state, glance, path).await,
        _ => None,
    };
    let page = ErrorPage::new(glance.frame(state), error, rescued).with_mandate_over(over).of(whose);
    html(&page).unwrap_or_else(|_| WebError::Internal.status().into_response())
}

/// What to say to somebody whose only mandates are over: which, since when.
async fn over(state: &AppState, glance: &Glance) -> Option<String> {
    let person = glance.visitor()?.0.as_ref()?.person();
    let over = app::mandates::over(&state.context, person).await.ok()?;
    let t = glance.words();
    over.first().map(|over| t.layout_mandate_over(t.date(over.last), &over.organisation))
}

fn needs_words(response: &Response) -> bool {
    if response.extensions().get::<WebError>().is_some() {
        return true;
    }
    let plain = match response.headers().get(CONTENT_TYPE) {
        None => true,
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
    };
    plain && (response.status().is_client_error() || response.status().is_server_error())
}

/// What the first answer said beside its body.
fn keep_headers(from: &HeaderMap, to: &mut HeaderMap) {
    for name in [ALLOW, RETRY_AFTER, axum::http::header::WWW_AUTHENTICATE, axum::http::header::SET_COOKIE] {
        for value in from.get_all(&name) {
            to.append(&name, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_keeps_its_meaning() {
        let told = |failure: Failure<()>| WebError::from(failure);
        assert_eq!(told(Failure::NotAllowed(NotAllowed::NotFresh)), WebError::SignIn);
        assert_eq!(told(Failure::NotAllowed(NotAllowed::NoMandate)), WebError::Forbidden);
        assert_eq!(told(Failure::Stale), WebError::Conflict);
        assert_eq!(told(Failure::Busy), WebError::Busy);
        assert_eq!(told(Failure::Fault("disk".to_owned())), WebError::Internal);
    }

    #[test]
    fn each_status_reads_back_as_its_error() {
        for (error, status, code) in &TABLE {
            assert_eq!((error.status(), error.code()), (*status, *code));
            if *error != WebError::ForeignOrigin {
                assert_eq!(WebError::of_status(*status), *error);
            }
        }
        assert_eq!(WebError::TooMany(9).status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(WebError::of_status(StatusCode::IM_A_TEAPOT), WebError::BadRequest);
        assert_eq!(WebError::of_status(StatusCode::BAD_GATEWAY), WebError::Internal);
    }
}

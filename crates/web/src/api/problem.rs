//! Everything that the API refuses, as a problem (RFC 9457): a type that never changes, a sentence in the caller's
//! language, and the figures that help.

use std::fmt::Debug;
use std::sync::Arc;

use app::Failure;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::Currency;
use domain::actor::NotAllowed;
use domain::input::{FieldError, FieldRule};
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::sqlx;
use utoipa::ToSchema;
use words::Words;

use super::call::{At, Call};
use super::parts::{Listed, all_of};
use super::refusals::{self, Refusal};
use crate::error::{TABLE, WebError};
use crate::state::AppState;

/// The sentence of a problem, in the language of whoever reads it.
type Say = Arc<dyn Fn(Words) -> String + Send + Sync>;

/// A refusal, worded on its way out.
#[derive(Clone)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    title: WebError,
    say: Option<Say>,
    figures: Box<Map<String, Value>>,
}

impl Debug for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.code)
    }
}

impl From<WebError> for ApiError {
    fn from(error: WebError) -> Self {
        Self { status: error.status(), code: error.code(), title: error, say: None, figures: Box::default() }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        WebError::internal(error).into()
    }
}

impl From<NotAllowed> for ApiError {
    fn from(why: NotAllowed) -> Self {
        let (title, code) = match why {
            NotAllowed::SignedOut | NotAllowed::NotFresh => (WebError::SignIn, "unauthenticated"),
            NotAllowed::TokenGone => (WebError::Forbidden, "token-elsewhere"),
            NotAllowed::OutOfScope(_) => (WebError::Forbidden, "out-of-scope"),
            NotAllowed::NeverByToken
            | NotAllowed::OnlyContributorByToken
            | NotAllowed::NoDepartureByToken => (WebError::Forbidden, "never-by-token"),
            NotAllowed::NoMandate => (WebError::Forbidden, "no-mandate"),
            NotAllowed::Missing(_) => (WebError::Forbidden, "forbidden"),
        };
        let mut error = Self::coded(title, code, move |t| t.not_allowed(&why).to_owned());
        if let NotAllowed::OutOfScope(scope) = why {
            error.figures.insert("scope".to_owned(), scope.as_str().into());
        }
        error
    }
}

impl ApiError {
    fn coded(
        title: WebError,
        code: &'static str,
        say: impl Fn(Words) -> String + Send + Sync + 'static,
    ) -> Self {
        Self { status: title.status(), code, title, say: Some(Arc::new(say)), figures: Box::default() }
    }

    /// What a use case refused; amounts are told in the currency.
    pub(super) fn of<R: Refusal>(failure: Failure<R>, currency: Currency) -> Self {
        match failure {
            Failure::Refused(refusal) => {
                let (code, figures) = (refusal.code(), refusal.figures());
                let say = move |t: Words| refusal.sentence(t, currency);
                Self { figures: Box::new(figures), ..Self::coded(WebError::Conflict, code, say) }
            }
            Failure::Invalid(errors) => Self::invalid(errors, currency),
            Failure::NotAllowed(why) => why.into(),
            Failure::KeyReused => {
                Self::coded(WebError::Conflict, "key-reused", |t| t.refusal_key_reused().to_owned())
            }
            Failure::Stale => Self::coded(WebError::Conflict, "changed-meanwhile", |t| {
                t.refusal_changed_meanwhile().to_owned()
            }),
            Failure::NotFound => WebError::NotFound.into(),
            Failure::Busy => WebError::Busy.into(),
            Failure::Full => WebError::Full.into(),
            Failure::Fault(cause) => WebError::internal(cause).into(),
        }
    }

    /// Values that break rules, each with its field.
    pub(super) fn invalid(errors: Vec<FieldError>, currency: Currency) -> Self {
        let fields: Vec<Value> = errors
            .iter()
            .map(|error| json!({ "field": error.field, "rule": refusals::rule_code(&error.rule) }))
            .collect();
        let say = move |t: Words| {
            let line =
                |error: &FieldError| format!("{}: {}", error.field, t.field_rule(&error.rule, currency));
            errors.iter().map(line).collect::<Vec<_>>().join(" ")
        };
        let mut error = Self::coded(WebError::Invalid, "invalid", say);
        error.figures.insert("errors".to_owned(), Value::Array(fields));
        error
    }

    /// What was seen has changed since; the body says how it is now.
    pub(super) fn stale_with(name: &'static str, now: Value) -> Self {
        let say = |t: Words| t.refusal_changed_meanwhile().to_owned();
        let mut error = Self::coded(WebError::Conflict, "changed-meanwhile", say);
        error.figures.insert(name.to_owned(), now);
        error
    }

    /// One value that breaks a rule.
    pub(super) fn field(field: &str, rule: FieldRule) -> Self {
        Self::invalid(vec![FieldError::new(field, rule)], Currency::EUR)
    }

    /// A body or a query of another form than described; `why` is for whoever writes the program.
    pub(super) fn unreadable(part: &'static str, why: &str) -> Self {
        let mut error = Self::from(WebError::Invalid);
        let told = json!([{ "field": part, "rule": "form", "why": why }]);
        error.figures.insert("errors".to_owned(), told);
        error
    }

    /// A write that moves money came without a key.
    pub(super) fn no_key() -> Self {
        Self::coded(WebError::BadRequest, "key-missing", |t| t.api_key_missing().to_owned())
    }

    /// A key that is empty, too long or not ASCII.
    pub(super) fn bad_key() -> Self {
        Self::coded(WebError::BadRequest, "key-unreadable", |t| t.api_key_unreadable().to_owned())
    }

    /// The answer.
    pub(crate) fn told(&self, t: Words, request: &str, state: &AppState) -> Response {
        let said = self.title.said(t);
        let detail = match &self.say {
            Some(say) => say(t),
            None => format!("{} {}", said.happened, said.next),
        };
        let mut body = (*self.figures).clone();
        let address = state.public_url.absolute(&state.paths.problem(self.code));
        body.insert("type".to_owned(), address.into());
        body.insert("code".to_owned(), self.code.into());
        body.insert("title".to_owned(), said.title.into());
        body.insert("status".to_owned(), self.status.as_u16().into());
        body.insert("detail".to_owned(), detail.into());
        body.insert("instance".to_owned(), format!("urn:popote:request:{request}").into());
        let kind = [(CONTENT_TYPE, "application/problem+json")];
        (self.status, kind, Value::Object(body).to_string()).into_response()
    }
}

impl IntoResponse for ApiError {
    /// The bare status; it is worded where the language is known.
    fn into_response(self) -> Response {
        let mut response = self.title.clone().into_response();
        *response.status_mut() = self.status;
        response.extensions_mut().insert(self);
        response
    }
}

/// A kind of problem.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct ProblemKind {
    /// The address that is the `type` of such problems.
    #[schema(format = "uri")]
    r#type: String,
    /// The end of that address.
    #[schema(value_type = String)]
    code: &'static str,
    /// The status of the answer.
    status: u16,
    /// What it means, for whoever writes a program.
    #[schema(value_type = String)]
    meaning: &'static str,
}

/// Every problem of the API: its code, its status, what it means.
fn kinds() -> impl Iterator<Item = (&'static str, u16, &'static str)> {
    let frame = TABLE.iter().map(|(_, status, code)| (*code, status.as_u16(), frame_meaning(code)));
    let many = ("too-many-requests", 429, frame_meaning("too-many-requests"));
    let allowed = [
        ("token-elsewhere", 403, "The token is of another collective, or was revoked a moment ago."),
        ("out-of-scope", 403, "The token has not the scope that this asks for; `scope` names it."),
        ("never-by-token", 403, "No token does this: a person does it on the pages."),
        ("no-mandate", 403, "The mandate of the token's holder for its organisation has ended."),
        ("key-missing", 400, "This moves money: send an `Idempotency-Key`."),
        ("key-unreadable", 400, "`Idempotency-Key` is 1 to 200 visible ASCII characters."),
        ("key-reused", 409, "This `Idempotency-Key` came with another request before."),
    ];
    let refused = refusals::CODES.iter().map(|(code, meaning)| (*code, 409, *meaning));
    frame.chain([many]).chain(allowed).chain(refused)
}

fn frame_meaning(code: &str) -> &'static str {
    match code {
        "not-found" => "There is no such thing, or its existence is private.",
        "forbidden" => "The holder of the token may not do this.",
        "unauthenticated" => "A token that holds is needed.",
        "foreign-origin" => "A form that was sent from another site.",
        "bad-request" => "The request can't be read.",
        "method-not-allowed" => "This address takes no such method; `Allow` names those that it takes.",
        "timeout" => "The request took too long.",
        "conflict" => "What is there now doesn't allow it.",
        "too-large" => "More bytes than taken here.",
        "unsupported-media-type" => "Bodies are `application/json`.",
        "not-acceptable" => "`Accept` names no type that this address gives.",
        "invalid" => "Values break a rule: `errors` names each field with its rule.",
        "busy" => "The server is busy or stopping: try again after `Retry-After` seconds.",
        "too-many-requests" => "Too many requests: try again after `Retry-After` seconds.",
        _ => "A fault of the server; `instance` is the number to quote.",
    }
}

fn kind(call: &Call, (code, status, meaning): (&'static str, u16, &'static str)) -> ProblemKind {
    let address = call.state.public_url.absolute(&call.state.paths.problem(code));
    ProblemKind { r#type: address, code, status, meaning }
}

/// `GET /problems`
pub(super) async fn list(call: Call) -> Listed<ProblemKind> {
    all_of(kinds().map(|row| kind(&call, row)).collect())
}

/// `GET /problems/{code}`
pub(super) async fn show(call: Call, At(code): At<String>) -> Result<axum::Json<ProblemKind>, ApiError> {
    let row = kinds().find(|(known, ..)| *known == code).ok_or(WebError::NotFound)?;
    Ok(axum::Json(kind(&call, row)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_code_is_there_once_and_means_something() {
        let mut seen = BTreeSet::new();
        for (code, status, meaning) in kinds() {
            assert!(seen.insert(code), "{code} twice");
            assert!((400..600).contains(&status) && meaning.ends_with('.'), "{code}");
        }
        assert!(seen.len() > 50, "{}", seen.len());
    }
}

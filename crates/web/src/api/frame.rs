//! What every request of the API goes through, before its path or its body are looked at: who asks, and how often.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, VARY, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use store::tokens::TokenRow;

use crate::error::WebError;
use crate::extract::Client;
use crate::limits::Attempt;
use crate::state::AppState;

/// The token of a request, once it is known to open something.
#[derive(Clone)]
pub(super) struct Bearer(pub(super) Option<Arc<TokenRow>>);

/// Lets a request in. A write without a token that holds, on a path that exists or not, is refused here.
pub(super) async fn frame(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let asked = match admit(&state, &mut parts).await {
        Ok(bearer) => bearer,
        Err(error) => return refused(&error),
    };
    parts.extensions.insert(asked);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let varies = HeaderValue::from_static("accept-language, authorization");
    response.headers_mut().append(VARY, varies);
    response
}

async fn admit(state: &AppState, parts: &mut Parts) -> Result<Bearer, WebError> {
    let Ok(Client(network)) = Client::from_request_parts(parts, state).await;
    state.limits.check_network(Attempt::Api, network)?;
    let token = match secret(&parts.headers) {
        Sent::Nothing => None,
        Sent::Unreadable => return Err(WebError::SignIn),
        Sent::Secret(secret) => {
            let found = app::tokens::find(&state.context, secret).await?.ok_or(WebError::SignIn)?;
            state.limits.check_account(Attempt::Api, &found.id.to_string())?;
            Some(Arc::new(found))
        }
    };
    let reads = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if token.is_none() && !reads {
        return Err(WebError::SignIn);
    }
    let holds_nul = |part: &str| part.contains("%00");
    // Databases take no NUL in a text: it names nothing and is part of no value.
    if holds_nul(parts.uri.path()) {
        return Err(WebError::NotFound);
    }
    if parts.uri.query().is_some_and(holds_nul) {
        return Err(WebError::Invalid);
    }
    Ok(Bearer(token))
}

/// What the `Authorization` header holds.
enum Sent<'h> {
    Nothing,
    Unreadable,
    Secret(&'h str),
}

fn secret(headers: &HeaderMap) -> Sent<'_> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = all.next() else { return Sent::Nothing };
    let read = || {
        let (scheme, secret) = value.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
    };
    match (read(), all.next()) {
        (Some(secret), None) => Sent::Secret(secret),
        _ => Sent::Unreadable,
    }
}

fn refused(error: &WebError) -> Response {
    let mut response = error.clone().into_response();
    if *error == WebError::SignIn {
        let challenge = HeaderValue::from_static("Bearer realm=\"popote\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Refuses whoever has no token, where one is needed to read too, before anything else is looked at.
pub(super) async fn needs_token(request: Request, next: Next) -> Response {
    match request.extensions().get::<Bearer>() {
        Some(Bearer(Some(_))) => next.run(request).await,
        _ => refused(&WebError::SignIn),
    }
}

/// Refuses whoever doesn't take what this address gives.
pub(super) async fn acceptable(media_type: &'static str, request: Request, next: Next) -> Response {
    if takes(request.headers(), media_type) {
        next.run(request).await
    } else {
        WebError::NotAcceptable.into_response()
    }
}

/// Whether a client takes a media type: named, or covered by a range, and not with a weight of zero.
fn takes(headers: &HeaderMap, media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type);
    let family = essence.split('/').next().unwrap_or(essence);
    let mut asked = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if asked.peek().is_none() {
        return true;
    }
    let mut best: Option<(u8, bool)> = None;
    for range in asked.flat_map(|list| list.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let exact = if name.eq_ignore_ascii_case(essence) {
            2
        } else if name.strip_suffix("/*").is_some_and(|name| name.eq_ignore_ascii_case(family)) {
            1
        } else if name == "*/*" || name.is_empty() {
            0
        } else {
            continue;
        };
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        let taken = weight.is_none_or(|weight| weight.bytes().any(|b| (b'1'..=b'9').contains(&b)));
        if best.is_none_or(|(known, _)| exact >= known) {
            best = Some((exact, taken));
        }
    }
    best.is_some_and(|(_, taken)| taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json_is_taken(accept: &str) -> bool {
        takes(&HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]), "application/json")
    }

    #[test]
    fn the_closest_range_decides() {
        for accept in ["*/*", "application/json", "text/html, application/*;q=0.1", "Application/JSON;q=0.5"]
        {
            assert!(json_is_taken(accept), "{accept}");
        }
        for accept in ["text/html", "application/json;q=0, */*", "application/jsonl", "image/*"] {
            assert!(!json_is_taken(accept), "{accept}");
        }
        assert!(takes(&HeaderMap::new(), "application/json"), "who says nothing takes anything");
    }

    #[test]
    fn a_token_is_sent_once_and_as_a_bearer() {
        let sent = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, value.parse().unwrap());
            }
            match secret(&headers) {
                Sent::Nothing => "nothing".to_owned(),
                Sent::Unreadable => "unreadable".to_owned(),
                Sent::Secret(secret) => secret.to_owned(),
            }
        };
        assert_eq!(sent(&[]), "nothing");
        assert_eq!(sent(&["Bearer popote_x"]), "popote_x");
        assert_eq!(sent(&["bearer  popote_x"]), "popote_x");
        assert_eq!(sent(&["Basic eA=="]), "unreadable");
        assert_eq!(sent(&["popote_x"]), "unreadable");
        assert_eq!(sent(&["Bearer a", "Bearer b"]), "unreadable");
    }
}

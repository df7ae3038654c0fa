//! What every answer carries: the rules for the browser, the number of the request, how long it may be kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use app::Context;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::extract::VisitorSlot;
use crate::flash;
use crate::paths::is_secret;
use crate::state::AppState;

/// Nothing comes from elsewhere, nothing runs or is styled inline, nobody frames a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

/// Headers of every answer that doesn't set its own: a file is `sandbox`ed. An address that is a secret says no
/// referrer at all. `same-origin` is the strictest policy under which a browser still says where a form comes from.
const RULES: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, in the log, on the page of a fault and in `X-Request-Id`.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// Numbers requests: some letters for this run of the server, then a count.
#[derive(Debug, Clone)]
pub(crate) struct RequestIds {
    run: Arc<str>,
    count: Arc<AtomicU64>,
}

impl RequestIds {
    pub(crate) fn new(context: &Context) -> Self {
        let run = hex::encode(&context.chance.bytes()[..4]);
        Self { run: run.into(), count: Arc::default() }
    }

    fn next(&self) -> RequestId {
        RequestId(format!("{}-{}", self.run, self.count.fetch_add(1, Ordering::Relaxed)).into())
    }
}

/// Numbers the request, dresses the answer, and writes one line in the log: the route, never the address, which may
/// hold the secret of a link.
pub(crate) async fn dress(
    State((state, ids)): State<(AppState, RequestIds)>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = ids.next();
    request.extensions_mut().insert(id.clone());
    let visitor = request.extensions_mut().get_or_insert_default::<VisitorSlot>().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or("-".into(), |route| route.as_str().to_owned());
    let is_secret = is_secret(request.uri().path());
    let method = request.method().clone();
    let asked = request.headers().clone();

    let mut response = next.run(request).await;

    flash::forget(&asked, &mut response, &state.public_url);
    let is_personal = visitor.0.get().is_some_and(|visitor| visitor.0.is_some());
    if is_secret {
        response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    rule(response.headers_mut(), &state, is_personal || is_secret);
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(X_REQUEST_ID, id);
    }
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(request = &*id.0, %method, route, status = response.status().as_u16(), micros, "answered");
    response
}

fn rule(headers: &mut HeaderMap, state: &AppState, is_private: bool) {
    for (name, value) in RULES {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Under a path the host belongs to others too, who may need plain http.
    if state.public_url.is_https() && state.public_url.base().is_empty() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    let kept = if is_private { "no-store" } else { "private, no-cache" };
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
}

//! Pages of whoever is signed in, kept for that reader alone until anything is written, at most to the end of the
//! minute.

use std::sync::Arc;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use axum::http::uri::PathAndQuery;
use axum::http::{Method, Response, StatusCode};
use axum::middleware::Next;
use identity::Token;
use jiff::{SignedDuration, Timestamp};

use crate::cache::{PageKey, Stored, Whose};
use crate::error::WebError;
use crate::extract::{VisitorSlot, cookie};
use crate::state::AppState;

/// That a page depends on nothing but its address, the reader's session and languages, the database and the minute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForItsReader;

/// Most bytes of a page that is kept, before it is compressed.
const LARGEST: u64 = 1 << 20;
/// How long a page may be given again. A civil deadline ends with a minute.
const SECONDS: i64 = 60;
/// The field that makes an act one, however often its form is sent. Two forms must never share one: a page that holds
/// it is made anew each time.
const KEY_FIELD: &[u8] = b"name=\"key\"";

/// Gives a page again to the reader it was made for, as long as nothing was written to the database since, and keeps
/// one that says it may be ([`ForItsReader`]). Whether the session still holds needs no question: it would have been
/// ended by a write, or by time, which is looked at when the page is kept.
pub(crate) async fn keep_for_its_reader(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Result<Response<Body>, WebError> {
    let Some((reader, address)) = reader_and_address(&state, &request) else {
        return Ok(next.run(request).await);
    };
    // Before anything is read for the page: it is of this moment or of a later one. Without an answer the page itself
    // says what is wrong.
    let Ok(moment) = state.context.db.moment().await else { return Ok(next.run(request).await) };
    let now = state.context.now();
    let whose = Whose::Reader { reader, moment, minute: now.as_second().div_euclid(SECONDS) };
    let key = PageKey { address, whose };
    if let Some(page) = state.cache.get(&key) {
        return page.respond_to_its_reader(request.headers());
    }
    let headers = request.headers().clone();
    let visitor = request.extensions_mut().get_or_insert_default::<VisitorSlot>().clone();
    let mut response = next.run(request).await;
    if !may_be_kept(&mut response) || !lasts(&visitor, now) {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::try_from(LARGEST).unwrap_or(usize::MAX)).await;
    let bytes = bytes.map_err(WebError::internal)?;
    if bytes.windows(KEY_FIELD.len()).any(|part| part == KEY_FIELD) {
        return Ok(Response::from_parts(parts, Body::from(bytes)));
    }
    let page = Arc::new(Stored::new(&bytes)?);
    state.cache.put(key, page.clone());
    page.respond_to_its_reader(&headers)
}

/// What tells readers apart, and the address; nothing where nobody is signed in, or the page must answer an act.
fn reader_and_address(state: &AppState, request: &Request) -> Option<([u8; 32], String)> {
    let (url, headers) = (&state.public_url, request.headers());
    if request.method() != Method::GET || cookie(headers, &url.cookie("flash")).is_some() {
        return None;
    }
    let token = Token::parse(cookie(headers, url.session_cookie())?)?;
    let chosen = cookie(headers, &url.cookie("lang")).unwrap_or_default();
    let preferred = headers.get(ACCEPT_LANGUAGE).map_or(&[][..], |value| value.as_bytes());
    let reader = domain::chain::digest(&[&token.hash(), chosen.as_bytes(), &[0], preferred]);
    let address = request.uri().path_and_query().map_or("/", PathAndQuery::as_str);
    Some((reader, address.to_owned()))
}

/// Whether the answer is a page that says so, with nothing said beside it.
fn may_be_kept(response: &mut Response<Body>) -> bool {
    response.extensions_mut().remove::<ForItsReader>().is_some()
        && response.status() == StatusCode::OK
        && response.headers().keys().all(|name| name == CONTENT_TYPE)
        && response.body().size_hint().exact().is_some_and(|bytes| bytes <= LARGEST)
}

/// Whether the session of this reader outlasts what is kept.
fn lasts(visitor: &VisitorSlot, now: Timestamp) -> bool {
    let end = now.saturating_add(SignedDuration::from_secs(SECONDS)).unwrap_or(now);
    let signed_in = visitor.0.get().and_then(|visitor| visitor.0.as_ref());
    signed_in.is_some_and(|signed_in| signed_in.session.row.expires_at > end)
}

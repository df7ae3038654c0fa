//! The frame as a browser meets it: the real router, a few routes that misbehave, no network.

mod batches;
pub(crate) mod browser;
mod connections;
mod rescued;
mod subtraction;
mod ten_minutes;
mod visitor;

use app::{Chance, Clock, Context, Settings};
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get, post};
use http_body_util::BodyExt;
use jiff::Timestamp;
use messages::{Mailer, Outbox};
use store::{Db, Options};
use tower::ServiceExt;

use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::{AppState, PublicUrl, WebError};

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn header(&self, name: impl AsRef<str>) -> &str {
        self.headers.get(name.as_ref()).map_or("", |value| value.to_str().unwrap())
    }

    /// What its first hidden field of that name holds.
    #[track_caller]
    pub(crate) fn hidden(&self, name: &str) -> String {
        self.hidden_after("", name)
    }

    /// What its first hidden field of that name after `mark` holds.
    #[track_caller]
    pub(crate) fn hidden_after(&self, mark: &str, name: &str) -> String {
        let page = self.text();
        let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let (_, page) = page.split_once(mark).unwrap_or_else(|| panic!("no {mark}: {page}"));
        let (_, page) = page.split_once(&start).unwrap_or_else(|| panic!("no {name}: {page}"));
        let (value, _) = page.split_once('"').unwrap();
        value.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
    }

    #[track_caller]
    pub(crate) fn says(&self, text: &str) {
        assert!(self.text().contains(text), "{text:?} is not in {}", self.text());
    }
}

async fn state(public_url: &str) -> AppState {
    state_on(Db::open("sqlite::memory:", &Options::default()).await.unwrap(), public_url)
}

fn state_on(db: Db, public_url: &str) -> AppState {
    let settings = Settings {
        public_url: public_url.to_owned(),
        mail_from: "popote@popote.example".to_owned(),
        demo: false,
    };
    let mailer = Mailer::Memory(Outbox::default());
    let context =
        Context::new(db, Clock::fixed(Timestamp::UNIX_EPOCH), Chance::sequence(1), mailer, settings);
    AppState::new(context, PublicUrl::parse(public_url).unwrap(), 1_000_000)
}

/// The routes of the site and some that go wrong.
async fn site(public_url: &str) -> Router {
    echoing(&state(public_url).await)
}

fn echoing(state: &AppState) -> Router {
    let saying = state.clone();
    let wrong = crate::router::routes()
        .route("/panic", get(async || -> &'static str { panic!("the soup boils over") }))
        .route("/busy", get(async || WebError::Busy))
        .route("/often", get(async || WebError::TooMany(61)))
        .route("/stale", get(async || WebError::Conflict))
        .route("/private", get(async || WebError::Forbidden))
        .route("/mine", get(async || WebError::SignIn))
        .route("/api/v1/none", get(async || WebError::NotFound))
        .route(
            "/small",
            post(async |form: FormData| form.field("a").to_owned()).layer(DefaultBodyLimit::max(64)),
        )
        .route(
            "/echo",
            post(async |form: FormData| format!("{}|{}", form.field("a"), form.file("f").is_some())),
        )
        .route("/large", post(async |_: FormData| "").layer(DefaultBodyLimit::max(6 << 20)))
        .route("/api/v1/echo", post(async |form: FormData| form.field("a").to_owned()))
        .route(
            "/act",
            post(async move || {
                see_other_saying("/about", &Flash::good("C’est fait <ici>."), &saying.public_url)
            }),
        );
    crate::router::site(wrong, state).unwrap()
}

pub(crate) async fn send(site: &Router, request: Request<Body>) -> Answer {
    let response = site.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    Answer { status, headers, bytes }
}

pub(crate) fn with(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

async fn see(site: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(site, with("GET", path, headers, "")).await
}

async fn submit(site: &Router, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
    all.extend_from_slice(headers);
    send(site, with("POST", path, &all, body)).await
}

const ROOT: &str = "https://pot.example.org";

#[tokio::test]
async fn every_answer_carries_the_rules_for_the_browser() {
    let site = site(ROOT).await;
    let asset = crate::paths::Paths::new("").asset("popote.css");
    for path in ["/about", "/nowhere", "/panic", &asset, "/favicon.ico"] {
        let answer = see(&site, path, &[]).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn no_page_has_inline_style_or_script() {
    let site = site(ROOT).await;
    for path in ["/about", "/nowhere", "/panic"] {
        let page = see(&site, path, &[]).await.text();
        for inline in [" style=", "<style", "<script>", " onclick=", "javascript:"] {
            assert!(!page.contains(inline), "{path} has {inline}");
        }
    }
}

#[tokio::test]
async fn the_source_is_where_the_operator_says_it_is() {
    let said = state(ROOT).await.with_source("https://git.example.org/popote");
    let page = see(&echoing(&said), "/about", &[]).await;
    page.says("href=\"https://git.example.org/popote\"");
    page.says("état de conformité non établi");
    let unsaid = see(&site(ROOT).await, "/about", &[]).await;
    unsaid.says("demandez à son équipe où il se trouve");
    assert!(!unsaid.text().contains("/source\""), "no link leads nowhere");
}

#[tokio::test]
async fn the_page_speaks_the_language_of_whoever_reads_it() {
    let site = site(ROOT).await;
    let french = see(&site, "/about", &[]).await;
    french.says("<html lang=\"fr\">");
    french.says("À propos de cette instance");
    french.says("lang=\"en\">English</button>");
    let english = see(&site, "/about", &[("accept-language", "en-GB,en;q=0.9,fr;q=0.1")]).await;
    english.says("<html lang=\"en\">");
    see(&site, "/about?lang=fr", &[("accept-language", "en")]).await.says("<html lang=\"fr\">");
    assert!(english.header("vary").to_lowercase().contains("accept-language"));
}

#[tokio::test]
async fn the_language_form_keeps_the_choice_and_goes_back() {
    let site = site(ROOT).await;
    let chosen = submit(&site, "/language", &[], "lang=en&back=%2Fabout%3Fa%3Db").await;
    assert_eq!((chosen.status, chosen.header(LOCATION)), (StatusCode::SEE_OTHER, "/about?a=b"));
    let cookie = chosen.header(SET_COOKIE);
    assert!(cookie.starts_with("__Host-popote-"), "{cookie}");
    assert!(
        cookie.ends_with("-lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap();
    see(&site, "/about", &[("cookie", pair)]).await.says("<html lang=\"en\">");

    for away in ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "", "%2F%5Cevil.example"] {
        let answer = submit(&site, "/language", &[], &format!("lang=en&back={away}")).await;
        assert_eq!(answer.header(LOCATION), "/", "{away}");
    }
    assert_eq!(submit(&site, "/language", &[], "lang=xx").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(see(&site, "/language", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn refusals_are_pages_in_both_languages() {
    let site = site(ROOT).await;
    for (path, status, french, english) in [
        ("/nowhere", 404, "Cette page n’existe pas", "exist"),
        ("/private", 403, "ne donnent pas accès", "not open to you"),
        ("/mine", 401, "Connectez-vous d’abord", "Sign in first"),
        ("/stale", 409, "entre-temps", "changed"),
        ("/often", 429, "61 secondes", "61 seconds"),
        ("/busy", 503, "indisponible", "unavailable"),
        ("/panic", 500, "de notre côté", "our side"),
    ] {
        let answer = see(&site, path, &[]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header(CONTENT_TYPE)),
            (status, "text/html; charset=utf-8"),
            "{path}"
        );
        answer.says(french);
        answer.says("<html lang=\"fr\">");
        let answer = see(&site, path, &[("accept-language", "en")]).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        answer.says(english);
        answer.says("<html lang=\"en\">");
    }
    assert_eq!(see(&site, "/often", &[]).await.header(RETRY_AFTER), "61");
    let wrong_method = submit(&site, "/about", &[], "").await;
    assert_eq!(wrong_method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(wrong_method.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_panic_shows_a_number_and_nothing_of_its_cause() {
    let site = site(ROOT).await;
    let answer = see(&site, "/panic", &[]).await;
    answer.says(answer.header("x-request-id"));
    assert!(!answer.text().contains("soup"));
    assert_eq!(see(&site, "/about", &[]).await.status, StatusCode::OK, "the server goes on");
}

#[tokio::test]
async fn under_api_a_refusal_is_a_problem() {
    let site = site(ROOT).await;
    for path in ["/api/v1/none", "/api/v1/unknown"] {
        let answer = see(&site, path, &[]).await;
        assert_eq!(answer.header(CONTENT_TYPE), "application/problem+json", "{path}");
        let problem: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(problem["type"], "https://pot.example.org/api/v1/problems/not-found");
        assert_eq!(problem["status"], 404);
    }
}

#[tokio::test]
async fn forms_from_other_sites_are_refused() {
    let site = site(ROOT).await;
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let refused = submit(&site, "/echo", &foreign, "a=b").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.says("autre site");
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "https://www.example.org")],
        &[("origin", "null"), ("host", "pot.example.org")],
        &[("origin", "http://pot.example.org"), ("host", "other.example")],
    ] {
        assert_eq!(submit(&site, "/echo", headers, "a=b").await.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    for headers in [
        &[("sec-fetch-site", "same-origin"), ("origin", ROOT)][..],
        &[("origin", ROOT), ("host", "backend.internal")],
        &[("sec-fetch-site", "none")],
        &[],
    ] {
        assert_eq!(submit(&site, "/echo", headers, "a=b").await.text(), "b|false", "{headers:?}");
    }
    assert_eq!(submit(&site, "/api/v1/echo", &foreign, "a=b").await.text(), "b", "the API reads no cookie");
}

#[tokio::test]
async fn bodies_have_a_size_and_a_type() {
    let site = site(ROOT).await;
    let large = format!("a={}", "x".repeat(600 * 1024));
    let refused = submit(&site, "/echo", &[], &large).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.says("trop volumineux");
    assert_eq!(submit(&site, "/small", &[], &"a".repeat(65)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let json = send(&site, with("POST", "/echo", &[("content-type", "application/json")], "{}")).await;
    assert_eq!(json.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(submit(&site, "/echo", &[], "a=%FF").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn forms_with_files_are_read_from_those_who_signed_in() {
    let state = state(ROOT).await;
    let site = echoing(&state);
    let parts = "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nun\r\ndeux\r\n--x\r\n\
                 content-disposition: form-data; name=\"f\"; filename=\"p.png\"\r\n\r\nPNG\r\n--x--\r\n";
    let kind = ("content-type", "multipart/form-data; boundary=x");
    let stranger = send(&site, with("POST", "/echo", &[kind], parts)).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    let token = visitor::signed_in(&state.context).await;
    let cookie = format!("{}={}", state.public_url.session_cookie(), token.as_str());
    let headers = [kind, ("cookie", cookie.as_str())];
    let answer = send(&site, with("POST", "/echo", &headers, parts)).await;
    assert_eq!(answer.text(), "un\ndeux|true");
    let broken = send(&site, with("POST", "/echo", &headers, "--x\r\nnonsense")).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_stranger_sends_no_megabytes_where_files_are_taken() {
    let state = state(ROOT).await;
    let site = echoing(&state);
    let sent = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    for kind in ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"] {
        sent.store(0, std::sync::atomic::Ordering::SeqCst);
        let count = sent.clone();
        let pieces = std::iter::repeat_with(move || {
            count.fetch_add(64 * 1024, std::sync::atomic::Ordering::SeqCst);
            Ok::<_, std::convert::Infallible>(vec![b'x'; 64 * 1024])
        });
        let body = Body::from_stream(tokio_stream::iter(pieces.take(80)));
        let request = Request::post("/large").header(CONTENT_TYPE, kind).body(body).unwrap();
        let status = send(&site, request).await.status;
        assert!(status == StatusCode::UNAUTHORIZED || status == StatusCode::PAYLOAD_TOO_LARGE, "{status}");
        let read = sent.load(std::sync::atomic::Ordering::SeqCst);
        assert!(read <= 640 * 1024, "{kind}: {read}");
    }
}

#[tokio::test]
async fn the_answer_to_an_act_is_shown_once() {
    let site = site(ROOT).await;
    let done = submit(&site, "/act", &[], "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let pair = done.header(SET_COOKIE).split(';').next().unwrap().to_owned();
    let page = see(&site, "/about", &[("cookie", &pair)]).await;
    page.says("<p class=\"flash good\" role=\"status\">C’est fait &#60;ici&#62;.</p>");
    assert!(page.header(SET_COOKIE).contains("-flash=; Path=/; Max-Age=0"), "{}", page.header(SET_COOKIE));
    assert!(page.headers.get(ETAG).is_none(), "a page with an answer is nobody else's");
    assert!(!see(&site, "/about", &[]).await.text().contains("C’est fait"));
}

#[tokio::test]
async fn assets_never_change_under_their_name() {
    let site = site(ROOT).await;
    let path = crate::paths::Paths::new("").asset("popote.css");
    let plain = see(&site, &path, &[]).await;
    assert_eq!(plain.header(CONTENT_TYPE), "text/css; charset=utf-8");
    assert_eq!(plain.header(CACHE_CONTROL), "public, max-age=31536000, immutable");
    plain.says("@layer tokens,base,layout,parts,print;");
    assert!(!plain.text().contains("/*"));
    let gzip = see(&site, &path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header(CONTENT_ENCODING), "gzip");
    assert!(gzip.bytes.len() < 15 * 1024, "{}", gzip.bytes.len());
    assert_eq!(see(&site, "/assets/popote.css", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(see(&site, "/assets/..%2f..%2fCargo.toml", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(see(&site, "/favicon.ico", &[]).await.header(CONTENT_TYPE), "image/svg+xml");
}

#[tokio::test]
async fn pages_are_compressed_and_not_sent_twice() {
    let site = site(ROOT).await;
    let plain = see(&site, "/about", &[]).await;
    assert_eq!(plain.header(CONTENT_ENCODING), "");
    let gzip = see(&site, "/about", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(gzip.header(CONTENT_ENCODING), "gzip");
    assert!(gzip.bytes.len() < plain.bytes.len());
    assert_eq!(gzip.header(ETAG), plain.header(ETAG));
    let again = see(&site, "/about", &[(IF_NONE_MATCH.as_str(), plain.header(ETAG))]).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let english =
        see(&site, "/about", &[("accept-language", "en"), ("if-none-match", plain.header(ETAG))]).await;
    assert_eq!(english.status, StatusCode::OK);
    let error = see(&site, "/nowhere", &[("accept-encoding", "gzip")]).await;
    assert_eq!((error.status, error.header(CONTENT_ENCODING)), (StatusCode::NOT_FOUND, "gzip"));
    let head = send(&site, with("HEAD", "/about", &[], "")).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn the_site_lives_under_a_path_too() {
    let site = site("https://example.org/popote").await;
    let page = see(&site, "/popote/about", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("href=\"/popote/assets/popote.");
    page.says("action=\"/popote/language\"");
    page.says("value=\"/popote/about\"");
    page.says("https://example.org/popote/");
    assert!(page.headers.get("strict-transport-security").is_none(), "the host is others' too");
    let moved = see(&site, "/popote", &[]).await;
    assert_eq!((moved.status, moved.header(LOCATION)), (StatusCode::PERMANENT_REDIRECT, "/popote/"));
    for path in ["/about", "/popoteabout", "/", "/popote2/about"] {
        assert_eq!(see(&site, path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let error = see(&site, "/popote/nowhere?a=b", &[]).await;
    assert_eq!(error.status, StatusCode::NOT_FOUND);
    error.says("href=\"/popote/\"");
    let chosen = submit(&site, "/popote/language", &[], "lang=en&back=%2Fpopote%2Fabout").await;
    assert_eq!(chosen.header(LOCATION), "/popote/about");
    let cookie = chosen.header(SET_COOKIE);
    assert!(cookie.starts_with("__Secure-popote-") && cookie.contains("; Path=/popote/;"), "{cookie}");
    let elsewhere = submit(&site, "/popote/language", &[], "lang=en&back=%2Fother-app").await;
    assert_eq!(elsewhere.header(LOCATION), "/popote/");
}

#[tokio::test]
async fn on_this_machine_cookies_are_plain() {
    let site = site("http://127.0.0.1:8080").await;
    let chosen = submit(&site, "/language", &[("origin", "http://127.0.0.1:8080")], "lang=en&back=%2F").await;
    assert_eq!(chosen.header(SET_COOKIE), "popote-lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    assert!(chosen.headers.get("strict-transport-security").is_none());
}

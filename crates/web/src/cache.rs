//! Pages, compressed once: of visitors who aren't signed in for everybody, of others for one reader. A page is good for
//! one version of what it shows, so nothing is ever thrown out because it is wrong, only because there is no room.

use std::collections::{HashMap, VecDeque};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::response::Builder;
use axum::http::{HeaderMap, Response, StatusCode};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use store::Moment;
use words::Locale;

use crate::error::WebError;
use crate::extract::accepts_gzip;
use crate::kept::ForItsReader;
use crate::layout::{Frame, html};
use crate::state::AppState;

/// What a page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Path and query.
    pub address: String,
    /// Who may see it, and of when it is.
    pub whose: Whose,
}

/// For whom a page is, and of when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Everybody who isn't signed in.
    Everybody {
        /// Language.
        locale: Locale,
        /// `collective.version`, or the instance's for pages of no collective.
        version: i64,
    },
    /// One session.
    Reader {
        /// A hash of its token and of the languages that its browser asks for.
        reader: [u8; 32],
        /// The state of the database.
        moment: Moment,
        /// The minute of the clock.
        minute: i64,
    },
}

/// A page, compressed, with its name for `If-None-Match`.
#[derive(Debug)]
pub struct Stored {
    gzip: Bytes,
    etag: String,
}

impl Stored {
    /// Compresses a page.
    ///
    /// # Errors
    /// [`WebError::Internal`] when memory runs out.
    pub fn new(html: &[u8]) -> Result<Self, WebError> {
        let mut encoder = GzEncoder::new(Vec::with_capacity(html.len() / 4), Compression::new(5));
        encoder.write_all(html).map_err(WebError::internal)?;
        let gzip = encoder.finish().map_err(WebError::internal)?;
        // Weak: the same page with and without compression has one name.
        let etag = format!("W/\"{}\"", hex::encode(&Sha256::digest(html)[..12]));
        Ok(Self { gzip: gzip.into(), etag })
    }

    /// The answer to a request with these headers: 304, the compressed bytes, or the page itself.
    ///
    /// # Errors
    /// [`WebError::Internal`] when the page can't be unpacked.
    pub fn respond(&self, request: &HeaderMap) -> Result<Response<Body>, WebError> {
        let response = Response::builder()
            .header(ETAG, &self.etag)
            .header(CACHE_CONTROL, "no-cache")
            .header(VARY, "Accept-Encoding, Accept-Language, Cookie");
        let known = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        if known.flat_map(|list| list.split(',')).any(|tag| tag.trim() == self.etag || tag.trim() == "*") {
            let response = response.status(StatusCode::NOT_MODIFIED).body(Body::empty());
            return response.map_err(WebError::internal);
        }
        self.body(response, request)
    }

    /// The answer to the one reader it is for: no other machine keeps it, and neither does the browser.
    ///
    /// # Errors
    /// [`WebError::Internal`] when the page can't be unpacked.
    pub fn respond_to_its_reader(&self, request: &HeaderMap) -> Result<Response<Body>, WebError> {
        self.body(
            Response::builder().header(CACHE_CONTROL, "no-store").header(VARY, "Accept-Encoding"),
            request,
        )
    }

    /// The compressed bytes, or the page itself for a client that takes no gzip.
    fn body(&self, response: Builder, request: &HeaderMap) -> Result<Response<Body>, WebError> {
        let response = response.header(CONTENT_TYPE, "text/html; charset=utf-8");
        if accepts_gzip(request) {
            let response = response.header(CONTENT_ENCODING, "gzip").body(Body::from(self.gzip.clone()));
            return response.map_err(WebError::internal);
        }
        let mut html = Vec::new();
        GzDecoder::new(self.gzip.as_ref()).read_to_end(&mut html).map_err(WebError::internal)?;
        response.body(Body::from(html)).map_err(WebError::internal)
    }

    fn bytes(&self) -> usize {
        self.gzip.len()
    }
}

/// Pages up to a number of bytes. What was asked for since its last turn gets another turn, the rest goes.
#[derive(Debug)]
pub struct PageCache {
    capacity: usize,
    shelf: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    pages: HashMap<PageKey, Slot>,
    turns: VecDeque<PageKey>,
    bytes: usize,
}

#[derive(Debug)]
struct Slot {
    page: Arc<Stored>,
    asked: bool,
}

/// The page, from the cache where nobody is signed in and nothing is to be said, else made for this visitor alone, who
/// may get it again.
/// `make` is only called where the page isn't there. `version` is the collective's, or 0 for what doesn't change.
///
/// # Errors
/// Those of `make`, and [`WebError::Internal`] if the template fails.
pub async fn cached<T: Template>(
    state: &AppState,
    headers: &HeaderMap,
    frame: Frame,
    version: i64,
    make: impl AsyncFnOnce(Frame) -> Result<T, WebError>,
) -> Result<Response<Body>, WebError> {
    if !frame.is_for_everybody() {
        let says_nothing = frame.says_nothing();
        let mut response = html(&make(frame).await?)?;
        if says_nothing {
            response.extensions_mut().insert(ForItsReader);
        }
        return Ok(response);
    }
    let whose = Whose::Everybody { locale: frame.t.locale(), version };
    let key = PageKey { address: frame.here.clone(), whose };
    if let Some(page) = state.cache.get(&key) {
        return page.respond(headers);
    }
    let text = make(frame).await?.render().map_err(WebError::internal)?;
    let page = Arc::new(Stored::new(text.as_bytes())?);
    state.cache.put(key, page.clone());
    page.respond(headers)
}

/// What a page takes beside its bytes: its key twice, the maps.
const OVERHEAD: usize = 512;

impl PageCache {
    /// An empty cache; 0 keeps nothing.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { capacity, shelf: Mutex::default() }
    }

    /// The page, if it is here.
    #[must_use]
    pub fn get(&self, key: &PageKey) -> Option<Arc<Stored>> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = shelf.pages.get_mut(key)?;
        slot.asked = true;
        Some(slot.page.clone())
    }

    /// Keeps a page, unless it alone would fill an eighth of the cache.
    pub fn put(&self, key: PageKey, page: Arc<Stored>) {
        let weight = page.bytes() + key.address.len() * 2 + OVERHEAD;
        if weight > self.capacity / 8 {
            return;
        }
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.pages.contains_key(&key) {
            return;
        }
        shelf.bytes += weight;
        shelf.turns.push_back(key.clone());
        shelf.pages.insert(key, Slot { page, asked: false });
        shelf.make_room(self.capacity);
    }

    /// Bytes kept now.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).bytes
    }
}

impl Shelf {
    fn make_room(&mut self, capacity: usize) {
        while self.bytes > capacity {
            let Some(key) = self.turns.pop_front() else { return };
            let Some(slot) = self.pages.get_mut(&key) else { continue };
            if std::mem::take(&mut slot.asked) {
                self.turns.push_back(key);
                continue;
            }
            let weight = slot.page.bytes() + key.address.len() * 2 + OVERHEAD;
            self.pages.remove(&key);
            self.bytes = self.bytes.saturating_sub(weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(locale: Locale, address: &str, version: i64) -> PageKey {
        PageKey { address: address.to_owned(), whose: Whose::Everybody { locale, version } }
    }

    fn key(address: &str, version: i64) -> PageKey {
        of(Locale::Fr, address, version)
    }

    fn page(text: &str) -> Arc<Stored> {
        Arc::new(Stored::new(text.as_bytes()).unwrap())
    }

    #[test]
    fn a_new_version_is_another_page() {
        let cache = PageCache::new(100_000);
        cache.put(key("/c/chatons", 1), page("un"));
        assert!(cache.get(&key("/c/chatons", 1)).is_some());
        assert!(cache.get(&key("/c/chatons", 2)).is_none());
        assert!(cache.get(&of(Locale::En, "/c/chatons", 1)).is_none());
    }

    #[test]
    fn it_never_holds_more_than_its_capacity_and_keeps_what_is_asked_for() {
        let cache = PageCache::new(10_000);
        cache.put(key("/favourite", 0), page("la page que tout le monde lit"));
        for n in 0..200 {
            assert!(cache.get(&key("/favourite", 0)).is_some(), "gone after {n}");
            cache.put(key(&format!("/{n}"), 0), page(&format!("page {n}")));
            assert!(cache.bytes() <= 10_000);
        }
        assert!(cache.get(&key("/0", 0)).is_none());
        assert!(cache.get(&key("/199", 0)).is_some());
        let before = cache.bytes();
        cache.put(key("/199", 0), page("page 199"));
        assert_eq!(cache.bytes(), before, "the same page is counted once");
    }

    #[test]
    fn a_page_that_would_empty_the_cache_is_not_kept() {
        let cache = PageCache::new(2_000);
        cache.put(key("/a", 0), page("a"));
        assert_eq!(cache.bytes(), 0);
        assert!(PageCache::new(0).get(&key("/a", 0)).is_none());
    }

    #[test]
    fn a_browser_that_has_the_page_gets_no_body() {
        let stored = page("bonjour");
        let mut headers = HeaderMap::new();
        let whole = stored.respond(&headers).unwrap();
        assert_eq!(whole.status(), StatusCode::OK);
        assert!(whole.headers().get(CONTENT_ENCODING).is_none());
        headers.insert(IF_NONE_MATCH, whole.headers()[ETAG].clone());
        assert_eq!(stored.respond(&headers).unwrap().status(), StatusCode::NOT_MODIFIED);
        headers.insert(IF_NONE_MATCH, "W/\"other\"".parse().unwrap());
        assert_eq!(stored.respond(&headers).unwrap().status(), StatusCode::OK);
    }
}

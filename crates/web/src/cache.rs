//! Pages of visitors who aren't signed in, compressed once for everybody. A page is good for one version of its
//! collective, so nothing is ever thrown out because it is wrong, only because there is no room.

use std::collections::{HashMap, VecDeque};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, Response, StatusCode};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use words::Locale;

use crate::error::WebError;
use crate::extract::accepts_gzip;
use crate::layout::{Frame, html};
use crate::state::AppState;

/// What a page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Path and query.
    pub address: String,
    /// Language.
    pub locale: Locale,
    /// `collective.version`, or the instance's for pages of no collective.
    pub version: i64,
}

/// A page, compressed, with its name for `If-None-Match`.
#[derive(Debug)]
pub struct Stored {
    gzip: Vec<u8>,
    etag: String,
}

impl Stored {
    /// Compresses a page.
    ///
    /// # Errors
    /// [`WebError::Internal`] when memory runs out.
    pub fn new(html: &str) -> Result<Self, WebError> {
        let mut encoder = GzEncoder::new(Vec::with_capacity(html.len() / 4), Compression::new(5));
        encoder.write_all(html.as_bytes()).map_err(WebError::internal)?;
        let gzip = encoder.finish().map_err(WebError::internal)?;
        // Weak: the same page with and without compression has one name.
        let etag = format!("W/\"{}\"", hex::encode(&Sha256::digest(html.as_bytes())[..12]));
        Ok(Self { gzip, etag })
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
        let response = response.header(CONTENT_TYPE, "text/html; charset=utf-8");
        if accepts_gzip(request) {
            let response = response.header(CONTENT_ENCODING, "gzip").body(Body::from(self.gzip.clone()));
            return response.map_err(WebError::internal);
        }
        let mut html = Vec::new();
        GzDecoder::new(self.gzip.as_slice()).read_to_end(&mut html).map_err(WebError::internal)?;
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

/// The page, from the cache where nobody is signed in and nothing is to be said, else made for this visitor alone.
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
        return html(&make(frame).await?);
    }
    let key = PageKey { address: frame.here.clone(), locale: frame.t.locale(), version };
    if let Some(page) = state.cache.get(&key) {
        return page.respond(headers);
    }
    let text = make(frame).await?.render().map_err(WebError::internal)?;
    let page = Arc::new(Stored::new(&text)?);
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

    fn key(address: &str, version: i64) -> PageKey {
        PageKey { address: address.to_owned(), locale: Locale::Fr, version }
    }

    fn page(text: &str) -> Arc<Stored> {
        Arc::new(Stored::new(text).unwrap())
    }

    #[test]
    fn a_new_version_is_another_page() {
        let cache = PageCache::new(100_000);
        cache.put(key("/c/chatons", 1), page("un"));
        assert!(cache.get(&key("/c/chatons", 1)).is_some());
        assert!(cache.get(&key("/c/chatons", 2)).is_none());
        let english = PageKey { locale: Locale::En, ..key("/c/chatons", 1) };
        assert!(cache.get(&english).is_none());
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

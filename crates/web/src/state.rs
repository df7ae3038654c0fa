//! What every handler gets.

use std::ops::Deref;
use std::sync::Arc;

use app::Context;

use crate::accounts::Shelf;
use crate::cache::PageCache;
use crate::extract::Proxies;
use crate::limits::Limits;
use crate::paths::Paths;
use crate::public_url::PublicUrl;
use crate::replays::Replays;
use crate::rounds::Streams;

/// What every handler gets, behind one pointer: layers and handlers clone it many times a request.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// The use cases' context and what the web adds to it.
#[derive(Clone)]
pub struct Parts {
    /// The way of the use cases to the world.
    pub context: Context,
    /// The address under which people come.
    pub public_url: Arc<PublicUrl>,
    /// Addresses under its base path.
    pub paths: Paths,
    /// Pages of visitors who aren't signed in.
    pub cache: Arc<PageCache>,
    /// Attempts by account and by client network.
    pub limits: Arc<Limits>,
    /// Machines whose `X-Forwarded-For` is believed; none unless the operator names them.
    pub proxies: Arc<Proxies>,
    /// Where the source code of this instance is, if its operator says it.
    pub source: Option<Arc<str>>,
    /// Event streams that are open.
    pub(crate) streams: Arc<Streams>,
    /// Files of journals that are being sent.
    pub(crate) shelf: Arc<Shelf>,
    /// Answers that are given again to the same form.
    pub(crate) replays: Arc<Replays>,
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl AppState {
    /// A state with an empty cache of `cache_bytes` and no proxy trusted.
    #[must_use]
    pub fn new(context: Context, public_url: PublicUrl, cache_bytes: usize) -> Self {
        Self(Arc::new(Parts {
            context,
            paths: Paths::new(public_url.base()),
            public_url: Arc::new(public_url),
            cache: Arc::new(PageCache::new(cache_bytes)),
            limits: Arc::new(Limits::default()),
            proxies: Arc::new(Proxies::default()),
            source: None,
            streams: Arc::new(Streams::default()),
            shelf: Arc::new(Shelf::default()),
            replays: Arc::new(Replays::default()),
        }))
    }

    /// The same, believing these proxies about their clients.
    #[must_use]
    pub fn with_proxies(mut self, proxies: Proxies) -> Self {
        Arc::make_mut(&mut self.0).proxies = Arc::new(proxies);
        self
    }

    /// The same, saying where its source code is; nothing if the address is empty.
    #[must_use]
    pub fn with_source(mut self, address: &str) -> Self {
        Arc::make_mut(&mut self.0).source = (!address.is_empty()).then(|| address.into());
        self
    }

    /// The same, with event streams of another pace.
    #[cfg(test)]
    pub(crate) fn with_streams(mut self, streams: Streams) -> Self {
        Arc::make_mut(&mut self.0).streams = Arc::new(streams);
        self
    }

    /// Ends the event streams, which would last as long as their listeners: the server is about to stop.
    pub fn end_streams(&self) {
        self.streams.end();
    }
}

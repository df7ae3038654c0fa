//! Popote on a port of this machine.

use std::{net::SocketAddr, sync::Arc};

use app::{Context, Settings};
use testkit::World;
use tokio::{net::TcpListener, task::JoinHandle};
use web::{AppState, PublicUrl};

/// Bytes that pages may take in the cache.
const CACHE_BYTES: usize = 4 << 20;

/// Where a site is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    origin: String,
    base: &'static str,
}

impl Address {
    pub(crate) const fn new(origin: String, base: &'static str) -> Self {
        Self { origin, base }
    }

    /// The whole address of a path: `/about`.
    #[must_use]
    pub fn of(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.base)
    }

    /// The path of a whole address, if it is of this site.
    pub(crate) fn path<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.strip_prefix(&self.origin)?.strip_prefix(self.base)
    }
}

/// The site of a story, until it is dropped. It has the story's database, clock, chance and mail.
pub struct Site {
    /// The use cases' way to the world, with the site's address in its settings.
    pub context: Context,
    address: Address,
    serving: JoinHandle<()>,
}

impl Site {
    /// Serves at the root.
    ///
    /// # Panics
    /// If no port can be had.
    pub async fn open(world: &World) -> Self {
        Self::open_under(world, "").await
    }

    /// Serves below a path: `/popote`.
    ///
    /// # Panics
    /// If no port can be had or the path can't be one.
    pub async fn open_under(world: &World, base: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let public_url = format!("{origin}{base}");
        let mut context = world.context.clone();
        context.settings =
            Arc::new(Settings { public_url: public_url.clone(), ..(*context.settings).clone() });
        let public_url = PublicUrl::parse(&public_url).expect("an address of this machine");
        let state = AppState::new(context.clone(), public_url, CACHE_BYTES);
        let router = web::router(&state).expect("an address of this machine");
        let serving = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).await.expect("the site is served");
        });
        Self { context, address: Address::new(origin, base), serving }
    }

    /// The whole address of a path: `/about`.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.address.of(path)
    }

    /// Lets the worker do what is due now, mails included.
    ///
    /// # Panics
    /// If the database fails or a job does.
    pub async fn work(&self) {
        let report = app::jobs::run_due(&self.context).await.expect("the database answers");
        assert_eq!(report.failed, 0, "{report:?}");
    }

    /// The first address in the newest mail to somebody that begins with this path: `/invitation/`. What waits to be sent
    /// is sent first; mails that came before the last call are forgotten.
    ///
    /// # Panics
    /// If no mail to them has one.
    pub async fn mailed(&self, world: &World, to: &str, path: &str) -> String {
        self.all_mailed(world, to, path).await.swap_remove(0)
    }

    /// All such addresses of that mail, in their order.
    ///
    /// # Panics
    /// If no mail to them has one.
    pub async fn all_mailed(&self, world: &World, to: &str, path: &str) -> Vec<String> {
        self.work().await;
        let start = self.address(path);
        let mails = world.mails();
        let theirs = mails.iter().rev().filter(|mail| mail.to.address() == to);
        let links = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with(&start)).map(str::to_owned).collect()
        };
        let found = theirs.map(|mail| links(&mail.text)).find(|links| !links.is_empty());
        found.unwrap_or_else(|| panic!("no mail to {to} has {start}: {mails:?}"))
    }
}

impl AsRef<Address> for Site {
    fn as_ref(&self) -> &Address {
        &self.address
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

//! The context of use cases, made repeatable.

use std::panic::resume_unwind;

use app::{Chance, Clock, Context, Settings};
use jiff::{SignedDuration, Timestamp};
use messages::{Mail, Mailer, Outbox};
use store::{Db, Options};

use crate::database::{Kind, Place};

/// When every story begins: Monday 3 March 2025, 10:00 in Paris, in microseconds.
const BEGINNING: i64 = 1_740_992_400_000_000;

/// Where a story takes place.
#[derive(Clone)]
pub struct World {
    /// The way of the use cases to the world.
    pub context: Context,
    /// On which kind of database.
    pub kind: Kind,
    /// The address of the database, for stories that open it twice.
    pub url: String,
    outbox: Outbox,
}

impl World {
    async fn new(kind: Kind, place: &Place) -> Self {
        let outbox = Outbox::default();
        let settings = Settings {
            public_url: "https://popote.example".to_owned(),
            mail_from: "popote@popote.example".to_owned(),
            demo: false,
        };
        let context = Context::new(
            place.open().await,
            Clock::fixed(Timestamp::from_microsecond(BEGINNING).expect("an instant")),
            Chance::sequence(1),
            Mailer::Memory(outbox.clone()),
            settings,
        );
        Self { context, kind, url: place.url.clone(), outbox }
    }

    /// A world over a database that stays, with the machine's clock and chance: for measures and for processes that
    /// are killed. The database gets the schema if it is new.
    ///
    /// # Panics
    /// If the database doesn't open.
    pub async fn kept(kind: Kind, url: &str) -> Self {
        let outbox = Outbox::default();
        let settings = Settings {
            public_url: "http://127.0.0.1".to_owned(),
            mail_from: "popote@popote.example".to_owned(),
            demo: false,
        };
        let db = Db::open(url, &Options::default()).await.expect("the database opens");
        let mailer = Mailer::Memory(outbox.clone());
        let context = Context::new(db, Clock::System, Chance::System, mailer, settings);
        Self { context, kind, url: url.to_owned(), outbox }
    }

    /// Now, on the clock that stands still.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.context.now()
    }

    /// Moves the clock ahead.
    pub fn wait(&self, time: SignedDuration) {
        self.context.clock.set(self.now().saturating_add(time).expect("an instant"));
    }

    /// Moves the clock to an instant: `"2025-11-30T23:59:59+01:00"`.
    pub fn wait_until(&self, instant: &str) {
        self.context.clock.set(instant.parse().expect("an instant"));
    }

    /// The mails that were handed over since the last time.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.outbox.take()
    }

    /// Sees to what is due and sends what waits, then takes the mails that were handed over.
    ///
    /// # Panics
    /// If the worker's round fails as a whole.
    pub async fn post(&self) -> Vec<Mail> {
        app::jobs::run_due(&self.context).await.expect("a round of the worker");
        self.outbox.take()
    }

    /// Carries a command out.
    ///
    /// # Panics
    /// If it fails.
    pub async fn write<C: store::Command>(&self, command: C) -> C::Done
    where
        C::Error: std::fmt::Debug,
    {
        self.context.db.write(command).await.expect("the command is carried out")
    }
}

/// Runs a story on a new database, which is removed whether the story ends well or not.
///
/// # Panics
/// As the story does; without `POPOTE_TEST_POSTGRES`, as the crate says.
pub fn check<F>(kind: Kind, story: impl FnOnce(World) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
    let ended = runtime.block_on(async {
        let place = Place::new(kind).await?;
        let world = World::new(kind, &place).await;
        let db = world.context.db.clone();
        let ended = tokio::spawn(story(world)).await;
        db.close().await;
        place.remove().await;
        Some(ended)
    });
    if let Some(Err(panic)) = ended {
        resume_unwind(panic.into_panic());
    }
}

//! The only way of the use cases to the world: database, clock, chance, mail, settings.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicI64, Ordering},
};

use domain::Seed;
use identity::Passwords;
use jiff::Timestamp;
use messages::Mailer;
use outside::Fetcher;
use pictures::Pictures;
use store::Db;
use tokio::sync::Notify;

/// What a use case needs of the world. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Where randomness comes from.
    pub chance: Chance,
    /// Where mail goes.
    pub mailer: Arc<Mailer>,
    /// Hashes passwords, one at a time.
    pub passwords: Passwords,
    /// Makes pictures, one at a time.
    pub pictures: Pictures,
    /// The instance's settings.
    pub settings: Arc<Settings>,
    /// The one way to other machines, mail apart.
    pub outside: Arc<Fetcher>,
    /// The secret of request hashes, read once.
    pub(crate) request_secret: Arc<OnceLock<[u8; 32]>>,
    /// Rings when there is something to send at once.
    pub(crate) bell: Arc<Notify>,
}

/// Settings that use cases read.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which people reach this instance, without a final slash: `https://pot.example.org/popote`.
    /// Every absolute address comes from it.
    pub public_url: String,
    /// The sender of mails.
    pub mail_from: String,
    /// Whether this is `popote demo`: example data, no mail leaves.
    pub demo: bool,
}

/// The time.
#[derive(Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// A clock that stands, in microseconds, until it is moved: for tests and for the example collective.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.as_microsecond())))
    }

    /// Now, cut to the microseconds that the database stores.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let micros = match self {
            Self::System => system_micros(),
            Self::Fixed(at) => at.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves a fixed clock; the machine's is left alone.
    pub fn set(&self, at: Timestamp) {
        if let Self::Fixed(clock) = self {
            clock.store(at.as_microsecond(), Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn system_micros() -> i64 {
    Timestamp::now().as_microsecond()
}

/// Where randomness comes from.
#[derive(Clone)]
pub enum Chance {
    /// The operating system.
    System,
    /// A sequence that follows from a number, so that a run can be repeated.
    Sequence(Arc<AtomicI64>),
}

impl Chance {
    /// A repeatable sequence.
    #[must_use]
    pub fn sequence(start: i64) -> Self {
        Self::Sequence(Arc::new(AtomicI64::new(start)))
    }

    /// The seed of one command: 32 random bytes.
    #[must_use]
    pub fn seed(&self) -> Seed {
        Seed::new(self.bytes())
    }

    /// 32 random bytes, for tokens and seeds. A machine without randomness is no place for money: the process
    /// stops rather than go on with predictable bytes.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        match self {
            Self::System => {
                let mut bytes = [0; 32];
                if getrandom::fill(&mut bytes).is_err() {
                    tracing::error!("the operating system gives no randomness");
                    std::process::abort();
                }
                bytes
            }
            Self::Sequence(number) => {
                domain::chain::digest(&[b"popote-test", &number.fetch_add(1, Ordering::SeqCst).to_be_bytes()])
            }
        }
    }
}

impl Context {
    /// A context over these parts.
    #[must_use]
    pub fn new(db: Db, clock: Clock, chance: Chance, mailer: Mailer, settings: Settings) -> Self {
        Self {
            db,
            clock,
            chance,
            mailer: Arc::new(mailer),
            settings: Arc::new(settings),
            outside: Arc::new(Fetcher::new(Vec::new())),
            passwords: Passwords::new(),
            pictures: Pictures::new(),
            request_secret: Arc::new(OnceLock::new()),
            bell: Arc::new(Notify::new()),
        }
    }

    /// The same with another way to other machines: one that also asks hosts which an admin allows.
    #[must_use]
    pub fn asking(self, outside: Arc<Fetcher>) -> Self {
        Self { outside, ..self }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The seed of one command.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.chance.seed()
    }

    /// Lets the worker of this process look at once for mails and deadlines, rather than at its next round.
    pub fn wake_worker(&self) {
        self.bell.notify_one();
    }
}

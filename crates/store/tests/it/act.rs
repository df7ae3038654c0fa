//! Commands made of closures, and a gate that keeps the queue waiting.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::Poll,
};

use popote_store::{Command, Db, Tx, WriteError, args, execute, fetch_values};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How a test's command fails.
#[derive(Debug)]
pub enum Fail {
    /// Its own refusal.
    Refused(&'static str),
    Write(WriteError),
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for Fail {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<WriteError> for Fail {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

pub type Answer = Result<i64, Fail>;
type Answering<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;
type Run = dyn for<'a> Fn(&'a mut Tx) -> Answering<'a> + Send + Sync;

/// A command that runs a closure and counts how often.
pub struct Act {
    pot: Option<Uuid>,
    run: Box<Run>,
    runs: Arc<AtomicU32>,
}

/// How often a command ran.
#[derive(Clone)]
pub struct Runs(Arc<AtomicU32>);

impl Runs {
    pub fn get(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Act {
    /// A command of the one pot of the test.
    pub fn new(run: impl for<'a> Fn(&'a mut Tx) -> Answering<'a> + Send + Sync + 'static) -> Self {
        Self { pot: Some(POT), run: Box::new(run), runs: Arc::default() }
    }

    /// A command without a pot.
    pub fn ungrouped(mut self) -> Self {
        self.pot = None;
        self
    }

    pub fn runs(&self) -> Runs {
        Runs(Arc::clone(&self.runs))
    }
}

impl Command for Act {
    type Done = i64;
    type Error = Fail;

    fn pot(&self) -> Option<Uuid> {
        self.pot
    }

    async fn run(&self, tx: &mut Tx) -> Answer {
        self.runs.fetch_add(1, Ordering::SeqCst);
        (self.run)(tx).await
    }
}

/// The pot of the tests.
pub const POT: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

/// Writes a name into the table `word`.
pub fn word(name: &'static str) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args![name]).await?;
            Ok(1)
        })
    })
}

/// Makes the table `word`.
pub async fn words_table(db: &Db) {
    let make = Act::new(|tx| {
        Box::pin(async move {
            execute(tx, "CREATE TABLE word (name TEXT NOT NULL PRIMARY KEY)", args![]).await?;
            Ok(0)
        })
    });
    db.write(make).await.unwrap();
}

/// What is in the table `word`.
pub async fn words(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    fetch_values(&mut tx, "SELECT name FROM word ORDER BY name", args![]).await.unwrap()
}

/// A command that runs until the gate is opened.
pub struct Gate {
    open: Arc<Semaphore>,
    entered: Arc<Semaphore>,
}

impl Gate {
    pub fn new() -> (Self, Act) {
        let gate = Self { open: Arc::new(Semaphore::new(0)), entered: Arc::new(Semaphore::new(0)) };
        let (open, entered) = (Arc::clone(&gate.open), Arc::clone(&gate.entered));
        let act = Act::new(move |_| {
            let (open, entered) = (Arc::clone(&open), Arc::clone(&entered));
            Box::pin(async move {
                entered.add_permits(1);
                drop(open.acquire().await.unwrap());
                Ok(0)
            })
        });
        (gate, act)
    }

    /// Waits until the command runs.
    pub async fn entered(&self) {
        self.entered.acquire().await.unwrap().forget();
    }

    /// Lets it, and every run of it after, pass.
    pub fn open(&self) {
        self.open.add_permits(1);
    }
}

/// A write that waits in the queue.
pub type Queued = Answering<'static>;

/// Puts a command in the queue behind a gate that is closed.
pub async fn queue(db: &Db, act: Act) -> Queued {
    let db = db.clone();
    let mut write: Queued = Box::pin(async move { db.write(act).await });
    assert!(is_waiting(&mut write).await, "answered although the gate is closed");
    write
}

/// Whether a write has no answer yet.
pub async fn is_waiting(write: &mut Queued) -> bool {
    poll_fn(|cx| Poll::Ready(write.as_mut().poll(cx).is_pending())).await
}

/// Runs commands in one batch: they are queued while a gate keeps the lane busy.
pub async fn batch(db: &Db, acts: Vec<Act>) -> Vec<Answer> {
    let (gate, closed) = Gate::new();
    let first = tokio::spawn({
        let db = db.clone();
        async move { db.write(closed).await }
    });
    gate.entered().await;
    let mut queued = Vec::new();
    for act in acts {
        queued.push(queue(db, act).await);
    }
    gate.open();
    first.await.unwrap().unwrap();
    let mut answers = Vec::new();
    for write in queued {
        answers.push(write.await);
    }
    answers
}

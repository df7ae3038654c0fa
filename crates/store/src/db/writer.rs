//! The queue before the database: one lane on SQLite; on PostgreSQL one an active pot, and none for the rest.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use uuid::Uuid;

use super::{
    batch::serve,
    command::{Job, WriteError},
    pools::Pools,
};

/// The most commands of one transaction. PostgreSQL remembers as many subtransactions of one in memory.
const BATCH: usize = 64;

/// A command in the queue.
pub(super) struct Waiting {
    pub(super) job: Box<dyn Job>,
    /// In a transaction of its own, however long that takes.
    pub(super) unbatched: bool,
    /// Where the caller stands, for the log.
    pub(super) span: tracing::Span,
    /// The place taken in the queue until the answer is given.
    _place: OwnedSemaphorePermit,
}

/// The lane of a pot; SQLite has a single one.
type Lane = Option<Uuid>;

pub(super) struct Writer {
    pools: Pools,
    /// A lane is there while a task serves it.
    lanes: Mutex<HashMap<Lane, VecDeque<Waiting>>>,
    places: Arc<Semaphore>,
    size: u32,
    closing: AtomicBool,
}

impl Writer {
    pub(super) fn new(pools: Pools, size: u32) -> Arc<Self> {
        Arc::new(Self {
            pools,
            lanes: Mutex::default(),
            places: Arc::new(Semaphore::new(size as usize)),
            size,
            closing: AtomicBool::new(false),
        })
    }

    pub(super) const fn pools(&self) -> &Pools {
        &self.pools
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<Lane, VecDeque<Waiting>>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a command. Errors: the queue is full, or closed.
    pub(super) fn submit(
        self: &Arc<Self>,
        job: Box<dyn Job>,
        pot: Option<Uuid>,
        unbatched: bool,
    ) -> Result<(), WriteError> {
        if self.closing.load(Ordering::SeqCst) {
            return Err(WriteError::Closed);
        }
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|why| match why {
            TryAcquireError::NoPermits => WriteError::Overloaded,
            TryAcquireError::Closed => WriteError::Closed,
        })?;
        let waiting = Waiting { job, unbatched, span: tracing::Span::current(), _place: place };
        let lane = match (&self.pools, pot) {
            (Pools::Sqlite { .. }, _) => None,
            (Pools::Postgres { .. }, Some(pot)) if !unbatched => Some(pot),
            (Pools::Postgres { .. }, _) => {
                let writer = Arc::clone(self);
                tokio::spawn(async move { serve(&writer.pools, vec![waiting]).await });
                return Ok(());
            }
        };
        let mut lanes = self.lanes();
        if let Some(queue) = lanes.get_mut(&lane) {
            queue.push_back(waiting);
        } else {
            lanes.insert(lane, VecDeque::from([waiting]));
            tokio::spawn(Served { writer: Arc::clone(self), lane, ended: false }.serve());
        }
        Ok(())
    }

    /// Takes what waits in a lane; without anything the lane ends.
    fn take(&self, lane: Lane) -> Vec<Waiting> {
        let mut lanes = self.lanes();
        let Some(queue) = lanes.get_mut(&lane) else { return Vec::new() };
        let grouped = queue.iter().take(BATCH).take_while(|waiting| !waiting.unbatched).count();
        let taken: Vec<Waiting> = queue.drain(..grouped.max(1).min(queue.len())).collect();
        if taken.is_empty() {
            lanes.remove(&lane);
        }
        taken
    }

    /// Takes no more commands and waits until those in the queue are answered.
    pub(super) async fn drain(&self) {
        self.closing.store(true, Ordering::SeqCst);
        if let Ok(all) = self.places.acquire_many(self.size).await {
            all.forget();
        }
        self.places.close();
    }
}

/// The task of a lane.
struct Served {
    writer: Arc<Writer>,
    lane: Lane,
    ended: bool,
}

impl Served {
    async fn serve(mut self) {
        loop {
            let taken = self.writer.take(self.lane);
            if taken.is_empty() {
                self.ended = true;
                return;
            }
            serve(&self.writer.pools, taken).await;
        }
    }
}

impl Drop for Served {
    /// A lane whose task was stopped must not keep callers waiting: they are told by the loss of their sender.
    fn drop(&mut self) {
        if !self.ended {
            let orphans = self.writer.lanes().remove(&self.lane);
            drop(orphans);
        }
    }
}

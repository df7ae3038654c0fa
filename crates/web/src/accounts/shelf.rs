//! Files of the journal, made once a version of their collective and sent at each reader's pace.
//!
//! Making one takes a connection to the database for as long as the database needs. Sending it takes none: readers who
//! take hours, or never take a byte, keep nobody from anything.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use app::Failure;
use app::export::{Asked, Audience, Format, export};
use axum::body::{Body, Bytes};
use store::Db;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio_stream::Stream;

use crate::error::WebError;

/// Files that are made at once: others wait for their turn, and pages never for them.
const MAKERS: usize = 2;
/// Files that may be there, those of older versions that are still being sent included.
const MOST: usize = 16;
/// Pieces of a file that wait to be written down.
const WAITING: usize = 4;
/// Bytes that are read of a file at once.
const PIECE: usize = 64 * 1024;
/// How long a reader may take for a piece.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    collective: String,
    pot: String,
    format: Format,
    audience: Audience,
}

impl Key {
    fn of(asked: &Asked) -> Self {
        Self {
            collective: asked.collective.clone(),
            pot: asked.pot.clone(),
            format: asked.format,
            audience: asked.audience.clone(),
        }
    }
}

/// The newest file of each key, and those that are still being sent.
#[derive(Debug)]
pub(crate) struct Shelf {
    newest: Mutex<HashMap<Key, (i64, Arc<Made>)>>,
    there: Mutex<Vec<Weak<Made>>>,
    makers: Arc<Semaphore>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { newest: Mutex::default(), there: Mutex::default(), makers: Arc::new(Semaphore::new(MAKERS)) }
    }
}

/// A file without a name, gone with its last reader.
#[derive(Debug)]
pub(crate) struct Made {
    file: File,
    progress: watch::Receiver<Progress>,
}

/// How much of a file is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Progress {
    bytes: u64,
    end: Option<End>,
}

/// How the making of a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Missing,
    Failed,
}

impl Shelf {
    /// The file of that edition of the collective: the one that is there, or one that begins to be made.
    pub(crate) fn take(&self, db: &Db, edition: i64, asked: Asked) -> Result<Arc<Made>, WebError> {
        let key = Key::of(&asked);
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, made)) = newest.get(&key)
            && *known == edition
            && made.progress.borrow().end != Some(End::Failed)
        {
            return Ok(made.clone());
        }
        newest.remove(&key);
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        there.retain(|made| made.strong_count() > 0);
        if there.len() >= MOST {
            // What nobody is being sent makes room.
            newest.retain(|_, (_, made)| Arc::strong_count(made) > 1);
            there.retain(|made| made.strong_count() > 0);
        }
        if there.len() >= MOST {
            return Err(WebError::Busy);
        }
        let file = tempfile::tempfile().map_err(WebError::internal)?;
        let (told, progress) = watch::channel(Progress::default());
        let made = Arc::new(Made { file: file.try_clone().map_err(WebError::internal)?, progress });
        there.push(Arc::downgrade(&made));
        newest.insert(key, (edition, made.clone()));
        let (db, makers) = (db.clone(), self.makers.clone());
        tokio::spawn(async move {
            let _turn = makers.acquire_owned().await;
            make(&db, asked, file, &told).await;
        });
        Ok(made)
    }
}

/// Writes a file down, piece by piece.
async fn make(db: &Db, asked: Asked, mut file: File, told: &watch::Sender<Progress>) {
    let (sender, mut pieces) = mpsc::channel::<Vec<u8>>(WAITING);
    let db = db.clone();
    let exporting = tokio::spawn(async move { export(&db, asked, sender).await });
    let written = tokio::task::spawn_blocking({
        let told = told.clone();
        move || {
            while let Some(piece) = pieces.blocking_recv() {
                file.write_all(&piece)?;
                told.send_modify(|progress| progress.bytes += piece.len() as u64);
            }
            Ok::<_, io::Error>(())
        }
    });
    let (written, exported) = (written.await, exporting.await);
    let end = match (written, exported) {
        (Ok(Ok(())), Ok(Ok(()))) => End::Whole,
        (_, Ok(Err(Failure::NotFound))) => End::Missing,
        (written, exported) => {
            tracing::error!(?written, ?exported, "a file of the journal was not made");
            End::Failed
        }
    };
    told.send_modify(|progress| progress.end = Some(end));
}

impl Made {
    /// The file as a body. Errors: there is none, for the reason that its making gave.
    pub(crate) async fn body(self: Arc<Self>) -> Result<Body, WebError> {
        let mut progress = self.progress.clone();
        let begun = |progress: &Progress| progress.bytes > 0 || progress.end.is_some();
        let first = *progress.wait_for(begun).await.map_err(WebError::internal)?;
        match first.end {
            Some(End::Missing) => Err(WebError::NotFound),
            Some(End::Failed) => Err(WebError::Internal),
            Some(End::Whole) | None => {
                let (sender, pieces) = mpsc::channel(1);
                let whole = Arc::new(AtomicBool::new(false));
                tokio::spawn(self.send(sender, whole.clone()));
                Ok(Body::from_stream(Sent { pieces, whole }))
            }
        }
    }

    /// Sends what is there, then what comes, until the reader is gone or takes nothing for too long.
    async fn send(self: Arc<Self>, sender: mpsc::Sender<Bytes>, whole: Arc<AtomicBool>) {
        let (mut at, mut progress) = (0, self.progress.clone());
        loop {
            let now = *progress.borrow_and_update();
            while at < now.bytes {
                let made = self.clone();
                let read = tokio::task::spawn_blocking(move || made.piece(at, now.bytes - at));
                let Ok(Ok(piece)) = read.await else { return };
                at += piece.len() as u64;
                if sender.send_timeout(piece, PATIENCE).await.is_err() {
                    return;
                }
            }
            match now.end {
                Some(End::Whole) => return whole.store(true, Ordering::SeqCst),
                Some(_) => return,
                None if progress.changed().await.is_err() => return,
                None => {}
            }
        }
    }

    fn piece(&self, at: u64, left: u64) -> io::Result<Bytes> {
        let length = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, at)?;
        Ok(bytes.into())
    }
}

/// The pieces of a file; one that isn't whole ends in an error, so that nobody takes a part for all.
struct Sent {
    pieces: mpsc::Receiver<Bytes>,
    whole: Arc<AtomicBool>,
}

impl Stream for Sent {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pieces.poll_recv(context).map(|piece| match piece {
            Some(piece) => Some(Ok(piece)),
            None if self.whole.load(Ordering::SeqCst) => None,
            None => Some(Err(io::Error::other("the file is not whole"))),
        })
    }
}

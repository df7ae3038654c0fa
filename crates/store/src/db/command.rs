//! A command: one action that writes; and how writing fails.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
};

use thiserror::Error;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::tx::Tx;

/// One action: owned, checked input. `run` may be called again after a rollback, so it does no I/O but SQL, and
/// ids, salts and the clock are drawn before it. A refusal is typed data of `Error`; an `Err` writes nothing.
pub trait Command: Send + Sync + 'static {
    /// What it answers.
    type Done: Send + 'static;
    /// Why it refuses or fails.
    type Error: From<sqlx::Error> + From<WriteError> + Send + 'static;

    /// The pot whose head it locks first. Commands of one pot are grouped into common transactions.
    fn pot(&self) -> Option<Uuid> {
        None
    }

    /// Reads, decides and writes.
    fn run(&self, tx: &mut Tx) -> impl Future<Output = Result<Self::Done, Self::Error>> + Send;
}

/// Why a command was not carried out, besides what it says itself. Nothing was written, except perhaps after
/// [`Unknown`](WriteError::Unknown).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WriteError {
    /// Too many commands wait; come back in a moment.
    #[error("too many commands wait")]
    Overloaded,
    /// The database is being closed.
    #[error("the database is being closed")]
    Closed,
    /// No connection could be had, or another process keeps the database locked.
    #[error("the database can't be reached")]
    Unavailable,
    /// Other transactions were in the way each time it was tried.
    #[error("other transactions were in the way each time")]
    Conflict,
    /// The command panicked.
    #[error("the command panicked")]
    Panicked,
    /// A statement failed and the command went on as if it had not.
    #[error("a statement failed and the command went on")]
    WentOn,
    /// The connection broke during the commit, and the database doesn't say whether it took place.
    #[error("whether the commit took place is unknown")]
    Unknown,
}

/// How a command ended inside its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ran {
    Done,
    Refused,
    Panicked,
}

pub(super) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A command of any type that waits for its answer.
pub(super) trait Job: Send {
    /// Runs the command and keeps its answer back.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Ran>;
    /// Gives the answer kept back.
    fn answer(self: Box<Self>);
    /// Answers that the command was not carried out.
    fn fail(self: Box<Self>, why: WriteError);
    /// Answers with an error of the driver.
    fn fail_with(self: Box<Self>, error: sqlx::Error);
}

/// What a command answers.
pub(super) type Answer<C> = Result<<C as Command>::Done, <C as Command>::Error>;

/// A command with the answer kept back, and the caller who waits for it.
pub(super) struct Pending<C: Command> {
    command: C,
    kept: Option<Answer<C>>,
    caller: oneshot::Sender<Answer<C>>,
}

impl<C: Command> Pending<C> {
    pub(super) fn new(command: C) -> (Self, oneshot::Receiver<Answer<C>>) {
        let (caller, answer) = oneshot::channel();
        (Self { command, kept: None, caller }, answer)
    }

    fn tell(caller: oneshot::Sender<Answer<C>>, answer: Answer<C>) {
        if caller.send(answer).is_err() {
            tracing::debug!("a command ended after its caller had left");
        }
    }
}

impl<C: Command> Job for Pending<C> {
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Ran> {
        Box::pin(async move {
            self.kept = None;
            let mut run = pin!(self.command.run(tx));
            let caught = poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(cx))) {
                Ok(poll) => poll.map(Some),
                Err(_) => std::task::Poll::Ready(None),
            });
            let Some(answer) = caught.await else { return Ran::Panicked };
            let ran = if answer.is_ok() { Ran::Done } else { Ran::Refused };
            self.kept = Some(answer);
            ran
        })
    }

    fn answer(self: Box<Self>) {
        let answer = self.kept.unwrap_or_else(|| Err(WriteError::Panicked.into()));
        Self::tell(self.caller, answer);
    }

    fn fail(self: Box<Self>, why: WriteError) {
        Self::tell(self.caller, Err(why.into()));
    }

    fn fail_with(self: Box<Self>, error: sqlx::Error) {
        Self::tell(self.caller, Err(error.into()));
    }
}

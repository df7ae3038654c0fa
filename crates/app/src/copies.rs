//! Marks of copies: when the last one was made, and when one was put in place, so that what happened since is missing.

use jiff::Timestamp;
use store::{Command, Db, Options, Tx};

use crate::{
    context::Clock,
    error::{Failure, Never},
};

/// Under this name the instance keeps the instant of its last restoration, in microseconds.
pub const RESTORED_AT: &str = "restored_at";

/// Under this name the instance keeps the instant of its last copy, in microseconds.
pub const COPIED_AT: &str = "copied_at";

/// Writes under `name`, in the database at `url`, that it happened now. Errors: it can't be opened or written.
pub async fn mark(url: &str, name: &'static str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let db = Db::open(url, &Options::default()).await?;
    let marked = db.write(Mark { name, at: Clock::System.now() }).await;
    db.close().await;
    marked.map_err(|failure| failure.to_string().into())
}

/// When that happened last, if ever.
pub async fn when(tx: &mut Tx, name: &str) -> store::sqlx::Result<Option<Timestamp>> {
    let text = store::instance::get(tx, name).await?;
    Ok(text.and_then(|text| text.parse().ok()).and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

struct Mark {
    name: &'static str,
    at: Timestamp,
}

impl Command for Mark {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        store::instance::put(tx, self.name, &self.at.as_microsecond().to_string()).await?;
        Ok(())
    }
}

//! The mark of a restored database: what happened since the copy was made is missing from it.

use jiff::Timestamp;
use store::{Command, Db, Options, Tx};

use crate::{
    context::Clock,
    error::{Failure, Never},
};

/// Under this name the instance keeps the instant of its last restoration, in microseconds.
pub const RESTORED_AT: &str = "restored_at";

/// Marks the database at `url` as restored now. Errors: it can't be opened or written.
pub async fn mark(url: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let db = Db::open(url, &Options::default()).await?;
    let marked = db.write(Mark { at: Clock::System.now() }).await;
    db.close().await;
    marked.map_err(|failure| failure.to_string().into())
}

/// When the database was last restored, if ever.
pub async fn since(tx: &mut Tx) -> store::sqlx::Result<Option<Timestamp>> {
    let text = store::instance::get(tx, RESTORED_AT).await?;
    Ok(text.and_then(|text| text.parse().ok()).and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

struct Mark {
    at: Timestamp,
}

impl Command for Mark {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        store::instance::remove(tx, RESTORED_AT).await?;
        store::instance::insert(tx, RESTORED_AT, &self.at.as_microsecond().to_string()).await?;
        Ok(())
    }
}

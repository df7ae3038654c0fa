//! Keys of requests: the same key and request by the same actor get the first answer again.

use domain::{chain::Hash, ids::PotId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_optional, row};

row! {
    /// What was answered under a key.
    #[derive(Clone, Debug)]
    pub struct Answered {
        /// Keyed hash of the request.
        pub request_hash: Hash,
        /// JSON of the answer.
        pub answer: String,
    }
}

/// What was answered to an actor under a key on a channel (`api`, `form`, `job`).
pub async fn find(
    tx: &mut Tx,
    pot: PotId,
    actor: &str,
    channel: &'static str,
    key: &str,
) -> sqlx::Result<Option<Answered>> {
    const SQL: &str = "SELECT request_hash, answer FROM idempotency \
        WHERE pot = $1 AND actor = $2 AND channel = $3 AND key = $4";
    fetch_optional(tx, SQL, args![pot, actor, channel, key]).await
}

/// Keeps the answer to a request that succeeded.
#[expect(clippy::too_many_arguments, reason = "one column each")]
pub async fn insert(
    tx: &mut Tx,
    pot: PotId,
    actor: &str,
    channel: &'static str,
    key: &str,
    request_hash: &Hash,
    answer: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO idempotency (pot, actor, channel, key, request_hash, answer, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    execute(tx, SQL, args![pot, actor, channel, key, request_hash, answer, now]).await.map(drop)
}

//! What a reversal mirrors.

use domain::{
    Account, Book, Money, PostingKind,
    ids::{PostingId, PotId, RoundId},
};

use crate::{Tx, args, fetch_all, fetch_optional, fetch_value, row};

row! {
    /// An entry that somebody wants to reverse.
    #[derive(Clone, Debug)]
    pub struct Target {
        /// Its id.
        pub id: PostingId,
        /// Its book.
        pub book: Book,
        /// Its number in its book.
        pub seq: i64,
        /// What it does.
        pub kind: PostingKind,
        /// The round it belongs to.
        pub round: Option<RoundId>,
        /// The organisation that its actor acted for.
        pub organisation: Option<domain::ids::OrganisationId>,
        /// What mirrors it.
        pub reversed_by: Option<PostingId>,
    }
}

/// The entry of that id in a pot.
pub async fn target(tx: &mut Tx, pot: PotId, posting: PostingId) -> sqlx::Result<Option<Target>> {
    fetch_optional(
        tx,
        "SELECT p.id, p.book, p.seq, p.kind, p.round, p.organisation, r.id AS reversed_by
         FROM posting p LEFT JOIN posting r ON r.reverses = p.id WHERE p.pot = $1 AND p.id = $2",
        args![pot, posting],
    )
    .await
}

row! {
    struct LegRow { from_key: String, to_key: String, amount: Money }
}

/// All transfers of an entry, in order: from, to, how much.
pub async fn legs(tx: &mut Tx, posting: PostingId) -> sqlx::Result<Vec<(Account, Account, Money)>> {
    let rows: Vec<LegRow> = fetch_all(
        tx,
        "SELECT f.key AS from_key, g.key AS to_key, t.amount FROM transfer t
         JOIN account f ON f.id = t.from_account JOIN account g ON g.id = t.to_account
         WHERE t.posting = $1 ORDER BY t.position",
        args![posting],
    )
    .await?;
    let account = |key: &str| {
        Account::parse(key).ok_or_else(|| sqlx::Error::Decode(format!("{key:?} is no account").into()))
    };
    rows.iter().map(|row| Ok((account(&row.from_key)?, account(&row.to_key)?, row.amount))).collect()
}

/// Whether any share of a pot was used since an entry of the book of cash: put on a feature, lapsed, taken along.
pub async fn shares_used_since(tx: &mut Tx, pot: PotId, seq: i64) -> sqlx::Result<bool> {
    let used: i64 = fetch_value(
        tx,
        "SELECT COUNT(*) FROM (SELECT 1 FROM posting WHERE pot = $1 AND book = 'cash' AND seq > $2
           AND kind IN ('allocate', 'add', 'top_up', 'lapse', 'departure', 'refund') LIMIT 1) AS used",
        args![pot, seq],
    )
    .await?;
    Ok(used > 0)
}

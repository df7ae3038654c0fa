//! What became of the money that an entry brought: what of it is still where the entry put it, and what took the rest.

use std::collections::HashMap;

use domain::{
    Account, Money, PostingKind,
    ids::{PostingId, RoundId},
};

use super::parse_account;
use crate::{Tx, args, fetch_all, row};

row! {
    struct HeldRow { key: String, brought: i64, balance: i64 }
}

row! {
    struct TakenRow { key: String, seq: i64, kind: PostingKind, round: Option<RoundId> }
}

row! {
    struct BroughtRow { key: String, seq: i64, amount: i64 }
}

/// An account to which an entry brought money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The account.
    pub account: Account,
    /// How much the entry brought.
    pub amount: Money,
    /// What can be taken back of it: what is there, less what came in after the first that left.
    pub left: Money,
    /// The first entry that took money from there afterwards and stands.
    pub taken: Option<Taken>,
}

/// An entry that took money from an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its number in its book.
    pub seq: i64,
    /// What it does.
    pub kind: PostingKind,
    /// Its round.
    pub round: Option<RoundId>,
}

/// Where an entry brought money, and what is left of it there. Money in one account is one heap until something leaves;
/// what comes in after that is other money, and is never counted as this entry's. Inside a money command read it after
/// the last lock.
pub async fn brought(tx: &mut Tx, posting: PostingId, seq: i64) -> sqlx::Result<Vec<Brought>> {
    const HELD: &str = "SELECT a.key, CAST(SUM(t.amount) AS BIGINT) AS brought, a.balance FROM transfer t \
        JOIN account a ON a.id = t.to_account WHERE t.posting = $1 GROUP BY a.id, a.key, a.balance ORDER BY a.key";
    // What was taken and given back by a mirror never left.
    const TAKEN: &str = "SELECT a.key, p.seq, p.kind, p.round FROM account a \
        JOIN transfer t ON t.from_account = a.id JOIN posting p ON p.id = t.posting \
        WHERE a.id IN (SELECT to_account FROM transfer WHERE posting = $1) AND p.seq > $2 \
          AND p.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) \
        ORDER BY p.seq";
    // Only what is new: what returns is what had left.
    const NEW: &str = "SELECT a.key, p.seq, t.amount FROM account a \
        JOIN transfer t ON t.to_account = a.id JOIN posting p ON p.id = t.posting \
        WHERE a.id IN (SELECT to_account FROM transfer WHERE posting = $1) AND p.seq > $2 \
          AND p.kind IN ('contribution', 'gift', 'attribute', 'call_payment', 'promise', 'distribution') \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id)";
    let held: Vec<HeldRow> = fetch_all(tx, HELD, args![posting]).await?;
    let mut first: HashMap<String, Taken> = HashMap::new();
    for row in fetch_all::<TakenRow>(tx, TAKEN, args![posting, seq]).await? {
        first.entry(row.key).or_insert(Taken { seq: row.seq, kind: row.kind, round: row.round });
    }
    let mut newer: HashMap<String, i64> = HashMap::new();
    for row in fetch_all::<BroughtRow>(tx, NEW, args![posting, seq]).await? {
        if first.get(&row.key).is_some_and(|taken| row.seq > taken.seq) {
            let sum = newer.entry(row.key).or_default();
            *sum = sum.saturating_add(row.amount);
        }
    }
    held.into_iter()
        .map(|row| {
            let left = row.balance.saturating_sub(newer.get(&row.key).copied().unwrap_or_default());
            Ok(Brought {
                account: parse_account(&row.key)?,
                amount: Money::new(row.brought),
                left: Money::new(left.clamp(0, row.brought)),
                taken: first.get(&row.key).copied(),
            })
        })
        .collect()
}

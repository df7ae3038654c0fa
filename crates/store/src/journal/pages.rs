//! The journal as people read it: pages of entries, and what concerns one organisation.

use std::collections::HashMap;

use domain::{
    Account, Book, Money, PostingKind,
    chain::Hash,
    ids::{DecisionId, FeatureId, OrganisationId, PostingId, PotId, RoundId},
    posting::Nature,
};
use jiff::{Timestamp, civil::Date};

use super::parse_account;
use crate::{Tx, args, fetch_all, fetch_all_in, fetch_optional, fetch_optional_value, row};

/// How many transfers of an entry are read for a page; the rest is counted.
pub const SHOWN_TRANSFERS: i64 = 20;

row! {
    struct PostingRow {
        id: PostingId,
        seq: i64,
        kind: PostingKind,
        effective_on: Date,
        recorded_at: Timestamp,
        nature: Option<Nature>,
        round: Option<RoundId>,
        feature: Option<FeatureId>,
        decision: Option<DecisionId>,
        organisation: Option<OrganisationId>,
        reverses: Option<PostingId>,
        reversed_by: Option<i64>,
        hash: Hash,
    }
}

row! {
    struct TransferRow {
        posting: PostingId,
        amount: Money,
        from_key: String,
        to_key: String,
    }
}

row! {
    struct SumRow { posting: PostingId, total: Money, transfers: i64 }
}

/// An entry of the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: PostingId,
    /// Its number in its book.
    pub seq: i64,
    /// What it does.
    pub kind: PostingKind,
    /// The day on which it counts.
    pub effective_on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Legal nature, for money that came in.
    pub nature: Option<Nature>,
    /// The round it belongs to.
    pub round: Option<RoundId>,
    /// The feature it belongs to.
    pub feature: Option<FeatureId>,
    /// The decision it rests on.
    pub decision: Option<DecisionId>,
    /// The organisation that its actor acted for.
    pub organisation: Option<OrganisationId>,
    /// What it mirrors.
    pub reverses: Option<PostingId>,
    /// Number of the entry that mirrors it.
    pub reversed_by: Option<i64>,
    /// Its hash.
    pub hash: Hash,
    /// Sum of its transfers.
    pub total: Money,
    /// How many transfers it has.
    pub transfers: i64,
    /// The first [`SHOWN_TRANSFERS`] of them: from, to, how much.
    pub legs: Vec<(Account, Account, Money)>,
}

/// The newest entries of a book below the number `before`; of one feature, if one is given. At most `limit`.
pub async fn page(
    tx: &mut Tx,
    pot: PotId,
    book: Book,
    feature: Option<FeatureId>,
    before: Option<i64>,
    limit: u16,
) -> sqlx::Result<Vec<Entry>> {
    const ALL: &str = "SELECT p.id, p.seq, p.kind, p.effective_on, p.recorded_at, p.nature, p.round, p.feature, \
        p.decision, p.organisation, p.reverses, r.seq AS reversed_by, p.hash \
        FROM posting p LEFT JOIN posting r ON r.reverses = p.id \
        WHERE p.pot = $1 AND p.book = $2 AND p.seq < $3 ORDER BY p.seq DESC LIMIT $4";
    const OF_FEATURE: &str = "SELECT p.id, p.seq, p.kind, p.effective_on, p.recorded_at, p.nature, p.round, \
        p.feature, p.decision, p.organisation, p.reverses, r.seq AS reversed_by, p.hash \
        FROM posting p LEFT JOIN posting r ON r.reverses = p.id \
        WHERE p.feature = $5 AND p.pot = $1 AND p.book = $2 AND p.seq < $3 ORDER BY p.seq DESC LIMIT $4";
    let before = before.unwrap_or(i64::MAX);
    let rows: Vec<PostingRow> = match feature {
        None => fetch_all(tx, ALL, args![pot, book, before, limit]).await?,
        Some(feature) => fetch_all(tx, OF_FEATURE, args![pot, book, before, limit, feature]).await?,
    };
    entries(tx, rows).await
}

/// The entry of that id in a pot, with its book.
pub async fn entry(tx: &mut Tx, pot: PotId, posting: PostingId) -> sqlx::Result<Option<(Book, Entry)>> {
    const BOOK: &str = "SELECT book FROM posting WHERE pot = $1 AND id = $2";
    const SQL: &str = "SELECT p.id, p.seq, p.kind, p.effective_on, p.recorded_at, p.nature, p.round, p.feature, \
        p.decision, p.organisation, p.reverses, r.seq AS reversed_by, p.hash \
        FROM posting p LEFT JOIN posting r ON r.reverses = p.id WHERE p.pot = $1 AND p.id = $2";
    let Some(book) = fetch_optional_value(tx, BOOK, args![pot, posting]).await? else { return Ok(None) };
    let row: Option<PostingRow> = fetch_optional(tx, SQL, args![pot, posting]).await?;
    Ok(entries(tx, row.into_iter().collect()).await?.pop().map(|entry| (book, entry)))
}

async fn entries(tx: &mut Tx, rows: Vec<PostingRow>) -> sqlx::Result<Vec<Entry>> {
    const LEGS: &str = "SELECT t.posting, t.amount, f.key AS from_key, g.key AS to_key FROM transfer t \
        JOIN account f ON f.id = t.from_account JOIN account g ON g.id = t.to_account \
        WHERE t.position < $1 AND t.posting IN (@list) ORDER BY t.posting, t.position";
    const SUMS: &str = "SELECT posting, CAST(SUM(amount) AS BIGINT) AS total, COUNT(*) AS transfers \
        FROM transfer WHERE posting IN (@list) GROUP BY posting";
    let ids = || rows.iter().flat_map(|row| args![row.id]).collect();
    let legs: Vec<TransferRow> = fetch_all_in(tx, LEGS, args![SHOWN_TRANSFERS], ids()).await?;
    let sums: Vec<SumRow> = fetch_all_in(tx, SUMS, args![], ids()).await?;
    let mut by_posting: HashMap<PostingId, Vec<(Account, Account, Money)>> = HashMap::new();
    for leg in legs {
        let (from, to) = (parse_account(&leg.from_key)?, parse_account(&leg.to_key)?);
        by_posting.entry(leg.posting).or_default().push((from, to, leg.amount));
    }
    let sums: HashMap<PostingId, SumRow> = sums.into_iter().map(|sum| (sum.posting, sum)).collect();
    let entry = |row: PostingRow| Entry {
        id: row.id,
        seq: row.seq,
        kind: row.kind,
        effective_on: row.effective_on,
        recorded_at: row.recorded_at,
        nature: row.nature,
        round: row.round,
        feature: row.feature,
        decision: row.decision,
        organisation: row.organisation,
        reverses: row.reverses,
        reversed_by: row.reversed_by,
        hash: row.hash,
        total: sums.get(&row.id).map_or(Money::ZERO, |sum| sum.total),
        transfers: sums.get(&row.id).map_or(0, |sum| sum.transfers),
        legs: by_posting.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(entry).collect())
}

row! {
    struct LineRow {
        seq: i64,
        position: i64,
        kind: PostingKind,
        effective_on: Date,
        recorded_at: Timestamp,
        feature: Option<FeatureId>,
        amount: Money,
        from_key: String,
        to_key: String,
    }
}

/// A transfer that concerns an organisation.
#[derive(Clone, Debug)]
pub struct Line {
    /// Number of its posting.
    pub seq: i64,
    /// Its place in the posting.
    pub position: i64,
    /// What the posting does.
    pub kind: PostingKind,
    /// The day on which it counts.
    pub effective_on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The feature of the posting.
    pub feature: Option<FeatureId>,
    /// How much.
    pub amount: Money,
    /// The account that gave.
    pub from: Account,
    /// The account that got.
    pub to: Account,
}

/// The statement of an organisation: the newest transfers of a book out of and into its accounts, before the place
/// `before` (number of a posting and position in it), at most `limit`.
pub async fn statement(
    tx: &mut Tx,
    pot: PotId,
    book: Book,
    organisation: OrganisationId,
    before: Option<(i64, i64)>,
    limit: u16,
) -> sqlx::Result<Vec<Line>> {
    // Two halves, each by its index; a transfer between two accounts of the organisation is in both once.
    const SQL: &str = "WITH own AS (SELECT id FROM account WHERE organisation = $1 AND pot = $2 AND book = $3), \
        moved AS (SELECT t.posting, t.position FROM own JOIN transfer t ON t.from_account = own.id \
            UNION SELECT t.posting, t.position FROM own JOIN transfer t ON t.to_account = own.id) \
        SELECT p.seq, t.position, p.kind, p.effective_on, p.recorded_at, p.feature, t.amount, \
            f.key AS from_key, g.key AS to_key \
        FROM moved JOIN transfer t ON t.posting = moved.posting AND t.position = moved.position \
        JOIN posting p ON p.id = t.posting \
        JOIN account f ON f.id = t.from_account JOIN account g ON g.id = t.to_account \
        WHERE p.seq < $4 OR (p.seq = $4 AND t.position < $5) \
        ORDER BY p.seq DESC, t.position DESC LIMIT $6";
    let (seq, position) = before.unwrap_or((i64::MAX, 0));
    let rows: Vec<LineRow> = fetch_all(tx, SQL, args![organisation, pot, book, seq, position, limit]).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                seq: row.seq,
                position: row.position,
                kind: row.kind,
                effective_on: row.effective_on,
                recorded_at: row.recorded_at,
                feature: row.feature,
                amount: row.amount,
                from: parse_account(&row.from_key)?,
                to: parse_account(&row.to_key)?,
            })
        })
        .collect()
}

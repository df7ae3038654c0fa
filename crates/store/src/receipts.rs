//! What money that came in rests on: a treasurer's entry with its proof.

use std::collections::BTreeMap;

use domain::{
    Money,
    ids::{FeatureId, FileId, OrganisationId, PostingId, PotId},
    posting::Nature,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_optional_value, fetch_value, insert_many, row,
    seals::{self, Kind, Written},
};

row! {
    /// What a posting of money that came in rests on.
    #[derive(Clone, Debug)]
    pub struct Receipt {
        /// The posting.
        pub posting: PostingId,
        /// The day on which it reached the bank.
        pub received_on: Date,
        /// A file that shows it.
        pub proof: Option<FileId>,
        /// The bank's reference or label; may be empty.
        pub reference: String,
        /// What whoever gave wishes for, in words; may be empty.
        pub wish: String,
        /// The feature that they wish for.
        pub wish_feature: Option<FeatureId>,
    }
}

/// Writes what a posting rests on.
pub async fn insert(
    tx: &mut Tx,
    pot: PotId,
    posting: PostingId,
    received_on: Date,
    proof: Option<FileId>,
    reference: &str,
) -> sqlx::Result<()> {
    const SQL: &str =
        "INSERT INTO receipt (posting, pot, received_on, proof, reference) VALUES ($1, $2, $3, $4, $5)";
    execute(tx, SQL, args![posting, pot, received_on, proof, reference]).await?;
    seals::renew_one(tx, Kind::Receipt, posting, Written::All).await
}

/// Writes that postings rest on nothing but a day: neither proof nor reference.
pub async fn insert_bare(
    tx: &mut Tx,
    pot: PotId,
    received_on: Date,
    postings: &[PostingId],
) -> sqlx::Result<()> {
    let rows = postings.iter().flat_map(|posting| args![posting, pot, received_on, None::<FileId>, ""]);
    let table = "receipt (posting, pot, received_on, proof, reference)";
    insert_many(tx, table, 5, rows.collect(), "").await?;
    seals::renew(tx, Kind::Receipt, postings.iter().map(|posting| (posting.0, 0)), Written::All).await
}

/// What a posting rests on, if it is money that came in.
pub async fn of_posting(tx: &mut Tx, posting: PostingId) -> sqlx::Result<Option<Receipt>> {
    const SQL: &str =
        "SELECT posting, received_on, proof, reference, wish, wish_feature FROM receipt WHERE posting = $1";
    fetch_optional(tx, SQL, args![posting]).await
}

/// How many payments of organisations have no file that shows them, reversed ones left out.
pub async fn unproven(tx: &mut Tx, pot: PotId) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM receipt c JOIN posting p ON p.id = c.posting \
        WHERE c.pot = $1 AND c.proof IS NULL AND p.kind IN ('contribution', 'call_payment') \
          AND NOT EXISTS (SELECT 1 FROM file f WHERE f.subject = p.id AND f.purpose = 'proof' AND f.erased_at IS NULL) \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id)";
    fetch_value(tx, SQL, args![pot]).await
}

row! {
    /// An entry like another.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Twin {
        /// Its number in the book of cash.
        pub seq: i64,
        /// When it was recorded.
        pub recorded_at: Timestamp,
    }
}

/// The newest payment of an organisation, for a call or not, of that amount that reached the bank on that day, reversed
/// ones left out.
pub async fn twin(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    amount: Money,
    received_on: Date,
) -> sqlx::Result<Option<Twin>> {
    const SQL: &str = "SELECT p.seq, p.recorded_at FROM posting p JOIN receipt c ON c.posting = p.id \
        WHERE p.organisation = $1 AND p.pot = $2 AND p.kind IN ('contribution', 'call_payment') \
          AND c.received_on = $3 \
          AND (SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t WHERE t.posting = p.id) = $4 \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) \
        ORDER BY p.seq DESC LIMIT 1";
    fetch_optional(tx, SQL, args![organisation, pot, received_on, amount]).await
}

/// The entry of a gift with that reference, reversed ones left out.
pub async fn gift_of_reference(tx: &mut Tx, pot: PotId, reference: &str) -> sqlx::Result<Option<i64>> {
    const SQL: &str = "SELECT p.seq FROM receipt c JOIN posting p ON p.id = c.posting \
        WHERE c.pot = $1 AND c.reference = $2 AND p.kind = 'gift' \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) ORDER BY p.seq LIMIT 1";
    fetch_optional_value(tx, SQL, args![pot, reference]).await
}

/// The entries of gifts of that amount and day that were noted without a reference, reversed ones left out.
pub async fn gifts_without_reference(
    tx: &mut Tx,
    pot: PotId,
    received_on: Date,
    amount: Money,
) -> sqlx::Result<Vec<i64>> {
    const SQL: &str = "SELECT p.seq FROM receipt c JOIN posting p ON p.id = c.posting \
        WHERE c.pot = $1 AND c.received_on = $2 AND c.reference = '' AND p.kind = 'gift' \
          AND (SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t WHERE t.posting = p.id) = $3 \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) ORDER BY p.seq LIMIT 1000";
    let rows: Vec<Seq> = fetch_all(tx, SQL, args![pot, received_on, amount]).await?;
    Ok(rows.into_iter().map(|row| row.seq).collect())
}

row! {
    struct Seq { seq: i64 }
}

row! {
    struct Proof { seq: i64, file: FileId }
}

/// The proofs of what an organisation paid into a pot, by the number of the entry, those of an entry in the order in which
/// they came; at most `limit`, of the newest entries.
pub async fn proofs_of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    limit: i64,
) -> sqlx::Result<BTreeMap<i64, Vec<FileId>>> {
    let rows: Vec<Proof> = fetch_all(
        tx,
        "SELECT p.seq, f.id AS file FROM posting p JOIN receipt c ON c.posting = p.id \
         JOIN file f ON f.subject = p.id AND f.purpose = 'proof' AND f.erased_at IS NULL \
         WHERE p.pot = $1 AND p.book = 'cash' AND p.organisation = $2 \
         ORDER BY p.seq DESC, f.id LIMIT $3",
        args![pot, organisation, limit],
    )
    .await?;
    let mut proofs: BTreeMap<i64, Vec<FileId>> = BTreeMap::new();
    for row in rows {
        proofs.entry(row.seq).or_default().push(row.file);
    }
    Ok(proofs)
}

row! {
    /// What an entry was undone by, as a treasurer reads it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Undone {
        /// The number of the reversal.
        pub seq: i64,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// The listed reason.
        pub reason: Option<String>,
        /// What was added to it, in words; may be empty.
        pub note: Option<String>,
    }
}

/// What undid an entry, if it was undone. Reason and note are erasable, and may be gone.
pub async fn undone(tx: &mut Tx, posting: PostingId) -> sqlx::Result<Option<Undone>> {
    const SQL: &str = "SELECT r.seq, r.recorded_at, d.reason, d.note FROM posting r \
        LEFT JOIN posting_detail d ON d.posting = r.id WHERE r.reverses = $1";
    fetch_optional(tx, SQL, args![posting]).await
}

row! {
    /// What an organisation paid in with a right of return.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Returnable {
        /// Which organisation.
        pub organisation: OrganisationId,
        /// How much.
        pub amount: Money,
    }
}

/// What came in with a right of return, by organisation, what is undone left out, after the entry of a number.
macro_rules! returnable {
    ($after:literal) => {
        concat!(
            "SELECT p.organisation, CAST(SUM(t.amount) AS BIGINT) AS amount FROM posting p \
             JOIN transfer t ON t.posting = p.id WHERE p.pot = $1 AND p.book = 'cash' AND p.kind = 'contribution' \
             AND p.nature = $2 AND p.organisation IS NOT NULL AND p.seq > ",
            $after,
            " AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) \
             GROUP BY p.organisation ORDER BY p.organisation"
        )
    };
}

/// What organisations paid in with a right of return since the beginning.
pub async fn returnable(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Returnable>> {
    const SQL: &str = returnable!("0");
    fetch_all(tx, SQL, args![pot, Nature::ReturnableContribution]).await
}

/// The same since the last distribution that stands: what no distribution has shared out yet.
pub async fn returnable_unshared(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Returnable>> {
    const SQL: &str = returnable!(
        "(SELECT COALESCE(MAX(d.seq), 0) FROM posting d WHERE d.pot = $1 AND d.book = 'cash' \
          AND d.kind = 'distribution' AND NOT EXISTS (SELECT 1 FROM posting u WHERE u.reverses = d.id))"
    );
    fetch_all(tx, SQL, args![pot, Nature::ReturnableContribution]).await
}

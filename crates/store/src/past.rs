//! The journal as it stood at an earlier instant, for whoever sees what happened only some time later.

use std::collections::BTreeMap;

use domain::{
    AccountKind, Book, Money, PostingKind,
    chain::{Hash, Head},
    features::{MOVED, Moved, State},
    ids::{CollectiveId, FeatureId, OrganisationId, PotId},
};
use jiff::Timestamp;

use crate::{Tx, args, events, fetch_all, fetch_optional, row, views::HeadRow};

row! {
    struct EndRow {
        seq: i64,
        hash: Hash,
    }
}

/// The ends of both books of a pot at an instant, cash first. The clock of a posting is read before it waits for its
/// turn: one that waited over the instant may stand before the end.
pub async fn heads(tx: &mut Tx, pot: PotId, before: Timestamp) -> sqlx::Result<Vec<HeadRow>> {
    const SQL: &str = "SELECT seq, hash FROM posting WHERE pot = $1 AND book = $2 AND recorded_at < $3 \
        ORDER BY seq DESC LIMIT 1";
    let mut heads = Vec::with_capacity(Book::ALL.len());
    for book in Book::ALL {
        let end: Option<EndRow> = fetch_optional(tx, SQL, args![pot, book, before]).await?;
        let genesis = Head::empty(pot, book);
        let (seq, hash) = end.map_or((genesis.seq, genesis.hash), |end| (end.seq, end.hash));
        heads.push(HeadRow { book, seq, hash });
    }
    Ok(heads)
}

row! {
    /// A transfer of a posting after some number.
    #[derive(Clone, Copy, Debug)]
    pub struct Later {
        /// What the posting does.
        pub kind: PostingKind,
        /// The book.
        pub book: Book,
        /// How much.
        pub amount: Money,
        /// Kind of the account that gives.
        pub from_kind: AccountKind,
        /// Whose it is.
        pub from_organisation: Option<OrganisationId>,
        /// The feature it lies on.
        pub from_feature: Option<FeatureId>,
        /// Kind of the account that gets.
        pub to_kind: AccountKind,
        /// Whose it is.
        pub to_organisation: Option<OrganisationId>,
        /// The feature it lies on.
        pub to_feature: Option<FeatureId>,
    }
}

/// The transfers of a book after a posting's number.
pub async fn later(tx: &mut Tx, pot: PotId, book: Book, after: i64) -> sqlx::Result<Vec<Later>> {
    const SQL: &str = "SELECT p.kind, p.book, t.amount, x.kind AS from_kind, x.organisation AS from_organisation, \
        x.feature AS from_feature, y.kind AS to_kind, y.organisation AS to_organisation, y.feature AS to_feature \
        FROM posting p JOIN transfer t ON t.posting = p.id \
        JOIN account x ON x.id = t.from_account JOIN account y ON y.id = t.to_account \
        WHERE p.pot = $1 AND p.book = $2 AND p.seq > $3 ORDER BY p.seq, t.position";
    fetch_all(tx, SQL, args![pot, book, after]).await
}

row! {
    struct MovedRow {
        subject: FeatureId,
        data: String,
    }
}

/// Which features of a collective moved since an instant, and where each stood then; a new one where it began.
pub async fn moved_since(
    tx: &mut Tx,
    collective: CollectiveId,
    since: Timestamp,
) -> sqlx::Result<BTreeMap<FeatureId, State>> {
    const SQL: &str = "SELECT subject, data FROM event WHERE collective = $1 AND id >= $2 AND kind = $3 \
        AND subject IS NOT NULL ORDER BY version";
    let rows: Vec<MovedRow> = fetch_all(tx, SQL, args![collective, events::first_at(since), MOVED]).await?;
    let mut stood = BTreeMap::new();
    for row in rows {
        let data = serde_json::from_str(&row.data).unwrap_or_default();
        if let Some((_, moved)) = Moved::from_data(&data) {
            stood.entry(row.subject).or_insert(moved.from.unwrap_or(moved.to));
        }
    }
    Ok(stood)
}

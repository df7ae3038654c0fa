//! The journal: the pot's lock and balances. Posting is in [`posting`]; reading is in [`pages`] for people and in
//! [`stored`] for checks and exports, [`moved`] tells what became of money.

pub mod moved;
pub mod pages;
pub mod posting;
pub mod stored;

use domain::{
    Account, AccountKind, Book, Money, PostingKind, Transfer,
    chain::{Hash, Head},
    ids::{FeatureId, OrganisationId, PostingId, PotId, RoundId},
};

pub use self::posting::{Batch, PostError, post};
use crate::{
    Tx, args, execute, fetch_all, fetch_all_in, fetch_all_locked, fetch_optional_value,
    pots::{self, Pot},
    row,
};

/// A pot whose heads are locked until the end of the transaction: what every money command asks for first.
#[derive(Clone, Debug)]
pub struct LockedPot {
    /// The pot.
    pub pot: Pot,
    cash: (i64, Hash),
    promises: (i64, Hash),
    newcomers: Vec<OrganisationId>,
}

impl LockedPot {
    /// Number and hash of the last posting of a book.
    #[must_use]
    pub const fn head(&self, book: Book) -> (i64, Hash) {
        match book {
            Book::Cash => self.cash,
            Book::Promises => self.promises,
        }
    }

    /// The organisations that had no account in this pot before what was posted under this lock; each is given once.
    #[must_use]
    pub fn take_newcomers(&mut self) -> Vec<OrganisationId> {
        std::mem::take(&mut self.newcomers)
    }

    fn chain_head(&self, book: Book) -> Head {
        let (seq, hash) = self.head(book);
        Head { book, seq, hash }
    }

    const fn move_head(&mut self, book: Book, seq: i64, hash: Hash) {
        match book {
            Book::Cash => self.cash = (seq, hash),
            Book::Promises => self.promises = (seq, hash),
        }
    }
}

row! {
    struct HeadRow {
        book: Book,
        seq: i64,
        hash: Hash,
    }
}

row! {
    struct BalanceRow {
        key: String,
        balance: i64,
    }
}

/// Locks a pot's heads, cash first; none if there is no such pot. Call it before anything else is locked.
pub async fn lock_pot(tx: &mut Tx, pot: PotId) -> sqlx::Result<Option<LockedPot>> {
    const SQL: &str = "SELECT book, seq, hash FROM pot_head WHERE pot = $1 ORDER BY book";
    let heads: Vec<HeadRow> = fetch_all_locked(tx, SQL, args![pot]).await?;
    let head = |book| heads.iter().find(|head| head.book == book).map(|head| (head.seq, head.hash));
    let (Some(cash), Some(promises)) = (head(Book::Cash), head(Book::Promises)) else { return Ok(None) };
    Ok(pots::by_id(tx, pot).await?.map(|pot| LockedPot { pot, cash, promises, newcomers: Vec::new() }))
}

/// Which accounts to read the balances of.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// Those of an organisation.
    Organisation(OrganisationId),
    /// Those of a feature.
    Feature(FeatureId),
    /// Those of these kinds.
    Kinds(&'a [AccountKind]),
}

/// The accounts of a book with their balances, in the order of their keys; those at zero are left out. Inside a
/// money command read them after the last lock.
pub async fn balances(
    tx: &mut Tx,
    pot: PotId,
    book: Book,
    of: Of<'_>,
) -> sqlx::Result<Vec<(Account, Money)>> {
    let mut rows: Vec<BalanceRow> = match of {
        Of::Organisation(organisation) => {
            fetch_all(tx, OF_ORGANISATION, args![organisation, pot, book]).await?
        }
        Of::Feature(feature) => fetch_all(tx, OF_FEATURE, args![feature, pot, book]).await?,
        Of::Kinds(kinds) => {
            let list = kinds.iter().flat_map(|kind| args![kind]).collect();
            fetch_all_in(tx, OF_KINDS, args![pot, book], list).await?
        }
    };
    if matches!(of, Of::Kinds(_)) {
        rows.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    }
    rows.into_iter().map(|row| Ok((parse_account(&row.key)?, Money::new(row.balance)))).collect()
}

const OF_ORGANISATION: &str = "SELECT key, balance FROM account \
    WHERE organisation = $1 AND pot = $2 AND book = $3 AND balance <> 0 ORDER BY key";
const OF_FEATURE: &str = "SELECT key, balance FROM account \
    WHERE feature = $1 AND pot = $2 AND book = $3 AND balance <> 0 ORDER BY key";
// Ordered afterwards: asked for an order, the planner walks all accounts of the book in it.
const OF_KINDS: &str =
    "SELECT key, balance FROM account WHERE pot = $1 AND book = $2 AND balance <> 0 AND kind IN (@list)";

/// The account of a key.
pub(crate) fn parse_account(key: &str) -> sqlx::Result<Account> {
    Account::parse(key).ok_or_else(|| sqlx::Error::Decode(format!("{key:?} is no account").into()))
}

/// Claims an act that happens once until its posting is reversed, e.g. the distribution of a round. Whether it was
/// free.
pub async fn claim_once(
    tx: &mut Tx,
    pot: PotId,
    act: &'static str,
    subject: uuid::Uuid,
    posting: PostingId,
) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO posting_once (pot, act, subject, posting) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (pot, act, subject) DO NOTHING";
    Ok(execute(tx, SQL, args![pot, act, subject, posting]).await? == 1)
}

/// Frees the acts that a posting had claimed: it is being reversed.
pub async fn free_once(tx: &mut Tx, posting: PostingId) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM posting_once WHERE posting = $1", args![posting]).await.map(drop)
}

row! {
    struct LegRow {
        from_key: String,
        to_key: String,
        amount: Money,
    }
}

/// All transfers of a posting, in order.
pub async fn transfers(tx: &mut Tx, posting: PostingId) -> sqlx::Result<Vec<Transfer>> {
    const SQL: &str = "SELECT f.key AS from_key, g.key AS to_key, t.amount FROM transfer t \
        JOIN account f ON f.id = t.from_account JOIN account g ON g.id = t.to_account \
        WHERE t.posting = $1 ORDER BY t.position";
    let rows: Vec<LegRow> = fetch_all(tx, SQL, args![posting]).await?;
    rows.into_iter()
        .map(|row| Ok(Transfer::new(parse_account(&row.from_key)?, parse_account(&row.to_key)?, row.amount)))
        .collect()
}

/// Whether anything was allocated in a round, taken back since or not.
pub async fn is_allocated_in(tx: &mut Tx, round: RoundId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT seq FROM posting WHERE round = $1 AND kind = $2 LIMIT 1";
    let found: Option<i64> = fetch_optional_value(tx, SQL, args![round, PostingKind::Allocate]).await?;
    Ok(found.is_some())
}

/// The number of the entry that reversed a posting.
pub async fn reversed_by(tx: &mut Tx, posting: PostingId) -> sqlx::Result<Option<i64>> {
    fetch_optional_value(tx, "SELECT seq FROM posting WHERE reverses = $1", args![posting]).await
}

#[cfg(test)]
mod tests {
    use super::{OF_FEATURE, OF_KINDS, OF_ORGANISATION};
    use crate::{Db, Options, plan};

    /// A pot has hundreds of thousands of accounts: the planner must not prefer the index over all of them.
    #[tokio::test]
    async fn few_accounts_are_found_by_their_own_index() {
        let db = Db::open("sqlite::memory:", &Options::default()).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let kinds = OF_KINDS.replace("@list", "$3, $4");
        for (sql, index) in [
            (OF_ORGANISATION, "account_organisation (organisation=? AND pot=? AND book=?)"),
            (OF_FEATURE, "account_feature (feature=? AND pot=? AND book=?)"),
            (&kinds, "account_kind (pot=? AND book=? AND kind=?)"),
            (crate::purses::OF_ORGANISATION, "account_organisation (organisation=? AND pot=? AND book=?)"),
        ] {
            let plan = plan(&mut tx, sql).await.unwrap();
            assert!(plan.contains(index), "{sql}\n{plan}");
        }
    }
}

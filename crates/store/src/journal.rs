//! The journal: the pot's lock, balances, and the one function that posts. Reading is in [`pages`] for people and in
//! [`stored`] for checks and exports.

pub mod pages;
pub mod stored;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Seed, Transfer,
    chain::{Hash, Head},
    ids::{AccountId, FeatureId, OrganisationId, PostingId, PotId, RoundId},
    journal::{self, Sealed},
    posting::{DraftError, Posted},
};
use jiff::Timestamp;
use thiserror::Error;

use crate::{
    ToColumn as _, Tx, args, execute, fetch_all, fetch_all_in, fetch_all_in_locked, fetch_all_locked,
    fetch_optional_value, insert_many,
    pots::{self, Pot},
    row,
};

/// How many accounts one statement looks up.
const LOOKED_UP: usize = 1_000;

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
}

row! {
    struct HeadRow {
        book: Book,
        seq: i64,
        hash: Hash,
    }
}

row! {
    struct KnownRow {
        organisation: OrganisationId,
    }
}

row! {
    struct BalanceRow {
        id: AccountId,
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
    let rows: Vec<BalanceRow> = match of {
        Of::Organisation(organisation) => {
            const SQL: &str = "SELECT id, key, balance FROM account \
                WHERE organisation = $1 AND pot = $2 AND book = $3 AND balance <> 0 ORDER BY key";
            fetch_all(tx, SQL, args![organisation, pot, book]).await?
        }
        Of::Feature(feature) => {
            const SQL: &str = "SELECT id, key, balance FROM account \
                WHERE feature = $1 AND pot = $2 AND book = $3 AND balance <> 0 ORDER BY key";
            fetch_all(tx, SQL, args![feature, pot, book]).await?
        }
        Of::Kinds(kinds) => {
            const SQL: &str = "SELECT id, key, balance FROM account \
                WHERE pot = $1 AND book = $2 AND balance <> 0 AND kind IN (@list) ORDER BY key";
            fetch_all_in(tx, SQL, args![pot, book], kinds.iter().flat_map(|kind| args![kind]).collect())
                .await?
        }
    };
    rows.into_iter().map(|row| Ok((account(&row.key)?, Money::new(row.balance)))).collect()
}

fn account(key: &str) -> sqlx::Result<Account> {
    Account::parse(key).ok_or_else(|| sqlx::Error::Decode(format!("{key:?} is no account").into()))
}

/// Why nothing was posted. A person never meets these: the use case asks the domain before.
#[derive(Debug, Error)]
pub enum PostError {
    /// The draft is no posting of its kind.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// An account would leave its bounds.
    #[error("{account} would hold {balance}")]
    Bound {
        /// Which.
        account: Account,
        /// What it would hold, in minor units.
        balance: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

/// Posts a draft: checks it, moves the balances, writes posting, transfers and their commitments, and moves the
/// head. `note` is free text of a person, kept in the erasable part only. Errors: [`PostError`]; the transaction can
/// then only end.
pub async fn post(
    tx: &mut Tx,
    locked: &mut LockedPot,
    seed: &mut Seed,
    now: Timestamp,
    draft: Draft,
    note: &str,
) -> Result<Posted, PostError> {
    let head = locked.chain_head(draft.book);
    let sealed = journal::seal(locked.pot.id, locked.pot.currency(), &head, draft, seed, now)?;
    let accounts = move_balances(tx, locked, seed, now, &sealed.draft).await?;
    insert_posting(tx, &sealed, note).await?;
    insert_transfers(tx, &sealed, &accounts).await?;
    let (book, seq, hash) = (sealed.draft.book, sealed.link.seq, sealed.hash);
    const HEAD: &str = "UPDATE pot_head SET seq = $3, hash = $4 WHERE pot = $1 AND book = $2";
    execute(tx, HEAD, args![locked.pot.id, book, seq, hash]).await?;
    match book {
        Book::Cash => locked.cash = (seq, hash),
        Book::Promises => locked.promises = (seq, hash),
    }
    Ok(Posted { id: sealed.id, seq, recorded_at: now, hash, draft: sealed.draft })
}

async fn insert_posting(tx: &mut Tx, sealed: &Sealed, note: &str) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO posting (id, pot, book, seq, kind, effective_on, recorded_at, nature, round, \
        feature, milestone, decision, organisation, reverses, actor_commitment, reason_commitment, previous, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    const DETAIL: &str = "INSERT INTO posting_detail (posting, actor_salt, actor, reason_salt, reason, note) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let (draft, link) = (&sealed.draft, &sealed.link);
    let values = args![
        sealed.id,
        link.pot,
        draft.book,
        link.seq,
        draft.kind,
        draft.effective_on,
        link.recorded_at,
        draft.nature,
        draft.round,
        draft.feature,
        draft.milestone,
        draft.decision,
        draft.organisation,
        draft.reverses,
        link.actor,
        link.reason,
        link.previous,
        sealed.hash
    ];
    execute(tx, SQL, values).await?;
    let reason = draft.reason.map(|reason| reason.as_str().to_owned());
    let detail =
        args![sealed.id, sealed.actor_salt, draft.actor.to_string(), sealed.reason_salt, reason, note];
    execute(tx, DETAIL, detail).await.map(drop)
}

async fn insert_transfers(
    tx: &mut Tx,
    sealed: &Sealed,
    accounts: &BTreeMap<Account, Moved>,
) -> sqlx::Result<()> {
    const TRANSFER: &str = "transfer (posting, position, from_account, to_account, amount, from_commitment, \
        from_organisation_commitment, to_commitment, to_organisation_commitment)";
    const DETAIL: &str = "transfer_detail (posting, position, from_salt, from_organisation_salt, from_key, \
        to_salt, to_organisation_salt, to_key)";
    let id = |account: &Account| accounts.get(account).map(|moved| moved.id);
    let mut rows = Vec::with_capacity(sealed.salts.len() * 9);
    let mut details = Vec::with_capacity(sealed.salts.len() * 8);
    let sealed_legs = sealed.draft.transfers.iter().zip(&sealed.link.legs).zip(&sealed.salts);
    for (position, ((transfer, leg), salts)) in (0_i64..).zip(sealed_legs) {
        rows.extend(args![
            sealed.id,
            position,
            id(&transfer.from),
            id(&transfer.to),
            transfer.amount,
            leg.from.account,
            leg.from.organisation,
            leg.to.account,
            leg.to.organisation
        ]);
        details.extend(args![
            sealed.id,
            position,
            salts.from_account,
            salts.from_organisation,
            transfer.from.to_string(),
            salts.to_account,
            salts.to_organisation,
            transfer.to.to_string()
        ]);
    }
    insert_many(tx, TRANSFER, 9, rows, "").await?;
    insert_many(tx, DETAIL, 8, details, "").await.map(drop)
}

/// An account that a posting touches.
#[derive(Clone, Copy, Debug)]
struct Moved {
    id: AccountId,
    balance: i128,
}

/// Locks the accounts in the order of their ids, and writes their new balances, making those that are new.
async fn move_balances(
    tx: &mut Tx,
    locked: &mut LockedPot,
    seed: &mut Seed,
    now: Timestamp,
    draft: &Draft,
) -> Result<BTreeMap<Account, Moved>, PostError> {
    let pot = locked.pot.id;
    let mut change: BTreeMap<Account, i128> = BTreeMap::new();
    for transfer in &draft.transfers {
        *change.entry(transfer.from).or_default() -= i128::from(transfer.amount.minor());
        *change.entry(transfer.to).or_default() += i128::from(transfer.amount.minor());
    }
    let keys: Vec<String> = change.keys().map(ToString::to_string).collect();
    let mut known: BTreeMap<Account, Moved> = BTreeMap::new();
    for keys in keys.chunks(LOOKED_UP) {
        const SQL: &str = "SELECT id, key, balance FROM account \
            WHERE pot = $1 AND book = $2 AND key IN (@list) ORDER BY id";
        let list = keys.iter().flat_map(|key| args![key]).collect();
        let rows: Vec<BalanceRow> = fetch_all_in_locked(tx, SQL, args![pot, draft.book], list).await?;
        for row in rows {
            known.insert(account(&row.key)?, Moved { id: row.id, balance: i128::from(row.balance) });
        }
    }
    let made = change.keys().filter(|account| !known.contains_key(account));
    let of: BTreeSet<OrganisationId> = made.filter_map(Account::organisation).collect();
    locked.newcomers.extend(newcomers(tx, pot, of).await?);
    let mut rows = Vec::with_capacity(change.len() * 13);
    let mut moved = BTreeMap::new();
    for (account, change) in change {
        let before = known.get(&account).copied().unwrap_or_else(|| Moved { id: seed.id(now), balance: 0 });
        let after = Moved { balance: before.balance + change, ..before };
        let (least, greatest) = account.kind().bounds();
        let Some(balance) =
            i64::try_from(after.balance).ok().filter(|balance| (least..=greatest).contains(balance))
        else {
            let balance =
                i64::try_from(after.balance).unwrap_or(if after.balance < 0 { i64::MIN } else { i64::MAX });
            return Err(PostError::Bound { account, balance });
        };
        rows.extend(args![
            after.id,
            pot,
            draft.book,
            account.to_string(),
            account.kind(),
            account.organisation(),
            account.feature(),
            account.contract(),
            account.source().map(source_name),
            account.gift_fund(),
            least,
            greatest,
            balance
        ]);
        moved.insert(account, after);
    }
    const TABLE: &str = "account (id, pot, book, key, kind, organisation, feature, contract, source, gift_fund, \
        min_balance, max_balance, balance)";
    const SUFFIX: &str = "ON CONFLICT (pot, book, key) DO UPDATE SET balance = excluded.balance";
    insert_many(tx, TABLE, 13, rows, SUFFIX).await?;
    Ok(moved)
}

/// Which of these organisations have no account in a pot yet.
async fn newcomers(
    tx: &mut Tx,
    pot: PotId,
    mut organisations: BTreeSet<OrganisationId>,
) -> sqlx::Result<BTreeSet<OrganisationId>> {
    const SQL: &str = "SELECT DISTINCT organisation FROM account WHERE pot = $1 AND organisation IN (@list)";
    let asked: Vec<OrganisationId> = organisations.iter().copied().collect();
    for asked in asked.chunks(LOOKED_UP) {
        let list = asked.iter().map(OrganisationId::to_arg).collect();
        let rows: Vec<KnownRow> = fetch_all_in(tx, SQL, args![pot], list).await?;
        for row in rows {
            organisations.remove(&row.organisation);
        }
    }
    Ok(organisations)
}

const fn source_name(source: domain::Source) -> &'static str {
    match source {
        domain::Source::Own => "own",
        domain::Source::Pooled => "pooled",
        domain::Source::Gift(_) => "gift",
    }
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
        .map(|row| Ok(Transfer::new(account(&row.from_key)?, account(&row.to_key)?, row.amount)))
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

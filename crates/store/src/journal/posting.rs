//! Posting: the one way into the journal, a posting at a time or, for an import, many at once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Account, Book, Draft, Seed, Source,
    ids::{AccountId, OrganisationId, PotId},
    journal::{self, Sealed},
    posting::{DraftError, Posted},
};
use jiff::Timestamp;
use thiserror::Error;

use super::{LockedPot, parse_account};
use crate::{
    Arg, ToColumn as _, Tx, args, execute, fetch_all, fetch_all_in, fetch_all_in_locked, fetch_values,
    insert_many, row,
};

/// How many accounts one statement looks up.
const LOOKED_UP: usize = 1_000;
/// How many accounts are read at once where all are.
const READ_AT_ONCE: i64 = 10_000;
/// How many transfers wait to be written, if one posting doesn't have more.
const WAITING: usize = 4_000;

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
    let mut batch = Batch::default();
    let posted = batch.add(tx, locked, seed, now, draft, note).await?;
    batch.write(tx, locked).await?;
    Ok(posted)
}

/// An account that postings touch.
#[derive(Clone, Copy, Debug)]
struct Moved {
    id: AccountId,
    balance: i128,
}

row! {
    struct KnownRow {
        id: AccountId,
        key: String,
        balance: i64,
    }
}

row! {
    struct HolderRow {
        organisation: OrganisationId,
    }
}

/// Postings of a locked pot that wait to be written together. Each is checked, sealed and chained when it is added, as
/// one alone would be; only what the rows say is written later, in one go. Until then the database knows nothing of them,
/// so [`write`](Self::write) comes before anything that reads the journal, and before the end of the transaction.
#[derive(Debug, Default)]
pub struct Batch {
    /// The accounts met, at the balance after the last posting. They are locked.
    known: HashMap<(Book, Account), Moved>,
    /// Whether all accounts of this book were read, so that one that isn't known is new.
    whole: Option<Book>,
    /// Organisations that are known to have an account in the pot, of whatever book.
    holders: HashSet<OrganisationId>,
    changed: BTreeSet<(Book, Account)>,
    heads: BTreeSet<Book>,
    postings: Vec<Arg>,
    posting_details: Vec<Arg>,
    transfers: Vec<Arg>,
    transfer_details: Vec<Arg>,
}

impl Batch {
    /// A batch that has read all accounts of a book, for an import that touches most of them or makes them.
    pub async fn of_all(tx: &mut Tx, locked: &LockedPot, book: Book) -> sqlx::Result<Self> {
        const SQL: &str = "SELECT id, key, balance FROM account \
            WHERE pot = $1 AND book = $2 AND key > $3 ORDER BY key LIMIT $4";
        const HOLDERS: &str =
            "SELECT DISTINCT organisation FROM account WHERE pot = $1 AND organisation IS NOT NULL";
        let mut batch = Self { whole: Some(book), ..Self::default() };
        batch.holders = fetch_values(tx, HOLDERS, args![locked.pot.id]).await?.into_iter().collect();
        let mut after = String::new();
        loop {
            let rows: Vec<KnownRow> =
                fetch_all(tx, SQL, args![locked.pot.id, book, after, READ_AT_ONCE]).await?;
            let Some(last) = rows.last() else { return Ok(batch) };
            after.clone_from(&last.key);
            batch.learn(book, rows)?;
        }
    }

    /// Whether so much waits that it had better be written.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.transfers.len() >= WAITING * TRANSFER_WIDTH
    }

    /// Adds a posting. Errors: as [`post`].
    pub async fn add(
        &mut self,
        tx: &mut Tx,
        locked: &mut LockedPot,
        seed: &mut Seed,
        now: Timestamp,
        draft: Draft,
        note: &str,
    ) -> Result<Posted, PostError> {
        let head = locked.chain_head(draft.book);
        let sealed = journal::seal(locked.pot.id, locked.pot.currency(), &head, draft, seed, now)?;
        self.move_balances(tx, locked, seed, now, &sealed.draft).await?;
        self.keep_posting(&sealed, note);
        self.keep_transfers(&sealed);
        let (book, seq, hash) = (sealed.draft.book, sealed.link.seq, sealed.hash);
        locked.move_head(book, seq, hash);
        self.heads.insert(book);
        Ok(Posted { id: sealed.id, seq, recorded_at: now, hash, draft: sealed.draft })
    }

    /// Writes what waits, accounts first. What is known of them stays for the postings to come.
    pub async fn write(&mut self, tx: &mut Tx, locked: &LockedPot) -> sqlx::Result<()> {
        self.write_accounts(tx, locked.pot.id).await?;
        let take = std::mem::take::<Vec<Arg>>;
        insert_many(tx, POSTING, POSTING_WIDTH, take(&mut self.postings), "").await?;
        insert_many(tx, POSTING_DETAIL, 7, take(&mut self.posting_details), "").await?;
        insert_many(tx, TRANSFER, TRANSFER_WIDTH, take(&mut self.transfers), "").await?;
        insert_many(tx, TRANSFER_DETAIL, 8, take(&mut self.transfer_details), "").await?;
        const HEAD: &str = "UPDATE pot_head SET seq = $3, hash = $4 WHERE pot = $1 AND book = $2";
        for book in std::mem::take(&mut self.heads) {
            let (seq, hash) = locked.head(book);
            execute(tx, HEAD, args![locked.pot.id, book, seq, hash]).await?;
        }
        Ok(())
    }

    /// Moves the balances of a draft, after a look at the accounts that aren't known, locked in the order of their ids.
    async fn move_balances(
        &mut self,
        tx: &mut Tx,
        locked: &mut LockedPot,
        seed: &mut Seed,
        now: Timestamp,
        draft: &Draft,
    ) -> Result<(), PostError> {
        let pot = locked.pot.id;
        let mut change: BTreeMap<Account, i128> = BTreeMap::new();
        for transfer in &draft.transfers {
            *change.entry(transfer.from).or_default() -= i128::from(transfer.amount.minor());
            *change.entry(transfer.to).or_default() += i128::from(transfer.amount.minor());
        }
        self.look_up(tx, pot, draft.book, change.keys()).await?;
        let made = change.keys().filter(|account| !self.known.contains_key(&(draft.book, **account)));
        let of: BTreeSet<OrganisationId> = made.filter_map(Account::organisation).collect();
        locked.newcomers.extend(self.newcomers(tx, pot, of).await?);
        for (account, change) in change {
            let place = (draft.book, account);
            let known = self.known.entry(place).or_insert_with(|| Moved { id: seed.id(now), balance: 0 });
            known.balance += change;
            let (least, greatest) = account.kind().bounds();
            if !(i128::from(least)..=i128::from(greatest)).contains(&known.balance) {
                let furthest = if known.balance < 0 { i64::MIN } else { i64::MAX };
                return Err(PostError::Bound {
                    account,
                    balance: i64::try_from(known.balance).unwrap_or(furthest),
                });
            }
            self.changed.insert(place);
        }
        Ok(())
    }

    async fn look_up(
        &mut self,
        tx: &mut Tx,
        pot: PotId,
        book: Book,
        accounts: impl Iterator<Item = &Account>,
    ) -> sqlx::Result<()> {
        const SQL: &str = "SELECT id, key, balance FROM account \
            WHERE pot = $1 AND book = $2 AND key IN (@list) ORDER BY id";
        if self.whole == Some(book) {
            return Ok(());
        }
        let unknown: Vec<String> = accounts
            .filter(|account| !self.known.contains_key(&(book, **account)))
            .map(ToString::to_string)
            .collect();
        for keys in unknown.chunks(LOOKED_UP) {
            let list = keys.iter().flat_map(|key| args![key]).collect();
            let rows = fetch_all_in_locked(tx, SQL, args![pot, book], list).await?;
            self.learn(book, rows)?;
        }
        Ok(())
    }

    /// Which of these organisations, that are about to have an account in the pot, had none before.
    async fn newcomers(
        &mut self,
        tx: &mut Tx,
        pot: PotId,
        organisations: BTreeSet<OrganisationId>,
    ) -> sqlx::Result<Vec<OrganisationId>> {
        const SQL: &str =
            "SELECT DISTINCT organisation FROM account WHERE pot = $1 AND organisation IN (@list)";
        let unknown: Vec<OrganisationId> =
            organisations.into_iter().filter(|organisation| !self.holders.contains(organisation)).collect();
        if self.whole.is_none() {
            for asked in unknown.chunks(LOOKED_UP) {
                let list = asked.iter().map(OrganisationId::to_arg).collect();
                let rows: Vec<HolderRow> = fetch_all_in(tx, SQL, args![pot], list).await?;
                self.holders.extend(rows.iter().map(|row| row.organisation));
            }
        }
        Ok(unknown.into_iter().filter(|organisation| self.holders.insert(*organisation)).collect())
    }

    fn learn(&mut self, book: Book, rows: Vec<KnownRow>) -> sqlx::Result<()> {
        for row in rows {
            let moved = Moved { id: row.id, balance: i128::from(row.balance) };
            self.known.insert((book, parse_account(&row.key)?), moved);
        }
        Ok(())
    }

    async fn write_accounts(&mut self, tx: &mut Tx, pot: PotId) -> sqlx::Result<()> {
        const TABLE: &str = "account (id, pot, book, key, kind, organisation, feature, contract, source, \
            gift_fund, min_balance, max_balance, balance)";
        const SUFFIX: &str = "ON CONFLICT (pot, book, key) DO UPDATE SET balance = excluded.balance";
        let changed = std::mem::take(&mut self.changed);
        let mut rows = Vec::with_capacity(changed.len() * 13);
        for (book, account) in changed {
            let Some(moved) = self.known.get(&(book, account)) else { continue };
            let (least, greatest) = account.kind().bounds();
            rows.extend(args![
                moved.id,
                pot,
                book,
                account.to_string(),
                account.kind(),
                account.organisation(),
                account.feature(),
                account.contract(),
                account.source().map(source_name),
                account.gift_fund(),
                least,
                greatest,
                // Within its bounds, which are of this width.
                i64::try_from(moved.balance).map_err(|error| sqlx::Error::Encode(error.into()))?
            ]);
        }
        insert_many(tx, TABLE, 13, rows, SUFFIX).await.map(drop)
    }

    fn keep_posting(&mut self, sealed: &Sealed, note: &str) {
        let (draft, link) = (&sealed.draft, &sealed.link);
        self.postings.extend(args![
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
        ]);
        let reason = draft.reason.map(|reason| reason.as_str().to_owned());
        self.posting_details.extend(args![
            sealed.id,
            sealed.basis_salt,
            sealed.actor_salt,
            draft.actor.to_string(),
            sealed.reason_salt,
            reason,
            note
        ]);
    }

    fn keep_transfers(&mut self, sealed: &Sealed) {
        let book = sealed.draft.book;
        let sealed_legs = sealed.draft.transfers.iter().zip(&sealed.link.legs).zip(&sealed.salts);
        for (position, ((transfer, leg), salts)) in (0_i64..).zip(sealed_legs) {
            let id = |account: Account| self.known.get(&(book, account)).map(|moved| moved.id);
            let (from, to) = (id(transfer.from), id(transfer.to));
            self.transfers.extend(args![
                sealed.id,
                position,
                from,
                to,
                transfer.amount,
                leg.from.account,
                leg.from.organisation,
                leg.to.account,
                leg.to.organisation
            ]);
            self.transfer_details.extend(args![
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
    }
}

const POSTING: &str = "posting (id, pot, book, seq, kind, effective_on, recorded_at, nature, round, feature, \
    milestone, decision, organisation, reverses, actor_commitment, reason_commitment, previous, hash)";
const POSTING_WIDTH: usize = 18;
const POSTING_DETAIL: &str =
    "posting_detail (posting, basis_salt, actor_salt, actor, reason_salt, reason, note)";
const TRANSFER: &str = "transfer (posting, position, from_account, to_account, amount, from_commitment, \
    from_organisation_commitment, to_commitment, to_organisation_commitment)";
const TRANSFER_WIDTH: usize = 9;
const TRANSFER_DETAIL: &str = "transfer_detail (posting, position, from_salt, from_organisation_salt, from_key, \
    to_salt, to_organisation_salt, to_key)";

const fn source_name(source: Source) -> &'static str {
    match source {
        Source::Own => "own",
        Source::Pooled => "pooled",
        Source::Gift(_) => "gift",
    }
}

//! The journal read whole, piece by piece: for checks and exports, inside one transaction that reads.

use domain::{
    Book, Money,
    chain::{Hash, LegSalts},
    ids::{
        AccountId, ContractId, DecisionId, FeatureId, GiftFundId, MilestoneId, OrganisationId, PostingId,
        PotId, RoundId,
    },
    journal::{PostingDetail, SideCommitments, StoredAccount, StoredPosting, StoredTransfer, TransferDetail},
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, fetch_all, row};

/// How many accounts are read at once.
const ACCOUNTS: i64 = 5_000;
/// How many postings are read at once.
const POSTINGS: i64 = 500;
/// How many transfers are read at once, if one posting doesn't have more.
const TRANSFERS: i64 = 50_000;

row! {
    struct AccountRow {
        id: AccountId,
        book: String,
        key: String,
        kind: String,
        organisation: Option<OrganisationId>,
        feature: Option<FeatureId>,
        contract: Option<ContractId>,
        source: Option<String>,
        gift_fund: Option<GiftFundId>,
        min_balance: i64,
        max_balance: i64,
        balance: i64,
    }
}

/// Every account of a pot, in the order of books and keys.
pub async fn accounts(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<StoredAccount>> {
    const SQL: &str = "SELECT id, book, key, kind, organisation, feature, contract, source, gift_fund, \
        min_balance, max_balance, balance FROM account \
        WHERE pot = $1 AND (book, key) > ($2, $3) ORDER BY book, key LIMIT $4";
    let mut all: Vec<StoredAccount> = Vec::new();
    loop {
        let (book, key) = all.last().map_or(("", ""), |last| (last.book.as_str(), last.key.as_str()));
        let rows: Vec<AccountRow> = fetch_all(tx, SQL, args![pot, book, key, ACCOUNTS]).await?;
        let read = rows.len();
        all.extend(rows.into_iter().map(|row| StoredAccount {
            id: row.id,
            book: row.book,
            key: row.key,
            kind: row.kind,
            organisation: row.organisation,
            feature: row.feature,
            contract: row.contract,
            source: row.source,
            gift_fund: row.gift_fund,
            least: row.min_balance,
            greatest: row.max_balance,
            balance: row.balance,
        }));
        if read < usize::try_from(ACCOUNTS).unwrap_or(usize::MAX) {
            return Ok(all);
        }
    }
}

row! {
    struct PostingRow {
        id: PostingId,
        seq: i64,
        kind: String,
        effective_on: Date,
        recorded_at: Timestamp,
        nature: Option<String>,
        round: Option<RoundId>,
        feature: Option<FeatureId>,
        milestone: Option<MilestoneId>,
        decision: Option<DecisionId>,
        organisation: Option<OrganisationId>,
        reverses: Option<PostingId>,
        actor_commitment: Hash,
        reason_commitment: Option<Hash>,
        previous: Hash,
        hash: Hash,
        basis_salt: Option<Hash>,
        actor_salt: Option<Hash>,
        actor: Option<String>,
        reason_salt: Option<Hash>,
        reason: Option<String>,
    }
}

row! {
    struct TransferRow {
        posting: PostingId,
        position: i64,
        from_account: AccountId,
        to_account: AccountId,
        amount: Money,
        from_commitment: Hash,
        from_organisation_commitment: Option<Hash>,
        to_commitment: Hash,
        to_organisation_commitment: Option<Hash>,
        from_salt: Option<Hash>,
        from_organisation_salt: Option<Hash>,
        from_key: Option<String>,
        to_salt: Option<Hash>,
        to_organisation_salt: Option<Hash>,
        to_key: Option<String>,
    }
}

row! {
    struct CountRow { seq: i64, transfers: i64 }
}

/// Up to which number postings are read at once after `after`; none at the end.
async fn last_read(tx: &mut Tx, pot: PotId, book: Book, after: i64) -> sqlx::Result<Option<i64>> {
    const SQL: &str = "SELECT p.seq, COUNT(t.position) AS transfers \
        FROM (SELECT id, seq FROM posting WHERE pot = $1 AND book = $2 AND seq > $3 ORDER BY seq LIMIT $4) p \
        LEFT JOIN transfer t ON t.posting = p.id GROUP BY p.seq ORDER BY p.seq";
    let counts: Vec<CountRow> = fetch_all(tx, SQL, args![pot, book, after, POSTINGS]).await?;
    let mut last = None;
    let mut transfers = 0;
    for row in counts {
        transfers += row.transfers;
        if last.is_some() && transfers > TRANSFERS {
            break;
        }
        last = Some(row.seq);
    }
    Ok(last)
}

/// The next postings of a book after the number `after`, in order, with their transfers; empty at the end.
pub async fn postings(tx: &mut Tx, pot: PotId, book: Book, after: i64) -> sqlx::Result<Vec<StoredPosting>> {
    const POSTING: &str = "SELECT p.id, p.seq, p.kind, p.effective_on, p.recorded_at, p.nature, p.round, p.feature, \
        p.milestone, p.decision, p.organisation, p.reverses, p.actor_commitment, p.reason_commitment, p.previous, \
        p.hash, d.basis_salt, d.actor_salt, d.actor, d.reason_salt, d.reason \
        FROM posting p LEFT JOIN posting_detail d ON d.posting = p.id \
        WHERE p.pot = $1 AND p.book = $2 AND p.seq > $3 AND p.seq <= $4 ORDER BY p.seq";
    const TRANSFER: &str = "SELECT t.posting, t.position, t.from_account, t.to_account, t.amount, \
        t.from_commitment, t.from_organisation_commitment, t.to_commitment, t.to_organisation_commitment, \
        d.from_salt, d.from_organisation_salt, d.from_key, d.to_salt, d.to_organisation_salt, d.to_key \
        FROM posting p JOIN transfer t ON t.posting = p.id \
        LEFT JOIN transfer_detail d ON d.posting = t.posting AND d.position = t.position \
        WHERE p.pot = $1 AND p.book = $2 AND p.seq > $3 AND p.seq <= $4 ORDER BY p.seq, t.position";
    let Some(last) = last_read(tx, pot, book, after).await? else { return Ok(Vec::new()) };
    let rows: Vec<PostingRow> = fetch_all(tx, POSTING, args![pot, book, after, last]).await?;
    let transfers: Vec<TransferRow> = fetch_all(tx, TRANSFER, args![pot, book, after, last]).await?;
    let mut transfers = transfers.into_iter().peekable();
    let mut postings = Vec::with_capacity(rows.len());
    for row in rows {
        let mut own = Vec::new();
        while let Some(transfer) = transfers.next_if(|transfer| transfer.posting == row.id) {
            own.push(stored_transfer(transfer));
        }
        postings.push(stored_posting(row, book, own));
    }
    Ok(postings)
}

fn stored_transfer(row: TransferRow) -> StoredTransfer {
    let salts = match (row.from_salt, row.from_organisation_salt, row.to_salt, row.to_organisation_salt) {
        (Some(from_account), Some(from_organisation), Some(to_account), Some(to_organisation)) => {
            Some(LegSalts { from_account, from_organisation, to_account, to_organisation })
        }
        _ => None,
    };
    let detail = match (salts, row.from_key, row.to_key) {
        (Some(salts), Some(from_key), Some(to_key)) => Some(TransferDetail { salts, from_key, to_key }),
        _ => None,
    };
    StoredTransfer {
        position: row.position,
        from: row.from_account,
        to: row.to_account,
        amount: row.amount,
        from_side: SideCommitments {
            account: row.from_commitment,
            organisation: row.from_organisation_commitment,
        },
        to_side: SideCommitments { account: row.to_commitment, organisation: row.to_organisation_commitment },
        detail,
    }
}

fn stored_posting(row: PostingRow, book: Book, transfers: Vec<StoredTransfer>) -> StoredPosting {
    let detail = match (row.actor_salt, row.actor) {
        (Some(actor_salt), Some(actor)) => {
            let (basis_salt, reason_salt) = (row.basis_salt, row.reason_salt);
            Some(PostingDetail { basis_salt, actor_salt, actor, reason_salt, reason: row.reason })
        }
        _ => None,
    };
    StoredPosting {
        id: row.id,
        book,
        seq: row.seq,
        kind: row.kind,
        effective_on: row.effective_on,
        recorded_at: row.recorded_at,
        nature: row.nature,
        round: row.round,
        feature: row.feature,
        milestone: row.milestone,
        decision: row.decision,
        organisation: row.organisation,
        reverses: row.reverses,
        actor_commitment: row.actor_commitment,
        reason_commitment: row.reason_commitment,
        previous: row.previous,
        hash: row.hash,
        detail,
        transfers,
    }
}

//! What pages read of the journal: heads, sums, lists by key, newest first. Nothing here locks or writes.

use domain::{
    AccountKind, Book, Money, PostingKind,
    chain::Hash,
    ids::{FeatureId, FileId, GiftFundId, OrganisationId, PostingId, PotId, RoundId},
    posting::Nature,
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, fetch_all, fetch_all_in, fetch_optional, fetch_optional_value, row};

row! {
    /// The end of a book.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HeadRow {
        /// Which book.
        pub book: Book,
        /// The number of its last posting, 0 in an empty book.
        pub seq: i64,
        /// Its hash, or the genesis.
        pub hash: Hash,
    }
}

/// The ends of both books of a pot, cash first.
pub async fn heads(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<HeadRow>> {
    const SQL: &str = "SELECT book, seq, hash FROM pot_head WHERE pot = $1 ORDER BY book LIMIT 2";
    fetch_all(tx, SQL, args![pot]).await
}

row! {
    /// What the accounts of a kind hold together.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct KindSum {
        /// The kind.
        pub kind: AccountKind,
        /// The sum of their balances.
        pub amount: Money,
    }
}

/// What the accounts of each kind hold in a book of a pot.
pub async fn sums(tx: &mut Tx, pot: PotId, book: Book) -> sqlx::Result<Vec<KindSum>> {
    const SQL: &str = "SELECT kind, CAST(SUM(balance) AS BIGINT) AS amount FROM account \
        WHERE pot = $1 AND book = $2 GROUP BY kind ORDER BY kind";
    fetch_all(tx, SQL, args![pot, book]).await
}

row! {
    /// What came in under one legal nature, reversed entries left out.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Income {
        /// The nature.
        pub nature: Option<Nature>,
        /// How much.
        pub amount: Money,
        /// In how many entries.
        pub entries: i64,
    }
}

/// What came in since the beginning, by legal nature, up to the entry of that number in the book of cash.
pub async fn income(tx: &mut Tx, pot: PotId, until: i64) -> sqlx::Result<Vec<Income>> {
    const SQL: &str = "SELECT p.nature, CAST(SUM(t.amount) AS BIGINT) AS amount, \
        COUNT(DISTINCT p.id) AS entries \
        FROM posting p JOIN transfer t ON t.posting = p.id \
        WHERE p.pot = $1 AND p.kind IN ('contribution', 'gift') AND p.seq <= $2 \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id AND r.seq <= $2) \
        GROUP BY p.nature ORDER BY p.nature";
    fetch_all(tx, SQL, args![pot, until]).await
}

row! {
    /// A posting as a person reads it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Entry {
        /// Its id.
        pub id: PostingId,
        /// Its number in the book.
        pub seq: i64,
        /// What it does.
        pub kind: PostingKind,
        /// The day that it counts for.
        pub effective_on: Date,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// The legal nature of money that came in.
        pub nature: Option<Nature>,
        /// The organisation concerned.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: Option<String>,
        /// The number of its round.
        pub round: Option<i64>,
        /// Its feature.
        pub feature_id: Option<FeatureId>,
        /// The number of its feature.
        pub feature: Option<i64>,
        /// The title of that feature.
        pub title: Option<String>,
        /// The number of its invoice.
        pub invoice: Option<i64>,
        /// The listed reason, if one was given.
        pub reason: Option<String>,
        /// For a reversal: the number of what it undoes.
        pub reverses: Option<i64>,
        /// The number of what undid it.
        pub reversed_by: Option<i64>,
        /// What it moves: what its transfers take from accounts and don't give back to them, so that what goes through
        /// one counts once.
        pub amount: Money,
        /// The number of the decision that it rests on.
        pub decision: Option<i64>,
        /// What of it went back to the funds of gifts.
        pub to_funds: Option<Money>,
        /// The name of the fund of a gift, or of gifts that a decision puts on a feature.
        pub fund: Option<String>,
        /// Who gave, where they agreed to be named.
        pub giver: Option<String>,
        /// The title of the only feature that a gift may reach.
        pub earmark: Option<String>,
    }
}

/// The postings of a book, newest first, below a number; at most `limit`.
pub async fn entries(
    tx: &mut Tx,
    pot: PotId,
    book: Book,
    below: i64,
    limit: i64,
) -> sqlx::Result<Vec<Entry>> {
    const SQL: &str = "SELECT p.id, p.seq, p.kind, p.effective_on, p.recorded_at, p.nature, p.organisation, \
        o.name AS organisation_name, r.number AS round, f.id AS feature_id, f.number AS feature, f.title, \
        i.number AS invoice, d.reason, n.number AS decision, u.seq AS reverses, v.seq AS reversed_by, \
        (SELECT CAST(SUM(ABS(moved.net)) / 2 AS BIGINT) FROM (SELECT SUM(side.amount) AS net FROM \
          (SELECT t.to_account AS account, t.amount FROM transfer t WHERE t.posting = p.id UNION ALL \
           SELECT t.from_account, -t.amount FROM transfer t WHERE t.posting = p.id) side \
          GROUP BY side.account) moved) AS amount, \
        (SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t JOIN account a ON a.id = t.to_account \
         WHERE t.posting = p.id AND p.kind = 'release' AND a.kind = 'gift') AS to_funds, \
        (SELECT g.name FROM transfer t \
         JOIN account a ON a.id = CASE WHEN p.kind = 'gift' THEN t.to_account ELSE t.from_account END \
         JOIN gift_fund g ON g.id = a.gift_fund WHERE t.posting = p.id AND t.position = 0 \
         AND a.kind = 'gift' AND p.kind IN ('gift', 'allocate', 'add')) AS fund, \
        (SELECT g.giver FROM transfer t JOIN account a ON a.id = t.to_account \
         JOIN gift_fund g ON g.id = a.gift_fund WHERE t.posting = p.id AND t.position = 0 \
         AND p.kind = 'gift' AND g.giver_public = 1 AND g.giver <> '') AS giver, \
        (SELECT e.title FROM transfer t JOIN account a ON a.id = t.to_account \
         JOIN gift_fund g ON g.id = a.gift_fund JOIN feature e ON e.id = g.earmark \
         WHERE t.posting = p.id AND t.position = 0 AND p.kind = 'gift') AS earmark \
        FROM posting p LEFT JOIN organisation o ON o.id = p.organisation \
        LEFT JOIN round r ON r.id = p.round LEFT JOIN invoice i ON i.id = p.milestone \
        LEFT JOIN feature f ON f.id = COALESCE(p.feature, i.feature) LEFT JOIN posting_detail d ON d.posting = p.id LEFT JOIN decision n ON n.id = p.decision \
        LEFT JOIN posting u ON u.id = p.reverses LEFT JOIN posting v ON v.reverses = p.id \
        WHERE p.pot = $1 AND p.book = $2 AND p.seq < $3 ORDER BY p.seq DESC LIMIT $4";
    fetch_all(tx, SQL, args![pot, book, below, limit]).await
}

/// The posting of that number in the book of cash.
pub async fn entry(tx: &mut Tx, pot: PotId, seq: i64) -> sqlx::Result<Option<Entry>> {
    let found = entries(tx, pot, Book::Cash, seq.saturating_add(1), 1).await?;
    Ok(found.into_iter().find(|entry| entry.seq == seq))
}

row! {
    /// Money that came in, with what it rests on, for treasurers.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Receipt {
        /// The posting.
        pub posting: PostingId,
        /// Its number in the book of cash.
        pub seq: i64,
        /// `contribution` or `gift`.
        pub kind: PostingKind,
        /// The legal nature.
        pub nature: Option<Nature>,
        /// The day on which it reached the bank.
        pub received_on: Date,
        /// The name of the organisation that paid, or of the gift fund.
        pub from_name: Option<String>,
        /// The bank's reference.
        pub reference: String,
        /// A file that shows it: the first that was kept.
        pub proof: Option<FileId>,
        /// How many files show it.
        pub proofs: i64,
        /// The number of what undid it.
        pub reversed_by: Option<i64>,
        /// How much.
        pub amount: Money,
        /// Of a gift: who gave; may be empty.
        pub giver: Option<String>,
        /// Whether they agreed to be named.
        pub giver_public: Option<bool>,
        /// What they ask, in words; may be empty.
        pub conditions: Option<String>,
        /// What they wish for, in words; may be empty.
        pub wish: String,
        /// The feature that they wish for.
        pub wish_feature: Option<FeatureId>,
        /// Its title.
        pub wish_title: Option<String>,
        /// Of a gift: the title of the only feature that it may reach.
        pub earmark: Option<String>,
    }
}

/// From the first day that can be written to the last.
const ALWAYS: (Date, Date) = (jiff::civil::date(1, 1, 1), jiff::civil::date(9999, 12, 31));

/// What came in, with a condition, newest first.
macro_rules! receipts {
    ($condition:literal) => {
        concat!(
            "SELECT p.id AS posting, p.seq, p.kind, p.nature, c.received_on, \
             COALESCE(o.name, g.name) AS from_name, g.giver, g.giver_public, g.conditions, e.title AS earmark, \
             c.reference, c.wish, c.wish_feature, w.title AS wish_title, v.seq AS reversed_by, \
             COALESCE(c.proof, (SELECT f.id FROM file f WHERE f.subject = p.id AND f.purpose = 'proof' \
               AND f.erased_at IS NULL ORDER BY f.id LIMIT 1)) AS proof, \
             (SELECT COUNT(*) FROM file f WHERE f.subject = p.id AND f.purpose = 'proof' \
               AND f.erased_at IS NULL) AS proofs, \
             (SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t WHERE t.posting = p.id) AS amount \
             FROM posting p JOIN receipt c ON c.posting = p.id \
             LEFT JOIN organisation o ON o.id = p.organisation LEFT JOIN posting v ON v.reverses = p.id \
             LEFT JOIN transfer l ON l.posting = p.id AND l.position = 0 \
             LEFT JOIN account a ON a.id = l.to_account LEFT JOIN gift_fund g ON g.id = a.gift_fund \
             LEFT JOIN feature e ON e.id = g.earmark \
             LEFT JOIN feature w ON w.id = c.wish_feature \
             WHERE p.pot = $1 AND p.book = 'cash' AND p.seq < $2 AND c.received_on >= $4 \
             AND c.received_on <= $5 AND ",
            $condition,
            " ORDER BY p.seq DESC LIMIT $3"
        )
    };
}

/// What came in, newest first, below a number; at most `limit`. Transfers that left, or came back, have their line of the
/// statement too, and are no receipts.
pub async fn receipts(tx: &mut Tx, pot: PotId, below: i64, limit: i64) -> sqlx::Result<Vec<Receipt>> {
    receipts_of(tx, pot, ALWAYS, below, limit).await
}

/// The same that reached the bank from a first to a last day.
pub async fn receipts_of(
    tx: &mut Tx,
    pot: PotId,
    (first, last): (Date, Date),
    below: i64,
    limit: i64,
) -> sqlx::Result<Vec<Receipt>> {
    const SQL: &str = receipts!("p.kind NOT IN ('settle', 'bounce')");
    fetch_all(tx, SQL, args![pot, below, limit, first, last]).await
}

/// Of all receipts what organisations paid without any file that shows it, reversed ones left out.
pub async fn unproven(tx: &mut Tx, pot: PotId, below: i64, limit: i64) -> sqlx::Result<Vec<Receipt>> {
    unproven_of(tx, pot, ALWAYS, below, limit).await
}

/// The same that reached the bank from a first to a last day.
pub async fn unproven_of(
    tx: &mut Tx,
    pot: PotId,
    (first, last): (Date, Date),
    below: i64,
    limit: i64,
) -> sqlx::Result<Vec<Receipt>> {
    const SQL: &str = receipts!(
        "p.kind IN ('contribution', 'call_payment') AND v.id IS NULL AND c.proof IS NULL AND NOT EXISTS \
         (SELECT 1 FROM file f WHERE f.subject = p.id AND f.purpose = 'proof' AND f.erased_at IS NULL)"
    );
    fetch_all(tx, SQL, args![pot, below, limit, first, last]).await
}

row! {
    /// A transfer from or to an account of an organisation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Leg {
        /// The number of its posting.
        pub seq: i64,
        /// Its place there.
        pub position: i64,
        /// What the posting does.
        pub kind: PostingKind,
        /// The day that it counts for.
        pub effective_on: Date,
        /// The number of the round.
        pub round: Option<i64>,
        /// The feature: that of the posting, or of the account that gives or gets where a posting is about several.
        pub feature_id: Option<FeatureId>,
        /// The number of the feature.
        pub feature: Option<i64>,
        /// Its title.
        pub title: Option<String>,
        /// Kind of the account that gives.
        pub from_kind: AccountKind,
        /// Whose it is.
        pub from_organisation: Option<OrganisationId>,
        /// Kind of the account that gets.
        pub to_kind: AccountKind,
        /// Whose it is.
        pub to_organisation: Option<OrganisationId>,
        /// The source that the money bears: `own`, `pooled` or `gift`.
        pub source: Option<String>,
        /// How much.
        pub amount: Money,
        /// The legal nature of money that came in.
        pub nature: Option<Nature>,
        /// For a reversal: the number of what it undoes.
        pub reverses: Option<i64>,
        /// The number of what undid it.
        pub reversed_by: Option<i64>,
        /// The number of the invoice that its posting is about.
        pub invoice: Option<i64>,
        /// The number of the refund that its posting pays, or that came back.
        pub refund: Option<i64>,
        /// The number of the decision that its posting rests on.
        pub decision: Option<i64>,
    }
}

/// The transfers from or to the accounts of an organisation in the book of cash, oldest first after a posting's
/// number; at most `limit`.
pub async fn legs_of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<Leg>> {
    const SQL: &str = "SELECT p.seq, t.position, p.kind, p.effective_on, r.number AS round, f.id AS feature_id, \
        f.number AS feature, f.title, x.kind AS from_kind, x.organisation AS from_organisation, y.kind AS to_kind, \
        y.organisation AS to_organisation, COALESCE(x.source, y.source) AS source, t.amount, \
        p.nature, u.seq AS reverses, v.seq AS reversed_by, i.number AS invoice, d.number AS decision, \
        (SELECT MIN(n.number) FROM refund n JOIN payment m ON m.refund = n.id \
         WHERE n.organisation = $1 AND n.pot = $2 AND (m.posting = p.id OR m.bounced_posting = p.id)) AS refund \
        FROM (SELECT t.posting, t.position FROM account a JOIN transfer t ON t.from_account = a.id \
              WHERE a.organisation = $1 AND a.pot = $2 AND a.book = 'cash' \
              UNION SELECT t.posting, t.position FROM account a JOIN transfer t ON t.to_account = a.id \
              WHERE a.organisation = $1 AND a.pot = $2 AND a.book = 'cash') k \
        JOIN transfer t ON t.posting = k.posting AND t.position = k.position \
        JOIN posting p ON p.id = t.posting \
        JOIN account x ON x.id = t.from_account JOIN account y ON y.id = t.to_account \
        LEFT JOIN round r ON r.id = p.round LEFT JOIN invoice i ON i.id = p.milestone \
        LEFT JOIN feature f ON f.id = COALESCE(p.feature, x.feature, y.feature) \
        LEFT JOIN posting u ON u.id = p.reverses LEFT JOIN posting v ON v.reverses = p.id \
        LEFT JOIN decision d ON d.id = p.decision WHERE p.seq > $3 ORDER BY p.seq, t.position LIMIT $4";
    fetch_all(tx, SQL, args![organisation, pot, after, limit]).await
}

row! {
    /// The title and number of a feature, for a sentence that names it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct FeatureName {
        /// Its id.
        pub id: FeatureId,
        /// Its number in the collective.
        pub number: i64,
        /// Its title.
        pub title: String,
    }
}

/// The titles of these features.
pub async fn feature_names(tx: &mut Tx, ids: &[FeatureId]) -> sqlx::Result<Vec<FeatureName>> {
    const SQL: &str = "SELECT id, number, title FROM feature WHERE id IN (@list) ORDER BY id";
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    fetch_all_in(tx, SQL, args![], ids.iter().flat_map(|id| args![id]).collect()).await
}

row! {
    /// What the newest check of a pot found.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Check {
        /// When.
        pub at: Timestamp,
        /// How many breaches.
        pub breaches: i64,
        /// The findings as JSON.
        pub body: String,
    }
}

/// The newest check of a pot.
pub async fn newest_check(tx: &mut Tx, pot: PotId) -> sqlx::Result<Option<Check>> {
    const SQL: &str =
        "SELECT at, breaches, body FROM check_report WHERE pot = $1 ORDER BY at DESC, id DESC LIMIT 1";
    fetch_optional(tx, SQL, args![pot]).await
}

/// The posting of the distribution of a round that stands, if there is one.
pub async fn distribution_of(tx: &mut Tx, pot: PotId, round: RoundId) -> sqlx::Result<Option<PostingId>> {
    const SQL: &str =
        "SELECT posting FROM posting_once WHERE pot = $1 AND act = 'distribution' AND subject = $2";
    fetch_optional_value(tx, SQL, args![pot, round]).await
}

/// Whether the money of the round of a pot that isn't closed, if there is one, is shared out.
pub async fn open_is_distributed(tx: &mut Tx, pot: PotId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT d.posting FROM round r \
        JOIN posting_once d ON d.pot = r.pot AND d.act = 'distribution' AND d.subject = r.id \
        WHERE r.pot = $1 AND r.state <> 'closed'";
    Ok(fetch_optional_value::<PostingId>(tx, SQL, args![pot]).await?.is_some())
}

/// The number of the entry of the distribution of a round that stands.
pub async fn distribution_entry(tx: &mut Tx, pot: PotId, round: RoundId) -> sqlx::Result<Option<i64>> {
    const SQL: &str = "SELECT p.seq FROM posting_once o JOIN posting p ON p.id = o.posting \
        WHERE o.pot = $1 AND o.act = 'distribution' AND o.subject = $2 AND p.book = 'cash'";
    fetch_optional_value(tx, SQL, args![pot, round]).await
}

row! {
    /// A distribution of which nothing was ever put on a feature.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Unused {
        /// The number of its entry.
        pub seq: i64,
        /// Whether an organisation that got a share has left since: its share isn't there any more.
        pub departed: bool,
    }
}

/// The same, while nothing of it was ever put on a feature: then it can be undone, unless somebody left.
pub async fn unused_distribution(tx: &mut Tx, pot: PotId, round: RoundId) -> sqlx::Result<Option<Unused>> {
    const SQL: &str = "SELECT p.seq, CAST(CASE WHEN EXISTS (SELECT 1 FROM posting l \
          JOIN round_share s ON s.posting = p.id AND s.organisation = l.organisation \
          WHERE l.pot = p.pot AND l.kind = 'departure' AND l.seq > p.seq \
            AND s.equal_part + s.paid_part + s.manual_part + s.gift_part > 0) THEN 1 ELSE 0 END AS BIGINT) AS departed \
        FROM posting_once o JOIN posting p ON p.id = o.posting \
        WHERE o.pot = $1 AND o.act = 'distribution' AND o.subject = $2 AND p.book = 'cash' \
        AND NOT EXISTS (SELECT 1 FROM posting a WHERE a.round = $2 AND a.kind = $3)";
    fetch_optional(tx, SQL, args![pot, round, PostingKind::Allocate]).await
}

row! {
    /// What lies in a gift fund.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct FundSum {
        /// Which.
        pub fund: GiftFundId,
        /// How much is not shared out yet.
        pub amount: Money,
    }
}

/// What lies in each gift fund of a pot, not shared out yet.
pub async fn fund_sums(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<FundSum>> {
    const SQL: &str = "SELECT gift_fund AS fund, balance AS amount FROM account \
        WHERE pot = $1 AND book = 'cash' AND kind = 'gift' AND gift_fund IS NOT NULL ORDER BY gift_fund LIMIT 500";
    fetch_all(tx, SQL, args![pot]).await
}

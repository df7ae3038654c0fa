//! Rounds of a pot, and what each organisation got in them.

use domain::{
    Money,
    ids::{CollectiveId, OrganisationId, PostingId, PotId, RoundId},
    promises::PromiseRule,
    rounds::RoundState,
    shares::{Explained, ShareRule},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_one, fetch_optional, fetch_optional_locked, fetch_optional_value,
    fetch_value, fetch_values, insert_many, row,
    seals::{self, Kind, Written},
};

crate::text_columns! { RoundState, PromiseRule }

impl crate::FromColumn for ShareRule {
    type Raw = String;
    fn from_raw(raw: String) -> Result<Self, crate::BoxError> {
        Self::parse(&raw).ok_or_else(|| format!("{raw:?} is no rule of shares").into())
    }
}

impl crate::ToColumn for ShareRule {
    const NULL: crate::Arg = crate::Arg::Text(None);
    fn to_arg(&self) -> crate::Arg {
        crate::Arg::Text(Some(self.to_string()))
    }
}

row! {
    /// A round.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Round {
        /// Its id.
        pub id: RoundId,
        /// Its pot.
        pub pot: PotId,
        /// Its number in the pot, from 1.
        pub number: i64,
        /// Its name.
        pub name: String,
        /// First day.
        pub opens_on: Date,
        /// Last day.
        pub closes_on: Date,
        /// Where it stands.
        pub state: RoundState,
        /// How money becomes shares.
        pub share_rule: ShareRule,
        /// The most that one organisation puts on one feature.
        pub cap: Option<Money>,
        /// Whether unused shares return to the pot at its close.
        pub lapse: bool,
        /// What its promises become, in a pot that isn't paid in advance.
        pub promises: PromiseRule,
        /// The version of the collective's rules that holds for it.
        pub rules_version: i64,
        /// When it was opened.
        pub created_at: Timestamp,
        /// When its close ended.
        pub closed_at: Option<Timestamp>,
    }
}

/// The number of the next round of a pot.
pub async fn next_number(tx: &mut Tx, pot: PotId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM round WHERE pot = $1", args![pot]).await
}

/// Opens a round. Errors: the constraint `round_one_open` where another is not closed.
pub async fn insert(tx: &mut Tx, round: &Round) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO round (id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse,
                            promises, rules_version, created_at, closed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            round.id,
            round.pot,
            round.number,
            round.name,
            round.opens_on,
            round.closes_on,
            round.state,
            round.share_rule,
            round.cap,
            round.lapse,
            round.promises,
            round.rules_version,
            round.created_at,
            round.closed_at
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::Round, round.id, Written::All).await
}

/// The round of that id, locked.
pub async fn lock(tx: &mut Tx, round: RoundId) -> sqlx::Result<Option<Round>> {
    fetch_optional_locked(
        tx,
        "SELECT id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse, promises, rules_version,
                created_at, closed_at FROM round WHERE id = $1",
        args![round],
    )
    .await
}

/// The round of that id.
pub async fn by_id(tx: &mut Tx, round: RoundId) -> sqlx::Result<Option<Round>> {
    fetch_optional(
        tx,
        "SELECT id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse, promises, rules_version,
                created_at, closed_at FROM round WHERE id = $1",
        args![round],
    )
    .await
}

/// The round of that number in a pot.
pub async fn by_number(tx: &mut Tx, pot: PotId, number: i64) -> sqlx::Result<Option<Round>> {
    fetch_optional(
        tx,
        "SELECT id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse, promises, rules_version,
                created_at, closed_at FROM round WHERE pot = $1 AND number = $2",
        args![pot, number],
    )
    .await
}

/// The round of a pot that is not closed, locked, if there is one.
pub async fn lock_open(tx: &mut Tx, pot: PotId) -> sqlx::Result<Option<Round>> {
    fetch_optional_locked(
        tx,
        "SELECT id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse, promises, rules_version,
                created_at, closed_at FROM round WHERE pot = $1 AND state <> 'closed'",
        args![pot],
    )
    .await
}

/// The rounds of a pot, newest first, below a number, at most `limit`.
pub async fn list(tx: &mut Tx, pot: PotId, below: i64, limit: i64) -> sqlx::Result<Vec<Round>> {
    fetch_all(
        tx,
        "SELECT id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse, promises, rules_version,
                created_at, closed_at FROM round WHERE pot = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
        args![pot, below, limit],
    )
    .await
}

/// Writes a round anew: its name, its days and its rules.
pub async fn change(tx: &mut Tx, round: &Round) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE round SET name = $2, opens_on = $3, closes_on = $4, share_rule = $5, cap = $6, lapse = $7, promises = $8
         WHERE id = $1",
        args![
            round.id,
            round.name,
            round.opens_on,
            round.closes_on,
            round.share_rule,
            round.cap,
            round.lapse,
            round.promises
        ],
    )
    .await?;
    let written = Written::Only(&["opens_on", "closes_on", "share_rule", "cap", "lapse", "promises"]);
    seals::renew_one(tx, Kind::Round, round.id, written).await
}

/// Whether something of a round stands in the journal: its distribution unless it was reversed, what lies on its
/// features, what was funded. What was put and taken back leaves nothing.
pub async fn holds_money(tx: &mut Tx, round: RoundId) -> sqlx::Result<bool> {
    const POSTED: &str = "SELECT p.seq FROM posting p WHERE p.round = $1 \
        AND p.kind NOT IN ('reversal', 'allocate', 'unallocate', 'release') \
        AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) LIMIT 1";
    const LIES: &str = "SELECT number FROM feature WHERE round = $1 AND allocated_total > 0 LIMIT 1";
    Ok(fetch_optional_value::<i64>(tx, POSTED, args![round]).await?.is_some()
        || fetch_optional_value::<i64>(tx, LIES, args![round]).await?.is_some())
}

/// Marks a round closed.
pub async fn close(tx: &mut Tx, round: RoundId, at: Timestamp) -> sqlx::Result<()> {
    execute(tx, "UPDATE round SET state = 'closed', closed_at = $2 WHERE id = $1", args![round, at])
        .await
        .map(drop)
}

/// Writes down what each organisation got in a distribution and why.
pub async fn insert_shares(
    tx: &mut Tx,
    round: RoundId,
    posting: PostingId,
    shares: &[Explained],
) -> sqlx::Result<()> {
    let mut rows = Vec::with_capacity(shares.len() * 7);
    for share in shares {
        rows.extend(args![
            round,
            share.organisation,
            posting,
            share.equal,
            share.paid,
            share.manual,
            share.gift
        ]);
    }
    let table = "round_share (round, organisation, posting, equal_part, paid_part, manual_part, gift_part)";
    insert_many(tx, table, 7, rows, "").await.map(drop)
}

row! {
    /// What an organisation got in the distribution of a round.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct RoundShare {
        /// Who.
        pub organisation: OrganisationId,
        /// Its part of what was shared equally.
        pub equal_part: Money,
        /// Its part of what followed payments.
        pub paid_part: Money,
        /// What was given by hand.
        pub manual_part: Money,
        /// Its part of the gifts.
        pub gift_part: Money,
    }
}

/// The numbers of the rounds of a pot whose distribution gave an organisation a share and may still be reversed: nobody
/// has allocated in them, and what they gave didn't lapse.
pub async fn reversible_for(tx: &mut Tx, pot: PotId, organisation: OrganisationId) -> sqlx::Result<Vec<i64>> {
    const SQL: &str = "SELECT r.number FROM round r \
        JOIN posting_once d ON d.pot = r.pot AND d.act = 'distribution' AND d.subject = r.id \
        JOIN round_share s ON s.posting = d.posting AND s.organisation = $2 \
        WHERE r.pot = $1 AND (r.state <> 'closed' OR r.lapse = 0) \
          AND s.equal_part + s.paid_part + s.manual_part + s.gift_part > 0 \
          AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.round = r.id AND p.kind = 'allocate') \
        ORDER BY r.number";
    fetch_values(tx, SQL, args![pot, organisation]).await
}

/// What the organisations got in a round, in the distribution that stands, by id after `after`.
pub async fn shares(
    tx: &mut Tx,
    round: RoundId,
    after: Option<OrganisationId>,
    limit: i64,
) -> sqlx::Result<Vec<RoundShare>> {
    let after = after.unwrap_or(OrganisationId(uuid::Uuid::nil()));
    fetch_all(
        tx,
        "SELECT s.organisation, s.equal_part, s.paid_part, s.manual_part, s.gift_part FROM round_share s
         WHERE s.round = $1 AND s.organisation > $2
           AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = s.posting)
         ORDER BY s.organisation LIMIT $3",
        args![round, after, limit],
    )
    .await
}

row! {
    /// What an organisation paid in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Paid {
        /// Who.
        pub organisation: OrganisationId,
        /// How much.
        pub amount: Money,
    }
}

/// What each organisation paid into a pot during a period, both days included, less what was reversed.
pub async fn paid_between(tx: &mut Tx, pot: PotId, from: Date, to: Date) -> sqlx::Result<Vec<Paid>> {
    fetch_all(
        tx,
        "SELECT a.organisation AS organisation, CAST(SUM(t.amount) AS BIGINT) AS amount
         FROM posting p JOIN transfer t ON t.posting = p.id JOIN account a ON a.id = t.to_account
         WHERE p.pot = $1 AND p.kind IN ('contribution', 'attribute') AND p.effective_on >= $2
           AND p.effective_on <= $3 AND a.kind = 'pool'
           AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id)
         GROUP BY a.organisation ORDER BY a.organisation",
        args![pot, from, to],
    )
    .await
}

row! {
    /// A distribution that stands.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SharedOut {
        /// The number of its round.
        pub number: i64,
        /// How money became shares.
        pub share_rule: ShareRule,
        /// Its number in the book of cash.
        pub seq: i64,
    }
}

/// The distributions of a pot that stand, of other rounds than this one, the newest first: at most `limit`.
pub async fn shared_out(
    tx: &mut Tx,
    pot: PotId,
    but: Option<RoundId>,
    limit: u16,
) -> sqlx::Result<Vec<SharedOut>> {
    const SQL: &str = "SELECT r.number, r.share_rule, p.seq FROM round r \
        JOIN posting_once d ON d.pot = r.pot AND d.act = 'distribution' AND d.subject = r.id \
        JOIN posting p ON p.id = d.posting AND p.book = 'cash' \
        WHERE r.pot = $1 AND r.id <> $2 ORDER BY r.number DESC LIMIT $3";
    fetch_all(tx, SQL, args![pot, but.unwrap_or(RoundId(uuid::Uuid::nil())), limit]).await
}

row! {
    /// Payments of a period, together.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Counted {
        /// How many.
        pub entries: i64,
        /// Their sum.
        pub amount: Money,
    }
}

/// The payments of a period that were written before an entry of the book of cash: what a distribution counted.
pub async fn counted_before(
    tx: &mut Tx,
    pot: PotId,
    from: Date,
    to: Date,
    seq: i64,
) -> sqlx::Result<Counted> {
    const SQL: &str = "SELECT COUNT(DISTINCT p.id) AS entries, CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) AS amount \
        FROM posting p JOIN transfer t ON t.posting = p.id JOIN account a ON a.id = t.to_account \
        WHERE p.pot = $1 AND p.kind IN ('contribution', 'attribute') AND p.effective_on >= $2 \
          AND p.effective_on <= $3 AND p.seq < $4 AND a.kind = 'pool' \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id)";
    fetch_one(tx, SQL, args![pot, from, to, seq]).await
}

/// The members of a collective on a day, by id: those among whom a round shares, however many.
pub async fn members(tx: &mut Tx, collective: CollectiveId, on: Date) -> sqlx::Result<Vec<OrganisationId>> {
    fetch_values(
        tx,
        "SELECT organisation FROM membership
         WHERE collective = $1 AND joined_on <= $2 AND (left_on IS NULL OR left_on > $2) ORDER BY organisation",
        args![collective, on],
    )
    .await
}

/// The round of a pot that is not closed, if there is one.
pub async fn open(tx: &mut Tx, pot: PotId) -> sqlx::Result<Option<Round>> {
    fetch_optional(
        tx,
        "SELECT id, pot, number, name, opens_on, closes_on, state, share_rule, cap, lapse, promises, rules_version,
                created_at, closed_at FROM round WHERE pot = $1 AND state <> 'closed'",
        args![pot],
    )
    .await
}

row! {
    /// What moved on the features of a round after an instant.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Since {
        /// What was added to them.
        pub added: Money,
        /// What left them otherwise than for their work.
        pub gone: Money,
    }
}

/// What changed the totals of the features of a round after it was closed, up to the entries of these numbers in the books of
/// cash and of promises.
pub async fn moved_since(
    tx: &mut Tx,
    round: RoundId,
    closed_at: Timestamp,
    (cash, promises): (i64, i64),
) -> sqlx::Result<Since> {
    const SQL: &str = "WITH moved AS (SELECT t.amount, \
          CASE WHEN x.kind IN ('allocated', 'reserved', 'right_allocated', 'triggered') THEN 1 ELSE 0 END AS lay, \
          CASE WHEN y.kind IN ('allocated', 'reserved', 'right_allocated', 'triggered') THEN 1 ELSE 0 END AS lies \
          FROM posting p JOIN transfer t ON t.posting = p.id \
          JOIN account x ON x.id = t.from_account JOIN account y ON y.id = t.to_account \
          WHERE p.round = $1 AND p.kind IN ('add', 'top_up', 'release') AND p.recorded_at > $2 \
            AND (p.book = 'cash' AND p.seq <= $3 OR p.book = 'promises' AND p.seq <= $4)) \
        SELECT CAST(COALESCE(SUM(CASE WHEN lies = 1 AND lay = 0 THEN amount ELSE 0 END), 0) AS BIGINT) AS added, \
          CAST(COALESCE(SUM(CASE WHEN lay = 1 AND lies = 0 THEN amount ELSE 0 END), 0) AS BIGINT) AS gone FROM moved";
    fetch_one(tx, SQL, args![round, closed_at, cash, promises]).await
}

/// What shares put between two instants on features that are funded outside rounds, less what was taken back
/// or returned when one of them ended.
pub async fn put_outside(tx: &mut Tx, pot: PotId, from: Timestamp, before: Timestamp) -> sqlx::Result<Money> {
    // What came back of what was put before the period lessens nothing that was put during it.
    const SQL: &str = "SELECT CAST(COALESCE(SUM(n.amount), 0) AS BIGINT) FROM ( \
          SELECT m.feature, m.organisation, SUM(m.amount) AS amount FROM ( \
          SELECT a.feature, a.organisation, t.amount FROM feature f \
          JOIN account a ON a.feature = f.id AND a.pot = f.pot AND a.book = 'cash' \
          JOIN transfer t ON t.to_account = a.id JOIN posting p ON p.id = t.posting \
          WHERE f.pot = $1 AND f.round IS NULL AND a.kind IN ('allocated', 'reserved') \
          AND p.kind IN ('allocate', 'add', 'top_up') AND p.recorded_at >= $2 AND p.recorded_at < $3 \
          UNION ALL \
          SELECT a.feature, a.organisation, -t.amount FROM feature f \
          JOIN account a ON a.feature = f.id AND a.pot = f.pot AND a.book = 'cash' \
          JOIN transfer t ON t.from_account = a.id JOIN posting p ON p.id = t.posting \
          WHERE f.pot = $1 AND f.round IS NULL AND a.kind IN ('allocated', 'reserved') \
          AND p.kind IN ('unallocate', 'release', 'departure') \
          AND p.recorded_at >= $2 AND p.recorded_at < $3) m \
          GROUP BY m.feature, m.organisation HAVING SUM(m.amount) > 0) n";
    Ok(Money::new(fetch_value::<i64>(tx, SQL, args![pot, from, before]).await?))
}

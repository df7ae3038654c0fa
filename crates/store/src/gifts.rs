//! Gift funds: gifts of one nature, earmark and conditions.

use std::collections::BTreeMap;

use domain::{
    Money,
    ids::{FeatureId, GiftFundId, PostingId, PotId, RoundId},
    posting::Nature,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_value, row,
    seals::{self, Kind, Written},
    text_columns,
};

text_columns! { Nature }

row! {
    /// A gift fund.
    #[derive(Clone, Debug)]
    pub struct GiftFund {
        /// Its id.
        pub id: GiftFundId,
        /// Its pot.
        pub pot: PotId,
        /// Its name.
        pub name: String,
        /// Legal nature.
        pub nature: Nature,
        /// The only feature that it may reach, if it is earmarked.
        pub earmark: Option<FeatureId>,
        /// What the giver asks, in words.
        pub conditions: String,
        /// Who gives; shown only if they agree.
        pub giver: String,
        /// Whether the giver's name is public.
        pub giver_public: bool,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

/// Makes a gift fund.
pub async fn create(tx: &mut Tx, fund: &GiftFund) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO gift_fund (id, pot, name, nature, earmark, conditions, giver, giver_public, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            fund.id,
            fund.pot,
            fund.name,
            fund.nature,
            fund.earmark,
            fund.conditions,
            fund.giver,
            fund.giver_public,
            fund.created_at
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::GiftFund, fund.id, Written::All).await
}

/// The gift fund of that id in a pot.
pub async fn by_id(tx: &mut Tx, pot: PotId, fund: GiftFundId) -> sqlx::Result<Option<GiftFund>> {
    fetch_optional(
        tx,
        "SELECT id, pot, name, nature, earmark, conditions, giver, giver_public, created_at
         FROM gift_fund WHERE pot = $1 AND id = $2",
        args![pot, fund],
    )
    .await
}

/// The gift funds of a pot by id, at most `limit`.
pub async fn of_pot(tx: &mut Tx, pot: PotId, limit: i64) -> sqlx::Result<Vec<GiftFund>> {
    fetch_all(
        tx,
        "SELECT id, pot, name, nature, earmark, conditions, giver, giver_public, created_at
         FROM gift_fund WHERE pot = $1 ORDER BY id LIMIT $2",
        args![pot, limit],
    )
    .await
}

row! {
    struct Earmark { id: GiftFundId, earmark: FeatureId }
}

/// The gift funds of a pot that may reach one feature alone, each with that feature.
pub async fn earmarks(tx: &mut Tx, pot: PotId) -> sqlx::Result<BTreeMap<GiftFundId, FeatureId>> {
    let rows: Vec<Earmark> =
        fetch_all(tx, "SELECT id, earmark FROM gift_fund WHERE pot = $1 AND earmark IS NOT NULL", args![pot])
            .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.earmark)).collect())
}

/// Writes down what the giver of a gift that was posted wishes for.
pub async fn wish(
    tx: &mut Tx,
    posting: PostingId,
    feature: Option<FeatureId>,
    words: &str,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE receipt SET wish = $2, wish_feature = $3 WHERE posting = $1";
    execute(tx, SQL, args![posting, words, feature]).await.map(drop)
}

row! {
    /// What came with a wish.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Wished {
        /// The number of its entry.
        pub seq: i64,
        /// The day on which it reached the bank.
        pub received_on: Date,
        /// How much.
        pub amount: Money,
        /// The number of the feature that is wished for.
        pub feature: Option<i64>,
        /// Its title.
        pub title: Option<String>,
        /// The wish in words; may be empty.
        pub wish: String,
    }
}

/// The gifts with a wish whose entries lie between two numbers of the book of cash, both left out; reversed ones are too.
/// The newest first, at most `limit`.
pub async fn wishes(
    tx: &mut Tx,
    pot: PotId,
    after: i64,
    before: i64,
    limit: u16,
) -> sqlx::Result<Vec<Wished>> {
    const SQL: &str = "SELECT p.seq, c.received_on, c.wish, f.number AS feature, f.title, \
        (SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t WHERE t.posting = p.id) AS amount \
        FROM posting p JOIN receipt c ON c.posting = p.id LEFT JOIN feature f ON f.id = c.wish_feature \
        WHERE p.pot = $1 AND p.kind = 'gift' AND p.seq > $2 AND p.seq < $3 \
          AND (c.wish <> '' OR c.wish_feature IS NOT NULL) \
          AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id) ORDER BY p.seq DESC LIMIT $4";
    fetch_all(tx, SQL, args![pot, after, before, limit]).await
}

/// What lies in earmarked gift funds of a pot, not shared out, up to the entry of a number in the book of cash.
macro_rules! reserved {
    ($which:literal) => {
        concat!(
            "WITH fund AS (SELECT a.id FROM account a JOIN gift_fund g ON g.id = a.gift_fund \
             WHERE a.pot = $1 AND a.book = 'cash' AND a.kind = 'gift' AND ",
            $which,
            ") SELECT CAST(COALESCE(SUM(side.amount), 0) AS BIGINT) FROM (\
             SELECT t.amount FROM transfer t JOIN posting p ON p.id = t.posting \
             WHERE t.to_account IN (SELECT id FROM fund) AND p.seq <= $2 \
             UNION ALL SELECT -t.amount FROM transfer t JOIN posting p ON p.id = t.posting \
             WHERE t.from_account IN (SELECT id FROM fund) AND p.seq <= $2) side"
        )
    };
}

/// What of gifts that may reach this feature of the pot alone is not shared out, up to the entry of a number.
pub async fn reserved_for(tx: &mut Tx, pot: PotId, feature: FeatureId, last: i64) -> sqlx::Result<Money> {
    const SQL: &str = reserved!("g.earmark = $3");
    fetch_value(tx, SQL, args![pot, last, feature]).await
}

/// What of gifts that may reach one feature alone is not shared out in a pot, up to the entry of a number.
pub async fn reserved_in(tx: &mut Tx, pot: PotId, last: i64) -> sqlx::Result<Money> {
    const SQL: &str = reserved!("g.earmark IS NOT NULL");
    fetch_value(tx, SQL, args![pot, last]).await
}

row! {
    struct PutRow {
        decision: Option<i64>,
        amount: Money,
    }
}

/// Gifts that decisions put on a feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// How much was put there and didn't return; what was drawn for the work counts.
    pub amount: Money,
    /// The numbers of the decisions, the first first.
    pub decisions: Vec<i64>,
}

/// The gifts that decisions put on a feature, up to the entry of a number.
pub async fn decided_on(tx: &mut Tx, feature: FeatureId, last: i64) -> sqlx::Result<Decided> {
    const SQL: &str = "WITH there AS (SELECT id FROM account WHERE feature = $1 AND book = 'cash' \
          AND organisation IS NULL AND kind IN ('allocated', 'reserved')) \
        SELECT n.number AS decision, CAST(SUM(t.amount) AS BIGINT) AS amount FROM there \
        JOIN transfer t ON t.to_account = there.id JOIN account g ON g.id = t.from_account AND g.kind = 'gift' \
        JOIN posting p ON p.id = t.posting LEFT JOIN decision n ON n.id = p.decision \
        WHERE p.seq <= $2 GROUP BY n.number \
        UNION ALL SELECT NULL, CAST(COALESCE(-SUM(t.amount), 0) AS BIGINT) FROM there \
        JOIN transfer t ON t.from_account = there.id JOIN account g ON g.id = t.to_account AND g.kind = 'gift' \
        JOIN posting p ON p.id = t.posting WHERE p.seq <= $2 ORDER BY 1";
    let rows: Vec<PutRow> = fetch_all(tx, SQL, args![feature, last]).await?;
    let amount = Money::new(rows.iter().map(|row| row.amount.minor()).sum());
    Ok(Decided { amount, decisions: rows.into_iter().filter_map(|row| row.decision).collect() })
}

/// The gifts that decisions put on the features of a round, less what returned to their funds.
pub async fn decided_in(tx: &mut Tx, round: RoundId) -> sqlx::Result<Money> {
    const SQL: &str = "WITH there AS (SELECT a.id FROM feature f JOIN account a ON a.feature = f.id \
          AND a.book = 'cash' AND a.organisation IS NULL AND a.kind IN ('allocated', 'reserved') \
          WHERE f.round = $1) \
        SELECT CAST(COALESCE(SUM(side.amount), 0) AS BIGINT) FROM ( \
          SELECT t.amount FROM there JOIN transfer t ON t.to_account = there.id \
          JOIN account g ON g.id = t.from_account AND g.kind = 'gift' \
          UNION ALL SELECT -t.amount FROM there JOIN transfer t ON t.from_account = there.id \
          JOIN account g ON g.id = t.to_account AND g.kind = 'gift') side";
    fetch_value(tx, SQL, args![round]).await
}

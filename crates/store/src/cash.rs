//! What went through the bank account of a pot, by what moved it.

use domain::{Money, PostingKind, ids::PotId, posting::Nature};
use jiff::civil::Date;

use crate::{Tx, args, fetch_all, row, views::KindSum};

row! {
    /// What postings of a kind moved at the bank; below zero, more went out than came in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct BankFlow {
        /// What moved it; what was reversed is taken off what it undoes.
        pub kind: PostingKind,
        /// The legal nature of money that came in.
        pub nature: Option<Nature>,
        /// How much.
        pub amount: Money,
    }
}

/// What moved at the bank, with a condition on the entries.
macro_rules! flows {
    ($condition:literal) => {
        concat!(
            "SELECT m.kind, m.nature, CAST(SUM(m.amount) AS BIGINT) AS amount FROM ( \
             SELECT COALESCE(o.kind, p.kind) AS kind, COALESCE(o.nature, p.nature) AS nature, t.amount \
             FROM account a JOIN transfer t ON t.from_account = a.id JOIN posting p ON p.id = t.posting \
             LEFT JOIN posting o ON o.id = p.reverses WHERE a.pot = $1 AND a.kind = 'bank' AND p.seq <= $2",
            $condition,
            " UNION ALL \
             SELECT COALESCE(o.kind, p.kind), COALESCE(o.nature, p.nature), -t.amount \
             FROM account a JOIN transfer t ON t.to_account = a.id JOIN posting p ON p.id = t.posting \
             LEFT JOIN posting o ON o.id = p.reverses WHERE a.pot = $1 AND a.kind = 'bank' AND p.seq <= $2",
            $condition,
            ") m GROUP BY m.kind, m.nature ORDER BY m.kind, m.nature"
        )
    };
}

/// What moved at the bank since the beginning, up to the entry of that number in the book of cash. Its sum is what lies
/// there.
pub async fn bank_flows(tx: &mut Tx, pot: PotId, until: i64) -> sqlx::Result<Vec<BankFlow>> {
    fetch_all(tx, flows!(""), args![pot, until]).await
}

/// What moved at the bank by entries that count for the days from a first to a last one, up to the entry of that number.
pub async fn bank_flows_of(
    tx: &mut Tx,
    pot: PotId,
    (first, last): (Date, Date),
    until: i64,
) -> sqlx::Result<Vec<BankFlow>> {
    const SQL: &str = flows!(" AND p.effective_on >= $3 AND p.effective_on <= $4");
    fetch_all(tx, SQL, args![pot, until, first, last]).await
}

/// What the accounts of each kind held at the end of a day, by entries up to that number in the book of cash: what counts
/// for a day is there from that day on, whenever it was recorded.
pub async fn sums_on(tx: &mut Tx, pot: PotId, day: Date, until: i64) -> sqlx::Result<Vec<KindSum>> {
    const SQL: &str = "SELECT m.kind, CAST(SUM(m.amount) AS BIGINT) AS amount FROM ( \
          SELECT a.kind, t.amount FROM posting p JOIN transfer t ON t.posting = p.id \
          JOIN account a ON a.id = t.to_account \
          WHERE p.pot = $1 AND p.book = 'cash' AND p.effective_on <= $2 AND p.seq <= $3 \
          UNION ALL \
          SELECT a.kind, -t.amount FROM posting p JOIN transfer t ON t.posting = p.id \
          JOIN account a ON a.id = t.from_account \
          WHERE p.pot = $1 AND p.book = 'cash' AND p.effective_on <= $2 AND p.seq <= $3 \
        ) m GROUP BY m.kind ORDER BY m.kind";
    fetch_all(tx, SQL, args![pot, day, until]).await
}

row! {
    /// A year in which entries count.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct YearRow {
        /// Which.
        pub year: i64,
    }
}

/// The years for which entries of the book of cash count, up to the entry of that number, the newest first; at most
/// thirty.
pub async fn years(tx: &mut Tx, pot: PotId, until: i64) -> sqlx::Result<Vec<YearRow>> {
    const SQL: &str = "SELECT CAST(SUBSTR(p.effective_on, 1, 4) AS BIGINT) AS year FROM posting p \
        WHERE p.pot = $1 AND p.book = 'cash' AND p.seq <= $2 \
        GROUP BY CAST(SUBSTR(p.effective_on, 1, 4) AS BIGINT) ORDER BY year DESC LIMIT 30";
    fetch_all(tx, SQL, args![pot, until]).await
}

//! What went through the bank account of a pot, by what moved it.

use domain::{Money, PostingKind, ids::PotId, posting::Nature};

use crate::{Tx, args, fetch_all, row};

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

/// What moved at the bank since the beginning, up to the entry of that number in the book of cash. Its sum is what lies
/// there.
pub async fn bank_flows(tx: &mut Tx, pot: PotId, until: i64) -> sqlx::Result<Vec<BankFlow>> {
    const SQL: &str = "SELECT m.kind, m.nature, CAST(SUM(m.amount) AS BIGINT) AS amount FROM ( \
          SELECT COALESCE(o.kind, p.kind) AS kind, COALESCE(o.nature, p.nature) AS nature, t.amount \
          FROM account a JOIN transfer t ON t.from_account = a.id JOIN posting p ON p.id = t.posting \
          LEFT JOIN posting o ON o.id = p.reverses WHERE a.pot = $1 AND a.kind = 'bank' AND p.seq <= $2 \
          UNION ALL \
          SELECT COALESCE(o.kind, p.kind), COALESCE(o.nature, p.nature), -t.amount \
          FROM account a JOIN transfer t ON t.to_account = a.id JOIN posting p ON p.id = t.posting \
          LEFT JOIN posting o ON o.id = p.reverses WHERE a.pot = $1 AND a.kind = 'bank' AND p.seq <= $2 \
        ) m GROUP BY m.kind, m.nature ORDER BY m.kind, m.nature";
    fetch_all(tx, SQL, args![pot, until]).await
}

//! Transfers ordered at the bank: each pays an invoice, or what is paid back to an organisation that left.

use domain::ids::{InvoiceId, PaymentId, PersonId, PostingId, RefundId};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    Tx, args, execute, fetch_all, fetch_all_locked, row,
    seals::{self, Kind, Written},
};

row! {
    /// A transfer ordered at the bank.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Payment {
        /// Its id.
        pub id: PaymentId,
        /// Which invoice it pays.
        pub invoice: Option<InvoiceId>,
        /// Which refund it pays.
        pub refund: Option<RefundId>,
        /// What the transfer carries from end to end; never another's.
        pub end_to_end: String,
        /// The day on which it was ordered.
        pub paid_on: Date,
        /// The bank's reference; may be empty.
        pub reference: String,
        /// The posting that ordered it.
        pub posting: PostingId,
        /// Who ordered it.
        pub ordered_by: PersonId,
        /// When it was recorded.
        pub created_at: Timestamp,
        /// The day on which it was seen on a statement.
        pub settled_on: Option<Date>,
        /// The posting of that.
        pub settled_posting: Option<PostingId>,
        /// The day on which it came back.
        pub bounced_on: Option<Date>,
        /// The posting of that.
        pub bounced_posting: Option<PostingId>,
        /// Why; empty where it didn't.
        pub bounced_reason: String,
    }
}

/// Writes a new transfer. Errors: the constraints `payment_once`, `payment_refund_once` where one that didn't come back
/// stands.
pub async fn insert(tx: &mut Tx, new: &Payment) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO payment (id, invoice, refund, end_to_end, paid_on, reference, posting, \
        ordered_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = args![
        new.id,
        new.invoice,
        new.refund,
        new.end_to_end,
        new.paid_on,
        new.reference,
        new.posting,
        new.ordered_by,
        new.created_at
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::Payment, new.id, Written::All).await
}

/// What is written of a transfer later.
const BECAME: [&str; 5] =
    ["settled_on", "settled_posting", "bounced_on", "bounced_posting", "bounced_reason"];

/// Writes that a transfer was seen on a statement, or came back.
pub async fn update(tx: &mut Tx, payment: &Payment) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE payment SET settled_on = $2, settled_posting = $3, bounced_on = $4, \
        bounced_posting = $5, bounced_reason = $6 WHERE id = $1";
    let values = args![
        payment.id,
        payment.settled_on,
        payment.settled_posting,
        payment.bounced_on,
        payment.bounced_posting,
        payment.bounced_reason
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::Payment, payment.id, Written::Only(&BECAME)).await
}

/// The transfers of an invoice or of a refund, the oldest first, the one that stands last.
pub async fn of(tx: &mut Tx, order: Uuid) -> sqlx::Result<Vec<Payment>> {
    const SQL: &str = "SELECT * FROM payment WHERE invoice = $1 OR refund = $1 \
        ORDER BY CASE WHEN bounced_on IS NULL THEN 1 ELSE 0 END, id LIMIT 100";
    fetch_all(tx, SQL, args![order]).await
}

/// The transfer of an invoice or of a refund that didn't come back, locked.
pub async fn lock_standing(tx: &mut Tx, order: Uuid) -> sqlx::Result<Option<Payment>> {
    const SQL: &str =
        "SELECT * FROM payment WHERE (invoice = $1 OR refund = $1) AND bounced_on IS NULL ORDER BY id";
    let found: Vec<Payment> = fetch_all_locked(tx, SQL, args![order]).await?;
    Ok(found.into_iter().next())
}

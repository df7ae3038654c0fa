//! Calls for funds, and what was received for them.

use domain::{
    Money,
    fund_calls::{CallAmounts, CallState},
    ids::{CallReceiptId, FeatureId, FundCallId, OrganisationId, PersonId, PostingId, PotId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_all_locked, fetch_optional, fetch_optional_locked, fetch_value,
    insert_many, row,
    seals::{self, Kind, Written},
};

crate::text_columns! { CallState }

row! {
    /// A call for funds.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct FundCall {
        /// Its id.
        pub id: FundCallId,
        /// Its pot.
        pub pot: PotId,
        /// For which feature.
        pub feature: FeatureId,
        /// Who is called.
        pub organisation: OrganisationId,
        /// Its number in the pot, from 1.
        pub number: i64,
        /// What the transfer carries (ISO 11649).
        pub reference: String,
        /// What was called.
        pub amount: Money,
        /// What was received for it.
        pub received: Money,
        /// What others took over.
        pub covered: Money,
        /// What isn't asked any more.
        pub cancelled: Money,
        /// What of the received was given back, because whoever was late paid all the same.
        pub repaid: Money,
        /// Where it stands.
        pub state: CallState,
        /// Its last day.
        pub due_on: Date,
        /// The call whose rest it covers, if it does.
        pub covers: Option<FundCallId>,
        /// When whoever is called said that it is paid.
        pub said_paid_at: Option<Timestamp>,
        /// Who said so.
        pub said_paid_by: Option<PersonId>,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

impl FundCall {
    /// Its amounts.
    #[must_use]
    pub const fn amounts(&self) -> CallAmounts {
        CallAmounts {
            called: self.amount,
            received: self.received,
            covered: self.covered,
            cancelled: self.cancelled,
            repaid: self.repaid,
        }
    }

    /// What is still awaited.
    #[must_use]
    pub fn rest(&self) -> Money {
        self.amounts().rest()
    }
}

/// The number of the next call of a pot.
pub async fn next_number(tx: &mut Tx, pot: PotId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM fund_call WHERE pot = $1", args![pot]).await
}

/// Writes new calls. Errors: the constraint `fund_call_number_unique` where a number is taken.
pub async fn insert(tx: &mut Tx, calls: &[FundCall]) -> sqlx::Result<()> {
    let mut rows = Vec::with_capacity(calls.len() * 17);
    for call in calls {
        rows.extend(args![
            call.id,
            call.pot,
            call.feature,
            call.organisation,
            call.number,
            call.reference,
            call.amount,
            call.received,
            call.covered,
            call.cancelled,
            call.repaid,
            call.state,
            call.due_on,
            call.covers,
            call.said_paid_at,
            call.said_paid_by,
            call.created_at
        ]);
    }
    let table =
        "fund_call (id, pot, feature, organisation, number, reference, amount, received, covered, cancelled,
        repaid, state, due_on, covers, said_paid_at, said_paid_by, created_at)";
    insert_many(tx, table, 17, rows, "").await?;
    seals::renew(tx, Kind::FundCall, calls.iter().map(|call| (call.id.0, 0)), Written::All).await
}

/// Writes what a call has become: its amounts, its state, whether it is said to be paid.
pub async fn update(tx: &mut Tx, call: &FundCall) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE fund_call SET received = $2, covered = $3, cancelled = $4, state = $5, \
        said_paid_at = $6, said_paid_by = $7, repaid = $8 WHERE id = $1";
    let values = args![
        call.id,
        call.received,
        call.covered,
        call.cancelled,
        call.state,
        call.said_paid_at,
        call.said_paid_by,
        call.repaid
    ];
    execute(tx, SQL, values).await?;
    let said = Written::Only(&["said_paid_at", "said_paid_by"]);
    seals::renew_one(tx, Kind::FundCall, call.id, said).await
}

/// A call, locked.
pub async fn lock(tx: &mut Tx, call: FundCallId) -> sqlx::Result<Option<FundCall>> {
    fetch_optional_locked(tx, "SELECT * FROM fund_call WHERE id = $1", args![call]).await
}

/// A call.
pub async fn by_id(tx: &mut Tx, call: FundCallId) -> sqlx::Result<Option<FundCall>> {
    fetch_optional(tx, "SELECT * FROM fund_call WHERE id = $1", args![call]).await
}

/// The call of that number in a pot.
pub async fn by_number(tx: &mut Tx, pot: PotId, number: i64) -> sqlx::Result<Option<FundCall>> {
    fetch_optional(tx, "SELECT * FROM fund_call WHERE pot = $1 AND number = $2", args![pot, number]).await
}

/// The calls for a feature, locked in the order of their ids.
pub async fn lock_of_feature(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<FundCall>> {
    fetch_all_locked(tx, "SELECT * FROM fund_call WHERE feature = $1 ORDER BY id", args![feature]).await
}

/// The calls of a feature that cover others, the oldest first. The feature is locked.
pub async fn covers_of(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<FundCall>> {
    const SQL: &str = "SELECT * FROM fund_call WHERE feature = $1 AND covers IS NOT NULL ORDER BY number";
    fetch_all(tx, SQL, args![feature]).await
}

/// The calls that cover a call, the oldest first.
pub async fn covering(tx: &mut Tx, call: FundCallId) -> sqlx::Result<Vec<FundCall>> {
    fetch_all(tx, "SELECT * FROM fund_call WHERE covers = $1 ORDER BY number", args![call]).await
}

row! {
    /// A call as a page shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Listed {
        /// The call's id.
        pub id: FundCallId,
        /// Its number in the pot.
        pub number: i64,
        /// What the transfer carries.
        pub reference: String,
        /// Who is called.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// The feature.
        pub feature_id: FeatureId,
        /// Its number.
        pub feature: i64,
        /// Its title.
        pub title: String,
        /// Who leads it.
        pub lead: OrganisationId,
        /// What was called.
        pub amount: Money,
        /// What was received for it.
        pub received: Money,
        /// What others took over.
        pub covered: Money,
        /// What isn't asked any more.
        pub cancelled: Money,
        /// What of the received was given back, because whoever was late paid all the same.
        pub repaid: Money,
        /// Where it stands.
        pub state: CallState,
        /// Its last day.
        pub due_on: Date,
        /// When whoever is called said that it is paid.
        pub said_paid_at: Option<Timestamp>,
        /// Whether it covers another's rest.
        pub covers: Option<FundCallId>,
        /// Whether the organisation shows its amounts to everybody.
        pub shows_amounts: bool,
    }
}

impl Listed {
    /// Its amounts.
    #[must_use]
    pub const fn amounts(&self) -> CallAmounts {
        CallAmounts {
            called: self.amount,
            received: self.received,
            covered: self.covered,
            cancelled: self.cancelled,
            repaid: self.repaid,
        }
    }
}

/// Which calls a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of a pot.
    Pot(PotId),
    /// Those for a feature.
    Feature(FeatureId),
    /// Those of an organisation in a pot.
    Organisation(PotId, OrganisationId),
}

macro_rules! listing {
    ($end:literal) => {
        concat!(
            "SELECT c.id, c.number, c.reference, c.organisation, o.name, c.feature AS feature_id, f.number AS feature, ",
            "f.title, f.lead, c.amount, c.received, c.covered, c.cancelled, c.repaid, c.state, c.due_on, c.said_paid_at, ",
            "c.covers, COALESCE(m.shows_amounts, 0) AS shows_amounts ",
            "FROM fund_call c JOIN organisation o ON o.id = c.organisation JOIN feature f ON f.id = c.feature ",
            "LEFT JOIN membership m ON m.organisation = c.organisation AND m.collective = f.collective WHERE ",
            $end
        )
    };
}

/// Calls, newest first, with numbers below `below`; at most `limit`.
pub async fn list(tx: &mut Tx, which: Which, below: i64, limit: i64) -> sqlx::Result<Vec<Listed>> {
    match which {
        Which::Pot(pot) => {
            const SQL: &str = listing!("c.pot = $1 AND c.number < $2 ORDER BY c.number DESC LIMIT $3");
            fetch_all(tx, SQL, args![pot, below, limit]).await
        }
        Which::Feature(feature) => {
            const SQL: &str = listing!("c.feature = $1 AND c.number < $2 ORDER BY c.number DESC LIMIT $3");
            fetch_all(tx, SQL, args![feature, below, limit]).await
        }
        Which::Organisation(pot, organisation) => {
            const SQL: &str = listing!(
                "c.organisation = $1 AND c.pot = $2 AND c.number < $3 ORDER BY c.number DESC LIMIT $4"
            );
            fetch_all(tx, SQL, args![organisation, pot, below, limit]).await
        }
    }
}

row! {
    /// What was called for something, and what of it was received.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct CalledSums {
        /// Called, less what others took over, what isn't asked any more and what was given back.
        pub called: Money,
        /// Received and not given back.
        pub received: Money,
        /// How many calls still await money.
        pub awaited: i64,
    }
}

/// What was called for a feature.
pub async fn sums_of_feature(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<CalledSums> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(amount - covered - cancelled - repaid), 0) AS BIGINT) AS called, \
        CAST(COALESCE(SUM(received - repaid), 0) AS BIGINT) AS received, \
        CAST(COALESCE(SUM(CASE WHEN state IN ('open', 'partly_paid', 'unpaid') THEN 1 ELSE 0 END), 0) AS BIGINT) \
        AS awaited FROM fund_call WHERE feature = $1";
    Ok(fetch_optional(tx, SQL, args![feature]).await?.unwrap_or_default())
}

/// What an organisation still has to pay in a pot, over all its calls.
pub async fn owed_by(tx: &mut Tx, pot: PotId, organisation: OrganisationId) -> sqlx::Result<Money> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(amount - received - covered - cancelled), 0) AS BIGINT) \
        FROM fund_call WHERE organisation = $1 AND pot = $2";
    fetch_value(tx, SQL, args![organisation, pot]).await.map(Money::new)
}

row! {
    /// What was received for a call.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CallReceipt {
        /// Its id.
        pub id: CallReceiptId,
        /// For which call.
        pub fund_call: FundCallId,
        /// How much of it counts for the call.
        pub amount: Money,
        /// How much of that others had covered: they got as much back.
        pub late: Money,
        /// How much was more than called.
        pub excess: Money,
        /// On which day.
        pub received_on: Date,
        /// The posting, in a pot that holds money.
        pub posting: Option<PostingId>,
        /// Who recorded it.
        pub recorded_by: Option<PersonId>,
        /// When.
        pub created_at: Timestamp,
        /// When it was found wrong.
        pub undone_at: Option<Timestamp>,
        /// By whom.
        pub undone_by: Option<PersonId>,
    }
}

/// Writes what was received for a call.
pub async fn insert_receipt(tx: &mut Tx, receipt: &CallReceipt) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO call_receipt (id, fund_call, amount, late, excess, received_on, posting, \
        recorded_by, created_at, undone_at, undone_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = args![
        receipt.id,
        receipt.fund_call,
        receipt.amount,
        receipt.late,
        receipt.excess,
        receipt.received_on,
        receipt.posting,
        receipt.recorded_by,
        receipt.created_at,
        receipt.undone_at,
        receipt.undone_by
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::CallReceipt, receipt.id, Written::All).await
}

/// What was received for a call, the oldest first; at most `limit`.
pub async fn receipts(tx: &mut Tx, call: FundCallId, limit: i64) -> sqlx::Result<Vec<CallReceipt>> {
    const SQL: &str = "SELECT * FROM call_receipt WHERE fund_call = $1 ORDER BY id LIMIT $2";
    fetch_all(tx, SQL, args![call, limit]).await
}

/// The postings of a call's receipts that a treasurer recorded: the others were paid out of a pool.
pub async fn recorded(tx: &mut Tx, call: FundCallId) -> sqlx::Result<Vec<PostingId>> {
    const SQL: &str = "SELECT c.posting FROM call_receipt c JOIN receipt r ON r.posting = c.posting \
        WHERE c.fund_call = $1 ORDER BY c.posting";
    crate::fetch_values(tx, SQL, args![call]).await
}

/// Marks something received as a mistake. Whether it stood.
pub async fn undo_receipt(
    tx: &mut Tx,
    receipt: CallReceiptId,
    by: Option<PersonId>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    const SQL: &str =
        "UPDATE call_receipt SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL";
    let written = execute(tx, SQL, args![receipt, now, by]).await?;
    if written == 1 {
        let undone = Written::Only(&["undone_at", "undone_by"]);
        seals::renew_one(tx, Kind::CallReceipt, receipt, undone).await?;
    }
    Ok(written == 1)
}

row! {
    /// What an organisation paid for a feature, and what of it is still reserved.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PaidFor {
        /// Who.
        pub organisation: OrganisationId,
        /// All that came in for calls, less what was given back.
        pub paid: Money,
        /// What lies there still.
        pub reserved: Money,
    }
}

/// What each organisation paid for a feature's calls, by id.
pub async fn paid_for(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<PaidFor>> {
    const SQL: &str = "SELECT a.organisation, a.balance AS reserved, CAST( \
          COALESCE((SELECT SUM(t.amount) FROM transfer t JOIN posting p ON p.id = t.posting \
            WHERE t.to_account = a.id AND p.kind = 'call_payment'), 0) \
          - COALESCE((SELECT SUM(t.amount) FROM transfer t JOIN posting p ON p.id = t.posting \
            WHERE t.from_account = a.id AND p.kind IN ('release', 'reversal')), 0) AS BIGINT) AS paid \
        FROM account a WHERE a.feature = $1 AND a.kind = 'reserved' AND a.source = 'own' ORDER BY a.organisation";
    fetch_all(tx, SQL, args![feature]).await
}

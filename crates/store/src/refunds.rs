//! What is paid back to organisations that left.

use domain::{
    Money,
    ids::{OrganisationId, PersonId, PotId, RefundId},
    invoices::InvoiceState,
};
use jiff::Timestamp;

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_optional_locked, fetch_value, row,
    seals::{self, Kind, Written},
};

row! {
    /// What is paid back to an organisation, in the words of an invoice: whoever prepares it approves it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Refund {
        /// Its id.
        pub id: RefundId,
        /// Its pot.
        pub pot: PotId,
        /// Its number in the pot, from 1.
        pub number: i64,
        /// Who is paid back.
        pub organisation: OrganisationId,
        /// How much.
        pub amount: Money,
        /// The name of the bank account.
        pub payee: String,
        /// Where to transfer.
        pub iban: String,
        /// Where it stands: never entered nor refused.
        pub state: InvoiceState,
        /// Who prepared it.
        pub approved_by: PersonId,
        /// When.
        pub approved_at: Timestamp,
        /// What was prepared.
        pub approved_hash: [u8; 32],
        /// Who authorised it.
        pub authorised_by: Option<PersonId>,
        /// When.
        pub authorised_at: Option<Timestamp>,
        /// Who withdrew it.
        pub ended_by: Option<PersonId>,
        /// When.
        pub ended_at: Option<Timestamp>,
        /// Why it was withdrawn, or why its transfer came back; else empty.
        pub reason: String,
    }
}

row! {
    /// An organisation to which something is owed that nobody has prepared to pay back.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Owed {
        /// Who.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// Its name in addresses.
        pub slug: String,
        /// What is owed to it and was not transferred.
        pub owed: Money,
        /// How much of that somebody prepared to pay back.
        pub prepared: Money,
    }
}

impl Owed {
    /// What nobody has prepared to pay back.
    #[must_use]
    pub fn rest(&self) -> Money {
        self.owed.less(self.prepared)
    }
}

/// How much of what account `a` owes to organisation `o` somebody prepared to pay back.
macro_rules! prepared {
    () => {
        "CAST(COALESCE((SELECT SUM(r.amount) FROM refund r WHERE r.pot = a.pot AND r.organisation = o.id \
         AND r.state IN ('approved', 'authorised')), 0) AS BIGINT)"
    };
}
pub(crate) use prepared;

macro_rules! owed {
    ($end:literal) => {
        concat!(
            "SELECT o.id AS organisation, o.name, o.slug, a.balance AS owed, ",
            prepared!(),
            " AS prepared FROM account a JOIN organisation o ON o.id = a.organisation ",
            "WHERE a.pot = $1 AND a.book = 'cash' AND a.kind = 'refund_due' AND a.balance > 0 ",
            $end
        )
    };
}

/// The organisations of a pot to which something is owed, by name.
pub async fn owed(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Owed>> {
    const SQL: &str = owed!("ORDER BY o.name, o.id LIMIT 500");
    fetch_all(tx, SQL, args![pot]).await
}

/// What is owed to an organisation in a pot, if anything is.
pub async fn owed_to(tx: &mut Tx, pot: PotId, organisation: OrganisationId) -> sqlx::Result<Option<Owed>> {
    const SQL: &str = owed!("AND a.organisation = $2");
    fetch_optional(tx, SQL, args![pot, organisation]).await
}

/// What of an organisation's own money its departures left in a pot, for the others.
pub async fn left_to_others(tx: &mut Tx, pot: PotId, organisation: OrganisationId) -> sqlx::Result<Money> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM posting p \
        JOIN transfer t ON t.posting = p.id JOIN account a ON a.id = t.from_account \
        JOIN account b ON b.id = t.to_account WHERE p.pot = $1 AND p.book = 'cash' AND p.kind = 'departure' \
        AND a.organisation = $2 AND (a.kind = 'pool' OR a.source = 'own') AND b.kind = 'pool_common'";
    fetch_value(tx, SQL, args![pot, organisation]).await
}

/// The number of the next refund of a pot.
pub async fn next_number(tx: &mut Tx, pot: PotId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM refund WHERE pot = $1", args![pot]).await
}

/// Writes a new refund.
pub async fn insert(tx: &mut Tx, new: &Refund) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO refund (id, pot, number, organisation, amount, payee, iban, state, approved_by, \
        approved_at, approved_hash, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values = args![
        new.id,
        new.pot,
        new.number,
        new.organisation,
        new.amount,
        new.payee,
        new.iban,
        new.state,
        new.approved_by,
        new.approved_at,
        new.approved_hash,
        new.reason
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::Refund, new.id, Written::All).await
}

/// Writes what a refund has become.
pub async fn update(tx: &mut Tx, refund: &Refund) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE refund SET state = $2, authorised_by = $3, authorised_at = $4, ended_by = $5, \
        ended_at = $6, reason = $7 WHERE id = $1";
    let values = args![
        refund.id,
        refund.state,
        refund.authorised_by,
        refund.authorised_at,
        refund.ended_by,
        refund.ended_at,
        refund.reason
    ];
    let Some(before) = by_id(tx, refund.id).await? else { return Ok(()) };
    execute(tx, SQL, values).await?;
    // What it wrote as it was found is not confirmed by that.
    let columns = [
        ("state", before.state != refund.state),
        ("authorised_by", before.authorised_by != refund.authorised_by),
        ("authorised_at", before.authorised_at != refund.authorised_at),
    ];
    let changed: Vec<&str> =
        columns.into_iter().filter_map(|(name, is_other)| is_other.then_some(name)).collect();
    seals::renew_one(tx, Kind::Refund, refund.id, Written::Only(&changed)).await
}

/// A refund.
pub async fn by_id(tx: &mut Tx, refund: RefundId) -> sqlx::Result<Option<Refund>> {
    fetch_optional(tx, "SELECT * FROM refund WHERE id = $1", args![refund]).await
}

/// A refund, locked.
pub async fn lock(tx: &mut Tx, refund: RefundId) -> sqlx::Result<Option<Refund>> {
    fetch_optional_locked(tx, "SELECT * FROM refund WHERE id = $1", args![refund]).await
}

/// The refund of that number in a pot.
pub async fn by_number(tx: &mut Tx, pot: PotId, number: i64) -> sqlx::Result<Option<Refund>> {
    fetch_optional(tx, "SELECT * FROM refund WHERE pot = $1 AND number = $2", args![pot, number]).await
}

/// The refunds of an organisation in a pot, the newest first; at most `limit`.
pub async fn of_organisation(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    limit: u16,
) -> sqlx::Result<Vec<Refund>> {
    const SQL: &str =
        "SELECT * FROM refund WHERE pot = $1 AND organisation = $2 ORDER BY number DESC LIMIT $3";
    fetch_all(tx, SQL, args![pot, organisation, limit]).await
}

row! {
    /// A refund as the list of payments shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Listed {
        /// Its id.
        pub id: RefundId,
        /// Its number in the pot.
        pub number: i64,
        /// How much.
        pub amount: Money,
        /// The name of the bank account.
        pub payee: String,
        /// Where to transfer.
        pub iban: String,
        /// Where it stands.
        pub state: InvoiceState,
        /// The organisation's name.
        pub name: String,
        /// How many transfers of it came back.
        pub came_back: i64,
    }
}

/// The refunds of a pot that stand, the newest first; at most `limit`.
pub async fn of_pot(tx: &mut Tx, pot: PotId, limit: u16) -> sqlx::Result<Vec<Listed>> {
    const SQL: &str = "SELECT r.id, r.number, r.amount, r.payee, r.iban, r.state, o.name, \
        (SELECT COUNT(*) FROM payment p WHERE p.refund = r.id AND p.bounced_on IS NOT NULL) AS came_back \
        FROM refund r JOIN organisation o ON o.id = r.organisation \
        WHERE r.pot = $1 AND r.state <> 'withdrawn' ORDER BY r.number DESC LIMIT $2";
    fetch_all(tx, SQL, args![pot, limit]).await
}

/// The refunds of a pot with a number below `below`, the newest first; at most `limit`.
pub async fn list(tx: &mut Tx, pot: PotId, below: i64, limit: i64) -> sqlx::Result<Vec<Refund>> {
    const SQL: &str = "SELECT * FROM refund WHERE pot = $1 AND number < $2 ORDER BY number DESC LIMIT $3";
    fetch_all(tx, SQL, args![pot, below, limit]).await
}

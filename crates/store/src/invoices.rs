//! Invoices of whoever does the work.

use domain::{
    Money,
    ids::{FeatureId, FileId, InvoiceId, OrganisationId, PersonId, PostingId, PotId},
    invoices::InvoiceState,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_optional_locked, fetch_value, fetch_values, row,
    seals::{self, Kind, Written},
};

crate::text_columns! { InvoiceState }

row! {
    /// An invoice.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Invoice {
        /// Its id.
        pub id: InvoiceId,
        /// Its pot.
        pub pot: PotId,
        /// For which feature.
        pub feature: FeatureId,
        /// Its number in the pot, from 1.
        pub number: i64,
        /// The number that whoever wrote it gave it.
        pub reference: String,
        /// The same, folded.
        pub reference_key: String,
        /// Its date.
        pub dated_on: Date,
        /// How much.
        pub amount: Money,
        /// Who is paid.
        pub payee: String,
        /// The same, folded.
        pub payee_key: String,
        /// The organisation that is paid, where it is one that is known here.
        pub payee_organisation: Option<OrganisationId>,
        /// Where to transfer.
        pub iban: String,
        /// The invoice itself.
        pub file: FileId,
        /// SHA-256 of its bytes.
        pub file_hash: [u8; 32],
        /// Where it stands.
        pub state: InvoiceState,
        /// Who entered it, or corrected it last.
        pub entered_by: PersonId,
        /// For which organisation.
        pub entered_for: Option<OrganisationId>,
        /// When.
        pub created_at: Timestamp,
        /// Who approved it.
        pub approved_by: Option<PersonId>,
        /// When.
        pub approved_at: Option<Timestamp>,
        /// What was approved.
        pub approved_hash: Option<[u8; 32]>,
        /// Who authorised it.
        pub authorised_by: Option<PersonId>,
        /// When.
        pub authorised_at: Option<Timestamp>,
        /// Who refused or withdrew it.
        pub ended_by: Option<PersonId>,
        /// When.
        pub ended_at: Option<Timestamp>,
        /// Why; empty where it stands.
        pub reason: String,
        /// The posting by which it fell due.
        pub due_posting: Option<PostingId>,
    }
}

/// The number of the next invoice of a pot.
pub async fn next_number(tx: &mut Tx, pot: PotId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM invoice WHERE pot = $1", args![pot]).await
}

/// Which of the things that an invoice has alone, another that stands has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The number, of the same payee.
    Reference,
    /// The file.
    File,
}

/// What another invoice that stands has too. Call it under the pot's lock; the constraints decide all the same.
pub async fn taken(tx: &mut Tx, new: &Invoice) -> sqlx::Result<Option<Taken>> {
    const REFERENCE: &str = "SELECT COUNT(*) FROM invoice WHERE pot = $1 AND payee_key = $2 AND reference_key = $3 \
        AND id <> $4 AND state NOT IN ('refused', 'withdrawn')";
    const FILE: &str = "SELECT COUNT(*) FROM invoice WHERE pot = $1 AND file_hash = $2 \
        AND id <> $3 AND state NOT IN ('refused', 'withdrawn')";
    let same: i64 =
        fetch_value(tx, REFERENCE, args![new.pot, new.payee_key, new.reference_key, new.id]).await?;
    if same > 0 {
        return Ok(Some(Taken::Reference));
    }
    let same: i64 = fetch_value(tx, FILE, args![new.pot, new.file_hash, new.id]).await?;
    Ok((same > 0).then_some(Taken::File))
}

/// Writes a new invoice. Errors: the constraints `invoice_reference_once`, `invoice_file_once`.
pub async fn insert(tx: &mut Tx, new: &Invoice) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO invoice (id, pot, feature, number, reference, reference_key, dated_on, amount, \
        payee, payee_key, payee_organisation, iban, file, file_hash, state, entered_by, entered_for, created_at, \
        reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    let values = args![
        new.id,
        new.pot,
        new.feature,
        new.number,
        new.reference,
        new.reference_key,
        new.dated_on,
        new.amount,
        new.payee,
        new.payee_key,
        new.payee_organisation,
        new.iban,
        new.file,
        new.file_hash,
        new.state,
        new.entered_by,
        new.entered_for,
        new.created_at,
        new.reason
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::Invoice, new.id, Written::All).await?;
    add_writer(tx, new.id, new.entered_by, new.created_at).await
}

/// Writes that somebody entered an invoice or corrected it; once is enough.
pub async fn add_writer(
    tx: &mut Tx,
    invoice: InvoiceId,
    person: PersonId,
    at: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO invoice_writer (invoice, person, created_at) VALUES ($1, $2, $3) \
        ON CONFLICT (invoice, person) DO NOTHING";
    execute(tx, SQL, args![invoice, person, at]).await.map(drop)
}

/// Everybody who entered an invoice or corrected it.
pub async fn writers(tx: &mut Tx, invoice: InvoiceId) -> sqlx::Result<Vec<PersonId>> {
    const SQL: &str =
        "SELECT person FROM invoice_writer WHERE invoice = $1 ORDER BY created_at, person LIMIT 10000";
    let rows: Vec<Writer> = fetch_all(tx, SQL, args![invoice]).await?;
    Ok(rows.into_iter().map(|row| row.person).collect())
}

row! {
    struct Writer { person: PersonId }
}

/// Writes what an invoice has become: its state, its persons, why it was refused, where it is paid after a correction.
pub async fn update(tx: &mut Tx, invoice: &Invoice) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE invoice SET state = $2, approved_by = $3, approved_at = $4, approved_hash = $5, \
        authorised_by = $6, authorised_at = $7, ended_by = $8, ended_at = $9, reason = $10, due_posting = $11, \
        payee = $12, payee_key = $13, payee_organisation = $14, iban = $15, entered_by = $16 WHERE id = $1";
    let values = args![
        invoice.id,
        invoice.state,
        invoice.approved_by,
        invoice.approved_at,
        invoice.approved_hash,
        invoice.authorised_by,
        invoice.authorised_at,
        invoice.ended_by,
        invoice.ended_at,
        invoice.reason,
        invoice.due_posting,
        invoice.payee,
        invoice.payee_key,
        invoice.payee_organisation,
        invoice.iban,
        invoice.entered_by
    ];
    let Some(before) = by_id(tx, invoice.id).await? else { return Ok(()) };
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::Invoice, invoice.id, Written::Only(&changed(&before, invoice))).await
}

/// The watched columns that [`update`] gives another value: the others are written as they were found.
fn changed(before: &Invoice, after: &Invoice) -> Vec<&'static str> {
    let columns = [
        ("state", before.state != after.state),
        ("approved_by", before.approved_by != after.approved_by),
        ("approved_at", before.approved_at != after.approved_at),
        ("approved_hash", before.approved_hash != after.approved_hash),
        ("authorised_by", before.authorised_by != after.authorised_by),
        ("authorised_at", before.authorised_at != after.authorised_at),
        ("due_posting", before.due_posting != after.due_posting),
        ("payee", before.payee != after.payee),
        ("payee_organisation", before.payee_organisation != after.payee_organisation),
        ("iban", before.iban != after.iban),
        ("entered_by", before.entered_by != after.entered_by),
    ];
    columns.into_iter().filter_map(|(name, is_other)| is_other.then_some(name)).collect()
}

/// When an invoice was presented, or before it another of its feature that two persons never agreed to: refused, withdrawn
/// or waiting.
pub async fn first_presented(tx: &mut Tx, invoice: &Invoice) -> sqlx::Result<Timestamp> {
    const SQL: &str = "SELECT MIN(created_at) FROM invoice WHERE feature = $1 \
        AND (id = $2 OR state IN ('entered', 'approved', 'refused', 'withdrawn'))";
    fetch_value(tx, SQL, args![invoice.feature, invoice.id]).await
}

/// An invoice, locked.
pub async fn lock(tx: &mut Tx, invoice: InvoiceId) -> sqlx::Result<Option<Invoice>> {
    fetch_optional_locked(tx, "SELECT * FROM invoice WHERE id = $1", args![invoice]).await
}

/// An invoice.
pub async fn by_id(tx: &mut Tx, invoice: InvoiceId) -> sqlx::Result<Option<Invoice>> {
    fetch_optional(tx, "SELECT * FROM invoice WHERE id = $1", args![invoice]).await
}

/// The invoice of that number in a pot.
pub async fn by_number(tx: &mut Tx, pot: PotId, number: i64) -> sqlx::Result<Option<Invoice>> {
    fetch_optional(tx, "SELECT * FROM invoice WHERE pot = $1 AND number = $2", args![pot, number]).await
}

/// The invoices of a feature, the oldest first; at most `limit`.
pub async fn of_feature(tx: &mut Tx, feature: FeatureId, limit: u16) -> sqlx::Result<Vec<Invoice>> {
    fetch_all(tx, "SELECT * FROM invoice WHERE feature = $1 ORDER BY number LIMIT $2", args![feature, limit])
        .await
}

/// The invoices of a pot in one state, the oldest first; at most `limit`.
pub async fn in_state(
    tx: &mut Tx,
    pot: PotId,
    state: InvoiceState,
    limit: u16,
) -> sqlx::Result<Vec<Invoice>> {
    const SQL: &str = "SELECT * FROM invoice WHERE pot = $1 AND state = $2 ORDER BY number LIMIT $3";
    fetch_all(tx, SQL, args![pot, state, limit]).await
}

row! {
    /// An invoice as the list of payments shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Listed {
        /// Its id.
        pub id: InvoiceId,
        /// Its number in the pot.
        pub number: i64,
        /// The number that whoever wrote it gave it.
        pub reference: String,
        /// How much.
        pub amount: Money,
        /// Who is paid.
        pub payee: String,
        /// Where to transfer.
        pub iban: String,
        /// Where it stands.
        pub state: InvoiceState,
        /// The title of its feature.
        pub title: String,
        /// How many transfers of it came back.
        pub came_back: i64,
    }
}

/// The invoices of a pot that a treasurer sees to, those that are to be paid first; at most `limit`, the newest.
pub async fn of_pot(tx: &mut Tx, pot: PotId, limit: u16) -> sqlx::Result<Vec<Listed>> {
    const SQL: &str = "SELECT i.id, i.number, i.reference, i.amount, i.payee, i.iban, i.state, f.title, \
        (SELECT COUNT(*) FROM payment p WHERE p.invoice = i.id AND p.bounced_on IS NOT NULL) AS came_back \
        FROM invoice i JOIN feature f ON f.id = i.feature \
        WHERE i.pot = $1 AND i.state NOT IN ('refused', 'withdrawn') \
        ORDER BY CASE i.state WHEN 'authorised' THEN 0 WHEN 'paid' THEN 1 WHEN 'approved' THEN 2 \
        WHEN 'entered' THEN 3 ELSE 4 END, i.number DESC LIMIT $2";
    fetch_all(tx, SQL, args![pot, limit]).await
}

row! {
    /// How many invoices of a feature wait for one of their two persons, and for how much.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Pending {
        /// How many.
        pub count: i64,
        /// Their sum.
        pub amount: Money,
    }
}

/// What of a feature is invoiced and not due yet.
pub async fn pending(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Pending> {
    const SQL: &str = "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM invoice \
        WHERE feature = $1 AND state IN ('entered', 'approved') AND due_posting IS NULL";
    let found: Option<Pending> = fetch_optional(tx, SQL, args![feature]).await?;
    Ok(found.unwrap_or_default())
}

row! {
    struct Known { organisation: OrganisationId, name: String }
}

/// The names of the organisations for which a person holds a mandate, or held one since a day: of those that began on
/// `today` or before and that they had at `begun`.
pub async fn ties(
    tx: &mut Tx,
    person: PersonId,
    since: Date,
    today: Date,
    since_at: Timestamp,
    begun: Timestamp,
) -> sqlx::Result<Vec<(OrganisationId, String)>> {
    const SQL: &str = "SELECT DISTINCT m.organisation, o.name FROM mandate m JOIN organisation o \
        ON o.id = m.organisation WHERE m.person = $1 AND m.starts_on <= $3 \
        AND (m.ends_on IS NULL OR m.ends_on >= $2) AND (m.ended_at IS NULL OR m.ended_at >= $4) \
        AND m.created_at <= $5 ORDER BY o.name LIMIT 500";
    let rows: Vec<Known> = fetch_all(tx, SQL, args![person, since, today, since_at, begun]).await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row.name)).collect())
}

/// The persons who hold a mandate for an organisation, or held one since a day, as [`ties`].
pub async fn tied(
    tx: &mut Tx,
    organisation: OrganisationId,
    since: Date,
    today: Date,
    since_at: Timestamp,
    begun: Timestamp,
) -> sqlx::Result<Vec<PersonId>> {
    const SQL: &str = "SELECT DISTINCT m.person FROM mandate m WHERE m.organisation = $1 AND m.starts_on <= $3 \
        AND (m.ends_on IS NULL OR m.ends_on >= $2) AND (m.ended_at IS NULL OR m.ended_at >= $4) \
        AND m.created_at <= $5 ORDER BY m.person LIMIT 10000";
    fetch_values(tx, SQL, args![organisation, since, today, since_at, begun]).await
}

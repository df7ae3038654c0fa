//! Seals of the rows beside the journal: [`renew`] after each write of such a row, and what a check reads of them.
//!
//! What is watched of each table stands in `kinds`, and every function of this crate that writes one of these
//! columns seals it in the same transaction. A column that is watched anew comes last in its list; a migration that writes
//! one empties the seals of its rows (`X''`), which are then counted as not covered.

mod kinds;

use std::sync::LazyLock;

use domain::{
    ids::{CollectiveId, OrganisationId, PotId},
    invariants::KeptRow,
    sealing::{self, SealedRow},
};
use uuid::Uuid;

pub use kinds::Kind;
use kinds::{KINDS, Scope, Shape};

use crate::{Arg, ToColumn as _, Tx, args, fetch_all, fetch_all_in, fetch_optional_value, insert_many, row};

/// How many rows are sealed by one statement.
const SEALED_AT_ONCE: usize = 500;
/// How many seals are checked at once.
const CHECKED_AT_ONCE: i64 = 1_000;
/// How many rows without a seal are told.
const TOLD: i64 = 20;

impl Kind {
    fn texts(self, tx: &Tx) -> &'static Texts {
        static POSTGRES: LazyLock<Vec<Texts>> = LazyLock::new(|| KINDS.map(|kind| kind.written(true)).into());
        static SQLITE: LazyLock<Vec<Texts>> = LazyLock::new(|| KINDS.map(|kind| kind.written(false)).into());
        let all: &'static Vec<Texts> = if tx.is_postgres() { &POSTGRES } else { &SQLITE };
        &all[self as usize]
    }

    fn written(self, is_postgres: bool) -> Texts {
        let Shape { table, subject, part, of, scope, join, in_each, columns } = self.shape();
        let scope = match of {
            Scope::Instance if is_postgres => "CAST('00000000-0000-0000-0000-000000000000' AS UUID)",
            Scope::Instance => "X'00000000000000000000000000000000'",
            Scope::Pot | Scope::Collective | Scope::Members => scope,
        };
        let part = part.map_or_else(|| "CAST(0 AS BIGINT)".to_owned(), |part| format!("t.{part}"));
        let said = columns.iter().map(|column| column.said(is_postgres)).collect::<Vec<_>>().join(" || ");
        let own = format!("x.kind = '{table}' AND x.subject = t.{subject} AND x.part = {part}");
        let rows = format!("{table} t{join} LEFT JOIN seal x ON x.scope = {scope} AND {own}");
        let own = if in_each { format!("{own} AND x.scope = {scope}") } else { own };
        let within = match of {
            Scope::Pot | Scope::Collective | Scope::Instance => "= $1",
            Scope::Members => "IN (SELECT organisation FROM membership WHERE collective = $1)",
        };
        Texts {
            rows: format!(
                "SELECT {scope} AS scope, t.{subject} AS subject, {part} AS part, {said} AS said, x.seal AS seal \
                 FROM {rows} WHERE t.{subject} IN (@list)"
            ),
            // In the order of the seals' own key, each row found by its own.
            seals: format!(
                "SELECT x.scope AS scope, x.subject AS subject, x.part AS part, \
                 CASE WHEN t.{subject} IS NULL THEN NULL ELSE {said} END AS said, x.seal AS seal \
                 FROM seal x LEFT JOIN {table} t ON {own} WHERE x.scope {within} AND x.kind = '{table}' \
                 AND (x.subject, x.part) > ($2, $3) ORDER BY x.subject, x.part LIMIT $4"
            ),
            unsealed: format!(
                "SELECT t.{subject} AS subject FROM {rows} WHERE {scope} {within} AND x.subject IS NULL LIMIT $2"
            ),
        }
    }
}

/// The statements of a kind.
struct Texts {
    rows: String,
    seals: String,
    unsealed: String,
}

row! {
    struct Found {
        scope: Uuid,
        subject: Uuid,
        part: i64,
        said: Option<String>,
        seal: Option<Vec<u8>>,
    }
}

/// Which columns of rows were written.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// Rows that are new, or written whole.
    All,
    /// These columns: the seals of others stay.
    Only(&'a [&'a str]),
}

/// Seals rows that were written just now, each by its id and, where a subject has several, its number there.
pub async fn renew(
    tx: &mut Tx,
    kind: Kind,
    rows: impl IntoIterator<Item = (Uuid, i64)>,
    written: Written<'_>,
) -> sqlx::Result<()> {
    renew_in(tx, kind, None, &rows.into_iter().collect::<Vec<_>>(), written).await
}

/// Seals memberships of a collective that were written just now.
pub async fn renew_members(
    tx: &mut Tx,
    collective: CollectiveId,
    organisations: &[OrganisationId],
    written: Written<'_>,
) -> sqlx::Result<()> {
    let rows: Vec<(Uuid, i64)> = organisations.iter().map(|organisation| (organisation.0, 0)).collect();
    renew_in(tx, Kind::Membership, Some(collective.0), &rows, written).await
}

/// [`renew`], of those in one scope if it is given.
async fn renew_in(
    tx: &mut Tx,
    kind: Kind,
    scope: Option<Uuid>,
    rows: &[(Uuid, i64)],
    written: Written<'_>,
) -> sqlx::Result<()> {
    const TABLE: &str = "seal (scope, kind, subject, part, seal)";
    const SUFFIX: &str = "ON CONFLICT (scope, kind, subject, part) DO UPDATE SET seal = excluded.seal";
    if rows.is_empty() {
        return Ok(());
    }
    let key = key(tx).await?;
    let (sql, shape) = (&kind.texts(tx).rows, kind.shape());
    let written = match written {
        Written::All => None,
        Written::Only(columns) => Some(columns),
    };
    for chunk in rows.chunks(SEALED_AT_ONCE) {
        let list: Vec<Arg> = chunk.iter().map(|(subject, _)| subject.to_arg()).collect();
        let found: Vec<Found> = fetch_all_in(tx, sql, args![], list).await?;
        let mut sealed = Vec::with_capacity(chunk.len() * 5);
        let is_meant = |one: &&Found| {
            scope.is_none_or(|scope| one.scope == scope) && chunk.contains(&(one.subject, one.part))
        };
        for one in found.iter().filter(is_meant) {
            let columns = columns(&shape, one.said.as_deref().unwrap_or_default());
            let row =
                SealedRow { table: shape.table, subject: one.subject, part: one.part, columns: &columns };
            let seal = sealing::seal(&key, &row, one.seal.as_deref(), written);
            sealed.extend(args![one.scope, shape.table, one.subject, one.part, seal]);
        }
        insert_many(tx, TABLE, 5, sealed, SUFFIX).await?;
    }
    Ok(())
}

/// Whether a row is what was written, as far as its seal covers it.
pub async fn stands(tx: &mut Tx, kind: Kind, row: impl Into<Uuid>) -> sqlx::Result<bool> {
    let (sql, shape) = (&kind.texts(tx).rows, kind.shape());
    let found: Vec<Found> = fetch_all_in(tx, sql, args![], vec![row.into().to_arg()]).await?;
    let [Found { subject, part, said: Some(said), seal: Some(seal), .. }] = found.as_slice() else {
        return Ok(false);
    };
    let columns = columns(&shape, said);
    let row = SealedRow { table: shape.table, subject: *subject, part: *part, columns: &columns };
    let found = sealing::stand(&key(tx).await?, &row, seal);
    Ok(!found.contains(&sealing::Stands::Changed))
}

/// [`renew`] of one row.
pub async fn renew_one(
    tx: &mut Tx,
    kind: Kind,
    row: impl Into<Uuid>,
    written: Written<'_>,
) -> sqlx::Result<()> {
    renew(tx, kind, [(row.into(), 0)], written).await
}

/// The key of the seals. Without it no seal holds.
async fn key(tx: &mut Tx) -> sqlx::Result<Vec<u8>> {
    const SQL: &str = "SELECT value FROM instance WHERE name = 'seal_key'";
    let key: Option<String> = fetch_optional_value(tx, SQL, args![]).await?;
    Ok(key.and_then(|key| hex::decode(key).ok()).unwrap_or_default())
}

/// The columns that a text tells of, in order: `LENGTH:VALUE` each, in characters, or `-`.
fn columns(shape: &Shape, mut said: &str) -> Vec<(&'static str, Option<String>)> {
    let mut columns = Vec::with_capacity(shape.columns.len());
    for column in shape.columns {
        let value = if let Some(rest) = said.strip_prefix('-') {
            said = rest;
            None
        } else {
            let (length, rest) = said.split_once(':').unwrap_or(("0", ""));
            let length = length.parse().unwrap_or(0);
            let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
            said = &rest[end..];
            Some(rest[..end].to_owned())
        };
        columns.push((column.name(), value));
    }
    columns
}

/// Goes through what is sealed of a pot and of its collective, a part at a time: the rows with their seals, those without,
/// and seals whose row is gone.
pub async fn each(
    tx: &mut Tx,
    pot: PotId,
    collective: CollectiveId,
    mut see: impl FnMut(&KeptRow<'_>),
) -> sqlx::Result<()> {
    let key = key(tx).await?;
    for kind in KINDS {
        let shape = kind.shape();
        let scope = match shape.of {
            Scope::Pot => pot.0,
            Scope::Collective | Scope::Members => collective.0,
            Scope::Instance => Uuid::nil(),
        };
        see_sealed(tx, kind, scope, &key, &mut see).await?;
        let without: Vec<Unsealed> = fetch_all(tx, &kind.texts(tx).unsealed, args![scope, TOLD]).await?;
        for row in without {
            see(&KeptRow::NeverWritten(shape.table, &row.subject.to_string()));
        }
    }
    Ok(())
}

row! {
    struct Unsealed { subject: Uuid }
}

async fn see_sealed(
    tx: &mut Tx,
    kind: Kind,
    scope: Uuid,
    key: &[u8],
    see: &mut impl FnMut(&KeptRow<'_>),
) -> sqlx::Result<()> {
    let (sql, shape) = (&kind.texts(tx).seals, kind.shape());
    let (mut subject, mut part) = (Uuid::nil(), -1);
    loop {
        let found: Vec<Found> = fetch_all(tx, sql, args![scope, subject, part, CHECKED_AT_ONCE]).await?;
        let Some(last) = found.last() else { return Ok(()) };
        (subject, part) = (last.subject, last.part);
        for one in &found {
            // Nothing is said of a row that is gone.
            let is_gone = one.said.is_none();
            let columns = columns(&shape, one.said.as_deref().unwrap_or_default());
            let row =
                SealedRow { table: shape.table, subject: one.subject, part: one.part, columns: &columns };
            match &one.seal {
                Some(seal) if !is_gone => see(&KeptRow::Both { row, seal, key }),
                _ => see(&KeptRow::Gone(shape.table, &one.subject.to_string())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_finds_its_own_statements() {
        for (place, kind) in KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, place, "{kind:?} stands elsewhere among the kinds");
        }
    }
}

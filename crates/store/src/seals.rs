//! Seals of the rows beside the journal: [`renew`] after each write of such a row, and what a check reads of them.
//!
//! What is watched of each table stands in `Kind::shape`, and every function of this crate that writes one of these
//! columns seals it in the same transaction. A column that is watched anew comes last in its list; a migration that writes
//! one empties the seals of its rows (`X''`), which are then counted as not covered.

use std::sync::LazyLock;

use domain::{
    ids::{CollectiveId, PotId},
    sealing::{self, SealedRow},
};
use uuid::Uuid;

use crate::{Arg, ToColumn as _, Tx, args, fetch_all, fetch_all_in, fetch_optional_value, insert_many, row};

/// How many rows are sealed by one statement.
const SEALED_AT_ONCE: usize = 500;
/// How many seals are checked at once.
const CHECKED_AT_ONCE: i64 = 1_000;
/// How many rows without a seal are told.
const TOLD: i64 = 20;

/// What is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whoever holds money, with its IBAN.
    Host,
    /// A pot: its currency, its mode, its host.
    Pot,
    /// A version of a collective's rules.
    Rules,
    /// A decision.
    Decision,
    /// What money that came in rests on.
    Receipt,
    /// A gift fund.
    GiftFund,
    /// A round: its days and its rules.
    Round,
    /// A feature: who leads it and does the work, its price and its dates.
    Feature,
    /// The terms under which a feature is funded.
    FundingTerms,
    /// A promise.
    Promise,
    /// A call for funds.
    FundCall,
    /// A subscription.
    Subscription,
    /// What was agreed of it.
    SubscriptionTerms,
    /// What was called for it.
    SubscriptionCall,
}

/// A column that is watched.
#[derive(Clone, Copy)]
enum Column {
    Id(&'static str),
    Text(&'static str),
    Number(&'static str),
}

use Column::{Id, Number, Text};

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Id(name) | Text(name) | Number(name) => name,
        }
    }

    /// The column as a text that says its own length; `-` for NULL.
    fn said(self, is_postgres: bool) -> String {
        let text = match self {
            Id(name) if is_postgres => format!("REPLACE(CAST(t.{name} AS TEXT), '-', '')"),
            Id(name) => format!("LOWER(HEX(t.{name}))"),
            Text(name) => format!("t.{name}"),
            Number(name) => format!("CAST(t.{name} AS TEXT)"),
        };
        // SQLite's HEX of NULL is the empty text.
        let name = self.name();
        format!("CASE WHEN t.{name} IS NULL THEN '-' ELSE LENGTH({text}) || ':' || {text} END")
    }
}

/// How a kind lies in its table.
struct Shape {
    table: &'static str,
    /// The column of its id, or of what it belongs to.
    subject: &'static str,
    /// The column that tells rows of one subject apart, if there are several.
    part: Option<&'static str>,
    /// The pot or the collective.
    scope: &'static str,
    /// What the scope is read from, beside the table.
    join: &'static str,
    columns: &'static [Column],
}

impl Shape {
    const fn of(
        table: &'static str,
        subject: &'static str,
        scope: &'static str,
        columns: &'static [Column],
    ) -> Self {
        Self { table, subject, part: None, scope, join: "", columns }
    }

    const fn versions(mut self, scope: &'static str, join: &'static str) -> Self {
        (self.part, self.scope, self.join) = (Some("version"), scope, join);
        self
    }
}

const KINDS: [Kind; 14] = [
    Kind::Host,
    Kind::Pot,
    Kind::Rules,
    Kind::Decision,
    Kind::Receipt,
    Kind::GiftFund,
    Kind::Round,
    Kind::Feature,
    Kind::FundingTerms,
    Kind::Promise,
    Kind::FundCall,
    Kind::Subscription,
    Kind::SubscriptionTerms,
    Kind::SubscriptionCall,
];

const HOST: &[Column] = &[
    Id("organisation"),
    Text("name"),
    Text("address"),
    Text("iban"),
    Text("signatory"),
    Number("fee_rate"),
    Number("gifts_open"),
    Text("give_link"),
    Number("tax_receipts"),
    Number("ended_at"),
];
const POT: &[Column] = &[
    Id("collective"),
    Text("currency"),
    Number("exponent"),
    Text("fund_mode"),
    Id("host"),
    Id("bank_account"),
];
const RULES: &[Column] = &[Number("schema_version"), Text("body")];
const DECISION: &[Column] = &[
    Number("number"),
    Text("title"),
    Text("outcome"),
    Text("decided_on"),
    Text("method"),
    Id("departs"),
    Id("recorded_by"),
];
const RECEIPT: &[Column] = &[Text("received_on"), Id("proof"), Text("reference")];
const GIFT_FUND: &[Column] =
    &[Text("name"), Text("nature"), Id("earmark"), Text("conditions"), Text("giver"), Number("giver_public")];
const ROUND: &[Column] = &[
    Number("number"),
    Text("opens_on"),
    Text("closes_on"),
    Text("share_rule"),
    Number("cap"),
    Number("lapse"),
    Text("promises"),
    Number("rules_version"),
];
const FEATURE: &[Column] = &[
    Number("number"),
    Text("title"),
    Text("done_when"),
    Id("software"),
    Id("lead"),
    Id("lead_person"),
    Text("worker"),
    Id("worker_organisation"),
    Text("track"),
    Id("round"),
    Number("outside_rounds"),
    Number("rules_version"),
    Number("terms_version"),
    Number("floor"),
    Number("target"),
    Number("maximum"),
    Text("closing_on"),
    Id("host"),
];
const FUNDING_TERMS: &[Column] = &[
    Number("floor"),
    Number("target"),
    Number("maximum"),
    Text("closing_on"),
    Text("surplus_rule"),
    Number("rules_version"),
    Text("reason"),
    Text("suspended_until"),
    Id("decision"),
];
const PROMISE: &[Column] = &[
    Id("organisation"),
    Id("feature"),
    Id("round"),
    Text("kind"),
    Number("amount"),
    Number("firm"),
    Text("subject_to"),
    Number("ended_at"),
];
const FUND_CALL: &[Column] = &[
    Id("feature"),
    Id("organisation"),
    Number("number"),
    Text("reference"),
    Number("amount"),
    Text("due_on"),
    Id("covers"),
];
const SUBSCRIPTION: &[Column] = &[
    Id("organisation"),
    Text("period"),
    Text("starts_on"),
    Text("ends_on"),
    Text("stops_on"),
    Number("called"),
];
const SUBSCRIPTION_TERMS: &[Column] = &[Number("amount"), Number("rate"), Id("agreed_by"), Text("reason")];
const SUBSCRIPTION_CALL: &[Column] = &[
    Id("subscription"),
    Id("organisation"),
    Number("number"),
    Text("reference"),
    Text("from_day"),
    Text("until_day"),
    Number("amount"),
    Number("cancelled"),
    Text("due_on"),
];

impl Kind {
    const fn shape(self) -> Shape {
        const FEATURES: &str = " JOIN feature f ON f.id = t.feature";
        const SUBSCRIPTIONS: &str = " JOIN subscription s ON s.id = t.subscription";
        match self {
            Self::Host => Shape::of("host", "id", "t.collective", HOST),
            Self::Pot => Shape::of("pot", "id", "t.id", POT),
            Self::Rules => Shape::of("rules", "collective", "", RULES).versions("t.collective", ""),
            Self::Decision => Shape::of("decision", "id", "t.collective", DECISION),
            Self::Receipt => Shape::of("receipt", "posting", "t.pot", RECEIPT),
            Self::GiftFund => Shape::of("gift_fund", "id", "t.pot", GIFT_FUND),
            Self::Round => Shape::of("round", "id", "t.pot", ROUND),
            Self::Feature => Shape::of("feature", "id", "t.pot", FEATURE),
            Self::FundingTerms => {
                Shape::of("funding_terms", "feature", "", FUNDING_TERMS).versions("f.pot", FEATURES)
            }
            Self::Promise => Shape::of("promise", "id", "t.pot", PROMISE),
            Self::FundCall => Shape::of("fund_call", "id", "t.pot", FUND_CALL),
            Self::Subscription => Shape::of("subscription", "id", "t.pot", SUBSCRIPTION),
            Self::SubscriptionTerms => {
                let shape = Shape::of("subscription_terms", "subscription", "", SUBSCRIPTION_TERMS);
                shape.versions("s.pot", SUBSCRIPTIONS)
            }
            Self::SubscriptionCall => Shape::of("subscription_call", "id", "t.pot", SUBSCRIPTION_CALL),
        }
    }

    fn texts(self, tx: &Tx) -> &'static Texts {
        static POSTGRES: LazyLock<Vec<Texts>> = LazyLock::new(|| KINDS.map(|kind| kind.written(true)).into());
        static SQLITE: LazyLock<Vec<Texts>> = LazyLock::new(|| KINDS.map(|kind| kind.written(false)).into());
        let all: &'static Vec<Texts> = if tx.is_postgres() { &POSTGRES } else { &SQLITE };
        &all[self as usize]
    }

    fn written(self, is_postgres: bool) -> Texts {
        let Shape { table, subject, part, scope, join, columns } = self.shape();
        let part = part.map_or_else(|| "CAST(0 AS BIGINT)".to_owned(), |part| format!("t.{part}"));
        let said = columns.iter().map(|column| column.said(is_postgres)).collect::<Vec<_>>().join(" || ");
        let of = |seal: &str| {
            format!("{seal}.kind = '{table}' AND {seal}.subject = t.{subject} AND {seal}.part = {part}")
        };
        let rows = format!("{table} t{join} LEFT JOIN seal x ON x.scope = {scope} AND {}", of("x"));
        Texts {
            rows: format!(
                "SELECT {scope} AS scope, t.{subject} AS subject, {part} AS part, {said} AS said, x.seal AS seal \
                 FROM {rows} WHERE t.{subject} IN (@list)"
            ),
            // In the order of the seals' own key, each row found by its own.
            seals: format!(
                "SELECT x.scope AS scope, x.subject AS subject, x.part AS part, \
                 CASE WHEN t.{subject} IS NULL THEN NULL ELSE {said} END AS said, x.seal AS seal \
                 FROM seal x LEFT JOIN {table} t ON {} WHERE x.scope = $1 AND x.kind = '{table}' \
                 AND (x.subject, x.part) > ($2, $3) ORDER BY x.subject, x.part LIMIT $4",
                of("x")
            ),
            unsealed: format!(
                "SELECT t.{subject} AS subject FROM {rows} WHERE {scope} = $1 AND x.subject IS NULL LIMIT $2"
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
pub enum Written {
    /// Rows that are new, or written whole.
    All,
    /// These columns: the seals of others stay.
    Only(&'static [&'static str]),
}

/// Seals rows that were written just now, each by its id and, where a subject has several, its number there.
pub async fn renew(
    tx: &mut Tx,
    kind: Kind,
    rows: impl IntoIterator<Item = (Uuid, i64)>,
    written: Written,
) -> sqlx::Result<()> {
    const TABLE: &str = "seal (scope, kind, subject, part, seal)";
    const SUFFIX: &str = "ON CONFLICT (scope, kind, subject, part) DO UPDATE SET seal = excluded.seal";
    let rows: Vec<(Uuid, i64)> = rows.into_iter().collect();
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
        for one in found.iter().filter(|one| chunk.contains(&(one.subject, one.part))) {
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

/// [`renew`] of one row.
pub async fn renew_one(tx: &mut Tx, kind: Kind, row: impl Into<Uuid>, written: Written) -> sqlx::Result<()> {
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
    mut see: impl FnMut(&domain::invariants::KeptRow<'_>),
) -> sqlx::Result<()> {
    let key = key(tx).await?;
    for kind in KINDS {
        let shape = kind.shape();
        let scope = if shape.scope == "t.collective" { collective.0 } else { pot.0 };
        see_sealed(tx, kind, scope, &key, &mut see).await?;
        let without: Vec<Unsealed> = fetch_all(tx, &kind.texts(tx).unsealed, args![scope, TOLD]).await?;
        for row in without {
            see(&domain::invariants::KeptRow::NeverWritten(shape.table, &row.subject.to_string()));
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
    see: &mut impl FnMut(&domain::invariants::KeptRow<'_>),
) -> sqlx::Result<()> {
    use domain::invariants::KeptRow;
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

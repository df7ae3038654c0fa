//! By which ways a need could be answered (« pistes »).

use domain::{
    Money,
    ids::{ApproachId, NeedId, OrganisationId, PersonId},
    needs::{ApproachKind, ApproachState, ApproachText},
};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row, search};

row! {
    /// An approach.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ApproachRow {
        /// Its id.
        pub id: ApproachId,
        /// Of which need.
        pub need: NeedId,
        /// Its number there, from 1, without gap.
        pub number: i64,
        /// By which way.
        pub kind: ApproachKind,
        /// One line.
        pub title: String,
        /// Markdown; may be empty.
        pub body: String,
        /// Where to read on; may be empty.
        pub url: String,
        /// Who knows it; may be empty.
        pub known_by: String,
        /// A rough price: from.
        pub price_from: Option<Money>,
        /// And to.
        pub price_to: Option<Money>,
        /// Who would maintain it; may be empty.
        pub maintained_by: String,
        /// Where it stands.
        pub state: ApproachState,
        /// Why; may be empty.
        pub state_reason: String,
        /// Where one may read why: addresses, a line each.
        pub evidence: String,
        /// The name of the organisation that wrote it.
        pub organisation_name: Option<String>,
        /// How many texts it had, this one included.
        pub version: i64,
        /// When it was written.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub edited_at: Option<Timestamp>,
    }
}

impl ApproachRow {
    /// Its text, as somebody would write it.
    #[must_use]
    pub fn text(&self) -> ApproachText {
        ApproachText {
            kind: self.kind,
            title: self.title.clone(),
            body: self.body.clone(),
            url: self.url.clone(),
            known_by: self.known_by.clone(),
            price: self.price_from.zip(self.price_to),
            maintained_by: self.maintained_by.clone(),
        }
    }
}

/// The statement that reads approaches, with the rest of it.
macro_rules! approaches {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.need, a.number, a.kind, a.title, a.body, a.url, a.known_by, a.price_from, a.price_to, \
             a.maintained_by, a.state, a.state_reason, a.evidence, o.name AS organisation_name, a.version, \
             a.created_at, a.edited_at FROM approach a LEFT JOIN organisation o ON o.id = a.organisation ",
            $rest
        )
    };
}

/// The approaches of a need, those that may be taken first, at most `limit`.
pub async fn of_need(tx: &mut Tx, need: NeedId, limit: i64) -> sqlx::Result<Vec<ApproachRow>> {
    fetch_all(
        tx,
        approaches!(
            "WHERE a.need = $1 ORDER BY CASE WHEN a.state IN ('open', 'done') THEN 0 ELSE 1 END, a.number LIMIT $2"
        ),
        args![need, limit],
    )
    .await
}

/// The approach of that number of a need.
pub async fn by_number(tx: &mut Tx, need: NeedId, number: i64) -> sqlx::Result<Option<ApproachRow>> {
    fetch_optional(tx, approaches!("WHERE a.need = $1 AND a.number = $2"), args![need, number]).await
}

/// How many approaches a need has.
pub async fn count(tx: &mut Tx, need: NeedId) -> sqlx::Result<i64> {
    let last: Option<i64> =
        fetch_value(tx, "SELECT MAX(number) FROM approach WHERE need = $1", args![need]).await?;
    Ok(last.unwrap_or(0))
}

/// Who writes an approach, and when.
#[derive(Clone, Copy, Debug)]
pub struct By {
    /// Who.
    pub person: PersonId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Now.
    pub at: Timestamp,
}

/// Writes an approach; its number. The caller has locked the collective.
pub async fn insert(
    tx: &mut Tx,
    id: ApproachId,
    need: NeedId,
    text: &ApproachText,
    by: By,
) -> sqlx::Result<i64> {
    let number = count(tx, need).await? + 1;
    execute(
        tx,
        "INSERT INTO approach (id, need, number, kind, title, body, url, known_by, price_from, price_to, \
         maintained_by, state, state_reason, evidence, author, organisation, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', '', '', $12, $13, $14)",
        args![
            id,
            need,
            number,
            text.kind,
            text.title,
            text.body,
            text.url,
            text.known_by,
            text.price.map(|(from, _)| from),
            text.price.map(|(_, to)| to),
            text.maintained_by,
            by.person,
            by.organisation,
            by.at
        ],
    )
    .await?;
    search::sources::needs(tx, &[need]).await?;
    Ok(number)
}

/// Writes the next text of an approach.
pub async fn edit(tx: &mut Tx, id: ApproachId, text: &ApproachText, at: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE approach SET kind = $2, title = $3, body = $4, url = $5, known_by = $6, price_from = $7, \
         price_to = $8, maintained_by = $9, edited_at = $10, version = version + 1 WHERE id = $1",
        args![
            id,
            text.kind,
            text.title,
            text.body,
            text.url,
            text.known_by,
            text.price.map(|(from, _)| from),
            text.price.map(|(_, to)| to),
            text.maintained_by,
            at
        ],
    )
    .await?;
    let need = fetch_value(tx, "SELECT need FROM approach WHERE id = $1", args![id]).await?;
    search::sources::needs(tx, &[need]).await
}

/// Writes where an approach stands, with the reason and where one may read it.
pub async fn set_state(
    tx: &mut Tx,
    id: ApproachId,
    state: ApproachState,
    reason: &str,
    evidence: &[String],
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE approach SET state = $2, state_reason = $3, evidence = $4 WHERE id = $1",
        args![id, state, reason, evidence.join("\n")],
    )
    .await
    .map(drop)
}

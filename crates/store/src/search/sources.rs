//! What is searched of each slice: how its rows read as documents. Whoever writes such a row calls the function of its
//! kind in the same transaction.

use domain::{
    ids::{CollectiveId, CommentId, FeatureId, NeedId, SoftwareId},
    needs::NeedState,
    search::{Kind, Text, Visibility, bare},
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Document, index, remove};
use crate::{ToColumn as _, Tx, args, fetch_all_in, fetch_values, row};

row! {
    struct FeatureRow {
        id: FeatureId,
        collective: CollectiveId,
        number: i64,
        title: String,
        summary: String,
        description: String,
        done_when: String,
        software: Option<String>,
        created_at: Timestamp,
    }
}

/// How many rows one statement reads.
const READ_AT_ONCE: usize = 500;

/// Indexes features as they are written.
pub async fn features(tx: &mut Tx, features: &[FeatureId]) -> sqlx::Result<()> {
    const SQL: &str = "SELECT f.id, f.collective, f.number, f.title, f.summary, f.description, f.done_when, \
        s.name AS software, f.created_at FROM feature f LEFT JOIN software s ON s.id = f.software \
        WHERE f.id IN (@list)";
    for some in features.chunks(READ_AT_ONCE) {
        let list = some.iter().map(FeatureId::to_arg).collect();
        let rows: Vec<FeatureRow> = fetch_all_in(tx, SQL, args![], list).await?;
        let document = |row: FeatureRow| Document {
            scope: Some(row.collective),
            subject: row.id.0,
            kind: Kind::Feature,
            visibility: Visibility::Public,
            collective: Some(row.collective),
            parent: None,
            number: row.number,
            slug: String::new(),
            text: Text {
                title: row.title,
                body: bare(&[row.summary, row.description, row.done_when].join("\n\n")),
                software: row.software.unwrap_or_default(),
                links: Vec::new(),
            },
            at: row.created_at,
        };
        index(tx, &rows.into_iter().map(document).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

row! {
    struct NeedRow {
        id: NeedId,
        collective: CollectiveId,
        number: i64,
        title: String,
        why: String,
        software: Option<String>,
        state: NeedState,
        created_at: Timestamp,
    }
}

row! {
    struct OfNeed { need: NeedId, text: String }
}

/// Indexes needs as they are written, with the approaches and the issues elsewhere; those that aren't shown, or are the
/// same as another, are taken away.
pub async fn needs(tx: &mut Tx, needs: &[NeedId]) -> sqlx::Result<()> {
    const SQL: &str = "SELECT n.id, n.collective, n.number, n.title, n.why, s.name AS software, n.state, \
        n.created_at FROM need n LEFT JOIN software s ON s.id = n.software WHERE n.id IN (@list)";
    const APPROACHES: &str = "SELECT need, title || ' ' || body AS text FROM approach WHERE need IN (@list) \
        ORDER BY need, number";
    const LINKS: &str =
        "SELECT need, url AS text FROM need_link WHERE need IN (@list) ORDER BY need, position";
    for some in needs.chunks(READ_AT_ONCE) {
        let list = || some.iter().map(NeedId::to_arg).collect::<Vec<_>>();
        let rows: Vec<NeedRow> = fetch_all_in(tx, SQL, args![], list()).await?;
        let (found, gone): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.state.is_shown() && row.state != NeedState::Merged);
        for row in gone {
            remove(tx, row.id.0).await?;
        }
        let approaches: Vec<OfNeed> = fetch_all_in(tx, APPROACHES, args![], list()).await?;
        let links: Vec<OfNeed> = fetch_all_in(tx, LINKS, args![], list()).await?;
        let of = |rows: &[OfNeed], need: NeedId| -> Vec<String> {
            rows.iter().filter(|row| row.need == need).map(|row| row.text.clone()).collect()
        };
        let document = |row: NeedRow| Document {
            scope: Some(row.collective),
            subject: row.id.0,
            kind: Kind::Need,
            visibility: Visibility::Public,
            collective: Some(row.collective),
            parent: None,
            number: row.number,
            slug: String::new(),
            text: Text {
                body: bare(&format!("{}\n\n{}", row.why, of(&approaches, row.id).join("\n\n"))),
                title: row.title,
                software: row.software.unwrap_or_default(),
                links: of(&links, row.id),
            },
            at: row.created_at,
        };
        index(tx, &found.into_iter().map(document).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

row! {
    struct CommentRow {
        id: CommentId,
        collective: CollectiveId,
        subject: Uuid,
        number: i64,
        body: String,
        created_at: Timestamp,
        hidden_at: Option<Timestamp>,
    }
}

/// Indexes comments as they are written; hidden ones are taken away.
pub async fn comments(tx: &mut Tx, comments: &[CommentId]) -> sqlx::Result<()> {
    const SQL: &str = "SELECT id, collective, subject, number, body, created_at, hidden_at FROM comment \
        WHERE id IN (@list)";
    for some in comments.chunks(READ_AT_ONCE) {
        let list = some.iter().map(CommentId::to_arg).collect();
        let rows: Vec<CommentRow> = fetch_all_in(tx, SQL, args![], list).await?;
        let (hidden, shown): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.hidden_at.is_some());
        for row in hidden {
            remove(tx, row.id.0).await?;
        }
        let document = |row: CommentRow| Document {
            scope: Some(row.collective),
            subject: row.id.0,
            kind: Kind::Comment,
            visibility: Visibility::Public,
            collective: Some(row.collective),
            parent: Some(row.subject),
            number: row.number,
            slug: String::new(),
            text: Text { body: bare(&row.body), ..Text::default() },
            at: row.created_at,
        };
        index(tx, &shown.into_iter().map(document).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

row! {
    struct SoftwareRow {
        id: SoftwareId,
        collective: CollectiveId,
        slug: String,
        name: String,
        description: String,
        maintainers: String,
        created_at: Timestamp,
    }
}

/// Indexes software as it is written.
pub async fn software(tx: &mut Tx, software: &[SoftwareId]) -> sqlx::Result<()> {
    const SQL: &str = "SELECT id, collective, slug, name, description, maintainers, created_at \
        FROM software WHERE id IN (@list)";
    for some in software.chunks(READ_AT_ONCE) {
        let list = some.iter().map(SoftwareId::to_arg).collect();
        let rows: Vec<SoftwareRow> = fetch_all_in(tx, SQL, args![], list).await?;
        let document = |row: SoftwareRow| Document {
            scope: Some(row.collective),
            subject: row.id.0,
            kind: Kind::Software,
            visibility: Visibility::Public,
            collective: Some(row.collective),
            parent: None,
            number: 0,
            slug: row.slug,
            text: Text {
                software: row.name.clone(),
                title: row.name,
                body: bare(&format!("{}\n\n{}", row.description, row.maintainers)),
                links: Vec::new(),
            },
            at: row.created_at,
        };
        index(tx, &rows.into_iter().map(document).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Indexes what names a software anew, once it has another name: needs and features, the newest first, as many as one
/// transaction takes; the others when they are written next.
pub async fn named_by(tx: &mut Tx, software: SoftwareId) -> sqlx::Result<()> {
    const NEEDS: &str = "SELECT id FROM need WHERE software = $1 ORDER BY id DESC LIMIT 1000";
    const FEATURES: &str = "SELECT id FROM feature WHERE software = $1 ORDER BY id DESC LIMIT 1000";
    let ids: Vec<NeedId> = fetch_values(tx, NEEDS, args![software]).await?;
    needs(tx, &ids).await?;
    let ids: Vec<FeatureId> = fetch_values(tx, FEATURES, args![software]).await?;
    features(tx, &ids).await
}

/// The tables of which what is searched is made, each with the statement that says what comes after one of its rows.
const SOURCES: [(Kind, &str); 4] = [
    (Kind::Software, "SELECT id FROM software WHERE id > $1 ORDER BY id LIMIT $2"),
    (Kind::Feature, "SELECT id FROM feature WHERE id > $1 ORDER BY id LIMIT $2"),
    (Kind::Need, "SELECT id FROM need WHERE id > $1 ORDER BY id LIMIT $2"),
    (Kind::Comment, "SELECT id FROM comment WHERE id > $1 ORDER BY id LIMIT $2"),
];

/// Where indexing everything stands: how many kinds are done, and the last row of the one that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// How many kinds are done.
    pub done: usize,
    /// The last row that was seen.
    pub after: Uuid,
}

impl Position {
    /// The beginning.
    pub const START: Self = Self { done: 0, after: Uuid::nil() };
}

/// Indexes the next `limit` rows, at most; how many, and where it stands then. None: everything is indexed.
pub async fn next(tx: &mut Tx, from: Position, limit: i64) -> sqlx::Result<Option<(u64, Position)>> {
    let Some((kind, sql)) = SOURCES.get(from.done) else { return Ok(None) };
    let ids: Vec<Uuid> = fetch_values(tx, sql, args![from.after, limit]).await?;
    let Some(after) = ids.last().copied() else {
        return Ok(Some((0, Position { done: from.done + 1, after: Uuid::nil() })));
    };
    let read = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    match kind {
        Kind::Software => software(tx, &ids.into_iter().map(SoftwareId).collect::<Vec<_>>()).await?,
        Kind::Feature => features(tx, &ids.into_iter().map(FeatureId).collect::<Vec<_>>()).await?,
        Kind::Comment => comments(tx, &ids.into_iter().map(CommentId).collect::<Vec<_>>()).await?,
        Kind::Need => needs(tx, &ids.into_iter().map(NeedId).collect::<Vec<_>>()).await?,
        Kind::Ad => {}
    }
    Ok(Some((read, Position { done: from.done, after })))
}

//! What is searched: documents, the terms of each, and the words by which what was mistyped is found. The slices that write
//! what is searched call [`index`] and [`remove`] in the same transaction, each at one place.

pub mod sources;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::CollectiveId,
    search::{Candidate, Frequency, Kind, Text, Visibility, grams, key, limits, vocabulary, weigh},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Arg, ToColumn, Tx, args, execute, execute_in, fetch_all, fetch_all_in, fetch_all_pairs, fetch_value,
    insert_many, row,
};

crate::text_columns! { Kind, Visibility }

/// How many rows one statement asks about.
const ASKED_ABOUT: usize = 500;

/// Something that is found.
#[derive(Clone, Debug)]
pub struct Document {
    /// The collective in which it is searched; none: the instance.
    pub scope: Option<CollectiveId>,
    /// What it is of.
    pub subject: Uuid,
    /// What that is.
    pub kind: Kind,
    /// Who finds it.
    pub visibility: Visibility,
    /// Of which collective it is.
    pub collective: Option<CollectiveId>,
    /// What a comment is on: found as long as that is.
    pub parent: Option<Uuid>,
    /// Its number there, 0 where it has none.
    pub number: i64,
    /// Its name in addresses; may be empty.
    pub slug: String,
    /// What is read of it. The body is bare of markup: [`domain::search::bare`].
    pub text: Text,
    /// When it was written.
    pub at: Timestamp,
}

/// The scope as it is stored.
fn scope_of(scope: Option<CollectiveId>) -> Uuid {
    scope.map_or(Uuid::nil(), |collective| collective.0)
}

row! {
    struct Stored { scope: Uuid, subject: Uuid, title: String, body: String, software: String, links: String }
}

impl Stored {
    fn text(self) -> Text {
        Text { title: self.title, body: self.body, software: self.software, links: lines(&self.links) }
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// The bit that stands for a kind and who finds it.
const fn bit(kind: Kind, visibility: Visibility) -> i64 {
    1 << kind.class(visibility)
}

/// Writes documents, in place of what was there of the same subjects.
pub async fn index(tx: &mut Tx, documents: &[Document]) -> sqlx::Result<()> {
    // A subject that comes twice is written as it comes last.
    let documents: Vec<&Document> = documents
        .iter()
        .map(|document| ((scope_of(document.scope), document.subject), document))
        .collect::<BTreeMap<_, _>>()
        .into_values()
        .collect();
    for documents in documents.chunks(ASKED_ABOUT) {
        index_some(tx, documents).await?;
    }
    Ok(())
}

async fn index_some(tx: &mut Tx, documents: &[&Document]) -> sqlx::Result<()> {
    forget(tx, documents.iter().map(|document| document.subject).collect(), |stored| {
        documents.iter().any(|one| one.subject == stored.subject && scope_of(one.scope) == stored.scope)
    })
    .await?;
    let (mut rows, mut entries) = (Vec::new(), Vec::new());
    let mut words: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for document in documents {
        let (scope, class) = (scope_of(document.scope), bit(document.kind, document.visibility));
        let weighed = weigh(&document.text);
        rows.extend(args![
            scope,
            document.subject,
            document.kind,
            document.visibility,
            document.collective,
            document.parent,
            document.number,
            document.slug,
            document.text.title,
            document.text.body,
            document.text.software,
            document.text.links.join("\n"),
            document.at
        ]);
        for one in &weighed {
            entries.extend(args![key(scope, &one.term), document.subject, class, one.weight]);
        }
        words.entry(scope).or_default().extend(vocabulary(&weighed).into_iter().map(str::to_owned));
    }
    const TABLE: &str = "search_document (scope, subject, kind, visibility, collective, parent, number, slug, \
        title, body, software, links, at)";
    insert_many(tx, TABLE, 13, rows, "").await?;
    const ENTRIES: &str = "search_entry (key, document, class, weight)";
    insert_many(tx, ENTRIES, 4, entries, "ON CONFLICT (key, document) DO NOTHING").await?;
    for (scope, words) in words {
        learn(tx, scope, words).await?;
    }
    Ok(())
}

row! {
    struct WordRow { word: String }
}

/// Adds words to those that typos are compared with.
async fn learn(tx: &mut Tx, scope: Uuid, mut words: BTreeSet<String>) -> sqlx::Result<()> {
    const KNOWN: &str = "SELECT word FROM search_word WHERE scope = $1 AND word IN (@list)";
    let all: Vec<Arg> = words.iter().map(ToColumn::to_arg).collect();
    for some in all.chunks(ASKED_ABOUT) {
        for known in fetch_all_in::<WordRow>(tx, KNOWN, args![scope], some.to_vec()).await? {
            words.remove(&known.word);
        }
    }
    let (mut rows, mut parts) = (Vec::new(), Vec::new());
    for word in &words {
        rows.extend(args![scope, word]);
        for gram in grams(word) {
            parts.extend(args![gram_key(scope, &gram), word]);
        }
    }
    insert_many(tx, "search_word (scope, word)", 2, rows, "ON CONFLICT (scope, word) DO NOTHING").await?;
    insert_many(tx, "search_gram (key, word)", 2, parts, "ON CONFLICT (key, word) DO NOTHING").await?;
    Ok(())
}

/// No term begins with `#`.
fn gram_key(scope: Uuid, gram: &str) -> i64 {
    key(scope, &format!("#{gram}"))
}

/// Takes away what is written of some subjects. Their terms follow from their texts, so that no index by document is kept.
async fn forget(tx: &mut Tx, subjects: Vec<Uuid>, which: impl Fn(&Stored) -> bool) -> sqlx::Result<()> {
    const STORED: &str = "SELECT scope, subject, title, body, software, links FROM search_document \
        WHERE subject IN (@list)";
    const ENTRIES: &str = "DELETE FROM search_entry WHERE document = $1 AND key IN (@list)";
    const DOCUMENT: &str = "DELETE FROM search_document WHERE scope = $1 AND subject = $2";
    let list = subjects.iter().map(Uuid::to_arg).collect();
    let stored: Vec<Stored> = fetch_all_in(tx, STORED, args![], list).await?;
    for stored in stored.into_iter().filter(|stored| which(stored)) {
        let (scope, subject) = (stored.scope, stored.subject);
        let keys = weigh(&stored.text()).iter().map(|one| key(scope, &one.term).to_arg()).collect();
        execute_in(tx, ENTRIES, args![subject], keys).await?;
        execute(tx, DOCUMENT, args![scope, subject]).await?;
    }
    Ok(())
}

/// Takes a subject away from every search, and the comments on it.
pub async fn remove(tx: &mut Tx, subject: Uuid) -> sqlx::Result<()> {
    const CHILDREN: &str = "SELECT subject AS id FROM search_document WHERE parent = $1";
    let mut subjects: Vec<Uuid> =
        fetch_all::<IdRow>(tx, CHILDREN, args![subject]).await?.into_iter().map(|row| row.id).collect();
    subjects.push(subject);
    for some in subjects.chunks(ASKED_ABOUT) {
        forget(tx, some.to_vec(), |_| true).await?;
    }
    Ok(())
}

row! {
    struct IdRow { id: Uuid }
}

/// Takes everything away: it is to be read anew.
pub async fn clear(tx: &mut Tx) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM search_document", args![]).await?;
    execute(tx, "DELETE FROM search_entry", args![]).await?;
    execute(tx, "DELETE FROM search_word", args![]).await?;
    execute(tx, "DELETE FROM search_gram", args![]).await.map(drop)
}

/// How many documents are searched in a scope.
pub async fn count(tx: &mut Tx, scope: Option<CollectiveId>) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM search_document WHERE scope = $1";
    fetch_value(tx, SQL, args![scope_of(scope)]).await
}

row! {
    struct Counted { key: i64, documents: i64 }
}

/// In how many documents of a scope each term is, up to [`limits::FREQUENT`].
pub async fn frequencies(
    tx: &mut Tx,
    scope: Option<CollectiveId>,
    terms: &[&str],
) -> sqlx::Result<Vec<Frequency>> {
    const SQL: &str = "SELECT p.column1 AS key, (SELECT COUNT(*) FROM (SELECT 1 FROM search_entry e \
        WHERE e.key = p.column1 LIMIT $1) AS x) AS documents FROM (VALUES @pairs) AS p";
    let scope = scope_of(scope);
    let keys: Vec<i64> = terms.iter().map(|term| key(scope, term)).collect();
    let pairs = keys.iter().flat_map(|key| args![*key, 0_i64]).collect();
    let counted: BTreeMap<i64, i64> = fetch_all_pairs::<Counted>(tx, SQL, args![limits::FREQUENT], pairs)
        .await?
        .into_iter()
        .map(|row| (row.key, row.documents))
        .collect();
    let documents = |key: &i64| counted.get(key).copied().unwrap_or(0);
    Ok(terms
        .iter()
        .zip(&keys)
        .map(|(term, key)| Frequency { term: (*term).to_owned(), documents: documents(key) })
        .collect())
}

/// The words of a scope that have most groups of three letters in common with another.
pub async fn near(tx: &mut Tx, scope: Option<CollectiveId>, word: &str) -> sqlx::Result<Vec<String>> {
    const SQL: &str = "SELECT word FROM search_gram WHERE key IN (@list) GROUP BY word \
        ORDER BY COUNT(*) DESC, word LIMIT $1";
    let scope = scope_of(scope);
    let keys = grams(word).iter().map(|gram| gram_key(scope, gram).to_arg()).collect();
    let rows: Vec<WordRow> = fetch_all_in(tx, SQL, args![limits::NEAR], keys).await?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

row! {
    struct Scored { subject: Uuid, score: i64 }
}

row! {
    struct Titled { subject: Uuid, title: String, software: String, links: String }
}

/// What may be found and by whom: kinds, each with who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed(i64);

impl Allowed {
    /// What is of these kinds, and for these eyes.
    #[must_use]
    pub fn of(kinds: &[Kind], visibilities: &[Visibility]) -> Self {
        let bits = kinds.iter().flat_map(|kind| visibilities.iter().map(|one| bit(*kind, *one)));
        Self(bits.fold(0, |all, one| all | one))
    }
}

/// The documents that the terms of a plan weigh most in, at most [`limits::CANDIDATES`], the newer first of two that weigh
/// the same.
pub async fn candidates(
    tx: &mut Tx,
    scope: Option<CollectiveId>,
    allowed: Allowed,
    terms: &[(String, i64)],
) -> sqlx::Result<Vec<Candidate>> {
    // The terms first, in the order of the join: SQLite keeps to it.
    const SQL: &str = "SELECT e.document AS subject, CAST(SUM(e.weight * p.column2) AS BIGINT) AS score \
        FROM (VALUES @pairs) AS p CROSS JOIN search_entry e \
        WHERE e.key = p.column1 AND (e.class & $1) <> 0 \
        GROUP BY e.document ORDER BY score DESC, subject DESC LIMIT $2";
    const TITLES: &str = "SELECT subject, title, software, links FROM search_document \
        WHERE scope = $1 AND subject IN (@list)";
    let scope = scope_of(scope);
    let pairs = terms.iter().flat_map(|(term, factor)| args![key(scope, term), *factor]).collect();
    let scored: Vec<Scored> = fetch_all_pairs(tx, SQL, args![allowed.0, limits::CANDIDATES], pairs).await?;
    let list = scored.iter().map(|row| row.subject.to_arg()).collect();
    let titles: BTreeMap<Uuid, Titled> = fetch_all_in::<Titled>(tx, TITLES, args![scope], list)
        .await?
        .into_iter()
        .map(|row| (row.subject, row))
        .collect();
    let candidate = |row: Scored| {
        let of = titles.get(&row.subject)?;
        Some(Candidate {
            subject: row.subject,
            score: row.score,
            title: of.title.clone(),
            software: of.software.clone(),
            links: lines(&of.links),
        })
    };
    Ok(scored.into_iter().filter_map(candidate).collect())
}

row! {
    /// A document as it is shown.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Shown {
        /// What it is of.
        pub subject: Uuid,
        /// What that is.
        pub kind: Kind,
        /// Of which collective it is.
        pub collective: Option<CollectiveId>,
        /// What a comment is on.
        pub parent: Option<Uuid>,
        /// Its number, 0 where it has none.
        pub number: i64,
        /// Its name in addresses; may be empty.
        pub slug: String,
        /// Its title; a comment has that of what it is on.
        pub title: String,
        /// Its text, bare of markup.
        pub body: String,
        /// The software; may be empty.
        pub software: String,
        /// When it was written.
        pub at: Timestamp,
        /// What a comment is on: its kind.
        pub parent_kind: Option<Kind>,
        /// And its number.
        pub parent_number: Option<i64>,
    }
}

/// Documents as they are shown, in the order of their subjects; a comment on what isn't found is left out.
pub async fn shown(tx: &mut Tx, scope: Option<CollectiveId>, subjects: &[Uuid]) -> sqlx::Result<Vec<Shown>> {
    const SQL: &str = "SELECT d.subject, d.kind, d.collective, d.parent, d.number, d.slug, \
        COALESCE(p.title, d.title) AS title, d.body, d.software, d.at, p.kind AS parent_kind, \
        p.number AS parent_number FROM search_document d \
        LEFT JOIN search_document p ON p.scope = d.scope AND p.subject = d.parent \
        WHERE d.scope = $1 AND (d.parent IS NULL OR p.subject IS NOT NULL) AND d.subject IN (@list) \
        ORDER BY d.subject";
    let list = subjects.iter().map(Uuid::to_arg).collect();
    fetch_all_in(tx, SQL, args![scope_of(scope)], list).await
}

row! {
    struct BodyRow { subject: Uuid, body: String }
}

/// The texts of documents.
pub async fn bodies(
    tx: &mut Tx,
    scope: Option<CollectiveId>,
    subjects: &[Uuid],
) -> sqlx::Result<BTreeMap<Uuid, String>> {
    const SQL: &str = "SELECT subject, body FROM search_document WHERE scope = $1 AND subject IN (@list)";
    let list = subjects.iter().map(Uuid::to_arg).collect();
    let rows: Vec<BodyRow> = fetch_all_in(tx, SQL, args![scope_of(scope)], list).await?;
    Ok(rows.into_iter().map(|row| (row.subject, row.body)).collect())
}

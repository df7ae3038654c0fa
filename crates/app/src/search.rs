//! Searching what a collective, or the instance, holds; the needs that are like one that somebody writes.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::CollectiveId,
    search::{
        self, Excerpt, Kind, Likeness, Marked, Plan, Query, Reread, Text, Visibility, bare, likeness, limits,
        nearest, ranked,
    },
};
use store::{
    Command, Tx,
    search::{
        Allowed, Shown,
        sources::{self, Position},
    },
    sqlx,
};
use uuid::Uuid;

use crate::{Context, Failure, Never};

/// Under which name the instance notes how far what is searched has been read.
const NOTED: &str = "search_read";
/// How many rows are read in one transaction.
const AT_ONCE: i64 = 200;

/// Who searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// Anybody.
    Strangers,
    /// A member of the collective; of the instance's ads, whoever signed in.
    Members,
}

impl Eyes {
    const fn see(self) -> &'static [Visibility] {
        match self {
            Self::Strangers => &[Visibility::Public],
            Self::Members => Visibility::ALL,
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The words as typed.
    pub typed: String,
    /// Of one kind alone.
    pub kind: Option<Kind>,
    /// The page, from 0.
    pub page: usize,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What.
    pub row: Shown,
    /// Its title in parts.
    pub title: Marked,
    /// The piece of its text that is shown.
    pub excerpt: Excerpt,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Of this page, the best first.
    pub hits: Vec<Hit>,
    /// How many there are over all pages, at most [`limits::CANDIDATES`].
    pub total: usize,
    /// Whether there is another page.
    pub more: bool,
    /// Whether nothing was looked for: no word, or only little ones.
    pub nothing_asked: bool,
}

/// Asks the database in how many documents each term is, lets words nearby stand for those that nobody wrote, and plans.
async fn planned(tx: &mut Tx, scope: Option<CollectiveId>, query: &mut Query) -> sqlx::Result<Plan> {
    let terms: Vec<&str> = query.terms().collect();
    let mut frequencies = store::search::frequencies(tx, scope, &terms).await?;
    let unknown = query.unknown(&frequencies);
    for word in &unknown {
        let words = store::search::near(tx, scope, word).await?;
        query.stand_for(word, nearest(word, &words));
    }
    if !unknown.is_empty() {
        let terms: Vec<&str> = query.terms().collect();
        frequencies = store::search::frequencies(tx, scope, &terms).await?;
    }
    let all = store::search::count(tx, scope).await?;
    Ok(search::plan(query, all, &frequencies))
}

/// What is found in a collective, or among the instance's ads. Errors: faults.
pub async fn find(
    tx: &mut Tx,
    scope: Option<CollectiveId>,
    eyes: Eyes,
    asked: &Asked,
) -> sqlx::Result<Found> {
    let mut query = Query::search(&asked.typed);
    if query.is_empty() {
        return Ok(Found { nothing_asked: true, ..Found::default() });
    }
    let plan = planned(tx, scope, &mut query).await?;
    let kinds = asked.kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let allowed = Allowed::of(&kinds, eyes.see());
    let candidates = store::search::candidates(tx, scope, allowed, &plan.terms).await?;
    let first = ranked(&query, &plan, &candidates, &Reread::new());
    let reread: Vec<Uuid> = first.iter().take(limits::REREAD).map(|read| read.subject).collect();
    let texts = store::search::bodies(tx, scope, &reread).await?;
    let order = ranked(&query, &plan, &candidates, &texts);
    let page: Vec<Uuid> = order
        .iter()
        .skip(asked.page.saturating_mul(limits::PAGE))
        .take(limits::PAGE)
        .map(|read| read.subject)
        .collect();
    let mut rows = by_subject(store::search::shown(tx, scope, &page).await?);
    let marks = query.marks();
    Ok(Found {
        hits: page.iter().filter_map(|subject| Some(hit(rows.remove(subject)?, &marks))).collect(),
        total: order.len(),
        more: order.len() > asked.page.saturating_add(1).saturating_mul(limits::PAGE),
        nothing_asked: false,
    })
}

fn by_subject(rows: Vec<Shown>) -> BTreeMap<Uuid, Shown> {
    rows.into_iter().map(|row| (row.subject, row)).collect()
}

fn hit(row: Shown, marks: &BTreeSet<String>) -> Hit {
    Hit { title: search::marked(&row.title, marks), excerpt: search::excerpt(&row.body, marks), row }
}

/// A need that is like one that somebody writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// The need.
    pub hit: Hit,
    /// How like.
    pub like: Likeness,
}

/// The needs of a collective that are like one that somebody writes, the likest first, at most [`limits::SIMILAR`]; itself
/// apart, where it is there already. Errors: faults.
pub async fn similar(
    tx: &mut Tx,
    collective: CollectiveId,
    eyes: Eyes,
    draft: &Text,
    itself: Option<Uuid>,
) -> sqlx::Result<Vec<Similar>> {
    let draft = Text { body: bare(&draft.body), ..draft.clone() };
    let mut query = Query::draft(&draft);
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let scope = Some(collective);
    let plan = planned(tx, scope, &mut query).await?;
    let allowed = Allowed::of(&[Kind::Need], eyes.see());
    let candidates = store::search::candidates(tx, scope, allowed, &plan.terms).await?;
    let like: Vec<Likeness> = likeness(&query, &plan, &candidates)
        .into_iter()
        .filter(|one| Some(one.subject) != itself && one.percent >= Likeness::SHOWN)
        .take(limits::SIMILAR)
        .collect();
    let subjects: Vec<Uuid> = like.iter().map(|one| one.subject).collect();
    let mut rows = by_subject(store::search::shown(tx, scope, &subjects).await?);
    let marks = query.marks();
    Ok(like
        .into_iter()
        .filter_map(|like| Some(Similar { hit: hit(rows.remove(&like.subject)?, &marks), like }))
        .collect())
}

/// Reads what is searched anew, where this program reads texts otherwise than the one that wrote it, or there was none.
/// A part at a time, going on where it stopped; how many rows were read. Errors: faults.
pub async fn read_anew(ctx: &Context) -> Result<u64, Failure<Never>> {
    let mut read = 0;
    loop {
        let mut tx = ctx.db.read_once().await?;
        let noted = store::instance::get(&mut tx, NOTED).await?;
        drop(tx);
        if noted == Some(search::ANALYSIS.to_string()) {
            return Ok(read);
        }
        read += ctx.db.write_alone(ReadOn).await?;
    }
}

/// Forgets what is searched, so that all of it is read anew. Errors: faults.
pub async fn forget(ctx: &Context) -> Result<(), Failure<Never>> {
    ctx.db.write_alone(Forget).await
}

struct Forget;

impl Command for Forget {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(forget_in(tx).await?)
    }
}

/// The same in a transaction.
pub(crate) async fn forget_in(tx: &mut Tx) -> sqlx::Result<()> {
    store::instance::remove(tx, NOTED).await
}

/// What is noted while rows are read: `VERSION DONE AFTER`; the version alone once all are.
fn position(noted: Option<&str>) -> Option<Position> {
    let mut words = noted?.split(' ');
    if words.next()? != search::ANALYSIS.to_string() {
        return None;
    }
    Some(Position { done: words.next()?.parse().ok()?, after: words.next()?.parse().ok()? })
}

struct ReadOn;

impl Command for ReadOn {
    type Done = u64;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<u64, Failure<Never>> {
        let noted = store::instance::get(tx, NOTED).await?;
        let version = search::ANALYSIS.to_string();
        if noted.as_deref() == Some(&version) {
            return Ok(0);
        }
        let from = match position(noted.as_deref()) {
            Some(from) => from,
            None => {
                store::search::clear(tx).await?;
                Position::START
            }
        };
        let (read, next) = match sources::next(tx, from, AT_ONCE).await? {
            Some((read, at)) => (read, format!("{version} {} {}", at.done, at.after)),
            None => (0, version),
        };
        store::instance::put(tx, NOTED, &next).await?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_goes_on_where_it_stopped_unless_texts_are_read_otherwise() {
        let version = search::ANALYSIS;
        let at = Position { done: 2, after: Uuid::from_u128(7) };
        assert_eq!(position(Some(&format!("{version} 2 {}", at.after))), Some(at));
        assert_eq!(position(Some(&format!("{} 2 {}", version + 1, at.after))), None);
        assert_eq!(position(None), None);
        assert_eq!(position(Some(&version.to_string())), None);
    }
}

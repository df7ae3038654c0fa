//! Checks the invariants of pots on one state of the database each.

use domain::{
    Book,
    chain::Head,
    ids::PotId,
    invariants::{Checker, Finding, Status},
};
use jiff::Timestamp;
use serde::Serialize;
use store::{Command, Db, Tx, guard::Guard};
use uuid::Uuid;

use crate::{
    closings::ROUND_CLOSE,
    context::Context,
    error::{Failure, Never},
    triggers::CLOSE,
};

/// What was found in a pot.
#[derive(Clone, Debug, Serialize)]
pub struct PotReport {
    /// Short name of the collective.
    pub collective: String,
    /// Short name of the pot.
    pub slug: String,
    /// The pot.
    pub pot: PotId,
    /// The head of each book as it was read, as `BOOK:SEQ:HASH`.
    pub heads: Vec<String>,
    /// One finding an invariant, in order.
    pub findings: Vec<Finding>,
}

impl PotReport {
    /// How many invariants are broken.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.findings.iter().filter(|finding| finding.status == Status::Breached).count()
    }

    /// Whether nothing is broken.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.broken() == 0
    }
}

/// Every pot of an instance.
pub async fn pots(db: &Db) -> Result<Vec<PotId>, Failure<Never>> {
    Ok(store::verify::pots(&mut db.read().await?).await?)
}

/// Checks a pot as it stands now, and what the database refuses by itself. Errors: as [`verify_beside`].
pub async fn verify_pot(db: &Db, pot: PotId, now: Timestamp) -> Result<PotReport, Failure<Never>> {
    let guard = guard(db).await?;
    verify_beside(db, pot, now, &guard).await
}

/// Checks a pot as it stands now, beside what was found around the journal of all pots; the heads of its last sound report
/// must still lie on its chains. Errors: [`Failure::NotFound`], faults, also for a row that can't be read at all.
pub async fn verify_beside(
    db: &Db,
    pot: PotId,
    now: Timestamp,
    guard: &Guard,
) -> Result<PotReport, Failure<Never>> {
    let mut tx = db.read().await?;
    let pot = store::pots::by_id(&mut tx, pot).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(&mut tx, pot.collective).await?.ok_or(Failure::NotFound)?;
    let published = published(&mut tx, pot.id).await?;
    let facts = store::verify::facts(&mut tx, &pot, collective.day(now), published).await?;
    let accounts = store::journal::stored::accounts(&mut tx, pot.id).await?;
    let mut checker = Checker::new(facts, accounts);
    for book in Book::ALL {
        let mut after = 0;
        loop {
            let postings = store::journal::stored::postings(&mut tx, pot.id, book, after).await?;
            let Some(last) = postings.last() else { break };
            after = last.seq;
            for posting in &postings {
                checker.posting(posting);
            }
        }
    }
    store::seals::each(&mut tx, pot.id, pot.collective, |row| checker.row(row)).await?;
    store::files::each_resting(&mut tx, pot.id, |file, kept, found| checker.file(file, kept, found)).await?;
    for open in store::deadlines::closings(&mut tx, pot.id, (ROUND_CLOSE, CLOSE)).await? {
        if open.due_at.is_none_or(|due| due > collective.end_of(open.last)) {
            checker.never_closes(&open.what, &open.id.to_string());
        }
    }
    guard.unguarded.iter().for_each(|name| checker.unguarded(name));
    let report = checker.finish();
    Ok(PotReport {
        collective: collective.slug,
        slug: pot.slug,
        pot: pot.id,
        heads: report.heads.iter().map(ToString::to_string).collect(),
        findings: report.findings,
    })
}

/// What stands around the journal: its triggers, and foreign ones; what the database refuses. Errors: faults only.
pub async fn guard(db: &Db) -> Result<Guard, Failure<Never>> {
    let mut tx = db.read().await?;
    Ok(store::guard::look(&mut tx).await?)
}

/// Those of the heads that a reader kept which lie on no pot's chain.
pub async fn not_continued(db: &Db, heads: &[Head]) -> Result<Vec<Head>, Failure<Never>> {
    let mut tx = db.read().await?;
    let mut lost = Vec::new();
    for head in heads {
        if !store::verify::lies_on_a_chain(&mut tx, head).await? {
            lost.push(head.clone());
        }
    }
    Ok(lost)
}

/// The heads that the last sound report saw.
async fn published(tx: &mut Tx, pot: PotId) -> Result<Vec<Head>, Failure<Never>> {
    let Some(body) = store::verify::last_sound_report(tx, pot).await? else { return Ok(Vec::new()) };
    let heads = serde_json::from_str::<serde_json::Value>(&body)
        .ok()
        .and_then(|report| report.get("heads")?.as_array().cloned())
        .unwrap_or_default();
    Ok(heads.iter().filter_map(|head| Head::parse(head.as_str()?)).collect())
}

/// Checks every pot and keeps the reports: each night, and when an admin asks. A pot that can't be read doesn't
/// keep the others from being checked; it is logged, and told as `None`.
/// Errors: the list of pots, or what stands around the journal, can't be read.
pub async fn verify_and_keep(context: &Context) -> Result<Vec<(PotId, Option<PotReport>)>, Failure<Never>> {
    let mut reports = Vec::new();
    let guard = guard(&context.db).await?;
    for pot in pots(&context.db).await? {
        reports.push((pot, keep_one(context, pot, &guard).await));
    }
    Ok(reports)
}

async fn keep_one(context: &Context, pot: PotId, guard: &Guard) -> Option<PotReport> {
    let kept = async {
        let report = verify_beside(&context.db, pot, context.now(), guard).await?;
        let body = serde_json::to_string(&report).map_err(|error| Failure::Fault(error.to_string()))?;
        let breaches = i64::try_from(report.broken()).unwrap_or(i64::MAX);
        let id = context.seed().id(context.now());
        context.db.write(Keep { id, pot, at: context.now(), breaches, body }).await?;
        Ok::<_, Failure<Never>>(report)
    };
    match kept.await {
        Ok(report) => {
            if !report.holds() {
                tracing::error!(%pot, broken = report.broken(), "the checks of a pot found something");
            }
            Some(report)
        }
        Err(error) => {
            tracing::error!(%pot, %error, "a pot can't be checked");
            None
        }
    }
}

struct Keep {
    id: Uuid,
    pot: PotId,
    at: Timestamp,
    breaches: i64,
    body: String,
}

impl Command for Keep {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(store::verify::insert_report(tx, self.id, self.pot, self.at, self.breaches, &self.body).await?)
    }
}

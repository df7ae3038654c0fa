//! Organisations and what they run, read from the files that they publish elsewhere (« chatonsinfos »). What was read counts
//! for nothing before the organisation confirms it.

mod crawl;
mod import;

use std::time::Duration;

use domain::{
    actor::Action,
    ids::{CollectiveId, OrganisationId, SoftwareId},
    text,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, listed, software};

pub use crawl::{Crawled, Files, Place, Trouble, Why, crawl, crawl_folder};
pub use import::{Imported, import};

use crate::{
    Acting, Context, Failure, Never,
    people::Hall,
    till::{Drawn, Story},
};

/// How long the reader waits before it asks for the next file.
pub const PACE: Duration = Duration::from_millis(250);
/// After how long a reading that told nothing is taken for broken off.
const BROKEN_OFF: SignedDuration = SignedDuration::from_mins(10);
/// Most troubles that are kept of a reading.
const MOST_TOLD: usize = 50;

/// What came of a reading, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was written.
    pub imported: Imported,
    /// How many files were read.
    pub files: usize,
    /// What could not be read: the address, and why.
    pub troubles: Vec<(String, String)>,
    /// Why nothing was written, if so.
    pub failed: Option<String>,
}

/// Whether a reading of that age still goes on.
#[must_use]
pub fn goes_on(row: &listed::ListingRow, now: Timestamp) -> bool {
    row.done_at.is_none() && now.duration_since(row.asked_at) < BROKEN_OFF
}

/// Begins to read a federation's files from an address, in the background; what comes of it is kept for the page. Asks for
/// the right to import. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`]; on `url`, an address that isn't one; while
/// another reading goes on, [`Failure::Stale`].
pub async fn begin(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    url: &str,
) -> Result<(), Failure<Never>> {
    let url = asked(ctx, url)?;
    let ask = Ask { acting: acting.clone(), collective, url: url.clone(), drawn: Drawn::of(ctx) };
    ctx.db.write(ask).await?;
    let ctx = ctx.clone();
    tokio::spawn(async move {
        if let Err(failure) = carry_out(&ctx, acting, collective, &url, PACE).await {
            tracing::error!(%failure, "the outcome of a reading could not be written");
        }
    });
    Ok(())
}

fn asked(ctx: &Context, url: &str) -> Result<String, Failure<Never>> {
    // A host that an admin allows may have no dot.
    if ctx.outside.takes(url.trim()) {
        return Ok(url.trim().to_owned());
    }
    text::web_address(url).map_err(|rule| Failure::field("url", rule))
}

/// Reads a federation's files and writes what they say. Errors: the outcome can't be kept.
pub async fn carry_out(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    url: &str,
    pace: Duration,
) -> Result<Outcome, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let row = store::collectives::get(&mut tx, collective).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let today = row.day(ctx.now());
    let crawled = crawl(&Place::Net { ctx, pace }, url, today).await;
    let outcome = outcome_of(ctx, acting, collective, crawled).await;
    let kept = serde_json::to_string(&outcome).map_err(|error| Failure::Fault(error.to_string()))?;
    ctx.db.write(Keep { collective, outcome: kept, now: ctx.now() }).await?;
    Ok(outcome)
}

/// Writes what was read, and says what came of it. A refusal is part of the outcome.
pub async fn outcome_of(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    crawled: Crawled,
) -> Outcome {
    let troubles = crawled.troubles.iter().take(MOST_TOLD);
    let troubles = troubles.map(|one| (one.file.clone(), one.why.as_str().to_owned())).collect();
    let files = crawled.files;
    match import(ctx, acting, collective, crawled).await {
        Ok(imported) => Outcome { imported, files, troubles, failed: None },
        Err(failure) => {
            Outcome { imported: Imported::default(), files, troubles, failed: Some(failure.to_string()) }
        }
    }
}

struct Ask {
    acting: Acting,
    collective: CollectiveId,
    url: String,
    drawn: Drawn,
}

impl Command for Ask {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::InviteMembers, self.acting.organisation)?;
        let last = listed::listing(tx, self.collective).await?;
        if last.is_some_and(|row| goes_on(&row, self.drawn.now)) {
            return Err(Failure::Stale);
        }
        Ok(listed::ask(tx, self.collective, &self.url, (hall.person(), self.drawn.now)).await?)
    }
}

struct Keep {
    collective: CollectiveId,
    outcome: String,
    now: Timestamp,
}

impl Command for Keep {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(listed::done(tx, self.collective, &self.outcome, self.now).await?)
    }
}

/// What an organisation answers to what was read of it elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It runs that.
    Confirms,
    /// It doesn't.
    Denies,
}

/// Somebody with a mandate of an organisation answers for it, on one software or on all that awaits an answer; how many there
/// were. Errors: [`Failure::NotAllowed`]; [`Failure::NotFound`] where nothing awaits that answer.
pub async fn answer(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    on: Option<SoftwareId>,
    answer: Answer,
) -> Result<usize, Failure<Never>> {
    let acting = Acting { organisation: Some(organisation), ..acting };
    ctx.db.write(Respond { acting, collective, organisation, on, answer, drawn: Drawn::of(ctx) }).await
}

struct Respond {
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    on: Option<SoftwareId>,
    answer: Answer,
    drawn: Drawn,
}

impl Command for Respond {
    type Done = usize;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<usize, Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::SayHosted, Some(self.organisation))?;
        let runs = software::run_by(tx, self.collective, self.organisation, 2_000).await?;
        let awaiting = runs.into_iter().filter(|run| run.confirmed_at.is_none());
        let awaiting: Vec<_> = awaiting.filter(|run| self.on.is_none_or(|on| on == run.software)).collect();
        if awaiting.is_empty() {
            return Err(Failure::NotFound);
        }
        for run in &awaiting {
            match self.answer {
                Answer::Denies => {
                    software::end_user(tx, run.software, self.organisation, self.drawn.now).await?;
                }
                Answer::Confirms => {
                    let known = software::user(tx, run.software, self.organisation).await?;
                    let new = software::NewUser {
                        software: run.software,
                        organisation: self.organisation,
                        users: run.users,
                        url: known.map(|row| row.url).unwrap_or_default(),
                        source: domain::software::Source::Imported,
                        confirmed_by: Some(hall.person()),
                        at: self.drawn.now,
                    };
                    software::put_user(tx, &new).await?;
                }
            }
        }
        if self.answer == Answer::Confirms {
            let data = json!({ "count": awaiting.len() });
            let story = Story::new("software_confirmed", ("organisation", self.organisation.into()), data);
            hall.record(tx, Story { organisation: Some(self.organisation), ..story }).await?;
        }
        Ok(awaiting.len())
    }
}

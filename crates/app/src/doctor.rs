//! What may be wrong with a set-up, looked at from inside.

use jiff::{SignedDuration, Timestamp};

use crate::{context::Context, copies};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// As it should be.
    Fine,
    /// Worth a look.
    Warning,
    /// Something does not work.
    Wrong,
}

/// What was looked at, and what was found, in English for the person who runs the machine.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was looked at.
    pub about: &'static str,
    /// How grave it is.
    pub gravity: Gravity,
    /// What was found.
    pub says: String,
}

impl Finding {
    /// A finding.
    #[must_use]
    pub const fn new(about: &'static str, gravity: Gravity, says: String) -> Self {
        Self { about, gravity, says }
    }
}

/// The worker has stopped if it gave no sign of life for so long.
const SILENCE: SignedDuration = SignedDuration::from_mins(10);
/// A copy older than this is worth a warning.
const OLD_COPY: SignedDuration = SignedDuration::from_hours(8 * 24);

/// Looks at mail, worker, clock, copies, journal's owner and what did not get through. Errors: the database failed.
pub async fn examine(context: &Context) -> store::sqlx::Result<Vec<Finding>> {
    let now = context.now();
    let mut findings = vec![mail(context).await];
    let mut tx = context.db.read().await?;
    let beats = store::deadlines::heartbeats(&mut tx).await?;
    findings.push(worker(beats.iter().map(|beat| beat.at).max(), now));
    let (waiting, dead) = store::mails::counts(&mut tx).await?;
    findings.push(count(
        "mails",
        waiting,
        dead,
        "wait to be sent",
        "could not be sent: see the administration page",
    ));
    let (due, dead) = store::deadlines::counts(&mut tx, now).await?;
    findings.push(count("deadlines", due, dead, "are due", "failed for good: see the administration page"));
    findings.push(copy(copies::when(&mut tx, copies::COPIED_AT).await?, now));
    let guard = store::guard::look(&mut tx).await?;
    if !guard.missing.is_empty() {
        let says = "the triggers that keep the journal append-only are missing, off or changed: run `popote verify`, ask who did it";
        findings.push(Finding::new("journal", Gravity::Wrong, says.to_owned()));
    }
    if !guard.unguarded.is_empty() {
        let names = guard.unguarded.join(", ");
        let says = format!(
            "indexes or constraints that guard money are missing or changed: {names}; ask who did it"
        );
        findings.push(Finding::new("journal", Gravity::Wrong, says));
    }
    if !guard.foreign.is_empty() {
        let says = format!("triggers that Popote never made: {}; ask who did it", guard.foreign.join(", "));
        findings.push(Finding::new("journal", Gravity::Wrong, says));
    }
    if context.db.is_postgres() {
        let owner = store::instance::owns_journal(&mut tx).await?;
        let (gravity, says) = if owner {
            (Gravity::Warning, "the serving role owns the journal's tables and could take its triggers away")
        } else {
            (Gravity::Fine, "the serving role does not own the journal's tables")
        };
        findings.push(Finding::new("journal", gravity, says.to_owned()));
    }
    Ok(findings)
}

async fn mail(context: &Context) -> Finding {
    match (&*context.mailer, context.mailer.reach().await) {
        (_, Err(error)) => Finding::new("mail", Gravity::Wrong, error.to_string()),
        (messages::Mailer::File(folder), Ok(())) => {
            let says = format!("mails become files in {}: nobody gets them", folder.display());
            Finding::new("mail", Gravity::Warning, says)
        }
        (_, Ok(())) => Finding::new("mail", Gravity::Fine, "the mail server answers".to_owned()),
    }
}

fn worker(last: Option<Timestamp>, now: Timestamp) -> Finding {
    match last {
        None => {
            Finding::new("worker", Gravity::Warning, "no server has worked on this database yet".to_owned())
        }
        Some(at) if at > now.saturating_add(SILENCE).unwrap_or(now) => Finding::new(
            "clock",
            Gravity::Wrong,
            format!("the worker's last sign of life is in the future: {at}"),
        ),
        Some(at) if now.duration_since(at) > SILENCE => Finding::new(
            "worker",
            Gravity::Wrong,
            format!("no sign of life since {at}: is the server running?"),
        ),
        Some(at) => Finding::new("worker", Gravity::Fine, format!("last sign of life {at}")),
    }
}

fn copy(last: Option<Timestamp>, now: Timestamp) -> Finding {
    match last {
        None => Finding::new("backup", Gravity::Warning, "`popote backup` was never run".to_owned()),
        Some(at) if now.duration_since(at) > OLD_COPY => {
            Finding::new("backup", Gravity::Warning, format!("the last copy is of {at}"))
        }
        Some(at) => Finding::new("backup", Gravity::Fine, format!("the last copy is of {at}")),
    }
}

fn count(about: &'static str, waiting: i64, dead: i64, waits: &str, failed: &str) -> Finding {
    if dead > 0 {
        Finding::new(about, Gravity::Wrong, format!("{dead} {failed}"))
    } else {
        Finding::new(about, Gravity::Fine, format!("{waiting} {waits}"))
    }
}

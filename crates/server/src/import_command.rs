//! `popote import`: organisations from a CSV file, what hosters publish that they run, a real participatory budget from a
//! Pabulib file.

use std::{io::IsTerminal as _, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use app::{
    Acting, Chance, Clock, Context, Failure, Settings, imports,
    pabulib::{Play, Played, Progress, play},
};
use clap::{Args, Subcommand};
use domain::{imports::ImportRefusal, people::Email};
use messages::{Mailer, Outbox};
use store::{Db, Options};
use tally::pabulib::{Election, Fault};
use words::{Locale, Words};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    existing,
    listing_command::{self, ChatonsinfosArgs},
    out,
    serve::StartError,
};

/// Memory for the database's pages while a whole election is played in one transaction.
const IMPORT_CACHE_KIB: u32 = 512 * 1024;
/// How often a terminal is told how far an import is.
const TOLD_EVERY: Duration = Duration::from_secs(3);
/// After how many entries more it is told elsewhere.
const TOLD_ENTRIES: u64 = 10_000;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Bring data in from a file; nothing is written unless all of it can be
#[derive(Args, Debug)]
pub struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Organisations(Box<OrganisationsArgs>),
    Chatonsinfos(Box<ChatonsinfosArgs>),
    Pabulib(PabulibArgs),
}

/// Make the organisations of a CSV file members of a collective; invites those whose address is given
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote import organisations members.csv --collective chatons --as admin@example.org\n\n\
                  The whole file is read and shown first; add --yes to import it.\n\
                  Exit codes: 0 shown or imported, 1 refused, with each line's reason."
)]
struct OrganisationsArgs {
    /// The CSV file: columns name (nom), and if you like website (site), siren, email (courriel), since (depuis: the day of joining)
    file: PathBuf,
    /// The collective's name in addresses
    #[arg(long)]
    collective: String,
    /// The address of an admin of that collective, in whose name it is done
    #[arg(long = "as", value_name = "EMAIL")]
    admin: String,
    /// Import it, after showing what it does
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    settings: ServeSettings,
}

/// Play a participatory budget: each voter is an organisation that pays in, gets its share and allocates it
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote import pabulib Poland_Lodz_2024.pb --database-url sqlite:lodz.db\n\n\
                  Exit codes: 0 imported, 1 refused, with the reason."
)]
struct PabulibArgs {
    /// The `.pb` file
    file: PathBuf,
    /// Let voter i belong to organisation i modulo N
    #[arg(long, value_name = "N")]
    organisations: Option<usize>,
    /// Play it beside an earlier play of the same election
    #[arg(long)]
    again: bool,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Imports.
pub async fn run(args: ImportArgs) -> ExitCode {
    let done = match args.what {
        What::Organisations(args) => organisations(&args).await,
        What::Chatonsinfos(args) => listing_command::read(&args).await,
        What::Pabulib(args) => pabulib(&args).await,
    };
    match done {
        Ok(message) => {
            out::say(&message);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn organisations(args: &OrganisationsArgs) -> Result<String, StartError> {
    let bytes = read(&args.file)?;
    let config = Config::resolve(&args.database, &args.settings)?;
    let context = existing::context(config).await?;
    let done = import_organisations(&context, args, &bytes).await;
    context.db.close().await;
    done
}

async fn import_organisations(
    context: &Context,
    args: &OrganisationsArgs,
    bytes: &[u8],
) -> Result<String, StartError> {
    let mut tx = context.db.read().await?;
    let collective = store::collectives::by_slug(&mut tx, &args.collective).await?;
    let collective = collective.ok_or_else(|| format!("there is no collective {}", args.collective))?;
    let person = store::people::by_email(&mut tx, &Email::key_of(&args.admin)).await?;
    let person = person.ok_or_else(|| format!("nobody here has the address {}", args.admin))?;
    drop(tx);
    // The command line speaks English, whatever the admin's pages speak.
    let t = Words::new(Locale::En);
    let acting = Acting::by_form(person.id, None);
    let preview = imports::preview(context, acting.clone(), collective.id, bytes).await;
    let preview = preview.map_err(|failure| refused(t, failure))?;
    for line in &preview.lines {
        let invited = line.invited.as_deref().unwrap_or_default();
        out::print(&format_args!("{}\t{}\t{}\t{invited}", line.line, line.effect.as_str(), line.name))?;
    }
    if !args.yes {
        return Ok(format!("{}, nothing was written: add --yes to import", lines(preview.lines.len())));
    }
    let changed = imports::import(context, acting, collective.id, bytes, preview.digest).await;
    let changed = changed.map_err(|failure| refused(t, failure))?;
    Ok(format!("{} changed something", lines(changed)))
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

fn refused(t: Words, failure: Failure<ImportRefusal>) -> StartError {
    let Failure::Refused(refusal) = failure else { return failure.to_string().into() };
    let mut said = vec![t.import_refusal(&refusal)];
    if let ImportRefusal::Lines(errors) = &refusal {
        said.extend(
            errors.iter().map(|error| format!("  {}: {}", error.line, t.import_problem(&error.problem))),
        );
    }
    said.join("\n").into()
}

/// Reads a file. Errors: it is not there, or larger than [`LARGEST`].
fn read(file: &std::path::Path) -> Result<Vec<u8>, StartError> {
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    let size = std::fs::metadata(file).map_err(failed)?.len();
    if size > LARGEST {
        return Err(format!("{}: {size} bytes, at most {LARGEST} are read", file.display()).into());
    }
    Ok(std::fs::read(file).map_err(failed)?)
}

/// An election whose ballots all keep its own rules. What its head lacks and nothing here needs is told and let be; all
/// else that is wrong is told at once.
fn whole(file: &std::path::Path, bytes: &[u8]) -> Result<Election, StartError> {
    let election =
        tally::pabulib::read_published(bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut refused = Vec::new();
    for (line, fault) in &election.faults {
        let said = format!("{}: line {line}: {fault}", file.display());
        match fault {
            Fault::MissingKey(_) => eprintln!("popote: warning: {said}"),
            fault if fault.is_refused() => refused.push(said),
            _ => {}
        }
    }
    if election.faults.len() == Election::MAX_FAULTS {
        refused.push(format!("{}: more is wrong than is listed", file.display()));
    }
    if refused.is_empty() { Ok(election) } else { Err(refused.join("\npopote: ").into()) }
}

async fn pabulib(args: &PabulibArgs) -> Result<String, StartError> {
    let bytes = read(&args.file)?;
    let election = whole(&args.file, &bytes)?;
    let options = Options { cache_kib: IMPORT_CACHE_KIB, ..Options::default() };
    let db = Db::open(&args.database.resolve()?, &options).await?;
    let settings = Settings {
        public_url: "http://127.0.0.1:8080".to_owned(),
        mail_from: "popote@localhost.localdomain".to_owned(),
        demo: false,
    };
    let context =
        Context::new(db, Clock::System, Chance::System, Mailer::Memory(Outbox::default()), settings);
    let t = Words::new(Locale::En);
    let progress = Arc::new(Progress::default());
    let asked =
        Play { organisations: args.organisations, again: args.again, progress: Arc::clone(&progress) };
    let voters = election.voters.len();
    let played = telling(&progress, voters, play(&context, election, asked)).await;
    context.db.close().await;
    match played {
        Ok(played) if args.json => Ok(json(&played)),
        Ok(played) => Ok(format!(
            "{}: {} organisations, {} of {} projects funded, {} reserved and {} left in shares",
            played.slug,
            played.organisations,
            played.funded,
            played.features,
            t.money(played.reserved, played.currency),
            t.money(played.left, played.currency)
        )),
        Err(Failure::Refused(refusal)) => Err(refusal.into()),
        Err(failure) => Err(failure.to_string().into()),
    }
}

/// Waits, and says now and then how far it is: on a terminal every few seconds, elsewhere every so many entries.
async fn telling<T>(progress: &Progress, voters: usize, playing: impl Future<Output = T>) -> T {
    let is_terminal = std::io::stderr().is_terminal();
    let mut ticks = tokio::time::interval(if is_terminal { TOLD_EVERY } else { Duration::from_millis(200) });
    ticks.tick().await;
    let mut playing = std::pin::pin!(playing);
    let mut told = 0;
    loop {
        tokio::select! {
            done = &mut playing => return done,
            _ = ticks.tick() => {
                if let Some(line) = line_of(progress, voters, is_terminal, &mut told) {
                    eprintln!("{line}");
                }
            }
        }
    }
}

/// What is said just now, if anything is; `told`: at how many entries something was said last.
fn line_of(progress: &Progress, voters: usize, is_terminal: bool, told: &mut u64) -> Option<String> {
    let entries = progress.entries();
    if !is_terminal && entries < told.saturating_add(TOLD_ENTRIES) {
        return None;
    }
    *told = entries;
    Some(format!("popote: {}, {entries} entries so far, of {voters} voters", progress.stage().as_str()))
}

fn json(played: &Played) -> String {
    serde_json::json!({
        "collective": played.slug,
        "organisations": played.organisations,
        "features": played.features,
        "funded": played.funded,
        "reserved": played.reserved.minor().to_string(),
        "left": played.left.minor().to_string(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal is told each time; a log only when enough came since, so that it stays short.
    #[test]
    fn a_log_is_told_every_so_many_entries() {
        let (progress, mut told) = (Progress::default(), 0);
        let mut line = |entries: u64, is_terminal| {
            progress.counter().store(entries, std::sync::atomic::Ordering::Relaxed);
            line_of(&progress, 7, is_terminal, &mut told)
        };
        assert_eq!(line(9_999, false), None);
        assert_eq!(line(10_400, false).unwrap(), "popote: members, 10400 entries so far, of 7 voters");
        assert_eq!(line(20_399, false), None);
        assert!(line(20_399, true).is_some() && line(20_399, true).is_some());
        assert!(line(30_399, false).is_some());
    }
}

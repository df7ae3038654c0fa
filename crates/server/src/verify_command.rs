//! `popote verify`.

use std::{fmt::Write as _, fs::File, path::PathBuf, process::ExitCode};

use app::{Clock, verify::PotReport};
use clap::Args;
use domain::{
    chain::Head,
    invariants::{Breach, Finding, Status},
    public_journal::{Limits, Verdict, verify},
};
use serde::Serialize;
use store::Db;
use words::{Locale, Words};

use crate::{config::DatabaseArgs, existing, out, serve::StartError};

/// Check the invariants of every pot, or a public journal file
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  popote verify\n  \
    popote verify --head cash:120:3f79…1b7e\n  \
    popote verify --journal chatons-main.json --head cash:120:3f79…1b7e\n\n\
    Amounts are minor units (cents).\n\
    Exit codes: 0 everything holds, 1 something is broken or can't be read.")]
pub struct VerifyArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// A public journal (`popote export --format json`), checked without a database
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// A head that you kept, which the database or the file must continue; may be given several times
    #[arg(long = "head", value_name = "BOOK:SEQ:HASH", value_parser = head)]
    heads: Vec<Head>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How many hexadecimal digits a hash has.
const HASH_DIGITS: usize = 64;

fn head(text: &str) -> Result<Head, String> {
    Head::parse(text).ok_or_else(|| {
        let hash = text.trim().splitn(3, ':').nth(2).map_or(0, str::len);
        let zeros = "0".repeat(HASH_DIGITS);
        // With a sound hash in its place the rest is sound too.
        let rest = text.trim().rsplit_once(':').and_then(|(rest, _)| Head::parse(&format!("{rest}:{zeros}")));
        match rest {
            Some(_) => format!("HASH is not {HASH_DIGITS} hexadecimal digits: it has {hash} characters"),
            None => "write BOOK:SEQ:HASH, BOOK being cash or promises".to_owned(),
        }
    })
}

/// What was found.
#[derive(Serialize)]
#[serde(untagged)]
enum Found {
    Database {
        holds: bool,
        pots: Vec<PotReport>,
        not_continued: Vec<String>,
        /// Triggers that keep the journal append-only and are missing or off.
        missing_triggers: Vec<String>,
        /// Triggers that this program never made.
        foreign_triggers: Vec<String>,
        /// Unique indexes and constraints that are missing or changed.
        missing_constraints: Vec<String>,
    },
    Journal {
        holds: bool,
        pot: String,
        heads: Vec<String>,
        findings: Vec<Finding>,
    },
}

impl Found {
    const fn holds(&self) -> bool {
        match self {
            Self::Database { holds, .. } | Self::Journal { holds, .. } => *holds,
        }
    }
}

/// Checks and tells.
pub async fn run(args: VerifyArgs) -> ExitCode {
    match try_run(&args).await {
        Ok(found) if found.holds() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: &VerifyArgs) -> Result<Found, StartError> {
    let found = match &args.journal {
        Some(path) => {
            let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
            journal(&verify(file, &args.heads, Limits::default())?)
        }
        None => {
            let db = existing::open(&args.database.resolve()?).await?;
            let found = database(&db, &args.heads).await;
            db.close().await;
            found?
        }
    };
    if args.json {
        out::print(&serde_json::to_string(&found)?)?;
    } else {
        out::print(told(&found).trim_end_matches('\n'))?;
    }
    Ok(found)
}

async fn database(db: &Db, heads: &[Head]) -> Result<Found, StartError> {
    let guard = app::verify::guard(db).await?;
    let mut pots = Vec::new();
    for pot in app::verify::pots(db).await? {
        pots.push(app::verify::verify_beside(db, pot, Clock::System.now(), &guard).await?);
    }
    let lost = app::verify::not_continued(db, heads).await?;
    let holds = lost.is_empty() && guard.holds() && pots.iter().all(PotReport::holds);
    Ok(Found::Database {
        holds,
        pots,
        not_continued: lost.iter().map(ToString::to_string).collect(),
        missing_triggers: guard.missing,
        foreign_triggers: guard.foreign,
        missing_constraints: guard.unguarded,
    })
}

fn journal(verdict: &Verdict) -> Found {
    Found::Journal {
        holds: verdict.holds(),
        pot: verdict.pot.to_string(),
        heads: verdict.books.iter().map(|book| book.head.to_string()).collect(),
        findings: verdict.findings.clone(),
    }
}

fn told(found: &Found) -> String {
    let mut text = String::new();
    match found {
        Found::Database {
            pots,
            not_continued,
            missing_triggers,
            foreign_triggers,
            missing_constraints,
            ..
        } => {
            if pots.is_empty() {
                text += "No pot yet.\n";
            }
            for pot in pots {
                tell(&mut text, &format!("{}/{}", pot.collective, pot.slug), &pot.findings, &pot.heads);
            }
            for head in not_continued {
                // Writing to a String can't fail.
                let _ = writeln!(text, "NO POT CONTINUES {head}");
            }
            for name in missing_triggers {
                let _ = writeln!(text, "THE JOURNAL IS NOT GUARDED: the trigger {name} is missing or off");
            }
            for name in foreign_triggers {
                let _ = writeln!(text, "FOREIGN TRIGGER {name}: Popote never made it");
            }
            for name in missing_constraints {
                let _ = writeln!(
                    text,
                    "THE MONEY IS NOT GUARDED: the index or constraint {name} is missing or changed"
                );
            }
        }
        Found::Journal { pot, heads, findings, .. } => {
            tell(&mut text, pot, findings, heads);
            text += "The names of organisations are not proven: the chain holds their ids, the file says the names.\n";
        }
    }
    let verdict = match (found.holds(), not_covered(found)) {
        (false, _) => "Something is broken.".to_owned(),
        (true, 0) => "Everything holds.".to_owned(),
        (true, rows) => format!("Everything that is covered holds; not covered (I24): {rows}."),
    };
    text + verdict.as_str() + "\n"
}

/// How many rows were written before there were seals, in all pots.
fn not_covered(found: &Found) -> i128 {
    let Found::Database { pots, .. } = found else { return 0 };
    let figures = pots.iter().flat_map(|pot| &pot.findings).flat_map(|finding| &finding.figures);
    figures.filter(|figure| figure.name == "not_covered").map(|figure| figure.value).sum()
}

fn tell(text: &mut String, title: &str, findings: &[Finding], heads: &[String]) {
    let words = Words::new(Locale::En);
    // Writing to a String can't fail.
    let _ = writeln!(text, "{title}");
    for finding in findings {
        let figures: Vec<String> =
            finding.figures.iter().map(|figure| format!("{} {}", figure.name, figure.value)).collect();
        let status = if finding.status == Status::Breached {
            words.check_status(finding.status).to_uppercase()
        } else {
            words.check_status(finding.status)
        };
        let title = words.invariant_title(finding.code);
        let _ = writeln!(text, "  {:<11} {status:<21} {title} ({})", finding.code, figures.join(", "));
        for Breach { place, what, expected, found } in &finding.breaches {
            let _ = writeln!(text, "      {place}: {what}: expected {expected}, found {found}");
        }
        let more = finding.breach_count.saturating_sub(finding.breaches.len() as u64);
        if more > 0 {
            let _ = writeln!(text, "      … and {more} more");
        }
    }
    for head in heads {
        let _ = writeln!(text, "  head {head}");
    }
    text.push('\n');
}

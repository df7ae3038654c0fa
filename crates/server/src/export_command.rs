//! `popote export`.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use app::{
    Clock, Failure,
    export::{Asked, Audience, ExportRefusal, Format, export},
    personal,
};
use clap::{Args, ValueEnum};
use tokio::sync::mpsc;

use crate::{config::DatabaseArgs, existing, serve::StartError};

/// How many pieces of a file wait to be written.
const WAITING: usize = 4;

/// Write a pot's journal, or what is kept about a person, to standard output
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  popote export --collective chatons --pot main --format hledger > chatons.journal\n  \
    popote export --collective chatons --pot main --format json > chatons-main.json\n  \
    popote export --format gdpr --person camille@yaal.example > camille.json\n\n\
    Exit codes: 0 written, 1 not, or not to the end."
)]
pub struct ExportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Short name of the collective
    #[arg(long, value_name = "SLUG", required_unless_present = "person", conflicts_with = "person")]
    collective: Option<String>,
    /// Short name of the pot
    #[arg(long, value_name = "SLUG", default_value = "main")]
    pot: String,
    /// The kind of file
    #[arg(long, value_enum)]
    format: FormatArg,
    /// For whom: organisations that hide their amounts are only told apart in files for treasurers.
    /// Without it, `everybody` for json and `treasurers` for the others
    #[arg(long = "for", value_enum, value_name = "AUDIENCE")]
    audience: Option<AudienceArg>,
    /// The person's address, for `--format gdpr`
    #[arg(long, value_name = "ADDRESS")]
    person: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    /// Plain-text accounting, both books side by side
    Hledger,
    /// Plain-text accounting for Beancount
    Beancount,
    /// One line a transfer
    Csv,
    /// The public journal, which `popote verify --journal` checks
    Json,
    /// All that is kept about a person, without secrets
    Gdpr,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AudienceArg {
    /// Anybody
    Everybody,
    /// Members of the collective
    Members,
    /// Whoever keeps the accounts
    Treasurers,
}

/// Writes the file.
pub async fn run(args: ExportArgs) -> ExitCode {
    match try_run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: ExportArgs) -> Result<(), StartError> {
    let (format, default) = match args.format {
        FormatArg::Gdpr => return person(&args).await,
        _ if args.person.is_some() => return Err("--person goes with --format gdpr".into()),
        FormatArg::Hledger => (Format::Hledger, Audience::Keeper),
        FormatArg::Beancount => (Format::Beancount, Audience::Keeper),
        FormatArg::Csv => (Format::Csv, Audience::Keeper),
        FormatArg::Json => (Format::Json, Audience::Everybody),
    };
    let audience = args.audience.map_or(default, |audience| match audience {
        AudienceArg::Everybody => Audience::Everybody,
        AudienceArg::Members => Audience::Member(Vec::new()),
        AudienceArg::Treasurers => Audience::Keeper,
    });
    let db = existing::open(&args.database.resolve()?).await?;
    let (pieces, mut taken) = mpsc::channel(WAITING);
    let reading = db.clone();
    let written = tokio::spawn(async move {
        let (collective, pot) = (args.collective.unwrap_or_default(), args.pot);
        let asked = Asked { collective: collective.clone(), pot: pot.clone(), format, audience, at: None };
        export(&reading, asked, pieces).await.map_err(|failure| say(&failure, &collective, &pot))
    });
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut printed = Ok(());
    while let Some(piece) = taken.recv().await {
        printed = out.write_all(&piece);
        if printed.is_err() {
            break;
        }
    }
    drop(taken);
    let written = written.await?;
    db.close().await;
    // A reader that closed the pipe early is told apart from a file that could not be made.
    printed.and_then(|()| out.flush())?;
    Ok(written?)
}

/// The file of a person.
async fn person(args: &ExportArgs) -> Result<(), StartError> {
    let Some(email) = &args.person else {
        return Err("--format gdpr is of a person: name one by --person ADDRESS".into());
    };
    let db = existing::open(&args.database.resolve()?).await?;
    let file = personal::of_address(&db, email, Clock::System.now()).await;
    db.close().await;
    let file = file.map_err(|failure| match failure {
        Failure::NotFound => format!("nobody has the address {email}"),
        other => other.to_string(),
    })?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &file)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

fn say(failure: &Failure<ExportRefusal>, collective: &str, pot: &str) -> String {
    match failure {
        Failure::NotFound => format!("there is no pot {pot} in a collective {collective}"),
        other => other.to_string(),
    }
}

//! `popote import`: organisations from a CSV file, a real participatory budget from a Pabulib file.

use std::{path::PathBuf, process::ExitCode};

use app::{
    Chance, Clock, Context, Settings,
    pabulib::{Play, Played, play},
};
use clap::{Args, Subcommand};
use messages::{Mailer, Outbox};
use store::{Db, Options};

use crate::{config::DatabaseArgs, serve::StartError};

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
    Pabulib(PabulibArgs),
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
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Imports.
pub async fn run(args: ImportArgs) -> ExitCode {
    let done = match args.what {
        What::Pabulib(args) => pabulib(&args).await,
    };
    match done {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn pabulib(args: &PabulibArgs) -> Result<String, StartError> {
    let size =
        std::fs::metadata(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?.len();
    if size > LARGEST {
        return Err(format!("{}: {size} bytes, at most {LARGEST} are read", args.file.display()).into());
    }
    let bytes = std::fs::read(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?;
    let election =
        tally::pabulib::read(&bytes).map_err(|error| format!("{}: {error}", args.file.display()))?;
    let db = Db::open(&args.database.resolve()?, &Options::default()).await?;
    let settings = Settings {
        public_url: "http://127.0.0.1:8080".to_owned(),
        mail_from: "popote@localhost.localdomain".to_owned(),
        demo: false,
    };
    let context =
        Context::new(db, Clock::System, Chance::System, Mailer::Memory(Outbox::default()), settings);
    let played = play(&context, election, Play { organisations: args.organisations }).await;
    context.db.close().await;
    match played {
        Ok(played) if args.json => Ok(json(&played)),
        Ok(played) => Ok(format!(
            "{}: {} organisations, {} of {} projects funded, {} reserved and {} left in shares (minor units)",
            played.slug, played.organisations, played.funded, played.features, played.reserved, played.left
        )),
        Err(app::Failure::Refused(refusal)) => Err(refusal.into()),
        Err(failure) => Err(failure.to_string().into()),
    }
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

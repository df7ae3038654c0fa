//! `popote move`.

use std::process::ExitCode;

use app::{Clock, verify};
use clap::Args;

use crate::{existing, out, serve::StartError};

/// Put a database of SQLite into an empty one of PostgreSQL
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote move --from sqlite:popote.db --to postgres://popote:secret@db/popote\n\n\
                  The server must be stopped. The database of SQLite is left as it is: keep it until the new one serves.\n\
                  Every pot is checked at the end, as by `popote verify`.\n\
                  Exit codes: 0 moved, and everything holds; 1 not moved, or something doesn't hold."
)]
pub struct MoveArgs {
    /// The database that was used until now: `sqlite:PATH`, or a path
    #[arg(long, value_name = "URL")]
    from: String,
    /// The new one, which must be empty: `postgres://USER@HOST/NAME`
    #[arg(long, value_name = "URL")]
    to: String,
}

/// Moves it.
pub async fn run(args: MoveArgs) -> ExitCode {
    match try_run(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: &MoveArgs) -> Result<(), StartError> {
    let moved = store::move_over(&args.from, &args.to).await?;
    out::say(&format!("{} rows of {} tables are moved.", moved.rows, moved.tables));
    let db = existing::open(&args.to).await?;
    let checked = check(&db).await;
    db.close().await;
    let broken = checked?;
    if broken.is_empty() {
        out::say("Everything holds. Serve with the new address: the old database stays as it was.");
        return Ok(());
    }
    Err(format!("these pots don't hold, see `popote verify` on both databases: {}", broken.join(", ")).into())
}

/// The pots in which something doesn't hold.
async fn check(db: &store::Db) -> Result<Vec<String>, StartError> {
    let mut broken = Vec::new();
    for pot in verify::pots(db).await? {
        let report = verify::verify_pot(db, pot, Clock::System.now()).await?;
        let (name, verdict) = (format!("{}/{}", report.collective, report.slug), report.broken());
        out::say(&format!("{name}: {}", if verdict == 0 { "holds" } else { "does not hold" }));
        broken.extend((verdict > 0).then_some(name));
    }
    Ok(broken)
}

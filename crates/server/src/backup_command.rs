//! `popote backup` and `popote restore`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use crate::{config::DatabaseArgs, out, serve::StartError};

/// Copy the whole database into a new file, while the server runs
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote backup /srv/backups/popote-2026-11-23.db\n\nExit codes: 0 copied, 1 nothing was copied."
)]
pub struct BackupArgs {
    /// The file to make; it must not exist
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Put a copy made by `backup` in place of the database
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote restore /srv/backups/popote-2026-11-23.db --database-url sqlite:popote.db\n\n\
                  The server must be stopped. On SQLite the database that was there is kept beside, as\n\
                  NAME.before-restore, or with a number where an earlier one is kept. On PostgreSQL the database\n\
                  must be empty: make a new one beside the old, which is left as it is.\n\
                  Exit codes: 0 restored, 1 nothing was changed."
)]
pub struct RestoreArgs {
    /// The copy
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Makes a copy.
pub async fn backup(args: BackupArgs) -> ExitCode {
    told(try_backup(&args).await)
}

async fn try_backup(args: &BackupArgs) -> Result<String, StartError> {
    let url = args.database.resolve()?;
    store::backup(&url, &args.file).await?;
    app::copies::mark(&url, app::copies::COPIED_AT).await?;
    let size = std::fs::metadata(&args.file)?.len();
    Ok(format!("{} ({size} bytes)", args.file.display()))
}

/// Restores a copy.
pub async fn restore(args: RestoreArgs) -> ExitCode {
    told(try_restore(&args).await)
}

async fn try_restore(args: &RestoreArgs) -> Result<String, StartError> {
    let url = args.database.resolve()?;
    let kept = store::restore(&args.file, &url).await?;
    app::copies::mark(&url, app::copies::RESTORED_AT).await?;
    let kept =
        kept.map(|place| format!(" What was there is kept as {}.", place.display())).unwrap_or_default();
    Ok(format!(
        "Restored.{kept} Run `popote verify`, and compare the head on the accounts page with the last one \
         published: what was recorded since the copy was made must be recorded again."
    ))
}

fn told(done: Result<String, StartError>) -> ExitCode {
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

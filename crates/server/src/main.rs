//! The binary `popote`: settings, commands, wiring.

mod backup_command;
mod config;
mod connections;
mod demo;
mod doctor_command;
mod existing;
mod export_command;
mod import_command;
mod init_command;
mod job_command;
mod listing_command;
mod move_command;
mod out;
mod person_command;
mod serve;
mod tally_command;
mod token_command;
mod verify_command;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// The common pot: organisations fund, together, the features of the free software they all use.
#[derive(Parser)]
#[command(name = "popote", version, about, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::ServeArgs),
    Demo(demo::DemoArgs),
    Init(init_command::InitArgs),
    Verify(verify_command::VerifyArgs),
    Export(export_command::ExportArgs),
    Import(import_command::ImportArgs),
    Backup(backup_command::BackupArgs),
    Restore(backup_command::RestoreArgs),
    Move(move_command::MoveArgs),
    Person(person_command::PersonArgs),
    Token(token_command::TokenArgs),
    Job(job_command::JobArgs),
    Tally(tally_command::TallyArgs),
    Doctor(doctor_command::DoctorArgs),
}

/// What is logged unless `POPOTE_LOG` says otherwise: a slow statement of the database is told with its SQL, which says
/// nothing to whoever runs a command beside a locked database.
const USUAL: &str = "warn,sqlx::query=error";

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("POPOTE_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL));
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("popote: {error}");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(args).await,
            Command::Demo(args) => demo::run(args).await,
            Command::Init(args) => init_command::run(args).await,
            Command::Verify(args) => verify_command::run(args).await,
            Command::Export(args) => export_command::run(args).await,
            Command::Import(args) => import_command::run(args).await,
            Command::Backup(args) => backup_command::backup(args).await,
            Command::Restore(args) => backup_command::restore(args).await,
            Command::Move(args) => move_command::run(args).await,
            Command::Person(args) => person_command::run(args).await,
            Command::Token(args) => token_command::run(args).await,
            Command::Job(args) => job_command::run(args).await,
            Command::Tally(args) => tally_command::run(&args),
            Command::Doctor(args) => doctor_command::run(args).await,
        }
    })
}

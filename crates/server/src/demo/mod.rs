//! `popote demo`: the server on a new database with a lively example collective.

mod ads;
mod content;
mod direct;
mod join;
mod leaving;
mod picture;
#[cfg(test)]
mod plans;
mod proof;
mod seed;
mod subscription;
mod wishes;
mod wishing;

use std::{net::SocketAddr, process::ExitCode};

use app::{Chance, Clock, Context, Settings, demo_links};
use clap::Args;
use messages::{Mailer, Outbox};
use store::{Db, Options};
use tokio::net::TcpListener;
use web::{AppState, PublicUrl};

use crate::{
    config::DEFAULT_LISTEN,
    out,
    serve::{CACHE_BYTES, StartError, until_stopped},
};

/// Run the server on a new database with an example collective
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  popote demo\n  popote demo --database-url sqlite:example.db\n\n\
                  Exit codes: 0 stopped, 1 could not start.")]
pub struct DemoArgs {
    /// Address and port to listen on
    #[arg(long, env = "POPOTE_LISTEN", value_name = "ADDR", default_value_t = DEFAULT_LISTEN)]
    listen: SocketAddr,
    /// A new database to fill and keep; without it a temporary one, removed at the end
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// Runs the example until it is told to stop.
pub async fn run(args: DemoArgs) -> ExitCode {
    match try_run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: DemoArgs) -> Result<(), StartError> {
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| format!("can't listen on {}: {error}", args.listen))?;
    let address = listener.local_addr()?;
    let public_url = PublicUrl::parse_even_in_clear(&format!("http://{address}"))?;
    let db = Db::open(args.database_url.as_deref().unwrap_or("sqlite::memory:"), &Options::default()).await?;
    refuse_if_filled(&db).await?;
    let people = seed::fill(&db, public_url.origin()).await?;
    let settings = Settings {
        public_url: public_url.origin().to_owned(),
        mail_from: "popote@popote.example".to_owned(),
        demo: address.ip().is_loopback(),
    };
    let mailer = Mailer::Memory(Outbox::default());
    let context = Context::new(db, Clock::System, Chance::System, mailer, settings);
    out::say(&format_args!(
        "Popote, with an example collective whose figures are invented: http://{address}/c/chatons"
    ));
    if address.ip().is_loopback() {
        let roles = [
            ("administration", people.admin),
            ("treasurer     ", people.treasurer),
            ("steward       ", people.steward),
            ("representative", people.representative),
        ];
        out::say("Sign in, on this machine, as");
        for (role, person) in roles {
            let link = demo_links::print(&context, person).await.map_err(|failure| failure.to_string())?;
            out::say(&format_args!("  {role}  {link}"));
        }
    } else {
        out::say("Sign-in links are printed on loopback addresses only.");
    }
    until_stopped(listener, AppState::new(context, public_url, CACHE_BYTES)).await
}

/// The example fills only a database in which nothing is.
async fn refuse_if_filled(db: &Db) -> Result<(), StartError> {
    let mut tx = db.read().await?;
    if store::collectives::list(&mut tx, "", 1).await?.is_empty() {
        return Ok(());
    }
    Err("this database is in use: the example needs a new one".into())
}

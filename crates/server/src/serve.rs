//! `popote serve`: the server, its worker, and a graceful stop.

use std::{process::ExitCode, sync::Arc, time::Duration};

use app::{Chance, Clock, Context, Settings};
use axum::Router;
use clap::Args;
use messages::Mailer;
use outside::{Exception, Fetcher};
use store::{Db, Options};
use tokio::{net::TcpListener, sync::watch};
use web::{AppState, extract::Proxies};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    connections::{self, Patience},
    out,
};

/// Bytes that pages of visitors who aren't signed in may take in memory.
pub const CACHE_BYTES: usize = 4 * 1024 * 1024;
/// How long requests under way may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Any failure to start, told in one line.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// Run the server
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote serve --public-url https://pot.example.org\n\nExit codes: 0 stopped, 1 could not start."
)]
pub struct ServeArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    settings: ServeSettings,
    /// Print the settings in force, secrets hidden, and stop
    #[arg(long)]
    print_config: bool,
}

/// Runs the server until it is told to stop.
pub async fn run(args: ServeArgs) -> ExitCode {
    match try_run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: ServeArgs) -> Result<(), StartError> {
    let config = Config::resolve(&args.database, &args.settings)?;
    if args.print_config {
        return Ok(out::print(config.to_toml().trim_end_matches('\n'))?);
    }
    let db = Db::open(&config.database_url, &Options::default()).await?;
    let mailer = Mailer::from_setting(&config.mail)?;
    let settings =
        Settings { public_url: config.public_url.clone(), mail_from: config.mail_from.clone(), demo: false };
    let exceptions = config.fetch_exceptions.split([',', ' ']).filter(|name| !name.is_empty());
    let exceptions: Vec<Exception> = exceptions.map(str::parse).collect::<Result<_, _>>()?;
    let context = Context::new(db, Clock::System, Chance::System, mailer, settings)
        .asking(Arc::new(Fetcher::new(exceptions)));
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("can't listen on {}: {error}", config.listen))?;
    if let Some(address) = app::setup::link(&context).await? {
        out::say(&format_args!("Nobody runs this instance yet. Set it up here, once:\n  {address}"));
    }
    let listens = listener.local_addr()?;
    out::say(&format_args!("Popote listens on http://{listens} as {}", config.public_url));
    let proxies: Proxies = config.trusted_proxies.parse()?;
    let state = AppState::new(context, config.checked_public_url()?, CACHE_BYTES)
        .with_proxies(proxies)
        .with_source(&config.source_url);
    until_stopped(listener, state).await
}

/// Serves a site and works off what is due, until Ctrl-C or SIGTERM; then ends event streams, lets requests under way
/// end and closes the database.
pub async fn until_stopped(listener: TcpListener, state: AppState) -> Result<(), StartError> {
    let router: Router = web::router(&state)?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(work(state.context.clone(), stopped.clone()));
    let serving = tokio::spawn(connections::serve(listener, router, Patience::default(), stopped, GRACE));
    signal().await;
    stop.send_replace(true);
    state.end_streams();
    if let Err(error) = serving.await {
        tracing::error!(%error, "the server failed");
    }
    if let Err(error) = worker.await {
        tracing::error!(%error, "the worker failed");
    }
    state.context.db.close().await;
    Ok(())
}

async fn work(context: Context, mut stopped: watch::Receiver<bool>) {
    let told = async move {
        // An error means that the sender is gone, which is a reason to stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    app::jobs::work(&context, told).await;
}

async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}

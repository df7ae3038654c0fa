//! Opening a database that is there already: a command makes none and migrates none.

use std::path::Path;

use app::{Chance, Clock, Context, Settings};
use clap::Args;
use messages::Mailer;
use store::{Db, Options};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    serve::StartError,
};

/// Which instance: each act of a command takes it, wherever it stands on the line.
#[derive(Args, Debug)]
pub struct Instance {
    /// Its database.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Its settings.
    #[command(flatten)]
    pub settings: ServeSettings,
}

/// Opens a database as it is: none is made where there is none, and an older one is not migrated.
/// Errors: there is none, or it can't be opened.
pub async fn open(url: &str) -> Result<Db, StartError> {
    let file = url.strip_prefix("sqlite:").or_else(|| (!url.contains("://")).then_some(url));
    if let Some(path) = file.map(|path| path.strip_prefix("//").unwrap_or(path))
        && !Path::new(path).exists()
    {
        return Err(format!("there is no database at {path}").into());
    }
    let options = Options { migrate: false, connections: 2, readers: 1, ..Options::default() };
    Ok(Db::open(url, &options).await?)
}

/// What the use cases need to work on the instance of these settings, as its server does.
/// Errors: its database is not there or can't be opened, its mails can't be sent as it says.
pub async fn context(config: Config) -> Result<Context, StartError> {
    let db = open(&config.database_url).await?;
    let settings = Settings { public_url: config.public_url, mail_from: config.mail_from, demo: false };
    let mailer = Mailer::from_setting(&config.mail)?;
    Ok(Context::new(db, Clock::System, Chance::System, mailer, settings))
}

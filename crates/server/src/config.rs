//! Settings: flags and `POPOTE_*` variables, then `popote.toml`, then defaults. Unknown keys are refused.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use web::{PublicUrl, PublicUrlError};

/// Where the server listens when nothing is said.
pub const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// The database when nothing is said: a file in the working directory.
pub const DEFAULT_DATABASE: &str = "popote.db";
/// Where mail goes when nothing is said.
pub const DEFAULT_MAIL: &str = "file:popote-mails";
const DEFAULT_FILE: &str = "popote.toml";

/// Which database a command works on.
#[derive(Args, Clone, Debug, Default)]
pub struct DatabaseArgs {
    /// `sqlite:PATH`, a path, or `postgres://…`; without it `popote.db`
    #[arg(long, env = "POPOTE_DATABASE_URL", value_name = "URL")]
    pub database_url: Option<String>,
    /// The settings file; without it `popote.toml` if there is one
    #[arg(long, env = "POPOTE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The settings of `serve` that may also stand in `popote.toml`.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServeSettings {
    /// Address and port to listen on
    #[arg(long, env = "POPOTE_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// The address under which people reach this instance, e.g. `https://pot.example.org`
    #[arg(long, env = "POPOTE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Where mail goes: `smtp://user:password@host:587?tls=required`, `smtps://…`, `smtp://localhost:25`, or
    /// `file:FOLDER`, which writes each mail as a file
    #[arg(long, env = "POPOTE_MAIL", value_name = "WHERE", hide_env_values = true)]
    pub mail: Option<String>,
    /// The sender of mails
    #[arg(long, env = "POPOTE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Addresses and networks of proxies whose `X-Forwarded-For` is believed (for rate limits only), separated by commas
    #[arg(long, env = "POPOTE_TRUSTED_PROXIES", value_name = "LIST")]
    pub trusted_proxies: Option<String>,
    /// Hosts with their port to which this server may go though they are not on the Internet at large, separated by
    /// commas: `hooks.lan:8443`
    #[arg(long, env = "POPOTE_FETCH_EXCEPTIONS", value_name = "LIST")]
    pub fetch_exceptions: Option<String>,
    /// Where the source code of this instance is, changes included: shown on its page "About"
    #[arg(long, env = "POPOTE_SOURCE_URL", value_name = "URL")]
    pub source_url: Option<String>,
    /// Serve plain http on an address that is not loopback; cookies then travel in clear
    #[arg(long, env = "POPOTE_ALLOW_PLAIN_HTTP", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub allow_plain_http: Option<bool>,
}

/// What `popote.toml` may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    database_url: Option<String>,
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    mail: Option<String>,
    mail_from: Option<String>,
    trusted_proxies: Option<String>,
    fetch_exceptions: Option<String>,
    source_url: Option<String>,
    allow_plain_http: Option<bool>,
}

/// The settings in force.
#[derive(Clone, Debug, Serialize)]
pub struct Config {
    /// The database.
    pub database_url: String,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address under which people reach the instance, without a final slash.
    pub public_url: String,
    /// Where mail goes.
    pub mail: String,
    /// The sender of mails.
    pub mail_from: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: String,
    /// Hosts with their port to which this server may go though they are within.
    pub fetch_exceptions: String,
    /// Where the source code of the instance is; empty where nobody said it.
    pub source_url: String,
    /// Whether plain http is allowed beyond loopback.
    pub allow_plain_http: bool,
}

/// Why the settings can't be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file named is not there or not readable.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not what it should be.
    #[error("{0}: {1}")]
    Malformed(PathBuf, String),
    /// The public address can't be one.
    #[error("public_url {0:?}: {1}")]
    PublicUrl(String, PublicUrlError),
    /// The address of the source code is none.
    #[error("source_url {0:?}: write an address that begins with https:// or http://")]
    SourceUrl(String),
}

fn read_file(named: Option<&Path>) -> Result<File, ConfigError> {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE));
    if named.is_none() && !path.exists() {
        return Ok(File::default());
    }
    let text =
        std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
    toml::from_str(&text).map_err(|error| ConfigError::Malformed(path.to_owned(), error.to_string()))
}

impl DatabaseArgs {
    /// The database that these arguments and the settings file name. Errors: an unusable settings file.
    pub fn resolve(&self) -> Result<String, ConfigError> {
        let file = read_file(self.config.as_deref())?;
        Ok(self.database_url.clone().or(file.database_url).unwrap_or_else(|| DEFAULT_DATABASE.to_owned()))
    }
}

impl Config {
    /// The settings in force. Errors: [`ConfigError`].
    pub fn resolve(database: &DatabaseArgs, flags: &ServeSettings) -> Result<Self, ConfigError> {
        let file = read_file(database.config.as_deref())?;
        let flags = flags.clone();
        let listen = flags.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN);
        let public_url = flags.public_url.or(file.public_url).unwrap_or_else(|| format!("http://{listen}"));
        let allow_plain_http = flags.allow_plain_http.or(file.allow_plain_http).unwrap_or(false);
        let checked = checked_public_url(&public_url, allow_plain_http)?;
        Ok(Self {
            database_url: database
                .database_url
                .clone()
                .or(file.database_url)
                .unwrap_or_else(|| DEFAULT_DATABASE.to_owned()),
            listen,
            mail: flags.mail.or(file.mail).unwrap_or_else(|| DEFAULT_MAIL.to_owned()),
            mail_from: flags
                .mail_from
                .or(file.mail_from)
                .unwrap_or_else(|| format!("Popote <popote@{}>", host_of(checked.origin()))),
            trusted_proxies: flags.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            fetch_exceptions: flags.fetch_exceptions.or(file.fetch_exceptions).unwrap_or_default(),
            source_url: checked_source_url(flags.source_url.or(file.source_url))?,
            allow_plain_http,
            public_url: checked.absolute(checked.base()),
        })
    }

    /// The public address. Errors: none once [`Config::resolve`] has accepted it.
    pub fn checked_public_url(&self) -> Result<PublicUrl, ConfigError> {
        checked_public_url(&self.public_url, self.allow_plain_http)
    }

    /// The settings as `popote.toml` would hold them, secrets hidden.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut shown = self.clone();
        for url in [&mut shown.mail, &mut shown.database_url] {
            *url = without_secret(url);
        }
        toml::to_string_pretty(&shown).unwrap_or_default()
    }
}

/// An address without the name and the password in it.
fn without_secret(url: &str) -> String {
    match url.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
        Some((scheme, Some((_, host)))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

fn host_of(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn checked_source_url(url: Option<String>) -> Result<String, ConfigError> {
    let url = url.unwrap_or_default();
    let is_address = ["https://", "http://"].iter().any(|scheme| {
        url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    });
    if url.is_empty() || is_address { Ok(url) } else { Err(ConfigError::SourceUrl(url)) }
}

fn checked_public_url(url: &str, allow_plain_http: bool) -> Result<PublicUrl, ConfigError> {
    let parsed = if allow_plain_http { PublicUrl::parse_even_in_clear(url) } else { PublicUrl::parse(url) };
    parsed.map_err(|error| ConfigError::PublicUrl(url.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public_url(url: &str, allow_plain_http: bool) -> Result<Config, ConfigError> {
        let flags = ServeSettings {
            public_url: Some(url.to_owned()),
            allow_plain_http: Some(allow_plain_http),
            ..ServeSettings::default()
        };
        Config::resolve(&DatabaseArgs::default(), &flags)
    }

    #[test]
    fn plain_http_stays_on_the_machine() {
        assert_eq!(public_url("http://127.0.0.1:8080/", false).unwrap().public_url, "http://127.0.0.1:8080");
        let refused = public_url("http://pot.example.org", false);
        assert!(matches!(refused, Err(ConfigError::PublicUrl(_, PublicUrlError::InClear))));
        assert!(public_url("http://pot.example.org", true).is_ok());
        let config = public_url("https://pot.example.org:8443/popote/", false).unwrap();
        assert_eq!(config.public_url, "https://pot.example.org:8443/popote");
        assert_eq!(config.mail_from, "Popote <popote@pot.example.org>");
    }

    #[test]
    fn the_source_is_at_an_address_or_nowhere() {
        let source = |url: Option<&str>| {
            let flags = ServeSettings { source_url: url.map(str::to_owned), ..ServeSettings::default() };
            Config::resolve(&DatabaseArgs::default(), &flags).map(|config| config.source_url)
        };
        assert_eq!(source(None).unwrap(), "");
        assert_eq!(source(Some("https://git.example.org/popote")).unwrap(), "https://git.example.org/popote");
        for bad in ["git.example.org", "javascript:alert(1)", "https://", "https://a b"] {
            assert!(matches!(source(Some(bad)), Err(ConfigError::SourceUrl(_))), "{bad}");
        }
    }

    #[test]
    fn unknown_keys_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("popote.toml");
        std::fs::write(&path, "listn = '127.0.0.1:1'\n").unwrap();
        let args = DatabaseArgs { config: Some(path), ..DatabaseArgs::default() };
        assert!(matches!(args.resolve(), Err(ConfigError::Malformed(..))));
    }

    #[test]
    fn secrets_are_not_printed() {
        let database = DatabaseArgs { database_url: Some("postgres://me:secret@db/p".into()), config: None };
        let flags = ServeSettings { mail: Some("smtp://me:secret@mail".into()), ..ServeSettings::default() };
        let config = Config::resolve(&database, &flags).unwrap();
        assert!(!config.to_toml().contains("secret"), "{}", config.to_toml());
    }
}

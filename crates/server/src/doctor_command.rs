//! `popote doctor`: what is wrong with a set-up.

use std::{path::Path, process::ExitCode};

use app::{
    Chance, Clock, Context, Settings,
    doctor::{Finding, Gravity, examine},
};
use clap::Args;
use messages::Mailer;
use store::{Db, Options};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    out,
};

/// Say what is wrong with a set-up: mail, clock, permissions, public address, backups
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote doctor --public-url https://pot.example.org\n\nExit codes: 0 nothing is wrong (there may be warnings), 1 something is."
)]
pub struct DoctorArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    settings: ServeSettings,
}

/// Looks and tells.
pub async fn run(args: DoctorArgs) -> ExitCode {
    let findings = look(&args).await;
    for finding in &findings {
        let sign = match finding.gravity {
            Gravity::Fine => "ok     ",
            Gravity::Warning => "warning",
            Gravity::Wrong => "WRONG  ",
        };
        if let Err(error) = out::print(&format_args!("{sign}  {}: {}", finding.about, finding.says)) {
            eprintln!("popote: {error}");
            return ExitCode::FAILURE;
        }
    }
    match findings.iter().map(|finding| finding.gravity).max() {
        Some(Gravity::Wrong) => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

async fn look(args: &DoctorArgs) -> Vec<Finding> {
    let wrong = |about, error: &dyn std::fmt::Display| Finding::new(about, Gravity::Wrong, error.to_string());
    let config = match Config::resolve(&args.database, &args.settings) {
        Ok(config) => config,
        Err(error) => return vec![wrong("settings", &error)],
    };
    let mut findings = vec![address(&config)];
    findings.extend(proxy(&config));
    findings.extend(file_rights(&config.database_url));
    findings.extend(free_space(&config.database_url));
    let mailer = match Mailer::from_setting(&config.mail) {
        Ok(mailer) => mailer,
        Err(error) => {
            findings.push(wrong("mail", &error));
            return findings;
        }
    };
    let options = Options { migrate: false, ..Options::default() };
    let db = match Db::open(&config.database_url, &options).await {
        Ok(db) => db,
        Err(error) => {
            findings.push(wrong("database", &error));
            return findings;
        }
    };
    findings.push(Finding::new(
        "database",
        Gravity::Fine,
        "opens, and its schema is this program's".to_owned(),
    ));
    let settings = Settings { public_url: config.public_url, mail_from: config.mail_from, demo: false };
    let context = Context::new(db, Clock::System, Chance::System, mailer, settings);
    match examine(&context).await {
        Ok(more) => findings.extend(more),
        Err(error) => findings.push(wrong("database", &error)),
    }
    context.db.close().await;
    findings
}

fn address(config: &Config) -> Finding {
    let about = "public address";
    match config.checked_public_url() {
        Err(error) => Finding::new(about, Gravity::Wrong, error.to_string()),
        Ok(url) if url.is_loopback() => {
            Finding::new(about, Gravity::Warning, format!("{} is for this machine alone", config.public_url))
        }
        Ok(url) if !url.is_https() => {
            Finding::new(about, Gravity::Warning, format!("{} is plain http", config.public_url))
        }
        Ok(url) if !url.base().is_empty() => {
            let says = format!("{}: the other applications of this host must be trusted", config.public_url);
            Finding::new(about, Gravity::Warning, says)
        }
        Ok(_) => Finding::new(about, Gravity::Fine, config.public_url.clone()),
    }
}

/// A server on this machine alone that is known by https has a proxy before it, which speaks for all its visitors.
fn proxy(config: &Config) -> Option<Finding> {
    let is_behind = config.checked_public_url().is_ok_and(|url| url.is_https() && !url.is_loopback())
        && config.listen.ip().is_loopback();
    (is_behind && config.trusted_proxies.is_empty()).then(|| {
        let says =
            "trusted_proxies is not set: behind a proxy all visitors count as one in the limits of attempts";
        Finding::new("proxy", Gravity::Warning, says.to_owned())
    })
}

/// The file of an SQLite database.
fn file_of(url: &str) -> Option<&Path> {
    if url.starts_with("postgres") {
        return None;
    }
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    Some(Path::new(path.strip_prefix("//").unwrap_or(path)))
}

/// Below this much room, or less than the database takes, a copy or a month of work may not fit any more.
const LITTLE_ROOM: u64 = 500 << 20;
/// Below this much, writes are about to fail.
const NO_ROOM: u64 = 50 << 20;

/// How much room is left where the database lies.
fn free_space(url: &str) -> Option<Finding> {
    let path = file_of(url)?;
    let taken = std::fs::metadata(path).map_or(0, |file| file.len());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let room = rustix::fs::statvfs(folder).ok()?;
    Some(space(room.f_bavail.saturating_mul(room.f_frsize), taken, folder))
}

fn space(free: u64, taken: u64, folder: &Path) -> Finding {
    let mib = |bytes: u64| bytes >> 20;
    let says =
        format!("{} MiB are free in {}, the database takes {}", mib(free), folder.display(), mib(taken));
    let gravity = match free {
        free if free < NO_ROOM => Gravity::Wrong,
        free if free < LITTLE_ROOM.max(taken) => Gravity::Warning,
        _ => Gravity::Fine,
    };
    Finding::new("disk", gravity, says)
}

/// The file of an SQLite database holds everything: only its owner may read it.
fn file_rights(url: &str) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = file_of(url)?;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    Some(if mode & 0o077 == 0 {
        Finding::new("file", Gravity::Fine, format!("{} is readable by its owner alone", path.display()))
    } else {
        let says = format!("others may read {}: chmod 600 {}", path.display(), path.display());
        Finding::new("file", Gravity::Warning, says)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(public_url: &str, listen: &str, trusted_proxies: &str) -> Config {
        Config {
            database_url: String::new(),
            listen: listen.parse().unwrap(),
            public_url: public_url.to_owned(),
            mail: String::new(),
            mail_from: String::new(),
            fetch_exceptions: String::new(),
            source_url: String::new(),
            trusted_proxies: trusted_proxies.to_owned(),
            allow_plain_http: false,
        }
    }

    #[test]
    fn little_room_is_told() {
        let gravity = |free, taken| space(free, taken, Path::new("/srv")).gravity;
        assert_eq!(gravity(10 << 20, 1 << 20), Gravity::Wrong);
        assert_eq!(gravity(400 << 20, 1 << 20), Gravity::Warning);
        assert_eq!(gravity(2 << 30, 3 << 30), Gravity::Warning);
        assert_eq!(gravity(9 << 30, 3 << 30), Gravity::Fine);
        let folder = std::env::temp_dir();
        let here = free_space(&format!("sqlite:{}/popote.db", folder.display())).unwrap();
        assert!(here.says.contains("MiB are free in"), "{}", here.says);
        assert!(free_space("postgres://pot@db/pot").is_none());
    }

    #[test]
    fn a_proxy_that_is_not_trusted_is_told() {
        let (https, here) = ("https://pot.example.org", "127.0.0.1:8080");
        assert_eq!(proxy(&config(https, here, "")).map(|found| found.gravity), Some(Gravity::Warning));
        assert!(proxy(&config(https, here, "127.0.0.1")).is_none());
        assert!(proxy(&config("http://127.0.0.1:8080", here, "")).is_none());
    }
}

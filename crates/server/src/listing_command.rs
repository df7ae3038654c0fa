//! `popote import chatonsinfos`: organisations and what they run, from the files that they publish.

use std::{path::Path, sync::Arc};

use app::{
    Acting, Chance, Clock, Context, Settings,
    chatonsinfos::{self, Crawled, Files, Outcome, PACE, Place, Why, crawl, crawl_folder},
};
use clap::Args;
use domain::{
    chatonsinfos::{LARGEST, MOST_FILES},
    descriptors::Unfetched,
    people::Email,
};
use messages::Mailer;
use outside::{Exception, Fetcher};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    existing,
    serve::StartError,
};

/// Read what hosters publish that they run; each organisation confirms its own before it counts
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote import chatonsinfos https://example.org/chatons.properties --collective chatons --as admin@example.org\n\n\
                  Of an address, at most 200 files of 256 KiB are read, one after the other, two levels deep; of a folder, its\n\
                  *.properties files. The same again writes nothing.\n\
                  Exit codes: 0 read, with each file that wasn't taken on standard error, 1 refused."
)]
pub struct ChatonsinfosArgs {
    /// The address of a federation's file, or of one organisation's; or a folder with such files
    source: String,
    /// The collective's name in addresses
    #[arg(long)]
    collective: String,
    /// The address of an admin of that collective, in whose name it is done
    #[arg(long = "as", value_name = "EMAIL")]
    admin: String,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    settings: ServeSettings,
}

/// Reads and writes; what to say of it.
pub(crate) async fn read(args: &ChatonsinfosArgs) -> Result<String, StartError> {
    let config = Config::resolve(&args.database, &args.settings)?;
    let exceptions = config.fetch_exceptions.split([',', ' ']).filter(|name| !name.is_empty());
    let exceptions: Vec<Exception> = exceptions.map(str::parse).collect::<Result<_, _>>()?;
    let db = existing::open(&config.database_url).await?;
    let mailer = Mailer::from_setting(&config.mail)?;
    let settings = Settings { public_url: config.public_url, mail_from: config.mail_from, demo: false };
    let context = Context::new(db, Clock::System, Chance::System, mailer, settings)
        .asking(Arc::new(Fetcher::new(exceptions)));
    let done = read_in(&context, args).await;
    context.db.close().await;
    done
}

async fn read_in(context: &Context, args: &ChatonsinfosArgs) -> Result<String, StartError> {
    let mut tx = context.db.read().await?;
    let collective = store::collectives::by_slug(&mut tx, &args.collective).await?;
    let collective = collective.ok_or_else(|| format!("there is no collective {}", args.collective))?;
    let person = store::people::by_email(&mut tx, &Email::key_of(&args.admin)).await?;
    let person = person.ok_or_else(|| format!("nobody here has the address {}", args.admin))?;
    drop(tx);
    let today = collective.day(context.now());
    let crawled = if args.source.contains("://") {
        crawl(&Place::Net { ctx: context, pace: PACE }, &args.source, today).await
    } else {
        crawl_folder(&files_of(Path::new(&args.source))?, today).await
    };
    tell(&crawled);
    let acting = Acting::by_form(person.id, None);
    let Outcome { imported, files, failed, .. } =
        chatonsinfos::outcome_of(context, acting, collective.id, crawled).await;
    match failed {
        Some(why) => Err(why.into()),
        None => Ok(format!(
            "{files} files, {} organisations of which {} are members, {} services: {} rows changed",
            imported.organisations, imported.members, imported.services, imported.changed
        )),
    }
}

fn tell(crawled: &Crawled) {
    for trouble in &crawled.troubles {
        eprintln!("popote: {}: {}", trouble.file, trouble.why.as_str());
    }
}

/// The property files of a folder. Errors: it can't be read, or holds too many.
fn files_of(folder: &Path) -> Result<Files, StartError> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Files::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.extension().is_none_or(|end| end != "properties") {
            continue;
        }
        if files.len() >= MOST_FILES {
            return Err(format!("{}: more than {MOST_FILES} files", folder.display()).into());
        }
        let size = std::fs::metadata(&path).map_or(0, |data| data.len());
        let bytes = if usize::try_from(size).is_ok_and(|size| size <= LARGEST) {
            std::fs::read(&path).map_err(|_| Why::Fetch(Unfetched::Unreachable))
        } else {
            Err(Why::Fetch(Unfetched::TooLarge))
        };
        files.insert(name.to_owned(), bytes);
    }
    if files.is_empty() {
        return Err(format!("{}: no *.properties file", folder.display()).into());
    }
    Ok(files)
}

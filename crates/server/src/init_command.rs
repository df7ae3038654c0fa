//! `popote init`: the first admin and collective, by flags or questions.

use std::{
    io::{BufRead, Write},
    process::ExitCode,
};

use app::{
    Chance, Clock, Context, Failure, Settings,
    setup::{Answers, Choices, init},
};
use clap::Args;
use domain::{Currency, people::SetupRefusal, pot::FundMode, rules::Template};
use messages::Mailer;
use store::{Db, Options};
use words::{Locale, Words};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    out,
    serve::StartError,
};

/// Make the first collective and its admin; what no flag says is asked
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  popote init --collective CHATONS --organisation 'Yaal Coop' --name Camille \
                  --email camille@yaal.example\n\nExit codes: 0 made, 1 refused, with the reason."
)]
pub struct InitArgs {
    /// Name of the collective
    #[arg(long)]
    collective: Option<String>,
    /// Name of your organisation
    #[arg(long)]
    organisation: Option<String>,
    /// Your name
    #[arg(long)]
    name: Option<String>,
    /// Your e-mail address
    #[arg(long)]
    email: Option<String>,
    /// The rules to begin with: informal, association or framed
    #[arg(long, default_value = "informal", value_parser = template)]
    rules: Template,
    /// The language of the collective and of its first person: fr or en
    #[arg(long, default_value = "fr", value_parser = locale)]
    locale: Locale,
    /// The collective's time zone
    #[arg(long, default_value = "Europe/Paris")]
    zone: String,
    /// Who holds the money: direct (nobody), pledge (a host, once promised) or own (paid in advance)
    #[arg(long, default_value = "direct", value_parser = fund_mode)]
    fund_mode: FundMode,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    settings: ServeSettings,
}

fn fund_mode(text: &str) -> Result<FundMode, String> {
    FundMode::parse(text).ok_or_else(|| "write direct, pledge or own".to_owned())
}

fn template(text: &str) -> Result<Template, String> {
    Template::parse(text).ok_or_else(|| "write informal, association or framed".to_owned())
}

fn locale(text: &str) -> Result<Locale, String> {
    Locale::ALL.into_iter().find(|locale| locale.as_str() == text).ok_or_else(|| "write fr or en".to_owned())
}

/// Makes them.
pub async fn run(args: InitArgs) -> ExitCode {
    match try_run(args).await {
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

async fn try_run(args: InitArgs) -> Result<String, StartError> {
    let config = Config::resolve(&args.database, &args.settings)?;
    let answers = ask(&args, &mut std::io::stdin().lock(), &mut std::io::stderr())?;
    let db = Db::open(&config.database_url, &Options::default()).await?;
    let settings =
        Settings { public_url: config.public_url.clone(), mail_from: config.mail_from.clone(), demo: false };
    let mailer = Mailer::from_setting(&config.mail)?;
    let context = Context::new(db, Clock::System, Chance::System, mailer, settings);
    let choices =
        Choices { template: args.rules, locale: args.locale, zone: args.zone, fund_mode: args.fund_mode };
    let made = init(&context, &answers, choices).await;
    context.db.close().await;
    let made = made.map_err(|failure| told(&failure))?;
    Ok(format!(
        "{} is ready: {}/c/{}\nSign in there by mail, or set a password: popote person password {}",
        answers.collective.trim(),
        config.public_url,
        made.slug,
        answers.email.trim()
    ))
}

/// Takes the flags, and asks for what they leave out.
fn ask(args: &InitArgs, input: &mut impl BufRead, output: &mut impl Write) -> std::io::Result<Answers> {
    let mut question = |flag: &Option<String>, text: &str| -> std::io::Result<String> {
        if let Some(given) = flag {
            return Ok(given.clone());
        }
        write!(output, "{text}: ")?;
        output.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    };
    Ok(Answers {
        collective: question(&args.collective, "Name of the collective")?,
        organisation: question(&args.organisation, "Name of your organisation")?,
        name: question(&args.name, "Your name")?,
        email: question(&args.email, "Your e-mail address")?,
    })
}

fn told(failure: &Failure<SetupRefusal>) -> String {
    let words = Words::new(Locale::En);
    match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::Invalid(errors) => {
            let lines: Vec<String> = errors
                .iter()
                .map(|error| format!("{}: {}", error.field, words.field_rule(&error.rule, Currency::EUR)))
                .collect();
            lines.join("\n")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        init: InitArgs,
    }

    #[test]
    fn what_no_flag_says_is_asked() {
        let args = Cli::parse_from(["popote", "--collective", "CHATONS", "--name", "Camille"]).init;
        let mut said = Vec::new();
        let answers = ask(&args, &mut "Yaal Coop\ncamille@yaal.example\n".as_bytes(), &mut said).unwrap();
        assert_eq!(answers.collective, "CHATONS");
        assert_eq!(
            (answers.organisation.as_str(), answers.email.as_str()),
            ("Yaal Coop", "camille@yaal.example")
        );
        assert_eq!(String::from_utf8(said).unwrap(), "Name of your organisation: Your e-mail address: ");
    }
}

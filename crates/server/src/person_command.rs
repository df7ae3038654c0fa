//! `popote person`: persons without the web.

use std::{io::IsTerminal as _, process::ExitCode};

use app::{
    Context, Failure,
    operators::{self, ClosingRefusal},
};
use clap::{Args, Subcommand};
use domain::Currency;
use words::{Locale, Words};

use crate::{
    config::Config,
    existing::{self, Instance},
    out,
    serve::StartError,
};

/// List persons, set a password, make somebody administer the instance, end sessions, close an account
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  popote person list\n  popote person password camille@yaal.example\n\n\
                  Exit codes: 0 done, 1 refused, with the reason.")]
pub struct PersonArgs {
    #[command(subcommand)]
    act: Act,
}

/// A person of an instance.
#[derive(Args, Debug)]
struct Person {
    /// Their address
    email: String,
    #[command(flatten)]
    instance: Instance,
}

#[derive(Subcommand, Debug)]
enum Act {
    /// List persons by address
    List {
        /// Print JSON, one person a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        instance: Instance,
    },
    /// Set a password, typed twice; all sessions of that person end and their tokens are revoked
    Password {
        /// Read the password from standard input, its first line, instead of a terminal
        #[arg(long)]
        stdin: bool,
        #[command(flatten)]
        person: Person,
    },
    /// Make somebody administer the instance
    Admin(Person),
    /// End all sessions of somebody
    SignOut(Person),
    /// Close an account: they sign in no more, what they did stays
    Close(Person),
}

impl Act {
    const fn instance(&self) -> &Instance {
        match self {
            Self::List { instance, .. } => instance,
            Self::Password { person, .. }
            | Self::Admin(person)
            | Self::SignOut(person)
            | Self::Close(person) => &person.instance,
        }
    }
}

/// How many persons are read at once.
const PAGE: u16 = 500;

/// Does it.
pub async fn run(args: PersonArgs) -> ExitCode {
    match try_run(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: &PersonArgs) -> Result<(), StartError> {
    let Instance { database, settings } = args.act.instance();
    let config = Config::resolve(database, settings)?;
    let password = match &args.act {
        Act::Password { stdin: true, .. } => Some(first_line()?),
        Act::Password { stdin: false, .. } => Some(typed_twice()?),
        _ => None,
    };
    let context = existing::context(config).await?;
    let done = act(&context, &args.act, password.as_deref()).await;
    context.db.close().await;
    done
}

async fn act(context: &Context, act: &Act, password: Option<&str>) -> Result<(), StartError> {
    let said = match act {
        Act::List { json, .. } => return list(context, *json).await,
        Act::Password { person: Person { email, .. }, .. } => {
            let password = password.unwrap_or_default();
            operators::set_password(context, email, password)
                .await
                .map_err(|failure| told(&failure, email))?;
            format!("{email} has a new password.")
        }
        Act::Admin(Person { email, .. }) => {
            operators::make_admin(context, email).await.map_err(|failure| told(&failure, email))?;
            format!("{email} administers the instance.")
        }
        Act::SignOut(Person { email, .. }) => {
            operators::end_sessions(context, email).await.map_err(|failure| told(&failure, email))?;
            format!("All sessions of {email} have ended.")
        }
        Act::Close(Person { email, .. }) => {
            operators::close(context, email).await.map_err(|failure| told(&failure, email))?;
            format!("The account of {email} is closed.")
        }
    };
    out::say(&said);
    Ok(())
}

async fn list(context: &Context, json: bool) -> Result<(), StartError> {
    let mut after = String::new();
    loop {
        let page = operators::list(context, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.email_key);
        for person in &page {
            let since = person.created_at.strftime("%Y-%m-%d").to_string();
            if json {
                let line = serde_json::json!({
                    "id": person.id, "name": person.name, "email": person.email, "since": since,
                    "closed": person.closed_at.is_some(), "password": person.password_hash.is_some(),
                });
                out::print(&line)?;
            } else {
                let closed = if person.closed_at.is_some() { " (closed)" } else { "" };
                out::print(&format_args!("{since}  {} <{}>{closed}", person.name, person.email))?;
            }
        }
    }
}

fn first_line() -> Result<String, StartError> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn typed_twice() -> Result<String, StartError> {
    if !std::io::stdin().is_terminal() {
        return Err("a password is typed on a terminal: run this command in one (over ssh: `ssh -t`), \
                    or add --stdin and give it as the first line of standard input"
            .into());
    }
    let first = rpassword::prompt_password("New password: ")?;
    let second = rpassword::prompt_password("The same again: ")?;
    if first == second { Ok(first) } else { Err("the two are not the same".into()) }
}

fn told(failure: &Failure<ClosingRefusal>, email: &str) -> String {
    let words = Words::new(Locale::En);
    match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::NotFound => format!("nobody has the address {email}"),
        Failure::Invalid(errors) => errors
            .iter()
            .map(|error| words.field_rule(&error.rule, Currency::EUR))
            .collect::<Vec<_>>()
            .join("\n"),
        other => other.to_string(),
    }
}

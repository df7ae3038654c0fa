//! `popote person`: persons without the web.

use std::{io::IsTerminal as _, process::ExitCode};

use app::{
    Context, Failure, erasing,
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

/// List persons, set a password, make somebody administer the instance, end sessions, close or erase an account
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  popote person list\n  popote person password camille@yaal.example\n  \
                  popote person erase camille@yaal.example\n\n\
                  Exit codes: 0 done or shown, 1 refused, with the reason.")]
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
    /// Erase somebody: name and address go, what they hold ends, what they did stays without a name. Shown first; add --yes to do it
    Erase {
        #[command(flatten)]
        person: Person,
        /// Erase the text of their comments, ads and messages about ads too
        #[arg(long)]
        texts: bool,
        /// Do it, after showing what it does
        #[arg(long)]
        yes: bool,
    },
}

impl Act {
    const fn instance(&self) -> &Instance {
        match self {
            Self::List { instance, .. } => instance,
            Self::Password { person, .. }
            | Self::Erase { person, .. }
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
        Act::Erase { person: Person { email, .. }, texts, yes } => {
            return erase(context, email, *texts, *yes).await;
        }
    };
    out::say(&said);
    Ok(())
}

/// Shows what erasing somebody does, and does it where that is wanted.
async fn erase(context: &Context, email: &str, texts: bool, yes: bool) -> Result<(), StartError> {
    let nobody = || format!("nobody has the address {email}");
    let person = operators::find(context, email).await.map_err(|failure| match failure {
        Failure::NotFound => nobody(),
        other => other.to_string(),
    })?;
    let seen = erasing::preview(context, person.id).await?;
    out::print(&format_args!("{} <{}>", seen.person.name, seen.person.email))?;
    for organisation in &seen.organisations {
        let alone = seen.left_alone.contains(organisation);
        let alone = if alone { ", which nobody represents then" } else { "" };
        out::print(&format_args!("- a mandate for {organisation} ends{alone}"))?;
    }
    out::print(&format_args!("- {} roles end, {} standing choices", seen.roles, seen.choices))?;
    out::print(match texts {
        true => "- the text of their comments, ads and messages about ads goes",
        false => "- their comments stay to be read, without their name: add --texts to erase the text",
    })?;
    out::print(&"- entries, decisions, invoices and files stay, under an id that names nobody")?;
    if !seen.refusals.is_empty() {
        return Err(seen.refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into());
    }
    if !yes {
        out::say("Nothing was done: add --yes to erase them for good.");
        return Ok(());
    }
    erasing::erase_by_operator(context, person.id, texts).await.map_err(|failure| match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::NotFound => nobody(),
        other => other.to_string(),
    })?;
    out::say(&format!("{email} is erased. Copies of the database made before still hold them."));
    let named = erasing::still_named(context, &seen).await.map_err(|failure| failure.to_string())?;
    for (column, rows) in named {
        out::print(&format_args!("- {column} still says their name or address: {rows}, as others wrote it"))?;
    }
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
                    "closed": person.closed_at.is_some(), "erased": person.is_erased(), "password": person.password_hash.is_some(),
                });
                out::print(&line)?;
            } else if person.is_erased() {
                out::print(&format_args!("{since}  {}", person.name))?;
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

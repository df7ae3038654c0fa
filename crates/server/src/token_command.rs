//! `popote token`: tokens of the API without the web.

use std::process::ExitCode;

use app::{
    Context, Failure, operators,
    tokens::{self, Place, Wanted},
};
use clap::{Args, Subcommand};
use domain::{
    Currency,
    actor::NotAllowed,
    ids::TokenId,
    tokens::{LIFETIMES, Scope, Scopes, TokenRefusal},
};
use serde_json::json;
use words::{Locale, Words};

use crate::{
    config::{Config, DatabaseArgs, ServeSettings},
    existing, out,
    serve::StartError,
};

/// Make, list and revoke the tokens by which programs act for a person
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  popote token create camille@yaal.example --collective chatons --name \"web site\" \
                  --scope read --scope allocate\n  popote token list camille@yaal.example\n\n\
                  Exit codes: 0 done, 1 refused, with the reason."
)]
pub struct TokenArgs {
    #[command(subcommand)]
    act: Act,
}

/// Whose tokens, of which instance.
#[derive(Args, Debug)]
struct Holder {
    /// The address of the person
    email: String,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    settings: ServeSettings,
}

#[derive(Subcommand, Debug)]
enum Act {
    /// Make a token, print it once, and tell the person by mail
    Create {
        #[command(flatten)]
        holder: Holder,
        /// Name of the collective in addresses
        #[arg(long)]
        collective: String,
        /// Name of the organisation; needed where the person has mandates for several
        #[arg(long)]
        organisation: Option<String>,
        /// Name of the program
        #[arg(long)]
        name: String,
        /// What it lets the program do, several times: read, features, steward, allocate, money, rounds, members,
        /// rules, decisions
        #[arg(long = "scope", required = true, value_parser = read_scope)]
        scopes: Vec<Scope>,
        /// For how many days: 7, 30, 90 or 365
        #[arg(long, default_value_t = LIFETIMES[2])]
        days: u16,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the tokens of a person that can still be used
    List {
        #[command(flatten)]
        holder: Holder,
        /// Print JSON, one token a line
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token of a person by its id
    Revoke {
        #[command(flatten)]
        holder: Holder,
        /// Its id, as `list` prints it
        id: TokenId,
    },
}

impl Act {
    const fn holder(&self) -> &Holder {
        match self {
            Self::Create { holder, .. } | Self::List { holder, .. } | Self::Revoke { holder, .. } => holder,
        }
    }
}

fn read_scope(name: &str) -> Result<Scope, String> {
    Scope::parse(name).ok_or_else(|| {
        let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        format!("one of {}", known.join(", "))
    })
}

/// Does it.
pub async fn run(args: TokenArgs) -> ExitCode {
    match try_run(&args.act).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(act: &Act) -> Result<(), StartError> {
    let holder = act.holder();
    let config = Config::resolve(&holder.database, &holder.settings)?;
    let context = existing::context(config).await?;
    let done = carry_out(&context, act).await;
    context.db.close().await;
    done
}

async fn carry_out(context: &Context, act: &Act) -> Result<(), StartError> {
    let email = &act.holder().email;
    let person = operators::find(context, email).await.map_err(|failure| match failure {
        Failure::NotFound => format!("nobody has the address {email}"),
        other => other.to_string(),
    })?;
    match act {
        Act::Create { collective, organisation, name, scopes, days, json, .. } => {
            let places = tokens::places(context, person.id).await?;
            let place = choose(&places, collective, organisation.as_deref())?;
            let wanted = Wanted {
                collective: place.collective.id,
                organisation: place.organisation,
                name: name.clone(),
                scopes: scopes.iter().copied().collect::<Scopes>(),
                days: *days,
            };
            let made =
                tokens::make_for(context, person.id, wanted).await.map_err(|failure| told(&failure))?;
            let printed = if *json {
                out::print(&json!({ "id": made.id, "token": made.secret, "expires_at": made.expires_at }))
            } else {
                out::print(&made.secret)
            };
            // Nobody read its secret: it serves nobody.
            printed.map_err(|error| format!("{error}; the token {} was made, revoke it", made.id))?;
        }
        Act::List { json, .. } => {
            for token in tokens::list(context, person.id).await? {
                if *json {
                    let line = json!({ "id": token.id, "name": token.name, "scopes": token.scopes,
                        "collective": token.collective_slug, "organisation": token.organisation_name,
                        "expires_at": token.expires_at, "used_at": token.used_at });
                    out::print(&line)?;
                } else {
                    let until = token.expires_at.strftime("%Y-%m-%d");
                    out::print(&format_args!(
                        "{}  until {until}  {}  [{}]",
                        token.id, token.name, token.scopes
                    ))?;
                }
            }
        }
        Act::Revoke { id, .. } => {
            tokens::revoke(context, person.id, *id).await.map_err(|failure| match failure {
                Failure::NotFound => format!("{email} has no such token in use"),
                other => other.to_string(),
            })?;
            out::say(&format_args!("The token {id} is revoked."));
        }
    }
    Ok(())
}

/// The place named, or the only one there is in that collective.
fn choose<'p>(
    places: &'p [Place],
    collective: &str,
    organisation: Option<&str>,
) -> Result<&'p Place, String> {
    let there: Vec<&Place> = places
        .iter()
        .filter(|place| place.collective.slug == collective)
        .filter(|place| organisation.is_none_or(|name| place.name == name))
        .collect();
    match there.as_slice() {
        [place] => Ok(place),
        [] => Err(format!("no mandate of this person in {collective}")),
        several => {
            let names: Vec<&str> = several.iter().map(|place| place.name.as_str()).collect();
            Err(format!("choose one with --organisation: {}", names.join(", ")))
        }
    }
}

fn told(failure: &Failure<TokenRefusal>) -> String {
    let words = Words::new(Locale::En);
    match failure {
        Failure::Refused(TokenRefusal::TooMany) => words.tokens_too_many().to_owned(),
        Failure::NotAllowed(NotAllowed::NoMandate) => words.tokens_no_mandate().to_owned(),
        Failure::Invalid(errors) => errors
            .iter()
            .map(|error| format!("{}: {}", error.field, words.field_rule(&error.rule, Currency::EUR)))
            .collect::<Vec<_>>()
            .join("\n"),
        other => other.to_string(),
    }
}

//! `popote job`: what falls due, without the web.

use std::process::ExitCode;

use app::{
    Context,
    jobs::{self, State},
};
use clap::{Args, Subcommand};
use domain::ids::DeadlineId;
use store::deadlines::DeadlineRow;

use crate::{
    config::Config,
    existing::{self, Instance},
    out,
    serve::StartError,
};

/// See what waits and what was given up, see to what is due, try again
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  popote job list\n  popote job run\n\n\
                  Exit codes: 0 done and nothing was given up or overdue, 1 otherwise.")]
pub struct JobArgs {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand, Debug)]
enum Act {
    /// What waits, what is overdue, what was given up, signs of life
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        instance: Instance,
    },
    /// See to everything that is due now and send the mails that wait, then stop
    Run {
        /// Check the accounts now, as every night, and tell who must know
        #[arg(long)]
        nightly: bool,
        #[command(flatten)]
        instance: Instance,
    },
    /// Read everything that is searched anew, then stop
    Search {
        #[command(flatten)]
        instance: Instance,
    },
    /// Begin again with a deadline that was given up
    Retry {
        /// Its id, from `popote job list`
        id: DeadlineId,
        #[command(flatten)]
        instance: Instance,
    },
}

impl Act {
    const fn instance(&self) -> &Instance {
        match self {
            Self::List { instance, .. }
            | Self::Run { instance, .. }
            | Self::Search { instance }
            | Self::Retry { instance, .. } => instance,
        }
    }
}

/// Does it.
pub async fn run(args: JobArgs) -> ExitCode {
    match try_run(&args).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn try_run(args: &JobArgs) -> Result<bool, StartError> {
    let Instance { database, settings } = args.act.instance();
    let config = Config::resolve(database, settings)?;
    let context = existing::context(config).await?;
    let done = act(&context, &args.act).await;
    context.db.close().await;
    done
}

async fn act(context: &Context, act: &Act) -> Result<bool, StartError> {
    match act {
        Act::List { json, .. } => {
            let state = jobs::state(context).await?;
            if *json {
                out::print(&as_json(&state))?;
            } else {
                out::print(told(&state).trim_end_matches('\n'))?;
            }
            Ok(state.dead.is_empty() && state.dead_mails.is_empty() && state.overdue.is_empty())
        }
        Act::Run { nightly, .. } => {
            if *nightly {
                jobs::ask_for_the_night(context).await?;
            }
            let report = jobs::run_due(context).await?;
            out::say(&format_args!(
                "{} seen to, {} failed; {} mails sent, {} failed.",
                report.done, report.failed, report.sent, report.unsent
            ));
            Ok(report.failed == 0 && report.unsent == 0)
        }
        Act::Search { .. } => {
            app::search::forget(context).await?;
            let read = app::search::read_anew(context).await?;
            out::say(&format_args!("{read} read anew."));
            Ok(true)
        }
        Act::Retry { id, .. } => {
            jobs::revive(context, *id).await.map_err(|_| format!("no deadline {id} was given up"))?;
            out::say(&format_args!("{id} is due again."));
            Ok(true)
        }
    }
}

fn told(state: &State) -> String {
    let mut text = format!("{} due, {} mails wait\n", state.due, state.mails_waiting);
    for (title, rows) in [("overdue", &state.overdue), ("given up", &state.dead)] {
        for row in rows {
            let error = row.last_error.as_deref().unwrap_or("-");
            text += &format!(
                "{title}: {} {} of {}, due {}, {error}\n",
                row.id, row.kind, row.subject, row.due_at
            );
        }
    }
    for mail in &state.dead_mails {
        let error = mail.last_error.as_deref().unwrap_or("-");
        text += &format!("mail given up: {} to {}, {error}\n", mail.subject, mail.recipient);
    }
    for beat in &state.heartbeats {
        text += &format!("last sign of life of {}: {} {}\n", beat.name, beat.at, beat.detail);
    }
    text
}

fn as_json(state: &State) -> serde_json::Value {
    let row = |row: &DeadlineRow| {
        serde_json::json!({
            "id": row.id, "kind": row.kind, "subject": row.subject, "due": row.due_at.to_string(),
            "attempts": row.attempts, "error": row.last_error,
        })
    };
    let mails = state.dead_mails.iter().map(
        |mail| serde_json::json!({ "to": mail.recipient, "subject": mail.subject, "error": mail.last_error }),
    );
    let beats = state.heartbeats.iter().map(
        |beat| serde_json::json!({ "name": beat.name, "at": beat.at.to_string(), "detail": beat.detail }),
    );
    serde_json::json!({
        "due": state.due,
        "overdue": state.overdue.iter().map(row).collect::<Vec<_>>(),
        "given_up": state.dead.iter().map(row).collect::<Vec<_>>(),
        "mails_waiting": state.mails_waiting,
        "mails_given_up": mails.collect::<Vec<_>>(),
        "signs_of_life": beats.collect::<Vec<_>>(),
    })
}

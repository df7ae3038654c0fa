//! Measures a release build of Popote and prints a table; `scripts/bench` runs it.

use std::{net::SocketAddr, path::PathBuf};

use bench::{
    bare,
    growth::{self, Growth},
    killed::write_until_killed,
    measure::{self, Run},
    search::{self, Search},
};
use clap::{Parser, Subcommand};
use domain::ids::PotId;

#[derive(Parser)]
#[command(name = "popote-bench", about = "Measures Popote")]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Measure everything and print a table
    Run(Run),
    /// Compare pages beside a thousand and beside a million transfers
    Growth(Growth),
    /// Search among many needs, and judge the suggestions by the labelled pairs
    Search(Search),
    /// Serve one row of a table at an address
    Bare { address: SocketAddr, folder: PathBuf },
    /// Write to a pot until killed
    Writer { database_url: String, pot: PotId },
}

fn main() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match Cli::parse().what {
        What::Bare { address, folder } => {
            runtime().map(|runtime| runtime.block_on(bare::serve(address, &folder)))
        }
        What::Writer { database_url, pot } => {
            runtime().map(|runtime| runtime.block_on(write_until_killed(&database_url, pot)))
        }
        What::Growth(growth) => {
            growth::compare(&growth);
            Ok(())
        }
        What::Search(asked) => runtime().map(|runtime| runtime.block_on(search::measure(&asked))),
        What::Run(run) => {
            measure::all(&run);
            Ok(())
        }
    }
    .unwrap_or_else(|problem| eprintln!("popote-bench: {problem}"));
}

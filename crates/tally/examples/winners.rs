//! Prints the winners of a `.pb` election, one a line: `winners FILE METHOD [UTILITY] [COMPLETION]`, with METHOD
//! `equal-shares`, `greedy` or `phragmen`. `scripts/bench-tally` measures it.

use std::process::ExitCode;

use popote_tally::budget::{Profile, Utility, default_utility};
use popote_tally::equal_shares::{Completion, Rules, count};
use popote_tally::pabulib::read_published;
use popote_tally::{greedy, phragmen};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |index: usize| args.get(index).map_or("", String::as_str);
    match winners(arg(0), arg(1), arg(2), arg(3)) {
        Ok(winners) => {
            println!("{}", winners.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn winners(
    path: &str,
    method: &str,
    utility: &str,
    completion: &str,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let election = read_published(&std::fs::read(path)?)?;
    let utilities = [Utility::Cost, Utility::Cardinality, Utility::Points, Utility::Borda];
    let named = utilities.into_iter().find(|known| known.as_str() == utility);
    let utility = named.unwrap_or(default_utility(election.vote_type));
    let completions = [Completion::Greedy, Completion::Add1, Completion::Add1U];
    let named = completions.into_iter().find(|known| known.as_str() == completion);
    let profile = Profile::of_election(&election, utility, None)?;
    let winners = match method {
        "greedy" => greedy::count(&profile, election.budget).winners,
        "phragmen" => phragmen::count(&profile, election.budget).winners,
        _ => {
            let rules = Rules { payments: false, ..Rules::new(named.unwrap_or(Completion::None)) };
            count(&profile, election.budget, rules)?.winners
        }
    };
    Ok(winners.iter().map(|index| election.projects[*index as usize].id.clone()).collect())
}

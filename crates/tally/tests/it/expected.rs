//! The winners that reference implementations found on published elections.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use popote_tally::budget::{Profile, Utility};
use popote_tally::equal_shares::{Completion, Rules, count};
use popote_tally::pabulib::{Election, read_published};
use popote_tally::{greedy, phragmen};

use crate::published;

/// A line of `expected/pabulib.csv`.
struct Expected {
    instance: String,
    method: String,
    utility: Option<Utility>,
    completion: Option<Completion>,
    winners: BTreeSet<String>,
}

pub fn utility(text: &str) -> Option<Utility> {
    let all = [Utility::Cost, Utility::Cardinality, Utility::Points, Utility::Borda];
    all.into_iter().find(|utility| utility.as_str() == text)
}

fn completion(text: &str) -> Option<Completion> {
    let all = [Completion::None, Completion::Greedy, Completion::Add1, Completion::Add1U];
    all.into_iter().find(|completion| completion.as_str() == text)
}

fn rows(text: &str) -> Vec<Expected> {
    let parse = |line: &str| {
        let cells: Vec<_> = line.split(',').collect();
        Expected {
            instance: cells[0].into(),
            method: cells[2].into(),
            utility: utility(cells[3]),
            completion: completion(cells[4]),
            winners: cells[8].split('|').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        }
    };
    text.lines().skip(1).map(parse).collect()
}

fn winners(election: &Election, row: &Expected) -> BTreeSet<String> {
    let utility = row.utility.unwrap_or(Utility::Cardinality);
    let profile = Profile::of_election(election, utility, None).unwrap();
    let winners = match row.method.as_str() {
        "greedy" => greedy::count(&profile, election.budget).winners,
        "phragmen" => phragmen::count(&profile, election.budget).winners,
        "equal-shares" => {
            let rules = Rules { payments: false, ..Rules::new(row.completion.unwrap()) };
            count(&profile, election.budget, rules).unwrap().winners
        }
        other => panic!("unknown method {other}"),
    };
    winners.iter().map(|index| election.projects[*index as usize].id.clone()).collect()
}

#[test]
fn winners_are_those_of_the_reference_implementations() {
    let Some(folder) = published::folder("winners_are_those_of_the_reference_implementations") else {
        return;
    };
    let list = folder.join("../../expected/pabulib.csv");
    let text = std::fs::read_to_string(&list)
        .unwrap_or_else(|error| panic!("the expected winners are read from {}: {error}", list.display()));
    let mut elections = BTreeMap::new();
    let (mut wrong, mut right) = (Vec::new(), 0);
    for row in rows(&text) {
        let path = folder.join(&row.instance);
        if !path.exists() {
            continue;
        }
        let election = elections
            .entry(row.instance.clone())
            .or_insert_with(|| read_published(&std::fs::read(&path).unwrap()).unwrap());
        let began = Instant::now();
        if winners(election, &row) == row.winners {
            right += 1;
        } else {
            wrong.push(format!("{} {} {:?} {:?}", row.instance, row.method, row.utility, row.completion));
        }
        if began.elapsed() > Duration::from_millis(300) {
            println!(
                "{} {} {:?} {:?}: {:?}",
                row.instance,
                row.method,
                row.utility,
                row.completion,
                began.elapsed()
            );
        }
    }
    assert!(wrong.is_empty(), "{right} agree, these don't:\n{}", wrong.join("\n"));
    assert!(right > 0);
}

#[test]
fn jumps_change_nothing_on_published_elections() {
    for path in published::files("jumps_change_nothing_on_published_elections") {
        // Step by step, the large ones take too long for a test.
        if path.metadata().unwrap().len() > 60_000 {
            continue;
        }
        let election = read_published(&std::fs::read(&path).unwrap()).unwrap();
        let utility = popote_tally::budget::default_utility(election.vote_type);
        let profile = Profile::of_election(&election, utility, None).unwrap();
        let rules = Rules { payments: false, ..Rules::new(Completion::Add1) };
        let jumping = count(&profile, election.budget, rules).unwrap();
        let walking = count(&profile, election.budget, Rules { jump: false, ..rules }).unwrap();
        assert!(jumping == walking, "{}", path.display());
    }
}

//! Hostile files: nothing panics, and what is read can be written and counted.
//!
//! On stable, bolero tries random inputs; `BOLERO_RANDOM_TEST_TIME_MS=600000 cargo test -p popote-tally fuzz` goes on for
//! ten minutes a reader. Bytes choose fragments of the formats or changes to a good file, so that most inputs get
//! past the first lines.

use popote_tally::budget::{Profile, Utility};
use popote_tally::equal_shares::{Completion, Rules, count};
use popote_tally::files::{BallotFile, DrawFile, GiftFile, VoteFile};
use popote_tally::pabulib::{Election, VoteType, read, read_published};
use popote_tally::report::{Language, choice, decision};
use popote_tally::{greedy, phragmen};

const GOOD_PB: &str = "META\nkey;value\ndescription;d\ncountry;c\nunit;u\ninstance;i\nnum_projects;2\nnum_votes;2\n\
    budget;100\nvote_type;cumulative\nrule;r\ndate_begin;1\ndate_end;2\nmax_sum_points;9\n\
    PROJECTS\nproject_id;cost;name\na;60;\"x; y\"\nb;40.0;z\nVOTES\nvoter_id;vote;points\n1;a,b;5,4\n2;b;3\n";

const PB: [&str; 24] = [
    "META\n",
    "PROJECTS\n",
    "VOTES\n",
    "key;value\n",
    "project_id;cost\n",
    "voter_id;vote\n",
    "voter_id;vote;points\n",
    "num_projects;1\n",
    "num_votes;1\n",
    "budget;100\n",
    "vote_type;approval\n",
    "vote_type;scoring\n",
    "a;60\n",
    "default_score;1\n",
    "1;a\n",
    "1;a;2\n",
    ";",
    "\"",
    "\n",
    "\r\n",
    ",",
    "a",
    "-1.5",
    "None",
];

const GOOD_JSON: [&str; 5] = [
    r#"{"options":["a","b"],"lot":["b","a"],"ballots":[{"count":2,"ranking":["a",["b"]]},{"scores":{"a":5}},{"approve":["b"]}]}"#,
    r#"{"options":["a","b"],"grades":["x","y"],"ballots":[{"grades":{"a":"y","b":0}}],"tallies":{"a":[1,2],"b":[0,3]}}"#,
    r#"{"pool":500,"pairwise":100,"cap":300,"floors":{"a":9},"contributions":{"a":{"d":100,"e":7},"b":{"d":1}}}"#,
    r#"{"yes":3,"no":1,"abstain":1,"electorate":9,"threshold":"2/3","base":"present","quorum":"1/2","strict":true}"#,
    r#"{"id":"d","pool":["a","b"],"secrets":["00ff"],"public":["7"],"commitments":["00"]}"#,
];

const JSON: [&str; 16] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"b\"",
    "null",
    "1",
    "-1",
    "1e9",
    "18446744073709551616",
    "\"ranking\"",
    "\"scores\"",
    "\"count\":",
];

/// Bytes that become a file: an even first byte strings fragments together, an odd one changes a good file.
fn build(input: &[u8], good: &[&str], fragments: &[&str]) -> Vec<u8> {
    let Some((first, rest)) = input.split_first() else { return Vec::new() };
    if first % 2 == 0 {
        let piece = |byte: &u8| match fragments.get(usize::from(*byte) % (fragments.len() + 2)) {
            Some(fragment) => fragment.as_bytes().to_vec(),
            None => vec![*byte],
        };
        return rest.iter().flat_map(piece).collect();
    }
    let mut file = good[usize::from(*first) / 2 % good.len()].as_bytes().to_vec();
    for change in rest.chunks_exact(3).take(6) {
        let place = (usize::from(change[0]) * 256 + usize::from(change[1])) % file.len().max(1);
        match change[2] % 4 {
            0 => file.truncate(place),
            1 => drop(file.splice(place..place, fragments[usize::from(change[2]) % fragments.len()].bytes())),
            2 if place < file.len() => drop(file.remove(place)),
            _ if place < file.len() => file[place] = change[2],
            _ => {}
        }
    }
    file
}

fn count_all(election: &Election) {
    let utilities = match election.vote_type {
        VoteType::Ordinal => [Utility::Cost, Utility::Borda],
        VoteType::Cumulative | VoteType::Scoring => [Utility::Cost, Utility::Points],
        VoteType::Approval | VoteType::ChooseOne => [Utility::Cost, Utility::Cardinality],
    };
    for utility in utilities {
        let Ok(profile) = Profile::of_election(election, utility, None) else { continue };
        assert!(greedy::count(&profile, election.budget).cost <= u128::from(election.budget));
        assert!(phragmen::count(&profile, election.budget).cost <= u128::from(election.budget));
        if let Ok(outcome) = count(&profile, election.budget, Rules::new(Completion::Greedy)) {
            assert!(outcome.cost <= u128::from(election.budget));
        }
    }
}

#[test]
fn fuzz_pb() {
    bolero::check!().for_each(|input: &[u8]| {
        let bytes = build(input, &[GOOD_PB], &PB);
        let strict = read(&bytes);
        let Ok(election) = read_published(&bytes) else {
            assert!(strict.is_err());
            return;
        };
        if let Ok(strict) = strict {
            assert_eq!(strict, election);
        }
        let mut again = read_published(election.to_pb().as_bytes()).unwrap();
        again.faults.clone_from(&election.faults);
        assert_eq!(again, election);
        count_all(&election);
    });
}

#[test]
fn fuzz_json() {
    bolero::check!().for_each(|input: &[u8]| {
        let bytes = build(input, &GOOD_JSON, &JSON);
        if let Ok(file) = BallotFile::parse(&bytes) {
            for language in [Language::French, Language::English] {
                let _ = choice::schulze(&file, language);
                let _ = choice::ranked_pairs(&file, language);
                let _ = choice::instant_runoff(&file, language);
                let _ = choice::majority_judgment(&file, language);
                let _ = choice::score(&file, language);
                let _ = choice::approval(&file, 1, language);
                let _ = choice::star(&file, language);
            }
        }
        if let Ok(file) = GiftFile::parse(&bytes)
            && let Ok(report) = decision::quadratic_funding(&file, Language::French)
        {
            assert!(report.winners.len() <= file.projects.len());
        }
        if let Ok(file) = VoteFile::parse(&bytes) {
            let _ = decision::threshold(&file, Language::French);
        }
        if let Ok(file) = DrawFile::parse(&bytes) {
            let _ = decision::draw(&file, Language::English);
        }
    });
}

#[test]
fn good_files_are_good() {
    assert!(read(GOOD_PB.as_bytes()).is_ok());
    assert!(BallotFile::parse(GOOD_JSON[0].as_bytes()).unwrap().rankings().is_ok());
    assert!(BallotFile::parse(GOOD_JSON[1].as_bytes()).unwrap().tallies().is_ok());
    assert!(GiftFile::parse(GOOD_JSON[2].as_bytes()).is_ok());
    assert!(VoteFile::parse(GOOD_JSON[3].as_bytes()).is_ok());
    // The hash is too short on purpose.
    assert!(DrawFile::parse(GOOD_JSON[4].as_bytes()).is_err());
}

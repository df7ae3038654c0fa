//! JSON files: what they give, and what is refused.

use popote_tally::budget::Utility;
use popote_tally::equal_shares::{Completion, Rules};
use popote_tally::files::{BallotFile, DrawFile, FileError, GiftFile, VoteFile};
use popote_tally::pabulib::read_published;
use popote_tally::report::{Language, budget, choice, decision};

fn ballots(text: &str) -> Result<BallotFile, FileError> {
    BallotFile::parse(text.as_bytes())
}

fn graded(ballots: &str) -> String {
    format!(r#"{{"options":["ada","bob"],"grades":["no","maybe","yes"],"ballots":[{ballots}]}}"#)
}

#[test]
fn grades_come_by_number_or_name_and_a_missing_one_is_the_worst() {
    let file = ballots(&graded(
        r#"{"count":2,"grades":{"ada":2,"bob":"maybe"}},{"grades":{"bob":null}},{"grades":{}}"#,
    ))
    .unwrap();
    assert_eq!(file.tallies().unwrap(), [[2, 0, 2], [2, 2, 0]]);
    let english = r#"{"options":["ada"],"ballots":[{"grades":{"ada":"Very good"}}]}"#;
    assert_eq!(ballots(english).unwrap().tallies().unwrap(), [[0, 0, 0, 0, 0, 1, 0]]);
}

#[test]
fn tallies_stand_for_ballots() {
    let text = r#"{"options":["ada","bob"],"grades":["no","yes"],"tallies":{"bob":[3,0],"ada":[1,2]}}"#;
    let report = choice::majority_judgment(&ballots(text).unwrap(), Language::English).unwrap();
    assert_eq!(report.winners, ["ada", "bob"]);
    assert_eq!(report.working["options"]["ada"]["grade"], "yes");
    assert!(
        report.sentences.iter().any(|sentence| sentence.starts_with("ada: yes− (0% above, 33.3% below)"))
    );
    let unbalanced = text.replace("[3,0]", "[3,1]");
    assert!(matches!(
        choice::majority_judgment(&ballots(&unbalanced).unwrap(), Language::French),
        Err(FileError::Tally(_))
    ));
}

#[test]
fn faults_of_ballots_name_their_place() {
    let refused =
        |text: &str| ballots(text).and_then(|file| file.rankings().map(drop)).unwrap_err().to_string();
    let ranked =
        |ballot: &str| format!(r#"{{"options":["ada","bob"],"ballots":[{{"ranking":["ada"]}},{ballot}]}}"#);
    assert_eq!(refused(&ranked(r#"{"ranking":["eve"]}"#)), r#"ballot 2: no option is named "eve""#);
    assert_eq!(refused(&ranked(r#"{"ranking":["bob",["ada","bob"]]}"#)), r#"ballot 2: "bob" is there twice"#);
    assert_eq!(refused(&ranked(r#"{"approve":["bob","bob"]}"#)), r#"ballot 2: "bob" is there twice"#);
    assert!(refused(&ranked(r#"{"ranking":[],"approve":[]}"#)).contains("can't be counted in this way"));
    assert!(refused(&ranked(r#"{"ranking":["ada"],"weight":3}"#)).contains("unknown field"));
    assert!(refused(&ranked(r#"{"count":-1,"ranking":["ada"]}"#)).contains("invalid value"));
    assert!(refused(r#"{"options":["ada","ada"],"ballots":[]}"#).contains("twice"));
    assert!(refused(r#"{"options":["ada","bob"],"lot":["ada"],"ballots":[]}"#).contains("bob"));
    let grades = |text: &str| ballots(&graded(text)).unwrap().tallies().unwrap_err().to_string();
    assert_eq!(grades(r#"{"grades":{"ada":3}}"#), "ballot 1: 3 isn't a grade of the scale");
    assert_eq!(grades(r#"{"grades":{"ada":1,"ada":2}}"#), r#"ballot 1: "ada" is there twice"#);
    assert!(grades(r#"{"grades":{"ada":"perhaps"}}"#).contains("perhaps"));
    let scores = r#"{"options":["ada"],"max_score":5,"ballots":[{"scores":{"ada":6}}]}"#;
    let over = "ballot 1: 6 is over the highest score, 5";
    assert_eq!(ballots(scores).unwrap().scores().unwrap_err().to_string(), over);
    assert_eq!(refused(scores), over);
    let both = ranked(r#"{"scores":{"ada":1}}"#).replace(r#""ranking":["ada"]"#, r#""approve":["ada"]"#);
    assert!(ballots(&both).unwrap().scores().unwrap_err().to_string().contains("approvals on all"));
    let equal = ballots(&ranked(r#"{"ranking":[["ada","bob"]]}"#)).unwrap();
    let refused = choice::instant_runoff(&equal, Language::French).unwrap_err().to_string();
    assert!(refused.starts_with("ballot 2 holds two options equal"), "{refused}");
}

#[test]
fn a_small_file_does_not_fill_the_memory() {
    let names = |count: usize| (0..count).map(|index| format!(r#""o{index}""#)).collect::<Vec<_>>().join(",");
    let text = |options, rest: &str| format!(r#"{{"options":[{}],{rest}}}"#, names(options));
    assert!(ballots(&text(501, r#""ballots":[]"#)).unwrap_err().to_string().contains("too many options"));
    let scale = format!(r#""grades":[{}],"ballots":[]"#, names(101));
    assert!(ballots(&text(2, &scale)).unwrap_err().to_string().contains("grades"));
    let millions = ballots(&text(500, r#""ballots":[{"count":10000000,"approve":["o1"]}]"#)).unwrap();
    let report = choice::approval(&millions, 1, Language::French).unwrap();
    assert_eq!(report.working["totals"]["o1"], 10_000_000);
    let too_many =
        ballots(&text(2, r#""ballots":[{"count":18446744073709551615,"approve":["o1"]}]"#)).unwrap();
    assert!(choice::star(&too_many, Language::French).is_err());
    let floors = (0..2_000).map(|index| format!(r#""p{index}":9"#)).collect::<Vec<_>>().join(",");
    let gifts =
        (0..2_001).map(|index| format!(r#""p{index}":{{"a":1,"b":1}}"#)).collect::<Vec<_>>().join(",");
    let text = format!(r#"{{"pool":1,"floors":{{{floors}}},"contributions":{{{gifts}}}}}"#);
    let file = GiftFile::parse(text.as_bytes()).unwrap();
    assert!(
        decision::quadratic_funding(&file, Language::French).unwrap_err().to_string().contains("too many")
    );
}

#[test]
fn the_lot_breaks_ties_and_no_ballot_is_a_tie() {
    let text = r#"{"options":["ada","bob","cleo"],"lot":["cleo","ada","bob"],"ballots":[]}"#;
    let file = ballots(text).unwrap();
    for report in [
        choice::schulze(&file, Language::French).unwrap(),
        choice::ranked_pairs(&file, Language::French).unwrap(),
        choice::score(&file, Language::French).unwrap(),
        choice::majority_judgment(&file, Language::French).unwrap(),
    ] {
        assert_eq!(report.winners, ["cleo", "ada", "bob"], "{}", report.method);
    }
    assert_eq!(choice::instant_runoff(&file, Language::French).unwrap().winners, ["cleo"]);
    assert_eq!(choice::star(&file, Language::French).unwrap().winners, ["cleo"]);
}

#[test]
fn many_ballots_and_no_option_are_counted() {
    let ballot = r#"{"ranking":["ada",["bob","cleo"]]}"#;
    let text =
        format!(r#"{{"options":["ada","bob","cleo"],"ballots":[{}]}}"#, vec![ballot; 100_000].join(","));
    let report = choice::schulze(&ballots(&text).unwrap(), Language::English).unwrap();
    assert_eq!(report.winners[0], "ada");
    assert_eq!(report.working["voters"], 100_000);
    let none = ballots(r#"{"options":[],"ballots":[]}"#).unwrap();
    assert!(choice::instant_runoff(&none, Language::French).unwrap().winners.is_empty());
    assert!(choice::majority_judgment(&none, Language::French).unwrap().winners.is_empty());
}

#[test]
fn gifts_votes_and_draws() {
    let gifts = r#"{"pool":5000,"pairwise":null,"cap":3000,"floors":{"a":400},"contributions":{"b":{"x":100,"y":400},"a":{"x":100}}}"#;
    let report =
        decision::quadratic_funding(&GiftFile::parse(gifts.as_bytes()).unwrap(), Language::English).unwrap();
    assert_eq!(report.winners, ["b"]);
    assert_eq!(report.working["projects"]["b"]["match"], 400);
    assert_eq!(report.working["projects"]["a"]["dropped"], 0);
    let twice = gifts.replace(r#""y":400"#, r#""x":400"#);
    assert!(matches!(GiftFile::parse(twice.as_bytes()), Err(FileError::Twice { .. })));

    let vote = r#"{"yes":5,"no":5,"electorate":12}"#;
    let decide = |text: &str| {
        decision::threshold(&VoteFile::parse(text.as_bytes()).unwrap(), Language::French).unwrap()
    };
    assert_eq!(decide(vote).working["verdict"], "rejected");
    assert_eq!(decide(&vote.replace("\"yes\":5", "\"yes\":6")).working["verdict"], "adopted");
    assert_eq!(decide(&vote.replace("12}", "12,\"quorum\":\"11/12\"}")).working["verdict"], "no_quorum");
    assert!(VoteFile::parse(vote.replace("12}", "12,\"quorum\":\"half\"}").as_bytes()).is_err());

    let draw = r#"{"id":"d","pool":["a","b","c"],"secrets":["00ff"]}"#;
    let report = decision::draw(&DrawFile::parse(draw.as_bytes()).unwrap(), Language::English).unwrap();
    assert_eq!(report.winners.len(), 3);
    let commitment = report.working["commitments"][0].as_str().unwrap().to_owned();
    let committed = |hash: &str| draw.replace("]}", &format!("],\"commitments\":[\"{hash}\"]}}"));
    let counted = |text: &str| decision::draw(&DrawFile::parse(text.as_bytes()).unwrap(), Language::French);
    assert_eq!(counted(&committed(&commitment)).unwrap().winners, report.winners);
    assert!(matches!(counted(&committed(&"ab".repeat(32))), Err(FileError::Draw(_))));
    assert!(matches!(DrawFile::parse(draw.replace("00ff", "0g").as_bytes()), Err(FileError::Text(_))));
}

#[test]
fn the_guide_s_examples_count() {
    let guides = [
        include_str!("../../../../docs/guide/fr/compter.md"),
        include_str!("../../../../docs/guide/en/count.md"),
    ];
    for guide in guides {
        let block = guide.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
        let report = choice::majority_judgment(&ballots(block).unwrap(), Language::French).unwrap();
        assert_eq!(report.winners, ["Cléo", "Ada", "Bob"]);
        let block =
            |kind: &str| guide.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
        let election = read_published(block("pb").as_bytes()).unwrap();
        let language = if guide.contains("--lang en` tells") { Language::English } else { Language::French };
        let request = budget::Request {
            election: &election,
            utility: Utility::Cost,
            lot: None,
            budget: None,
            language,
        };
        let report = budget::equal_shares(&request, Rules::new(Completion::Greedy)).unwrap();
        assert_eq!(report.sentences.join("\n"), block("text").trim_end());
        let line = |method: &str| {
            let line = guide.lines().find(|line| line.starts_with(&format!("- `{method}`"))).unwrap();
            line.split('`').nth(3).unwrap().as_bytes()
        };
        decision::quadratic_funding(&GiftFile::parse(line("quadratic-funding")).unwrap(), Language::French)
            .unwrap();
        decision::threshold(&VoteFile::parse(line("threshold")).unwrap(), Language::French).unwrap();
        decision::draw(&DrawFile::parse(line("draw")).unwrap(), Language::French).unwrap();
    }
}

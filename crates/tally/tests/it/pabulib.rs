//! The `.pb` reader on good, faulty and hostile files.

use popote_tally::pabulib::{AmountError, Fault, Problem, Section, VoteType, read, read_published};

use crate::published;

const HEAD: &str = "META\nkey;value\ndescription;A street\ncountry;France\nunit;Rennes\ninstance;2026\n\
    rule;equalshares\ndate_begin;2026\ndate_end;01.12.2026\n";

fn file(meta: &str, projects: &str, votes: &str) -> String {
    format!("{HEAD}{meta}PROJECTS\n{projects}VOTES\n{votes}")
}

fn approval() -> String {
    file(
        "num_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n",
        "project_id;cost;name\na;60;Lime\nb;40.0;Oak\n",
        "voter_id;vote\n1;a,b\n2;b\n",
    )
}

fn points(votes: &str) -> String {
    file(
        "num_projects;2\nnum_votes;1\nbudget;100\nvote_type;cumulative\nmax_points;6\nmax_sum_points;10\n",
        "project_id;cost\na;60\nb;40\n",
        votes,
    )
}

/// What the strict reader says about a text: the line and the problem.
fn refusal(text: &str) -> (usize, Problem) {
    let error = read(text.as_bytes()).expect_err("the file must be refused");
    (error.line, error.problem)
}

#[test]
fn reads_what_the_file_says() {
    let election = read(approval().as_bytes()).unwrap();
    assert_eq!(election.vote_type, VoteType::Approval);
    assert_eq!((election.budget, election.total_cost()), (10_000, 10_000));
    assert_eq!(election.projects[1].name, "Oak");
    assert_eq!(election.voters[0].vote, [0, 1]);
    assert_eq!(election.meta("unit"), Some("Rennes"));
    assert_eq!(election.currency(), None);
    assert!(election.faults.is_empty());
}

#[test]
fn byte_order_mark_line_ends_and_case_change_nothing() {
    let plain = read(approval().as_bytes()).unwrap();
    let windows = format!("\u{feff}{}", approval().replace('\n', "\r\n").replace("VOTES", "votes"));
    assert_eq!(read(windows.as_bytes()).unwrap(), plain);
    assert_eq!(read(approval().replace("PROJECTS", "\n\nprojects").as_bytes()).unwrap(), plain);
}

#[test]
fn quotes_protect_separators_lines_and_quotes() {
    let text = approval().replace("Lime", "\"Lime; \"\"big\"\"\nand old\"").replace("Oak", "the \"Oak\"");
    let election = read(text.as_bytes()).unwrap();
    assert_eq!(election.projects[0].name, "Lime; \"big\"\nand old");
    assert_eq!(election.projects[1].name, "the \"Oak\"");
    assert_eq!(read(election.to_pb().as_bytes()).unwrap(), election);
}

#[test]
fn lines_are_counted_through_quoted_cells() {
    let text = approval().replace("Lime", "\"Lime\n\nand old\"").replace("b;40.0", "b;-40");
    let negative = Problem::BadAmount { what: "cost", value: "-40".into(), error: AmountError::Negative };
    assert_eq!(refusal(&text), (19, negative));
}

#[test]
fn an_empty_ballot_is_a_ballot() {
    for empty in ["2;\n", "2;None\n"] {
        let election = read(approval().replace("2;b\n", empty).as_bytes()).unwrap();
        assert_eq!(election.voters.len(), 2);
        assert!(election.voters[1].vote.is_empty());
    }
}

#[test]
fn unknown_columns_and_endowments_are_kept() {
    let votes = "voter_id;vote;age;endowment\n1;a,b;34;60.5\n2;b;;\n";
    let text = approval().replace("voter_id;vote\n1;a,b\n2;b\n", votes);
    let election = read(text.as_bytes()).unwrap();
    assert_eq!(election.voter_columns, ["age"]);
    assert_eq!(election.voters[0].other, ["34"]);
    assert_eq!(election.voters[0].endowment, Some(6_050));
    assert_eq!(election.voters[1].endowment, None);
    assert_eq!(read(election.to_pb().as_bytes()).unwrap(), election);
}

#[test]
fn a_missing_part_is_named() {
    let text = approval();
    let cases = [
        ("", Problem::MissingSections(vec![Section::Meta, Section::Projects, Section::Votes])),
        ("key;value\n", Problem::NoSection),
        (HEAD, Problem::MissingSections(vec![Section::Projects, Section::Votes])),
        (&text[..text.find("VOTES").unwrap()], Problem::MissingSections(vec![Section::Votes])),
        (&text[text.find("PROJECTS").unwrap()..], Problem::MissingSections(vec![Section::Meta])),
        ("VOTES\nvoter_id;vote\n", Problem::MissingSections(vec![Section::Meta, Section::Projects])),
    ];
    for (text, problem) in cases {
        assert_eq!(refusal(text).1, problem);
    }
    let without = |line: &str| refusal(&text.replace(line, "")).1;
    assert_eq!(without("budget;100\n"), Problem::MissingKey("budget"));
    assert_eq!(without("vote_type;approval\n"), Problem::MissingKey("vote_type"));
    assert_eq!(without("unit;Rennes\n"), Problem::Fault(Fault::MissingKey("unit")));
    assert_eq!(without("project_id;cost;name\n"), Problem::MissingColumn(Section::Projects, "project_id"));
    assert_eq!(without("voter_id;vote\n"), Problem::MissingColumn(Section::Votes, "vote"));
}

#[test]
fn truncated_files_are_refused_wherever_they_are_cut() {
    let text = approval();
    let whole = read(text.as_bytes()).unwrap();
    // A cut inside the last cell can't be seen: the format has no end mark.
    for cut in 0..text.len() - "b\n".len() {
        let read = read(&text.as_bytes()[..cut]);
        assert!(read.is_err(), "cut at {cut}: {read:?}");
    }
    assert_eq!(read(text.trim_end().as_bytes()).unwrap(), whole);
}

#[test]
fn twice_the_same_is_refused() {
    let twice = |from: &str, to: &str| refusal(&approval().replace(from, to)).1;
    assert_eq!(twice("b;40.0;Oak", "a;40.0;Oak"), Problem::DuplicateProject("a".into()));
    assert_eq!(twice("unit;Rennes", "country;Rennes"), Problem::DuplicateKey("country".into()));
    assert_eq!(twice("id;cost;name", "id;cost;cost"), Problem::DuplicateColumn("cost".into()));
    assert_eq!(twice("2;b", "1;b"), Problem::Fault(Fault::DuplicateVoter("1".into())));
    assert_eq!(twice("1;a,b", "1;a,a"), Problem::Fault(Fault::DuplicateChoice("a".into())));
    assert_eq!(twice("1;a,b", "PROJECTS"), Problem::SectionOrder(Section::Projects));
}

#[test]
fn a_published_file_keeps_its_faulty_ballots() {
    let text = points("voter_id;vote;points\n1;a,b,a;5,4,3\n");
    let election = read_published(text.as_bytes()).unwrap();
    assert_eq!(
        (&election.voters[0].vote[..], &election.voters[0].points[..]),
        (&[0, 1][..], &[300, 400][..])
    );
    assert_eq!(election.faults, [(22, Fault::DuplicateChoice("a".into()))]);
}

#[test]
fn what_spreadsheets_append_changes_nothing() {
    let plain = read(approval().as_bytes()).unwrap();
    let padded: Vec<String> = approval().lines().map(|line| format!("{line};; ")).collect();
    let padded = format!("{}\n;;;\n", padded.join("\n"));
    let election = read(padded.as_bytes()).unwrap();
    assert_eq!((&election.meta, election.budget), (&plain.meta, plain.budget));
    assert_eq!(election.voters.iter().map(|voter| &voter.vote).collect::<Vec<_>>(), [&vec![0, 1], &vec![1]]);
    assert_eq!(election.projects[1].name, "Oak");
    assert_eq!(read(election.to_pb().as_bytes()).unwrap(), election);
    // A cell that says something is none too many.
    let noted = approval().replace("2;b", "2;b;;seen twice");
    assert_eq!(refusal(&noted).1, Problem::CellCount { expected: 2, found: 4 });
    // Somebody called like a section who left the ballot empty.
    let odd = read(approval().replace("2;b", "votes;").as_bytes()).unwrap();
    assert_eq!((odd.voters[1].id.as_str(), odd.voters[1].vote.len()), ("votes", 0));
}

#[test]
fn voters_without_a_name_are_counted() {
    let text = approval().replace("voter_id;vote\n1;a,b\n2;b", "age;vote\n34;a,b\n35;b");
    assert_eq!(refusal(&text), (19, Problem::Fault(Fault::NoVoterId)));
    let election = read_published(text.as_bytes()).unwrap();
    assert_eq!(election.faults, [(19, Fault::NoVoterId)]);
    assert_eq!(election.voters.iter().map(|voter| voter.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    let blank = read_published(approval().replace("2;b", ";b").as_bytes()).unwrap();
    assert_eq!((blank.faults.as_slice(), blank.voters.len()), (&[(21, Fault::NoVoterId)][..], 2));
}

#[test]
fn limits_of_projects_and_minima_are_looked_at() {
    let faults = |meta: &str, text: String| {
        let text = text.replace("budget;100\n", &format!("budget;100\n{meta}"));
        read_published(text.as_bytes()).unwrap().faults
    };
    let costs = "min_project_cost;50\nmax_project_cost;60\n";
    assert_eq!(faults(costs, approval()), [(19, Fault::CostOutsideLimits("b".into()))]);
    assert_eq!(faults("min_sum_cost;50\n", approval()), [(22, Fault::UnderMinimum)]);
    let ballot = "voter_id;vote;points\n1;a,b;5,2\n";
    assert_eq!(faults("min_points;3\n", points(ballot)), [(23, Fault::UnderMinimum)]);
    assert!(faults("min_points;2\n", points(ballot)).is_empty());
    let stray = read_published(points("voter_id;vote;points\n1;a,,b,;5,,2,\n").as_bytes()).unwrap();
    assert_eq!((&stray.voters[0].vote[..], &stray.voters[0].points[..]), (&[0, 1][..], &[500, 200][..]));
}

#[test]
fn amounts_are_exact_or_refused() {
    let cost = |value: &str| match refusal(&approval().replace("40.0", value)).1 {
        Problem::BadAmount { error, .. } => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(cost("-1"), AmountError::Negative);
    assert_eq!(cost("0.001"), AmountError::TooFine);
    assert_eq!(cost("9999999999999999"), AmountError::TooLarge);
    for text in ["", ".", "1e3", "NaN", "0x10", "1 000", "--1", "１"] {
        assert_eq!(cost(text), AmountError::NotANumber, "{text}");
    }
    assert_eq!(read(approval().replace("40.0", "39,95").as_bytes()).unwrap().projects[1].cost, 3_995);
}

#[test]
fn ballots_answer_to_the_projects_and_limits() {
    assert_eq!(refusal(&approval().replace("1;a,b", "1;a,c")).1, Problem::UnknownProject("c".into()));
    assert_eq!(refusal(&approval().replace("1;a,b", "1;a,")).1, Problem::Fault(Fault::EmptyChoice));
    let faulty = |ballot: &str| refusal(&points(&format!("voter_id;vote;points\n{ballot}\n")));
    assert_eq!(faulty("1;a,b;5"), (22, Problem::PointCount { projects: 2, points: 1 }));
    assert_eq!(faulty("1;a;5,5"), (22, Problem::PointCount { projects: 1, points: 2 }));
    assert_eq!(faulty("1;a,b;6,5"), (22, Problem::Fault(Fault::PointsOverTotal)));
    assert_eq!(faulty("1;a;7"), (22, Problem::Fault(Fault::TooManyPoints)));
    assert!(matches!(faulty("1;a;-1").1, Problem::BadAmount { error: AmountError::Negative, .. }));
    let one = approval().replace("approval", "choose-1");
    assert_eq!(refusal(&one).1, Problem::Fault(Fault::TooLong { limit: 1, found: 2 }));
}

#[test]
fn hostile_bytes_are_refused_with_a_line() {
    let mut bytes = approval().into_bytes();
    let place = bytes.len() - 3;
    bytes[place] = 0xff;
    assert_eq!(read(&bytes).unwrap_err().problem, Problem::NotUtf8);
    assert_eq!(refusal(&approval().replace("Lime", "\"Lime")), (16, Problem::OpenQuote));
    assert_eq!(
        refusal(&approval().replace("b;40.0;Oak", "b;40.0")).1,
        Problem::CellCount { expected: 3, found: 2 }
    );
    assert!(matches!(
        refusal(&approval().replace("a;60", &format!("{};60", "a".repeat(201)))).1,
        Problem::BadId(_)
    ));
    let many = approval().replace("num_votes;2", "num_votes;99999999999999999999");
    assert!(matches!(refusal(&many).1, Problem::BadValue { key: "num_votes", .. }));
}

#[test]
fn published_files_survive_writing() {
    for path in published::files("published_files_survive_writing") {
        let election = read_published(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut again = read_published(election.to_pb().as_bytes()).unwrap();
        // What was named twice is written once.
        again.faults.clone_from(&election.faults);
        assert!(again == election, "{}", path.display());
    }
}

//! `popote tally`: counts a file, with no database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use tally::budget::{Utility, default_utility};
use tally::equal_shares::{Completion, Rules};
use tally::files::{BallotFile, DrawFile, GiftFile, VoteFile};
use tally::pabulib::{Election, parse_amount, read, read_published};
use tally::report::budget::{LISTED_PAYMENTS, Request};
use tally::report::{Language, Report, budget, choice, decision};

use crate::out;

/// Most bytes of a file that is counted.
const MAX_FILE: u64 = 256 << 20;

/// Hundredths of the currency unit by which a share is raised unless told otherwise.
const USUAL_STEP: u64 = 100;

const EXAMPLES: &str = r#"Examples:
  popote tally election.pb --method equal-shares --completion add1u --explain
  popote tally election.pb --method greedy --utility cardinality --json
  popote tally ballots.json --method majority-judgment --explain --lang en
  popote tally gifts.json --method quadratic-funding --explain

A .pb file (Pabulib) is counted by equal-shares, phragmen or greedy; a JSON file by the other methods, such as
{"options": ["Ada", "Bob"], "ballots": [{"count": 3, "ranking": ["Ada", "Bob"]}, {"ranking": ["Bob"]}]}
(docs/guide/en/count.md has the form of each, docs/guide/fr/compter.md in French).
Ties between projects: lower cost, then more supporters, then the smaller identifier by code points, or --lot.
Exit codes: 0 counted, 1 the file can't be read or counted, 2 wrong arguments."#;

/// Count a .pb election or a JSON file of ballots, and show the working
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct TallyArgs {
    /// The file to count
    file: PathBuf,
    /// How to count
    #[arg(long, value_enum)]
    method: Method,
    /// What a funded project brings a voter [default: cost for approvals, points or borda for other ballots]
    #[arg(long, value_enum)]
    utility: Option<UtilityArg>,
    /// What equal-shares does with the money left
    #[arg(long, value_enum, default_value = "none")]
    completion: CompletionArg,
    /// The mean raise of a share at each step of add1, in currency units
    #[arg(long, default_value = "1", value_parser = positive_amount)]
    step: u64,
    /// Keep the greedy outcome if strictly more voters gain by it (equal-shares)
    #[arg(long)]
    compare: bool,
    /// Another budget than the file's, in currency units
    #[arg(long, value_parser = amount)]
    budget: Option<u64>,
    /// A text file with all projects or options, one a line, in the order that breaks the last ties
    #[arg(long, value_name = "FILE")]
    lot: Option<PathBuf>,
    /// The lowest score that approves (approval, for ballots of scores)
    #[arg(long, default_value_t = 1)]
    approve_from: u32,
    /// Work out what each voter pays; done by itself up to 1000 voters (equal-shares)
    #[arg(long)]
    payments: bool,
    /// Refuse a .pb file with ballots against its own limits instead of only saying so
    #[arg(long)]
    strict: bool,
    /// Print the winners and the whole working as JSON
    #[arg(long)]
    json: bool,
    /// Print the count step by step in words
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    /// The language of the words
    #[arg(long, value_enum, default_value = "fr")]
    lang: LanguageArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Method {
    /// A budget: everyone decides about an equal share, or about what they put in
    EqualShares,
    /// A budget, by approvals: everyone earns at one pace, supporters buy as soon as they can
    Phragmen,
    /// A budget: most votes first, as long as it fits
    Greedy,
    /// The best median grade
    MajorityJudgment,
    /// A ranking by duels and the strongest chains of victories
    Schulze,
    /// A ranking by duels, the strongest victories first
    RankedPairs,
    /// The last is struck out until one has the majority
    InstantRunoff,
    /// The sum of the scores
    Score,
    /// The number of approvals
    Approval,
    /// The two highest sums of scores meet
    Star,
    /// A pool that matches gifts
    QuadraticFunding,
    /// Yes or no, with a share to reach and a quorum
    Threshold,
    /// An order by chance that everybody can check
    Draw,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum UtilityArg {
    /// The cost of the project
    Cost,
    /// One for each project
    Cardinality,
    /// The points of the ballot
    Points,
    /// By rank: the last ranked gets 0
    Borda,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CompletionArg {
    /// It stays in the pot
    None,
    /// Most utility for the money first
    Greedy,
    /// Count again with more money for everyone, as long as the budget pays
    Add1,
    /// The same, then greedily
    Add1u,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageArg {
    /// Français
    Fr,
    /// English
    En,
}

type Failure = Box<dyn std::error::Error>;

fn amount(text: &str) -> Result<u64, String> {
    parse_amount(text).map_err(|error| error.to_string())
}

fn positive_amount(text: &str) -> Result<u64, String> {
    amount(text)
        .and_then(|amount| if amount > 0 { Ok(amount) } else { Err("must be more than 0".to_owned()) })
}

impl Method {
    fn spends(self) -> bool {
        matches!(self, Self::EqualShares | Self::Phragmen | Self::Greedy)
    }
}

/// Flags given that change nothing for the method.
fn idle(args: &TallyArgs) -> Vec<&'static str> {
    let raises = matches!(args.completion, CompletionArg::Add1 | CompletionArg::Add1u);
    let (method, shares) = (args.method, args.method == Method::EqualShares);
    let has_lot = !matches!(method, Method::QuadraticFunding | Method::Threshold | Method::Draw);
    let flags = [
        ("--utility", args.utility.is_some() && !(shares || method == Method::Greedy)),
        ("--completion", !matches!(args.completion, CompletionArg::None) && !shares),
        ("--step", args.step != USUAL_STEP && !(shares && raises)),
        ("--compare", args.compare && !shares),
        ("--payments", args.payments && !shares),
        ("--budget", args.budget.is_some() && !method.spends()),
        ("--strict", args.strict && !method.spends()),
        ("--lot", args.lot.is_some() && !has_lot),
        ("--approve-from", args.approve_from != 1 && method != Method::Approval),
    ];
    flags.into_iter().filter(|(_, idle)| *idle).map(|(flag, _)| flag).collect()
}

/// Counts and prints.
pub fn run(args: &TallyArgs) -> ExitCode {
    for flag in idle(args) {
        eprintln!("{flag} changes nothing in this count");
    }
    match report(args) {
        Ok(report) => print(args, &report),
        Err(error) => {
            eprintln!("{}: {error}", args.file.display());
            ExitCode::FAILURE
        }
    }
}

fn print(args: &TallyArgs, report: &Report) -> ExitCode {
    let lines = if args.json {
        &vec![report.to_json().to_string()]
    } else if args.explain {
        &report.sentences
    } else {
        &report.winners
    };
    match out::print(&lines.join("\n")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("popote: {error}");
            ExitCode::FAILURE
        }
    }
}

fn load(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(path)?.len();
    if size > MAX_FILE {
        return Err(format!("the file has {size} bytes, at most {MAX_FILE} can be counted").into());
    }
    Ok(std::fs::read(path)?)
}

fn report(args: &TallyArgs) -> Result<Report, Failure> {
    let bytes = load(&args.file)?;
    let language = match args.lang {
        LanguageArg::Fr => Language::French,
        LanguageArg::En => Language::English,
    };
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    if !args.method.spends() && start.starts_with(b"META") {
        return Err("a .pb file is counted by equal-shares, phragmen or greedy".into());
    }
    if args.method.spends() && start.starts_with(b"{") {
        return Err("a JSON file can't be counted in this way: a .pb file is needed".into());
    }
    match args.method {
        Method::EqualShares | Method::Phragmen | Method::Greedy => spend(args, &bytes, language),
        Method::QuadraticFunding => Ok(decision::quadratic_funding(&GiftFile::parse(&bytes)?, language)?),
        Method::Threshold => Ok(decision::threshold(&VoteFile::parse(&bytes)?, language)?),
        Method::Draw => Ok(decision::draw(&DrawFile::parse(&bytes)?, language)?),
        _ => choose(args, &bytes, language),
    }
}

fn spend(args: &TallyArgs, bytes: &[u8], language: Language) -> Result<Report, Failure> {
    let election = if args.strict { read(bytes)? } else { read_published(bytes)? };
    for (line, fault) in &election.faults {
        eprintln!("{}: line {line}: {fault}", args.file.display());
    }
    let utility = match args.utility {
        None => default_utility(election.vote_type),
        Some(UtilityArg::Cost) => Utility::Cost,
        Some(UtilityArg::Cardinality) => Utility::Cardinality,
        Some(UtilityArg::Points) => Utility::Points,
        Some(UtilityArg::Borda) => Utility::Borda,
    };
    let lot = args.lot.as_deref().map(|path| project_lot(path, &election)).transpose()?;
    let request =
        Request { election: &election, utility, lot: lot.as_deref(), budget: args.budget, language };
    match args.method {
        Method::Greedy => Ok(budget::greedy(&request)?),
        Method::Phragmen => Ok(budget::phragmen(&request)?),
        _ => {
            let completion = match args.completion {
                CompletionArg::None => Completion::None,
                CompletionArg::Greedy => Completion::Greedy,
                CompletionArg::Add1 => Completion::Add1,
                CompletionArg::Add1u => Completion::Add1U,
            };
            let payments = args.payments || election.voters.len() <= LISTED_PAYMENTS;
            let rules = Rules { step: args.step, compare: args.compare, payments, ..Rules::new(completion) };
            Ok(budget::equal_shares(&request, rules)?)
        }
    }
}

fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let text = String::from_utf8(load(path)?)?;
    Ok(text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect())
}

fn project_lot(path: &Path, election: &Election) -> Result<Vec<u32>, Failure> {
    let places: std::collections::HashMap<&str, u32> =
        election.projects.iter().map(|project| project.id.as_str()).zip(0..).collect();
    let place = |name: String| {
        let unknown = || format!("{}: no project is named {name:?}", path.display());
        places.get(name.as_str()).copied().ok_or_else(unknown)
    };
    Ok(lines(path)?.into_iter().map(place).collect::<Result<_, _>>()?)
}

fn choose(args: &TallyArgs, bytes: &[u8], language: Language) -> Result<Report, Failure> {
    let mut file = BallotFile::parse(bytes)?;
    if let Some(path) = &args.lot {
        let lot = file.lot_of(&lines(path)?)?;
        file = file.with_lot(lot);
    }
    let report = match args.method {
        Method::Schulze => choice::schulze(&file, language),
        Method::RankedPairs => choice::ranked_pairs(&file, language),
        Method::InstantRunoff => choice::instant_runoff(&file, language),
        Method::MajorityJudgment => choice::majority_judgment(&file, language),
        Method::Score => choice::score(&file, language),
        Method::Star => choice::star(&file, language),
        _ => choice::approval(&file, args.approve_from, language),
    };
    Ok(report?)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: TallyArgs,
    }

    const ELECTION: &str = "META\nkey;value\nnum_projects;3\nnum_votes;3\nbudget;60\nvote_type;approval\nPROJECTS\n\
        project_id;cost\n10;30\n9;30\n8;12.5\nVOTES\nvoter_id;vote\na;10\nb;9\nc;8,8\n";

    /// The report of a file with some flags, or what is said instead.
    fn counted(text: &str, flags: &[&str]) -> Result<Report, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, text).unwrap();
        std::fs::write(folder.path().join("lot"), "9\n10\n8\n").unwrap();
        let flags =
            flags.iter().map(|flag| flag.replace("LOT", &folder.path().join("lot").to_string_lossy()));
        let words = ["tally".to_owned(), path.to_string_lossy().into_owned()].into_iter().chain(flags);
        let args = Cli::try_parse_from(words).map_err(|error| error.to_string())?.args;
        report(&args).map_err(|error| error.to_string())
    }

    #[test]
    fn ties_fall_by_code_points_or_by_the_lot() {
        let flags = ["--method", "greedy"];
        assert_eq!(counted(ELECTION, &flags).unwrap().winners, ["8", "10"]);
        let with_lot = ["--method", "greedy", "--lot", "LOT"];
        assert_eq!(counted(ELECTION, &with_lot).unwrap().winners, ["8", "9"]);
        assert_eq!(counted(ELECTION, &flags).unwrap().to_json()["cost"], "42.50");
    }

    #[test]
    fn every_completion_counts() {
        // Raised to 30 € each, the voters would buy all three and spend too much: the raises stop before.
        for (completion, winners) in
            [("none", &["8"][..]), ("greedy", &["8", "10"]), ("add1", &["8"]), ("add1u", &["8", "10"])]
        {
            let report = counted(ELECTION, &["--method", "equal-shares", "--completion", completion]);
            assert_eq!(report.unwrap().winners, winners, "{completion}");
        }
    }

    #[test]
    fn faults_are_refused_only_when_strict() {
        assert!(counted(ELECTION, &["--method", "greedy"]).is_ok());
        let strict = counted(ELECTION, &["--method", "greedy", "--strict"]).unwrap_err();
        assert_eq!(strict, "line 7: META lacks description");
        let negative = ELECTION.replace("12.5", "-12.5");
        let refused = counted(&negative, &["--method", "greedy"]).unwrap_err();
        assert_eq!(refused, "line 11: cost \"-12.5\" is negative");
    }

    #[test]
    fn arguments_that_do_not_suit_are_refused() {
        let refused = |flags: &[&str]| counted(ELECTION, flags).unwrap_err();
        assert_eq!(
            refused(&["--method", "greedy", "--utility", "points"]),
            "utility points can't be read from approval ballots"
        );
        assert_eq!(
            refused(&["--method", "schulze"]),
            "a .pb file is counted by equal-shares, phragmen or greedy"
        );
        assert!(counted("{}", &["--method", "greedy"]).unwrap_err().contains("a .pb file is needed"));
        assert!(counted("[", &["--method", "schulze"]).unwrap_err().contains("line 1"));
        assert!(refused(&["--method", "greedy", "--step", "0"]).contains("more than 0"));
        assert!(refused(&["--method", "dictatorship"]).contains("possible values"));
    }

    #[test]
    fn flags_that_change_nothing_are_named() {
        let idle = |flags: &[&str]| {
            let words = ["tally", "file", "--method"].iter().chain(flags);
            idle(&Cli::try_parse_from(words).unwrap().args)
        };
        assert!(
            idle(&["equal-shares", "--completion", "add1u", "--step", "2", "--utility", "cost"]).is_empty()
        );
        assert!(idle(&["greedy", "--utility", "cost", "--budget", "9", "--lot", "l"]).is_empty());
        assert_eq!(idle(&["greedy", "--completion", "add1", "--compare"]), ["--completion", "--compare"]);
        assert_eq!(idle(&["equal-shares", "--step", "2"]), ["--step"]);
        assert_eq!(idle(&["threshold", "--lot", "l", "--approve-from", "3"]), ["--lot", "--approve-from"]);
    }

    #[test]
    fn ballots_are_counted_by_each_method() {
        let ranked = r#"{"options":["a","b"],"ballots":[{"count":2,"ranking":["b","a"]},{"ranking":["a"]}]}"#;
        for method in ["schulze", "ranked-pairs", "instant-runoff"] {
            assert_eq!(counted(ranked, &["--method", method]).unwrap().winners[0], "b", "{method}");
        }
        let scored = r#"{"options":["a","b"],"ballots":[{"scores":{"a":5,"b":4}},{"scores":{"b":4}}]}"#;
        for method in ["score", "star", "approval"] {
            assert_eq!(counted(scored, &["--method", method]).unwrap().winners[0], "b", "{method}");
        }
    }
}

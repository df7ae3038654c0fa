//! What can be wrong with a file.

use std::fmt;

use super::amount::AmountError;

/// One of the three parts of a file.
///
/// ```
/// assert_eq!(popote_tally::pabulib::Section::Votes.to_string(), "VOTES");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Facts about the whole election.
    Meta,
    /// What can be funded.
    Projects,
    /// The ballots.
    Votes,
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Meta => "META",
            Self::Projects => "PROJECTS",
            Self::Votes => "VOTES",
        })
    }
}

fn missing(sections: &[Section]) -> String {
    let names: Vec<String> = sections.iter().map(ToString::to_string).collect();
    match names.as_slice() {
        [one] => format!("the section {one} is missing"),
        [before @ .., last] => format!("the sections {} and {last} are missing", before.join(", ")),
        [] => "a section is missing".to_owned(),
    }
}

/// A file that can't be read, with the line (from 1) where that shows.
///
/// ```
/// use popote_tally::pabulib::{Problem, Section, read};
/// let error = read(b"META\nkey;value\nbudget;3\n").unwrap_err();
/// assert_eq!(error.to_string(), "line 4: the sections PROJECTS and VOTES are missing");
/// assert_eq!(error.problem, Problem::MissingSections(vec![Section::Projects, Section::Votes]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ReadError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What makes a file unreadable.
///
/// ```
/// use popote_tally::pabulib::{Problem, read};
/// assert_eq!(read(b"project_id;cost\n").unwrap_err().problem, Problem::NoSection);
/// assert_eq!(Problem::UnknownProject("9".into()).to_string(), "no project is named \"9\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// More than [`super::MAX_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// Bytes that are no UTF-8 text.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// A quoted cell that the file ends in.
    #[error("a quote is opened here and never closed")]
    OpenQuote,
    /// Cells before the first section.
    #[error("the file must begin with META")]
    NoSection,
    /// The sections that are absent.
    #[error("{}", missing(.0))]
    MissingSections(Vec<Section>),
    /// A section that comes twice or out of order.
    #[error("the section {0} comes twice or too early")]
    SectionOrder(Section),
    /// A section without its line of column names, or without a column that it needs.
    #[error("{0} has no column {1}")]
    MissingColumn(Section, &'static str),
    /// Two columns of one name.
    #[error("two columns are named {0:?}")]
    DuplicateColumn(String),
    /// A row whose cells are not as many as the columns.
    #[error("the row has {found} cells, {expected} are expected")]
    CellCount {
        /// How many columns the section has.
        expected: usize,
        /// How many cells the row has.
        found: usize,
    },
    /// A key of `META` that comes twice.
    #[error("META tells {0:?} twice")]
    DuplicateKey(String),
    /// A key of `META` without which there is no election.
    #[error("META lacks {0}")]
    MissingKey(&'static str),
    /// A value of `META` outside of what the format knows.
    #[error("{key} can't be {value:?}")]
    BadValue {
        /// The key of `META`.
        key: &'static str,
        /// What the file says.
        value: String,
    },
    /// A budget, cost, endowment or number of points that hundredths can't say.
    #[error("{what} {value:?} {error}")]
    BadAmount {
        /// The column or key.
        what: &'static str,
        /// What the file says.
        value: String,
        /// Why it is refused.
        error: AmountError,
    },
    /// An identifier that is empty, too long, or a project's with a comma.
    #[error("{0:?} can't be an identifier")]
    BadId(String),
    /// Two projects of one identifier.
    #[error("two projects are named {0:?}")]
    DuplicateProject(String),
    /// A ballot for a project that the file doesn't list.
    #[error("no project is named {0:?}")]
    UnknownProject(String),
    /// Points that are not as many as the projects of the ballot.
    #[error("{points} numbers of points for {projects} projects")]
    PointCount {
        /// Projects on the ballot.
        projects: usize,
        /// Numbers in its cell `points`.
        points: usize,
    },
    /// More than [`super::MAX_PROJECTS`] or [`super::MAX_VOTERS`].
    #[error("{0} has too many rows")]
    TooMany(Section),
    /// `num_projects` or `num_votes` tells another number than the rows: a truncated file.
    #[error("META announces {announced} rows in {section} and {found} are there: the file may be truncated")]
    RowCount {
        /// The section counted.
        section: Section,
        /// What `META` says.
        announced: usize,
        /// The rows found.
        found: usize,
    },
    /// [`super::read`] met a fault.
    #[error("{0}")]
    Fault(Fault),
}

/// What a file does against its own limits, which a published file may do and a new one may not.
///
/// ```
/// use popote_tally::pabulib::{Fault, read_published};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let election = read_published(text.replace("ada", "bob").as_bytes())?;
/// assert_eq!(election.faults.last(), Some(&(14, Fault::DuplicateVoter("bob".into()))));
/// # Ok::<(), popote_tally::pabulib::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// One of the obligatory keys that no count needs.
    #[error("META lacks {0}")]
    MissingKey(&'static str),
    /// Two voters of one identifier; both are counted.
    #[error("two voters are named {0:?}")]
    DuplicateVoter(String),
    /// Ballots without the name of their voter (or, at the line before the first, all of them): they are counted, and named
    /// by their numbers from 1.
    #[error("the voter has no voter_id")]
    NoVoterId,
    /// A comma too many in a ballot: what stands before or after it is left out.
    #[error("the ballot has a comma too many")]
    EmptyChoice,
    /// A project that costs less than `min_project_cost` or more than `max_project_cost`.
    #[error("the cost of {0:?} is outside of min_project_cost and max_project_cost")]
    CostOutsideLimits(String),
    /// A project twice on one ballot: the first place and the last points are kept.
    #[error("the ballot names {0:?} twice")]
    DuplicateChoice(String),
    /// More projects than `max_length`, or than one in a vote for one.
    #[error("the ballot names {found} projects, at most {limit} are allowed")]
    TooLong {
        /// What `META` allows.
        limit: u64,
        /// How many there are.
        found: usize,
    },
    /// Projects that cost more than `max_sum_cost`.
    #[error("the projects of the ballot cost more than max_sum_cost")]
    TooDear,
    /// More points for one project than `max_points`.
    #[error("a project has more points than max_points")]
    TooManyPoints,
    /// More points altogether than `max_sum_points`.
    #[error("the points of the ballot are over max_sum_points")]
    PointsOverTotal,
    /// Fewer projects, cheaper ones or fewer points than `min_length`, `min_sum_cost`, `min_points` or `min_sum_points`; counted as it is, and no reason to refuse a file.
    #[error("the ballot has fewer projects or points than the minimum")]
    UnderMinimum,
}

impl Fault {
    /// Whether [`super::read`] refuses a file for it: a ballot that weighs too little wrongs nobody else.
    ///
    /// ```
    /// use popote_tally::pabulib::Fault;
    /// assert!(Fault::PointsOverTotal.is_refused() && !Fault::UnderMinimum.is_refused());
    /// ```
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !matches!(self, Self::UnderMinimum)
    }
}

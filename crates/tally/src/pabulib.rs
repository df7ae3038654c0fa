//! Elections in Pabulib's `.pb` format, read and written whole.
//!
//! A `.pb` file is UTF-8 text of three sections, `META`, `PROJECTS` and `VOTES`; each has a line with its name, a
//! line of column names, then rows whose cells are separated by `;` and quoted as in RFC 4180 where needed. The
//! format is described at <https://pabulib.org/format> and in Stolicki, Szufa and Talmon, *Pabulib: A
//! Participatory Budgeting Library* (arXiv:2012.06539).
//!
//! Amounts are integers in **hundredths of the currency unit**, so that nothing is rounded: `400000.0` is
//! `40_000_000`, and a cost of `12.345` is refused.
//!
//! [`read`] refuses a file that breaks the format's own limits. [`read_published`] is for files published by a city,
//! which can't be mended: it keeps the ballots as they are and lists what is wrong in [`Election::faults`].
//! Both take a byte-order mark, either line end, section names in any case and the blank cells that spreadsheets append;
//! both refuse a file with another number of rows than it announces, since it may be cut.
//!
//! `default_score` gives points to the projects that a `scoring` ballot leaves out, as the format says; pabutools 1.2.3
//! doesn't read it.
//!
//! ```
//! let text = "META\nkey;value\ndescription;Our street\ncountry;France\nunit;Rennes\ninstance;2026\n\
//!     num_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\nrule;equalshares\n\
//!     date_begin;2026\ndate_end;2026\ncurrency;EUR\n\
//!     PROJECTS\nproject_id;cost;name\n1;60;\"Benches; two of them\"\n2;40.50;Lime tree\n\
//!     VOTES\nvoter_id;vote\nada;1,2\nbob;2\n";
//! let election = popote_tally::pabulib::read(text.as_bytes())?;
//! assert_eq!(election.budget, 10_000);
//! assert_eq!(election.projects[0].name, "Benches; two of them");
//! assert_eq!(election.projects[1].cost, 4_050);
//! assert_eq!(election.voters[0].vote, [0, 1]);
//! let again = popote_tally::pabulib::read(election.to_pb().as_bytes())?;
//! assert_eq!(again, election);
//! # Ok::<(), popote_tally::pabulib::ReadError>(())
//! ```

mod amount;
mod ballots;
mod error;
mod reader;
mod rows;
mod writer;

pub use amount::{AmountError, amount_text, parse_amount};
pub use error::{Fault, Problem, ReadError, Section};
pub use reader::{read, read_published};

/// Most projects that a file may hold.
pub const MAX_PROJECTS: usize = 2_000;
/// Most voters that a file may hold.
pub const MAX_VOTERS: usize = 5_000_000;
/// Most bytes that a file may hold: 256 MiB.
pub const MAX_BYTES: usize = 256 << 20;
/// Most characters of an identifier of a project or of a voter.
pub const MAX_ID: usize = 200;

/// What the cells `vote` and `points` of a ballot mean.
///
/// ```
/// use popote_tally::pabulib::{VoteType, read_published};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// assert_eq!(read_published(text.as_bytes())?.vote_type, VoteType::Approval);
/// # Ok::<(), popote_tally::pabulib::ReadError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoteType {
    /// The projects that the voter accepts.
    Approval,
    /// The projects from the best; those left out come last.
    Ordinal,
    /// Points shared out over projects, with a limit on their sum.
    Cumulative,
    /// Points given to each project by itself.
    Scoring,
    /// One project.
    ChooseOne,
}

impl VoteType {
    /// The word of the format: `approval`, `ordinal`, `cumulative`, `scoring` or `choose-1`.
    ///
    /// ```
    /// assert_eq!(popote_tally::pabulib::VoteType::ChooseOne.as_str(), "choose-1");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Ordinal => "ordinal",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
            Self::ChooseOne => "choose-1",
        }
    }

    /// Whether ballots of this type carry points.
    ///
    /// ```
    /// use popote_tally::pabulib::VoteType;
    /// assert!(VoteType::Scoring.has_points() && !VoteType::Ordinal.has_points());
    /// ```
    #[must_use]
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Approval, Self::Ordinal, Self::Cumulative, Self::Scoring, Self::ChooseOne]
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(text))
    }
}

/// A project that asks for money.
///
/// ```
/// use popote_tally::pabulib::read_published;
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let project = &read_published(text.as_bytes())?.projects[1];
/// assert_eq!((project.id.as_str(), project.cost, project.name.as_str()), ("10", 4_050, ""));
/// # Ok::<(), popote_tally::pabulib::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The file's own identifier, unique in it, without a comma.
    pub id: String,
    /// Hundredths of the currency unit.
    pub cost: u64,
    /// The name, empty where the file gives none.
    pub name: String,
    /// The cells under [`Election::project_columns`], in that order.
    pub other: Vec<String>,
}

/// A voter's ballot.
///
/// ```
/// use popote_tally::pabulib::read_published;
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let voter = &read_published(text.as_bytes())?.voters[0];
/// assert_eq!((voter.id.as_str(), voter.vote.as_slice(), voter.endowment), ("ada", &[0, 1][..], None));
/// # Ok::<(), popote_tally::pabulib::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voter {
    /// The file's own identifier.
    pub id: String,
    /// Indices into [`Election::projects`], in the ballot's order; empty for a voter who left everything out, who
    /// still counts among the voters.
    pub vote: Vec<u32>,
    /// Hundredths of a point, one for each of `vote`; empty when the vote type has no points.
    pub points: Vec<u64>,
    /// What the voter put in, in hundredths of the currency unit, for counts where shares are unequal: Popote's own
    /// column `endowment`, which other programs leave alone.
    pub endowment: Option<u64>,
    /// The cells under [`Election::voter_columns`], in that order.
    pub other: Vec<String>,
}

/// An election as a `.pb` file tells it.
///
/// ```
/// use popote_tally::pabulib::read_published;
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote\nada;9,10\nbob;10\n";
/// let election = read_published(text.as_bytes())?;
/// assert_eq!((election.budget, election.projects.len(), election.voters.len()), (10_000, 2, 2));
/// // Seven keys that the format asks for are not told.
/// assert_eq!(election.faults.len(), 7);
/// # Ok::<(), popote_tally::pabulib::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// Every line of `META` in the file's order, but `num_projects`, `num_votes`, `budget` and `vote_type`, which are
    /// told by the other fields.
    pub meta: Vec<(String, String)>,
    /// What can be spent, in hundredths of the currency unit.
    pub budget: u64,
    /// What the ballots mean.
    pub vote_type: VoteType,
    /// Names of the columns of `PROJECTS` beyond `project_id`, `cost` and `name`.
    pub project_columns: Vec<String>,
    /// The projects, in the file's order.
    pub projects: Vec<Project>,
    /// Names of the columns of `VOTES` beyond `voter_id`, `vote`, `points` and `endowment`.
    pub voter_columns: Vec<String>,
    /// The ballots, in the file's order.
    pub voters: Vec<Voter>,
    /// What the file does against its own limits, each with its line; at most [`Election::MAX_FAULTS`].
    pub faults: Vec<(usize, Fault)>,
}

impl Election {
    /// Most faults that are kept.
    pub const MAX_FAULTS: usize = 1_000;

    /// The value of a key of `META`.
    ///
    /// ```
    /// # let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;cumulative\ncurrency;EUR\n\
    /// #     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote;points\nada;9,10;3,1\nbob;10;4\n";
    /// # let election = popote_tally::pabulib::read_published(text.as_bytes())?;
    /// assert_eq!((election.meta("currency"), election.meta("subunit")), (Some("EUR"), None));
    /// # Ok::<(), popote_tally::pabulib::ReadError>(())
    /// ```
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The three letters of the currency (ISO 4217), where the file tells them.
    ///
    /// ```
    /// # let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;cumulative\ncurrency;EUR\n\
    /// #     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote;points\nada;9,10;3,1\nbob;10;4\n";
    /// # let election = popote_tally::pabulib::read_published(text.as_bytes())?;
    /// assert_eq!(election.currency(), Some("EUR"));
    /// # Ok::<(), popote_tally::pabulib::ReadError>(())
    /// ```
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.meta("currency").filter(|text| !text.is_empty())
    }

    /// The sum of all costs, in hundredths of the currency unit.
    ///
    /// ```
    /// # let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;cumulative\ncurrency;EUR\n\
    /// #     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote;points\nada;9,10;3,1\nbob;10;4\n";
    /// # let election = popote_tally::pabulib::read_published(text.as_bytes())?;
    /// // 60 € and 40.50 €.
    /// assert_eq!(election.total_cost(), 10_050);
    /// # Ok::<(), popote_tally::pabulib::ReadError>(())
    /// ```
    #[must_use]
    pub fn total_cost(&self) -> u128 {
        self.projects.iter().map(|project| u128::from(project.cost)).sum()
    }

    /// The points that a scoring ballot gives to a project that it leaves out, in hundredths.
    ///
    /// ```
    /// # let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;cumulative\ncurrency;EUR\n\
    /// #     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote;points\nada;9,10;3,1\nbob;10;4\n";
    /// # let election = popote_tally::pabulib::read_published(text.as_bytes())?;
    /// assert_eq!(election.default_score(), 0, "the file tells none");
    /// # Ok::<(), popote_tally::pabulib::ReadError>(())
    /// ```
    #[must_use]
    pub fn default_score(&self) -> u64 {
        self.meta("default_score").and_then(|text| parse_amount(text).ok()).unwrap_or(0)
    }

    /// The file's text, which [`read_published`] reads back as an equal election.
    ///
    /// ```
    /// # let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;cumulative\ncurrency;EUR\n\
    /// #     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote;points\nada;9,10;3,1\nbob;10;4\n";
    /// # let election = popote_tally::pabulib::read_published(text.as_bytes())?;
    /// let again = popote_tally::pabulib::read_published(election.to_pb().as_bytes())?;
    /// assert_eq!(again.voters, election.voters);
    /// # Ok::<(), popote_tally::pabulib::ReadError>(())
    /// ```
    #[must_use]
    pub fn to_pb(&self) -> String {
        writer::write(self)
    }
}

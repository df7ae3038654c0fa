//! From a file's bytes to an election.

use std::borrow::Cow;
use std::collections::HashSet;

use super::amount::parse_amount;
use super::ballots::{BallotReader, Limits};
use super::error::{Fault, Problem, ReadError, Section};
use super::rows::Rows;
use super::{Election, MAX_BYTES, MAX_ID, MAX_PROJECTS, MAX_VOTERS, Project, VoteType, Voter};

/// Most hundredths of a point that a ballot may give to one project.
pub(super) const MAX_POINTS: u64 = 100_000_000;
/// Keys that the format makes obligatory and that no count needs.
const OBLIGATORY: [&str; 7] =
    ["description", "country", "unit", "instance", "rule", "date_begin", "date_end"];
/// Keys that are fields of [`Election`].
const OWN_KEYS: [&str; 4] = ["num_projects", "num_votes", "budget", "vote_type"];

/// An election from the bytes of a `.pb` file.
///
/// # Errors
/// [`ReadError`], with the line, for a file that isn't whole, names something twice, has an amount that hundredths
/// can't say or a ballot over the file's own limits.
///
/// ```
/// use popote_tally::pabulib::read;
/// let text = "META\nkey;value\nnum_projects;1\nnum_votes;1\nbudget;400000.0\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n1;-5\nVOTES\nvoter_id;vote\nada;1\n";
/// assert_eq!(read(text.as_bytes()).unwrap_err().to_string(), "line 7: META lacks description");
/// ```
pub fn read(bytes: &[u8]) -> Result<Election, ReadError> {
    read_with(bytes, Faults { refuse: true, found: Vec::new() })
}

/// [`read`] for files that can't be mended: ballots against the file's own limits are kept as they are and listed in
/// [`Election::faults`].
///
/// # Errors
/// [`ReadError`], with the line, for a file that isn't whole or can't be understood.
///
/// ```
/// use popote_tally::pabulib::{Fault, read_published};
/// let text = "META\nkey;value\nnum_projects;1\nnum_votes;1\nbudget;400000.0\nvote_type;approval\n\
///     PROJECTS\nproject_id;cost\n1;5\nVOTES\nvoter_id;vote\nada;1,1\n";
/// let election = read_published(text.as_bytes())?;
/// assert_eq!(election.budget, 40_000_000);
/// assert_eq!(election.faults.last(), Some(&(12, Fault::DuplicateChoice("1".into()))));
/// let refused = read_published(text.replace("1;5", "1;-5").as_bytes()).unwrap_err();
/// assert_eq!(refused.to_string(), "line 9: cost \"-5\" is negative");
/// # Ok::<(), popote_tally::pabulib::ReadError>(())
/// ```
pub fn read_published(bytes: &[u8]) -> Result<Election, ReadError> {
    read_with(bytes, Faults { refuse: false, found: Vec::new() })
}

/// The faults met so far, or the refusal of the first that is refused.
struct Faults {
    refuse: bool,
    found: Vec<(usize, Fault)>,
}

impl Faults {
    fn add(&mut self, line: usize, fault: Fault) -> Result<(), ReadError> {
        if self.refuse && fault.is_refused() {
            return Err(ReadError { line, problem: Problem::Fault(fault) });
        }
        if self.found.len() < Election::MAX_FAULTS {
            self.found.push((line, fault));
        }
        Ok(())
    }
}

fn read_with(bytes: &[u8], faults: Faults) -> Result<Election, ReadError> {
    let text = text_of(bytes)?;
    read_sections(text, faults).map_err(|mut error| {
        if let Problem::MissingSections(named) = &mut error.problem {
            *named = missing(text, named);
        }
        error
    })
}

/// Every section that no row of the file opens, so that one reading tells them all; `named`, if each is there somewhere.
fn missing(text: &str, named: &[Section]) -> Vec<Section> {
    let mut absent = vec![Section::Meta, Section::Projects, Section::Votes];
    let mut rows = Rows::new(text);
    while let Ok(Some((_, cells))) = rows.next_row() {
        let opened = section_of(&cells);
        absent.retain(|section| opened != Some(*section));
    }
    if absent.is_empty() { named.to_vec() } else { absent }
}

fn read_sections(text: &str, mut faults: Faults) -> Result<Election, ReadError> {
    let mut rows = Rows::new(text);
    open_section(&mut rows, Section::Meta)?;
    let (meta, line) = read_meta(&mut rows)?;
    for key in OBLIGATORY.into_iter().filter(|key| value(&meta, key).is_none()) {
        faults.add(line, Fault::MissingKey(key))?;
    }
    let head = Head::new(&meta).map_err(|problem| ReadError { line, problem })?;
    let (project_columns, projects) = read_projects(&mut rows, head.cost_limits, &mut faults)?;
    check_count(rows.line(), Section::Projects, head.projects, projects.len())?;
    let ballots = BallotReader::new(head.vote_type, head.limits, &projects);
    let (voter_columns, voters) = read_votes(&mut rows, ballots, &mut faults)?;
    check_count(rows.line(), Section::Votes, head.voters, voters.len())?;
    let meta = meta.into_iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())).collect();
    let (budget, vote_type, faults) = (head.budget, head.vote_type, faults.found);
    Ok(Election { meta, budget, vote_type, project_columns, projects, voter_columns, voters, faults })
}

fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError { line: 1, problem: Problem::TooLarge });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        ReadError { line, problem: Problem::NotUtf8 }
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn at(line: usize) -> impl Fn(Problem) -> ReadError {
    move |problem| ReadError { line, problem }
}

/// The section that a row opens, if it is such a row: its name alone, or with the blank cells that spreadsheets append.
fn section_of(cells: &[Cow<'_, str>]) -> Option<Section> {
    let (cell, rest) = cells.split_first()?;
    let name = cell.trim();
    if !rest.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let all = [("META", Section::Meta), ("PROJECTS", Section::Projects), ("VOTES", Section::Votes)];
    all.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(name)).map(|(_, section)| section)
}

/// The first section must be `wanted`.
fn open_section(rows: &mut Rows<'_>, wanted: Section) -> Result<(), ReadError> {
    match rows.next_row()? {
        None => Err(at(rows.line())(Problem::MissingSections(vec![wanted]))),
        Some((line, cells)) => match section_of(&cells) {
            Some(section) if section == wanted => Ok(()),
            Some(_) => Err(at(line)(Problem::MissingSections(vec![wanted]))),
            None => Err(at(line)(Problem::NoSection)),
        },
    }
}

/// Names of the columns of a section, in the file's order.
fn read_columns(
    rows: &mut Rows<'_>,
    section: Section,
    needed: &[&'static str],
) -> Result<Vec<String>, ReadError> {
    let Some((line, cells)) = rows.next_row()? else {
        return Err(at(rows.line())(Problem::MissingColumn(
            section,
            needed.first().copied().unwrap_or_default(),
        )));
    };
    let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    for (index, name) in names.iter().enumerate() {
        if !name.is_empty() && names[..index].contains(name) {
            return Err(at(line)(Problem::DuplicateColumn(name.clone())));
        }
    }
    match needed.iter().find(|name| !names.iter().any(|column| column == *name)) {
        Some(missing) => Err(at(line)(Problem::MissingColumn(section, missing))),
        None => Ok(names),
    }
}

type Meta = Vec<(String, String)>;

fn value<'m>(meta: &'m Meta, key: &str) -> Option<&'m str> {
    meta.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

/// Reads the lines of `META` and the line that opens `PROJECTS`, whose number is returned.
fn read_meta(rows: &mut Rows<'_>) -> Result<(Meta, usize), ReadError> {
    read_columns(rows, Section::Meta, &["key", "value"])?;
    let mut meta = Meta::new();
    while let Some((line, mut cells)) = rows.next_row()? {
        drop_padding(&mut cells, 2);
        match (section_of(&cells), cells.as_slice()) {
            (Some(Section::Projects), _) => return Ok((meta, line)),
            (Some(Section::Meta), _) => return Err(at(line)(Problem::SectionOrder(Section::Meta))),
            (Some(Section::Votes), _) => {
                return Err(at(line)(Problem::MissingSections(vec![Section::Projects])));
            }
            (None, [key, text]) => {
                let key = key.trim();
                if value(&meta, key).is_some() {
                    return Err(at(line)(Problem::DuplicateKey(key.into())));
                }
                meta.push((key.into(), text.trim().into()));
            }
            _ => return Err(at(line)(Problem::CellCount { expected: 2, found: cells.len() })),
        }
    }
    Err(at(rows.line())(Problem::MissingSections(vec![Section::Projects])))
}

/// What `META` tells that the rest of the reading needs.
struct Head {
    budget: u64,
    vote_type: VoteType,
    projects: usize,
    voters: usize,
    /// The least and the most that a project may cost.
    cost_limits: (Option<u64>, Option<u64>),
    limits: Limits,
}

impl Head {
    fn new(meta: &Meta) -> Result<Self, Problem> {
        let text = |key| value(meta, key).ok_or(Problem::MissingKey(key));
        let count = |key| {
            let text = text(key)?;
            text.parse().map_err(|_| Problem::BadValue { key, value: text.into() })
        };
        let amount =
            |what: &'static str| match value(meta, what).filter(|text| !text.is_empty() && *text != "None") {
                None => Ok(None),
                Some(text) => match parse_amount(text) {
                    Ok(amount) => Ok(Some(amount)),
                    Err(error) => Err(Problem::BadAmount { what, value: text.into(), error }),
                },
            };
        let kind = text("vote_type")?;
        let bad_kind = || Problem::BadValue { key: "vote_type", value: kind.into() };
        amount("default_score")?;
        let length = |key| amount(key).map(|found| found.map(|hundredths| hundredths / 100));
        Ok(Self {
            budget: amount("budget")?.ok_or(Problem::MissingKey("budget"))?,
            vote_type: VoteType::parse(kind).ok_or_else(bad_kind)?,
            projects: count("num_projects")?,
            voters: count("num_votes")?,
            cost_limits: (amount("min_project_cost")?, amount("max_project_cost")?),
            limits: Limits {
                min_length: length("min_length")?,
                max_length: length("max_length")?,
                min_sum_cost: amount("min_sum_cost")?,
                max_sum_cost: amount("max_sum_cost")?,
                min_points: amount("min_points")?,
                max_points: amount("max_points")?,
                min_sum_points: amount("min_sum_points")?,
                max_sum_points: amount("max_sum_points")?,
            },
        })
    }
}

fn check_count(line: usize, section: Section, announced: usize, found: usize) -> Result<(), ReadError> {
    if announced == found { Ok(()) } else { Err(at(line)(Problem::RowCount { section, announced, found })) }
}

/// Where the named columns are, and which are left over.
fn places<const N: usize>(columns: &[String], names: [&str; N]) -> ([Option<usize>; N], Vec<usize>) {
    let found = names.map(|name| columns.iter().position(|column| column == name));
    let rest = (0..columns.len()).filter(|index| !found.contains(&Some(*index))).collect();
    (found, rest)
}

fn pick(indices: &[usize], cells: &[impl AsRef<str>]) -> Vec<String> {
    indices.iter().map(|index| cells[*index].as_ref().trim().to_owned()).collect()
}

/// Drops blank cells at the end of a row that has too many: spreadsheets make all rows as long as the longest.
fn drop_padding(cells: &mut Vec<Cow<'_, str>>, columns: usize) {
    while cells.len() > columns && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
}

fn check_row(cells: &mut Vec<Cow<'_, str>>, columns: &[String]) -> Result<(), Problem> {
    drop_padding(cells, columns.len());
    let (expected, found) = (columns.len(), cells.len());
    if expected == found { Ok(()) } else { Err(Problem::CellCount { expected, found }) }
}

fn check_id(text: &str) -> Result<String, Problem> {
    let id = text.trim();
    if id.is_empty() || id.chars().count() > MAX_ID { Err(Problem::BadId(id.into())) } else { Ok(id.into()) }
}

/// Reads `PROJECTS` and the line that opens `VOTES`.
fn read_projects(
    rows: &mut Rows<'_>,
    (least, most): (Option<u64>, Option<u64>),
    faults: &mut Faults,
) -> Result<(Vec<String>, Vec<Project>), ReadError> {
    let columns = read_columns(rows, Section::Projects, &["project_id", "cost"])?;
    let ([id_at, cost_at, name_at], rest) = places(&columns, ["project_id", "cost", "name"]);
    let cell = |cells: &[Cow<'_, str>], place: Option<usize>| {
        place.map_or(String::new(), |at| cells[at].trim().into())
    };
    let (mut projects, mut ids) = (Vec::new(), HashSet::new());
    while let Some((line, mut cells)) = rows.next_row()? {
        match section_of(&cells) {
            Some(Section::Votes) => return Ok((pick(&rest, &columns), projects)),
            Some(section) => return Err(at(line)(Problem::SectionOrder(section))),
            None => check_row(&mut cells, &columns).map_err(at(line))?,
        }
        if projects.len() == MAX_PROJECTS {
            return Err(at(line)(Problem::TooMany(Section::Projects)));
        }
        let id = check_id(&cell(&cells, id_at)).map_err(at(line))?;
        if id.contains(',') || id == "None" {
            return Err(at(line)(Problem::BadId(id)));
        }
        let cost = cell(&cells, cost_at);
        let cost = parse_amount(&cost)
            .map_err(|error| at(line)(Problem::BadAmount { what: "cost", value: cost, error }))?;
        if !ids.insert(id.clone()) {
            return Err(at(line)(Problem::DuplicateProject(id)));
        }
        if least.is_some_and(|least| cost < least) || most.is_some_and(|most| cost > most) {
            faults.add(line, Fault::CostOutsideLimits(id.clone()))?;
        }
        projects.push(Project { id, cost, name: cell(&cells, name_at), other: pick(&rest, &cells) });
    }
    Err(at(rows.line())(Problem::MissingSections(vec![Section::Votes])))
}

/// Reads `VOTES` up to the end of the file.
fn read_votes(
    rows: &mut Rows<'_>,
    mut ballots: BallotReader<'_>,
    faults: &mut Faults,
) -> Result<(Vec<String>, Vec<Voter>), ReadError> {
    let opened = rows.line();
    let columns = read_columns(rows, Section::Votes, &["vote"])?;
    let names = ["voter_id", "vote", "points", "endowment"];
    let ([id_at, vote_at, points_at, endowment_at], rest) = places(&columns, names);
    if ballots.vote_type.has_points() && points_at.is_none() {
        return Err(at(opened)(Problem::MissingColumn(Section::Votes, "points")));
    }
    if id_at.is_none() {
        faults.add(opened, Fault::NoVoterId)?;
    }
    let (mut voters, mut ids, mut found) = (Vec::new(), HashSet::new(), Vec::new());
    let mut cells = Vec::new();
    while let Some(line) = rows.next_into(&mut cells)? {
        // Only a name that stands alone: a voter may be called like a section and leave the ballot empty.
        if let Some(section) = section_of(&cells).filter(|_| cells.len() == 1) {
            return Err(at(line)(Problem::SectionOrder(section)));
        }
        check_row(&mut cells, &columns).map_err(at(line))?;
        if voters.len() == MAX_VOTERS {
            return Err(at(line)(Problem::TooMany(Section::Votes)));
        }
        let cell = |place: Option<usize>| place.map(|at| cells[at].as_ref());
        let named = cell(id_at).filter(|id| !id.trim().is_empty());
        let id = match named {
            Some(id) => check_id(id).map_err(at(line))?,
            None => (voters.len() + 1).to_string(),
        };
        if named.is_none() && id_at.is_some() {
            found.push(Fault::NoVoterId);
        }
        let vote = cell(vote_at).unwrap_or_default();
        let (vote, points) = ballots.read(vote, cell(points_at), &mut found).map_err(at(line))?;
        let endowment = cell(endowment_at).map(read_endowment).transpose().map_err(at(line))?.flatten();
        let key = match id_at.map(|at| &cells[at]) {
            Some(Cow::Borrowed(raw)) => Cow::Borrowed(raw.trim()),
            _ => Cow::Owned(id.clone()),
        };
        if named.is_some() && !ids.insert(key) {
            found.push(Fault::DuplicateVoter(id.clone()));
        }
        for fault in found.drain(..) {
            faults.add(line, fault)?;
        }
        voters.push(Voter { id, vote, points, endowment, other: pick(&rest, &cells) });
    }
    Ok((pick(&rest, &columns), voters))
}

fn read_endowment(text: &str) -> Result<Option<u64>, Problem> {
    let text = text.trim();
    if text.is_empty() || text == "None" {
        return Ok(None);
    }
    parse_amount(text).map(Some).map_err(|error| Problem::BadAmount {
        what: "endowment",
        value: text.into(),
        error,
    })
}

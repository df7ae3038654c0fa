//! Ballots for the methods that choose or rank.

use std::collections::HashMap;

use serde::Deserialize;

use super::strict::Pairs;
use super::{FileError, parse};
use crate::lot::Lot;
use crate::majority_judgment::{self, GRADES_EN, GRADES_FR, MAX_GRADES};
use crate::ranking::{MAX_OPTIONS, RankedBallot, Rankings};
use crate::score::Scores;

/// A file of ballots: `options` (or `candidates`), `lot` (or `lot_order`), and either `ballots` or, for majority
/// judgment, `tallies`. A ballot has an optional `count` and one of `ranking` (names, or lists of names held equal, from
/// the best), `grades` (by number from 0 the worst, or by name), `scores` (0 to `max_score`, 5 unless told) or `approve`.
///
/// ```
/// use popote_tally::files::BallotFile;
/// let text = r#"{"options": ["ada", "bob"], "ballots": [{"count": 3, "approve": ["bob"]}, {"approve": []}]}"#;
/// let scores = BallotFile::parse(text.as_bytes())?.scores()?;
/// assert_eq!((scores.voters(), scores.max()), (4, 1));
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotFile {
    options: Vec<String>,
    index: HashMap<String, u32>,
    lot: Lot,
    has_lot: bool,
    grades: Vec<String>,
    max_score: u32,
    ballots: Vec<RawBallot>,
    tallies: Pairs<Vec<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(alias = "candidates")]
    options: Vec<String>,
    #[serde(default, alias = "lot_order")]
    lot: Option<Vec<String>>,
    #[serde(default)]
    grades: Option<Vec<String>>,
    #[serde(default)]
    max_score: Option<u32>,
    #[serde(default)]
    ballots: Vec<RawBallot>,
    #[serde(default)]
    tallies: Pairs<Vec<u64>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBallot {
    #[serde(default = "one")]
    count: u64,
    ranking: Option<Vec<Level>>,
    grades: Option<Pairs<Option<Grade>>>,
    scores: Option<Pairs<u32>>,
    approve: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Level {
    One(String),
    Several(Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Grade {
    Number(usize),
    Name(String),
}

fn one() -> u64 {
    1
}

fn place(ballot: usize) -> String {
    format!("ballot {}", ballot + 1)
}

impl BallotFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError`] for text that isn't such JSON, for options or a lot that aren't each there once, and for more than
    /// [`MAX_OPTIONS`] options or [`MAX_GRADES`] grades.
    ///
    /// ```
    /// use popote_tally::files::BallotFile;
    /// let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// let file = BallotFile::parse(text.as_bytes())?;
    /// assert_eq!(file.options(), ["ada", "bob"]);
    /// assert!(BallotFile::parse(br#"{"options": ["ada", "ada"]}"#).is_err());
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let raw: RawFile = parse(bytes)?;
        let too_many_grades = raw.grades.as_ref().is_some_and(|grades| grades.len() > MAX_GRADES);
        if raw.options.len() > MAX_OPTIONS || too_many_grades {
            return Err(FileError::TooLarge);
        }
        let mut index = HashMap::new();
        for (place, option) in (0..).zip(&raw.options) {
            if index.insert(option.clone(), place).is_some() {
                return Err(FileError::Twice { place: "options".into(), name: option.clone() });
            }
        }
        let default_grades = || GRADES_FR.iter().map(|grade| (*grade).to_owned()).collect();
        let mut file = Self {
            lot: Lot::by_index(raw.options.len()),
            has_lot: raw.lot.is_some(),
            options: raw.options,
            index,
            grades: raw.grades.unwrap_or_else(default_grades),
            max_score: raw.max_score.unwrap_or(5),
            ballots: raw.ballots,
            tallies: raw.tallies,
        };
        if let Some(order) = raw.lot {
            file.lot = file.lot_of(&order)?;
        }
        Ok(file)
    }

    /// The names of the options.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// assert_eq!(file.options(), ["ada", "bob"]);
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    #[must_use]
    pub fn options(&self) -> &[String] {
        &self.options
    }

    /// The order that breaks the last ties: the file's, or that of the options.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// assert_eq!(file.lot().first(&[0, 1]), Some(1));
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    #[must_use]
    pub fn lot(&self) -> &Lot {
        &self.lot
    }

    /// Whether a lot was told; without one, ties go by the order of the options.
    ///
    /// ```
    /// use popote_tally::files::BallotFile;
    /// assert!(BallotFile::parse(br#"{"options": ["ada", "bob"], "lot": ["bob", "ada"]}"#)?.has_lot());
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    #[must_use]
    pub fn has_lot(&self) -> bool {
        self.has_lot
    }

    /// The names of the grades, from the worst: the file's, or the seven French ones.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// assert_eq!((file.grades().len(), file.grades()[6].as_str()), (7, "Excellent"));
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    #[must_use]
    pub fn grades(&self) -> &[String] {
        &self.grades
    }

    /// A lot from names.
    ///
    /// # Errors
    /// [`FileError::Unknown`] or [`FileError::Twice`] unless each option is there once.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// assert_eq!(file.lot_of(&["ada".into(), "bob".into()])?.place(0), 0);
    /// assert!(file.lot_of(&["ada".into()]).is_err());
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    pub fn lot_of(&self, order: &[String]) -> Result<Lot, FileError> {
        let indices = self.indices("lot", order)?;
        Lot::drawn(&indices, self.options.len()).map_err(|_| {
            let missing =
                self.options.iter().find(|option| !order.contains(option)).cloned().unwrap_or_default();
            FileError::Unknown { place: "lot".into(), name: missing }
        })
    }

    /// The same file with another lot.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// let lot = file.lot_of(&["ada".into(), "bob".into()])?;
    /// assert_eq!(file.with_lot(lot).lot().first(&[0, 1]), Some(0));
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    #[must_use]
    pub fn with_lot(self, lot: Lot) -> Self {
        Self { lot, has_lot: true, ..self }
    }

    fn option(&self, place: &str, name: &str) -> Result<u32, FileError> {
        let unknown = || FileError::Unknown { place: place.into(), name: name.into() };
        self.index.get(name).copied().ok_or_else(unknown)
    }

    fn indices(&self, place: &str, names: &[String]) -> Result<Vec<u32>, FileError> {
        let mut seen = vec![false; self.options.len()];
        let index = |name: &String| {
            let option = self.option(place, name)?;
            if std::mem::replace(&mut seen[option as usize], true) {
                return Err(FileError::Twice { place: place.into(), name: name.clone() });
            }
            Ok(option)
        };
        names.iter().map(index).collect()
    }

    /// The ballots as rankings: those that rank, and by their levels those that grade, score or approve.
    ///
    /// # Errors
    /// [`FileError`] for ballots with none or several of the four, and what [`Rankings::new`] refuses.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// // Two voters put ada above bob.
    /// assert_eq!(file.rankings()?.pairwise().votes(0, 1), 2);
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    pub fn rankings(&self) -> Result<Rankings, FileError> {
        let ballots = self.ballots.iter().enumerate().map(|(index, ballot)| {
            let place = place(index);
            let levels = match ballot.kind()? {
                Kind::Ranking(levels) => self.ranked_levels(&place, levels)?,
                Kind::Grades(grades) => self.levels_of(self.graded(&place, grades)?),
                Kind::Scores(scores) => self.levels_of(self.scored(&place, scores)?),
                Kind::Approvals(names) => vec![self.indices(&place, names)?],
            };
            Ok(RankedBallot { count: ballot.count, levels })
        });
        let ballots = ballots.collect::<Result<_, FileError>>()?;
        Ok(Rankings::new(self.options.len(), ballots)?)
    }

    fn ranked_levels(&self, place: &str, levels: &[Level]) -> Result<Vec<Vec<u32>>, FileError> {
        let names = |level: &Level| match level {
            Level::One(name) => vec![name.clone()],
            Level::Several(names) => names.clone(),
        };
        let names: Vec<Vec<String>> = levels.iter().map(names).collect();
        let mut options = self.indices(place, &names.concat())?.into_iter();
        Ok(names.iter().map(|level| options.by_ref().take(level.len()).collect()).collect())
    }

    fn levels_of<T: Ord + Copy>(&self, marks: Vec<(u32, T)>) -> Vec<Vec<u32>> {
        let mut marks = marks;
        marks.sort_by_key(|(_, mark)| std::cmp::Reverse(*mark));
        marks
            .chunk_by(|a, b| a.1 == b.1)
            .map(|level| level.iter().map(|(option, _)| *option).collect())
            .collect()
    }

    fn scored(&self, place: &str, scores: &Pairs<u32>) -> Result<Vec<(u32, u32)>, FileError> {
        let names: Vec<String> = scores.0.iter().map(|(name, _)| name.clone()).collect();
        let options = self.indices(place, &names)?;
        if let Some((_, score)) = scores.0.iter().find(|(_, score)| *score > self.max_score) {
            return Err(FileError::OverScale { place: place.into(), score: *score, most: self.max_score });
        }
        Ok(options.into_iter().zip(scores.0.iter().map(|(_, score)| *score)).collect())
    }

    fn graded(&self, place: &str, grades: &Pairs<Option<Grade>>) -> Result<Vec<(u32, usize)>, FileError> {
        let names: Vec<String> = grades.0.iter().map(|(name, _)| name.clone()).collect();
        let options = self.indices(place, &names)?;
        let grade = |grade: &Option<Grade>| match grade {
            None => Ok(0),
            Some(grade) => {
                let bad = |text: String| FileError::Grade { place: place.into(), grade: text };
                match grade {
                    Grade::Number(number) if *number < self.grades.len() => Ok(*number),
                    Grade::Number(number) => Err(bad(number.to_string())),
                    Grade::Name(name) => self.grade_of(name).ok_or_else(|| bad(format!("{name:?}"))),
                }
            }
        };
        options.into_iter().zip(&grades.0).map(|(option, (_, mark))| Ok((option, grade(mark)?))).collect()
    }

    fn grade_of(&self, name: &str) -> Option<usize> {
        let own = self.grades.iter().position(|grade| grade == name);
        // The seven grades may be named in English as well.
        own.or_else(|| {
            GRADES_EN.iter().position(|grade| *grade == name && self.grades.len() == GRADES_EN.len())
        })
    }

    /// Votes for each grade of each option, for majority judgment: from graded ballots, or the file's own.
    ///
    /// # Errors
    /// [`FileError`] for other ballots, grades off the scale, and tallies that don't name each option once.
    ///
    /// ```
    /// use popote_tally::files::BallotFile;
    /// let text = r#"{"options": ["ada"], "ballots": [{"count": 2, "grades": {"ada": "Bien"}}, {"grades": {}}]}"#;
    /// // Two voters give the fifth of seven grades; one gives none, which is the worst.
    /// assert_eq!(BallotFile::parse(text.as_bytes())?.tallies()?, [[1, 0, 0, 0, 2, 0, 0]]);
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    pub fn tallies(&self) -> Result<Vec<Vec<u64>>, FileError> {
        let grades = self.grades.len();
        if self.ballots.is_empty() && !self.tallies.0.is_empty() {
            let names: Vec<String> = self.tallies.0.iter().map(|(name, _)| name.clone()).collect();
            let options = self.indices("tallies", &names)?;
            let mut tallies = vec![vec![0; grades]; self.options.len()];
            for (option, (_, tally)) in options.into_iter().zip(&self.tallies.0) {
                tallies[option as usize].clone_from(tally);
            }
            return Ok(tallies);
        }
        let mut tallies = majority_judgment::tallies(self.options.len(), grades, []);
        for (index, ballot) in self.ballots.iter().enumerate() {
            let Kind::Grades(marks) = ballot.kind()? else { return Err(FileError::Kind("grades")) };
            let mut given = vec![0; self.options.len()];
            for (option, grade) in self.graded(&place(index), marks)? {
                given[option as usize] = grade;
            }
            for (tally, grade) in tallies.iter_mut().zip(given) {
                if let Some(votes) = tally.get_mut(grade) {
                    *votes = votes.saturating_add(ballot.count);
                }
            }
        }
        Ok(tallies)
    }

    /// The ballots as scores; an approval is a score of 1 on a scale of 1.
    ///
    /// # Errors
    /// [`FileError`] for ballots that rank or grade, for scores beside approvals, and what [`Scores::counted`] refuses.
    ///
    /// ```
    /// # use popote_tally::files::BallotFile;
    /// # let text = r#"{"options": ["ada", "bob"], "lot": ["bob", "ada"], "ballots": [{"count": 2, "scores": {"ada": 5}}]}"#;
    /// # let file = BallotFile::parse(text.as_bytes())?;
    /// assert_eq!(file.scores()?.voters(), 2);
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    pub fn scores(&self) -> Result<Scores, FileError> {
        let mut ballots = Vec::new();
        let approvals = self.ballots.iter().any(|ballot| ballot.approve.is_some());
        for (index, ballot) in self.ballots.iter().enumerate() {
            let place = place(index);
            let marks = match ballot.kind()? {
                Kind::Scores(scores) if !approvals => self.scored(&place, scores)?,
                Kind::Approvals(names) => {
                    self.indices(&place, names)?.into_iter().map(|option| (option, 1)).collect()
                }
                _ => return Err(FileError::Kind("scores on all ballots, or approvals on all")),
            };
            ballots.push((ballot.count, marks));
        }
        let max = if approvals { 1 } else { self.max_score };
        Ok(Scores::counted(self.options.len(), max, ballots)?)
    }
}

/// What a ballot says.
enum Kind<'a> {
    Ranking(&'a [Level]),
    Grades(&'a Pairs<Option<Grade>>),
    Scores(&'a Pairs<u32>),
    Approvals(&'a [String]),
}

impl RawBallot {
    fn kind(&self) -> Result<Kind<'_>, FileError> {
        match (&self.ranking, &self.grades, &self.scores, &self.approve) {
            (Some(levels), None, None, None) => Ok(Kind::Ranking(levels)),
            (None, Some(grades), None, None) => Ok(Kind::Grades(grades)),
            (None, None, Some(scores), None) => Ok(Kind::Scores(scores)),
            (None, None, None, Some(names)) => Ok(Kind::Approvals(names)),
            _ => Err(FileError::Kind("a ranking, grades, scores or approvals on each ballot")),
        }
    }
}

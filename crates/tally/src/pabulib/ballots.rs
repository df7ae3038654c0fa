//! The cells of a ballot against the limits that the file sets.

use std::collections::HashMap;

use super::amount::{AmountError, parse_amount};
use super::error::{Fault, Problem};
use super::{Project, VoteType};

/// What `META` allows on a ballot; points in hundredths, costs in hundredths of the currency unit.
#[derive(Default)]
pub(super) struct Limits {
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) min_sum_cost: Option<u64>,
    pub(super) max_sum_cost: Option<u64>,
    pub(super) min_points: Option<u64>,
    pub(super) max_points: Option<u64>,
    pub(super) min_sum_points: Option<u64>,
    pub(super) max_sum_points: Option<u64>,
}

/// Turns cells into indices and points. `seen` remembers, for each project, the last ballot that named it.
pub(super) struct BallotReader<'p> {
    pub(super) vote_type: VoteType,
    pub(super) limits: Limits,
    pub(super) projects: &'p [Project],
    by_id: HashMap<&'p str, u32>,
    seen: Vec<usize>,
    ballots: usize,
}

/// Indices of projects and their points.
pub(super) type Ballot = (Vec<u32>, Vec<u64>);

impl<'p> BallotReader<'p> {
    pub(super) fn new(vote_type: VoteType, limits: Limits, projects: &'p [Project]) -> Self {
        let indices = (0..).zip(projects).map(|(index, project)| (project.id.as_str(), index));
        Self {
            vote_type,
            limits,
            projects,
            by_id: indices.collect(),
            seen: vec![0; projects.len()],
            ballots: 0,
        }
    }

    /// Reads the cells `vote` and `points`; what is against the limits goes to `faults`.
    pub(super) fn read(
        &mut self,
        vote: &str,
        points: Option<&str>,
        faults: &mut Vec<Fault>,
    ) -> Result<Ballot, Problem> {
        self.ballots += 1;
        let choices = list(vote);
        let (mut indices, mut marks) = (Vec::new(), Vec::new());
        let points_of = |cell| list(cell).filter(|text| !text.is_empty());
        let mut given = points.filter(|_| self.vote_type.has_points()).map(points_of);
        let mut length = 0;
        for id in choices {
            if id.is_empty() {
                faults.push(Fault::EmptyChoice);
                continue;
            }
            length += 1;
            let index = *self.by_id.get(id).ok_or_else(|| Problem::UnknownProject(id.into()))?;
            let mark = match given.as_mut().map(Iterator::next) {
                None => None,
                Some(Some(text)) => Some(parse_points(text)?),
                Some(None) => return Err(point_count(vote, points)),
            };
            let last = &mut self.seen[index as usize];
            if *last != self.ballots {
                *last = self.ballots;
                indices.push(index);
                marks.extend(mark);
                continue;
            }
            faults.push(Fault::DuplicateChoice(id.into()));
            if let (Some(mark), Some(place)) = (mark, indices.iter().position(|other| *other == index)) {
                marks[place] = mark;
            }
        }
        if given.is_some_and(|mut rest| rest.next().is_some()) {
            return Err(point_count(vote, points));
        }
        self.check(length, &indices, &marks, faults);
        Ok((indices, marks))
    }

    fn check(&self, length: usize, indices: &[u32], marks: &[u64], faults: &mut Vec<Fault>) {
        let limits = &self.limits;
        let longest = if self.vote_type == VoteType::ChooseOne { Some(1) } else { limits.max_length };
        if let Some(limit) = longest.filter(|limit| length as u64 > *limit) {
            faults.push(Fault::TooLong { limit, found: length });
        }
        let cost = indices.iter().map(|index| u128::from(self.projects[*index as usize].cost)).sum::<u128>();
        if limits.max_sum_cost.is_some_and(|limit| cost > u128::from(limit)) {
            faults.push(Fault::TooDear);
        }
        let total = marks.iter().map(|mark| u128::from(*mark)).sum::<u128>();
        if limits.max_points.is_some_and(|limit| marks.iter().any(|mark| *mark > limit)) {
            faults.push(Fault::TooManyPoints);
        }
        if limits.max_sum_points.is_some_and(|limit| total > u128::from(limit)) {
            faults.push(Fault::PointsOverTotal);
        }
        let short = limits.min_length.is_some_and(|limit| (length as u64) < limit)
            || limits.min_sum_cost.is_some_and(|limit| cost < u128::from(limit));
        let few = limits.min_points.is_some_and(|limit| marks.iter().any(|mark| *mark < limit))
            || !marks.is_empty() && limits.min_sum_points.is_some_and(|limit| total < u128::from(limit));
        if length > 0 && (short || few) {
            faults.push(Fault::UnderMinimum);
        }
    }
}

/// The parts of a cell such as `a,b,c`; nothing for an empty cell or the word `None`.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    let cell = cell.trim();
    let present = !cell.is_empty() && cell != "None";
    cell.split(',').map(str::trim).filter(move |_| present)
}

fn parse_points(text: &str) -> Result<u64, Problem> {
    let refused = |error| Problem::BadAmount { what: "points", value: text.into(), error };
    let points = parse_amount(text).map_err(refused)?;
    if points > super::reader::MAX_POINTS { Err(refused(AmountError::TooLarge)) } else { Ok(points) }
}

fn point_count(vote: &str, points: Option<&str>) -> Problem {
    let filled = |cell| list(cell).filter(|text| !text.is_empty()).count();
    Problem::PointCount { projects: filled(vote), points: points.map_or(0, filled) }
}

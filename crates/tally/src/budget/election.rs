//! A profile from a Pabulib election.

use super::{Ballot, Profile, ProfileError, Utility};
use crate::pabulib::{Election, VoteType, Voter};

/// Most pairs of a voter and a project when points are given to what a ballot leaves out.
const MAX_DEFAULTS: usize = 20_000_000;

/// Why an election can't be counted in the way asked for.
///
/// ```
/// use popote_tally::budget::{MethodError, Utility};
/// use popote_tally::pabulib::VoteType;
/// let error = MethodError::Unsuited(Utility::Points, VoteType::Approval);
/// assert_eq!(error.to_string(), "utility points can't be read from approval ballots");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MethodError {
    /// The utility doesn't suit the ballots.
    #[error("utility {} can't be read from {} ballots", .0.as_str(), .1.as_str())]
    Unsuited(Utility, VoteType),
    /// The ballots don't make a profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
}

/// The utility that a type of ballots suggests: points for points, ranks for ranks, else cost.
///
/// ```
/// use popote_tally::budget::{Utility, default_utility};
/// use popote_tally::pabulib::VoteType;
/// assert_eq!(default_utility(VoteType::Approval), Utility::Cost);
/// assert_eq!(default_utility(VoteType::Cumulative), Utility::Points);
/// ```
#[must_use]
pub fn default_utility(vote_type: VoteType) -> Utility {
    match vote_type {
        VoteType::Approval | VoteType::ChooseOne => Utility::Cost,
        VoteType::Ordinal => Utility::Borda,
        VoteType::Cumulative | VoteType::Scoring => Utility::Points,
    }
}

impl Profile {
    /// The election's ballots under a utility. Shares are the ballots' endowments where the file tells any (a voter
    /// without one holds nothing), else all equal. The last ties fall by `lot`, indices of all projects, or by the
    /// projects' identifiers in the order of their code points, so that `10` comes before `9`.
    ///
    /// # Errors
    /// [`MethodError::Unsuited`] for points or ranks that the ballots don't have; [`MethodError::Profile`] for figures
    /// beyond the limits or a lot that isn't each project once.
    ///
    /// ```
    /// use popote_tally::budget::{MethodError, Profile, Utility};
    /// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;cumulative\ncurrency;EUR\n\
    ///     PROJECTS\nproject_id;cost\n9;60\n10;40.50\nVOTES\nvoter_id;vote;points\nada;9,10;3,1\nbob;10;4\n";
    /// let election = popote_tally::pabulib::read_published(text.as_bytes())?;
    /// let profile = Profile::of_election(&election, Utility::Points, None)?;
    /// assert_eq!((profile.cost(1), profile.supporters(1)), (4_050, 2));
    /// assert!(matches!(Profile::of_election(&election, Utility::Borda, None), Err(MethodError::Unsuited(..))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_election(
        election: &Election,
        utility: Utility,
        lot: Option<&[u32]>,
    ) -> Result<Self, MethodError> {
        let suits = match utility {
            Utility::Cost | Utility::Cardinality => true,
            Utility::Points => election.vote_type.has_points(),
            Utility::Borda => election.vote_type == VoteType::Ordinal,
        };
        if !suits {
            return Err(MethodError::Unsuited(utility, election.vote_type));
        }
        let by_id;
        let lot = match lot {
            Some(lot) => lot,
            None => {
                by_id = order_of_ids(election);
                &by_id
            }
        };
        let costs: Vec<u64> = election.projects.iter().map(|project| project.cost).collect();
        let endowed = election.voters.iter().any(|voter| voter.endowment.is_some());
        let default = if election.vote_type == VoteType::Scoring { election.default_score() } else { 0 };
        if default > 0 && election.voters.len().saturating_mul(costs.len()) > MAX_DEFAULTS {
            return Err(ProfileError::TooLarge.into());
        }
        // A unit is a point, or the largest part of a point that all points are multiples of.
        let points = election.voters.iter().flat_map(|voter| &voter.points).chain([&default]);
        let divisor = points.fold(100, |divisor, points| gcd(divisor, *points));
        let ballots = election.voters.iter().map(|voter| Ballot {
            weight: if endowed { voter.endowment.unwrap_or(0) } else { 1 },
            support: support(voter, utility, divisor, default, costs.len()),
        });
        let profile = Self::new(&costs, utility, ballots, Some(lot))?;
        Ok(Self { unit: if utility == Utility::Points { divisor } else { 100 }, ..profile })
    }
}

fn order_of_ids(election: &Election) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).zip(&election.projects).map(|(index, _)| index).collect();
    order.sort_by_key(|index| election.projects[*index as usize].id.as_str());
    order
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn support(voter: &Voter, utility: Utility, divisor: u64, default: u64, projects: usize) -> Vec<(u32, u32)> {
    let units = |points: u64| u32::try_from(points / divisor).unwrap_or(u32::MAX);
    let listed = voter.vote.iter().copied();
    match utility {
        // A project with nought points is on the ballot and not supported.
        Utility::Cost | Utility::Cardinality if !voter.points.is_empty() => {
            listed.zip(&voter.points).map(|(project, points)| (project, u32::from(*points > 0))).collect()
        }
        Utility::Cost | Utility::Cardinality => listed.map(|project| (project, 1)).collect(),
        Utility::Borda => {
            let last = u32::try_from(voter.vote.len()).unwrap_or(u32::MAX).saturating_sub(1);
            listed.zip((0..=last).rev()).collect()
        }
        Utility::Points => {
            let given = listed.zip(voter.points.iter().map(|points| units(*points)));
            let mut support: Vec<_> = given.collect();
            if default > 0 {
                let left_out = (0..u32::MAX).take(projects).filter(|project| !voter.vote.contains(project));
                support.extend(left_out.map(|project| (project, units(default))));
            }
            support
        }
    }
}

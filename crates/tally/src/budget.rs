//! Who supports which project, and with what share: the input of every method that spends a budget.
//!
//! A [`Profile`] holds integers only. A voter's utility for a project is `scale × units`: the scale belongs to the
//! project (its cost under [`Utility::Cost`], else 1) and the units to the ballot (1 for an approval, else points).
//! Voters with the same ballot and the same share are one group with a multiplicity, which changes no outcome and
//! makes large elections small.
//!
//! ```
//! use popote_tally::budget::{Ballot, Profile, Utility};
//! // Two projects of 60 € and 40 €, in cents; three voters, two of them alike.
//! let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1])];
//! let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
//! assert_eq!((profile.voters(), profile.groups()), (3, 2));
//! assert_eq!(profile.supporters(1), 3);
//! # Ok::<(), popote_tally::budget::ProfileError>(())
//! ```

mod election;
mod group;

pub use election::{MethodError, default_utility};

use crate::fraction::Fraction;
use group::Grouping;

/// Most projects: the exact prices grow longer with each one bought.
pub const MAX_PROJECTS: usize = 2_000;
/// Most units that one ballot may give to one project.
pub const MAX_UNITS: u32 = 1_000_000_000;
/// Most of the smallest monetary unit that a project may cost or a voter may hold: 10¹⁷.
pub const MAX_AMOUNT: u64 = 100_000_000_000_000_000;

/// How much a voter gains by a project that gets funded.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // One approval of a project of 60 € is worth 6 000 under the utility of cost, and 1 by number.
/// let worth = |utility| Profile::new(&[6_000], utility, [Ballot::approval([0])], None).map(|profile| profile.scale(0));
/// assert_eq!((worth(Utility::Cost)?, worth(Utility::Cardinality)?), (6_000, 1));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Utility {
    /// Its cost: money well spent counts, so a voter prefers large projects among those on the ballot.
    Cost,
    /// One, whatever it costs.
    Cardinality,
    /// The points of the ballot.
    Points,
    /// By rank: the last of `k` ranked gets 0 and the first `k − 1`.
    Borda,
}

impl Utility {
    /// `cost`, `cardinality`, `points` or `borda`.
    ///
    /// ```
    /// assert_eq!(popote_tally::budget::Utility::Cost.as_str(), "cost");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Cardinality => "cardinality",
            Self::Points => "points",
            Self::Borda => "borda",
        }
    }
}

/// One voter's share and support.
///
/// ```
/// use popote_tally::budget::Ballot;
/// // Someone who put in 250 € (in cents) gives 3 points to project 0 and 1 to project 2.
/// let ballot = Ballot { weight: 25_000, support: vec![(0, 3), (2, 1)] };
/// assert_eq!(ballot.clone().weighing(1).support, ballot.support);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ballot {
    /// The voter's share in relation to the others' shares; 1 for all makes equal shares.
    pub weight: u64,
    /// Projects and units, in any order, no project twice; a project with 0 units is not supported.
    pub support: Vec<(u32, u32)>,
}

impl Ballot {
    /// A ballot of weight 1 that approves some projects.
    ///
    /// ```
    /// use popote_tally::budget::Ballot;
    /// assert_eq!(Ballot::approval([2, 5]), Ballot { weight: 1, support: vec![(2, 1), (5, 1)] });
    /// ```
    pub fn approval(projects: impl IntoIterator<Item = u32>) -> Self {
        Self { weight: 1, support: projects.into_iter().map(|project| (project, 1)).collect() }
    }

    /// The same ballot with another share.
    ///
    /// ```
    /// use popote_tally::budget::Ballot;
    /// // A share of 250 € among shares in cents.
    /// assert_eq!(Ballot::approval([0]).weighing(25_000).weight, 25_000);
    /// ```
    #[must_use]
    pub fn weighing(self, weight: u64) -> Self {
        Self { weight, ..self }
    }
}

/// Why ballots make no profile.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, ProfileError, Utility};
/// let refused = |ballot| Profile::new(&[100, 100], Utility::Cost, [ballot], None).unwrap_err();
/// assert_eq!(refused(Ballot::approval([1, 1])), ProfileError::DuplicateProject(0));
/// assert_eq!(refused(Ballot::approval([2])).to_string(), "ballot 1 names a project that isn't there");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// A ballot (from 0) for a project that isn't there.
    #[error("ballot {} names a project that isn't there", .0 + 1)]
    UnknownProject(usize),
    /// A ballot (from 0) with a project twice.
    #[error("ballot {} names a project twice", .0 + 1)]
    DuplicateProject(usize),
    /// More than [`MAX_PROJECTS`], or a cost, share or number of units over [`MAX_AMOUNT`] or [`MAX_UNITS`].
    #[error("there are too many projects, or an amount, a share or a number of points is too large")]
    TooLarge,
    /// A lot order that isn't each project once.
    #[error("the lot order must hold each project once")]
    BadLot,
}

/// An entry of a group's ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) to: u32,
    pub(crate) units: u32,
}

/// A group among a project's supporters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Support {
    pub(crate) group: u32,
    /// Voters of the group.
    pub(crate) size: u32,
    /// Units that each of them gives.
    pub(crate) units: u32,
}

/// Projects and the groups of voters that support them.
///
/// ```
/// use popote_tally::budget::{Ballot, Profile, Utility};
/// // Costs in cents; two of the three voters vote alike and make one group.
/// let ballots = [Ballot::approval([0]), Ballot::approval([0]), Ballot::approval([1])];
/// let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
/// assert_eq!((profile.voters(), profile.groups(), profile.supporters(0)), (3, 2, 2));
/// # Ok::<(), popote_tally::budget::ProfileError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Profile {
    pub(crate) costs: Vec<u64>,
    pub(crate) utility: Utility,
    /// Hundredths of a point, an approval or a rank that one unit stands for.
    pub(crate) unit: u64,
    /// For each project, its place in the lot order.
    pub(crate) lot: Vec<u32>,
    pub(crate) groups: Grouping,
    /// For each project the groups that give it units, as slices of `supports`.
    support_start: Vec<usize>,
    supports: Vec<Support>,
    /// For each project, the voters who give it units.
    supporters: Vec<u64>,
}

impl Profile {
    /// Groups the ballots. `lot` lists all projects in the order that breaks the last ties; without it, the order of
    /// their indices does.
    ///
    /// # Errors
    /// [`ProfileError`] for ballots that name no project or one twice, and for figures beyond the limits.
    ///
    /// ```
    /// use popote_tally::budget::{Ballot, Profile, ProfileError, Utility};
    /// // Points: the first voter gives 3 to project 0 and 1 to project 1. The lot puts project 1 first.
    /// let ballots = [Ballot { weight: 1, support: vec![(0, 3), (1, 1)] }, Ballot { weight: 1, support: vec![(1, 4)] }];
    /// let profile = Profile::new(&[5_000, 5_000], Utility::Points, ballots, Some(&[1, 0]))?;
    /// assert_eq!((profile.total_units(0), profile.total_units(1)), (3, 5));
    /// let stray = Profile::new(&[5_000], Utility::Cost, [Ballot::approval([4])], None);
    /// assert_eq!(stray.unwrap_err(), ProfileError::UnknownProject(0));
    /// # Ok::<(), ProfileError>(())
    /// ```
    pub fn new(
        costs: &[u64],
        utility: Utility,
        ballots: impl IntoIterator<Item = Ballot>,
        lot: Option<&[u32]>,
    ) -> Result<Self, ProfileError> {
        if costs.len() > MAX_PROJECTS {
            return Err(ProfileError::TooLarge);
        }
        let groups = Grouping::new(costs.len(), ballots)?;
        if costs.iter().any(|cost| *cost > MAX_AMOUNT) {
            return Err(ProfileError::TooLarge);
        }
        let lot = match lot {
            Some(order) => places(order, costs.len()).ok_or(ProfileError::BadLot)?,
            None => (0..).zip(costs).map(|(index, _)| index).collect(),
        };
        let (support_start, supports) = groups.by_project(costs.len());
        let mut profile = Self {
            costs: costs.to_vec(),
            utility,
            unit: 100,
            lot,
            groups,
            support_start,
            supports,
            supporters: Vec::new(),
        };
        let count =
            |project| profile.supports_of(project).iter().map(|support| u64::from(support.size)).sum();
        profile.supporters = (0..costs.len()).map(count).collect();
        Ok(profile)
    }

    /// How many voters there are, those who support nothing included.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!(profile.voters(), 3);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn voters(&self) -> usize {
        self.groups.group_of.len()
    }

    /// How many groups of voters with the same ballot and share there are.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// // The last two vote alike, but hold different shares.
    /// assert_eq!(profile.groups(), 3);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// How many projects there are.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!(profile.projects(), 2);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn projects(&self) -> usize {
        self.costs.len()
    }

    /// What a project costs, in the unit of the profile's costs; 0 for one that isn't there.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!((profile.cost(1), profile.cost(7)), (4_000, 0));
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn cost(&self, project: u32) -> u64 {
        self.costs.get(project as usize).copied().unwrap_or(0)
    }

    /// How many voters give a project some units; 0 for one that isn't there.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!((profile.supporters(0), profile.supporters(1)), (1, 3));
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn supporters(&self, project: u32) -> u64 {
        self.supporters.get(project as usize).copied().unwrap_or(0)
    }

    /// The sum of all shares.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!(profile.total_weight(), 5);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn total_weight(&self) -> u128 {
        self.groups.total_weight
    }

    /// The units that a project gets from all voters.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!(profile.total_units(1), 3);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn total_units(&self, project: u32) -> u128 {
        let units = |support: &Support| u128::from(support.units) * u128::from(support.size);
        self.supports_of(project as usize).iter().map(units).sum()
    }

    /// What a unit for a project is worth in utility.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// // Under the utility of cost, an approval is worth what the project costs.
    /// assert_eq!(profile.scale(1), 4_000);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn scale(&self, project: u32) -> u64 {
        if self.utility == Utility::Cost { self.cost(project) } else { 1 }
    }

    /// What these projects cost together.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert_eq!(profile.cost_of(&[0, 1]), 10_000);
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn cost_of(&self, projects: &[u32]) -> u128 {
        projects.iter().map(|project| u128::from(self.cost(*project))).sum()
    }

    /// What all projects cost together.
    pub(crate) fn cost_of_all(&self) -> u128 {
        self.costs.iter().map(|cost| u128::from(*cost)).sum()
    }

    /// So many units in points (or approvals, or ranks).
    pub(crate) fn points(&self, units: u128) -> Fraction {
        Fraction::new(units * u128::from(self.unit), 100_u8)
    }

    /// The price of a unit, as that of a point (or approval, or rank).
    pub(crate) fn price_of_point(&self, price: &Fraction) -> Fraction {
        Fraction::new(price.numerator() * 100_u8, price.denominator() * self.unit)
    }

    /// The chain that breaks ties between projects: lower cost, then more supporters, then the lot.
    ///
    /// ```
    /// # use popote_tally::budget::{Ballot, Profile, Utility};
    /// # let ballots = [Ballot::approval([0, 1]), Ballot::approval([1]), Ballot::approval([1]).weighing(3)];
    /// # let profile = Profile::new(&[6_000, 4_000], Utility::Cost, ballots, None)?;
    /// // Costs of 60 € and 40 € in cents; three voters, one of whom holds a triple share.
    /// assert!(profile.tie_order(1) < profile.tie_order(0), "the cheaper comes first");
    /// # Ok::<(), popote_tally::budget::ProfileError>(())
    /// ```
    #[must_use]
    pub fn tie_order(&self, project: u32) -> (u64, std::cmp::Reverse<u64>, u32) {
        let lot = self.lot.get(project as usize).copied().unwrap_or(u32::MAX);
        (self.cost(project), std::cmp::Reverse(self.supporters(project)), lot)
    }

    /// How many pairs of a group and a project that it supports there are.
    pub(crate) fn links(&self) -> usize {
        self.supports.len()
    }

    pub(crate) fn supports_of(&self, project: usize) -> &[Support] {
        match self.support_start.get(project..project + 2) {
            Some([start, end]) => &self.supports[*start..*end],
            _ => &[],
        }
    }

    pub(crate) fn indices(&self) -> impl Iterator<Item = u32> + use<> {
        (0..u32::MAX).take(self.costs.len())
    }
}

/// For each of `count` options its place in `order`, if each is there once.
pub(crate) fn places(order: &[u32], count: usize) -> Option<Vec<u32>> {
    let mut places = vec![u32::MAX; count];
    for (place, option) in (0..).zip(order) {
        let slot = places.get_mut(*option as usize).filter(|slot| **slot == u32::MAX)?;
        *slot = place;
    }
    (order.len() == count).then_some(places)
}

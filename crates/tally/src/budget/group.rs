//! Voters with the same ballot and share, as one.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Ballot, Link, MAX_AMOUNT, MAX_UNITS, ProfileError, Support};

/// Groups of voters in the order of their first ballots.
#[derive(Clone, Debug)]
pub(crate) struct Grouping {
    /// The group of each voter.
    pub(crate) group_of: Vec<u32>,
    pub(crate) total_weight: u128,
    sizes: Vec<u32>,
    weights: Vec<u64>,
    /// The groups' ballots by project, as slices of `links`.
    start: Vec<usize>,
    links: Vec<Link>,
}

impl Grouping {
    pub(super) fn new(
        projects: usize,
        ballots: impl IntoIterator<Item = Ballot>,
    ) -> Result<Self, ProfileError> {
        let mut groups = Self {
            group_of: Vec::new(),
            total_weight: 0,
            sizes: Vec::new(),
            weights: Vec::new(),
            start: vec![0],
            links: Vec::new(),
        };
        let mut known = HashMap::new();
        let mut links = Vec::new();
        for (voter, ballot) in ballots.into_iter().enumerate() {
            if ballot.weight > MAX_AMOUNT || ballot.support.iter().any(|(_, units)| *units > MAX_UNITS) {
                return Err(ProfileError::TooLarge);
            }
            links.clear();
            links.extend(ballot.support.iter().map(|(to, units)| Link { to: *to, units: *units }));
            links.sort_unstable_by_key(|link| link.to);
            if links.last().is_some_and(|link| link.to as usize >= projects) {
                return Err(ProfileError::UnknownProject(voter));
            }
            if links.windows(2).any(|pair| pair[0].to == pair[1].to) {
                return Err(ProfileError::DuplicateProject(voter));
            }
            links.retain(|link| link.units > 0);
            groups.add(ballot.weight, &links, &mut known)?;
        }
        Ok(groups)
    }

    fn add(
        &mut self,
        weight: u64,
        links: &[Link],
        known: &mut HashMap<u64, u32>,
    ) -> Result<(), ProfileError> {
        let mut hasher = DefaultHasher::new();
        (weight, links.len()).hash(&mut hasher);
        for link in links {
            (link.to, link.units).hash(&mut hasher);
        }
        let mut key = hasher.finish();
        let new = u32::try_from(self.sizes.len()).map_err(|_| ProfileError::TooLarge)?;
        // Two ballots of one hash are told apart by trying the next key.
        let group = loop {
            let group = *known.entry(key).or_insert(new);
            if group == new || self.weight(group) == weight && self.links(group) == links {
                break group;
            }
            key = key.wrapping_add(1);
        };
        if group == new {
            self.sizes.push(0);
            self.weights.push(weight);
            self.links.extend_from_slice(links);
            self.start.push(self.links.len());
        }
        self.sizes[group as usize] += 1;
        self.total_weight += u128::from(weight);
        self.group_of.push(group);
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.sizes.len()
    }

    /// The groups' indices.
    pub(crate) fn indices(&self) -> impl Iterator<Item = u32> + use<> {
        (0..u32::MAX).take(self.sizes.len())
    }

    pub(crate) fn size(&self, group: u32) -> u32 {
        self.sizes[group as usize]
    }

    pub(crate) fn weight(&self, group: u32) -> u64 {
        self.weights[group as usize]
    }

    pub(crate) fn links(&self, group: u32) -> &[Link] {
        &self.links[self.start[group as usize]..self.start[group as usize + 1]]
    }

    /// The same links seen from the projects: where each project's begin, and all of them.
    pub(super) fn by_project(&self, projects: usize) -> (Vec<usize>, Vec<Support>) {
        let mut start = vec![0; projects + 1];
        for link in &self.links {
            start[link.to as usize + 1] += 1;
        }
        for project in 0..projects {
            start[project + 1] += start[project];
        }
        let mut next = start.clone();
        let mut supports = vec![Support { group: 0, size: 0, units: 0 }; self.links.len()];
        for (group, size) in (0..).zip(&self.sizes) {
            for link in self.links(group) {
                let place = &mut next[link.to as usize];
                supports[*place] = Support { group, size: *size, units: link.units };
                *place += 1;
            }
        }
        (start, supports)
    }
}

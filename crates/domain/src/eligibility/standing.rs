//! What holds of each criterion, from all that reviewers wrote.

use crate::{ids::PersonId, rules::Track};

use super::{Criteria, Criterion, EligibilityRefusal, Grid, Level, Verdict, waits_for_assessment};

/// Who said something of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A person of a member.
    By(PersonId),
    /// The licence, read as an expression.
    ByLicence,
    /// A steward, who settles what reviewers found differently.
    Settled(PersonId),
}

/// A verdict with who found it. The oldest comes first in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who.
    pub found: Found,
    /// What.
    pub verdict: Verdict,
}

/// What was found of a criterion: its key, and statements oldest first.
pub type Statements<'s> = (&'s str, &'s [Statement]);

/// What holds of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody assessed it, or all took it back.
    Open,
    /// Those who assessed it agree, or a steward settled it.
    Holds(Verdict),
    /// They differ: the worst of what was found.
    Contested(Verdict),
}

impl Standing {
    /// What counts of it: nothing that reviewers still differ on.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Holds(verdict) => verdict,
            Self::Open | Self::Contested(_) => Verdict::NotAssessed,
        }
    }

    /// Whether somebody found that it isn't met, though another may differ.
    #[must_use]
    pub const fn warns(self) -> bool {
        matches!(self, Self::Holds(Verdict::No) | Self::Contested(Verdict::No))
    }
}

/// What holds after all these statements: of each reviewer the last one counts; a settlement replaces all before it and
/// stays until somebody finds something else.
#[must_use]
pub fn standing_of(statements: &[Statement]) -> Standing {
    let settled = statements.iter().rposition(|one| matches!(one.found, Found::Settled(_)));
    let since = statements.get(settled.unwrap_or(0)..).unwrap_or_default();
    let mut last: Vec<Statement> = Vec::new();
    for one in since {
        last.retain(|other| other.found != one.found);
        last.push(*one);
    }
    let mut verdicts: Vec<Verdict> =
        last.iter().map(|one| one.verdict).filter(|verdict| *verdict != Verdict::NotAssessed).collect();
    verdicts.sort_unstable();
    verdicts.dedup();
    match verdicts.as_slice() {
        [] => Standing::Open,
        [one] => Standing::Holds(*one),
        [.., worst] => Standing::Contested(*worst),
    }
}

/// How a software stands before a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Criteria that hold it back by the rules: keys.
    pub blocked: Vec<String>,
    /// Essential criteria that somebody found not met: they ask for a reasoned decision. Keys.
    pub warned: Vec<String>,
    /// What secondary criteria that are met weigh.
    pub score: u32,
    /// What all secondary criteria weigh.
    pub out_of: u32,
}

impl Gate {
    /// What a grid says of a software of which this was found, for a feature of a track; without one, what it says of the
    /// software alone.
    #[must_use]
    pub fn of(grid: &Grid, track: Option<Track>, found: &[Statements<'_>]) -> Self {
        let standing = |one: &Criterion| {
            found
                .iter()
                .find(|(key, _)| *key == one.key)
                .map_or(Standing::Open, |(_, list)| standing_of(list))
        };
        let mut gate = Self::default();
        for one in grid.of(Level::Essential) {
            let stands = standing(one);
            let waits = track.is_some_and(waits_for_assessment) && stands.verdict() == Verdict::NotAssessed;
            if one.blocks && (stands.verdict() == Verdict::No || waits) {
                gate.blocked.push(one.key.clone());
            } else if stands.warns() {
                gate.warned.push(one.key.clone());
            }
        }
        for one in grid.of(Level::Secondary) {
            let weight = u32::from(one.weight);
            gate.out_of += weight;
            if standing(one).verdict() == Verdict::Yes {
                gate.score += weight;
            }
        }
        gate
    }

    /// Whether money may go there; `waived`: a reasoned decision lets it despite what warns. Errors:
    /// [`EligibilityRefusal::Blocked`], [`EligibilityRefusal::NeedsReason`].
    pub fn open(&self, waived: bool) -> Result<(), EligibilityRefusal> {
        if !self.blocked.is_empty() {
            Err(EligibilityRefusal::Blocked(Criteria::of(&self.blocked)))
        } else if !self.warned.is_empty() && !waived {
            Err(EligibilityRefusal::NeedsReason(Criteria::of(&self.warned)))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn by(who: u128, verdict: Verdict) -> Statement {
        Statement { found: Found::By(PersonId(Uuid::from_u128(who))), verdict }
    }

    fn settled(verdict: Verdict) -> Statement {
        Statement { found: Found::Settled(PersonId(Uuid::from_u128(9))), verdict }
    }

    #[test]
    fn the_last_word_of_each_reviewer_counts_until_a_steward_settles() {
        use Verdict::{No, NotAssessed, Partly, Yes};
        for (list, expected) in [
            (vec![], Standing::Open),
            (vec![by(1, No)], Standing::Holds(No)),
            (vec![by(1, No), by(1, Yes)], Standing::Holds(Yes)),
            (vec![by(1, No), by(2, No)], Standing::Holds(No)),
            (vec![by(1, Yes), by(2, Partly)], Standing::Contested(Partly)),
            (vec![by(1, Yes), by(2, No), by(2, NotAssessed)], Standing::Holds(Yes)),
            (vec![by(1, Yes), by(2, No), settled(Partly)], Standing::Holds(Partly)),
            (vec![by(1, Yes), by(2, No), settled(Yes), by(3, Yes)], Standing::Holds(Yes)),
            (vec![by(1, Yes), by(2, No), settled(Yes), by(2, No)], Standing::Contested(No)),
            (vec![by(1, No), settled(NotAssessed)], Standing::Open),
        ] {
            assert_eq!(standing_of(&list), expected, "{list:?}");
        }
        let licence = Statement { found: Found::ByLicence, verdict: Yes };
        assert_eq!(standing_of(&[licence, by(1, No)]), Standing::Contested(No));
    }

    fn gate(track: Track, found: &[Statements<'_>]) -> Gate {
        Gate::of(&Grid::default(), Some(track), found)
    }

    #[test]
    fn only_the_licence_blocks_unless_the_rules_say_more() {
        let no = [by(1, Verdict::No)];
        let held = gate(Track::Trust, &[("free_licence", &no), ("privacy", &no), ("frugal", &no)]);
        assert_eq!(
            (held.blocked, held.warned),
            (vec!["free_licence".to_owned()], vec!["privacy".to_owned()])
        );
        let differ = [by(1, Verdict::No), by(2, Verdict::Yes)];
        let held = gate(Track::Light, &[("free_licence", &differ)]);
        assert_eq!((held.blocked, held.warned), (vec![], vec!["free_licence".to_owned()]));
        let mut grid = Grid::default();
        grid.0[1].blocks = true;
        let held = Gate::of(&grid, Some(Track::Light), &[("privacy", &no)]);
        assert_eq!(held.blocked, ["privacy"]);
    }

    #[test]
    fn what_nobody_assessed_holds_back_the_full_ways_alone() {
        assert_eq!(gate(Track::Trust, &[]), Gate { out_of: 5, ..Gate::default() });
        assert!(gate(Track::Light, &[]).blocked.is_empty());
        assert_eq!(gate(Track::Full, &[]).blocked, ["free_licence"]);
        let partly = [by(1, Verdict::Partly)];
        assert!(gate(Track::Full, &[("free_licence", &partly)]).blocked.is_empty());
    }

    #[test]
    fn a_decision_opens_what_warns_and_never_what_blocks() {
        let no = [by(1, Verdict::No)];
        let held = gate(Track::Trust, &[("privacy", &no)]);
        let refused = held.open(false);
        assert!(matches!(refused, Err(EligibilityRefusal::NeedsReason(which)) if which.usual().count() == 1));
        assert_eq!(held.open(true), Ok(()));
        let held = gate(Track::Trust, &[("free_licence", &no)]);
        assert!(matches!(held.open(true), Err(EligibilityRefusal::Blocked(which)) if !which.has_own()));
        assert!(Criteria::of(&["own".to_owned()]).has_own());
    }

    #[test]
    fn secondary_criteria_score() {
        let yes = [by(1, Verdict::Yes)];
        let found = [("secure", &yes[..]), ("french", &yes[..]), ("frugal", &yes[..]), ("privacy", &yes[..])];
        let held = gate(Track::Trust, &found);
        assert_eq!((held.score, held.out_of), (3, 5));
        let mut grid = Grid::default();
        grid.0[5].weight = 3;
        grid.0[8].weight = 0;
        let held = Gate::of(&grid, None, &found);
        assert_eq!((held.score, held.out_of), (4, 6));
    }
}

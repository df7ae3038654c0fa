//! Whether a feature may go on by another track, when some of it is done and money may lie on it.

use super::{FeatureRefusal, State, Track, passage};
use crate::{money::Money, rules::Rules};

/// What bears on a change of track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackChange {
    /// The track that holds.
    pub from: Track,
    /// The one that is asked for.
    pub to: Track,
    /// Where the feature stands.
    pub state: State,
    /// The largest sum that it takes; zero without a price.
    pub maximum: Money,
    /// What lies on it.
    pub inside: Money,
    /// How many organisations need it.
    pub needers: usize,
    /// How many members the collective has.
    pub members: usize,
    /// Whether it says when it is done.
    pub says_done: bool,
}

impl TrackChange {
    /// How many organisations must need the feature for the track asked for: none where it stands before they are
    /// counted, or where the track counts none.
    #[must_use]
    pub fn needers_asked(&self, rules: &Rules) -> usize {
        let stages = self.to.stages();
        let at = |state: State| stages.iter().position(|stage| *stage == state);
        match (at(State::Gathering), at(self.state)) {
            (Some(gate), Some(here)) if here > gate && !self.from.stages().contains(&State::Gathering) => {
                usize::from(rules.needers).min(self.members).max(1)
            }
            _ => 0,
        }
    }

    /// Whether the change is possible, whoever needs the feature. Errors: triggered or ended, the same track, one that
    /// the rules don't use or that is too light for the price, one that doesn't lead on from here, money inside that
    /// it couldn't pay out, no word of when it is done where the track asks for one.
    pub fn fits(&self, rules: &Rules) -> Result<(), FeatureRefusal> {
        if !may_take(self.state, self.to) {
            return Err(FeatureRefusal::NotEditable(self.state));
        }
        if self.to == self.from {
            return Err(FeatureRefusal::AlreadySo);
        }
        let rule = rules.track(self.to).ok_or(FeatureRefusal::TrackNotUsed(self.to))?;
        if let Some(ceiling) = rule.ceiling.filter(|ceiling| self.maximum > *ceiling) {
            return Err(FeatureRefusal::AboveCeiling { track: self.to, ceiling });
        }
        if self.state == State::Funding {
            // Its trigger must lead somewhere: money never waits for a stage that isn't built.
            passage(self.to, State::Funding, self.to.after_trigger())?;
        }
        if self.inside.is_positive() && !self.to.is_complete() {
            return Err(FeatureRefusal::TrackStops { track: self.to, inside: self.inside });
        }
        if self.to == Track::Trust && !self.says_done {
            return Err(FeatureRefusal::NoDoneWhen);
        }
        if self.to == Track::Trust && self.maximum.is_zero() {
            return Err(FeatureRefusal::Terms(super::TermsError::NoFloor));
        }
        Ok(())
    }

    /// Whether the change is made. Errors: those of [`Self::fits`], too few who need the feature.
    pub fn judge(&self, rules: &Rules) -> Result<(), FeatureRefusal> {
        self.fits(rules)?;
        let asked = self.needers_asked(rules);
        if self.needers < asked {
            return Err(FeatureRefusal::TooFewNeed { needers: self.needers, asked });
        }
        Ok(())
    }
}

/// Whether a feature stands where another track may take it up: a stage that the new track doesn't have is no place to
/// change it.
fn may_take(state: State, track: Track) -> bool {
    let before = state.is_before_funding() || state == State::Funding;
    before && (state == State::Parked || track.next(state).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Template;

    fn change(from: Track, to: Track) -> TrackChange {
        TrackChange {
            from,
            to,
            state: State::Funding,
            maximum: Money::new(10_000),
            inside: Money::ZERO,
            needers: 2,
            members: 5,
            says_done: true,
        }
    }

    #[test]
    fn money_never_goes_to_a_track_that_cannot_pay_it_out() {
        let rules = Template::Informal.rules();
        let there = change(Track::Trust, Track::Light);
        assert_eq!(there.judge(&rules), Ok(()));
        let inside = Money::new(1);
        let refused = FeatureRefusal::TrackStops { track: Track::Light, inside };
        assert_eq!(TrackChange { inside, ..there }.judge(&rules), Err(refused));
        let back = TrackChange { inside, ..change(Track::Light, Track::Trust) };
        assert_eq!(back.judge(&rules), Ok(()), "out of a dead end");
    }

    #[test]
    fn the_gate_and_the_ceiling_of_the_track_asked_for_hold() {
        let rules = Template::Informal.rules();
        let there = change(Track::Trust, Track::Light);
        let asked = usize::from(rules.needers);
        let refused = FeatureRefusal::TooFewNeed { needers: asked - 1, asked };
        assert_eq!(TrackChange { needers: asked - 1, ..there }.judge(&rules), Err(refused));
        assert_eq!(TrackChange { needers: 1, members: 1, ..there }.judge(&rules), Ok(()));
        assert_eq!(TrackChange { needers: 0, state: State::Idea, ..there }.judge(&rules), Ok(()));
        let back = change(Track::Light, Track::Trust);
        let Some(ceiling) = rules.track(Track::Trust).and_then(|rule| rule.ceiling) else { return };
        let above = TrackChange { maximum: Money::new(ceiling.minor() + 1), ..back };
        assert_eq!(above.judge(&rules), Err(FeatureRefusal::AboveCeiling { track: Track::Trust, ceiling }));
        assert_eq!(TrackChange { says_done: false, ..back }.judge(&rules), Err(FeatureRefusal::NoDoneWhen));
    }
}

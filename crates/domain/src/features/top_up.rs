//! More money for a triggered feature, by a decision: the terms get a new version that makes room for it.

use jiff::civil::Date;
use thiserror::Error;

use super::{Track, state::State};
use crate::{decisions::DecisionRefusal, money::Money, pot::FundMode};

/// A feature as a complement meets it, read after its row is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopUp {
    /// How its pot holds money.
    pub mode: FundMode,
    /// Where it stands.
    pub state: State,
    /// What was put there, of everybody and all sources.
    pub total: Money,
    /// More than this couldn't be put there.
    pub maximum: Money,
    /// The last day on which members add without a decision.
    pub closing_on: Date,
    /// Whether its round is closed.
    pub round_over: bool,
    /// Its track, with what that goes up to by the rules under which it is funded.
    pub track: (Track, Option<Money>),
}

/// Why nothing is added by decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TopUpRefusal {
    /// The pot isn't paid in advance: there, what misses is promised.
    #[error("the pot isn't paid in advance")]
    Promised,
    /// It isn't triggered, or has ended.
    #[error("not triggered: {0:?}")]
    NotTriggered(State),
    /// There is room under its maximum until its last day: nothing has to be decided.
    #[error("{room} may be added until {until} without a decision")]
    NothingMissing {
        /// What may be added.
        room: Money,
        /// Until the end of which day.
        until: Date,
    },
    /// The organisation has less to put there.
    #[error("{left} left, {wanted} wanted")]
    NotEnoughShare {
        /// What it has.
        left: Money,
        /// What was asked.
        wanted: Money,
    },
    /// The decision won't do.
    #[error(transparent)]
    Decision(#[from] DecisionRefusal),
    /// More than a feature takes.
    #[error("too much")]
    TooLarge,
    /// More than its track goes up to, which holds for its price with what is added by decision.
    #[error("the track {track:?} goes up to {ceiling}")]
    AboveCeiling {
        /// The track.
        track: Track,
        /// Up to how much.
        ceiling: Money,
    },
    /// It can't be taken back, and nobody has confirmed that it is meant.
    #[error("not confirmed")]
    Unconfirmed,
}

impl TopUp {
    /// The maximum that makes room for so much more. Errors: [`TopUpRefusal`].
    pub fn maximum_for(&self, today: Date, amount: Money) -> Result<Money, TopUpRefusal> {
        self.open(today, amount)?;
        let total = self.total.plus(amount).map_err(|_| TopUpRefusal::TooLarge)?;
        self.within(total)?;
        let maximum = self.maximum.max(total);
        if maximum > Money::MAX_ENTRY { Err(TopUpRefusal::TooLarge) } else { Ok(maximum) }
    }

    /// Whether so much may be added by decision today. Errors: [`TopUpRefusal`].
    pub fn open(&self, today: Date, amount: Money) -> Result<(), TopUpRefusal> {
        if self.mode != FundMode::Own {
            return Err(TopUpRefusal::Promised);
        }
        if !self.state.is_triggered() {
            return Err(TopUpRefusal::NotTriggered(self.state));
        }
        let room = self.maximum.less(self.total);
        if today <= self.closing_on && !self.round_over && amount <= room {
            return Err(TopUpRefusal::NothingMissing { room, until: self.closing_on });
        }
        // At its ceiling nothing more is added, however little.
        self.within(self.total.plus(Money::new(1)).unwrap_or(self.total))
    }

    /// What a decision may still add under the ceiling of its track; `None`: that has no ceiling.
    #[must_use]
    pub fn room(&self) -> Option<Money> {
        self.track.1.map(|ceiling| ceiling.less(self.total))
    }

    fn within(&self, total: Money) -> Result<(), TopUpRefusal> {
        match self.track {
            (track, Some(ceiling)) if total > ceiling => Err(TopUpRefusal::AboveCeiling { track, ceiling }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const LAST: Date = date(2026, 11, 30);

    fn building() -> TopUp {
        TopUp {
            mode: FundMode::Own,
            state: State::Building,
            total: Money::new(900),
            maximum: Money::new(1_000),
            closing_on: LAST,
            round_over: false,
            track: (Track::Trust, None),
        }
    }

    #[test]
    fn the_ceiling_of_the_track_bounds_the_price_with_what_is_added() {
        let there = TopUp { track: (Track::Trust, Some(Money::new(1_500))), ..building() };
        let maximum = |cents| there.maximum_for(LAST, Money::new(cents));
        assert_eq!((maximum(600), there.room()), (Ok(Money::new(1_500)), Some(Money::new(600))));
        let above = TopUpRefusal::AboveCeiling { track: Track::Trust, ceiling: Money::new(1_500) };
        assert_eq!(maximum(601), Err(above));
        let full = TopUp { total: Money::new(1_500), maximum: Money::new(1_500), ..there };
        assert_eq!(full.open(LAST, Money::MAX_ENTRY), Err(above));
        assert_eq!(building().room(), None);
    }

    #[test]
    fn the_maximum_makes_room_and_never_falls() {
        let maximum = |feature: TopUp, today, cents| feature.maximum_for(today, Money::new(cents));
        assert_eq!(maximum(building(), LAST, 300), Ok(Money::new(1_200)));
        let over = date(2026, 12, 1);
        assert_eq!(maximum(building(), over, 50), Ok(Money::new(1_000)));
        assert_eq!(maximum(TopUp { round_over: true, ..building() }, LAST, 100), Ok(Money::new(1_000)));
        assert_eq!(maximum(building(), over, i64::MAX), Err(TopUpRefusal::TooLarge));
    }

    #[test]
    fn what_needs_no_decision_is_said() {
        let missing = TopUpRefusal::NothingMissing { room: Money::new(100), until: LAST };
        assert_eq!(building().maximum_for(LAST, Money::new(100)), Err(missing));
        for state in [State::Idea, State::Funding, State::Delivered, State::NotFunded] {
            let there = TopUp { state, ..building() };
            assert_eq!(there.maximum_for(LAST, Money::new(200)), Err(TopUpRefusal::NotTriggered(state)));
        }
        let promised = TopUp { mode: FundMode::Pledge, ..building() };
        assert_eq!(promised.maximum_for(LAST, Money::new(200)), Err(TopUpRefusal::Promised));
    }
}

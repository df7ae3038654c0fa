//! What guards an allocation: the window by the clock, the maximum, the cap, the frozen time of a confirmation.
//! Every refusal carries the figure that helps.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::state::State;
use crate::{
    account::AccountKind,
    ids::FeatureId,
    money::{Money, Overflow},
    posting::PostingKind,
};

/// Whether postings of that kind change what was put on a feature, when they cross the border of its accounts (I23).
#[must_use]
pub const fn changes_total(kind: PostingKind) -> bool {
    use PostingKind::{Add, Allocate, Chargeback, Departure, Release, TopUp, Unallocate};
    matches!(kind, Allocate | Add | TopUp | Unallocate | Release | Departure | Chargeback)
}

/// Whether what accounts of that kind hold lies on a feature.
#[must_use]
pub const fn lies_on_feature(kind: AccountKind) -> bool {
    use AccountKind::{Allocated, Reserved, RightAllocated, Triggered};
    matches!(kind, Allocated | Reserved | RightAllocated | Triggered)
}

/// A feature as an allocation meets it, read after its row is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Funding {
    /// Where it stands.
    pub state: State,
    /// The first day on which it can be funded: that of its round.
    pub opens_on: Option<Date>,
    /// The last day.
    pub closing_on: Date,
    /// More than this can't be put there.
    pub maximum: Money,
    /// What lies there already, of everybody and all sources, allocated or reserved.
    pub total: Money,
    /// Whether it is covered and awaits a steward's confirmation.
    pub confirming: bool,
    /// The most that one organisation may put there over all sources.
    pub cap: Option<Money>,
    /// Whether its round is closed: before its day, by a decision, if its own day hasn't passed.
    pub round_over: bool,
}

/// What an organisation wants to have on a feature, against what its page showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Which feature.
    pub feature: FeatureId,
    /// What the organisation had there when the page was made.
    pub seen: Money,
    /// What it is to have there.
    pub wanted: Money,
}

/// What has to move for a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is so already.
    Nothing,
    /// From the share to the feature, withdrawable.
    Allocate(Money),
    /// Back to the share.
    Unallocate(Money),
    /// From the share to the triggered feature, for good.
    Add(Money),
}

/// Why an allocation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FundingRefusal {
    /// Another page or person changed it meanwhile.
    #[error("{seen} was seen, {now} is there")]
    Stale {
        /// What the page showed.
        seen: Money,
        /// What is there.
        now: Money,
    },
    /// The feature is not being funded.
    #[error("not being funded: {0:?}")]
    NotFunding(State),
    /// Its round opens later.
    #[error("opens on {0}")]
    NotYetOpen(Date),
    /// Its last day has passed.
    #[error("closed since the end of {0}")]
    Closed(Date),
    /// Its round was closed before its last day.
    #[error("its round is closed")]
    RoundOver,
    /// It is covered and awaits a steward: nothing moves meanwhile.
    #[error("awaits confirmation")]
    AwaitsConfirmation,
    /// It is triggered: what lies there is bound.
    #[error("triggered: {bound} can't be taken back")]
    Bound {
        /// What the organisation has there.
        bound: Money,
    },
    /// The share is too small.
    #[error("{left} left, {wanted} more wanted")]
    NotEnoughShare {
        /// What may still be put on this feature.
        left: Money,
        /// What was to be added.
        wanted: Money,
    },
    /// More than the feature can use.
    #[error("room for {room}, {wanted} more wanted")]
    OverMaximum {
        /// What may still be added.
        room: Money,
        /// What was to be added.
        wanted: Money,
    },
    /// More than one organisation may put there.
    #[error("at most {cap} each, {wanted} wanted")]
    OverCap {
        /// The most.
        cap: Money,
        /// What the organisation would have there.
        wanted: Money,
    },
    /// Below zero or too large.
    #[error("not an amount")]
    Amount,
    /// It can't be taken back, and nobody has confirmed that it is meant.
    #[error("asks to be confirmed")]
    Unconfirmed,
}

impl From<Overflow> for FundingRefusal {
    fn from(_: Overflow) -> Self {
        Self::Amount
    }
}

/// The refusal of one line of a set; nothing of the set was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{feature}: {why}")]
pub struct AllocationRefusal {
    /// Whose line.
    pub feature: FeatureId,
    /// Why.
    pub why: FundingRefusal,
}

impl Funding {
    /// What must move so that the organisation, which has `mine` there, has what it wishes. The share is looked
    /// at when money is drawn. Errors: [`FundingRefusal`].
    pub fn change(&self, today: Date, mine: Money, wish: &Wish) -> Result<Change, FundingRefusal> {
        if wish.wanted < Money::ZERO || wish.wanted > Money::MAX_ENTRY {
            return Err(FundingRefusal::Amount);
        }
        if wish.seen != mine {
            return Err(FundingRefusal::Stale { seen: wish.seen, now: mine });
        }
        if wish.wanted == mine {
            return Ok(Change::Nothing);
        }
        let additions = self.state.is_triggered();
        if wish.wanted < mine && additions {
            return Err(FundingRefusal::Bound { bound: mine });
        }
        self.open(today)?;
        if wish.wanted < mine {
            return Ok(Change::Unallocate(mine.minus(wish.wanted)?));
        }
        let more = wish.wanted.minus(mine)?;
        let room = self.room();
        if more > room {
            return Err(FundingRefusal::OverMaximum { room, wanted: more });
        }
        if let Some(cap) = self.cap.filter(|cap| wish.wanted > *cap) {
            return Err(FundingRefusal::OverCap { cap, wanted: wish.wanted });
        }
        Ok(if additions { Change::Add(more) } else { Change::Allocate(more) })
    }

    /// Whether money may move today. Errors: [`FundingRefusal`].
    pub fn open(&self, today: Date) -> Result<(), FundingRefusal> {
        if self.state != State::Funding && !self.state.is_triggered() {
            return Err(FundingRefusal::NotFunding(self.state));
        }
        if let Some(opens_on) = self.opens_on.filter(|opens_on| today < *opens_on) {
            return Err(FundingRefusal::NotYetOpen(opens_on));
        }
        if today > self.closing_on {
            return Err(FundingRefusal::Closed(self.closing_on));
        }
        if self.round_over {
            return Err(FundingRefusal::RoundOver);
        }
        if self.confirming {
            return Err(FundingRefusal::AwaitsConfirmation);
        }
        Ok(())
    }

    /// What may still be put there.
    #[must_use]
    pub fn room(&self) -> Money {
        self.maximum.less(self.total)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    const LAST: Date = date(2026, 11, 30);

    fn funding() -> Funding {
        Funding {
            state: State::Funding,
            opens_on: Some(date(2026, 10, 1)),
            closing_on: LAST,
            maximum: Money::new(1_000),
            total: Money::new(600),
            confirming: false,
            cap: Some(Money::new(500)),
            round_over: false,
        }
    }

    fn wish(seen: i64, wanted: i64) -> Wish {
        Wish { feature: FeatureId(Uuid::from_u128(1)), seen: Money::new(seen), wanted: Money::new(wanted) }
    }

    #[track_caller]
    fn check(funding: Funding, today: Date, mine: i64, wish: Wish, expected: Result<Change, FundingRefusal>) {
        assert_eq!(funding.change(today, Money::new(mine), &wish), expected);
    }

    #[test]
    fn a_wish_becomes_the_difference() {
        check(funding(), LAST, 100, wish(100, 300), Ok(Change::Allocate(Money::new(200))));
        check(funding(), LAST, 100, wish(100, 30), Ok(Change::Unallocate(Money::new(70))));
        check(funding(), LAST, 100, wish(100, 100), Ok(Change::Nothing));
        let triggered = Funding { state: State::Building, ..funding() };
        check(triggered, LAST, 100, wish(100, 300), Ok(Change::Add(Money::new(200))));
    }

    #[test]
    fn every_refusal_says_what_would_do() {
        use FundingRefusal as R;
        let money = Money::new;
        check(funding(), LAST, 0, wish(5, 10), Err(R::Stale { seen: money(5), now: money(0) }));
        check(funding(), LAST, 0, wish(0, 401), Err(R::OverMaximum { room: money(400), wanted: money(401) }));
        check(funding(), LAST, 200, wish(200, 501), Err(R::OverCap { cap: money(500), wanted: money(501) }));
        check(funding(), LAST, 0, wish(0, -1), Err(R::Amount));
        check(funding(), LAST, 0, wish(0, i64::MAX), Err(R::Amount));
        let triggered = Funding { state: State::Contracting, ..funding() };
        check(triggered, LAST, 100, wish(100, 99), Err(R::Bound { bound: money(100) }));
        let over = Funding { round_over: true, ..triggered };
        check(over, LAST, 0, wish(0, 1), Err(R::RoundOver));
        let confirming = Funding { confirming: true, ..funding() };
        check(confirming, LAST, 100, wish(100, 99), Err(R::AwaitsConfirmation));
        check(confirming, LAST, 100, wish(100, 101), Err(R::AwaitsConfirmation));
        for state in [State::Idea, State::NotFunded, State::Abandoned, State::Delivered] {
            check(Funding { state, ..funding() }, LAST, 0, wish(0, 1), Err(R::NotFunding(state)));
        }
    }

    #[test]
    fn the_window_is_read_from_the_day() {
        use FundingRefusal as R;
        let over = date(2026, 12, 1);
        check(funding(), over, 0, wish(0, 1), Err(R::Closed(LAST)));
        check(funding(), over, 1, wish(1, 0), Err(R::Closed(LAST)));
        let triggered = Funding { state: State::Building, ..funding() };
        check(triggered, over, 0, wish(0, 1), Err(R::Closed(LAST)));
        check(funding(), date(2026, 9, 30), 0, wish(0, 1), Err(R::NotYetOpen(date(2026, 10, 1))));
    }
}

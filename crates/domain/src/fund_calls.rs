//! Calls for funds: what a promise owes after a trigger. In a pledge pot a call is paid to the host; in a direct pot it
//! is an order line, paid to whoever does the work. A call is partly paid, paid, unpaid, covered by others or
//! cancelled; what is received, covered and cancelled never exceeds what was called (I21).

use std::collections::BTreeMap;

use jiff::civil::Date;
use thiserror::Error;

use crate::{
    account::{Account, Source},
    ids::{FeatureId, FundCallId, OrganisationId},
    money::{Money, SplitError, split},
    posting::{Transfer, Twin, named},
};

named! {
    /// Where a call stands.
    CallState {
        /// Nothing was received yet.
        Open = "open",
        /// A part was received.
        PartlyPaid = "partly_paid",
        /// All was received.
        Paid = "paid",
        /// Its last day passed: « promesse non réglée », for its rest only.
        Unpaid = "unpaid",
        /// Others took its rest over.
        Covered = "covered",
        /// The feature ended: its rest is not asked any more.
        Cancelled = "cancelled",
    }
}

impl CallState {
    /// Whether money is still awaited for it.
    #[must_use]
    pub const fn is_awaited(self) -> bool {
        matches!(self, Self::Open | Self::PartlyPaid | Self::Unpaid)
    }
}

/// The amounts of a call, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallAmounts {
    /// What was called.
    pub called: Money,
    /// What was received for it.
    pub received: Money,
    /// What others took over.
    pub covered: Money,
    /// What isn't asked any more.
    pub cancelled: Money,
    /// What of the received was given back, because whoever was late paid all the same.
    pub repaid: Money,
}

impl CallAmounts {
    /// What is still awaited.
    #[must_use]
    pub fn rest(&self) -> Money {
        self.called.less(self.received).less(self.covered).less(self.cancelled)
    }

    /// What was received for it and not given back.
    #[must_use]
    pub fn kept(&self) -> Money {
        self.received.less(self.repaid)
    }

    /// What it still stands for of what it covers: paid and kept, awaited, or taken over in its turn.
    #[must_use]
    pub fn stands_for(&self) -> Money {
        self.called.less(self.cancelled).less(self.repaid)
    }

    /// Where a call of these amounts stands on a day. A date D is over when D + 1 begins.
    #[must_use]
    pub fn state(&self, due_on: Date, today: Date) -> CallState {
        if self.rest().is_positive() {
            return if today > due_on {
                CallState::Unpaid
            } else if self.received.is_positive() {
                CallState::PartlyPaid
            } else {
                CallState::Open
            };
        }
        if self.cancelled.is_positive() {
            CallState::Cancelled
        } else if self.covered.is_positive() {
            CallState::Covered
        } else {
            CallState::Paid
        }
    }

    /// How a payment of `amount` divides: up to the rest for the call, then up to what others covered, whose coverers
    /// are repaid by it, and what exceeds both.
    #[must_use]
    pub fn divide(&self, amount: Money) -> Divided {
        let to_call = amount.min(self.rest());
        let late = amount.less(to_call).min(self.covered);
        Divided { to_call, late, excess: amount.less(to_call).less(late) }
    }
}

/// A payment divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divided {
    /// For the rest of the call.
    pub to_call: Money,
    /// For what others had covered: as much is given back to them.
    pub late: Money,
    /// More than was called.
    pub excess: Money,
}

/// Why something about a call is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CallRefusal {
    /// Nothing is awaited for it any more.
    #[error("nothing is awaited: {0:?}")]
    NotAwaited(CallState),
    /// In a direct pot nobody holds money: no more is confirmed than was called.
    #[error("only {rest} is awaited")]
    OverRest {
        /// What is awaited.
        rest: Money,
    },
    /// Nobody covers a call before its last day has passed.
    #[error("due until the end of {0}")]
    NotOverdue(Date),
    /// An organisation doesn't cover its own call.
    #[error("its own call")]
    OwnCall,
    /// Money is recorded by the pot's treasurer here, or by whoever is paid there.
    #[error("not in this kind of pot")]
    OtherMode,
    /// It was undone already.
    #[error("undone already")]
    AlreadyUndone,
    /// The work has begun on this money, or the feature has ended.
    #[error("too late")]
    TooLate,
    /// What was recorded isn't there any more: the work or another call was paid with it.
    #[error("{missing} are not there any more")]
    Gone {
        /// How much is missing.
        missing: Money,
    },
    /// Those who had covered were paid back by it.
    #[error("others were paid back by it")]
    PaidBack,
    /// An organisation's pool paid it by itself: nobody recorded it.
    #[error("paid out of a pool")]
    FromPool,
    /// Nobody confirms a payment of their own organisation.
    #[error("a payment of one's own")]
    OwnPayment,
    /// It seems to be recorded already; it is asked whether this is another one.
    #[error("recorded already, as entry {}", .0.seq)]
    Twin(Twin),
}

/// What an organisation paid for a feature, and what of it was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Who.
    pub organisation: OrganisationId,
    /// All that came in from it for this feature.
    pub paid: Money,
    /// What of it is still reserved.
    pub reserved: Money,
}

/// Brings the draws of a feature back into proportion after money came in late, or an invoice was taken back: what each has left reserved becomes
/// what it paid less its part of all that was drawn, parts by largest remainder, ties by `turn`. Transfers go from
/// those who have too much left to those who have too little, paired in the order given.
/// Errors: [`SplitError`] where the sums don't fit.
///
/// ```
/// # use popote_domain::{Money, ids::*, fund_calls::{Paid, rebalance}};
/// # let id = |n| OrganisationId(uuid::Uuid::from_u128(n));
/// # let feature = FeatureId(uuid::Uuid::nil());
/// // A paid 500.00, all of it was drawn; then B pays 500.00: half of it replaces A's.
/// let paid = [(1, 50_000, 0), (2, 50_000, 50_000)].map(|(n, paid, reserved)| Paid {
///     organisation: id(n), paid: Money::new(paid), reserved: Money::new(reserved),
/// });
/// let moves = rebalance(feature, &paid, 0)?;
/// assert_eq!(moves.len(), 1);
/// assert_eq!(moves[0].amount, Money::new(25_000));
/// assert_eq!(moves[0].from.organisation(), Some(id(2)));
/// # Ok::<(), popote_domain::money::SplitError>(())
/// ```
pub fn rebalance(feature: FeatureId, paid: &[Paid], turn: u64) -> Result<Vec<Transfer>, SplitError> {
    let sum = |of: fn(&Paid) -> Money| Money::sum(paid.iter().map(of)).map_err(|_| SplitError::Overflow);
    let drawn = sum(|one| one.paid)?.less(sum(|one| one.reserved)?);
    if drawn < Money::ZERO {
        return Ok(Vec::new());
    }
    let weights: Vec<i64> = paid.iter().map(|one| one.paid.minor()).collect();
    let due = if drawn == Money::ZERO { vec![drawn; paid.len()] } else { split(drawn, &weights, turn)? };
    let mut too_much: Vec<(OrganisationId, Money)> = Vec::new();
    let mut too_little: Vec<(OrganisationId, Money)> = Vec::new();
    for (one, due) in paid.iter().zip(due) {
        let should = one.paid.less(due);
        if one.reserved > should {
            too_much.push((one.organisation, one.reserved.less(should)));
        } else if one.reserved < should {
            too_little.push((one.organisation, should.less(one.reserved)));
        }
    }
    let reserved = |organisation| Account::Reserved(organisation, feature, Source::Own);
    Ok(pair(&too_much, &too_little)
        .into_iter()
        .map(|(from, to, amount)| Transfer::new(reserved(from), reserved(to), amount))
        .collect())
}

/// Pairs givers with takers by two pointers: at most n + m − 1 moves.
fn pair(
    givers: &[(OrganisationId, Money)],
    takers: &[(OrganisationId, Money)],
) -> Vec<(OrganisationId, OrganisationId, Money)> {
    let mut moves = Vec::new();
    let (mut givers, mut takers) = (givers.iter().copied(), takers.iter().copied());
    let (mut giver, mut taker) = (givers.next(), takers.next());
    while let (Some((from, has)), Some((to, lacks))) = (giver, taker) {
        let amount = has.min(lacks);
        moves.push((from, to, amount));
        giver = if has > amount { Some((from, has.less(amount))) } else { givers.next() };
        taker = if lacks > amount { Some((to, lacks.less(amount))) } else { takers.next() };
    }
    moves
}

/// A call that covers another's rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Its id.
    pub id: FundCallId,
    /// The call that it covers.
    pub covers: FundCallId,
    /// Its amounts.
    pub amounts: CallAmounts,
}

/// What a late payment changes in a call that covered, or was covered in its turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freed {
    /// What its organisation paid for it and gets back.
    pub repaid: Money,
    /// What its organisation still owed for it and isn't asked any more.
    pub unasked: Money,
    /// What others had taken over of it, and neither they nor it are asked any more.
    pub uncovered: Money,
}

/// Frees those who cover a call of `late`, which whoever was late pays after all, down the whole chain of covers of
/// covers: first what was paid is given back, the oldest cover first, then what is still owed isn't asked any more, the
/// newest first. `covers`: those of the feature, the oldest first. No more is freed than what the covers stand for.
#[must_use]
pub fn free_covers(call: FundCallId, late: Money, covers: &[Cover]) -> BTreeMap<FundCallId, Freed> {
    let mut chain: Vec<&Cover> = Vec::new();
    below(call, call, covers, &mut chain);
    let mut freed: BTreeMap<FundCallId, Freed> = BTreeMap::new();
    let mut left = late;
    for cover in &chain {
        let part = cover.amounts.kept().min(left);
        left = left.less(part);
        free(cover, part, &chain, &mut freed, |freed| &mut freed.repaid);
    }
    for cover in chain.iter().rev() {
        let part = cover.amounts.rest().min(left);
        left = left.less(part);
        free(cover, part, &chain, &mut freed, |freed| &mut freed.unasked);
    }
    freed
}

/// The covers of a call, each followed by those of its own.
fn below<'a>(first: FundCallId, call: FundCallId, covers: &'a [Cover], chain: &mut Vec<&'a Cover>) {
    for cover in covers.iter().filter(|cover| cover.covers == call) {
        // A call covers an older one: there is no circle; should rows say so, it ends.
        if cover.id != first && chain.iter().all(|known| known.id != cover.id) {
            chain.push(cover);
            below(first, cover.id, covers, chain);
        }
    }
}

/// A part of a cover, and of every cover above it, isn't needed any more.
fn free(
    cover: &Cover,
    part: Money,
    chain: &[&Cover],
    freed: &mut BTreeMap<FundCallId, Freed>,
    way: fn(&mut Freed) -> &mut Money,
) {
    if !part.is_positive() {
        return;
    }
    let add = |sum: &mut Money| *sum = Money::new(sum.minor().saturating_add(part.minor()));
    add(way(freed.entry(cover.id).or_default()));
    let mut above = cover.covers;
    while let Some(covered) = chain.iter().find(|known| known.id == above) {
        add(&mut freed.entry(covered.id).or_default().uncovered);
        above = covered.covers;
    }
}

#[cfg(test)]
#[path = "fund_calls_tests.rs"]
mod tests;

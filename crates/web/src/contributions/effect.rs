//! What the transfers from and to an organisation's accounts mean to it, and their sums by round.

use std::collections::BTreeMap;

use domain::ids::OrganisationId;
use domain::{AccountKind, PostingKind};
use store::views::Leg;

/// What a transfer means to an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It paid in; below zero, that was undone.
    Paid,
    /// It was paid back after it left; below zero, the transfer came back.
    Repaid,
    /// It got something to share out.
    Shared,
    /// It put something on a feature.
    Put,
    /// Something came back from a feature to its share.
    Returned,
    /// What it hadn't used left its share, to the others.
    Lapsed,
    /// What it hadn't used left its share, to be paid back to it.
    Owed,
    /// What is to be paid back to it without having been its share: of its payments that no round shared, of features.
    Due,
    /// It left a feature or the pool without coming to its share: a gift goes back to its fund.
    Elsewhere(AccountKind),
}

impl Effect {
    /// The column of a statement in which it counts.
    pub(super) const fn column(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Repaid => "repaid",
            Self::Shared => "shared",
            Self::Put => "put",
            Self::Returned => "returned",
            Self::Lapsed => "lapsed",
            Self::Owed => "owed",
            Self::Due => "due",
            Self::Elsewhere(_) => "elsewhere",
        }
    }
}

/// What a transfer means to `me`, with the amount as it counts there; nothing for what only passes by. What is left
/// of the share is always shared − put + returned − lapsed − owed; what is to be paid back, owed + due − repaid.
pub(super) fn effect(leg: &Leg, me: OrganisationId) -> Option<(Effect, i64)> {
    use AccountKind::{
        Adjustment, Allocated, Bank, Gift, InTransit, Payable, Pool, PoolCommon, RefundDue, Reserved, Share,
        Unattributed,
    };
    let (mine_from, mine_to) = (leg.from_organisation == Some(me), leg.to_organisation == Some(me));
    let amount = leg.amount.minor();
    match (leg.from_kind, leg.to_kind) {
        (Bank | Unattributed, Pool) if mine_to => Some((Effect::Paid, amount)),
        (Pool, Bank | Unattributed) if mine_from => Some((Effect::Paid, -amount)),
        (RefundDue, InTransit) if mine_from => Some((Effect::Repaid, amount)),
        (InTransit | Bank, RefundDue) if mine_to => Some((Effect::Repaid, -amount)),
        (Pool | Allocated | Reserved, RefundDue) if mine_from => Some((Effect::Due, amount)),
        (Pool, to) if mine_from && leg.kind == PostingKind::Departure => {
            Some((Effect::Elsewhere(to), amount))
        }
        (Share, Allocated | Reserved) if mine_from => Some((Effect::Put, amount)),
        (Allocated, Share) if mine_to && leg.kind == PostingKind::Unallocate => Some((Effect::Put, -amount)),
        (Share, _) if mine_from && leg.kind == PostingKind::Reversal => Some((Effect::Shared, -amount)),
        (Share, RefundDue) if mine_from => Some((Effect::Owed, amount)),
        (Share, _) if mine_from => Some((Effect::Lapsed, amount)),
        (Pool | PoolCommon | Gift | Adjustment, Share) if mine_to => Some((Effect::Shared, amount)),
        (_, Share) if mine_to => Some((Effect::Returned, amount)),
        // An invoice taken back before it was paid.
        (Payable, Reserved) if mine_to => Some((Effect::Elsewhere(Payable), -amount)),
        (Allocated | Reserved, to) if mine_from && to != Reserved => Some((Effect::Elsewhere(to), amount)),
        _ => None,
    }
}

/// In which column of the statement of `me` a transfer counts, and how much, in minor units; nothing for what only passes by.
pub(crate) fn counted(leg: &Leg, me: OrganisationId) -> Option<(&'static str, i64)> {
    effect(leg, me).map(|(effect, amount)| (effect.column(), amount))
}

/// The sums of one round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) paid: i64,
    pub(super) shared: i64,
    pub(super) put: i64,
    pub(super) returned: i64,
    pub(super) lapsed: i64,
    /// What left the share to be paid back.
    pub(super) owed: i64,
    /// What is to be paid back without having been its share.
    pub(super) due: i64,
    /// What was paid back, less what came back of it: never mixed with what was paid in.
    pub(super) repaid: i64,
}

impl Sums {
    /// Counts what a transfer means.
    pub(super) const fn count(&mut self, effect: Effect, amount: i64) {
        match effect {
            Effect::Paid => self.paid += amount,
            Effect::Repaid => self.repaid += amount,
            Effect::Shared => self.shared += amount,
            Effect::Put => self.put += amount,
            Effect::Returned => self.returned += amount,
            Effect::Lapsed => self.lapsed += amount,
            Effect::Owed => self.owed += amount,
            Effect::Due => self.due += amount,
            Effect::Elsewhere(_) => {}
        }
    }

    /// What they did to what is to be paid back.
    pub(super) const fn to_repay(self) -> i64 {
        self.owed + self.due - self.repaid
    }

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            paid: self.paid + other.paid,
            shared: self.shared + other.shared,
            put: self.put + other.put,
            returned: self.returned + other.returned,
            lapsed: self.lapsed + other.lapsed,
            owed: self.owed + other.owed,
            due: self.due + other.due,
            repaid: self.repaid + other.repaid,
        }
    }
}

/// Which sums: of a round by its number, of what lies outside rounds, of a departure, of payments that no round has shared
/// yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Period {
    Round(i64),
    Outside,
    Departure,
    Waiting,
}

/// Sums by period. What was paid belongs to the round that shared it.
pub(super) fn by_period(legs: &[Leg], me: OrganisationId) -> BTreeMap<Period, Sums> {
    let mut periods: BTreeMap<Period, Sums> = BTreeMap::new();
    let (mut waiting, mut came) = (0_i64, false);
    for leg in legs {
        let Some((effect, amount)) = effect(leg, me) else { continue };
        if effect == Effect::Paid {
            waiting += amount;
            came = true;
            continue;
        }
        if matches!(effect, Effect::Elsewhere(_)) {
            continue;
        }
        let period = match leg.round {
            Some(round) => Period::Round(round),
            None if leg.kind == PostingKind::Departure || effect == Effect::Repaid => Period::Departure,
            None => Period::Outside,
        };
        let sums = periods.entry(period).or_default();
        sums.count(effect, amount);
        if effect == Effect::Shared {
            sums.paid += std::mem::take(&mut waiting);
        }
    }
    // What was paid and undone is nothing, and was there all the same.
    if waiting != 0 || came && periods.is_empty() {
        periods.entry(Period::Waiting).or_default().paid = waiting;
    }
    periods
}

/// What a posting did to an organisation: its transfers of one effect on one feature together, with what came of each
/// source. A departure takes from several features at once.
#[derive(Debug, Clone)]
pub(super) struct Move<'l> {
    pub(super) leg: &'l Leg,
    pub(super) effect: Effect,
    pub(super) amount: i64,
    /// `own`, `pooled` or `gift`, where the money bears a source.
    pub(super) sources: BTreeMap<&'l str, i64>,
}

/// The moves that transfers make, in their order.
pub(super) fn moves(legs: &[Leg], me: OrganisationId) -> Vec<Move<'_>> {
    let mut moves: Vec<Move<'_>> = Vec::new();
    for leg in legs {
        let Some((effect, amount)) = effect(leg, me) else { continue };
        let of_posting = moves.iter().rev().take_while(|one| one.leg.seq == leg.seq).count();
        let first = moves.len() - of_posting;
        let same = |one: &Move<'_>| one.effect == effect && one.leg.feature_id == leg.feature_id;
        let at = match (first..moves.len()).find(|at| same(&moves[*at])) {
            Some(at) => at,
            None => {
                moves.push(Move { leg, effect, amount: 0, sources: BTreeMap::new() });
                moves.len() - 1
            }
        };
        moves[at].amount += amount;
        if let Some(source) = &leg.source {
            *moves[at].sources.entry(source).or_default() += amount;
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use domain::Money;
    use domain::ids::FeatureId;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    const ME: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const OTHER: OrganisationId = OrganisationId(Uuid::from_u128(2));
    const MINE: Option<OrganisationId> = Some(ME);

    type Side = (AccountKind, Option<OrganisationId>);

    fn leg(kind: PostingKind, round: Option<i64>, from: Side, to: Side, amount: i64) -> Leg {
        Leg {
            seq: 1,
            position: 0,
            kind,
            effective_on: date(2026, 11, 3),
            round,
            feature_id: None,
            feature: None,
            title: None,
            from_kind: from.0,
            from_organisation: from.1,
            to_kind: to.0,
            to_organisation: to.1,
            source: None,
            amount: Money::new(amount),
            nature: None,
            reverses: None,
            reversed_by: None,
            invoice: None,
            refund: None,
            decision: None,
        }
    }

    #[test]
    fn what_was_paid_belongs_to_the_round_that_shared_it() {
        use AccountKind::{Allocated, Bank, Pool, Reserved, Share};
        let bank = (Bank, None);
        let (pool, share, allocated) = ((Pool, MINE), (Share, MINE), (Allocated, MINE));
        let legs = [
            leg(PostingKind::Contribution, None, bank, pool, 500),
            leg(PostingKind::Distribution, Some(1), pool, share, 300),
            leg(PostingKind::Distribution, Some(1), pool, (Share, Some(OTHER)), 200),
            leg(PostingKind::Allocate, Some(1), share, allocated, 250),
            leg(PostingKind::Unallocate, Some(1), allocated, share, 50),
            leg(PostingKind::Trigger, Some(1), allocated, (Reserved, MINE), 100),
            leg(PostingKind::Release, Some(1), allocated, share, 100),
            leg(PostingKind::Contribution, None, bank, pool, 70),
            leg(PostingKind::Reversal, None, pool, bank, 20),
        ];
        let periods = by_period(&legs, ME);
        let first = Sums { paid: 500, shared: 300, put: 200, returned: 100, ..Sums::default() };
        assert_eq!(periods.get(&Period::Round(1)), Some(&first));
        assert_eq!(periods.get(&Period::Waiting), Some(&Sums { paid: 50, ..Sums::default() }));
        assert_eq!(periods.len(), 2);
    }

    /// What a departure takes is of no round, and of nothing that was funded outside rounds; what goes elsewhere has no
    /// line of its own.
    #[test]
    fn a_departure_is_a_line_of_its_own() {
        use AccountKind::{PoolCommon, Reserved, Share};
        let legs = [
            leg(PostingKind::Departure, None, (Share, MINE), (PoolCommon, None), 300),
            leg(PostingKind::Release, None, (Reserved, MINE), (PoolCommon, None), 50),
        ];
        let periods = by_period(&legs, ME);
        assert_eq!(periods.keys().collect::<Vec<_>>(), [&Period::Departure]);
        assert_eq!(periods[&Period::Departure].lapsed, 300);
    }

    /// What is paid back isn't less paid in, and isn't left to the others.
    #[test]
    fn what_is_paid_back_has_its_own_sums() {
        use AccountKind::{Bank, InTransit, Pool, PoolCommon, RefundDue, Reserved, Share};
        let (pool, share, due) = ((Pool, MINE), (Share, MINE), (RefundDue, MINE));
        let legs = [
            leg(PostingKind::Contribution, None, (Bank, None), pool, 300),
            leg(PostingKind::Distribution, Some(1), pool, share, 300),
            leg(PostingKind::Contribution, None, (Bank, None), pool, 40),
            leg(PostingKind::Departure, None, share, due, 225),
            leg(PostingKind::Departure, None, share, (PoolCommon, None), 75),
            leg(PostingKind::Departure, None, pool, due, 40),
            leg(PostingKind::Release, Some(1), (Reserved, MINE), due, 9),
            leg(PostingKind::Payment, None, due, (InTransit, None), 265),
            leg(PostingKind::Payment, None, due, (InTransit, None), 9),
            leg(PostingKind::Bounce, None, (InTransit, None), due, 9),
        ];
        let sums = by_period(&legs, ME).into_values().fold(Sums::default(), Sums::and);
        let told =
            Sums { paid: 340, shared: 300, lapsed: 75, owed: 225, due: 49, repaid: 265, ..Sums::default() };
        assert_eq!(sums, told);
        assert_eq!(sums.to_repay(), 9, "what the account still holds");
    }

    #[test]
    fn a_payment_that_was_undone_stays_to_be_seen() {
        use AccountKind::{Bank, Pool};
        let (bank, pool) = ((Bank, None), (Pool, MINE));
        let undone = Leg { seq: 2, reverses: Some(1), ..leg(PostingKind::Reversal, None, pool, bank, 500) };
        let legs = [leg(PostingKind::Contribution, None, bank, pool, 500), undone];
        assert_eq!(by_period(&legs, ME).keys().collect::<Vec<_>>(), [&Period::Waiting]);
        let amounts: Vec<i64> = moves(&legs, ME).iter().map(|one| one.amount).collect();
        assert_eq!(amounts, [500, -500]);
    }

    /// Every transfer that touches a share is in one column, so that the columns explain what is left.
    #[test]
    fn the_columns_add_up_to_what_is_left() {
        use AccountKind::{Allocated, Gift, Pool, PoolCommon, RefundDue, Reserved, Share};
        let (share, allocated, reserved) = ((Share, MINE), (Allocated, MINE), (Reserved, MINE));
        let (pool, common, fund) = ((Pool, MINE), (PoolCommon, None), (Gift, None));
        let legs = [
            leg(PostingKind::Distribution, Some(1), pool, share, 300),
            leg(PostingKind::Distribution, Some(1), fund, share, 58),
            leg(PostingKind::Allocate, Some(1), share, allocated, 150),
            leg(PostingKind::Add, Some(1), share, reserved, 70),
            leg(PostingKind::Trigger, Some(1), allocated, reserved, 150),
            leg(PostingKind::Rebalance, Some(1), reserved, (Reserved, Some(OTHER)), 5),
            leg(PostingKind::Release, Some(1), reserved, share, 157),
            leg(PostingKind::Release, Some(1), reserved, fund, 58),
            leg(PostingKind::Lapse, Some(1), share, common, 20),
            leg(PostingKind::Lapse, Some(1), share, pool, 35),
            leg(PostingKind::Departure, None, share, (RefundDue, MINE), 11),
            leg(PostingKind::Departure, None, pool, common, 9),
        ];
        let of_share = |of: fn(&Leg) -> Side| {
            legs.iter().filter(|leg| of(leg) == share).map(|leg| leg.amount.minor()).sum::<i64>()
        };
        let left = of_share(|leg| (leg.to_kind, leg.to_organisation))
            - of_share(|leg| (leg.from_kind, leg.from_organisation));
        let sums = by_period(&legs, ME).into_values().fold(Sums::default(), Sums::and);
        assert_eq!(sums.shared - sums.put + sums.returned - sums.lapsed - sums.owed, left);
        assert_eq!(
            (sums.returned, sums.lapsed, sums.owed),
            (157, 55, 11),
            "a gift went back to its fund, not to the share"
        );
        let back = effect(&legs[7], ME);
        assert_eq!(back, Some((Effect::Elsewhere(Gift), 58)));
    }

    #[test]
    fn what_an_invoice_drew_and_gave_back_is_nothing() {
        use AccountKind::{Payable, Reserved};
        let (reserved, payable) = ((Reserved, MINE), (Payable, None));
        let drawn = effect(&leg(PostingKind::InvoiceDue, None, reserved, payable, 30), ME);
        let back = effect(&leg(PostingKind::InvoiceUndone, None, payable, reserved, 30), ME);
        assert_eq!(
            (drawn, back),
            (Some((Effect::Elsewhere(Payable), 30)), Some((Effect::Elsewhere(Payable), -30)))
        );
    }

    #[test]
    fn transfers_of_one_posting_are_one_move_with_its_sources() {
        use AccountKind::{Allocated, Share};
        let put = |seq, source: &str, amount| Leg {
            seq,
            source: Some(source.to_owned()),
            ..leg(PostingKind::Allocate, Some(1), (Share, MINE), (Allocated, MINE), amount)
        };
        let legs =
            [put(4, "own", 40), put(4, "pooled", 60), put(4, "gift", 5), put(4, "gift", 6), put(5, "own", 1)];
        let found = moves(&legs, ME);
        assert_eq!(found.iter().map(|one| (one.leg.seq, one.amount)).collect::<Vec<_>>(), [(4, 111), (5, 1)]);
        assert_eq!(found[0].sources, BTreeMap::from([("own", 40), ("pooled", 60), ("gift", 11)]));
    }

    #[test]
    fn a_departure_is_one_move_for_each_feature_that_it_takes_from() {
        use AccountKind::{Allocated, PoolCommon, Share};
        let back = |feature: u128, amount| Leg {
            feature_id: Some(FeatureId(Uuid::from_u128(feature))),
            ..leg(PostingKind::Departure, None, (Allocated, MINE), (Share, MINE), amount)
        };
        let gone = leg(PostingKind::Departure, None, (Share, MINE), (PoolCommon, None), 90);
        let legs = [back(1, 40), back(2, 20), back(1, 30), gone];
        let found = moves(&legs, ME).into_iter();
        let found: Vec<_> = found.map(|one| (one.effect, one.leg.feature_id, one.amount)).collect();
        let on = |feature| Some(FeatureId(Uuid::from_u128(feature)));
        let expected =
            [(Effect::Returned, on(1), 70), (Effect::Returned, on(2), 20), (Effect::Lapsed, None, 90)];
        assert_eq!(found, expected);
    }
}

//! What an organisation has left to put, and how its share was computed.

use app::rounds::page::MyShare;
use domain::Money;

use super::{Maker, Purse};
use crate::place::new_key;

impl Maker<'_> {
    pub(super) fn purse(&self, shuffled: bool) -> Option<Purse> {
        let share = self.share?;
        let left = share.holdings.left();
        // Who promised nothing, or whose share isn't given yet, has nothing to put.
        let later = self.desk.pot.fund_mode.is_promised() || !self.found.distributed;
        if later && left.is_zero() && share.holdings.on.is_empty() {
            return None;
        }
        Some(Purse {
            action: self.part("allocations"),
            key: new_key(self.state),
            organisation: self.t.typography(&share.name).into_owned(),
            left: match left < Money::ZERO {
                true => self.t.rounds_left_over(self.t.money(Money::ZERO.less(left), self.currency())),
                false => self.t.money(left, self.currency()),
            },
            left_minor: left.minor(),
            currency: self.currency().code().to_owned(),
            exponent: self.currency().exponent(),
            explained: self.explain_purse(share, left),
            earmarked: self
                .earmarked
                .iter()
                .map(|(title, amount)| {
                    self.t.rounds_earmarked(self.t.money(*amount, self.currency()), self.t.typography(title))
                })
                .collect(),
            shuffled,
        })
    }

    /// How the share was computed, in one line.
    fn explain_purse(&self, share: &MyShare, left: Money) -> String {
        let t = self.t;
        let money = |amount| t.money(amount, self.currency());
        let put = self.found.features.iter().map(|card| share.holdings.on(card.id));
        let put = Money::sum(put).unwrap_or_default();
        let nothing = left.is_zero() && put.is_zero();
        let Some(got) = share.got else {
            return match self.desk.pot.fund_mode.is_promised() {
                true => t.promise_round_purse(money(put)),
                false if !self.found.distributed => t.rounds_purse_waiting(money(put)),
                false if nothing => t.rounds_purse_nothing().to_owned(),
                false if !left.is_positive() => t.rounds_purse_all_put(money(put)),
                false => t.rounds_purse_carried(money(put)),
            };
        };
        let parts = [
            ("equal", got.equal_part),
            ("paid", got.paid_part),
            ("manual", got.manual_part),
            ("gift", got.gift_part),
        ];
        let sum = Money::sum(parts.iter().map(|(_, amount)| *amount)).unwrap_or_default();
        // Never below zero: what was spent for a feature isn't on it any more.
        let carried = left.plus(put).unwrap_or(left).less(sum);
        let total = sum.plus(carried).unwrap_or(sum);
        let named = parts.into_iter().chain([("carried", carried)]);
        let named = named.filter(|(_, amount)| amount.is_positive());
        let named: Vec<String> =
            named.map(|(part, amount)| t.rounds_part_of(money(amount), t.rounds_part(part))).collect();
        match &named[..] {
            [] if nothing => return t.rounds_purse_nothing().to_owned(),
            [] if !left.is_positive() => return t.rounds_purse_all_put(money(put)),
            [] => return t.rounds_purse_carried(money(put)),
            [one] => return t.rounds_purse_of_one(money(put), one),
            _ => {}
        }
        t.rounds_purse(money(put), named.join(" + "), money(total))
    }
}

//! Who put what on a feature.

use app::features::page::{Funder, Funders};

use super::Maker;

impl Maker<'_> {
    pub(super) fn funders_sentence(&self) -> String {
        let Funders { count, others, .. } = &self.page.funders;
        if let (Some(0), Some(had_put @ 1..)) = (*count, self.page.had_put) {
            return match self.is_promised() {
                true => self.t.promise_funders_returned(had_put),
                false => self.t.features_funders_returned(had_put),
            };
        }
        let count_of = |count| match self.is_promised() {
            true => self.t.promise_funders_count(count),
            false => self.t.features_funders_count(count),
        };
        match (count, others) {
            (Some(0), None) if self.page.feature.state.is_end() => String::new(),
            (Some(count), None) if *count == 0 || !self.desk.sight.veil.hides() => count_of(*count),
            (Some(count), _) => {
                format!("{} {}", count_of(*count), self.t.features_funders_hidden())
            }
            (None, _) => self.t.features_funders_untold().to_owned(),
        }
    }

    /// What is intended is in the gauge, and stands behind no name.
    pub(super) fn hoped_sentence(&self) -> String {
        let hoped = self.page.levels.hoped;
        match hoped.is_positive() {
            true => format!(" {}", self.t.promise_funders_hoped(self.t.money_short(hoped, self.currency()))),
            false => String::new(),
        }
    }

    pub(super) fn funders(&self) -> Vec<(String, String)> {
        let money = |amount| self.t.money_short(amount, self.currency());
        let Funders { named, others, decided, .. } = &self.page.funders;
        let name = |funder: &Funder| {
            let parts = funder.topped_up.iter();
            parts.fold(funder.name.clone(), |name, (decision, amount)| {
                self.t.features_funders_topped_up(money(*amount), name, *decision)
            })
        };
        let named = named.iter().map(|funder| (name(funder), money(funder.amount)));
        let others =
            others.map(|others| (self.t.features_funders_others(others.count), money(others.amount)));
        let by_decision = decided.amount.is_positive().then(|| {
            let numbers: Vec<String> = decided.decisions.iter().map(i64::to_string).collect();
            let name = self.t.features_funders_decided(numbers.len(), numbers.join(", "));
            (name, money(decided.amount))
        });
        named.chain(others).chain(by_decision).collect()
    }
}

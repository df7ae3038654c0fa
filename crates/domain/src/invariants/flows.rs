//! I7, I10, I11: where reserved money, members' own money and gifts came from and went.

use std::collections::{BTreeMap, HashMap};

use super::{
    Seen,
    facts::PotFacts,
    finding::{Finding, Gathered},
    ledger::Ledger,
};
use crate::{
    account::{Account, AccountKind as A, Book, Creditor, Source},
    ids::{FeatureId, GiftFundId, OrganisationId},
    posting::PostingKind,
};

/// What crossed the border of something.
#[derive(Clone, Copy, Default)]
struct Border {
    into: i128,
    out: i128,
}

/// An organisation's own money.
#[derive(Clone, Copy, Default)]
struct Own {
    contributed: i128,
    charged_back: i128,
    given: i128,
    drawn: i128,
    refunded: i128,
}

/// A gift fund's money.
#[derive(Clone, Copy, Default)]
struct Gifts {
    into: i128,
    drawn: i128,
    returned: i128,
}

/// Sums of flows.
#[derive(Default)]
pub(super) struct Flows {
    reserved: HashMap<FeatureId, Border>,
    own: BTreeMap<OrganisationId, Own>,
    gifts: HashMap<GiftFundId, Gifts>,
    borders: Gathered,
    refunds: Gathered,
    funds: Gathered,
}

impl Flows {
    pub(super) fn posting(&mut self, seen: &Seen<'_>) {
        if seen.posting.book == Book::Promises {
            return;
        }
        let place = || format!("{}:{}", seen.posting.book.as_str(), seen.posting.seq);
        for leg in &seen.legs {
            self.reserved(&leg.from, &leg.to, leg.amount, seen.acts_as, &place);
            self.own(&leg.from, &leg.to, leg.amount, seen.acts_as, &place);
            self.gift(&leg.from, &leg.to, leg.amount, seen.acts_as, &place);
        }
    }

    fn reserved(
        &mut self,
        from: &Account,
        to: &Account,
        amount: i128,
        acts_as: Option<PostingKind>,
        place: &impl Fn() -> String,
    ) {
        let feature = |account: &Account| account.feature().filter(|_| account.kind() == A::Reserved);
        let (left, entered) = (feature(from), feature(to));
        if left == entered {
            return;
        }
        if let Some(feature) = left {
            self.reserved.entry(feature).or_default().out += amount;
            let known = matches!(
                to.kind(),
                A::Payable
                    | A::HostFeeDue
                    | A::Share
                    | A::Pool
                    | A::PoolCommon
                    | A::Gift
                    | A::SetAside
                    | A::ReserveFund
                    | A::RefundDue
                    | A::Bank
                    | A::Adjustment
            );
            if !known {
                self.borders.breach(
                    place(),
                    "out of reserved",
                    "where reserved money goes",
                    to.kind().as_str(),
                );
            }
        }
        if let Some(feature) = entered.filter(|_| from.kind() == A::Payable) {
            // An invoice taken back was never drawn.
            self.reserved.entry(feature).or_default().out -= amount;
        } else if let Some(feature) = entered {
            self.reserved.entry(feature).or_default().into += amount;
            let known = matches!(
                from.kind(),
                A::Allocated | A::Share | A::Pool | A::Bank | A::Unattributed | A::Adjustment
            );
            // Gifts that a decision puts there.
            let decided = from.kind() == A::Gift && acts_as == Some(PostingKind::Add);
            if !known && !decided {
                self.borders.breach(
                    place(),
                    "into reserved",
                    "where reserved money is from",
                    from.kind().as_str(),
                );
            }
        }
    }

    fn own(
        &mut self,
        from: &Account,
        to: &Account,
        amount: i128,
        acts_as: Option<PostingKind>,
        place: &impl Fn() -> String,
    ) {
        let (left, entered) = (owner(from), owner(to));
        if let Account::RefundDue(Creditor::Organisation(creditor)) = to
            && left != Some(*creditor)
            && !matches!(from.kind(), A::InTransit | A::Bank)
        {
            self.refunds.breach(place(), "refund", "out of that organisation's own money", from);
        }
        if left == entered {
            return;
        }
        if let Some(organisation) = left {
            let own = self.own.entry(organisation).or_default();
            match to.kind() {
                A::RefundDue => own.refunded += amount,
                A::Bank if acts_as == Some(PostingKind::Chargeback) => own.charged_back += amount,
                A::Share | A::PoolCommon => own.given += amount,
                A::ReserveFund if from.kind() == A::Pool => own.given += amount,
                _ => own.drawn += amount,
            }
        }
        if let Some(organisation) = entered {
            let own = self.own.entry(organisation).or_default();
            match from.kind() {
                A::Bank if acts_as == Some(PostingKind::Recovery) => own.drawn -= amount,
                A::Bank | A::Unattributed | A::Adjustment => own.contributed += amount,
                A::Reserved if acts_as == Some(PostingKind::Rebalance) => own.drawn -= amount,
                A::Payable if acts_as == Some(PostingKind::InvoiceUndone) => own.drawn -= amount,
                // Others' money that turned into own would let it be refunded: it doesn't count, so that
                // spending or refunding it breaks the sum below.
                _ => self.refunds.breach(place(), "own money", "contributions", from),
            }
        }
    }

    fn gift(
        &mut self,
        from: &Account,
        to: &Account,
        amount: i128,
        acts_as: Option<PostingKind>,
        place: &impl Fn() -> String,
    ) {
        let fund = |account: &Account| account.gift_fund().filter(|_| account.kind() != A::RefundDue);
        let (left, entered) = (fund(from), fund(to));
        if left == entered {
            return;
        }
        if let Some(fund) = left {
            let sums = self.gifts.entry(fund).or_default();
            match to.kind() {
                A::RefundDue if to.gift_fund() == Some(fund) => sums.returned += amount,
                A::Payable | A::HostFeeDue | A::ReserveFund | A::Bank | A::Adjustment => sums.drawn += amount,
                A::Reserved if acts_as == Some(PostingKind::Rebalance) => sums.drawn += amount,
                _ => self.funds.breach(place(), "gift", "its own fund, or spent", to),
            }
        }
        if let Some(fund) = entered {
            let sums = self.gifts.entry(fund).or_default();
            match from.kind() {
                A::Bank if acts_as == Some(PostingKind::Recovery) => sums.drawn -= amount,
                A::Bank | A::Unattributed | A::Adjustment => sums.into += amount,
                A::Reserved if acts_as == Some(PostingKind::Rebalance) => sums.drawn -= amount,
                A::Payable if acts_as == Some(PostingKind::InvoiceUndone) => sums.drawn -= amount,
                _ => self.funds.breach(place(), "gift", "from a giver", from),
            }
        }
    }

    /// I7, I10, I11.
    pub(super) fn finish(&self, facts: &PotFacts, ledger: &Ledger) -> [Finding; 3] {
        [self.finish_reserved(ledger), self.finish_own(), self.finish_gifts(facts, ledger)]
    }

    fn finish_reserved(&self, ledger: &Ledger) -> Finding {
        let mut gathered = self.borders.clone();
        let mut held: HashMap<FeatureId, i128> = HashMap::new();
        for (account, entry) in ledger.accounts().filter(|(account, _)| account.kind() == A::Reserved) {
            if let Some(feature) = account.feature() {
                *held.entry(feature).or_default() += entry.stored();
            }
        }
        let mut total = Border::default();
        for (feature, border) in &self.reserved {
            gathered.checked();
            total.into += border.into;
            total.out += border.out;
            let held = held.remove(feature).unwrap_or(0);
            gathered.same(feature, "reserved", &(border.into - border.out), &held);
        }
        for (feature, held) in held {
            gathered.same(feature, "reserved", &0, &held);
        }
        gathered.finish("I7", [("into", total.into), ("out", total.out)])
    }

    fn finish_own(&self) -> Finding {
        let mut gathered = self.refunds.clone();
        let (mut contributed, mut refunded) = (0, 0);
        for (organisation, own) in &self.own {
            gathered.checked();
            contributed += own.contributed;
            refunded += own.refunded;
            let most = own.contributed - own.charged_back - own.given - own.drawn;
            if own.refunded > most {
                gathered.breach(organisation, "refunds", format!("at most {most}"), own.refunded);
            }
        }
        gathered.finish("I10", [("contributed", contributed), ("refunded", refunded)])
    }

    fn finish_gifts(&self, facts: &PotFacts, ledger: &Ledger) -> Finding {
        let mut gathered = self.funds.clone();
        let earmarks: HashMap<_, _> =
            facts.gift_funds.iter().filter_map(|fund| Some((fund.id, fund.earmark?))).collect();
        let mut held: HashMap<GiftFundId, i128> = HashMap::new();
        for (account, entry) in ledger.accounts().filter(|(account, _)| account.kind() != A::RefundDue) {
            let Some(fund) = account.gift_fund() else { continue };
            *held.entry(fund).or_default() += entry.stored();
            if let (Some(earmark), Some(feature)) = (earmarks.get(&fund), account.feature())
                && *earmark != feature
                && entry.touched()
            {
                gathered.breach(account, "earmark", earmark, feature);
            }
        }
        let mut total = Gifts::default();
        let mut all = 0;
        for (fund, sums) in &self.gifts {
            gathered.checked();
            total.into += sums.into;
            total.drawn += sums.drawn;
            total.returned += sums.returned;
            let held = held.remove(fund).unwrap_or(0);
            all += held;
            gathered.same(fund, "gifts held", &(sums.into - sums.drawn - sums.returned), &held);
        }
        for (fund, held) in held {
            gathered.same(fund, "gifts held", &0, &held);
        }
        let figures =
            [("given", total.into), ("held", all), ("drawn", total.drawn), ("returned", total.returned)];
        gathered.finish("I11", figures)
    }
}

/// The organisation whose own money lies on an account.
fn owner(account: &Account) -> Option<OrganisationId> {
    let own = account.kind() == A::Pool || account.source() == Some(Source::Own);
    account.organisation().filter(|_| own)
}

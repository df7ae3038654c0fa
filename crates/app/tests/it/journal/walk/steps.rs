//! What a step of each kind may move, out of what the pot holds.

use domain::{
    Account, AccountKind as A, Book, Creditor, Money, PostingKind as P, Source, Transfer,
    ids::{ContractId, FeatureId, MilestoneId, OrganisationId, SoftwareId},
};
use uuid::Uuid;

use super::{super::organisation, Walk};

impl Walk {
    /// Accounts of a book that hold something and are of a kind.
    fn with_money(&self, book: Book, kind: A) -> Vec<(Account, i64)> {
        let in_it = |((b, account), minor): (&(Book, Account), &i64)| {
            (*b == book && account.kind() == kind && *minor > 0).then_some((*account, *minor))
        };
        self.held.iter().filter_map(in_it).collect()
    }

    fn someone(&mut self) -> OrganisationId {
        let place = self.dice.below(self.town.members.len());
        organisation(&self.town, place)
    }

    /// A transfer out of an account of that kind to where `to` says.
    fn from(
        &mut self,
        book: Book,
        kind: A,
        to: impl Fn(&mut Self, Account) -> Option<Account>,
    ) -> Option<Vec<Transfer>> {
        let candidates = self.with_money(book, kind);
        let (from, minor) = self.dice.pick(&candidates)?;
        let to = to(self, from)?;
        let amount = self.dice.amount(minor);
        Some(vec![Transfer::new(from, to, Money::new(amount))])
    }

    fn funding(&self) -> Vec<FeatureId> {
        self.features.iter().copied().filter(|feature| !self.triggered.contains(feature)).collect()
    }

    /// The book and the transfers of a step, if the pot has what it needs.
    pub(super) fn step(&mut self, kind: P) -> Option<(Book, Vec<Transfer>)> {
        let bank = Account::Bank(self.bank);
        let cash = |transfers| (Book::Cash, transfers);
        let some = 1 + i64::try_from(self.dice.below(9_000)).unwrap();
        let paid = |to| Some(cash(vec![Transfer::new(bank, to, Money::new(some))]));
        let who = self.someone();
        let fund = self.fund;
        match kind {
            P::Contribution if self.dice.below(4) == 0 => paid(Account::Unattributed),
            P::Contribution | P::Recovery => paid(Account::Pool(who)),
            P::Gift => paid(Account::Gift(fund)),
            P::Attribute => self.from(Book::Cash, A::Unattributed, |_, _| Some(Account::Pool(who))).map(cash),
            P::Promise | P::Unpromise => self.promise(kind, who, some),
            P::Distribution => self.distribution(),
            P::Allocate | P::Unallocate | P::Trigger | P::Add | P::TopUp => self.allocation(kind),
            P::InvoiceDue | P::AdvanceDue | P::MilestoneDue => {
                let due = Account::Payable(ContractId(Uuid::from_u128(1)), MilestoneId(Uuid::from_u128(2)));
                self.from(Book::Cash, A::Reserved, |_, _| Some(due)).map(cash)
            }
            P::HostFee => self
                .from(Book::Cash, A::Reserved, |_, from| from.feature().map(Account::HostFeeDue))
                .map(cash),
            P::Rebalance => self.rebalance(),
            P::Release => self.release(),
            P::Lapse => self
                .from(Book::Cash, A::Share, |_, from| match from {
                    Account::Share(who, Source::Own) => Some(Account::Pool(who)),
                    Account::Share(_, Source::Pooled) => Some(Account::PoolCommon),
                    Account::Share(_, Source::Gift(fund)) => Some(Account::Gift(fund)),
                    _ => None,
                })
                .map(cash),
            P::Refund => self
                .from(Book::Cash, A::Pool, |_, from| {
                    from.organisation().map(|who| Account::RefundDue(Creditor::Organisation(who)))
                })
                .map(cash),
            P::GiftReturn => self
                .from(Book::Cash, A::Gift, |_, _| Some(Account::RefundDue(Creditor::GiftFund(fund))))
                .map(cash),
            P::BankFee if self.dice.below(3) == 0 => {
                Some(cash(vec![Transfer::new(Account::Loss, bank, Money::new(3))]))
            }
            P::BankFee => self.from(Book::Cash, A::ReserveFund, |_, _| Some(bank)).map(cash),
            P::Chargeback => self.from(Book::Cash, A::Pool, |_, _| Some(bank)).map(cash),
            P::Adjustment => self.from(Book::Cash, A::PoolCommon, |_, _| Some(Account::Adjustment)).map(cash),
            P::SetAsideUse => self
                .from(Book::Cash, A::SetAside, |_, from| match from {
                    Account::SetAside(_, who, source) => Some(Account::Share(who, source)),
                    _ => None,
                })
                .map(cash),
            P::ScopingGrant => {
                let due = Account::Payable(ContractId(Uuid::from_u128(3)), MilestoneId(Uuid::from_u128(4)));
                self.from(Book::Cash, A::ReserveFund, |_, _| Some(due)).map(cash)
            }
            _ => None,
        }
    }

    fn promise(&mut self, kind: P, who: OrganisationId, some: i64) -> Option<(Book, Vec<Transfer>)> {
        if kind == P::Promise && self.dice.below(2) == 0 {
            let promised = Transfer::new(Account::Promised(who), Account::Pool(who), Money::new(some));
            return Some((Book::Promises, vec![promised]));
        }
        let pools = |walk: &mut Self, to: fn(OrganisationId) -> Account| {
            walk.from(Book::Promises, A::Pool, |_, from| from.organisation().map(to))
        };
        let moved =
            if kind == P::Promise { pools(self, Account::Right) } else { pools(self, Account::Promised) };
        moved.map(|transfers| (Book::Promises, transfers))
    }

    /// Once in each book: everything that the pools hold.
    fn distribution(&mut self) -> Option<(Book, Vec<Transfer>)> {
        let mut transfers = Vec::new();
        for (from, minor) in self.with_money(Book::Cash, A::Pool) {
            let (Some(owner), other) = (from.organisation(), self.someone()) else { continue };
            let source = if owner == other { Source::Own } else { Source::Pooled };
            let kept = minor / 50;
            let parts = [
                (Account::ReserveFund, kept),
                (Account::Share(other, source), minor / 3),
                (Account::Share(owner, Source::Own), minor / 3),
            ];
            for (to, part) in parts {
                if part > 0 && !transfers.iter().any(|t: &Transfer| t.from == from && t.to == to) {
                    transfers.push(Transfer::new(from, to, Money::new(part)));
                }
            }
        }
        for (from, minor) in self.with_money(Book::Cash, A::Gift) {
            let who = self.someone();
            transfers.push(Transfer::new(
                from,
                Account::Share(who, Source::Gift(self.fund)),
                Money::new(minor),
            ));
        }
        (!transfers.is_empty()).then_some((Book::Cash, transfers))
    }

    fn allocation(&mut self, kind: P) -> Option<(Book, Vec<Transfer>)> {
        let book = if self.dice.below(3) == 0 { Book::Promises } else { Book::Cash };
        let free = self.funding();
        let feature = if matches!(kind, P::Allocate) {
            self.dice.pick(&free)?
        } else {
            self.dice.pick(&self.features.clone())?
        };
        let bound = self.triggered.contains(&feature);
        let (fund, decided) = (self.fund, self.dice.below(3) == 0);
        let moved = match (kind, book) {
            (P::Allocate, Book::Cash) if decided => {
                self.from(book, A::Gift, |_, _| Some(Account::GiftAllocated(feature, fund)))
            }
            (P::Add, Book::Cash) if bound && decided => {
                self.from(book, A::Gift, |_, _| Some(Account::GiftReserved(feature, fund)))
            }
            (P::Allocate, Book::Cash) => self.from(book, A::Share, |_, from| match from {
                Account::Share(who, source) => Some(Account::Allocated(who, feature, source)),
                _ => None,
            }),
            (P::Allocate, Book::Promises) => self.from(book, A::Right, |_, from| {
                from.organisation().map(|who| Account::RightAllocated(who, feature))
            }),
            (P::Unallocate, Book::Cash) => self.from(book, A::Allocated, |_, from| match from {
                Account::Allocated(who, _, source) => Some(Account::Share(who, source)),
                _ => None,
            }),
            (P::Unallocate, Book::Promises) => {
                self.from(book, A::RightAllocated, |_, from| from.organisation().map(Account::Right))
            }
            (P::Add | P::TopUp, Book::Cash) if bound => self.from(book, A::Share, |_, from| match from {
                Account::Share(who, source) => Some(Account::Reserved(who, feature, source)),
                _ => None,
            }),
            (P::Add, Book::Promises) if bound => {
                self.from(book, A::Right, |_, _| Some(Account::Triggered(feature)))
            }
            (P::Trigger, _) if !bound => return self.trigger(feature),
            _ => None,
        };
        moved.map(|transfers| (book, transfers))
    }

    /// Everything that lies on a feature in the book of cash is bound; one with promises waits for another day.
    fn trigger(&mut self, feature: FeatureId) -> Option<(Book, Vec<Transfer>)> {
        let promised = self.with_money(Book::Promises, A::RightAllocated);
        if promised.iter().any(|(account, _)| account.feature() == Some(feature)) {
            return None;
        }
        let lying = self.with_money(Book::Cash, A::Allocated);
        let lying = lying.into_iter().filter(|(account, _)| account.feature() == Some(feature));
        let bound: Vec<Transfer> = lying
            .filter_map(|(from, minor)| match from {
                Account::Allocated(who, feature, source) => {
                    Some(Transfer::new(from, Account::Reserved(who, feature, source), Money::new(minor)))
                }
                Account::GiftAllocated(feature, fund) => {
                    Some(Transfer::new(from, Account::GiftReserved(feature, fund), Money::new(minor)))
                }
                _ => None,
            })
            .collect();
        (!bound.is_empty()).then_some((Book::Cash, bound))
    }

    fn rebalance(&mut self) -> Option<(Book, Vec<Transfer>)> {
        let own: Vec<(Account, i64)> = self.with_money(Book::Cash, A::Reserved);
        let own: Vec<_> =
            own.into_iter().filter(|(account, _)| account.source() == Some(Source::Own)).collect();
        let (from, minor) = self.dice.pick(&own)?;
        let others: Vec<Account> = own
            .iter()
            .map(|(to, _)| *to)
            .filter(|to| *to != from && to.feature() == from.feature())
            .collect();
        let to = self.dice.pick(&others)?;
        let amount = self.dice.amount(minor);
        Some((Book::Cash, vec![Transfer::new(from, to, Money::new(amount))]))
    }

    fn release(&mut self) -> Option<(Book, Vec<Transfer>)> {
        if self.dice.below(3) == 0 {
            let back =
                self.from(Book::Promises, A::Triggered, |walk, _| Some(Account::Promised(walk.someone())));
            return back.map(|transfers| (Book::Promises, transfers));
        }
        let aside = self.dice.below(2) == 0;
        let back = self.from(Book::Cash, A::Reserved, |_, from| match from {
            Account::Reserved(who, _, source) if aside => {
                Some(Account::SetAside(SoftwareId(Uuid::from_u128(6)), who, source))
            }
            Account::Reserved(_, _, Source::Gift(fund)) | Account::GiftReserved(_, fund) => {
                Some(Account::Gift(fund))
            }
            Account::Reserved(who, _, source) => Some(Account::Share(who, source)),
            _ => None,
        });
        back.map(|transfers| (Book::Cash, transfers))
    }
}

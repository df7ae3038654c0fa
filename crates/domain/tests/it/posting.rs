//! Which transfer each kind of posting may hold: every pair of accounts against the table of the money rules.

use jiff::civil::date;
use popote_domain::{
    Account, AccountKind as K, Book, Creditor, Draft, Money, PostingKind as P, Source, Transfer,
    ids::{
        BankAccountId, ContractId, FeatureId, GiftFundId, MilestoneId, OrganisationId, PersonId, SoftwareId,
    },
    posting::{Actor, DraftError},
};
use uuid::Uuid;

/// What has to be true of the two accounts beside their kinds.
type Also = fn(&Account, &Account) -> bool;

fn any(_: &Account, _: &Account) -> bool {
    true
}
fn same_organisation(from: &Account, to: &Account) -> bool {
    from.organisation() == to.organisation()
}
fn same_feature(from: &Account, to: &Account) -> bool {
    from.feature() == to.feature()
}
fn same_holder(from: &Account, to: &Account) -> bool {
    same_organisation(from, to) && from.source() == to.source()
}
fn same_holder_and_feature(from: &Account, to: &Account) -> bool {
    same_holder(from, to) && same_feature(from, to)
}
fn same_fund(from: &Account, to: &Account) -> bool {
    from.gift_fund().is_some() && from.gift_fund() == to.gift_fund()
}
/// What a decision puts on a feature is in nobody's share.
fn same_fund_of_nobody(from: &Account, to: &Account) -> bool {
    same_fund(from, to) && to.organisation().is_none()
}
fn to_own(_: &Account, to: &Account) -> bool {
    to.source() == Some(Source::Own)
}
fn to_an_organisation(_: &Account, to: &Account) -> bool {
    to.organisation().is_some()
}
fn to_pooled(_: &Account, to: &Account) -> bool {
    to.source() == Some(Source::Pooled)
}
fn from_pooled(from: &Account, _: &Account) -> bool {
    from.source() == Some(Source::Pooled)
}
fn to_own_of_same(from: &Account, to: &Account) -> bool {
    same_organisation(from, to) && to_own(from, to)
}
fn own_of_same(from: &Account, to: &Account) -> bool {
    same_organisation(from, to) && from.source() == Some(Source::Own)
}
fn not_a_gift(from: &Account, _: &Account) -> bool {
    from.gift_fund().is_none()
}
fn of_order(from: &Account, to: &Account) -> bool {
    from.contract().map(|contract| contract.0) == to.feature().map(|feature| feature.0)
}
/// A pool gives `own` to its organisation and `pooled` to the others.
fn by_origin(from: &Account, to: &Account) -> bool {
    to.source() == Some(if same_organisation(from, to) { Source::Own } else { Source::Pooled })
}

fn table(kind: P) -> Vec<(K, K, Also)> {
    match kind {
        P::Contribution => vec![(K::Bank, K::Pool, any), (K::Bank, K::Unattributed, any)],
        P::Gift => vec![(K::Bank, K::Gift, any), (K::Bank, K::Unattributed, any)],
        P::Attribute => vec![
            (K::Unattributed, K::Pool, any),
            (K::Unattributed, K::Gift, any),
            (K::Unattributed, K::Reserved, to_own),
        ],
        P::Promise => {
            vec![(K::Promised, K::Pool, same_organisation), (K::Pool, K::Right, same_organisation)]
        }
        P::Unpromise => {
            vec![(K::Pool, K::Promised, same_organisation), (K::Right, K::Pool, same_organisation)]
        }
        P::Distribution => vec![
            (K::Pool, K::Share, by_origin),
            (K::PoolCommon, K::Share, to_pooled),
            (K::Gift, K::Share, same_fund),
            (K::Pool, K::ReserveFund, any),
            (K::PoolCommon, K::ReserveFund, any),
            (K::Pool, K::Right, any),
        ],
        P::Allocate => {
            vec![
                (K::Share, K::Allocated, same_holder),
                (K::Gift, K::Allocated, same_fund_of_nobody),
                (K::Right, K::RightAllocated, same_organisation),
            ]
        }
        P::Unallocate => {
            vec![(K::Allocated, K::Share, same_holder), (K::RightAllocated, K::Right, same_organisation)]
        }
        P::Trigger => vec![
            (K::Allocated, K::Reserved, same_holder_and_feature),
            (K::RightAllocated, K::Triggered, same_feature),
        ],
        P::Add => vec![
            (K::Share, K::Reserved, same_holder),
            (K::Gift, K::Reserved, same_fund_of_nobody),
            (K::Right, K::Triggered, any),
        ],
        P::CallPayment => vec![
            (K::Bank, K::Reserved, to_own),
            (K::Pool, K::Reserved, to_own_of_same),
            (K::Bank, K::Pool, any),
            (K::Bank, K::PoolCommon, any),
            (K::Bank, K::RefundDue, to_an_organisation),
        ],
        P::Rebalance => vec![(K::Reserved, K::Reserved, same_feature)],
        P::TopUp => vec![(K::Share, K::Reserved, same_holder)],
        P::AdvanceDue | P::MilestoneDue | P::InvoiceDue => vec![
            (K::Reserved, K::Payable, any),
            (K::Reserved, K::HostFeeDue, same_feature),
            (K::Reserved, K::ReserveFund, any),
        ],
        P::InvoiceUndone => vec![(K::Payable, K::Reserved, of_order)],
        P::HostFee => vec![(K::Reserved, K::HostFeeDue, same_feature)],
        P::Payment => vec![
            (K::Payable, K::InTransit, any),
            (K::HostFeeDue, K::InTransit, any),
            (K::RefundDue, K::InTransit, any),
        ],
        P::Settle => vec![(K::InTransit, K::Bank, any)],
        P::Bounce => [K::InTransit, K::Bank]
            .into_iter()
            .flat_map(|from| [K::Payable, K::HostFeeDue, K::RefundDue].map(|to| (from, to, any as Also)))
            .collect(),
        P::Recovery => {
            [K::Reserved, K::Share, K::Pool, K::Gift].map(|to| (K::Bank, to, any as Also)).to_vec()
        }
        P::SetAsideUse => vec![
            (K::SetAside, K::Payable, any),
            (K::SetAside, K::Share, same_holder),
            (K::SetAside, K::Pool, own_of_same),
            (K::SetAside, K::PoolCommon, not_a_gift),
            (K::SetAside, K::Gift, same_fund),
        ],
        P::ScopingGrant => vec![(K::ReserveFund, K::Payable, any), (K::Reserved, K::ReserveFund, any)],
        P::Release => release(),
        P::Lapse => vec![
            (K::Share, K::Pool, own_of_same),
            (K::Share, K::PoolCommon, from_pooled),
            (K::Share, K::Gift, same_fund),
            (K::Right, K::Promised, any),
        ],
        P::Departure => vec![
            (K::Allocated, K::Share, same_holder),
            (K::Share, K::RefundDue, own_of_same),
            (K::Pool, K::RefundDue, same_organisation),
            (K::Share, K::PoolCommon, not_a_gift),
            (K::Pool, K::PoolCommon, any),
            (K::Share, K::Gift, same_fund),
            (K::RightAllocated, K::Right, same_organisation),
            (K::Right, K::Promised, any),
            (K::Pool, K::Promised, same_organisation),
            (K::RightAllocated, K::Promised, any),
        ],
        P::Refund => {
            vec![(K::Pool, K::RefundDue, same_organisation), (K::Share, K::RefundDue, own_of_same)]
        }
        P::GiftReturn => vec![(K::Gift, K::RefundDue, same_fund)],
        P::Chargeback => [K::Pool, K::Share, K::Allocated, K::Reserved, K::ReserveFund, K::Loss]
            .map(|from| (from, K::Bank, any as Also))
            .to_vec(),
        P::BankFee => vec![(K::ReserveFund, K::Bank, any), (K::Loss, K::Bank, any)],
        P::Adjustment => K::ALL
            .into_iter()
            .flat_map(|(kind, _)| [(kind, K::Adjustment, any as Also), (K::Adjustment, kind, any)])
            .collect(),
        P::Reversal => vec![],
    }
}

fn release() -> Vec<(K, K, Also)> {
    let mut rows: Vec<(K, K, Also)> = vec![
        (K::Reserved, K::SetAside, same_holder),
        (K::RightAllocated, K::Right, same_organisation),
        (K::RightAllocated, K::Promised, any),
        (K::Pool, K::Promised, same_organisation),
        (K::Right, K::Promised, any),
        (K::Triggered, K::Promised, any),
    ];
    for from in [K::Allocated, K::Reserved] {
        rows.extend([
            (from, K::Share, same_holder as Also),
            (from, K::Gift, same_fund),
            (from, K::PoolCommon, not_a_gift),
            (from, K::Pool, own_of_same),
            (from, K::RefundDue, own_of_same),
        ]);
    }
    rows
}

fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

/// Two of everything: organisations, features, gift funds, and each source.
fn accounts() -> Vec<Account> {
    let mut all = vec![
        Account::Unattributed,
        Account::PoolCommon,
        Account::InTransit,
        Account::ReserveFund,
        Account::Loss,
        Account::Adjustment,
    ];
    for n in [1, 2] {
        let (organisation, feature): (OrganisationId, FeatureId) = (id(n), id(10 + n));
        let fund: GiftFundId = id(20 + n);
        all.extend([
            Account::Bank(id::<BankAccountId>(30 + n)),
            Account::Pool(organisation),
            Account::Gift(fund),
            Account::Payable(id::<ContractId>(40 + n), id::<MilestoneId>(50 + n)),
            Account::Payable(id::<ContractId>(10 + n), id::<MilestoneId>(70 + n)),
            Account::HostFeeDue(feature),
            Account::RefundDue(Creditor::Organisation(organisation)),
            Account::RefundDue(Creditor::GiftFund(fund)),
            Account::Promised(organisation),
            Account::Right(organisation),
            Account::Triggered(feature),
            Account::GiftAllocated(feature, fund),
            Account::GiftReserved(feature, fund),
        ]);
        for source in [Source::Own, Source::Pooled, Source::Gift(id(21)), Source::Gift(id(22))] {
            all.push(Account::Share(organisation, source));
            all.push(Account::SetAside(id::<SoftwareId>(60), organisation, source));
            for feature in [11, 12] {
                all.push(Account::Allocated(organisation, id(feature), source));
                all.push(Account::Reserved(organisation, id(feature), source));
            }
        }
        for feature in [11, 12] {
            all.push(Account::RightAllocated(organisation, id(feature)));
        }
    }
    all
}

#[test]
fn the_accounts_tried_are_of_every_kind() {
    for (kind, name) in K::ALL {
        assert!(accounts().iter().any(|account| account.kind() == kind), "{name}");
    }
}

#[test]
fn each_kind_takes_its_own_legs_and_refuses_every_other() {
    let accounts = accounts();
    for kind in P::ALL.iter().filter(|kind| **kind != P::Reversal) {
        let rows = table(*kind);
        for (from_kind, to_kind, also) in &rows {
            let met = accounts.iter().any(|from| {
                from.kind() == *from_kind && accounts.iter().any(|to| to.kind() == *to_kind && also(from, to))
            });
            assert!(met, "{}: no pair tries {} to {}", kind.as_str(), from_kind.as_str(), to_kind.as_str());
        }
        for from in &accounts {
            for to in &accounts {
                let listed =
                    rows.iter().any(|(f, t, also)| from.kind() == *f && to.kind() == *t && also(from, to));
                assert_eq!(kind.allows(from, to), listed, "{}: {from} to {to}", kind.as_str());
            }
        }
    }
}

#[test]
fn nobody_else_gets_the_money_of_a_member() {
    let (a, b, feature): (OrganisationId, OrganisationId, FeatureId) = (id(1), id(2), id(11));
    let fund: GiftFundId = id(21);
    let refused = [
        (P::Refund, Account::Share(a, Source::Pooled), Account::RefundDue(Creditor::Organisation(a))),
        (P::Refund, Account::Share(a, Source::Gift(fund)), Account::RefundDue(Creditor::Organisation(a))),
        (P::Refund, Account::Pool(a), Account::RefundDue(Creditor::Organisation(b))),
        (P::Distribution, Account::Pool(a), Account::Share(b, Source::Own)),
        (P::Allocate, Account::Share(a, Source::Own), Account::Allocated(b, feature, Source::Own)),
        (P::Allocate, Account::Share(a, Source::Pooled), Account::Allocated(a, feature, Source::Own)),
        (P::Unallocate, Account::Allocated(a, feature, Source::Gift(fund)), Account::Share(a, Source::Own)),
        (P::Lapse, Account::Share(a, Source::Pooled), Account::Pool(a)),
        (P::Release, Account::Reserved(a, feature, Source::Gift(fund)), Account::Pool(a)),
        (P::GiftReturn, Account::Gift(fund), Account::RefundDue(Creditor::Organisation(a))),
    ];
    for (kind, from, to) in refused {
        assert!(!kind.allows(&from, &to), "{}: {from} to {to}", kind.as_str());
    }
}

fn draft(book: Book, kind: P, transfers: Vec<Transfer>) -> Draft {
    Draft::new(kind, book, date(2026, 3, 1), Actor::Person(PersonId(Uuid::nil())), transfers)
}

#[test]
fn a_draft_that_is_no_posting_is_refused() {
    let (bank, pool) = (Account::Bank(id(30)), Account::Pool(id(1)));
    let paid = |minor| Transfer::new(bank, pool, Money::new(minor));
    let check = |book, transfers| draft(book, P::Contribution, transfers).check();
    assert_eq!(check(Book::Cash, vec![paid(1), paid(i64::MAX - 1)]), Ok(()));
    assert_eq!(check(Book::Cash, vec![]), Err(DraftError::Empty));
    assert_eq!(check(Book::Cash, vec![paid(1), paid(0)]), Err(DraftError::Amount(1)));
    assert_eq!(check(Book::Cash, vec![paid(-1)]), Err(DraftError::Amount(0)));
    assert_eq!(check(Book::Cash, vec![paid(1), paid(i64::MAX)]), Err(DraftError::Overflow));
    assert_eq!(check(Book::Promises, vec![paid(1)]), Err(DraftError::CrossesBooks(0)));
    let back = Transfer::new(pool, bank, Money::new(1));
    assert!(matches!(
        check(Book::Cash, vec![back]),
        Err(DraftError::Leg { at: 0, from: "pool", to: "bank", .. })
    ));
    let still = Transfer::new(pool, pool, Money::new(1));
    assert_eq!(draft(Book::Cash, P::Adjustment, vec![still]).check(), Err(DraftError::SameAccount(0)));
}

#[test]
fn only_six_kinds_are_reversed_by_hand() {
    let reversible: Vec<_> =
        P::ALL.iter().filter(|kind| kind.is_reversible()).map(|kind| kind.as_str()).collect();
    assert_eq!(reversible, ["contribution", "gift", "attribute", "distribution", "bank_fee", "adjustment"]);
}

#[test]
fn names_of_kinds_are_read_back() {
    for kind in P::ALL {
        assert_eq!(P::parse(kind.as_str()), Some(*kind));
    }
    assert_eq!(P::parse("transfer"), None);
}

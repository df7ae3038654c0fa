//! Keys, books and bounds of accounts.

use popote_domain::{
    Account, AccountKind, Book, Creditor, Source,
    ids::{ContractId, FeatureId, GiftFundId, MilestoneId, OrganisationId, SoftwareId},
};
use proptest::prelude::*;
use uuid::Uuid;

fn id<T: From<Uuid> + std::fmt::Debug>() -> impl Strategy<Value = T> + Clone {
    any::<u128>().prop_map(|bits| T::from(Uuid::from_u128(bits)))
}

fn source() -> impl Strategy<Value = Source> + Clone {
    prop_oneof![Just(Source::Own), Just(Source::Pooled), id::<GiftFundId>().prop_map(Source::Gift)]
}

fn account() -> impl Strategy<Value = Account> {
    let member = (id::<OrganisationId>(), id::<FeatureId>(), source());
    prop_oneof![
        id().prop_map(Account::Bank),
        prop_oneof![
            Just(Account::Unattributed),
            Just(Account::PoolCommon),
            Just(Account::InTransit),
            Just(Account::ReserveFund),
            Just(Account::Loss),
            Just(Account::Adjustment),
        ],
        id().prop_map(Account::Pool),
        id().prop_map(Account::Gift),
        (id(), source()).prop_map(|(organisation, source)| Account::Share(organisation, source)),
        member.clone().prop_map(|(o, f, s)| Account::Allocated(o, f, s)),
        member.prop_map(|(o, f, s)| Account::Reserved(o, f, s)),
        (id(), id()).prop_map(|(feature, fund)| Account::GiftAllocated(feature, fund)),
        (id(), id()).prop_map(|(feature, fund)| Account::GiftReserved(feature, fund)),
        (id::<ContractId>(), id::<MilestoneId>()).prop_map(|(c, m)| Account::Payable(c, m)),
        id().prop_map(Account::HostFeeDue),
        id().prop_map(|organisation| Account::RefundDue(Creditor::Organisation(organisation))),
        id().prop_map(|fund| Account::RefundDue(Creditor::GiftFund(fund))),
        (id::<SoftwareId>(), id(), source()).prop_map(|(w, o, s)| Account::SetAside(w, o, s)),
        id().prop_map(Account::Promised),
        id().prop_map(Account::Right),
        (id(), id()).prop_map(|(organisation, feature)| Account::RightAllocated(organisation, feature)),
        id().prop_map(Account::Triggered),
    ]
}

proptest! {
    #[test]
    fn every_key_is_read_back(account in account()) {
        prop_assert_eq!(Account::parse(&account.to_string()), Some(account));
    }

    #[test]
    fn what_is_no_key_is_refused(text in "[a-z_/0-9-]{0,80}") {
        if let Some(account) = Account::parse(&text) {
            prop_assert_eq!(account.to_string(), text);
        }
    }

    #[test]
    fn a_longer_or_shorter_key_is_no_key(account in account()) {
        let key = account.to_string();
        prop_assert_eq!(Account::parse(&format!("{key}/")), None);
        prop_assert_eq!(Account::parse(&format!("{key}/own")), None);
        prop_assert_eq!(Account::parse(&key[1..]), None);
        prop_assert_eq!(Account::parse(&key.to_uppercase()), None);
    }

    #[test]
    fn an_account_has_what_its_key_says(account in account()) {
        let key = account.to_string();
        let says = |id: Option<String>| id.is_none_or(|id| key.contains(&id));
        prop_assert!(key.starts_with(account.kind().as_str()));
        prop_assert!(says(account.organisation().map(|id| id.to_string())));
        prop_assert!(says(account.feature().map(|id| id.to_string())));
        prop_assert!(says(account.gift_fund().map(|id| id.to_string())));
        prop_assert!(says(account.source().map(|source| source.to_string())));
    }
}

#[test]
fn kinds_have_one_name_each() {
    for (kind, name) in AccountKind::ALL {
        assert_eq!(AccountKind::parse(name), Some(kind));
        assert_eq!(kind.as_str(), name);
    }
    assert_eq!(AccountKind::parse("wallet"), None);
}

#[test]
fn only_pools_stand_in_both_books() {
    for (kind, name) in AccountKind::ALL {
        let books = Book::ALL.into_iter().filter(|book| kind.in_book(*book)).count();
        assert_eq!(books, if kind == AccountKind::Pool { 2 } else { 1 }, "{name}");
    }
}

#[test]
fn only_four_kinds_may_be_negative_and_three_never_positive() {
    use AccountKind::{Adjustment, Bank, Loss, Promised};
    for (kind, name) in AccountKind::ALL {
        let (least, most) = kind.bounds();
        assert_eq!(least < 0, matches!(kind, Bank | Loss | Adjustment | Promised), "{name}");
        assert_eq!(most == 0, matches!(kind, Bank | Loss | Promised), "{name}");
        assert_eq!(least == 0 && most > 0, kind.is_entitlement(), "{name}");
    }
}

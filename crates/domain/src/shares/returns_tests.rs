use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{ids::GiftFundId, posting::PostingKind};

fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

fn fund(number: u128) -> GiftFundId {
    GiftFundId(Uuid::from_u128(number))
}

fn feature() -> FeatureId {
    FeatureId(Uuid::from_u128(900))
}

fn bound(number: u128, source: Source, amount: i64) -> Bound {
    Bound { whose: Whose::Of(organisation(number), source), amount: Money::new(amount) }
}

fn three_sources() -> [Bound; 3] {
    [bound(1, Source::Own, 30), bound(1, Source::Pooled, 20), bound(1, Source::Gift(fund(7)), 10)]
}

#[track_caller]
fn check_destinations(kind: PostingKind, transfers: &[Transfer], expected: &[Account]) {
    assert_eq!(transfers.iter().map(|transfer| transfer.to).collect::<Vec<_>>(), expected);
    for transfer in transfers {
        assert!(kind.allows(&transfer.from, &transfer.to), "{kind:?} {} → {}", transfer.from, transfer.to);
    }
}

#[test]
fn before_the_trigger_everything_goes_back_to_the_same_share() {
    let transfers = release_all(feature(), Trigger::Before, &three_sources(), &Departed::new());
    let share = |source| Account::Share(organisation(1), source);
    let expected = [share(Source::Own), share(Source::Pooled), share(Source::Gift(fund(7)))];
    check_destinations(PostingKind::Release, &transfers, &expected);
}

#[test]
fn after_the_trigger_gifts_go_to_their_fund() {
    let transfers = release_all(feature(), Trigger::After, &three_sources(), &Departed::new());
    let share = |source| Account::Share(organisation(1), source);
    let expected = [share(Source::Own), share(Source::Pooled), Account::Gift(fund(7))];
    check_destinations(PostingKind::Release, &transfers, &expected);
}

#[test]
fn what_a_decision_put_is_nobody_s_and_goes_to_its_fund() {
    let held = [Bound { whose: Whose::Decided(fund(7)), amount: Money::new(10) }];
    for (when, from) in [
        (Trigger::Before, Account::GiftAllocated(feature(), fund(7))),
        (Trigger::After, Account::GiftReserved(feature(), fund(7))),
        (Trigger::AfterPledge, Account::GiftReserved(feature(), fund(7))),
    ] {
        let transfers = release_all(feature(), when, &held, &Departed::new());
        check_destinations(PostingKind::Release, &transfers, &[Account::Gift(fund(7))]);
        assert_eq!((transfers[0].from, Whose::on(&from)), (from, Some(Whose::Decided(fund(7)))));
        assert_eq!(from.organisation(), None);
    }
}

#[test]
fn what_belonged_to_one_that_left_goes_to_its_successor() {
    for when in [Trigger::Before, Trigger::After] {
        let departed = Departed::from([(organisation(1), OwnGoesTo::PoolCommon)]);
        let transfers = release_all(feature(), when, &three_sources(), &departed);
        let expected = [Account::PoolCommon, Account::PoolCommon, Account::Gift(fund(7))];
        check_destinations(PostingKind::Release, &transfers, &expected);

        let departed = Departed::from([(organisation(1), OwnGoesTo::RefundDue)]);
        let transfers = release_all(feature(), when, &three_sources(), &departed);
        let owed = Account::RefundDue(Creditor::Organisation(organisation(1)));
        check_destinations(
            PostingKind::Release,
            &transfers,
            &[owed, Account::PoolCommon, Account::Gift(fund(7))],
        );
    }
}

#[test]
fn an_unused_share_lapses_by_source() {
    let unused = [(Source::Own, 30), (Source::Pooled, 20), (Source::Gift(fund(7)), 10)]
        .map(|(source, amount)| Unused { organisation: organisation(1), source, amount: Money::new(amount) });
    let transfers = lapse(&unused);
    let expected = [Account::Pool(organisation(1)), Account::PoolCommon, Account::Gift(fund(7))];
    check_destinations(PostingKind::Lapse, &transfers, &expected);
}

#[test]
fn a_surplus_returns_in_proportion_to_what_is_left() {
    let held = [bound(1, Source::Own, 600), bound(2, Source::Own, 300), bound(3, Source::Own, 100)];
    let transfers = release_part(feature(), &held, &Departed::new(), Money::new(101), 1).unwrap();
    let amounts: Vec<i64> = transfers.iter().map(|transfer| transfer.amount.minor()).collect();
    assert_eq!(amounts, [61, 30, 10]);
    assert!(release_part(feature(), &held, &Departed::new(), Money::new(1_001), 1).is_err());
}

#[test]
fn only_own_money_is_owed_to_one_that_leaves() {
    let held = |source, amount| Held { source, earmark: None, amount: Money::new(amount) };
    let leaving = Leaving {
        pool: Money::new(5),
        share: vec![held(Source::Own, 30), held(Source::Pooled, 20), held(Source::Gift(fund(7)), 10)],
        allocated: vec![(feature(), held(Source::Own, 3)), (feature(), held(Source::Gift(fund(8)), 2))],
    };
    let transfers = depart(organisation(1), &leaving, OwnGoesTo::RefundDue).unwrap();
    for transfer in &transfers {
        assert!(PostingKind::Departure.allows(&transfer.from, &transfer.to), "{transfer:?}");
    }
    let into = |account: Account| -> i64 {
        transfers.iter().filter(|t| t.to == account).map(|t| t.amount.minor()).sum()
    };
    assert_eq!(into(Account::RefundDue(Creditor::Organisation(organisation(1)))), 38);
    assert_eq!(into(Account::PoolCommon), 20);
    assert_eq!(into(Account::Gift(fund(7))), 10);
    assert_eq!(into(Account::Gift(fund(8))), 2);

    let transfers = depart(organisation(1), &leaving, OwnGoesTo::PoolCommon).unwrap();
    assert!(transfers.iter().all(|transfer| !matches!(transfer.to, Account::RefundDue(_))));
}

proptest! {
    #[test]
    fn parts_of_a_draw_add_up_and_never_exceed_what_is_left(
        amounts in prop::collection::vec(0_i64..1_000_000, 1..12),
        share in 0_i64..1_000,
        turn in 0_u64..40,
    ) {
        let held: Vec<Bound> =
            amounts.iter().zip(1..).map(|(amount, number)| bound(number, Source::Own, *amount)).collect();
        let total: i64 = amounts.iter().sum();
        let amount = total * share / 1_000;
        let parts = pro_rata(&held, Money::new(amount), turn).unwrap();
        prop_assert_eq!(parts.iter().map(|part| part.minor()).sum::<i64>(), amount);
        for (part, bound) in parts.iter().zip(&held) {
            prop_assert!(*part <= bound.amount);
        }
    }
}

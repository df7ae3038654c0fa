use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{posting::PostingKind, shares::rule::Period};

fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

fn fund(number: u128) -> GiftFundId {
    GiftFundId(Uuid::from_u128(number))
}

fn member(number: u128, paid: i64) -> Member {
    Member { organisation: organisation(number), paid: Money::new(paid), manual: Money::ZERO }
}

fn inputs(sharing: Sharing, pools: &[(u128, i64)], members: &[Member]) -> Inputs {
    Inputs {
        pot: PotId(Uuid::from_u128(1)),
        round: RoundId(Uuid::from_u128(2)),
        turn: 1,
        rule: ShareRule { sharing, gifts: GiftSharing::Equal },
        reserve: 0,
        amount: None,
        pools: pools.iter().map(|(number, amount)| (organisation(*number), Money::new(*amount))).collect(),
        common: Money::ZERO,
        gifts: Vec::new(),
        members: members.to_vec(),
    }
}

fn year() -> Period {
    Period { from: date(2025, 1, 1), to: date(2025, 12, 31) }
}

fn totals(plan: &Plan) -> Vec<i64> {
    plan.shares.iter().map(|share| share.total().minor()).collect()
}

fn into(plan: &Plan, account: Account) -> i64 {
    plan.transfers.iter().filter(|t| t.to == account).map(|t| t.amount.minor()).sum()
}

#[test]
fn equal_shares_take_first_from_their_own_pool() {
    let plan = plan(&inputs(Sharing::Equal, &[(1, 20_000)], &[member(1, 0), member(2, 0)])).unwrap();
    assert_eq!(totals(&plan), [10_000, 10_000]);
    assert_eq!(into(&plan, Account::Share(organisation(1), Source::Own)), 10_000);
    assert_eq!(into(&plan, Account::Share(organisation(1), Source::Pooled)), 0);
    assert_eq!(into(&plan, Account::Share(organisation(2), Source::Pooled)), 10_000);
}

#[test]
fn shares_follow_what_each_paid() {
    let members = [member(1, 100), member(2, 300), member(3, 0)];
    let plan = plan(&inputs(Sharing::Paid(year()), &[(1, 100), (2, 300)], &members)).unwrap();
    assert_eq!(totals(&plan), [100, 300, 0]);
    assert!(plan.transfers.iter().all(|t| t.to.source() == Some(Source::Own)));
}

#[test]
fn a_mixed_rule_says_both_parts() {
    let members = [member(1, 100), member(2, 300)];
    let sharing = Sharing::Mixed { equal: 5_000, period: year() };
    let plan = plan(&inputs(sharing, &[(1, 100), (2, 300)], &members)).unwrap();
    assert_eq!((plan.shares[0].equal, plan.shares[0].paid), (Money::new(100), Money::new(50)));
    assert_eq!((plan.shares[1].equal, plan.shares[1].paid), (Money::new(100), Money::new(150)));
    assert_eq!(totals(&plan), [150, 250]);
}

#[test]
fn amounts_by_hand_come_out_whole_after_the_reserve() {
    let mut members = [member(1, 0), member(2, 0)];
    members[0].manual = Money::new(333);
    members[1].manual = Money::new(1);
    let mut inputs = inputs(Sharing::Manual, &[(1, 500), (3, 500)], &members);
    inputs.reserve = 30;
    let plan = plan(&inputs).unwrap();
    assert_eq!(totals(&plan), [333, 1]);
    assert_eq!(plan.reserve, Money::new(10));
    assert_eq!(plan.from_pools, Money::new(344));
    assert_eq!(into(&plan, Account::ReserveFund), 10);
}

#[test]
fn the_reserve_takes_from_pools_and_never_from_gifts() {
    let mut inputs = inputs(Sharing::Equal, &[(1, 1_000)], &[member(1, 0), member(2, 0)]);
    inputs.reserve = 100;
    inputs.gifts = vec![GiftPart { fund: fund(5), amount: Money::new(1_000), only: None }];
    let plan = plan(&inputs).unwrap();
    assert_eq!(plan.reserve, Money::new(100));
    assert_eq!(totals(&plan), [950, 950]);
    assert_eq!(into(&plan, Account::Share(organisation(2), Source::Gift(fund(5)))), 500);
}

#[test]
fn an_earmarked_gift_goes_to_the_organisation_that_leads_its_feature() {
    let mut inputs = inputs(Sharing::Equal, &[], &[member(1, 0), member(2, 0)]);
    inputs.gifts = vec![GiftPart { fund: fund(5), amount: Money::new(700), only: Some(organisation(2)) }];
    assert_eq!(totals(&plan(&inputs).unwrap()), [0, 700]);
    inputs.gifts[0].only = Some(organisation(9));
    assert_eq!(plan(&inputs), Err(DistributionRefusal::NotAMember(organisation(9))));
}

#[test]
fn the_common_pool_and_those_who_left_feed_pooled_shares() {
    let mut inputs = inputs(Sharing::Equal, &[(9, 30)], &[member(1, 0), member(2, 0)]);
    inputs.common = Money::new(70);
    let plan = plan(&inputs).unwrap();
    assert_eq!(totals(&plan), [50, 50]);
    assert!(plan.transfers.iter().all(|t| t.to.source() == Some(Source::Pooled)));
}

#[test]
fn ties_of_a_cent_take_turns_by_round() {
    let members = [member(1, 0), member(2, 0), member(3, 0)];
    let mut first = inputs(Sharing::Equal, &[(1, 100)], &members);
    assert_eq!(totals(&plan(&first).unwrap()), [33, 34, 33]);
    first.turn = 2;
    assert_eq!(totals(&plan(&first).unwrap()), [33, 33, 34]);
}

#[test]
fn what_cannot_be_distributed_says_why() {
    use DistributionRefusal as R;
    let member = member(1, 0);
    assert_eq!(plan(&inputs(Sharing::Equal, &[(1, 10)], &[])), Err(R::NoMember));
    assert_eq!(plan(&inputs(Sharing::Equal, &[], &[member])), Err(R::NothingToShare));
    assert_eq!(plan(&inputs(Sharing::Paid(year()), &[(1, 10)], &[member])), Err(R::NobodyPaid));
    let mut too_much = inputs(Sharing::Equal, &[(1, 10)], &[member]);
    too_much.amount = Some(Money::new(11));
    let more = R::MoreThanPresent { present: Money::new(10), wanted: Money::new(11) };
    assert_eq!(plan(&too_much), Err(more));
    let by_hand = Member { manual: Money::new(11), ..member };
    assert_eq!(plan(&inputs(Sharing::Manual, &[(1, 10)], &[by_hand])), Err(more));
}

#[test]
fn what_can_be_shared_by_hand_takes_everything() {
    let by_hand = |present, per_mille, asked| {
        let member = Member { manual: Money::new(asked), ..member(1, 0) };
        let mut inputs = inputs(Sharing::Manual, &[(1, present)], &[member]);
        inputs.reserve = per_mille;
        plan(&inputs)
    };
    for (present, per_mille) in [(30_000, 20), (1, 20), (99, 20), (100, 999), (12_345, 7), (12_345, 0)] {
        let all = Money::new(present);
        let reserve = reserve_of(all, per_mille);
        let asked = present - reserve.minor();
        let planned = by_hand(present, per_mille, asked).unwrap();
        assert_eq!((planned.from_pools, planned.reserve), (all, reserve), "{present} {per_mille}");
        let more = by_hand(present, per_mille, asked + 1).unwrap_err();
        let (asked, to_share) = (Money::new(asked + 1), Money::new(asked));
        let expected = match reserve.is_positive() {
            true => DistributionRefusal::MoreThanToShare { asked, to_share, reserve },
            false => DistributionRefusal::MoreThanPresent { present: all, wanted: asked },
        };
        assert_eq!(more, expected, "{present} {per_mille}");
    }
    // A reserve of less than a cent adds nothing to what was typed.
    let far = by_hand(40, 20, 100).unwrap_err();
    assert_eq!(
        far,
        DistributionRefusal::MoreThanPresent { present: Money::new(40), wanted: Money::new(100) }
    );
    // Less than all takes the least that leaves it whole.
    let some = by_hand(30_000, 20, 9_800).unwrap();
    assert_eq!((some.from_pools, some.reserve), (Money::new(9_999), Money::new(199)));
}

#[test]
fn the_digest_changes_with_each_input() {
    let base = inputs(Sharing::Equal, &[(1, 10), (2, 20)], &[member(1, 0), member(2, 0)]);
    let of = |change: &dyn Fn(&mut Inputs)| {
        let mut changed = base.clone();
        change(&mut changed);
        digest_of(&changed)
    };
    let same = digest_of(&base);
    assert_eq!(of(&|_| {}), same);
    let changes: [&dyn Fn(&mut Inputs); 9] = [
        &|i| i.common = Money::new(1),
        &|i| i.turn = 2,
        &|i| i.reserve = 1,
        &|i| i.amount = Some(Money::new(30)),
        &|i| i.rule.gifts = GiftSharing::ByRule,
        &|i| i.round = RoundId(Uuid::from_u128(3)),
        &|i| *i.pools.get_mut(&organisation(2)).unwrap() = Money::new(21),
        &|i| i.gifts.push(GiftPart { fund: fund(5), amount: Money::new(1), only: None }),
        &|i| i.members[1].paid = Money::new(1),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        assert_ne!(of(change), same, "change {at}");
    }
}

/// Amounts of members' pools, those of others, common, gifts, payments, and the choices of the rule.
fn any_inputs() -> impl Strategy<Value = Inputs> {
    let pools = prop::collection::vec(0_i64..2_000_000, 1..9);
    let gifts = prop::collection::vec(1_i64..300_000, 0..3);
    (pools, gifts, 0_i64..500_000, 0_u32..=200, 0_u32..4, any::<bool>(), 1_usize..9, 0_u64..30, 0_i64..=1_000)
        .prop_map(|(pools, gifts, common, reserve, kind, by_rule, members, turn, part)| {
            let sharing = match kind {
                0 => Sharing::Equal,
                1 => Sharing::Paid(year()),
                2 => Sharing::Mixed { equal: 3_333, period: year() },
                _ => Sharing::Manual,
            };
            let present: i64 = pools.iter().sum::<i64>() + common;
            let members: Vec<Member> = (0..members)
                .map(|at| Member {
                    organisation: organisation(2 * at as u128 + 2),
                    paid: Money::new(1 + 7_919 * i64::try_from(at).unwrap()),
                    manual: Money::new(present / 12 * i64::try_from(at % 2).unwrap()),
                })
                .collect();
            Inputs {
                pot: PotId(Uuid::from_u128(1)),
                round: RoundId(Uuid::from_u128(2)),
                turn,
                rule: ShareRule {
                    sharing,
                    gifts: if by_rule { GiftSharing::ByRule } else { GiftSharing::Equal },
                },
                reserve,
                amount: (part < 900).then(|| Money::new(present / 1_000 * part)),
                pools: pools
                    .iter()
                    .enumerate()
                    .filter(|(_, amount)| **amount > 0)
                    .map(|(at, amount)| (organisation(at as u128 + 2), Money::new(*amount)))
                    .collect(),
                common: Money::new(common),
                gifts: gifts
                    .iter()
                    .enumerate()
                    .map(|(at, amount)| GiftPart {
                        fund: fund(at as u128),
                        amount: Money::new(*amount),
                        only: None,
                    })
                    .collect(),
                members,
            }
        })
}

proptest! {
    #[test]
    fn a_plan_is_exact(inputs in any_inputs()) {
        let Ok(plan) = plan(&inputs) else { return Ok(()) };
        let mut given: BTreeMap<Account, i64> = BTreeMap::new();
        let mut pooled = 0;
        for transfer in &plan.transfers {
            prop_assert!(transfer.amount.is_positive());
            prop_assert!(PostingKind::Distribution.allows(&transfer.from, &transfer.to), "{transfer:?}");
            *given.entry(transfer.from).or_default() += transfer.amount.minor();
            pooled += usize::from(transfer.to.source() == Some(Source::Pooled));
        }
        prop_assert!(pooled < inputs.pools.len() + 1 + inputs.members.len());
        let mut pools = 0;
        for (account, amount) in &given {
            match account {
                Account::Pool(organisation) => {
                    prop_assert!(*amount <= inputs.pools[organisation].minor());
                    pools += amount;
                }
                Account::PoolCommon => {
                    prop_assert!(*amount <= inputs.common.minor());
                    pools += amount;
                }
                Account::Gift(fund) => {
                    let held = inputs.gifts.iter().find(|gift| gift.fund == *fund).unwrap();
                    prop_assert_eq!(*amount, held.amount.minor());
                }
                other => prop_assert!(false, "{} gives", other),
            }
        }
        prop_assert_eq!(pools, plan.from_pools.minor());
        prop_assert_eq!(into(&plan, Account::ReserveFund), plan.reserve.minor());
        for share in &plan.shares {
            let by_rule = share.equal.minor() + share.paid.minor() + share.manual.minor();
            prop_assert_eq!(by_rule, share.own.minor() + share.pooled.minor());
            prop_assert_eq!(into(&plan, Account::Share(share.organisation, Source::Own)), share.own.minor());
            prop_assert_eq!(into(&plan, Account::Share(share.organisation, Source::Pooled)), share.pooled.minor());
        }
        let shared: i64 = totals(&plan).iter().sum();
        prop_assert_eq!(shared + plan.reserve.minor(), plan.from_pools.minor() + plan.from_gifts.minor());
    }

    #[test]
    fn nobody_gets_others_money_while_its_own_would_do(inputs in any_inputs()) {
        let Ok(plan) = plan(&inputs) else { return Ok(()) };
        for share in plan.shares.iter().filter(|share| share.pooled.is_positive()) {
            let gives: i64 = plan
                .transfers
                .iter()
                .filter(|t| t.from == Account::Pool(share.organisation) && t.to != Account::ReserveFund)
                .map(|t| t.amount.minor())
                .sum();
            prop_assert_eq!(gives, share.own.minor());
        }
    }
}

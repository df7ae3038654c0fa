//! Rounds and their distribution: the preview equals the result, once, from money that is there.

use domain::{
    Account, Source,
    actor::NotAllowed,
    decisions::DecisionRefusal,
    features::FundingTerms,
    input::FieldRule,
    posting::Reason,
    rounds::RoundRefusal,
    rules::{SurplusUse, TriggerMode},
    shares::{DistributionRefusal, GiftSharing, Period, Sharing},
};
use popote_app::{
    closings::{close_round_as_seen, close_round_early, close_round_if_due},
    decisions::{NewDecision, record},
    journal::{NewReversal, reverse_entry},
    rounds::{change_round, closing::if_closed, page::my_share, withdraw_round},
};
use testkit::{World, on_both};

use super::*;

async fn one_round_is_open_at_a_time(world: World) {
    let town = town(&world).await;
    let first = open(&world, &town, plan()).await;
    let second = open_round(&world.context, town.admin(), town.pot, plan()).await;
    assert!(matches!(second, Err(Failure::Refused(RoundRefusal::OneIsOpen { number: 1 }))), "{second:?}");
    world.wait_until("2025-05-01T00:00:00+02:00");
    // Its last day is over, but its close hasn't run: nothing may begin before.
    let later = RoundPlan { opens_on: date(2025, 5, 1), closes_on: date(2025, 6, 30), ..plan() };
    let early = open_round(&world.context, town.admin(), town.pot, later.clone()).await;
    assert!(matches!(early, Err(Failure::Refused(RoundRefusal::OneIsOpen { .. }))));
    close_round_if_due(&world.context, first).await.unwrap();
    let second = open_round(&world.context, town.admin(), town.pot, later).await.unwrap();
    assert_eq!(second.number, 2);
}

async fn a_round_asks_for_a_role_and_for_sound_dates(world: World) {
    let town = town(&world).await;
    let member = open_round(&world.context, town.member(1).acting(), town.pot, plan()).await;
    assert!(matches!(member, Err(Failure::NotAllowed(NotAllowed::Missing(_)))));
    let past = RoundPlan { closes_on: date(2025, 3, 2), ..plan() };
    let done = open_round(&world.context, town.admin(), town.pot, past).await;
    let Err(Failure::Invalid(errors)) = done else { panic!("{done:?}") };
    assert_eq!((errors[0].field.as_str(), &errors[0].rule), ("closes_on", &FieldRule::InThePast));
    let twice = town.admin().with_key("open");
    let first = open_round(&world.context, twice.clone(), town.pot, plan()).await.unwrap();
    assert_eq!(open_round(&world.context, twice, town.pot, plan()).await.unwrap(), first);
}

async fn the_preview_equals_the_result_under_every_rule(world: World) {
    let year = Period { from: date(2025, 1, 1), to: date(2025, 12, 31) };
    let rules =
        [Sharing::Equal, Sharing::Paid(year), Sharing::Mixed { equal: 3_333, period: year }, Sharing::Manual];
    for (at, sharing) in rules.into_iter().enumerate() {
        let names = ["Yaal", "ARN", "Girofle"].map(|name| format!("{name} {at}"));
        let town = world.collective(plain(), &[&names[0], &names[1], &names[2]]).await;
        give(&world, &town, 1_000, None).await;
        for (place, cents) in [(0, 10_001), (1, 333), (2, 77)] {
            pay(&world, &town, place, cents).await;
        }
        let rule = ShareRule { sharing, gifts: GiftSharing::ByRule };
        let round = open(&world, &town, RoundPlan { rule, ..plan() }).await;
        let mut asked = Asked::default();
        if sharing == Sharing::Manual {
            asked.manual.insert(town.member(2).organisation, Money::new(5_000));
            asked.manual.insert(town.member(1).organisation, Money::new(1));
        }
        let preview = preview_distribution(&world.context, &town.admin(), round, &asked).await.unwrap();
        let before = accounts(&world, &town).await;
        let mut expected = before.clone();
        for transfer in &preview.plan.transfers {
            *expected.entry(transfer.from).or_default() -= transfer.amount.minor();
            *expected.entry(transfer.to).or_default() += transfer.amount.minor();
        }
        expected.retain(|_, amount| *amount != 0);
        let digest = preview.digest();
        let done = confirm_distribution(&world.context, town.admin(), round, asked, &digest).await.unwrap();
        assert!(matches!(done, Confirmed::Posted(_)));
        assert_eq!(accounts(&world, &town).await, expected, "{sharing:?}");
        let mut tx = world.read().await;
        for share in &preview.plan.shares {
            let (pot, organisation) = (town.pot, share.organisation);
            let mine = my_share(&mut tx, (pot, domain::pot::FundMode::Own), Some(round), organisation)
                .await
                .unwrap();
            let kept = mine.got.unwrap();
            assert_eq!(
                (kept.equal_part, kept.paid_part, kept.manual_part, kept.gift_part),
                (share.equal, share.paid, share.manual, share.gift)
            );
        }
        drop(tx);
        sound(&world, &town).await;
    }
}

async fn what_changed_since_the_preview_writes_nothing_and_shows_a_new_one(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 9_000).await;
    let round = open(&world, &town, plan()).await;
    let asked = Asked::default();
    let old = preview_distribution(&world.context, &town.admin(), round, &asked).await.unwrap();
    pay(&world, &town, 1, 3_000).await;
    let before = accounts(&world, &town).await;
    let digest = old.digest();
    let confirm =
        || confirm_distribution(&world.context, town.admin().with_key("go"), round, asked.clone(), &digest);
    let Confirmed::Changed(fresh) = confirm().await.unwrap() else { panic!("posted") };
    assert_eq!(accounts(&world, &town).await, before);
    assert_eq!(fresh.plan.from_pools, Money::new(12_000));
    // The answer that wrote nothing doesn't use the key up for the same request.
    let Confirmed::Changed(_) = confirm().await.unwrap() else { panic!("posted") };
    let done =
        confirm_distribution(&world.context, town.admin(), round, asked.clone(), &fresh.digest()).await;
    assert!(matches!(done.unwrap(), Confirmed::Posted(_)));
    assert_eq!(held(&world, &town, Account::Share(town.member(2).organisation, Source::Pooled)).await, 4_000);
    sound(&world, &town).await;
}

async fn a_round_is_distributed_once(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 1_000).await;
    pay(&world, &town, 0, 500).await;
    let again = preview_distribution(&world.context, &town.admin(), round, &Asked::default()).await;
    assert!(matches!(again, Err(Failure::Refused(DistributionRefusal::AlreadyDistributed))));
    let again = confirm_distribution(&world.context, town.admin(), round, Asked::default(), "").await;
    assert!(matches!(again, Err(Failure::Refused(DistributionRefusal::AlreadyDistributed))));
    // What came in since waits for the next round.
    assert_eq!(held(&world, &town, Account::Pool(town.member(0).organisation)).await, 500);
    let outsider =
        preview_distribution(&world.context, &town.member(1).acting(), round, &Asked::default()).await;
    assert!(matches!(outsider, Err(Failure::NotAllowed(NotAllowed::Missing(_)))));
}

/// Counter-example 1 of the audit: keys never block an act, and a reversed act may be done anew.
async fn a_wrong_distribution_is_reversed_and_done_anew(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 1_000).await;
    }
    let round = open(&world, &town, plan()).await;
    let member = town.member(1).acting().with_key("distribution");
    let id = propose(&world, &town, 50_000, 60_000).await;
    save_allocations(&world.context, member, town.pot, vec![]).await.unwrap();
    let post = || async {
        let preview =
            preview_distribution(&world.context, &town.admin(), round, &Asked::default()).await.unwrap();
        let acting = town.admin().with_key("distribution");
        let digest = preview.digest();
        match confirm_distribution(&world.context, acting, round, Asked::default(), &digest).await.unwrap() {
            Confirmed::Posted(recorded) => recorded,
            Confirmed::Changed(_) => panic!("changed"),
        }
    };
    let first = post().await;
    let reverse = |posting| {
        let new =
            NewReversal { posting, reason: Reason::WrongDistribution, note: "mauvais fichier".to_owned() };
        reverse_entry(&world.context, town.admin(), town.pot, new)
    };
    reverse(first.posting).await.unwrap();
    assert_eq!(held(&world, &town, Account::Pool(town.member(0).organisation)).await, 1_000);
    sound(&world, &town).await;
    // Nothing is shared any more: its cap is put right before it is shared anew.
    let capped = |cap| RoundPlan { cap: Some(Money::new(cap)), ..plan() };
    change_round(&world.context, town.admin(), round, None, capped(90_000), false).await.unwrap();
    let asked = Asked { amount: Some(Money::new(1_500)), ..Asked::default() };
    let preview = preview_distribution(&world.context, &town.admin(), round, &asked).await.unwrap();
    let digest = preview.digest();
    let second = confirm_distribution(&world.context, town.admin(), round, asked, &digest).await.unwrap();
    let Confirmed::Posted(second) = second else { panic!("changed") };
    assert_ne!(second.posting, first.posting);
    let late = change_round(&world.context, town.admin(), round, None, capped(80_000), false).await;
    assert!(matches!(late, Err(Failure::Refused(RoundRefusal::Begun))), "it is shared again: {late:?}");
    // Once somebody has allocated, it stands.
    put(&world, &town, 0, &[wish(id, 0, 1)]).await.unwrap();
    assert!(matches!(reverse(second.posting).await, Err(Failure::Refused(_))));
    sound(&world, &town).await;
}

async fn a_round_whose_sharing_was_undone_is_withdrawn(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 1_000).await;
    let round = open(&world, &town, plan()).await;
    let acting = || town.admin().with_key("distribution");
    let preview = preview_distribution(&world.context, &acting(), round, &Asked::default()).await.unwrap();
    let done =
        confirm_distribution(&world.context, acting(), round, Asked::default(), &preview.digest()).await;
    let Confirmed::Posted(shared) = done.unwrap() else { panic!("changed") };
    let early = withdraw_round(&world.context, town.admin(), round).await;
    assert!(matches!(early, Err(Failure::Refused(RoundRefusal::Begun))), "{early:?}");
    let (reason, note) = (Reason::WrongDistribution, "mauvaise période".to_owned());
    let new = NewReversal { posting: shared.posting, reason, note };
    reverse_entry(&world.context, town.admin(), town.pot, new).await.unwrap();
    withdraw_round(&world.context, town.admin(), round).await.unwrap();
    sound(&world, &town).await;
}

async fn refusals_of_a_distribution_say_why(world: World) {
    use DistributionRefusal as R;
    let town = town(&world).await;
    let stranger = world.collective(plain(), &["Ailleurs"]).await.member(0).organisation;
    let round = open(&world, &town, plan()).await;
    let why = |asked: Asked| {
        let (world, town) = (&world, &town);
        async move {
            match preview_distribution(&world.context, &town.admin(), round, &asked).await {
                Err(Failure::Refused(why)) => why,
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(why(Asked::default()).await, R::NothingToShare);
    pay(&world, &town, 0, 1_000).await;
    let more = Asked { amount: Some(Money::new(1_001)), ..Asked::default() };
    let present = Money::new(1_000);
    assert_eq!(why(more).await, R::MoreThanPresent { present, wanted: Money::new(1_001) });
    let manual = Asked { manual: [(stranger, Money::new(1))].into(), ..Asked::default() };
    assert_eq!(why(manual).await, R::NotAMember(stranger));
    world.wait_until("2025-05-01T00:00:00+02:00");
    assert_eq!(why(Asked::default()).await, R::RoundNotOpen);
}

async fn the_rules_reserve_takes_its_line_from_pools(world: World) {
    let rules = Rules { reserve_per_mille: 20, ..plain() };
    let town = world.collective(rules, &["Yaal Coop", "ARN"]).await;
    give(&world, &town, 1_000, None).await;
    pay(&world, &town, 0, 10_000).await;
    let round = open(&world, &town, plan()).await;
    distribute(&world, &town, round).await;
    assert_eq!(held(&world, &town, Account::ReserveFund).await, 200);
    assert_eq!(held(&world, &town, Account::Share(town.member(0).organisation, Source::Own)).await, 4_900);
    sound(&world, &town).await;
}

async fn a_round_closes_early_only_by_a_decision(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 1_000).await;
    let decision = decide(&world, &town, None).await;
    let unknown = DecisionId(uuid::Uuid::nil());
    let done = close_round_early(&world.context, town.admin(), round, unknown).await;
    assert!(matches!(done, Err(Failure::Invalid(_))));
    let done = close_round_early(&world.context, town.member(1).acting(), round, decision).await;
    assert!(matches!(done, Err(Failure::NotAllowed(_))));
    close_round_early(&world.context, town.admin(), round, decision).await.unwrap();
    let again = close_round_early(&world.context, town.admin(), round, decision).await;
    assert!(matches!(again, Err(Failure::Refused(RoundRefusal::AlreadyClosed))));
    // What was decided before the next one opened was about something else.
    let next = open(&world, &town, RoundPlan { opens_on: date(2025, 3, 10), ..plan() }).await;
    let earlier = close_round_early(&world.context, town.admin(), next, decision).await;
    let Err(Failure::Invalid(errors)) = earlier else { panic!("{earlier:?}") };
    assert_eq!(errors[0].rule, FieldRule::Before(date(2025, 3, 10)));
}

async fn nobody_closes_a_round_early_by_her_own_word(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 1_000).await;
    world.wait(domain::people::WAITING);
    let written = async |place: usize| {
        let new = NewDecision {
            title: "Terminer le tour".into(),
            outcome: "oui".into(),
            decided_on: date(2025, 3, 5),
            departs: None,
        };
        record(&world.context, town.member(place).acting(), town.id, new).await.unwrap().0
    };
    let own = written(0).await;
    let alone = close_round_early(&world.context, town.admin(), round, own).await;
    assert!(
        matches!(alone, Err(Failure::Refused(RoundRefusal::Decision(DecisionRefusal::ByOnePerson)))),
        "{alone:?}"
    );
    let about = decide(&world, &town, Some(1)).await;
    let other = close_round_early(&world.context, town.admin(), round, about).await;
    assert!(matches!(other, Err(Failure::Invalid(_))), "it decides a departure: {other:?}");
    let by_other = written(1).await;
    for by_token in [1_i64, 0] {
        world
            .sql(move |tx| {
                Box::pin(async move {
                    let sql = "UPDATE decision SET by_token = $2 WHERE id = $1";
                    store::execute(tx, sql, store::args![by_other, by_token]).await?;
                    let written = store::seals::Written::Only(&["by_token"]);
                    store::seals::renew_one(tx, store::seals::Kind::Decision, by_other, written).await
                })
            })
            .await;
        if by_token == 1 {
            let by_program = close_round_early(&world.context, town.admin(), round, by_other).await;
            assert!(
                matches!(
                    by_program,
                    Err(Failure::Refused(RoundRefusal::Decision(DecisionRefusal::ByOnePerson)))
                ),
                "{by_program:?}"
            );
        }
    }
    close_round_early(&world.context, town.admin(), round, by_other).await.unwrap();
    // It has ended that round, and ends no other.
    let next = open(&world, &town, plan()).await;
    let again = close_round_early(&world.context, town.admin(), next, by_other).await;
    assert!(
        matches!(again, Err(Failure::Refused(RoundRefusal::Decision(DecisionRefusal::Used(_))))),
        "{again:?}"
    );
    let new = written(1).await;
    close_round_early(&world.context, town.admin(), next, new).await.unwrap();
}

async fn whoever_is_alone_closes_a_round_early_by_her_own_word(world: World) {
    let town = world.collective(plain(), &["Yaal Coop"]).await;
    let round = open(&world, &town, plan()).await;
    world.wait(domain::people::WAITING);
    let new = NewDecision {
        title: "Terminer le tour".into(),
        outcome: "oui".into(),
        decided_on: date(2025, 3, 5),
        departs: None,
    };
    let own = record(&world.context, town.admin(), town.id, new).await.unwrap().0;
    close_round_early(&world.context, town.admin(), round, own).await.unwrap();
}

/// What is said before a close is what it leads to, whether shares stay or lapse; what was seen must still hold.
async fn a_close_leads_to_what_was_seen(world: World) {
    for lapse in [false, true] {
        let names = ["Yaal", "ARN", "Girofle"].map(|name| format!("{name} {lapse}"));
        let town = world.collective(plain(), &[&names[0], &names[1], &names[2]]).await;
        give(&world, &town, 300, None).await;
        for place in 0..3 {
            pay(&world, &town, place, 1_000).await;
        }
        let round = open(&world, &town, RoundPlan { lapse, ..plan() }).await;
        distribute(&world, &town, round).await;
        let short = propose(&world, &town, 50_000, 60_000).await;
        for (place, cents) in [(0, 1_100), (1, 250)] {
            let wish = Wish { feature: short, seen: Money::ZERO, wanted: Money::new(cents) };
            put(&world, &town, place, &[wish]).await.unwrap();
        }
        let decision = decide(&world, &town, None).await;
        let mut tx = world.read().await;
        let row = store::rounds::by_id(&mut tx, round).await.unwrap().unwrap();
        let pot = store::pots::by_id(&mut tx, town.pot).await.unwrap().unwrap();
        let seen = if_closed(&mut tx, &pot, &row).await.unwrap();
        drop(tx);
        assert_eq!((seen.funded.len(), seen.short.len()), (0, 1));
        assert_eq!(seen.short[0].missing, Money::new(50_000 - 1_350));
        assert_eq!(seen.left.len(), 3);
        let acting = || town.admin();
        let old = close_round_as_seen(&world.context, acting(), round, decision, "other").await;
        assert!(matches!(old, Err(Failure::Refused(RoundRefusal::Changed))), "{old:?}");
        let digest = seen.digest();
        let done = close_round_as_seen(&world.context, acting(), round, decision, &digest).await.unwrap();
        assert_eq!((done.triggered, done.not_funded), (0, 1));
        assert_eq!((done.returned, Money::new(1_350)), (seen.returning.organisations, done.returned));
        let left = if lapse { done.lapsed } else { done.carried };
        assert_eq!(left, seen.left_sum());
        let sum = seen.lapses.map(|lapses| Money::sum([lapses.own, lapses.common, lapses.funds]).unwrap());
        assert_eq!(sum, lapse.then_some(done.lapsed));
        sound(&world, &town).await;
    }
}

/// A later end changes no other term of a feature: money lies there under the rules of the day when it was put there.
async fn a_feature_that_ends_later_with_its_round_keeps_its_rules(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 9_000, 20_000).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    let rules = Rules {
        trigger: TriggerMode::Confirmed { days: 7 },
        surplus: vec![SurplusUse::Maintenance, SurplusUse::Back],
        ..plain()
    };
    popote_app::rules::change(&world.context, town.admin(), town.id, 1, rules, "essai").await.unwrap();
    let terms = async |version: i64| {
        let found = store::features::terms::at(&mut world.read().await, id, version).await.unwrap();
        found.unwrap()
    };
    let (before, first) = (feature(&world, id).await, terms(1).await);
    let later = date(2025, 5, 31);
    let plan = RoundPlan { closes_on: later, ..plan() };
    change_round(&world.context, town.admin(), round, None, plan, true).await.unwrap();
    let row = feature(&world, id).await;
    assert_eq!((before.rules_version, row.terms_version, row.version), (1, 2, before.version + 1));
    let moved = Feature { closing_on: later, terms_version: 2, version: row.version, ..before };
    assert_eq!(row, moved);
    assert_eq!(terms(2).await, FundingTerms { version: 2, closing_on: later, ..first });
    put(&world, &town, 2, &[wish(id, 0, 4_000)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building, "no steward is asked");
    sound(&world, &town).await;
}

on_both![
    a_feature_that_ends_later_with_its_round_keeps_its_rules,
    a_close_leads_to_what_was_seen,
    one_round_is_open_at_a_time,
    a_round_asks_for_a_role_and_for_sound_dates,
    the_preview_equals_the_result_under_every_rule,
    what_changed_since_the_preview_writes_nothing_and_shows_a_new_one,
    a_round_is_distributed_once,
    a_wrong_distribution_is_reversed_and_done_anew,
    a_round_whose_sharing_was_undone_is_withdrawn,
    refusals_of_a_distribution_say_why,
    the_rules_reserve_takes_its_line_from_pools,
    a_round_closes_early_only_by_a_decision,
    nobody_closes_a_round_early_by_her_own_word,
    whoever_is_alone_closes_a_round_early_by_her_own_word,
];

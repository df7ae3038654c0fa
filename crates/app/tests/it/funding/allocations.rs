//! Putting a share on features and taking it back; everything that is refused.

use domain::{
    Account, Money, Source,
    actor::{MandateKind, NotAllowed},
    features::{AllocationRefusal, FundingRefusal, State},
    ids::FeatureId,
    input::FieldRule,
};
use popote_app::{Acting, Failure, allocations::save_allocations};
use store::mandates::MandateRow;
use testkit::{World, on_both};

use super::*;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "an answer is checked once")]
fn refused(done: Result<Saved, Failure<AllocationRefusal>>, feature: FeatureId, why: FundingRefusal) {
    let Err(Failure::Refused(refusal)) = done else { panic!("{done:?}") };
    assert_eq!(refusal, AllocationRefusal { feature, why });
}

async fn a_share_goes_to_features_and_comes_back(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let first = propose(&world, &town, 50_000, 60_000).await;
    let second = propose(&world, &town, 50_000, 60_000).await;
    let saved = put(&world, &town, 0, &[wish(first, 0, 4_000), wish(second, 0, 5_000)]).await.unwrap();
    assert_eq!(saved, Saved { left: Money::new(1_000), ..Saved::default() });
    let yaal = town.member(0).organisation;
    assert_eq!(held(&world, &town, Account::Allocated(yaal, first, Source::Own)).await, 4_000);
    assert_eq!(feature(&world, second).await.allocated_total, Money::new(5_000));

    // One save moves money from one feature to the other, though the share alone would not do.
    let saved = put(&world, &town, 0, &[wish(first, 4_000, 9_000), wish(second, 5_000, 0)]).await.unwrap();
    assert_eq!(saved.left, Money::new(1_000));
    assert_eq!(feature(&world, first).await.allocated_total, Money::new(9_000));
    assert_eq!(feature(&world, second).await.allocated_total, Money::ZERO);
    sound(&world, &town).await;
}

async fn overspending_is_refused_with_what_is_left(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    let other = propose(&world, &town, 50_000, 60_000).await;
    put(&world, &town, 0, &[wish(id, 0, 9_000)]).await.unwrap();
    let (left, wanted) = (Money::new(1_000), Money::new(1_001));
    let done = put(&world, &town, 0, &[wish(id, 9_000, 10_001)]).await;
    refused(done, id, FundingRefusal::NotEnoughShare { left, wanted });

    // The second line is refused: the first isn't written either.
    let done = put(&world, &town, 0, &[wish(id, 9_000, 9_500), wish(other, 0, 501)]).await;
    let why = FundingRefusal::NotEnoughShare { left: Money::new(500), wanted: Money::new(501) };
    refused(done, other, why);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(9_000));
    sound(&world, &town).await;
}

async fn overfunding_is_refused_with_the_room(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 9_000, 12_000).await;
    put(&world, &town, 0, &[wish(id, 0, 8_000)]).await.unwrap();
    let done = put(&world, &town, 1, &[wish(id, 0, 4_001)]).await;
    refused(done, id, FundingRefusal::OverMaximum { room: Money::new(4_000), wanted: Money::new(4_001) });
    put(&world, &town, 1, &[wish(id, 0, 4_000)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    sound(&world, &town).await;
}

async fn one_organisation_puts_no_more_than_the_cap(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 10_000).await;
    }
    let round = open(&world, &town, RoundPlan { cap: Some(Money::new(3_000)), ..plan() }).await;
    distribute(&world, &town, round).await;
    let id = propose(&world, &town, 6_000, 10_000).await;
    let over = |wanted| FundingRefusal::OverCap { cap: Money::new(3_000), wanted: Money::new(wanted) };
    refused(put(&world, &town, 0, &[wish(id, 0, 3_001)]).await, id, over(3_001));
    put(&world, &town, 0, &[wish(id, 0, 3_000)]).await.unwrap();
    put(&world, &town, 1, &[wish(id, 0, 3_000)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    // Additions count too.
    refused(put(&world, &town, 0, &[wish(id, 3_000, 3_001)]).await, id, over(3_001));
}

async fn what_was_seen_must_still_be_so(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    put(&world, &town, 0, &[wish(id, 0, 1_000)]).await.unwrap();
    let done = put(&world, &town, 0, &[wish(id, 0, 2_000)]).await;
    refused(done, id, FundingRefusal::Stale { seen: Money::ZERO, now: Money::new(1_000) });
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(1_000));
}

async fn sending_it_twice_saves_it_once(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    let save = |key: &str, wanted| {
        let acting = town.member(0).acting().with_key(key);
        save_allocations(&world.context, acting, town.pot, vec![wish(id, 0, wanted)])
    };
    let first = save("click", 1_000).await.unwrap();
    assert_eq!(save("click", 1_000).await.unwrap(), first);
    assert!(matches!(save("click", 2_000).await, Err(Failure::KeyReused)));
    assert!(matches!(save("other", 1_000).await, Err(Failure::Refused(_))), "another key is another request");
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(1_000));
    // The same key of somebody else is their own.
    let acting = town.member(2).acting().with_key("click");
    save_allocations(&world.context, acting, town.pot, vec![wish(id, 0, 500)]).await.unwrap();
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(1_500));
}

async fn only_a_mandate_in_force_moves_an_organisations_money(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    let (yaal, arn) = (town.member(0), town.member(1));
    let save = |acting: Acting| save_allocations(&world.context, acting, town.pot, vec![wish(id, 0, 100)]);

    let wrong = Acting::by_form(yaal.person, Some(arn.organisation));
    assert!(matches!(save(wrong).await, Err(Failure::NotAllowed(NotAllowed::NoMandate))));
    let nobody = Acting::by_form(yaal.person, None);
    assert!(matches!(save(nobody).await, Err(Failure::NotAllowed(_))));

    // A contributor writes and never moves money; a mandate ends with its last day in Paris.
    let now = world.now();
    for (kind, ends_on) in [(MandateKind::Contributor, None), (MandateKind::Finance, Some(date(2025, 3, 10)))]
    {
        let row = MandateRow {
            id: world.context.seed().id(now),
            person: if kind == MandateKind::Finance { yaal.person } else { arn.person },
            organisation: town.member(2).organisation,
            kind,
            starts_on: date(2025, 3, 1),
            ends_on,
            ended_at: None,
            granted_by: None,
            created_at: now,
        };
        world
            .sql(move |tx| {
                let row = row.clone();
                Box::pin(async move { store::mandates::insert(tx, &row).await })
            })
            .await;
    }
    let girofle = Some(town.member(2).organisation);
    let contributor = save(Acting::by_form(arn.person, girofle)).await;
    assert!(matches!(contributor, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{contributor:?}");
    world.wait_until("2025-03-10T23:59:59.999999+01:00");
    save(Acting::by_form(yaal.person, girofle)).await.unwrap();
    world.wait_until("2025-03-11T00:00:00+01:00");
    let expired = save(Acting::by_form(yaal.person, girofle)).await;
    assert!(matches!(expired, Err(Failure::NotAllowed(NotAllowed::NoMandate))), "{expired:?}");
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(100));
}

async fn the_window_is_the_clocks_though_no_job_has_run(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    put(&world, &town, 0, &[wish(id, 0, 1_000)]).await.unwrap();
    world.wait_until("2025-04-30T23:59:59.999999+02:00");
    put(&world, &town, 0, &[wish(id, 1_000, 2_000)]).await.unwrap();
    world.wait_until("2025-05-01T00:00:00+02:00");
    assert_eq!(state(&world, id).await, State::Funding, "no job has run");
    refused(put(&world, &town, 0, &[wish(id, 2_000, 2_001)]).await, id, FundingRefusal::Closed(LAST));
    refused(put(&world, &town, 0, &[wish(id, 2_000, 0)]).await, id, FundingRefusal::Closed(LAST));
}

async fn a_round_that_has_not_begun_takes_nothing(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 10_000).await;
    }
    let opens_on = date(2025, 3, 15);
    let round = open(&world, &town, RoundPlan { opens_on, ..plan() }).await;
    distribute(&world, &town, round).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    refused(put(&world, &town, 0, &[wish(id, 0, 1)]).await, id, FundingRefusal::NotYetOpen(opens_on));
    world.wait_until("2025-03-15T00:00:00+01:00");
    put(&world, &town, 0, &[wish(id, 0, 1)]).await.unwrap();
}

async fn gifts_leave_last_and_come_back_first(world: World) {
    let town = town(&world).await;
    let fund = give(&world, &town, 6_000, None).await;
    shared(&world, &town, 3_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    let yaal = town.member(0).organisation;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    put(&world, &town, 0, &[wish(id, 5_000, 2_000)]).await.unwrap();
    let accounts = accounts(&world, &town).await;
    let of = |account| accounts.get(&account).copied().unwrap_or(0);
    // 3 000 own and 2 000 of gifts went; the gifts came back whole, and 1 000 own: no gift pays for it.
    assert_eq!(of(Account::Allocated(yaal, id, Source::Own)), 2_000);
    assert_eq!(of(Account::Allocated(yaal, id, Source::Gift(fund))), 0);
    assert_eq!(of(Account::Share(yaal, Source::Gift(fund))), 2_000);
    assert_eq!(of(Account::Share(yaal, Source::Own)), 1_000);
    sound(&world, &town).await;
}

async fn an_earmarked_gift_reaches_only_its_feature(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 1_000).await;
    }
    let round = open(&world, &town, plan()).await;
    let mine = propose(&world, &town, 50_000, 60_000).await;
    let other = propose(&world, &town, 50_000, 60_000).await;
    let fund = give(&world, &town, 5_000, Some(mine)).await;
    distribute(&world, &town, round).await;
    // The organisation that leads the feature holds the gift for it.
    let arn = town.member(1).organisation;
    assert_eq!(held(&world, &town, Account::Share(arn, Source::Gift(fund))).await, 5_000);
    let why = FundingRefusal::NotEnoughShare { left: Money::new(1_000), wanted: Money::new(1_001) };
    refused(put(&world, &town, 1, &[wish(other, 0, 1_001)]).await, other, why);
    put(&world, &town, 1, &[wish(mine, 0, 6_000)]).await.unwrap();
    assert_eq!(held(&world, &town, Account::Allocated(arn, mine, Source::Gift(fund))).await, 5_000);
    sound(&world, &town).await;
}

async fn a_feature_of_another_pot_is_not_found_and_a_line_stands_once(world: World) {
    let town = town(&world).await;
    let other = world.collective(plain(), &["Ailleurs", "Là-bas"]).await;
    shared(&world, &town, 1_000).await;
    open(&world, &other, plan()).await;
    let foreign = propose(&world, &other, 50_000, 60_000).await;
    assert!(matches!(put(&world, &town, 0, &[wish(foreign, 0, 1)]).await, Err(Failure::NotFound)));
    let mine = propose(&world, &town, 50_000, 60_000).await;
    let twice = put(&world, &town, 0, &[wish(mine, 0, 1), wish(mine, 0, 2)]).await;
    let Err(Failure::Invalid(errors)) = twice else { panic!("{twice:?}") };
    assert_eq!((errors[0].field.as_str(), &errors[0].rule), ("lines.1.feature", &FieldRule::Taken));
    for wanted in [-1, i64::MIN, i64::MAX] {
        refused(put(&world, &town, 0, &[wish(mine, 0, wanted)]).await, mine, FundingRefusal::Amount);
    }
}

on_both![
    a_share_goes_to_features_and_comes_back,
    overspending_is_refused_with_what_is_left,
    overfunding_is_refused_with_the_room,
    one_organisation_puts_no_more_than_the_cap,
    what_was_seen_must_still_be_so,
    sending_it_twice_saves_it_once,
    only_a_mandate_in_force_moves_an_organisations_money,
    the_window_is_the_clocks_though_no_job_has_run,
    a_round_that_has_not_begun_takes_nothing,
    gifts_leave_last_and_come_back_first,
    an_earmarked_gift_reaches_only_its_feature,
    a_feature_of_another_pot_is_not_found_and_a_line_stands_once,
];

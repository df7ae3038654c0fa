//! The trigger: at once or confirmed, additions up to the maximum, never twice.

use domain::{
    Account, Source,
    actor::NotAllowed,
    features::{AllocationRefusal, FeatureRefusal, FundingRefusal},
    rules::TriggerMode,
};
use jiff::SignedDuration;
use popote_app::{
    closings::{Closed, close_if_due},
    triggers::{confirm_if_due, confirm_trigger},
};
use testkit::{World, on_both};

use super::*;

async fn confirmed(world: &World) -> Grown {
    let rules = Rules { trigger: TriggerMode::Confirmed { days: 7 }, ..plain() };
    world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await
}

fn why(done: Result<Saved, Failure<AllocationRefusal>>) -> FundingRefusal {
    match done {
        Err(Failure::Refused(refusal)) => refusal.why,
        other => panic!("{other:?}"),
    }
}

async fn the_cent_that_covers_the_floor_triggers(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 15_000, 18_000).await;
    put(&world, &town, 0, &[wish(id, 0, 10_000)]).await.unwrap();
    let saved = put(&world, &town, 1, &[wish(id, 0, 4_999)]).await.unwrap();
    assert!(saved.triggered.is_empty());
    assert_eq!(state(&world, id).await, State::Funding);
    let saved = put(&world, &town, 1, &[wish(id, 4_999, 5_000)]).await.unwrap();
    assert_eq!(saved.triggered, [id]);
    let row = feature(&world, id).await;
    assert_eq!((row.state, row.funded_at), (State::Building, Some(world.now())));
    let yaal = town.member(0).organisation;
    assert_eq!(held(&world, &town, Account::Reserved(yaal, id, Source::Own)).await, 10_000);
    assert_eq!(held(&world, &town, Account::Allocated(yaal, id, Source::Own)).await, 0);
    sound(&world, &town).await;
}

async fn light_features_go_on_to_their_contract(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose_so(&world, &town, proposal(5_000, 6_000), Some(Track::Light)).await;
    for from in [State::Idea, State::Gathering] {
        popote_app::features::steward_moves(
            &world.context,
            town.admin(),
            id,
            from,
            "tout le monde le demande",
        )
        .await
        .unwrap();
    }
    assert_eq!(state(&world, id).await, State::Funding);
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Contracting);
    sound(&world, &town).await;
}

async fn additions_are_bound_and_stop_at_the_maximum_and_the_last_day(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 5_000, 12_000).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    put(&world, &town, 1, &[wish(id, 0, 6_000)]).await.unwrap();
    let arn = town.member(1).organisation;
    assert_eq!(held(&world, &town, Account::Reserved(arn, id, Source::Own)).await, 6_000);
    let done = put(&world, &town, 1, &[wish(id, 6_000, 5_999)]).await;
    assert_eq!(why(done), FundingRefusal::Bound { bound: Money::new(6_000) });
    let done = put(&world, &town, 2, &[wish(id, 0, 1_001)]).await;
    assert_eq!(why(done), FundingRefusal::OverMaximum { room: Money::new(1_000), wanted: Money::new(1_001) });
    world.wait_until("2025-05-01T00:00:00+02:00");
    assert_eq!(why(put(&world, &town, 2, &[wish(id, 0, 1)]).await), FundingRefusal::Closed(LAST));
    sound(&world, &town).await;
}

async fn awaiting_a_confirmation_nothing_moves(world: World) {
    let town = confirmed(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 15_000, 20_000).await;
    put(&world, &town, 0, &[wish(id, 0, 10_000)]).await.unwrap();
    let saved = put(&world, &town, 1, &[wish(id, 0, 5_000)]).await.unwrap();
    assert_eq!((saved.triggered.len(), saved.confirming.as_slice()), (0, [id].as_slice()));
    assert_eq!(state(&world, id).await, State::Funding);
    for (place, line) in [(0, wish(id, 10_000, 9_000)), (1, wish(id, 5_000, 6_000)), (2, wish(id, 0, 1))] {
        assert_eq!(why(put(&world, &town, place, &[line]).await), FundingRefusal::AwaitsConfirmation);
    }
    sound(&world, &town).await;

    let member = confirm_trigger(&world.context, town.member(1).acting(), id).await;
    assert!(matches!(member, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{member:?}");
    confirm_trigger(&world.context, town.admin(), id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    let again = confirm_trigger(&world.context, town.admin(), id).await;
    assert!(matches!(again, Err(Failure::Refused(FeatureRefusal::NothingToConfirm))));
    sound(&world, &town).await;
}

async fn silence_confirms_once(world: World) {
    let town = confirmed(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 5_000, 20_000).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    let due = store::deadlines::waiting(&mut world.read().await, id.0, popote_app::triggers::CONFIRM).await;
    // Asked on 3 March: the seventh day after it ends with 10 March in Paris.
    assert_eq!(due.unwrap(), Some("2025-03-11T00:00:00+01:00".parse().unwrap()));
    world.wait(SignedDuration::from_hours(24 * 8));
    confirm_if_due(&world.context, id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    let before = accounts(&world, &town).await;
    confirm_if_due(&world.context, id).await.unwrap();
    assert_eq!(accounts(&world, &town).await, before);
    sound(&world, &town).await;
}

async fn covered_on_the_last_day_is_triggered_confirmed_or_not(world: World) {
    let town = confirmed(&world).await;
    shared(&world, &town, 10_000).await;
    let soon = Proposal { closing_on: date(2025, 3, 5), ..proposal(5_000, 20_000) };
    let id = propose_so(&world, &town, soon, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    world.wait_until("2025-03-06T00:00:00+01:00");
    assert_eq!(close_if_due(&world.context, id).await.unwrap(), Closed::Triggered);
    assert_eq!(state(&world, id).await, State::Building);
    sound(&world, &town).await;
}

async fn each_is_told_its_amount_and_stewards_are_asked(world: World) {
    let town = confirmed(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 15_000, 20_000).await;
    put(&world, &town, 0, &[wish(id, 0, 10_000)]).await.unwrap();
    put(&world, &town, 2, &[wish(id, 0, 5_000)]).await.unwrap();
    confirm_trigger(&world.context, town.admin(), id).await.unwrap();
    let mails = store::mails::claim;
    let now = world.now();
    let queued = world
        .sql(move |tx| Box::pin(async move { mails(tx, now, now, 100).await }))
        .await
        .into_iter()
        .map(|mail| (mail.recipient, mail.subject, mail.body))
        .collect::<Vec<_>>();
    let to = |place: usize, subject: &str| {
        let address = &town.member(place).email;
        queued
            .iter()
            .find(|(to, about, _)| to == address && about.contains(subject))
            .map(|mail| mail.2.clone())
    };
    assert!(to(0, "Confirmer").is_some_and(|body| body.contains("150,00")), "{queued:#?}");
    assert!(to(0, "financée").is_some_and(|body| body.contains("Les 100,00")), "{queued:#?}");
    assert!(to(2, "financée").is_some_and(|body| body.contains("Les 50,00")), "{queued:#?}");
    // The one that leads it put nothing there and is told too.
    assert!(to(1, "financée").is_some_and(|body| !body.contains("réservés")), "{queued:#?}");
    assert!(to(1, "part à répartir").is_some_and(|body| body.contains("100,00")), "{queued:#?}");
}

on_both![
    the_cent_that_covers_the_floor_triggers,
    light_features_go_on_to_their_contract,
    additions_are_bound_and_stop_at_the_maximum_and_the_last_day,
    awaiting_a_confirmation_nothing_moves,
    silence_confirms_once,
    covered_on_the_last_day_is_triggered_confirmed_or_not,
    each_is_told_its_amount_and_stewards_are_asked,
];

//! Who confirms what is paid in a direct pot, and what is said of it.

use popote_app::fund_calls::say_not_paid;
use testkit::{World, on_both};

use super::*;

/// Called for 100.00 each: the second, which leads, and the third, which does the work.
async fn led_and_done(world: &World) -> (Grown, FeatureId) {
    let town = promised_town(world, FundMode::Direct).await;
    let proposal =
        Proposal { place: Place::Outside, worker: "girofle".to_owned(), ..proposal(20_000, 30_000) };
    let id = propose_so(world, &town, proposal, None).await;
    for place in [1, 2] {
        promise(world, &town, place, firm(PromiseOn::Feature(id), 0, 10_000)).await.unwrap();
    }
    (town, id)
}

async fn whoever_does_the_work_confirms_and_never_whoever_pays(world: World) {
    let (town, id) = led_and_done(&world).await;
    let (led, done) = (call_of(&world, &town, id, 1).await, call_of(&world, &town, id, 2).await);
    let confirm = |place: usize, call, cents| {
        let acting = town.member(place).acting();
        confirm_received(&world.context, acting, call, Money::new(cents), date(2025, 3, 3))
    };
    // The lead pays whoever does the work: it doesn't confirm that itself.
    let payer = confirm(1, led.id, 10_000).await;
    assert!(matches!(payer, Err(Failure::NotAllowed(_))), "{payer:?}");
    confirm(2, led.id, 4_000).await.unwrap();
    confirm(0, led.id, 6_000).await.unwrap();
    // Whoever does the work pays itself: another's representative or steward says that it is so.
    let own = confirm(2, done.id, 10_000).await;
    assert!(matches!(own, Err(Failure::Refused(CallRefusal::OwnPayment))), "{own:?}");
    confirm(1, done.id, 4_000).await.unwrap();
    confirm(0, done.id, 6_000).await.unwrap();
    sound(&world, &town).await;
}

async fn the_mail_goes_to_whoever_confirms(world: World) {
    let (town, id) = led_and_done(&world).await;
    world.post().await;
    let (led, done) = (call_of(&world, &town, id, 1).await, call_of(&world, &town, id, 2).await);
    for (place, call, told) in [(1, led.id, "girofle"), (2, done.id, "yaal")] {
        say_paid(&world.context, town.member(place).acting(), call).await.unwrap();
        let sent = world.post().await;
        let to: Vec<&str> = sent.iter().map(|mail| mail.to.address()).collect();
        assert!(matches!(to[..], [to] if to.contains(told)), "{to:?}");
    }
}

async fn what_is_said_to_be_paid_is_taken_back_and_said_again(world: World) {
    let (town, id) = led_and_done(&world).await;
    let led = call_of(&world, &town, id, 1).await;
    let said = async || call(&world, led.id).await.said_paid_at.is_some();
    let payer = town.member(1).acting();
    say_paid(&world.context, payer.clone(), led.id).await.unwrap();
    assert!(said().await);
    let other = say_not_paid(&world.context, town.member(2).acting(), led.id).await;
    assert!(matches!(other, Err(Failure::NotFound)), "{other:?}");
    say_not_paid(&world.context, payer.clone(), led.id).await.unwrap();
    assert!(!said().await);
    // A part was received: the last cents are said anew, and asked about anew.
    say_paid(&world.context, payer.clone(), led.id).await.unwrap();
    let part = Money::new(9_000);
    let done = town.member(2).acting();
    confirm_received(&world.context, done.clone(), led.id, part, date(2025, 3, 3)).await.unwrap();
    assert!(!said().await);
    world.post().await;
    say_paid(&world.context, payer, led.id).await.unwrap();
    assert_eq!(world.post().await.len(), 1);
    sound(&world, &town).await;
}

on_both![
    whoever_does_the_work_confirms_and_never_whoever_pays,
    the_mail_goes_to_whoever_confirms,
    what_is_said_to_be_paid_is_taken_back_and_said_again,
];

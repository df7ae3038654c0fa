//! Who confirms what is paid in a direct pot, and what is said of it.

use popote_app::{
    fund_calls::{confirming::confirmer, say_not_paid},
    invoices::At,
};
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
    let other = confirm(1, done.id, 4_000).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))), "the steward is asked: {other:?}");
    confirm(0, done.id, 10_000).await.unwrap();
    sound(&world, &town).await;
}

/// A person gets a mandate, which may have ended already.
async fn tied(world: &World, town: &Grown, place: usize, to: usize, ended: bool) {
    let now = world.now();
    let row = store::mandates::MandateRow {
        id: world.context.seed().id(now),
        person: town.member(place).person,
        organisation: town.member(to).organisation,
        kind: domain::actor::MandateKind::Contributor,
        starts_on: date(2025, 3, 1),
        ends_on: None,
        ended_at: ended.then_some(now),
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

/// Who may confirm a call, by place, and who is asked.
async fn confirming(
    world: &World,
    town: &Grown,
    id: FeatureId,
    place: usize,
) -> (Vec<usize>, Vec<usize>, bool) {
    let mut tx = world.read().await;
    let feature = store::features::by_id(&mut tx, id).await.unwrap().unwrap();
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    let calls = store::fund_calls::list(&mut tx, Which::Feature(id), i64::MAX, 20).await.unwrap();
    let call = calls.iter().find(|call| call.organisation == town.member(place).organisation).unwrap();
    let call = store::fund_calls::by_id(&mut tx, call.id).await.unwrap().unwrap();
    let at = At::new(&collective, world.now());
    let confirmer = confirmer(&mut tx, &at, &feature, &call).await.unwrap();
    let (mut may, mut asked) = (Vec::new(), Vec::new());
    for place in 0..town.members.len() {
        let member = town.member(place);
        let standing = popote_app::people::standing_in(&mut tx, member.person, &collective, world.now());
        let standing = standing.await.unwrap();
        let acts_for = Some(member.organisation);
        may.extend(confirmer.permit(&standing, acts_for).is_ok().then_some(place));
        asked.extend(confirmer.asks(&standing, acts_for).then_some(place));
    }
    (may, asked, confirmer.is_stuck())
}

/// Members are places: 0 is the steward, 1 leads and is called, 2 does the work, 3 is neither. `tag` sets them apart.
async fn four(world: &World, tag: &str, promisers: &[usize]) -> (Grown, FeatureId) {
    four_of(world, tag, promisers, true).await
}

/// The same; whether their mandates were given two days before.
async fn four_of(world: &World, tag: &str, promisers: &[usize], settled: bool) -> (Grown, FeatureId) {
    let names = ["Yaal", "ARN", "Girofle", "Zaclys"].map(|name| format!("{name} {tag}"));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let town = match settled {
        true => world.settled_collective_with(FundMode::Direct, plain(), &names).await,
        false => world.collective_with(FundMode::Direct, plain(), &names).await,
    };
    let floor = 10_000 * i64::try_from(promisers.len()).unwrap();
    let proposal = Proposal { place: Place::Outside, worker: names[2].to_owned(), ..proposal(floor, 60_000) };
    let id = propose_so(world, &town, proposal, None).await;
    (town, id)
}

async fn called(world: &World, town: &Grown, id: FeatureId, promisers: &[usize]) {
    for place in promisers {
        promise(world, town, *place, firm(PromiseOn::Feature(id), 0, 10_000)).await.unwrap();
    }
    world.wait(jiff::SignedDuration::from_hours(1));
}

async fn who_is_tied_to_the_payer_confirms_nothing(world: World) {
    for ended in [false, true] {
        let (town, id) = four(&world, &format!("{ended} 1"), &[1, 3]).await;
        // Whoever does the work is, or was lately, of the lead, which pays: a steward stands in.
        tied(&world, &town, 2, 1, ended).await;
        called(&world, &town, id, &[1, 3]).await;
        assert_eq!(confirming(&world, &town, id, 1).await, (vec![0], vec![0], false), "ended: {ended}");
        // Of what the other pays nothing changes.
        assert_eq!(confirming(&world, &town, id, 3).await, (vec![0, 2], vec![2], false));
        // The steward is tied as well: another member that is called.
        let (town, id) = four(&world, &format!("{ended} 2"), &[1, 3]).await;
        tied(&world, &town, 2, 1, ended).await;
        tied(&world, &town, 0, 1, ended).await;
        called(&world, &town, id, &[1, 3]).await;
        assert_eq!(confirming(&world, &town, id, 1).await, (vec![3], vec![3], false));
        // Nobody else is called: any other member.
        let (town, id) = four(&world, &format!("{ended} 3"), &[1]).await;
        tied(&world, &town, 2, 1, ended).await;
        tied(&world, &town, 0, 1, ended).await;
        called(&world, &town, id, &[1]).await;
        assert_eq!(confirming(&world, &town, id, 1).await, (vec![3], vec![3], false));
        // Everybody is tied: then their word has to do.
        let (town, id) = four(&world, &format!("{ended} 4"), &[1]).await;
        for place in [0, 2, 3] {
            tied(&world, &town, place, 1, ended).await;
        }
        called(&world, &town, id, &[1]).await;
        assert_eq!(confirming(&world, &town, id, 1).await, (vec![0, 1, 2, 3], vec![0], false));
    }
}

async fn a_tie_that_began_after_the_call_lets_nobody_stand_in(world: World) {
    let (town, id) = four(&world, "un", &[1, 3]).await;
    called(&world, &town, id, &[1, 3]).await;
    tied(&world, &town, 2, 1, false).await;
    // They don't confirm any more; a steward without tie may, and no other member.
    assert_eq!(confirming(&world, &town, id, 1).await, (vec![0], vec![], false));
    tied(&world, &town, 0, 1, false).await;
    assert_eq!(confirming(&world, &town, id, 1).await, (vec![], vec![], true), "said on its page");
    world.grant(&town, town.member(3).person, domain::actor::RoleKind::Steward).await;
    assert_eq!(confirming(&world, &town, id, 1).await, (vec![3], vec![], false));
}

/// Who represents a member since yesterday stands in for nobody; nor does anybody for a steward whose role was ended lately.
async fn who_just_came_stands_in_for_nobody(world: World) {
    let (town, id) = four_of(&world, "jeune", &[1], false).await;
    for place in [0, 2] {
        tied(&world, &town, place, 1, false).await;
    }
    called(&world, &town, id, &[1]).await;
    assert_eq!(confirming(&world, &town, id, 1).await, (vec![], vec![], true));
    world.wait(domain::people::WAITING);
    assert_eq!(confirming(&world, &town, id, 1).await, (vec![3], vec![3], false));
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
    who_is_tied_to_the_payer_confirms_nothing,
    a_tie_that_began_after_the_call_lets_nobody_stand_in,
    who_just_came_stands_in_for_nobody,
    the_mail_goes_to_whoever_confirms,
    what_is_said_to_be_paid_is_taken_back_and_said_again,
];

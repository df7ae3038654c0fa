//! More money for a triggered feature, by a decision.

use domain::{
    Account, Money, Source,
    decisions::DecisionRefusal,
    features::{Ending, State, TopUpRefusal, Track},
    ids::{DecisionId, FeatureId},
    rounds::RoundPlan,
    rules::AmountsSeen,
    visibility::{Eyes, Veil},
};
use jiff::SignedDuration;
use popote_app::{
    Acting, Failure,
    closings::{cancel_feature, close_round_early},
    decisions::{NewDecision, record},
    features::top_up::{NewTopUp, ToppedUp, top_up, top_up_unconfirmed},
    past::Past,
    rounds::page::page,
};
use testkit::{Grown, World, on_both};

use super::{
    LAST, decide, distribute, feature, held, open, pay, plain, plan, propose, put, shared, sound, state,
    town, wish,
};

async fn add(
    world: &World,
    acting: Acting,
    feature: FeatureId,
    cents: i64,
    decision: DecisionId,
) -> Result<ToppedUp, Failure<TopUpRefusal>> {
    let new = NewTopUp { amount: Money::new(cents), decision, reason: "Le devis a changé".to_owned() };
    top_up(&world.context, acting, feature, new).await
}

/// A feature of that maximum, triggered by 2 000 of the second member.
async fn triggered(world: &World, town: &Grown, maximum: i64) -> FeatureId {
    let id = propose(world, town, 2_000, maximum).await;
    put(world, town, 1, &[wish(id, 0, 2_000)]).await.unwrap();
    assert_eq!(state(world, id).await, State::Building);
    id
}

#[track_caller]
fn refuses(done: Result<ToppedUp, Failure<TopUpRefusal>>, why: TopUpRefusal) {
    match done {
        Err(Failure::Refused(told)) => assert_eq!(told, why),
        other => panic!("{other:?}"),
    }
}

async fn a_decision_makes_room_and_the_terms_say_so(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 3_000).await;
    let id = triggered(&world, &town, 2_000).await;
    assert!(put(&world, &town, 0, &[wish(id, 0, 500)]).await.is_err(), "more than the maximum");
    let by = decide(&world, &town, None).await;
    let acting = town.member(0).acting().with_key("top-up");
    let done = add(&world, acting.clone(), id, 500, by).await.unwrap();
    assert_eq!((done.terms, done.maximum), (2, Money::new(2_500)));
    assert_eq!(add(&world, acting, id, 500, by).await.unwrap(), done, "once a key");
    let organisation = town.member(0).organisation;
    assert_eq!(held(&world, &town, Account::Reserved(organisation, id, Source::Own)).await, 500);
    assert_eq!(held(&world, &town, Account::Share(organisation, Source::Own)).await, 2_500);
    let row = feature(&world, id).await;
    assert_eq!(
        (row.allocated_total, row.maximum, row.floor),
        (Money::new(2_500), Money::new(2_500), Money::new(2_000))
    );
    let mut tx = world.read().await;
    let versions = store::features::terms::versions(&mut tx, id, 9).await.unwrap();
    drop(tx);
    assert_eq!((versions[0].version, versions[0].decision), (2, Some(by)));
    assert_eq!(versions[0].reason, "Le devis a changé");
    assert_eq!(versions[1].decision, None);
    sound(&world, &town).await;
}

async fn every_refusal_of_a_complement_says_why(world: World) {
    use TopUpRefusal as R;
    let town = town(&world).await;
    shared(&world, &town, 3_000).await;
    let by = decide(&world, &town, None).await;
    let one = || town.member(0).acting();
    let early = propose(&world, &town, 2_900, 2_900).await;
    refuses(add(&world, one(), early, 1, by).await, R::NotTriggered(State::Funding));
    let id = triggered(&world, &town, 2_600).await;
    let room = R::NothingMissing { room: Money::new(600), until: LAST };
    refuses(add(&world, one(), id, 600, by).await, room);
    let (left, wanted) = (Money::new(3_000), Money::new(3_001));
    refuses(add(&world, one(), id, 3_001, by).await, R::NotEnoughShare { left, wanted });
    let none = add(&world, one(), id, 0, by).await;
    assert!(matches!(&none, Err(Failure::Invalid(errors)) if errors[0].field == "amount"), "{none:?}");
    let leaving = decide(&world, &town, Some(1)).await;
    let departs = add(&world, one(), id, 700, leaving).await;
    assert!(
        matches!(&departs, Err(Failure::Invalid(errors)) if errors[0].field == "decision"),
        "{departs:?}"
    );
    world.wait(domain::people::WAITING);
    let new = NewDecision {
        title: "Compléter".into(),
        outcome: "oui".into(),
        decided_on: jiff::civil::date(2025, 3, 5),
        departs: None,
    };
    let own = record(&world.context, one(), town.id, new).await.unwrap().0;
    refuses(add(&world, one(), id, 700, own).await, R::Decision(DecisionRefusal::ByOnePerson));
    sound(&world, &town).await;
}

/// The ceiling of the track holds for the price with what is added; the cap of the round doesn't: the decision lifts it.
async fn the_ceiling_of_the_track_holds_and_the_decision_lifts_the_cap(world: World) {
    let mut rules = plain();
    rules.tracks[0].ceiling = Some(Money::new(2_600));
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    for place in 0..3 {
        pay(&world, &town, place, 3_000).await;
    }
    let round = open(&world, &town, RoundPlan { cap: Some(Money::new(2_000)), ..plan() }).await;
    distribute(&world, &town, round).await;
    let id = triggered(&world, &town, 2_000).await;
    let by = decide(&world, &town, None).await;
    let ceiling = Money::new(2_600);
    let above = TopUpRefusal::AboveCeiling { track: Track::Trust, ceiling };
    refuses(add(&world, town.member(1).acting(), id, 601, by).await, above);
    // It has 2 000 there already, the most without a decision.
    add(&world, town.member(1).acting(), id, 600, by).await.unwrap();
    assert_eq!(feature(&world, id).await.allocated_total, ceiling);
    world.wait(SignedDuration::from_secs(1));
    let other = decide(&world, &town, None).await;
    refuses(add(&world, town.member(0).acting(), id, 1, other).await, above);
    sound(&world, &town).await;
}

async fn what_is_added_is_told_as_by_decision_and_confirmed_first(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 3_000).await;
    let id = triggered(&world, &town, 2_000).await;
    let by = decide(&world, &town, None).await;
    let new = NewTopUp { amount: Money::new(500), decision: by, reason: "Le devis a changé".to_owned() };
    let asked = top_up_unconfirmed(&world.context, town.member(1).acting(), id, new.clone()).await;
    refuses(asked, TopUpRefusal::Unconfirmed);
    assert_eq!(feature(&world, id).await.maximum, Money::new(2_000), "nothing is written");
    top_up(&world.context, town.member(1).acting(), id, new).await.unwrap();
    let told = store::features::lists::topped_up(&mut world.read().await, id, i64::MAX).await.unwrap();
    let [one] = told[..] else { panic!("{told:?}") };
    assert_eq!((one.organisation, one.amount), (town.member(1).organisation, Money::new(500)));
}

/// What is added once a round is over is told apart from what lay on its features at its close.
async fn the_report_of_a_round_keeps_its_figures(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 3_000).await;
    let id = triggered(&world, &town, 2_000).await;
    let by = decide(&world, &town, None).await;
    close_round_early(&world.context, town.admin(), round, by).await.unwrap();
    let report = async || {
        let mut tx = world.read().await;
        let row = store::pots::by_id(&mut tx, town.pot).await.unwrap().unwrap();
        let veil = Veil::new(Eyes::stranger(AmountsSeen::Public), false);
        let past = Past::of(&mut tx, row.collective, town.pot, &veil, world.now()).await.unwrap();
        let today = jiff::civil::date(2025, 3, 3);
        let page = page(&mut tx, town.pot, 1, today, &past).await.unwrap().unwrap();
        (page.put(), page.funded().count(), page.since.added, page.since.gone)
    };
    let (put, none) = (Money::new(2_000), Money::ZERO);
    assert_eq!(report().await, (put, 1, none, none));
    world.wait(SignedDuration::from_secs(1));
    let later = decide(&world, &town, None).await;
    add(&world, town.member(0).acting(), id, 700, later).await.unwrap();
    assert_eq!(report().await, (put, 1, Money::new(700), none));
    let lead = town.member(1).acting();
    cancel_feature(&world.context, lead, id, Ending::Abandoned, "plus besoin").await.unwrap();
    assert_eq!(report().await, (put, 1, Money::new(700), Money::new(2_700)));
    sound(&world, &town).await;
}

on_both![
    a_decision_makes_room_and_the_terms_say_so,
    every_refusal_of_a_complement_says_why,
    the_ceiling_of_the_track_holds_and_the_decision_lifts_the_cap,
    the_report_of_a_round_keeps_its_figures,
    what_is_added_is_told_as_by_decision_and_confirmed_first,
];

//! Who leaves a pot of promises: what it was called for stays owed, what stays in the pot is for the others.

use domain::{
    Account, Source,
    departures::DepartureRefusal,
    input::{FieldError, FieldRule},
    rules::RefundPolicy,
    shares::OwnGoesTo,
};
use popote_app::departures::HowToLeave;
use testkit::{World, on_both};

use super::*;

/// A feature that the first and the third of four members are called for, 150.00 each.
async fn two_of_four(world: &World, mode: FundMode) -> (Grown, FeatureId) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Nuage"];
    let rules = Rules { refunds: RefundPolicy::ByDecision, ..plain() };
    let town = world.collective_with(mode, rules, &names).await;
    let id = outside(world, &town, 30_000, 30_000).await;
    for place in [0, 2] {
        promise(world, &town, place, firm(PromiseOn::Feature(id), 0, 15_000)).await.unwrap();
    }
    (town, id)
}

/// A member leaves by its own word; what is its own stays.
async fn leave(world: &World, town: &Grown, place: usize) {
    let how = HowToLeave { decision: None, own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    let who = town.member(place);
    depart(&world.context, who.acting(), town.id, who.organisation, how).await.unwrap();
}

async fn a_promise_that_was_called_is_no_breach(world: World) {
    let (town, id) = two_of_four(&world, FundMode::Direct).await;
    let mine = call_of(&world, &town, id, 2).await;
    leave(&world, &town, 2).await;
    sound(&world, &town).await;
    // Called before and paid after, or never paid: both stand.
    say_paid(&world.context, town.member(2).acting(), mine.id).await.unwrap();
    let worker = town.member(0).acting();
    confirm_received(&world.context, worker, mine.id, Money::new(15_000), date(2025, 3, 3)).await.unwrap();
    assert_eq!(call(&world, mine.id).await.state, CallState::Paid);
    sound(&world, &town).await;
}

async fn an_organisation_leaves_by_its_own_word(world: World) {
    let (town, _) = two_of_four(&world, FundMode::Pledge).await;
    let who = town.member(3);
    let leave = |acting, own| {
        let how = HowToLeave { decision: None, own, stays: false, confirmed: true };
        depart(&world.context, acting, town.id, who.organisation, how)
    };
    let other = leave(town.admin(), OwnGoesTo::PoolCommon).await;
    let missing = FieldError::new("decision", FieldRule::Missing);
    assert!(matches!(&other, Err(Failure::Invalid(errors)) if errors == &[missing]), "{other:?}");
    let refund = leave(who.acting(), OwnGoesTo::RefundDue).await;
    assert!(matches!(refund, Err(Failure::Refused(DepartureRefusal::RefundUndecided))), "{refund:?}");
    leave(who.acting(), OwnGoesTo::PoolCommon).await.unwrap();
    let word = store::decisions::list(&mut world.read().await, town.id, i64::MAX, 10).await.unwrap();
    assert_eq!(word.len(), 1);
    assert_eq!(word[0].recorded_by, Some(who.person));
    sound(&world, &town).await;
}

/// The third leaves 50.01 to the others.
async fn left_to_all(world: &World) -> Grown {
    let (town, id) = two_of_four(world, FundMode::Pledge).await;
    pay_call(world, &town, call_of(world, &town, id, 2).await.id, 20_001).await.unwrap();
    leave(world, &town, 2).await;
    assert_eq!(held(world, &town, Account::PoolCommon).await, 5_001);
    sound(world, &town).await;
    town
}

async fn what_stays_in_the_pot_is_shared_by_the_next_round(world: World) {
    let town = left_to_all(&world).await;
    let round = open(&world, &town, plan()).await;
    distribute(&world, &town, round).await;
    for place in [0, 1, 3] {
        let share = Account::Share(town.member(place).organisation, Source::Pooled);
        assert_eq!(held(&world, &town, share).await, 1_667);
    }
    sound(&world, &town).await;
    let id = propose(&world, &town, 3_000, 4_000).await;
    put(&world, &town, 0, &[wish(id, 0, 1_500)]).await.unwrap();
    let saved = put(&world, &town, 1, &[wish(id, 0, 1_600)]).await.unwrap();
    assert_eq!(saved.triggered, [id]);
    let reserved = Account::Reserved(town.member(1).organisation, id, Source::Pooled);
    assert_eq!(held(&world, &town, reserved).await, 1_600);
    sound(&world, &town).await;
}

async fn what_stays_in_the_pot_is_shared_beside_promises(world: World) {
    let town = left_to_all(&world).await;
    let round = open(&world, &town, RoundPlan { promises: PromiseRule::Shared, ..plan() }).await;
    promise(&world, &town, 0, firm(PromiseOn::Round(round), 0, 6_000)).await.unwrap();
    distribute(&world, &town, round).await;
    let (mut rights, mut shares) = (0, 0);
    for place in [0, 1, 3] {
        let organisation = town.member(place).organisation;
        let own = right(&world, &town, Account::Right(organisation)).await;
        let share = held(&world, &town, Account::Share(organisation, Source::Pooled)).await;
        assert_eq!(own + share, 3_667);
        (rights, shares) = (rights + own, shares + share);
    }
    assert_eq!((rights, shares), (6_000, 5_001));
    sound(&world, &town).await;
}

on_both![
    a_promise_that_was_called_is_no_breach,
    an_organisation_leaves_by_its_own_word,
    what_stays_in_the_pot_is_shared_by_the_next_round,
    what_stays_in_the_pot_is_shared_beside_promises,
];

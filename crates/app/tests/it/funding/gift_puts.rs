//! Gifts that a decision puts on features, where they aren't shared out.

use std::collections::BTreeMap;

use domain::{
    Account, Money, Source,
    actor::NotAllowed,
    decisions::{Act, DecisionRefusal, Used},
    features::{Ending, FundingRefusal, State},
    ids::{DecisionId, FeatureId, GiftFundId},
    rounds::RoundPlan,
    shares::{GiftPutRefusal, GiftSharing, OwnGoesTo, ShareRule, Sharing},
};
use jiff::SignedDuration;
use popote_app::{
    Acting, Failure,
    closings::{cancel_feature, close_round_early},
    contributions::Recorded,
    decisions::{NewDecision, record, usable},
    departures::HowToLeave,
    features::top_up::{NewTopUp, top_up},
    gift_puts::{GiftPut, put_gift, put_gift_unconfirmed},
    gifts::{GiftWish, Into as GiftInto, NewGift, record_gift},
};
use testkit::{Grown, World, on_both};

use super::{
    accounts, decide, depart, distribute, feature, give, held, open, pay, plan, propose, put, sound, state,
    town, wish,
};

/// A round whose rule leaves gifts to decisions.
async fn decided(world: &World, town: &Grown) {
    let rule = ShareRule { sharing: Sharing::Equal, gifts: GiftSharing::Decided };
    let round = open(world, town, RoundPlan { rule, ..plan() }).await;
    distribute(world, town, round).await;
}

async fn put_in(
    world: &World,
    town: &Grown,
    acting: Acting,
    (fund, feature, cents): (GiftFundId, FeatureId, i64),
    decision: DecisionId,
) -> Result<Recorded, Failure<GiftPutRefusal>> {
    let new = GiftPut { fund, feature, amount: Money::new(cents), decision };
    put_gift(&world.context, acting, town.pot, new).await
}

#[track_caller]
fn refuses(done: Result<Recorded, Failure<GiftPutRefusal>>, why: GiftPutRefusal) {
    match done {
        Err(Failure::Refused(told)) => assert_eq!(told, why),
        other => panic!("{other:?}"),
    }
}

/// More for a fund that exists.
async fn give_into(world: &World, town: &Grown, fund: GiftFundId, cents: i64) {
    let new = NewGift {
        into: GiftInto::Fund(fund),
        amount: Money::new(cents),
        received_on: jiff::civil::date(2025, 3, 1),
        reference: String::new(),
        proof: None,
        wish: GiftWish::default(),
    };
    record_gift(&world.context, town.admin(), town.pot, new).await.unwrap();
}

/// Another decision each time: one serves once.
async fn next(world: &World, town: &Grown) -> DecisionId {
    world.wait(SignedDuration::from_secs(1));
    decide(world, town, None).await
}

async fn a_decision_puts_gifts_that_are_nobody_s(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 1_000).await;
    }
    let fund = give(&world, &town, 5_000, None).await;
    decided(&world, &town).await;
    assert_eq!(held(&world, &town, Account::Gift(fund)).await, 5_000, "they aren't shared out");
    let id = propose(&world, &town, 4_000, 6_000).await;
    let by = next(&world, &town).await;
    let acting = town.admin().with_key("put");
    let first = put_in(&world, &town, acting.clone(), (fund, id, 2_500), by).await.unwrap();
    assert_eq!(put_in(&world, &town, acting, (fund, id, 2_500), by).await.unwrap(), first);
    assert_eq!(held(&world, &town, Account::GiftAllocated(id, fund)).await, 2_500);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(2_500));
    // Whoever leads has nothing of it, and may take nothing of it back.
    let lead = town.member(1).organisation;
    let mine = of_lead(&world, &town).await;
    put(&world, &town, 1, &[wish(id, 0, 700)]).await.unwrap();
    put(&world, &town, 1, &[wish(id, 700, 0)]).await.unwrap();
    assert_eq!(of_lead(&world, &town).await, mine);
    assert_eq!(held(&world, &town, Account::GiftAllocated(id, fund)).await, 2_500);
    sound(&world, &town).await;
    // It counts for the floor like any other money.
    let second = next(&world, &town).await;
    put_in(&world, &town, town.admin(), (fund, id, 1_500), second).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    let third = next(&world, &town).await;
    put_in(&world, &town, town.admin(), (fund, id, 500), third).await.unwrap();
    assert_eq!(held(&world, &town, Account::GiftReserved(id, fund)).await, 4_500);
    assert_eq!(of_lead(&world, &town).await, mine);
    assert_eq!(mine.keys().copied().collect::<Vec<_>>(), [Account::Share(lead, Source::Own)]);
    let seen = store::gifts::decided_on(&mut world.read().await, id, i64::MAX).await.unwrap();
    assert_eq!((seen.amount, seen.decisions.len()), (Money::new(4_500), 3));
    assert_eq!(store::features::lists::funders(&mut world.read().await, id).await.unwrap(), 0);
    sound(&world, &town).await;
}

/// What the organisation that leads holds.
async fn of_lead(world: &World, town: &Grown) -> BTreeMap<Account, i64> {
    let lead = town.member(1).organisation;
    let mut all = accounts(world, town).await;
    all.retain(|account, _| account.organisation() == Some(lead));
    all
}

async fn it_returns_to_its_fund(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 3_000).await;
    let fund = give(&world, &town, 5_000, None).await;
    decided(&world, &town).await;
    let id = propose(&world, &town, 9_000, 9_000).await;
    let by = decide(&world, &town, None).await;
    put_in(&world, &town, town.admin(), (fund, id, 5_000), by).await.unwrap();
    put(&world, &town, 1, &[wish(id, 0, 1_000)]).await.unwrap();
    let lead = town.member(1).acting();
    let returned = cancel_feature(&world.context, lead, id, Ending::Abandoned, "plus besoin").await.unwrap();
    assert_eq!((returned.funds, returned.organisations), (Money::new(5_000), Money::new(1_000)));
    assert_eq!(held(&world, &town, Account::Gift(fund)).await, 5_000);
    let seen = store::gifts::decided_on(&mut world.read().await, id, i64::MAX).await.unwrap();
    assert_eq!(seen.amount, Money::ZERO);
    sound(&world, &town).await;
}

/// Gifts of one fund that were shared out first and are put by decision later: each is told from the other to the end.
async fn what_the_lead_put_of_the_same_fund_stays_its_own(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 10).await;
    }
    let fund = give(&world, &town, 3_000, None).await;
    let round = open(&world, &town, plan()).await;
    distribute(&world, &town, round).await;
    let lead = town.member(1).organisation;
    assert_eq!(held(&world, &town, Account::Share(lead, Source::Gift(fund))).await, 1_000);
    let by = next(&world, &town).await;
    close_round_early(&world.context, town.admin(), round, by).await.unwrap();
    give_into(&world, &town, fund, 500).await;
    pay(&world, &town, 0, 30).await;
    decided(&world, &town).await;
    let id = propose(&world, &town, 9_000, 9_000).await;
    put(&world, &town, 1, &[wish(id, 0, 1_020)]).await.unwrap();
    let by = next(&world, &town).await;
    put_in(&world, &town, town.admin(), (fund, id, 1), by).await.unwrap();
    assert_eq!(held(&world, &town, Account::Allocated(lead, id, Source::Gift(fund))).await, 1_000);
    put(&world, &town, 1, &[wish(id, 1_020, 600)]).await.unwrap();
    let acting = town.member(1).acting();
    cancel_feature(&world.context, acting, id, Ending::Abandoned, "plus besoin").await.unwrap();
    assert_eq!(
        held(&world, &town, Account::Share(lead, Source::Gift(fund))).await,
        1_000,
        "it keeps its own"
    );
    assert_eq!(held(&world, &town, Account::Gift(fund)).await, 500, "the cent is back in its fund");
    sound(&world, &town).await;
}

/// Whoever leads leaves and takes along what it put: the gifts stay.
async fn they_stay_where_the_lead_leaves(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 1_000).await;
    }
    let fund = give(&world, &town, 2_000, None).await;
    decided(&world, &town).await;
    let id = propose(&world, &town, 9_000, 9_000).await;
    let by = next(&world, &town).await;
    put_in(&world, &town, town.admin(), (fund, id, 2_000), by).await.unwrap();
    put(&world, &town, 1, &[wish(id, 0, 1_000)]).await.unwrap();
    let (yaal, how) = (
        town.member(1),
        HowToLeave { decision: None, own: OwnGoesTo::PoolCommon, stays: false, confirmed: true },
    );
    depart(&world.context, yaal.acting(), town.id, yaal.organisation, how).await.unwrap();
    assert_eq!(held(&world, &town, Account::GiftAllocated(id, fund)).await, 2_000);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(2_000));
    sound(&world, &town).await;
}

/// Each decision serves one purpose, once, whatever it served.
async fn a_decision_serves_once(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 5_000).await;
    }
    let fund = give(&world, &town, 5_000, None).await;
    decided(&world, &town).await;
    let (one, other) = (propose(&world, &town, 2_000, 2_000).await, propose(&world, &town, 900, 900).await);
    let by = next(&world, &town).await;
    put_in(&world, &town, town.admin(), (fund, one, 100), by).await.unwrap();
    let number = Some(feature(&world, one).await.number);
    let on = jiff::civil::date(2025, 3, 3);
    let used = DecisionRefusal::Used(Used { act: Act::GiftsPut, number, on });
    refuses(put_in(&world, &town, town.admin(), (fund, other, 100), by).await, used.into());
    refuses(put_in(&world, &town, town.admin(), (fund, one, 100), by).await, used.into());
    put(&world, &town, 1, &[wish(one, 0, 1_900)]).await.unwrap();
    assert_eq!(state(&world, one).await, State::Building);
    let more = |decision| NewTopUp { amount: Money::new(50), decision, reason: "Le devis".to_owned() };
    let again = top_up(&world.context, town.member(0).acting(), one, more(by)).await;
    assert!(matches!(&again, Err(Failure::Refused(why)) if *why == used.into()), "{again:?}");
    let round = store::rounds::open(&mut world.read().await, town.pot).await.unwrap().unwrap().id;
    let closed = close_round_early(&world.context, town.admin(), round, by).await;
    assert!(matches!(&closed, Err(Failure::Refused(why)) if *why == used.into()), "{closed:?}");
    let second = next(&world, &town).await;
    top_up(&world.context, town.member(0).acting(), one, more(second)).await.unwrap();
    let used = DecisionRefusal::Used(Used { act: Act::ToppedUp, number, on });
    refuses(put_in(&world, &town, town.admin(), (fund, other, 100), second).await, used.into());
    // One that closes a round serves nothing else; the forms offer none that has served.
    world.wait(domain::people::WAITING);
    let third = next(&world, &town).await;
    let town_row = store::collectives::get(&mut world.read().await, town.id).await.unwrap().unwrap();
    let offered = async || {
        let person = town.admin().person;
        let usable = usable(&mut world.read().await, &town_row, person, world.now()).await.unwrap();
        usable.decisions.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(offered().await, [third]);
    by_program(&world, third, true).await;
    assert_eq!(offered().await, [], "a program's word is nobody's second one");
    refuses(
        put_in(&world, &town, town.admin(), (fund, other, 100), third).await,
        DecisionRefusal::ByOnePerson.into(),
    );
    by_program(&world, third, false).await;
    close_round_early(&world.context, town.admin(), round, third).await.unwrap();
    assert_eq!(offered().await, []);
    let used = DecisionRefusal::Used(Used { act: Act::RoundClosed, number: Some(1), on: domain_day() });
    let again = top_up(&world.context, town.member(0).acting(), one, more(third)).await;
    assert!(matches!(&again, Err(Failure::Refused(why)) if *why == used.into()), "{again:?}");
    sound(&world, &town).await;
}

/// A decision becomes one that a program wrote down, or stops to be.
async fn by_program(world: &World, decision: DecisionId, is: bool) {
    world
        .sql(move |tx| {
            Box::pin(async move {
                let sql = "UPDATE decision SET by_token = $2 WHERE id = $1";
                store::execute(tx, sql, store::args![decision, i64::from(is)]).await?;
                let written = store::seals::Written::Only(&["by_token"]);
                store::seals::renew_one(tx, store::seals::Kind::Decision, decision, written).await
            })
        })
        .await;
}

async fn what_is_not_confirmed_moves_nothing(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 3_000).await;
    let fund = give(&world, &town, 5_000, None).await;
    decided(&world, &town).await;
    let id = propose(&world, &town, 4_000, 6_000).await;
    let by = next(&world, &town).await;
    let new = GiftPut { fund, feature: id, amount: Money::new(4_000), decision: by };
    let asked = put_gift_unconfirmed(&world.context, town.admin(), town.pot, new).await;
    refuses(asked, FundingRefusal::Unconfirmed.into());
    assert_eq!(state(&world, id).await, State::Funding);
    assert_eq!(held(&world, &town, Account::Gift(fund)).await, 5_000);
    let over = put_gift_unconfirmed(
        &world.context,
        town.admin(),
        town.pot,
        GiftPut { amount: Money::new(6_001), ..new },
    );
    let (left, wanted) = (Money::new(5_000), Money::new(6_001));
    refuses(over.await, GiftPutRefusal::NotEnough { left, wanted });
    put_gift(&world.context, town.admin(), town.pot, new).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    sound(&world, &town).await;
}

async fn every_refusal_says_why(world: World) {
    use GiftPutRefusal as R;
    let town = town(&world).await;
    pay(&world, &town, 0, 3_000).await;
    let fund = give(&world, &town, 5_000, None).await;
    decided(&world, &town).await;
    let id = propose(&world, &town, 4_000, 4_500).await;
    let other = propose(&world, &town, 100, 100).await;
    let earmarked = give(&world, &town, 300, Some(other)).await;
    let by = decide(&world, &town, None).await;
    let admin = || town.admin();
    let member = put_in(&world, &town, town.member(1).acting(), (fund, id, 1), by).await;
    assert!(matches!(member, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{member:?}");
    let (left, wanted) = (Money::new(5_000), Money::new(5_001));
    refuses(put_in(&world, &town, admin(), (fund, id, 5_001), by).await, R::NotEnough { left, wanted });
    let (room, wanted) = (Money::new(4_500), Money::new(5_000));
    let over = R::Funding(FundingRefusal::OverMaximum { room, wanted });
    refuses(put_in(&world, &town, admin(), (fund, id, 5_000), by).await, over);
    refuses(put_in(&world, &town, admin(), (earmarked, id, 1), by).await, R::Earmarked);
    let none = put_in(&world, &town, admin(), (fund, id, 0), by).await;
    assert!(matches!(&none, Err(Failure::Invalid(errors)) if errors[0].field == "amount"), "{none:?}");
    let unknown = put_in(&world, &town, admin(), (fund, id, 1), DecisionId(uuid::Uuid::nil())).await;
    assert!(
        matches!(&unknown, Err(Failure::Invalid(errors)) if errors[0].field == "decision"),
        "{unknown:?}"
    );
    let leaving = decide(&world, &town, Some(1)).await;
    let departs = put_in(&world, &town, admin(), (fund, id, 1), leaving).await;
    assert!(matches!(&departs, Err(Failure::Invalid(_))), "{departs:?}");
    world.wait(domain::people::WAITING);
    let new = NewDecision {
        title: "Mettre les dons".into(),
        outcome: "oui".into(),
        decided_on: domain_day(),
        departs: None,
    };
    let own = record(&world.context, town.admin(), town.id, new).await.unwrap().0;
    let alone = DecisionRefusal::ByOnePerson.into();
    refuses(put_in(&world, &town, admin(), (fund, id, 1), own).await, alone);
    sound(&world, &town).await;
}

const fn domain_day() -> jiff::civil::Date {
    jiff::civil::date(2025, 3, 5)
}

async fn shared_out_gifts_are_put_by_nobody(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 3_000).await;
    let round = open(&world, &town, plan()).await;
    distribute(&world, &town, round).await;
    let fund = give(&world, &town, 5_000, None).await;
    let id = propose(&world, &town, 4_000, 4_500).await;
    let by = decide(&world, &town, None).await;
    refuses(put_in(&world, &town, town.admin(), (fund, id, 1), by).await, GiftPutRefusal::SharedOut);
}

on_both![
    a_decision_puts_gifts_that_are_nobody_s,
    a_decision_serves_once,
    they_stay_where_the_lead_leaves,
    what_is_not_confirmed_moves_nothing,
    what_the_lead_put_of_the_same_fund_stays_its_own,
    it_returns_to_its_fund,
    every_refusal_says_why,
    shared_out_gifts_are_put_by_nobody,
];

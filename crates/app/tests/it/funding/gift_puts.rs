//! Gifts that a decision puts on features, where they aren't shared out.

use domain::{
    Account, Money, Source,
    actor::NotAllowed,
    features::{Ending, FundingRefusal, State},
    ids::{DecisionId, FeatureId, GiftFundId},
    rounds::RoundPlan,
    shares::{GiftPutRefusal, GiftSharing, ShareRule, Sharing},
};
use popote_app::{
    Acting, Failure,
    closings::cancel_feature,
    contributions::Recorded,
    decisions::{NewDecision, record},
    gift_puts::{GiftPut, put_gift},
};
use testkit::{Grown, World, on_both};

use super::{
    decide, distribute, feature, give, held, open, pay, plan, propose, put, sound, state, town, wish,
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

async fn a_decision_puts_gifts_that_nobody_takes_back(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 1_000).await;
    }
    let fund = give(&world, &town, 5_000, None).await;
    decided(&world, &town).await;
    assert_eq!(held(&world, &town, Account::Gift(fund)).await, 5_000, "they aren't shared out");
    let id = propose(&world, &town, 4_000, 6_000).await;
    let by = decide(&world, &town, None).await;
    let acting = town.admin().with_key("put");
    let first = put_in(&world, &town, acting.clone(), (fund, id, 2_500), by).await.unwrap();
    assert_eq!(put_in(&world, &town, acting, (fund, id, 2_500), by).await.unwrap(), first);
    let lead = town.member(1).organisation;
    let there = Account::Allocated(lead, id, Source::Gift(fund));
    assert_eq!(held(&world, &town, there).await, 2_500);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(2_500));
    // It is no share of whoever leads: neither in what they have there nor theirs to take back.
    put(&world, &town, 1, &[wish(id, 0, 700)]).await.unwrap();
    put(&world, &town, 1, &[wish(id, 700, 0)]).await.unwrap();
    assert_eq!(held(&world, &town, there).await, 2_500);
    assert_eq!(held(&world, &town, Account::Share(lead, Source::Gift(fund))).await, 0);
    sound(&world, &town).await;
    // It counts for the floor like any other money.
    put_in(&world, &town, town.admin(), (fund, id, 1_500), by).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    put_in(&world, &town, town.admin(), (fund, id, 500), by).await.unwrap();
    assert_eq!(held(&world, &town, Account::Reserved(lead, id, Source::Gift(fund))).await, 4_500);
    sound(&world, &town).await;
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
    refuses(put_in(&world, &town, admin(), (fund, id, 1), own).await, R::ByOnePerson);
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
    a_decision_puts_gifts_that_nobody_takes_back,
    it_returns_to_its_fund,
    every_refusal_says_why,
    shared_out_gifts_are_put_by_nobody,
];

//! Whose amounts are hidden, as members come, pay and choose.

use domain::{
    Money,
    actor::NotAllowed,
    posting::Nature,
    rules::{AmountsSeen, Rules, Template},
    visibility::Eyes,
};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    Failure,
    contributions::{NewContribution, record_contribution},
    rules,
    visibility::{Chosen, choose, know, veil},
};
use testkit::{Grown, World, on_both};

fn by_choice() -> Rules {
    Rules { amounts: AmountsSeen::OwnChoice, ..Template::Informal.rules() }
}

async fn pay(world: &World, town: &Grown, place: usize) {
    let new = NewContribution {
        organisation: town.member(place).organisation,
        amount: Money::new(4_200),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
}

/// The places of the members whose amounts a stranger may be told.
async fn told(world: &World, town: &Grown) -> Vec<usize> {
    let mut tx = world.read().await;
    let (_, rules) = store::collectives::rules(&mut tx, town.id).await.unwrap();
    let veil = veil(&mut tx, town.id, Eyes::stranger(rules.amounts)).await.unwrap();
    let all = town.members.iter().map(|member| (member.organisation, None));
    let veil = know(&mut tx, town.id, &veil, all).await.unwrap();
    (0..town.members.len()).filter(|place| veil.tells(town.member(*place).organisation)).collect()
}

async fn those_who_had_money_first_hide_with_the_first_who_hides(world: World) {
    let town = world.collective(by_choice(), &["Alpaga", "Belette", "Castor", "Daim", "Furet"]).await;
    for place in [0, 1, 2, 4] {
        assert_eq!(world.chooses(&town, place, true).await, Chosen::Shown, "nobody has money yet");
    }
    for (place, after) in
        [(2, vec![0, 1, 2, 4]), (3, vec![0, 1, 4]), (0, vec![1, 4]), (1, vec![1, 4]), (4, vec![1, 4])]
    {
        world.wait(SignedDuration::from_mins(1));
        pay(&world, &town, place).await;
        assert_eq!(told(&world, &town).await, after, "after {place} paid");
    }
    world.wait(SignedDuration::from_mins(1));
    assert_eq!(world.chooses(&town, 1, false).await, Chosen::Hidden);
    assert_eq!(told(&world, &town).await, [4], "who was hidden for the others' sake stays so");
    assert_eq!(world.chooses(&town, 1, true).await, Chosen::Shown, "three were hidden before it");
    assert_eq!(world.chooses(&town, 3, true).await, Chosen::Shown);
    assert_eq!(told(&world, &town).await, [0, 1, 2, 3, 4]);
}

async fn only_its_representative_chooses(world: World) {
    let town = world.collective(by_choice(), &["Alpaga", "Belette"]).await;
    let of = |place: usize| (town.member(place).acting(), town.member(place).organisation);
    let (acting, _) = of(0);
    let (_, organisation) = of(1);
    let refused = choose(&world.context, acting, town.id, organisation, true).await;
    assert!(matches!(refused, Err(Failure::NotAllowed(NotAllowed::Missing(_) | NotAllowed::NoMandate))));
    assert!(told(&world, &town).await.is_empty());
}

async fn the_rules_uncover_nobody_who_wishes_to_hide(world: World) {
    let names = ["Alpaga", "Belette", "Castor", "Daim"];
    let rules_of = |amounts| Rules { amounts, ..by_choice() };
    let town = world.collective(rules_of(AmountsSeen::Public), &names).await;
    for place in 0..4 {
        pay(&world, &town, place).await;
    }
    assert_eq!(told(&world, &town).await, [0, 1, 2, 3]);
    for place in [1, 2, 3] {
        world.chooses(&town, place, true).await;
    }
    let change = async |seen, amounts| {
        let rules = rules_of(amounts);
        rules::change(&world.context, town.admin(), town.id, seen, rules, "essai").await.unwrap()
    };
    let version = change(1, AmountsSeen::OwnChoice).await;
    assert_eq!(told(&world, &town).await, [3], "one hides, the first two with it");
    let version = change(version, AmountsSeen::Members).await;
    assert!(told(&world, &town).await.is_empty());
    let version = change(version, AmountsSeen::OwnChoice).await;
    assert_eq!(told(&world, &town).await, [3]);
    world.post().await;
    change(version, AmountsSeen::Public).await;
    assert_eq!(told(&world, &town).await, [3], "who had money before stays hidden until it agrees");
    let asked = world.post().await;
    let [asked] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(asked.to.address(), town.member(0).email);
    assert!(asked.text.contains("/members/alpaga#amounts"), "{}", asked.text);
    assert_eq!(world.chooses(&town, 0, true).await, Chosen::Shown);
    assert_eq!(told(&world, &town).await, [0, 1, 2, 3]);
}

async fn who_had_no_money_before_is_public_as_the_rules_say(world: World) {
    let names = ["Alpaga", "Belette", "Castor", "Daim"];
    let town = world.collective(by_choice(), &names).await;
    for place in 0..3 {
        pay(&world, &town, place).await;
    }
    let rules = Rules { amounts: AmountsSeen::Public, ..by_choice() };
    rules::change(&world.context, town.admin(), town.id, 1, rules, "essai").await.unwrap();
    pay(&world, &town, 3).await;
    assert_eq!(told(&world, &town).await, [3]);
    world.wait(SignedDuration::from_mins(1));
    assert_eq!(world.chooses(&town, 3, false).await, Chosen::Shown, "the rules decide for it");
}

on_both![
    those_who_had_money_first_hide_with_the_first_who_hides,
    only_its_representative_chooses,
    the_rules_uncover_nobody_who_wishes_to_hide,
    who_had_no_money_before_is_public_as_the_rules_say,
];

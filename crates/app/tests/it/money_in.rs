//! Contributions and gifts: what a treasurer records, and what is refused.

use std::collections::BTreeSet;

use domain::{
    Account, Book, Money,
    actor::NotAllowed,
    ids::FeatureId,
    input::FieldRule,
    posting::Nature,
    rules::{AmountsSeen, Rules, Template},
};
use jiff::civil::date;
use popote_app::{
    Acting, Failure,
    contributions::{self, NewContribution},
    files::{PROOF_TYPES, Upload},
    gifts::{self, GiftWish, Into, NewFund, NewGift},
};
use store::{journal, receipts};
use testkit::{Grown, World, on_both};

fn contribution(town: &Grown, place: usize, cents: i64) -> NewContribution {
    NewContribution {
        organisation: town.member(place).organisation,
        amount: Money::new(cents),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: "VIR COTISATION".to_owned(),
        proof: None,
    }
}

fn gift(cents: i64) -> NewGift {
    let fund = NewFund {
        name: "Festival".to_owned(),
        nature: Nature::Gift,
        earmark: None,
        conditions: String::new(),
        giver: "Une passante".to_owned(),
        giver_public: false,
    };
    NewGift {
        into: Into::New(fund),
        amount: Money::new(cents),
        received_on: date(2025, 3, 2),
        reference: String::new(),
        proof: None,
        wish: GiftWish::default(),
    }
}

async fn held(world: &World, town: &Grown, account: Account) -> i64 {
    let mut tx = world.read().await;
    let kinds = [account.kind()];
    let all = journal::balances(&mut tx, town.pot, Book::Cash, journal::Of::Kinds(&kinds)).await.unwrap();
    all.into_iter().find(|(found, _)| *found == account).map_or(0, |(_, balance)| balance.minor())
}

async fn a_payment_lands_in_its_pool_with_its_proof(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let proof = Upload::check("../releve.pdf", pdf, PROOF_TYPES).unwrap();
    let new = NewContribution { proof: Some(proof), ..contribution(&town, 1, 12_000) };
    let done = contributions::record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
    assert_eq!(done.seq, 1);
    assert_eq!(held(&world, &town, Account::Pool(town.member(1).organisation)).await, 12_000);
    let mut tx = world.read().await;
    let receipt = receipts::of_posting(&mut tx, done.posting).await.unwrap().unwrap();
    assert_eq!((receipt.received_on, receipt.reference.as_str()), (date(2025, 3, 1), "VIR COTISATION"));
    let file = store::files::get(&mut tx, receipt.proof.unwrap()).await.unwrap().unwrap();
    assert_eq!((file.name.as_str(), file.media_type.as_str()), ("releve.pdf", "application/pdf"));
    assert_eq!(file.payer, Some(town.member(1).organisation));
}

async fn sending_it_twice_records_it_once(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let acting = town.admin().with_key("click");
    let record = |acting: Acting, cents| {
        contributions::record_contribution(&world.context, acting, town.pot, contribution(&town, 0, cents))
    };
    let first = record(acting.clone(), 5_000).await.unwrap();
    assert_eq!(record(acting.clone(), 5_000).await.unwrap(), first);
    assert!(matches!(record(acting, 5_001).await, Err(Failure::KeyReused)));
    assert_eq!(held(&world, &town, Account::Pool(town.member(0).organisation)).await, 5_000);
    let other = record(town.admin().with_key("other"), 5_000).await.unwrap();
    assert_ne!(other, first, "another key is another payment");
}

async fn only_treasurers_record(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let outsider = town.member(1).acting();
    let refused =
        contributions::record_contribution(&world.context, outsider, town.pot, contribution(&town, 1, 100))
            .await;
    assert!(matches!(refused, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{refused:?}");
    assert_eq!(held(&world, &town, Account::Pool(town.member(1).organisation)).await, 0);
}

async fn what_breaks_a_rule_is_named_and_writes_nothing(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let stranger = world.collective(Template::Informal, &["Ailleurs"]).await;
    let sound = contribution(&town, 0, 100);
    let cases = [
        ("amount", FieldRule::NotPositive, NewContribution { amount: Money::ZERO, ..sound.clone() }),
        ("amount", FieldRule::NotPositive, NewContribution { amount: Money::new(-5), ..sound.clone() }),
        ("amount", FieldRule::TooLarge, NewContribution { amount: Money::new(i64::MAX), ..sound.clone() }),
        (
            "received_on",
            FieldRule::InTheFuture,
            NewContribution { received_on: date(2025, 3, 4), ..sound.clone() },
        ),
        ("nature", FieldRule::NotAChoice, NewContribution { nature: Nature::Gift, ..sound.clone() }),
        (
            "reference",
            FieldRule::TooLong(140),
            NewContribution { reference: "x".repeat(141), ..sound.clone() },
        ),
        (
            "organisation",
            FieldRule::Unknown,
            NewContribution { organisation: stranger.member(0).organisation, ..sound.clone() },
        ),
    ];
    for (field, rule, new) in cases {
        let done = contributions::record_contribution(&world.context, town.admin(), town.pot, new).await;
        let Err(Failure::Invalid(errors)) = done else { panic!("{field}: {done:?}") };
        assert_eq!((errors[0].field.as_str(), &errors[0].rule), (field, &rule));
    }
    assert_eq!(held(&world, &town, Account::Pool(town.member(0).organisation)).await, 0);
}

async fn a_payment_whose_amount_is_hidden_names_nobody_in_public(world: World) {
    for (amounts, names, public) in [
        (AmountsSeen::Public, ["Yaal Coop", "ARN"], vec![0, 1]),
        (AmountsSeen::Members, ["Picasoft", "Zaclys"], vec![]),
        (AmountsSeen::OwnChoice, ["Ouverte", "Discrète"], vec![0]),
    ] {
        let rules = Rules { amounts, ..Rules::from(Template::Informal) };
        let town = world.collective(rules, &names).await;
        world.chooses(&town, 0, true).await;
        for place in [0, 1] {
            let new = contribution(&town, place, 4_200);
            contributions::record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
        }
        let mut tx = world.read().await;
        for (public_only, expected) in [(true, public), (false, vec![0, 1])] {
            let events = store::events::of_collective(&mut tx, town.id, public_only, None, 50).await.unwrap();
            let named: BTreeSet<_> = events
                .iter()
                .filter(|event| event.kind == "contribution_recorded")
                .map(|event| event.organisation.unwrap())
                .collect();
            let expected: BTreeSet<_> =
                expected.into_iter().map(|place| town.member(place).organisation).collect();
            assert_eq!(named, expected, "{amounts:?}, public only: {public_only}");
        }
    }
}

async fn a_gift_makes_its_fund_and_the_next_one_joins_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let record = |new| gifts::record_gift(&world.context, town.admin(), town.pot, new);
    let first = record(gift(50_000)).await.unwrap();
    let second = record(NewGift { into: Into::Fund(first.fund), ..gift(1_000) }).await.unwrap();
    assert_eq!(second.fund, first.fund);
    assert_eq!(held(&world, &town, Account::Gift(first.fund)).await, 51_000);
}

async fn a_gift_for_an_unknown_feature_is_refused(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let NewGift { into: Into::New(fund), .. } = gift(1) else { unreachable!() };
    let earmark = Some(FeatureId::from(uuid::Uuid::from_u128(7)));
    let new = NewGift { into: Into::New(NewFund { earmark, name: "  ".to_owned(), ..fund }), ..gift(1) };
    let done = gifts::record_gift(&world.context, town.admin(), town.pot, new).await;
    let Err(Failure::Invalid(errors)) = done else { panic!("{done:?}") };
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["name", "earmark"]);
}

on_both![
    a_payment_lands_in_its_pool_with_its_proof,
    sending_it_twice_records_it_once,
    only_treasurers_record,
    what_breaks_a_rule_is_named_and_writes_nothing,
    a_payment_whose_amount_is_hidden_names_nobody_in_public,
    a_gift_makes_its_fund_and_the_next_one_joins_it,
    a_gift_for_an_unknown_feature_is_refused,
];

#[test]
fn a_file_is_what_its_bytes_are() {
    assert_eq!(Upload::check("a.pdf", b"<svg/>".to_vec(), PROOF_TYPES).err(), Some(FieldRule::FileType));
    let large = vec![0; popote_app::files::LARGEST + 1];
    assert!(matches!(Upload::check("a.pdf", large, PROOF_TYPES), Err(FieldRule::FileTooLarge(_))));
}

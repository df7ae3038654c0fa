//! A table of gifts: once, whatever is sent again; every line that is wrong is said.

use domain::{
    Account, AccountKind, Book, Money,
    actor::NotAllowed,
    ids::FeatureId,
    imports::{ImportRefusal, Problem},
    input::FieldRule,
    posting::{Nature, Reason},
    promises::PromiseRule,
    rounds::RoundPlan,
    rules::Template,
    shares::{GiftSharing, ShareRule, Sharing},
};
use jiff::civil::date;
use popote_app::{
    Failure,
    distributions::{Asked, confirm_distribution, preview_distribution},
    gift_imports::{Effect, import, preview},
    gifts::{GiftWish, Into as GiftInto, NewFund, NewGift, record_gift, wishes_of_round},
    journal::{NewReversal, reverse_entry},
    rounds::open_round,
    verify,
};
use testkit::{Grown, World, on_both};

fn fund(name: &str) -> NewFund {
    NewFund {
        name: name.to_owned(),
        nature: Nature::Gift,
        earmark: None,
        conditions: String::new(),
        giver: String::new(),
        giver_public: false,
    }
}

async fn effects(world: &World, town: &Grown, table: &str) -> Vec<Effect> {
    let found = preview(&world.context, &town.admin(), town.pot, table.as_bytes()).await.unwrap();
    found.lines.iter().map(|line| line.effect).collect()
}

async fn imported(world: &World, town: &Grown, into: GiftInto, table: &str) -> usize {
    let seen = preview(&world.context, &town.admin(), town.pot, table.as_bytes()).await.unwrap();
    import(&world.context, town.admin(), town.pot, (into, table.as_bytes()), seen.digest).await.unwrap()
}

const TABLE: &str = "Référence paiement;Date du paiement;Statut;Nom payeur;Montant\n\
    HA-1;01/03/2025 10:21;Validé;Dupont;20,00\n\
    HA-2;02/03/2025;Validé;Durand;1 050,50 €\n\
    HA-3;02/03/2025;Remboursé;Martin;15,00\n";

async fn a_table_is_recorded_once(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let seen = preview(&world.context, &town.admin(), town.pot, TABLE.as_bytes()).await.unwrap();
    assert_eq!(seen.sum, Money::new(107_050));
    assert_eq!(seen.ignored, ["Nom payeur"]);
    let into = GiftInto::New(fund("Dons en ligne"));
    assert_eq!(imported(&world, &town, into.clone(), TABLE).await, 2);
    // The same again, and a longer table that overlaps.
    assert_eq!(imported(&world, &town, into.clone(), TABLE).await, 0);
    let longer = format!("{TABLE}HA-4;03/03/2025;Validé;Dupont;20,00\n");
    let found = effects(&world, &town, &longer).await;
    assert!(matches!(
        found.as_slice(),
        [Effect::Known(_), Effect::Known(_), Effect::DidNotCome, Effect::Records]
    ));
    // What was previewed before somebody else imported it is shown anew.
    let stale = import(&world.context, town.admin(), town.pot, (into, TABLE.as_bytes()), seen.digest).await;
    assert!(matches!(stale, Err(Failure::Stale)), "{stale:?}");
    let mut tx = world.read().await;
    let funds = store::gifts::of_pot(&mut tx, town.pot, 9).await.unwrap();
    assert_eq!(funds.len(), 1, "no fund is made for nothing");
    let of = store::journal::Of::Kinds(&[AccountKind::Gift]);
    let held = store::journal::balances(&mut tx, town.pot, Book::Cash, of).await.unwrap();
    assert_eq!(held, [(Account::Gift(funds[0].id), Money::new(107_050))]);
    drop(tx);
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    assert!(report.holds());
}

async fn what_was_noted_by_hand_is_known(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let gift = |reference: &str| NewGift {
        into: GiftInto::New(fund("Dons")),
        amount: Money::new(2_000),
        received_on: date(2025, 3, 1),
        reference: reference.to_owned(),
        proof: None,
        wish: GiftWish::default(),
    };
    let first = record_gift(&world.context, town.admin(), town.pot, gift("")).await.unwrap();
    // Two lines of that day and amount: the one by hand stands for one of them.
    let table = "date,amount,id\n2025-03-01,20,a\n2025-03-01,20,b\n";
    assert_eq!(effects(&world, &town, table).await, [Effect::Known(first.recorded.seq), Effect::Records]);
    let into = GiftInto::Fund(first.fund);
    assert_eq!(imported(&world, &town, into.clone(), table).await, 1);
    assert_eq!(imported(&world, &town, into, table).await, 0);
    // Reversed it isn't known any more.
    let reversal = NewReversal {
        posting: first.recorded.posting,
        reason: Reason::WrongAmount,
        note: "deux fois".to_owned(),
    };
    reverse_entry(&world.context, town.admin(), town.pot, reversal).await.unwrap();
    assert_eq!(effects(&world, &town, table).await[0], Effect::Records);
}

async fn every_wrong_line_is_said(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let table = "date;montant;reference\n2025-03-01;1.234;a\n;5;b\n2025-03-01;-3;c\n2025-03-01;5;d\n2025-03-01;5;d\n\
        2099-01-01;5;e\n2025-03-01;5;\n";
    let done = preview(&world.context, &town.admin(), town.pot, table.as_bytes()).await;
    let Err(Failure::Refused(ImportRefusal::Lines(errors))) = done else { panic!("{done:?}") };
    let lines: Vec<u64> = errors.iter().map(|error| error.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 7, 8]);
    assert_eq!(errors[3].problem, Problem::Repeats { line: 5 });
    let member = preview(&world.context, &town.member(1).acting(), town.pot, TABLE.as_bytes()).await;
    assert!(matches!(member, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{member:?}");
}

async fn a_wish_is_kept_and_told_for_the_round_that_shares_the_gift(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let gift = |words: &str| NewGift {
        into: GiftInto::New(fund("Dons")),
        amount: Money::new(2_000),
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
        wish: GiftWish { feature: None, words: words.to_owned() },
    };
    let record = |words: String| {
        let new = gift(&words);
        record_gift(&world.context, town.admin(), town.pot, new)
    };
    let Err(Failure::Invalid(errors)) = record("x".repeat(141)).await else { panic!("too long") };
    assert_eq!((errors[0].field.as_str(), &errors[0].rule), ("wish", &FieldRule::TooLong(140)));
    let stranger = FeatureId(uuid::Uuid::from_u128(9));
    let unknown = NewGift { wish: GiftWish { feature: Some(stranger), words: String::new() }, ..gift("") };
    let Err(Failure::Invalid(errors)) = record_gift(&world.context, town.admin(), town.pot, unknown).await
    else {
        panic!("unknown")
    };
    assert_eq!((errors[0].field.as_str(), &errors[0].rule), ("wish_feature", &FieldRule::Unknown));
    let first = record(" Les traductions ".to_owned()).await.unwrap();
    let table = "date,amount,id,wish\n2025-03-01,21,a,Le salon\n2025-03-01,30,b,\n";
    assert_eq!(imported(&world, &town, GiftInto::Fund(first.fund), table).await, 2);

    let plan = |gifts| RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: date(2025, 3, 31),
        rule: ShareRule { sharing: Sharing::Equal, gifts },
        cap: None,
        lapse: false,
        promises: PromiseRule::AsPutIn,
    };
    let open = |gifts| open_round(&world.context, town.admin(), town.pot, plan(gifts));
    let round = open(GiftSharing::Wished).await.unwrap().round;
    let told = async || {
        let mut tx = world.read().await;
        let round = store::rounds::by_id(&mut tx, round).await.unwrap().unwrap();
        let wishes = wishes_of_round(&mut tx, &round).await.unwrap();
        wishes.into_iter().map(|wish| (wish.wish, wish.amount.minor())).collect::<Vec<_>>()
    };
    let both = [("Le salon".to_owned(), 2_100), ("Les traductions".to_owned(), 2_000)];
    assert_eq!(told().await, both);
    let asked = Asked::default();
    let preview = preview_distribution(&world.context, &town.admin(), round, &asked).await.unwrap();
    assert_eq!(preview.plan.from_gifts, Money::new(7_100), "a wish changes no share");
    confirm_distribution(&world.context, town.admin(), round, asked, &preview.digest()).await.unwrap();
    record("Autre chose".to_owned()).await.unwrap();
    assert_eq!(told().await, both, "what came after its distribution is for the next round");
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    assert!(report.holds());
}

on_both![
    a_wish_is_kept_and_told_for_the_round_that_shares_the_gift,
    a_table_is_recorded_once,
    what_was_noted_by_hand_is_known,
    every_wrong_line_is_said
];

//! A worked vector of the chain: the same texts and hashes come out of the script in `docs/`.

use jiff::{Timestamp, civil::date};
use popote_domain::{
    Account, Book, Currency, Money, Source, Transfer,
    chain::{Hash, Head, Leg, LegSalts, Link, commit, genesis},
    ids::{BankAccountId, FeatureId, OrganisationId, PersonId, PotId},
    posting::Actor,
};
use uuid::Uuid;

const GENESIS: &str = "3f79723b2ac62119f14e2652224c2a9f33190b99ddf3f97f23ff56fbe0371b7e";
const FIRST: &str = r#"{"actor":"e1f7b61f2b8b3a585e2711615b4b023b409021db5e7045146dc9e16d6f12298f","book":"cash","currency":"EUR","effective_on":"2026-03-01","exponent":"2","kind":"contribution","pot":"0190a000-0000-7000-8000-000000000001","previous":"3f79723b2ac62119f14e2652224c2a9f33190b99ddf3f97f23ff56fbe0371b7e","recorded_at":"1772366400000000","seq":"1","transfers":[{"amount":"10000","from":{"account":"11bbc0e748c4d5d9a236257003b17bd2d7ed2b873f480cc45747279584b328ac","kind":"bank"},"to":{"account":"c947416d3d9e8be7f117eb72e350fadc6e2435ad72844479670b74f64342fe78","kind":"pool","organisation":"6578e8e3766f55f0865bbab6f27cfa47b4b1ab2c084872095f39812a41269db4"}}]}"#;
const FIRST_HASH: &str = "62102c21b3a0317b16c831867fa31a627a28015e9194ed624969e7554934234f";
const SECOND_HASH: &str = "9ed28f59e5105158f02600cce61aa3c933bbea07dd965e3c24d6d3c0e73ef164";

fn uuid(tail: u128) -> Uuid {
    Uuid::from_u128(0x0190_a000_0000_7000_8000_0000_0000_0000 + tail)
}

fn pot() -> PotId {
    uuid(1).into()
}

fn salt(byte: u8) -> Hash {
    [byte; 32]
}

fn salts() -> LegSalts {
    LegSalts {
        from_account: salt(1),
        from_organisation: salt(2),
        to_account: salt(3),
        to_organisation: salt(4),
    }
}

fn first() -> Link {
    let organisation = OrganisationId(uuid(0xa1));
    let paid = Transfer::new(
        Account::Bank(BankAccountId(uuid(0xb1))),
        Account::Pool(organisation),
        Money::new(10_000),
    );
    Link {
        pot: pot(),
        book: Book::Cash,
        seq: 1,
        previous: genesis(pot(), Book::Cash),
        kind: "contribution".into(),
        effective_on: date(2026, 3, 1),
        recorded_at: Timestamp::from_microsecond(1_772_366_400_000_000).expect("an instant"),
        currency: Currency::EUR,
        actor: commit(&salt(9), &Actor::Person(PersonId(uuid(0xe1))).to_string()),
        reason: None,
        legs: vec![Leg::of(&paid, &salts())],
    }
}

fn second() -> Link {
    let (organisation, feature) = (OrganisationId(uuid(0xa1)), FeatureId(uuid(0xf1)));
    let put = Transfer::new(
        Account::Share(organisation, Source::Own),
        Account::Allocated(organisation, feature, Source::Own),
        Money::new(2_500),
    );
    Link {
        seq: 2,
        previous: first().hash(),
        kind: "allocate".into(),
        effective_on: date(2026, 3, 2),
        recorded_at: Timestamp::from_microsecond(1_772_452_800_123_456).expect("an instant"),
        actor: commit(&salt(9), &Actor::System { job: "round_close", rules_version: 3 }.to_string()),
        reason: Some(commit(&salt(8), "not_funded")),
        legs: vec![Leg::of(&put, &salts())],
        ..first()
    }
}

#[test]
fn the_worked_vector_holds() {
    assert_eq!(hex::encode(genesis(pot(), Book::Cash)), GENESIS);
    assert_eq!(first().text(), FIRST);
    assert_eq!(hex::encode(first().hash()), FIRST_HASH);
    assert_eq!(hex::encode(second().hash()), SECOND_HASH);
    assert!(
        second().text().contains(r#""feature":"0190a000-0000-7000-8000-0000000000f1","kind":"allocated""#)
    );
}

#[test]
fn the_two_books_of_a_pot_start_apart() {
    assert_ne!(genesis(pot(), Book::Cash), genesis(pot(), Book::Promises));
    assert_ne!(genesis(pot(), Book::Cash), genesis(uuid(2).into(), Book::Cash));
}

#[test]
fn every_part_of_a_link_changes_its_hash() {
    let changes: Vec<fn(&mut Link)> = vec![
        |link| link.pot = uuid(2).into(),
        |link| link.book = Book::Promises,
        |link| link.seq = 3,
        |link| link.previous[31] ^= 1,
        |link| link.kind = "add".into(),
        |link| link.effective_on = date(2026, 3, 3),
        |link| link.recorded_at = Timestamp::UNIX_EPOCH,
        |link| link.currency = Currency::new("EUR", 3).expect("a currency"),
        |link| link.actor[0] ^= 1,
        |link| link.reason = None,
        |link| link.legs[0].amount += 1,
        |link| link.legs[0].from.account[0] ^= 1,
        |link| link.legs[0].from.organisation = None,
        |link| link.legs[0].to.feature = None,
        |link| link.legs[0].to.kind = "reserved".into(),
        |link| {
            let leg = &mut link.legs[0];
            std::mem::swap(&mut leg.from, &mut leg.to);
        },
        |link| link.legs.push(link.legs[0].clone()),
    ];
    let whole = second();
    for (index, change) in changes.into_iter().enumerate() {
        let mut link = whole.clone();
        change(&mut link);
        assert_ne!(link.hash(), whole.hash(), "change {index} went unnoticed");
    }
}

#[test]
fn text_and_hash_agree_even_on_texts_that_need_escapes() {
    let mut link = first();
    link.kind = "a\"b\\c\u{1}é\n".into();
    assert_eq!(link.hash(), popote_domain::chain::digest(&[link.text().as_bytes()]));
    assert!(link.text().contains(r#""kind":"a\"b\\c\u0001é\n""#));
}

#[test]
fn a_commitment_hides_and_binds() {
    assert_ne!(commit(&salt(1), "person:a"), commit(&salt(2), "person:a"));
    assert_ne!(commit(&salt(1), "person:a"), commit(&salt(1), "person:b"));
}

#[test]
fn heads_are_read_as_they_are_written() {
    let head = Head { book: Book::Promises, seq: 42, hash: first().hash() };
    assert_eq!(Head::parse(&head.to_string()), Some(head));
    assert_eq!(Head::parse(&format!(" cash:0:{GENESIS}\n")), Some(Head::empty(pot(), Book::Cash)));
    for bad in
        ["", "cash", "cash:1", "gold:1:00", "cash:-1:00", &format!("cash:1:{}", &GENESIS[2..]), "cash:x:00"]
    {
        assert_eq!(Head::parse(bad), None, "{bad}");
    }
}

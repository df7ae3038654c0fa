//! Posting, bounds, acts done once, reading back.

use domain::{
    Account, Book, Money, PostingKind, Source, Transfer,
    posting::{DraftError, Reason},
};
use store::journal::{PostError, pages};
use testkit::{World, on_both};

use super::{Post, Unposted, balances, bank, broken, draft, organisation, pay, post, town};

async fn what_is_posted_can_be_read_back(world: World) {
    let town = town(&world).await;
    let first = pay(&world, &town, 0, 10_000).await;
    let second = pay(&world, &town, 1, 250).await;
    assert_eq!((first.seq, second.seq), (1, 2));
    let pool = Account::Pool(organisation(&town, 0));
    assert_eq!(balances(&world, &town, Book::Cash).await[&pool], 10_000);
    assert_eq!(balances(&world, &town, Book::Cash).await[&bank(&world, &town).await], -10_250);
    let mut tx = world.read().await;
    let page = pages::page(&mut tx, town.pot, Book::Cash, None, None, 10).await.unwrap();
    assert_eq!(page.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 1], "the newest first");
    assert_eq!((page[1].total, page[1].transfers), (Money::new(10_000), 1));
    assert_eq!(page[1].legs, [(bank(&world, &town).await, pool, Money::new(10_000))]);
    assert_eq!(page[0].hash, second.hash);
    let older = pages::page(&mut tx, town.pot, Book::Cash, None, Some(2), 10).await.unwrap();
    assert_eq!(older.iter().map(|entry| entry.id).collect::<Vec<_>>(), [first.id]);
    let (book, entry) = pages::entry(&mut tx, town.pot, first.id).await.unwrap().unwrap();
    assert_eq!((book, entry.seq, entry.reversed_by), (Book::Cash, 1, None));
    assert!(broken(&world, &town).await.is_empty());
}

async fn an_account_never_leaves_its_bounds(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 100).await;
    let before = balances(&world, &town, Book::Cash).await;
    let (pool, share) =
        (Account::Pool(organisation(&town, 0)), Account::Share(organisation(&town, 0), Source::Own));
    let spend = |minor| {
        let moved =
            vec![Transfer::new(pool, share, Money::new(60)), Transfer::new(pool, share, Money::new(minor))];
        draft(&town, Book::Cash, PostingKind::Distribution, moved)
    };
    let refused = post(&world, &town, spend(41)).await;
    assert!(
        matches!(refused, Err(Unposted::Post(PostError::Bound { account, balance: -1 })) if account == pool),
        "{refused:?}"
    );
    assert_eq!(balances(&world, &town, Book::Cash).await, before, "nothing was written");
    post(&world, &town, spend(40)).await.unwrap();
    assert!(broken(&world, &town).await.contains(&"I17"), "a distribution without a round is noticed");
}

async fn what_is_no_posting_is_refused_before_the_database(world: World) {
    let town = town(&world).await;
    let (a, b) = (Account::Pool(organisation(&town, 0)), Account::Pool(organisation(&town, 1)));
    let moved = draft(&town, Book::Cash, PostingKind::Contribution, vec![Transfer::new(a, b, Money::new(1))]);
    let refused = post(&world, &town, moved).await;
    assert!(matches!(refused, Err(Unposted::Post(PostError::Draft(DraftError::Leg { .. })))), "{refused:?}");
    let nothing = post(&world, &town, draft(&town, Book::Cash, PostingKind::Gift, vec![])).await;
    assert!(matches!(nothing, Err(Unposted::Post(PostError::Draft(DraftError::Empty)))));
    assert!(balances(&world, &town, Book::Cash).await.is_empty());
}

async fn an_act_done_once_is_taken_until_its_posting_is_reversed(world: World) {
    let town = town(&world).await;
    let subject = town.pot.0;
    let paid = |minor| {
        let bank = Account::Unattributed;
        vec![Transfer::new(bank, Account::Pool(organisation(&town, 0)), Money::new(minor))]
    };
    let from = bank(&world, &town).await;
    let in_hand = vec![Transfer::new(from, Account::Unattributed, Money::new(10))];
    post(&world, &town, draft(&town, Book::Cash, PostingKind::Contribution, in_hand)).await.unwrap();
    let act = |minor| {
        let draft = draft(&town, Book::Cash, PostingKind::Attribute, paid(minor));
        Post {
            pot: town.pot,
            draft,
            seed: world.context.seed(),
            now: world.now(),
            once: Some(("test", subject)),
        }
    };
    let first = world.context.db.write(act(1)).await.unwrap();
    assert!(matches!(world.context.db.write(act(2)).await, Err(Unposted::Taken)));
    let pool = Account::Pool(organisation(&town, 0));
    assert_eq!(balances(&world, &town, Book::Cash).await[&pool], 1, "the second wrote nothing");
    let id = first.id;
    world.sql(move |tx| Box::pin(async move { store::journal::free_once(tx, id).await })).await;
    world.context.db.write(act(3)).await.unwrap();
    assert!(broken(&world, &town).await.is_empty());
}

async fn the_two_books_have_a_chain_each(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 5).await;
    let who = organisation(&town, 0);
    let promised = vec![Transfer::new(Account::Promised(who), Account::Pool(who), Money::new(7))];
    let first =
        post(&world, &town, draft(&town, Book::Promises, PostingKind::Promise, promised)).await.unwrap();
    assert_eq!(first.seq, 1, "promises count from one");
    assert_eq!(balances(&world, &town, Book::Promises).await[&Account::Pool(who)], 7);
    assert_eq!(balances(&world, &town, Book::Cash).await[&Account::Pool(who)], 5);
    assert_eq!(broken(&world, &town).await, ["I21"], "no promise is written down for it");
}

async fn a_large_posting_is_written_whole(world: World) {
    const TRANSFERS: usize = 7_000;
    let town = town(&world).await;
    let from = bank(&world, &town).await;
    let mut paid = draft(
        &town,
        Book::Cash,
        PostingKind::Gift,
        (0..TRANSFERS)
            .map(|n| {
                Transfer::new(from, Account::Gift(uuid::Uuid::from_u128(n as u128).into()), Money::new(1))
            })
            .collect(),
    );
    paid.reason = Some(Reason::Decided);
    post(&world, &town, paid).await.unwrap();
    assert_eq!(balances(&world, &town, Book::Cash).await[&from], -i64::try_from(TRANSFERS).unwrap());
    assert!(broken(&world, &town).await.is_empty());
    let page = pages::page(&mut world.read().await, town.pot, Book::Cash, None, None, 1).await.unwrap();
    assert_eq!(page[0].transfers, 7_000);
    assert_eq!(i64::try_from(page[0].legs.len()), Ok(pages::SHOWN_TRANSFERS));
}

async fn a_statement_has_each_transfer_of_an_organisation_once(world: World) {
    let town = town(&world).await;
    let who = organisation(&town, 0);
    pay(&world, &town, 0, 100).await;
    pay(&world, &town, 1, 100).await;
    let (own, pooled) = (Account::Share(who, Source::Own), Account::Share(who, Source::Pooled));
    let shared = vec![
        Transfer::new(Account::Pool(who), own, Money::new(60)),
        Transfer::new(Account::Pool(organisation(&town, 1)), pooled, Money::new(30)),
        Transfer::new(
            Account::Pool(organisation(&town, 1)),
            Account::Share(organisation(&town, 1), Source::Own),
            Money::new(5),
        ),
    ];
    post(&world, &town, draft(&town, Book::Cash, PostingKind::Distribution, shared)).await.unwrap();
    let mut tx = world.read().await;
    let lines = pages::statement(&mut tx, town.pot, Book::Cash, who, None, 10).await.unwrap();
    // Where several organisations are concerned, transfers stand in an order by chance.
    let mut figures: Vec<_> = lines.iter().map(|line| (line.seq, line.amount.minor())).collect();
    figures.sort();
    assert_eq!(figures, [(1, 100), (3, 30), (3, 60)]);
    let newest = (lines[0].seq, lines[0].position);
    let rest = pages::statement(&mut tx, town.pot, Book::Cash, who, Some(newest), 1).await.unwrap();
    assert_eq!((rest.len(), rest[0].to), (1, lines[1].to));
}

on_both![
    what_is_posted_can_be_read_back,
    an_account_never_leaves_its_bounds,
    what_is_no_posting_is_refused_before_the_database,
    an_act_done_once_is_taken_until_its_posting_is_reversed,
    the_two_books_have_a_chain_each,
    a_large_posting_is_written_whole,
    a_statement_has_each_transfer_of_an_organisation_once,
];

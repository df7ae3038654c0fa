//! Many at once.

use domain::{Account, Book, Money, PostingKind, Source, Transfer, ids::FeatureId};
use store::{Db, Options, journal::PostError};
use testkit::{World, on_both};
use uuid::Uuid;

use super::{Post, Unposted, balances, broken, draft, organisation, pay, post, raw, town};

const WRITERS: i64 = 64;
const EACH: i64 = 100;
const SHARE: i64 = 2_030;

async fn writers_on_one_share_never_overspend(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, SHARE).await;
    let who = organisation(&town, 0);
    let (pool, share) = (Account::Pool(who), Account::Share(who, Source::Own));
    let shared = vec![Transfer::new(pool, share, Money::new(SHARE))];
    post(&world, &town, draft(&town, Book::Cash, PostingKind::Distribution, shared)).await.unwrap();
    // A second server on the same database, so that not only one process's queue keeps the order.
    let second = Db::open(&world.url, &Options { connections: 8, ..Options::default() }).await.unwrap();
    let feature = FeatureId(Uuid::from_u128(7));
    let mut tasks = Vec::new();
    for number in 0..WRITERS {
        let put = Transfer::new(share, Account::Allocated(who, feature, Source::Own), Money::new(EACH));
        let draft = draft(&town, Book::Cash, PostingKind::Allocate, vec![put]);
        let command = Post { pot: town.pot, draft, seed: world.context.seed(), now: world.now(), once: None };
        let db = if number % 2 == 0 { world.context.db.clone() } else { second.clone() };
        tasks.push(tokio::spawn(async move { db.write(command).await }));
    }
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => done += 1,
            Err(Unposted::Post(PostError::Bound { account, .. })) => assert_eq!(account, share),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(done, SHARE / EACH, "as many as the share allows, no more and no less");
    let held = balances(&world, &town, Book::Cash).await;
    assert_eq!(held[&share], SHARE % EACH);
    assert_eq!(held[&Account::Allocated(who, feature, Source::Own)], SHARE / EACH * EACH);
    // The feature is none of this pot, and the distribution has no round: the chain and the sums hold all the same.
    let broken = broken(&world, &town).await;
    assert!(!["I1", "I2", "I3", "I5"].iter().any(|code| broken.contains(code)), "{broken:?}");
    second.close().await;
    assert!(raw(&world, "UPDATE pot_head SET seq = seq").await.is_ok());
}

on_both![writers_on_one_share_never_overspend];

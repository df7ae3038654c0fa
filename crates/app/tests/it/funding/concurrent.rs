//! Many at once: no share is overspent, no maximum passed, no trigger twice.

use domain::Account;
use testkit::{World, on_both};

use super::*;

/// Counter-example 14 of the audit: two writers that each see room.
async fn thirty_two_allocators_never_overspend_nor_overfund(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 100_000).await;
    let id = propose(&world, &town, 119_900, 120_000).await;
    let mut writers = Vec::new();
    for writer in 0..32_usize {
        let (world, town) = (world.clone(), town.clone());
        writers.push(tokio::spawn(async move {
            let place = writer % 3;
            let (mut won, mut triggered) = (0_i64, 0);
            for _ in 0..6 {
                let mine = Account::Allocated(town.member(place).organisation, id, domain::Source::Own);
                let bound = Account::Reserved(town.member(place).organisation, id, domain::Source::Own);
                let now = held(&world, &town, mine).await + held(&world, &town, bound).await;
                if let Ok(saved) = put(&world, &town, place, &[wish(id, now, now + 5_000)]).await {
                    won += 5_000;
                    triggered += saved.triggered.len();
                }
            }
            (won, triggered)
        }));
    }
    let (mut won, mut triggered) = (0, 0);
    for writer in writers {
        let (by_one, times) = writer.await.unwrap();
        won += by_one;
        triggered += times;
    }
    let row = feature(&world, id).await;
    assert_eq!(row.allocated_total.minor(), won, "what was answered is what is there");
    assert!(won <= 120_000);
    assert_eq!(triggered, usize::from(won >= 119_900));
    sound(&world, &town).await;
}

/// The same share on many features at once.
async fn one_share_is_spent_once(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let mut ids = Vec::new();
    for _ in 0..8 {
        ids.push(propose(&world, &town, 50_000, 60_000).await);
    }
    let mut writers = Vec::new();
    for writer in 0..32_usize {
        let (world, town, id) = (world.clone(), town.clone(), ids[writer % 8]);
        writers.push(tokio::spawn(async move { put(&world, &town, 0, &[wish(id, 0, 3_000)]).await.is_ok() }));
    }
    let mut won = 0;
    for writer in writers {
        won += i64::from(writer.await.unwrap());
    }
    assert_eq!(won, 3);
    sound(&world, &town).await;
}

on_both![thirty_two_allocators_never_overspend_nor_overfund, one_share_is_spent_once];

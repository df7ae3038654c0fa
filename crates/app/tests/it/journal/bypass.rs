//! Ways around the journal: the database itself refuses them.

use domain::Book;
use testkit::{Kind, World, on_both};

use super::{balances, broken, pay, raw, town};

async fn what_was_posted_is_neither_changed_nor_deleted(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 100).await;
    for sql in [
        "UPDATE posting SET kind = 'gift'",
        "UPDATE posting SET seq = seq",
        "DELETE FROM posting",
        "UPDATE transfer SET amount = 200",
        "DELETE FROM transfer",
    ] {
        let said = raw(&world, sql).await.expect_err(sql);
        assert!(said.contains("append-only"), "{sql}: {said}");
    }
    assert!(broken(&world, &town).await.is_empty());
}

async fn nothing_is_put_in_the_place_of_a_posting(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 100).await;
    let replacing: &[&str] = match world.kind {
        Kind::Sqlite => &[
            "INSERT OR REPLACE INTO posting SELECT * FROM posting",
            "REPLACE INTO posting SELECT * FROM posting",
            "INSERT OR REPLACE INTO transfer SELECT * FROM transfer",
            "INSERT OR IGNORE INTO transfer SELECT * FROM transfer",
            "INSERT INTO posting SELECT * FROM posting WHERE true ON CONFLICT DO UPDATE SET kind = 'gift'",
        ],
        Kind::Postgres => &[
            "INSERT INTO posting SELECT * FROM posting ON CONFLICT (id) DO UPDATE SET kind = 'gift'",
            "INSERT INTO transfer SELECT * FROM transfer ON CONFLICT (posting, position) DO UPDATE SET amount = 9",
            "TRUNCATE posting CASCADE",
            "TRUNCATE transfer CASCADE",
        ],
    };
    for sql in replacing {
        let said = raw(&world, sql).await.expect_err(sql);
        assert!(said.contains("append-only"), "{sql}: {said}");
    }
    assert!(broken(&world, &town).await.is_empty());
}

async fn the_bounds_are_the_databases_own(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 100).await;
    let before = balances(&world, &town, Book::Cash).await;
    for (sql, constraint) in [
        ("UPDATE account SET balance = balance - 101 WHERE kind = 'pool'", "account_not_below"),
        ("UPDATE account SET balance = balance + 101 WHERE kind = 'bank'", "account_not_above"),
        (
            "INSERT INTO transfer SELECT posting, 9, from_account, to_account, 0, from_commitment, NULL, \
          to_commitment, NULL FROM transfer",
            "transfer_amount_positive",
        ),
        (
            "INSERT INTO transfer SELECT posting, 9, from_account, from_account, 1, from_commitment, NULL, \
          to_commitment, NULL FROM transfer",
            "transfer_two_accounts",
        ),
    ] {
        let said = raw(&world, sql).await.expect_err(sql);
        assert!(said.contains(constraint), "{sql}: {said}");
    }
    assert_eq!(balances(&world, &town, Book::Cash).await, before);
}

on_both![
    what_was_posted_is_neither_changed_nor_deleted,
    nothing_is_put_in_the_place_of_a_posting,
    the_bounds_are_the_databases_own,
];

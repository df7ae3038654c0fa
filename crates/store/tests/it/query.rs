//! What goes into and comes out of columns, alike on both databases.

use domain::{AccountKind, Book, Money, ids::PotId};
use jiff::{Timestamp, civil::Date};
use popote_store::{
    Db, MAX_ARGUMENTS, Tx, args, execute, fetch_all, fetch_all_in, fetch_all_in_locked, fetch_all_locked,
    fetch_one, fetch_optional, fetch_optional_locked, fetch_optional_value, fetch_value, insert_many, row,
    violates,
};
use uuid::Uuid;

use crate::{
    act::{Act, Fail},
    place::{Place, on_both},
};

on_both! {
    every_type_comes_back,
    what_is_none_of_its_type_is_an_error,
    arguments_are_counted,
    many_rows_are_inserted,
    a_list_is_looked_up,
    rows_are_locked,
    constraints_have_the_same_names,
    a_read_sees_one_state,
    a_read_cannot_write,
    a_read_of_one_statement_is_that,
    what_is_read_is_counted,
    each_commit_is_another_moment,
}

row! {
    #[derive(Debug, PartialEq)]
    struct Sample {
        id: PotId,
        plain: Uuid,
        small: u8,
        big: i64,
        flag: bool,
        amount: Money,
        at: Timestamp,
        day: Date,
        name: String,
        book: Book,
        kind: Option<AccountKind>,
        hash: [u8; 4],
        bytes: Option<Vec<u8>>,
        parent: Option<PotId>,
        count: Option<i64>,
    }
}

const COLUMNS: &str = "id UUID NOT NULL PRIMARY KEY, plain UUID NOT NULL, small BIGINT NOT NULL, \
    big BIGINT NOT NULL, flag BIGINT NOT NULL, amount BIGINT NOT NULL, at BIGINT NOT NULL, day TEXT NOT NULL, \
    name TEXT NOT NULL, book TEXT NOT NULL, kind TEXT, hash BYTEA NOT NULL, bytes BYTEA, parent UUID, count BIGINT";

async fn table(tx: &mut Tx) -> sqlx::Result<()> {
    let create = format!("CREATE TABLE sample ({COLUMNS})");
    let create = if tx.is_postgres() {
        create
    } else {
        create.replace("BIGINT", "INTEGER").replace("UUID", "BLOB").replace("BYTEA", "BLOB") + " STRICT"
    };
    popote_store::on!(tx, c => {
        let sql = sqlx::AssertSqlSafe(create.clone());
        sqlx::raw_sql(sql).execute(c).await.map(drop)
    })
}

fn sample() -> Sample {
    Sample {
        id: PotId(Uuid::from_u128(7)),
        plain: Uuid::from_u128(8),
        small: 255,
        big: i64::MIN,
        flag: true,
        amount: Money::new(-1_234),
        at: Timestamp::from_microsecond(1_796_000_000_123_456).unwrap(),
        day: "2026-11-30".parse().unwrap(),
        name: "L’été — \u{1f9fe} $1".to_owned(),
        book: Book::Promises,
        kind: Some(AccountKind::Pool),
        hash: [0, 1, 254, 255],
        bytes: Some(vec![0, 255]),
        parent: Some(PotId(Uuid::from_u128(9))),
        count: Some(0),
    }
}

async fn insert(tx: &mut Tx, s: &Sample) -> sqlx::Result<u64> {
    const SQL: &str = "INSERT INTO sample (id, plain, small, big, flag, amount, at, day, name, book, kind, hash, \
        bytes, parent, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let args = args![
        s.id, s.plain, s.small, s.big, s.flag, s.amount, s.at, s.day, s.name, s.book, s.kind, s.hash,
        s.bytes, s.parent, s.count
    ];
    execute(tx, SQL, args).await
}

async fn prepared(place: &Place) -> Db {
    let db = place.open().await;
    let make = Act::new(|tx| {
        Box::pin(async move {
            table(tx).await?;
            insert(tx, &sample()).await?;
            Ok(0)
        })
    });
    db.write(make).await.unwrap();
    db
}

async fn every_type_comes_back(place: Place) {
    let db = prepared(&place).await;
    let nothing = Sample {
        id: PotId(Uuid::from_u128(10)),
        kind: None,
        bytes: None,
        parent: None,
        count: None,
        flag: false,
        ..sample()
    };
    let add = Act::new(|tx| {
        Box::pin(async move {
            let all_null = Sample {
                id: PotId(Uuid::from_u128(10)),
                kind: None,
                bytes: None,
                parent: None,
                count: None,
                flag: false,
                ..sample()
            };
            Ok(i64::try_from(insert(tx, &all_null).await?).unwrap())
        })
    });
    assert_eq!(db.write(add).await.unwrap(), 1);
    let mut tx = db.read().await.unwrap();
    let rows: Vec<Sample> = fetch_all(&mut tx, "SELECT * FROM sample ORDER BY id", args![]).await.unwrap();
    assert_eq!(rows, [sample(), nothing]);
    let one: Sample =
        fetch_one(&mut tx, "SELECT * FROM sample WHERE id = $1", args![PotId(Uuid::from_u128(7))])
            .await
            .unwrap();
    assert_eq!(one, sample());
    const COUNT: &str = "SELECT COUNT(*) FROM sample WHERE amount = $1 AND flag = $2";
    let count: i64 = fetch_value(&mut tx, COUNT, args![Money::new(-1_234), true]).await.unwrap();
    assert_eq!(count, 1);
    const SUM: &str = "SELECT CAST(SUM(amount) AS BIGINT) FROM sample WHERE name = $1";
    let sum: Option<Money> = fetch_value(&mut tx, SUM, args!["nobody"]).await.unwrap();
    assert_eq!(sum, None);
    let none: Option<Uuid> =
        fetch_optional_value(&mut tx, "SELECT id FROM sample WHERE name = $1", args!["x"]).await.unwrap();
    assert_eq!(none, None);
}

async fn what_is_none_of_its_type_is_an_error(place: Place) {
    let db = prepared(&place).await;
    let spoil = Act::new(|tx| {
        Box::pin(async move {
            Ok(i64::try_from(execute(tx, "UPDATE sample SET flag = 2", args![]).await?).unwrap())
        })
    });
    db.write(spoil).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let bad = fetch_all::<Sample>(&mut tx, "SELECT * FROM sample", args![]).await.unwrap_err();
    assert!(matches!(&bad, sqlx::Error::ColumnDecode { index, .. } if index == "flag"), "{bad}");
    let missing = fetch_one::<Sample>(&mut tx, "SELECT * FROM sample WHERE big = $1", args![0]).await;
    assert!(matches!(missing, Err(sqlx::Error::RowNotFound)));
    let count: i64 = fetch_value(&mut tx, "SELECT COUNT(*) FROM sample", args![]).await.unwrap();
    assert_eq!(count, 1, "neither harms the transaction");
}

async fn arguments_are_counted(place: Place) {
    let db = prepared(&place).await;
    let mut tx = db.read().await.unwrap();
    const SQL: &str = "SELECT COUNT(*) FROM sample WHERE big = $1 OR small = $2";
    for wrong in [args![], args![1], args![1, 2, 3]] {
        let refused = fetch_value::<i64>(&mut tx, SQL, wrong).await.unwrap_err();
        assert!(matches!(refused, sqlx::Error::InvalidArgument(_)), "{refused}");
    }
    assert_eq!(fetch_value::<i64>(&mut tx, SQL, args![1, 255]).await.unwrap(), 1);
}

async fn many_rows_are_inserted(place: Place) {
    let db = place.open().await;
    let count = MAX_ARGUMENTS; // rows of three: more than two statements hold
    let fill = Act::new(move |tx| {
        Box::pin(async move {
            execute(tx, "CREATE TABLE many (a BIGINT PRIMARY KEY, b TEXT, c BIGINT)", args![]).await?;
            let rows = (0..i64::try_from(count).unwrap()).flat_map(|n| args![n, "x", None::<i64>]).collect();
            let inserted = insert_many(tx, "many (a, b, c)", 3, rows, "").await?;
            let again =
                insert_many(tx, "many (a, b, c)", 3, args![1, "y", 2], "ON CONFLICT DO NOTHING").await?;
            assert_eq!(again, 0);
            assert_eq!(insert_many(tx, "many (a, b, c)", 3, args![], "").await?, 0);
            let torn = insert_many(tx, "many (a, b, c)", 3, args![1, "y"], "").await;
            assert!(matches!(torn, Err(sqlx::Error::InvalidArgument(_))));
            Ok(i64::try_from(inserted).unwrap())
        })
    });
    assert_eq!(db.write(fill).await.unwrap(), i64::try_from(count).unwrap());
    let mut tx = db.read().await.unwrap();
    let sum: i64 =
        fetch_value(&mut tx, "SELECT CAST(SUM(a) AS BIGINT) FROM many WHERE b = 'x'", args![]).await.unwrap();
    let n = i64::try_from(count).unwrap();
    assert_eq!(sum, n * (n - 1) / 2);
}

row! {
    #[derive(Debug, PartialEq)]
    struct Id {
        id: PotId,
    }
}

async fn a_list_is_looked_up(place: Place) {
    let db = prepared(&place).await;
    let mut tx = db.read().await.unwrap();
    const SQL: &str = "SELECT id FROM sample WHERE big = $1 AND id IN (@list) ORDER BY id";
    let ids = [7_u128, 8, 9].map(Uuid::from_u128);
    let list = ids.iter().flat_map(|id| args![id]).collect();
    let found: Vec<Id> = fetch_all_in(&mut tx, SQL, args![i64::MIN], list).await.unwrap();
    assert_eq!(found, [Id { id: PotId(ids[0]) }]);
    let none: Vec<Id> = fetch_all_in(&mut tx, SQL, args![i64::MIN], args![]).await.unwrap();
    assert!(none.is_empty());
}

async fn rows_are_locked(place: Place) {
    const ALL: &str = "SELECT id FROM sample ORDER BY id";
    const ONE: &str = "SELECT id FROM sample WHERE id = $1";
    const LIST: &str = "SELECT id FROM sample WHERE id IN (@list) ORDER BY id";
    let db = prepared(&place).await;
    // Each way of reading in a transaction of its own: which rows it finds, whether it locks them.
    for (way, locks) in [("plain", false), ("all", true), ("one", true), ("list", true)] {
        let read = Act::new(move |tx| {
            Box::pin(async move {
                let id = PotId(Uuid::from_u128(7));
                let found: Vec<Id> = match way {
                    "plain" => fetch_optional(tx, ONE, args![id]).await?.into_iter().collect(),
                    "all" => fetch_all_locked(tx, ALL, args![]).await?,
                    "one" => fetch_optional_locked(tx, ONE, args![id]).await?.into_iter().collect(),
                    _ => fetch_all_in_locked(tx, LIST, args![], args![id]).await?,
                };
                assert_eq!(found, [Id { id }], "{way}");
                if tx.is_postgres() {
                    const HELD: &str = "SELECT COUNT(*) FROM pg_locks WHERE mode = 'RowShareLock' \
                        AND relation = CAST('sample' AS regclass)";
                    let held: i64 = fetch_value(tx, HELD, args![]).await?;
                    assert_eq!(held, i64::from(locks), "{way}");
                }
                Ok(1)
            })
        });
        assert_eq!(db.write(read).await.unwrap(), 1);
    }
}

async fn constraints_have_the_same_names(place: Place) {
    let db = place.open().await;
    let organisation = |id: u128, slug: &'static str| {
        Act::new(move |tx| {
            Box::pin(async move {
                const SQL: &str = "INSERT INTO organisation (id, slug, name, website, one_person, created_at) \
                    VALUES ($1, $2, 'n', '', 0, 0)";
                execute(tx, SQL, args![Uuid::from_u128(id), slug]).await?;
                Ok(1)
            })
        })
    };
    db.write(organisation(1, "mairie")).await.unwrap();
    let Err(Fail::Sql(slug)) = db.write(organisation(2, "mairie")).await else { panic!("taken twice") };
    assert!(violates(&slug, "organisation_slug_unique"), "{slug}");
    assert!(!violates(&slug, "organisation_pkey"));
    let Err(Fail::Sql(id)) = db.write(organisation(1, "ville")).await else { panic!("taken twice") };
    assert!(violates(&id, "organisation_pkey"), "{id}");
    assert!(!violates(&sqlx::Error::RowNotFound, "organisation_pkey"));
    let check = Act::new(|tx| {
        Box::pin(async move {
            const SQL: &str = "CREATE TABLE held (n BIGINT, CONSTRAINT held_positive CHECK (n > 0))";
            execute(tx, SQL, args![]).await?;
            execute(tx, "INSERT INTO held (n) VALUES (0)", args![]).await?;
            Ok(1)
        })
    });
    let Err(Fail::Sql(check)) = db.write(check).await else { panic!("zero was taken") };
    assert!(violates(&check, "held_positive"), "{check}");
    assert!(!violates(&check, "held_unique"));
}

async fn a_read_sees_one_state(place: Place) {
    let db = prepared(&place).await;
    let mut tx = db.read().await.unwrap();
    const COUNT: &str = "SELECT COUNT(*) FROM sample";
    assert_eq!(fetch_value::<i64>(&mut tx, COUNT, args![]).await.unwrap(), 1);
    let remove = Act::new(|tx| {
        Box::pin(async move { Ok(i64::try_from(execute(tx, "DELETE FROM sample", args![]).await?).unwrap()) })
    });
    assert_eq!(db.write(remove).await.unwrap(), 1);
    assert_eq!(fetch_value::<i64>(&mut tx, COUNT, args![]).await.unwrap(), 1, "the state has moved");
    drop(tx);
    let mut tx = db.read().await.unwrap();
    assert_eq!(fetch_value::<i64>(&mut tx, COUNT, args![]).await.unwrap(), 0);
}

async fn a_read_cannot_write(place: Place) {
    let db = prepared(&place).await;
    let mut tx = db.read().await.unwrap();
    assert!(execute(&mut tx, "DELETE FROM sample", args![]).await.is_err());
    drop(tx);
    let mut tx = db.read().await.unwrap();
    assert_eq!(fetch_value::<i64>(&mut tx, "SELECT COUNT(*) FROM sample", args![]).await.unwrap(), 1);
}

async fn a_read_of_one_statement_is_that(place: Place) {
    const COUNT: &str = "SELECT COUNT(*) FROM sample";
    let db = prepared(&place).await;
    let mut tx = db.read_once().await.unwrap();
    assert_eq!(fetch_value::<i64>(&mut tx, COUNT, args![]).await.unwrap(), 1);
    assert!(fetch_value::<i64>(&mut tx, COUNT, args![]).await.is_err(), "two statements see two states");
    let mut tx = db.read_once().await.unwrap();
    assert!(execute(&mut tx, "DELETE FROM sample", args![]).await.is_err());
    drop(tx);
    for _ in 0..30 {
        let mut tx = db.read_once().await.unwrap();
        assert_eq!(fetch_value::<i64>(&mut tx, COUNT, args![]).await.unwrap(), 1);
    }
}

async fn each_commit_is_another_moment(place: Place) {
    let db = prepared(&place).await;
    let before = db.moment().await.unwrap();
    if !db.is_postgres() {
        // Other databases of a server of PostgreSQL move it too.
        assert_eq!(db.moment().await.unwrap(), before);
    }
    let more = || {
        Act::new(|tx| {
            Box::pin(async move {
                execute(tx, "UPDATE sample SET big = big + 1", args![]).await?;
                Ok(1)
            })
        })
    };
    db.write(more()).await.unwrap();
    let after = db.moment().await.unwrap();
    assert_ne!(after, before);
    // By another process.
    let other = place.open().await;
    other.write(more()).await.unwrap();
    assert_ne!(db.moment().await.unwrap(), after);
}

async fn what_is_read_is_counted(place: Place) {
    const COUNT: &str = "SELECT COUNT(*) FROM sample";
    let db = prepared(&place).await;
    let before = db.queries();
    let mut tx = db.clone().read().await.unwrap();
    for _ in 0..2 {
        fetch_value::<i64>(&mut tx, COUNT, args![]).await.unwrap();
    }
    drop(tx);
    fetch_value::<i64>(&mut db.read_once().await.unwrap(), COUNT, args![]).await.unwrap();
    assert_eq!(db.queries() - before, 3);
}

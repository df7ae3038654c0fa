//! Files that share their bytes: erasing one leaves the others whole, also at the same moment.

use jiff::Timestamp;
use popote_store::{Db, args, fetch_value, files};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    act::Act,
    place::{Place, on_both},
};

on_both! { bytes_stay_while_one_file_has_them, a_new_file_keeps_its_bytes_while_its_like_is_erased }

const HASH: [u8; 32] = [7; 32];

fn file(number: u128) -> files::FileRow {
    files::FileRow {
        id: Uuid::from_u128(number).into(),
        hash: HASH,
        name: "image.png".to_owned(),
        media_type: "image/png".to_owned(),
        size: 3,
        collective: None,
        subject: Uuid::from_u128(1),
        purpose: "picture".to_owned(),
        payer: None,
        uploaded_by: None,
        created_at: Timestamp::UNIX_EPOCH,
        erased_at: None,
    }
}

fn insert(number: u128) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            files::insert(tx, &file(number), b"abc").await?;
            Ok(0)
        })
    })
}

fn erase(number: u128) -> Act {
    Act::new(move |tx| {
        Box::pin(async move {
            let was_there = files::erase(tx, file(number).id, Timestamp::UNIX_EPOCH).await?;
            Ok(i64::from(was_there))
        })
    })
}

async fn bytes(db: &Db, number: u128) -> Option<Vec<u8>> {
    let mut tx = db.read().await.unwrap();
    files::bytes(&mut tx, file(number).id).await.unwrap()
}

async fn bytes_stay_while_one_file_has_them(place: Place) {
    let db = place.open().await;
    db.write(insert(1)).await.unwrap();
    db.write(insert(2)).await.unwrap();
    assert_eq!(db.write(erase(1)).await.unwrap(), 1);
    assert_eq!((bytes(&db, 1).await, bytes(&db, 2).await), (None, Some(b"abc".to_vec())));
    assert_eq!(db.write(erase(1)).await.unwrap(), 0, "it was gone already");
    db.write(erase(2)).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let left: i64 = fetch_value(&mut tx, "SELECT COUNT(*) FROM file_content", args![]).await.unwrap();
    let erased = files::get(&mut tx, file(2).id).await.unwrap().unwrap();
    assert_eq!((left, erased.name.as_str()), (0, ""));
    drop(tx);
    db.write(insert(3)).await.unwrap();
    assert_eq!(bytes(&db, 3).await, Some(b"abc".to_vec()), "sent again, it is there again");
}

async fn a_new_file_keeps_its_bytes_while_its_like_is_erased(place: Place) {
    let servers = [place.open().await, place.open().await];
    servers[0].write(insert(0)).await.unwrap();
    for number in 0..40 {
        let mut writes = JoinSet::new();
        for (db, act) in servers.iter().zip([erase(number), insert(number + 1)]) {
            let db = db.clone();
            writes.spawn(async move { db.write(act).await });
        }
        for done in writes.join_all().await {
            done.unwrap();
        }
        assert_eq!(bytes(&servers[0], number + 1).await, Some(b"abc".to_vec()), "at {number}");
    }
}

//! After a restoration nothing is paid before a treasurer compared the pot with what happened since the copy.

use popote_app::{
    copies::RESTORED_AT,
    restored::{Compared, Comparison, compare, confirm},
};

use super::*;

/// A copy is put in place.
async fn restore(world: &World) {
    let at = world.now().as_microsecond().to_string();
    world
        .sql(move |tx| {
            let at = at.clone();
            Box::pin(async move { store::instance::put(tx, RESTORED_AT, &at).await })
        })
        .await;
}

async fn nothing_is_paid_before_the_pot_was_compared(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 1_000).await;
    let day = date(2025, 3, 3);
    world.wait(jiff::SignedDuration::from_mins(1));
    restore(&world).await;
    let pay = || pay_invoice(&world.context, town.admin(), invoice, day, "", None);
    assert_eq!(refused(pay().await), InvoiceRefusal::Restored(world.now()));
    let head = store::verify::heads(&mut world.read().await, town.pot).await.unwrap().remove(0).to_string();
    let say = async |place: usize, head: &str, complete| {
        let acting = town.member(place).acting();
        let session = Session::begun(acting.person, world.now());
        let said = Comparison { head: head.to_owned(), complete };
        compare(&world.context, &session, acting, town.pot, said).await
    };
    assert!(matches!(say(1, &head, true).await, Err(Failure::NotAllowed(_))), "a treasurer does");
    let unsaid = say(0, "abc", false).await;
    assert!(matches!(&unsaid, Err(Failure::Invalid(errors)) if errors.len() == 2), "{unsaid:?}");
    assert_eq!(refused(pay().await), InvoiceRefusal::Restored(world.now()));
    // Figures and letters that lie nowhere release nothing.
    let made_up = "ab".repeat(32);
    assert_eq!(field(say(0, &made_up, true).await)[0].rule, FieldRule::HeadUnknown);
    assert_eq!(refused(pay().await), InvoiceRefusal::Restored(world.now()));
    // The head lies in the journal, where everybody reads it: one person alone lifts nothing by it, whole or its hash.
    let hash = head.rsplit(':').next().unwrap().to_owned();
    for head in [&head, &hash] {
        world.post().await;
        assert_eq!(say(0, head, true).await.unwrap(), Compared::Known);
        assert_eq!(world.post().await.len(), 2, "who represents another member is asked");
        assert_eq!(refused(pay().await), InvoiceRefusal::Restored(world.now()));
    }
    let confirms = async |place: usize, seen: &str| {
        let acting = town.member(place).acting();
        let session = Session::begun(acting.person, world.now());
        confirm(&world.context, &session, acting, town.pot, (seen.to_owned(), true)).await
    };
    assert!(matches!(confirms(0, &hash).await, Err(Failure::NotAllowed(_))), "the same person");
    assert_eq!(confirms(1, &hash).await.unwrap(), Compared::Confirmed);
    pay().await.unwrap();
    assert!(matches!(say(0, &head, true).await, Err(Failure::NotFound)), "once");
    sound(&world, &town).await;
}

async fn whoever_is_alone_compares_alone(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    world.wait(jiff::SignedDuration::from_mins(1));
    restore(&world).await;
    let head = store::verify::heads(&mut world.read().await, town.pot).await.unwrap().remove(0).to_string();
    let acting = town.member(0).acting();
    let session = Session::begun(acting.person, world.now());
    let said = Comparison { head, complete: true };
    let done = compare(&world.context, &session, acting, town.pot, said).await;
    assert_eq!(done.unwrap(), Compared::Found, "nobody has represented another member for two days");
}

async fn a_head_that_the_journal_lacks_asks_for_a_second_person(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 1_000).await;
    world.wait(jiff::SignedDuration::from_mins(1));
    restore(&world).await;
    world.wait(jiff::SignedDuration::from_mins(1));
    world.post().await;
    let pay = || pay_invoice(&world.context, town.admin(), invoice, date(2025, 3, 3), "", None);
    let here = store::verify::heads(&mut world.read().await, town.pot).await.unwrap().remove(0);
    let lost = format!("cash:{}:{}", here.seq + 7, "ab".repeat(32));
    let say = async |place: usize, head: &str| {
        let acting = town.member(place).acting();
        let session = Session::begun(acting.person, world.now());
        let said = Comparison { head: head.to_owned(), complete: true };
        compare(&world.context, &session, acting, town.pot, said).await
    };
    let confirms = async |place: usize, head: &str, complete: bool| {
        let acting = town.member(place).acting();
        let session = Session::begun(acting.person, world.now());
        confirm(&world.context, &session, acting, town.pot, (head.to_owned(), complete)).await
    };
    // The hash of an entry at another place lies nowhere either.
    let elsewhere = format!("cash:{}:{}", here.seq + 1, hex::encode(here.hash));
    assert_eq!(say(0, &elsewhere).await.unwrap(), Compared::Asked);
    assert_eq!(say(0, &lost).await.unwrap(), Compared::Asked);
    let told = world.post().await;
    let mail = told.iter().find(|mail| mail.text.contains("a été restaurée")).unwrap();
    assert!(mail.text.contains(&format!("l’écriture {}", here.seq + 7)), "{}", mail.text);
    assert!(mail.text.contains(&format!("va jusqu’à l’écriture {}.", here.seq)), "{}", mail.text);
    assert!(matches!(refused(pay().await), InvoiceRefusal::Restored(_)), "nobody confirmed");
    assert!(matches!(confirms(0, &lost, true).await, Err(Failure::NotAllowed(_))), "the same person");
    assert!(matches!(confirms(1, &elsewhere, true).await, Err(Failure::NotFound)), "not what waits");
    assert_eq!(field(confirms(1, &lost, false).await)[0].rule, FieldRule::Missing);
    // Who represents a member stands in only as long as nobody else holds a role, or did until another ended it.
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    assert!(matches!(confirms(1, &lost, true).await, Err(Failure::NotAllowed(_))));
    let roles = popote_app::roles::list(&mut world.read().await, town.id).await.unwrap();
    let held = roles.iter().find(|role| role.person == town.member(2).person).unwrap().id;
    popote_app::roles::end(&world.context, town.admin(), town.id, held).await.unwrap();
    assert!(matches!(confirms(1, &lost, true).await, Err(Failure::NotAllowed(_))));
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    assert_eq!(confirms(2, &lost, true).await.unwrap(), Compared::Confirmed);
    pay().await.unwrap();
    let public = world
        .sql(|tx| {
            let sql = "SELECT COUNT(*) FROM event WHERE kind = 'restoration_compared' AND data LIKE '%abab%'";
            Box::pin(async move { store::fetch_value::<i64>(tx, sql, Vec::new()).await })
        })
        .await;
    assert_eq!(public, 0, "the head that was lost is told to nobody");
    sound(&world, &town).await;
}

on_both![
    nothing_is_paid_before_the_pot_was_compared,
    whoever_is_alone_compares_alone,
    a_head_that_the_journal_lacks_asks_for_a_second_person,
];

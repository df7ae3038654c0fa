//! After a restoration nothing is paid before a treasurer compared the pot with what happened since the copy.

use popote_app::{
    copies::RESTORED_AT,
    restored::{Comparison, compare},
};

use super::*;

async fn nothing_is_paid_before_the_pot_was_compared(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = authorised(&world, &town, id, "F-1", 1_000).await;
    let day = date(2025, 3, 3);
    world.wait(jiff::SignedDuration::from_mins(1));
    let at = world.now().as_microsecond().to_string();
    world
        .sql(move |tx| {
            let at = at.clone();
            Box::pin(async move { store::instance::put(tx, RESTORED_AT, &at).await })
        })
        .await;
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
    assert!(say(0, &head, true).await.unwrap(), "the head lies in the journal");
    pay().await.unwrap();
    assert!(matches!(say(0, &head, true).await, Err(Failure::NotFound)), "once");
    sound(&world, &town).await;
}

on_both![nothing_is_paid_before_the_pot_was_compared];

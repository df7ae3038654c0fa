//! Who is asked to answer an invoice, and who is told where that is nobody.

use domain::tasks::TaskKind;
use popote_app::awaiting::{ToDo, of_person};

use super::*;

/// The kinds of what awaits a member's person.
async fn awaits(world: &World, town: &Grown, place: usize) -> Vec<TaskKind> {
    let found = of_person(&world.context, town.member(place).person).await.unwrap();
    found.todo.iter().map(ToDo::kind).collect()
}

async fn an_invoice_that_nobody_may_answer_is_told_to_the_administration(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    // Whoever could stand in is of the side that presents it from now on.
    represents(&world, town.member(2).person, town.member(1).organisation).await;
    world.post().await;
    let invoice = entered(&world, &town, id, "F-1", 1_000).await;
    let told = world.post().await;
    assert!(!told.iter().any(|mail| mail.text.contains("/invoices/")), "nobody is asked: {told:?}");
    let mail = told.iter().find(|mail| mail.text.contains("/roles")).unwrap();
    assert!(mail.subject.contains("Personne ne peut répondre"), "{}", mail.subject);
    assert!(awaits(&world, &town, 0).await.contains(&TaskKind::Answerers));
    assert!(!awaits(&world, &town, 2).await.contains(&TaskKind::Answerers), "who gives no roles isn't asked");
    let row = row(&world, invoice).await;
    let mut tx = world.read().await;
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    assert!(acts::nobody_answers(&mut tx, &collective, &row, world.now()).await.unwrap());
    drop(tx);

    // Once somebody may answer, they get the ordinary mail and line, and the administration has nothing more to do.
    let (steward, context) = (town.member(2).person, &world.context);
    let role = popote_app::roles::propose(context, town.admin(), town.id, steward, RoleKind::Steward);
    let role = role.await.unwrap();
    popote_app::roles::confirm(context, town.member(1).acting(), town.id, role).await.unwrap();
    let told = world.post().await;
    assert!(!told.iter().any(|mail| mail.text.contains("/invoices/")), "the role doesn't count yet");
    world.wait(jiff::SignedDuration::from_hours(48));
    let told = world.post().await;
    let asked: Vec<_> = told.iter().filter(|mail| mail.text.contains("/invoices/1")).collect();
    assert_eq!(asked.len(), 1, "{told:?}");
    assert!(asked[0].to.address().contains("girofle"), "{asked:?}");
    assert!(awaits(&world, &town, 2).await.contains(&TaskKind::Invoice));
    assert!(!awaits(&world, &town, 0).await.contains(&TaskKind::Answerers));
    approve_invoice(context, town.member(2).acting(), invoice).await.unwrap();
}

on_both![an_invoice_that_nobody_may_answer_is_told_to_the_administration];

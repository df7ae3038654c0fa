//! More for a feature that is funded already, by a decision.

use testkit::World;

use crate::browser::Site;
use crate::rounds::{feature, shared};

/// It is confirmed first, and told with its decision on each page that tells of it.
async fn what_is_added_by_decision_is_told_so(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    world.wait(domain::people::WAITING);
    let (admin, arn) = (site.member(&town, 0).await, site.member(&town, 1).await);
    arn.submit("/c/chatons/features/new", &feature("Salon", "60", "f1")).await.is(303);
    let all = [("amount", "60"), ("seen", "0"), ("key", "a"), ("confirmed", "yes")];
    arn.submit("/c/chatons/features/1/allocation", &all).await.is(303);
    let decided = [("title", "Finir le salon"), ("outcome", "Oui."), ("decided_on", "2025-03-05")];
    admin.submit("/c/chatons/decisions/new", &decided).await.is(303);
    let decision = store::decisions::by_number(&mut world.read().await, town.id, 1).await.unwrap().unwrap();
    let id = decision.id.to_string();
    let path = "/c/chatons/features/1/top-up";
    let form = arn.see(path).await.is(200).says("Finir le salon");
    // The track of trust goes up to 10 000 €.
    form.says("compléments compris").says("9\u{202f}940");
    let fields = [("amount", "25"), ("decision", &*id), ("reason", "Le devis a changé."), ("key", "t")];
    let asked = arn.submit(path, &fields).await.is(200).says("Cela ne se reprend plus");
    let asked = asked.says("25,00\u{202f}€ de sa part").says("la décision n°");
    assert_eq!(asked.hidden("confirmed"), "yes");
    site.anybody().see("/c/chatons/features/1").await.says_not("en complément");
    let meant = [&fields[..], &[("confirmed", "yes")]].concat();
    arn.submit(path, &meant).await.leads_to("/c/chatons/features/1");
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    page.says("ARN, dont 25\u{202f}€ en complément, par la décision n°");
    let terms = site.anybody().see("/c/chatons/features/1/terms").await.is(200);
    terms.says("Le devis a changé. (complément, par la décision n°");
    for paper in ["statement", "statement.csv", "year/2025", "year/2025.csv"] {
        let paper = arn.see(&format!("/c/chatons/members/arn/{paper}")).await.is(200);
        paper.says("Complément, par la décision n°");
    }
    site.anybody().see("/c/chatons/decisions/1").await.is(200).says("ARN complète");
    arn.see(path).await.is(200).says_not("Finir le salon");
    let again = [("amount", "5"), ("decision", &*id), ("reason", "Encore."), ("key", "u")];
    arn.submit(path, &again).await.is(422).says("a déjà servi").says("f-decision-error");
}

testkit::on_both![what_is_added_by_decision_is_told_so];

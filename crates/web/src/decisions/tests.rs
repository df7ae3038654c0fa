//! Decisions as people read and record them.

use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

async fn a_decision_is_recorded_and_read_by_everybody(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut admin = Browser::of(&site, &world, town.member(0).person).await;
    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    let mut passer = Browser::new(&site);

    passer.get("/c/chatons/decisions").await.says("Aucune décision n’est encore notée.");
    assert_eq!(passer.get("/c/chatons/decisions/new").await.status, 401);
    assert_eq!(other.get("/c/chatons/decisions/new").await.status, 403);
    let form = admin.get("/c/chatons/decisions/new").await;
    form.says("value=\"2025-03-03\"");

    let refused = admin
        .post(
            "/c/chatons/decisions/new",
            &[("title", "Fermer le tour"), ("decided_on", "4/3/2025"), ("outcome", " ")],
        )
        .await;
    assert_eq!(refused.status, 422);
    refused.says("value=\"Fermer le tour\"");
    refused.says("href=\"#f-outcome\"");
    let outcome = "Par **consentement**, <script>alert(1)</script> à cinq.";
    let fields = [("title", "Fermer le tour"), ("decided_on", "2/3/2025"), ("outcome", outcome)];
    assert_eq!(other.post("/c/chatons/decisions/new", &fields).await.status, 403);
    let done = admin.post("/c/chatons/decisions/new", &fields).await;
    assert_eq!(done.status, 303);
    admin.follow(&done).await.says("La décision 1 est notée.");

    let page = passer.get("/c/chatons/decisions/1").await;
    page.says("<strong>consentement</strong>");
    page.says("Décidée le 2 mars 2025, notée le 3 mars 2025.");
    assert!(!page.text().contains("<script>alert") && !page.text().contains("Personne de Yaal Coop"));
    admin.get("/c/chatons/decisions/1").await.says("Notée par Personne de Yaal Coop.");
    passer.get("/c/chatons/decisions").await.says("<a href=\"/c/chatons/decisions/1\">Fermer le tour</a>");
    assert_eq!(passer.get("/c/chatons/decisions/2").await.status, 404);
    assert_eq!(passer.get("/c/nulle-part/decisions").await.status, 404);
}

async fn where_one_person_holds_every_role_another_is_named_who_writes(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = site_of(&world);
    world.wait(domain::people::WAITING);
    let mut admin = Browser::of(&site, &world, town.member(0).person).await;
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let mut girofle = Browser::of(&site, &world, town.member(2).person).await;
    let (out, new) = ("/c/chatons/members/arn/departure", "/c/chatons/decisions/new?departs=arn");
    let page = admin.get(out).await;
    page.says("Peuvent la noter");
    page.says("Personne de Girofle");
    page.says(new);
    assert!(!page.text().contains("Personne de ARN"), "its own people don't write it down");
    assert_eq!(arn.get(new).await.status, 403);
    girofle.get(new).await.says("<option value=\"arn\" selected>ARN</option>");
    let fields =
        [("title", "ARN s’en va"), ("decided_on", "4/3/2025"), ("outcome", "Oui."), ("departs", "arn")];
    assert_eq!(arn.post("/c/chatons/decisions/new", &fields).await.status, 403);
    assert_eq!(girofle.post("/c/chatons/decisions/new", &fields).await.status, 303);
    admin.get(out).await.says("ARN s’en va");
    let page = admin.get("/c/chatons/decisions/1").await;
    page.says("Continuer le départ");
    page.says(&format!("href=\"{out}\""));
    assert!(!girofle.get("/c/chatons/decisions/1").await.text().contains("Continuer"), "who may not act");
    world.grant(&town, town.member(1).person, domain::actor::RoleKind::Steward).await;
    assert_eq!(girofle.get("/c/chatons/decisions/new").await.status, 403, "two hold roles now");
}

on_both![
    a_decision_is_recorded_and_read_by_everybody,
    where_one_person_holds_every_role_another_is_named_who_writes,
];

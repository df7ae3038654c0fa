//! The register of software as people read and fill it.

use axum::http::StatusCode;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

async fn software_is_entered_hosted_and_read_by_everybody(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let mut passer = Browser::new(&site);
    passer.get("/c/chatons/software").await.says("Aucun logiciel n’est encore inscrit.");
    assert_eq!(passer.get("/c/chatons/software/new").await.status, 401);
    let refused = arn
        .post("/c/chatons/software/new", &[("name", ""), ("website", "javascript:x"), ("licence", "MIT")])
        .await;
    assert_eq!(refused.status, 422);
    refused.says("href=\"#f-name\"");
    refused.says("value=\"MIT\"");
    let fields =
        [("name", "Nextcloud"), ("licence", "AGPL-3.0-or-later"), ("description", "Des **fichiers**.")];
    let done = arn.post("/c/chatons/software/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(done.header("location"), "/c/chatons/software/nextcloud");
    let bad = arn.post("/c/chatons/software/nextcloud/hosting", &[("users", "beaucoup")]).await;
    assert_eq!(bad.status, 422);
    bad.says("value=\"beaucoup\"");
    let hosts = arn.post("/c/chatons/software/nextcloud/hosting", &[("users", "120")]).await;
    assert_eq!(hosts.status, StatusCode::SEE_OTHER);
    let page = passer.get("/c/chatons/software/nextcloud").await;
    page.says("<strong>fichiers</strong>");
    page.says("1 structure l’héberge.");
    page.says("AGPL-3.0-or-later");
    passer.get("/c/chatons/software").await.says("href=\"/c/chatons/software/nextcloud\"");
    arn.get("/c/chatons/members/arn").await.says("href=\"/c/chatons/software/nextcloud\"");
    // Two who change it: neither is lost.
    let edit = |name: &'static str, version: &'static str| [("name", name), ("version", version)];
    let saved = arn.post("/c/chatons/software/nextcloud/edit", &edit("NextCloud", "1")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let stale = arn.post("/c/chatons/software/nextcloud/edit", &edit("Nextcloud Hub", "1")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("value=\"Nextcloud Hub\"");
    stale.says("<dd>NextCloud</dd>");
    assert_eq!(passer.get("/c/chatons/software/rien").await.status, 404);
}

on_both![software_is_entered_hosted_and_read_by_everybody];

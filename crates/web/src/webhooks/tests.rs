//! Webhooks on their page, by the collective's administration.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::{rules::Template, webhooks::KINDS};
use jiff::SignedDuration;
use testkit::World;
use words::{Locale, Words};

use crate::tests::browser::{Browser, site_of};

async fn an_endpoint_is_made_once_shown_and_ended(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let mut admin = Browser::of(&site_of(&world), &world, town.member(0).person).await;
    admin.get("/c/chatons/webhooks").await.says("Aucune adresse pour l’instant");
    let fields =
        [("url", "https://hooks.example/popote"), ("kinds", "round_opened"), ("kinds", "feature_moved")];
    let made = admin.post("/c/chatons/webhooks", &fields).await;
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
    let text = made.text();
    let secret = &text[text.find("whsec_").unwrap()..][..50];
    let page = admin.get("/c/chatons/webhooks").await;
    page.says("https://hooks.example/popote");
    page.says("round_opened, feature_moved");
    assert!(!page.text().contains(secret), "it is shown once");
    let wrong = admin.post("/c/chatons/webhooks", &[("url", "ftp://x"), ("kinds", "round_opened")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for within in [
        "http://hooks.example/",
        "https://hooks.example:8443/",
        "https://10.0.0.7/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://127.0.0.1./",
        "https://localhost./",
        "https://hooks.localhost./",
    ] {
        let refused = admin.post("/c/chatons/webhooks", &[("url", within), ("kinds", "round_opened")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Une adresse en https, sur le port habituel");
        refused.says(&format!("value=\"{within}\""));
    }
    let unknown =
        admin.post("/c/chatons/webhooks", &[("url", "https://x.example"), ("kinds", "secret")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);

    let mut member = Browser::of(&site_of(&world), &world, town.member(1).person).await;
    assert_eq!(member.get("/c/chatons/webhooks").await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.post("/c/chatons/webhooks", &fields).await.status, StatusCode::FORBIDDEN);
    let (rows, _) = app::webhooks::list(&world.context, town.id).await.unwrap();
    let end = format!("/c/chatons/webhooks/{}/end", rows[0].id);
    assert_eq!(member.post(&end, &[]).await.status, StatusCode::FORBIDDEN);
    world.wait(SignedDuration::from_mins(11));
    let stale = admin.post("/c/chatons/webhooks", &fields).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    stale.says("connexion de moins de dix minutes");
    let ended = admin.post(&end, &[]).await;
    admin.follow(&ended).await.says("Aucune adresse pour l’instant");
    assert_eq!(admin.post(&end, &[]).await.status, StatusCode::SEE_OTHER, "a double click");
    let mut other = Browser::of(&site_of(&world), &world, town.member(0).person).await;
    assert_eq!(other.post(&end, &[]).await.status, StatusCode::NOT_FOUND);
}

/// What falls through to the words for any other event says something else than what happens.
#[test]
fn each_event_has_words_of_its_own() {
    for t in [Words::new(Locale::Fr), Words::new(Locale::En)] {
        let said: BTreeSet<String> = KINDS.iter().map(|kind| t.webhooks_kind(*kind)).collect();
        assert_eq!(said.len(), KINDS.len(), "{said:#?}");
        assert!(!said.contains(&t.webhooks_kind("something else")), "{said:#?}");
    }
}

testkit::on_both![an_endpoint_is_made_once_shown_and_ended];

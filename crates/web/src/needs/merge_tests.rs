//! Needs that are like one that is written, and needs that are merged, on the pages.

use axum::http::StatusCode;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

const NEW: &str = "/c/chatons/needs/new";

fn fields<'f>(title: &'f str, key: &'f str) -> [(&'f str, &'f str); 5] {
    [
        ("title", title),
        ("software", "Matrix"),
        ("why", "Sans compte, par un lien."),
        ("strength", "4"),
        ("key", key),
    ]
}

async fn whoever_writes_is_shown_the_twin_and_joins_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = site_of(&world);
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let mut girofle = Browser::of(&site, &world, town.member(2).person).await;
    let first = arn.post(NEW, &fields("Inviter des gens dans un salon", "a")).await;
    assert_eq!(first.header("location"), "/c/chatons/needs/1", "{}", first.text());
    let again = arn.post(NEW, &fields("Inviter des gens dans un salon", "a")).await;
    assert_eq!(again.header("location"), "/c/chatons/needs/1", "sent twice, written once");

    let twin = fields("Salons : inviter sans compte", "b");
    let asked = girofle.post(NEW, &twin).await;
    assert_eq!(asked.status, StatusCode::OK);
    for said in [
        "Est-ce déjà l’un de ceux-ci",
        "formaction=\"/c/chatons/needs/1/support\"",
        "1 structure en a besoin",
        "value=\"Salons : inviter sans compte\"",
    ] {
        asked.says(said);
    }
    let text = asked.text();
    assert!(
        text.find("name=\"alike\"").unwrap() < text.find("formaction").unwrap(),
        "the key Enter publishes, it joins nothing"
    );
    let joined = girofle.post("/c/chatons/needs/1/support", &twin).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text());
    arn.get("/c/chatons/needs/1").await.says("2 structures en ont besoin");

    let live = girofle.get("/c/chatons/needs/similar?title=inviter+dans+un+salon").await;
    live.says("/c/chatons/needs/1");
    assert!(!live.text().contains("<html"));
    let none = girofle.get("/c/chatons/needs/similar?title=").await;
    assert!(none.text().trim().is_empty());
    let mut own = twin.to_vec();
    own.push(("alike", "seen"));
    let kept = girofle.post(NEW, &own).await;
    assert_eq!(kept.header("location"), "/c/chatons/needs/2", "{}", kept.text());
}

async fn two_needs_are_merged_and_parted_on_the_pages(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = site_of(&world);
    let mut steward = Browser::of(&site, &world, town.member(0).person).await;
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let mut girofle = Browser::of(&site, &world, town.member(2).person).await;
    arn.post(NEW, &fields("Inviter dans un salon", "a")).await;
    let mut second = fields("Salon pour invités", "b").to_vec();
    second.push(("alike", "seen"));
    girofle.post(NEW, &second).await;
    let merge = "/c/chatons/needs/1/merge";
    assert_eq!(Browser::new(&site).get(merge).await.status, StatusCode::UNAUTHORIZED);
    girofle.get(merge).await.says("2 · Salon pour invités");
    let wrong = girofle.post(merge, &[("into", "999")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let proposed = girofle.post(merge, &[("into", "https://popote.example/c/chatons/needs/2")]).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text());
    arn.get("/c/chatons/needs/1").await.says("propose de fusionner ce besoin");
    let seen = [("title", "Inviter autrement"), ("why", "Mon texte"), ("version", "1")];
    assert_eq!(arn.post(&format!("{merge}/accept"), &[]).await.status, StatusCode::SEE_OTHER);
    let late = arn.post("/c/chatons/needs/1/edit", &seen).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("Mon texte");
    late.says("Salon pour invités");

    let mut passer = Browser::new(&site);
    let old = passer.get("/c/chatons/needs/1").await;
    assert_eq!(old.header("location"), "/c/chatons/needs/2");
    passer.get("/c/chatons/needs/2").await.says("/c/chatons/needs/1?merged=kept");
    passer.get("/c/chatons/needs/1/badge.svg").await.says("2 structures en ont besoin");
    assert!(!arn.get("/c/chatons/needs/1?merged=kept").await.text().contains("merge/part"));
    steward.get("/c/chatons/needs/1?merged=kept").await.says("merge/part");
    assert_eq!(steward.post(&format!("{merge}/part"), &[]).await.status, StatusCode::SEE_OTHER);
    passer.get("/c/chatons/needs/1").await.says("Inviter dans un salon");
    passer.get("/c/chatons/needs/1/badge.svg").await.says("1 structure en a besoin");
}

on_both![whoever_writes_is_shown_the_twin_and_joins_it, two_needs_are_merged_and_parted_on_the_pages];

//! The page of a grid, by members, a steward, a stranger.

use axum::http::StatusCode;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

const GRID: &str = "/c/chatons/software/matrix/grid";

async fn a_no_is_found_contested_settled_and_holds_money_back(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = site_of(&world);
    let mut steward = Browser::of(&site, &world, town.member(0).person).await;
    let feature = |key: &'static str| {
        [
            ("title", "Salon Matrix"),
            ("summary", "Inviter par lien."),
            ("software", "Matrix"),
            ("done_when", "On invite par lien."),
            ("price", "100"),
            ("closing_on", "2025-03-31"),
            ("place", "outside"),
            ("key", key),
        ]
    };
    let made = steward.post("/c/chatons/features/new", &feature("one")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let mut stranger = Browser::new(&site);
    stranger.get(GRID).await.says("Aucune licence n’est écrite");
    assert_eq!(stranger.get("/c/chatons/software/nothing/grid").await.status, StatusCode::NOT_FOUND);

    let mut member = Browser::of(&site, &world, town.member(1).person).await;
    let said = [("criterion", "privacy"), ("verdict", "no"), ("evidence", "Un *traceur* dès l'accueil.")];
    let refused = member.post(GRID, &[("criterion", "privacy"), ("verdict", "no"), ("evidence", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = member.post(GRID, &said).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    member.get(GRID).await.says("<em>traceur</em>");
    let seen = stranger.get(GRID).await;
    seen.says("ARN");
    assert!(
        !seen.text().contains("form method=\"post\" action=\"/c/chatons/software"),
        "a stranger only reads"
    );
    let held = steward.post("/c/chatons/features/new", &feature("two")).await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
    held.says("décision motivée");
    held.says("value=\"Salon Matrix\"");

    let mut other = Browser::of(&site, &world, town.member(2).person).await;
    let differs = [("criterion", "privacy"), ("verdict", "yes"), ("evidence", "Il se désactive.")];
    other.post(GRID, &differs).await;
    steward.get(GRID).await.says("avis différents");
    let settles =
        [("criterion", "privacy"), ("verdict", "partly"), ("evidence", "À désactiver."), ("settles", "yes")];
    let done = steward.post(GRID, &settles).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    stranger.get(GRID).await.says("Tranché par un·e référent·e");
    let made = steward.post("/c/chatons/features/new", &feature("three")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
}

on_both![a_no_is_found_contested_settled_and_holds_money_back];

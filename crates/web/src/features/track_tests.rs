//! Another track for a feature, as a steward chooses it.

use axum::http::StatusCode;
use domain::pot::FundMode;
use testkit::{World, on_both};

use super::proposed_tests::{PATH, proposed};
use crate::tests::browser::Browser;

async fn what_a_track_changes_is_said_before_it_is_given(world: World) {
    let (town, site) = proposed(&world, FundMode::Own, 0, "").await;
    let mut steward = Browser::of(&site, &world, town.member(0).person).await;
    let page = format!("{PATH}/track");
    steward.get(PATH).await.says(&page);
    steward.get(&page).await.says("disent en avoir besoin (pour l’instant\u{202f}: 1)");
    let wants = [("track", "light"), ("reason", "le prix fait hésiter")];
    let refused = steward.post(&page, &wants).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    other.post(&format!("{PATH}/needs"), &[("words", "")]).await;
    let seen = steward.get(&page).await;
    seen.says("ce parcours s’arrête au financement");
    seen.says("Aucun argent n’y est posé");
    let done = steward.post(&page, &wants).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let seen = steward.get(&page).await;
    seen.says("Aujourd’hui\u{202f}: léger");
    seen.says("La structure qui mène fait le travail");
    let mut stranger = Browser::of(&site, &world, town.member(1).person).await;
    assert_eq!(stranger.get(&page).await.status, StatusCode::FORBIDDEN);
}

on_both![what_a_track_changes_is_said_before_it_is_given];

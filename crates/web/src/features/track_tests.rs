//! Another track for a feature, as a steward chooses it.

use axum::http::StatusCode;
use domain::pot::FundMode;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

const PATH: &str = "/c/chatons/features/1";

async fn what_a_track_changes_is_said_before_it_is_given(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle"];
    let town = world.collective_with(FundMode::Own, Template::Informal, &names).await;
    let site = site_of(&world);
    let mut steward = Browser::of(&site, &world, town.member(0).person).await;
    let made = steward
        .post(
            "/c/chatons/features/new",
            &[
                ("title", "Salon Matrix"),
                ("summary", "Inviter par lien."),
                ("done_when", "On invite par lien."),
                ("price", "100"),
                ("price_to", "200"),
                ("closing_on", "2025-03-31"),
                ("place", "outside"),
                ("key", "f"),
            ],
        )
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
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

//! After a restoration: what is compared, by one person or two.

use app::copies::RESTORED_AT;
use axum::http::StatusCode;
use domain::actor::RoleKind;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

async fn a_head_that_is_not_here_takes_two_persons(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    world.wait(jiff::SignedDuration::from_secs(1));
    let at = world.now().as_microsecond().to_string();
    world
        .sql(move |tx| {
            let at = at.clone();
            Box::pin(async move { store::instance::put(tx, RESTORED_AT, &at).await })
        })
        .await;
    world.wait(jiff::SignedDuration::from_secs(1));
    let site = site_of(&world);
    let mut treasurer = Browser::of(&site, &world, town.member(0).person).await;
    let mut steward = Browser::of(&site, &world, town.member(1).person).await;
    let mut member = Browser::of(&site, &world, town.member(2).person).await;
    let (page, compared) = ("/c/chatons/payments", "/c/chatons/payments/compared");
    treasurer.get(page).await.says("Dernière empreinte publiée");
    assert_eq!(steward.get(page).await.status, StatusCode::FORBIDDEN, "nothing awaits a second person");

    let hash = "ab".repeat(32);
    treasurer.get(page).await.says("celle de la sauvegarde");
    let bare = treasurer.post(compared, &[("head", hash.as_str()), ("complete", "yes")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    bare.says("collez-la entière");
    let head = format!("cash:7:{hash}");
    let said = treasurer.post(compared, &[("head", head.as_str()), ("complete", "yes")]).await;
    let shown = treasurer.follow(&said).await;
    shown.says("la sauvegarde est plus ancienne");
    shown.says("jusqu’à l’écriture 7");
    assert!(!shown.text().contains("name=\"seen\""), "the same person doesn't confirm");

    let seen = [("seen", head.as_str()), ("complete", "yes")];
    assert_eq!(member.post(compared, &seen).await.status, StatusCode::FORBIDDEN);
    let shown = steward.get(page).await;
    shown.says(&format!("name=\"seen\" value=\"{head}\""));
    assert!(!shown.text().contains("À payer"), "a steward confirms, and sees no payment");
    let unticked = steward.post(compared, &seen[..1]).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = steward.post(compared, &seen).await;
    steward.follow(&done).await.says("Les paiements reprennent, confirmés par deux personnes.");
    assert!(!treasurer.get(page).await.text().contains("Restauré depuis une sauvegarde"));
    let public = Browser::new(&site).get("/c/chatons/activity").await.text();
    assert!(!public.contains(&hash), "the head that was lost is told to nobody");
}

on_both![a_head_that_is_not_here_takes_two_persons];

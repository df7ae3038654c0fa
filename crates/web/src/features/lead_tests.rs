//! Handing a feature over, as people do it.

use axum::http::StatusCode;
use domain::actor::RoleKind;
use domain::pot::FundMode;
use testkit::{World, on_both};

use super::proposed_tests::{PATH, proposed};
use crate::tests::browser::Browser;

async fn the_lead_proposes_and_the_other_accepts(world: World) {
    let (town, site) = proposed(&world, FundMode::Own, 0, "").await;
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let mut lead = Browser::of(&site, &world, town.member(0).person).await;
    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    let mut steward = Browser::of(&site, &world, town.member(2).person).await;
    let path = &format!("{PATH}/lead");
    assert_eq!(other.get(path).await.status, StatusCode::FORBIDDEN);
    let page = steward.get(path).await;
    page.says("est là pour passer la main");
    assert!(!page.text().contains("<select"), "a steward doesn't take it away");

    let arn = town.member(1).organisation.to_string();
    let unreasoned = lead.post(path, &[("lead", arn.as_str()), ("reason", " ")]).await;
    assert_eq!(unreasoned.status, StatusCode::UNPROCESSABLE_ENTITY);
    unreasoned.says("href=\"#f-reason\"");
    let done = lead.post(path, &[("lead", arn.as_str()), ("reason", "Plus le temps.")]).await;
    lead.follow(&done).await.says("ARN est sollicitée");
    lead.get(path).await.says("Reprendre la proposition");

    other.get("/me").await.says("ARN accepte-t-elle de la mener");
    let page = other.get(path).await;
    page.says("ARN mènerait");
    page.says("<blockquote>Plus le temps.</blockquote>");
    page.says("Accepter pour ARN");
    let proposal = page.hidden("proposal");
    let sent = |answer| [("proposal", proposal.as_str()), ("answer", answer)];
    assert_eq!(steward.post(path, &sent("accepted")).await.status, StatusCode::FORBIDDEN);
    let done = other.post(path, &sent("accepted")).await;
    let page = other.follow(&done).await;
    page.says("ARN mène désormais");
    // « Modifications » tells it, from whom to whom.
    page.says("Structure qui mène");
    assert!(page.text().contains("Yaal Coop") && page.text().contains("ARN"));
    other.get("/c/chatons/activity").await.says("(Plus le temps.)");
    let again = other.post(path, &sent("declined")).await;
    assert!(again.status.is_client_error(), "nothing is proposed any more: {}", again.status);
    again.says("Il n’y a plus rien à accepter ici");
}

on_both![the_lead_proposes_and_the_other_accepts];

//! Handing a feature over, as people do it.

use axum::http::StatusCode;
use domain::actor::RoleKind;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

/// What a hidden field of a page holds.
fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let at = page.find(&start).unwrap_or_else(|| panic!("no {name}: {page}")) + start.len();
    page[at..].split('"').next().unwrap().to_owned()
}

async fn the_lead_proposes_and_the_other_accepts(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let site = site_of(&world);
    let mut lead = Browser::of(&site, &world, town.member(0).person).await;
    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    let mut steward = Browser::of(&site, &world, town.member(2).person).await;
    let made = lead
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
    let path = "/c/chatons/features/1/lead";
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
    let proposal = hidden(&page.text(), "proposal");
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

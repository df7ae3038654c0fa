//! What the stories of features begin with: one that seeks 100 €, proposed on its form.

use axum::Router;
use axum::http::StatusCode;
use domain::pot::FundMode;
use domain::rules::Template;
use testkit::{Grown, World};

use crate::tests::browser::{Browser, site_of};

/// Where it stands.
pub(super) const PATH: &str = "/c/chatons/features/1";

/// A feature in a pot of that mode, led by one of three members; `discussion_url` says where else it is discussed.
pub(super) async fn proposed(
    world: &World,
    mode: FundMode,
    lead: usize,
    discussion_url: &str,
) -> (Grown, Router) {
    let names = ["Yaal Coop", "ARN", "Girofle"];
    let town = world.collective_with(mode, Template::Informal, &names).await;
    let site = site_of(world);
    let mut lead = Browser::of(&site, world, town.member(lead).person).await;
    let form = [
        ("title", "Salon Matrix"),
        ("summary", "Inviter par lien."),
        ("done_when", "On invite par lien."),
        ("price", "100"),
        ("price_to", "200"),
        ("closing_on", "2025-03-31"),
        ("discussion_url", discussion_url),
        ("place", "outside"),
        ("key", "f"),
    ];
    let made = lead.post("/c/chatons/features/new", &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    (town, site)
}

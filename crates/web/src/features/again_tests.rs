//! A feature that wasn't funded, proposed again by whoever led it.

use domain::pot::FundMode;
use testkit::{World, on_both};

use super::proposed_tests::{PATH, proposed};
use crate::tests::browser::Browser;

const AGAIN: &str = "/c/chatons/features/new?again=1";

async fn what_was_not_funded_is_proposed_again_with_its_text(world: World) {
    let (town, site) = proposed(&world, FundMode::Own, 1, "").await;
    let mut lead = Browser::of(&site, &world, town.member(1).person).await;
    assert!(!lead.get(PATH).await.text().contains("?again="), "it seeks money");
    assert!(!lead.get(AGAIN).await.text().contains("Inviter par lien."), "it seeks money");
    let feature = {
        let mut tx = world.read().await;
        store::features::by_number(&mut tx, town.id, 1).await.unwrap().unwrap().id
    };
    world.wait_until("2025-04-01T08:00:00+02:00");
    app::closings::close_if_due(&world.context, feature).await.unwrap();
    let mut lead = Browser::of(&site, &world, town.member(1).person).await;
    let seen = lead.get(PATH).await;
    seen.says("Proposer à nouveau");
    seen.says(AGAIN);
    let form = lead.get(AGAIN).await.text();
    assert!(form.contains("Inviter par lien.") && form.contains("On invite par lien."), "{form}");
    assert!(!form.contains("value=\"2025-03-31\""), "another last day: {form}");
    let mut other = Browser::of(&site, &world, town.member(2).person).await;
    assert!(!other.get(PATH).await.text().contains("?again="), "for whoever led it");
    assert!(!other.get(AGAIN).await.text().contains("Inviter par lien."));
}

on_both![what_was_not_funded_is_proposed_again_with_its_text];

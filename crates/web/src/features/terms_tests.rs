//! New terms while shares lie on a feature, as people announce them and take their shares back.

use axum::Router;
use axum::http::StatusCode;
use domain::pot::FundMode;
use testkit::{Grown, World, on_both};

use super::proposed_tests::{PATH, proposed};
use crate::tests::browser::Browser;

/// A feature of a direct pot, led by the first, to which the second promised 60 €.
async fn promised(world: &World) -> (Grown, Router) {
    let (town, site) = proposed(world, FundMode::Direct, 0, "").await;
    let mut other = Browser::of(&site, world, town.member(1).person).await;
    let promise = [("amount", "60"), ("kind", "firm"), ("seen", "0"), ("key", "p")];
    let done = other.post(&format!("{PATH}/promise"), &promise).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    (town, site)
}

fn typed<'a>(floor: &'a str, maximum: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("lines.0.label", "Développement"),
        ("lines.0.minimum", floor),
        ("lines.0.maximum", maximum),
        ("closing_on", "2025-03-31"),
        ("reason", "Le devis a été revu."),
        ("version", version),
        ("key", "t"),
    ]
}

async fn terms_are_seen_announced_and_a_promise_is_taken_back(world: World) {
    let (town, site) = promised(&world).await;
    let path = format!("{PATH}/terms");
    let mut lead = Browser::of(&site, &world, town.member(0).person).await;
    lead.get(PATH).await.says("Changer le prix ou la date");
    let page = lead.get(&path).await;
    page.says("Proposer de nouvelles conditions");
    page.says("value=\"100\"");
    let version = page.hidden("version");
    let below = lead.post(&path, &typed("40", "59", &version)).await;
    assert_eq!(below.status, StatusCode::UNPROCESSABLE_ENTITY);
    below.says("le maximum ne peut pas descendre à");
    // Above what its track goes up to, with money there that a fuller one couldn't pay out.
    let above = lead.post(&path, &typed("50", "11000", &version)).await;
    assert_eq!(above.status, StatusCode::UNPROCESSABLE_ENTITY);
    above.says("Aucun parcours plus complet n’est ouvert ici");
    let seen = lead.post(&path, &typed("50", "200", &version)).await;
    assert_eq!(seen.status, StatusCode::OK);
    seen.says("Prix plancher");
    seen.says("Ce qui est posé suffit déjà");
    let back: Vec<(&str, &str)> = typed("50", "200", &version).into_iter().chain([("back", "yes")]).collect();
    lead.post(&path, &back).await.says("Voir ce que cela fera");
    let announce: Vec<(&str, &str)> =
        typed("50", "200", &version).into_iter().chain([("announce", "yes")]).collect();
    let done = lead.post(&path, &announce).await;
    lead.follow(&done).await.says("Les nouvelles conditions sont annoncées");
    lead.get(&path).await.says("De nouvelles conditions sont déjà annoncées");

    let mut stranger = Browser::new(&site);
    let page = stranger.get(PATH).await;
    page.says("chaque structure peut reprendre sa part");
    page.says("/features/1/terms");
    stranger.get(&path).await.says("Le devis a été revu.");
    let page = stranger.get(&path).await;
    page.says(&format!("/sign-in?next={}", crate::paths::encoded(&path)));
    assert_eq!(stranger.post(&path, &announce).await.status, StatusCode::UNAUTHORIZED);
    lead.get(&path).await.says("De nouvelles conditions sont déjà annoncées");

    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    assert_eq!(other.post(&path, &announce).await.status, StatusCode::FORBIDDEN);
    let page = other.get(&path).await;
    page.says("ARN a 60,00");
    let (seen, acts) = (page.hidden("seen"), page.hidden("for"));
    let take_back = [("take_back", "yes"), ("seen", &*seen), ("for", &*acts), ("key", "b")];
    let done = other.post(&format!("{PATH}/promise"), &take_back).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = other.get(&path).await;
    assert!(!page.text().contains("id=\"mine\""), "nothing is left to take back");
}

async fn a_feature_without_money_has_no_new_terms(world: World) {
    let (town, site) = promised(&world).await;
    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    let take_back = [("take_back", "yes"), ("seen", "6000"), ("key", "b")];
    other.post(&format!("{PATH}/promise"), &take_back).await;
    let mut lead = Browser::of(&site, &world, town.member(0).person).await;
    assert!(!lead.get(PATH).await.text().contains("Changer le prix ou la date"));
    lead.get(&format!("{PATH}/terms")).await.says("Aucune part n’est posée ici");
}

on_both![terms_are_seen_announced_and_a_promise_is_taken_back, a_feature_without_money_has_no_new_terms,];

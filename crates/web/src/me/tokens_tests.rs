//! The tokens of a person, on their page.

use axum::http::StatusCode;
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::{Grown, World};

use crate::tests::Answer;
use crate::tests::browser::{Browser, mail_to, site_of};

async fn town(world: &World) -> (Grown, Browser) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let browser = Browser::of(&site_of(world), world, town.member(1).person).await;
    (town, browser)
}

async fn make(browser: &mut Browser, town: &Grown, more: &[(&str, &str)]) -> Answer {
    let place = format!("chatons {}", town.member(1).organisation);
    let mut fields = vec![("name", "Site de ARN"), ("place", place.as_str()), ("days", "30")];
    fields.extend_from_slice(more);
    browser.post("/me/tokens", &fields).await
}

async fn a_token_is_shown_once_told_by_mail_and_revoked(world: World) {
    let (town, mut browser) = town(&world).await;
    browser.get("/me/tokens").await.says("Aucun jeton pour l’instant");
    let made = make(&mut browser, &town, &[("scopes", "read"), ("scopes", "allocate")]).await;
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
    let text = made.text();
    let at = text.find("popote_").unwrap();
    let secret = &text[at..at + 50];
    let mail = mail_to(&world, "personne@arn.example").await.unwrap();
    assert!(mail.contains("Site de ARN") && mail.contains("/me/tokens") && !mail.contains(secret), "{mail}");
    let page = browser.get("/me/tokens").await;
    page.says("ARN, dans «\u{202f}CHATONS\u{202f}»");
    assert!(!page.text().contains(secret), "it is shown once");
    let found = app::tokens::find(&world.context, secret).await.unwrap().unwrap();
    assert_eq!(found.scopes, "read allocate");

    let id = found.id.to_string();
    let mut other = Browser::of(&site_of(&world), &world, town.member(2).person).await;
    let refused = other.post("/me/tokens/revoke", &[("token", &id)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "somebody else's");
    let revoked = browser.post("/me/tokens/revoke", &[("token", &id)]).await;
    browser.follow(&revoked).await.says("Le jeton est révoqué");
    assert!(app::tokens::find(&world.context, secret).await.unwrap().is_none());
    let again = browser.post("/me/tokens/revoke", &[("token", &id)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "a double click is answered like the first");
    let anew = browser.post("/me/tokens/revoke", &[("token", &id), ("from", "elsewhere")]).await;
    assert_eq!(anew.status, StatusCode::NOT_FOUND);
    browser.get("/c/chatons/activity").await.says("Un jeton d’accès est révoqué (ARN)");
    let mut stranger = Browser::new(&site_of(&world));
    assert!(!stranger.get("/c/chatons/activity").await.text().contains("jeton"));
}

async fn what_a_token_asks_for_is_checked_and_the_form_kept(world: World) {
    let (town, mut browser) = town(&world).await;
    let nothing = make(&mut browser, &town, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("value=\"Site de ARN\"");
    let forever = make(&mut browser, &town, &[("scopes", "read"), ("days", "100000")]).await;
    assert_eq!(forever.status, StatusCode::OK, "the first value counts");
    let elsewhere = format!("chatons {}", town.member(0).organisation);
    let fields = [("name", "x"), ("place", elsewhere.as_str()), ("days", "30"), ("scopes", "read")];
    let refused = browser.post("/me/tokens", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "no mandate there");
    world.wait(SignedDuration::from_mins(11));
    browser.get("/me/tokens").await.says("/sign-in?next=%2Fme%2Ftokens");
    let stale = make(&mut browser, &town, &[("scopes", "read")]).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    stale.says("connexion de moins de dix minutes");
    let mut stranger = Browser::new(&site_of(&world));
    assert_eq!(stranger.get("/me/tokens").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(stranger.post("/me/tokens", &fields).await.status, StatusCode::UNAUTHORIZED);
}

testkit::on_both![
    a_token_is_shown_once_told_by_mail_and_revoked,
    what_a_token_asks_for_is_checked_and_the_form_kept,
];

//! A standing choice, as somebody makes it in a browser and a program by the API.

use axum::http::StatusCode;
use domain::rules::Template;
use testkit::World;

use crate::tests::browser::{Browser, site_of};

const HERE: &str = "/c/chatons/members/arn/standing-choice";

async fn a_choice_is_made_changed_and_taken_back(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    arn.get("/c/chatons/members/arn").await.says(HERE);
    arn.get(HERE).await.says("Aucun choix permanent");
    let empty = arn.post(HERE, &[("choice", "follow"), ("follows", ""), ("yearly", "12,345")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("href=\"#f-follows\"");
    empty.says("href=\"#f-yearly\"");
    empty.says("value=\"12,345\"");
    let unknown = arn.post(HERE, &[("choice", "software"), ("software", "Elemant")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    unknown.says("value=\"Elemant\"");
    let (id, now, of) = (world.context.seed().id(world.now()), world.now(), town.id);
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::features::software::find_or_make(tx, of, "Element", id, now).await.map(drop)
            })
        })
        .await;
    let saved = arn.post(HERE, &[("choice", "software"), ("software", "element"), ("yearly", "120")]).await;
    let page = arn.follow(&saved).await;
    page.says("la part va au logiciel Element");
    page.says("Au plus 120");
    page.says("value=\"Element\"");
    let yaal = town.member(0).organisation.to_string();
    let saved = arn.post(HERE, &[("choice", "follow"), ("follows", &yaal), ("software", "Element")]).await;
    arn.follow(&saved).await.says("suit les répartitions de cette structure\u{202f}: Yaal Coop");
    // The other way round neither would choose.
    let mut yaal_browser = Browser::of(&site, &world, town.member(0).person).await;
    let arn_id = town.member(1).organisation.to_string();
    let there = "/c/chatons/members/yaal-coop/standing-choice";
    let circle = yaal_browser.post(there, &[("choice", "follow"), ("follows", &arn_id)]).await;
    assert_eq!(circle.status, StatusCode::UNPROCESSABLE_ENTITY);
    circle.says("Cette structure suit déjà la vôtre");
    assert_eq!(arn.get(there).await.status, StatusCode::FORBIDDEN, "another's");
    let ended = arn.post(&format!("{HERE}/end"), &[]).await;
    arn.follow(&ended).await.says("plus de choix permanent");
    assert_eq!(Browser::new(&site).get(HERE).await.status, StatusCode::UNAUTHORIZED);
}

testkit::on_both![a_choice_is_made_changed_and_taken_back];

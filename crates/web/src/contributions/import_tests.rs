//! A treasurer pastes a table of gifts.

use axum::http::StatusCode;
use domain::rules::Template;
use testkit::World;

use crate::tests::browser::{Browser, site_of};

async fn a_table_is_seen_then_recorded(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut treasurer = Browser::of(&site, &world, town.member(0).person).await;
    let here = "/c/chatons/gifts/import";
    treasurer.get("/c/chatons/contributions").await.says(here);
    treasurer.get(here).await.says("Rien n’est enregistré avant que vous ayez vu");
    let table = "date;montant;référence\n01/03/2025;20;a\n02/03/2025;1.234;b\n";
    let wrong = treasurer.post(here, &[("text", table), ("name", "Dons du printemps")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("01/03/2025;20;a");
    wrong.says("value=\"Dons du printemps\"");
    let nothing = treasurer.post(here, &[("text", ""), ("name", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A file is read as what is pasted.
    let table = "date;montant;référence\n01/03/2025;20;a\n02/03/2025;12,34;b\n";
    let file = treasurer.upload(here, "file", "dons.csv", table.as_bytes()).await;
    assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY);
    file.says("href=\"#f-name\"");
    file.says("02/03/2025;12,34;b");
    let nameless = treasurer.post(here, &[("text", table), ("name", "")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    nameless.says("href=\"#f-name\"");
    let seen = treasurer.post(here, &[("text", table), ("name", "Dons du printemps")]).await;
    assert_eq!(seen.status, StatusCode::OK);
    seen.says("2 dons à enregistrer");
    seen.says("32,34");
    let page = seen.text();
    let digest = page.split("name=\"digest\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let confirm = format!("{here}/confirm");
    let fields = [("part-1", table), ("fund", ""), ("name", "Dons du printemps"), ("digest", digest)];
    let done = treasurer.post(&confirm, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let list = treasurer.follow(&done).await;
    list.says("2 dons sont enregistrés");
    list.says("Dons du printemps");
    // The same form again, as by a double click, and the same table another day.
    assert_eq!(treasurer.post(&confirm, &fields).await.status, StatusCode::SEE_OTHER);
    let again = treasurer.post(here, &[("text", table), ("name", "Autres dons")]).await;
    again.says("Rien de nouveau");
    again.says("déjà là");
    treasurer.get("/c/chatons/activity").await.says("2 dons reçus");
    let mut member = Browser::of(&site, &world, town.member(1).person).await;
    assert_eq!(member.get(here).await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.post(here, &[("text", table)]).await.status, StatusCode::FORBIDDEN);
}

testkit::on_both![a_table_is_seen_then_recorded];

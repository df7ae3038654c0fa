//! The page of the readings, and what an organisation confirms.

use axum::http::StatusCode;
use domain::rules::Template;
use domain::software::Source;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

const PAGE: &str = "/c/chatons/import/chatonsinfos";

async fn an_admin_reads_and_each_confirms_its_own(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut admin = Browser::of(&site, &world, town.member(0).person).await;
    let mut member = Browser::of(&site, &world, town.member(1).person).await;
    assert_eq!(member.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.post(PAGE, &[("url", "https://x.example/")]).await.status, StatusCode::FORBIDDEN);
    admin.get(PAGE).await.says("Lire des fichiers chatonsinfos");
    let refused = admin.post(PAGE, &[("url", "javascript:alert(1)")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("value=\"javascript:alert(1)\"");
    let begun = admin.post(PAGE, &[("url", "http://127.0.0.1:1/chatons.properties")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());

    let (collective, arn, now) = (town.id, town.member(1).organisation, world.now());
    world
        .sql(move |tx| {
            Box::pin(async move {
                for (name, id) in [("Nextcloud", 1), ("Matrix", 2)] {
                    let id = domain::ids::SoftwareId(uuid::Uuid::from_u128(id));
                    let found =
                        store::features::software::find_or_make(tx, collective, name, id, now).await?;
                    let new = store::software::NewUser {
                        software: found,
                        organisation: arn,
                        users: None,
                        url: String::new(),
                        source: Source::Imported,
                        confirmed_by: None,
                        at: now,
                    };
                    store::software::put_user(tx, &new).await?;
                }
                Ok(())
            })
        })
        .await;
    let own = "/c/chatons/members/arn/software";
    let mut stranger = Browser::new(&site);
    let seen = stranger.get(own).await;
    seen.says("À confirmer");
    assert!(!seen.text().contains("name=\"answer\""), "a stranger only reads");
    let other = admin.post(own, &[("software", "all"), ("answer", "yes")]).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let matrix = uuid::Uuid::from_u128(2).to_string();
    member.post(own, &[("software", &matrix), ("answer", "no")]).await;
    let done = member.post(own, &[("software", "all"), ("answer", "yes")]).await;
    member.follow(&done).await.says("1 logiciel est confirmé");
    let again = member.post(own, &[("software", "all"), ("answer", "yes")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "a double click");
    let seen = stranger.get(own).await;
    seen.says("Nextcloud");
    assert!(!seen.text().contains("Matrix"));
}

async fn the_instance_publishes_its_own_file(world: World) {
    world.collective(Template::Informal, &["Yaal Coop"]).await;
    let mut stranger = Browser::new(&site_of(&world));
    let file = stranger.get("/.well-known/chatonsinfos/popote.properties").await;
    assert_eq!(file.status, StatusCode::OK);
    let today = jiff::civil::date(2025, 3, 1);
    let read = domain::chatonsinfos::File::read(file.text().as_bytes(), today);
    assert_eq!(read.class, domain::chatonsinfos::Class::Service);
    assert_eq!(read.software.map(|software| software.licence).as_deref(), Some("AGPL-3.0-or-later"));
    assert!(!file.text().contains('@'), "nothing of anybody");
}

on_both![an_admin_reads_and_each_confirms_its_own, the_instance_publishes_its_own_file];

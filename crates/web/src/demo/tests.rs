//! The links of the example, as whoever tries it meets them.

use std::sync::Arc;

use app::Settings;
use axum::http::StatusCode;
use domain::rules::Template;
use testkit::{Kind, check};

use crate::tests::browser::{Browser, path_in, site_of};

#[test]
fn a_button_enters_the_example_as_often_as_one_likes() {
    check(Kind::Sqlite, |mut world| async move {
        let settings = Settings { demo: true, ..(*world.context.settings).clone() };
        world.context.settings = Arc::new(settings);
        let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
        let person = town.member(1).person;
        let link = path_in(&app::demo_links::print(&world.context, person).await.unwrap());
        let site = site_of(&world);
        for _ in 0..2 {
            let mut browser = Browser::new(&site);
            let page = browser.get(&link).await;
            page.says("Entrer comme Personne de ARN");
            assert_eq!(page.header("referrer-policy"), "no-referrer");
            assert!(browser.cookies().is_empty(), "looking signs nobody in");
            let entered = browser.post(&link, &[]).await;
            assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/me"));
            browser.get("/c/chatons").await.says("pour ARN");
        }
        let mut browser = Browser::new(&site);
        let wrong = format!("/demo/{}", "A".repeat(43));
        let lost = browser.get(&wrong).await;
        assert_eq!((lost.status, lost.header("referrer-policy")), (StatusCode::NOT_FOUND, "no-referrer"));
        assert_eq!(browser.post(&wrong, &[]).await.status, StatusCode::NOT_FOUND);
    });
}

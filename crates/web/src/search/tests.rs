//! Searching, as people, hostile ones too, type it.

use axum::http::StatusCode;
use domain::Money;
use domain::features::{Line, Place, Proposal};
use domain::pot::FundMode;
use domain::rules::Template;
use jiff::civil::date;
use testkit::{Grown, World, on_both};

use crate::tests::browser::{Browser, site_of};

async fn feature(world: &World, town: &Grown, title: &str, summary: &str) {
    let proposal = Proposal {
        title: title.to_owned(),
        summary: summary.to_owned(),
        description: "## Pourquoi\n\n**Personne** ne veut [un compte](https://example.org/x).".to_owned(),
        done_when: "En service.".to_owned(),
        worker: String::new(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        lines: vec![Line { label: "Prix".to_owned(), minimum: Money::new(100), maximum: Money::new(200) }],
        incomes: Vec::new(),
        closing_on: date(2025, 6, 30),
        place: Place::Outside,
    };
    let new = app::features::NewFeature { proposal, track: None };
    app::features::propose_feature(&world.context, town.admin(), town.pot, new).await.unwrap();
}

async fn grown(world: &World) -> Grown {
    let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
    feature(world, &town, "Inviter dans un salon", "Sans compte <b>ni</b> courriel.").await;
    feature(world, &town, "Sauvegardes chiffrées", "Chez un autre hébergeur.").await;
    town
}

async fn words_are_found_in_any_form_and_marked(world: World) {
    grown(&world).await;
    let mut site = Browser::new(&site_of(&world));
    for typed in ["salons", "SALON", "rooms", "inviter%20salon", "slaon", "guest"] {
        let page = site.get(&format!("/c/chatons/search?q={typed}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("/c/chatons/features/1"), "{typed}: {}", page.text());
    }
    let page = site.get("/c/chatons/search?q=salons+sans+compte").await;
    page.says("<mark>salon</mark>");
    page.says("<mark>compte</mark> &#60;b&#62;ni&#60;/b&#62;");
    assert!(!page.text().contains("example.org/x"), "addresses of links aren't text");
    let only = site.get("/c/chatons/search?q=element&kind=feature").await.text();
    assert!(only.contains("features/1") && only.contains("features/2"), "{only}");
    let software = site.get("/c/chatons/search?q=element&kind=software").await.text();
    assert!(software.contains("/c/chatons/software/element") && !software.contains("features/1\""));
    assert_eq!(site.get("/c/chatons/search?q=x&kind=nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/c/nobody/search?q=x").await.status, StatusCode::NOT_FOUND);
}

async fn odd_searches_are_answered_clearly(world: World) {
    grown(&world).await;
    let mut site = Browser::new(&site_of(&world));
    for (typed, said) in [
        ("", "Tapez un mot"),
        ("%20%20", "Tapez un mot"),
        ("le+la+des", "trop courants"),
        ("introuvable", "Rien ne correspond"),
        ("%22%20OR%201%3D1%20--", "Rien ne correspond"),
        ("%3Cscript%3Ealert(1)%3C%2Fscript%3E", "Rien ne correspond"),
        ("%E2%80%AE%D8%B3%D9%84%D8%A7%D9%85", "Rien ne correspond"),
        ("%CC%81%CC%81%CC%81", "trop courants"),
        ("title%3A*+AND+NEAR(a+b)", "Rien ne correspond"),
    ] {
        let page = site.get(&format!("/c/chatons/search?q={typed}")).await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        page.says(said);
        assert!(!page.text().contains("<script>alert"), "{typed}");
    }
    let long = site.get(&format!("/c/chatons/search?q={}", "salon%20".repeat(600))).await;
    assert_eq!(long.status, StatusCode::OK);
    long.says("200 premiers caractères");
    long.says("/c/chatons/features/1");
    assert_eq!(site.get("/c/chatons/search?q=salon&page=9999").await.status, StatusCode::OK);
    assert_eq!(site.get("/search?q=salon").await.status, StatusCode::OK);
}

async fn a_search_is_followed_by_a_feed(world: World) {
    grown(&world).await;
    let mut site = Browser::new(&site_of(&world));
    site.get("/c/chatons/search?q=salon").await.says("/c/chatons/search.atom?q=salon");
    let feed = site.get("/c/chatons/search.atom?q=salon").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    feed.says("https://popote.example/c/chatons/features/1");
    feed.says("&#60;b&#62;");
    let calendar = site.get("/c/chatons/search.ics?q=salon").await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    calendar.says("END:VCALENDAR");
    assert_eq!(site.get("/search.atom?q=x").await.status, StatusCode::OK);
}

async fn what_was_there_before_is_read_by_the_worker(world: World) {
    grown(&world).await;
    struct Clear;
    impl store::Command for Clear {
        type Done = ();
        type Error = app::Failure<app::Never>;
        async fn run(&self, tx: &mut store::Tx) -> Result<(), Self::Error> {
            Ok(store::search::clear(tx).await?)
        }
    }
    let mut site = Browser::new(&site_of(&world));
    app::search::read_anew(&world.context).await.unwrap();
    world.context.db.write(Clear).await.unwrap();
    site.get("/c/chatons/search?q=salon").await.says("Rien ne correspond");
    app::search::forget(&world.context).await.unwrap();
    assert!(app::search::read_anew(&world.context).await.unwrap() >= 3);
    assert_eq!(app::search::read_anew(&world.context).await.unwrap(), 0);
    site.get("/c/chatons/search?q=salon").await.says("/c/chatons/features/1");
}

on_both![
    words_are_found_in_any_form_and_marked,
    odd_searches_are_answered_clearly,
    a_search_is_followed_by_a_feed,
    what_was_there_before_is_read_by_the_worker,
];

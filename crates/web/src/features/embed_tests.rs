//! The picture of a feature and its oEmbed answer, as somebody else's site asks for them.

use axum::http::StatusCode;
use domain::Money;
use domain::features::{Line, Place, Proposal};
use domain::rules::Template;
use jiff::civil::date;
use testkit::World;

use crate::tests::browser::{Browser, site_of};

async fn a_feature_is_shown_elsewhere_with_its_totals_alone(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let proposal = Proposal {
        title: "Salon <b>&</b> invités".to_owned(),
        summary: "Sans compte.".to_owned(),
        description: String::new(),
        done_when: "En service.".to_owned(),
        worker: String::new(),
        software: String::new(),
        discussion_url: String::new(),
        lines: vec![Line {
            label: "Prix".to_owned(),
            minimum: Money::new(400_000),
            maximum: Money::new(500_000),
        }],
        incomes: Vec::new(),
        closing_on: date(2025, 6, 30),
        place: Place::Outside,
    };
    let new = app::features::NewFeature { proposal, track: None, needs: Vec::new() };
    app::features::propose_feature(&world.context, town.admin(), town.pot, new).await.unwrap();
    let mut site = Browser::new(&site_of(&world));
    let badge = site.get("/c/chatons/features/1/badge.svg").await;
    assert_eq!((badge.status, badge.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert_eq!(badge.header("cross-origin-resource-policy"), "cross-origin");
    assert!(badge.header("content-security-policy").contains("sandbox"));
    badge.says("Il manque 4\u{202f}000\u{202f}€ sur 4\u{202f}000\u{202f}€");
    assert!(!badge.text().contains("<b>") && !badge.text().contains("<script"), "{}", badge.text());
    assert_eq!(site.get("/c/chatons/features/9/badge.svg").await.status, StatusCode::NOT_FOUND);

    let page = site.get("/c/chatons/features/1").await;
    page.says("application/json+oembed");
    page.says("features/1/badge.svg");
    let address = "/oembed?url=https%3A%2F%2Fpopote.example%2Fc%2Fchatons%2Ffeatures%2F1";
    let told = site.get(address).await;
    let told: serde_json::Value = serde_json::from_slice(&told.bytes).unwrap();
    assert_eq!(
        (&told["type"], &told["width"], &told["author_name"]),
        (&"rich".into(), &420.into(), &"Yaal Coop".into())
    );
    let html = told["html"].as_str().unwrap();
    assert!(html.starts_with("<a href=\"https://popote.example/c/chatons/features/1\">"), "{html}");
    let small = site.get(&format!("{address}&maxwidth=210")).await;
    small.says("\"height\":48");
    assert_eq!(site.get(&format!("{address}&format=xml")).await.status, StatusCode::NOT_IMPLEMENTED);
    for elsewhere in [
        "https%3A%2F%2Fevil.example%2Fc%2Fchatons%2Ffeatures%2F1",
        "x",
        "https%3A%2F%2Fpopote.example%2Fc%2Fchatons",
    ] {
        let answer = site.get(&format!("/oembed?url={elsewhere}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{elsewhere}");
    }
    assert_eq!(site.get("/oembed").await.status, StatusCode::BAD_REQUEST);
}

testkit::on_both![a_feature_is_shown_elsewhere_with_its_totals_alone];

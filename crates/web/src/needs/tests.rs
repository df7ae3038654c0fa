//! Needs as strangers and members meet them.

use axum::http::StatusCode;
use domain::rules::Template;
use testkit::{World, on_both};

use crate::tests::browser::{Browser, site_of};

const NEW: &str = "/c/chatons/needs/new";

async fn a_need_is_written_joined_and_becomes_a_feature(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = site_of(&world);
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let mut girofle = Browser::of(&site, &world, town.member(2).person).await;
    let mut passer = Browser::new(&site);
    passer.get("/c/chatons/needs").await.says("Aucun besoin n’est ouvert.");
    passer.get("/c/chatons/needs/together").await.says("Dès que des besoins seront écrits");
    assert_eq!(passer.get(NEW).await.status, 401);
    arn.get(NEW).await.says("name=\"strength\"");

    let why = "Le **guest access** n’est pas là. <script>alert(1)</script>";
    let wrong =
        [("title", ""), ("why", why), ("strength", "3"), ("users", "cent"), ("links", "pas une adresse")];
    let refused = arn.post(NEW, &wrong).await;
    assert_eq!(refused.status, 422);
    for said in
        ["href=\"#f-title\"", "href=\"#f-users\"", "href=\"#f-links\"", "guest access", "value=\"cent\""]
    {
        refused.says(said);
    }
    let fields = [
        ("title", "Inviter sans compte"),
        ("software", "Matrix"),
        ("why", why),
        ("links", "github.com/element-hq/element-meta/issues/340"),
        ("strength", "5"),
        ("users", "120"),
        ("amount", "500"),
        ("help", "test"),
        ("help", "develop"),
        ("key", "k"),
    ];
    let done = arn.post(NEW, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(done.header("location"), "/c/chatons/needs/1");
    let again = arn.post(NEW, &fields).await;
    assert_eq!(again.header("location"), "/c/chatons/needs/1", "sent twice, written once");

    let page = passer.get("/c/chatons/needs/1").await;
    for said in ["1 structure en a besoin", "<strong>guest access</strong>", "force 5 sur 5", "issues/340"] {
        page.says(said);
    }
    assert!(!page.text().contains("<script>alert") && !page.text().contains("name=\"strength\""));
    let joins = girofle
        .post("/c/chatons/needs/1/support", &[("strength", "2"), ("words", "Nous aussi"), ("amount", "x")])
        .await;
    assert_eq!(joins.status, 422);
    joins.says("Nous aussi");
    let joins =
        girofle.post("/c/chatons/needs/1/support", &[("strength", "2"), ("words", "Nous aussi")]).await;
    assert_eq!(joins.status, StatusCode::SEE_OTHER);
    passer.get("/c/chatons/needs").await.says("2 structures en ont besoin");
    passer.get("/c/chatons/needs?software=matrix").await.says("Inviter sans compte");
    assert_eq!(passer.get("/c/chatons/needs?software=rien").await.status, 404);
    passer.get("/c/chatons/needs?state=parked").await.says("Aucun besoin ne correspond");
    let together = passer.get("/c/chatons/needs/together").await;
    together.says("1 besoin ouvert, 2 structures");
    together.says("Matrix");
    let table = passer.get("/c/chatons/needs/together.csv").await;
    assert!(table.text().contains("Inviter sans compte;Matrix;ARN;5;120;"), "{}", table.text());
    passer.get("/c/chatons/needs.atom").await.says("<title>Inviter sans compte</title>");
    girofle.get("/c/chatons").await.says("Vos besoins que d’autres partagent");

    let form = arn.get("/c/chatons/features/new?needs=1").await;
    form.says("<input type=\"hidden\" name=\"needs\" value=\"1\">");
    form.says("value=\"Inviter sans compte\"");
    let feature = [
        ("title", "Inviter par un lien"),
        ("summary", "Un lien suffit."),
        ("done_when", "On entre par un lien."),
        ("price", "100"),
        ("closing_on", "2025-03-31"),
        ("place", "outside"),
        ("needs", "1"),
        ("key", "f"),
    ];
    let made = arn.post("/c/chatons/features/new", &feature).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let page = passer.get("/c/chatons/features/1").await;
    page.says("href=\"/c/chatons/needs/1\"");
    page.says("Girofle");
    passer.get("/c/chatons/needs/1").await.says("href=\"/c/chatons/features/1\"");
}

async fn an_edit_that_comes_late_shows_both(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let fields = [("title", "Des salons"), ("why", "Parce que."), ("strength", "3"), ("key", "k")];
    assert_eq!(arn.post(NEW, &fields).await.status, StatusCode::SEE_OTHER);
    let path = "/c/chatons/needs/1/edit";
    arn.get(path).await.says("value=\"Des salons\"");
    let edit = |title: &'static str, version: &'static str| {
        [("title", title), ("why", "Parce que."), ("version", version)]
    };
    assert_eq!(arn.post(path, &edit("Des salons ouverts", "1")).await.status, StatusCode::SEE_OTHER);
    let stale = arn.post(path, &edit("Des salons fermés", "1")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("value=\"Des salons fermés\"");
    stale.says("<dd>Des salons ouverts</dd>");
    stale.says("name=\"version\" value=\"2\"");
    arn.get("/c/chatons/needs/1").await.says("Des salons ouverts");
}

async fn approaches_and_turns_are_made_on_the_pages(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut arn = Browser::of(&site, &world, town.member(1).person).await;
    let fields = [("title", "Des salons"), ("why", "Parce que."), ("strength", "3"), ("key", "k")];
    arn.post(NEW, &fields).await;
    let path = "/c/chatons/needs/1/approaches/new";
    arn.get(path).await.says("name=\"known_by\"");
    let refused = arn.post(path, &[("kind", "existing"), ("title", "Chez nous")]).await;
    assert_eq!(refused.status, 422);
    refused.says("href=\"#f-url\"");
    let new = [("kind", "upstream"), ("title", "Dans Element"), ("price_from", "1000"), ("price_to", "2000")];
    assert_eq!(arn.post(path, &new).await.status, StatusCode::SEE_OTHER);
    arn.get("/c/chatons/needs/1").await.says("Dans Element");
    let end = "/c/chatons/needs/1/approaches/1/end";
    let bare = arn.post(end, &[("state", "refused"), ("reason", "Choix de produit"), ("evidence", "")]).await;
    assert_eq!(bare.status, 422);
    bare.says("value=\"Choix de produit\"");
    bare.says("value=\"Dans Element\"");
    let refused = [
        ("state", "refused"),
        ("reason", "Choix de produit"),
        ("evidence", "forum.example/728\nforum.example/340"),
    ];
    assert_eq!(arn.post(end, &refused).await.status, StatusCode::SEE_OTHER);
    let page = arn.get("/c/chatons/needs/1").await;
    for said in ["refusée par l’équipe du logiciel", "forum.example/728", "forum.example/340"] {
        page.says(said);
    }
    assert_eq!(arn.post("/c/chatons/needs/1/following", &[("follows", "no")]).await.status, 303);
    arn.get("/c/chatons/needs/1").await.says("value=\"yes\"");
    assert_eq!(arn.post("/c/chatons/needs/1/turn/park", &[("reason", "")]).await.status, 422);
    assert_eq!(arn.post("/c/chatons/needs/1/turn/park", &[("reason", "Plus tard")]).await.status, 303);
    arn.get("/c/chatons/needs/1").await.says("Réveiller ce besoin");
    assert_eq!(arn.post("/c/chatons/needs/1/turn/wake", &[]).await.status, 303);
    let said = arn.post("/c/chatons/needs/1/comments", &[("body", "Une **bonne** idée"), ("key", "c")]).await;
    assert_eq!(said.header("location"), "/c/chatons/needs/1#comment-1");
    arn.get("/c/chatons/needs/1").await.says("<strong>bonne</strong>");
    arn.get("/c/chatons/needs/1/comments/1").await.says("<strong>bonne</strong>");
    assert_eq!(arn.post("/c/chatons/needs/1/comments/1/hide", &[("reason", "")]).await.status, 303);
}

on_both![
    a_need_is_written_joined_and_becomes_a_feature,
    an_edit_that_comes_late_shows_both,
    approaches_and_turns_are_made_on_the_pages,
];
